"""The command line: what it prints, and that every fault is one line with its mend and exit status 2."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "old-news-as-new.txt"
HELD = "Russian troops hold Melitopol.\n"


def run(*arguments, **more):
    return CliRunner().invoke(main, [str(a) for a in arguments], **more)


def fails(*arguments, mend, **more):
    result = run(*arguments, **more)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert mend in lines[0]


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(HELD, "utf-8")
    return path


def test_the_summary_begins_with_how_much_was_decided():
    result = run("check", EXAMPLE)
    assert result.exit_code == 0
    assert result.stdout.startswith("decided ")
    assert "misdated" in result.stdout


def test_standard_input_is_read():
    result = run("check", "-", "--published", "2023-06-01", input=HELD)
    assert result.exit_code == 0
    assert "Melitopol" in result.stdout


def test_json_csv_and_geojson(report):
    dossier = json.loads(run("check", report, "--published", "2023-06-01", "--format", "json").stdout)
    assert dossier["findings"][0]["verdict"] == "supported"
    rows = list(csv.DictReader(io.StringIO(run("check", report, "--published", "2023-06-01", "--format", "csv").stdout)))
    assert rows[0]["verdict"] == "supported"
    features = json.loads(run("check", report, "--published", "2023-06-01", "--format", "geojson").stdout)
    assert features["type"] == "FeatureCollection"


def test_explain_prints_one_finding_at_length(tmp_path):
    target = tmp_path / "dossier.json"
    assert run("check", EXAMPLE, "--format", "json", "-o", target).exit_code == 0
    wanted = next(f for f in json.loads(target.read_text("utf-8"))["findings"] if f["verdict"] == "misdated")
    result = run("explain", target, wanted["id"])
    assert result.exit_code == 0
    for part in (wanted["rule"], wanted["records"][0]["publisher"], wanted["text"][:20]):
        assert part in " ".join(result.stdout.split())


def test_one_page_and_a_folder_of_pages(tmp_path):
    assert run("check", EXAMPLE, "--html", tmp_path / "one.html").exit_code == 0
    assert "<html" in (tmp_path / "one.html").read_text("utf-8")
    folder = tmp_path / "pages"
    assert run("check", EXAMPLE, ROOT / "examples" / "kherson-2022-11-12.html", "--html", folder).exit_code == 0
    assert len(list(folder.glob("*.html"))) == 3 and (folder / "index.html").exists()


def test_faults_of_the_report(tmp_path, report):
    fails("check", tmp_path / "none.txt", mend="none.txt")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    fails("check", empty, mend="empty.txt")
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    fails("check", binary, mend="binary.txt")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    fails("check", large, mend="large.txt")
    page = tmp_path / "page.html"
    page.write_text("<html><head><title>x</title></head><body><script>1</script></body></html>")
    fails("check", page, mend="page.html")
    fails("check", report, mend="--published")
    fails("check", report, "--published", "yesterday", mend="2023-11-23")
    fails("check", report, "--published", "2023-02-30", mend="2023-11-23")
    fails("check", "https://example.org/report", "--published", "2023-06-01", mend="--fetch")
    fails("check", "http://127.0.0.1/report", "--fetch", "--published", "2023-06-01", mend="127.0.0.1")


def test_faults_of_packs_model_and_output(tmp_path, report):
    day = ("--published", "2023-06-01")
    fails("check", report, *day, "--pack", "atlantis", mend="atlantis")
    damaged = tmp_path / "pack"
    damaged.mkdir()
    (damaged / "datapackage.json").write_text("{")
    fails("check", report, *day, "--pack", damaged, mend="datapackage.json")
    fails("check", report, *day, "--model", "xx_none", mend="xx_none")
    fails("check", report, report, *day, mend="--html")
    blocked = tmp_path / "file"
    blocked.write_text("")
    fails("check", report, *day, "-o", blocked / "out.json", "--format", "json", mend=str(blocked))
    fails("explain", tmp_path / "none.json", "c1", mend="none.json")
    fails("explain", report, "c1", mend="report.txt")


def test_nothing_is_left_half_written(tmp_path, report):
    target = tmp_path / "folder"
    target.mkdir()
    fails("check", report, "--published", "2023-06-01", "--format", "json", "-o", target, mend="folder")
    assert list(target.iterdir()) == [] and sorted(p.name for p in tmp_path.iterdir()) == ["folder", "report.txt"]


@pytest.mark.parametrize("columns", ["40", "80"])
def test_a_narrow_terminal_is_kept_to(columns):
    env = {**os.environ, "COLUMNS": columns, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "dateline.cli", "check", str(EXAMPLE)], env=env, capture_output=True, text=True, check=True
    )
    assert max(map(len, done.stdout.splitlines())) <= int(columns)


def test_help_names_every_command():
    text = run("--help").stdout
    assert all(name in text for name in main.commands)
