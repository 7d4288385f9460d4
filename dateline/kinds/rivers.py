"""Rivers as front lines: who held each bank, along the course in stretches and away from it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.kinds.base import Setting
from dateline.kinds.judging import at, finding, holders, unverified
from dateline.types import Claim, Finding, Record
from dateline.verdict import Verdict

BANK_KM = 25.0  # how near the river a place must be to speak for its bank (as in advance.RIVER_KM)
STRETCH_KM = 100.0  # the river is looked at in stretches of this length: about a front sector (own choice)
SPLIT = 0.8  # a bank counts as one side's where it holds 8 of 10 places on record there (own choice)
MIXED = 0.1  # and as shared where each side holds at least 1 of 10 (own choice)
FEW = 5  # places on record below which a bank of a stretch says nothing (own choice)
Banks = dict[str, dict[str, list[Record]]]  # bank -> side -> the places it held


def judge_separates(claim: Claim, rows: Sequence[Record], setting: Setting) -> Finding:
    """Holders of all places on record that day, bank by bank: along the river in stretches, and away from it."""
    river = claim.place()
    if river is None:
        return unverified(claim, "no-place", "The river could not be resolved.", setting)
    held = [
        h.record
        for h in holders(rows, claim.when.end_max or setting.published)
        if h.record.side in setting.sides and h.record.lon is not None
    ]
    course = setting.geography.course(river.id)
    if not held or not course:
        return unverified(claim, "no-line", "Neither its course nor who held its banks is on record.", setting)
    everywhere, stretches = _banks(held, course)
    dividing = [banks for _, banks in sorted(stretches.items()) if _divided(banks)]
    mixed = [bank for bank in ("left", "right") if _mixed(everywhere[bank])]
    what = f"{river.name} as the line between the sides {at(claim.when)}"
    if not dividing:
        return unverified(claim, "no-line", f"{what}: no stretch of it shows one holder a bank.", setting)
    if not mixed:
        return finding(
            claim, Verdict.SUPPORTED, "line", f"{what}: each bank was one side's.", setting, records=_sample(dividing[0]), place=river
        )
    counts = "; ".join(
        f"of {sum(map(len, everywhere[b].values())):,} places on record on the {b} bank "
        + " and ".join(f"{len(v):,} were held by {setting.sides[k]}" for k, v in sorted(everywhere[b].items()))
        for b in mixed
    )
    return finding(
        claim,
        Verdict.OVERSTATED,
        "part-line",
        f"{what}: true of a stretch of it only; {counts}.",
        setting,
        records=[*_sample(dividing[0]), *_sample({b: everywhere[b] for b in mixed})],
        place=river,
    )


def _banks(held: Sequence[Record], course: Sequence[tuple[float, float]]) -> tuple[Banks, dict[int, Banks]]:
    """Holders on either bank: of all places beside the river, and of those near it by stretch."""
    from dateline.where.beside import beside

    everywhere: Banks = {"left": {}, "right": {}}
    stretches: dict[int, Banks] = {}
    away, banks, along = beside([(r.lon or 0.0, r.lat or 0.0) for r in held], course)
    for row, km, sign, reach in zip(held, away.tolist(), banks.tolist(), along.tolist(), strict=True):
        if sign == 0 or row.side is None:
            continue
        bank = "left" if sign > 0 else "right"
        everywhere[bank].setdefault(row.side, []).append(row)
        if km <= BANK_KM:
            stretch = stretches.setdefault(int(reach // STRETCH_KM), {"left": {}, "right": {}})
            stretch[bank].setdefault(row.side, []).append(row)
    return everywhere, stretches


def _divided(banks: Banks) -> bool:
    left, right = _holder(banks["left"]), _holder(banks["right"])
    return left is not None and right is not None and left != right


def _holder(bank: dict[str, list[Record]]) -> str | None:
    total = sum(map(len, bank.values()))
    if total < FEW:
        return None
    side, rows = max(sorted(bank.items()), key=lambda item: len(item[1]))
    return side if len(rows) >= SPLIT * total else None


def _mixed(bank: dict[str, list[Record]]) -> bool:
    total = sum(map(len, bank.values()))
    return total >= FEW and sum(len(rows) >= MIXED * total for rows in bank.values()) > 1


def _sample(banks: Banks) -> list[Record]:
    return [r for bank in sorted(banks) for side in sorted(banks[bank]) for r in banks[bank][side][:3]]
