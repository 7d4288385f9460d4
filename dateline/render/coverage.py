"""A pack's coverage drawn: where and when its silence may speak, as a table and on the map, by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from dateline.render.basemap import HEIGHT, WIDTH, Country, Drawn, Frame, country, country_at, draw
from dateline.render.html import render_page
from dateline.types import Coverage

__all__ = ["CoverageMap", "coverage_map", "render_coverage", "render_coverage_text"]

SPEAKS_FROM = 0.95  # DESIGN.md section 2: under 95 % the absence of a record is silent
AREAS = ("region", "district", "area", "peninsula")  # hold places, whose least size counts
WHOLE = 10_000_000  # people: the descriptors' way of saying that a span is about the areas themselves
BAR, TALL = 62.0, 24.0  # units of the map that a place's bar is wide, and that it is tall with its name
SHADE = {"all": 1, "towns": 0.6, "cities": 0.3, "whole": 1}
SIZES = ((500, "all"), (5_000, "towns"))  # people: from which size up places are covered, for the bar's shade


class Spot(Protocol):
    """What the drawing needs to know of a place."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a bar: where it begins, how long it is, and which sizes of place it covers (all, towns, cities, whole)."""

    x: float
    width: float
    size: str
    told: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An area on the map: its name and the days on which silence speaks there."""

    name: str
    x: float
    y: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """The basemap, a bar an area, and the days at the ends of every bar."""

    base: Drawn
    bars: tuple[Bar, ...]
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: one measured span."""

    speaks: bool
    days: str
    size: str
    share: str
    areas: str


def render_coverage(title: str, coverage: Sequence[Coverage], places: Mapping[str, Spot], theatre: Sequence[str]) -> str:
    """One self-contained page in English: the map, and every span as a table."""
    groups = [(head, list(lines)) for head, lines in _groups(coverage, places)]
    drawn = coverage_map(coverage, places, theatre)
    return render_page("coverage.html", {"title": title, "map": drawn, "groups": groups, "bar": BAR, "shade": SHADE})


def render_coverage_text(coverage: Sequence[Coverage], places: Mapping[str, Spot]) -> str:
    """The table for a terminal: what may speak first, under the resource and the list it was measured by."""
    out = []
    for head, lines in _groups(coverage, places):
        out.append(head)
        out += [f"  {'speaks' if n.speaks else 'silent'}  {n.share:>10}  {n.days:23}  {n.size:20}  {n.areas}" for n in lines]
        out.append("")
    return "\n".join(out) if out else "nothing measured: no absence of a record counts\n"


def coverage_map(coverage: Iterable[Coverage], places: Mapping[str, Spot], theatre: Sequence[str]) -> CoverageMap | None:
    """A bar for every area that a point can stand for; None where there is none. What is silent has an empty bar."""
    by_area: dict[str, list[Coverage]] = {}
    for c in coverage:
        for area in c.areas:
            spot = places.get(area)
            if spot and spot.lat is not None and spot.lon is not None and spot.kind != "country" and c.start and c.end:
                by_area.setdefault(area, []).append(c)
    if not by_area:
        return None
    days = [day for found in by_area.values() for c in found for day in (c.start, c.end) if day]
    start, end = min(days), max(days)
    points = [(places[area].lat or 0.0, places[area].lon or 0.0) for area in by_area]
    home = next((known for t in theatre if (known := country(t))), None) or country_at(*points[0])
    frame = _frame(points, home)
    taken: list[tuple[float, float]] = []
    bars = []
    for area, found in sorted(by_area.items(), key=lambda item: (-(places[item[0]].lat or 0.0), item[0])):
        x, y = frame.xy(places[area].lat or 0.0, places[area].lon or 0.0)
        x, y = _free(x - BAR / 2, y, taken)
        taken.append((x, y))
        bars.append(
            Bar(_short(places[area].name), round(x, 1), round(y, 1), _stretches(found, start, end, place=places[area].kind not in AREAS))
        )
    return CoverageMap(draw(frame, home.number if home else None), tuple(bars), start, end)


def _groups(coverage: Iterable[Coverage], places: Mapping[str, Spot]) -> Iterable[tuple[str, Iterable[Line]]]:
    """Spans under "resource: kinds, list"; those that may speak first."""

    def head(c: Coverage) -> str:
        return f"{c.resource}: {'/'.join((*c.kinds, *c.predicates))}, by {c.measured_against}"

    ordered = sorted(coverage, key=lambda c: (head(c), c.completeness < SPEAKS_FROM, _names(c, places), str(c.start)))
    for title, group in groupby(ordered, key=head):
        yield title, [_line(c, places) for c in group]


def _line(c: Coverage, places: Mapping[str, Spot]) -> Line:
    return Line(
        c.completeness >= SPEAKS_FROM,
        f"{c.start or '…'} – {c.end or '…'}",
        _size_words(c),
        f"{c.found} of {c.n}",
        _names(c, places),
    )


def _size_words(c: Coverage) -> str:
    if c.min_population > WHOLE:
        return "the areas themselves"
    return f"from {c.min_population:,} people" if c.min_population else "any size"


def _names(c: Coverage, places: Mapping[str, Spot]) -> str:
    return ", ".join(sorted(_name(area, places) for area in c.areas))


def _name(area: str, places: Mapping[str, Spot]) -> str:
    if area in places:
        return places[area].name
    known = country(area)
    return known.name if known else area


def _short(name: str) -> str:
    return name.removesuffix(" Oblast").removesuffix(" Governorate").removeprefix("Autonomous Republic of ")


def _stretches(found: Iterable[Coverage], start: date, end: date, *, place: bool) -> tuple[Stretch, ...]:
    """The spans that may speak, the largest places first, so that the finer ones are drawn over them."""
    whole = max((end - start).days, 1)
    spans = []
    for c in sorted(found, key=lambda c: (-c.min_population, str(c.start))):
        if c.completeness >= SPEAKS_FROM and c.start and c.end:
            size = ("all" if place else "whole") if c.min_population > WHOLE else _size(c.min_population)
            x = (c.start - start).days / whole * BAR
            told = f"{c.start} – {c.end}, {_size_words(c)}: {c.found} of {c.n}"
            spans.append(Stretch(round(x, 1), round((c.end - c.start).days / whole * BAR, 1), size, told))
    return tuple(spans)


def _size(least: int) -> str:
    return next((word for size, word in SIZES if least <= size), "cities")


def _frame(points: Sequence[tuple[float, float]], home: Country | None) -> Frame:
    """The home country where it has one of a size to be seen whole, and every point with room for its bar."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    west, south, east, north = min(lons) - 0.8, min(lats) - 0.5, max(lons) + 0.8, max(lats) + 0.5
    if home and home.bounds[2] - home.bounds[0] < 32:  # degrees; as the map of a report does (map.BROAD)
        west, east = min(west, home.bounds[0]), max(east, home.bounds[2])
        south, north = min(south, home.bounds[1]), max(north, home.bounds[3])
    return Frame.around(west, south, east, north)


def _free(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The nearest spot to the point at which no other bar lies: the point, above or below it, or beside it."""
    steps = sorted(((dx, dy) for dx in (0, -1, 1) for dy in range(-4, 5)), key=lambda s: (abs(s[0]) * 2 + abs(s[1]), s))
    for dx, dy in steps:
        a = min(max(x + dx * (BAR + 6), 4.0), WIDTH - BAR - 4)
        b = min(max(y + dy * TALL / 2, TALL), HEIGHT - 12)
        if all(abs(a - c) >= BAR + 6 or abs(b - d) >= TALL for c, d in taken):
            return a, b
    return x, y
