"""Arithmetic on calendar periods written as TIMEX3 values: "2023-11-23", "2023-W47", "2023-SU", "202".

A value is both the name of a period and its key: `bounds` gives its first and last day, `at` the period of
a unit that holds a day, `shift` the one n further on.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

__all__ = [
    "SEASON_MONTHS",
    "at",
    "bounds",
    "coarsen",
    "duration_value",
    "granularity",
    "make_year",
    "month_value",
    "shift",
    "shift_months",
    "year_of",
]

# Meteorological seasons of the northern hemisphere; winter runs into the next year.
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?|W(?P<week>\d\d)(?P<we>-WE)?|(?P<season>SP|SU|FA|WI)"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])))?$"
)
_GRANULARITY = {
    "day": "D",
    "week": "W",
    "we": "WE",
    "season": "SE",
    "quarter": "Q",
    "half": "HY",
    "month": "M",
    "year": "Y",
}


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months(year: int, month: int, n: int) -> tuple[date, date]:
    end = year * 12 + month - 1 + n - 1
    return date(year, month, 1), _last(min(end // 12, 9999), end % 12 + 1)


def bounds(value: str) -> tuple[date, date] | None:
    """First and last day of a period; None for a duration, BC or an impossible date."""
    if re.fullmatch(r"\d{3}", value) and value != "000":
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    if re.fullmatch(r"\d{2}", value) and value != "00":
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    match = _VALUE.fullmatch(value)
    if match is None or match["year"] == "0000":
        return None
    year = int(match["year"])
    try:
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return day, day
        if match["month"]:
            return _months(year, int(match["month"]), 1)
        if match["week"]:
            monday = date.fromisocalendar(year, int(match["week"]), 1)
            return (monday + timedelta(5) if match["we"] else monday), monday + timedelta(6)
        if match["season"]:
            return _months(year, SEASON_MONTHS[match["season"]], 3)
        if match["quarter"]:
            return _months(year, int(match["quarter"]) * 3 - 2, 3)
        if match["half"]:
            return _months(year, int(match["half"]) * 6 - 5, 6)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def granularity(value: str) -> str | None:
    """The unit that a value counts in (D W WE M SE Q HY Y DE CE), or None."""
    if re.fullmatch(r"(BC)?\d{4}", value):
        return "Y"
    if re.fullmatch(r"\d{3}", value):
        return "DE"
    if re.fullmatch(r"\d{2}", value):
        return "CE"
    match = _VALUE.fullmatch(value.removeprefix("BC"))
    if match is None:
        return None
    return next(unit for name, unit in _GRANULARITY.items() if match[name])


def make_year(year: int) -> str:
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def month_value(year: int, month: int) -> str:
    return f"{make_year(year)}-{month:02d}"


def year_of(value: str) -> int | None:
    """The year of a value; negative before Christ; a decade or century gives its first year."""
    match = re.match(r"(BC)?(\d{4})", value)
    if match:
        return -int(match[2]) if match[1] else int(match[2])
    if re.fullmatch(r"\d{2,3}", value):
        return int(value.ljust(4, "0"))
    return None


def at(day: date, unit: str) -> str:
    """The period of that unit which holds a day."""
    if unit in ("W", "WE", "FN"):
        iso = day.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "HY":
        return f"{day.year:04d}-H{1 if day.month <= 6 else 2}"
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "DE":
        return f"{day.year // 10:03d}"
    if unit == "CE":
        return f"{day.year // 100:02d}"
    if unit == "SE":
        year = day.year - 1 if day.month < 3 else day.year
        return f"{year:04d}-{('WI', 'SP', 'SU', 'FA')[day.month % 12 // 3]}"
    return day.isoformat()


def shift_months(day: date, n: int) -> date | None:
    """The same day n months on, or the last of that month; None outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + n
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_DAYS = {"D": 1, "W": 7, "WE": 7, "FN": 14}
_MONTHS = {"M": 1, "Q": 3, "SE": 3, "HY": 6, "Y": 12, "DE": 120, "CE": 1200}


def shift(day: date, unit: str, n: int) -> date | None:
    """A day moved by n units; None outside the years 1 to 9999."""
    try:
        if unit in _DAYS:
            return day + timedelta(_DAYS[unit] * n)
        if unit in _MONTHS:
            return shift_months(day, _MONTHS[unit] * n)
    except OverflowError:
        return None
    return day


_ORDER = ("D", "W", "WE", "M", "SE", "Q", "HY", "Y", "DE", "CE")


def coarsen(value: str, unit: str) -> str:
    """The value as a period of `unit` where that is coarser; a finer unit leaves it as it is."""
    grain = granularity(value)
    found = bounds(value)
    if grain is None or found is None or unit not in _ORDER or _ORDER.index(unit) <= _ORDER.index(grain):
        return value
    return at(found[0], unit)


_UNIT_CODE = {
    "D": "D",
    "W": "W",
    "M": "M",
    "Y": "Y",
    "DE": "DE",
    "CE": "CE",
    "Q": "Q",
    "H": "H",
    "MIN": "M",
    "S": "S",
    "WE": "WE",
    "FN": "W",
    "HY": "HY",
}


def duration_value(unit: str, n: float | None) -> str:
    """The TIMEX3 value of a length of time: P2W, PT6H, PXM; decades and centuries in years."""
    if n is not None and unit == "DE":
        n, unit = n * 10, "Y"
    if n is not None and unit == "FN":
        n, unit = n * 2, "W"
    number = "X" if n is None else f"{n:g}"
    return f"P{'T' if unit in ('H', 'MIN', 'S') else ''}{number}{_UNIT_CODE.get(unit, unit)}"
