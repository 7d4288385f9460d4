"""Strike: what was hit or destroyed, where, by what, with what toll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dateline.kinds.base import Answers, Setting, draft, time_of
from dateline.kinds.incidents import dawn, incident_of, is_code
from dateline.kinds.judging import (
    WIDENING,
    Window,
    at,
    finding,
    gap_days,
    meets,
    no_place,
    spell,
    spell_when,
    unverified,
    windows,
)
from dateline.kinds.quantity import number_at
from dateline.kinds.relations import SITES
from dateline.kinds.takings import is_ship, town_meant
from dateline.text.concepts import concepts_of
from dateline.text.lexicon import Lexicon, lexicon
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Claim, Finding, Place, Question, Record, When, Where
from dateline.verdict import Verdict
from dateline.where.ground import in_sea

name = "strike"
predicates = ("struck", "destroyed")

SPECIFICS = 3  # specifics that identify an event (DESIGN.md section 2, Identity): place, target, weapon, toll ...
COMMON = frozenset({"bombing", "wreck", "building"})  # concepts that half of all strikes share
OFTEN = 3  # strikes on record at one place: from then on a kind of target does not tell which is meant (own choice)
OBJECTS = frozenset({"facility", "reservoir"})
INFERRED = "inferred"  # the place was not told with the strike: nobody is accused of a wrong one
SHORT_NAME = 3  # letters of a name that says nothing by itself
FEW = 2  # strikes on record that may share a rare name (own choice)
AROUND_KM = 20.0  # a town's plants and air bases lie that near to it (Chornobyl: 16 km from its nuclear plant)
CITY_FROM, CITY_KM = 300_000, 10.0  # a large city reaches so much farther (as in dateline.kinds.siting)
APART_KM = 40.0  # nearer than this the place may only be told loosely (own choice)


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
    inferred = not places
    if inferred and clause.form != "nominal":
        places = _elsewhere(clause, reading)
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
        clause,
        reading,
        name,
        predicate,
        _when(clause, reading),
        where=places[:1],
        who=who,
        specifics=specifics,
        label=label,
        note=INFERRED if inferred and places else "",
        span=_span(clause, reading),
    )


def _tolled(clause: Clause, reading: Reading) -> Clause | None:
    """The clause whose dead the strike made ("five were killed on Tuesday when a missile hit ..."); else None."""
    up = reading.governor(clause) if clause.relation == "advcl" else None
    return up if up is not None and up.lemma in reading.lexicon.words("figure", "kill", "injure") else None


def _when(clause: Clause, reading: Reading) -> When:
    own = dawn(time_of(clause, reading, "event"))
    up = _tolled(clause, reading)
    return dawn(time_of(up, reading, "event")) if up is not None and (own.implied or own.is_open) else own


def _span(clause: Clause, reading: Reading) -> tuple[int, int]:
    """The clause, with the toll that it hangs on and what hangs on it."""
    up = _tolled(clause, reading)
    if up is not None:
        return min(up.start, clause.start), max(up.end, clause.end)
    return clause.start, clause.full_end if clause.form != "nominal" else clause.end


def _places(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """Where it hit: named sites, else settlements, else regions; never who did it, nor for "sent" more than its aim."""
    own = [p for p in reading.own(reading.places, clause) if p.place is not None and p.place.kind != "country" and not reading.beside(p)]
    own = [p for p in own if not is_code(p, reading) and not is_ship(p, reading)]
    if clause.actor is not None and clause.form != "nominal":
        own = [p for p in own if not clause.actor.start <= p.start < clause.actor.end]
    if clause.lemma in reading.lexicon.words("strike", "aimed"):
        aims = [phrase for prep, phrase in clause.obliques if prep in ("against", "at", "on", "into", "toward", "towards")]
        own = [p for p in own if any(a.start <= p.start < a.end for a in aims)]
    sites = tuple(p for p in own if p.place is not None and p.place.kind in OBJECTS)
    return sites or tuple(p for p in own if p.place is not None and p.place.kind == "settlement") or tuple(own)


def _elsewhere(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """Where the clause itself names no place: in what hangs on it, "the village", else where the passage last told of a strike."""
    later = reading.inside(reading.places, clause.end, clause.full_end)
    named = [p for p in later if p.place is not None and p.place.kind in SITES and not reading.beside(p)]
    if named:
        return (named[0],)
    meant = next((w for _, phrase in clause.obliques if (w := town_meant(phrase, clause, reading)) is not None), None)
    if meant is not None:
        return (meant,)
    incident = incident_of(clause, reading)
    passage = incident is not None and incident.sentence.block == clause.sentence.block
    return (incident.place,) if incident is not None and passage and incident.place is not None else ()


def _specifics(clause: Clause, reading: Reading) -> frozenset[str]:
    """Target, weapon, toll and names of ships and works; place names and actors apart, which are compared as such."""
    named = {t.i for t in clause.text_tokens if reading.names(t.start, t.end)}
    words = reading.lexicon.words("strike", "targets", "weapons")
    told = {t.lemma.lower() for t in clause.text_tokens if t.i not in named}
    numbers = {f"{n[0]:g}" for t in clause.text_tokens if t.i not in named and (n := number_at(clause.sentence, t.i, reading.lexicon))}
    ships = {p.words.lower() for p in reading.own(reading.places, clause) if is_ship(p, reading)}
    proper = {t.text.lower() for t in clause.text_tokens if t.i not in named and t.pos == "PROPN" and len(t.text) > SHORT_NAME}
    return reading.lexicon.concepts(tuple(sorted(told & words))) | numbers | reading.lexicon.concepts(tuple(sorted(ships | proper)))


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    """All strikes: what hit a town is often on record at its plant or harbour, and a ship's at sea."""
    return (Question(f"{claim.id}:strikes", "strike"),)


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    """In time where place, day and what was hit agree; otherwise only where the very event is identified."""
    place = claim.place()
    if place is None and not claim.specifics:
        return unverified(claim, "no-place", no_place(claim), setting)
    rows = answers["strikes"]
    scored = [(w, _agreeing(claim, w, setting)) for r in rows for w in windows([r])]
    rare = _rare(scored, setting.lexicon)
    here = [(w, shared) for w, shared in scored if _near(place, w.records[0], setting)]
    meeting = [(w, s) for w, s in here if _then(claim, w, s - COMMON) and (s or not claim.specifics)]
    meeting = meeting or [(w, s) for w, s in scored if meets(claim.when, w) and _same(s, rare, place)]
    if meeting and not claim.when.is_open:
        best = max(meeting, key=lambda pair: len(pair[1]))[0]
        if place is not None and not _near(place, best.records[0], setting):
            return _at_another_place(claim, best, place, meeting, setting)
        return _in_time(claim, best, setting)
    known = [w for w, s in (here if place is not None else scored) if _identified(s, rare) and w.start <= setting.published]
    known = known or [w for w, s in scored if s & rare and _identified(s, rare) and w.start <= setting.published]
    if len(here) >= OFTEN and not any(s & rare for w, s in here if w in known):
        known = []  # a town that is hit again and again has no "only such event"
    events = windows([r for w in known for r in w.records])
    if len(events) == 1 and not claim.when.is_open and not any(meets(claim.when, w) for w in events):
        window = events[0]
        return finding(
            claim,
            Verdict.MISDATED,
            "same-event",
            f"{claim.label}: the only such event on record was on {spell(window.start, window.end)}, not {at(claim.when)}.",
            setting,
            records=window.records,
            window=window,
            place=place,
        )
    if place is None:
        return unverified(claim, "no-place", no_place(claim), setting)
    return unverified(
        claim,
        "no-record",
        f"{claim.label}: no record of it for {spell_when(claim.when)}, and strikes are not covered.",
        setting,
        records=[w.records[0] for w, _ in here[-3:]],
    )


def _then(claim: Claim, window: Window, telling: frozenset[str]) -> bool:
    """Within a day; further off, as such records trail, only where more than the place is shared: big towns are hit every week."""
    return meets(claim.when, window) and (bool(telling) or (gap_days(claim.when, window.start, window.end) or 0) <= WIDENING)


def _in_time(claim: Claim, window: Window, setting: Setting) -> Finding:
    more = {"records": window.records, "window": window, "place": claim.place()}
    told = f"{claim.label}: on record for {spell(window.start, window.end)}"
    if _wrong_side(claim, window):
        return finding(claim, Verdict.DISPUTED, "attacker", f"{told}, laid to another side.", setting, **more)  # type: ignore[arg-type]
    return finding(claim, Verdict.SUPPORTED, "in-time", f"{told}.", setting, **more)  # type: ignore[arg-type]


def _at_another_place(claim: Claim, window: Window, place: Place, meeting: Sequence[Scored], setting: Setting) -> Finding:
    """Of that day and identified by what was hit, but on record elsewhere: misplaced where nothing else could be meant."""
    record = window.records[0]
    km = setting.geography.distance_km(place.id, record.place_id) if record.place_id else None
    places = {w.records[0].place_id for w, _ in meeting}
    says = f"{claim.label}: on record for {spell(window.start, window.end)} at {record.place_name}"
    if claim.note == INFERRED or place.kind not in SITES or km is None or km < APART_KM or len(places) > 1:
        return unverified(claim, "elsewhere", f"{says}; the report may mean that.", setting, records=window.records)
    real = setting.geography.place(record.place_id) if record.place_id else None
    reason = f"{says}, {km:.0f} km from {place.name}."
    return finding(
        claim, Verdict.MISPLACED, "same-event", reason, setting, records=window.records, window=window, place=real, off_by_km=round(km, 1)
    )


Scored = tuple[Window, frozenset[str]]


def _near(place: Place | None, record: Record, setting: Setting) -> bool:
    """True where the record is of the place, of something in it, or of a site in its surroundings."""
    if place is None or record.place_id is None:
        return False
    if record.place_id == place.id or setting.geography.contains(place.id, record.place_id):
        return True
    if place.kind == "sea" and record.lat is not None and record.lon is not None:
        return bool(in_sea((record.lon, record.lat), place.id))
    km = setting.geography.distance_km(place.id, record.place_id) if place.kind in SITES else None
    return km is not None and km <= AROUND_KM + (CITY_KM if place.population >= CITY_FROM else 0.0)


def _rare(scored: Sequence[Scored], words: Lexicon) -> frozenset[str]:
    """Names that few strikes on record share, a ship's or a plant's: no kind of target or weapon, of which a day may see several."""
    kinds = words.concepts(tuple(sorted(words.words("strike", "targets", "weapons"))))
    counts = Counter(s for _, shared in scored for s in shared - kinds if not s.replace(".", "", 1).isdigit())
    return frozenset(s for s, n in counts.items() if n <= FEW)


def _same(shared: frozenset[str], rare: frozenset[str], place: Place | None) -> bool:
    """Enough to know a strike of that day by, without its place: a rare name and something else, or all three specifics."""
    own = shared - COMMON
    return bool(own & rare) and len(shared) > 1 if place is not None else bool(own & rare) or len(own) >= SPECIFICS


def _identified(shared: frozenset[str], rare: frozenset[str]) -> bool:
    """Enough specifics besides the place, for towns are struck again and again; a number or a rare name counts twice."""
    own = shared - COMMON
    numbers = sum(s.replace(".", "", 1).isdigit() for s in own)
    return len(own) + numbers + len(own & rare) >= SPECIFICS


def _agreeing(claim: Claim, window: Window, setting: Setting) -> frozenset[str]:
    told = [_told_by(r.subject, r.says, r.value_low, r.value_best, r.value_high, setting.lexicon.language) for r in window.records]
    return claim.specifics & (told[0] if len(told) == 1 else frozenset().union(*told))


@lru_cache(maxsize=16384)  # every strike on record is held against every strike told of
def _told_by(subject: str | None, says: str, low: float | None, best: float | None, high: float | None, language: str) -> frozenset[str]:
    """The concepts and numbers that a record tells of."""
    text, words = f"{subject or ''} {says}", lexicon(language)
    return concepts_of(text, words) | _numbers_in(text, words) | {f"{v:g}" for v in (low, best, high) if v is not None}


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
