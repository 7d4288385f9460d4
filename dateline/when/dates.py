"""Dates that lack their year, or all but a weekday: which one is meant, seen from publication.

Weekdays look back unless the clause looks ahead; bare months take the year named nearby or the side that
the tense points to. A narrative brings its own clock.
"""

from __future__ import annotations

from datetime import date, timedelta

from dateline.when.clock import Clock, Resolved, Yearly, dated, month_day
from dateline.when.cues import Cue
from dateline.when.expr import Expr
from dateline.when.holidays import holiday
from dateline.when.numdates import read_numeric
from dateline.when.periods import bounds, make_year, year_of

__all__ = ["resolve_date"]


def resolve_date(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    if e.full:
        value = read_numeric(e.full)
        return dated(value, e, "a full date") if value else None
    if e.holiday:
        return _holiday(e, clock, cue)
    if e.year is not None:
        return _explicit(e)
    if e.decade:
        return dated(e.decade[:3] if len(e.decade) == 4 else "19" + e.decade[0], e, "a decade")
    if e.century is not None:
        return dated(f"{e.century - 1:02d}", e, "a century") if 1 <= e.century <= 21 else None
    if e.month:
        return _bare(e, clock, cue, lambda y: month_day(y, e.month or 1, e.day), "the month")
    if e.season:
        return _bare(e, clock, cue, lambda y: f"{make_year(y)}-{e.season}", "the season")
    if e.quarter:
        if not 1 <= e.quarter <= 4:
            return None
        told = Cue() if cue.tense == "future" else Cue("past", True)  # results come out when a quarter is over
        return _bare(e, clock, told, lambda y: f"{make_year(y)}-Q{e.quarter}", "the quarter")
    if e.half:
        return dated(f"{clock.now.year}-H{e.half}", e, "a half of the year of publication", clock.now)
    if e.wday:
        return _weekday(e, clock, cue)
    if e.day and "day-only" in e.extra:
        return _day_only(e, clock)
    if e.clock or e.part:
        near = clock.ref is not None and len(clock.ref) >= 10 and (clock.narrative or clock.ref_near)
        day = clock.ref if clock.ref and near else clock.now.isoformat()
        return dated(day[:10], e, "a time of the day in hand", clock.now)
    return None


def _explicit(e: Expr) -> Resolved | None:
    year = e.year or 0
    if e.month:
        value = month_day(year, e.month, e.day)
    elif e.season:
        value = f"{make_year(year)}-{e.season}"
    elif e.quarter:
        value = f"{make_year(year)}-Q{e.quarter}" if 1 <= e.quarter <= 4 else None
    elif e.half:
        value = f"{make_year(year)}-H{e.half}"
    else:
        value = make_year(year)
    if value is None:
        return None
    alternatives = []
    if e.season == "WI" and year > 1:
        alternatives.append((f"{make_year(year - 1)}-WI", "the winter that ended in that year"))
    return dated(value, e, "the date as written", None, alternatives)


def _bare(e: Expr, clock: Clock, cue: Cue, make: Yearly, what: str) -> Resolved | None:
    """A month, season or quarter without its year: the year nearby, else the side of the tense."""
    if clock.year is not None and clock.year_leads and clock.year < clock.now.year and cue.tense != "future":
        value = make(clock.year)
        if value and bounds(value):
            other = _nearest(clock.now, cue, make)
            return dated(
                value,
                e,
                f"{what} in the year named nearby, {clock.year}",
                clock.now,
                [(other, "counted from publication instead")] if other and other != value else [],
            )
    value = _on_weekday(e, clock.now, make) or _nearest(clock.now, cue, make)
    if value is None:
        return None
    year = year_of(value) or clock.now.year
    others = [(make(clock.year), "the year named nearby")] if clock.year is not None and clock.year != year else []
    found = bounds(value)
    side = "this" if found is None or found[0] <= clock.now <= found[1] else "last" if found[1] < clock.now else "next"
    if found is None or not e.day or not 0 <= (clock.now - found[0]).days <= _FRESH:
        others.append((make(year - 1), "the year before"))
    return dated(
        value,
        e,
        f"{what} without a year: the {side} one seen from publication",
        clock.now,
        [(v, why) for v, why in others if v and bounds(v)],
    )


_FRESH = 45  # days: a day and month this recent is news of this year, no reader takes it for last year's


def _on_weekday(e: Expr, now: date, make: Yearly) -> str | None:
    """ "Monday, Oct. 26": the nearest year in which that day is a Monday."""
    if not (e.wday and e.day):
        return None
    found = [bounds(v) for v in (make(y) for y in range(now.year - 5, now.year + 2)) if v]
    days = [f[0] for f in found if f is not None and f[0].isoweekday() == e.wday]
    return min(days, key=lambda d: abs((d - now).days)).isoformat() if days else None


# How much further off the future counts under a close past verb, a distant one, none: fitted on TBAQ, where
# none between 1.3 and 2.5, past between 4 and 8 and soon between 2 and 21 make no difference. A day or two ahead
# under a past verb is another zone's date, hardly one of last year.
CLOSE, NEAR, PAST, NONE = 60.0, 8.0, 8.0, 2.5
_SOON = 2


def _weight(ahead: int, cue: Cue) -> float:
    if cue.tense == "past":
        return (NEAR if ahead <= _SOON else CLOSE) if cue.close else PAST
    return 1.0 if cue.tense == "future" else NONE


def _nearest(now: date, cue: Cue, make: Yearly) -> str | None:
    """The reading of a yearless period around `now`; with no cue the past is favoured."""
    readings: list[tuple[float, str]] = []
    for year in range(now.year - 4, now.year + 5):  # four years reach the next 29 February
        value = make(year)
        found = bounds(value) if value else None
        if value is None or found is None:
            continue
        if found[0] <= now <= found[1]:
            distance = 0.0
        elif found[1] < now:
            distance = (now - found[1]).days * (8.0 if cue.tense == "future" else 1.0)
        else:
            distance = (found[0] - now).days * _weight((found[0] - now).days, cue)
        readings.append((distance, value))
    return min(readings)[1] if readings else None


def _weekday(e: Expr, clock: Clock, cue: Cue) -> Resolved:
    now = clock.now
    back = (now.isoweekday() - (e.wday or 1)) % 7
    last, nxt = now - timedelta(back), now + timedelta((7 - back) % 7 or 7)
    if clock.narrative:
        day = clock.ref_day()
        day += timedelta(((e.wday or 1) - day.isoweekday()) % 7)
        return dated(day.isoformat(), e, "the weekday next after the last date named", now)
    if cue.tense == "future":
        return dated(
            nxt.isoformat(),
            e,
            "the next such day after publication",
            now,
            [(last.isoformat(), "the last one")],
        )
    others = [((last - timedelta(7)).isoformat(), "a week earlier")] if back == 0 else []
    if cue.tense is None and back:
        others = [(nxt.isoformat(), "the next one")]
    return dated(last.isoformat(), e, "the last such day up to publication", now, others)


def _day_only(e: Expr, clock: Clock) -> Resolved | None:
    """ "the 24th": in the month of the last date named, else the latest such day before publication."""
    ref = clock.ref or clock.now.isoformat()
    base = bounds(ref)
    if base is None or len(ref) < 7 or not ref[5:7].isdigit():
        base = (clock.now, clock.now)
    value = month_day(base[0].year, base[0].month, e.day)
    return dated(value, e, "that day of the month in hand", base[0]) if value else None


def _holiday(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    def make(year: int) -> str | None:
        return holiday(e.holiday or "", year)

    if e.year is not None:
        value = make(e.year)
        return dated(value, e, "a feast day") if value else None
    return _bare(e, clock, cue, make, "the feast day")
