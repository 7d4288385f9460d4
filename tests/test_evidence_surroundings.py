"""States inferred from the places around: only under the stated rule, marked, and right where it can be measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from packs_util import PLACES, row, write_pack

from dateline.evidence import Evidence, open_evidence, state_on
from dateline.evidence.surroundings import NEAR_KM, inferred, near
from dateline.types import Place, Record

DAY = date(2022, 6, 1)
REGION = "geonames:100"
NEW = Place("geonames:9", "New", None, "settlement", 49.5, 36.8, parents=(REGION,))


def settlement(n: int, north: float = 0.02, region: str = REGION) -> dict[str, str]:
    return {**PLACES[1], "id": f"geonames:{20 + n}", "name": f"S{n}", "lat": str(49.5 + north * n), "lon": "36.8", "admin1": region}


def evidence(folder: Path, sides: list[str], **place: float | str) -> Evidence:
    """Settlements north of New, each 2 km on, held so since March 2022 by two families."""
    places = [PLACES[2], {**PLACES[2], "id": "geonames:101", "name": "Delta Oblast"}]
    places += [settlement(n, **place) for n in range(1, len(sides) + 1)]  # type: ignore[arg-type]
    rows = [row(id=f"r-{n}", place_id=f"geonames:{20 + n}", side=side, family="isw|owl") for n, side in enumerate(sides, 1)]
    return open_evidence([write_pack(folder, rows, places=places)])


def test_three_that_agree_are_enough_and_the_state_is_marked(tmp_path: Path) -> None:
    state = evidence(tmp_path, ["russia"] * 3).state(NEW.id, DAY, place=NEW)
    assert (state.side, state.certainty) == ("russia", "inferred")
    assert len(state.records) == 3


@pytest.mark.parametrize("sides", [["russia"] * 2, ["russia"] * 4 + ["ukraine"], ["russia"] * 4 + ["contested"]])
def test_two_are_too_few_and_one_other_is_too_many(sides: list[str], tmp_path: Path) -> None:
    assert evidence(tmp_path, sides).state(NEW.id, DAY, place=NEW).certainty == "unknown"


def test_far_places_and_those_of_other_regions_do_not_count(tmp_path: Path) -> None:
    far = evidence(tmp_path / "far", ["russia"] * 3, north=(NEAR_KM + 1) / 111.2)
    assert near(far, NEW) == ()
    other = evidence(tmp_path / "other", ["russia"] * 3, region="geonames:101")
    assert other.state(NEW.id, DAY, place=NEW).certainty == "unknown"


def test_what_became_public_later_is_not_inferred_from(tmp_path: Path) -> None:
    known = evidence(tmp_path, ["russia"] * 3)
    assert known.state(NEW.id, DAY, date(2022, 3, 2), place=NEW).certainty == "unknown"
    assert known.state(NEW.id, DAY, date(2022, 3, 4), place=NEW).certainty == "inferred"


def test_a_place_with_a_row_is_never_inferred(tmp_path: Path) -> None:
    """Not even before its first row, where it is unknown."""
    known = evidence(tmp_path, ["russia"] * 4)
    assert known.state("geonames:21", date(2022, 3, 1)).certainty == "unknown"
    assert known.state("geonames:21", DAY).certainty == "agreed"


def test_recorded_settlements_left_out_come_out_right() -> None:
    """14,717 of 14,718 over eleven days and 2,500 settlements on 2026-11-22; here every hundredth on three days."""
    known = open_evidence(["ukraine", "ukraine-mapped"])
    rows: dict[str, list[Record]] = {}
    for record in known.records():
        if record.kind == "control" and record.predicate == "held" and record.place_id:
            rows.setdefault(record.place_id, []).append(record)
    right = wrong = 0
    for place, own in sorted(rows.items())[::100]:
        for day in (date(2022, 3, 20), date(2022, 9, 14), date(2025, 6, 15)):
            state, guess = state_on(day, own), inferred(known, known.places[place], day)
            if state.certainty == "agreed" and guess.certainty == "inferred":
                right += state.side == guess.side
                wrong += state.side != guess.side
    assert right >= 100
    assert wrong <= 0.01 * right
