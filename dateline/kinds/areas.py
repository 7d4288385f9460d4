"""Areas: places taken, lost or held in a region, counted; and which records are changes of holder at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.evidence.control import families, held_throughout, state_on
from dateline.kinds.base import Setting
from dateline.kinds.judging import LAG, WIDENING, Window, finding, judge_event, overlaps, spell_when, unverified, windows
from dateline.types import Claim, Coverage, Finding, Place, Record
from dateline.verdict import Verdict

CONTESTED = "contested"
SINCE_DAYS = 30  # "since Saturday" of what was so a month before tells an older change anew (as above: map families differ by so much)
SHARP, SEEN_BY = 31, 2  # a change dated to a month by two families leaves no room for the opposite one (own choice)
SEASON = timedelta(days=90)  # a place that changed hands both ways within three months is fought over (own choice)
SITE_DAYS = 90  # days by which a site may have fallen before or after its town (Azovstal held out for a month)
QUIET_DAYS = 60  # around the claimed time for which its holder must be certain too: map families differ by up to a month (own choice)
SEVERAL = 3  # "several" is at least three: fewer would be "two" or "a couple" (own choice)
MOST = 0.5  # "most of" a region is more than half of its places on record (plain sense of the word)
ENOUGH = 5  # places on record below which "all" of them says nothing of an area (as in dateline.kinds.rivers)
ALL = 0.95  # "all of" a region: every place on record but for 1 in 20, the rate at which coverage may speak


def covering(claim: Claim, place: Place, setting: Setting) -> tuple[Coverage, ...]:
    return setting.covering("control", "held", place, claim.when.start_min, claim.when.end_max)


def within(claim: Claim, window: Window) -> bool:
    return overlaps(claim.when, window.start, window.end)


def changes(rows: Sequence[Record], setting: Setting) -> list[Record]:
    """Rows by which a side came to hold a place in this war; what was held before it is no change.

    Where a place has rows that more than one map family saw, or that no map made, the others are left out:
    corrections of a drawing look like changes.
    """
    taken = [
        r
        for r in rows
        if r.start_min is not None
        and r.side is not None
        and r.side != CONTESTED
        and (setting.war_start is None or r.start_min >= setting.war_start)
    ]
    settled = {r.place_id for r in taken if firm(r)}
    return [r for r in taken if firm(r) or r.place_id not in settled]


def firm(record: Record) -> bool:
    return record.source_class != "mapper" or len(families((record,))) > 1


def swapped(claim: Claim, other: Window, mine: Sequence[Record]) -> bool:
    """True where the other side took the place just then, as two families have it, and the claim's side never did in that season."""
    if claim.when.implied or claim.when.is_open or (other.end - other.start).days > SHARP or not all(firm(r) for r in other.records):
        return False
    if len(families(other.records)) < SEEN_BY:
        return False
    return not any(
        r.start_min is not None and r.start_max is not None and r.start_min - SEASON <= other.end and other.start <= r.start_max + SEASON
        for r in mine
    )


def already_held(claim: Claim, rows: Sequence[Record], side: str) -> bool:
    """True where the side held the place well before the day since which it is said to."""
    if claim.when.start_min is None:
        return False
    before = [state_on(claim.when.start_min - timedelta(days=n), rows) for n in (SINCE_DAYS, LAG["mapper"] + WIDENING)]
    return all(state.certainty == "agreed" and state.side == side for state in before)


def _by_place(rows: Iterable[Record]) -> dict[str, list[Record]]:
    table: dict[str, list[Record]] = {}
    for row in rows:
        if row.place_id is not None:
            table.setdefault(row.place_id, []).append(row)
    return table


def unchanged(claim: Claim, rows: Sequence[Record], side: str | None) -> bool:
    """True where two families or more give the place to one side all through the claimed time, and a while around it.

    Then nobody took it in that time. `side` is who is said to have taken it; None where nobody is named.
    """
    start, end = claim.when.start_min, claim.when.end_max
    if start is None or end is None:
        return False
    quiet = timedelta(days=QUIET_DAYS)
    state = held_throughout(start - quiet, end + quiet, rows)
    return state.certainty == "agreed" and side in (None, state.side)


def of_site(found: Finding, site: Place, town: Place, setting: Setting) -> Finding:
    """What is known of the town told of its plant or air base; a site may have changed hands weeks before or after it."""
    reason = f"{found.reason} {site.name} lies at {town.name}, by whose holder it is judged."
    near = found.verdict.accuses and (found.off_by_days or 0) <= SITE_DAYS
    if near:
        return unverified(found.claim, "site", reason, setting, records=found.records)
    return replace(found, reason=reason)


def judge_area(claim: Claim, rows: Sequence[Record], area: Place, setting: Setting) -> Finding:
    """Places taken or lost in a region: how many changed in the claimed time, and when they did."""
    side = claim.who.side if claim.who else None
    gained = [
        r for r in changes(rows, setting) if r.place_id != area.id and (side is None or (r.side == side) == (claim.predicate == "took"))
    ]
    whole = [
        r for r in changes(rows, setting) if r.place_id == area.id and (side is None or (r.side == side) == (claim.predicate == "took"))
    ]
    done = "taken" if claim.predicate == "took" else "given up"
    what = f"Places in {area.name} {done}" + (f" by {setting.called(claim.who)}" if side else "")
    if claim.note != "some" and side is None:
        return unverified(claim, "no-side", f"{area.name} {done}: the report does not say by whom.", setting)
    if claim.note != "some" and claim.degree in (None, "all", "most", "almost"):
        return judge_event(
            claim,
            whole or _bulk(gained),
            setting,
            place=area,
            what=f"{area.name} {done}",
            covering=lambda: covering(claim, area, setting) if whole else (),
        )
    inside = {p: c for p, c in _by_place(gained).items() if any(within(claim, w) for w in windows(c))}
    need = SEVERAL if claim.degree == "several" else 1
    if len(inside) >= need:
        records = sorted((r for rows_ in inside.values() for r in rows_), key=lambda r: (r.start_min or date.min, r.id))
        span = [r for r in records if overlaps(claim.when, r.start_min, r.start_max)]
        return finding(
            claim,
            Verdict.SUPPORTED,
            "in-time",
            f"{what}: {len(inside)} on record for {spell_when(claim.when)}.",
            setting,
            records=_spread(span),
            window=_hull(span),
            place=area,
        )
    return judge_event(claim, _bulk(gained), setting, place=area, what=what, covering=lambda: covering(claim, area, setting))


def _bulk(rows: Sequence[Record]) -> list[Record]:
    """The waves in which most places of an area changed: single early or late places are left out."""
    waves = windows(rows)
    if not waves:
        return []
    most = max(len(w.records) for w in waves)
    kept: list[Record] = []
    for wave in waves:
        if len(wave.records) * 10 < most:
            continue
        ordered = sorted(wave.records, key=lambda r: (r.start_min or date.min, r.id))
        trim = len(ordered) // 10  # the middle 80 %: map dates of single villages straggle
        kept.extend(ordered[trim : len(ordered) - trim] if trim else ordered)
    return kept


def _hull(rows: Sequence[Record]) -> Window | None:
    starts = [r.start_min for r in rows if r.start_min]
    ends = [r.start_max for r in rows if r.start_max]
    return Window(min(starts), max(ends), tuple(rows)) if starts and ends else None


def _spread(rows: Sequence[Record]) -> list[Record]:
    """A dozen rows from first to last, so that the card shows the whole stretch."""
    step = max(1, len(rows) // 12)
    return list(rows)[::step][:12]


def judge_area_held(claim: Claim, rows: Sequence[Record], area: Place, side: str, what: str, setting: Setting) -> Finding:
    standing = [r for r in rows if overlaps(claim.when, r.start_max, r.end_min or r.end_max)]
    whole = [r for r in standing if r.place_id == area.id]
    if whole and all(r.side == side for r in whole):
        return finding(
            claim, Verdict.SUPPORTED, "held", f"{what}: so on record for {spell_when(claim.when)}.", setting, records=whole, place=area
        )
    holders = {p: {r.side for r in rs} for p, rs in _by_place(r for r in standing if r.place_id != area.id).items()}
    own = sum(sides == {side} for sides in holders.values())
    share = own / len(holders) if holders else 0.0
    degree = claim.degree or "all"
    if holders and degree == "part" and own:
        return finding(
            claim,
            Verdict.SUPPORTED,
            "part-held",
            f"{what}, in part: {own} of {len(holders)} places on record.",
            setting,
            records=_spread([r for r in standing if r.side == side]),
            place=area,
        )
    if holders and degree == "most" and share > MOST:
        return finding(
            claim,
            Verdict.SUPPORTED,
            "most-held",
            f"{what}, for the most part: {own} of {len(holders)} places on record.",
            setting,
            records=_spread([r for r in standing if r.side == side]),
            place=area,
        )
    if len(holders) >= ENOUGH and share >= ALL:
        return finding(
            claim,
            Verdict.SUPPORTED,
            "all-held",
            f"{what}: {own} of {len(holders)} places on record.",
            setting,
            records=_spread(standing),
            place=area,
        )
    return unverified(
        claim,
        "area",
        f"{what}: {own} of {len(holders)} places on record are, which does not settle the whole.",
        setting,
        records=_spread(standing),
    )
