"""How far sources agree: the days between one resource's dated captures and another's at the same place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from dateline.evidence.control import families
from dateline.types import Record

FAR = timedelta(days=45)  # rows further apart do not tell of the same turn of a place (waves lie months apart)


@dataclass(frozen=True, slots=True)
class Pair:
    """A dated row and the nearest of the other sources; `off`: the gap in days, negative if they are earlier."""

    dated: Record
    other: Record | None
    off: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `n` dated rows `matched` found a partner, so many of them within 3, 7 and 10 days; median gap."""

    n: int
    matched: int
    within_3: int
    within_7: int
    within_10: int
    median_off: float | None


def pairs(dated: Iterable[Record], others: Iterable[Record]) -> list[Pair]:
    """Each row dated to a week or better with the nearest row of the same side and place among `others`."""
    by_key: dict[tuple[str | None, str | None], list[Record]] = defaultdict(list)
    for record in others:
        if record.predicate == "held" and not record.id.endswith(".before"):
            by_key[record.place_id, record.side].append(record)
    found = []
    for record in dated:
        if record.start_min and record.start_max and record.start_max - record.start_min <= timedelta(days=7):
            near = [(gap(record, o), o) for o in by_key[record.place_id, record.side]]
            near = [(g, o) for g, o in near if abs(g) <= FAR.days]
            best = min(near, key=lambda pair: (abs(pair[0]), pair[1].id), default=None)
            found.append(Pair(record, best[1], best[0]) if best else Pair(record, None, None))
    return found


def gap(dated: Record, other: Record) -> int:
    """Days from the window of `dated` to that of `other`: 0 where they overlap, negative if it is earlier."""
    if not (dated.start_min and dated.start_max and other.start_min and other.start_max):
        raise ValueError(f"{dated.id} or {other.id} has no window to compare")
    if other.start_min > dated.start_max:
        return (other.start_min - dated.start_max).days
    return min(0, (other.start_max - dated.start_min).days)


def summed(found: Sequence[Pair]) -> Agreement:
    """The counts over some pairs."""
    gaps = [abs(p.off) for p in found if p.off is not None]
    near = {days: sum(g <= days for g in gaps) for days in (3, 7, 10)}
    return Agreement(len(found), len(gaps), near[3], near[7], near[10], median(gaps) if gaps else None)


def by_wave(found: Sequence[Pair], waves: Sequence[tuple[str, date]]) -> dict[str, Agreement]:
    """The counts for each phase of a war (its name and last day, in order), by the dated row's first day."""
    parts: dict[str, list[Pair]] = {name: [] for name, _ in waves}
    for pair in found:
        first = pair.dated.start_min or date.max
        parts[next(name for name, last in waves if first <= last)].append(pair)
    return {name: summed(part) for name, part in parts.items() if part}


def by_family(found: Sequence[Pair]) -> dict[str, Agreement]:
    """The counts for each family that stands behind the partner rows."""
    names = families(p.other for p in found if p.other)
    return {name: summed([p for p in found if p.other and name in p.other.family.split("|")]) for name in names}
