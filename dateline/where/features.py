"""What the learned models see: one row of numbers for a mention, one for each of its readings.

The rules of resolve.py run first and their sums are features; the models correct them. All counts and words
are of the document at hand, so that nothing of the training text is needed at run time.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.where.context import AFTER, FACILITY, LOCATIVE, TITLES, UNITS, word_list
from dateline.where.match import Tokens, bare, readable
from dateline.where.mentions import Mention, Reading, chances, own_mass

__all__ = ["MENTION", "READING", "Beliefs", "beliefs", "mention_row", "overlaps", "reading_rows", "word_counts"]

MENTION = (
    "doubt",
    "tokens",
    "letters",
    "start",
    "upper",
    "locative",
    "the_before",
    "title",
    "first_name_before",
    "capital_before",
    "capital_after",
    "comma_capital_before",
    "comma_capital_after",
    "facility_after",
    "unit_after",
    "designator_after",
    "typed",
    "word",
    "first_name",
    "surname",
    "lower_elsewhere",
    "same",
    "same_inside",
    "hint",
    "score",
    "people",
    "kind",
    "strength",
    "bare",
    "via",
    "readings",
    "p",
    "margin",
    "inside",
    "holds",
    "rival",
    "of_before",
    "possessive",
    "lower_before",
    "lower_after",
    "prev_odds",
    "next_odds",
    "stop_before",
    "stop_after",
    "share",
    "near",
    "title_case",
    "partner",
    "abbreviation",
    "cap_run",
    "person",
    "placed",
    "loud_word",
)
READING = (
    "rule",
    "base",
    "delta",
    "people",
    "country",
    "region",
    "district",
    "settlement",
    "feature",
    "strength",
    "bare",
    "fits",
    "misfits",
    "capital",
    "hinted",
    "share",
    "near",
    "away",
    "around",
    "rank",
    "size_rank",
    "readings",
    "theatre",
    "same",
    "top_country",
    "p",
    "other_p",
    "doubt",
    "parent_named",
    "country_named",
    "child_mass",
)
_KM_A_DEGREE = 111.2
_KINDS = {"country": 0, "region": 1, "district": 2, "settlement": 3}


class Anchors:
    """The settled places of a document as columns: token, name, longitude, latitude, weight."""

    def __init__(self, rows: Sequence[tuple[int, float, float, str, float]]) -> None:
        self._names = {words: n for n, words in enumerate(dict.fromkeys(r[3] for r in rows))}
        self.token = np.array([r[0] for r in rows], dtype=np.int64)
        self.lon, self.lat = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
        self.name = np.array([self._names[r[3]] for r in rows], dtype=np.int64)
        self.weight = np.array([r[4] for r in rows])

    def kept(self, after: int, before: int, words: str) -> NDArray[np.bool_]:
        """Which stand between two tokens and bear another name."""
        kept: NDArray[np.bool_] = (self.token > after) & (self.token < before) & (self.name != self._names.get(words, -1))
        return kept


@dataclass(slots=True)
class Beliefs:
    """What the document is about, given a probability for every reading of every mention."""

    country: Counter[str]
    region: Counter[str]
    total: float
    anchors: Anchors
    names: defaultdict[str, Counter[str]]


def beliefs(mentions: Sequence[Mention], weights: Sequence[float], ps: Sequence[Sequence[float]]) -> Beliefs:
    """`weights` is how far each mention counts as a toponym, `ps` the probabilities of its readings."""
    out = Beliefs(Counter(), Counter(), 0.0, Anchors(()), defaultdict(Counter))
    anchors: list[tuple[int, float, float, str, float]] = []
    for m, weight, chance in zip(mentions, weights, ps, strict=True):
        if weight < 0.05:
            continue
        out.total += weight
        for n, (r, p) in enumerate(zip(m.readings, chance, strict=True)):
            mass = weight * p
            if mass < 0.02:
                continue
            place = r.place
            out.country[place.country or ""] += mass  # type: ignore[assignment]
            for parent in (place.id, *place.parents[:-1]):
                out.region[parent] += mass  # type: ignore[assignment]
            out.names[m.words][place.id] += mass  # type: ignore[assignment]
            if n == 0 and p > 0.5 and place.kind in ("settlement", "district", "region") and place.lat is not None:
                anchors.append((m.span.first, place.lon or 0.0, place.lat, m.words, mass))
    out.anchors = Anchors(anchors)
    return out


def word_counts(tokens: Tokens) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in lower case, and capitalised inside a sentence."""
    low: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for n, word in enumerate(tokens.folded):
        if not tokens.capital[n]:
            low[word] += 1
        elif not tokens.starts_sentence(n):
            inside[word] += 1
    return low, inside


def overlaps(mentions: Sequence[Mention]) -> list[tuple[bool, bool, float]]:
    """For each mention: lies inside a longer one, holds a shorter one, and the best doubt among those that touch it."""
    out = []
    for n, m in enumerate(mentions):
        first, last = m.span.first, m.span.last
        inside = holds = False
        rival = -9.0
        for k in (*range(n - 1, max(-1, n - 9), -1), *range(n + 1, min(len(mentions), n + 9))):
            other = mentions[k].span
            if other.first <= last and first <= other.last:
                inside |= other.first <= first and other.last >= last and (other.last - other.first) > last - first
                holds |= first <= other.first and last >= other.last and (other.last - other.first) < last - first
                rival = max(rival, mentions[k].doubt)
        out.append((inside, holds, rival))
    return out


def _run(tokens: Tokens, first: int, last: int) -> int:
    """Length of the run of capitalised words that the mention stands in."""
    a, b = first, last
    while a > 0 and tokens.capital[a - 1] and tokens.adjacent(a - 1) and b - a < 9:
        a -= 1
    while b + 1 < len(tokens) and tokens.capital[b + 1] and tokens.adjacent(b) and b - a < 9:
        b += 1
    return b - a + 1


def mention_row(
    tokens: Tokens,
    m: Mention,
    around: tuple[bool, bool, float],
    about: Beliefs,
    counts: tuple[Counter[str], Counter[str]],
    odds: tuple[dict[str, float], dict[str, float]],
    same: Counter[str],
) -> list[float]:
    """The row of MENTION for one candidate mention."""
    span, best = m.span, m.readings[0]
    first = span.first
    end = span.last + span.stretch
    joined_before, joined_after = tokens.adjacent(first - 1), tokens.adjacent(end)
    before = tokens.folded[first - 1] if first else ""
    after = tokens.folded[end + 1] if end + 1 < len(tokens) else ""
    gap_before = tokens.gap(first - 1) if first else ""
    gap_after = tokens.gap(end)
    ps = chances(m)
    top = max(range(len(ps)), key=ps.__getitem__)
    cap_before = bool(first) and tokens.capital[first - 1]
    cap_after = end + 1 < len(tokens) and tokens.capital[end + 1]
    return [
        *_spelling(tokens, m, counts, same),
        bool(m.hint),
        best.score,
        math.log10(best.place.population + 1),
        _KINDS.get(best.place.kind, 4),
        readable(best.flags),
        bare(best.flags),
        ("name", "inflected", "spelling", "demonym").index(span.via),
        len(m.readings),
        ps[top],
        ps[0] - ps[1] if len(ps) > 1 else 1.0,
        *around,
        before == "of",
        gap_after[:2] in ("'s", "’s"),
        not cap_before and joined_before,
        not cap_after and joined_after,
        odds[0].get(before, 0.0) if first else 0.0,
        odds[1].get(after, 0.0),
        0 if joined_before else 1 + ".!?".find(gap_before[:1] or " "),
        0 if joined_after else 1 + ".,!?".find(gap_after[:1] or " "),
        about.country[best.place.country or ""] / max(1.0, about.total),
        math.log1p(sum(about.region[p] for p in best.place.parents[:-1])),
        tokens.loud,
        m.partner,
        "." in m.words,
        _run(tokens, first, end),
        m.person,
        m.placed,
        len(m.words) > 2 and m.words.isupper() and not tokens.loud,
    ]


def _spelling(tokens: Tokens, m: Mention, counts: tuple[Counter[str], Counter[str]], same: Counter[str]) -> list[float]:
    """The first columns of MENTION: the words themselves, what stands beside them, which lists know them."""
    span = m.span
    first = span.first
    end = span.last + span.stretch
    word = tokens.folded[first]
    joined_before, joined_after = tokens.adjacent(first - 1), tokens.adjacent(end)
    before = tokens.folded[first - 1] if first else ""
    after = tokens.folded[end + 1] if end + 1 < len(tokens) else ""
    gap_before = tokens.gap(first - 1) if first else ""
    gap_after = tokens.gap(end)
    single = first == span.last
    start = tokens.starts_sentence(first)
    cap_before = bool(first) and tokens.capital[first - 1]
    cap_after = end + 1 < len(tokens) and tokens.capital[end + 1]
    low, inside = counts
    return [
        m.doubt,
        end - first + 1,
        len(m.words),
        start,
        m.words.isupper(),
        before in LOCATIVE and joined_before,
        before == "the",
        before in TITLES and joined_before,
        joined_before and cap_before and before in word_list("first_names"),
        joined_before and cap_before and not tokens.starts_sentence(first - 1),
        joined_after and cap_after,
        gap_before == ", " and cap_before,
        gap_after == ", " and cap_after,
        joined_after and after in FACILITY,
        joined_after and after in UNITS,
        joined_after and after in AFTER,
        _KINDS.get(span.kind or "", 5) if span.kind else -1,
        single and word in word_list("words"),
        single and word in word_list("first_names"),
        single and word in word_list("surnames"),
        min(5, low[word]) if single else 0,
        same[m.words],
        inside[word] if single else -1,
    ]


def reading_rows(
    m: Mention, about: Beliefs, ps: Sequence[float], weight: float, theatre: Sequence[str], people_rank: dict[int, int]
) -> list[list[float]]:
    """A row of READING for each reading; the mention's own weight is taken out of what the document says."""
    total = max(1.0, about.total)
    top_country = about.country.most_common(1)[0][0] if about.country else ""
    best, surest = max(r.score for r in m.readings), max(ps)
    aways, arounds = _distances(m, about)
    named = about.names[m.words]
    mine = own_mass(m.readings, [weight * p for p in ps])
    out = []
    for n, r in enumerate(m.readings):
        place, own = r.place, weight * ps[n]
        here = place.country or ""
        near = sum(max(0.0, about.region[p] - mine[p]) for p in place.parents[:-1])
        kind = _KINDS.get(place.kind, 4)
        out.append(
            [
                r.score,
                r.base,
                r.score - best,
                math.log10(place.population + 1),
                kind == 0,
                kind == 1,
                kind == 2,
                kind == 3,
                kind == 4,
                readable(r.flags),
                bare(r.flags),
                bool(m.span.kind) and place.kind == m.span.kind,
                bool(m.span.kind) and place.kind != m.span.kind,
                r.capital,
                bool(m.hint) and (m.hint in place.parents),
                max(0.0, about.country[here] - mine[here]) / total,
                math.log1p(near),
                aways[n],
                arounds[n],
                n,
                people_rank[n],
                len(m.readings),
                place.country in theatre,
                max(0.0, named[place.id] - own),
                place.country == top_country,
                ps[n],
                surest - ps[n],
                m.doubt,
                any(about.region[p] - mine[p] > 0.5 for p in place.parents[:-1]),
                math.log1p(max(0.0, about.region[here] - mine[here])),
                math.log1p(max(0.0, about.region[place.id] - mine[place.id])),
            ]
        )
    return out


def _distances(m: Mention, about: Beliefs) -> tuple[list[float], list[float]]:
    """For each reading: log distance in km to the nearest anchor within 400 words, and the mass of anchors around it
    (falling off over 100 km)."""
    anchors = about.anchors
    near = anchors.kept(m.span.first - 400, m.span.first + 400, m.words)
    lat = np.array([math.nan if r.place.lat is None else r.place.lat for r in m.readings])
    lon = np.array([r.place.lon or 0.0 for r in m.readings])
    if not near.any():
        return [10.0] * len(lat), [0.0] * len(lat)
    # On a plane: near ones are what counts.
    scale = np.cos(np.radians(lat)) * _KM_A_DEGREE
    gap = np.abs(anchors.lon[near] - lon[:, None])
    away = np.hypot(np.minimum(gap, 360 - gap) * scale[:, None], (anchors.lat[near] - lat[:, None]) * _KM_A_DEGREE)
    mass = np.where(away < 600, anchors.weight[near] * np.exp(-away / 100), 0.0).sum(axis=1)
    pointless = np.isnan(lat)
    first = np.where(pointless, 10.0, np.log1p(away.min(axis=1)))
    return first.tolist(), np.where(pointless, 0.0, np.log1p(mass)).tolist()


def people_ranks(readings: Sequence[Reading]) -> dict[int, int]:
    order = sorted(range(len(readings)), key=lambda n: -readings[n].place.population)
    return {n: rank for rank, n in enumerate(order)}
