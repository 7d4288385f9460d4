"""Which packs a report is read with: those of the war in whose theatre its places lie.

Several wars may be loaded at once; actors, named periods, sides and the first day of the war are each war's own, so
a report is read with one war's packs (docs/packs.md, "Which packs a report is read with").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from dateline.evidence.store import Evidence
from dateline.text.actors import Mention, find_mentions
from dateline.types import Document, Where
from dateline.where import Gazetteer, find_places

__all__ = ["evidence_for"]

WITHIN = 2  # a town or region says more of where a report plays than the name of a country, which is often an aside (own choice)


def evidence_for(document: Document, published: date, evidence: Evidence, gazetteer: Gazetteer, language: str | None = None) -> Evidence:
    """The packs of the war that the report is about; `evidence` itself where it holds one war.

    Places of each theatre are counted, then mentions of the sides, then of anybody whom its packs know; what is still
    even goes to the war with more records. Pure: the same report and packs choose the same.
    """
    wars = evidence.wars
    if len(wars) == 1:
        return wars[0]
    language = language or document.language
    places = find_places(document.text, gazetteer, language=language, theatre=evidence.theatre)
    ahead = _highest(wars, lambda war: sum(_weight(place, war) for place in places))
    ahead = _highest(ahead, lambda war: _named(document, war, language, published, sided=True))
    ahead = _highest(ahead, lambda war: _named(document, war, language, published, sided=False))
    return _highest(ahead, lambda war: sum(pack.rows for pack in war.packs))[0]


def _highest(wars: Sequence[Evidence], score: Callable[[Evidence], int]) -> Sequence[Evidence]:
    """Those with the highest score, in the order of the packs; nothing is counted where there is but one."""
    if len(wars) == 1:
        return wars
    scores = [score(war) for war in wars]
    return [war for war, one in zip(wars, scores, strict=True) if one == max(scores)]


def _weight(where: Where, war: Evidence) -> int:
    place = where.place
    if place is None:
        return 0
    if place.id in war.theatre:
        return 1
    return WITHIN if place.country in war.theatre else 0


def _named(document: Document, war: Evidence, language: str, published: date, *, sided: bool) -> int:
    """How often the report names somebody whom the war's packs know; `sided`: who belongs to a side of it."""
    found = find_mentions(document.text, war.actors, language, published)
    return sum(_proper(document.text[m.start : m.end], m) and (not sided or m.entry.side is not None) for m in found)


def _proper(words: str, mention: Mention) -> bool:
    """True for a proper name: "the army" and "Rebels" are at hand in every war, and the packs list them in lower case."""
    plain = words.lower()
    return words != plain and not any(plain in names for names in mention.entry.names.values())
