"""Training of the place models: rows from documents, LightGBM, and the cross-fitted two-stage ranker.

Used by scripts/train_where.py (the shipped models) and by dateline.eval.where (leave one corpus out, 70/30).
LightGBM is a development dependency; nothing here is imported when a report is checked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dateline.eval.corpora import Document, Toponym
from dateline.eval.swap import sentences, swapped
from dateline.where import Gazetteer
from dateline.where.features import MENTION, READING, beliefs, people_ranks, reading_rows
from dateline.where.geometry import distance_km
from dateline.where.learned import Learned, Read, chosen, mention_rows, prepare, softmax
from dateline.where.mentions import Mention
from dateline.where.resolve import first_pass
from dateline.where.trees import Trees, export

__all__ = ["Item", "items", "train"]

SEED = 20261122
_TREES: dict[str, dict[str, float]] = {
    "mention": {
        "num_leaves": 31,
        "learning_rate": 0.07,
        "min_data_in_leaf": 20,
        "feature_fraction": 0.6,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 2.0,
    },
    "ranker": {
        "num_leaves": 24,
        "learning_rate": 0.07,
        "min_data_in_leaf": 30,
        "feature_fraction": 0.7,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 2.0,
    },
}
_ROUNDS = {"mention": 220, "ranker": 130}


@dataclass(slots=True)
class Item:
    """A document with its mentions, which of them are gold, and which reading is right (-1: none).

    `exact` is the reading with the gold id (-1: no reading has it), None for what is not gold or has no id.
    """

    document: Document
    read: Read
    gold: list[bool] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    exact: list[int | None] = field(default_factory=list)
    weight: float = 1.0


def items(documents: Iterable[Document], gazetteer: Gazetteer, *, copies: bool, seed: int = SEED) -> list[Item]:
    """The documents read by the rules; with `copies` also place-swapped ones and single sentences."""
    out = []
    for n, document in enumerate(documents):
        out.append(_item(document, gazetteer, (), 1.0))
        if not copies:
            continue
        copy, country, new = swapped(document, gazetteer, seed)
        if new:
            out.append(_item(copy, gazetteer, country if n % 2 else (), 0.7))
        for short in sentences(document, seed, 0.12):
            out.append(_item(short, gazetteer, (), 0.5))
        if new and n % 3 == 0:
            for short in sentences(copy, seed, 0.12):
                out.append(_item(short, gazetteer, country if n % 2 else (), 0.5))
    return out


def _item(document: Document, gazetteer: Gazetteer, theatre: Sequence[str], weight: float) -> Item:
    read = prepare(*first_pass(document.text, gazetteer, theatre), theatre)
    spans = {(t.start, t.end): t for t in document.toponyms if not t.demonym}
    item = Item(document, read, weight=weight)
    for m in read.mentions:
        start = read.tokens.start[m.span.first]
        t = spans.get((start, start + len(m.words)))
        item.gold.append(t is not None)
        item.right.append(_right(m, t, gazetteer) if t else -1)
        item.exact.append(_exact(m, t.id, gazetteer) if t and t.id else None)
    return item


def _right(m: Mention, t: Toponym, gazetteer: Gazetteer) -> int:
    """The reading with the gold id; for gold without an id the one nearest to its point, within 25 km."""
    for n, r in enumerate(m.readings):
        if t.id == r.place.id:
            return n
    if t.id and gazetteer.get(t.id):
        return -1
    if t.lat is None or t.lon is None:
        return -1
    best, at = 25.0, -1
    for n, r in enumerate(m.readings):
        if r.place.lat is not None and r.place.lon is not None:
            d = distance_km((r.place.lon, r.place.lat), (t.lon, t.lat))
            if d < best:
                best, at = d, n
    return at


def _exact(m: Mention, place_id: str, gazetteer: Gazetteer) -> int:
    gold = gazetteer.get(place_id)
    return next((n for n, r in enumerate(m.readings) if r.place.id in (place_id, gold and gold.id)), -1)


def _odds(rows: Sequence[Item]) -> tuple[dict[str, float], dict[str, float]]:
    """Log odds of a toponym after and before each word seen 12 times or more beside a candidate."""
    out: list[dict[str, float]] = []
    for side in (-1, 1):
        yes: Counter[str] = Counter()
        no: Counter[str] = Counter()
        for item in rows:
            tokens = item.read.tokens
            for m, gold in zip(item.read.mentions, item.gold, strict=True):
                n = m.span.first - 1 if side < 0 else m.span.last + m.span.stretch + 1
                if 0 <= n < len(tokens):
                    (yes if gold else no)[tokens.folded[n]] += 1
        base = math.log((sum(yes.values()) + 1) / (sum(no.values()) + 1))
        out.append(
            {w: round(math.log((yes[w] + 2) / (no[w] + 2)) - base, 2) for w in sorted(yes | no) if yes[w] + no[w] >= 12 and w.isalpha()}
        )
    return out[0], out[1]


def _fit(kind: str, rows: list[list[float]], labels: list[int], weights: list[float], groups: list[int] | None, seed: int) -> Any:
    import lightgbm as lgb

    params = _TREES[kind] | {
        "objective": "binary" if kind == "mention" else "lambdarank",
        "num_threads": 1,
        "seed": seed,
        "deterministic": True,
        "verbose": -1,
        "force_row_wise": True,
    }
    if kind == "ranker":
        params["lambdarank_truncation_level"] = 5
    data = lgb.Dataset(np.asarray(rows, dtype=np.float32), label=np.asarray(labels), weight=np.asarray(weights), group=groups)
    return lgb.train(params, data, num_boost_round=_ROUNDS[kind])


def _trees(booster: Any) -> Trees:
    return Trees(export(booster.dump_model()))


def _mention_model(rows: list[Item], odds: tuple[dict[str, float], dict[str, float]], seed: int) -> Any:
    x: list[list[float]] = []
    y: list[int] = []
    w: list[float] = []
    for item in rows:
        x += mention_rows(item.read, odds)
        y += [int(g) for g in item.gold]
        w += [item.weight] * len(item.gold)
    assert all(len(r) == len(MENTION) for r in x[:1])
    return _fit("mention", x, y, w, None, seed)


def _ranker(rows: list[Item], weights: list[list[float]], ps: list[list[list[float]]], seed: int) -> Any:
    x: list[list[float]] = []
    y: list[int] = []
    w: list[float] = []
    groups: list[int] = []
    for item, ws, pp in zip(rows, weights, ps, strict=True):
        about = beliefs(item.read.mentions, ws, pp)
        for m, right, weight, p in zip(item.read.mentions, item.right, ws, pp, strict=True):
            if right < 0 or len(p) < 2:
                continue
            x += reading_rows(m, about, p, max(weight, 0.3), item.read.theatre, people_ranks(m.readings))
            y += [int(n == right) for n in range(len(p))]
            w += [item.weight] * len(p)
            groups.append(len(p))
    assert all(len(r) == len(READING) for r in x[:1])
    return _fit("ranker", x, y, w, groups, seed)


def _steepness(rows: list[Item], ps_raw: list[list[list[float]]]) -> float:
    """The softmax steepness with the least log loss on cross-fitted scores."""

    def loss(k: float) -> float:
        total = 0.0
        for item, scores in zip(rows, ps_raw, strict=True):
            for right, s in zip(item.right, scores, strict=True):
                if right >= 0 and len(s) > 1:
                    total -= math.log(max(1e-6, softmax(s, k)[right]))
        return total

    return min((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.8, 2.2), key=loss)


def calibration(rows: list[Item], ps: list[list[list[float]]]) -> dict[str, float]:
    """The curve for `learned.calibrated`, by logistic regression (Newton) on cross-fitted probabilities of unaltered documents."""
    tops: list[tuple[float, float]] = []
    single = [1.0, 2.0]  # one right, one wrong: a rate of one is never claimed
    for item, doc in zip(rows, ps, strict=True):
        for exact, p in zip(item.exact, doc, strict=True):
            if exact is None or item.weight < 1:
                continue
            best = max(range(len(p)), key=p.__getitem__)
            if len(p) == 1:
                single[0], single[1] = single[0] + (exact == best), single[1] + 1
            else:
                top = min(p[best], 0.999)  # as in learned.calibrated
                tops.append((math.log(top / (1 - top)), float(exact == best)))
    x = np.column_stack([[t for t, _ in tops], np.ones(len(tops))])
    y = np.array([r for _, r in tops])
    at = np.array([1.0, 0.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ at))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 1e-3 * np.eye(2), x.T @ (y - p))
        at = at + step / max(1.0, float(np.abs(step).max()))  # steps of one at most: far off the curve is flat
    return {"slope": round(float(at[0]), 4), "shift": round(float(at[1]), 4), "single": round(single[0] / single[1], 4)}


def _raw(booster: Trees, item: Item, ws: list[float], pp: list[list[float]]) -> list[list[float]]:
    about = beliefs(item.read.mentions, ws, pp)
    out = []
    for m, w, p in zip(item.read.mentions, ws, pp, strict=True):
        if len(p) < 2:
            out.append([0.0] * len(p))
            continue
        rows = reading_rows(m, about, p, w, item.read.theatre, people_ranks(m.readings))
        out.append([float(s) for s in booster.raw(np.asarray(rows, dtype=np.float32))])
    return out


def train(rows: list[Item], seed: int = SEED) -> tuple[Learned, dict[str, Any]]:
    """The models and what is stored of them; two folds by document keep each stage honest about the one before."""
    odds = _odds(rows)
    fold = [hash_fold(item.document) for item in rows]
    weights: list[list[float]] = [[] for _ in rows]
    boosters: dict[str, Any] = {}
    for f in (0, 1):
        other = [i for i, k in zip(rows, fold, strict=True) if k != f]
        half_odds = _odds(other)
        model = Learned(
            {"mention": _trees(_mention_model(other, half_odds, seed))}, {"odds": {"before": half_odds[0], "after": half_odds[1]}}
        )
        for n, item in enumerate(rows):
            if fold[n] == f:
                weights[n] = model.weights(item.read)
    boosters["mention"] = _mention_model(rows, odds, seed)
    ps = [item.read.local for item in rows]
    steepness = {}
    for stage in ("first", "second"):
        halves = {f: _trees(_ranker(*_pick(rows, weights, ps, [k != f for k in fold]), seed)) for f in (0, 1)}
        raw = [_raw(halves[k], item, w, p) for item, w, p, k in zip(rows, weights, ps, fold, strict=True)]
        steepness[stage] = _steepness(rows, raw)
        boosters[stage] = _ranker(rows, weights, ps, seed)
        ps = [[softmax(s, steepness[stage]) if len(s) > 1 else [1.0] * len(s) for s in doc] for doc in raw]
    threshold = _threshold(rows, weights)
    meta = {
        "odds": {"before": odds[0], "after": odds[1]},
        "steepness": steepness,
        "calibration": calibration(rows, ps),
        "threshold": threshold,
        "seed": seed,
        "columns": [list(MENTION), list(READING)],
    }
    return Learned({k: _trees(b) for k, b in boosters.items()}, meta), {k: export(b.dump_model()) for k, b in boosters.items()}


def _pick(
    rows: list[Item], weights: list[list[float]], ps: list[list[list[float]]], keep: list[bool]
) -> tuple[list[Item], list[list[float]], list[list[list[float]]]]:
    return (
        [r for r, k in zip(rows, keep, strict=True) if k],
        [w for w, k in zip(weights, keep, strict=True) if k],
        [p for p, k in zip(ps, keep, strict=True) if k],
    )


def hash_fold(document: Document) -> int:
    """0 or 1 by the document's text, so that copies of a document mostly share a fold; the same on every machine."""
    return sum(map(ord, document.text[:40])) % 2


def _threshold(rows: list[Item], weights: list[list[float]]) -> float:
    """The lowest threshold within half a point of the best F1, on cross-fitted weights of the unaltered documents.

    F1 is flat over a wide range there, and a toponym that is missed cannot be resolved.
    """
    curve: dict[float, float] = {}
    for step in range(15, 60, 5):
        t = step / 100
        hit = out = gold = 0
        for item, ws in zip(rows, weights, strict=True):
            if item.weight < 1:
                continue
            kept = chosen(item.read, ws, t)
            hit += sum(item.gold[n] for n in kept)
            out += len(kept)
            gold += sum(not g.demonym for g in item.document.toponyms)
        curve[t] = 2 * hit / max(1, out + gold)
    return min(t for t, f1 in curve.items() if f1 >= max(curve.values()) - 0.005)
