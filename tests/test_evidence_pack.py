"""Reading a pack: what it takes, and every refusal with file and line."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packs_util import PLACES, row, write_pack

from dateline.errors import PackError
from dateline.evidence.build import pack_id
from dateline.evidence.dates import first_day, last_day, one_day
from dateline.evidence.pack import read_pack
from dateline.evidence.schema import KINDS, LASTING
from dateline.evidence.table import Problems, read_table


def test_a_row_is_read_with_its_place_and_widened_dates(tmp_path: Path) -> None:
    pack = read_pack(write_pack(tmp_path, [row(start_min="2022-03", start_max="2022-04")]))
    record = pack.rows[0].record
    assert (record.start_min, record.start_max) == (date(2022, 3, 1), date(2022, 4, 30))
    assert (record.place_name, record.lat, record.pack, record.resource) == (
        "Alpha",
        49.5,
        "small",
        "control",
    )
    assert pack.rows[0].line == 2


def test_a_happening_ends_in_its_own_window(tmp_path: Path) -> None:
    strike = row(kind="strike", predicate="struck", subject="a bridge", start_min="2022-03-03", start_max="2022-03-05")
    record = read_pack(write_pack(tmp_path, [strike])).rows[0].record
    assert (record.end_min, record.end_max) == (record.start_min, record.start_max)


def test_an_hxl_tag_row_is_passed_over(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, [row()])
    path = folder / "sources/control.csv"
    head, rest = path.read_text().split("\n", 1)
    path.write_text(f"{head}\n{'#date,' * 26}#meta\n{rest}")
    assert len(read_pack(folder).rows) == 1


REFUSED = [
    ({"kind": "position"}, "kind 'position' is not one of"),
    ({"predicate": "seen"}, "predicate 'seen' is not one of"),
    ({"place_id": "geonames:9"}, "place geonames:9 is in no places file"),
    ({"place_id": ""}, "control needs a place_id"),
    ({"side": "mars"}, "side 'mars' is not one of"),
    ({"side": ""}, "control needs a side"),
    ({"licence": ""}, "no licence"),
    ({"source": ""}, "no source"),
    ({"url": "example.org"}, "is not an http(s) address"),
    ({"url": ""}, "no url"),
    ({"start_min": "3 March 2022"}, "is not an ISO date"),
    ({"start_min": "2022-02-30"}, "is not a date"),
    ({"start_min": ""}, "no start_min"),
    ({"start_max": "2022-03-01"}, "start_max 2022-03-01 is before start_min 2022-03-03"),
    ({"end_min": "2022-02-01", "end_max": "2022-02-01"}, "is before start"),
    ({"known_from": "2024-02-01"}, "lies after the pack's own date"),
    ({"start_min": "2030-01-01"}, "lies after the pack's own date"),
    ({"start_min": "2023-12-01", "known_from": "2023-12-01"}, "less than 60 days older"),
    ({"known_from": ""}, "no known_from and no source_date"),
    ({"says": "x" * 201}, "201 characters"),
    ({"source_class": "rumour"}, "source_class 'rumour' is not one of"),
    ({"source_class": "monitor"}, "differs from the resource's press"),
    ({"family": "gdelt"}, "machine-coded events"),
    ({"value_best": "many"}, "is not a number"),
    ({"value_low": "9", "value_high": "3"}, "do not rise"),
    ({"kind": "figure", "predicate": "killed", "side": ""}, "a figure needs value_low"),
    ({"id": "Ä 1"}, "may hold only"),
]


@pytest.mark.parametrize(("changed", "told"), REFUSED, ids=[t for _, t in REFUSED])
def test_a_broken_row_is_refused_with_its_line(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    folder = write_pack(tmp_path, [row(id="r-0", place_id="geonames:2"), row(**changed)])
    with pytest.raises(PackError) as caught:
        read_pack(folder)
    assert told in str(caught.value)
    assert "control.csv:3:" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("lat", "lon"), [("95", "36"), ("49", "181"), ("49", ""), ("x", "36")])
def test_a_place_off_the_earth_is_refused_with_its_line(tmp_path: Path, lat: str, lon: str) -> None:
    with pytest.raises(PackError, match=r"places\.csv:2: "):
        read_pack(write_pack(tmp_path, [], places=[{**PLACES[0], "lat": lat, "lon": lon}]))


def test_one_id_twice_one_place_twice_and_overlapping_states_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"control\.csv:3: id r-1 is taken by .*control\.csv:2"):
        read_pack(write_pack(tmp_path / "a", [row(), row(place_id="geonames:2")]))
    with pytest.raises(PackError, match=r"places\.csv:3: place geonames:1 stands twice"):
        read_pack(write_pack(tmp_path / "b", [], places=[PLACES[0], PLACES[0]]))
    both = [
        row(end_min="2022-09-01", end_max="2022-09-01"),
        row(id="r-2", side="ukraine", start_min="2022-05-01"),
    ]
    with pytest.raises(PackError, match=r"control\.csv:3: geonames:1 is held by russia \(r-1\) and by ukraine"):
        read_pack(write_pack(tmp_path / "c", both))


def test_a_broken_descriptor_is_refused(tmp_path: Path) -> None:
    def told(name: str, **descriptor: object) -> str:
        with pytest.raises(PackError) as caught:
            read_pack(write_pack(tmp_path / name, [row()], **descriptor))
        return str(caught.value)

    assert "no licence" in told("a", licenses=[])
    assert "no version" in told("b", version="")
    assert "created" in told("c", created="2024")
    assert "no resources" in told("d", resources=[])
    resource = {
        "name": "x",
        "path": "sources/control.csv",
        "schema": "dateline:rows/7",
        "licenses": [{"name": "MIT"}],
    }
    assert "unknown schema 'dateline:rows/7'" in told("e", resources=[resource])
    outside = {**resource, "schema": "dateline:rows/1", "path": "../control.csv"}
    assert "inside the pack folder" in told("f", resources=[outside])
    assert "no licence" in told("g", resources=[{**resource, "schema": "dateline:rows/1", "licenses": []}])
    coverage = {**resource, "schema": "dateline:rows/1", "coverage": [{"areas": ["geonames:100"]}]}
    assert "coverage lacks" in told("h", resources=[coverage])


def test_a_missing_or_damaged_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such file"):
        read_pack(tmp_path / "nowhere")
    (tmp_path / "datapackage.json").write_text("{\n 'a': 1}")
    with pytest.raises(PackError, match=r"datapackage\.json:2: not JSON"):
        read_pack(tmp_path)
    (tmp_path / "datapackage.json").write_text("[]")
    with pytest.raises(PackError, match="not a JSON object"):
        read_pack(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,kind\n", "header lacks predicate"),
        ("", "header lacks"),
        ('"unclosed', "not CSV"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, text: str, told: str) -> None:
    folder = write_pack(tmp_path, [])
    (folder / "sources/control.csv").write_text(text)
    with pytest.raises(PackError, match=told):
        read_pack(folder)


def test_a_short_line_and_latin_1_are_refused(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, [row()])
    path = folder / "sources/control.csv"
    path.write_text(path.read_text() + "r-2,control\n")
    with pytest.raises(PackError, match=r"control\.csv:3: 2 cells, the header has 27"):
        read_pack(folder)
    path.write_bytes(path.read_bytes() + b"\xe4")
    with pytest.raises(PackError, match="UTF-8"):
        read_pack(folder)


def test_a_wrong_hash_is_refused_and_a_right_one_taken(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, [row()])
    data = json.loads((folder / "datapackage.json").read_text())
    for digest, good in (
        (hashlib.sha256((folder / "sources/control.csv").read_bytes()).hexdigest(), True),
        ("0" * 64, False),
    ):
        data["resources"][1]["hash"] = f"sha256:{digest}"
        (folder / "datapackage.json").write_text(json.dumps(data))
        if good:
            assert read_pack(folder).rows
        else:
            with pytest.raises(PackError, match="restore the file or freeze the pack anew"):
                read_pack(folder)


def test_many_faults_are_counted_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"\(and 4 more\)$"):
        read_pack(write_pack(tmp_path, [row(id=f"r-{n}", url="") for n in range(7)]))


def test_the_pack_id_is_that_of_the_rows_not_of_their_order(tmp_path: Path) -> None:
    rows = [row(), row(id="r-2", place_id="geonames:2")]
    first, second = write_pack(tmp_path / "a", rows), write_pack(tmp_path / "b", rows[::-1])
    assert pack_id(read_pack(first)) == pack_id(read_pack(second))
    other = write_pack(tmp_path / "c", [row(), row(id="r-2", place_id="geonames:2", says="Otherwise.")])
    assert pack_id(read_pack(first)) != pack_id(read_pack(other))


def test_lasting_predicates_are_predicates() -> None:
    assert set().union(*KINDS.values()) >= LASTING


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_iso_prefixes_hold_their_days(day: date) -> None:
    text = day.isoformat()
    assert one_day(text) == first_day(text) == last_day(text) == day
    for prefix in (text[:7], text[:4]):
        assert first_day(prefix) <= day <= last_day(prefix)
        with pytest.raises(ValueError, match="whole date"):
            one_day(prefix)


@given(st.text(max_size=12))
def test_no_other_text_is_a_date(text: str) -> None:
    try:
        low = first_day(text)
    except ValueError:
        return
    assert text.startswith(f"{low.year:04d}")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_told_as_faults(content: bytes) -> None:
    """Hostile CSV never raises anything but a fault with a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(b"a,b\n" + content)
        problems = Problems()
        lines = list(read_table(path, ("a", "b"), problems))
    assert all(set(line.cells) == {"a", "b"} for line in lines)
    assert all(str(path) in fault for fault in problems.found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=6))
def test_what_is_written_as_csv_is_read_back(rows: list[list[str]]) -> None:
    kept = [[cell.replace("\0", "") for cell in row] for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([["a", "b"], *kept])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass") if _plain(kept) else b"a,b\n")
        problems = Problems()
        lines = [list(line.cells.values()) for line in read_table(path, ("a", "b"), problems)]
    if _plain(kept) and not problems.found:
        wanted = [[cell.strip() for cell in row] for row in kept if any(row)]
        assert lines == wanted or (wanted and all(c.startswith("#") for c in wanted[0] if c))


def _plain(rows: list[list[str]]) -> bool:
    """No lone surrogates, which UTF-8 cannot hold, and no bare carriage return, which csv writes unquoted."""
    return all(c.isprintable() or c == "\n" for row in rows for cell in row for c in cell)
