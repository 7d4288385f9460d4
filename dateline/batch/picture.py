"""The picture of a corpus: each claim's month of publication against the month in which it happened."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

__all__ = ["Cell", "Picture", "Tick", "picture"]

SIDE: Final = 560  # units of the drawing
MOST: Final = 48  # cells along an axis: longer times are drawn by quarter, half-year, year or more
STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 600)  # months


@dataclass(frozen=True, slots=True)
class Cell:
    """Claims published in one step and happened in another: where it stands, how dark it is, and what it says."""

    x: float
    y: float
    opacity: float
    misdated: bool
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Squares on a plane of time: on the diagonal what is news, below it what is served late; `step` is in months."""

    side: int
    size: float
    step: int
    cells: tuple[Cell, ...]
    ticks: tuple[Tick, ...]
    claims: int


def picture(counts: Iterable[tuple[date, date, int, int]]) -> Picture | None:
    """From (month published, month happened, misdated claims, claims); None where nothing is dated."""
    rows = [(_month(p), _month(h), wrong, n) for p, h, wrong, n in counts]
    if not rows:
        return None
    first, last = min(min(p, h) for p, h, *_ in rows), max(max(p, h) for p, h, *_ in rows)
    step = next((s for s in STEPS if (last - first) // s < MOST), STEPS[-1])
    first -= first % step
    across = (last - first) // step + 1
    size = SIDE / across
    total: Counter[tuple[int, int]] = Counter()
    misdated: Counter[tuple[int, int]] = Counter()
    for p, h, wrong, n in rows:
        at = ((p - first) // step, (h - first) // step)
        total[at] += n
        misdated[at] += wrong
    most = math.log1p(max(total.values()))
    cells = tuple(
        Cell(
            x=round(x * size, 2),
            y=round((across - 1 - y) * size, 2),
            opacity=round(0.2 + 0.8 * math.log1p(total[x, y]) / most, 2),
            misdated=misdated[x, y] * 2 > total[x, y],
            words=f"published {_name(first + x * step, step)}, happened {_name(first + y * step, step)}: "
            f"{total[x, y]}, misdated {misdated[x, y]}",
        )
        for x, y in sorted(total)
    )
    every = max(1, math.ceil(across / 8))
    ticks = tuple(Tick(round(n * size, 2), _name(first + n * step, step)) for n in range(0, across, every))
    return Picture(SIDE, round(size, 3), step, cells, ticks, sum(total.values()))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _name(month: int, step: int) -> str:
    year, of_year = divmod(month, 12)
    return f"{year}" if step >= 12 else f"{year}-{of_year + 1:02d}"
