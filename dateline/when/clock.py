"""Where a reader stands in time, and what an expression turned out to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from dateline.when.expr import Expr
from dateline.when.periods import bounds, month_value

__all__ = ["Clock", "Resolved", "Yearly", "dated", "month_day"]

Yearly = Callable[[int], str | None]


@dataclass(slots=True)
class Resolved:
    """An expression with its TIMEX3 type and value, readings that lost, and how it was read, in words.

    `days` are its first and last day where the value cannot name them ("the first week of March").
    """

    expr: Expr
    type: str
    value: str
    mod: str | None = None
    basis: str = ""
    anchor: date | None = None
    alternatives: list[tuple[str, str]] = field(default_factory=list)
    days: tuple[date, date] | None = None


@dataclass(slots=True)
class Clock:
    """Where the reader stands: `now` the day of publication (or of the story), `ref` the last date named.

    `year` is the year named in this sentence or the one before, None when none was; it leads where
    the sentence before named it and the expression opens this one. `ref_near` says that the last date
    was named in this sentence or the one before; `ref_year_ago` that it was itself a year before another
    ("in the year-ago quarter"). In a narrative nothing is counted from the day of writing.
    """

    now: date
    ref: str | None = None
    year: int | None = None
    year_leads: bool = False
    ref_near: bool = False
    ref_year_ago: bool = False
    narrative: bool = False

    def ref_day(self) -> date:
        found = bounds(self.ref) if self.ref else None
        return found[0] if found else self.now


def dated(
    value: str,
    e: Expr,
    basis: str,
    anchor: date | None = None,
    alternatives: list[tuple[str, str]] | None = None,
) -> Resolved:
    return Resolved(e, "DATE", value, None, basis, anchor, alternatives or [])


def month_day(year: int, month: int, day: int | None) -> str | None:
    value = month_value(year, month)
    if day is None:
        return value
    value = f"{value}-{day:02d}"
    return value if bounds(value) or year < 1 else None
