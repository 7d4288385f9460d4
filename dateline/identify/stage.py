"""The stage after judging: what stayed open is held against every record that tells of something (docs/identification.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateline.evidence import Evidence
from dateline.identify.account import Account, accounts_of, continued
from dateline.identify.compare import Match
from dateline.identify.decide import counted_anew, decided
from dateline.identify.index import Entry, Index, index_of
from dateline.identify.telling import Telling, part_of, surroundings, telling_of
from dateline.kinds.base import Setting
from dateline.tempering import tempered
from dateline.text.reading import Reading
from dateline.types import Finding
from dateline.verdict import Verdict

# Why a judge left a claim open; for these a record of another kind may settle it.
OPEN_RULES = frozenset(
    ["no-record", "speaker", "other-day", "no-place", "unread", "which-event", "not-identified", "no-total", "which-one", "negated", "open"]
)
NOTHING = "other.nothing"  # what names nobody and nowhere may still be on record
READ = ("asserted", "negated", "unread")  # plans, conditions and questions state nothing that could be on record
COUNTED = frozenset({"strike", "sanction"})
CONTEXTUAL = 40  # records that fit the report as a whole, kept for each of its sentences (own choice)


def identified(
    findings: Sequence[Finding], reading: Reading, evidence: Evidence, setting: Setting, as_of: date | None = None
) -> list[Finding]:
    """The findings, with those that were left open decided where a record tells the same or excludes it."""
    if not any(_open(f) or _counted(f) for f in findings):
        return list(findings)
    index = index_of(evidence)
    parts: dict[int, tuple[frozenset[str], tuple[Entry, ...]]] = {}
    told: dict[int, tuple[Telling, list[Match]]] = {}
    made = list(findings)
    for n, found in enumerate(findings):
        if not _open(found) and not _counted(found):
            continue
        part = part_of(found.claim.start)
        if part not in parts:
            context = index.vocabulary.terms(surroundings(reading, part))
            parts[part] = context, index.fitting(context, CONTEXTUAL)
        telling = telling_of(found, reading, index.vocabulary, parts[part][0])
        if _open(found):
            told[n] = telling, matches(telling, index, parts[part][1], setting, as_of)
            made[n] = _settled(found, *told[n], (), setting)
        elif telling.numbers:
            made[n] = counted_anew(found, telling, matches(telling, index, parts[part][1], setting, as_of), setting) or found
    accounts = accounts_of(made)
    for n, (telling, close) in told.items():
        if accounts and made[n].verdict is Verdict.UNVERIFIED:
            made[n] = _settled(made[n], telling, close, accounts, setting)
    return made


def _open(found: Finding) -> bool:
    if found.rule == NOTHING:
        return True
    return found.verdict is Verdict.UNVERIFIED and found.rule.rpartition(".")[2] in OPEN_RULES and found.claim.modality in READ


def _counted(found: Finding) -> bool:
    """A strike or an act that is on record for its place and day may still be told with another number."""
    return found.verdict is Verdict.SUPPORTED and found.claim.kind in COUNTED and found.claim.modality == "asserted"


def _settled(found: Finding, told: Telling, close: Sequence[Match], accounts: Sequence[Account], setting: Setting) -> Finding:
    """What the matches make of it now, with what they would have made of it at publication where that differs."""
    now = _decision(found, told, close, accounts, setting)
    known = [m for m in close if m.record.known_from is None or m.record.known_from <= setting.published]
    if now is found or len(known) == len(close):
        return now
    then = _decision(found, told, known, accounts, setting).verdict
    return replace(now, known_then=then) if then is not now.verdict else now


def _decision(found: Finding, told: Telling, close: Sequence[Match], accounts: Sequence[Account], setting: Setting) -> Finding:
    if accounts:
        made = continued(told, close, accounts, setting)
    else:
        made = decided(found, told, close, setting)
    return tempered(made, setting) if made is not None else found


def matches(told: Telling, index: Index, around: Sequence[Entry], setting: Setting, as_of: date | None) -> list[Match]:
    """The records that share most with what is told, best first; with `as_of` only what was public then."""
    entries = dict.fromkeys((*index.candidates(told.terms), *around))
    met = (e for e in entries if e.record.predicate == "denied" or not e.terms.isdisjoint(told.terms))
    before = (e for e in met if e.record.start_min is None or e.record.start_min <= setting.published)
    public = (e for e in before if as_of is None or e.record.known_from is None or e.record.known_from <= as_of)
    return sorted((Match(told, e, index, setting) for e in public), key=lambda m: (-m.weight * (1 + m.context), m.record.id))
