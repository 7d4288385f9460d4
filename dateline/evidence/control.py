"""Control is a state: intervals of `held`, their ends filled from the next row, and who held a place on a
day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from dateline.evidence.schema import CONTESTED, LASTING
from dateline.evidence.table import Line, Problems
from dateline.types import ControlState, Record

_DAY = timedelta(days=1)
TWO = 2  # independent families that must say the same (DESIGN.md section 2, "Independence")
L = TypeVar("L")


def fill_ends(rows: Sequence[tuple[Record, L]], initial: Mapping[str, tuple[str, date]]) -> list[tuple[Record, date | None, L]]:
    """Rows with the blank ends of `held` filled from the next row of the same resource at that place.

    `initial` (resource -> side, day) adds who held a place before its first row. The date beside each record
    is the day on which its filled end became public: before it, the state was not known to have ended.
    """
    chains: dict[tuple[str, str], list[tuple[Record, L]]] = defaultdict(list)
    filled: list[tuple[Record, date | None, L]] = []
    for record, line in rows:
        if record.predicate == "held" and record.place_id:
            chains[record.resource, record.place_id].append((record, line))
        else:
            filled.append((record, _own_end(record), line))
    for (resource, _), chain in sorted(chains.items()):
        chain.sort(key=lambda pair: _by_start(pair[0]))
        first, line = chain[0]
        before = initial.get(resource)
        if before and before[0] != first.side and first.start_min and first.start_min > before[1]:
            chain.insert(0, (_held_before(first, *before), line))
        for index, (record, line) in enumerate(chain):
            following = chain[index + 1][0] if index + 1 < len(chain) else None
            if following is None or record.end_min or record.end_max:
                filled.append((record, _own_end(record), line))
            else:
                filled.append((_ended_by(record, following), following.known_from, line))
    return filled


def check_states(rows: Iterable[tuple[Record, date | None, Line]], problems: Problems) -> None:
    """Tells each pair of rows of one resource and family that gives a place to two sides on one day."""
    chains: dict[tuple[str, str, str], list[tuple[Record, Line]]] = defaultdict(list)
    for record, _, line in rows:
        if record.predicate == "held" and record.place_id:
            chains[record.resource, record.place_id, record.family].append((record, line))
    for chain in chains.values():
        chain.sort(key=lambda pair: _by_start(pair[0]))
        for (first, _), (second, line) in pairwise(chain):
            if first.side != second.side and _certainly_overlap(first, second):
                problems.add(
                    line.file,
                    line.number,
                    f"{second.place_id} is held by {first.side} ({first.id}) "
                    f"and by {second.side} ({second.id}) at once; "
                    "end the first or mend a date",
                )


def state_on(day: date, records: Iterable[Record]) -> ControlState:
    """Who held a place on a day, from its `held` records (ends as known then).

    Families count, not rows, and each by its latest word. *agreed*: all that are certain name one side;
    *disputed*: they name two; *contested*: they say so, or the place was changing hands; *unknown*: no
    record, or none that reaches this day for certain (`side` is then the last known).
    """
    live = sorted((r for r in records if r.predicate == "held" and may_hold(r, day)), key=_by_start)
    certain = [r for r in live if surely_holds(r, day)]
    if not live:
        return ControlState(None, "unknown", ())
    if not certain:
        sides = {r.side for r in live}
        return ControlState(None, "contested", tuple(live)) if len(sides) > 1 else ControlState(sides.pop(), "unknown", tuple(live))
    word: dict[str, str | None] = {}
    for record in certain:
        for family in _named(record.family):
            word[family] = record.side
    named = set(word.values())
    used = tuple(live)
    if CONTESTED in named:
        return ControlState(None, "contested", used)
    if len(named) > 1:
        return ControlState(None, "disputed", used)
    return ControlState(named.pop(), "agreed", used)


def held_throughout(start: date, end: date, records: Iterable[Record]) -> ControlState:
    """Who held a place on every day from `start` to `end`, by records that say so and not by silence.

    *agreed* only where two or more families are certain of one side for the whole of it and none is certain of
    another for a day of it; else *unknown*, with what there is. Such a state excludes a capture in those days.
    """
    held = [r for r in records if r.predicate == "held"]
    whole = [r for r in held if surely_holds(r, start) and surely_holds(r, end)]
    sides = {r.side for r in whole}
    against = [r for r in held if r.side not in sides and _certain_in(r, start, end)]
    if len(sides) == 1 and len(families(whole)) >= TWO and not against:
        return ControlState(sides.pop(), "agreed", tuple(whole))
    return ControlState(None, "unknown", tuple(sorted([*whole, *against], key=_by_start)))


def _certain_in(record: Record, start: date, end: date) -> bool:
    """True if the state certainly held on some day of the interval."""
    if record.start_max is None or record.start_max > end:
        return False
    last = record.end_min or (date.max if record.end_max is None else None)
    return last is not None and max(record.start_max, start) <= min(last, end)


def families(records: Iterable[Record]) -> tuple[str, ...]:
    """The independence families behind records: a row that several saw names them all, separated by |."""
    return tuple(sorted({name for r in records for name in _named(r.family)}))


@lru_cache(maxsize=4096)
def _named(family: str) -> tuple[str, ...]:
    return tuple(sorted({name for name in family.split("|") if name}))


def may_hold(record: Record, day: date) -> bool:
    """True if the state may have held on that day, its windows read at their widest."""
    return (record.start_min is None or record.start_min <= day) and (record.end_max is None or day <= record.end_max)


def surely_holds(record: Record, day: date) -> bool:
    """True if the state held on that day even with its windows read at their narrowest."""
    if record.start_max is None or day < record.start_max:
        return False
    return (record.end_min is None and record.end_max is None) or (record.end_min is not None and day <= record.end_min)


def _own_end(record: Record) -> date | None:
    """Since when an end that a row gives itself is known: since it came."""
    return (record.end_max or record.end_min) if record.predicate in LASTING else None


def _by_start(record: Record) -> tuple[date, date, str]:
    return record.start_min or date.min, record.start_max or date.max, record.id


def _held_before(first: Record, side: str, since: date) -> Record:
    return replace(
        first,
        id=f"{first.id}.before",
        side=side,
        start_min=since,
        start_max=since,
        end_min=None,
        end_max=None,
        known_from=since,
        says=f"{first.place_name} was held by {side} before that.",
    )


def _ended_by(record: Record, following: Record) -> Record:
    """The earliest end is the eve of the next state; on the day of the change either may have held."""
    start = record.start_min or date.min
    last = following.start_max or following.start_min
    eve = following.start_min - _DAY if following.start_min else None
    end_min = max(eve, start) if eve else None
    return replace(record, end_min=end_min, end_max=max(last, end_min or last) if last else None)


def _certainly_overlap(first: Record, second: Record) -> bool:
    if first.start_max is None or second.start_max is None:
        return False
    end_first, end_second = first.end_min or date.max, second.end_min or date.max
    return first.start_max <= end_second and second.start_max <= end_first
