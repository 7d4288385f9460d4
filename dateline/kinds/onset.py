"""Onset: when a war, an offensive, a siege began or ended, and how long it has lasted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.kinds.base import Answers, Setting, draft, time_of
from dateline.kinds.judging import Window, at, finding, gap_days, judge_event, meets, same_season, spell, unverified, windows
from dateline.kinds.lasting import ask_lasting, find_lasting, judge_lasting
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Actor, Claim, Finding, Question, Record
from dateline.verdict import Verdict

name = "onset"
predicates = ("began", "ended", "lasted")

RECORDS = {"war": ("war", "invasion"), "invasion": ("invasion", "war"), "siege": ("siege", "battle"), "offensive": ("operation",)}


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "The war, which started in ...", "the offensive began in ...", "Ukraine launched a counteroffensive"."""
    words = reading.lexicon.words
    yield from find_lasting(clause, reading, name)
    predicate = "began" if clause.is_one_of(words("onset", "begin")) else "ended" if clause.is_one_of(words("onset", "end")) else None
    if predicate is None or clause.form == "nominal":
        return
    for thing in (clause.actor, clause.patient):
        group = _group(thing, reading)
        if thing is None or group is None:
            continue
        when = time_of(clause, reading, "standing")
        who = _whose(thing, clause, reading)
        places = reading.places_of(thing, clause.sentence)
        yield draft(
            clause,
            reading,
            name,
            predicate,
            when,
            who=who,
            where=tuple(places[:1]),
            note=group,
            specifics=frozenset(_name_words(thing, reading)),
            label=f"{reading.words(thing).strip()} {predicate}"[:60],
        )
        return


def _group(phrase: Phrase | None, reading: Reading) -> str | None:
    if phrase is None:
        return None
    return next((g for g in ("war", "invasion", "offensive", "siege") if phrase.lemma in reading.lexicon.words("onset", g)), None)


def _whose(thing: Phrase, clause: Clause, reading: Reading) -> Actor | None:
    """Whose offensive: named with it, else who does it, else the side that last did something before it."""
    named = reading.inside(reading.mentions, thing.start, thing.end)
    if named:
        return Actor(reading.document.text[named[0].start : named[0].end], named[0].entry.id, named[0].entry.side)
    if clause.patient is not None and thing is clause.patient:
        return reading.actor(clause.actor, clause.sentence)
    return _last_doer(clause, reading)


def _last_doer(clause: Clause, reading: Reading) -> Actor | None:
    """The side that was last told to do something, in a clause of its own and not in a description."""
    for other in reversed(reading.clauses):
        if other.start >= clause.sentence.start or other.form == "nominal" or other.relation in ("relcl", "acl") or other.actor is None:
            continue
        named = [m for m in reading.inside(reading.mentions, other.actor.start, other.actor.end) if m.entry.side is not None]
        if named:
            return Actor(reading.document.text[named[0].start : named[0].end], named[0].entry.id, named[0].entry.side)
    return None


def _name_words(thing: Phrase, reading: Reading) -> Iterable[str]:
    for place in reading.inside(reading.places, thing.start, thing.end):
        if place.place is not None:
            yield place.place.id


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    if claim.predicate == "lasted":
        return ask_lasting(claim)
    asked = [Question(f"{claim.id}:events", "onset", RECORDS[claim.note])]
    if claim.note == "offensive":
        asked.append(Question(f"{claim.id}:offensives", "advance", ("offensive",)))
    return tuple(asked)


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if claim.predicate == "lasted":
        return judge_lasting(claim, dict(answers), setting)
    if claim.note == "offensive":
        return _judge_offensive(claim, answers["offensives"], setting)
    rows = _about(answers["events"], claim, setting)
    what = f"{claim.label[0].upper()}{claim.label[1:]}" if claim.label else "It"
    return judge_event(claim, _bounds(rows, claim), setting, covering=lambda: (), what=what)


def _about(rows: Sequence[Record], claim: Claim, setting: Setting) -> list[Record]:
    """Wars are known to all; a siege or battle is asked of the place named with it."""
    if claim.note in ("war", "invasion"):
        return list(rows)
    place = claim.place()
    return [
        r
        for r in rows
        if place is not None
        and r.place_id is not None
        and (r.place_id == place.id or bool(setting.geography.contains(place.id, r.place_id)))
    ]


def _bounds(rows: Sequence[Record], claim: Claim) -> list[Record]:
    from dataclasses import replace

    if claim.predicate == "began":
        return list(rows)
    return [replace(r, start_min=r.end_min, start_max=r.end_max) for r in rows if r.end_min and r.end_max]


def _judge_offensive(claim: Claim, rows: Sequence[Record], setting: Setting) -> Finding:
    """Every offensive of the side is a candidate; misdated only where three specifics identify one.

    The three are the side, an area that the report names, and the days of the year in which it began.
    """
    side = claim.who.side if claim.who else None
    mine = _bounds([r for r in rows if side is None or r.side == side], claim)
    verb = "began" if claim.predicate == "began" else "ended"
    what = f"The offensive{f' of {setting.called(claim.who)}' if side else ''} {verb}"
    if claim.when.is_open:
        return unverified(claim, "open-time", f"{what}: the report gives no time to compare.", setting)
    found = [w for r in mine for w in windows([r])]
    meeting = sorted(
        (w for w in found if meets(claim.when, w)), key=lambda w: (not _fits(w, claim, setting), gap_days(claim.when, w.start, w.end) or 0)
    )
    if meeting:
        return finding(
            claim,
            Verdict.SUPPORTED,
            "in-time",
            f"{what}: on record for {spell(meeting[0].start, meeting[0].end)}.",
            setting,
            records=meeting[0].records,
            window=meeting[0],
        )
    meant = [
        w for w in found if w.start <= setting.published and side is not None and _fits(w, claim, setting) and same_season(claim.when, w)
    ]
    same = windows([r for w in meant for r in w.records])
    if len(same) != 1:
        return unverified(
            claim,
            "which-one",
            f"{what} {at(claim.when)}: none on record then, and it is not clear which is meant.",
            setting,
            records=[r for w in meant for r in w.records],
        )
    return finding(
        claim,
        Verdict.MISDATED,
        "same-event",
        f"{what} {at(claim.when)}: none on record then; of that side and in areas that the report "
        f"names, one began in those days of a year, on {spell(same[0].start, same[0].start)}.",
        setting,
        records=same[0].records,
        window=same[0],
    )


def _fits(window: Window, claim: Claim, setting: Setting) -> bool:
    """True where the offensive's area and the places of the report touch."""
    areas = {r.place_id for r in window.records if r.place_id}
    wanted = [p for p in (*claim.specifics, *setting.document_places) if p not in setting.theatre]
    return any(a == p or bool(setting.geography.contains(a, p)) or bool(setting.geography.contains(p, a)) for a in areas for p in wanted)
