"""Figure: how many were killed, injured, displaced; whose count, of whom, since when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.kinds import strike
from dateline.kinds.base import Answers, Setting, draft, passage_time, time_of
from dateline.kinds.incidents import Incident, dawn, incident_of, is_code
from dateline.kinds.judging import finding, spell, unverified
from dateline.kinds.quantity import comparison, number_at
from dateline.kinds.takings import with_speaker
from dateline.kinds.tolls import judge_toll
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Actor, Claim, Figure, Finding, Question, Record, When
from dateline.verdict import Verdict

name = "figure"
predicates = ("killed", "injured", "displaced", "refugees")
RECORDS = {"killed": ("killed",), "injured": ("injured",), "displaced": ("displaced", "refugees"), "refugees": ("refugees",)}

HALF = 0.5  # "at least N" is understated below half of the lowest value (DESIGN.md section 2, Figures)
SAME_COUNT = 0.1  # within a tenth, a stated number is taken to be the issuer's (rounding to two digits)
ROUNDING = 0.1  # a plain or "about" number agrees within a tenth (rounding to two digits)
START_SLACK = 31  # days by which two counting starts may differ and still be the same month
GROWTH = 1.5  # a total of up to 200 days ago may have grown by half (OHCHR's grew by a tenth in such a time from 2023, own choice)
FRESH = 200  # days after which an issuer's value no longer speaks for the day (OHCHR gives totals twice a year or more)


HARMED = frozenset({"dead", "killed", "injured", "wounded", "hurt"})
FLUX = 1.3  # numbers of refugees fall and rise with those who return and with how they are counted (own choice)


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
        war = war or (predicate in ("refugees", "displaced") and not places)
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
    return (clause.sentence.start, end) if clause.relation == "root" else (start, end)


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
        Question(f"{claim.id}:counts", "figure", ("killed", "injured"), places=at, within=area),
    )


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if claim.figure is None or claim.figure.low is None:
        return unverified(claim, "no-number", "The number could not be read.", setting)
    if claim.note == "war":
        return _judge_total(claim, claim.figure, answers["totals"], setting)
    if "strikes" not in answers:
        return unverified(claim, "which-event", "The report does not say of which event and place it counts the people.", setting)
    rows = [r for asked in ("strikes", "events", "counts") for r in answers.get(asked, ())]
    return judge_toll(claim, claim.figure, rows, setting)


def _judge_total(claim: Claim, figure: Figure, rows: Sequence[Record], setting: Setting) -> Finding:
    """Against the issuers' values as of publication: same people, same counting start."""
    day = claim.when.end_max or setting.published
    fitting = [r for r in _current(rows, day) if figure.population is None or r.population in (None, figure.population)]
    named = [r for r in fitting if figure.issuer is not None and r.issuer == figure.issuer]
    bodies = [r for r in fitting if r.source_class == "international-body"]
    chosen = named or (bodies if figure.issuer is not None or figure.counting_from is None else []) or fitting
    if not chosen:
        return unverified(claim, "no-total", f"No issuer's total for about {spell(day, day)} is in the packs.", setting)
    shorter = [
        r for r in chosen if figure.counting_from and r.counting_from and (r.counting_from - figure.counting_from).days > START_SLACK
    ]
    if figure.op in (">", ">=") and shorter and figure.issuer is not None:
        same = [r for r in shorter if _same_count(figure, r)]
        if same:
            record = same[0]
            return finding(
                claim,
                Verdict.UNDERSTATED,
                "shorter-count",
                f"The issuer's figure counts from {spell(record.counting_from, record.counting_from)} "
                f"only, the sentence from {spell(figure.counting_from, figure.counting_from)}.",
                setting,
                records=same,
            )
    comparable = [r for r in chosen if r not in shorter] or chosen
    result = _compare(claim, figure, comparable, setting)
    if result.verdict is not Verdict.OVERSTATED:
        return result
    return _since_grown(result, figure, comparable, rows, setting)


def _since_grown(result: Finding, figure: Figure, comparable: Sequence[Record], rows: Sequence[Record], setting: Setting) -> Finding:
    """A running total is overstated only if the issuer's next one is below it too; without a next one, if it is far above."""
    assert figure.low is not None
    keys = {(r.issuer, r.predicate, r.population, r.counting_from) for r in comparable}
    later = [
        r
        for r in rows
        if (r.issuer, r.predicate, r.population, r.counting_from) in keys and r.start_min and r.start_min > setting.published
    ]
    values = [v for r in sorted(later, key=lambda r: (r.start_min or date.max, r.id))[:1] if (v := r.value_high or r.value_best)]
    last = max((v for r in comparable if (v := r.value_high or r.value_best)), default=0.0)
    bound = values[0] if values else last * GROWTH
    if figure.low > bound * (FLUX if result.claim.predicate in ("refugees", "displaced") else 1):
        return result
    records = [*comparable, *later[:1]]
    if values:
        told = f"The records give {last:,.0f} before and {values[0]:,.0f} after; the number lies between."
        return finding(result.claim, Verdict.SUPPORTED, "between", told, setting, records=records)
    return unverified(result.claim, "grown", f"{result.reason} No later total tells how far it had grown.", setting, records=records)


def _current(rows: Sequence[Record], published: date) -> list[Record]:
    """The last value of each issuer and definition at publication, a day or two of delay allowed."""
    latest: dict[tuple[str | None, str, str | None, date | None], Record] = {}
    for row in sorted(rows, key=lambda r: (r.start_min or date.min, r.id)):
        if row.start_min is None or row.start_min > published or (published - row.start_min).days > FRESH:
            continue
        if row.known_from is not None and row.known_from > published + timedelta(days=2):
            continue
        latest[(row.issuer, row.predicate, row.population, row.counting_from)] = row
    return [latest[k] for k in sorted(latest, key=str)]


def _same_count(figure: Figure, record: Record) -> bool:
    value = record.value_best or record.value_high or record.value_low
    return value is not None and figure.low is not None and abs(value - figure.low) <= SAME_COUNT * value


def _compare(claim: Claim, figure: Figure, rows: Sequence[Record], setting: Setting) -> Finding:
    assert figure.low is not None
    lows = [v for r in rows if (v := r.value_low or r.value_best) is not None]
    highs = [v for r in rows if (v := r.value_high or r.value_best) is not None]
    if not lows or not highs:
        return unverified(claim, "no-value", "The records give no value.", setting, records=rows)
    low, high = min(lows), max(highs)
    told = f"The records give {low:,.0f}" + (f" to {high:,.0f}" if high != low else "")
    at_least = figure.op in (">", ">=") or figure.high != figure.low
    if at_least and figure.low <= high * (1 + (ROUNDING if figure.op == "~" else 0)):
        if figure.low < HALF * low and figure.high == figure.low:
            return finding(claim, Verdict.UNDERSTATED, "below-half", f"{told}, more than twice what is stated.", setting, records=rows)
        if figure.high is None or figure.high >= low:
            return finding(claim, Verdict.SUPPORTED, "in-range", f"{told}.", setting, records=rows)
    if figure.low > high * (1 + ROUNDING):
        return finding(claim, Verdict.OVERSTATED, "above", f"{told}, less than what is stated.", setting, records=rows)
    if figure.op in ("<", "<=") and figure.low >= low * (1 - ROUNDING):
        return finding(claim, Verdict.SUPPORTED, "in-range", f"{told}.", setting, records=rows)
    top = figure.high if figure.high is not None else figure.low
    if low * (1 - ROUNDING) <= top and figure.low <= high * (1 + ROUNDING):
        return finding(claim, Verdict.SUPPORTED, "in-range", f"{told}.", setting, records=rows)
    if top < HALF * low:
        return finding(claim, Verdict.UNDERSTATED, "below", f"{told}, more than what is stated.", setting, records=rows)
    return unverified(claim, "near", f"{told}; the stated number is near it but does not agree.", setting, records=rows)


def inherits(claim: Claim, source: Finding, setting: Setting) -> bool:
    """True where the strike that it counts the victims of is another time's, and the number is in its records."""
    if source.verdict is not Verdict.MISDATED or claim.figure is None or claim.figure.low is None:
        return False
    values = [(r.value_low or r.value_best, r.value_high or r.value_best) for r in source.records]
    return any(
        low is not None and high is not None and low * (1 - ROUNDING) <= claim.figure.low <= high * (1 + ROUNDING) for low, high in values
    )
