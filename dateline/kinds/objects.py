"""Which places are themselves what a verb takes or holds, and which only say where that lies."""

from __future__ import annotations

import re

from dateline.kinds.sited import joins
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Where


def objects(whose: Phrase | None, clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """Places that are themselves what is taken or held: "the hub of Tokmak", but not "a factory in Bakhmut"."""
    named = reading.places_of(whose, clause.sentence)
    if whose is None or not named:
        return named
    words, tokens = reading.lexicon.words, clause.sentence.tokens
    nouns = words("geography", "settlement", "regions") | words("control", "shares", "hands", "flag")
    kept = []
    for place in named:
        if _owner(place, whose, clause) and whose.lemma not in nouns:
            continue
        at = next((i for i in whose.tokens if place.start <= tokens[i].start < place.end), whose.head)
        preps = set()
        while at != whose.head and tokens[at].head != at:
            at = tokens[at].head
            if tokens[at].dep == "prep":
                preps.add(tokens[at].lemma.lower())
        if preps <= {"of"} or (whose.lemma in nouns and preps <= {"of", "in", "across", "within", "over", "throughout"}):
            kept.append(place)
    return tuple(kept)


def _owner(place: Where, whose: Phrase, clause: Clause) -> bool:
    """True where the place stands in the genitive under another noun: "штаб Південного округу" is no town."""
    tokens = clause.sentence.tokens
    return any(place.start <= tokens[i].start < place.end and tokens[i].dep in ("nmod", "amod") for i in whose.tokens if i != whose.head)


def parse_lost(whose: Phrase | None, clause: Clause, reading: Reading) -> bool:
    """True where what the parser took for the object cannot be one: none, a name it did not know, "further north"."""
    if whose is None or whose.lemma in reading.lexicon.words("geography", "directions"):
        return True
    return clause.sentence.tokens[whose.head].pos not in ("NOUN", "PRON")


def of_place(whose: Phrase | None, found: tuple[Where, ...], clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """ "the Kyiv suburb of Irpin": of two names in the phrase the one that "of" gives is meant."""
    if whose is None or whose.lemma not in reading.lexicon.words("geography", "settlement") or len(found) < 2:
        return found
    tokens = clause.sentence.tokens
    after = [
        tokens[o].start
        for c in clause.sentence.kids(whose.head, "prep")
        if tokens[c].lemma == "of"
        for o in clause.sentence.kids(c, "pobj")
    ]
    return tuple(p for p in found if any(p.start <= start < p.end for start in after)) or found


def placeless(whose: Phrase | None, reading: Reading) -> bool:
    """True where what is taken or held may be told by place alone: "control in X", "parts of X", not "a line in X"."""
    words = reading.lexicon.words
    return whose is None or whose.lemma in words("control", "hands", "flag", "shares") | words("geography", "settlement", "regions")


def beside_verb(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """Where the parse lost the object: settlements on the side of the verb on which it stands."""
    head = clause.sentence.tokens[clause.head].start
    return tuple(
        p
        for p in reading.own(reading.places, clause)
        if p.place is not None and p.place.kind == "settlement" and (p.start < head) == clause.passive and not reading.beside(p)
    )


def renames(whose: Phrase, clause: Clause, reading: Reading) -> bool:
    """True for "Balakliia, a town in ...": the town is the place before it. Also "the town of X"."""
    head = clause.sentence.tokens[whose.head]
    if head.dep == "appos":
        return True
    named = reading.inside(reading.places, whose.start, whose.end)
    of = [c for c in clause.sentence.kids(whose.head, "prep") if clause.sentence.tokens[c].lemma == "of"]
    beside = clause.sentence.kids(whose.head, "appos", "compound", "nmod")
    near = [clause.sentence.tokens[c] for p in of for c in clause.sentence.kids(p, "pobj")] + [clause.sentence.tokens[c] for c in beside]
    return any(p.start <= t.start < p.end for p in named for t in near)


def narrowed(found: tuple[Where, ...], clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """Where only the region of "Bakhmut, in Donetsk region," was found, the town before it is what is meant."""
    if any(p.place is not None and p.place.kind == "settlement" for p in found):
        return found
    towns = [
        p for p in reading.inside(reading.places, clause.sentence.start, clause.sentence.end) if p.place and p.place.kind == "settlement"
    ]
    inner = [t for t in towns for p in found if t.end <= p.start and joins(reading.told(t.end, p.start), reading)]
    return tuple(inner) or found


def listed_with(found: tuple[Where, ...], clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """All towns of the list that a found one stands in: parsers lose the items of "A, B and C"."""
    if not found or any(p.place is None or p.place.kind != "settlement" for p in found):
        return found
    near = [
        p for p in reading.inside(reading.places, clause.sentence.start, clause.sentence.end) if p.place and p.place.kind == "settlement"
    ]
    listed = list(found)
    for _ in near:  # one pass may reach the next neighbour only
        for p in near:
            glued = any(re.fullmatch(r"\s*(?:,|,?\s+and|;)\s+", reading.told(min(p.end, q.end), max(p.start, q.start))) for q in listed)
            if p not in listed and glued:
                listed.append(p)
    return tuple(sorted(listed, key=lambda p: p.start))


def _towns(clause: Clause, reading: Reading) -> list[Where]:
    """Settlements named anywhere in the clause's sentence."""
    named = reading.inside(reading.places, clause.sentence.start, clause.sentence.end)
    return [p for p in named if p.place is not None and p.place.kind == "settlement"]
