"""What the best matches make of an open claim: agreement in every part stated, or one part that excludes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.identify.agree import fits, speaks_of_it, supported, tells_it
from dateline.identify.compare import Match
from dateline.identify.exclude import denied, opposed, other_number, other_place, other_time
from dateline.identify.telling import Telling
from dateline.kinds.base import Setting
from dateline.types import Finding

COUNTED = frozenset({"strike", "statement", "sanction", "event"})  # records that count what was fired, hit or given


def decided(found: Finding, told: Telling, matches: Sequence[Match], setting: Setting) -> Finding | None:
    """A finding where a record settles it; None where the claim stays open."""
    claim = replace(found.claim, when=told.when, kind=kind_of(told))
    matches = [m for m in matches if speaks_of_it(m, told)]
    same = [m for m in matches if fits(m) and m.when in ("meets", "open") and tells_it(m, told)]
    if same:
        return supported(claim, same, setting)
    return (
        other_number(claim, told, matches, setting)
        or opposed(claim, told, matches, setting)
        or denied(claim, told, matches, setting)
        or other_place(claim, told, matches, setting)
        or other_time(claim, told, matches, setting)
    )


def kind_of(told: Telling) -> str:
    """A sentence that no kind has read is of the kind of what it tells of."""
    if told.claim.kind != "other":
        return told.claim.kind
    return "statement" if told.speech else "other"


def counted_anew(found: Finding, told: Telling, matches: Sequence[Match], setting: Setting) -> Finding | None:
    """A claim that a judge has supported by place and day, where every record of them gives another number."""
    named = [m for m in matches if m.where == "same" and m.when == "meets" and m.record.kind in COUNTED]
    return other_number(found.claim, told, named, setting)
