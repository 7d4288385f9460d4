"""What a sentence tells, as details that can be held against a record: terms, numbers, places, time, speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dateline.identify.contrast import negations
from dateline.identify.numbers import Number, numbers_of
from dateline.identify.terms import Vocabulary, words_of
from dateline.text.reading import Reading
from dateline.types import Claim, Finding, Place, When
from dateline.when import implied_recent, open_when

FINE = frozenset({"settlement", "facility", "island", "reservoir"})  # kinds of place that an event has but one of


@dataclass(frozen=True)
class Telling:
    """A claim's details. `context` are the terms of the report around it, its title included."""

    claim: Claim
    when: When
    terms: frozenset[str]
    numbers: tuple[Number, ...]
    places: tuple[Place, ...]
    words: frozenset[str]
    negations: frozenset[str]
    context: frozenset[str]
    report_places: frozenset[str]

    @cached_property
    def fine(self) -> tuple[Place, ...]:
        return tuple(p for p in self.places if p.kind in FINE)


def telling_of(found: Finding, reading: Reading, words: Vocabulary) -> Telling:
    """The details of a finding's own stretch of text."""
    claim = found.claim
    start, end = claim.start, claim.end
    when = claim.when if claim.kind != "other" else _time_of(claim, reading)
    named = [w for w in reading.inside(reading.places, start, end) if w.place is not None or w.candidates]
    places = tuple(dict.fromkeys(w.place or w.candidates[0].place for w in named))
    text = _named_anew(reading, start, end)
    masked = [(t.start - start, t.end - start) for t in reading.inside(reading.times, start, end) if t.start is not None and t.end is not None]
    spoken = words.terms(claim.who.words) if claim.kind == "statement" and claim.who is not None else frozenset()
    bare = reading.document.text[start:end]
    return Telling(
        claim=claim,
        when=when,
        terms=words.terms(text) - spoken,
        numbers=numbers_of(bare, words, reading.lexicon, masked),
        places=places,
        words=frozenset(w for _, _, w in words_of(bare)),
        negations=negations(bare),
        context=words.terms(whole_of(reading)),
        report_places=frozenset(p.place.id for p in reading.places if p.place is not None),
    )


def whole_of(reading: Reading) -> str:
    """The title and the text, with every toponym and actor under the name that records use."""
    return f"{reading.document.title or ''} {_named_anew(reading, 0, len(reading.document.text))}"


def _named_anew(reading: Reading, start: int, end: int) -> str:
    """The stretch with its time words cut out and each toponym and actor under the name that records use."""
    edits: list[tuple[int, int, str]] = []
    for when in reading.inside(reading.times, start, end):
        edits.append((when.start or 0, when.end or 0, " "))
    for where in reading.inside(reading.places, start, end):
        place = where.place or (where.candidates[0].place if where.candidates else None)
        if place is not None:
            edits.append((where.start, where.end, f" {place.name} {where.words} "))
    if reading.lexicon.language != "en":
        for mention in reading.inside(reading.mentions, start, end):
            names = mention.entry.names.get("en", ())
            edits.append((mention.start, mention.end, f" {names[0]} " if names else " "))
    return _edited(reading.document.text, start, end, edits)


def _edited(text: str, start: int, end: int, edits: Sequence[tuple[int, int, str]]) -> str:
    made, at = [], start
    for first, last, words in sorted(edits):
        if first < at:
            continue
        made.append(text[at:first] + words)
        at = last
    return "".join(made) + text[at:end]


def _time_of(claim: Claim, reading: Reading) -> When:
    """The time of a sentence that no kind has read: its own time words, else those of its passage, else the recent past."""
    own = reading.inside(reading.times, claim.start, claim.end)
    if own:
        return next((t for t in own if t.shape == "within" and not t.is_open), own[0])
    block = next((b for b in reading.document.blocks if b.start <= claim.start < b.end), None)
    begin = block.start if block is not None else 0
    earlier = [t for t in reading.inside(reading.times, begin, claim.start) if t.shape == "within" and not t.is_open]
    if earlier:
        last = earlier[-1]
        return replace(last, implied=True, basis=f"time of the passage, from “{last.words}”: {last.basis}")
    present = any(t.tag in ("VBZ", "VBP") for s in reading.sentences if s.start == claim.sentence_start for t in s.tokens)
    return implied_recent(reading.published) if present else open_when()
