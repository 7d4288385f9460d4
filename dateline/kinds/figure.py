"""Figure: how many were killed, injured, displaced; whose count, of whom, since when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.kinds import strike
from dateline.kinds.base import Answers, Setting, draft, passage_time, time_of
from dateline.kinds.incidents import Incident, dawn, incident_of, is_code
from dateline.kinds.judging import unverified
from dateline.kinds.quantity import comparison, number_at
from dateline.kinds.takings import with_speaker
from dateline.kinds.tolls import judge_toll
from dateline.kinds.totals import FLEEING, ROUNDING, judge_fled, judge_total
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Actor, Claim, Figure, Finding, Question, When
from dateline.verdict import Verdict

name = "figure"
predicates = ("killed", "injured", "displaced", "refugees")
RECORDS = {"killed": ("killed",), "injured": ("injured",), "displaced": ("displaced", "refugees"), "refugees": ("refugees",)}


HARMED = frozenset({"dead", "killed", "injured", "wounded", "hurt"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in a clause: what it counts, and where it stands."""

    low: float
    high: float
    noun: str
    start: int
    end: int
    noun_end: int


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Numbers of people to whom the clause's verb, or its noun, did something."""
    for counted in (*_numbers(clause, reading), *_nobody(clause, reading)):
        predicate = _predicate(clause, counted, reading)
        if predicate is None:
            continue
        issuer = _issuer(clause, reading)
        war = _counts_the_war(clause, reading) or _recorded(clause, reading)
        places = tuple(p for p in reading.own(reading.places, clause) if p.place is not None and not is_code(p, reading))[:1]
        war = war or (predicate in FLEEING and not places)
        war = war and not (predicate in FLEEING and any(p.place is not None and p.place.kind != "country" for p in places))
        since = _counting_from(clause, reading) if war else None
        words = reading.document.text[counted.start : counted.end]
        figure = Figure(
            op=comparison(reading.document.text[max(clause.sentence.start, counted.start - 30) : counted.start], reading.lexicon),
            low=counted.low,
            high=counted.high if counted.high < 999_999_000 else None,
            unit="people",
            words=words,
            population=_population(counted.noun, reading),
            counting_from=since,
            issuer=issuer.id if issuer else None,
        )
        when = _as_of(_day_of(clause, reading)) if war else time_of(clause, reading, "event")
        elsewhere = _elsewhere(clause, reading)
        incident = None if war else incident_of(clause, reading)
        if incident is not None and not places and (not elsewhere or incident.sentence.start == clause.sentence.start):
            before = incident.sentence.start < clause.sentence.start
            places = () if incident.place is None or (before and _struck(incident, reading)) else (incident.place,)
            when = incident.when if incident.when is not None and (when.is_open or when.implied) else dawn(when)
        yield draft(
            clause,
            reading,
            name,
            predicate,
            when,
            where=() if war else places,
            who=issuer,
            figure=figure,
            specifics=reading.lexicon.concepts(tuple(sorted(incident.words))) if incident is not None else frozenset(),
            note="war" if war else "elsewhere" if elsewhere and not places else "incident",
            label=f"{reading.document.text[counted.start : counted.noun_end]} {predicate}",
            span=_span(clause, reading),
        )


def _struck(incident: Incident, reading: Reading) -> bool:
    """True where a claim of a strike with its place stands there: the figure is tied to that claim (check.py)."""
    clauses = reading.by_sentence.get(incident.sentence.start, ())
    return any(c.place() is not None for clause in clauses for c in strike.find(clause, reading))


def _span(clause: Clause, reading: Reading) -> tuple[int, int]:
    """The clause and who says so; a main clause with what stands before it ("When the search ended, ...")."""
    start, end = with_speaker(clause, reading)
    led = any(c < clause.head for c in clause.sentence.kids(clause.head, "advcl")) and clause.relation == "root"
    return (clause.sentence.start, end) if led else (start, end)


def _recorded(clause: Clause, reading: Reading) -> bool:
    """True where a body of several states has recorded, confirmed or documented it: such counts are of the war."""
    if clause.lemma not in reading.lexicon.groups["figure"].get("record", frozenset()) or clause.actor is None:
        return False
    named = reading.inside(reading.mentions, clause.actor.start, clause.actor.end)
    return any(m.entry.role in ("body", "alliance") for m in named)


def _day_of(clause: Clause, reading: Reading) -> date:
    """The day a total is told for: "by 1 March", else that of publication."""
    ends = [t.end_max for t in reading.own(reading.times, clause) if t.shape in ("within", "until") and t.end_max is not None]
    return min([*ends, reading.published])


def _nobody(clause: Clause, reading: Reading) -> Iterable[Counted]:
    """ "Nobody was killed", "no one was hurt": a count of none."""
    subject = clause.patient or clause.actor
    if subject is None or clause.form == "nominal":
        return
    words = reading.words(subject).lower()
    if words in ("nobody", "no one", "no people", "none") or re.fullmatch(r"not (?:one|a single) \w+", words):
        noun = "person" if words.startswith("no") and not words.startswith("not") else subject.lemma
        yield Counted(0.0, 0.0, noun, subject.start, subject.end, subject.end)


def _numbers(clause: Clause, reading: Reading) -> Iterable[Counted]:
    sentence = clause.sentence
    people = reading.lexicon.words("figure", "people", "kill_nouns") | reading.lexicon.groups["figure"].get("hurt", frozenset()) | {"body"}
    for i in clause.tokens:
        value = number_at(sentence, i, reading.lexicon)
        token = sentence.tokens[i]
        if i and sentence.tokens[i - 1].text.lower() == "not":  # "not one child": a count of none
            continue
        if value is None or (token.dep in ("compound", "quantmod") and number_at(sentence, token.head, reading.lexicon) is not None):
            continue
        noun = _counted_noun(clause, i)
        if noun is None or noun not in people:
            continue
        start = min(
            [token.start] + [sentence.tokens[c].start for c in sentence.children[i] if number_at(sentence, c, reading.lexicon) is not None]
        )
        noun_end = next((t.end for t in clause.text_tokens if t.start >= token.start and t.lemma.lower() == noun), token.end)
        yield Counted(*value, noun, start, token.end, noun_end)


def _counted_noun(clause: Clause, i: int) -> str | None:
    sentence = clause.sentence
    token = sentence.tokens[i]
    after = sentence.tokens[i + 1].text.lower() if i + 1 < len(sentence.tokens) else ""
    if after in HARMED:  # "one dead and two injured", which parsers take apart
        return after
    for prep in sentence.kids(i, "prep"):
        inner = sentence.child(prep, "pobj")
        if inner is not None and sentence.tokens[prep].lemma == "of":
            return sentence.tokens[inner].lemma.lower()
    if token.dep in ("nummod", "amod"):
        return sentence.tokens[token.head].lemma.lower()
    return "people" if token.dep in ("dobj", "nsubj", "nsubjpass", "attr", "npadvmod", "oprd") else None


def _predicate(clause: Clause, counted: Counted, reading: Reading) -> str | None:
    """What was done to those counted: as the noun says, else the nearest word of harm above the number, else any in the clause."""
    words = reading.lexicon.words
    killed, injured = (
        words("figure", "kill", "kill_nouns"),
        words("figure", "injure") | reading.lexicon.groups["figure"].get("hurt", frozenset()),
    )
    groups = {"killed": killed, "injured": injured}
    by_noun = next((p for p, group in groups.items() if counted.noun in group), None)
    if by_noun is not None:
        return by_noun
    tokens = clause.sentence.tokens
    at = next((t for t in clause.text_tokens if t.start >= counted.start), tokens[clause.head])
    while at.i != clause.head and at.head != at.i:
        at = tokens[at.head]
        near = next((p for p, group in groups.items() if at.lemma.lower() in group), None)
        if near is not None:
            return near
    lemmas = set(clause.lemmas())
    if counted.noun == "body" and clause.lemma in reading.lexicon.groups["figure"].get("find", frozenset()):
        return "killed"
    if lemmas & killed:
        return "killed"
    if lemmas & injured:
        return "injured"
    shelter = bool(lemmas & reading.lexicon.groups["figure"].get("refuge", frozenset()))
    if clause.lemma in words("figure", "displace") or shelter:
        return "refugees" if shelter or counted.noun in words("figure", "refugee_nouns") else "displaced"
    return "refugees" if counted.noun in words("figure", "refugee_nouns") else None


def _population(noun: str, reading: Reading) -> str | None:
    words = reading.lexicon.words
    if noun in words("figure", "civilians"):
        return "civilians"
    if noun in words("figure", "children"):
        return "children"
    return "military" if noun in words("figure", "military") else None


def _counts_the_war(clause: Clause, reading: Reading) -> bool:
    """True where the war is what kills, or the clause counts from its start."""
    words = reading.lexicon.words("onset", "war", "invasion")
    subject = clause.actor.lemma if clause.actor is not None else ""
    if subject in words or any(p.lemma in words for _, p in clause.obliques):
        return True
    return any(t.shape == "since" for t in reading.own(reading.times, clause)) or "since" in clause.lemmas()


def _counting_from(clause: Clause, reading: Reading) -> date | None:
    """From when the sentence counts: "since ...", or when the war that it speaks of started."""
    since = next((t for t in reading.own(reading.times, clause) if t.shape == "since"), None)
    if since is not None:
        return since.start_min
    if "since" in clause.lemmas() and (passage := passage_time(clause, reading)) is not None:
        return passage.start_min
    begins = reading.lexicon.words("onset", "begin")
    for other in reading.siblings(clause):
        if other.is_one_of(begins) and other.relation == "relcl":
            told = [t for t in reading.own(reading.times, other) if t.start_min is not None]
            if told:
                return told[0].start_min
    return None


def _elsewhere(clause: Clause, reading: Reading) -> bool:
    """True for "across the capital", "in the region": another place than the one told before, and not named."""
    nouns = reading.lexicon.words("geography", "settlement", "regions") | {"country"}
    tokens = clause.sentence.tokens
    preps = [t for t in tokens if t.dep == "prep" and t.lemma.lower() in ("in", "across", "throughout")]
    return any(tokens[o].lemma.lower() in nouns for t in preps for o in clause.sentence.kids(t.i, "pobj"))


def _issuer(clause: Clause, reading: Reading) -> Actor | None:
    for other in (clause, *reading.siblings(clause)):
        source = next((p for prep, p in other.obliques if prep in ("accord to", "according to", "accord")), None)
        if source is not None:
            return reading.actor(source, clause.sentence)
    up = reading.governor(clause)
    if up is not None and up.lemma in reading.lexicon.words("statement", "say") and clause.relation == "ccomp":
        return reading.actor(up.actor, up.sentence)
    return None


def _as_of(published: date) -> When:
    return When(
        published,
        published,
        published,
        published,
        published.isoformat(),
        basis="the figure as of publication",
        rule="figure.as-of",
        implied=True,
    )


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    if claim.note == "war":
        return (Question(f"{claim.id}:totals", "figure", RECORDS[claim.predicate], places=setting.theatre),)
    place = claim.place()
    if place is None:
        return ()
    at, area = (place.id,), (place.id,)
    return (
        Question(f"{claim.id}:strikes", "strike", (), places=at, within=area),
        Question(f"{claim.id}:events", "event", (), places=at, within=area),
        Question(f"{claim.id}:counts", "figure", (*RECORDS[claim.predicate], "killed", "injured"), places=at, within=area),
    )


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if claim.figure is None or claim.figure.low is None:
        return unverified(claim, "no-number", "The number could not be read.", setting)
    if claim.note == "war":
        return judge_total(claim, claim.figure, answers["totals"], setting)
    if "strikes" not in answers:
        return unverified(claim, "which-event", "The report does not say of which event and place it counts the people.", setting)
    if claim.predicate in FLEEING:
        return judge_fled(claim, claim.figure, answers.get("counts", ()), setting)
    rows = [r for asked in ("strikes", "events", "counts") for r in answers.get(asked, ())]
    return judge_toll(claim, claim.figure, rows, setting)


def inherits(claim: Claim, source: Finding, setting: Setting) -> bool:
    """True where the strike that it counts the victims of is another time's, and the number is in its records."""
    if source.verdict is not Verdict.MISDATED or claim.figure is None or claim.figure.low is None:
        return False
    values = [(r.value_low or r.value_best, r.value_high or r.value_best) for r in source.records]
    return any(
        low is not None and high is not None and low * (1 - ROUNDING) <= claim.figure.low <= high * (1 + ROUNDING) for low, high in values
    )
