"""Annexations: proclaimed, so that the list of what a side proclaimed its own is known."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.kinds.base import Setting, named
from dateline.kinds.judging import finding, judge_event
from dateline.types import Claim, Finding, Place, Question, Record
from dateline.verdict import Verdict


def ask_annexed(claim: Claim, place: Place, setting: Setting) -> tuple[Question, ...]:
    """What of the place was annexed, landform and unit of one name together; and all that was annexed at all."""
    own = Question(f"{claim.id}:annexed", "control", ("annexed",), places=(place.id, *place.parents), within=(place.id,))
    return own, Question(f"{claim.id}:all", "control", ("annexed",), within=setting.theatre)


def judge_annexed(claim: Claim, rows: Sequence[Record], others: Sequence[Record], place: Place, setting: Setting) -> Finding:
    side = claim.who.side if claim.who is not None else None
    listed = [r for r in others if r.side == side and side is not None and r.place_id != place.id]
    if not rows and listed and place.kind == "region" and named(claim.who) and claim.note != "some" and claim.degree != "part":
        names = ", ".join(dict.fromkeys(r.place_name or "" for r in listed))
        reason = f"{place.name}: not among what {setting.called(claim.who)} proclaimed its own, which is {names}."
        return finding(claim, Verdict.REFUTED, "not-listed", reason, setting, records=listed, place=place)
    mine = [r for r in rows if side is None or r.side == side]
    if rows and not mine and side is not None and named(claim.who):
        return finding(
            claim, Verdict.REFUTED, "wrong-side", f"{place.name}: annexed by the other side.", setting, records=rows, place=place
        )
    return judge_event(
        claim,
        mine,
        setting,
        place=place,
        what=f"{place.name} annexed",
        covering=lambda: setting.covering("control", "annexed", place, claim.when.start_min, claim.when.end_max),
    )
