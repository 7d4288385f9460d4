"""Plane and sphere: distance, direction, and which bank of a river a point lies on. Degrees in, kilometres out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal

__all__ = ["bank_of", "compass", "distance_km", "nearest_km", "nearest_within"]

Point = tuple[float, float]  # longitude, latitude
RADIUS_KM = 6371.0088  # mean Earth radius, km (IUGG)
_KM_A_DEGREE = math.radians(1) * RADIUS_KM
ON_THE_BANK_KM = 1.0  # km: our courses are drawn to about that, nearer than it the side is not known
BEYOND_KM = 20.0  # km: a point nearest to an end of the river is beside it only when this near


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two (longitude, latitude) points."""
    x1, y1, x2, y2 = math.radians(a[0]), math.radians(a[1]), math.radians(b[0]), math.radians(b[1])
    h = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def nearest_within(point: Point, others: Iterable[Point], reach: float) -> float | None:
    """Great-circle distance to the nearest of the others; None where none lies within so many km."""
    degrees = reach / _KM_A_DEGREE
    x, y = point
    near = [o for o in others if -degrees < o[1] - y < degrees]
    widest = degrees / max(0.01, math.cos(math.radians(min(89.0, abs(y) + degrees))))  # a degree is short near the poles
    away = min((distance_km(point, o) for o in near if not widest < abs(o[0] - x) < 360 - widest), default=reach)
    return away if away < reach else None


def compass(of: Point, seen_from: Point) -> str:
    """One of eight directions in which `of` lies as seen from the other point, e.g. "north-east"."""
    east = (of[0] - seen_from[0]) * math.cos(math.radians((of[1] + seen_from[1]) / 2))
    angle = math.degrees(math.atan2(east, of[1] - seen_from[1])) % 360
    names = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    return names[round(angle / 45) % 8]


def _nearest(point: Point, course: Sequence[Sequence[float]]) -> tuple[float, float, bool]:
    """Distance to the course in km, signed area (above 0: left of the flow), and whether an end is nearest."""
    scale = math.cos(math.radians(point[1]))
    km = math.radians(1) * RADIUS_KM
    line = [((x - point[0]) * scale * km, (y - point[1]) * km) for x, y in course]
    best: tuple[float, float, bool] = (math.inf, 0.0, True)
    for n, ((ax, ay), (bx, by)) in enumerate(zip(line, line[1:], strict=False)):
        dx, dy = bx - ax, by - ay
        along = -(ax * dx + ay * dy) / (dx * dx + dy * dy)
        t = max(0.0, min(1.0, along))
        away = math.hypot(ax + t * dx, ay + t * dy)
        if away < best[0] - 1e-9:
            end = (n == 0 and along < 0) or (n == len(line) - 2 and along > 1)
            best = (away, _side(line, n, t), end)
    return best


def _side(line: list[tuple[float, float]], n: int, t: float) -> float:
    """Cross product at the nearest segment; at a bend the corner's own two segments decide together."""

    def cross(m: int) -> float:
        (ax, ay), (bx, by) = line[m], line[m + 1]
        return ((bx - ax) * -ay - (by - ay) * -ax) / math.hypot(bx - ax, by - ay)

    other = n + 1 if t == 1.0 and n + 2 < len(line) else n - 1 if t == 0.0 and n > 0 else n
    first, second = cross(n), cross(other)
    return first if abs(first) >= abs(second) else second


def nearest_km(point: Point, course: Sequence[Sequence[float]]) -> float:
    """How far the point lies from the river's course."""
    return _nearest(point, course)[0]


def bank_of(point: Point, course: Sequence[Sequence[float]]) -> Literal["left", "right"] | None:
    """The bank, looking downstream; None within a kilometre of the line or beyond an end of the river."""
    away, side, end = _nearest(point, course)
    if away < ON_THE_BANK_KM or (end and away > BEYOND_KM) or side == 0:
        return None
    return "left" if side > 0 else "right"
