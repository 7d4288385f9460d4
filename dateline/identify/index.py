"""All records that tell of something, by the terms they are told in; made once for a pack and kept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from dateline.evidence import Evidence
from dateline.identify.contrast import negations
from dateline.identify.numbers import Number, numbers_of
from dateline.identify.terms import NAME, SPOKEN, Vocabulary, words_of
from dateline.text.lexicon import Lexicon
from dateline.types import ActorEntry, Record

UNKNOWN = 4.0  # nats of a term that no record has: that of one in fifty (own choice, on dev reports)
STATES = frozenset({"held"})  # rows of maps: they name a place and a side, and tell of nothing else
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}\b|as of \d{{4}}-\d\d-\d\d|\d{{4}}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the matcher sees it."""

    record: Record
    terms: frozenset[str]
    numbers: tuple[Number, ...]
    negations: frozenset[str]
    words: frozenset[str]
    speaker: frozenset[str]


class Index:
    """Records by term. `weight` tells how much a shared term says: the rarer, the more."""

    def __init__(self, records: Sequence[Record], actors: Sequence[ActorEntry], lexicon: Lexicon) -> None:
        self.vocabulary = Vocabulary(lexicon, actors)
        self.state_of = _states(actors)
        names = {a.id: _names(a) for a in actors}
        self.entries = tuple(_entry(r, self.vocabulary, lexicon, names.get(r.subject or "", frozenset())) for r in records)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for n, entry in enumerate(self.entries):
            for term in entry.terms:
                self._postings[term].append(n)
        self._most = log(max(2, len(self.entries)) / 2)

    def weight(self, term: str) -> float:
        """The term's inverse document frequency in nats; one that no record has says less: records word things their own way."""
        found = len(self._postings.get(term, ()))
        return min(self._most, log(max(2, len(self.entries)) / found)) if found else UNKNOWN

    def total(self, terms: frozenset[str]) -> float:
        return sum(self.weight(t) for t in sorted(terms))

    def candidates(self, terms: frozenset[str], most: int = 60) -> tuple[Entry, ...]:
        """The entries that share most with these terms, by weight, best first."""
        scores: Counter[int] = Counter()
        for term in sorted(terms):
            weight = self.weight(term)
            for n in self._postings.get(term, ()):
                scores[n] += weight  # type: ignore[assignment]
        best = sorted(scores, key=lambda n: (-scores[n], n))[:most]
        return tuple(self.entries[n] for n in best)

    def fitting(self, terms: frozenset[str], most: int) -> tuple[Entry, ...]:
        """The entries of whose own terms most are in a whole report, by the weight that they share with it."""
        shared = [(self.total(e.terms & terms) ** 2 / max(1.0, self.total(e.terms)), e) for e in self.candidates(terms, 400)]
        return tuple(e for _, e in sorted(shared, key=lambda pair: (-pair[0], pair[1].record.id))[:most])


def _names(actor: ActorEntry) -> frozenset[str]:
    """The words of an actor's names by which a report may call it: "Ukraine's air force", "Haidai"."""
    return frozenset(w for name in actor.names.get("en", ()) for _, _, w in words_of(name) if len(w) >= NAME and w not in SPOKEN)


def _states(actors: Sequence[ActorEntry]) -> dict[str, str]:
    """Actor -> the state that it speaks for: offices, ministries, armies and persons in them."""
    states = {a.country: a.id for a in reversed(actors) if a.role == "state" and a.country}
    return {a.id: states[a.country] for a in actors if a.country in states and a.role not in ("state", "media")}


def _entry(record: Record, words: Vocabulary, lexicon: Lexicon, speaker: frozenset[str]) -> Entry:
    subject = (record.subject or "").replace("|", ", ") if record.kind != "statement" else ""
    told = " ".join(filter(None, (record.says, record.place_name, subject)))
    says = record.says
    masked = [m.span() for m in _DATE.finditer(says)]
    return Entry(
        record,
        words.terms(told),
        (*numbers_of(says, words, lexicon, masked), *_columns(record, words)),
        negations(says),
        frozenset(w.lower() for w in re.findall(r"[^\W\d_]+", says)),
        speaker,
    )


def _columns(record: Record, words: Vocabulary) -> tuple[Number, ...]:
    """The figure of the row's own columns: its range, and what it counts."""
    low = record.value_low if record.value_low is not None else record.value_best
    high = record.value_high if record.value_high is not None else record.value_best
    if low is None or high is None:
        return ()
    beside = words.terms(" ".join(filter(None, (record.unit, record.population, record.predicate if record.kind == "figure" else ""))))
    return (Number(low, high, beside),)


@lru_cache(maxsize=4)
def index_of(evidence: Evidence, language: str) -> Index:
    """The index of what the packs hold; made when first asked for."""
    from dateline.text.lexicon import lexicon

    words = lexicon(language)
    records = [r for r in evidence.records() if r.predicate not in STATES]
    return Index(records, evidence.actors, words)
