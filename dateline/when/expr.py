"""A time expression as written, not yet placed in time, and how tokens are put into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dateline.when.tokens import Token

__all__ = ["Expr", "Handler", "collect", "whole_number"]


@dataclass(slots=True)
class Expr:
    """A time expression as written. `kind`: date, shift (moved from an anchor), duration, set, ref.

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


def whole_number(value: str) -> int | None:
    return int(value) if value.isdigit() and len(value) <= 4 else None


def _put_year(e: Expr, t: Token) -> None:
    year = int(t.value)
    if t.category == "y2":
        year += (
            1900 if year > 30 else 2000
        )  # the century break of POSIX strptime is 69; wars are written of as '41
    if e.year is None:
        e.year = year


def _put_number(e: Expr, t: Token) -> None:
    if t.category in ("ordd", "ordw", "d2") and e.day is None:
        e.day = whole_number(t.value)
    elif t.category in ("ordd", "d2") and e.day2 is None:
        e.day2 = whole_number(t.value)


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


_SIMPLE: dict[str, str] = {
    "part": "part",
    "oclock": "clock",
    "clock": "clock",
    "season": "season",
    "seasonweak": "season",
    "holiday": "holiday",
    "numdate": "full",
    "modadj": "mod",
    "modnoun": "mod",
    "earlier": "mod",
    "later": "mod",
    "approx": "approx",
    "ref": "ref",
    "partadv": "part",
    "partgen": "part",
    "overnight": "part",
    "tonight": "part",
    "refnoun": "ref",
    "setadv": "full",
    "unit": "unit",
    "year": "unit",
    "units": "unit",
}


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
            e.unit, e.n = t.value[: -len(t.value.lstrip("DWMYHQ")) or None], float(t.value.lstrip("DWMYHQ"))
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
        elif c in (
            "last",
            "prev",
            "this",
            "next",
            "following",
            "coming",
            "past",
            "recent",
            "same",
            "deictic",
            "ago",
        ):
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
        if e.day2 is not None:
            e.day2 = None
        else:
            e.day = None
    if hour[0].isdigit() and int(hour[0]) <= 12:
        e.clock = f"{int(hour[0]) % 12 + add:02d}:{hour[2] or '00'}"


Handler = Callable[[list[Token], Expr], Expr]
