"""The field's toponym corpora as documents with gold spans, ids and points (shared/data/geoparsing, research use)."""

from __future__ import annotations

import lzma
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dateline.where.context import demonyms

__all__ = ["CORPORA", "Document", "Toponym", "load", "shared"]

CORPORA = ("LGL", "TR", "GWN", "GeoVirus")
_FILES = {"LGL": "lgl", "TR": "TR-News", "GWN": "GWN", "GeoVirus": "GeoVirus"}
_SKIPPED = ("Non_Toponym", "Non_Lit_Expression", "Literal_Expression")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold span; `id` as in our gazetteer where the corpus has a GeoNames id, a point where it has one."""

    start: int
    end: int
    name: str
    id: str | None
    lat: float | None
    lon: float | None

    @property
    def demonym(self) -> bool:
        low = self.name.lower().replace(" ", "-").rstrip("s")
        return low in demonyms() or self.name.lower() in demonyms()


@dataclass(frozen=True, slots=True)
class Document:
    corpus: str
    text: str
    toponyms: tuple[Toponym, ...] = field(default=())


def shared() -> Path | None:
    """The folder of the corpora, or None in a clone that has none beside it."""
    folder = Path(__file__).parents[3] / "shared/data/geoparsing"
    return folder if folder.is_dir() else None


@lru_cache(maxsize=4)
def load(corpus: str) -> tuple[Document, ...]:
    """A corpus in its own order; spans whose text does not match are moved to the nearest match or dropped."""
    folder = shared()
    if folder is None:
        raise FileNotFoundError("the corpora are not here: put shared/data/geoparsing beside the repository")
    with lzma.open(folder / f"{_FILES[corpus]}.xml.xz", "rt", encoding="utf-8") as lines:
        root = ET.fromstring(lines.read())
    return tuple(_document(corpus, article) for article in root.iter("article"))


def _document(corpus: str, article: ET.Element) -> Document:
    text = article.findtext("text") or ""
    out = {}
    for t in _gold(corpus, article):
        start = _aligned(text, t)
        if start is not None:
            end = start + len(t.name)
            out[start, end] = Toponym(start, end, t.name, t.id, t.lat, t.lon)
    return Document(corpus, text, tuple(out[k] for k in sorted(out)))


def _aligned(text: str, t: Toponym) -> int | None:
    if text[t.start : t.end] == t.name:
        return t.start
    hits = [m.start() for m in re.finditer(re.escape(t.name), text)]
    return min(hits, key=lambda h: abs(h - t.start)) if hits else None


def _gold(corpus: str, article: ET.Element) -> Iterator[Toponym]:
    if corpus == "GeoVirus":
        for loc in article.iter("location"):
            name, start = (loc.findtext("name") or "").strip(), int(loc.findtext("start") or 0) - 1
            yield Toponym(start, start + len(name), name, None, float(loc.findtext("lat") or 0), float(loc.findtext("lon") or 0))
        return
    for t in article.iter("toponym"):
        if corpus == "GWN":
            if t.findtext("type") in _SKIPPED:
                continue
            number = (t.findtext("geonamesID") or "").strip()
            lat, lon, name = t.findtext("latitude"), t.findtext("longitude"), t.findtext("extractedName") or ""
        else:
            tag = t.find("gaztag")
            number = tag.get("geonameid", "") if tag is not None else ""
            lat = tag.findtext("lat") if tag is not None else t.findtext("lat")
            lon = tag.findtext("lon") if tag is not None else t.findtext("lon")
            name = t.findtext("phrase") or ""
        start = int(t.findtext("start") or 0)
        yield Toponym(
            start,
            start + len(name),
            name,
            f"geonames:{number}" if number.isdigit() else None,
            float(lat) if lat else None,
            float(lon) if lon else None,
        )
