"""Geography: in which region, on which bank, which way, and what a river separates. Answered from geometry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dateline.kinds.base import Answers, Setting, draft, meant_place
from dateline.kinds.judging import finding, namesake, no_place, spelt, unverified
from dateline.kinds.rivers import judge_separates
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Claim, Finding, Place, Question, Record, Where
from dateline.verdict import Verdict
from dateline.when import implied_state

name = "geography"
predicates = ("in", "on-bank", "direction", "separates", "borders")

UNITS = frozenset({"region", "district", "country", "area", "peninsula"})
COMPASS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
LOOSE_TURNS = 1  # eighths of a circle: "north" is also said of north-east (own choice)
SHORTEST, LONGEST = 0.8, 1.6  # a told distance against the air line: rounded down, or along the road (own choice)
NEAR_KM = 5.0  # and so much more between centres of towns, which spread (own choice)
NAMESAKE_KM, NAMESAKE_FACTOR = 150.0, 8.0  # farther than this nobody gives bearings: another place of the name is meant (own choice)
FAR_OFF = 2.5  # a distance is wrong only where it is off by this factor (own choice)


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Relations of places told in the clause, in apposition, by preposition or by verb."""
    words = reading.lexicon.words
    if clause.lemma in words("geography", "separate"):
        yield from _separates(clause, reading)
    elif clause.lemma in words("geography", "border"):
        yield from _pair(clause, reading, "borders", clause.actor, clause.patient)
    elif clause.lemma in words("geography", "lie"):
        yield from _lies(clause, reading)
    yield from _containment(clause, reading)


def _containment(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "X, a town in the Y region", "X in Y Oblast", "X, Y Oblast"."""
    own = [p for p in reading.own(reading.places, clause) if p.place is not None and p.place.kind == "settlement" and not reading.beside(p)]
    for inner in own:
        outer = next((p for p in reading.places if p.start >= inner.end and p.end <= clause.sentence.end), None)
        if outer is None or outer.place is None or outer.place.kind not in UNITS:
            continue
        if joins(reading.document.text[inner.end : outer.start], reading) and not _listed(inner, outer, reading):
            yield _relation(clause, reading, "in", inner, outer, (inner.start, _unit_end(outer, reading)))


def _listed(inner: Where, outer: Where, reading: Reading) -> bool:
    """True where the comma only parts the items of a list ("A, B Oblast, and C"), or the unit owns what follows."""
    text = reading.document.text
    comma = text[inner.end : outer.start].strip() == ","
    after = text[_unit_end(outer, reading) :]
    item = re.match(r",\s+(?:and\s+)?[A-Z]", after) is not None or re.search(r"[,—–-]\s*$", text[: inner.start]) is not None
    return after[:1] in ("'", "’") or (comma and item)


def _unit_end(outer: Where, reading: Reading) -> int:
    tail = re.match(r"\s+(?:region|oblast|province|district)\b", reading.document.text[outer.end :], re.IGNORECASE)
    return outer.end + tail.end() if tail else outer.end


def joins(between: str, reading: Reading) -> bool:
    """True where the words between two names say that the first lies in the second: ", a town in the ", " in "."""
    nouns = "|".join(sorted(reading.lexicon.words("geography", "settlement")))
    apposition = rf",?\s*(?:which is\s+|also\s+)?(?:a|an|the|another|one)\s+(?:[\w-]+\s+){{0,3}}(?:{nouns})\s+in\s+"
    return re.fullmatch(rf"(?:{apposition}|,?\s+in\s+|,\s*)(?:the\s+)?(?:[\w-]+ern\s+)?", between) is not None


def _lies(clause: Clause, reading: Reading) -> Iterable[Claim]:
    subject = _subject_place(clause, reading)
    if subject is None:
        return
    bank = clause.oblique("on")
    if bank is not None and bank.lemma in reading.lexicon.words("geography", "banks"):
        river = next((p for p in reading.inside(reading.places, bank.start, clause.end) if p.place and p.place.kind == "river"), None)
        side = next((w for w in ("left", "right", "eastern", "western", "east", "west") if w in reading.words(bank).lower().split()), None)
        if river is not None and side is not None:
            yield _relation(clause, reading, "on-bank", subject, river, (clause.start, clause.end), side)
        return
    phrases = [clause.oblique("in", "within"), clause.patient if clause.lemma == "be" else None]
    for phrase in phrases:
        outer = next((p for p in reading.places_of(phrase, clause.sentence) if p.place and p.place.kind in UNITS), None)
        if outer is not None and phrase is not None and outer.start > subject.end and _joined(phrase, outer, clause, reading):
            yield _relation(clause, reading, "in", subject, outer, (clause.start, clause.end))
            return
    yield from _bearing(clause, reading, subject)


def _joined(phrase: Phrase, outer: Where, clause: Clause, reading: Reading) -> bool:
    """True for "in the Y region" and "a town in the Y region": the unit heads the phrase, or a settlement noun does."""
    head = clause.sentence.tokens[phrase.head]
    names_it = outer.start <= head.start < outer.end + 12  # "Kharkiv" and "region" of "Kharkiv region"
    noun = phrase.lemma in reading.lexicon.words("geography", "settlement")
    before = reading.document.text[max(0, outer.start - 24) : outer.start].lower()
    return (names_it or noun) and re.search(r"\b(?:in|within)\s+(?:the\s+)?(?:[\w-]+ern\s+)?$", before) is not None


def _bearing(clause: Clause, reading: Reading, subject: Where) -> Iterable[Claim]:
    """ "... lies ten kilometres north of Y", with or without the distance."""
    ways = "|".join(sorted(reading.lexicon.words("geography", "directions"), key=lambda w: (-len(w), w)))
    for other in reading.inside(reading.places, clause.start, clause.end):
        if other.place is None or other.place.kind != "settlement" or other.start <= subject.end:
            continue
        before = reading.document.text[clause.start : other.start]
        told = re.search(rf"(?:(\S+)\s+(?:kilomet(?:re|er)s?|km)\s+)?(?:to the\s+)?\b({ways})\s+of\s+$", before, re.IGNORECASE)
        if told is not None:
            note = f"{told.group(2).lower().replace('-', '')}|{_km_told(told.group(1), reading) or ''}"
            yield _relation(clause, reading, "direction", subject, other, (clause.start, clause.end), note)
            return


def _km_told(word: str | None, reading: Reading) -> float | None:
    if word is None:
        return None
    plain = word.replace(",", "").lower()
    if plain.replace(".", "", 1).isdigit():
        return float(plain)
    return float(reading.lexicon.numbers[plain]) if plain in reading.lexicon.numbers else None


def _subject_place(clause: Clause, reading: Reading) -> Where | None:
    """The place the clause is about: its name, an apposition to it, or "the city", "it" for the last one named."""
    if clause.actor is None:
        return None
    apposed = [clause.sentence.tokens[s] for a in clause.sentence.kids(clause.actor.head, "appos") for s in clause.sentence.subtree(a)]
    end = max([clause.actor.end, *(t.end for t in apposed if t.pos == "PROPN")])
    named = [p for p in reading.inside(reading.places, clause.actor.start, end) if p.place is not None and p.place.kind == "settlement"]
    if named:
        return named[0]
    if clause.sentence.tokens[clause.actor.head].lemma.lower() == "it":
        earlier = [p for p in reading.places if p.end <= clause.start and p.place is not None and p.place.kind == "settlement"]
        return earlier[-1] if earlier else None
    return meant_place(clause.actor, clause, reading)


def _separates(clause: Clause, reading: Reading) -> Iterable[Claim]:
    river = next((p for p in reading.places_of(clause.actor, clause.sentence) if p.place and p.place.kind == "river"), None)
    sides = {m.entry.side for m in reading.inside(reading.mentions, clause.start, clause.full_end) if m.entry.side}
    text = reading.document.text[clause.start : clause.full_end].lower()
    if river is None or not (sides or re.search(r"control|held|occupied|hands", text)):
        return
    yield draft(
        clause,
        reading,
        name,
        "separates",
        implied_state(reading.published),
        where=(river,),
        label=f"{river.place.name if river.place else river.words} separates the sides",
    )


def _pair(clause: Clause, reading: Reading, predicate: str, first: Phrase | None, second: Phrase | None) -> Iterable[Claim]:
    a = next((p for p in reading.places_of(first, clause.sentence) if p.place), None)
    b = next((p for p in reading.places_of(second, clause.sentence) if p.place), None)
    if a is not None and b is not None and a.place != b.place:
        yield _relation(clause, reading, predicate, a, b, (clause.start, clause.end))


def _relation(clause: Clause, reading: Reading, predicate: str, inner: Where, outer: Where, span: tuple[int, int], note: str = "") -> Claim:
    names = [w.place.name if w.place else w.words for w in (inner, outer)]
    label = f"{names[0]} {predicate.replace('-', ' ')} {names[1]}"
    return draft(
        clause,
        reading,
        name,
        predicate,
        implied_state(reading.published),
        where=(inner.as_role("place"), outer.as_role("container")),
        span=span,
        note=note,
        label=label,
        modality="asserted",
    )


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    if claim.predicate == "separates":
        return (Question(f"{claim.id}:held", "control", ("held",), within=setting.theatre, on=claim.when.end_max),)
    return ()


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if claim.predicate == "separates":
        return judge_separates(claim, answers["held"], setting)
    inner, outer = claim.place("place"), claim.place("container")
    if inner is None or outer is None:
        return unverified(claim, "no-place", no_place(claim), setting)
    if claim.predicate == "in":
        return _judge_in(claim, inner, outer, setting)
    if claim.predicate == "on-bank":
        return _judge_bank(claim, inner, outer, setting)
    if claim.predicate == "direction":
        return _judge_bearing(claim, inner, outer, setting)
    joined = setting.geography.borders(inner.id, outer.id)
    if joined is None:
        return unverified(claim, "unknown", "The gazetteer does not say what borders what there.", setting)
    verdict = Verdict.SUPPORTED if joined else Verdict.REFUTED
    return finding(
        claim,
        verdict,
        "borders",
        f"{inner.name} {'borders' if joined else 'does not border'} {outer.name}.",
        setting,
        records=[_record(inner, "")],
    )


def _judge_in(claim: Claim, inner: Place, outer: Place, setting: Setting) -> Finding:
    inside = setting.geography.contains(outer.id, inner.id)
    if not inside and _in_landform(inner, outer, setting):
        inside = True
    if inside is None:
        return unverified(claim, "unknown", f"The gazetteer does not say whether {inner.name} lies in {outer.name}.", setting)
    other = next((o for w in claim.where if w.role == "place" and (o := namesake(w)) is not None), None)
    if inside and other is not None:
        reason = f"{spelt(inner)} lies in {outer.name}; the larger {spelt(other)} does not, and nothing else tells which is meant."
        return unverified(claim, "namesake", reason, setting, records=[_record(inner, f"{inner.name} lies in {outer.name}.")])
    if inside:
        return finding(
            claim,
            Verdict.SUPPORTED,
            "contains",
            f"{inner.name} lies in {outer.name}.",
            setting,
            records=[_record(inner, f"{inner.name} lies in {outer.name}.")],
            place=inner,
        )
    real = next((setting.geography.place(p) for p in inner.parents if setting.geography.place(p).kind == outer.kind), None)
    if real is None:
        return unverified(claim, "unknown", f"The gazetteer does not say in which {outer.kind} {inner.name} lies.", setting)
    return finding(
        claim,
        Verdict.MISPLACED,
        "contains",
        f"{inner.name} lies in {real.name}, not in {outer.name}.",
        setting,
        records=[_record(inner, f"{inner.name} lies in {real.name}.")],
        place=real,
        off_by_km=_rounded(setting.geography.distance_km(inner.id, outer.id)),
    )


def _in_landform(inner: Place, outer: Place, setting: Setting) -> bool:
    """ "Crimea" is said of the republic and of the peninsula, which holds Sevastopol as well."""
    forms = [a for a in setting.geography.areas_of(outer.id) if setting.geography.place(a).kind == "peninsula"]
    return any(setting.geography.contains(a, inner.id) for a in forms)


def _judge_bearing(claim: Claim, inner: Place, outer: Place, setting: Setting) -> Finding:
    """Which way, and how far, with room for the loose use of both; between right and wrong nobody is accused."""
    way = setting.geography.direction(inner.id, outer.id)
    km = setting.geography.distance_km(inner.id, outer.id)
    told, _, told_km = claim.note.partition("|")
    if way is None or km is None:
        return unverified(claim, "unknown", f"The gazetteer does not say how {inner.name} lies to {outer.name}.", setting)
    really = way.replace("-", "")
    if km > (NAMESAKE_KM if not told_km else max(NAMESAKE_KM, NAMESAKE_FACTOR * float(told_km))):
        return unverified(claim, "far", f"{inner.name} as read lies {km:.0f} km from {outer.name}: another place may be meant.", setting)
    apart = abs(COMPASS.index(told) - COMPASS.index(really)) % 8
    turned = min(apart, 8 - apart)
    says = f"{inner.name} lies {km:.0f} km {way} of {outer.name}."
    records = [_record(inner, says)]
    if turned > LOOSE_TURNS + 1:
        return finding(claim, Verdict.MISPLACED, "direction", says, setting, records=records, place=inner)
    if told_km and not SHORTEST * km <= float(told_km) <= LONGEST * km + NEAR_KM:
        wrong = float(told_km) < km / FAR_OFF or float(told_km) > FAR_OFF * km + NEAR_KM
        return (
            finding(claim, Verdict.REFUTED, "distance", says, setting, records=records)
            if wrong
            else unverified(claim, "distance", says, setting, records=records)
        )
    if turned > LOOSE_TURNS:
        return unverified(claim, "direction", says, setting, records=records)
    return finding(claim, Verdict.SUPPORTED, "direction", says, setting, records=records, place=inner)


def _judge_bank(claim: Claim, inner: Place, river: Place, setting: Setting) -> Finding:
    bank = setting.geography.bank(inner.id, river.id)
    if bank is None:
        return unverified(claim, "unknown", f"Too near the course, or too far from it, to say on which bank {inner.name} lies.", setting)
    wanted = {"left": "left", "right": "right"}.get(claim.note)
    if wanted is None:
        way = setting.geography.direction(inner.id, river.id)
        if way is None:
            return unverified(claim, "unknown", f"The gazetteer does not say on which side {inner.name} lies.", setting)
        fits = claim.note.removesuffix("ern") in way
    else:
        fits = wanted == bank
    return finding(
        claim,
        Verdict.SUPPORTED if fits else Verdict.REFUTED,
        "bank",
        f"{inner.name} lies on the {bank} bank of {river.name}.",
        setting,
        records=[_record(inner, f"{inner.name} lies on the {bank} bank of {river.name}.")],
        place=inner,
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
