"""A last look at findings that accuse: doubtful names, what is laid to others, what is only named in passing."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from dateline.identify.wording import in_english
from dateline.kinds.base import PASSAGE, Setting
from dateline.kinds.judging import SAME_EVENT, namesake, spelt
from dateline.types import Claim, Finding, Where
from dateline.verdict import Verdict

TOWN_FROM = 5000  # people: Ukraine counted smaller places as villages or settlements (law of 2023 on the order of places)
PASSAGE_LENGTH = 600  # characters: a paragraph or two; further on a report may have turned to something else (own choice)
PART = re.compile(
    r"\b(?:part|parts|district|quarter|microdistrict|neighbou?rhood|suburbs?|outskirts?|edges?|section|half|streets?|(?:north|south|east|west)(?:ern)?"
    r"|central|centre|center)\b",
    re.IGNORECASE,
)
POINTS = frozenset({"settlement", "facility", "island"})
SURE_PLACE = 0.8  # a reading of a name below this leaves room for another one (own choice; docs/where.md has the calibration)


def tempered(found: Finding, setting: Setting) -> Finding:
    """Nobody is accused by way of a doubtful place name, nor of what the report lays to a party."""
    if not found.verdict.accuses:
        return found
    doubtful = next((w for w in found.claim.where if len(w.candidates) > 1 and (w.candidates[0].p < SURE_PLACE or namesake(w))), None)
    if doubtful is not None:
        others = ", ".join(spelt(c.place) for c in doubtful.candidates[1:3])
        reason = f"“{doubtful.words}” may mean another place too: {others}. If it means the first: {found.reason}"
        return _left_open(found, reason, "place")
    if found.claim.kind in ("control", "advance") and _only_part(found.claim):
        return _left_open(found, f"Told of a part of the place; the records know towns only as a whole. {found.reason}", "part")
    if found.rule == "advance.far" and _outside(found.claim, setting):
        return _left_open(found, f"Outside the area of the conflict, whose holders are not on record. {found.reason}", "outside")
    if _place_before(found.claim, setting):
        return _left_open(found, f"Which place is meant stands in another sentence. {found.reason}", "antecedent")
    village = next((w.place for w in found.claim.where if w.place is not None and _told_small(w, found.claim, setting)), None)
    if village is not None:
        reason = f"Told as a village, but the place of that name that is known is a town: {spelt(village)}. {found.reason}"
        return _left_open(found, reason, "village")
    if found.claim.note == "named":
        reason = f"Named in passing, not told as done: {found.reason}"
        return _left_open(found, reason, "named")
    holder = found.claim.holder
    third_body = found.claim.kind == "figure" and holder is not None and holder.id is not None and holder.side is None
    if holder is None or third_body:
        return found
    reason = f"Laid to {holder.words or 'somebody'}; the records say otherwise: {found.reason}"
    if not found.records:
        return _left_open(found, reason, "holder")
    return dataclasses.replace(found, verdict=Verdict.DISPUTED, reason=reason, rule=f"{found.rule}+holder")


def _only_part(claim: Claim) -> bool:
    """True for "the northern edge of X", "a district of X"."""
    return PART.search(in_english(claim.text, claim.language)) is not None


def _outside(claim: Claim, setting: Setting) -> bool:
    place = claim.place()
    return place is not None and bool(setting.theatre) and place.country not in setting.theatre


def _place_before(claim: Claim, setting: Setting) -> bool:
    """True where the place is named outside the sentence, in a report of several towns: "it" may be another of them."""
    if claim.kind == "geography":  # "the town lies in …" goes on about the town that was named last
        return False
    outside = any(not claim.sentence_start <= w.start < claim.sentence_end for w in claim.where if w.place is not None)
    return outside and sum(setting.geography.place(i).kind in POINTS for i in setting.document_places) > 1


def borrowed(found: Finding) -> bool:
    """True for a misdated claim whose time was taken over from another sentence."""
    return found.verdict is Verdict.MISDATED and found.claim.when.implied and found.claim.when.basis.startswith(PASSAGE)


def unborrowed(findings: Sequence[Finding]) -> list[Finding]:
    """On a borrowed time nobody is accused, unless what lent it is misdated too and to the same days."""
    lenders = [f for f in findings if f.verdict is Verdict.MISDATED and not borrowed(f)]
    return [f if not borrowed(f) or any(_one_event(f, o) for o in lenders) else _only_borrowed(f) for f in findings]


def _one_event(found: Finding, other: Finding) -> bool:
    one, two = found.happened, other.happened
    if one is None or two is None or one.start is None or two.start is None:
        return False
    return abs(found.claim.start - other.claim.start) <= PASSAGE_LENGTH and abs((one.start - two.start).days) <= SAME_EVENT


def _only_borrowed(found: Finding) -> Finding:
    return _left_open(found, f"Dated only by another sentence of its passage. {found.reason}", "passage")


def _left_open(found: Finding, reason: str, why: str) -> Finding:
    """Unverified, and without the date and place that only the dropped reading gave."""
    return dataclasses.replace(
        found,
        verdict=Verdict.UNVERIFIED,
        reason=reason,
        rule=f"{found.rule}+{why}",
        happened=None,
        off_by_days=None,
        off_by_km=None,
        before_publication_days=None,
    )


def _told_small(where: Where, claim: Claim, setting: Setting) -> bool:
    """True for "the village of X" where the X that was found is a town: its namesake is in no gazetteer."""
    small = "|".join(sorted(setting.lexicon.words("geography", "small")))
    name = re.escape(where.words)
    told = re.search(rf"\b(?:{small})s?\s+(?:of\s+)?{name}\b|\b{name}\s+(?:{small})\b", claim.sentence)
    return told is not None and where.place is not None and where.place.population >= TOWN_FROM
