"""Patterns over token categories: words for categories, "?" for may be absent, "( | )" for a choice.

Nothing repeats without limit, so a match costs a bounded time at each token, whatever the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.when.tokens import category_code

__all__ = ["MACROS", "parse_pattern"]

MACROS: dict[str, tuple[str, ...]] = {
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
    codes = [category_code(n) for n in MACROS.get(name, (name,))]
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
    return _Piece(
        "(?:" + "|".join(p.regex for p in parts) + ")",
        set().union(*(p.first for p in parts)),
        any(p.empty for p in parts),
    )


def parse_pattern(pattern: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """A pattern as a regular expression over category codes, with the codes that a match may open with."""
    piece = _choice(re.findall(r"\w+|[?()|]", pattern))
    return re.compile(piece.regex), frozenset(piece.first)
