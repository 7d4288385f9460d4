"""Places without a row of their own: who held them, inferred from the places around them. Never for refuting.

The rule: of the settlements within 15 km in the same region that have rows, three or more are agreed on that day, none is
contested or disputed, none was last known under another side, and two or more families stand behind them. Left out and
inferred from their neighbours so, recorded settlements come out right in 14,717 of 14,718 cases (docs/evidence.md).
The kinds judge by `state_on`, which knows nothing of this.
"""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from dateline.evidence.control import TWO, families, state_on
from dateline.types import ControlState, Question, Record

if TYPE_CHECKING:
    from dateline.evidence.cells import PackPlace
    from dateline.evidence.store import Evidence
    from dateline.types import Place

NEAR_KM = 15.0  # issue 6; nearer or farther changed next to nothing in the measure above
LEAST = 3  # agreed settlements; five gave the same measure with fewer answers
KM_A_DEGREE = 111.2


def inferred(evidence: Evidence, place: Place | PackPlace, day: date, as_of: date | None = None) -> ControlState:
    """The state that the places around give, `inferred`; `unknown` where the rule does not hold."""
    around = near(evidence, place)
    question = Question("near", "control", ("held",), places=around, on=day)
    by_place: dict[str, list[Record]] = defaultdict(list)
    for record in evidence.ask([question], as_of)["near"] if around else ():
        by_place[record.place_id or ""].append(record)
    states = [state_on(day, rows) for _, rows in sorted(by_place.items())]
    agreed = [s for s in states if s.certainty == "agreed"]
    sides = {s.side for s in states if s.side}
    records = tuple(r for s in agreed for r in s.records if r.side == s.side)
    unsettled = any(s.certainty in ("contested", "disputed") for s in states)
    if unsettled or len(agreed) < LEAST or len(sides) != 1 or len(families(records)) < TWO:
        return ControlState(None, "unknown", ())
    return ControlState(sides.pop(), "inferred", records)


def near(evidence: Evidence, place: Place | PackPlace) -> tuple[str, ...]:
    """Ids of the packs' settlements within NEAR_KM in the place's region, itself left out."""
    if place.lat is None or place.lon is None:
        return ()
    tall = NEAR_KM / KM_A_DEGREE
    wide = tall / max(0.1, math.cos(math.radians(place.lat)))
    return tuple(
        other.id
        for other in evidence.places.values()
        if other.kind == "settlement"
        and other.id != place.id
        and other.admin1 is not None
        and other.admin1 in place.parents
        and other.lat is not None
        and other.lon is not None
        and ((other.lat - place.lat) / tall) ** 2 + ((other.lon - place.lon) / wide) ** 2 <= 1
    )
