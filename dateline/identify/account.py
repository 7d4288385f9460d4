"""What goes on about an event that was found to be misdated or misplaced: the same days, the same place, the same matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from dateline.identify.agree import fits
from dateline.identify.compare import Match
from dateline.identify.telling import Telling
from dateline.kinds.base import Setting
from dateline.kinds.judging import WIDENING, Window, finding, spell, spell_when
from dateline.tempering import PASSAGE_LENGTH
from dateline.types import Finding, Record, When
from dateline.verdict import Verdict

DAYS_AFTER = 4  # days after an event in which what is said of it is still on that event (own choice: a report's week)
GOES_ON_SHARE, GOES_ON_MATTER = 0.3, 3.0  # a third of what is said, one rare term beside the place's name (own choice, on dev reports)
MISSING_SHARE = 0.5


@dataclass(frozen=True)
class Account:
    """An event that the report tells at another time than it happened."""

    finding: Finding
    window: Window

    def holds(self, record: Record) -> bool:
        """True where the record is of the event's days."""
        if record.start_min is None:
            return False
        return self.window.start - timedelta(days=1) <= record.start_min <= self.window.end + timedelta(days=DAYS_AFTER)


def accounts_of(findings: Sequence[Finding]) -> list[Account]:
    """The misdated events of a report."""
    found = []
    for f in findings:
        if f.verdict is Verdict.MISDATED and f.inherited_from is None and f.happened is not None and f.happened.start and f.happened.end:
            found.append(Account(f, Window(f.happened.start, f.happened.end, f.records)))
    return found


def continued(told: Telling, matches: Sequence[Match], accounts: Sequence[Account], setting: Setting) -> Finding | None:
    """A finding for a claim that goes on about a misdated event and that a record of those days tells of."""
    for account in accounts:
        apart = abs(told.claim.start - account.finding.claim.start)
        if apart > PASSAGE_LENGTH or not told.told or not _same_time(told.when, account.finding.claim.when):
            continue
        own = [m for m in matches if account.holds(m.record) and _goes_on(m)]
        if told.speech:
            own = [m for m in own if m.record.kind == "statement" and m.speaker == "same"]
        if not own or any(m.when == "meets" and m.share >= GOES_ON_SHARE for m in matches):
            continue
        best = max(own, key=lambda m: (m.share, m.record.id))
        days = f"On record for {spell(best.record.start_min, best.record.start_max)}, not for {spell_when(told.when)}"
        reason = f"Goes on about the same event. {days}: {best.record.says}"
        claim = replace(told.claim, when=told.when)
        made = finding(claim, Verdict.MISDATED, "goes-on", reason, setting, records=[m.record for m in own[:3]], window=best.window)
        return replace(made, inherited_from=account.finding.claim.id or None)
    return None


def _goes_on(match: Match) -> bool:
    """Part of the same matter, with nothing against it; of several numbers one may be missing where most else is there."""
    if match.share < GOES_ON_SHARE or match.matter < GOES_ON_MATTER:
        return False
    return fits(match) or (match.numbers == "missing" and match.share >= MISSING_SHARE and match.where != "other" and match.opposed is None)


def _same_time(told: When, claimed: When) -> bool:
    """True where the sentence is told at the time at which the event is told."""
    if told.start_min is None or told.end_max is None:
        return told.implied or (told.start_min is None and told.end_max is None)
    if claimed.start_min is None or claimed.end_max is None:
        return False
    wide = timedelta(days=WIDENING + DAYS_AFTER)
    return claimed.start_min - wide <= told.end_max and told.start_min <= claimed.end_max + wide
