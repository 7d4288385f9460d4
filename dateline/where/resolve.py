"""Which of the known runs are toponyms here, and which place each one means.

Two passes. The first reads every name by itself (how it is written, what stands beside it, how large the
places of that name are); the second lets the document speak: hints such as "X, a town in the Y region",
the countries and regions the text is about, and one sense for a name throughout unless a hint says otherwise.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dateline.types import Candidate, Place, Where
from dateline.where.context import ADJACENT, CROSSING, FACILITY, LOCATIVE, TITLES, UNITS, demonyms, word_list
from dateline.where.fold import fold, is_cyrillic
from dateline.where.gazetteer import Gazetteer
from dateline.where.geometry import distance_km
from dateline.where.match import Span, Tokens, bare, readable, spans, tokenise, typed
from dateline.where.store import TITLE

__all__ = ["Mention", "Reading", "chances", "find_places", "first_pass", "own_mass", "read_span"]

_KEPT = 8  # candidates shown with a toponym
_WEIGHED = 40  # candidates weighed; the rest of a very common name is far smaller
_ABSTAIN = 0.5  # issue 4: below it nothing has decided
_PRIOR = {"country": 8.5, "region": 6.0, "district": 2.5, "river": 6.2, "sea": 6.5, "peninsula": 6.0, "area": 6.0, "island": 5.0, "reservoir": 5.0, "facility": 5.5}
_STRENGTH = (0.0, 0.2, 1.2, 1.6)
_ACCEPT = 0.0
_UNKNOWN = 200  # people: what a village of unstated size counts as; GeoNames states most above 500
_WINDOW = 12  # mentions on either side whose places count as near: about a page, and keeps the work linear
# "Курської операції": an adjective made of a name is no toponym; towns whose own name is an adjective are.
_ADJECTIVE = re.compile(r"(?:с|ц)ь?к(?:ого|ому|им|ім|ий|ій|ої|ою|і|их|ими|ая|ой|ую|ое|ые|ие|ых)$")
_ADJECTIVE_NAME = re.compile(r"(?:ий|ый|ая|ое|е|а)(?: |$)")


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


def find_places(text: str, gazetteer: Gazetteer, *, language: str = "en", theatre: Sequence[str] = (),
                reader: Literal["rules", "learned"] = "rules") -> tuple[Where, ...]:
    """Toponyms of the whole text, in its order, each with its candidates; `place` is None while nothing decides.

    `theatre` holds country ids whose places are likelier than elsewhere: the countries a conflict is about.
    `reader` "learned" weighs the rules' findings by models trained on English news (docs/where.md); Cyrillic text is
    always read by the rules.
    """
    del language  # the script and the words around a name decide; kept because callers know it
    tokens, mentions = first_pass(text, gazetteer, theatre)
    if reader == "learned" and not is_cyrillic(text[:2000]):
        from dateline.where.learned import open_models

        return tuple(_where(tokens, m) for m in open_models().read(tokens, mentions, theatre))
    kept = _choose(mentions)
    _document(kept, theatre)
    return tuple(_where(tokens, m) for m in kept)


def first_pass(text: str, gazetteer: Gazetteer, theatre: Sequence[str] = ()) -> tuple[Tokens, list[Mention]]:
    """Every run of words that could be a toponym, with its readings, hints and doubt; overlapping ones included."""
    tokens = tokenise(text)
    found = spans(tokens, gazetteer)
    typed(tokens, found)
    found += [replace(s, stretch=0) for s in found if s.stretch]
    found += _demonym_spans(tokens, gazetteer)
    made = (m for s in found if (m := _mention(tokens, s, gazetteer, theatre)))
    mentions = list({(m.span.first, m.span.last + m.span.stretch): m for m in sorted(made, key=lambda m: -m.span.stretch)}.values())
    mentions.sort(key=lambda m: (m.span.first, -m.span.last, -m.span.stretch))
    _hints(tokens, mentions, gazetteer)
    _elsewhere(tokens, mentions)
    for mention in mentions:
        mention.doubt = _doubt(tokens, mention, theatre)
    return tokens, mentions


def _demonym_spans(tokens: Tokens, gazetteer: Gazetteer) -> list[Span]:
    """"Russian territory", "the Ukrainian border": a demonym names its country only before such a noun."""
    out = []
    for n in range(len(tokens) - 1):
        if tokens.folded[n + 1] in ADJACENT and tokens.capital[n] and tokens.adjacent(n):
            code = demonyms().get(tokens.folded[n])
            number = _country(gazetteer, code) if code else None
            if number is not None:
                out.append(Span(n, n + 1, [(number, 0)], "demonym", "country"))
    return out


def _country(gazetteer: Gazetteer, code: str) -> int | None:
    for number, _ in gazetteer.store.find("!" + code):
        return number
    return None


def _elsewhere(tokens: Tokens, mentions: list[Mention]) -> None:
    """How often the text uses each name as a person's ("Joe Trapani" makes every "Trapani" one) and as a place's ("in X")."""
    people: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for m in mentions:
        n = m.span.first - 1
        if n < 0 or not tokens.adjacent(n):
            continue
        before = tokens.folded[n]
        if before in LOCATIVE:
            places[m.words] += 1
        elif before in TITLES or (tokens.capital[n] and tokens.gap(n) == " " and before in word_list("first_names")):
            people[m.words] += 1
    for m in mentions:
        m.person, m.placed = people[m.words], places[m.words]


def read_span(tokens: Tokens, span: Span, gazetteer: Gazetteer, theatre: Sequence[str] = ()) -> Mention | None:
    """The readings of one span that is known to be a toponym."""
    return _mention(tokens, span, gazetteer, theatre)


def _mention(tokens: Tokens, span: Span, gazetteer: Gazetteer, theatre: Sequence[str]) -> Mention | None:
    place = gazetteer.store.place
    single = is_cyrillic(tokens.folded[span.first])
    readings = []
    for n, flags in span.postings[:_WEIGHED * 3]:
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
    if readings[0].flags & TITLE and tokens.text[end:end + 1] == ".":
        end += 1
    mention = Mention(span, tokens.text[tokens.start[span.first]:end], readings[:_WEIGHED])
    _river_or_city(tokens, mention)
    return mention


def _reading(place: Place, flags: int, span: Span, theatre: Sequence[str], single: bool) -> Reading:
    prior = _PRIOR.get(place.kind)
    score = prior if prior is not None else 1.2 * math.log10((place.population or _UNKNOWN) + 30)
    exonym = readable(flags) == 2 and single and place.country not in theatre and not place.local_name
    score -= (0.3 if exonym else _STRENGTH[readable(flags)]) + (0.8 if span.via == "spelling" else 0.2 if span.via == "inflected" else 0.0)
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
    """"the Dnipro", "across the Dnipro" is the river; "in Dnipro" is the city."""
    span = mention.span
    if span.kind or not any(r.place.kind == "river" for r in mention.readings):
        return
    if span.first and tokens.folded[span.first - 1] == "the" and tokens.adjacent(span.first - 1):
        says = "written with the article"
    elif any(w in CROSSING for w in tokens.folded[max(0, span.first - 3):span.first]):
        says = "bank, crossing or water beside it"
    else:
        return
    for reading in mention.readings:
        if reading.place.kind == "river":
            reading.score += 6
            reading.why.insert(0, says)
    mention.readings.sort(key=lambda r: -r.score)


_HINT_WORDS = frozenset("in of a an the town city village settlement hamlet suburb near capital located situated lying another regional eastern western northern southern "
                        "central south north east west southeastern southwestern northeastern northwestern small frontline front line area "
                        "between outside beside miles km kilometres kilometers north-east "
                        "в у на із біля поблизу під неподалік південніше північніше східніше західніше возле около под севернее южнее восточнее западнее від от місто село селище смт город посёлок поселок що який та".split())


def _hints(tokens: Tokens, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """"X, Y", "X (Y)", "X in the Y region", "X, a town in Y": readings of X inside a reading of Y gain."""
    by_first: defaultdict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        by_first[m.span.first].append(m)
    for m in mentions:
        for partner in _partner(tokens, m, by_first):
            m.partner = True
            areas = {r.place.id: r for r in partner.readings[:6] if r.place.kind in ("country", "region", "district", "area", "peninsula")}
            for reading in m.readings:
                holder = next((a for a in gazetteer.areas_of(reading.place.id) if a in areas), None) if areas else None
                if holder:
                    reading.score += 6
                    reading.why.insert(0, f"the text puts it in {areas[holder].place.name}")
                    areas[holder].score += 1
                    m.hint = holder
            if not m.hint:
                _beside(m, partner)
            m.readings.sort(key=lambda r: -r.score)
            if m.hint:
                break


def _beside(m: Mention, partner: Mention) -> None:
    """"X, south of Y", "X near Y": readings of X close to the likeliest town Y gain."""
    town = partner.readings[0].place
    if town.kind != "settlement" or town.lat is None or town.lon is None or len(m.readings) < 2:
        return
    for r in m.readings:
        if r.place.kind == "settlement" and r.place.lat is not None and r.place.lon is not None and r.place.id != town.id:
            away = distance_km((r.place.lon, r.place.lat), (town.lon, town.lat))
            if away < 100:
                r.score += 4.0 * math.exp(-away / 25)
                r.why.insert(0, f"{away:.0f} km from {town.name}, which the text names beside it")


def _partner(tokens: Tokens, m: Mention, by_first: dict[int, list[Mention]]) -> list[Mention]:
    """Mentions that follow within a few words, the words between being of the kind that link a place to its area."""
    n = m.span.last + m.span.stretch
    for _ in range(10):
        gap = tokens.gap(n)
        if n + 1 >= len(tokens) or gap.strip(" ,(\n\u00a0") != "" or gap.count("\n") > 1:
            return []
        linked = gap.strip() in (",", "(") or n > m.span.last + m.span.stretch
        n += 1
        if linked and by_first.get(n):
            return by_first[n]
        if tokens.folded[n] not in _HINT_WORDS:
            return []
    return []


def _doubt(tokens: Tokens, m: Mention, theatre: Sequence[str]) -> float:
    """How much speaks for a toponym here, above 0 in favour: a sum of weights set by hand on the dev reports."""
    span, best = m.span, m.readings[0].place
    first, last = span.first, span.last
    word = tokens.folded[first]
    single = first == last
    score = _weight(m, theatre) + (0.0 if single else 1.0)
    before = tokens.folded[first - 1] if tokens.adjacent(first - 1) else ""
    after = tokens.folded[last + 1] if tokens.adjacent(last) else ""
    start = tokens.starts_sentence(first)
    if before in LOCATIVE or (before == "the" and first > 1 and tokens.folded[first - 2] in LOCATIVE):
        score += 1.2
    if span.kind:
        score += 2.5
    if m.hint:
        score += 3.5
    if single and word in word_list("words"):
        score -= 5.0
    if single and word in word_list("first_names") and best.kind != "country":
        score -= 2.0
    if single and word in word_list("surnames"):
        score -= 1.0
    if before in TITLES or (before and tokens.folded[first - 1] in word_list("first_names") and tokens.capital[first - 1]):
        score -= 3.0
    elif before and tokens.capital[first - 1] and tokens.gap(first - 1) == " " and not tokens.starts_sentence(first - 1) and best.kind != "country" and before not in LOCATIVE:
        score -= 1.5 + readable(m.readings[0].flags)
    if after and tokens.capital[last + 1] and tokens.gap(last) == " " and not span.stretch and best.kind not in ("country", "region"):
        score -= 0.5 if after in FACILITY else 1.8
    if after in UNITS and not span.kind:
        score -= 6.0
    if m.person and not m.placed and not span.kind and best.kind != "country":
        score -= 2.0
    if start and not span.kind:
        score -= 0.6
        if is_cyrillic(word) and single and best.kind == "settlement" and best.population < 50_000 and span.via != "name":
            score -= 2.0
    if is_cyrillic(word) and not span.kind and _ADJECTIVE.search(word) and not _ADJECTIVE_NAME.search(fold(best.local_name or "")):
        score -= 6.0
    return score


def _weight(m: Mention, theatre: Sequence[str]) -> float:
    best = m.readings[0]
    place = best.place
    if place.kind in ("country", "region"):
        score = 3.0 - (2.0 if bare(best.flags) and not m.span.kind else 0.0)
    elif place.kind == "settlement":
        score = (math.log10((place.population or 800) + 30) - 4.2) * 0.9  # 4.2: about 15,000 people, the size where chance hits balance
    else:
        score = 2.0 if place.id.startswith("dateline:") else 0.0
    if place.country in theatre:
        score += 1.8
    score += (0.5, 0.4, -0.6, -0.6)[readable(best.flags)]
    return score - (1.2 if m.span.via == "spelling" else 0.0)


def _choose(mentions: list[Mention]) -> list[Mention]:
    """The toponyms: those above the threshold, longest first where they overlap; a name accepted once is known."""
    known = Counter(m.words for m in mentions if m.doubt > _ACCEPT + 1)
    out: list[Mention] = []
    taken = -1
    for m in sorted(mentions, key=lambda m: (m.span.first, -(m.span.last + m.span.stretch))):
        sure = m.doubt + (0.8 if known[m.words] > (m.doubt > _ACCEPT + 1) else 0.0)
        if m.span.first > taken and sure > _ACCEPT:
            out.append(m)
            taken = m.span.last + m.span.stretch
    return out


def _document(kept: list[Mention], theatre: Sequence[str]) -> None:
    """Second pass: what the document is about, and one sense for a name."""
    country: Counter[str] = Counter()
    region: Counter[str] = Counter()
    for m in kept:
        for reading, p in zip(m.readings, chances(m), strict=True):
            if p > 0.05:
                country[reading.place.country or ""] += p  # type: ignore[assignment]
                for parent in (reading.place.id, *reading.place.parents[:-1]):
                    region[parent] += p  # type: ignore[assignment]
    total = max(1.0, sum(country.values()))
    for m in kept:
        own = own_mass(m.readings, chances(m))
        for r in m.readings:
            share = max(0.0, country[r.place.country or ""] - own[r.place.country or ""]) / total
            near = sum(max(0.0, region[p] - own[p]) for p in r.place.parents[:-1])
            r.score += 2.0 * share + min(2.0, 0.8 * math.log1p(max(0.0, near)))
            if near > 1 and r.place.kind == "settlement":
                r.why.append("near other places of the text")
    _nearby(kept)
    _one_sense(kept)


def own_mass(readings: Sequence[Reading], ps: Sequence[float]) -> Counter[str]:
    """What a mention itself adds to each country and unit: taken out again before the document speaks to it."""
    out: Counter[str] = Counter()
    for r, p in zip(readings, ps, strict=True):
        for area in (r.place.id, *r.place.parents):
            out[area] += p  # type: ignore[assignment]
        if not r.place.parents or r.place.parents[-1] != r.place.country:
            out[r.place.country or ""] += p if r.place.country != r.place.id else 0  # type: ignore[assignment]
    return out


def _nearby(kept: list[Mention]) -> None:
    """Readings close to the settled towns of the text gain: a village beside the town that the report is about."""
    fixed = [(m, r.place) for m in kept for r in [max(m.readings, key=lambda r: r.score)]
             if max(chances(m)) > 0.8 and r.place.lat is not None and r.place.kind == "settlement"]
    at = {id(m): n for n, (m, _) in enumerate(fixed)}
    last = 0
    for m in kept:
        last = at.get(id(m), last)
        if len(m.readings) < 2:
            continue
        near = fixed[max(0, last - _WINDOW):last + _WINDOW]
        anchors = {p.id: (p.lon or 0.0, p.lat or 0.0) for other, p in near if other.words != m.words}
        for r in m.readings:
            if r.place.lat is None or r.place.lon is None or r.place.kind != "settlement" or not anchors:
                continue
            away = min(distance_km((r.place.lon, r.place.lat), a) for a in anchors.values())
            if away < 100:  # km: a day's reporting area
                r.score += 2.2 * math.exp(-away / 35)
                r.why.append(f"{away:.0f} km from another place of the text")


def _one_sense(kept: list[Mention]) -> None:
    hinted: dict[str, str] = {}
    for m in kept:
        m.readings.sort(key=lambda r: -r.score)
        if m.hint and m.readings:
            hinted.setdefault(m.words, m.readings[0].place.id)
    for m in kept:
        sense = hinted.get(m.words)
        if sense and not m.hint and not m.span.kind:
            for r in m.readings:
                if r.place.id == sense:
                    r.score += 4
                    r.why.insert(0, "the text says elsewhere which one it is")
            m.readings.sort(key=lambda r: -r.score)


def chances(m: Mention) -> list[float]:
    """The probabilities of the readings, from their scores."""
    top = max(r.score for r in m.readings)
    raw = [math.exp(1.4 * (r.score - top)) for r in m.readings]  # 1.4: steepness read off the dev reports
    total = sum(raw)
    return [x / total for x in raw]


def _where(tokens: Tokens, m: Mention) -> Where:
    ps = m.ps or chances(m)
    candidates = tuple(Candidate(r.place, round(p, 3), "; ".join(dict.fromkeys(r.why)))
                       for r, p in list(zip(m.readings, ps, strict=True))[:_KEPT])
    place = m.readings[0].place if ps[0] >= _ABSTAIN else None
    start = tokens.start[m.span.first]
    return Where(m.words, start, start + len(m.words), place, candidates)
