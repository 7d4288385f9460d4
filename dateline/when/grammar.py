"""Tokens -> expressions: at each token the longest match of the rules, cut to the span of TIMEX3."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dateline.when.expr import Expr, Handler, whole_number
from dateline.when.pattern import parse_pattern
from dateline.when.rules import RULES
from dateline.when.tokens import Token

__all__ = ["find"]


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
    if e.kind == "duration" and any(t.category == "dash" for t in tokens[e.i : e.j]):
        while e.i < e.j and tokens[e.i].category in ("the", "art"):
            e.i += 1
        e.start = tokens[e.i].start
    if (
        last.category == "dot"
        and e.j - e.i > 1
        and tokens[e.j - 2].category == "year"
        and len(tokens[e.j - 2].text) > 2
    ):
        e.j -= 1
        e.end = tokens[e.j - 1].end
    bare = (
        e.kind == "duration" and last.category == "unit" and tokens[e.i].category == "art" and e.j - e.i > 2
    )
    if (bare and (e.n or 0) > 1) or (
        e.quarter and tokens[e.i].category == "the" and any(t.category == "dash" for t in tokens[e.i : e.j])
    ):
        e.i += 1
        e.start = tokens[e.i].start
    if tokens[e.i].category == "exact" and e.j > e.i + 1:
        e.i += 1
        e.start = tokens[e.i].start
    if e.rule == "ago" and tokens[e.j - 1].category in ("before", "after") and not _closed(tokens, e.j):
        e.extra.append("open-ended")
        e.end = tokens[
            e.j - 2
        ].end  # "two days" of "two days after he left": the event stays outside the span
        e.start = tokens[e.i + 1].start if tokens[e.i].category == "the" else e.start


def _split(e: Expr, tokens: list[Token]) -> tuple[Expr, ...]:
    return _split_years(e, tokens) if e.rule == "year-range" else _split_days(e, tokens)


def _split_years(e: Expr, tokens: list[Token]) -> tuple[Expr, ...]:
    year, tail = e.year or 0, e.day2 or 0
    first = replace(e, j=e.i + 1, end=tokens[e.i].end, day2=None, rule="year")
    if len(tokens[e.i + 2].value) != 2 or not year % 100 < tail < 100:
        return (first,)
    return first, replace(
        e, i=e.i + 2, start=tokens[e.i + 2].start, year=year - year % 100 + tail, day2=None, rule="year-end"
    )


def _split_days(e: Expr, tokens: list[Token]) -> tuple[Expr, ...]:
    """ "22-25 April" is two dates that share a month: "22" and "25 April"; so is "March 5-9"."""
    days = [
        k
        for k in range(e.i, e.j)
        if tokens[k].category in ("d2", "ordd") and whole_number(tokens[k].value) in (e.day, e.day2)
    ]
    if len(days) < 2 or e.day is None or e.day2 is None:
        return (replace(e, day2=None),)
    first = replace(e, j=days[0] + 1, end=tokens[days[0]].end, day2=None)
    second = replace(e, i=days[1], start=tokens[days[1]].start, day=e.day2, day2=None)
    return first, second


def _without_year_word(e: Expr, tokens: list[Token]) -> None:
    """ "8 червня 1776 року": where the pack says so the word for year stays outside a full date."""
    k = e.j - 1
    while k > e.i and tokens[k].category in ("dot", "year"):
        k -= 1
    if k < e.j - 1 and tokens[k].category in ("y4", "y2"):
        e.end = tokens[k].end


def _closed(tokens: list[Token], j: int) -> bool:
    """Does the phrase stop here? "two days before." does, "two days before he left" goes on to an event."""
    return j >= len(tokens) or tokens[j].category in ("comma", "dot", "stop", "para", "close", "and")


def find(
    tokens: list[Token], text: str, *, year_word_outside: bool = False, over_outside: bool = False
) -> list[Expr]:
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
        if over_outside and e.kind == "duration" and tokens[e.i].category == "over" and e.j > e.i + 1:
            e.i += 1
            e.start = tokens[e.i].start
        if year_word_outside and (e.month is not None or e.season is not None):
            _without_year_word(e, tokens)
        out.extend(_split(e, tokens) if e.day2 is not None else (e,))
        i = j
    for e in out:
        e.text = text[e.start : e.end]
    return out
