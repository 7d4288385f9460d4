"""Feast days by year: fixed days, the n-th weekday of a month, and what hangs on Easter."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.when.periods import bounds

__all__ = ["easter", "holiday"]

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def easter(year: int, *, orthodox: bool = False) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus/Jones/Butcher; orthodox: 1900-2099)."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        return date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1) + timedelta(13)
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def holiday(rule: str, year: int) -> str | None:
    """The ISO day of a feast: "12-25", "11-Th4" (fourth Thursday), "E-2" and "O0" (days from Easter)."""
    if not 1 <= year <= 9998:
        return None
    moved = re.fullmatch(r"([EO])(-?\d+)", rule)
    if moved:
        return (easter(year, orthodox=moved[1] == "O") + timedelta(int(moved[2]))).isoformat()
    nth = re.fullmatch(r"(\d\d)-(\w\w)(\d)", rule)
    if nth and nth[2] in _WEEKDAYS:
        first = date(year, int(nth[1]), 1)
        offset = (_WEEKDAYS.index(nth[2]) - first.weekday()) % 7
        return (first + timedelta(offset + 7 * (int(nth[3]) - 1))).isoformat()
    value = f"{year:04d}-{rule}"
    return value if bounds(value) else None
