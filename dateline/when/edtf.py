"""EDTF (ISO 8601-2:2019) for people and files: intervals, seasons, decades, open ends, "approximately".

Bounds stay our own: EDTF widens `2022-02~` by a whole year, so it is for reading, never to
compute from.
"""

from __future__ import annotations

import re
from datetime import date

from dateline.errors import DateError
from dateline.when.periods import bounds

__all__ = ["read_edtf", "write_interval", "write_value"]

_SEASONS = {
    "SP": "21",
    "SU": "22",
    "FA": "23",
    "WI": "24",
    "Q1": "33",
    "Q2": "34",
    "Q3": "35",
    "Q4": "36",
    "H1": "40",
    "H2": "41",
}
_CODES = {v: k for k, v in _SEASONS.items()}


def write_value(value: str, *, approximate: bool = False) -> str:
    """A period (a TIMEX3 value) in EDTF: "2023-W47" as its days, "2023-SU" as 2023-22, "202" as 202X."""
    mark = "~" if approximate else ""
    head, _, tail = value.partition("-")
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "X") + mark
    if tail in _SEASONS:
        return f"{head}-{_SEASONS[tail]}{mark}"
    if tail.startswith("W"):
        found = bounds(value)
        return f"{found[0]}{mark}/{found[1]}{mark}" if found else ""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value[:10]):
        return value[:10] + mark
    return ""


def write_interval(start: date | None, end: date | None, *, approximate: bool = False) -> str:
    """Two days as EDTF; None is an open end ("..")."""
    mark = "~" if approximate else ""
    if start is not None and start == end:
        return f"{start}{mark}"
    return f"{f'{start}{mark}' if start else '..'}/{f'{end}{mark}' if end else '..'}"


def _one(text: str) -> tuple[date, date]:
    body = text.strip().rstrip("~?%")
    head, _, tail = body.partition("-")
    if tail in _CODES:
        body = f"{head}-{_CODES[tail]}"
    elif re.fullmatch(r"\d{2,3}X{1,2}", body):
        body = body.rstrip("X")
    elif not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", body):
        raise DateError(f"not an EDTF date: {text[:40]!r}; write it like 2022-09, 2022-09-08 or 2022-21")
    found = bounds(body)
    if found is None:
        raise DateError(f"no such date: {text[:40]!r}; write it like 2022-09-08")
    return found


def read_edtf(text: str) -> tuple[date | None, date | None]:
    """First and last day of an EDTF expression; None for an open end. Raises DateError for what is none."""
    body = text.strip()
    if body.startswith("[") and body.endswith("]"):
        found = [_one(part) for part in body[1:-1].split(",")]
        return min(f[0] for f in found), max(f[1] for f in found)
    start, slash, end = body.partition("/")
    if not slash:
        return _one(start)
    first = None if start.strip() in ("..", "") else _one(start)[0]
    last = None if end.strip() in ("..", "") else _one(end)[1]
    if first and last and last < first:
        raise DateError(f"interval ends before it starts: {text[:40]!r}; put the earlier date first")
    return first, last
