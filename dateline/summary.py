"""The document as a whole: a dull headline, and the periods in which its dated claims really fall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from statistics import median

from dateline.kinds.judging import edtf, spell
from dateline.types import Finding, Period, Profile
from dateline.verdict import Verdict

DAYS_A_MONTH = 30.44  # mean length of a month
GAP_DAYS = 60  # dated claims further apart than this fall in different periods (two months: own choice)

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(findings: Sequence[Finding]) -> list[Finding]:
    """A sentence that goes on about the same scene counts once, with its antecedent."""
    return [f for f in findings if f.inherited_from is None]


def headline(findings: Sequence[Finding]) -> str:
    """One or two dull sentences: how many claims are what, and when what they describe happened."""
    checkable = [f for f in counted(findings) if f.verdict is not Verdict.NOT_CHECKABLE]
    decided = [f for f in checkable if f.decided]
    if not checkable:
        return "The report holds no claim that could be checked."
    if not decided:
        return f"None of {_number(len(checkable))} claim{_s(checkable)} could be decided from the evidence at hand."
    tally = Counter(f.verdict for f in decided)
    verdict, most = max(((v, n) for v, n in tally.items() if v.accuses), key=lambda pair: (pair[1], pair[0].value), default=(None, 0))
    if verdict is None:
        return (
            f"{_capital(len(decided))} of {_number(len(checkable))} claim{_s(checkable)} could be decided; "
            f"{_number(tally[Verdict.SUPPORTED])} {'is' if tally[Verdict.SUPPORTED] == 1 else 'are'} supported."
        )
    said = f"{_capital(most)} of {_number(len(checkable))} claim{_s(checkable)} {'is' if most == 1 else 'are'} {verdict}."
    return f"{said} {_span(decided)}".strip() if verdict is Verdict.MISDATED else said


def _span(findings: Sequence[Finding]) -> str:
    months = sorted(
        round(f.before_publication_days / DAYS_A_MONTH)
        for f in findings
        if f.verdict is Verdict.MISDATED and f.before_publication_days is not None and f.before_publication_days > 0
    )
    if not months:
        return ""
    if months[-1] < 2:
        return "What they describe happened up to two months before the report came out."
    span = f"{months[0]}" if months[0] == months[-1] else f"{months[0]} to {months[-1]}"
    return f"What {'they describe' if len(months) > 1 else 'it describes'} happened {span} months before the report came out."


def profile(findings: Sequence[Finding], published: date) -> Profile:
    """Where the dated claims of happenings fall, put together into periods; states and figures are left out."""
    dated = [
        f
        for f in counted(findings)
        if f.happened is not None
        and f.happened.start is not None
        and f.happened.end is not None
        and f.claim.kind in ("control", "advance", "strike", "media", "onset")
        and f.claim.predicate != "annexed"
        and f.claim.note not in ("war", "invasion")
    ]
    periods: list[list[Finding]] = []
    for found in sorted(dated, key=lambda f: (f.happened.start, f.id)):  # type: ignore[union-attr]
        last = periods[-1][-1] if periods else None
        if last is not None and (found.happened.start - last.happened.end).days <= GAP_DAYS:  # type: ignore[union-attr,operator]
            periods[-1].append(found)
        else:
            periods.append([found])
    made = tuple(_period(group) for group in periods)
    recent = sum(f.verdict is not Verdict.MISDATED for f in dated)
    before = [f.before_publication_days / DAYS_A_MONTH for f in dated if f.before_publication_days is not None]
    return Profile(made, len(dated), recent, round(median(before), 1) if before else None, _summary(made, len(dated), recent))


def _period(group: Sequence[Finding]) -> Period:
    start = min(f.happened.start for f in group if f.happened and f.happened.start)
    end = max(f.happened.end for f in group if f.happened and f.happened.end)
    return Period(edtf(start, end), start, end, tuple(f.id for f in group))


def _summary(periods: Sequence[Period], dated: int, recent: int) -> str:
    if not dated:
        return "No dated claim of a happening could be placed in time."
    told = "; ".join(spell(p.start, p.end) for p in periods)
    share = f"{_capital(recent)} of {_number(dated)} {'is' if recent == 1 else 'are'} from the time that it claims."
    return f"Its dated claims fall in: {told}. {share}"


def _number(n: int) -> str:
    return SMALL[n] if n < len(SMALL) else str(n)


def _capital(n: int) -> str:
    word = _number(n)
    return word[0].upper() + word[1:] if n else "None"


def _s(items: Sequence[object]) -> str:
    return "" if len(items) == 1 else "s"
