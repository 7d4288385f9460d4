"""A run over a corpus: the same bytes however it is run, nothing stopped by bad reports, nothing lost by a stop or a kill."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pytest

import dateline.batch.shard as shard_module
from dateline.batch import Done, Job, Settings, Shard, run, run_shard, shards
from dateline.batch.columns import TABLES
from dateline.batch.local import here, local
from dateline.batch.picture import picture
from dateline.batch.shard import give_up
from dateline.batch.summary import write_outputs
from dateline.errors import OutputError
from dateline.eval.synthetic import write_reports
from dateline.evidence import open_evidence

COUNT = 60
BAD = [
    {"id": "undated", "text": "Ukrainian forces entered Kherson on Friday."},
    {"id": "binary", "text": "\u0000\u0001\u0002 Kherson", "published": "2022-11-12"},
    {"id": "empty", "text": "", "published": "2022-11-12"},
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "posts.jsonl"
    write_reports(open_evidence(["ukraine"]), path, COUNT, words=30)
    lines = path.read_text("utf-8").splitlines()
    lines[7:7] = [json.dumps(row) for row in BAD]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def alone(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("alone") / "out"
    run(Job(source, out, size=10), here)
    write_outputs(out)
    return out


def contents(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def count(out: Path, table: str) -> int:
    return int(duckdb.execute(f"SELECT count(*) FROM '{out}/{table}/*.parquet'").fetchall()[0][0])


def test_every_report_is_checked_or_told_as_a_failure(alone: Path) -> None:
    assert count(alone, "reports") + count(alone, "failures") == COUNT + len(BAD)
    reasons = dict(duckdb.execute(f"SELECT name, reason FROM '{alone}/failures/*.parquet'").fetchall())
    assert {name.rpartition(":")[2] for name in reasons} >= {"undated", "empty"}
    assert "--published" in reasons["posts.jsonl:undated"]


def test_findings_are_those_of_a_single_check(source: Path, alone: Path) -> None:
    from dateline.check import check

    [first, *_] = shards(source, 10)
    dossier = check(shard_module.document_of(first.items[0], Settings()), open_evidence())
    rows = duckdb.execute(
        f"SELECT finding, verdict, rule, reason FROM '{alone}/findings/*.parquet' WHERE report = '000000-0000' ORDER BY finding"
    ).fetchall()
    assert rows == sorted((f.id, f.verdict.value, f.rule, f.reason) for f in dossier.findings)


def test_cited_records_are_in_the_data_set(alone: Path) -> None:
    missing = duckdb.execute(
        f"SELECT r FROM (SELECT unnest(records) AS r FROM '{alone}/findings/*.parquet')"
        f" WHERE r NOT IN (SELECT pack || '/' || id FROM '{alone}/records/*.parquet')"
    ).fetchall()
    assert missing == []
    assert count(alone, "records") > 0


def test_two_workers_give_the_same_bytes_as_one(source: Path, alone: Path, tmp_path: Path) -> None:
    run(Job(source, tmp_path / "out", size=10), local(2))
    write_outputs(tmp_path / "out")
    assert contents(tmp_path / "out") == contents(alone)


class Stop(Exception):
    pass


def test_a_stopped_run_goes_on_where_it_was(source: Path, alone: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    job = Job(source, out, size=10)

    def cut(shards: Iterable[Shard], out: Path, settings: Settings) -> Iterator[tuple[Shard, Done]]:
        for n, pair in enumerate(here(shards, out, settings)):
            yield pair
            if n == 2:
                raise Stop

    with pytest.raises(Stop):
        run(job, cut)
    done = {p: p.stat().st_mtime_ns for p in out.glob("findings/*")}
    assert len(done) == 3
    (out / "reports" / "000001.parquet").unlink()
    (out / "shards" / "000001.json").unlink()  # as if it had been cut off between its tables and its mark
    with pytest.raises(OutputError, match="--resume"):
        run(job, here)
    run(job, here, resume=True)
    write_outputs(out)
    assert contents(out) == contents(alone)
    assert [p.stat().st_mtime_ns == at for p, at in sorted(done.items())] == [True, False, True]


def test_a_run_is_not_resumed_with_other_options_nor_into_a_folder_of_others(source: Path, tmp_path: Path) -> None:
    run(Job(source, tmp_path / "out", size=50), here)
    with pytest.raises(OutputError, match="other options"):
        run(Job(source, tmp_path / "out", Settings(theatre=False), size=50), here, resume=True)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    with pytest.raises(OutputError, match="not empty"):
        run(Job(source, tmp_path / "full"), here)


def test_a_shard_of_other_reports_is_done_anew(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "posts.jsonl"
    copy.write_text("\n".join(source.read_text("utf-8").splitlines()[:20]), "utf-8")
    run(Job(copy, tmp_path / "out", size=10), here)
    copy.write_text("\n".join(source.read_text("utf-8").splitlines()[5:15]), "utf-8")
    done = run(Job(copy, tmp_path / "out", size=10), here, resume=True)
    assert [d.number for d in done] == [0]
    assert sorted(p.name for p in (tmp_path / "out" / "findings").iterdir()) == ["000000.parquet"]
    names = [n for (n,) in duckdb.execute(f"SELECT name FROM '{tmp_path}/out/reports/*.parquet' ORDER BY report").fetchall()]
    assert names[0] == "posts.jsonl:s0000005"


def test_a_report_that_breaks_the_check_fails_alone(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline import check as check_function

    module = sys.modules[check_function.__module__]
    real = module.find  # type: ignore[attr-defined]

    def broken(reading):  # type: ignore[no-untyped-def]
        if reading.document.sha256 == bad:
            raise ValueError("no such thing")
        return real(reading)

    [shard, *_] = shards(source, 5)
    bad = shard_module.document_of(shard.items[3], Settings()).sha256
    monkeypatch.setattr(module, "find", broken)
    done = run_shard(shard, tmp_path, Settings())
    assert (done.reports, done.failures) == (4, 1)
    [(report, error, reason)] = duckdb.execute(f"SELECT report, error, reason FROM '{tmp_path}/failures/*.parquet'").fetchall()
    assert (report, error, reason) == ("000000-0003", "ValueError", "no such thing")


def test_a_shard_that_is_given_up_is_told_as_failures(source: Path, tmp_path: Path) -> None:
    [shard, *_] = shards(source, 5)
    give_up(shard, tmp_path, "the worker died")
    assert count(tmp_path, "failures") == 5
    assert count(tmp_path, "reports") == 0


def test_tables_have_their_columns_also_when_empty(alone: Path) -> None:
    for table, columns in TABLES.items():
        told = duckdb.execute(f"DESCRIBE SELECT * FROM '{alone}/{table}/000001.parquet'").fetchall()
        assert {name: kind for name, kind, *_ in told} == columns


def test_the_page_asks_nothing_of_the_network(alone: Path) -> None:
    page = (alone / "summary.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)=\"(?!#)[^\"]+\"", page)
    assert '<svg class="plane"' in page
    told = duckdb.execute(f"SELECT count(*) FROM '{alone}/reports/*.parquet'").fetchall()[0][0]
    assert f"{told} reports read" in page


def test_the_map_data_is_geojson(alone: Path) -> None:
    data = json.loads((alone / "findings.geojson").read_text("utf-8"))
    assert data["type"] == "FeatureCollection"
    assert len(data["features"]) > 10
    for feature in data["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180 and -90 <= lat <= 90
        assert feature["properties"]["at"] in ("claimed", "happened")


def test_a_picture_of_many_years_keeps_its_size() -> None:
    from datetime import date

    drawn = picture([(date(1950 + n, 1, 1), date(1950, 1, 1), 1, 1) for n in range(74)])
    assert drawn is not None and drawn.step > 1
    assert all(0 <= c.x <= drawn.side and 0 <= c.y <= drawn.side for c in drawn.cells)
    assert picture([]) is None


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "dateline.cli", "batch", *map(str, arguments)]


def test_the_command_tells_what_it_did(source: Path, tmp_path: Path) -> None:
    small = tmp_path / "two.jsonl"
    small.write_text("".join(source.read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8")
    done = subprocess.run(command(small, "--out", tmp_path / "out", "-j", 1), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "2 reports" in done.stdout and "summary.html" in done.stdout
    again = subprocess.run(command(small, "--out", tmp_path / "out", "-j", 1), capture_output=True, text=True, timeout=60)
    assert again.returncode == 2
    assert "--resume" in again.stderr and "Traceback" not in again.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX does")
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    source = tmp_path / "posts.jsonl"
    write_reports(open_evidence(["ukraine"]), source, 1000, words=30)
    process = subprocess.Popen(
        command(source, "--out", tmp_path / "out", "-j", 1, "--size", 8, "--quiet"),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 50
    while len(list((tmp_path / "out" / "shards").glob("*.json"))) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130, told
    assert "--resume" in told
    marks = sorted((tmp_path / "out" / "shards").glob("*.json"))
    assert 2 <= len(marks) < 125
    for mark in marks:
        assert (tmp_path / "out" / "findings" / f"{mark.stem}.parquet").exists()
