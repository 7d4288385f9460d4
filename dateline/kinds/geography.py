"""Geography: in which region, on which bank, shore or river, which way and how far. Answered from geometry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.kinds.base import Answers, Setting
from dateline.kinds.front import judge_front
from dateline.kinds.judging import finding, namesake, no_place, spelt, unverified
from dateline.kinds.relations import SITES
from dateline.kinds.rivers import judge_separates
from dateline.kinds.sited import find
from dateline.kinds.siting import Measured, measure
from dateline.types import Claim, Finding, Place, Question, Record, Where
from dateline.verdict import Verdict
from dateline.where import open_gazetteer

__all__ = ["ask", "find", "judge", "name", "predicates"]

name = "geography"
predicates = (
    "in",
    "part",
    "on-bank",
    "on-river",
    "at-sea",
    "direction",
    "distance",
    "near",
    "between",
    "across",
    "border",
    "borders",
    "front",
    "rank",
    "population",
    "separates",
)

ALONE = frozenset({"population", "front"})  # relations that name no second place
AWAY = frozenset({"direction", "distance", "near", "between"})  # relations that only nearness tells a namesake by
MOVED = frozenset({"in", "part", "at-sea", "direction"})  # wrong container or direction is misplaced, other relations are refuted
TOWN_FROM = 5000  # people: of smaller places the gazetteer lacks many, so a namesake may be meant (as in dateline.tempering)
DENSE = 600  # places known in a region from which on few of its villages can be missing (Kherson: 627 of 658)
BEFORE_WAR = re.compile(r"\b(?:pre-?war|before the (?:[\w-]+ )?(?:war|invasion|attack))", re.IGNORECASE)


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    if claim.predicate in ("separates", "front"):
        return (Question(f"{claim.id}:held", "control", ("held",), within=setting.theatre, on=claim.when.end_max),)
    return ()


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if claim.predicate == "separates":
        return judge_separates(claim, answers["held"], setting)
    subjects = [w for w in claim.where if w.role == "place" and w.place is not None]
    others = [w.place for w in claim.where if w.role != "place" and w.place is not None]
    if not subjects or len(subjects) + len(others) < len(claim.where) or (claim.predicate not in ALONE and not others):
        return unverified(claim, "no-place", no_place(claim), setting)
    if claim.predicate == "part" and others and others[0].kind == "country" and others[0].id not in setting.theatre:
        return unverified(claim, "wide", "Parts of countries that are not at war are not measured.", setting)
    if claim.predicate == "front":
        return judge_front(claim, answers["held"], setting)
    measured = [_settled(claim, w, tuple(others), setting) for w in subjects]
    wrong = [m for m in measured if m.true is False]
    if wrong and (len(measured) == 1 or _fits(claim, tuple(others), setting) < len(measured)):
        return _wrong(claim, wrong[0], setting)
    records = [_record(w.place, m.says) for w, m in zip(subjects, measured, strict=True) if w.place is not None]
    if wrong or not all(m.true for m in measured):
        open_ones = [m for m in measured if not m.true]
        return unverified(claim, open_ones[0].how or "unknown", open_ones[0].says, setting, records=records)
    other = next((o for w in subjects if (o := namesake(w)) is not None), None) if claim.predicate == "in" else None
    if other is not None:
        reason = f"{measured[0].says} The larger {spelt(other)} does not, and nothing else tells which is meant."
        return unverified(claim, "namesake", reason, setting, records=records)
    reason = " ".join(m.says for m in measured)
    return finding(claim, Verdict.SUPPORTED, _rule(claim, measured[0]), reason, setting, records=records, place=subjects[0].place)


def _fits(claim: Claim, others: tuple[Place, ...], setting: Setting) -> int:
    """Of how many settlements that the report names the relation is not false: with fewer than told, all cannot be meant."""
    named = [p for p in map(open_gazetteer().get, setting.document_places) if p is not None and p.kind == "settlement"]
    return sum(measure(claim.predicate, claim.note, p, others, open_gazetteer()).true is not False for p in named)


def _elsewhere(claim: Claim, measured: Measured) -> bool:
    """True for a wrong container or direction, also of "the capital of Y" (DESIGN.md section 2, Order of precedence)."""
    return measured.how == "contains" or (claim.predicate in MOVED and measured.how != "distance")


def _settled_name(where: Where, claim: Claim) -> Where:
    """The name with the one reading that is left; what "the town" means stands where the claim says so, for all others were tried."""
    sure = replace(where, candidates=where.candidates[:1])
    return replace(sure, start=claim.start, end=claim.start) if where.end <= claim.sentence_start else sure


def _rule(claim: Claim, measured: Measured) -> str:
    return {"in": "contains", "on-bank": "bank"}.get(claim.predicate, measured.how or claim.predicate)


def _settled(claim: Claim, where: Where, others: tuple[Place, ...], setting: Setting) -> Measured:
    """The relation for the place as read; false only if it is false of all that the name, or "the town", may mean."""
    gazetteer = open_gazetteer()
    assert where.place is not None
    first = measure(claim.predicate, claim.note, where.place, others, gazetteer)
    if first.true is not False:
        return first
    if first.how == "below" and not BEFORE_WAR.search(claim.sentence):
        return replace(first, true=None, how="now")  # wars empty towns
    alone = sum(w.role == "place" for w in claim.where) == 1
    if alone and where.end <= claim.sentence_start:  # "the town", "it", "there"
        for other in (gazetteer.get(p) for p in setting.document_places):
            if other is not None and other.kind == where.place.kind and measure(claim.predicate, claim.note, other, others, gazetteer).true:
                return Measured(None, f"{first.says} It holds of {other.name}, which the report names as well.", how="which")
    if any(w.role == "container" and w.end <= claim.sentence_start for w in claim.where):  # "east of the city"
        for other in (gazetteer.get(p) for p in setting.document_places):
            if other is not None and other.kind == "settlement" and other.id not in (where.place.id, others[0].id):
                again = measure(claim.predicate, claim.note, where.place, (other, *others[1:]), gazetteer)
                if again.true is not False and again.how != "far":
                    return Measured(None, f"{first.says} But {other.name} may be meant.", how="which")
    meant = {c.place.id: c.place for c in where.candidates} | {p.id: p for p in gazetteer.lookup(where.words)}
    for other in (p for p in meant.values() if p.kind == where.place.kind or {p.kind, where.place.kind} <= SITES):
        again = measure(claim.predicate, claim.note, other, others, gazetteer)
        if again.true is not False and again.how != "far":
            return Measured(
                None, f"“{where.words}” may mean another place: {spelt(other)}. If it means the first: {first.says}", how="place"
            )
    small = where.place.kind == "settlement" and where.place.population < TOWN_FROM
    container = others[0] if others and claim.predicate in ("in", "part", "rank") else None
    if small and alone and claim.predicate in AWAY and first.how != "turned":  # as far off as told: it is that village
        return Measured(None, f"{first.says} Villages have namesakes that the gazetteer does not know.", how="village")
    if small and alone and container is not None and len(gazetteer.points_in(container.id)) < DENSE:
        return Measured(None, f"{first.says} Not all villages of {container.name} are known, so another may be meant.", how="village")
    return first


def _wrong(claim: Claim, measured: Measured, setting: Setting) -> Finding:
    """What is false of every reading of the name: other readings are left out of the finding, they change nothing."""
    verdict = {"above": Verdict.OVERSTATED, "below": Verdict.UNDERSTATED}.get(
        measured.how, Verdict.MISPLACED if _elsewhere(claim, measured) else Verdict.REFUTED
    )
    inner = claim.place("place")
    assert inner is not None
    sure = replace(claim, where=tuple(_settled_name(w, claim) for w in claim.where))
    return finding(
        sure,
        verdict,
        _rule(claim, measured),
        measured.says,
        setting,
        records=[_record(inner, measured.says)],
        place=measured.place if verdict is Verdict.MISPLACED else None,
        off_by_km=_rounded(measured.km),
    )


def _rounded(km: float | None) -> float | None:
    return None if km is None else round(km, 1)


def _record(place: Place, says: str) -> Record:
    """The gazetteer as a source: what it says of the place, under its own licence."""
    known = place.id.startswith("geonames:")
    number = place.id.partition(":")[2]
    return Record(
        id=place.id,
        pack="gazetteer",
        resource="gazetteer",
        kind="place",
        predicate="fact",
        subject=place.name,
        side=None,
        place_id=place.id,
        place_name=place.name,
        lat=place.lat,
        lon=place.lon,
        start_min=None,
        start_max=None,
        end_min=None,
        end_max=None,
        known_from=None,
        value_low=None,
        value_best=None,
        value_high=None,
        unit=None,
        population=None,
        counting_from=None,
        issuer=None,
        says=says,
        source="GeoNames" if known else "Dateline gazetteer",
        source_date=None,
        url=f"https://www.geonames.org/{number}" if known else "",
        publisher="GeoNames" if known else "Dateline",
        source_class="encyclopaedia",
        family="geonames" if known else "dateline",
        licence="CC-BY-4.0",
    )
