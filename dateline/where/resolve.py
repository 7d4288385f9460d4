"""Which of the known runs are toponyms here, and which place each one means.

Two passes. The first reads every name by itself (how it is written, what stands beside it, how large the
places of that name are); the second lets the document speak: hints such as "X, a town in the Y region",
the countries and regions the text is about, and one sense for a name throughout unless a hint says otherwise.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from dateline.types import Candidate, Where
from dateline.where.context import FACILITY, LOCATIVE, TITLES, UNITS, word_list
from dateline.where.fold import fold, is_cyrillic
from dateline.where.gazetteer import Gazetteer
from dateline.where.geometry import nearest_within
from dateline.where.hints import elsewhere, hints
from dateline.where.match import Tokens, bare, readable, spans, tokenise, typed
from dateline.where.mentions import Mention, chances, demonym_spans, own_mass, read_span

__all__ = ["find_places", "first_pass"]

_KEPT = 8  # candidates shown with a toponym
_ABSTAIN = 0.5  # issue 4: below it nothing has decided
_ACCEPT = 0.0
_WINDOW = 12  # mentions on either side whose places count as near: about a page, and keeps the work linear
# "Курської операції": an adjective made of a name is no toponym; towns whose own name is an adjective are.
_ADJECTIVE = re.compile(r"(?:с|ц)ь?к(?:ого|ому|им|ім|ий|ій|ої|ою|і|их|ими|ая|ой|ую|ое|ые|ие|ых)$")
_ADJECTIVE_NAME = re.compile(r"(?:ий|ый|ая|ое|е|а)(?: |$)")


def find_places(
    text: str, gazetteer: Gazetteer, *, language: str = "en", theatre: Sequence[str] = (), reader: Literal["rules", "learned"] = "rules"
) -> tuple[Where, ...]:
    """Toponyms of the whole text, in its order, each with its candidates; `place` is None while nothing decides.

    `theatre` holds country ids whose places are likelier than elsewhere: the countries a conflict is about.
    `reader` "learned" weighs the rules' findings by models trained on English news (docs/where.md); Cyrillic text is
    always read by the rules.
    """
    del language  # the script and the words around a name decide; kept because callers know it
    tokens, mentions = first_pass(text, gazetteer, theatre)
    if reader == "learned" and not is_cyrillic(text[:2000]):
        from dateline.where.learned import open_models

        return tuple(_where(tokens, m, gazetteer) for m in open_models().read(tokens, mentions, theatre))
    kept = _choose(mentions)
    _document(kept, theatre)
    return tuple(_where(tokens, m, gazetteer) for m in kept)


def first_pass(text: str, gazetteer: Gazetteer, theatre: Sequence[str] = ()) -> tuple[Tokens, list[Mention]]:
    """Every run of words that could be a toponym, with its readings, hints and doubt; overlapping ones included."""
    tokens = tokenise(text)
    found = spans(tokens, gazetteer)
    typed(tokens, found)
    found += [replace(s, stretch=0) for s in found if s.stretch]
    found += demonym_spans(tokens, gazetteer)
    made = (m for s in found if (m := read_span(tokens, s, gazetteer, theatre)))
    mentions = list({(m.span.first, m.span.last + m.span.stretch): m for m in sorted(made, key=lambda m: -m.span.stretch)}.values())
    mentions.sort(key=lambda m: (m.span.first, -m.span.last, -m.span.stretch))
    hints(tokens, mentions, gazetteer)
    elsewhere(tokens, mentions)
    for mention in mentions:
        mention.doubt = _doubt(tokens, mention, theatre)
    return tokens, mentions


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
    elif (
        before
        and tokens.capital[first - 1]
        and not tokens.quiet
        and tokens.gap(first - 1) == " "
        and not tokens.starts_sentence(first - 1)
        and best.kind != "country"
        and before not in LOCATIVE
    ):
        score -= 1.5 + readable(m.readings[0].flags) + (1.5 if theatre and best.country not in theatre else 0.0)
    if _after_initial(tokens, first):
        score -= 3.0
    capital_after = after and tokens.capital[last + 1] and not tokens.quiet
    if capital_after and tokens.gap(last) == " " and not span.stretch and best.kind not in ("country", "region"):
        score -= 0.5 if after in FACILITY else 1.8
    if after in UNITS and not span.kind:
        score -= 6.0
    if tokens.quiet:
        score -= 2.5 if len(m.words) > 4 and best.kind != "district" else 6.0
    if m.person and not m.placed and not span.kind and best.kind != "country":
        score -= 2.0
    if start and single and word in tokens.lower and not span.kind:
        score -= 3.0  # the text writes the word in lower case too: it is no name
    if start and not span.kind:
        score -= 0.6
        if is_cyrillic(word) and single and best.kind == "settlement" and best.population < 50_000 and span.via != "name":
            score -= 2.0
    if is_cyrillic(word) and not span.kind and _ADJECTIVE.search(word) and not _ADJECTIVE_NAME.search(fold(best.local_name or "")):
        score -= 6.0
    return score


def _after_initial(tokens: Tokens, first: int) -> bool:
    """ "Frederick W. Kagan": the name follows a capitalised word and an initial with its full stop."""
    if first < 2 or len(tokens.words[first - 1]) != 1 or tokens.gap(first - 1) != ". ":
        return False
    return tokens.capital[first - 1] and tokens.capital[first - 2] and tokens.gap(first - 2) == " "


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


def _nearby(kept: list[Mention]) -> None:
    """Readings close to the settled towns of the text gain: a village beside the town that the report is about."""
    fixed = [
        (m, r.place)
        for m in kept
        for r in [max(m.readings, key=lambda r: r.score)]
        if max(chances(m)) > 0.8 and r.place.lat is not None and r.place.kind == "settlement"
    ]
    at = {id(m): n for n, (m, _) in enumerate(fixed)}
    last = 0
    for m in kept:
        last = at.get(id(m), last)
        if len(m.readings) < 2:
            continue
        near = fixed[max(0, last - _WINDOW) : last + _WINDOW]
        anchors = {(p.lon or 0.0, p.lat or 0.0): None for other, p in near if other.words != m.words}
        for r in m.readings:
            if r.place.lat is None or r.place.lon is None or r.place.kind != "settlement" or not anchors:
                continue
            away = nearest_within((r.place.lon, r.place.lat), anchors, 100)  # km: a day's reporting area
            if away is not None:
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


def _where(tokens: Tokens, m: Mention, gazetteer: Gazetteer) -> Where:
    ps = m.ps or chances(m)
    best = m.readings[0]
    best.why += [f"called so until {f.until}" for f in gazetteer.former_names(best.place.id) if f.matches(m.words)]
    candidates = tuple(
        Candidate(r.place, round(p, 3), "; ".join(dict.fromkeys(r.why))) for r, p in list(zip(m.readings, ps, strict=True))[:_KEPT]
    )
    place = m.readings[0].place if ps[0] >= _ABSTAIN else None
    start = tokens.start[m.span.first]
    return Where(m.words, start, start + len(m.words), place, candidates)
