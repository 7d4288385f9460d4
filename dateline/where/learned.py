"""The learned reader: the rules' mentions and readings, weighed anew by boosted trees.

One model says which runs of words are toponyms; a second ranks their readings twice, the second time knowing
what the first believed of the whole document. Text in Cyrillic is left to the rules: the corpora are English.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import GazetteerError
from dateline.where.features import (
    MENTION,
    READING,
    Beliefs,
    beliefs,
    mention_row,
    overlaps,
    people_ranks,
    reading_rows,
    word_counts,
)
from dateline.where.match import Tokens
from dateline.where.mentions import Mention, chances
from dateline.where.trees import Trees, load

__all__ = ["MODELS", "Learned", "Read", "calibrated", "chosen", "open_models", "prepare", "softmax"]

MODELS = Path(__file__).parent / "models"
_SUREST = 0.999  # a probability of one has no odds
_RANKED = 0.08  # mentions below this weight are not ranked: they would never be kept


@dataclass(slots=True)
class Read:
    """A document on its way through the models."""

    tokens: Tokens
    mentions: list[Mention]
    local: list[list[float]]
    about: Beliefs
    counts: tuple[Counter[str], Counter[str]]
    around: list[tuple[bool, bool, float]]
    same: Counter[str]
    theatre: tuple[str, ...] = ()


def prepare(tokens: Tokens, mentions: list[Mention], theatre: Sequence[str] = ()) -> Read:
    """What both models need of a document, from the rules' first pass."""
    mentions = sorted((m for m in mentions if m.doubt > -6.5), key=lambda m: (m.span.first, m.span.last))
    local = [chances(m) for m in mentions]
    weights = [1 / (1 + math.exp(-1.2 * m.doubt)) for m in mentions]
    return Read(
        tokens,
        mentions,
        local,
        beliefs(mentions, weights, local),
        word_counts(tokens),
        overlaps(mentions),
        Counter(m.words for m in mentions),
        tuple(theatre),
    )


def mention_rows(read: Read, odds: tuple[dict[str, float], dict[str, float]]) -> list[list[float]]:
    return [
        mention_row(read.tokens, m, a, read.about, read.counts, odds, read.same) for m, a in zip(read.mentions, read.around, strict=True)
    ]


def chosen(read: Read, weights: Sequence[float], threshold: float) -> list[int]:
    """The mentions kept: above the threshold, likeliest first where they overlap."""
    out: list[int] = []
    taken: set[int] = set()
    for n in sorted((n for n, w in enumerate(weights) if w >= threshold), key=lambda n: (-weights[n], n)):
        span = read.mentions[n].span
        held = set(range(span.first, span.last + span.stretch + 1))
        if not held & taken:
            taken |= held
            out.append(n)
    return sorted(out)


def softmax(scores: Sequence[float], steepness: float) -> list[float]:
    top = max(scores)
    raw = [math.exp(steepness * (s - top)) for s in scores]
    total = sum(raw)
    return [x / total for x in raw]


def calibrated(ps: list[float], curve: Mapping[str, float]) -> list[float]:
    """The probabilities as often as they proved right on text that the ranker had not seen; what is left is "none of these".

    A logistic curve over the odds of the top reading, and one rate for names with a single reading, which says
    how often the place meant is not in the gazetteer. Order stays.
    """
    top = min(max(ps), _SUREST)
    new = curve["single"] if len(ps) == 1 else 1 / (1 + math.exp(-curve["slope"] * math.log(top / (1 - top)) - curve["shift"]))
    others = new / top if new <= top else (1 - new) / (1 - top)
    best = ps.index(max(ps))
    return [new if n == best else p * others for n, p in enumerate(ps)]


class Learned:
    """The models of a folder, ready to weigh a document."""

    def __init__(self, models: dict[str, Trees], meta: dict[str, Any]) -> None:
        self.models, self.meta = models, meta
        self.odds: tuple[dict[str, float], dict[str, float]] = (meta["odds"]["before"], meta["odds"]["after"])

    def weights(self, read: Read) -> list[float]:
        """For each mention the probability that it is a toponym."""
        if not read.mentions:
            return []
        rows = np.asarray(mention_rows(read, self.odds), dtype=np.float32)
        return [float(x) for x in 1 / (1 + np.exp(-self.models["mention"].raw(rows)))]

    def read(self, tokens: Tokens, mentions: list[Mention], theatre: Sequence[str]) -> list[Mention]:
        """The mentions kept, in text order, their readings sorted and given probabilities."""
        read = prepare(tokens, mentions, theatre)
        weights = self.weights(read)
        ps = self.rank(read, weights)
        kept = [read.mentions[n] for n in chosen(read, weights, self.meta["threshold"])]
        for m, p in zip(read.mentions, ps, strict=True):
            order = sorted(range(len(p)), key=lambda n: -p[n])
            m.readings, m.ps = [m.readings[n] for n in order], [p[n] for n in order]
        return kept

    def rank(self, read: Read, weights: Sequence[float]) -> list[list[float]]:
        """For each mention the probabilities of its readings, after both stages."""
        about = beliefs(read.mentions, weights, read.local)
        ps = self._stage("first", read, weights, read.local, about)
        ps = self._stage("second", read, weights, ps, beliefs(read.mentions, weights, ps))
        curve = self.meta.get("calibration")
        return [calibrated(p, curve) for p in ps] if curve else ps

    def _stage(self, name: str, read: Read, weights: Sequence[float], ps: Sequence[list[float]], about: Beliefs) -> list[list[float]]:
        rows: list[list[float]] = []
        for m, w, p in zip(read.mentions, weights, ps, strict=True):
            if w >= _RANKED and len(p) > 1:
                rows += reading_rows(m, about, p, w, read.theatre, people_ranks(m.readings))
        scores = self.models[name].raw(np.asarray(rows, dtype=np.float32)) if rows else np.zeros(0)
        out, at = [], 0
        for w, p in zip(weights, ps, strict=True):
            if w >= _RANKED and len(p) > 1:
                out.append(softmax([float(s) for s in scores[at : at + len(p)]], self.meta["steepness"][name]))
                at += len(p)
            else:
                out.append(list(p))
        return out


@lru_cache(maxsize=2)
def open_models(folder: str | Path | None = None) -> Learned:
    """The models shipped with Dateline; GazetteerError with the mend when they are not there."""
    try:
        models, meta = load(Path(folder) if folder else MODELS)
        if meta["columns"] != [list(MENTION), list(READING)]:
            raise ValueError("trained on other columns")
        return Learned(models, meta)
    except (OSError, ValueError, KeyError) as damage:
        raise GazetteerError("the place models are missing or damaged: make them with `python scripts/train_where.py`") from damage
