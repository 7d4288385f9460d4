"""What a clause about a place is about: a name, "the town", "it", "there", "both of them"."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.kinds.base import definite, meant_place
from dateline.kinds.relations import SITES, listed, words_of
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Where

KINDS = {
    "basis": "facility",
    "island": "island",
    "islet": "island",
    "base": "facility",
    "airfield": "facility",
    "plant": "facility",
    "dam": "facility",
}


def subjects_of(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """The places the clause is about: a name, an apposition to it, "the city", "it", "both towns"; () for anything else."""
    actor = clause.actor
    if actor is None:
        before = reading.inside(reading.places, clause.sentence.start, clause.sentence.tokens[clause.head].start)
        last = before[-1] if before else None
        between = "" if last is None else reading.document.text[last.end : clause.sentence.tokens[clause.head].start]
        fits = last is not None and last.place is not None and last.place.kind in SITES
        return (last,) if last is not None and fits and re.fullmatch(r"\s*(?:,[^,]*,\s*)?", between) else ()
    several = _several(clause, reading)
    if several:
        return several
    tokens = clause.sentence.tokens
    head = tokens[actor.head]
    apposed = [tokens[s] for a in clause.sentence.kids(actor.head, "appos") for s in clause.sentence.subtree(a)]
    nouns = words_of(reading, "settlement", "sites")
    heads = {head.start, *(t.start for t in apposed if t.pos == "PROPN")}
    end = max([actor.end, *(t.end for t in apposed if t.pos == "PROPN")])
    for where in reading.inside(reading.places, actor.start, end):
        if where.place is not None and where.place.kind in SITES:
            called = head.lemma.lower() in nouns and re.search(r"\bof\s+(?:the\s+)?$", reading.document.text[actor.start : where.start])
            if called or any(where.start <= h < where.end for h in heads):
                return (_as_site(where, actor, clause),)
    if head.lemma.lower() == "it":
        return _it(clause, reading)
    meant = meant_place(actor, clause, reading) or _definite(actor, clause, reading)
    return () if meant is None else (meant,)


def _as_site(where: Where, phrase: Phrase, clause: Clause) -> Where:
    """ "One of the bases, X": where X may be a site, the site is meant."""
    told = {clause.sentence.tokens[i].lemma.lower() for i in phrase.tokens}
    site = next((c.place for c in where.candidates if KINDS.get(c.place.kind, c.place.kind) in {KINDS.get(t) for t in told}), None)
    return where if site is None else replace(where, place=site)


def _it(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """What "it" means: the one place that the sentence before names, or the part of this sentence before it."""
    before = [s for s in reading.sentences if s.start < clause.sentence.start and s.block == clause.sentence.block][-1:]
    start = before[0].start if before else clause.sentence.start
    sites = listed([p for p in reading.inside(reading.places, start, clause.start) if p.place is not None and p.place.kind in SITES])
    return sites if len(sites) == 1 else ()


def _definite(phrase: Phrase, clause: Clause, reading: Reading) -> Where | None:
    """ "the island", "the plant": the last one named of that kind."""
    kind = KINDS.get(phrase.lemma)
    if kind is None or not definite(phrase, clause):
        return None
    if reading.inside(reading.places, phrase.start, phrase.end):
        return None
    earlier = [p for p in reading.places if p.end <= phrase.start and p.place is not None and p.place.kind == kind]
    return earlier[-1] if earlier else None


def _several(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """ "Both places", "all of them": the two last named, the list of the last sentence that holds one."""
    assert clause.actor is not None
    nouns = "|".join(sorted(reading.lexicon.words("geography", "settlement")))
    words = reading.words(clause.actor).lower()
    several = re.fullmatch(
        rf"(both|all)(?:\s+of)?(?:\s+(?:them|these|those|the))?(?:\s+\w+)?(?:\s+(?:place|{nouns})s?)?", words.replace("ies", "y")
    )
    if several is None:
        return ()
    earlier = [s for s in reading.sentences if s.start < clause.sentence.start]
    lists = [
        listed([p for p in reading.inside(reading.places, s.start, s.end) if p.place and p.place.kind == "settlement"]) for s in earlier
    ]
    if several.group(1) == "all":
        return next((found for found in reversed(lists) if len(found) > 1), ())
    last = listed([p for found in reversed(lists) for p in reversed(found)])[:2]
    return last if len(last) == 2 else ()


def there(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    earlier = [p for p in reading.places if p.end <= clause.sentence.start and p.place is not None and p.place.kind == "settlement"]
    return tuple(earlier[-1:])
