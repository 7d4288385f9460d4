"""The nine verdicts: what each means, their order, and how two findings on one claim combine."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Verdict(Enum):
    """What the evidence makes of a claim. There is no score and no percentage of truth."""

    SUPPORTED = "supported"
    MISDATED = "misdated"
    MISPLACED = "misplaced"
    OVERSTATED = "overstated"
    UNDERSTATED = "understated"
    REFUTED = "refuted"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"
    NOT_CHECKABLE = "not-checkable"

    def __str__(self) -> str:
        return self.value

    @property
    def meaning(self) -> str:
        return MEANINGS[self]

    @property
    def accuses(self) -> bool:
        """True for the verdicts that say the report is wrong; on a true claim they are the worst bug."""
        return self in ACCUSING


MEANINGS = {
    Verdict.SUPPORTED: "agrees in every part stated: who, what, where, when, how many",
    Verdict.MISDATED: "happened, at another time",
    Verdict.MISPLACED: "happened, at another place",
    Verdict.OVERSTATED: "more than the records give",
    Verdict.UNDERSTATED: "less than the records give",
    Verdict.REFUTED: "excluded by the records",
    Verdict.DISPUTED: "records of the claimed time disagree",
    Verdict.UNVERIFIED: "checkable, and nothing admissible either way",
    Verdict.NOT_CHECKABLE: "feeling, opinion, courtesy, or too vague to look up",
}

ACCUSING = frozenset(
    {Verdict.MISDATED, Verdict.MISPLACED, Verdict.OVERSTATED, Verdict.UNDERSTATED, Verdict.REFUTED}
)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict when a claim has several readings: what they agree on, else unverified.

    A silent choice between readings is never made (docs/verdicts.md, "Readings").
    """
    distinct = set(verdicts)
    if len(distinct) == 1:
        return distinct.pop()
    return Verdict.UNVERIFIED
