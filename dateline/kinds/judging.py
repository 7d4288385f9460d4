"""How times, windows and readings compare; the rules that every judge shares (docs/verdicts.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.evidence.control import families, may_hold, state_on, surely_holds
from dateline.evidence.schema import CONTESTED
from dateline.kinds.base import Setting
from dateline.types import Claim, Coverage, Finding, Happened, Place, Record, When, Where
from dateline.verdict import Verdict

# Days by which the date of a record may trail the event (DESIGN.md section 2, Tolerance).
LAG = {"monitor": 0, "official-party": 2, "international-body": 2, "press": 2, "encyclopaedia": 2, "mapper": 10, "own": 0}
MONTH_LAG = 31  # a record that knows only the month (DESIGN.md section 2, Tolerance)
MONTH_WINDOW = 27  # shortest window that is a whole month: February has 28 days
WIDENING = 1  # zones: event days are local to the place (DESIGN.md section 2, Tolerance)
NAMESAKE_TIMES, NAMESAKE_FROM = 10, 5000  # so many times as large, and a town at least: then readers think of it first (own choice)
LONGEST_SEASON = 92  # days: "began in autumn" still tells the days of a year, "began in 2023" does not
NEAR_DAYS = 183  # "in September" said by March is the last September: half a year, where past and next are as near
SAME_EVENT = 30  # records of one change of holder lie within this many days: mappers lag by 10, months by 31


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which something happened, as one or more records say."""

    start: date
    end: date
    records: tuple[Record, ...]

    @property
    def lag(self) -> int:
        return max(lag_of(r) for r in self.records)


@dataclass(frozen=True, slots=True)
class Held:
    """A place held by the record's side on a day, as so many independent families say."""

    record: Record
    families: int


def lag_of(record: Record) -> int:
    if record.start_min and record.start_max and (record.start_max - record.start_min).days >= MONTH_WINDOW:
        return MONTH_LAG
    return LAG[record.source_class]


def windows(records: Iterable[Record]) -> tuple[Window, ...]:
    """Records of the same event put together: those whose windows lie within SAME_EVENT days."""
    records = tuple(records)
    if len(records) == 1:
        [one] = records
        return (Window(one.start_min, one.start_max, records),) if one.start_min and one.start_max else ()
    dated = sorted((r for r in records if r.start_min and r.start_max), key=lambda r: (r.start_min, r.start_max, r.id))
    clusters: list[list[Record]] = []
    for record in dated:
        if clusters and (record.start_min - max(r.start_max for r in clusters[-1])).days <= SAME_EVENT:  # type: ignore[operator,type-var]
            clusters[-1].append(record)
        else:
            clusters.append([record])
    return tuple(Window(min(r.start_min for r in c if r.start_min), max(r.start_max for r in c if r.start_max), tuple(c)) for c in clusters)


def gap_days(when: When, start: date, end: date) -> int | None:
    """Days between the claimed interval and a window; 0 where they meet, None where the claim is open between."""
    if when.end_max is not None and start > when.end_max:
        return (start - when.end_max).days
    if when.start_min is not None and end < when.start_min:
        return (when.start_min - end).days
    return 0


def open_readings(when: When) -> tuple[When, ...]:
    """Other readings that may be meant. A bare month is not taken for that of another year while it is near."""
    near = when.anchor is not None and when.start_min is not None and 0 <= (when.anchor - when.start_min).days <= NEAR_DAYS
    return () if when.granularity == "month" and near else when.alternatives


def meets(when: When, window: Window) -> bool:
    """True where the claimed time agrees with the window, tolerance and lag allowed."""
    return (gap_days(when, window.start, window.end) or 0) <= WIDENING + window.lag


def same_season(when: When, window: Window) -> bool:
    """True where it was in the same days of an earlier year: how old news is told as new."""
    start, end = when.start_min, when.end_max
    if start is None or end is None or (end - start).days > LONGEST_SEASON:
        return False
    return window.start.year < start.year and start.month <= window.start.month <= end.month


def overlaps(when: When, start: date | None, end: date | None) -> bool:
    """True where a state from `start` to `end` (None: open) touches the claimed time, widened by a day."""
    wide = timedelta(days=WIDENING)
    if when.end_max is not None and start is not None and start > when.end_max + wide:
        return False
    return not (when.start_min is not None and end is not None and end < when.start_min - wide)


def holders(rows: Iterable[Record], day: date) -> list[Held]:
    """Each place of whose holder that day the families agree; other places are left out."""
    by_place: dict[str, list[Record]] = {}
    for row in rows:
        if row.place_id is not None and may_hold(row, day):
            by_place.setdefault(row.place_id, []).append(row)
    held = []
    for place in sorted(by_place):
        [row, *others] = by_place[place]
        if not others and row.predicate == "held" and row.side not in (None, CONTESTED) and surely_holds(row, day):
            held.append(Held(row, len(families((row,)))))  # one word on it, and a sure one: there is nothing to weigh
            continue
        state = state_on(day, by_place[place])
        if state.certainty == "agreed" and state.side is not None:
            own = [r for r in state.records if r.side == state.side]
            held.append(Held(own[-1], len(families(own))))
    return held


def edtf(start: date, end: date) -> str:
    return start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"


def spell(start: date | None, end: date | None) -> str:
    """Days written out for reasons: "8 Sep 2022", "31 Mar to 6 Apr 2022"."""
    if start is None or end is None:
        return "an unknown day"
    last = f"{end.day} {end:%b %Y}"
    if start == end:
        return last
    if start.year != end.year:
        return f"{start.day} {start:%b %Y} to {last}"
    return f"{start.day} to {last}" if start.month == end.month else f"{start.day} {start:%b} to {last}"


def spell_when(when: When) -> str:
    if when.start_min is None and when.end_max is None:
        return "a time that the report does not give"
    if when.start_min is None or when.end_max is None:
        bound = when.end_max or when.start_min
        return f"{'up to' if when.start_min is None else 'since'} {spell(bound, bound)}"
    return spell(when.start_min, when.end_max)


def at(when: When) -> str:
    """The claimed time with its preposition: "on 12 Sep 2022", "in 1 to 30 Sep 2023"."""
    one_day = when.start_min is not None and when.start_min == when.end_max
    return f"{'on' if one_day else 'in'} {spell_when(when)}" if when.start_min and when.end_max else spell_when(when)


def support_of(records: Sequence[Record]) -> str:
    """Confidence as a reason, not a number."""
    families = sorted({r.family for r in records})
    if not families:
        return "inferred"
    return f"agreed by {len(families)} independent families" if len(families) > 1 else "one source"


def finding(
    claim: Claim,
    verdict: Verdict,
    rule: str,
    reason: str,
    setting: Setting,
    *,
    records: Sequence[Record] = (),
    coverage: Sequence[Coverage] = (),
    window: Window | None = None,
    place: Place | None = None,
    off_by_km: float | None = None,
    would_change: str = "",
) -> Finding:
    """A finding with the distances computed from where the thing really happened."""
    happened = None
    off_by_days = None
    before = None
    if window is not None:
        happened = Happened(edtf(window.start, window.end), window.start, window.end, place)
        off_by_days = gap_days(claim.when, window.start, window.end)
        before = (setting.published - window.end).days
    elif place is not None and verdict is Verdict.MISPLACED:
        happened = Happened("", None, None, place)
    return Finding(
        claim=claim,
        verdict=verdict,
        reason=reason,
        rule=f"{claim.kind}.{rule}",
        records=tuple(records)[:MOST_RECORDS],
        coverage=tuple(coverage),
        happened=happened,
        off_by_days=off_by_days,
        off_by_km=off_by_km,
        before_publication_days=before,
        would_change=would_change or WOULD_CHANGE[verdict],
        support=support_of(records),
    )


MOST_RECORDS = 12  # a card holds a dozen; the rest add families, not sense

WOULD_CHANGE = {
    Verdict.SUPPORTED: "a record that excludes it, from a source independent of these",
    Verdict.MISDATED: "a dated record of the same thing at the claimed time",
    Verdict.MISPLACED: "a dated record of the same thing at the claimed place",
    Verdict.OVERSTATED: "a record at the time of the report that gives as much",
    Verdict.UNDERSTATED: "the issuer's own figure for the same days and people",
    Verdict.REFUTED: "a record of the claimed time that allows it",
    Verdict.DISPUTED: "agreement of the records of both sides",
    Verdict.UNVERIFIED: "an admissible record of it",
    Verdict.NOT_CHECKABLE: "nothing: it states no fact to look up",
}


def no_place(claim: Claim) -> str:
    """Why a claim has no place to look up: none named, or a name with several readings that nothing decides."""
    open_names = [w for w in claim.where if w.place is None and w.candidates]
    if not open_names:
        return "The report names no place that could be looked up."
    name = open_names[0]
    return f"“{name.words}” may mean {' or '.join(spelt(c.place) for c in name.candidates[:3])}, and nothing decides."


def namesake(where: Where) -> Place | None:
    """A far larger place of that name elsewhere, which the report may mean though its words point to the small one."""
    if where.place is None:
        return None
    least = max(NAMESAKE_TIMES * where.place.population, NAMESAKE_FROM)
    return next(
        (
            c.place
            for c in where.candidates
            if c.place.kind == "settlement"
            and c.place.population >= least
            and where.place.kind == "settlement"
            and c.place.id != where.place.id
        ),
        None,
    )


def spelt(place: Place) -> str:
    """A place with its point, to tell namesakes apart."""
    return f"{place.name} ({place.lat:.2f}, {place.lon:.2f})" if place.lat is not None and place.lon is not None else place.name


def unverified(claim: Claim, rule: str, reason: str, setting: Setting, **more: object) -> Finding:
    return finding(claim, Verdict.UNVERIFIED, rule, reason, setting, **more)  # type: ignore[arg-type]


def judge_event(
    claim: Claim,
    happened: Sequence[Record],
    setting: Setting,
    *,
    covering: Callable[[], tuple[Coverage, ...]],
    what: str,
    place: Place | None = None,
    apart: bool = False,
    excluded: Callable[[], bool] = lambda: False,
) -> Finding:
    """The rule of time for something that happens on a day (verdicts supported, misdated, refuted, unverified).

    `happened` are the admissible records of it at any time; `covering` tells which resources would have held
    one at the claimed time; `apart` says that each record is an event of its own (a decision), of which the
    last in time is named; `excluded` that records of the claimed time leave no room for it, coverage or not.
    """
    found = tuple(w for r in happened for w in windows([r])) if apart else windows(happened)
    meeting = [w for w in found if meets(claim.when, w)]
    if meeting:
        last_or_nearest = max(meeting, key=lambda w: w.start) if apart else _nearest(claim.when, meeting)
        return _in_time(claim, last_or_nearest, setting, what, place)
    if not found:
        return unverified(claim, "no-record", f"{what}: no record of it, and silence refutes nothing.", setting)
    if claim.when.is_open:
        reason = f"{what}: the report gives no time to compare with the records."
        return unverified(claim, "open-time", reason, setting, records=found[-1].records)
    other = next((a for a in open_readings(claim.when) if any(meets(a, w) for w in found)), None)
    if other is not None:
        reason = f"{what}: on record only if “{claim.when.words}” is read as {spell_when(other)}."
        return unverified(claim, "other-reading", reason, setting, records=found[-1].records)
    coverage = covering()
    nearest = _nearest(claim.when, found)
    if not coverage and not excluded():
        known = spell(nearest.start, nearest.end)
        reason = f"{what}: on record for {known} only, but no resource is complete for {spell_when(claim.when)}."
        return unverified(claim, "silent", reason, setting, records=nearest.records)
    return _at_another_time(claim, found, setting, coverage, what, place)


def _in_time(claim: Claim, window: Window, setting: Setting, what: str, place: Place | None) -> Finding:
    off = gap_days(claim.when, window.start, window.end) or 0
    note = f", {off} days off, within what such records may trail; date approximate" if off > WIDENING else ""
    reason = f"{what}: on record for {spell(window.start, window.end)}{note}."
    return finding(claim, Verdict.SUPPORTED, "in-time", reason, setting, records=window.records, window=window, place=place)


def _at_another_time(
    claim: Claim, found: Sequence[Window], setting: Setting, coverage: tuple[Coverage, ...], what: str, place: Place | None
) -> Finding:
    """Misdated by the nearest event before publication; refuted where it came only after it."""
    earlier = [w for w in found if w.start <= setting.published]
    window = _nearest(claim.when, earlier) if earlier else found[0]
    more = {"records": window.records, "coverage": coverage, "window": window, "place": place}
    if not earlier:
        reason = f"{what}: only from {spell(window.start, window.end)}, after the report came out."
        return finding(claim, Verdict.REFUTED, "not-yet", reason, setting, **more)  # type: ignore[arg-type]
    reason = f"{what}: on record for {spell(window.start, window.end)}, not for {spell_when(claim.when)}."
    return finding(claim, Verdict.MISDATED, "other-time", reason, setting, **more)  # type: ignore[arg-type]


def _nearest(when: When, found: Sequence[Window]) -> Window:
    return min(found, key=lambda w: (gap_days(when, w.start, w.end) or 0, -len(w.records), w.start))
