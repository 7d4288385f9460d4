"""Expressions -> values: which week, month or day a phrase means, seen from where it is read."""

from __future__ import annotations

from datetime import timedelta

from dateline.when.clock import Clock, Resolved
from dateline.when.cues import Cue
from dateline.when.dates import resolve_date
from dateline.when.expr import Expr
from dateline.when.periods import bounds, duration_value
from dateline.when.shifts import resolve_shift

__all__ = ["resolve"]


def resolve(e: Expr, clock: Clock, cue: Cue) -> Resolved | None:
    """The value of an expression as read from the clock; None when it names no time after all."""
    if e.kind == "duration":
        if e.n is None and not e.plural and "vague" not in e.extra:
            e.n = 1.0
        return Resolved(e, "DURATION", duration_value(e.unit or "D", e.n), e.approx, "a length of time")
    if e.kind == "set":
        return Resolved(e, "SET", e.full or duration_value(e.unit or "D", e.n or 1), None, "a repeated time")
    if e.kind == "ref":
        return Resolved(e, "DATE", e.ref or "PRESENT_REF", None, "as of publication", clock.now)
    try:
        found = resolve_shift(e, clock, cue) if e.kind == "shift" else resolve_date(e, clock, cue)
    except OverflowError:  # past the first or last day that a calendar has
        return None
    if found is not None and "week-of-month" in e.extra:
        return _days_of_month(found, e)
    return _with_part(found, e) if found is not None else None


def _days_of_month(r: Resolved, e: Expr) -> Resolved | None:
    """The n-th week of a month starts on its 1st, 8th, 15th or 22nd; the last is its last seven days."""
    month, n = bounds(r.value), int(e.n or 1)
    if month is None:
        return None
    length = 7 if e.unit == "W" else _SOME_DAYS
    first = month[0] + timedelta(length * (n - 1)) if n > 0 else month[1] - timedelta(length - 1)
    r.days = first, min(first + timedelta(length - 1), month[1])
    r.type, r.value = (
        "DURATION",
        "P1W" if e.unit == "W" and not e.plural else duration_value(e.unit or "D", None),
    )
    return r


_SOME_DAYS = 5  # "the first days of March"


def _with_part(r: Resolved, e: Expr) -> Resolved:
    """Add the hour or part of day, and the early/mid/late of the wording."""
    if len(r.value) == 10 and (e.clock or e.part):
        if e.clock:
            hour, _, minute = e.clock.partition(":")
            r.value, r.type = f"{r.value}T{int(hour):02d}:{minute or '00'}", "TIME"
        else:
            r.value, r.type = f"{r.value}T{e.part}", "TIME"
    r.mod = e.mod or r.mod
    if e.approx and r.mod is None:
        r.mod = "APPROX" if e.approx in ("APPROX", "LESS_THAN", "MORE_THAN") else None
    return r
