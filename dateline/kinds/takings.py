"""Roundabout ways of telling who has a place: flags over it, a garrison's surrender, "completed the capture of", "it"."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.kinds.base import settlements_before
from dateline.kinds.relations import SITES, listed
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Where

DOERS = frozenset({"NOUN", "PROPN", "PRON", "ADV", "AUX", "CCONJ"})  # what stands right before a verb that is told of somebody


def group(reading: Reading, name: str) -> frozenset[str]:
    """A group of the control words; empty in a language that has none of that name."""
    return reading.lexicon.groups["control"].get(name, frozenset())


def takes(clause: Clause, reading: Reading) -> bool:
    words = reading.lexicon.words
    if _adjectival(clause) or (clause.patient is None and clause.oblique("on", "upon") is not None):
        return False  # "seized on the matter" takes nothing
    if clause.lemma in words("control", "take"):
        return True
    if clause.lemma in words("control", "take_light") and clause.patient is not None:
        named = [p for p in reading.places_of(clause.patient, clause.sentence) if p.place]
        head_is_place = any(p.start <= clause.sentence.tokens[clause.patient.head].start < p.end for p in named)
        if not named and said_of(clause.patient, clause, reading):
            return True
        return bool(named) and (head_is_place or clause.patient.lemma in words("control", "hands") | words("geography", "settlement"))
    if clause.lemma in words("control", "raise") and clause.patient is not None:
        return clause.patient.lemma in words("control", "flag")
    return False


def _adjectival(clause: Clause) -> bool:
    """ "in occupied Luhansk", "links occupied Crimea with ...": a state in a word, whatever the parser made of it."""
    tokens = clause.sentence.tokens
    head = tokens[clause.head]
    if head.dep == "amod":
        return True
    before = tokens[head.i - 1] if head.i else None
    bare = head.tag in ("VBN", "VBD") and clause.sentence.child(head.i, "aux", "auxpass", "agent") is None
    return bare and head.dep not in ("relcl", "acl") and (before is None or before.pos not in DOERS)


def enters(clause: Clause, reading: Reading) -> bool:
    verb = clause.lemma
    into = clause.oblique("into")
    armed = _armed(clause, reading)
    if f"{verb} into" in reading.lexicon.words("control", "enter") and into is not None:
        return armed
    return verb in reading.lexicon.words("control", "enter") and armed


def _armed(clause: Clause, reading: Reading) -> bool:
    """True where a side does it, or a unit whose side is not told."""
    if clause.actor is not None and clause.actor.lemma in group(reading, "units"):
        return True
    return sided(clause, reading)


def loses(clause: Clause, reading: Reading) -> bool:
    if not clause.is_one_of(reading.lexicon.words("control", "lose")):
        return False
    return _armed(clause, reading)


def sided(clause: Clause, reading: Reading) -> bool:
    """True where one of the sides does it."""
    actor = reading.actor(clause.actor, clause.sentence)
    return actor is not None and actor.side is not None


def completed(clause: Clause, reading: Reading) -> bool:
    """ "completed the liberation of X": the noun tells what was done, the verb that it was."""
    return (
        clause.patient is not None and clause.lemma in group(reading, "complete") and clause.patient.lemma in group(reading, "take_nouns")
    )


def flies_over(clause: Clause, reading: Reading) -> Phrase | None:
    """What a flag is told to fly over, where the clause tells that; else None."""
    flag = clause.actor is not None and clause.actor.lemma in group(reading, "flag") and clause.patient is None
    return clause.oblique("over", "above", "in") if flag and clause.lemma in group(reading, "raise") | {"wave"} else None


def surrendered(clause: Clause, reading: Reading) -> Phrase | None:
    """Who gave themselves up ("the garrison of X surrendered", "laid down their arms"); None where nobody did."""
    if clause.actor is None or clause.form == "nominal":
        return None
    object_ = clause.patient.lemma if clause.patient is not None else ""
    gives_up = clause.lemma == "give" and "up" in clause.particles and object_ in ("themselves", "themself", "itself")
    lays_down = clause.lemma == "lay" and "down" in clause.particles and object_ in ("arm", "arms", "weapon")
    plainly = clause.lemma in group(reading, "surrender") and clause.patient is None
    return clause.actor if gives_up or lays_down or plainly else None


def owns(clause: Clause, reading: Reading) -> bool:
    """ "declared it its own": an annexation in other words."""
    own = clause.patient is not None and clause.patient.lemma == "own"
    return own and clause.lemma in ("declare", "proclaim", "call")


def falls(clause: Clause, reading: Reading) -> bool:
    """ "X fell", "X has fallen": the place itself, and nothing that it fell on, to or by."""
    if clause.lemma not in group(reading, "fall") or clause.patient is not None or clause.actor is None:
        return False
    head = clause.sentence.tokens[clause.actor.head]
    itself = [p for p in reading.places_of(clause.actor, clause.sentence) if p.start <= head.start < p.end]
    if not itself or any(t for t in clause.particles if t not in ("finally", "also", "already", "then", "soon", "later")):
        return False
    return all(reading.inside(reading.times, phrase.start, phrase.end) for _, phrase in clause.obliques)


def passes(clause: Clause, reading: Reading) -> Phrase | None:
    """Whose hands a place came into ("came under Russian control", "passed into Ukrainian hands"); else None."""
    if clause.lemma not in group(reading, "pass"):
        return None
    held = group(reading, "occupation") | group(reading, "hands")
    return next((p for prep, p in clause.obliques if prep in ("under", "into", "to", "in") and p.lemma in held), None)


def among_them(clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """Settlements listed after "among them", "including": of the villages that a clause tells of without a name."""
    text = reading.document.text
    found = re.search(r"\b(?:among them|including|such as|among those)\b", text[clause.start : clause.sentence.end])
    if found is None:
        return ()
    after = [p for p in reading.inside(reading.places, clause.start + found.end(), clause.sentence.end) if p.place is not None]
    kept: list[Where] = []
    for place in after:
        gap = text[kept[-1].end if kept else clause.start + found.end() : place.start]
        if (
            place.place is None
            or place.place.kind != "settlement"
            or not re.fullmatch(r"\s*(?:,|,?\s*and)?\s*(?:the\s+(?:\w+\s+)?of\s+)?", gap)
        ):
            break
        kept.append(place)
    return tuple(kept)


def meant_by_it(whose: Phrase | None, clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """ "cleared it": the one settlement or site that the sentence before names."""
    if whose is None or whose.lemma not in ("it", "itself"):
        return ()
    before = [s for s in reading.sentences if s.start < clause.sentence.start and s.block == clause.sentence.block][-1:]
    start = before[0].start if before else clause.sentence.start
    sites = listed([p for p in reading.inside(reading.places, start, clause.start) if p.place is not None and p.place.kind in SITES])
    return sites if len(sites) == 1 else ()


def said_of(whose: Phrase | None, clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """ "X is one of the regions that they annexed", "X was the only town they took": X is what is meant."""
    if whose is None or clause.relation != "relcl":
        return ()
    tokens = clause.sentence.tokens
    at = tokens[tokens[clause.head].head] if tokens[whose.head].text.lower() in ("that", "which", "own") else tokens[whose.head]
    while at.dep in ("pobj", "prep") and at.head != at.i:
        at = tokens[at.head]
    if at.dep != "attr" or tokens[at.head].lemma != "be":
        return ()
    subject = clause.sentence.child(at.head, "nsubj")
    before = reading.inside(reading.places, clause.sentence.start, tokens[at.head].start)
    found = right_before(at.head, clause, reading) if subject is None else [p for p in before if p.start <= tokens[subject].start < p.end]
    regions = bool({t.lemma.lower() for t in tokens[at.i :]} & reading.lexicon.words("geography", "regions"))
    return tuple(_as_region(p) if regions else p for p in found)


def right_before(verb: int, clause: Clause, reading: Reading) -> tuple[Where, ...]:
    """The name right before a verb: its subject, where the parser lost it."""
    at = clause.sentence.tokens[verb].start
    before = reading.inside(reading.places, clause.sentence.start, at)
    return tuple(p for p in before[-1:] if not reading.document.text[p.end : at].strip())


def _as_region(where: Where) -> Where:
    """ "Kharkiv is one of the regions": of a name's readings the region is meant."""
    region = next((c.place for c in where.candidates if c.place.kind == "region"), None)
    return where if region is None else replace(where, place=region)


def town_meant(phrase: Phrase | None, clause: Clause, reading: Reading) -> Where | None:
    """ "the town": the last settlement named before it that is no ship's name and does not only say where another lies."""
    earlier = reversed(settlements_before(phrase, clause, reading))
    return next((p for p in earlier if not is_ship(p, reading) and not reading.beside(p)), None)


SHIP = re.compile(r"\b(?:ship|vessel|cruiser|frigate|corvette|destroyer|submarine|ferry|tanker|boat)s?\s+(?:[\"“«']\s*)?$", re.IGNORECASE)


def is_ship(place: Where, reading: Reading) -> bool:
    """True for "the landing ship X", "the ship as the X", "the X sank": a vessel that bears a town's name."""
    text = reading.document.text
    before, after = text[max(0, place.start - 24) : place.start], text[place.end : place.end + 12]
    alone = re.search(r"\bthe\s+[\"“«']?$", before, re.IGNORECASE) and re.match(
        r"[\"”»']?(?:\s*[.,;:)]|\s+(?:sank|sinks|was|had|is)\b)", after
    )
    town = place.place is not None and place.place.kind == "settlement" and not place.words.lower().startswith("the ")
    return SHIP.search(before) is not None or (alone is not None and town)


def with_speaker(clause: Clause, reading: Reading) -> tuple[int, int]:
    """The clause, with who says so where that is all the rest of the sentence; what a finding underlines."""
    up = reading.governor(clause)
    if up is None or clause.relation != "ccomp" or up.lemma not in reading.lexicon.words("statement", "say") or up.relation != "root":
        return clause.start, clause.end
    return min(clause.start, up.start), max(clause.end, up.end)
