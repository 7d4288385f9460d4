"""Dates in figures: 2022-02-24, 24.02.2022, 24/02/2022, 2/24/2022."""

from __future__ import annotations

import re

from dateline.when.periods import bounds

__all__ = ["read_numeric"]


def read_numeric(text: str) -> str | None:
    """The ISO day of a numeric date; day before month, unless only the other order is a day."""
    iso = re.match(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?", text)
    if iso:
        return iso[1] + (iso[2] or "") if bounds(iso[1]) else None
    parts = re.split(r"[./ ]+", text.strip())
    if len(parts) != 3 or not all(p.isdigit() for p in parts):
        return None
    if len(parts[0]) == 4:
        year, month, day = (int(p) for p in parts)
        value = f"{year:04d}-{month:02d}-{day:02d}"
        return value if bounds(value) else None
    if len(parts[0]) > 2 or len(parts[2]) == 3:
        return None
    year = int(parts[2])
    if len(parts[2]) == 2:
        year += 1900 if year > 30 else 2000
    orders = ((parts[0], parts[1]), (parts[1], parts[0]))
    if "/" in text and len(parts[2]) == 2:
        orders = orders[::-1]
    for day_, month_ in orders:
        value = f"{year:04d}-{int(month_):02d}-{int(day_):02d}"
        if bounds(value):
            return value
    return None
