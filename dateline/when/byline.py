"""The publication date of a page from its own lines: bylines, datelines, stamps, in three languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.when.clock import Clock
from dateline.when.cues import Cue
from dateline.when.grammar import find
from dateline.when.lexicon import load
from dateline.when.periods import bounds
from dateline.when.resolve import resolve
from dateline.when.tokens import tokenise

__all__ = ["day_without_year", "find_publication_date", "whole_days"]

_LINES = 40  # a date further down is of the story, not of the page
# Sites glue words in their headers: "2 min readNov 23, 2023", "Editor2022-09-12", "Київ24 листопада".
_GLUE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_]{3})|(?<=[^\W\d_A-ZА-ЯІЇЄҐ])(?=[A-ZА-ЯІЇЄҐ])")


def _unglue(line: str) -> str:
    return _GLUE.sub(" ", line)


def _dates(line: str, language: str, now: date) -> list[date]:
    lexicon = load(language)
    tokens = tokenise(line, lexicon)
    out: list[date] = []
    for e in find(tokens, line):
        if e.year is None and not e.full:
            continue
        found = resolve(e, Clock(now), Cue())
        days = bounds(found.value[:10]) if found is not None and found.type in ("DATE", "TIME") else None
        if days is not None and days[0] == days[1]:
            out.append(days[0])
    return out


def whole_days(text: str, language: str = "en") -> list[date]:
    """The whole dates (day, month and year) that a text names, in text order."""
    return _dates(_unglue(text), language, date(2000, 1, 1))


def day_without_year(words: str, language: str = "en") -> tuple[int, int, int | None] | None:
    """Month, day and weekday (1-7, or None) of words that are such a day and little else; None where they are not."""
    tokens = tokenise(words, load(language))
    found = [e for e in find(tokens, words) if e.month and e.day and e.year is None and not e.full]
    if len(found) != 1 or any(not t.category for t in tokens):
        return None
    e = found[0]
    return (e.month, e.day, e.wday) if e.month and e.day else None


def _weight(line: str, cues: frozenset[str], length: int) -> int:
    """How much a line looks like a stamp: said so, short, or nothing but a date and a name."""
    lowered = line.casefold()
    score = 3 if any(cue in lowered for cue in cues) else 0
    score += 2 if length <= 8 else 1 if length <= 16 else 0
    return score


def find_publication_date(lines: Sequence[str], language: str = "en") -> tuple[date, str] | None:
    """The day a page says it was published, and the words that say so; None when no line does.

    Only whole dates count, from the first lines of the page. A line that says "published" or "updated"
    beats one that is merely short; among equals the first wins.
    """
    cues = load(language).cues.get("byline", frozenset())
    best: tuple[int, date, str] | None = None
    for line in list(lines)[:_LINES]:
        if not any(c.isdigit() for c in line[:400]):
            continue
        readable = _unglue(line[:400])
        days = _dates(readable, language, date(2000, 1, 1))
        if not days:
            continue
        weight = _weight(readable, cues, len(readable.split()))
        if weight and (best is None or weight > best[0]):
            best = (weight, days[0], line.strip()[:400])
    return (best[1], best[2]) if best else None
