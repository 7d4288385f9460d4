"""Order: "after the dam was destroyed the troops left", "took A and then B": which of two dated events came first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dateline.kinds import strike
from dateline.kinds.areas import changes, firm
from dateline.kinds.base import Setting, draft
from dateline.kinds.judging import WIDENING, Window, finding, lag_of, spell, unverified, windows
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Claim, Finding, Question, Record, Where
from dateline.verdict import Verdict
from dateline.when import open_when

FOLLOWS = frozenset({"after", "once"})  # the clause tells of what came first
PRECEDES = frozenset({"before"})  # the clause tells of what came later
THEN = frozenset({"then", "later", "afterwards", "subsequently"})
EVENTS = frozenset({"took", "lost", "annexed", "destroyed"})
APART = 2  # days by which two events must lie apart, lags allowed for, before their order is sure

Finder = Callable[[Clause, Reading], Iterable[Claim]]


def find_order(clause: Clause, reading: Reading, events: Finder) -> Iterable[Claim]:
    """One claim where the clause and the one that it hangs on tell of an event each, and say which came first."""
    up = reading.governor(clause)
    if up is None or clause.form == "nominal" or up.form == "nominal":
        return
    tokens = clause.sentence.tokens
    marks = (
        {tokens[c].lemma.lower() for c in clause.sentence.kids(clause.head, "mark", "prep", "advmod")}
        if clause.relation == "advcl"
        else set()
    )
    if clause.relation == "conj" and THEN & set(clause.particles):
        first, second = up, clause
    elif marks & FOLLOWS:
        first, second = clause, up
    elif marks & PRECEDES:
        first, second = up, clause
    else:
        return
    told = [_event(c, reading, events) for c in (first, second)]
    if told[0] is None or told[1] is None:
        return
    a, b = told[0], told[1]
    if a.modality != "asserted" or b.modality != "asserted" or (a.place() == b.place() and _side(a) == _side(b)):
        return
    yield draft(
        clause,
        reading,
        "control",
        "order",
        open_when(),
        where=(a.where[0].as_role("first"), b.where[0].as_role("second")),
        who=a.who,
        whom=b.who,
        note=f"{a.predicate}:{_side(a)}|{b.predicate}:{_side(b)}",
        span=(min(first.start, second.start), max(first.end, second.end)),
        label=f"{_name(a.where[0])} before {_name(b.where[0])}",
    )


def _event(clause: Clause, reading: Reading, events: Finder) -> Claim | None:
    found = [c for c in (*events(clause, reading), *strike.find(clause, reading)) if c.predicate in EVENTS and c.place() is not None]
    return found[0] if len({c.place() for c in found}) == 1 and found[0].note != strike.INFERRED else None


def _side(claim: Claim) -> str:
    return claim.who.side or "" if claim.who is not None else ""


def _name(where: Where) -> str:
    return where.place.name if where.place is not None else where.words


def ask_order(claim: Claim) -> Sequence[Question]:
    asked = []
    for role, told in zip(("first", "second"), claim.note.split("|"), strict=True):
        place, predicate = claim.place(role), told.partition(":")[0]
        if place is None:
            return ()
        if predicate == "destroyed":
            asked.append(Question(f"{claim.id}:{role}", "strike", ("destroyed",), places=(place.id,)))
        else:
            rows = ("annexed",) if predicate == "annexed" else ("held",)
            asked.append(Question(f"{claim.id}:{role}", "control", rows, places=(place.id,)))
    return tuple(asked)


def judge_order(claim: Claim, answers: dict[str, tuple[Record, ...]], setting: Setting) -> Finding:
    """Refuted where every event that can be meant as the first came after every one that can be meant as the second."""
    told = claim.note.split("|")
    first, second = (_windows(answers.get(role, ()), words, setting) for role, words in zip(("first", "second"), told, strict=True))
    if not first or not second:
        return unverified(claim, "no-record", "Not both events are on record, so their order is not known.", setting)
    records = [*first[0].records[:3], *second[0].records[:3]]
    names = [claim.place(role) for role in ("first", "second")]
    says = "; ".join(
        f"{place.name if place else ''}: {spell(found[0].start, found[-1].end)}"
        for place, found in zip(names, (first, second), strict=True)
    )
    room = APART + WIDENING + max(lag_of(r) for w in (*first, *second) for r in w.records)
    if (min(w.start for w in first) - max(w.end for w in second)).days > room:
        return finding(claim, Verdict.REFUTED, "order", f"The order was the other way round. {says}.", setting, records=records)
    if (min(w.start for w in second) - max(w.end for w in first)).days > room:
        return finding(claim, Verdict.SUPPORTED, "order", f"In that order on record. {says}.", setting, records=records)
    return unverified(claim, "order", f"The records leave the order open. {says}.", setting, records=records)


def _windows(rows: Sequence[Record], told: str, setting: Setting) -> tuple[Window, ...]:
    """Every event that the words can mean, up to the day of the report."""
    predicate, _, side = told.partition(":")
    fitting = list(rows)
    if predicate in ("took", "lost"):
        fitting = [r for r in changes(rows, setting) if firm(r)]
    if side and predicate != "destroyed":
        fitting = [r for r in fitting if (r.side == side) == (predicate != "lost")]
    elif predicate == "lost":
        return ()
    return tuple(w for w in windows(fitting) if w.start <= setting.published)
