"""Strike: what was hit or destroyed, where, by what, with what toll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.kinds.base import Answers, Setting, draft, time_of
from dateline.kinds.judging import (
    Window,
    at,
    finding,
    meets,
    no_place,
    spell,
    spell_when,
    unverified,
    windows,
)
from dateline.kinds.quantity import number_at
from dateline.kinds.statement import concepts_of
from dateline.text.lexicon import Lexicon
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Claim, Finding, Question, Where
from dateline.verdict import Verdict

name = "strike"
predicates = ("struck", "destroyed")

SPECIFICS = 3  # specifics that identify an event (DESIGN.md section 2, Identity): place, target, weapon, toll ...
COMMON = frozenset({"bombing", "wreck", "building"})  # concepts that half of all strikes share
OBJECTS = frozenset({"facility", "reservoir"})


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Strikes by verb ("was hit by", "slammed into") or by noun ("a bombing in X"); one a place."""
    words = reading.lexicon.words
    lemmas = set(clause.lemmas())
    violent = bool(lemmas & words("strike", "weapons")) or clause.lemma in ("shell", "bomb", "bombard", "destroy", "damage")
    target = bool(lemmas & words("strike", "targets"))
    if clause.form == "nominal":
        if clause.lemma not in words("strike", "nouns") or not (places := _places(clause, reading)):
            return
    elif (clause.lemma in words("strike", "verbs") and (violent or target)) or (violent and clause.lemma in words("strike", "motion")):
        places = _places(clause, reading)
    else:
        return
    if not places and clause.lemma in words("strike", "motion"):
        return
    if (
        clause.form != "nominal"
        and any(
            c.form == "nominal" and c.governor == clause.index and _places(c, reading) and c.lemma in words("strike", "nouns")
            for c in reading.siblings(clause)
        )
        and not target
    ):
        return
    who = reading.actor(clause.actor, clause.sentence)
    predicate = "destroyed" if clause.lemma in ("destroy", "collapse", "wreck") else "struck"
    specifics = _specifics(clause, reading)
    label = f"{predicate.capitalize()}: {places[0].place.name if places and places[0].place else ', '.join(sorted(specifics)[:2])}"
    yield draft(
        clause, reading, name, predicate, time_of(clause, reading, "event"), where=places[:1], who=who, specifics=specifics, label=label
    )


def _places(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """Where it hit: named sites, else settlements, else regions; never who did it, nor for "sent" more than its aim."""
    own = [p for p in reading.own(reading.places, clause) if p.place is not None and p.place.kind != "country" and not reading.beside(p)]
    if clause.actor is not None and clause.form != "nominal":
        own = [p for p in own if not clause.actor.start <= p.start < clause.actor.end]
    if clause.lemma in reading.lexicon.words("strike", "aimed"):
        aims = [phrase for prep, phrase in clause.obliques if prep in ("against", "at", "on", "into", "toward", "towards")]
        own = [p for p in own if any(a.start <= p.start < a.end for a in aims)]
    sites = tuple(p for p in own if p.place is not None and p.place.kind in OBJECTS)
    return sites or tuple(p for p in own if p.place is not None and p.place.kind == "settlement") or tuple(own)


def _specifics(clause: Clause, reading: Reading) -> frozenset[str]:
    """Target, weapon and toll; place names and actors apart, which are compared as such."""
    named = {t.i for t in clause.text_tokens if reading.names(t.start, t.end)}
    words = reading.lexicon.words("strike", "targets", "weapons")
    told = {t.lemma.lower() for t in clause.text_tokens if t.i not in named}
    numbers = {f"{n[0]:g}" for t in clause.text_tokens if t.i not in named and (n := number_at(clause.sentence, t.i, reading.lexicon))}
    return reading.lexicon.concepts(tuple(sorted(told & words))) | numbers


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    place = claim.place()
    if place is None:
        return ()
    return (Question(f"{claim.id}:strikes", "strike", (), places=(place.id,), within=(place.id,)),)


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    """In time where place, day and what was hit agree; misdated only where the very event is identified."""
    place = claim.place()
    if place is None:
        return unverified(claim, "no-place", no_place(claim), setting)
    rows = answers["strikes"]
    scored = [(w, len(_agreeing(claim, w, setting))) for r in rows for w in windows([r])]
    meeting = [(w, n) for w, n in scored if meets(claim.when, w) and (n or not claim.specifics)]
    if meeting and not claim.when.is_open:
        window, _ = max(meeting, key=lambda pair: pair[1])
        if _wrong_side(claim, window):
            return finding(
                claim,
                Verdict.DISPUTED,
                "attacker",
                f"{claim.label}: on record for {spell(window.start, window.end)}, laid to another side.",
                setting,
                records=window.records,
                window=window,
                place=place,
            )
        return finding(
            claim,
            Verdict.SUPPORTED,
            "in-time",
            f"{claim.label}: on record for {spell(window.start, window.end)}.",
            setting,
            records=window.records,
            window=window,
            place=place,
        )
    known = [(w, n) for w, n in scored if _identified(claim, w, setting) and w.start <= setting.published]
    if len(known) == 1 and not claim.when.is_open:
        window = known[0][0]
        return finding(
            claim,
            Verdict.MISDATED,
            "same-event",
            f"{claim.label}: the only such event on record there was on {spell(window.start, window.end)}, not {at(claim.when)}.",
            setting,
            records=window.records,
            window=window,
            place=place,
        )
    return unverified(
        claim,
        "no-record",
        f"{claim.label}: no record of it for {spell_when(claim.when)}, and strikes are not covered.",
        setting,
        records=[w.records[0] for w, _ in scored[-3:]],
    )


def _identified(claim: Claim, window: Window, setting: Setting) -> bool:
    """Enough specifics besides the place, for towns are struck again and again; a number counts twice, the mere weapon not."""
    shared = _agreeing(claim, window, setting) - COMMON
    numbers = sum(s.replace(".", "", 1).isdigit() for s in shared)
    return len(shared) + numbers >= SPECIFICS


def _agreeing(claim: Claim, window: Window, setting: Setting) -> frozenset[str]:
    texts = [f"{r.subject or ''} {r.says}" for r in window.records]
    told = frozenset().union(*(concepts_of(t, setting.lexicon) | _numbers_in(t, setting.lexicon) for t in texts))
    tolls = {f"{v:g}" for r in window.records for v in (r.value_low, r.value_best, r.value_high) if v is not None}
    return claim.specifics & (told | tolls)


def _numbers_in(text: str, words: Lexicon) -> frozenset[str]:
    """Numbers of a record's words, as figures: "eight drones" holds 8."""
    tokens = [t.strip(".,;:").lower() for t in text.split()]
    return frozenset(
        f"{float(t.replace(',', '')):g}" if t.replace(",", "").isdigit() else f"{words.numbers[t]:g}"
        for t in tokens
        if t.replace(",", "").isdigit() or t in words.numbers
    )


def _wrong_side(claim: Claim, window: Window) -> bool:
    sides = {r.side for r in window.records if r.side}
    return claim.who is not None and claim.who.side is not None and bool(sides) and claim.who.side not in sides
