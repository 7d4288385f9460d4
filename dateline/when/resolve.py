"""Expressions -> values: which week, month or day a phrase means, seen from where it is read.

The rules of news are here: weekdays look back unless the clause looks ahead, bare months take the year
named nearby or the side that the tense points to, "earlier" and "later" count from the last date named.
`narrative.py` supplies another clock for histories; the rules for everything relative are shared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from dateline.when.cues import Cue
from dateline.when.grammar import Expr
from dateline.when.holidays import holiday
from dateline.when.numdates import read_numeric
from dateline.when.periods import at, bounds, coarsen, granularity, make_year, month_value, shift, year_of

__all__ = ["Clock", "Resolved", "duration_value", "resolve"]


@dataclass(slots=True)
class Resolved:
    """An expression with its TIMEX3 type and value, readings that lost, and how it was read, in words."""

    expr: Expr
    type: str
    value: str
    mod: str | None = None
    basis: str = ""
    anchor: date | None = None
    alternatives: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Clock:
    """Where the reader stands: `now` the day of publication (or of the story), `ref` the last date named.

    `year` is the year named in this sentence or the one before, None when none was; it leads where the sentence
    before named it and the expression opens this one. In a narrative nothing is counted from the day of writing.
    """

    now: date
    ref: str | None = None
    year: int | None = None
    year_leads: bool = False
    narrative: bool = False

    def ref_day(self) -> date:
        found = bounds(self.ref) if self.ref else None
        return found[0] if found else self.now


_PART_WORDS = {"MO": "MO", "AF": "AF", "EV": "EV", "NI": "NI", "MI": "MI", "DT": "DT"}
_UNIT_CODE = {"D": "D", "W": "W", "M": "M", "Y": "Y", "DE": "DE", "CE": "CE", "Q": "Q", "H": "H", "MIN": "M", "S": "S",
              "WE": "WE", "FN": "W", "HY": "HY"}


def duration_value(unit: str, n: float | None) -> str:
    """The TIMEX3 value of a length of time: P2W, PT6H, PXM; decades and centuries in years."""
    if n is not None and unit == "DE":
        n, unit = n * 10, "Y"
    if n is not None and unit == "FN":
        n, unit = n * 2, "W"
    number = "X" if n is None else f"{n:g}"
    return f"P{'T' if unit in ('H', 'MIN', 'S') else ''}{number}{_UNIT_CODE.get(unit, unit)}"


def resolve(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    """The value of an expression as read from the clock; None when it names no time after all."""
    if e.kind == "duration":
        if e.n is None and not e.plural and "vague" not in e.extra:
            e.n = 1.0
        return Resolved(e, "DURATION", duration_value(e.unit or "D", e.n), e.approx, "a length of time")
    if e.kind == "set":
        return Resolved(e, "SET", e.full or duration_value(e.unit or "D", e.n or 1), None, "a repeated time")
    if e.kind == "ref":
        return Resolved(e, "DATE", e.ref or "PRESENT_REF", None, "as of publication", clock.now)
    found = _shifted(e, clock, cue) if e.kind == "shift" else _dated(e, clock, cue)
    return _with_part(found, e) if found is not None else None


def _with_part(r: Resolved, e: Expr) -> Resolved:
    """Add the hour or part of day, and the early/mid/late of the wording."""
    if len(r.value) == 10 and (e.clock or e.part):
        if e.clock:
            hour, _, minute = e.clock.partition(":")
            r.value, r.type = f"{r.value}T{int(hour):02d}:{minute or '00'}", "TIME"
        else:
            r.value, r.type = f"{r.value}T{_PART_WORDS.get(e.part or '', 'DT')}", "TIME"
    r.mod = e.mod or r.mod
    if e.approx and r.mod is None:
        r.mod = "APPROX" if e.approx in ("APPROX", "LESS_THAN", "MORE_THAN") else None
    return r


def _date(value: str, e: Expr, basis: str, anchor: date | None = None, alternatives: list[tuple[str, str]] | None = None) -> Resolved:
    return Resolved(e, "DATE", value, None, basis, anchor, alternatives or [])


def _dated(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    if e.full:
        value = read_numeric(e.full)
        return _date(value, e, "a full date") if value else None
    if e.holiday:
        return _holiday(e, clock, cue)
    if e.year is not None:
        return _explicit(e)
    if e.decade:
        return _date(e.decade[:3] if len(e.decade) == 4 else "19" + e.decade[0], e, "a decade")
    if e.century is not None:
        return _date(f"{e.century - 1:02d}", e, "a century") if 1 <= e.century <= 21 else None
    if e.month:
        return _bare(e, clock, cue, lambda y: _month_day(y, e.month or 1, e.day), "the month")
    if e.season:
        return _bare(e, clock, cue, lambda y: f"{make_year(y)}-{e.season}", "the season")
    if e.quarter:
        if not 1 <= e.quarter <= 4:
            return None
        return _bare(e, clock, Cue(), lambda y: f"{make_year(y)}-Q{e.quarter}", "the quarter")
    if e.half:
        return _date(f"{clock.now.year}-H{e.half}", e, "a half of the year of publication", clock.now)
    if e.wday:
        return _weekday(e, clock, cue)
    if e.day and "day-only" in e.extra:
        return _day_only(e, clock)
    if e.clock or e.part:
        day = clock.ref if clock.ref and len(clock.ref) >= 10 and clock.narrative else clock.now.isoformat()
        return _date(day[:10], e, "a time of the day in hand", clock.now)
    return None


def _month_day(year: int, month: int, day: int | None) -> str | None:
    value = month_value(year, month)
    if day is None:
        return value
    value = f"{value}-{day:02d}"
    return value if bounds(value) or year < 1 else None


def _explicit(e: Expr) -> Resolved | None:
    year = e.year or 0
    if e.month:
        value = _month_day(year, e.month, e.day)
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
    return _date(value, e, "the date as written", None, alternatives)


def _bare(e: Expr, clock: Clock, cue: Cue, make: object, what: str) -> Resolved | None:
    """A month, season or quarter without its year: the year named nearby, else the side the tense points to."""
    assert callable(make)
    if clock.year is not None and clock.year_leads and clock.year < clock.now.year and cue.tense != "future":
        value = make(clock.year)
        if value and bounds(value):
            other = _nearest(clock.now, cue, make)
            return _date(value, e, f"{what} in the year named nearby, {clock.year}", clock.now,
                         [(other, "counted from publication instead")] if other and other != value else [])
    value = _on_weekday(e, clock.now, make) or _nearest(clock.now, cue, make)
    if value is None:
        return None
    year = year_of(value) or clock.now.year
    others = [(make(clock.year), "the year named nearby")] if clock.year is not None and clock.year != year else []
    found = bounds(value)
    side = "this" if found is None or found[0] <= clock.now <= found[1] else "last" if found[1] < clock.now else "next"
    if found is None or not e.day or not 0 <= (clock.now - found[0]).days <= _FRESH:
        others.append((make(year - 1), "the year before"))
    return _date(value, e, f"{what} without a year: the {side} one seen from publication", clock.now,
                 [(v, why) for v, why in others if v and bounds(v)])


_FRESH = 45  # days: a day and month this recent is news of this year, no reader takes it for last year's


def _on_weekday(e: Expr, now: date, make: object) -> str | None:
    """"Monday, Oct. 26": the nearest year in which that day is a Monday."""
    assert callable(make)
    if not (e.wday and e.day):
        return None
    found = [bounds(v) for v in (make(y) for y in range(now.year - 5, now.year + 2)) if v]
    days = [f[0] for f in found if f is not None and f[0].isoweekday() == e.wday]
    return min(days, key=lambda d: abs((d - now).days)).isoformat() if days else None


CLOSE, PAST, NONE = 60.0, 4.0, 1.6


def _nearest(now: date, cue: Cue, make: object) -> str | None:
    """The reading of a yearless period around `now`; without a cue the past is favoured 1.6 : 1 (fitted on TBAQ)."""
    assert callable(make)
    readings: list[tuple[float, str]] = []
    for year in range(now.year - 4, now.year + 5):  # four years reach the next 29 February
        value = make(year)
        found = bounds(value) if value else None
        if found is None:
            continue
        if found[0] <= now <= found[1]:
            distance = 0.0
        elif found[1] < now:
            distance = (now - found[1]).days * (8.0 if cue.tense == "future" else 1.0)
        else:
            distance = (found[0] - now).days * ((CLOSE if cue.close else PAST) if cue.tense == "past" else 1.0 if cue.tense else NONE)
        readings.append((distance, value))
    return min(readings)[1] if readings else None


def _weekday(e: Expr, clock: Clock, cue: Cue) -> Resolved:
    now = clock.now
    back = (now.isoweekday() - (e.wday or 1)) % 7
    last, nxt = now - timedelta(back), now + timedelta((7 - back) % 7 or 7)
    if clock.narrative:
        day = clock.ref_day()
        day += timedelta(((e.wday or 1) - day.isoweekday()) % 7)
        return _date(day.isoformat(), e, "the weekday next after the last date named", now)
    if cue.tense == "future":
        return _date(nxt.isoformat(), e, "the next such day after publication", now, [(last.isoformat(), "the last one")])
    others = [((last - timedelta(7)).isoformat(), "a week earlier")] if back == 0 else []
    if cue.tense is None and back:
        others = [(nxt.isoformat(), "the next one")]
    return _date(last.isoformat(), e, "the last such day up to publication", now, others)


def _day_only(e: Expr, clock: Clock) -> Resolved | None:
    """"the 24th": in the month of the last date named, else the latest such day before publication."""
    ref = clock.ref or clock.now.isoformat()
    base = bounds(ref)
    if base is None or len(ref) < 7 or not ref[5:7].isdigit():
        base = (clock.now, clock.now)
    value = _month_day(base[0].year, base[0].month, e.day)
    return _date(value, e, "that day of the month in hand", base[0]) if value else None


def _holiday(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    def make(year: int) -> str | None:
        return holiday(e.holiday or "", year)

    if e.year is not None:
        value = make(e.year)
        return _date(value, e, "a feast day") if value else None
    return _bare(e, clock, cue, make, "the feast day")


def _anchor(e: Expr, clock: Clock) -> tuple[date, str]:
    if e.anchor == "now" and not (clock.narrative and clock.ref):
        return clock.now, "publication"
    return clock.ref_day(), "the last date named" if clock.ref else "publication"


def _shifted(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    if e.unit == "D" and ("next" in e.extra or "last" in e.extra) and "counted" not in e.extra:
        e.anchor = "ref"
    if "inn" in e.extra and not clock.narrative and (cue.tense == "future" or clock.ref is None):
        e.anchor = "now"
    if clock.ref is not None and clock.ref.startswith("BC") and e.unit in ("Y", "D"):
        return _before_christ(e, clock)
    base, words = _anchor(e, clock)
    step = e.step or 0
    if "open-ended" in e.extra and not clock.narrative:
        return Resolved(e, "DURATION", duration_value(e.unit or "D", e.n), e.approx, "a length of time from an event")
    if "definite" in e.extra:
        return _definite(e, clock)
    if "counted" in e.extra:
        return _counted(e, clock, base, words)
    if "deictic" in e.extra or (e.part and not e.unit and not e.wday and not e.season):
        return _day_shift(e, base, words, step)
    if "quarter-of" in e.extra:
        part = f"Q{e.quarter}" if e.quarter else f"H{e.half}"
        return _date(f"{make_year(base.year + step)}-{part}", e, f"that part of the year, counted from {words}", base)
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
    """"two years later", "the next day" in a story before Christ: years are counted, days stay in the year."""
    years = int(e.n or 1) * (e.step or 0) if e.unit == "Y" else 0
    return _date(make_year((year_of(clock.ref or "") or -1) + years), e, "counted from the last year named")


def _definite(e: Expr, clock: Clock) -> Resolved | None:
    """"the weekend" is the last one, "the quarter" the last that ended; other units are no date by themselves."""
    now = clock.now
    if e.unit == "WE":
        monday = now - timedelta(now.isoweekday() - 1)
        return _date(at(monday - timedelta(1) if now.isoweekday() < 6 else now, "WE"), e, "the last weekend", now)
    if e.unit == "Q":
        moved = shift(now, "Q", -1)
        return _date(at(moved, "Q"), e, "the last quarter that ended", now) if moved else None
    return None


def _counted(e: Expr, clock: Clock, base: date, words: str) -> Resolved | None:
    """"three weeks ago", "two days later": a period as coarse as its unit, round counts a grain coarser."""
    unit = e.unit or "D"
    if e.n is None:
        vague = "PAST_REF" if (e.step or 0) < 0 else "FUTURE_REF"
        return _date(vague, e, f"an unnamed number of units from {words}", base)
    if unit in ("H", "MIN", "S"):
        return _date(base.isoformat(), e, f"hours from {words}", base)
    moved = shift(base, unit, int(e.n) * (e.step or 1))
    if moved is None:
        return None
    grain = granularity(clock.ref or "") if e.anchor == "ref" else None
    value = at(moved, {"FN": "W", "WE": "W"}.get(unit, unit))
    if "quarter" in e.extra:
        quarter = clock.ref if granularity(clock.ref or "") == "Q" else at(shift(clock.now, "Q", -1) or clock.now, "Q")
        return _date(f"{int((quarter or '')[:4]) - 1:04d}{(quarter or '')[4:]}", e, f"a year before the quarter of {words}", base)
    if unit == "Y" and granularity(clock.ref or "") == "Q" and int(e.n) == 1:
        return _date(f"{moved.year:04d}{(clock.ref or '')[4:]}", e, f"counted from {words}", base)
    if e.anchor == "ref" and grain == "D" and unit in ("D", "W"):
        value = moved.isoformat()
    elif grain in ("M", "Y") and unit == "D":
        value = at(moved, "M")
    return _date(value, e, f"counted from {words}", base)


def _day_shift(e: Expr, base: date, words: str, step: int) -> Resolved:
    if e.part and "last" in e.extra:
        step = -1
    elif e.part and "this" in e.extra:
        step = 0
    day = base + timedelta(step)
    return _date(day.isoformat(), e, f"counted from {words}", base)


def _weekday_shift(e: Expr, base: date, words: str, step: int) -> Resolved:
    back = (base.isoweekday() - (e.wday or 1)) % 7
    if step < 0:
        day = base - timedelta(back or 7)
    elif step > 0:
        day = base + timedelta((7 - back) % 7 or 7)
    else:
        day = base + timedelta((e.wday or 1) - base.isoweekday())
    return _date(day.isoformat(), e, f"the weekday counted from {words}", base)


def _weekday_in_week(e: Expr, base: date, words: str, step: int) -> Resolved:
    day = base - timedelta(base.isoweekday() - 1) + timedelta(7 * step + (e.wday or 1) - 1)
    return _date(day.isoformat(), e, f"the weekday of that week, counted from {words}", base)


def _name_shift(e: Expr, clock: Clock, base: date, words: str, step: int) -> Resolved | None:
    """"last September", "this spring", "September last year"."""
    def make(year: int) -> str | None:
        if e.holiday:
            return holiday(e.holiday, year)
        if e.month:
            return _month_day(year, e.month, e.day)
        return f"{make_year(year)}-{e.season}"

    if e.unit == "Y":
        value = make(base.year + step)
        return _date(value, e, f"that part of the year, counted from {words}", base) if value else None
    values = [v for v in (make(y) for y in range(base.year - 2, base.year + 3)) if v and bounds(v)]
    def first(v: str) -> date:
        found = bounds(v)
        return found[0] if found else base
    def last(v: str) -> date:
        found = bounds(v)
        return found[1] if found else base

    past, coming = [v for v in values if last(v) < base], [v for v in values if first(v) > base]
    same_year = [v for v in values if first(v).year == base.year]
    if step < 0 and past:
        older = [(past[-2], "the one before")] if len(past) > 1 else []
        return _date(past[-1], e, f"the last one before {words}", base, older)
    if step > 0 and coming:
        return _date(coming[0], e, f"the next one after {words}", base)
    return _date(same_year[0], e, f"the one of the year of {words}", base) if same_year else None


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
    return _date(value, e, f"counted from {words}", base)
