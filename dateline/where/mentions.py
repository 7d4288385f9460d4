"""What a run of words could mean: its readings in the gazetteer, each with a score of its own and what speaks for it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.types import Place
from dateline.where.context import ADJACENT, CROSSING, demonyms
from dateline.where.fold import is_cyrillic
from dateline.where.gazetteer import Gazetteer
from dateline.where.match import Span, Tokens, bare, readable
from dateline.where.store import TITLE

__all__ = ["STEEPNESS", "Mention", "Reading", "chances", "country_number", "demonym_spans", "own_mass", "read_span"]

_WEIGHED = 40  # candidates weighed; the rest of a very common name is far smaller
_PRIOR = {
    "country": 8.5,
    "region": 6.0,
    "district": 2.5,
    "river": 6.2,
    "sea": 6.5,
    "peninsula": 6.0,
    "area": 6.0,
    "island": 5.0,
    "reservoir": 5.0,
    "facility": 5.5,
}
_STRENGTH = (0.0, 0.2, 1.2, 1.6)
STEEPNESS = 1.4  # of the probabilities over the scores: read off the dev reports
_UNKNOWN = 200  # people: what a village of unstated size counts as; GeoNames states most above 500


@dataclass(slots=True)
class Reading:
    """One place that a mention could mean, with its score so far and what speaks for it."""

    place: Place
    flags: int
    score: float
    base: float = 0.0
    capital: bool = False
    why: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Mention:
    span: Span
    words: str
    readings: list[Reading]
    doubt: float = 0.0
    hint: str = ""
    partner: bool = False
    person: int = 0
    placed: int = 0
    ps: list[float] = field(default_factory=list)


def chances(m: Mention) -> list[float]:
    """The probabilities of the readings, from their scores."""
    top = max(r.score for r in m.readings)
    raw = [math.exp(STEEPNESS * (r.score - top)) for r in m.readings]
    total = sum(raw)
    return [x / total for x in raw]


def own_mass(readings: Sequence[Reading], ps: Sequence[float]) -> Counter[str]:
    """What a mention itself adds to each country and unit: taken out again before the document speaks to it."""
    out: Counter[str] = Counter()
    for r, p in zip(readings, ps, strict=True):
        for area in (r.place.id, *r.place.parents):
            out[area] += p  # type: ignore[assignment]
        if not r.place.parents or r.place.parents[-1] != r.place.country:
            out[r.place.country or ""] += p if r.place.country != r.place.id else 0  # type: ignore[assignment]
    return out


def demonym_spans(tokens: Tokens, gazetteer: Gazetteer) -> list[Span]:
    """ "Russian territory", "the Ukrainian border": a demonym names its country only before such a noun."""
    out = []
    for n in range(len(tokens) - 1):
        if tokens.folded[n + 1] in ADJACENT and tokens.capital[n] and tokens.adjacent(n):
            code = demonyms().get(tokens.folded[n])
            number = country_number(gazetteer, code) if code else None
            if number is not None:
                out.append(Span(n, n + 1, [(number, 0)], "demonym", "country"))
    return out


def country_number(gazetteer: Gazetteer, code: str) -> int | None:
    """The place number of a country by its ISO code, or of any place by its id."""
    if ":" in code:
        return gazetteer.store.number(code)
    for number, _ in gazetteer.store.find("!" + code):
        return number
    return None


def read_span(tokens: Tokens, span: Span, gazetteer: Gazetteer, theatre: Sequence[str] = ()) -> Mention | None:
    """The readings of one span, best first; None when its context rules all of them out."""
    place = gazetteer.store.place
    single = is_cyrillic(tokens.folded[span.first])
    readings = []
    for n, flags in span.postings[: _WEIGHED * 3]:
        if bare(flags) and single and span.kind not in ("region", "district"):
            continue
        reading = _reading(place(n), flags, span, theatre, single)
        if reading.place.population > 100_000 and gazetteer.store.is_capital(n):
            reading.score += 1.0
            reading.capital = True
            reading.why[0] = "capital"
        readings.append(reading)
    if span.kind and span.kind != "settlement":
        fitting = [r for r in readings if r.place.kind == span.kind]
        if fitting:
            readings = fitting if span.kind in ("region", "district", "river") else readings
        else:
            span.stretch = 0
            span.kind = None
    if not readings:
        return None
    readings.sort(key=lambda r: -r.score)
    end = tokens.end[span.last + span.stretch]
    if readings[0].flags & TITLE and tokens.text[end : end + 1] == ".":
        end += 1
    mention = Mention(span, tokens.text[tokens.start[span.first] : end], readings[:_WEIGHED])
    _river_or_city(tokens, mention)
    return mention


def _reading(place: Place, flags: int, span: Span, theatre: Sequence[str], single: bool) -> Reading:
    prior = _PRIOR.get(place.kind)
    score = prior if prior is not None else 1.2 * math.log10((place.population or _UNKNOWN) + 30)
    strength = readable(flags)
    exonym = strength == 2 and single and place.country not in theatre and not place.local_name
    score -= (0.3 if exonym else _STRENGTH[strength]) + (0.8 if span.via == "spelling" else 0.2 if span.via == "inflected" else 0.0)
    why = [_size(place)]
    if bare(flags) and span.kind not in ("region", "district"):
        score -= 2.5
    if span.kind:
        if place.kind == span.kind:
            score += 4
            why.insert(0, f"named as a {span.kind}")
        elif span.kind == "settlement":
            score -= 4
    if place.country in theatre:
        score += 2.5
        why.append("in the area of the conflict")
    elif theatre and place.country is None and place.kind in ("river", "sea", "reservoir"):
        score += 1.2  # our own list of waters was drawn for the regions at war
    return Reading(place, flags, score, score, why=why)


def _size(place: Place) -> str:
    return f"{place.kind}, {place.population:,} people" if place.kind == "settlement" and place.population else place.kind


def _river_or_city(tokens: Tokens, mention: Mention) -> None:
    """ "the Dnipro", "across the Dnipro" is the river; "in Dnipro" is the city."""
    span = mention.span
    if span.kind or not any(r.place.kind == "river" for r in mention.readings):
        return
    if span.first and tokens.folded[span.first - 1] == "the" and tokens.adjacent(span.first - 1):
        says = "written with the article"
    elif any(w in CROSSING for w in tokens.folded[max(0, span.first - 3) : span.first]):
        says = "bank, crossing or water beside it"
    else:
        return
    for reading in mention.readings:
        if reading.place.kind == "river":
            reading.score += 6
            reading.why.insert(0, says)
    mention.readings.sort(key=lambda r: -r.score)
