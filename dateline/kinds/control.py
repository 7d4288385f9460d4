"""Control: who took, holds, lost or annexed a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from dateline.evidence.control import state_on
from dateline.kinds.annexed import ask_annexed, judge_annexed
from dateline.kinds.areas import (
    already_held,
    changes,
    covering,
    firm,
    judge_area,
    judge_area_held,
    of_site,
    swapped,
    unchanged,
    within,
)
from dateline.kinds.base import Answers, Setting, draft, main_place, named, time_of
from dateline.kinds.judging import (
    LAG,
    at,
    finding,
    judge_event,
    no_place,
    spell,
    spelt,
    unverified,
    windows,
)
from dateline.kinds.objects import beside_verb, listed_with, narrowed, objects, of_place, parse_lost, placeless, renames
from dateline.kinds.order import ask_order, find_order, judge_order
from dateline.kinds.quantity import quantity_of
from dateline.kinds.takings import (
    among_them,
    completed,
    enters,
    falls,
    flies_over,
    group,
    loses,
    meant_by_it,
    owns,
    passes,
    right_before,
    said_of,
    surrendered,
    takes,
    town_meant,
    with_speaker,
)
from dateline.text.clauses import phrase_at
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Actor, Claim, Finding, Place, Question, Record, Where
from dateline.verdict import Verdict
from dateline.when import implied_recent
from dateline.where import open_gazetteer
from dateline.where.ground import town_of

name = "control"
predicates = ("took", "held", "lost", "annexed", "order")

SITE_KM = 8.0  # a plant or air base shares the fate of the town that it lies at (Enerhodar: 3 km, Saky: 5 km)
LONG_AGO = 1826  # days: five years; what is recycled is younger, what is older is another event (own choice)
NEVER_FROM = 5000  # people: smaller places may have a namesake that no gazetteer knows, so their silence refutes nothing
AREAS = frozenset({"region", "district", "country", "area", "peninsula"})


# find ---------------------------------------------------------------------------------------------------


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Claims of control in one clause, one for each place named; and which of two clauses' events came first."""
    yield from _told(clause, reading)
    yield from find_order(clause, reading, _told)


def _told(clause: Clause, reading: Reading) -> Iterable[Claim]:
    words = reading.lexicon.words
    if clause.form == "nominal":
        yield from _nominal(clause, reading)
    elif clause.lemma in words("control", "annex") or owns(clause, reading):
        yield from _claims(clause, reading, "annexed", clause.patient, clause.actor)
    elif takes(clause, reading):
        who = clause.actor
        stative = clause.lemma == "occupy" and clause.passive and clause.tense in ("present", "perfect")
        yield from _claims(clause, reading, "held" if stative else "took", clause.patient, who)
    elif clause.lemma in words("control", "expel") and clause.oblique("out of", "from") is not None:
        yield from _claims(clause, reading, "took", clause.oblique("out of", "from"), clause.actor)
    elif enters(clause, reading):
        into = clause.patient or clause.oblique("into", "in")
        entered = _claims(clause, reading, "took", into, clause.actor)
        yield from (c for c in entered if (p := c.place()) is None or p.kind not in AREAS)  # who enters a region has not taken it
    elif clause.lemma in words("control", "hold") and clause.patient is not None:
        yield from _claims(clause, reading, "held", clause.patient, clause.actor)
    elif (givers := surrendered(clause, reading)) is not None:
        place = givers if reading.places_of(givers, clause.sentence) else clause.oblique("in", "at", "on")
        yield from _claims(clause, reading, "lost", place, givers)
    elif loses(clause, reading):
        yield from _claims(clause, reading, "lost", clause.oblique("from") or clause.patient, clause.actor)
    elif clause.lemma in words("control", "fall") and clause.oblique("to", "into") is not None:
        yield from _claims(clause, reading, "took", clause.actor, clause.oblique("to", "into"))
    else:
        yield from _roundabout(clause, reading)


def _roundabout(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Flags, surrenders, falls, and whose hands a place is or came in."""
    if completed(clause, reading):
        yield from _claims(clause, reading, "took", clause.patient, clause.actor)
    elif (over := flies_over(clause, reading)) is not None:
        yield from _claims(clause, reading, "held", over, clause.actor)
    elif falls(clause, reading):
        yield from _claims(clause, reading, "took", clause.actor, None)
    elif (hands := passes(clause, reading)) is not None:
        yield from _claims(clause, reading, "took", clause.actor, hands)
    elif clause.lemma in group(reading, "stay"):
        yield from _in_hands(clause, reading)


def _in_hands(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "is under Russian occupation", "is in Ukrainian hands", "was under full control"."""
    words = reading.lexicon.words
    tokens = clause.sentence.tokens
    deeper = [  # "is back under Ukrainian control": the phrase hangs on the adverb
        (tokens[p].lemma.lower(), phrase_at(clause.sentence, o))
        for a in clause.sentence.kids(clause.head, "advmod", "acomp", "prep")
        for p in clause.sentence.kids(a, "prep")
        for o in clause.sentence.kids(p, "pobj")
    ]
    for prep, phrase in (*clause.obliques, *deeper):
        held = phrase.lemma in words("control", "occupation") or phrase.lemma in words("control", "hands")
        if prep in ("under", "in", "within") and held:
            yield from _claims(clause, reading, "held", clause.actor, phrase)
            return


def _nominal(clause: Clause, reading: Reading) -> Iterable[Claim]:
    words = reading.lexicon.words
    if clause.patient is None or not any(p.place for p in reading.places_of(clause.patient, clause.sentence)):
        return
    up = reading.governor(clause)
    if up is not None and completed(up, reading) and up.patient is not None and up.patient.head == clause.head:
        return
    if clause.lemma in words("control", "annexation"):
        yield from _claims(clause, reading, "annexed", clause.patient, clause.actor)
    elif clause.lemma in words("control", "take_nouns"):
        yield from _claims(clause, reading, "took", clause.patient, clause.actor)


def _claims(clause: Clause, reading: Reading, predicate: str, whose: Phrase | None, by: Phrase | None) -> Iterable[Claim]:
    """One claim for each place, or one without a place where only "villages" are named."""
    found = objects(whose, clause, reading)
    if not found and clause.relation in ("relcl", "acl") and whose is not None:
        found = reading.inside(reading.places, whose.start, whose.end)
    if not found and predicate != "lost" and placeless(whose, reading):
        found = tuple(p for prep in ("in", "over") for p in reading.places_of(clause.oblique(prep), clause.sentence))
    found = of_place(whose, found, clause, reading)
    meant = town_meant(whose, clause, reading) if not found else None
    if meant is not None:
        found = (meant,)
    if not found and surrendered(clause, reading) is not None:
        found = reading.places_of(whose, clause.sentence)
    if not found:
        found = said_of(whose, clause, reading) or meant_by_it(whose, clause, reading) or among_them(clause, reading)
    if not found and whose is None and clause.lemma in group(reading, "stay"):
        found = right_before(clause.head, clause, reading)
    if not found and parse_lost(whose, clause, reading):
        found = beside_verb(clause, reading)
    found = listed_with(narrowed(found, clause, reading), clause, reading) if predicate != "annexed" else found
    who = reading.actor(by, clause.sentence)
    when = time_of(clause, reading, "state" if predicate == "held" else "event")
    if predicate == "annexed":
        when = time_of(clause, reading, "standing")
    up = reading.governor(clause)
    reported = clause.form == "participle" and up is not None and up.lemma in reading.lexicon.words("statement", "say")
    if reported and when.is_open:
        when = implied_recent(reading.published)
    settlements = reading.lexicon.words("geography", "settlement")
    indefinite = meant is None and whose is not None and whose.lemma in settlements and not renames(whose, clause, reading)
    degree = quantity_of(whose, clause, reading) if whose is not None else None
    if not found:
        if whose is not None and (whose.lemma in settlements or whose.lemma in reading.lexicon.words("geography", "regions")):
            yield draft(clause, reading, name, predicate, when, who=who, degree=degree, note="no place is named")
        return
    places = found if indefinite and any(p.place and p.place.kind in AREAS for p in found) else main_place(found)
    for place in places:
        before = reading.told(max(0, place.start - 14), place.start).lower()
        partly = indefinite or re.search(r"\b(?:north|south|east|west)\w*\s+$", before) is not None
        scope = "some" if partly and place.place is not None and place.place.kind in AREAS else ""
        if clause.form == "nominal" and not scope:
            scope = "named"
        near, span = clause.sentence.start <= place.start, with_speaker(clause, reading)
        yield draft(
            clause,
            reading,
            name,
            predicate,
            when,
            where=(place,),
            who=who,
            degree=degree,
            note=scope,
            label=_label(place, predicate),
            span=(min(span[0], place.start) if near else span[0], max(span[1], place.end)),
        )


VERBS = {"took": "taken", "held": "held", "lost": "given up", "annexed": "annexed"}


def _label(place: Where, predicate: str) -> str:
    return f"{place.place.name if place.place else place.words} {VERBS[predicate]}"


def _side(actor: Actor | None) -> str | None:
    return None if actor is None else actor.side


# ask ----------------------------------------------------------------------------------------------------


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    if claim.predicate == "order":
        return ask_order(claim)
    place = claim.place()
    if place is None:
        return ()
    if claim.predicate == "annexed":
        return ask_annexed(claim, place, setting)
    if place.kind in AREAS:
        return (Question(f"{claim.id}:held", "control", ("held",), places=(place.id,), within=(place.id,)),)
    if place.kind == "facility" and (town := town_of(open_gazetteer(), place, SITE_KM)) is not None:
        own = Question(f"{claim.id}:held", "control", ("held",), places=(place.id,))
        return own, Question(f"{claim.id}:town", "control", ("held",), places=(town.id,))
    namesakes = [c.place.id for w in claim.where for c in w.candidates if c.place.kind == place.kind and c.place.id != place.id]
    return (Question(f"{claim.id}:held", "control", ("held",), places=(place.id, *namesakes)),)


# judge --------------------------------------------------------------------------------------------------


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if claim.predicate == "order":
        return judge_order(claim, dict(answers), setting)
    place = claim.place()
    if place is None:
        return unverified(claim, "no-place", no_place(claim), setting)
    if claim.predicate == "annexed":
        return judge_annexed(claim, answers["annexed"], answers.get("all", ()), place, setting)
    rows = answers["held"]
    if place.kind in AREAS:
        judge_rows = _judge_held if claim.predicate == "held" else judge_area
        return judge_rows(claim, rows, place, setting)
    judge_rows = {"held": _judge_held, "lost": _judge_lost, "took": _judge_took}[claim.predicate]
    if not rows and answers.get("town"):
        town = setting.geography.place(answers["town"][0].place_id or "")
        return of_site(judge_rows(claim, answers["town"], town, setting), place, town, setting)
    found = judge_rows(claim, [r for r in rows if r.place_id == place.id], place, setting)
    if not found.verdict.accuses:
        return found
    for other in sorted({r.place_id for r in rows if r.place_id not in (None, place.id)}):
        namesake = setting.geography.place(other)
        if judge_rows(claim, [r for r in rows if r.place_id == other], namesake, setting).verdict is Verdict.SUPPORTED:
            return unverified(
                claim, "namesake", f"It holds of {spelt(namesake)}, not of {spelt(place)}: {found.reason}", setting, records=found.records
            )
    return found


def _judge_took(claim: Claim, rows: Sequence[Record], place: Place, setting: Setting) -> Finding:
    side = _side(claim.who)
    taken = changes(rows, setting)
    mine = [r for r in taken if side is None or r.side == side]
    what = f"{place.name} taken" + (f" by {setting.called(claim.who)}" if side else "")
    sure = all(firm(r) for r in mine)
    result = judge_event(
        claim,
        mine,
        setting,
        place=place,
        what=what,
        covering=lambda: covering(claim, place, setting) if sure else (),
        excluded=lambda: sure and unchanged(claim, rows, side),
    )
    if (old := _long_ago(result, setting)) is not None:
        return old
    if result.verdict is Verdict.SUPPORTED or side is None:
        return result
    others = [w for w in windows([r for r in taken if r.side != side]) if within(claim, w)]
    if others and named(claim.who) and (result.verdict is Verdict.MISDATED or swapped(claim, others[0], mine)):
        return finding(
            claim,
            Verdict.REFUTED,
            "wrong-side",
            f"{place.name}: taken by the other side on {spell(others[0].start, others[0].end)}.",
            setting,
            records=others[0].records,
            coverage=result.coverage,
            window=others[0],
            place=place,
        )
    if not mine:
        return _never(claim, rows, place, side, what, setting)
    return result


def _never(claim: Claim, rows: Sequence[Record], place: Place, side: str, what: str, setting: Setting) -> Finding:
    """No record that the side ever took it: refuted only where coverage would have held one."""
    told = not claim.when.is_open and named(claim.who) and place.population >= NEVER_FROM
    coverage = covering(claim, place, setting) if told else ()
    if coverage:
        return finding(
            claim,
            Verdict.REFUTED,
            "never",
            f"{what}: no change of holder there {at(claim.when)}, which the resource covers.",
            setting,
            records=rows,
            coverage=coverage,
        )
    return unverified(claim, "no-record", f"{what}: no record of it, and silence refutes nothing.", setting, records=rows)


def _judge_lost(claim: Claim, rows: Sequence[Record], place: Place, setting: Setting) -> Finding:
    """To give a place up is the other side's taking it."""
    side = _side(claim.who)
    gained = [r for r in changes(rows, setting) if r.side != side]
    result = judge_event(
        claim,
        gained,
        setting,
        place=place,
        what=f"{place.name} given up by {setting.called(claim.who)}",
        covering=lambda: covering(claim, place, setting),
    )
    return _long_ago(result, setting) or result


def _long_ago(result: Finding, setting: Setting) -> Finding | None:
    """The finding left open where the only event on record is so old that another one must be meant; else None."""
    if result.verdict is not Verdict.MISDATED or (result.off_by_days or 0) <= LONG_AGO:
        return None
    reason = f"{result.reason} That is too long ago to be what is meant."
    return unverified(result.claim, "long-ago", reason, setting, records=result.records)


def _judge_held(claim: Claim, rows: Sequence[Record], place: Place, setting: Setting) -> Finding:
    side = _side(claim.who)
    what = f"{place.name} held by {setting.called(claim.who)}"
    if claim.when.is_open or side is None:
        lacking = "no side" if side is None else "no time"
        return unverified(claim, "open", f"{what}: the report gives {lacking} to compare.", setting)
    if claim.degree == "part" and place.kind not in AREAS:
        return unverified(claim, "part", f"{what}, in part: the records know towns only as a whole.", setting)
    if place.kind in AREAS:
        return judge_area_held(claim, rows, place, side, what, setting)
    settled = timedelta(days=LAG["official-party"] if claim.when.shape == "since" else 0)  # it changed when the claimed time began
    last = claim.when.end_min or setting.published
    first = min(last, claim.when.start_max + settled) if claim.when.start_max is not None else last
    core = sorted({first, last})
    states = [state_on(day, rows) for day in (core[0], core[-1])]
    records = [r for state in states for r in state.records]
    spelt = at(claim.when)
    if any(state.certainty == "unknown" for state in states):
        return unverified(claim, "no-record", f"{what}: no record of who held it {spelt}.", setting, records=records)
    if all(state.side == side for state in states):
        if claim.when.shape == "since" and already_held(claim, rows, side):
            return unverified(claim, "before", f"{what}: so on record, but already before that.", setting, records=records)
        return finding(claim, Verdict.SUPPORTED, "held", f"{what}: so on record {spelt}.", setting, records=records, place=place)
    if named(claim.who) and all(state.certainty == "agreed" and state.side != side for state in states):
        return finding(
            claim,
            Verdict.REFUTED,
            "other-holder",
            f"{place.name} was held by {setting.sides.get(states[0].side or '', 'another side')} {spelt}.",
            setting,
            records=records,
            place=place,
        )
    word = "changed hands" if len({s.side for s in states}) > 1 else states[0].certainty
    return finding(
        claim, Verdict.DISPUTED, "sources-differ", f"{what}: {word} {spelt}, as the records have it.", setting, records=records, place=place
    )
