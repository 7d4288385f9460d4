"""Which incident a sentence goes on about: the place and time that the report last told of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from dateline.kinds.relations import SITES
from dateline.kinds.takings import is_ship
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Sentence
from dateline.types import When, Where
from dateline.where import open_gazetteer

CAPITALS = ("capital",)
ON_THE_WAY = re.compile(r"\b(?:from|to|towards?|bound for|between)\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Incident:
    """Where and when it was, in which sentence, and by which words of strikes that told of it."""

    place: Where | None
    when: When | None
    sentence: Sentence
    words: frozenset[str]


def incident_of(clause: Clause, reading: Reading) -> Incident | None:
    """The incident of the clause's own sentence, else the last one before it; None where none is told of."""
    told = [s for s in reading.sentences if s.start <= clause.sentence.start]
    for sentence in reversed(told):
        own = sentence.start == clause.sentence.start
        words = strike_words(sentence, reading)
        place = _place(sentence, reading)
        if place is not None and (own or words):
            return Incident(place, _time(sentence, reading), sentence, words or strike_words(clause.sentence, reading))
    return None


def strike_words(sentence: Sentence, reading: Reading) -> frozenset[str]:
    """Verbs, nouns, weapons and targets of strikes in the sentence, as lemmas; names apart."""
    groups = reading.lexicon.words("strike", "verbs", "nouns", "weapons", "targets")
    return frozenset(t.lemma.lower() for t in sentence.tokens if t.lemma.lower() in groups and not reading.names(t.start, t.end))


def _place(sentence: Sentence, reading: Reading) -> Where | None:
    """The site or settlement that the sentence names, else the region; "the capital" is the one of the country told of."""
    named = [p for p in reading.inside(reading.places, sentence.start, sentence.end) if p.place is not None]
    named = [p for p in named if not ON_THE_WAY.search(reading.document.text[max(0, p.start - 24) : p.start])]
    named = [p for p in named if not (is_ship(p, reading) or reading.beside(p) or is_code(p, reading) or _of_person(p, sentence, reading))]
    for kinds in (frozenset({"facility"}), SITES, frozenset({"region"})):
        fits = [p for p in named if p.place is not None and p.place.kind in kinds]
        if fits:
            return fits[0]
    capital = next((t for t in sentence.tokens if t.lemma.lower() in CAPITALS), None)
    return None if capital is None else capital_named(reading)


def _of_person(place: Where, sentence: Sentence, reading: Reading) -> bool:
    """True for a name within that of an actor: "Moscow's defence ministry", "the mayor of X"."""
    if reading.inside(reading.mentions, place.start, place.end):
        return True
    token = next((t for t in sentence.tokens if place.start <= t.start < place.end), None)
    while token is not None and token.head != token.i and token.dep in ("pobj", "prep", "compound", "poss", "nmod"):
        token = sentence.tokens[token.head]
        if token.lemma.lower() in reading.lexicon.words("actors", "government") | {"mayor", "governor", "official", "spokesman"}:
            return True
    return False


def is_code(place: Where, reading: Reading) -> bool:
    """True for "Il" of "Il-76": a type of weapon, not a place."""
    after = reading.document.text[place.end : place.end + 2]
    return after[:1] in ("-", "‑", "–") and after[1:].isdigit()


def capital_named(reading: Reading) -> Where | None:
    """The national capital that the report names."""
    store = open_gazetteer().store
    for where in reading.places:
        number = None if where.place is None else store.number(where.place.id)
        if number is not None and where.place is not None and where.place.kind == "settlement" and store.is_capital(number):
            return where
    return None


def dawn(when: When) -> When:
    """ "Before dawn on Friday" is on that Friday, not some time before it."""
    if (
        when.shape != "until"
        or when.end_max is None
        or not re.match(r"before\s+(?:dawn|daybreak|sunrise|noon|midday)\b", (when.words or "").lower())
    ):
        return when
    day = when.end_max + timedelta(days=1)
    return replace(
        when,
        start_min=when.end_max,
        start_max=day,
        end_min=when.end_max,
        end_max=day,
        edtf=f"{when.end_max.isoformat()}/{day.isoformat()}",
        shape="within",
        granularity="day",
        basis=f"the day itself: {when.basis}",
    )


def _time(sentence: Sentence, reading: Reading) -> When | None:
    times = [dawn(t) for t in reading.inside(reading.times, sentence.start, sentence.end)]
    return next((t for t in times if t.shape == "within" and not t.is_open), None)
