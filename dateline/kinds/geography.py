"""Geography: in which region, on which bank, shore or river, which way and how far. Answered from geometry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dateline.kinds.base import Answers, Setting, draft
from dateline.kinds.front import judge_front
from dateline.kinds.judging import finding, namesake, no_place, spelt, unverified
from dateline.kinds.relations import MARK, SITES, UNITS, Masked, Told, masked, told, words_of
from dateline.kinds.rivers import judge_separates
from dateline.kinds.siting import Measured, measure
from dateline.kinds.subjects import subjects_of, there
from dateline.text.lexicon import PIVOT
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Claim, Finding, Place, Question, Record, Where
from dateline.verdict import Verdict
from dateline.when import implied_state
from dateline.where import open_gazetteer

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
MOVED = frozenset({"in", "part", "at-sea", "direction"})  # wrong container or direction is misplaced, other relations are refuted
TOWN_FROM = 5000  # people: of smaller places the gazetteer lacks many, so a namesake may be meant (as in dateline.tempering)
DENSE = 600  # places known in a region from which on few of its villages can be missing (Kherson: 627 of 658)
SHORT = 7  # words that may stand between verb and relation: "is a small town" (own choice)
LEADING = frozenset("for from by against under with to over during after before amid that which who where when whose as than".split())
STOP = re.compile(r"[;:!?)]|,\s|\.\s|\.$|\s[–—-]\s")  # what ends an apposition
BEFORE_WAR = re.compile(r"\b(?:pre-?war|before the (?:[\w-]+ )?(?:war|invasion|attack))", re.IGNORECASE)
LIGHT = frozenset("located situated right just deep also still and about some it a an the one another".split())


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Relations of places told in the clause, in apposition, by preposition or by verb."""
    words = reading.lexicon.words
    if clause.lemma in words("geography", "separate"):
        yield from _separates(clause, reading)
    elif clause.lemma in words("geography", "border"):
        yield from _pairs(clause, reading)
    elif clause.lemma in words("geography", "lie"):
        yield from _lies(clause, reading)
    yield from _peopled(clause, reading)
    yield from _containment(clause, reading)
    yield from _apposed(clause, reading)


def _own(clause: Clause, reading: Reading) -> list[Where]:
    """Settlements, sites and islands on the clause's own words."""
    return [p for p in reading.own(reading.places, clause) if p.place is not None and p.place.kind in SITES and not reading.beside(p)]


def _containment(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "X, a town in the Y region", "X in Y Oblast", "X, Y Oblast", "the Y region town of X"."""
    for inner in _own(clause, reading):
        outer = next((p for p in reading.places if p.start >= inner.end and p.end <= clause.sentence.end), None)
        holds = outer is not None and outer.place is not None and outer.place.kind in UNITS
        if outer and holds and joins(reading.told(inner.end, outer.start), reading) and not _listed(inner, outer, reading):
            yield _relation(clause, reading, "in", (inner,), (outer,), (inner.start, _unit_end(outer, reading)))
            continue
        before = [p for p in reading.places if clause.sentence.start <= p.start and p.end <= inner.start]
        if before and before[-1].place is not None and before[-1].place.kind == "region":
            nouns = "|".join(sorted(reading.lexicon.words("geography", "settlement")))
            between = reading.document.text[before[-1].end : inner.start]
            if re.fullmatch(
                rf"(?:['’]s)?(?:\s+(?:region|oblast|province)(?:['’]s)?)?\s+(?:[\w-]+\s+)?(?:{nouns})\s+of\s+", between, re.IGNORECASE
            ):
                yield _relation(clause, reading, "in", (inner,), (before[-1],), (before[-1].start, inner.end))


def _apposed(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "X, a port on the Sea of Azov,", "X, 20 km north of Y,": what stands between commas after the name."""
    for subject in _own(clause, reading):
        at, more = subject.end, True
        while more and (comma := re.match(r"\s*,\s+(?=\S)", reading.document.text[at : clause.sentence.end])):
            begin = at + comma.end()
            stop = STOP.search(reading.document.text[begin : clause.sentence.end])
            at, more = begin + stop.start() if stop else clause.sentence.end, False
            tail = masked(reading, begin, at)
            plain = at > clause.sentence.end or re.match(r"(?:an?|the|another|one)\s", tail.text) is None
            for relation in _chained(tail, reading, whole=plain):
                more = True
                others = relation.others or _around(relation, subject, reading)
                if relation.predicate != "in" and subject.place not in [o.place for o in others]:
                    yield _relation(clause, reading, relation.predicate, (subject,), others, (subject.start, relation.end), relation.note)


def _chained(tail: Masked, reading: Reading, *, whole: bool = False) -> Iterator[Told]:
    """Relations that hang on the subject: nothing but a noun of place stands before each, as in "is a small town on"."""
    nouns = words_of(reading, "settlement", "sites")
    since = tail.start
    for relation in sorted(told(tail, reading, whole=whole), key=lambda r: r.start):
        gap = tail.text[tail.index(since) : tail.index(max(since, relation.start))]
        between = re.findall(r"[\w'’-]+", gap)
        loose = MARK in gap or len(between) > SHORT or LEADING & set(between)
        if loose or (between and relation.predicate not in ("population", "rank") and not {between[-1]} & (nouns | LIGHT)):
            return
        since = relation.end
        yield relation


def _lies(clause: Clause, reading: Reading) -> Iterable[Claim]:
    subjects = subjects_of(clause, reading)
    if not subjects:
        return
    tokens = clause.sentence.tokens
    head = tokens[clause.head]
    inside = set(clause.tokens)
    other = next(
        (t.start for t in tokens if t.start > head.start and t.i not in inside and t.pos not in ("PUNCT", "SPACE")), clause.sentence.end
    )
    begin = head.end if clause.lemma not in words_of(reading, "face") else head.start
    tail = masked(reading, begin, max(begin, min(other, clause.sentence.end)))
    relations = list(_chained(tail, reading))
    for relation in relations:
        others = relation.others or _around(relation, subjects[0], reading)
        if not {s.place for s in subjects} & {o.place for o in others}:
            span = (
                min(clause.start, subjects[0].start if subjects[0].start >= clause.sentence.start else clause.start),
                max(relation.end, clause.end if relation is relations[-1] else 0),
            )
            yield _relation(clause, reading, relation.predicate, subjects, others, span, relation.note, plain=True)


def _around(relation: Told, subject: Where, reading: Reading) -> tuple[Where, ...]:
    """ "the peninsula", "the region" of "in the east of the region": the last one named before, of that kind."""
    noun = relation.note.rpartition(" ")[2] if relation.predicate == "part" else ""
    kinds = {
        "peninsula": ("peninsula", "region"),
        "region": ("region",),
        "oblast": ("region",),
        "country": ("country",),
        "island": ("island",),
    }
    fits = [p for p in reading.places if p.end <= relation.start and p.place is not None and p.place.kind in kinds.get(noun, ())]
    if noun == "peninsula":
        gazetteer = open_gazetteer()
        fits = [
            p
            for p in fits
            if p.place and any(gazetteer.place(a).kind == "peninsula" for a in (p.place.id, *gazetteer.areas_of(p.place.id)))
        ]
    return tuple(fits[-1:])


PEOPLED = re.compile(
    r"(?P<before>(?:[a-z]+\s+){0,3}?)(?P<n>\d[\d,.]*\d|\d+)\s+(?:people|inhabitants|residents)\s+(?:had\s+|once\s+)?lived\s+(?:there|in\s+(?P<p>\ue000+))"
    r"|\b(?:had|has|with)\s+a\s+(?:pre-?war\s+)?population\s+of\s+(?P<before2>(?:[a-z]+\s+){0,3}?)(?P<n2>\d[\d,.]*\d|\d+)"
)


def _peopled(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "More than 10,000 people lived there before the war", "it had a population of 20,000"."""
    if clause.lemma not in ("live", "have") or clause.sentence.language != PIVOT:
        return
    whole = masked(reading, clause.sentence.start, clause.sentence.end)
    for found in PEOPLED.finditer(whole.text):
        place = whole.name(found, "p", "settlement") if found["p"] else None
        subjects = (place,) if place is not None else subjects_of(clause, reading) if found["n2"] else there(clause, reading)
        relation = next(
            told(Masked(f"population of {found['before'] or found['before2'] or ''}{found['n'] or found['n2']}", 0, {}), reading), None
        )
        if subjects and relation is not None:
            span = (clause.sentence.start, whole.at_end(found.end()))
            yield _relation(clause, reading, "population", subjects, (), span, relation.note, plain=True)


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


def _pairs(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "The Pskov region borders Latvia and Estonia": a claim for each that is named."""
    first = next((p for p in reading.places_of(clause.actor, clause.sentence) if p.place), None)
    for other in reading.places_of(clause.patient, clause.sentence):
        if first is not None and other.place is not None and other.place != first.place:
            yield _relation(clause, reading, "borders", (first,), (other,), (clause.start, _unit_end(other, reading)), plain=True)


def _relation(
    clause: Clause,
    reading: Reading,
    predicate: str,
    inner: Sequence[Where],
    outer: Sequence[Where],
    span: tuple[int, int],
    note: str = "",
    *,
    plain: bool = False,
) -> Claim:
    """A claim on how `inner` lies to `outer`; `plain` relations are the clause's own point and share its modality."""
    names = [w.place.name if w.place else w.words for w in (*inner, *outer)]
    label = " ".join([", ".join(names[: len(inner)]), predicate.replace("-", " "), *names[len(inner) :]])
    roles = [w.as_role("place") for w in inner] + [w.as_role("container" if n == 0 else "other") for n, w in enumerate(outer)]
    return draft(
        clause,
        reading,
        name,
        predicate,
        implied_state(reading.published),
        where=tuple(roles),
        span=span,
        note=note,
        label=label,
        modality=None if plain else "asserted",
    )


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
    meant = {c.place.id: c.place for c in where.candidates} | {p.id: p for p in gazetteer.lookup(where.words)}
    for other in (p for p in meant.values() if p.kind == where.place.kind or {p.kind, where.place.kind} <= SITES):
        again = measure(claim.predicate, claim.note, other, others, gazetteer)
        if again.true is not False and again.how != "far":
            return Measured(
                None, f"“{where.words}” may mean another place: {spelt(other)}. If it means the first: {first.says}", how="place"
            )
    small = where.place.kind == "settlement" and where.place.population < TOWN_FROM
    container = others[0] if others and claim.predicate in ("in", "part", "rank") else None
    if small and alone and container is not None and len(gazetteer.points_in(container.id)) < DENSE:
        return Measured(None, f"{first.says} Not all villages of {container.name} are known, so another may be meant.", how="village")
    return first


def _wrong(claim: Claim, measured: Measured, setting: Setting) -> Finding:
    """What is false of every reading of the name: other readings are left out of the finding, they change nothing."""
    verdict = {"above": Verdict.OVERSTATED, "below": Verdict.UNDERSTATED}.get(
        measured.how, Verdict.MISPLACED if claim.predicate in MOVED else Verdict.REFUTED
    )
    inner = claim.place("place")
    assert inner is not None
    sure = replace(claim, where=tuple(replace(w, candidates=w.candidates[:1]) for w in claim.where))
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
