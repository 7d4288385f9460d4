"""ISO days and ISO prefixes of CSV cells as days: a month is its first to its last day, never a day in it."""

from __future__ import annotations

import calendar
import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def first_day(text: str) -> date:
    """The first day that an ISO day, month or year may mean; ValueError when it is none."""
    return _bounds(text)[0]


def last_day(text: str) -> date:
    """The last day that an ISO day, month or year may mean; ValueError when it is none."""
    return _bounds(text)[1]


def one_day(text: str) -> date:
    """An ISO day in full; ValueError for a bare month or year."""
    low, high = _bounds(text)
    if low != high:
        raise ValueError(f"{text!r} is not a whole date")
    return low


def _bounds(text: str) -> tuple[date, date]:
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an ISO date (2022-09-08, 2022-09 or 2022)")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if day is not None and month is not None:
            return date(year, month, day), date(year, month, day)
        if month is not None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date: {error}") from None
