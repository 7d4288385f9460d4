"""Named events of a conflict calendar as anchors: "two weeks after the invasion", "day 638 of the war"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dateline.types import NamedPeriod, When
from dateline.when import intervals
from dateline.when.lexicon import Lexicon, normalise
from dateline.when.periods import shift
from dateline.when.reading import Reading
from dateline.when.tokens import Token

__all__ = ["Calendar", "Found", "best_for", "event_times"]

_RELATIONS = frozenset(("since", "before", "after", "until", "upto"))
_REACH = 8  # tokens from preposition to name: "since the start of Russia's full-scale invasion"


def _stem(word: str) -> str:
    """Enough of a word to know it again in another case: endings of Slavic nouns are one to three letters."""
    if not word.isascii() and len(word) > 4:
        return word[: max(4, len(word) - 2)]
    return word


@lru_cache(maxsize=8192)  # a calendar is read for every report
def _words(name: str) -> tuple[str, ...]:
    parts = normalise(name).replace("-", " ").split()
    while parts and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    return tuple(_stem(p.removesuffix("'s")) for p in parts)


@dataclass(frozen=True, slots=True)
class Found:
    """An event named in the text: which tokens name it, and what it may be, latest first."""

    end: int
    periods: tuple[NamedPeriod, ...]


class Calendar:
    """Look-up of a calendar's names in running text; the longest name wins, then the nearest."""

    def __init__(self, periods: Sequence[NamedPeriod], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._open = tuple(sorted((p for p in periods if p.end is None), key=lambda p: p.start, reverse=True))
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
            return self._the_war(tokens, i)
        return Found(best[1], tuple(sorted(periods, key=lambda p: p.start, reverse=True)))

    def _the_war(self, tokens: list[Token], i: int) -> Found | None:
        """ "the war", "the invasion" without a name: what the calendar holds to be going on, latest first."""
        if not self._open or tokens[i].norm not in self._lexicon.cues.get("cue_war", frozenset()):
            return None
        before = tokens[i - 1] if i else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if before is not None and not self._leads(before) and before.category not in (*_RELATIONS, "unit"):
            return None
        if after is not None and after.category == "in" and tokens[i + 2 : i + 3] and tokens[i + 2].text[:1].isupper():
            return None  # "the war in Iraq": a name of its own
        return Found(i + 1, self._open)

    def _leads(self, token: Token) -> bool:
        """May this word stand between a preposition and the event: "the start of Russia's full-scale ..."?"""
        cues = self._lexicon.cues
        return (
            token.category in ("the", "of", "dash", "this", "art")
            or (token.category == "modnoun" and token.value == "START")
            or token.norm in cues.get("cue_lead", frozenset())
            or token.norm.endswith("'s")
        )

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
            if not self._leads(tokens[k]) and not tokens[k].text[:1].isupper():
                return None
        return None


def best_for(found: Found, published: date) -> NamedPeriod | None:
    """Of the events of that name the latest one that had begun by publication."""
    begun = [p for p in found.periods if p.start <= published]
    return begun[0] if begun else None


def event_times(reading: Reading, text: str, published: date, calendar: Calendar) -> list[When]:
    """ "since the invasion", "before the war", "day 638 of the war" by the calendar."""
    if not calendar:
        return []
    out: list[When] = []
    for k, token in enumerate(reading.tokens[:-1]):
        counted = _war_clock(reading.tokens, k, calendar, published)
        if counted is not None:
            when, end = counted
        elif token.category in _RELATIONS:
            found = calendar.after(reading.tokens, k + 1, reading.numbers)
            period = best_for(found, published) if found is not None else None
            related = _relation(token.category, period, published) if period is not None else None
            if found is None or period is None or related is None:
                continue
            when = replace(related, anchor=period.start, basis=f"by {period.name}, {period.start}")
            end = found.end
        else:
            continue
        last = reading.tokens[end - 1].end
        out.append(replace(when, words=text[token.start : last], start=token.start, end=last, rule=when.rule or "event"))
    return out


def _relation(category: str, period: NamedPeriod, published: date) -> When | None:
    """Before is before it began, after is after it ended; what goes on has only a beginning."""
    event = intervals.within(period.start, min(period.end or period.start, published))
    if category == "since":
        return intervals.since(event, published)
    if category in ("before", "upto"):
        return intervals.before(event)
    if category == "after":
        return intervals.after(event, published)
    return intervals.until(event)


def _war_clock(tokens: list[Token], k: int, calendar: Calendar, published: date) -> tuple[When, int] | None:
    """ "day 100 of the war", "638-й день війни", "the 21st month of the war": it starts with day one."""
    number, unit, j = _clock_words(tokens, k)
    if number is None or unit not in ("D", "W", "M", "Y"):
        return None
    while j < len(tokens) and tokens[j].category in ("of", "the", "in"):
        j += 1
    found = calendar.at(tokens, j) if j < len(tokens) else None
    if found is None:
        return None
    readings = [(p, shift(p.start, unit, number - 1), shift(p.start, unit, number)) for p in found.periods if p.start <= published]
    spans = [(abs((a - published).days), p, a, b) for p, a, b in readings if a is not None and b is not None]
    if not spans:
        return None
    _, period, first, after = min(spans, key=lambda s: (s[0], s[2]))
    when = intervals.within(first, after - timedelta(1), granularity="day" if unit == "D" else "interval")
    return replace(when, rule="war-clock", anchor=period.start, basis=f"counted from {period.name}, {period.start}"), found.end


def _clock_words(tokens: list[Token], k: int) -> tuple[int | None, str, int]:
    a = tokens[k]
    b = tokens[k + 1] if k + 1 < len(tokens) else None
    if b is None:
        return None, "", k
    if a.category in ("ordd", "ordw") and b.category == "unit" and a.value.isdigit():
        return int(a.value), b.value, k + 2
    if a.category == "unit" and b.category in ("d2", "dn", "num") and b.value.isdigit():
        return int(b.value), a.value, k + 2
    return None, "", k
