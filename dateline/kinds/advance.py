"""Advance: crossed, reached, approached, pushed on; how far and how fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.kinds.base import Answers, Setting, draft, time_of
from dateline.kinds.judging import (
    Held,
    at,
    finding,
    holders,
    overlaps,
    spell,
    spell_when,
    unverified,
    windows,
)
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Actor, Claim, Finding, Place, Question, Record
from dateline.verdict import Verdict

name = "advance"
predicates = ("foothold", "advanced", "towards", "crossed", "approached", "reached", "bypassed", "encircled", "surprised")

RAPID_KM = 15.0  # in a month: between the 8 km gained all summer of 2023 and the 60 km of a week in September 2022
RIVER_KM = 25.0  # a record belongs to a crossing if it lies this near the river: a corps' depth (own choice)
NEAR_KM = 40.0  # "approaching": within tube artillery of it, the longest of which reaches 40 km (own choice)
FAR_KM = 60.0  # and beyond half as much again it is not approached; between the two nobody is accused (own choice)
SURE_FAMILIES = 2  # independent families that must place a side somewhere: single maps flicker
BETWEEN_PLACES = 10  # places of others on record nearer to the goal, before they say anything (own choice)
BETWEEN_SHARE = 0.9  # and the share of them among all nearer ones: single maps flicker (own choice)
Point = tuple[float, float]  # longitude, latitude
DONE = ("crossed", "foothold", "pushed", "reached")


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Claims of movement in one clause."""
    words = reading.lexicon.words
    verb = f"{clause.lemma} off" if clause.oblique("off") is not None else clause.lemma
    if verb in words("advance", "evaluations") or clause.lemma in words("advance", "evaluations"):
        yield draft(
            clause,
            reading,
            name,
            "surprised",
            time_of(clause, reading, "event"),
            who=reading.actor(clause.actor, clause.sentence),
            note="evaluation",
            label="Taken by surprise",
        )
        return
    if clause.form == "nominal":
        return
    light = clause.patient if clause.patient is not None and clause.patient.lemma in words("advance", "advance_nouns") else None
    if clause.patient is not None and clause.patient.lemma in words("advance", "foothold"):
        yield from _movement(clause, reading, "foothold", clause.patient)
    elif light is not None:
        yield from _movement(clause, reading, "advanced", light)
    elif clause.lemma in words("advance", "cross"):
        yield from _movement(clause, reading, "crossed", clause.patient)
    elif clause.lemma in words("advance", "bypass"):
        yield from _movement(clause, reading, "bypassed", clause.patient)
    elif clause.lemma in words("advance", "encircle"):
        yield from _movement(clause, reading, "encircled", clause.patient)
    elif clause.is_one_of(words("advance", "approach")) and _targets(clause, reading):
        yield from _movement(clause, reading, "approached", _targets(clause, reading))
    elif clause.lemma in words("advance", "reach"):
        yield from _movement(clause, reading, "reached", clause.patient)
    elif clause.lemma in words("advance", "advance") and clause.patient is None:
        goal = clause.oblique("towards", "toward", "on")
        towards = any(p.place and p.place.kind == "settlement" for p in reading.places_of(goal, clause.sentence))
        yield from _movement(clause, reading, "towards" if towards else "advanced", goal if towards else None)


def _targets(clause: Clause, reading: Reading) -> Phrase | None:
    """What is approached; a verb of motion counts only with a goal ("heading for Crimea")."""
    if clause.lemma in ("head", "march", "close"):
        return clause.oblique("for", "toward", "towards", "on", "to")
    return clause.patient


def _movement(clause: Clause, reading: Reading, predicate: str, goal: Phrase | None) -> Iterable[Claim]:
    who = reading.actor(clause.actor, clause.sentence)
    if who is None or (who.side is None and who.id is None):
        return
    if clause.actor is not None and clause.actor.lemma in reading.lexicon.words("advance", "machines"):
        return
    places = reading.places_of(goal, clause.sentence)
    if not places:
        places = tuple(
            p
            for prep in ("across", "into", "over", "toward", "towards", "in", "on", "to", "from", "near", "at")
            for p in reading.places_of(clause.oblique(prep), clause.sentence)
        )
    if not places and "there" in clause.particles:
        places = tuple(p for p in reading.places if p.end <= clause.start and p.place is not None)[-1:]
    if predicate == "reached" and not places:
        return
    lemmas = set(clause.lemmas())
    degree = "rapid" if lemmas & reading.lexicon.words("degree", "rapid") else None
    across = predicate == "advanced" and any(reading.document.text[p.start - 12 : p.start].lower().find("across") >= 0 for p in places)
    where = tuple(p.as_role("place") for p in places[:1])
    named = where[0].place.name if where and where[0].place else ""
    yield draft(
        clause,
        reading,
        name,
        "crossed" if across else predicate,
        time_of(clause, reading, "event"),
        where=where,
        who=who,
        degree=degree,
        label=f"{LABELS[predicate]} {named}".strip(),
        note="" if where else "no place is named",
    )


LABELS = {
    "foothold": "Foothold at",
    "advanced": "Advance",
    "crossed": "Crossing of",
    "approached": "Approach to",
    "towards": "Push towards",
    "reached": "Arrival at",
    "bypassed": "Bypass",
    "encircled": "Encirclement of",
}


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    place, side = claim.place(), claim.who.side if claim.who else None
    if claim.predicate == "surprised" or place is None or side is None:
        return ()
    asked = [Question(f"{claim.id}:moves", "advance", (), sides=(side,))]
    if claim.predicate in ("approached", "reached", "towards"):
        asked.append(Question(f"{claim.id}:target", "control", ("held",), places=(place.id,), within=(place.id,)))
        asked.append(
            Question(f"{claim.id}:front", "control", ("held",), within=setting.theatre, on=claim.when.end_max or setting.published)
        )
    return tuple(asked)


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if claim.predicate == "surprised":
        return finding(claim, Verdict.NOT_CHECKABLE, "evaluation", "An evaluation of how the other side took it.", setting)
    place = claim.place()
    if place is None or claim.who is None or claim.who.side is None:
        return unverified(claim, "no-place", "No place and side are named together that could be looked up.", setting)
    if claim.predicate in ("approached", "towards"):
        return _judge_approach(claim, answers, place, claim.who, setting)
    near = [r for r in answers["moves"] if r.predicate in DONE and _concerns(r, place, setting)]
    return _judge_moves(claim, near, place, setting)


def _concerns(record: Record, place: Place, setting: Setting) -> bool:
    if record.place_id == place.id:
        return True
    if record.place_id is None:
        return False
    if place.kind in ("river", "reservoir"):
        distance = setting.geography.near_river_km(record.place_id, place.id)
        return distance is not None and distance <= RIVER_KM
    return bool(setting.geography.contains(place.id, record.place_id))


def _judge_moves(claim: Claim, near: Sequence[Record], place: Place, setting: Setting) -> Finding:
    what = f"{claim.label or place.name}"
    standing = [r for r in near if overlaps(claim.when, r.start_min, r.end_max or r.start_max)]
    if not standing:
        return unverified(
            claim, "no-record", f"{what}: no record of it {at(claim.when)}, and silence refutes nothing.", setting, records=near[-3:]
        )
    first = windows(standing)[0]
    if claim.degree != "rapid":
        return finding(
            claim,
            Verdict.SUPPORTED,
            "in-time",
            f"{what}: on record for {spell(first.start, first.end)}.",
            setting,
            records=standing,
            window=first,
            place=place,
        )
    depths = [r.value_high or r.value_best for r in standing if r.unit == "km" and (r.value_high or r.value_best) is not None]
    if not depths:
        return unverified(claim, "no-depth", f"{what}: on record, but not how far it went.", setting, records=standing)
    deepest = max(d for d in depths if d is not None)
    if deepest >= RAPID_KM:
        return finding(
            claim,
            Verdict.SUPPORTED,
            "rapid",
            f"{what}: {deepest:g} km deep on record.",
            setting,
            records=standing,
            window=first,
            place=place,
        )
    return finding(
        claim,
        Verdict.OVERSTATED,
        "not-rapid",
        f"{what}: the records give a depth of {deepest:g} km at most; “rapid” is read as {RAPID_KM:g} km or more in a month.",
        setting,
        records=standing,
        window=first,
        place=place,
    )


def _judge_approach(claim: Claim, answers: Answers, place: Place, who: Actor, setting: Setting) -> Finding:
    """Refuted only where its nearest place is far off and what lies between is on record as held by others."""
    what = f"{setting.called(who)} {'approaching' if claim.predicate == 'approached' else 'moving towards'} {place.name}"
    moves = [
        r
        for r in answers["moves"]
        if r.predicate in DONE and _concerns(r, place, setting) and overlaps(claim.when, r.start_min, r.start_max)
    ]
    if moves:
        return finding(claim, Verdict.SUPPORTED, "in-time", f"{what}: on record.", setting, records=moves, place=place)
    goal = setting.geography.points_in(place.id) or _point(place)
    within = {r.place_id for r in answers["target"]}
    front = [
        h
        for h in holders(answers["front"], claim.when.end_max or setting.published)
        if h.record.lat is not None and h.record.place_id not in within
    ]
    measured = _measured(front, goal)
    sure = [(km, h) for km, h in measured if h.record.side == who.side and h.families >= SURE_FAMILIES]
    if not sure:
        return unverified(claim, "front-unknown", f"{what}: no place in its hands is on record for {spell_when(claim.when)}.", setting)
    nearest_km, nearest = sure[0][0], sure[0][1].record
    told = f"the nearest place on record in its hands was {nearest.place_name}, {nearest_km:.0f} km away"
    between = [h.record for km, h in measured if km < nearest_km]
    others = [r for r in between if r.side != who.side]
    if nearest_km <= (NEAR_KM if claim.predicate == "approached" else FAR_KM):
        return finding(claim, Verdict.SUPPORTED, "near", f"{what}: {told}.", setting, records=[nearest], place=place)
    if claim.predicate == "towards" or nearest_km < FAR_KM or len(others) < BETWEEN_PLACES or len(others) < BETWEEN_SHARE * len(between):
        return unverified(
            claim,
            "front-unknown",
            f"{what}: {told}; what lies between is not settled by the records.",
            setting,
            records=[nearest, *others[:5]],
        )
    return finding(
        claim,
        Verdict.REFUTED,
        "far",
        f"{what}: {told}, and {len(others)} of {len(between)} places on record between were held by the other side.",
        setting,
        records=[nearest, *others[:5]],
        off_by_km=round(nearest_km, 1),
        place=place,
    )


def _point(place: Place) -> tuple[Point, ...]:
    return ((place.lon, place.lat),) if place.lat is not None and place.lon is not None else ()


def _measured(front: Sequence[Held], goal: Sequence[Point]) -> list[tuple[float, Held]]:
    """Places held that day, nearest to the goal first, in km."""
    from dateline.where.beside import distances_km

    if not front or not goal:
        return []
    km = distances_km([(h.record.lon or 0.0, h.record.lat or 0.0) for h in front], goal)
    return sorted(zip(km.tolist(), front, strict=True), key=lambda pair: (pair[0], pair[1].record.id))
