"""Land, borders, regions and waters of any frame of the world as SVG paths, projected here and now.

The geometry is Natural Earth 1:10m with the borders that the United Nations recognises, made by
scripts/build_basemap.py. Each vertex knows the tolerance down to which it matters; a frame takes those
that matter at its scale, so that neighbours always fit, and thins what lies outside to a rough outline.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Country", "Drawn", "Frame", "Label", "countries", "country", "country_at", "draw"]

Floats = NDArray[np.float64]

HEIGHT = 466.0  # of a map in its own units; with WIDTH the shape of the design's map, 3 : 2 nearly
WIDTH = 710.0
UNIT = 0.5  # paths are written in whole steps of half a unit: finer is not seen
POLE = 84.0  # degrees; beyond, Mercator runs away


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the world: its west edge, its top in Mercator radians, and units per radian."""

    west: float
    top: float
    scale: float

    @property
    def degrees_a_unit(self) -> float:
        return math.degrees(1 / self.scale)

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point lies on the map, in units from the top left."""
        return math.radians(lon - self.west) * self.scale, (self.top - mercator(lat)) * self.scale

    def holds(self, lat: float, lon: float, margin: float = 0.0) -> bool:
        x, y = self.xy(lat, lon)
        return margin <= x <= WIDTH - margin and margin <= y <= HEIGHT - margin

    @classmethod
    def around(cls, west: float, south: float, east: float, north: float) -> Frame:
        """The frame of the map's shape that holds these bounds, snapped so that near ones are alike."""
        width = max(math.radians(east - west), 1e-4)
        height = max(mercator(north) - mercator(south), 1e-4)
        scale = min(WIDTH / width, HEIGHT / height)
        steps = 4  # to the octave: one of four scales between one zoom level and the next
        scale = 2 ** (math.floor(math.log2(scale) * steps) / steps)
        middle_lon, middle_y = (west + east) / 2, (mercator(south) + mercator(north)) / 2
        snap = 20 / scale  # twenty units: nobody sees that the middle is off by them
        middle_y = round(middle_y / snap) * snap
        middle = round(math.radians(middle_lon) / snap) * snap
        return cls(math.degrees(middle - WIDTH / 2 / scale), middle_y + HEIGHT / 2 / scale, scale)


def mercator(lat: float) -> float:
    """Latitude in degrees -> northing in radians."""
    return math.asinh(math.tan(math.radians(max(-POLE, min(POLE, lat)))))


@dataclass(frozen=True, slots=True)
class Country:
    """A member state or territory: its names, ids, and the bounds of its main part."""

    number: int
    name: str
    name_uk: str
    iso: str | None
    id: str | None
    bounds: tuple[float, float, float, float]
    dashed: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the basemap: what it names, where, turned by how many degrees."""

    kind: str
    name: str
    name_uk: str
    x: float
    y: float
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """The paths of one frame, in steps of UNIT, and the names that have room."""

    home: str
    land: str
    dashed: str
    lakes: str
    regions: str
    rivers: str
    labels: tuple[Label, ...]


class Layer:
    """Lines of one sort with their vertices in degrees; closed lines end where they begin."""

    def __init__(self, arrays: Any, name: str, grid: int) -> None:
        self.closed = name in ("countries", "lakes")
        self.lonlat: Floats = np.cumsum(arrays[f"{name}_steps"].astype(np.float64), axis=1)
        self.weights: NDArray[np.uint8] = arrays[f"{name}_weights"]
        starts = arrays[f"{name}_starts"]
        self.sizes = np.diff(starts)
        self.owners: NDArray[np.int16] = arrays[f"{name}_owners"]
        # each line's steps begin with its absolute first vertex: take off what the cumulated sum carried over
        before = np.where(starts[:-1] > 0, starts[:-1] - 1, 0)
        carried = np.where(starts[:-1] > 0, self.lonlat[:, before], 0.0)
        self.lonlat = (self.lonlat - np.repeat(carried, self.sizes, axis=1)) / grid
        self.low = np.minimum.reduceat(self.lonlat, starts[:-1], axis=1)
        self.high = np.maximum.reduceat(self.lonlat, starts[:-1], axis=1)

    def take(self, frame: Frame, tolerance: float) -> list[tuple[int, Floats]]:
        """The lines that touch the frame, thinned: (owner, vertices in units, shape (2, n))."""
        west, north = frame.west, frame.top
        span = math.degrees(WIDTH / frame.scale)
        pad = span / 3
        lat_high = math.degrees(math.atan(math.sinh(north)))
        lat_low = math.degrees(math.atan(math.sinh(north - HEIGHT / frame.scale)))
        tall = (lat_high - lat_low) / 3
        low = np.array([[west - pad], [lat_low - tall]])
        high = np.array([[west + span + pad], [lat_high + tall]])
        near = ((self.high >= low) & (self.low <= high)).all(axis=0)
        index = np.flatnonzero(np.repeat(near, self.sizes))
        lines = np.repeat(np.arange(len(self.sizes)), self.sizes)[index]
        points, weights = self.lonlat[:, index], self.weights[index]
        inside = ((points >= low) & (points <= high)).all(axis=0)
        # outside a margin of a third of the frame, lines may stray by less than that margin
        rough = weight_code(min(pad, tall) * 0.8)
        keep = (weights >= rough) | (inside & (weights >= weight_code(tolerance)))
        return self._lines(frame, points[:, keep], lines[keep])

    def _lines(self, frame: Frame, points: Floats, lines: NDArray[np.int64]) -> list[tuple[int, Floats]]:
        x = np.radians(points[0] - frame.west) * frame.scale
        clipped = np.radians(np.clip(points[1], -POLE, POLE))
        y = (frame.top - np.arcsinh(np.tan(clipped))) * frame.scale
        cuts = np.flatnonzero(np.diff(lines)) + 1
        heads = lines[np.concatenate([[0], cuts])] if len(lines) else []
        parts = np.split(np.stack([x, y]), cuts, axis=1) if len(lines) else []
        if self.closed:  # thinning may have taken the vertex at which a ring begins and ends
            parts = [np.concatenate([part, part[:, :1]], axis=1) for part in parts]
        return [(int(self.owners[line]), part) for line, part in zip(heads, parts, strict=True)]


def weight_code(tolerance: float) -> int:
    """A tolerance in degrees as the byte of scripts/build_basemap.py: 20 steps a decade from 1/1000."""
    return max(0, min(255, math.floor(20 * math.log10(max(tolerance, 1e-3) / 1e-3))))


@cache
def _about() -> dict[str, Any]:
    text = files("dateline.render").joinpath("data/basemap.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def _layers() -> dict[str, Layer]:
    with files("dateline.render").joinpath("data/basemap.npz").open("rb") as file:
        arrays = np.load(file, allow_pickle=False)
        return {n: Layer(arrays, n, _about()["grid"]) for n in ("countries", "lakes", "regions", "rivers")}


@cache
def countries() -> tuple[Country, ...]:
    """Every country and territory of the basemap."""
    return tuple(
        Country(n, c["name"], c["name_uk"], c["iso"], c["id"], tuple(c["bounds"]), c["dashed"]) for n, c in enumerate(_about()["countries"])
    )


def country(place_id: str | None) -> Country | None:
    """The country of a place id (`geonames:690791`) or of a two-letter code."""
    return _by_id().get(place_id) if place_id else None


@cache
def _by_id() -> dict[str, Country]:
    return {key: c for c in countries() for key in (c.id, c.iso) if key}


@lru_cache(maxsize=4096)
def country_at(lat: float, lon: float) -> Country | None:
    """The country in whose recognised borders a point lies, or None at sea."""
    layer = _layers()["countries"]
    point = np.array([[lon], [lat]])
    near = np.flatnonzero(((layer.low <= point) & (layer.high >= point)).all(axis=0))
    starts = np.concatenate([[0], np.cumsum(layer.sizes)])
    inside: dict[int, bool] = {}
    for line in near:
        ring = layer.lonlat[:, starts[line] : starts[line + 1]]
        crossed = bool(_inside(ring, np.array([lon]), np.array([lat]))[0])
        owner = int(layer.owners[line])
        inside[owner] = inside.get(owner, False) ^ crossed
    return next((countries()[owner] for owner, yes in inside.items() if yes), None)


def _inside(ring: Floats, x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Even-odd rule for many points against one closed ring."""
    ends = np.roll(ring, -1, axis=1)
    x1, y1, x2, y2 = ring[0, :, None], ring[1, :, None], ends[0, :, None], ends[1, :, None]
    spans = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return np.asarray((spans & (x < at)).sum(axis=0) % 2 == 1)


@lru_cache(maxsize=64)
def draw(frame: Frame, home: int | None) -> Drawn:
    """Everything under the pins; `home` is the number of the country to draw in light."""
    layers, tolerance = _layers(), frame.degrees_a_unit * 0.55
    land = layers["countries"].take(frame, tolerance)
    rivers = layers["rivers"].take(frame, tolerance)
    dashed = {c.number for c in countries() if c.dashed}
    return Drawn(
        home=_path([p for owner, p in land if owner == home]),
        land=_path([p for owner, p in land if owner != home and owner not in dashed]),
        dashed=_path([p for owner, p in land if owner != home and owner in dashed]),
        lakes=_path([p for _, p in layers["lakes"].take(frame, tolerance)]),
        regions=_path(_regions(frame, tolerance * 1.5, [p for owner, p in land if owner == home]), closed=False),
        rivers=_path([p for _, p in rivers], closed=False),
        labels=(*_country_labels(land, home), *_water_labels(frame), *_river_labels(rivers)),
    )


def _regions(frame: Frame, tolerance: float, home: list[Floats]) -> list[Floats]:
    """The region lines of the home country; of other countries, and in frames of the world, they crowd."""
    if not home or frame.degrees_a_unit > 0.06:
        return []
    lines = [p for _, p in _layers()["regions"].take(frame, tolerance)]
    middles = np.array([line[:, line.shape[1] // 2] for line in lines]).reshape(-1, 2)
    hit = np.zeros(len(lines), dtype=bool)
    for ring in home:
        hit ^= _inside(ring, middles[:, 0], middles[:, 1])
    return [line for line, within in zip(lines, hit, strict=True) if within]


def _path(lines: list[Floats], *, closed: bool = True) -> str:
    """SVG path data in whole steps of UNIT, relative; a closed line too small to see is left out."""
    out: list[str] = []
    for line in lines:
        points = np.rint(line / UNIT).astype(np.int64)
        moved = np.concatenate([[True], (np.diff(points, axis=1) != 0).any(axis=0)])
        points = points[:, moved]
        if points.shape[1] < (4 if closed else 2):
            continue
        steps = np.diff(points, axis=1)
        if closed:
            steps = steps[:, :-1]
        body = " ".join(f"{dx} {dy}" for dx, dy in steps.T.tolist()).replace(" -", "-")
        out.append(f"M{points[0, 0]} {points[1, 0]}l{body}" + ("z" if closed else ""))
    return "".join(out)


def _country_labels(land: list[tuple[int, Floats]], home: int | None) -> list[Label]:
    """A name for each neighbour where it has most room: the point of a grid farthest from its edges."""
    across, down = 28, 18
    x, y = np.meshgrid((np.arange(across) + 0.5) * WIDTH / across, (np.arange(down) + 0.5) * HEIGHT / down)
    xs, ys = x.ravel(), y.ravel()
    rings: dict[int, list[Floats]] = {}
    for owner, line in land:
        if owner != home and line[0].max() > 0 and line[0].min() < WIDTH and line.shape[1] > 3:
            rings.setdefault(owner, []).append(line)
    labels = []
    for owner, lines in sorted(rings.items()):
        hit = np.zeros(len(xs), dtype=bool)
        for line in lines:
            hit ^= _inside(line, xs, ys)
        if hit.sum() < 5:  # under one in a hundred of the map: no room for a name
            continue
        room = np.minimum.reduce([xs, WIDTH - xs, ys * 1.5, (HEIGHT - ys) * 1.5])
        others = np.flatnonzero(~hit)
        for at in np.flatnonzero(hit):
            if len(others):
                away = np.hypot(xs[others] - xs[at], (ys[others] - ys[at]) * 1.5).min()
                room[at] = min(room[at], away)
        best = int(np.where(hit, room, -1).argmax())
        if room[best] >= 30:
            known = countries()[owner]
            labels.append(Label("country", known.name, known.name_uk, float(xs[best]), float(ys[best])))
    return labels


def _water_labels(frame: Frame) -> list[Label]:
    if frame.degrees_a_unit > 0.12:  # a frame wider than 85 degrees: seas would crowd it
        return []
    found = []
    for lon, lat, name, name_uk in _about()["waters"]:
        if frame.holds(lat, lon, 30):
            x, y = frame.xy(lat, lon)
            found.append(Label("sea", name, name_uk, x, y))
    return found


def _river_labels(lines: list[tuple[int, Floats]]) -> list[Label]:
    """A river's name beside the middle of its longest stretch in the frame, turned along it."""
    longest: dict[int, tuple[float, Label]] = {}
    for owner, line in lines:
        seen = line[:, (line[0] > 20) & (line[0] < WIDTH - 20) & (line[1] > 20) & (line[1] < HEIGHT - 20)]
        if seen.shape[1] < 6:
            continue
        length = float(np.hypot(*np.diff(seen, axis=1)).sum())
        at = seen.shape[1] // 2
        dx, dy = (seen[:, min(at + 2, seen.shape[1] - 1)] - seen[:, at - 2]).tolist()
        turn = math.degrees(math.atan2(dy, dx))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
        names = _about()["rivers"][owner]
        label = Label("river", names["name"], names["name_uk"], float(seen[0, at]), float(seen[1, at]), turn)
        if length > max(80.0, longest.get(owner, (0.0,))[0]):
            longest[owner] = (length, label)
    return [label for _, (_, label) in sorted(longest.items())]
