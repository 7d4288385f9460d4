"""The store: one join for many questions, control as a state, what was known when, coverage."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packs_util import row, write_pack

from dateline.errors import PackError
from dateline.evidence import Evidence, families, open_evidence
from dateline.evidence.build import build_packs
from dateline.evidence.control import fill_ends, held_throughout, state_on
from dateline.evidence.pack import read_pack
from dateline.types import Place, Question, Record

ALPHA, BETA, GAMMA = "geonames:1", "geonames:2", "geonames:100"
ROWS = [
    row(),
    row(id="r-2", side="ukraine", start_min="2022-09-08", known_from="2022-09-09"),
    row(id="r-3", place_id=BETA, start_min="2022-03-01", start_max="2022-03-10", known_from="2022-03-11"),
    row(
        id="r-4",
        kind="advance",
        predicate="offensive",
        subject="Big Push| great push ",
        place_id=GAMMA,
        side="ukraine",
        start_min="2022-09-06",
        end_min="2022-10-02",
        end_max="2022-10-02",
        known_from="2022-09-06",
    ),
]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    folder = write_pack(tmp_path_factory.mktemp("pack"), ROWS)
    data = json.loads((folder / "datapackage.json").read_text())
    data["areas"] = {"dateline:front": [GAMMA]}
    data["resources"][1]["initial"] = {"side": "ukraine", "from": "1991-08-24"}
    cover = {
        "areas": [GAMMA],
        "start": "2022-03-01",
        "end": "2023-12-31",
        "kinds": ["control"],
        "predicates": ["held"],
        "measured_against": "a list",
    }
    data["resources"][1]["coverage"] = [
        {**cover, "min_population": 1000, "found": 19, "n": 20},
        {**cover, "min_population": 0, "found": 18, "n": 20},
    ]
    (folder / "datapackage.json").write_text(json.dumps(data))
    return open_evidence([folder])


def ask(evidence: Evidence, as_of: date | None = None, **question: object) -> list[str]:
    return [r.id for r in evidence.ask([Question("q", **question)], as_of)["q"]]  # type: ignore[arg-type]


def test_questions_by_place_area_subject_side_and_day(evidence: Evidence) -> None:
    assert ask(evidence, kind="control", places=(ALPHA,)) == ["r-1.before", "r-1", "r-2"]
    assert ask(evidence, kind="control", within=(GAMMA,), sides=("russia",)) == ["r-3", "r-1"]
    assert ask(evidence, kind="control", within=("dateline:front",), sides=("russia",)) == ["r-3", "r-1"]
    assert ask(evidence, kind="control", within=("geonames:690791",), on=date(2022, 5, 1)) == ["r-3", "r-1"]
    assert ask(evidence, kind="advance", subjects=("GREAT PUSH",)) == ["r-4"]
    assert ask(evidence, kind="advance", predicates=("crossed",)) == []
    assert ask(evidence, kind="strike") == []
    assert ask(evidence, kind="control", places=(ALPHA,), within=(GAMMA,), sides=("ukraine",)) == [
        "r-1.before",
        "r-3.before",
        "r-2",
    ]


def test_many_questions_in_one_go_each_get_their_own(evidence: Evidence) -> None:
    questions = [Question(f"c{n}:x", "control", places=(ALPHA if n % 2 else BETA,)) for n in range(400)]
    answers = evidence.ask(questions)
    assert list(answers) == [q.id for q in questions]
    assert {r.place_id for n in range(1, 400, 2) for r in answers[f"c{n}:x"]} == {ALPHA}
    assert evidence.ask([]) == {}


def test_blank_ends_are_filled_from_the_next_row(evidence: Evidence) -> None:
    before, first, second = evidence.ask([Question("q", "control", places=(ALPHA,))])["q"]
    assert (before.side, before.start_min, before.end_max) == ("ukraine", date(1991, 8, 24), date(2022, 3, 3))
    assert (first.end_min, first.end_max) == (date(2022, 9, 7), date(2022, 9, 8))
    assert (second.end_min, second.end_max) == (None, None)


def test_what_was_known_on_a_day(evidence: Evidence) -> None:
    then = date(2022, 9, 8)  # the recapture was public a day later
    assert ask(evidence, as_of=then, kind="control", places=(ALPHA,)) == ["r-1.before", "r-1"]
    known = evidence.ask([Question("q", "control", places=(ALPHA,))], then)["q"]
    assert known[-1].end_max is None
    assert evidence.state(ALPHA, date(2022, 9, 20), then).side == "russia"
    assert evidence.state(ALPHA, date(2022, 9, 20)).side == "ukraine"
    assert ask(evidence, as_of=date(2000, 1, 1), kind="control", places=(ALPHA,)) == ["r-1.before"]


def test_an_end_of_its_own_is_not_known_before_it_came(evidence: Evidence) -> None:
    (then,) = evidence.ask([Question("q", "advance", places=(GAMMA,))], date(2022, 9, 20))["q"]
    (now,) = evidence.ask([Question("q", "advance", places=(GAMMA,))])["q"]
    assert (then.end_max, now.end_max) == (None, date(2022, 10, 2))


def test_states(evidence: Evidence) -> None:
    assert evidence.state(ALPHA, date(2022, 5, 1)).certainty == "agreed"
    assert evidence.state(ALPHA, date(2022, 5, 1)).side == "russia"
    turning = evidence.state(BETA, date(2022, 3, 5))
    assert (turning.side, turning.certainty) == (None, "contested")
    assert evidence.state("geonames:77", date(2022, 3, 5)).certainty == "unknown"


def test_only_coverage_of_95_percent_may_speak(evidence: Evidence) -> None:
    def place(place_id: str, population: int) -> Place:
        return Place(place_id, "x", None, "settlement", None, None, parents=(GAMMA,), population=population)

    days = date(2023, 11, 1), date(2023, 11, 30)
    assert [c.found for c in evidence.covering("control", "held", place(ALPHA, 0), *days)] == [19]
    assert evidence.covering("control", "held", place(BETA, 900), *days) == ()
    assert evidence.covering("control", "annexed", place(ALPHA, 0), *days) == ()
    assert evidence.covering("strike", "struck", place(ALPHA, 0), *days) == ()
    assert evidence.covering("control", "held", place(ALPHA, 0), date(2022, 1, 1), days[1]) == ()
    assert evidence.covering("control", "held", place(ALPHA, 0), None, days[1]) == ()
    assert len(evidence.coverage) == 2


def test_a_tampered_unknown_or_foreign_pack_is_refused(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "in/small", [row()])
    (built,) = build_packs(folder.parent, tmp_path / "out")
    assert open_evidence([built]).ask([Question("q", "control")])["q"]
    with (built / "rows.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(PackError, match="tampered with or damaged"):
        open_evidence([built]).ask([Question("q", "control")])
    data = json.loads((built / "pack.json").read_text())
    (built / "pack.json").write_text(json.dumps({**data, "format": 99}))
    with pytest.raises(PackError, match="format 99"):
        open_evidence([built])
    (built / "pack.json").write_text("{}")
    with pytest.raises(PackError, match="damaged or not a built pack"):
        open_evidence([built])
    with pytest.raises(PackError, match="no such pack"):
        open_evidence(["no-such-pack"])


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "in/small", ROWS)
    (first,), (second,) = (
        build_packs(folder.parent, tmp_path / "a"),
        build_packs(folder.parent, tmp_path / "b"),
    )
    for name in ("rows.parquet", "places.parquet", "pack.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_families_count_once() -> None:
    record = _held("a", "russia", date(2022, 3, 1), family="isw|liveuamap")
    assert families([record, _held("b", "russia", date(2022, 3, 1), family="isw")]) == ("isw", "liveuamap")


def test_two_families_that_disagree_are_disputed_and_the_latest_word_counts() -> None:
    day = date(2022, 6, 1)
    russia = _held("a", "russia", date(2022, 3, 1), family="isw|liveuamap")
    assert state_on(day, [russia]).certainty == "agreed"
    assert state_on(day, [russia, _held("b", "ukraine", date(2022, 4, 1), family="wikipedia")]).certainty == "disputed"
    turned = [
        _held("b", "ukraine", date(2022, 4, 1), family="isw"),
        _held("c", "ukraine", date(2022, 4, 2), family="liveuamap"),
    ]
    assert state_on(day, [russia, *turned]).side == "ukraine"
    assert state_on(day, [russia, _held("d", "contested", date(2022, 5, 1), family="x")]).certainty == "contested"


def test_two_families_certain_of_a_whole_month_exclude_a_capture_in_it() -> None:
    month = date(2023, 11, 1), date(2023, 11, 30)
    since = _held("a", "ukraine", date(2022, 9, 8), family="isw|liveuamap")
    assert held_throughout(*month, [since]).side == "ukraine"
    assert held_throughout(*month, [replace(since, family="isw")]).certainty == "unknown"
    assert held_throughout(*month, [_held("a", "ukraine", date(2023, 11, 5), family="isw|x")]).certainty == "unknown"
    day = date(2023, 11, 9)
    assert held_throughout(*month, [since, _held("b", "russia", day, family="x", end=day)]).certainty == "unknown"
    other = _held("b", "russia", date(2022, 3, 1), family="x", end=date(2022, 9, 7))
    assert held_throughout(*month, [since, other]).side == "ukraine"


def _held(row_id: str, side: str, start: date, *, family: str = "x", end: date | None = None) -> Record:
    return Record(
        id=row_id,
        pack="p",
        resource="r",
        kind="control",
        predicate="held",
        subject=None,
        side=side,
        place_id="geonames:1",
        place_name="Alpha",
        lat=None,
        lon=None,
        start_min=start,
        start_max=start,
        end_min=end,
        end_max=end,
        known_from=start,
        value_low=None,
        value_best=None,
        value_high=None,
        unit=None,
        population=None,
        counting_from=None,
        issuer=None,
        says="",
        source="",
        source_date=None,
        url="",
        publisher="",
        source_class="own",
        family=family,
        licence="MIT",
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.sampled_from(["russia", "ukraine"])),
        min_size=1,
        max_size=8,
        unique_by=lambda t: t[0],
    ),
    st.integers(0, 1000),
)
def test_a_chain_of_days_gives_the_last_holder(turns: list[tuple[int, str]], offset: int) -> None:
    zero = date(2022, 1, 1)
    rows = [(_held(f"t{n}", side, zero + timedelta(n)), None) for n, side in turns]
    filled = [record for record, _, _ in fill_ends(rows, {})]
    day = zero + timedelta(offset)
    past = [t for t in sorted(turns) if t[0] <= offset]
    state = state_on(day, filled)
    assert state.side == (past[-1][1] if past else None)
    assert state.certainty == ("agreed" if past else "unknown")


def test_places_of_another_pack_may_be_named(tmp_path: Path) -> None:
    first = write_pack(tmp_path / "in/first", [row()])
    second = write_pack(tmp_path / "in/second", [row(id="s-1", family="other")], places=[], name="second")
    with pytest.raises(PackError, match="in no places file"):
        read_pack(second)
    assert len(build_packs(first.parent, tmp_path / "out")) == 2
