"""Coverage is measured: what share of a list of its own a resource gives rightly, per area, period and size
of place.

A list is made of expectations: "this place was held by this side on this day", or "this place came under this
side between these days". A script of scripts/packs measures the packs with it and writes the result into the
descriptor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.evidence.control import state_on
from dateline.types import Record

SPEAKS_FROM = 0.95  # DESIGN.md section 2, "Coverage is data": under 95 % the absence of a record is silent
LEAST = 10  # places that a list must hold before a share of it says anything
SIZES = (0, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)  # people; the sizes tried as the least one covered
SHORTEST = 3  # listed days: a good month or two between bad ones is luck
REPRESENTED = 3  # listed places between the least size and three times it: a list of cities says nothing of villages


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of an independent list: who held a place on a day."""

    place: str
    area: str
    population: int
    day: date
    side: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of n places of a list were given rightly on every listed day of a span, in an area, from a
    size up.
    """

    area: str
    start: date
    end: date
    min_population: int
    found: int
    n: int

    @property
    def completeness(self) -> float:
        return self.found / self.n if self.n else 0.0


def right_days(expected: Iterable[Expected], records: Mapping[str, Sequence[Record]], silent: str) -> dict[Expected, bool]:
    """Whether the `held` records of each expected place name its holder; a place without any counts as
    `silent`'s.
    """
    return {e: (state_on(e.day, found).side if (found := records.get(e.place, ())) else silent) == e.side for e in expected}


def spans(right: Mapping[Expected, bool]) -> list[Share]:
    """For each area the longest spans of listed days, from the least size of place, that may speak.

    A place counts as found only if it was given rightly on every one of its days in the span.
    """
    by_area: dict[str, dict[Expected, bool]] = defaultdict(dict)
    for item, good in right.items():
        by_area[item.area][item] = good
    shares = []
    for area in sorted(by_area):
        taken: list[tuple[date, date]] = []
        for size in SIZES:
            for share in _spans_of(area, size, by_area[area]):
                if not any(start <= share.start and share.end <= end for start, end in taken):
                    taken.append((share.start, share.end))
                    shares.append(share)
    return shares


def whole(right: Mapping[Expected, bool], start: date, end: date) -> list[Share]:
    """The shares of every area over one span and all sizes, whether they may speak or not."""
    areas = sorted({e.area for e in right})
    return [_share(area, start, end, 0, {e: ok for e, ok in right.items() if e.area == area}) for area in areas]


def _spans_of(area: str, size: int, right: Mapping[Expected, bool]) -> list[Share]:
    listed = {e.place: e.population for e in right if e.population >= size}
    if sum(size <= p < max(3 * size, 500) for p in listed.values()) < REPRESENTED:
        return []
    days = sorted({e.day for e in right})
    found: list[Share] = []
    first = 0
    while first < len(days):
        best = None
        for last in range(first, len(days)):
            share = _share(area, days[first], days[last], size, right)
            if share.n < LEAST or share.completeness < SPEAKS_FROM:
                break
            best = share
        if best is None:
            first += 1
        else:
            following = days.index(best.end) + 1
            if following - first >= SHORTEST:
                found.append(best)
            first = following
    return found


def _share(area: str, start: date, end: date, size: int, right: Mapping[Expected, bool]) -> Share:
    places: dict[str, bool] = {}
    for item, good in right.items():
        if item.population >= size and start <= item.day <= end:
            places[item.place] = places.get(item.place, True) and good
    return Share(area, start, end, size, sum(places.values()), len(places))


def recalled(wanted: Iterable[tuple[str, str, date, date]], records: Mapping[str, Sequence[Record]], days: int) -> list[int | None]:
    """For each (place, side, first, last day) of a dated list how many days off the nearest row is, None
    beyond `days`.
    """
    return [_nearest(records.get(place, ()), side, low, high, days) for place, side, low, high in wanted]


def _nearest(records: Sequence[Record], side: str, low: date, high: date, days: int) -> int | None:
    gaps = [
        max((r.start_min - high).days, (low - r.start_max).days, 0)
        for r in records
        if r.predicate == "held" and r.side == side and r.start_min and r.start_max
    ]
    return min((g for g in gaps if g <= days), default=None)
