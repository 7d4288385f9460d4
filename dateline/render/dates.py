"""Days, intervals and gaps in the reader's language: "8 Sep 2022", "13–19 Nov 2023", "14 months"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from dateline.render.words import Words

__all__ = ["day_words", "edtf_span", "gap_words", "span_words"]

DAYS_A_MONTH = 30.4375  # mean month of the Julian year, the usual divisor

# EDTF season and quarter codes -> first month and number of months (ISO 8601-2:2019, table A.1).
_SEASONS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3), 33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}


def day_words(day: date, words: Words) -> str:
    return f"{day.day} {words.month(day.month)} {day.year}"


def span_words(start: date | None, end: date | None, words: Words) -> str:
    """An interval as a person would write it; whole months and years lose their days."""
    if start is None:
        return words("time.until", day=day_words(end, words)) if end else words("time.open")
    if end is None:
        return words("time.since", day=day_words(start, words))
    if start == end:
        return day_words(start, words)
    whole = _whole(start, end, words)
    if whole:
        return whole
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {words.month(end.month)} {end.year}"
    if start.year == end.year:
        return f"{start.day} {words.month(start.month)} – {day_words(end, words)}"
    return f"{day_words(start, words)} – {day_words(end, words)}"


def _whole(start: date, end: date, words: Words) -> str | None:
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        return None
    if start.month == 1 and end.month == 12:
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    last = f"{words.month(end.month)} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return last
    first = words.month(start.month) if start.year == end.year else f"{words.month(start.month)} {start.year}"
    return f"{first} – {last}"


def gap_words(days: int, words: Words) -> str:
    """A number of days as a reader thinks of it: in days to six weeks, months to three years, then years."""
    n = abs(days)
    if n <= 45:
        return words.plural("count.days", n)
    months = round(n / DAYS_A_MONTH)
    if months < 36:
        return words.plural("count.months", months)
    return words.plural("count.years", round(n / 365.25))


def edtf_span(edtf: str) -> tuple[date | None, date | None]:
    """First and last day of an EDTF date or interval; None where it is open or not of the forms that
    Dateline writes (dates, seasons, quarters, intervals, `..`, the qualifiers ~ ? %)."""
    text = re.sub(r"[~?%\[\]{}]", "", edtf.strip())
    first, slash, last = text.partition("/") if "/" in text else text.partition("..")
    if not slash:
        last = first
    return _bounds(first)[0], _bounds(last)[1]


def _bounds(text: str) -> tuple[date | None, date | None]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if not found:
        return None, None
    year, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    try:
        if day and month:
            return date(year, month, day), date(year, month, day)
        if month and month > 12:
            first, count = _SEASONS[month]
            return date(year, first, 1), _last_day(year, first + count - 1)
        if month:
            return date(year, month, 1), _last_day(year, month)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, KeyError):
        return None, None


def _last_day(year: int, month: int) -> date:
    years, index = divmod(month, 12)
    return date(year + years, index + 1, 1) - timedelta(days=1)
