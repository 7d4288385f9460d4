"""Daily GeoJSON of held areas (a folder of YYYY-MM-DD.geojson) to control states of the places beside it.

The folder holds `places.csv` in the columns of docs/packs.md and a file a day; features carry a `side` property. A place
turns when its point first lies in another side's polygons; the window runs from the day after the last file that
showed it otherwise to the first that shows it so.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.errors import PackError
from dateline.evidence.importers.common import Imported, Origin, objects, record, text

META = Origin(
    "areas", "Daily map of held areas", "a mapper", "https://example.org/set-the-address",
    "LicenseRef-derived-facts", "mapper", "a-mapper",
)  # fmt: skip
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})\.geojson(\.xz)?")
Ring = Sequence[Sequence[float]]


def read(path: Path) -> Imported:
    """One row a turn of a place. PackError for a folder without days or places, or a feature without a side."""
    files = sorted((m[1], f) for f in path.glob("*.geojson*") if (m := _DAY.fullmatch(f.name)))
    if not files:
        raise PackError(f"{path}: no YYYY-MM-DD.geojson in it; give a folder with a file a day")
    places = list(csv.DictReader(io.StringIO(text(path / "places.csv"), newline="")))
    out = Imported(places=places, read=len(places))
    holder: dict[str, tuple[str, date]] = {}
    for name, file in files:
        day = date.fromisoformat(name)
        shapes = list(_shapes(file))
        for place in places:
            lat, lon = float(place["lat"]), float(place["lon"])
            side = next((s for s, polygon in shapes if inside(lat, lon, polygon)), "")
            before = holder.get(place["id"])
            if side and before and before[0] != side:
                out.rows.append(_turn(place, side, before[1] + timedelta(1), day))
            holder[place["id"]] = (side, day)
    return out


def inside(lat: float, lon: float, polygon: Sequence[Ring]) -> bool:
    """True if the point lies in the outer ring and in none of the holes (ray casting)."""
    return _in_ring(lat, lon, polygon[0]) and not any(_in_ring(lat, lon, hole) for hole in polygon[1:])


def _in_ring(lat: float, lon: float, ring: Ring) -> bool:
    odd = False
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def _shapes(file: Path) -> Iterator[tuple[str, Sequence[Ring]]]:
    features: Any = objects(file)
    for number, feature in enumerate(features.get("features", ()) if isinstance(features, dict) else (), 1):
        side = (feature.get("properties") or {}).get("side")
        shape = feature.get("geometry") or {}
        if not side:
            raise PackError(f"{file}: feature {number} names no side; set properties.side")
        if shape.get("type") == "Polygon":
            yield side, shape["coordinates"]
        elif shape.get("type") == "MultiPolygon":
            yield from ((side, polygon) for polygon in shape["coordinates"])
        else:
            raise PackError(f"{file}: feature {number} is no polygon")


def _turn(place: dict[str, str], side: str, low: date, high: date) -> dict[str, str]:
    return record(
        META, id=f"area-{place['id'].replace(':', '-')}-{high}", kind="control", predicate="held", side=side,
        place_id=place["id"], place_name=place["name"], start_min=low, start_max=high, known_from=high,
        says=f"{place['name']} was first shown as held by {side} on {high}.",
    )  # fmt: skip
