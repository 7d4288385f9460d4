"""The toll of one incident: what the records of a place say of the killed and the injured, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.kinds.base import Setting
from dateline.kinds.judging import Window, finding, meets, spell, spell_when, unverified, windows
from dateline.text.concepts import concepts_of
from dateline.text.lexicon import Lexicon
from dateline.types import Claim, Figure, Finding, Record
from dateline.verdict import Verdict

ROUNDING = 0.1  # a plain or "about" number agrees within a tenth (as in dateline.kinds.figure)
HALF = 0.5  # "at least N" is understated below half of the lowest value (DESIGN.md section 2, Figures)
GROWN = 2.0  # a toll on record for the first days may still double (Zaporizhzhia, December 2024: 6, then 11)
EARLY = 10  # days after an incident in which its toll still rises (Dnipro, 14 January 2023: from 25 to 45 within five)
SAME_DAYS = 3  # rows of one place within so many days are of one incident
TELLING = 20  # smaller tolls are those of many incidents: by them none is known again (own choice)
KILLED = r"killed|dead|died|deaths|bodies"
INJURED = r"injured|wounded|hurt"
CHILDREN = r"children|child|minors"


def judge_toll(claim: Claim, figure: Figure, rows: Sequence[Record], setting: Setting) -> Finding:
    """Compared only where place and time leave one incident on record, or where any of several agrees."""
    counted = [(r, c) for r in rows if (c := count_of(r, claim.predicate, figure.population, setting.lexicon)) is not None]
    dated = [(r, c) for r, c in counted if r.start_min and r.start_max]
    meant = [(r, c) for r, c in dated if meets(claim.when, windows([r])[0])]
    if claim.when.is_open or not meant:
        return _other_time(claim, figure, dated, setting)
    groups = _incidents(meant)
    for group in groups:
        if _agrees(figure, group, claim, setting):
            records = [r for r, _ in group]
            window = windows(records)[0]
            return finding(
                claim, Verdict.SUPPORTED, "toll", f"{_told(group)} on {spell(window.start, window.end)}.", setting, records=records
            )
    if len(groups) != 1:
        reason = "Several incidents on record at that place and time, and none with that number."
        return unverified(claim, "which-event", reason, setting, records=[r for r, _ in meant[:3]])
    return _differs(claim, figure, groups[0], setting)


Counted = tuple[Record, tuple[float, float]]


def _incidents(counted: Sequence[Counted]) -> list[list[Counted]]:
    """Rows of one place within a few days are of one incident."""
    groups: list[list[Counted]] = []
    for item in sorted(counted, key=lambda pair: (str(pair[0].place_id), pair[0].start_min or pair[0].start_max, pair[0].id)):
        last = groups[-1][-1][0] if groups else None
        start = item[0].start_min
        if (
            last is not None
            and last.place_id == item[0].place_id
            and start
            and last.start_max
            and (start - last.start_max).days <= SAME_DAYS
        ):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _range(group: Sequence[Counted]) -> tuple[float, float]:
    return min(low for _, (low, _) in group), max(high for _, (_, high) in group)


def _told(group: Sequence[Counted]) -> str:
    low, high = _range(group)
    return f"The records give {low:,.0f}" + (f" to {high:,.0f}" if high != low else "")


def _early(group: Sequence[Counted], setting: Setting) -> bool:
    last = max(r.start_max for r, _ in group if r.start_max)
    return (setting.published - last).days <= EARLY


def _agrees(figure: Figure, group: Sequence[Counted], claim: Claim, setting: Setting) -> bool:
    if figure.op in ("=", "~", "range") and len(group) > 1:  # no record says what lies between two
        return any(_agrees(figure, [one], claim, setting) for one in group)
    low, high = _range(group)
    least, most = figure.low or 0.0, figure.high if figure.high is not None else (figure.low or 0.0)
    if high == 0.0 or most == 0.0:
        return high == most == 0.0
    if figure.op in (">", ">="):
        return least <= high and (least >= HALF * low or _early(group, setting))
    if figure.op in ("<", "<="):
        return most >= low * (1 - ROUNDING)
    return low * (1 - ROUNDING) <= most and least <= high * (1 + ROUNDING)


def _differs(claim: Claim, figure: Figure, group: Sequence[Counted], setting: Setting) -> Finding:
    """What one incident's own records make of another number: tolls rise, and issuers differ."""
    low, high = _range(group)
    least, most = figure.low or 0.0, figure.high if figure.high is not None else (figure.low or 0.0)
    records = [r for r, _ in group]
    says = f"{_told(group)} on {spell(records[0].start_min, records[-1].start_max)}"
    place = claim.place()
    sure = place is not None and place.kind != "region" and figure.population is None
    if place is not None and place.kind != "region" and most == 0.0 and low >= 1:
        return finding(claim, Verdict.REFUTED, "toll", f"{says}, not none.", setting, records=records)
    if sure and least > high * GROWN + 1:
        return finding(claim, Verdict.OVERSTATED, "toll", f"{says}, less than what is stated.", setting, records=records)
    if sure and 0 < most < HALF * low and not _early(group, setting) and figure.op not in ("<", "<="):
        return finding(claim, Verdict.UNDERSTATED, "toll", f"{says}, more than what is stated.", setting, records=records)
    return unverified(
        claim, "near", f"{says}; the stated number does not agree, but tolls rise and counts differ.", setting, records=records
    )


def _other_time(claim: Claim, figure: Figure, counted: Sequence[Counted], setting: Setting) -> Finding:
    """Misdated by identity: place, toll and something of the strike are of one incident only, at another time."""
    least = figure.low if figure.low == figure.high else None
    past = [(r, c) for r, c in counted if r.start_min is not None and r.start_min <= setting.published]
    groups = [g for g in _incidents(past) if least is not None and least >= TELLING and _range(g)[0] <= least <= _range(g)[1]]
    own = claim.place()
    if len(groups) == 1 and not claim.when.is_open and own is not None and own.kind != "region":
        records = [r for r, _ in groups[0]]
        shared = frozenset().union(*(concepts_of(f"{r.subject or ''} {r.says}", setting.lexicon) for r in records)) & claim.specifics
        if shared:
            window: Window = windows(records)[0]
            what = f"{own.name}: the only incident on record there with {least:,.0f} {claim.predicate}"
            reason = f"{what} was on {spell(window.start, window.end)}, not {spell_when(claim.when)}."
            return finding(claim, Verdict.MISDATED, "same-event", reason, setting, records=records, window=window, place=own)
    return unverified(
        claim,
        "which-event",
        "No single event on record at that place and time to compare the number with.",
        setting,
        records=[r for r, _ in counted[:3]],
    )


def count_of(record: Record, predicate: str, population: str | None, words: Lexicon) -> tuple[float, float] | None:
    """The least and most that a record gives for it: from its value where the unit is that, else from its words."""
    nouns = {"killed": KILLED, "injured": INJURED}.get(predicate)
    if nouns is None:
        return None
    if population == "children":
        return _in_words(record.says, CHILDREN, words)
    unit = predicate if record.kind == "figure" and record.predicate == predicate else record.unit
    best = record.value_best if record.value_best is not None else record.value_high if record.value_high is not None else record.value_low
    if unit == predicate and best is not None:
        low = record.value_low if record.value_low is not None else best
        high = record.value_high if record.value_high is not None else best
        return min(low, best), max(high, best)
    return _in_words(record.says, nouns, words)


def _in_words(says: str, nouns: str, words: Lexicon) -> tuple[float, float] | None:
    """A number before or after the noun in a record's words: "killed 23 people", "two children died", "nobody was hurt"."""
    text = says.lower()
    if re.search(rf"\b(?:nobody|no one|none|no people|no casualties)\b[^.;]{{0,20}}\b(?:{nouns})\b", text):
        return 0.0, 0.0
    people = r"(?:people|civilians|residents|persons|children|others|workers|officers|soldiers|servicemen)"
    for pattern in (
        rf"\b(?P<n>[\w,]+)\s+(?:{people}\s+)?(?:of\s+them\s+)?(?:were\s+|was\s+)?(?:{nouns})\b",
        rf"\b(?:{nouns})\s+(?:at\s+least\s+|about\s+|over\s+)?(?P<n>[\w,]+)\b",
    ):
        for found in re.finditer(pattern, text):
            word = found["n"].replace(",", "")
            value = float(word) if word.isdigit() else float(words.numbers[word]) if word in words.numbers else None
            if value is not None and not 1990 <= value <= 2100:
                return value, value
    return None
