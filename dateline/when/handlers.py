"""What a matched pattern says: each handler turns the tokens of a match into an expression."""

from __future__ import annotations

from dateline.when.expr import Expr, collect, whole_number
from dateline.when.pattern import MACROS
from dateline.when.tokens import Token

__all__ = [
    "read_ago",
    "read_bare_units",
    "read_bc",
    "read_before_that",
    "read_clock",
    "read_count",
    "read_date",
    "read_days_since",
    "read_day_of",
    "read_definite",
    "read_end_of_unit",
    "read_eve",
    "read_half",
    "read_inn",
    "read_ordinal_unit",
    "read_part_shift",
    "read_ref",
    "read_set",
    "read_shift",
    "read_tonight",
    "read_week_of_month",
    "read_year_adverb",
    "read_year_ago",
    "read_year_plural",
    "read_year_range",
]


_BOTH = 2  # "the night from Saturday to Sunday" names both its days


def read_date(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    _hour(tokens, e)
    named = sum(t.category == "wday" for t in tokens)
    if e.part == "NI" and (named == _BOTH or any(t.category in ("on", "into") for t in tokens)):
        e.extra.append("overnight" if e.day2 is None else "night-between")
        e.day2 = None
    if any(t.category in ("LAST", "last", "this", "next", "prev", "same") for t in tokens) and e.year is None and e.unit == "Y":
        e.kind = "shift"
    if "bc" in e.extra and e.year is None:
        e.year = next((whole_number(t.value) for t in tokens if t.category in ("dn", "y4")), e.day)
        e.day = None if e.year == e.day else e.day
    if "bc" in e.extra and e.year:
        e.year = -e.year
    return e


def read_days_since(tokens: list[Token], e: Expr) -> Expr:
    """ "з 6 до 8 жовтня": two days that share a month; the word before them is no part of either."""
    e.i, e.start = e.i + 1, tokens[1].start
    return collect(tokens, e)


def read_bc(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    number = next(t for t in tokens if t.category in ("dn", "d2", "y4", "decade"))
    e.decade, e.unit = None, None
    e.year, e.day, e.n = -int(number.value), None, None
    if all(t.value != "-1" for t in tokens if t.category == "era"):
        e.year = -e.year
    return e


def read_ordinal_unit(tokens: list[Token], e: Expr) -> Expr:
    """ "the third quarter", "the 19th century", "перше півріччя"; "the first day" names none of them."""
    collect(tokens, e)
    number = next((whole_number(t.value) for t in tokens if t.category in MACROS["ORDINAL"]), None)
    unit = next(t.value for t in reversed(tokens) if t.category == "unit")
    if e.step is not None and unit in ("Q", "HY"):
        e.kind, e.extra = "shift", [*e.extra, "quarter-of"]
    e.day, e.unit = None, None
    if unit == "Q":
        e.quarter = number
    elif unit == "CE":
        e.century = number
    elif unit == "HY":
        e.half = number
    return e


def read_eve(tokens: list[Token], e: Expr) -> Expr:
    """ "напередодні", "накануне вечером": the day before the last date named."""
    collect(tokens, e)
    e.kind, e.step, e.anchor = "shift", -1, "ref"
    e.extra.append("deictic")
    return e


def read_year_adverb(tokens: list[Token], e: Expr) -> Expr:
    """ "торік": last year in one word."""
    collect(tokens, e)
    e.kind, e.unit, e.anchor = "shift", "Y", "now"
    e.step = int(tokens[-1].value)
    return e


def read_definite(tokens: list[Token], e: Expr) -> Expr:
    """ "the weekend", "the quarter": the one just past."""
    collect(tokens, e)
    e.kind, e.step, e.anchor = "shift", 0, "now"
    e.extra.append("definite")
    return e


def read_year_plural(tokens: list[Token], e: Expr) -> Expr:
    """ "1941–1945 рр.": the plural behind what can only be a year; "2000 days" is a length."""
    unit, year = (
        next(t for t in tokens if t.category == "units"),
        next(t for t in tokens if t.category == "y4"),
    )
    if unit.value == "Y" and 1500 <= int(year.value) <= 2100 and not unit.norm.isascii():
        collect([t for t in tokens if t.category != "units"], e)
        return e
    return read_count([t for t in tokens if t.category not in ("modnoun", "modadj", "dot")], e)


def read_year_range(tokens: list[Token], e: Expr) -> Expr:
    """ "1915-16": two years, the second short."""
    collect(tokens[:1], e)
    e.day2 = whole_number(tokens[2].value)
    return e


def read_year_ago(tokens: list[Token], e: Expr) -> Expr:
    """ "the year-ago quarter"."""
    e.kind, e.unit, e.n, e.step, e.anchor = "shift", "Y", 1.0, -1, "ref"
    e.extra += ["counted", "quarter"] if tokens[-1].value == "Q" else ["counted"]
    return e


def read_before_that(tokens: list[Token], e: Expr) -> Expr:
    """ "за день до того": a day before the last date named."""
    collect([t for t in tokens[:-2] if t.category != "over"], e, counts=True)
    e.kind, e.step, e.anchor, e.n = "shift", -1, "ref", e.n or 1.0
    e.extra.append("counted")
    return e


def read_bare_units(tokens: list[Token], e: Expr) -> Expr:
    if tokens[0].value == "WE":
        return read_definite(tokens, e)
    return read_count(tokens, e)


def read_end_of_unit(tokens: list[Token], e: Expr) -> Expr:
    """ "the end of the year", "later in the month": of the one at hand."""
    read_shift(tokens, e)
    e.step, e.anchor = 0, "ref"
    return e


def read_week_of_month(tokens: list[Token], e: Expr) -> Expr:
    """ "the first week of March", "в последние дни мая 2022 года": a week or some days at an end of a month."""
    which = next(t for t in tokens if t.category in ("ordw", "ordd", "last", "past"))
    unit = next(t for t in tokens if t.category in ("unit", "units"))
    collect([t for t in tokens if t not in (which, unit)], e)
    number = int(which.value)
    if unit.value not in ("W", "D") or abs(number) > 5 or (unit.value == "D" and unit.category == "unit" and number > 0):
        e.month = None
        return e
    e.n, e.unit, e.plural = float(number), unit.value, unit.category == "units"
    e.extra.append("week-of-month")
    return e


def read_half(tokens: list[Token], e: Expr) -> Expr:
    first = next((t for t in tokens if t.category in ("ordw", "last")), None)
    collect([t for t in tokens if t is not first and t.category != "half"], e)
    e.half = 1 if first is not None and first.value == "1" else 2
    if e.unit == "Y" and e.year is None:
        e.step = 0 if e.step is None else e.step
    return e


def read_shift(tokens: list[Token], e: Expr) -> Expr:
    """ "last week", "this spring", "yesterday morning"; "recent days" is a length."""
    collect(tokens, e)
    if "deictic" in e.extra:
        _hour(tokens, e)
    e.kind = "duration" if e.plural and e.unit != "WE" else "shift"
    if e.kind == "shift" and e.step is None:
        e.step, e.anchor = 0, "ref"
    return e


def read_count(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e, counts=True)
    e.kind = "duration"
    e.mod = None if e.mod in ("START", "END") else e.mod
    return e


def read_ago(tokens: list[Token], e: Expr) -> Expr:
    """ "two days ago", "a week earlier", "three months later", "two days before"."""
    last = next(t for t in reversed(tokens) if t.category in ("ago", "earlier", "later", "before", "after", "inn"))
    collect([t for t in tokens if t is not last and t.category != "deictic"], e, counts=True)
    forward = last.category in ("later", "after", "inn")
    e.kind, e.mod = "shift", None
    e.step = 1 if forward else -1
    e.anchor = "now" if last.category == "ago" else "ref"
    e.extra.append(last.category)
    if e.n is None:
        e.n = None if ("vague" in e.extra or e.plural) else 1.0
    e.extra.append("counted")
    if any(t.category == "exact" or (t.category == "deictic" and t.value == "0") for t in tokens):
        e.extra.append("exact")
    return e


def read_inn(tokens: list[Token], e: Expr) -> Expr:
    """ "через два дня", "in two weeks' time": forward from now."""
    collect(tokens, e, counts=True)
    e.kind, e.step, e.anchor = "shift", 1, "ref"
    e.extra.append("inn")
    if e.n is None and not ("vague" in e.extra or e.plural):
        e.n = 1.0
    e.extra.append("counted")
    return e


def read_part_shift(tokens: list[Token], e: Expr) -> Expr:
    """ "the same evening", "last night", "the evening before"."""
    collect(tokens, e)
    e.kind = "shift"
    if e.step is None and tokens[-1].category == "before":
        e.step, e.anchor = -1, "ref"
    if e.step is None:
        e.step, e.anchor = 0, "now"
    return e


def read_tonight(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    e.kind, e.step, e.anchor = "shift", 0, "now"
    e.extra.append(next(t.category for t in tokens if t.category in ("tonight", "overnight")))
    return e


def read_set(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e, counts=True)
    e.kind = "set"
    return e


def read_ref(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    e.ref = e.ref or "PAST_REF"
    e.kind = "ref"
    return e


def _hour(tokens: list[Token], e: Expr) -> None:
    """ "о 5 годині ранку", "в пять утра": a number before hours or a part of day is the hour."""
    for k, t in enumerate(tokens[1:], 1):
        before = tokens[k - 1]
        if t.category == "in" and len(tokens) > k + 2 and tokens[k + 2].category == "part":
            t = tokens[k + 2]
            e.clock, e.unit = f"{int(before.value) + (12 if t.value in ('EV', 'AF') else 0):02d}:00", None
            e.day = None if e.month is None else e.day
            return
        if before.category not in ("d2", "num", "ordd") or not before.value.isdigit() or int(before.value) > 24:
            continue
        hours = t.category in ("unit", "units") and t.value == "H"
        if hours or (t.category == "partgen" and tokens[k - 1].category in ("d2", "num")):
            hour = int(before.value)
            late = {"EV", "AF", "DT"} & {x.value for x in tokens[k : k + 2]}
            e.clock = f"{hour + 12 if late and hour < 12 else hour:02d}:00"
            e.unit = None
            if before.category in ("d2", "ordd") and e.day == hour and e.month is None:
                e.day = None
            return


def read_clock(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    _hour(tokens, e)
    if e.unit:
        e.clock = None
        return e
    if e.clock is None and e.day is not None:
        e.clock, e.day = f"{e.day:02d}:00", None
    return e


def read_day_of(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    e.extra.append("day-only")
    return e
