"""The ledger's drawing: two dates a claim on one scale of days, with the rule of publication.

Positions are percentages of the width of the plot, so that the same drawing serves paper and phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.render.dates import day_words, gap_words, span_words
from dateline.render.words import ORDER, Words
from dateline.types import Dossier, Finding, When
from dateline.verdict import Verdict

__all__ = ["Axis", "Band", "Bar", "Marks", "Tick", "axis_of", "bands", "ledger_order", "marks", "ticks"]

LEAST_SPAN = 90  # days: a report about its own week is not blown up to fill the plot
AFTER = 0.07  # of the span left free after publication, for the rule's ring and late claims
MOST_TICKS = 9
POINT = 2.0  # percent: shorter than 7 px on a phone, where a bar could not be told from a dot
MOST_BANDS = 4
LONGEST_BAND = 0.3  # of the span: a longer period says nothing about when
LABEL_CHAR = 0.84  # width of a letter in percent of the plot at 1,440 px
_STEPS = (1, 3, 6, 12, 24, 60, 120, 300, 600, 1200, 2400, 6000)  # months between ticks


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that the plot shows, first and last, and the day that the report came out."""

    start: date
    end: date
    published: date

    def at(self, day: date) -> float:
        """Percent from the left, held within the plot."""
        share = (day - self.start).days / max(1, (self.end - self.start).days)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    major: bool


@dataclass(frozen=True, slots=True)
class Band:
    x: float
    width: float
    name: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A time on the plot: from `x` over `width` percent; a point where the width is too small to draw."""

    x: float
    width: float
    open_start: bool = False
    open_end: bool = False

    @property
    def end(self) -> float:
        return self.x + self.width

    @property
    def is_point(self) -> bool:
        return self.width < POINT


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in one row: where it happened, where the report puts it, and words beside them."""

    happened: Bar | None
    told: Bar | None
    implied: bool
    line: tuple[float, float] | None
    words: str
    words_x: float
    words_end: bool
    muted: bool
    gap: str


def axis_of(dossier: Dossier) -> Axis:
    """From the earliest date that matters to a little after publication.

    A quarter of the claims at most may lie before the left edge, and only where leaving them out halves
    the span: one claim about 2014 must not squeeze ten of last year into a corner.
    """
    published = dossier.published
    firsts = sorted(day for f in dossier.findings if (day := _first(f)) is not None and day <= published)
    start = firsts[0] if firsts else published
    allowed = max(1, len(firsts) // 4) if len(firsts) >= 3 else 0
    for day in firsts[1 : allowed + 1]:
        if (published - day).days * 2 <= (published - start).days:
            start = day
    lasts = [day for f in dossier.findings for day in _lasts(f) if day > published]
    year = timedelta(days=366)  # what is said to come later than that is drawn at the edge
    end = min(max(lasts, default=published), published + year) if published < date.max - year else published
    span = max(LEAST_SPAN, (end - start).days)
    start = _shift(end, -span - max(4, span // 30))
    return Axis(start, _shift(end, round(span * AFTER)), published)


def _shift(day: date, days: int) -> date:
    return date.fromordinal(min(date.max.toordinal(), max(1, day.toordinal() + days)))


def _first(finding: Finding) -> date | None:
    days = [finding.happened.start if finding.happened else None]
    if not finding.claim.when.is_open:
        days.append(finding.claim.when.start_min)
    return min((d for d in days if d), default=None)


def _lasts(finding: Finding) -> Iterator[date]:
    if finding.happened and finding.happened.end:
        yield finding.happened.end
    if not finding.claim.when.is_open and finding.claim.when.end_max:
        yield finding.claim.when.end_max


def ledger_order(findings: Iterable[Finding]) -> list[Finding]:
    """By verdict, what a reader has to know first coming first; within one, the oldest happening first."""
    rank = {verdict: n for n, verdict in enumerate(ORDER)}

    def key(pair: tuple[int, Finding]) -> tuple[int, date, int]:
        number, finding = pair
        when = finding.happened.start if finding.happened else None
        return rank[finding.verdict], when or date.max, number

    return [finding for _, finding in sorted(enumerate(findings), key=key)]


def ticks(axis: Axis, words: Words) -> list[Tick]:
    months = (axis.end.year - axis.start.year) * 12 + axis.end.month - axis.start.month
    step = next((s for s in _STEPS if months / s <= MOST_TICKS), _STEPS[-1])
    first = axis.start.year * 12 + axis.start.month - 1
    found: list[Tick] = []
    published_x = axis.at(axis.published)
    for month in range(first - first % step, first + months + 1, step):
        year, index = divmod(month, 12)
        day = date(max(1, year), index + 1, 1)
        if not axis.holds(day) or axis.at(day) > 97:
            continue
        major = index == 0 or not found
        month_name = words.month(index + 1)
        label = (str(year) if step >= 12 else f"{month_name} {year}") if major else month_name
        crowded = abs(axis.at(day) - published_x) < 8  # percent: its name would run into the rule
        found.append(Tick(axis.at(day), "" if crowded else label, index == 0))
    return found


def bands(dossier: Dossier, axis: Axis) -> list[Band]:
    """The named periods of the calendar in which what the report misdates really fell.

    A calendar of a war names hundreds; drawn are those that hold most of these claims, the shorter first
    among equals, at most MOST_BANDS, none over another.
    """
    late = (Verdict.MISDATED, Verdict.MISPLACED)
    days = [f.happened.start for f in dossier.findings if f.verdict in late and f.happened and f.happened.start]
    longest = (axis.end - axis.start).days * LONGEST_BAND
    counted = []
    for period in dossier.calendar:
        end = period.end
        if end is None or not 2 <= (end - period.start).days <= longest:
            continue
        within = sum(period.start <= day <= end for day in days)
        if within and period.start <= axis.end and end >= axis.start:
            counted.append((-within, (end - period.start).days, period.start, period.name, end))
    chosen: list[tuple[date, date, str]] = []
    for _, _, start, name, end in sorted(counted):
        if len(chosen) < MOST_BANDS and all(end < a or start > b for a, b, _ in chosen):
            chosen.append((start, end, name))
    return _named(sorted(chosen), axis)


def _named(periods: list[tuple[date, date, str]], axis: Axis) -> list[Band]:
    found: list[Band] = []
    free = -1.0
    for start, end, name in periods:
        x = axis.at(start)
        room = x >= free and x + len(name) * LABEL_CHAR < axis.at(axis.published) - 14
        if room:
            free = x + (len(name) + 1) * LABEL_CHAR
        found.append(Band(x, max(0.4, round(axis.at(end) - x, 2)), name[:1].upper() + name[1:], room))
    return found


def marks(finding: Finding, axis: Axis, words: Words) -> Marks:
    """The drawing of one row."""
    happened = _happened(finding, axis)
    told = _told(finding.claim.when, axis)
    line = None
    if happened and told:
        left, right = (happened, told) if happened.x <= told.x else (told, happened)
        line = (left.end, right.x) if right.x > left.end else None
    text, muted = _words(finding, words)
    if happened and finding.happened and finding.happened.end and finding.happened.end < axis.start:
        return Marks(None, told, finding.claim.when.implied, None, f"← {text}", 0.0, False, True, "")
    x, ends = _beside(happened, told, text, axis.at(axis.published))
    return Marks(happened, told, finding.claim.when.implied, line, text, x, ends, muted, gap(finding, words))


def gap(finding: Finding, words: Words) -> str:
    """How long before publication, for the claims that tell an old thing as new."""
    days = finding.before_publication_days
    late = finding.verdict in (Verdict.MISDATED, Verdict.MISPLACED)
    return gap_words(days, words) if late and days and days > 0 else ""


def _happened(finding: Finding, axis: Axis) -> Bar | None:
    happened = finding.happened
    if happened is None or not (happened.start or happened.end):
        return None
    start, end = happened.start or happened.end, happened.end or happened.start
    assert start is not None
    assert end is not None
    return Bar(axis.at(start), round(axis.at(end) - axis.at(start), 2), happened.start is None, happened.end is None)


def _told(when: When, axis: Axis) -> Bar | None:
    start, end = when.start_min, when.end_max
    if start is None and end is None:
        return None
    x, last = axis.at(start or axis.start), axis.at(end or axis.end)
    if end is not None and end < axis.start:
        return None
    return Bar(x, round(last - x, 2), start is None or start < axis.start, end is None or end > axis.end)


def _words(finding: Finding, words: Words) -> tuple[str, bool]:
    happened = finding.happened
    if happened is not None:
        known = happened.start or happened.end
        text = span_words(happened.start, happened.end, words) if known else happened.edtf
        return text, not finding.verdict.accuses
    if finding.verdict is Verdict.UNVERIFIED:
        return words("page.no_record"), True
    if finding.verdict.accuses:
        return words("page.nothing_such"), True
    when = finding.claim.when
    if finding.verdict is Verdict.NOT_CHECKABLE or (when.start_min is None and when.end_max is None):
        return "", True
    return (span_words(when.start_min, when.end_max, words) if not when.implied else ""), True


def _beside(happened: Bar | None, told: Bar | None, text: str, published: float) -> tuple[float, bool]:
    """Percent at which the words stand, and whether they end there: between the marks if they fit.

    Letters are counted half as wide again as at 1,440 px, so that the words fit on a phone as well.
    """
    need = len(text) * LABEL_CHAR * 1.5 + 3
    bars = sorted((b for b in (happened, told) if b), key=lambda b: b.x)
    if not bars:
        return published, True
    if len(bars) == 2 and happened is bars[0] and bars[1].x - bars[0].end > need:
        return bars[0].end, False
    if bars[0].x > need:
        return bars[0].x, True
    if happened is None:  # a bar over most of the plot: the words stand on its end
        return (bars[0].end, True) if bars[0].width > need else (bars[0].end, False)
    return (happened.x, True) if happened.x > need else (happened.end, False)


def told_words(finding: Finding, words: Words) -> str:
    """The time that the report gives, in words."""
    when = finding.claim.when
    return span_words(when.start_min, when.end_max, words)


def happened_words(finding: Finding, words: Words) -> str:
    """The time on record, in words; empty where there is none."""
    happened = finding.happened
    if happened is None:
        return ""
    known = happened.start or happened.end
    return span_words(happened.start, happened.end, words) if known else happened.edtf


def published_words(dossier: Dossier, words: Words) -> str:
    return words("page.published", day=day_words(dossier.published, words))
