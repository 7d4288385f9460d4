"""What a record tells, taken apart once when its pack is built: its words, and its numbers with the words beside them."""

from __future__ import annotations

import json
import re

from dateline.identify.numbers import Number, numbers_of
from dateline.identify.terms import parts, words_of
from dateline.text.lexicon import Lexicon
from dateline.types import Record

STATES = frozenset({"held"})  # rows of maps: they name a place and a side, and tell of nothing else
LANGUAGE = "en"  # records are written in English (docs/packs.md)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}\b|as of \d{{4}}-\d\d-\d\d|\d{{4}}-\d\d-\d\d)")


def told_by(record: Record, lexicon: Lexicon) -> tuple[str, str] | None:
    """The words of a record, parted by blanks, and its numbers as JSON; None for a row that only states who held a place."""
    if record.predicate in STATES:
        return None
    subject = (record.subject or "").replace("|", ", ") if record.kind != "statement" else ""
    text = " ".join(filter(None, (record.says, record.place_name, subject)))
    words = dict.fromkeys(part for _, _, word in words_of(text) for part in parts(word))
    masked = [m.span() for m in _DATE.finditer(record.says)]
    numbers = (*numbers_of(record.says, lexicon, masked), *_columns(record))
    return " ".join(words), json.dumps([[n.low, n.high, sorted(n.beside), n.rough, sorted(n.unit)] for n in numbers])


def numbers_from(text: str) -> tuple[Number, ...]:
    """The numbers that `told_by` wrote."""
    return tuple(Number(low, high, frozenset(beside), rough, frozenset(unit)) for low, high, beside, rough, unit in json.loads(text))


def _columns(record: Record) -> tuple[Number, ...]:
    """The figure of the row's own columns: its range, and what it counts."""
    low = record.value_low if record.value_low is not None else record.value_best
    high = record.value_high if record.value_high is not None else record.value_best
    if low is None or high is None:
        return ()
    counted = " ".join(filter(None, (record.unit, record.population, record.predicate if record.kind == "figure" else "")))
    beside = frozenset(w for _, _, w in words_of(counted))
    return (Number(low, high, beside, unit=beside),)
