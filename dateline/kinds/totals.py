"""Totals of the war: a stated number against the issuers' own, of the same people and counting start (docs/verdicts.md, Figures)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dateline.kinds.base import Setting
from dateline.kinds.judging import finding, spell, unverified
from dateline.types import Claim, Figure, Finding, Record
from dateline.verdict import Verdict

HALF = 0.5  # "at least N" is understated below half of the lowest value (DESIGN.md section 2, Figures)
SAME_COUNT = 0.1  # within a tenth, a stated number is taken to be the issuer's (rounding to two digits)
START_SLACK = 31  # days by which two counting starts may differ and still be the same month
GROWTH = 1.5  # a total of up to 200 days ago may have grown by half (OHCHR's grew by a tenth in such a time from 2023, own choice)
FRESH = 200  # days after which an issuer's value no longer speaks for the day (OHCHR gives totals twice a year or more)
FLUX = 1.3  # numbers of refugees fall and rise with those who return and with how they are counted (own choice)
ROUNDING = 0.1  # a plain or "about" number agrees within a tenth (rounding to two digits)
FLED_DAYS = 14  # days around the day told within which a count speaks of the same flight (own choice)
FLEEING = frozenset({"refugees", "displaced"})


def judge_total(claim: Claim, figure: Figure, rows: Sequence[Record], setting: Setting) -> Finding:
    """Against the issuers' values as of publication: same people, same counting start."""
    day = claim.when.end_max or setting.published
    fitting = [r for r in _current(rows, day) if figure.population is None or r.population in (None, figure.population)]
    named = [r for r in fitting if figure.issuer is not None and r.issuer == figure.issuer]
    bodies = [r for r in fitting if r.source_class == "international-body"]
    chosen = named or (bodies if figure.issuer is not None or figure.counting_from is None else []) or fitting
    if not chosen:
        return unverified(claim, "no-total", f"No issuer's total for about {spell(day, day)} is in the packs.", setting)
    shorter = [
        r for r in chosen if figure.counting_from and r.counting_from and (r.counting_from - figure.counting_from).days > START_SLACK
    ]
    if figure.op in (">", ">=") and shorter and figure.issuer is not None:
        same = [r for r in shorter if _same_count(figure, r)]
        if same:
            record = same[0]
            return finding(
                claim,
                Verdict.UNDERSTATED,
                "shorter-count",
                f"The issuer's figure counts from {spell(record.counting_from, record.counting_from)} "
                f"only, the sentence from {spell(figure.counting_from, figure.counting_from)}.",
                setting,
                records=same,
            )
    comparable = [r for r in chosen if r not in shorter] or chosen
    result = _compare(claim, figure, comparable, setting)
    if result.verdict is Verdict.UNDERSTATED and not _same_start(claim, figure, comparable, setting):
        reason = f"{result.reason} But the sentence may count from another day, or fewer people."
        return unverified(claim, "other-count", reason, setting, records=comparable)
    if result.verdict is not Verdict.OVERSTATED:
        return result
    return _since_grown(result, figure, comparable, rows, setting)


def _same_start(claim: Claim, figure: Figure, rows: Sequence[Record], setting: Setting) -> bool:
    """True where the sentence counts for all that the records count: the whole war, from its start, and all who fled."""
    if claim.predicate in FLEEING or ("since" in claim.sentence.lower() and figure.counting_from is None):
        return False
    starts = [r.counting_from for r in rows if r.counting_from is not None]
    return figure.counting_from is None or any(abs((s - figure.counting_from).days) <= START_SLACK for s in starts)


def _since_grown(result: Finding, figure: Figure, comparable: Sequence[Record], rows: Sequence[Record], setting: Setting) -> Finding:
    """A running total is overstated only if the issuer's next one is below it too; without a next one, if it is far above."""
    assert figure.low is not None
    keys = {(r.issuer, r.predicate, r.population, r.counting_from) for r in comparable}
    later = [
        r
        for r in rows
        if (r.issuer, r.predicate, r.population, r.counting_from) in keys and r.start_min and r.start_min > setting.published
    ]
    values = [v for r in sorted(later, key=lambda r: (r.start_min or date.max, r.id))[:1] if (v := r.value_high or r.value_best)]
    last = max((v for r in comparable if (v := r.value_high or r.value_best)), default=0.0)
    bound = values[0] if values else last * GROWTH
    if figure.low > bound * (FLUX if result.claim.predicate in FLEEING else 1):
        return result
    records = [*comparable, *later[:1]]
    if values:
        told = f"The records give {last:,.0f} before and {values[0]:,.0f} after; the number lies between."
        return finding(result.claim, Verdict.SUPPORTED, "between", told, setting, records=records)
    return unverified(result.claim, "grown", f"{result.reason} No later total tells how far it had grown.", setting, records=records)


def _current(rows: Sequence[Record], published: date) -> list[Record]:
    """The last value of each issuer and definition at publication, a day or two of delay allowed."""
    latest: dict[tuple[str | None, str, str | None, date | None], Record] = {}
    for row in sorted(rows, key=lambda r: (r.start_min or date.min, r.id)):
        if row.start_min is None or row.start_min > published or (published - row.start_min).days > FRESH:
            continue
        if row.known_from is not None and row.known_from > published + timedelta(days=2):
            continue
        latest[(row.issuer, row.predicate, row.population, row.counting_from)] = row
    return [latest[k] for k in sorted(latest, key=str)]


def _same_count(figure: Figure, record: Record) -> bool:
    value = record.value_best or record.value_high or record.value_low
    return value is not None and figure.low is not None and abs(value - figure.low) <= SAME_COUNT * value


def _compare(claim: Claim, figure: Figure, rows: Sequence[Record], setting: Setting) -> Finding:
    assert figure.low is not None
    lows = [v for r in rows if (v := r.value_low or r.value_best) is not None]
    highs = [v for r in rows if (v := r.value_high or r.value_best) is not None]
    if not lows or not highs:
        return unverified(claim, "no-value", "The records give no value.", setting, records=rows)
    low, high = min(lows), max(highs)
    told = f"The records give {low:,.0f}" + (f" to {high:,.0f}" if high != low else "")
    at_least = figure.op in (">", ">=") or figure.high != figure.low
    if at_least and figure.low <= high * (1 + (ROUNDING if figure.op == "~" else 0)):
        if figure.low < HALF * low and figure.high == figure.low:
            return finding(claim, Verdict.UNDERSTATED, "below-half", f"{told}, more than twice what is stated.", setting, records=rows)
        if figure.high is None or figure.high >= low:
            return finding(claim, Verdict.SUPPORTED, "in-range", f"{told}.", setting, records=rows)
    if figure.low > high * (1 + ROUNDING):
        return finding(claim, Verdict.OVERSTATED, "above", f"{told}, less than what is stated.", setting, records=rows)
    if figure.op in ("<", "<=") and figure.low >= low * (1 - ROUNDING):
        return finding(claim, Verdict.SUPPORTED, "in-range", f"{told}.", setting, records=rows)
    top = figure.high if figure.high is not None else figure.low
    if low * (1 - ROUNDING) <= top and figure.low <= high * (1 + ROUNDING):
        return finding(claim, Verdict.SUPPORTED, "in-range", f"{told}.", setting, records=rows)
    if top < HALF * low:
        return finding(claim, Verdict.UNDERSTATED, "below", f"{told}, more than what is stated.", setting, records=rows)
    return unverified(claim, "near", f"{told}; the stated number is near it but does not agree.", setting, records=rows)


def judge_fled(claim: Claim, figure: Figure, rows: Sequence[Record], setting: Setting) -> Finding:
    """How many fled a place: supported by a count of about those days that agrees; counts differ too much to deny one."""
    assert figure.low is not None
    day = claim.when.end_max or setting.published
    near = [r for r in rows if r.predicate in FLEEING and r.start_min is not None and abs((day - r.start_min).days) <= FLED_DAYS]
    for row in near:
        value = row.value_best or row.value_high or row.value_low
        least = figure.low <= (row.value_high or row.value_best or 0.0) and figure.low >= HALF * (row.value_low or row.value_best or 0.0)
        if value is not None and (abs(value - figure.low) <= ROUNDING * value or (figure.op in (">", ">=") and least)):
            told = f"{row.says}"
            return finding(claim, Verdict.SUPPORTED, "fled", told, setting, records=[row])
    return unverified(
        claim, "fled", "No count of those who fled that place in those days agrees, and none is complete.", setting, records=near
    )
