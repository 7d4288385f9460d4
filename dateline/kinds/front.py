"""How far a place lies from the front: from the nearest place that the other side held that day."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.kinds.base import Setting
from dateline.kinds.judging import at, finding, holders, unverified
from dateline.types import Claim, Finding, Record
from dateline.verdict import Verdict

LONGER = 2.0  # the line may run that much nearer than the nearest place held: villages lie 5 to 10 km apart (own choice)
ROOM_KM = 10.0  # likewise
FAR = 5.0  # and it is not so where the nearest is this many times as far, and half a hundred km at least (own choice)
LEAST_KM = 50.0


def judge_front(claim: Claim, rows: Sequence[Record], setting: Setting) -> Finding:
    """Supported where a place of another holder lies about as near as told; refuted where none does by far."""
    from dateline.where.beside import distances_km

    place = claim.place()
    _, low, high = [*claim.note.split("|"), "", ""][:3]
    if place is None or place.lat is None or place.lon is None or not high:
        return unverified(claim, "no-place", "The place or its distance could not be read.", setting)
    held = [h.record for h in holders(rows, claim.when.end_max or setting.published) if h.record.lon is not None]
    mine = next((r.side for r in held if r.place_id == place.id), None)
    others = [r for r in held if mine is not None and r.side != mine and r.side in setting.sides]
    if not others:
        return unverified(claim, "no-line", f"Who held {place.name} {at(claim.when)} and what lay opposite is not on record.", setting)
    km = distances_km([(r.lon or 0.0, r.lat or 0.0) for r in others], [(place.lon, place.lat)]).tolist()
    nearest, record = min(zip(km, others, strict=True), key=lambda pair: (pair[0], pair[1].id))
    says = f"The nearest place of the other side on record, {record.place_name}, lay {nearest:.0f} km from {place.name} {at(claim.when)}."
    if float(low) / LONGER - ROOM_KM <= nearest <= float(high) * LONGER + ROOM_KM:
        return finding(claim, Verdict.SUPPORTED, "front", says, setting, records=[record], place=place)
    if nearest > max(LEAST_KM, FAR * float(high)):
        return finding(claim, Verdict.REFUTED, "front", says, setting, records=[record], off_by_km=round(nearest, 1))
    return unverified(claim, "front", says, setting, records=[record])
