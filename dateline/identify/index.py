"""All records that tell of something, by the terms they are told in; made once for a pack and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log

import numpy as np

from dateline.evidence import Evidence
from dateline.identify.contrast import denied_words
from dateline.identify.numbers import Number
from dateline.identify.terms import NAME, SPOKEN, Vocabulary, words_of
from dateline.identify.told import LANGUAGE, numbers_from
from dateline.text.lexicon import Lexicon, lexicon
from dateline.types import ActorEntry, Record

UNKNOWN = 4.0  # nats of a term that no record has: that of one in fifty (own choice, on dev reports)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A record as the matcher sees it; there is one for each record, so it is compared by identity."""

    record: Record
    terms: frozenset[str]
    numbers: tuple[Number, ...]
    denied: frozenset[str]
    words: frozenset[str]
    speaker: frozenset[str]


class Index:
    """Records by term. `weight` tells how much a shared term says: the rarer, the more."""

    def __init__(self, told: Sequence[tuple[Record, str, str]], actors: Sequence[ActorEntry], lexicon: Lexicon) -> None:
        self.vocabulary = Vocabulary(lexicon, actors)
        self.state_of = _states(actors)
        names = {a.id: _names(a) for a in actors}
        self.entries = tuple(_entry(r, w, n, self.vocabulary, names.get(r.subject or "", frozenset())) for r, w, n in told)
        postings: dict[str, list[int]] = defaultdict(list)
        for n, entry in enumerate(self.entries):
            for term in entry.terms:
                postings[term].append(n)
        most, count = log(max(2, len(self.entries)) / 2), max(2, len(self.entries))
        self._rows = {term: np.array(found) for term, found in postings.items()}
        self._weights = {term: min(most, log(count / len(found))) for term, found in postings.items()}
        self.total = lru_cache(maxsize=65536)(self._total)

    def weight(self, term: str) -> float:
        """The term's inverse document frequency in nats; one that no record has says less: records word things their own way."""
        return self._weights.get(term, UNKNOWN)

    def _total(self, terms: frozenset[str]) -> float:
        """The weight of all terms together; `fsum` gives the same to the last bit in whatever order a set comes."""
        weights = self._weights
        return fsum([weights.get(t, UNKNOWN) for t in terms])

    def candidates(self, terms: frozenset[str], most: int = 60) -> tuple[Entry, ...]:
        """The entries that share most with these terms, by weight, best first."""
        scores = np.zeros(len(self.entries))
        for term in sorted(terms):
            if term in self._rows:
                scores[self._rows[term]] += self._weights[term]
        met = np.flatnonzero(scores)
        best = met[np.argsort(-scores[met], kind="stable")][:most]
        return tuple(self.entries[n] for n in best.tolist())

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


def _entry(record: Record, words: str, numbers: str, vocabulary: Vocabulary, speaker: frozenset[str]) -> Entry:
    found = words.split()
    return Entry(
        record,
        frozenset(t for w in found if (t := vocabulary.term(w)) is not None),
        tuple(n.in_terms(vocabulary) for n in numbers_from(numbers)) if numbers != "[]" else (),
        frozenset(t for w in denied_words(record.says) if (t := vocabulary.term(w)) is not None),
        frozenset(found),
        speaker,
    )


@lru_cache(maxsize=4)
def index_of(evidence: Evidence) -> Index:
    """The index of what the packs tell; made when first asked for."""
    return Index(evidence.told, evidence.actors, lexicon(LANGUAGE))
