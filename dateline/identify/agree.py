"""Agreement in every part stated: when a record tells the same as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.identify.compare import Match
from dateline.identify.telling import Telling
from dateline.kinds.base import Setting
from dateline.kinds.judging import finding, spell
from dateline.types import Claim, Finding
from dateline.verdict import Verdict

# Shares and weights were chosen on the dev reports (docs/identification.md); weights are nats of rarity.
SAME_SHARE, SAME_WEIGHT = 0.5, 8.0  # half of what is said, two rare terms: the record tells the same
PART_SHARE, PART_SPEECH = 0.75, 0.5  # one more place may be told if the rest is the same
DONE_SHARE = 0.55  # the very deed must be on record, or nearly all else
KNOWN_SHARE, KNOWN_CONTEXT = 0.42, 0.6  # less will do where the report as a whole is about what the record tells
ALL_SHARE, EVENT_CONTEXT = 0.8, 0.45  # nearly all of a sentence, in a report that is about what the record tells
THERE_SHARE = 0.45  # at the very place on the very day
SPEECH_SHARE, SPEECH_MATTER = 0.35, 10.0  # a long saying of the very speaker: records give its gist
SAYING = frozenset({"said", "denied", "accused", "thanked", "threatened", "vowed", "asked"})  # speech that only speech can confirm
ACTS = frozenset({"event", "sanction", "onset"})
SPOKEN_WEIGHT = 5.0  # the speaker and the days are specifics too
ANYBODY_SHARE = 0.8  # what is told without a known speaker may be on record as an event, if nearly all of it is
LITTLE_CONTEXT = 0.3  # below it the report may be about another event of the kind
STANDING = frozenset({"place", "onset", "control"})
LEAST_MATTER = 2.5  # nats of what was done: names alone are not the same matter


def speaks_of_it(match: Match, told: Telling) -> bool:
    """Speech is held against speech of the same speaker, all else against whatever tells of it."""
    if told.speech:
        if match.record.kind == "statement":
            return match.speaker == "same"
        acted = told.claim.predicate not in SAYING
        return (not told.speakers or acted) and match.share >= ANYBODY_SHARE and match.record.kind in ACTS
    if match.record.start_min is None and not told.static and not told.when.is_open:
        return False  # what is so at all times tells of no event
    if told.static:  # what lies where and how large it is, is not on record with what happened there
        return match.record.kind in STANDING
    return match.record.kind != "statement" or match.speaker != "other"


def fits(match: Match) -> bool:
    """True where nothing stated speaks against its being the same."""
    return placed(match) and match.numbers in ("same", "untold") and match.opposed is None


def placed(match: Match) -> bool:
    most = PART_SPEECH if match.speaker == "same" else PART_SHARE
    return match.where in ("same", "untold") or (match.where == "part" and match.share >= most)


def tells_it(match: Match, told: Telling) -> bool:
    """True where so much of what is told is on record that it is the same: how much, the days, the place and the speaker decide."""
    if match.when == "open" and (match.context < KNOWN_CONTEXT or told.speech):
        return False
    if not match.done and match.share < DONE_SHARE:
        return False
    named_day = match.when == "meets" and told.when.granularity == "day"
    spoken = match.speaker == "same" and match.when == "meets"
    wholly = match.share >= ALL_SHARE and match.context >= EVENT_CONTEXT and (spoken or named_day)
    if wholly and (match.numbers == "same" or match.matter >= LEAST_MATTER):
        return True  # a short sentence, all of which is on record in a report about just that
    there = match.where == "same" and match.when == "meets"
    if match.matter < LEAST_MATTER and not (there and spoken and match.share >= SAME_SHARE):
        return False
    if there and named_day and match.share >= THERE_SHARE and match.acts and match.weight >= SAME_WEIGHT:
        return True
    if spoken and match.share >= SPEECH_SHARE and match.matter >= SPEECH_MATTER and match.context >= KNOWN_SHARE:
        return True
    enough = match.weight >= (SPOKEN_WEIGHT if spoken else SAME_WEIGHT)
    much = match.share >= SAME_SHARE and enough and match.context >= LITTLE_CONTEXT
    known = match.share >= KNOWN_SHARE and match.context >= KNOWN_CONTEXT and (match.weight >= SAME_WEIGHT or match.numbers == "same")
    return much or known


def supported(claim: Claim, same: Sequence[Match], setting: Setting) -> Finding:
    best = max(same, key=lambda m: (m.share, m.context, m.record.id))
    record = best.record
    return finding(
        claim,
        Verdict.SUPPORTED,
        "told-so",
        f"On record for {spell(record.start_min, record.start_max)}: {record.says}",
        setting,
        records=[m.record for m in sorted(same, key=lambda m: (-m.share, m.record.id))[:3]],
        window=best.window,
    )
