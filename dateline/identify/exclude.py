"""One detail excludes and all others agree: another time, place or number, or the contrary on record (DESIGN.md section 2, Identity)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.identify.agree import EVENT_CONTEXT, KNOWN_SHARE, LITTLE_CONTEXT, SAME_SHARE, SAME_WEIGHT, fits, placed
from dateline.identify.compare import Match
from dateline.identify.lists import words
from dateline.identify.telling import Telling
from dateline.kinds.base import Setting
from dateline.kinds.judging import SAME_EVENT, finding, spell, spell_when
from dateline.types import Claim, Finding
from dateline.verdict import Verdict

PLACED_MATTER, ACT_MATTER = 4.5, 8.0  # nats of what was done, names apart: less will do at the very place (own choice, on dev reports)
IDENTITY_WEIGHT, IDENTITY_TERMS = 14.0, 3  # three rare specifics (DESIGN.md section 2)
SUBORDINATE = words("subordinate")  # what follows has a time of its own
NEAR_SHARE = 0.35  # a record of the claimed time or place that tells so much of it may be what is meant
EVENT_GAP, SPEECH_GAP = 14, 45  # days: things are hit, and words said, again within that (own choice, on dev reports)
RIVAL = 0.8  # a record that tells nearly as much of it may be what is meant
FAR_KM = 40.0  # nearer than that a report may mean the same place by another name (own choice)
OVER, UNDER = 1.15, 2.0  # room above the highest record, and half of the lowest (DESIGN.md section 2, Figures)
SAID_SHARE = 0.6  # of what the very speaker said in those days
ADMITTING = words("admitting")
_OBJECT = "that|it|this|the|its|his|her|their|such|to|on|in|having|a"
ADMITS = re.compile(rf"\b(?:{'|'.join(sorted(ADMITTING))})(?: up)?\s+(?:within hours |at once )?(?:{_OBJECT})\b", re.IGNORECASE)
DENIAL_CONTEXT = 0.5  # the denial is about what the report is about (own choice, on dev reports)
PART_OF = words("part_of")  # with them a number counts a part
DAY_SHARE, DAY_MATTER, DAY_CONTEXT = 0.4, 5.0, 0.45  # one rare term and most of the record in the report
OPPOSED_SHARE, OPPOSED_WEIGHT = 0.45, 10.0  # on dev reports


def _identifies(match: Match, told: Telling) -> bool:
    """True where three or more rare specifics are shared: the record is of that very event (DESIGN.md section 2, Identity)."""
    acts, matter = (1, PLACED_MATTER) if match.placed else (2, ACT_MATTER)
    specific = len(match.rare) >= IDENTITY_TERMS and len(match.acts) >= acts
    return specific and match.weight >= IDENTITY_WEIGHT and match.matter >= matter and match.share >= SAME_SHARE


def other_time(claim: Claim, told: Telling, matches: Sequence[Match], setting: Setting) -> Finding | None:
    """All is the same but the time: misdated, if no record of the claimed time comes near it."""
    if told.when.is_open or claim.modality == "negated" or (claim.kind == "other" and told.words & SUBORDINATE):
        return None
    if told.when.implied and claim.kind in ("other", "statement"):  # the time is that of another sentence
        return None
    least = SPEECH_GAP if told.speech else EVENT_GAP
    apart = [m for m in matches if fits(m) and m.when == "apart" and m.gap >= least and _identifies(m, told) and _before(m, setting)]
    if not told.speech:  # what happened, before what was said of it
        apart = [m for m in apart if m.record.kind != "statement"] or apart
    near = [m for m in matches if m.when == "meets" and m.share >= NEAR_SHARE and m.where != "other"]
    if not apart or near:
        return None
    best = max(apart, key=lambda m: (m.weight, m.record.id))
    if _days_spread([m for m in apart if m.share >= best.share * RIVAL]) > SAME_EVENT:
        return None
    reason = f"On record for {spell(best.record.start_min, best.record.start_max)}, not for {spell_when(told.when)}: {best.record.says}"
    return finding(claim, Verdict.MISDATED, "told-anew", reason, setting, records=[m.record for m in apart[:3]], window=best.window)


def _before(match: Match, setting: Setting) -> bool:
    return match.record.start_max is not None and match.record.start_max <= setting.published


def _days_spread(matches: Sequence[Match]) -> int:
    days = [m.record.start_min for m in matches if m.record.start_min is not None]
    return (max(days) - min(days)).days if days else 0


def other_place(claim: Claim, told: Telling, matches: Sequence[Match], setting: Setting) -> Finding | None:
    """All is the same but the place, and the day agrees: misplaced, if nothing is on record there then."""
    if claim.modality == "negated" or told.when.is_open or not told.fine:
        return None
    fits = [m for m in matches if m.when == "meets" and m.opposed is None and m.numbers in ("same", "untold")]
    elsewhere = [m for m in fits if m.where == "other" and _identifies(m, told) and m.record.place_id is not None]
    if not told.speech:
        elsewhere = [m for m in elsewhere if m.record.kind != "statement"]
    there = [m for m in fits if m.where in ("same", "part") and m.share >= NEAR_SHARE]
    if not elsewhere or there:
        return None
    best = max(elsewhere, key=lambda m: (m.weight, m.record.id))
    place = setting.geography.place(str(best.record.place_id))
    if any((setting.geography.distance_km(place.id, str(m.record.place_id)) or 0.0) > FAR_KM for m in elsewhere):
        return None
    km = setting.geography.distance_km(told.fine[-1].id, place.id)
    if km is None or km < FAR_KM:
        return None
    reason = f"On record at {place.name}, {km:.0f} km from {told.fine[-1].name}: {best.record.says}"
    return finding(
        claim,
        Verdict.MISPLACED,
        "told-elsewhere",
        reason,
        setting,
        records=[m.record for m in elsewhere[:3]],
        window=best.window,
        place=place,
        off_by_km=round(km),
    )


def _counts_it(match: Match, told: Telling) -> bool:
    """True where the record counts just that: much of the matter, or the same speaker of the very day."""
    if match.share >= SAME_SHARE and match.matter >= SAME_WEIGHT and match.context >= KNOWN_SHARE:
        return True
    return match.speaker == "same" and match.when == "meets" and match.share >= SAID_SHARE and match.context >= EVENT_CONTEXT


def other_number(claim: Claim, told: Telling, matches: Sequence[Match], setting: Setting) -> Finding | None:
    """All is the same but a number of the same things: over- or understated, if no record gives the number told."""
    same = [m for m in matches if m.when in ("meets", "open") and placed(m) and m.context >= LITTLE_CONTEXT]
    same = [m for m in same if m.opposed is None or m.pair is not None]  # "no victims" denies and counts
    other = [m for m in same if m.pair is not None and _counts_it(m, told)]
    if not other or any(m.numbers == "same" for m in same) or claim.modality == "negated":
        return None
    best = max(other, key=lambda m: (m.share, m.context, m.record.id))
    assert best.pair is not None
    stated = best.pair[0]
    most = max(m.pair[1].high for m in other if m.pair is not None)
    least = min(m.pair[1].low for m in other if m.pair is not None)
    verdict = Verdict.OVERSTATED if stated.low > most * OVER else Verdict.UNDERSTATED if stated.high < least / UNDER else None
    if verdict is None or (verdict is Verdict.UNDERSTATED and told.words & PART_OF):
        return None
    reason = f"On record with another number: {best.record.says}"
    return finding(claim, verdict, "other-number", reason, setting, records=[best.record], window=best.window)


def denied(claim: Claim, told: Telling, matches: Sequence[Match], setting: Setting) -> Finding | None:
    """ "They admitted it", and in those days they denied what the report is about: refuted, if nothing else they said comes near."""
    if not told.speech or not told.words & ADMITTING or told.denied or ADMITS.search(told.text) is None:
        return None
    theirs = [m for m in matches if m.speaker == "same" and m.when == "meets"]
    denials = [m for m in theirs if m.record.predicate == "denied" and m.context >= DENIAL_CONTEXT]
    other = [m for m in theirs if m.record.predicate != "denied" and (m.share >= NEAR_SHARE or m.entry.words & ADMITTING)]
    if not denials or other:
        return None
    best = max(denials, key=lambda m: (m.context, m.record.id))
    return finding(claim, Verdict.REFUTED, "denied-it", f"On record to the contrary: {best.record.says}", setting, records=[best.record])


def _contrary(match: Match, told: Telling) -> bool:
    """Much of the same matter; less will do on the very day that the report names."""
    if match.share >= OPPOSED_SHARE and match.matter >= OPPOSED_WEIGHT and match.context >= KNOWN_SHARE:
        return True
    named_day = told.when.granularity == "day" and not told.when.implied
    return named_day and match.share >= DAY_SHARE and match.matter >= DAY_MATTER and match.context >= DAY_CONTEXT


def opposed(claim: Claim, told: Telling, matches: Sequence[Match], setting: Setting) -> Finding | None:
    """The same matter in the same days, and the record says the contrary: refuted, if none says so."""
    contrary = [
        m
        for m in matches
        if m.speaker == "same" and m.opposed is not None and m.when == "meets" and placed(m) and m.numbers in ("same", "untold")
    ]
    strong = [m for m in contrary if _contrary(m, told)]
    near = [m for m in matches if m.when == "meets" and m.opposed is None and m.share >= NEAR_SHARE]
    if not strong or near or not told.speech:
        return None
    best = max(strong, key=lambda m: (m.share, m.context, m.record.id))
    return finding(claim, Verdict.REFUTED, "contrary", f"On record to the contrary: {best.record.says}", setting, records=[best.record])
