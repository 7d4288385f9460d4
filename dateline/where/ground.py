"""Land and sea: how far a point lies from a country and from the shore of a sea, and in which sea.

Outlines are the basemap's (Natural Earth 1:10m, public domain, borders as the United Nations recognises them);
`data/seas.csv` says roughly which shores and waters belong to which sea. Degrees in, kilometres out.
"""

from __future__ import annotations

import csv
import json
import math
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.types import Place
from dateline.where.gazetteer import Gazetteer
from dateline.where.geometry import RADIUS_KM
from dateline.where.store import KINDS

__all__ = ["country_of", "in_sea", "km_to_country", "km_to_shore", "largest", "seas", "town_of"]

Floats = NDArray[np.float64]
Point = tuple[float, float]  # longitude, latitude

DATA = Path(__file__).parent / "data" / "seas.csv"
BASEMAP = Path(__file__).parents[1] / "render" / "data"
REACH = 6.0  # degrees around a point within which outlines are looked at; beyond it a distance says only "far"
FAR_KM = 500.0  # what is answered where nothing lies within REACH (6 degrees of latitude are 667 km)


@cache
def _rings() -> tuple[tuple[int, Floats], ...]:
    """Every ring of every country, as (number of the country, (2, n) longitudes and latitudes)."""
    grid = json.loads((BASEMAP / "basemap.json").read_text(encoding="utf-8"))["grid"]
    with np.load(BASEMAP / "basemap.npz", allow_pickle=False) as arrays:
        starts, owners = arrays["countries_starts"], arrays["countries_owners"]
        steps = arrays["countries_steps"].astype(np.float64)
    return tuple(
        (int(owner), np.cumsum(steps[:, start:end], axis=1) / grid)
        for owner, start, end in zip(owners, starts[:-1], starts[1:], strict=True)
    )


@cache
def _numbers() -> dict[str, tuple[int, ...]]:
    """Place id of a country -> its numbers in the basemap (a country and its dependencies share an id)."""
    table: dict[str, tuple[int, ...]] = {}
    countries = json.loads((BASEMAP / "basemap.json").read_text(encoding="utf-8"))["countries"]
    for n, country in enumerate(countries):
        if country["id"]:
            table[country["id"]] = (*table.get(country["id"], ()), n)
    return table


@cache
def country_of(code: str) -> str | None:
    """Place id of the country with a two-letter code; None for one without an outline."""
    countries = json.loads((BASEMAP / "basemap.json").read_text(encoding="utf-8"))["countries"]
    return next((c["id"] for c in countries if c["iso"] == code), None)


@cache
def seas() -> dict[str, tuple[Floats, ...]]:
    """Place id of a sea -> the rough outlines, shores included, of what counts as it."""
    table: dict[str, tuple[Floats, ...]] = {}
    with DATA.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            outline = np.array([[float(x) for x in point.split()] for point in row["outline"].split(",")]).T
            table[row["id"]] = (*table.get(row["id"], ()), outline)
    return table


@lru_cache(maxsize=4096)
def km_to_country(point: Point, country_id: str) -> float | None:
    """How far the point lies from the country's land: 0 within it, None where the country has no outline."""
    numbers = _numbers().get(country_id)
    if numbers is None:
        return None
    rings = [ring for owner, ring in _rings() if owner in numbers]
    if sum(bool(_inside(ring, point)) for ring in rings) % 2:
        return 0.0
    near = [_km_to_line(point, np.concatenate([ring, ring[:, :1]], axis=1)) for ring in rings if _touches(ring, point)]
    return min(near, default=FAR_KM)


def in_sea(point: Point, sea_id: str) -> bool | None:
    """True where the point lies within the rough outline of the sea; None for a sea without one."""
    outlines = seas().get(sea_id)
    return None if outlines is None else any(_inside(outline, point) for outline in outlines)


@lru_cache(maxsize=4096)
def km_to_shore(point: Point, sea_id: str) -> float | None:
    """How far the point lies from the shore of that sea; None for a sea without an outline."""
    if sea_id not in seas():
        return None
    return min((_km_to_line(point, line) for line in _shore(sea_id) if _touches(line, point)), default=FAR_KM)


@cache
def _shore(sea_id: str) -> tuple[Floats, ...]:
    """The stretches of outline within the sea's own that no second country shares."""
    outlines = seas()[sea_id]
    low = np.min([o.min(axis=1) for o in outlines], axis=0)[:, None]
    high = np.max([o.max(axis=1) for o in outlines], axis=0)[:, None]
    near = [(owner, ring) for owner, ring in _rings() if (ring.max(axis=1) >= low[:, 0]).all() and (ring.min(axis=1) <= high[:, 0]).all()]
    owners: dict[tuple[float, float], int] = {}
    shared: set[tuple[float, float]] = set()
    for owner, ring in near:
        for vertex in _vertices(ring[:, ((ring >= low) & (ring <= high)).all(axis=0)]):
            if owners.setdefault(vertex, owner) != owner:
                shared.add(vertex)
    kept: list[Floats] = []
    for _, ring in near:
        line = np.concatenate([ring, ring[:, :1]], axis=1)
        at = np.flatnonzero(((line >= low) & (line <= high)).all(axis=0))
        free = np.zeros(line.shape[1], dtype=bool)
        free[at] = [v not in shared and any(_inside(o, v) for o in outlines) for v in _vertices(line[:, at])]
        kept.extend(_runs(line, free))
    return tuple(kept)


def _vertices(line: Floats) -> list[Point]:
    return list(zip(*np.round(line, 5).tolist(), strict=True))


def _runs(line: Floats, keep: NDArray[np.bool_]) -> list[Floats]:
    """The stretches of a line whose vertices are all kept."""
    cuts = np.flatnonzero(np.diff(keep.astype(np.int8))) + 1
    return [part for part, kept in zip(np.split(line, cuts, axis=1), np.split(keep, cuts), strict=True) if kept[0] and part.shape[1] > 1]


def _touches(line: Floats, point: Point) -> bool:
    at = np.array([[point[0]], [point[1]]])
    wide = np.array([[REACH / max(0.2, math.cos(math.radians(point[1])))], [REACH]])
    return bool(((line.min(axis=1, keepdims=True) <= at + wide) & (line.max(axis=1, keepdims=True) >= at - wide)).all())


def _inside(ring: Floats, point: Point) -> bool:
    """Even-odd rule for one point against one closed ring."""
    x, y = point
    x1, y1 = ring
    x2, y2 = np.roll(ring, -1, axis=1)
    spans = (y1 > y) != (y2 > y)
    if not spans.any():
        return False
    at = x1[spans] + (y - y1[spans]) * (x2[spans] - x1[spans]) / (y2[spans] - y1[spans])
    return bool((x < at).sum() % 2)


def _km_to_line(point: Point, line: Floats) -> float:
    """Kilometres from a point to the nearest segment, on a plane fitted at the point: good to 1 % within 500 km."""
    km = math.radians(1) * RADIUS_KM
    east = (line[0] - point[0]) * math.cos(math.radians(point[1])) * km
    north = (line[1] - point[1]) * km
    dx, dy = np.diff(east), np.diff(north)
    length = np.maximum(dx * dx + dy * dy, 1e-12)
    t = np.clip(-(east[:-1] * dx + north[:-1] * dy) / length, 0.0, 1.0)
    return float(np.hypot(east[:-1] + t * dx, north[:-1] + t * dy).min())


def town_of(gazetteer: Gazetteer, place: Place, within_km: float) -> Place | None:
    """The settlement with most people within so many km of a site: the town that it belongs to; None where there is none."""
    if place.lat is None or place.lon is None:
        return None
    table = gazetteer.store.table
    km = math.radians(1) * RADIUS_KM
    east = (table["lon"] - place.lon) * math.cos(math.radians(place.lat)) * km
    near = np.hypot(east, (table["lat"] - place.lat) * km) <= within_km
    rows = np.flatnonzero(near & (table["kind"] == KINDS.index("settlement")) & (table["population"] > 0))
    return gazetteer.store.place(int(rows[np.argmax(table["population"][rows])])) if len(rows) else None


def largest(gazetteer: Gazetteer, area_id: str, n: int = 3) -> tuple[Place, ...]:
    """The settlements of a region, district or country with most people, most first."""
    number, table = gazetteer.store.number(area_id), gazetteer.store.table
    if number is None:
        return ()
    inside = (table["admin1"] == number) | (table["admin2"] == number) | (table["country"] == number)
    rows = np.flatnonzero(inside & (table["kind"] == KINDS.index("settlement")) & (table["population"] > 0))
    order = rows[np.argsort(-table["population"][rows].astype(np.int64), kind="stable")][:n]
    return tuple(gazetteer.store.place(int(row)) for row in order)
