"""`check --compare OLD NEW`: which verdicts change between two versions of a pack, and by which rows."""

from __future__ import annotations

import dataclasses
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from packs_util import PLACES, row, write_pack

from dateline.check import check
from dateline.cli import main
from dateline.compare import changes, versions
from dateline.errors import PackError
from dateline.evidence import ops
from dateline.options import Options
from dateline.read import read
from dateline.types import Document

ROOT = Path(__file__).parents[1]
SAYS = "Russia holds Balakliia. Nobody was surprised."


TOWN = {**PLACES[0], "id": "geonames:712926", "name": "Balakliia", "lat": "49.46", "lon": "36.86"}
ACTORS = ROOT / "packs/ukraine/sources/actors.csv"


def version(folder: Path, rows: list[dict[str, str]]) -> Path:
    """A built version of a pack that knows the two states by name."""
    write_pack(folder, rows, places=[*PLACES, TOWN])
    (folder / "sources/actors.csv").write_text("".join(ACTORS.read_text("utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    data = json.loads((folder / "datapackage.json").read_text("utf-8"))
    data["resources"].append({**data["resources"][0], "name": "actors", "path": "sources/actors.csv", "schema": "dateline:actors/1"})
    (folder / "datapackage.json").write_text(json.dumps(data), encoding="utf-8")
    return ops.build(folder.parent, folder.parent / "built")[0]


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions of a pack: in the later one two families have seen the town retaken in 2022."""
    folder = tmp_path_factory.mktemp("packs")
    held = row(place_id=TOWN["id"])
    back = {**held, "side": "ukraine", "start_min": "2022-09-08", "known_from": "2022-09-08"}
    later = [held, {**back, "id": "r-2"}, {**back, "id": "r-3", "family": "other"}]
    return version(folder / "old/small", [held]), version(folder / "new/small", later)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.txt"
    path.write_text(SAYS, encoding="utf-8")
    return path


def document(path: Path) -> Document:
    return read(path, published=date(2023, 11, 23))


def test_only_what_changes_is_told(packs: tuple[Path, Path], report: Path) -> None:
    old, new = versions(str(packs[0]), str(packs[1]), [str(packs[0])])
    before, after = (check(document(report), evidence, Options()) for evidence in (old, new))
    (change,) = changes(before, after)
    assert change.before is not None
    assert change.after is not None
    assert change.before.verdict != change.after.verdict
    assert change.rows == (("r-1",), ("r-3",))
    assert changes(after, after) == ()


def test_a_claim_that_only_one_version_reads_is_told(packs: tuple[Path, Path], report: Path) -> None:
    old, _ = versions(str(packs[0]), str(packs[1]), [str(packs[0])])
    full = check(document(report), old, Options())
    none = dataclasses.replace(full, findings=())
    assert [c.before for c in changes(none, full)] == [None] * len(full.findings)
    assert [c.after for c in changes(full, none)] == [None] * len(full.findings)


def test_other_packs_stay_as_they_are(packs: tuple[Path, Path]) -> None:
    old, new = versions(str(packs[0]), str(packs[1]), ["sudan", str(packs[0]), "syria"])
    assert [p.name for p in old.packs] == [p.name for p in new.packs] == ["sudan", "small", "syria"]
    assert old.packs[1].id != new.packs[1].id
    with pytest.raises(PackError, match="two versions of one pack"):
        versions(str(packs[0]), "sudan")


def test_the_command_prints_text_and_json(packs: tuple[Path, Path], report: Path, tmp_path: Path) -> None:
    call = ["check", str(report), "--published", "2023-11-23", "--pack", str(packs[0]), "--compare", str(packs[0]), str(packs[1])]
    run = CliRunner()
    told = run.invoke(main, call)
    assert told.exit_code == 0, told.output
    assert "1 of" in told.output
    assert "before" in told.output
    assert "r-3" in told.output
    data = json.loads(run.invoke(main, [*call, "--format", "json"]).output)
    assert [p["name"] for p in data["packs"]] == ["small", "small"]
    (change,) = data["reports"][0]["changes"]
    assert change["before"]["verdict"] != change["after"]["verdict"]
    same = shutil.copytree(packs[0], tmp_path / "small")
    assert "0 of" in run.invoke(main, [*call[:-1], str(same)]).output
    refused = run.invoke(main, [*call, "--format", "csv"])
    assert refused.exit_code == 2
    assert "--format json" in refused.output
