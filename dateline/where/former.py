"""Former names of places with their dates: reports and evidence of different years use different ones."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from dateline.where.fold import fold, is_cyrillic, romanisations, stem_keys, stems

__all__ = ["FormerName", "former_names", "read_former"]


@dataclass(frozen=True)
class FormerName:
    """What a place was called until a day: that of the decision, from the source named."""

    id: str
    now: tuple[str, str]
    names: tuple[str, ...]
    until: date
    source: str
    url: str

    @cached_property
    def _keys(self) -> frozenset[str]:
        folded = {fold(n) for n in self.names}
        cyrillic = [n for n in self.names if is_cyrillic(n)]
        return frozenset(folded.union(*map(romanisations, cyrillic), ("#" + stems(fold(n)) for n in cyrillic)))

    def matches(self, words: str) -> bool:
        """Whether the words are this name, in any romanisation or case ending."""
        key = fold(words)
        return key in self._keys or (is_cyrillic(key) and any("#" + k in self._keys for k in stem_keys(key.split())))


def former_names(rows: Sequence[Sequence[str]]) -> dict[str, tuple[FormerName, ...]]:
    """By place id, from the rows of data/former.csv."""
    out: dict[str, tuple[FormerName, ...]] = {}
    for place_id, name, local, latin, ukrainian, russian, until, source, url in rows:
        names = (*latin.split("|"), ukrainian, russian)
        former = FormerName(place_id, (name, local), names, date.fromisoformat(until), source, url)
        out[place_id] = (*out.get(place_id, ()), former)
    return out


def read_former(path: Path) -> tuple[FormerName, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return tuple(former for names in former_names(rows).values() for former in names)
