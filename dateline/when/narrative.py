"""Histories: years carried over whole sections by a beam search over all mentions.

Taking the last year named drags one stray year through a section. Here every mention with a choice of year
is a step of a path; time running on is cheap, going back is dearer, a year in brackets may be passed by
without moving the clock, a year that changes unnamed is dear. The path of least cost wins; hypotheses are compared in a fixed order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from dateline.when.clock import Clock, Resolved
from dateline.when.cues import Cue
from dateline.when.expr import Expr
from dateline.when.periods import bounds, make_year, month_value, year_of
from dateline.when.resolve import resolve
from dateline.when.tokens import Token

__all__ = ["Weights", "read_narrative"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Costs of a step, in the unit of "going on by e-fold months"; fitted on all of WikiWars and
    WikiWarsUA; `eval when --loo` says what they are worth on documents that had no part in it."""

    forward: float = 1.0
    backward: float = 1.5
    back_base: float = 0.5
    skip: float = 4.5
    skip_aside: float = 0.5
    range_end: float = 0.1
    new_year: float = 2.0
    width: int = 8


WEIGHTS = Weights()


@dataclass(slots=True)
class _Step:
    """A hypothesis: the cost so far, where its clock stands (in days), the path to it.

    `said` is the last date named, which a date told in passing leaves apart from `ref`, where the story stands.
    """

    cost: float
    day: int | None
    ref: str | None
    resolved: Resolved | None
    before: _Step | None
    said: str | None = None


def _days(value: str) -> tuple[int, int] | None:
    """First and last day of a value as numbers that also reach before Christ."""
    found = bounds(value)
    if found is not None and value.endswith("-WI"):  # histories name a winter by either of its years: both are open
        return found[0].toordinal() - 365, found[1].toordinal()
    if found is not None:
        return found[0].toordinal(), found[1].toordinal()
    year = year_of(value)
    if year is None:
        return None
    start = round((year - 1) * 365.2425)
    tail = value.partition("-")[2] if not value.startswith("BC") else value[2:].partition("-")[2]
    month = int(tail[:2]) if tail[:2].isdigit() else {"SP": 3, "SU": 6, "FA": 9, "WI": 12}.get(tail[:2], 0)
    return (start + (month - 1) * 30, start + month * 30) if month else (start, start + 365)


def _move(clock: int, first: int, last: int, w: Weights) -> float:
    if first <= clock <= last:
        return 0.0
    if first > clock:
        return w.forward * math.log1p((first - clock) / 60)
    return w.back_base + w.backward * math.log1p((clock - last) / 60)


def _yearless(e: Expr) -> bool:
    return e.kind == "date" and e.year is None and not e.full and (e.month is not None or e.season is not None) and not e.holiday


def _dated(e: Expr, year: int) -> str | None:
    if e.month:
        value = month_value(year, e.month)
        if e.day is None:
            return value
        value = f"{value}-{e.day:02d}"
        return value if year < 1 or bounds(value) else None
    return f"{make_year(year)}-{e.season}"


def _readings(e: Expr, step: _Step, now: date, first_year: int) -> list[Resolved]:
    """What the expression may mean from a hypothesis."""
    if _yearless(e):
        base = year_of(step.ref) if step.ref else first_year
        out = []
        for year in dict.fromkeys(y for y in ((base or first_year) + k for k in (0, 1, -1)) if y != 0):
            value = _dated(e, year)
            if value is not None:
                r = resolve(_year_set(e, year), Clock(now, step.ref, narrative=True), Cue())
                if r is not None:
                    r.expr, r.basis, r.anchor = e, "the year that the narrative has reached", None
                    out.append(r)
        return out
    ref = step.said if e.kind == "shift" and e.anchor == "ref" else step.ref
    r = resolve(e, Clock(_clock_day(step, now, first_year), ref, narrative=True), Cue())
    return [r] if r is not None else []


def _year_set(e: Expr, year: int) -> Expr:
    from dataclasses import replace

    return replace(e, year=year)


def _clock_day(step: _Step, now: date, first_year: int) -> date:
    if step.day is not None and 1 <= step.day <= date.max.toordinal():
        return date.fromordinal(step.day)
    return date(first_year, 1, 1) if 1 <= first_year <= 9999 else now


def _aside(e: Expr, tokens: list[Token]) -> bool:
    """A date in brackets or behind "since": told in passing, the story does not move there."""
    before = [t.category for t in tokens[max(0, e.i - 2) : e.i]]
    return "open" in before or "since" in before


def _heading(e: Expr, tokens: list[Token]) -> bool:
    """A paragraph of a few words: the title of a section."""
    first, last = e.i, e.j
    while first and tokens[first - 1].category != "para" and e.i - first < 8:
        first -= 1
    while last < len(tokens) and tokens[last].category != "para" and last - e.j < 8:
        last += 1
    at_start = first == 0 or tokens[first - 1].category == "para"
    at_end = last >= len(tokens) or tokens[last].category == "para"
    return at_start and at_end and (last == 0 or tokens[last - 1].category != "dot")


def _range_end(before: Expr | None, e: Expr, tokens: list[Token]) -> bool:
    """Is it joined to the expression before it, as "to July" is in "from October to July"?"""
    gap = tokens[before.j : e.i] if before is not None else []
    joined = 1 <= len(gap) <= _JOINT and gap[0].category in ("to", "upto", "until", "dash", "ndash")
    return joined and all(t.category in ("to", "upto", "until", "dash", "ndash", "the") for t in gap)


_JOINT = 2  # tokens: "to the"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in the text an expression stands: told in passing, a heading, the second end of a range."""

    aside: bool
    heading: bool
    range_end: bool = False


def _extend(step: _Step, r: Resolved, w: Weights, spot: _Spot) -> list[_Step]:
    value = r.value.partition("T")[0] if r.type == "TIME" else r.value
    days = _days(value) if r.type in ("DATE", "TIME") else None
    if days is None:
        return [_Step(step.cost, step.day, step.ref, r, step, step.said)]
    first, last = days
    if spot.heading or step.day is None:
        return [_Step(step.cost, first, value, r, step, value)]
    day = step.day if first <= step.day <= last else first
    cost = step.cost + _move(step.day, first, last, w)
    if _yearless(r.expr) and step.ref and year_of(value) != year_of(step.ref):
        cost += w.new_year  # writers name a year when it changes
    out = [_Step(cost, day, value, r, step, value)]
    if spot.range_end:  # "from 9 October to July": the story goes on from the first end as well
        out.append(_Step(cost + w.range_end, step.day, step.ref, r, step, value))
    looks_back = r.expr.kind == "shift" and (r.expr.step or 0) < 0  # "than in the previous year"
    goes_on = r.expr.kind == "shift" and r.expr.anchor == "ref" and step.said != step.ref  # "in the same month" as what was told in passing
    if r.expr.year is not None or looks_back or goes_on:
        skip = w.skip_aside if spot.aside or looks_back or goes_on else w.skip
        out.append(_Step(step.cost + skip, step.day, step.ref, r, step, value))
    return out


def read_narrative(found: list[Expr], tokens: list[Token], published: date, weights: Weights | None = None) -> list[Resolved]:
    """Values for all expressions of a narrative, chosen together."""
    w = weights or WEIGHTS
    first_year = next((e.year for e in found if e.year is not None), published.year)
    beam = [_Step(0.0, None, None, None, None)]
    for before, e in zip((None, *found), found, strict=False):
        spot = _Spot(_aside(e, tokens), e.year is not None and _heading(e, tokens), _range_end(before, e, tokens))
        grown: list[_Step] = []
        for step in beam:
            readings = _readings(e, step, published, first_year)
            if not readings:
                grown.append(_Step(step.cost, step.day, step.ref, None, step, step.said))
            for r in readings:
                grown += _extend(step, r, w, spot)
        beam = _prune(grown, w.width)
    return _path(beam[0])


def _prune(steps: list[_Step], width: int) -> list[_Step]:
    """The cheapest hypotheses; of those that stand at the same day only one goes on."""
    steps.sort(key=lambda s: (s.cost, s.day or 0))
    out: list[_Step] = []
    seen: set[tuple[int | None, str | None, str | None]] = set()
    for s in steps:
        key = (s.day, s.ref, s.said)
        if key not in seen:
            seen.add(key)
            out.append(s)
        if len(out) == width:
            break
    return out


def _path(step: _Step | None) -> list[Resolved]:
    out: list[Resolved] = []
    while step is not None:
        if step.resolved is not None:
            out.append(step.resolved)
        step = step.before
    return out[::-1]
