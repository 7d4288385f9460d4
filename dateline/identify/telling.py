"""What a sentence tells, as details that can be held against a record: terms, numbers, places, time, speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dateline.identify.contrast import denied_words
from dateline.identify.lists import words as word_list
from dateline.identify.numbers import Number, numbers_of
from dateline.identify.terms import NAME, SPOKEN, Vocabulary, words_of
from dateline.kinds.base import PRONOUNS, lent
from dateline.text.concepts import gloss
from dateline.text.lexicon import PIVOT, lexicon
from dateline.text.reading import Reading
from dateline.types import Claim, Finding, Place, When, Where
from dateline.when import implied_recent, open_when

OPENING = 40  # characters within which a speaker's title and name stand before the verb (own choice)
STATIC = re.compile(
    r"\b(?:lies|lie|stands|located|situated|borders|(?:is|are) (?:a|an|the|in|on|some|about|the largest|north|south|east|west))\b", re.I
)
MODEL = re.compile(r"-\d")
IN = re.compile(r"\b(?:in|at|to|from|near|on|over|into|outside|around|[уву]|до|на|під|біля|из|к|под|над|із|з|с)\s+(?:the\s+)?$", re.I)
OFFICE = word_list("office")
AROUND = 1500  # characters: a part of a report; with its neighbours about a page (own choice: most posts are shorter)
LITTLE = 2  # terms: fewer tell nothing that could be held against a record
FINE = frozenset({"settlement", "facility", "island", "reservoir"})  # kinds of place that an event has but one of


@dataclass(frozen=True)
class Telling:
    """A claim's details. `text` is its wording as a record would have it, `context` the terms of the report around it."""

    claim: Claim
    text: str
    when: When
    terms: frozenset[str]
    numbers: tuple[Number, ...]
    places: tuple[Place, ...]
    called: tuple[str, ...]
    words: frozenset[str]
    denied: frozenset[str]
    verbs: frozenset[str]
    context: frozenset[str]
    names: frozenset[str]
    published: date
    told: bool
    static: bool
    speech: bool
    speakers: frozenset[str]
    speaker_words: frozenset[str]

    @cached_property
    def fine(self) -> tuple[Place, ...]:
        return tuple(p for p in self.places if p.kind in FINE)


def telling_of(found: Finding, reading: Reading, words: Vocabulary, context: frozenset[str]) -> Telling:
    """The details of a finding's own stretch of text; `context` are the terms of the report around it."""
    claim = found.claim
    start, end = _stretch(claim, words)
    when = claim.when if claim.kind != "other" else _time_of(claim, reading)
    if when.start_min is None and when.end_max is None:
        when = _of_sentence(claim, reading) or when
    named = [w for w in _toponyms(reading, start, end) if w.place is not None or w.candidates]
    apart = [w for w in named if _place_of(w, reading)]
    places = tuple(dict.fromkeys(w.place or w.candidates[0].place for w in apart))
    text = _as_recorded(reading, start, end, claim.language)
    speech = claim.kind == "statement" or (claim.kind == "other" and _speaks(reading, claim))
    speakers, called = _speakers(reading, claim) if speech or claim.kind == "other" else (frozenset(), "")
    if not speech:
        called = ""
    return Telling(
        claim=claim,
        text=text,
        when=when,
        terms=words.terms(text) - words.terms(called),
        numbers=tuple(n.in_terms(words) for n in numbers_of(text, lexicon(PIVOT))),
        places=places,
        called=tuple(dict.fromkeys(w.words.lower() for w in apart)),
        words=frozenset(w for _, _, w in words_of(text)),
        denied=frozenset(t for w in denied_words(text) if (t := words.term(w)) is not None),
        verbs=_verbs(reading, claim, start, end, words),
        context=context,
        names=words.terms(" ".join(_names(reading, claim, named, start, end))),
        published=reading.published,
        told=claim.kind != "other" or _has_verb(reading, claim),
        static=claim.kind == "other" and not speech and STATIC.search(text) is not None,
        speech=speech,
        speakers=speakers,
        speaker_words=frozenset(w for _, _, w in words_of(called) if len(w) >= NAME),
    )


def _toponyms(reading: Reading, start: int, end: int) -> list[Where]:
    """The toponyms of a stretch; "Il-76" is none, though Il is a village."""
    text = reading.document.text
    return [w for w in reading.inside(reading.places, start, end) if MODEL.match(text[w.end : w.end + 3]) is None]


def _place_of(where: Where, reading: Reading) -> bool:
    """False for a capital that stands for its government: "Moscow says", unlike "in Moscow"."""
    if not reading.inside(reading.mentions, where.start, where.end):
        return True
    return IN.search(reading.document.text[max(0, where.start - 16) : where.start]) is not None


def _stretch(claim: Claim, words: Vocabulary) -> tuple[int, int]:
    """The words that tell the claim: of "…, the ministry said" the whole sentence, for the matter stands before the verb."""
    spoken = words.terms(claim.who.words) if claim.who is not None else frozenset()
    if claim.kind == "statement" and len(words.terms(claim.text) - spoken) < LITTLE:
        return claim.sentence_start, claim.sentence_end
    return claim.start, claim.end


def _names(reading: Reading, claim: Claim, named: Sequence[Where], start: int, end: int) -> list[str]:
    """Whatever names somebody or some place in the stretch, as records word it."""
    places = [f"{w.words} {w.place.name if w.place else ''}" for w in named]
    return [*places, *_capitalised(reading.document.text[start:end], claim.language), *_mentioned(reading, start, end)]


def _capitalised(text: str, language: str) -> list[str]:
    """Words that are written with a capital within the sentence, as records word them: names identify less than what was done."""
    if language == PIVOT:
        return [m.group() for m in re.finditer(r"(?<=[\w,;:’”\"] )[^\W\d_a-z][\w’'-]*", text)]
    return [word for g in gloss(text, language) if g.start > 0 and g.text[0].isupper() for word in g.english]


def _mentioned(reading: Reading, start: int, end: int) -> list[str]:
    """The names that actors of the stretch go by in records."""
    return [m.entry.names[PIVOT][0] for m in reading.inside(reading.mentions, start, end) if m.entry.names.get(PIVOT)]


def _verbs(reading: Reading, claim: Claim, start: int, end: int, words: Vocabulary) -> frozenset[str]:
    """What is told as done, as terms: the verbs of the stretch, those of speech and being left out."""
    sentence = next((s for s in reading.sentences if s.start == claim.sentence_start), None)
    if sentence is None:
        return frozenset()
    lemmas = (t.lemma.lower() for t in sentence.tokens if t.pos == "VERB" and start <= t.start < end)
    return frozenset(term for lemma in lemmas for part in lemma.split() if (term := words.term(part)) is not None)


def _has_verb(reading: Reading, claim: Claim) -> bool:
    """False for headings: they name what follows and tell nothing."""
    sentence = next((s for s in reading.sentences if s.start == claim.sentence_start), None)
    return sentence is None or any(t.pos in ("VERB", "AUX") for t in sentence.tokens)


def _speaks(reading: Reading, claim: Claim) -> bool:
    """True for a sentence that hands on somebody's words: it has a verb of speech, or "according to"."""
    said = reading.lexicon.words("statement", "say", "vow", "accuse", "threaten", "deny", "admit")
    sentence = next((s for s in reading.sentences if s.start == claim.sentence_start), None)
    if sentence is None:
        return False
    return any(t.pos == "VERB" and t.lemma.lower() in said for t in sentence.tokens) or "according to" in sentence.text.lower()


def _only_office(called: str) -> bool:
    """True for "the Ministry of Defence", "the governor": which one is meant, the record of those days tells."""
    words = [w for _, _, w in words_of(called)]
    return bool(words) and all(w in SPOKEN or w in OFFICE for w in words)


def _speakers(reading: Reading, claim: Claim) -> tuple[frozenset[str], str]:
    """Actors who may be speaking, as ids, and the words that they are called by."""
    if claim.kind == "statement" and claim.who is not None and claim.who.id is not None and not _only_office(claim.who.words):
        return frozenset([claim.who.id]), claim.who.words
    inside = reading.inside(reading.mentions, claim.start, claim.end)
    named = [m for m in inside if m.form == "name" and not _only_office(reading.document.text[m.start : m.end])]
    offices = [reading.document.text[m.start : m.end] for m in inside if m.form == "name" and m not in named]
    called = claim.who.words if claim.kind == "statement" and claim.who is not None else ""
    if called and called.lower() not in PRONOUNS:
        within = [m for m in named if m.start < claim.start + len(called) + OPENING]
        return frozenset(m.entry.id for m in within), called
    if offices and not named and not called:
        return frozenset(), " ".join(offices)
    if named and not called:
        return frozenset(m.entry.id for m in named), " ".join(reading.document.text[m.start : m.end] for m in named)
    earlier = [m for m in reading.mentions if m.end <= claim.start and m.form == "name" and m.entry.role != "state"]
    return frozenset(m.entry.id for m in earlier[-1:]), called


def surroundings(reading: Reading, part: int) -> str:
    """The title and the text around the n-th part of a report, in the words of records.

    A short report is one such stretch; in a long one what stands pages away says nothing of which event is meant.
    """
    length = len(reading.document.text)
    start, end = max(0, (part - 1) * AROUND), min(length, (part + 2) * AROUND)
    return f"{reading.document.title or ''} {_as_recorded(reading, start, end, reading.document.language)}"


def part_of(at: int) -> int:
    """Which part of a report an offset lies in."""
    return at // AROUND


def _as_recorded(reading: Reading, start: int, end: int, language: str) -> str:
    """The stretch as a record would word it: in English, its time words cut out, toponyms and actors by their known names."""
    text = reading.document.text
    named: list[tuple[int, int, str]] = [(t.start or 0, t.end or 0, " ") for t in reading.inside(reading.times, start, end)]
    for where in _toponyms(reading, start, end):
        place = where.place or (where.candidates[0].place if where.candidates else None)
        if place is not None:
            called = _called(where, place) if language == PIVOT else place.name  # a declined name is no other word
            named.append((where.start, where.end, f" {called} "))
    if language == PIVOT:
        return _edited(text, start, end, named)
    for mention in reading.inside(reading.mentions, start, end):
        names = mention.entry.names.get(PIVOT, ())
        named.append((mention.start, mention.end, f" {names[0]} " if names else " "))
    taken = [(s, e) for s, e, _ in named]
    for word in gloss(text[start:end], language):
        first, last = start + word.start, start + word.end
        if not any(s < last and first < e for s, e in taken):
            named.append((first, last, f" {' '.join(word.english)} "))
    return _edited(text, start, end, named)


def _called(where: Where, place: Place) -> str:
    """The toponym as it stands, with its known name where that is another word: "Avdeyevka" is Avdiivka."""
    known = {w for _, _, w in words_of(place.name) if len(w) >= NAME}
    return where.words if known & {w for _, _, w in words_of(where.words)} else f"{place.name} {where.words}"


def _edited(text: str, start: int, end: int, edits: Sequence[tuple[int, int, str]]) -> str:
    made, at = [], start
    for first, last, words in sorted(edits):
        if first < at:
            continue
        made.append(text[at:first] + words)
        at = last
    return "".join(made) + text[at:end]


def _of_sentence(claim: Claim, reading: Reading) -> When | None:
    """The time of the sentence for a claim within it that has none of its own: what is said on a day is of that day or before."""
    dated = [t for t in reading.inside(reading.times, claim.sentence_start, claim.sentence_end) if t.shape == "within" and not t.is_open]
    return replace(dated[0], implied=True, basis=f"time of the sentence, from “{dated[0].words}”: {dated[0].basis}") if dated else None


def _time_of(claim: Claim, reading: Reading) -> When:
    """The time of a sentence that no kind has read: its own time words, else those of its passage, else the recent past."""
    own = reading.inside(reading.times, claim.start, claim.end)
    if own:
        return next((t for t in own if t.shape == "within" and not t.is_open), own[0])
    block = next((b for b in reading.document.blocks if b.start <= claim.start < b.end), None)
    begin = block.start if block is not None else 0
    earlier = [t for t in reading.inside(reading.times, begin, claim.start) if t.shape == "within" and not t.is_open]
    if earlier:
        return lent(earlier[-1])
    present = any(t.tag in ("VBZ", "VBP") for s in reading.sentences if s.start == claim.sentence_start for t in s.tokens)
    return implied_recent(reading.published) if present else open_when()
