"""The stage after judging: what stayed open is held against every record that tells of something (docs/identification.md)."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evidence import Evidence
from dateline.identify.account import accounts_of, continued
from dateline.identify.compare import Match, compare
from dateline.identify.decide import decided
from dateline.identify.index import Entry, Index, index_of
from dateline.identify.telling import Telling, telling_of, whole_of
from dateline.kinds.base import Setting
from dateline.tempering import tempered
from dateline.text.reading import Reading
from dateline.types import Finding
from dateline.verdict import Verdict

OPEN_RULES = frozenset(
    ["no-record", "speaker", "other-day", "no-place", "unread", "which-event", "not-identified", "no-total", "which-one", "negated", "open"]
)


READ = ("asserted", "negated", "unread")
CONTEXTUAL = 40  # records that fit the report as a whole, kept for each of its sentences (own choice)


def identified(findings: Sequence[Finding], reading: Reading, evidence: Evidence, setting: Setting) -> list[Finding]:
    """The findings, with those that were left open decided where a record tells the same or excludes it."""
    index = index_of(evidence)
    around = index.fitting(index.vocabulary.terms(whole_of(reading)), CONTEXTUAL)
    told: dict[int, tuple[Telling, list[Match]]] = {}
    first = list(findings)
    for n, found in enumerate(findings):
        if found.verdict is Verdict.UNVERIFIED and found.rule.rpartition(".")[2] in OPEN_RULES and found.claim.modality in READ:
            telling = telling_of(found, reading, index.vocabulary)
            told[n] = (telling, matches(telling, index, around, setting))
            first[n] = decided(found, *told[n], setting) or found
    accounts = accounts_of(first)
    for n, (telling, close) in told.items():
        if first[n].verdict is Verdict.UNVERIFIED:
            first[n] = continued(telling, close, accounts, setting) or first[n]
    return [tempered(f, setting) for f in first]


def matches(told: Telling, index: Index, around: Sequence[Entry], setting: Setting) -> list[Match]:
    """The records that share most with what is told, best first."""
    entries = dict.fromkeys((*index.candidates(told.terms), *around))
    found = (compare(told, e, index, setting) for e in entries)
    return sorted((m for m in found if m.shared), key=lambda m: (-m.weight * (1 + m.context), m.record.id))
