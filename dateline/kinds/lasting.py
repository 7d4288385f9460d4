"""How long something lasted: a siege, a battle or an occupation against its own records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from dateline.kinds.base import Setting, draft, time_of
from dateline.kinds.judging import finding, spell, unverified
from dateline.kinds.quantity import comparison
from dateline.kinds.takings import town_meant
from dateline.text.lexicon import Lexicon
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Claim, Figure, Finding, Question, Record, Where
from dateline.verdict import Verdict

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25}
VAGUE = {"a": (1.0, 1.0), "an": (1.0, 1.0), "a few": (2.0, 6.0), "several": (3.0, 11.0), "some": (2.0, 11.0)}
ROOM = 0.2  # by which a rounded length may differ (own choice: "three weeks" is said of 17 to 25 days)
ROOM_DAYS = 3.0  # and by which beginnings and ends do
FAR = 1.6  # a length is false only where it is off by this factor from all that the records allow (own choice)
LENGTH = re.compile(
    r"(?P<before>(?:[a-z]+\s+){0,3}?)\b(?P<n>a few|several|some|an?|\d+|[a-z]+(?:-[a-z]+)?)[\s-]+(?P<unit>day|week|month|year)s?\b"
)


def find_lasting(clause: Clause, reading: Reading, kind: str) -> Iterable[Claim]:
    """ "The siege lasted three weeks", "the occupation of X went on for eight months"."""
    table = reading.lexicon.groups["onset"]
    yield from _been(clause, reading, kind)
    thing = clause.actor
    if thing is None or not clause.is_one_of(table.get("last", frozenset())) or clause.form == "nominal":
        return
    group = "occupation" if thing.lemma in reading.lexicon.words("control", "occupation") else "siege"
    if group == "siege" and thing.lemma not in reading.lexicon.words("onset", "siege", "offensive"):
        return
    length = length_in(reading.document.text[clause.sentence.tokens[clause.head].end : clause.end], reading.lexicon)
    if length is None:
        return
    where = _where(thing, clause, reading)
    yield draft(
        clause,
        reading,
        kind,
        "lasted",
        time_of(clause, reading, "standing"),
        where=(where,) if where is not None else (),
        figure=length,
        note=group,
        label=f"{reading.words(thing).strip()} lasted"[:60],
    )


BEEN = {"besiege": "siege", "blockade": "siege", "encircle": "siege", "surround": "siege", "occupy": "occupation"}


def _been(clause: Clause, reading: Reading, kind: str) -> Iterable[Claim]:
    """ "The city had been besieged for three months", "X was occupied for half a year"."""
    group = BEEN.get(clause.lemma)
    if group is None or not clause.passive or clause.patient is None:
        return
    after = reading.document.text[clause.sentence.tokens[clause.head].end : clause.end]
    told = re.search(r"\bfor\b", after)
    length = length_in(after[told.end() :], reading.lexicon) if told is not None else None
    where = next(iter(reading.places_of(clause.patient, clause.sentence)), None) or town_meant(clause.patient, clause, reading)
    if length is None or where is None:
        return
    when = time_of(clause, reading, "standing")
    yield draft(clause, reading, kind, "lasted", when, where=(where,), figure=length, note=group, label=f"{where.words} {clause.lemma}")


def _where(thing: Phrase, clause: Clause, reading: Reading) -> Where | None:
    """The place named with it, "the town", else the settlement that the report has named most often so far."""
    named = reading.places_of(thing, clause.sentence)
    if named:
        return named[0]
    tokens = clause.sentence.tokens
    for i in thing.tokens:
        if tokens[i].dep == "pobj" and (meant := town_meant(_bare(thing, i, clause), clause, reading)) is not None:
            return meant
    earlier = [p for p in reading.places if p.end <= clause.start and p.place is not None and p.place.kind == "settlement"]
    counts = Counter(p.place.id for p in earlier if p.place is not None).most_common(2)
    clear = bool(counts) and (len(counts) == 1 or counts[0][1] > counts[1][1])
    return next(p for p in earlier if p.place is not None and p.place.id == counts[0][0]) if clear else None


def _bare(thing: Phrase, i: int, clause: Clause) -> Phrase:
    """The noun phrase within a phrase that token `i` heads."""
    below = sorted(clause.sentence.subtree(i))
    tokens = clause.sentence.tokens
    return Phrase(i, tokens[i].lemma.lower(), tokens[below[0]].start, tokens[below[-1]].end, tuple(below))


def length_in(text: str, words: Lexicon) -> Figure | None:
    """The first length of time in a text, in days, with how it compares; None where there is none."""
    for found in LENGTH.finditer(text.lower()):
        word = " ".join(found["n"].split())
        if word in VAGUE:
            low, high = VAGUE[word]
        elif word.isdigit():
            low = high = float(word)
        elif word in words.numbers:
            low = high = float(words.numbers[word])
        else:
            continue
        factor = DAYS[found["unit"]]
        before = " ".join(found["before"].split())
        return Figure(comparison(before, words), low * factor, high * factor, "days", text[found.start("n") : found.end()].strip())
    return None


def ask_lasting(claim: Claim) -> Sequence[Question]:
    place = claim.place()
    if place is None:
        return ()
    if claim.note == "occupation":
        return (Question(f"{claim.id}:held", "control", ("held",), places=(place.id,)),)
    return (
        Question(f"{claim.id}:events", "onset", ("siege", "battle"), places=(place.id,)),
        Question(f"{claim.id}:offensives", "advance", ("offensive",), places=(place.id,)),
    )


def judge_lasting(claim: Claim, answers: dict[str, tuple[Record, ...]], setting: Setting) -> Finding:
    """Over- or understated only where no stretch on record comes near the told length."""
    place, figure = claim.place(), claim.figure
    if place is None or figure is None or figure.low is None or figure.high is None:
        return unverified(claim, "no-place", "The report does not say clearly of which place that is told.", setting)
    rows = [r for name in sorted(answers) for r in answers[name]]
    spans = _held(rows, setting) if claim.note == "occupation" else _events(rows, setting)
    if not spans:
        return unverified(claim, "no-record", f"How long it lasted at {place.name} is not on record.", setting, records=rows[-3:])
    low, high = figure.low, figure.high
    if figure.op in (">", ">="):
        high = max(high, low * FAR)
    elif figure.op in ("<", "<="):
        low = 0.0
    told = [_agrees(low, high, least, most) for least, most, _ in spans]
    records = [r for _, _, own in spans for r in own]
    says = "; ".join(_says(least, most, own) for least, most, own in spans)
    if True in told:
        best = spans[told.index(True)]
        return finding(claim, Verdict.SUPPORTED, "length", f"{place.name}: {_says(*best)}.", setting, records=best[2], place=place)
    longest, shortest = max(most for _, most, _ in spans), min(least for least, _, _ in spans)
    if low > FAR * longest + ROOM_DAYS:
        return finding(claim, Verdict.OVERSTATED, "length", f"{place.name}: {says}, less than is told.", setting, records=records)
    if high * FAR + ROOM_DAYS < shortest:
        return finding(claim, Verdict.UNDERSTATED, "length", f"{place.name}: {says}, more than is told.", setting, records=records)
    return unverified(claim, "near", f"{place.name}: {says}; that is near what is told, but does not agree.", setting, records=records)


Span = tuple[float, float, tuple[Record, ...]]  # least and most days, and the records that bound them


def _agrees(low: float, high: float, least: float, most: float) -> bool:
    return low * (1 - ROOM) - ROOM_DAYS <= most and least <= high * (1 + ROOM) + ROOM_DAYS


def _says(least: float, most: float, own: Sequence[Record]) -> str:
    first, last = own[0], own[-1]
    begin = spell(first.start_min, first.start_max)
    end = spell(last.end_min, last.end_max) if len(own) == 1 else spell(last.start_min, last.start_max)
    days = f"{least:.0f}" if least == most else f"{least:.0f} to {most:.0f}"
    return f"on record from {begin} to {end}, by the day of the report {days} days"


def _events(rows: Sequence[Record], setting: Setting) -> list[Span]:
    """Each siege or battle up to its end, or up to the report where it was still going on."""
    spans: list[Span] = []
    for row in rows:
        if row.start_min and row.start_max and row.start_max <= setting.published:
            first, last = (min(d or setting.published, setting.published) for d in (row.end_min, row.end_max))
            spans.append((max(0.0, _days(row.start_max, first)), max(0.0, _days(row.start_min, last)), (row,)))
    return spans


def _held(rows: Sequence[Record], setting: Setting) -> list[Span]:
    """Each stretch in which another side held the place than the one that held it first."""
    dated = sorted(
        (r for r in rows if r.start_min and r.start_max and r.side in setting.sides), key=lambda r: (r.start_min or date.min, r.id)
    )
    spans: list[Span] = []
    begun: Record | None = None
    for row in dated:
        if row.side != dated[0].side:
            begun = begun or row
        elif begun is not None and begun.start_min and begun.start_max and row.start_min and row.start_max:
            if row.start_min <= setting.published:
                spans.append((max(0.0, _days(begun.start_max, row.start_min)), _days(begun.start_min, row.start_max), (begun, row)))
            begun = None
    return spans


def _days(start: date, end: date) -> float:
    return float((end - start).days + 1)
