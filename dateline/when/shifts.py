"""Times counted from another: "last week", "two days later", "yesterday", "September last year"."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.when.clock import Clock, Resolved, dated, month_day
from dateline.when.cues import Cue
from dateline.when.expr import Expr
from dateline.when.holidays import holiday
from dateline.when.periods import at, bounds, coarsen, duration_value, granularity, make_year, shift, year_of

__all__ = ["is_year_ago", "resolve_shift"]


def _anchor(e: Expr, clock: Clock) -> tuple[date, str]:
    if e.anchor == "now" and not (clock.narrative and clock.ref):
        return clock.now, "publication"
    return clock.ref_day(), "the last date named" if clock.ref else "publication"


def resolve_shift(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    if e.unit == "D" and ("next" in e.extra or "last" in e.extra) and "counted" not in e.extra:
        e.anchor = "ref"
    if "inn" in e.extra and not clock.narrative and (cue.tense == "future" or clock.ref is None):
        e.anchor = "now"
    if clock.ref is not None and clock.ref.startswith("BC") and e.unit in ("Y", "D"):
        return _before_christ(e, clock)
    if e.rule == "end-of-unit" and not (clock.narrative or clock.ref_near):
        e.anchor = "now"  # "by the end of the year" goes on about a year just named, else about this one
    if clock.ref is None and (e.anchor == "ref" or ("inn" in e.extra and cue.tense == "past")):
        e.extra.append("unanchored")
    base, words = _anchor(e, clock)
    step = e.step or 0
    if "open-ended" in e.extra and not clock.narrative:
        return Resolved(e, "DURATION", duration_value(e.unit or "D", e.n), e.approx, "a length of time from an event")
    if "definite" in e.extra:
        return _definite(e, clock, cue)
    if "counted" in e.extra:
        return _counted(e, clock, base, words)
    if "deictic" in e.extra or (e.part and not e.unit and not e.wday and not e.season):
        return _day_shift(e, base, words, step)
    if "quarter-of" in e.extra:
        part = f"Q{e.quarter}" if e.quarter else f"H{e.half}"
        return dated(f"{make_year(base.year + step)}-{part}", e, f"that part of the year, counted from {words}", base)
    if e.wday and e.unit:
        return _weekday_in_week(e, base, words, step)
    if e.wday:
        return _weekday_shift(e, base, words, step)
    if e.month or e.season or e.holiday:
        return _name_shift(e, clock, base, words, step)
    if e.unit:
        return _unit_shift(e, clock, base, words, step)
    return None


def _before_christ(e: Expr, clock: Clock) -> Resolved:
    """ "two years later", "the next day" before Christ: years count, days stay in the year."""
    years = int(e.n or 1) * (e.step or 0) if e.unit == "Y" else 0
    return dated(make_year((year_of(clock.ref or "") or -1) + years), e, "counted from the last year named")


def _definite(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    """ "the weekend" is the last one, "the quarter" the last that ended; other units are no date."""
    now = clock.now
    if e.unit == "WE":
        monday = now - timedelta(now.isoweekday() - 1)
        here = cue.tense == "future" or now.isoweekday() >= 6
        which = "the next weekend" if cue.tense == "future" else "the last weekend"
        return dated(at(now if here else monday - timedelta(1), "WE"), e, which, now)
    if e.unit == "Q":
        moved = shift(now, "Q", -1)
        return dated(at(moved, "Q"), e, "the last quarter that ended", now) if moved else None
    return None


def is_year_ago(e: Expr) -> bool:
    """ "a year earlier", "the year-ago quarter": comparisons of reports, which all mean one period."""
    return e.unit == "Y" and e.n == 1 and e.step == -1 and e.anchor == "ref" and "counted" in e.extra


_FAR = 10  # years; "через 80 років" counts from a past that was not dated, hardly from publication


def _counted(e: Expr, clock: Clock, base: date, words: str) -> Resolved | None:
    """ "three weeks ago", "two days later": a period as coarse as its unit, round counts a grain coarser."""
    unit = e.unit or "D"
    far = unit in ("Y", "DE", "CE") and (e.n or 10) * {"DE": 10, "CE": 100}.get(unit, 1) >= _FAR
    if "inn" in e.extra and far and base == clock.now:
        return None
    if unit == "H" and e.anchor == "now" and e.n and e.n >= 24:
        return dated((base - timedelta(round(e.n / 24))).isoformat(), e, f"hours before {words}", base)
    if unit in ("H", "MIN", "S"):
        return Resolved(e, "DURATION", duration_value(unit, e.n), None, f"hours or minutes from {words}", base)
    if e.n is None:
        vague = "PAST_REF" if (e.step or 0) < 0 else "FUTURE_REF"
        return dated(vague, e, f"an unnamed number of units from {words}", base)
    if clock.ref_year_ago and clock.ref and is_year_ago(e):
        return dated(clock.ref, e, "the period a year before, as just named", base)
    moved = shift(base, unit, int(e.n) * (e.step or 1))
    if moved is None:
        return None
    if "exact" in e.extra:
        return dated(moved.isoformat(), e, f"counted to the day from {words}", base)
    grain = granularity(clock.ref or "") if e.anchor == "ref" else None
    value = at(moved, {"FN": "W", "WE": "W"}.get(unit, unit))
    if "quarter" in e.extra:
        quarter = clock.ref if granularity(clock.ref or "") == "Q" else at(shift(clock.now, "Q", -1) or clock.now, "Q")
        return dated(
            f"{int((quarter or '')[:4]) - 1:04d}{(quarter or '')[4:]}",
            e,
            f"a year before the quarter of {words}",
            base,
        )
    if unit == "Y" and granularity(clock.ref or "") == "Q" and int(e.n) == 1:
        return dated(f"{moved.year:04d}{(clock.ref or '')[4:]}", e, f"counted from {words}", base)
    if e.anchor == "ref" and grain == "D" and unit in ("D", "W"):
        value = moved.isoformat()
    elif grain in ("M", "Y") and unit == "D":
        value = at(moved, "M")
    return dated(value, e, f"counted from {words}", base)


def _day_shift(e: Expr, base: date, words: str, step: int) -> Resolved:
    if e.part and "last" in e.extra:
        step = min(step, -1)
    elif e.part and "this" in e.extra:
        step = 0
    day = base + timedelta(step)
    return dated(day.isoformat(), e, f"counted from {words}", base)


def _weekday_shift(e: Expr, base: date, words: str, step: int) -> Resolved:
    back = (base.isoweekday() - (e.wday or 1)) % 7
    if step < 0:
        day = base - timedelta(back or 7)
    elif step > 0:
        day = base + timedelta((7 - back) % 7 or 7)
    else:
        day = base + timedelta((e.wday or 1) - base.isoweekday())
    return dated(day.isoformat(), e, f"the weekday counted from {words}", base)


def _weekday_in_week(e: Expr, base: date, words: str, step: int) -> Resolved:
    day = base - timedelta(base.isoweekday() - 1) + timedelta(7 * step + (e.wday or 1) - 1)
    return dated(day.isoformat(), e, f"the weekday of that week, counted from {words}", base)


def _name_shift(e: Expr, clock: Clock, base: date, words: str, step: int) -> Resolved | None:
    """ "last September", "this spring", "September last year"."""

    def make(year: int) -> str | None:
        if e.holiday:
            return holiday(e.holiday, year)
        if e.month:
            return month_day(year, e.month, e.day)
        return f"{make_year(year)}-{e.season}"

    if e.unit == "Y":
        value = make(base.year + step)
        return dated(value, e, f"that part of the year, counted from {words}", base) if value else None
    values = [v for v in (make(y) for y in range(base.year - 2, base.year + 3)) if v and bounds(v)]

    def first(v: str) -> date:
        found = bounds(v)
        return found[0] if found else base

    def last(v: str) -> date:
        found = bounds(v)
        return found[1] if found else base

    past, coming = [v for v in values if last(v) < base], [v for v in values if first(v) > base]
    same_year = [v for v in values if first(v) <= base <= last(v)] or [v for v in values if first(v).year == base.year]
    if step < 0 and past:
        older = [(past[-2], "the one before")] if len(past) > 1 else []
        return dated(past[-1], e, f"the last one before {words}", base, older)
    if step > 0 and coming:
        return dated(coming[0], e, f"the next one after {words}", base)
    return dated(same_year[0], e, f"the one of the year of {words}", base) if same_year else None


def _unit_shift(e: Expr, clock: Clock, base: date, words: str, step: int) -> Resolved | None:
    unit = e.unit or "D"
    if unit in ("H", "MIN", "S"):
        return None
    moved = shift(base, unit, step)
    if moved is None:
        return None
    value = at(moved, {"FN": "W"}.get(unit, unit))
    if e.anchor == "ref" and clock.ref:
        grain = granularity(clock.ref)
        if unit == "D" and grain in ("M", "Y"):
            value = coarsen(value, grain)
    return dated(value, e, _unit_basis(unit, step, words), base)


_UNIT_NAMES = {
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
}


def _unit_basis(unit: str, step: int, words: str) -> str:
    """How "last week" was read, in words: "the calendar week before that of publication"."""
    name = _UNIT_NAMES.get(unit)
    if name is None or abs(step) > 1:
        return f"counted from {words}"
    where = {-1: "before that of", 0: "of", 1: "after that of"}[step]
    return f"the calendar {name} {where} {words}"
