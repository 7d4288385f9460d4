"""Named events of a conflict calendar as anchors: "two weeks after the invasion", "day 638 of the war"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.types import NamedPeriod
from dateline.when.lexicon import normalise
from dateline.when.tokens import Token

__all__ = ["Calendar"]

_REACH = 8  # tokens an event's name may stand behind its preposition: "since the start of Russia's full-scale invasion"


def _stem(word: str) -> str:
    """Enough of a word to know it again in another case: endings of Slavic nouns are one to three letters."""
    if not word.isascii() and len(word) > 4:
        return word[: max(4, len(word) - 2)]
    return word


def _words(name: str) -> tuple[str, ...]:
    parts = normalise(name).replace("-", " ").split()
    while parts and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    return tuple(_stem(p.removesuffix("'s")) for p in parts)


@dataclass(frozen=True, slots=True)
class Found:
    """An event named in the text: which tokens name it, and the readings the calendar allows, latest first."""

    end: int
    periods: tuple[NamedPeriod, ...]


class Calendar:
    """Look-up of a calendar's names in running text; the longest name wins, then the nearest."""

    def __init__(self, periods: Sequence[NamedPeriod]) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], NamedPeriod]]] = {}
        for period in periods:
            for name in dict.fromkeys((period.name, *period.names)):
                words = _words(name)
                if words:
                    self._names.setdefault(words[0], []).append((words, period))
        self._lengths = sorted({len(k) for k in self._names}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._names)

    def at(self, tokens: list[Token], i: int) -> Found | None:
        """The event whose name starts at a token, hyphens aside."""
        best: tuple[int, int] | None = None
        periods: list[NamedPeriod] = []
        for words, period in self._candidates(tokens[i].norm):
            end = self._match(tokens, i, words)
            if end is None or (best is not None and (len(words), end) < best):
                continue
            if best is None or (len(words), end) > best:
                best, periods = (len(words), end), []
            periods.append(period)
        if best is None:
            return None
        return Found(best[1], tuple(sorted(periods, key=lambda p: p.start, reverse=True)))

    def _candidates(self, word: str) -> list[tuple[tuple[str, ...], NamedPeriod]]:
        word = word.removesuffix("'s")
        keys = [word] if word.isascii() else [word[:n] for n in self._lengths if n <= len(word)]
        return [c for key in keys for c in self._names.get(key, ())]

    @staticmethod
    def _match(tokens: list[Token], i: int, words: tuple[str, ...]) -> int | None:
        k = i
        for n, word in enumerate(words):
            while n and k < len(tokens) and tokens[k].category == "dash":
                k += 1
            if k >= len(tokens):
                return None
            have = tokens[k].norm.removesuffix("'s")
            if have != word and (word.isascii() or not have.startswith(word) or len(have) > len(word) + 4):
                return None
            k += 1
        return k

    def after(self, tokens: list[Token], i: int, numbers: list[int]) -> Found | None:
        """The first event named within reach behind a preposition, in the same sentence and clause."""
        for k in range(i, min(i + _REACH, len(tokens))):
            if numbers[k] != numbers[i] or tokens[k].category in ("comma", "stop", "y4", "month"):
                return None
            found = self.at(tokens, k)
            if found is not None:
                return found
        return None


def best_for(found: Found, published: date) -> NamedPeriod | None:
    """Of the events of that name the latest one that had begun by publication."""
    begun = [p for p in found.periods if p.start <= published]
    return begun[0] if begun else None
