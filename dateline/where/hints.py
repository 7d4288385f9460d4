"""What the text says of a place beside its name: "X, a town in the Y region", "X, south of Y", "Joe X"."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from dateline.where.context import LOCATIVE, TITLES, word_list
from dateline.where.gazetteer import Gazetteer
from dateline.where.geometry import distance_km
from dateline.where.match import Tokens
from dateline.where.mentions import Mention

__all__ = ["elsewhere", "hints"]

_HINT_WORDS = frozenset(
    "in of a an the town city village settlement hamlet suburb near capital located situated lying another regional"
    " eastern western northern southern "
    "central south north east west southeastern southwestern northeastern northwestern small frontline front line area "
    "between outside beside miles km kilometres kilometers north-east "
    "в у на із біля поблизу під неподалік південніше північніше східніше західніше возле около под севернее южнее "
    "восточнее западнее від от місто село селище смт город посёлок поселок що який та".split()
)


def hints(tokens: Tokens, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """ "X, Y", "X (Y)", "X in the Y region", "X, a town in Y": readings of X inside a reading of Y gain."""
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
    """ "X, south of Y", "X near Y": readings of X close to the likeliest town Y gain."""
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


def elsewhere(tokens: Tokens, mentions: list[Mention]) -> None:
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
