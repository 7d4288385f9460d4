"""What a kind of claim is, and what all of them need: drafts of claims and the time that a clause tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from dateline.text.lexicon import LANGUAGES, Lexicon, articles, lexicon
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import (
    Actor,
    Claim,
    Coverage,
    Figure,
    Finding,
    Modality,
    NamedPeriod,
    Place,
    Question,
    Record,
    When,
    Where,
)
from dateline.when import implied_recent, implied_since, implied_state, open_when

PASSAGE = "time of the passage"  # how the basis of a time that was taken over begins

Answers = Mapping[str, tuple[Record, ...]]

# How a claim without time words is dated (docs/verdicts.md, "Time").
Dating = Literal["event", "state", "standing"]


class Geography(Protocol):
    """What judging asks of the gazetteer."""

    def place(self, place_id: str) -> Place: ...
    def areas_of(self, place_id: str) -> tuple[str, ...]: ...
    def contains(self, area_id: str, place_id: str) -> bool | None: ...
    def distance_km(self, a: str, b: str) -> float | None: ...
    def points_in(self, area_id: str) -> tuple[tuple[float, float], ...]: ...
    def course(self, river_id: str) -> tuple[tuple[float, float], ...]: ...
    def bank(self, place_id: str, river_id: str) -> str | None: ...
    def near_river_km(self, place_id: str, river_id: str) -> float | None: ...
    def direction(self, place_id: str, from_id: str) -> str | None: ...
    def borders(self, a: str, b: str) -> bool | None: ...


class Covering(Protocol):
    """Which resources would have held a record of that kind at that place and time."""

    def __call__(self, kind: str, predicate: str, place: Place, start: date | None, end: date | None) -> tuple[Coverage, ...]: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings in which a claim is judged: nothing of it changes while a report is checked. `sides`: id -> name."""

    published: date
    geography: Geography
    covering: Covering
    lexicon: Lexicon
    war_start: date | None
    sides: Mapping[str, str]
    theatre: tuple[str, ...]
    calendar: tuple[NamedPeriod, ...]
    document_places: tuple[str, ...]

    def called(self, actor: Actor | None) -> str:
        """An actor as reasons name it: its side by the pack's name for it, else as the report words it."""
        if actor is None:
            return "a side that the report does not name"
        return self.sides.get(actor.side, actor.words) if actor.side else actor.words


class Kind(Protocol):
    """The hook for kinds. `name` is the kind, `predicates` what its records may say."""

    name: str

    def find(self, clause: Clause, reading: Reading) -> Iterable[Claim]: ...

    def ask(self, claim: Claim, setting: Setting) -> Sequence[Question]: ...

    def judge(self, claim: Claim, answers: Answers, setting: Setting) -> Finding: ...


def draft(
    clause: Clause,
    reading: Reading,
    kind: str,
    predicate: str,
    when: When,
    *,
    where: tuple[Where, ...] = (),
    who: Actor | None = None,
    whom: Actor | None = None,
    figure: Figure | None = None,
    degree: str | None = None,
    specifics: frozenset[str] = frozenset(),
    label: str = "",
    span: tuple[int, int] | None = None,
    note: str = "",
    modality: Modality | None = None,
) -> Claim:
    """A claim as found, not yet numbered."""
    start, end = span if span is not None else (clause.start, clause.end)
    sentence = clause.sentence
    return Claim(
        id="",
        kind=kind,
        predicate=predicate,
        sentence=sentence.text,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        text=reading.document.text[start:end],
        start=start,
        end=end,
        when=when,
        where=where,
        who=who,
        whom=whom,
        figure=figure,
        degree=degree,
        modality=modality if modality is not None else modality_of(clause, reading),
        holder=holder_of(clause, reading),
        specifics=specifics,
        label=label,
        language=reading.lexicon.language,
        note=note,
    )


def modality_of(clause: Clause, reading: Reading) -> Modality:
    """How the report stands to it: a plan or a condition further up in the sentence holds for it too."""
    if clause.negated:
        return "negated"
    if _only_aimed_at(clause):
        return "planned"
    at: Clause | None = clause
    while at is not None:
        if at.modality != "asserted":
            return at.modality
        if at.relation in ("relcl", "acl", "root"):
            return "asserted"
        up = reading.governor(at)
        if up is not None and at.relation in ("ccomp", "xcomp") and up.lemma in reading.lexicon.words("statement", "deny"):
            return "denied"
        if up is not None and up.negated and at.relation in ("ccomp", "xcomp"):
            return "negated"
        at = up
    return "asserted"


def _only_aimed_at(clause: Clause) -> bool:
    """True for "efforts: capturing X", "objective: encircle Y": without a finite verb it is not told as done."""
    if clause.form == "infinitive":
        return True
    tokens = clause.sentence.tokens
    first = tokens[clause.head]
    while first.dep == "conj" and first.head != first.i:
        first = tokens[first.head]
    return clause.form == "participle" and tokens[clause.head].tag == "VBG" and first.dep not in ("advcl", "acl", "ccomp", "relcl")


def holder_of(clause: Clause, reading: Reading) -> Actor | None:
    """Who says so, where the report does not say it itself: "Kyiv says that ...", "according to ..."."""
    said = reading.lexicon.words("statement", "say", "vow", "accuse", "threaten", "admit", "deny", "order")
    at = clause
    while True:
        up = reading.governor(at)
        noun = at.sentence.tokens[at.sentence.tokens[at.head].head]
        if at.relation in ("acl", "ccomp") and noun.lemma.lower() in reading.lexicon.words("statement", "report_nouns"):
            return Actor(noun.text, None, None)
        if at.relation in ("relcl", "acl", "root") or up is None:
            break
        if at.relation in ("ccomp", "xcomp") and up.lemma in said:
            return reading.actor(up.actor, up.sentence) or Actor("", None, None)
        at = up
    hedged = set(clause.lemmas()) & reading.lexicon.words("hedge", "words")
    if hedged:
        return Actor(min(hedged), None, None)
    source = next((p for prep, p in clause.obliques if prep in ("accord to", "according to")), None)
    return None if source is None else reading.actor(source, clause.sentence)


def time_of(clause: Clause, reading: Reading, dating: Dating, *, narrow: bool = False) -> When:
    """The time the clause gives; else that of what it hangs on; else the implied one, marked as such.

    `narrow` keeps to times that hang on the verb itself: those within its complement belong to what is said.
    """
    told = _told(clause, reading, narrow)
    if clause.tense == "past-perfect" and (told is None or told.shape == "duration"):
        return _before(passage_time(clause, reading))
    if clause.tense == "past-perfect" and told is not None and told.shape == "since":
        return replace(
            told, end_min=told.start_max, end_max=told.start_max, shape="within", basis=f"from then on, up to a time not told: {told.basis}"
        )
    if told is not None:
        return _year_open(told) if clause.tense == "past-perfect" else told
    up = clause
    while up.form != "finite" or up.relation == "conj":
        above = reading.governor(up)
        if above is None or above.lemma in reading.lexicon.words("statement", "say"):
            break
        told = _told(above, reading)
        if told is not None and (up.form != "finite" or _leads(told, above)):
            return told
        up = above
    return implied_time(up if up.form == "finite" else clause, reading, dating)


def _told(clause: Clause, reading: Reading, narrow: bool = False) -> When | None:
    times = [t for t in reading.own(reading.times, clause) if not narrow or _on_verb(t, clause)]
    if not times:
        return None
    dated = [t for t in times if t.shape in ("within", "throughout")] or times
    head = clause.sentence.tokens[clause.head]
    return min(dated, key=lambda t: (t.is_open, abs((t.start or 0) - head.start)))


def _on_verb(when: When, clause: Clause) -> bool:
    """True where no other verb stands between the time and the clause's own."""
    sentence = clause.sentence
    at = next((t.i for t in clause.text_tokens if when.start is not None and t.start >= when.start), clause.head)
    while at != clause.head and sentence.tokens[at].head != at:
        at = sentence.tokens[at].head
        if at != clause.head and sentence.tokens[at].pos in ("VERB", "AUX"):
            return False
    return at == clause.head


def _leads(when: When, clause: Clause) -> bool:
    """True for a time that opens the sentence and so holds for all verbs it coordinates."""
    return when.start is not None and when.start < clause.sentence.tokens[clause.head].start


LOOKING_BACK = frozenset({"since", "already", "ever", "once", "earlier", "previously"})


def implied_time(clause: Clause, reading: Reading, dating: Dating) -> When:
    """The time of a clause that tells none: by tense, and open where it only looks back."""
    if dating == "state" and clause.tense in ("present", "none"):
        return implied_state(reading.published)
    background = clause.relation in ("relcl", "acl") or bool(LOOKING_BACK & set(clause.particles))
    if clause.tense in ("present", "perfect") or (clause.tense == "none" and clause.relation == "root"):
        if dating == "standing" and reading.war_start is not None:
            return implied_since(reading.war_start, reading.published)
        return open_when() if background and clause.tense == "perfect" else implied_recent(reading.published)
    if clause.tense in ("past", "past-perfect", "none"):
        passage = passage_time(clause, reading)
        if passage is not None:
            return passage
    return open_when()


def _year_open(told: When) -> When:
    """ "had raised the flag on 4 October": looking back, a date without its year may be that of the year before."""
    if (
        told.shape != "within"
        or told.is_open
        or not told.words
        or re.search(r"\d{4}|\blast\b|\bthis\b", told.words)
        or not re.search(r"[A-Z]", told.words)
    ):
        return told
    shifted = [None if d is None else d.replace(year=d.year - 1, day=min(d.day, 28) if d.month == 2 else d.day) for d in told.bounds]
    year_before = replace(
        told,
        start_min=shifted[0],
        start_max=shifted[1],
        end_min=shifted[2],
        end_max=shifted[3],
        alternatives=(),
        edtf="/".join(dict.fromkeys(d.isoformat() for d in (shifted[0], shifted[3]) if d)),
        basis="the year before, looking back",
    )
    return replace(told, granularity="interval", alternatives=(*told.alternatives, year_before))


def _before(passage: When | None) -> When:
    """ "had held": some time up to that of the passage; where it began is open."""
    if passage is None or passage.end_max is None:
        return open_when()
    return replace(
        passage,
        start_min=None,
        start_max=passage.end_max,
        end_min=None,
        edtf=f"../{passage.end_max.isoformat()}",
        shape="until",
        granularity="open",
        implied=True,
        alternatives=(),
        basis=f"before the time of the passage: {passage.basis}",
    )


def passage_time(clause: Clause, reading: Reading) -> When | None:
    """The last time told before the clause in its paragraph, marked as implied.

    In its own sentence only a main clause may hand its time on: "celebrated on Saturday the day that ..." does not.
    """
    begin = reading.document.blocks[clause.sentence.block].start
    beside = [t for t in reading.inside(reading.times, clause.sentence.start, clause.sentence.end) if t.shape == "within" and not t.is_open]
    subordinate = clause.relation in ("relcl", "acl", "advcl", "ccomp", "pcomp")
    if subordinate and beside:
        return None
    earlier = [
        t
        for t in reading.times
        if t.start is not None
        and begin <= t.start < clause.start
        and t.shape == "within"
        and not t.is_open
        and (t.start_min is None or t.start_min <= reading.published)
    ]
    if not earlier:
        return None
    last = earlier[-1]
    return lent(last)


def lent(when: When) -> When:
    """A time taken over from a sentence before, marked as such."""
    return replace(when, implied=True, basis=f"{PASSAGE}, from “{when.words}”: {when.basis}")


def definite(phrase: Phrase, clause: Clause) -> bool:
    """True for "the city", "this town"; in a language without articles for a noun that no number or "one" goes with."""
    tokens = [clause.sentence.tokens[i] for i in phrase.tokens]
    if articles(clause.sentence.language):
        return bool({t.text.lower() for t in tokens} & {"the", "this", "that"})
    return tokens[0].pos != "NUM" and not any(t.dep in ("nummod", "nmod", "conj") or t.pos == "NUM" for t in tokens)


def meant_place(phrase: Phrase | None, clause: Clause, reading: Reading) -> Where | None:
    """ "the city", "that town": the last settlement named before it; None for "a town" and for names."""
    earlier = settlements_before(phrase, clause, reading)
    return earlier[-1] if earlier else None


def settlements_before(phrase: Phrase | None, clause: Clause, reading: Reading) -> list[Where]:
    """The settlements that "the city" may mean, in text order; none for "a town" and for names."""
    if phrase is None or phrase.lemma not in reading.lexicon.words("geography", "settlement"):
        return []
    if not definite(phrase, clause) or reading.inside(reading.places, phrase.start, phrase.end):
        return []
    return [p for p in reading.places if p.end <= phrase.start and p.place is not None and p.place.kind == "settlement"]


PRONOUNS = frozenset().union(*(lexicon(language).words("pronouns", "words") for language in LANGUAGES))


def named(actor: Actor | None) -> bool:
    """True where the report names the actor; on a pronoun's antecedent alone nobody is accused."""
    return actor is not None and actor.side is not None and actor.words.lower() not in PRONOUNS


def main_place(places: Sequence[Where]) -> tuple[Where, ...]:
    """Settlements before regions; all of the finest level named."""
    settled = [p for p in places if (first := p.place or (p.candidates[0].place if p.candidates else None)) and first.kind == "settlement"]
    return tuple(settled or places)
