"""Finding how places are told to lie: in clauses about a place, in what is set apart after its name, and before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dateline.kinds.base import draft
from dateline.kinds.relations import SITES, UNITS, Masked, Told, masked, told, words_of
from dateline.kinds.subjects import subjects_of, there
from dateline.text.lexicon import PIVOT
from dateline.text.pivot import MARK
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Candidate, Claim, Where
from dateline.when import implied_state
from dateline.where import open_gazetteer
from dateline.where.ground import country_of

name = "geography"

LISTED = frozenset({"direction", "near", "between"})  # without a distance these may be the next items of a list
SHORT = 7  # words that may stand between verb and relation: "is a small town" (own choice)
LEADING = frozenset("for from by against under with to over during after before amid that which who where when whose as than".split())
CLOSED = re.compile(r"\s*(?:[.,;:!?)–—]|and\b|$)")
STOP = re.compile(r"[;:!?)]|,\s|\.\s|\.$|\s[–—-]\s")  # what ends an apposition
LIGHT = frozenset("located situated right just deep also still and about some it a an the one another".split())


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Relations of places told in the clause, in apposition, by preposition or by verb."""
    words = reading.lexicon.words
    if clause.lemma in words("geography", "separate"):
        yield from _separates(clause, reading)
    elif clause.lemma in words("geography", "border"):
        yield from _pairs(clause, reading)
    elif clause.lemma in words_of(reading, "flow"):
        yield from _flows(clause, reading)
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
        side = _side_of_country(inner, clause, reading)
        if side is not None:
            yield _relation(clause, reading, "part", (inner,), (side[0],), (side[0].start, inner.end), side[1])
        before = [p for p in reading.places if clause.sentence.start <= p.start and p.end <= inner.start]
        if before and before[-1].place is not None and before[-1].place.kind == "region":
            nouns = "|".join(sorted(reading.lexicon.words("geography", "settlement")))
            between = reading.document.text[before[-1].end : inner.start]
            if re.fullmatch(
                rf"(?:['’]s)?(?:\s+(?:region|oblast|province)(?:['’]s)?)?\s+(?:[\w-]+\s+)?(?:{nouns})\s+of\s+", between, re.IGNORECASE
            ):
                yield _relation(clause, reading, "in", (inner,), (before[-1],), (before[-1].start, inner.end))


def _side_of_country(inner: Where, clause: Clause, reading: Reading) -> tuple[Where, str] | None:
    """ "The southern city of X", "the southern Ukrainian city of X": the country, and in which part of it X is told to lie."""
    text = reading.document.text[clause.sentence.start : inner.start].lower()
    ways, nouns = ("|".join(sorted(words_of(reading, g), key=lambda w: (-len(w), w))) for g in ("directions", "settlement"))
    told_so = re.search(rf"\b({ways})ern\s+(?:(\w+)\s+)?(?:{nouns})\s+of\s+$", text) if ways and nouns else None
    country = open_gazetteer().get(inner.place.country or "") if inner.place is not None else None
    if told_so is None or country is None:
        return None
    start = clause.sentence.start + told_so.start()
    other = [m for m in reading.inside(reading.mentions, start, inner.start) if m.form == "adjective"]
    if any(m.entry.country is None or country_of(m.entry.country) != country.id for m in other):
        return None
    words = reading.document.text[start : inner.start].strip()
    where = Where(words, start, start + len(words), country, (Candidate(country, 1.0, "the country that it lies in"),))
    return where, told_so.group(1).replace("-", "")


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
                if plain and relation.predicate in LISTED and not relation.note.partition("|")[2].strip("|"):
                    continue  # "around A, south of B, and near C" is a list
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
        leading = LEADING - {"with"} if relation.predicate == "population" else LEADING
        loose = MARK in gap or len(between) > SHORT or leading & set(between)
        if relation.predicate == "rank" and not CLOSED.match(reading.document.text[relation.end :]):
            return  # "the largest city in Y still held by Z"
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
    if relation.predicate == "direction":
        towns = [p for p in reading.places if p.end <= relation.start and p.place is not None and p.place.kind == "settlement"]
        return tuple(p for p in towns if p.place != subject.place)[-1:]
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


def _flows(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "The Oskil flows through Kupiansk": the town lies on the river."""
    river = next((p for p in reading.places_of(clause.actor, clause.sentence) if p.place and p.place.kind == "river"), None)
    phrase = clause.oblique("through", "past", "by")
    for town in reading.places_of(phrase, clause.sentence):
        if river is not None and town.place is not None and town.place.kind == "settlement":
            yield _relation(clause, reading, "on-river", (town,), (river,), (clause.start, clause.end), plain=True)


PEOPLED = re.compile(
    r"(?P<before>(?:[a-z]+\s+){0,3}?)(?P<n>\d[\d,.]*\d|\d+)\s+(?:people|inhabitants|residents)\s+(?:had\s+|once\s+)?lived\s+"
    r"(?:there|in\s+(?P<p>\ue000+))"
    r"|\b(?:had|has)\s+(?P<before3>(?:[a-z]+\s+){0,3}?)(?P<n3>\d[\d,.]*\d|\d+)\s+(?:people|inhabitants|residents)\b"
    r"(?!\s+(?:killed|dead|injured))"
    r"|\b(?:had|has|with)\s+a\s+(?:pre-?war\s+)?population\s+of\s+(?P<before2>(?:[a-z]+\s+){0,3}?)(?P<n2>\d[\d,.]*\d|\d+)"
)


def _peopled(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """ "More than 10,000 people lived there before the war", "it had a population of 20,000"."""
    if clause.lemma not in ("live", "have") or clause.sentence.language != PIVOT:
        return
    whole = masked(reading, clause.sentence.start, clause.sentence.end)
    for found in PEOPLED.finditer(whole.text):
        place = whole.name(found, "p", "settlement") if found["p"] else None
        subjects = (place,) if place is not None else subjects_of(clause, reading) if found["n2"] or found["n3"] else there(clause, reading)
        words = [next((found[f"{g}{n}"] for n in ("", "2", "3") if found[f"{g}{n}"] is not None), "") for g in ("before", "n")]
        relation = next(told(Masked(f"population of {''.join(words)}", 0, {}), reading), None)
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
