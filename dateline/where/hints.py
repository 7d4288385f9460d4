"""What the text says of a place beside its name: "X, a town in the Y region", "X, south of Y", "Joe X"."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from dateline.where.context import LOCATIVE, TITLES, word_list
from dateline.where.fold import is_cyrillic
from dateline.where.gazetteer import Gazetteer
from dateline.where.geometry import distance_km
from dateline.where.match import Tokens
from dateline.where.mentions import STEEPNESS, Mention, Reading

__all__ = ["elsewhere", "hints"]

_HINT_WORDS = frozenset(
    "in of a an the town city village settlement hamlet suburb near capital located situated lying another regional"
    " eastern western northern southern "
    "central south north east west southeastern southwestern northeastern northwestern small frontline front line area "
    "between outside beside miles km kilometres kilometers north-east "
    "в у на із біля поблизу під неподалік південніше північніше східніше західніше возле около под севернее южнее "
    "восточнее западнее від от місто село селище смт город посёлок поселок що який та".split()
)
_OWNED = frozenset("of town city village settlement hamlet".split())


def hints(tokens: Tokens, mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """ "X, Y", "X (Y)", "X in the Y region", "X, a town in Y": readings of X inside a reading of Y gain."""
    by_first: defaultdict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        by_first[m.span.first].append(m)
    by_last: defaultdict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        by_last[m.span.last + m.span.stretch].append(m)
    for m in mentions:
        for partner in (*_partner(tokens, m, by_first), *_owner(tokens, m, by_last)):
            m.partner = True
            areas = {r.place.id: r for r in partner.readings[:6] if r.place.kind in ("country", "region", "district", "area", "peninsula")}
            for reading in m.readings:
                holder = next((a for a in gazetteer.areas_of(reading.place.id) if a in areas), None) if areas else None
                if holder:
                    reading.score += 6
                    reading.why.insert(0, f"the text puts it in {areas[holder].place.name}")
                    areas[holder].score += 1
                    _told(reading, gazetteer)
                    m.hint = holder
            if not m.hint:
                _beside(m, partner)
            m.readings.sort(key=lambda r: -r.score)
            if m.hint:
                break


def _told(reading: Reading, gazetteer: Gazetteer) -> None:
    """Between namesakes in one area: the odds go with how many accounts the packs hold of each (one is taken as given)."""
    number = gazetteer.store.number(reading.place.id)
    if number is not None and (accounts := gazetteer.store.accounts(number)):
        reading.score += math.log1p(accounts) / STEEPNESS
        reading.why.append(f"{accounts} account{'s' if accounts > 1 else ''} of it in the packs")


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
        partners = by_first.get(n, [])
        if not linked and is_cyrillic(tokens.folded[n]):  # "Веселого Запорізької області": the genitive alone links them
            partners = [p for p in partners if _is_unit(p)]
            linked = bool(partners)
        if linked and partners:
            return partners
        if tokens.folded[n] not in _HINT_WORDS:
            return []
    return []


def _owner(tokens: Tokens, m: Mention, by_last: dict[int, list[Mention]]) -> list[Mention]:
    """Areas before the name: "Zaporizhzhia Oblast's Luhove", "the Sumy region village of Luhove"."""
    n = m.span.first - 1
    words = 0
    while n >= 0 and words < 3 and tokens.folded[n] in _OWNED and tokens.adjacent(n):
        n, words = n - 1, words + 1
    if n < 0 or tokens.gap(n) not in ("'s ", "’s ") + ((" ",) if words else ()):
        return []
    return [p for p in by_last.get(n, ()) if _is_unit(p)]


def _is_unit(m: Mention) -> bool:
    """Whether a mention is a region or district with its designator ("Sumy region", "Запорізької області")."""
    return m.readings[0].place.kind in ("region", "district") and m.span.last + m.span.stretch > m.span.first


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
