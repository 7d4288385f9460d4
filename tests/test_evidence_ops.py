"""What is done with packs from outside: verify, info, coverage, diff, freeze, add."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from packs_util import row, write_pack

from dateline.errors import PackError
from dateline.evidence import open_evidence, ops
from dateline.evidence.schema import ROW_COLUMNS


def test_build_and_verify(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "in/small", [row(), row(id="r-2", place_id="geonames:2", url="")])
    assert len(faults := ops.verify(folder)) == 1
    assert "control.csv:3: no url" in faults[0]
    write_pack(folder, [row()])
    assert ops.verify(folder) == ()
    (built,) = ops.build(tmp_path / "in", tmp_path / "out")
    assert ops.verify(built) == ()
    (built / "rows.parquet").write_bytes(b"")
    assert "tampered" in ops.verify(built)[0]
    assert "no such file" in ops.verify(tmp_path / "none")[0]
    with pytest.raises(PackError, match="holds no pack"):
        ops.build(tmp_path / "out", tmp_path / "other")


def test_info_counts_by_side_year_kind_and_class(tmp_path: Path) -> None:
    rows = [row(), row(id="r-2", side="ukraine", start_min="2023-01-02", known_from="2023-01-02")]
    info = ops.info(write_pack(tmp_path, rows))
    assert (info.rows, info.places, info.by_side) == (2, 3, {"russia": 1, "ukraine": 1})
    assert (info.by_year, info.by_kind) == ({"2022": 1, "2023": 1}, {"control": 2})
    assert info.by_class == {"press": 2}


def test_diff_tells_rows_and_columns(tmp_path: Path) -> None:
    old = write_pack(tmp_path / "a", [row(), row(id="r-2", place_id="geonames:2")])
    new = write_pack(tmp_path / "b", [row(says="Otherwise."), row(id="r-3", place_id="geonames:2")])
    found = ops.diff(old, new)
    assert (found.added, found.removed, found.changed) == (("r-3",), ("r-2",), (("r-1", ("says",)),))
    assert not found.empty
    assert ops.diff(old, old).empty


def test_freeze_guards_the_files(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, [row()])
    assert sorted(ops.freeze(folder)) == ["sources/control.csv", "sources/places.csv"]
    assert ops.verify(folder) == ()
    path = folder / "sources/control.csv"
    path.write_text(path.read_text().replace("Alpha came", "Beta came"))
    assert "freeze the pack anew" in ops.verify(folder)[0]
    ops.freeze(folder)
    assert ops.verify(folder) == ()


def test_add_takes_rows_or_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "small", [row()])
    before = (folder / "datapackage.json").read_text()
    own = tmp_path / "own.csv"
    line = {c: row(id="own-1", place_id="geonames:2", source_class="own").get(c, "") for c in ROW_COLUMNS}
    own.write_text(",".join(ROW_COLUMNS) + "\n" + ",".join({**line, "licence": ""}.values()) + "\n")
    with pytest.raises(PackError, match=r"own\.csv:2: no licence"):
        ops.add(folder, own, name="own", title="Our own", licence="CC0-1.0")
    assert (folder / "datapackage.json").read_text() == before
    assert not (folder / "sources/own.csv").exists()
    own.write_text(",".join(ROW_COLUMNS) + "\n" + ",".join(line.values()) + "\n")
    assert ops.add(folder, own, name="own", title="Our own", licence="CC0-1.0") == 1
    assert {r.resource for r in open_evidence([folder]).records()} == {"control", "own"}
    with pytest.raises(PackError, match="resource own already"):
        ops.add(folder, own, name="own", title="Our own", licence="CC0-1.0")
    with pytest.raises(PackError, match="no such file"):
        ops.add(folder, tmp_path / "none.csv", name="x", title="x", licence="CC0-1.0")


def own_rows(path: Path, **changed: str) -> Path:
    line = {c: row(id="own-1", place_id="geonames:706448", source_class="own", **changed).get(c, "") for c in ROW_COLUMNS}
    path.write_text(",".join(ROW_COLUMNS) + "\n" + ",".join(line.values()) + "\n")
    return path


def test_a_desks_own_rows_are_an_overlay_marked_local(tmp_path: Path) -> None:
    """Their folder is a pack of its own: beside the installed ones, of every war, and named local wherever a record is cited."""
    rows, folder = own_rows(tmp_path / "own.csv"), tmp_path / "desk"
    with pytest.raises(PackError, match="--created"):
        ops.add(folder, rows, name="seen", title="Seen by us", licence="CC0-1.0")
    assert not folder.exists()
    refused = own_rows(tmp_path / "bad.csv", start_min="2022-13-03")
    with pytest.raises(PackError, match=r"bad\.csv:2"):
        ops.add(folder, refused, name="seen", title="Seen by us", licence="CC0-1.0", created=date(2023, 11, 23))
    assert not (folder / "datapackage.json").exists()
    assert ops.add(folder, rows, name="seen", title="Seen by us", licence="CC0-1.0", created=date(2023, 11, 23)) == 1
    assert ops.verify(folder) == ()
    evidence = open_evidence(["ukraine", "syria", folder])
    identity = next(p for p in evidence.packs if p.name == "local-desk")
    assert identity.title == "Seen by us (local)"
    (own,) = [r for r in evidence.state("geonames:706448", date(2022, 4, 1)).records if r.pack == "local-desk"]
    assert (own.id, own.source_class) == ("own-1", "own")
    assert all("local-desk" in [p.name for p in war.packs] for war in evidence.wars)
    assert [s["id"] for s in open_evidence([folder]).sides] == ["russia"]


def test_coverage_puts_what_may_speak_first(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, [row()])
    assert ops.coverage(folder) == ()
    shares = [c.completeness >= 0.95 for c in ops.coverage("ukraine-mapped")]
    assert shares == sorted(shares, reverse=True)
    assert any(shares)
    drawn = ops.coverage_map("ukraine-mapped")["features"]
    assert isinstance(drawn, list)
    assert len(drawn) >= len(shares)
