"""KML and KMZ of placed incidents: a placemark with a point and a day; a link in it is its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from dateline.evidence.importers.common import Imported, Origin, point_id, record, spot, xml

META = Origin(
    "kml", "Placed incidents", "a desk", "https://example.org/set-the-address", "LicenseRef-local-only", "own", "own",
)  # fmt: skip
_LINK = re.compile(r"https?://[^\s<>\"']+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(path: Path) -> Imported:
    """One row a placemark with a point, a day (TimeStamp, or an ISO day in its name or text) and a link."""
    out = Imported()
    for number, mark in enumerate(_all(xml(path), "Placemark"), 1):
        out.read += 1
        said = " ".join(part for name in ("name", "description") for part in [_text(mark, name)] if part)
        day = _DATE.search(f"{_text(mark, 'when')} {said}")
        link = _LINK.search(said) or _LINK.search(" ".join(e.get("href", "") for e in mark.iter()))
        point = next(_all(mark, "Point"), None)
        if point is None or day is None or link is None:
            out.skip("no point, no day or no link")
            continue
        lon, lat = (float(part) for part in _text(point, "coordinates").split(",")[:2])
        place = point_id("kml", lat, lon)
        out.place(spot(META, place, (_text(mark, "name") or "a point")[:80], lat, lon))
        out.rows.append(record(
            META, id=f"kml-{number:05d}", kind="strike", predicate="struck", place_id=place, start_min=day[0],
            start_max=day[0], known_from=day[0], url=link[0], says=f"An incident was placed here for {day[0]}.",
        ))  # fmt: skip
    return out


def _all(element: Element, name: str) -> Iterator[Element]:
    return (e for e in element.iter() if e.tag.rpartition("}")[2] == name)


def _text(element: Element, name: str) -> str:
    found = next(_all(element, name), None)
    return (found.text or "").strip() if found is not None else ""
