"""Statement: who vowed, thanked, accused, threatened, denied, ordered or said what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.identify.wording import clash
from dateline.kinds.base import Answers, Setting, draft, time_of
from dateline.kinds.judging import WIDENING, Window, finding, gap_days, meets, same_season, spell, spell_when, unverified, windows
from dateline.text.concepts import concepts_of
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Claim, Finding, Question, Record
from dateline.verdict import Verdict

name = "statement"
predicates = ("vowed", "thanked", "accused", "threatened", "denied", "ordered", "admitted", "asked", "said")

# What the report's verb may be recorded as.
RECORDS = {
    "vowed": ("vowed", "promised", "said"),
    "thanked": ("thanked", "said"),
    "accused": ("accused", "called", "said"),
    "threatened": ("threatened", "warned"),
    "denied": ("denied", "called", "said"),
    "ordered": ("ordered", "announced"),
    "said": ("said", "announced", "claimed", "called", "warned", "ordered", "promised"),
    "asked": ("called", "said", "announced"),
}
GROUPS = (
    ("vowed", "vow"),
    ("thanked", "thank"),
    ("accused", "accuse"),
    ("threatened", "threaten"),
    ("denied", "deny"),
    ("ordered", "order"),
    ("admitted", "admit"),
    ("asked", "ask"),
    ("said", "say"),
)
RARE = 0.05  # a concept in so small a share of a speaker's records tells which of them is meant (own choice)
SHARED = 2  # concepts that a record must share with what is said; one where the claim has but one or two (own choice)
SHARE = 0.4  # and the share of the claim's concepts that "said" must find, for its verb tells nothing (own choice)


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Speech acts with a speaker; what is said becomes the claim's specifics."""
    if clause.form in ("nominal", "participle") and clause.relation not in ("root", "conj", "advcl"):
        return
    predicate = next((p for p, group in GROUPS if clause.lemma in reading.lexicon.words("statement", group)), None)
    if predicate is None or clause.actor is None or clause.actor.lemma in reading.lexicon.words("media", "nouns"):
        return
    content = _content(clause, reading)
    if predicate in ("said", "asked", "admitted") and not content:
        return
    who = reading.actor(clause.actor, clause.sentence)
    known = who is not None and who.id is not None
    told = clause.sentence.tokens[clause.head].text if known else predicate
    yield draft(
        clause,
        reading,
        name,
        predicate,
        time_of(clause, reading, "standing", narrow=True),
        who=who,
        whom=reading.actor(clause.patient, clause.sentence) if known else None,
        specifics=content,
        span=(clause.start, clause.full_end),
        note="" if known else "speaker unknown",
        label=f"{who.words if who else ''} {told}".strip()[:60],
    )


def _content(clause: Clause, reading: Reading) -> frozenset[str]:
    """Concepts of all that hangs on the verb but its subject, its time and the speech acts coordinated with it."""
    sentence = clause.sentence
    skip = {i for c in sentence.kids(clause.head, "nsubj", "nsubjpass", "conj", "aux", "agent") for i in sentence.subtree(c)}
    times = {i for t in sentence.tokens for i in (t.i,) if reading.inside(reading.times, t.start, t.end)}
    lemmas = tuple(
        t.lemma.lower()
        for t in sentence.tokens
        if t.i in set(sentence.subtree(clause.head)) - skip - times and t.i != clause.head and t.pos not in ("PUNCT", "SPACE")
    )
    told = reading.lexicon.concepts(lemmas)
    return told | _looked_back(clause, reading) if _points_back(clause, reading) else told


def _points_back(clause: Clause, reading: Reading) -> bool:
    """True for "called that a lie", "denied it": what is meant stands in the sentence before."""
    return any(
        t.lemma.lower() in ("that", "it", "this", "such")
        and t.pos in ("PRON", "DET", "ADJ")
        and t.dep in ("dobj", "nsubj", "pobj", "amod", "det")
        for t in clause.sentence.tokens
        if t.start > clause.sentence.tokens[clause.head].start
    )


def _looked_back(clause: Clause, reading: Reading) -> frozenset[str]:
    before = [s for s in reading.sentences if s.start < clause.sentence.start and s.block == clause.sentence.block]
    names = tuple(t.lemma.lower() for t in before[-1].tokens if t.pos == "PROPN") if before else ()
    return reading.lexicon.concepts(names)


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    if claim.who is None or claim.who.id is None or claim.predicate not in RECORDS:
        return ()
    return (Question(f"{claim.id}:speech", "statement", RECORDS[claim.predicate], subjects=(claim.who.id,)),)


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if "speech" not in answers:
        return unverified(claim, "speaker", "Who said it is not known to any pack.", setting)
    rows = [r for r in answers["speech"] if r.start_min is not None and r.start_min <= setting.published]
    told = {r.id: concepts_of(r.says, setting.lexicon) for r in rows}
    counts = Counter(c for concepts in told.values() for c in concepts)
    rare = {c for c, n in counts.items() if n <= max(1, RARE * len(rows))}
    matching = [r for r in rows if _matches(claim, r, told[r.id], rare) and not clash(_undated(claim), r.says, claim.language)]
    found = windows_of_days(matching)
    meeting = [w for w in found if _then(claim, w)]
    speaker = claim.who.words if claim.who else ""
    if meeting:
        last = meeting[-1]
        return finding(
            claim,
            Verdict.SUPPORTED,
            "said",
            f"{speaker}: {claim.predicate} so, on record for {spell(last.start, last.end)}.",
            setting,
            records=[r for w in reversed(meeting[-4:]) for r in w.records],
            window=last,
        )
    act = [w for w in found if _same_act(claim, w, told, rare)]
    if len(act) == 1 and len(found) == 1:
        return finding(
            claim,
            Verdict.MISDATED,
            "same-act",
            f"{speaker}: {claim.predicate} so on {spell(act[0].start, act[0].end)}, the only such act on record; "
            f"not in {spell_when(claim.when)}.",
            setting,
            records=act[0].records,
            window=act[0],
        )
    if found:
        return unverified(
            claim,
            "other-day",
            f"{speaker}: {claim.predicate} so on {spell(found[-1].start, found[-1].end)}; for the claimed "
            "time no record, and of speech none is complete.",
            setting,
            records=found[-1].records,
        )
    return unverified(claim, "no-record", f"{speaker}: no record of such words, and silence refutes nothing.", setting)


def _then(claim: Claim, window: Window) -> bool:
    """Speech is dated by its very day: where the report names one, a day's tolerance is all."""
    if claim.when.granularity == "day" and not claim.when.implied:
        return (gap_days(claim.when, window.start, window.end) or 0) <= WIDENING
    return meets(claim.when, window)


def _undated(claim: Claim) -> str:
    """The words of the claim without those of its own time: "on 3 May" gives no number that a record should have."""
    return claim.text.replace(claim.when.words, " ") if claim.when.words else claim.text


def _same_act(claim: Claim, window: Window, told: dict[str, frozenset[str]], rare: set[str]) -> bool:
    """Speaker, matter and the days of the year agree, and it was an act that is done once: an order, an announcement."""
    record = window.records[0]
    shared = claim.specifics & told[record.id]
    once = record.predicate in ("ordered", "announced") and not claim.when.implied
    return once and len(shared) >= SHARED and bool(shared & rare) and same_season(claim.when, window)


def windows_of_days(rows: Sequence[Record]) -> list[Window]:
    """Speech is an event of its own each time: a window a record."""
    return sorted((w for r in rows for w in windows([r])), key=lambda w: (w.start, w.records[0].id))


def _matches(claim: Claim, record: Record, told: frozenset[str], rare: set[str]) -> bool:
    """Enough of what is said is on record; on the very day one rare concept is enough to tell which words are meant."""
    shared = claim.specifics & told
    same_day = not claim.when.implied and claim.when.granularity == "day" and meets(claim.when, windows([record])[0])
    if same_day and shared & rare:
        return True
    if claim.predicate in ("said", "asked") or record.predicate == "said":
        return len(shared) >= SHARED and len(shared) >= SHARE * len(claim.specifics)
    return len(shared) >= min(SHARED, max(1, len(claim.specifics) // 2))
