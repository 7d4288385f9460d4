"""Claims told as not so: what is on record as done refutes them, what is excluded supports them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from dateline.types import Claim, Finding
from dateline.verdict import Verdict

EVENTS = frozenset({"control", "advance", "strike", "onset", "sanction"})  # a statement that was not made leaves no record
WHOLE = frozenset({"all", "most"})  # "did not take all of it" is not "took none of it"
POINTS = frozenset({"settlement", "facility", "island", "reservoir"})  # of an area a part is always held by somebody
ALSO = (
    "cannot",
    "can not",
    "can't",
    "could not",
    "couldn't",
    "not only",
    "not just",
    "not merely",
    "entirety",
    "the whole",
    "all of",
    "not yet fully",
    "not fully",
    "not completely",
    "not entirely",
)


def judge_negated(claim: Claim, judge: Callable[[Claim], Finding], left_open: Callable[[], Finding]) -> Finding:
    """Judges what is denied and turns the verdict round, where that is safe; else `left_open`."""
    place = claim.place()
    wide = place is not None and place.kind not in POINTS
    if claim.kind not in EVENTS or claim.degree in WHOLE or wide or any(words in claim.sentence.lower() for words in ALSO):
        return left_open()
    found = judge(dataclasses.replace(claim, modality="asserted"))
    if found.verdict is Verdict.SUPPORTED and found.records and not claim.when.is_open and _sure(found):
        return _turned(found, claim, Verdict.REFUTED, f"Told as not so, but it is on record. {found.reason}")
    if found.verdict in (Verdict.REFUTED, Verdict.MISDATED) and found.records:
        return _turned(found, claim, Verdict.SUPPORTED, f"Told as not so, and so it is. {found.reason}")
    return left_open()


def _sure(found: Finding) -> bool:
    """True where two independent families have it by then: a denial is not refuted by one source, nor by what came after."""
    if found.off_by_days or (found.before_publication_days or 0) < 0:
        return False
    return len({family for r in found.records for family in r.family.split("|")}) > 1


def _turned(found: Finding, claim: Claim, verdict: Verdict, reason: str) -> Finding:
    return dataclasses.replace(
        found,
        claim=claim,
        verdict=verdict,
        reason=reason,
        rule=f"{claim.kind}.negated-{found.rule.partition('.')[2]}",
        happened=found.happened if verdict is Verdict.REFUTED else None,
        off_by_days=None,
        off_by_km=None,
        before_publication_days=None,
    )
