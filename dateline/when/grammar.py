"""One grammar for all languages: patterns over token categories -> expressions not yet placed in time.

A pattern is words: a name stands for one token of that category (or of the macro's categories), "?" makes
it optional, "( | )" chooses. Nothing repeats without limit, so a match costs a bounded time at each token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

from dateline.when.tokens import CATEGORIES, Token, category_code

__all__ = ["Expr", "find"]


@dataclass(slots=True)
class Expr:
    """A time expression as written. `kind`: date, shift (a unit or name moved from an anchor), duration, set, ref.

    `anchor` is "now" (the publication or the clock of a narrative), "ref" (the last date named) or "";
    `n` is a count, None when vague; `i`..`j` are token positions, `start`..`end` offsets into the text.
    """

    kind: str
    rule: str
    i: int
    j: int
    start: int
    end: int
    text: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    wday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: str | None = None
    century: int | None = None
    part: str | None = None
    clock: str | None = None
    holiday: str | None = None
    full: str | None = None
    unit: str | None = None
    plural: bool = False
    n: float | None = None
    step: int | None = None
    anchor: str = ""
    mod: str | None = None
    approx: str | None = None
    ref: str | None = None
    whole: bool = False
    fiscal: bool = False
    extra: list[str] = field(default_factory=list)


_MACROS: dict[str, tuple[str, ...]] = {
    "NUM": ("num", "d2", "dn"),
    "COUNT": ("num", "d2", "dn", "vague", "art"),
    "SOME": ("num", "d2", "dn", "vague", "art"),
    "DAY": ("d2", "ordd"),
    "ORD": ("ordd", "ordw"),
    "YEAR": ("y4", "y2"),
    "UNIT": ("unit", "units", "year"),
    "WEEKEND": ("units",),
    "ONE": ("unit", "year"),
    "DASH": ("dash", "ndash"),
    "LAST": ("last", "this", "next", "prev"),
    "PART": ("part", "partadv", "partgen"),
    "ORDINAL": ("ordd", "ordw", "roman"),
    "APPR": ("approx", "about"),
    "REL": ("last", "this", "next", "prev", "following", "coming", "same", "recent"),
    "SPAN": ("last", "past", "next", "coming", "following", "prev", "recent"),
    "MOD": ("modadj", "earlier", "later"),
    "IN": ("in", "of"),
    "ADV": ("earlier", "later", "before", "after"),
}


@dataclass(slots=True)
class _Piece:
    """A part of a pattern: its regular expression over codes, the codes it may open with, may it be empty."""

    regex: str
    first: set[str]
    empty: bool


def _name(name: str) -> _Piece:
    codes = [category_code(n) for n in _MACROS.get(name, (name,))]
    return _Piece("[" + "".join(codes) + "]", set(codes), False)


def _sequence(words: list[str]) -> _Piece:
    out = _Piece("", set(), True)
    while words and words[0] not in "|)":
        word = words.pop(0)
        piece = _choice(words) if word == "(" else _name(word)
        if words and words[0] == "?":
            words.pop(0)
            piece = _Piece(piece.regex + "?", piece.first, True)
        if out.empty:
            out.first |= piece.first
        out = _Piece(out.regex + piece.regex, out.first, out.empty and piece.empty)
    return out


def _choice(words: list[str]) -> _Piece:
    """Alternatives up to the closing parenthesis, which is consumed."""
    parts = [_sequence(words)]
    while words and words[0] == "|":
        words.pop(0)
        parts.append(_sequence(words))
    if words:
        words.pop(0)
    return _Piece("(?:" + "|".join(p.regex for p in parts) + ")", set().union(*(p.first for p in parts)),
                  any(p.empty for p in parts))


def parse_pattern(pattern: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """A pattern as a regular expression over category codes, with the codes that a match may open with."""
    piece = _choice(re.findall(r"\w+|[?()|]", pattern))
    return re.compile(piece.regex), frozenset(piece.first)


def _int(value: str) -> int | None:
    return int(value) if value.isdigit() and len(value) <= 4 else None


def _put_year(e: Expr, t: Token) -> None:
    year = int(t.value)
    if t.category == "y2":
        year += 1900 if year > 30 else 2000  # the century break of POSIX strptime is 69; wars are written of as '41
    if e.year is None:
        e.year = year


def _put_number(e: Expr, t: Token) -> None:
    if t.category in ("ordd", "ordw", "d2") and e.day is None:
        e.day = _int(t.value)
    elif t.category in ("ordd", "d2") and e.day2 is None:
        e.day2 = _int(t.value)


def _put_count(e: Expr, t: Token) -> None:
    if t.category == "vague":
        e.extra.append("vague")
    elif t.category == "half":
        e.n = 0.5 if e.n is None else e.n + 0.5
    else:
        try:
            e.n = float(t.value)
        except ValueError:
            e.n = None


_SIMPLE: dict[str, str] = {"part": "part", "oclock": "clock", "clock": "clock", "season": "season", "seasonweak": "season", "holiday": "holiday", "numdate": "full",
           "modadj": "mod", "modnoun": "mod", "earlier": "mod", "later": "mod", "approx": "approx", "ref": "ref",
           "partadv": "part", "partgen": "part", "overnight": "part", "tonight": "part", "refnoun": "ref", "setadv": "full", "unit": "unit",
           "year": "unit", "units": "unit"}


def collect(tokens: list[Token], e: Expr, *, counts: bool = False) -> Expr:
    """Put what the tokens say into the expression; `counts` reads numbers as counts, else as days."""
    for k, t in enumerate(tokens):
        c = t.category
        if c == "month":
            e.month = e.month or int(t.value)
        elif c == "wday":
            e.wday = int(t.value)
        elif c in _SIMPLE:
            if not (c in ("year", "unit") and e.unit):
                setattr(e, _SIMPLE[c], t.value)
            e.plural = e.plural or c == "units"
        elif c == "unitadj":
            e.unit = t.value
        elif c == "length":
            e.unit, e.n = t.value[:-len(t.value.lstrip("DWMYHQ")) or None], float(t.value.lstrip("DWMYHQ"))
        elif counts and c in ("num", "d2", "dn", "y4", "art", "vague", "half"):
            _put_count(e, t)
        elif c in ("y4", "y2"):
            _put_year(e, t)
        elif c in ("ordd", "ordw", "d2"):
            _put_number(e, t)
        elif c == "decade":
            e.decade = t.value
        elif c == "era" and t.value == "-1":
            e.extra.append("bc")
        elif c == "fiscal":
            e.fiscal = True
        elif c == "whole":
            e.whole = True
        elif c == "ampm":
            _ampm(e, tokens[k - 1] if k else None, int(t.value))
        elif c in ("last", "prev", "this", "next", "following", "coming", "past", "recent", "same", "deictic", "ago"):
            _put_step(e, c, int(t.value))
    return e


def _put_step(e: Expr, category: str, value: int) -> None:
    e.step = value if e.step is None else e.step
    e.anchor = "ref" if category in ("prev", "following", "same") else "now"
    e.extra.append(category)


def _ampm(e: Expr, before: Token | None, add: int) -> None:
    hour = (e.clock or "").partition(":")
    if e.clock is None and before is not None and before.value.isdigit():
        hour = (before.value, "", "")
        e.day = None
    if hour[0].isdigit() and int(hour[0]) <= 12:
        e.clock = f"{int(hour[0]) % 12 + add:02d}:{hour[2] or '00'}"


Handler = Callable[[list[Token], Expr], Expr]


def _date(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    _hour(tokens, e)
    if e.part == "NI" and any(t.category == "on" for t in tokens):
        e.extra.append("overnight" if e.day2 is None else "night-between")
        e.day2 = None
    if any(t.category in ("LAST", "last", "this", "next", "prev", "same") for t in tokens) and e.year is None and e.unit == "Y":
        e.kind = "shift"
    if "bc" in e.extra and e.year is None:
        e.year = next((_int(t.value) for t in tokens if t.category in ("dn", "y4")), e.day)
        e.day = None if e.year == e.day else e.day
    if "bc" in e.extra and e.year:
        e.year = -e.year
    return e


def _bc(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    number = next(t for t in tokens if t.category in ("dn", "d2", "y4", "decade"))
    e.decade, e.unit = None, None
    e.year, e.day, e.n = -int(number.value), None, None
    if all(t.value != "-1" for t in tokens if t.category == "era"):
        e.year = -e.year
    return e


def _ordinal_unit(tokens: list[Token], e: Expr) -> Expr:
    """"the third quarter", "the 19th century", "перше півріччя"; "the first day" names none of them."""
    collect(tokens, e)
    number = next((_int(t.value) for t in tokens if t.category in _MACROS["ORDINAL"]), None)
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


def _eve(tokens: list[Token], e: Expr) -> Expr:
    """"напередодні", "накануне вечером": the day before the last date named."""
    collect(tokens, e)
    e.kind, e.step, e.anchor = "shift", -1, "ref"
    e.extra.append("deictic")
    return e


def _year_adverb(tokens: list[Token], e: Expr) -> Expr:
    """"торік": last year in one word."""
    collect(tokens, e)
    e.kind, e.unit, e.anchor = "shift", "Y", "now"
    e.step = int(tokens[-1].value)
    return e


def _definite(tokens: list[Token], e: Expr) -> Expr:
    """"the weekend", "the quarter": the one just past."""
    collect(tokens, e)
    e.kind, e.step, e.anchor = "shift", 0, "now"
    e.extra.append("definite")
    return e


def _year_plural(tokens: list[Token], e: Expr) -> Expr:
    """"1941–1945 рр.": years in the plural behind a number that can only be a year; "2000 days" stays a length."""
    unit, year = next(t for t in tokens if t.category == "units"), next(t for t in tokens if t.category == "y4")
    if unit.value == "Y" and 1500 <= int(year.value) <= 2100 and not unit.norm.isascii():
        collect([t for t in tokens if t.category != "units"], e)
        return e
    return _count([t for t in tokens if t.category not in ("modnoun", "modadj", "dot")], e)


def _year_range(tokens: list[Token], e: Expr) -> Expr:
    """"1915-16": two years, the second short."""
    collect(tokens[:1], e)
    e.day2 = _int(tokens[2].value)
    return e


def _year_ago(tokens: list[Token], e: Expr) -> Expr:
    """"the year-ago quarter"."""
    e.kind, e.unit, e.n, e.step, e.anchor = "shift", "Y", 1.0, -1, "ref"
    e.extra += ["counted", "quarter"] if tokens[-1].value == "Q" else ["counted"]
    return e


def _before_that(tokens: list[Token], e: Expr) -> Expr:
    """"за день до того": a day before the last date named."""
    collect([t for t in tokens[:-2] if t.category != "over"], e, counts=True)
    e.kind, e.step, e.anchor, e.n = "shift", -1, "ref", e.n or 1.0
    e.extra.append("counted")
    return e


def _bare_units(tokens: list[Token], e: Expr) -> Expr:
    if tokens[0].value == "WE":
        return _definite(tokens, e)
    return _count(tokens, e)


def _half(tokens: list[Token], e: Expr) -> Expr:
    first = next((t for t in tokens if t.category in ("ordw", "last")), None)
    collect([t for t in tokens if t is not first and t.category != "half"], e)
    e.half = 1 if first is not None and first.value == "1" else 2
    if e.unit == "Y" and e.year is None:
        e.step = 0 if e.step is None else e.step
    return e


def _shift(tokens: list[Token], e: Expr) -> Expr:
    """"last week", "this spring", "yesterday morning"; "recent days" is a length."""
    collect(tokens, e)
    if "deictic" in e.extra:
        _hour(tokens, e)
    e.kind = "duration" if e.plural and e.unit != "WE" else "shift"
    if e.kind == "shift" and e.step is None:
        e.step, e.anchor = 0, "ref"
    return e


def _count(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e, counts=True)
    e.kind = "duration"
    e.mod = None if e.mod in ("START", "END") else e.mod
    return e


def _ago(tokens: list[Token], e: Expr) -> Expr:
    """"two days ago", "a week earlier", "three months later", "two days before"."""
    last = next(t for t in reversed(tokens) if t.category in ("ago", "earlier", "later", "before", "after", "inn"))
    collect([t for t in tokens if t is not last], e, counts=True)
    forward = last.category in ("later", "after", "inn")
    e.kind, e.mod = "shift", None
    e.step = 1 if forward else -1
    e.anchor = "now" if last.category == "ago" else "ref"
    e.extra.append(last.category)
    if e.n is None:
        e.n = None if ("vague" in e.extra or e.plural) else 1.0
    e.extra.append("counted")
    return e


def _inn(tokens: list[Token], e: Expr) -> Expr:
    """"через два дня", "in two weeks' time": forward from now."""
    collect(tokens, e, counts=True)
    e.kind, e.step, e.anchor = "shift", 1, "ref"
    e.extra.append("inn")
    if e.n is None and not ("vague" in e.extra or e.plural):
        e.n = 1.0
    e.extra.append("counted")
    return e


def _part_shift(tokens: list[Token], e: Expr) -> Expr:
    """"the same evening", "last night", "the evening before"."""
    collect(tokens, e)
    e.kind = "shift"
    if e.step is None and tokens[-1].category == "before":
        e.step, e.anchor = -1, "ref"
    if e.step is None:
        e.step, e.anchor = 0, "now"
    return e


def _tonight(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    e.kind, e.step, e.anchor = "shift", 0, "now"
    e.extra.append(next(t.category for t in tokens if t.category in ("tonight", "overnight")))
    return e


def _set(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e, counts=True)
    e.kind = "set"
    return e


def _ref(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    e.ref = e.ref or "PAST_REF"
    e.kind = "ref"
    return e


def _hour(tokens: list[Token], e: Expr) -> None:
    """"о 5 годині ранку", "в пять утра": a number before hours or a part of day is the hour."""
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
            late = {"EV", "AF", "DT"} & {x.value for x in tokens[k:k + 2]}
            e.clock = f"{hour + 12 if late and hour < 12 else hour:02d}:00"
            e.unit = None
            if before.category in ("d2", "ordd") and e.day == hour and e.month is None:
                e.day = None
            return


def _clock(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    _hour(tokens, e)
    if e.unit:
        e.clock = None
        return e
    if e.clock is None and e.day is not None:
        e.clock, e.day = f"{e.day:02d}:00", None
    return e


def _day_of(tokens: list[Token], e: Expr) -> Expr:
    collect(tokens, e)
    e.extra.append("day-only")
    return e


_MODP = "((the? modnoun (of the?)?)|(the? MOD (in? the?|dash?)))?"
_YEAR = "(YEAR (year dot?)? era?|dn (year dot?)? era)"
_TAIL = f"(dot? comma? (of the?)? {_YEAR}|same year|LAST year)?"
_RANGE = "(dash|ndash|to|and|on)"
_DM = f"(wday comma?)? (the? DAY {_RANGE}? DAY? of? month {_TAIL}|month dot? the? DAY ({_RANGE} DAY)? {_TAIL})"
_MY = f"month dot? (of|comma)? ({_YEAR}|(of|comma|in)? the? LAST year|(of|in)? same year)"
_SEASON = f"(the? season (of? the? {_YEAR})?|the? seasonweak of? {_YEAR}|the seasonweak)"
_HOUR = "(clock tz?|oclock|(d2|num|ordd) (units|unit)? partgen|(d2|num) in the part|(d2|ordd) (units|unit))"

# (rule, pattern, handler); the longest match wins, then the earlier rule.
RULES: tuple[tuple[str, str, Handler], ...] = (
    ("numeric-date", "(wday comma?)? numdate (year dot?)?", _date),
    ("day-month", f"approx? {_MODP} {_DM}", _date),
    ("part-of-day-month", f"the? (MOD units of|MOD? PART (of|to|on|since)?) the? {_DM}", _date),
    ("day-month-part", f"{_DM} ((in the?)? (MOD? PART|oclock)|comma? in? DAY ampm tz?|comma? in? clock ampm? tz?|in? {_HOUR})", _date),
    ("clock-day-month", f"(clock|oclock|DAY ampm tz?) (comma|in|of)? {_DM}", _date),
    ("month-year", f"approx? {_MODP} {_MY}", _date),
    ("month", f"approx? {_MODP} month", _date),
    ("season", f"approx? {_MODP} {_SEASON}", _date),
    ("season-last-year", "the? MOD? season (of|in)? the? LAST year", _shift),
    ("month-last", "the? REL month (dot? DAY)?", _shift),
    ("ordinal-unit", f"{_MODP} ((the? YEAR)|(LAST year))? the? MOD? fiscal? ORDINAL dash? fiscal? unit (of? the? {_YEAR}|of? the? LAST year)?", _ordinal_unit),
    ("half", "the? (ordw|last) (half|unit) (of the?)? (YEAR year?|(last|this|next) year|year)", _half),
    ("year", "((the? modnoun (of the?)?)|(modadj (in the?|dash?)))? (y4 (year dot?)?|(the year)? y4)", _date),
    ("year-range", "y4 (dash|ndash|slash) (d2|dn)", _year_range),
    ("short-year", f"{_MODP} y2", _date),
    ("year-bc", f"approx? {_MODP} (y4|dn|d2) (units|year)? dot? era", _bc),
    ("decade", f"{_MODP} the? MOD? dash? decade units?", _date),
    ("decade-bc", f"{_MODP} decade units? dot? era", _bc),
    ("year-plural", "((the? modnoun)|modadj)? y4 units dot?", _year_plural),
    ("fiscal-year", "fiscal year? y4", _date),
    ("weekday", "((the? modnoun of the?)|(modadj dash?))? wday", _date),
    ("weekday-part", f"(the? (PART|oclock) (of|in|on)? the? wday|wday MOD? dash? in? (PART|oclock)|(clock|d2) ampm tz? in? wday|"
                     f"wday in? (clock ampm? tz?|d2 ampm tz?|{_HOUR}))", _date),
    ("weekday-shift", "the? REL wday (in? PART|oclock)?", _shift),
    ("weekday-of-week", "wday (of|in)? REL unit", _shift),
    ("deictic", f"MOD? deictic ((in the?)? (PART|{_HOUR}))?", _shift),
    ("part-deictic", "the? (MOD units of|PART) (of|in)? deictic", _shift),
    ("eve", "eve PART?|PART eve", _eve),
    ("year-adverb", "(modnoun|season|month|DAY month)? yearadv", _year_adverb),
    ("tonight", "MOD? (tonight|overnight)", _tonight),
    ("part-shift", "MOD? (last|this|next|same|following|prev) PART|the (PART|unit) before|PART same unit", _part_shift),
    ("part-adverb", "partadv", _part_shift),
    ("unit-shift", f"{_MODP} the? REL (ONE|WEEKEND|same unit)", _shift),
    ("season-shift", f"{_MODP} the? REL (season|seasonweak)", _shift),
    ("holiday", f"{_MODP} holiday (comma? {_YEAR})?", _date),
    ("holiday-shift", "REL holiday", _shift),
    ("end-of-unit", "the? modnoun (of the?)? ONE|ONE dash? modnoun", _shift),
    ("ago", "the? approx? (SOME? more? SOME? (and art? half)?)? half? UNIT (ago|ADV|inn)|length (ago|ADV|inn)", _ago),
    ("inn", "inn APPR? SOME? half? (UNIT|length)", _inn),
    ("span", "the? SPAN (approx? COUNT)? UNIT|the? ordw COUNT UNIT|the? (num|d2|vague) SPAN UNIT", _count),
    ("duration", "(approx? the?|over) (COUNT (art|num|dn)? more? dash? (UNIT|unitadj)|COUNT and art? half UNIT|half UNIT|"
                 "UNIT and art? half|num (and|dash|to) num UNIT|DAY (dash|ndash|to|and) DAY UNIT|num over half UNIT)", _count),
    ("length", "approx? length", _count),
    ("approx-unit", "approx ONE", _count),
    ("before-that", "over SOME? UNIT upto (same|this)|SOME UNIT upto (same|this)", _before_that),
    ("bare-units", "units", _bare_units),
    ("definite", "the unit", _definite),
    ("year-ago", "the? year dash (ago|earlier) unit?", _year_ago),
    ("set", "every (ordw|num)? (UNIT|wday|part|month|season)", _set),
    ("set-adverb", "setadv", _set),
    ("reference", "ref|the (refnoun|past)", _ref),
    ("clock", f"(clock|DAY) ampm tz?|{_HOUR}", _clock),
    ("ordinal-day", "the? ordd", _day_of),
)


@cache
def _openers() -> dict[str, tuple[tuple[str, re.Pattern[str], Handler], ...]]:
    """For each category code the rules that can begin with it, so that plain words cost nothing."""
    out: dict[str, list[tuple[str, re.Pattern[str], Handler]]] = {}
    for name, pattern, handler in RULES:
        regex, first = parse_pattern(pattern)
        for code in first:
            out.setdefault(code, []).append((name, regex, handler))
    return {code: tuple(rules) for code, rules in out.items()}


def _trim(e: Expr, tokens: list[Token]) -> None:
    """The span as the TIMEX3 guidelines cut it: no possessive, no article before a hyphenated length."""
    last = tokens[e.j - 1]
    if last.norm.endswith("'s") and last.category not in ("decade", "holiday"):
        e.end -= len(last.text) - max(last.text.rfind(c) for c in "'’ʼ‘`")
    if e.kind == "duration" and any(t.category == "dash" for t in tokens[e.i:e.j]):
        while e.i < e.j and tokens[e.i].category in ("the", "art"):
            e.i += 1
        e.start = tokens[e.i].start
    if last.category == "dot" and e.j - e.i > 1 and tokens[e.j - 2].category == "year" and len(tokens[e.j - 2].text) > 2:
        e.j -= 1
        e.end = tokens[e.j - 1].end
    bare = e.kind == "duration" and last.category == "unit" and tokens[e.i].category == "art" and e.j - e.i > 2
    if (bare and (e.n or 0) > 1) or (e.quarter and tokens[e.i].category == "the" and any(t.category == "dash" for t in tokens[e.i:e.j])):
        e.i += 1
        e.start = tokens[e.i].start
    if e.rule == "ago" and tokens[e.j - 1].category in ("before", "after") and not _closed(tokens, e.j):
        e.extra.append("open-ended")
        e.end = tokens[e.j - 2].end  # "two days" of "two days after he left": the event stays outside the span
        e.start = tokens[e.i + 1].start if tokens[e.i].category == "the" else e.start


def _split(e: Expr, tokens: list[Token]) -> tuple[Expr, ...]:
    return _split_years(e, tokens) if e.rule == "year-range" else _split_days(e, tokens)


def _split_years(e: Expr, tokens: list[Token]) -> tuple[Expr, ...]:
    year, tail = e.year or 0, e.day2 or 0
    first = replace(e, j=e.i + 1, end=tokens[e.i].end, day2=None, rule="year")
    if len(tokens[e.i + 2].value) != 2 or not year % 100 < tail < 100:
        return (first,)
    return first, replace(e, i=e.i + 2, start=tokens[e.i + 2].start, year=year - year % 100 + tail, day2=None, rule="year-end")


def _split_days(e: Expr, tokens: list[Token]) -> tuple[Expr, ...]:
    """"22-25 April" is two dates that share a month: "22" and "25 April"; so is "March 5-9"."""
    days = [k for k in range(e.i, e.j) if tokens[k].category in ("d2", "ordd") and _int(tokens[k].value) in (e.day, e.day2)]
    if len(days) < 2 or e.day is None or e.day2 is None:
        return (replace(e, day2=None),)
    first = replace(e, j=days[0] + 1, end=tokens[days[0]].end, day2=None)
    second = replace(e, i=days[1], start=tokens[days[1]].start, day=e.day2, day2=None)
    return first, second


def _without_year_word(e: Expr, tokens: list[Token]) -> None:
    """"8 червня 1776 року": where the pack says so the word for year stays outside a full date."""
    k = e.j - 1
    while k > e.i and tokens[k].category in ("dot", "year"):
        k -= 1
    if k < e.j - 1 and tokens[k].category in ("y4", "y2"):
        e.end = tokens[k].end


def _closed(tokens: list[Token], j: int) -> bool:
    """Does the phrase stop here? "two days before." does, "two days before he left" goes on to an event."""
    return j >= len(tokens) or tokens[j].category in ("comma", "dot", "stop", "para", "close", "and")


def find(tokens: list[Token], text: str, *, year_word_outside: bool = False) -> list[Expr]:
    """Expressions in text order, none overlapping: at each token the longest match, then the earlier rule."""
    codes = "".join(t.code for t in tokens)
    openers = _openers()
    out: list[Expr] = []
    i = 0
    while i < len(tokens):
        best: tuple[int, str, Handler] | None = None
        for name, pattern, handler in openers.get(codes[i], ()):
            match = pattern.match(codes, i)
            if match is not None and match.end() > i and (best is None or match.end() > best[0]):
                best = (match.end(), name, handler)
        if best is None:
            i += 1
            continue
        j, name, handler = best
        e = Expr("date", name, i, j, tokens[i].start, tokens[j - 1].end)
        e = handler(tokens[i:j], e)
        _trim(e, tokens)
        if year_word_outside and (e.month is not None or e.season is not None):
            _without_year_word(e, tokens)
        out.extend(_split(e, tokens) if e.day2 is not None else (e,))
        i = j
    for e in out:
        e.text = text[e.start:e.end]
    return out
