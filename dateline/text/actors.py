"""Who is meant: names, offices, nationalities and units in a text, mapped to the actors that packs know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from dateline.types import ActorEntry


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor's name or adjective in the text; `adjective` is True for "Ukrainian", "Moscow's" is a name."""

    start: int
    end: int
    entry: ActorEntry
    form: Literal["name", "adjective"]


def find_mentions(
    text: str, entries: Sequence[ActorEntry], language: str, published: date
) -> tuple[Mention, ...]:
    """Every actor named in the text, longest name first, in text order.

    Where several entries share a word, the one in office on `published` is taken, then the last before it.
    """
    pattern, table = _matcher(tuple(entries), language)
    if pattern is None:
        return ()
    found = []
    for match in pattern.finditer(text):
        options = table[_key(match.group())]
        entry, form = min(options, key=lambda option: _distance(option[0], published))
        found.append(Mention(match.start(), match.end(), entry, form))
    return tuple(found)


Option = tuple[ActorEntry, Literal["name", "adjective"]]


class _Identity(tuple[ActorEntry, ...]):
    """Entries hold dicts; a pack's table is one object, so identity is what the cache goes by."""

    def __hash__(self) -> int:
        return hash(tuple(e.id for e in self))


def _matcher(
    entries: tuple[ActorEntry, ...], language: str
) -> tuple[re.Pattern[str] | None, dict[str, list[Option]]]:
    return _build_matcher(_Identity(entries), language)


@lru_cache(maxsize=8)
def _build_matcher(entries: _Identity, language: str) -> tuple[re.Pattern[str] | None, dict[str, list[Option]]]:
    table: dict[str, list[Option]] = {}
    for entry in entries:
        for name in _words(entry.names, language):
            table.setdefault(_key(name), []).append((entry, "name"))
        for adjective in _words(entry.adjectives, language):
            table.setdefault(_key(adjective), []).append((entry, "adjective"))
    if not table:
        return None, table
    names = sorted({_loose(name) for name in table}, key=lambda n: (-len(n), n))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?!\w)"), table


def _words(table: dict[str, tuple[str, ...]], language: str) -> Iterable[str]:
    return sorted(set(table.get(language, ())))


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").replace("ʼ", "'").split())


def _loose(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’ʼ]")


def _distance(entry: ActorEntry, day: date) -> tuple[int, str]:
    if entry.valid_from is not None and day < entry.valid_from:
        return (entry.valid_from - day).days + 100_000, entry.id
    if entry.valid_to is not None and day > entry.valid_to:
        return (day - entry.valid_to).days, entry.id
    return 0, entry.id
