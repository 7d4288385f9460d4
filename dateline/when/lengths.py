"""Lengths of time that are tied to publication: "for months", "six months of occupation"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.types import When
from dateline.when import intervals
from dateline.when.clock import Resolved
from dateline.when.expr import Expr
from dateline.when.periods import shift
from dateline.when.tokens import Token

if TYPE_CHECKING:
    from dateline.when.place import Placer

__all__ = ["place_length"]

_AHEAD = ("next", "coming", "following", "prev")


def place_length(placer: Placer, r: Resolved) -> When | None:
    """The interval of a length of time, or None where nothing ties it to a date."""
    e = r.expr
    categories = [t.category for t in placer.tokens[e.i : e.j]]
    if e.rule == "ago":
        return _vaguely_ago(placer, r)
    if e.kind == "ref" or "inn" in e.extra:
        return None
    if any(c in _AHEAD for c in categories):
        return _ahead(placer, r) if "following" not in categories and "prev" not in categories else None
    if e.unit in ("MIN", "S"):
        return None
    if any(c in ("last", "past", "recent") for c in categories):
        return _back(placer, r, e.n if e.n or "vague" in e.extra or e.plural else 1.0)
    before = placer.tokens[e.i - 1] if e.i else None
    opened = "over" if categories[0] == "over" else before.category if before is not None else ""
    if opened in ("in", "over") and _superlative(placer, e):
        return _back(placer, r, e.n)
    if opened == "in" and placer.reading.cues[e.i].tense == "future" and e.n is not None:
        when = intervals.counted(placer.published, e.unit or "D", int(e.n))
        return (
            placer.words(replace(when, basis="counted from publication"), e.start, e.end, r)
            if when is not None
            else None
        )
    if not _runs_to_now(placer, e, opened):
        return None
    when = intervals.duration_to(placer.published, e.unit or "D", e.n, e.approx or _over(categories, placer))
    if when is None:
        return None
    start = before.start if before is not None and before.category in ("for", "over") else e.start
    basis = "a length of time counted back from publication"
    return placer.words(replace(when, basis=basis, anchor=placer.published), start, e.end, r)


def _over(categories: list[str], placer: Placer) -> str | None:
    """ "over two years" is more than two; "протягом двох років" is just two: the pack says which."""
    return (
        "MORE_THAN"
        if categories[0] == "over" and placer.reading.lexicon.options.get("over_is_more") is True
        else None
    )


def _runs_to_now(placer: Placer, e: Expr, opened: str) -> bool:
    """Is the length said of something that lasts, or lasted, up to the report?"""
    if (
        any(t.category == "dash" for t in placer.tokens[e.i : e.j])
        or e.unit in ("H", "MIN", "S")
        or e.rule == "length"
    ):
        return False
    after = placer.tokens[e.j] if e.j < len(placer.tokens) else None
    closes = after is not None and (
        after.category == "state" or (after.category == "of" and after.norm == "of")
    )
    if after is not None and after.category == "dash" and after.start == e.end:
        return False
    if closes and e.unit in ("W", "M", "Y") and (e.n is not None or "vague" in e.extra):
        return True
    leading = bool(e.i) or "cue_perfect" not in placer.reading.lexicon.cues
    if opened in ("for", "over") or (e.approx and leading):
        return _lasting(placer, e)
    return False


def _lasting(placer: Placer, e: Expr) -> bool:
    """A perfect or present where the language has one; elsewhere no other date in the sentence to hang on."""
    perfect = placer.reading.lexicon.cues.get("cue_perfect", frozenset())
    sentence = placer.reading.sentence(e.i)
    if perfect and placer.reading.cues[e.i].tense is not None:
        return any(t.norm in perfect or t.norm.endswith(("'s", "'ve")) for t in sentence)
    return not placer.reading.dated_sentence(e.i)


def _superlative(placer: Placer, e: Expr) -> bool:
    """ "the largest attack in two years" looks back over them."""
    words = placer.reading.lexicon.cues.get("cue_superlative", frozenset())
    return any(_begins(t, words) for t in placer.reading.sentence(e.i) if t.start < e.start)


def _begins(token: Token, words: frozenset[str]) -> bool:
    return token.norm in words or (not token.norm.isascii() and any(token.norm.startswith(w) for w in words))


def _back(placer: Placer, r: Resolved, n: float | None) -> When | None:
    e, day = r.expr, placer.published
    if e.unit == "H":
        first: date | None = day - timedelta(-(-int(n or 24) // 24))
    else:
        first = shift(day, e.unit or "D", -int(n)) if n else intervals.recent(day, e.unit or "D")
    if first is None:
        return None
    placed = intervals.within(first, day, approximate=True)
    return placer.words(replace(placed, basis="the days up to publication", anchor=day), e.start, e.end, r)


def _ahead(placer: Placer, r: Resolved) -> When | None:
    """ "the next two weeks", "in the coming days": from publication on."""
    e, day = r.expr, placer.published
    last = shift(day, e.unit or "D", int(e.n) if e.n else 9)
    if last is None or e.kind == "shift":
        return None
    return placer.words(
        replace(
            intervals.within(day, last, approximate=True), basis="the days after publication", anchor=day
        ),
        e.start,
        e.end,
        r,
    )


def _vaguely_ago(placer: Placer, r: Resolved) -> When | None:
    """ "several days ago": a count of two to nine units before publication."""
    e = r.expr
    if e.anchor != "now" or (e.step or 0) > 0:
        return None
    when = intervals.duration_to(placer.published, e.unit or "D", None, None)
    if when is None or when.start_min is None or when.start_max is None:
        return None
    return placer.words(intervals.within(when.start_min, when.start_max, approximate=True), e.start, e.end, r)
