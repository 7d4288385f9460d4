"""The renderers that give text: JSON with its schema, table, map data, terminal, explanation."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_dossier import hostile_dossier, sample_dossier

from dateline.errors import DatelineError, ReportNotFound, ReportUnreadable
from dateline.render import (
    dossier_dict,
    explain,
    explain_json,
    load_dossier,
    render_csv,
    render_geojson,
    render_json,
    render_text,
)
from dateline.render.csv import COLUMNS
from dateline.render.plain import one_line, plain, safe_url
from dateline.render.schema import SCHEMA, schema_text, validate

ROOT = Path(__file__).parents[1]
CHECKER = jsonschema.Draft202012Validator(SCHEMA)
DOSSIERS = [sample_dossier(0), sample_dossier(1), sample_dossier(11), sample_dossier(120), hostile_dossier()]
IDS = ["0", "1", "11", "120", "hostile"]


@pytest.mark.parametrize("dossier", DOSSIERS, ids=IDS)
def test_json_matches_the_schema(dossier):
    text = render_json(dossier)
    assert text.endswith("}\n")
    text.encode()
    data = json.loads(text)
    CHECKER.validate(data)
    assert validate(data) is None
    for finding in data["findings"]:
        assert data["report"]["text"][finding["start"] : finding["end"]] == finding["text"]


def test_schema_file_is_what_the_code_says():
    made = "write it again: python -c 'from dateline.render.schema import *; print(schema_text(), end=\"\")'"
    assert (ROOT / "docs/dossier.schema.json").read_text(encoding="utf-8") == schema_text(), made
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def objects(schema):
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def test_every_object_of_the_schema_is_closed():
    for found in objects(SCHEMA):
        if "properties" in found:
            assert found["additionalProperties"] is False
            assert set(found["required"]) == set(found["properties"])


def paths(data, at=()):
    yield at
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from paths(value, (*at, key))


def changed(data, path, value):
    copy = json.loads(json.dumps(data))
    if not path:
        return value
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copy


SAMPLE = dossier_dict(sample_dossier(11))
PATHS = list(paths(SAMPLE))


@given(
    st.sampled_from(PATHS),
    st.sampled_from([None, True, -1, 3, 0.5, "", "2024-02-30", "text", [], [1], {}, {"odd": 1}]),
)
def test_our_validator_agrees_with_jsonschema(path, value):
    data = changed(SAMPLE, path, value)
    assert (validate(data) is None) == CHECKER.is_valid(data)


def test_a_missing_and_an_extra_key_are_refused():
    data = json.loads(render_json(sample_dossier(11)))
    del data["findings"][2]["known_then"]
    assert validate(data) == "dossier.findings[2].known_then is missing"
    data["findings"][2]["known_then"] = None
    data["findings"][2]["score"] = 0.9
    assert "score is not part of the schema" in validate(data)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b'{"schema": "dateline/2"}', b"[" * 100_000]
)
def test_a_file_that_is_no_dossier_is_refused(tmp_path, content):
    file = tmp_path / "d.json"
    file.write_bytes(content)
    with pytest.raises(ReportUnreadable, match="make it again with: dateline check") as caught:
        load_dossier(file)
    assert "\n" not in str(caught.value)


def test_load_dossier(tmp_path):
    file = tmp_path / "d.json"
    with pytest.raises(ReportNotFound):
        load_dossier(file)
    file.write_text(render_json(sample_dossier(11)), encoding="utf-8")
    assert load_dossier(file) == SAMPLE
    with pytest.raises(ReportUnreadable):
        load_dossier(tmp_path)


def test_same_dossier_same_bytes_under_another_hash_seed():
    script = (
        "import hashlib\nfrom dateline.render import *\nfrom sample_dossier import *\nd = sample_dossier(120)\n"
        "text = ''.join(f(d) for f in (render_json, render_csv, render_geojson, render_text, render_html))\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    seen = set()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, check=True
        )
        seen.add(done.stdout)
    assert len(seen) == 1


@pytest.mark.parametrize("dossier", DOSSIERS, ids=IDS)
def test_csv_has_a_row_a_claim(dossier):
    text = render_csv(dossier)
    text.encode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [r["id"] for r in rows] == [f.id for f in dossier.findings]
    assert tuple(rows[0]) == COLUMNS if rows else text.count("\n") == 1
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@")) for cell in row.values())


def test_csv_carries_both_dates():
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(render_csv(sample_dossier(11)), newline=""))}
    row = rows["c4"]
    dates = (row["claimed_edtf"], row["happened_edtf"], row["off_by_days"])
    assert dates == ("2024-02-05/2024-02-11", "2022-09-10", "513")


@pytest.mark.parametrize("dossier", DOSSIERS, ids=IDS)
def test_geojson_keeps_every_finding(dossier):
    data = json.loads(render_geojson(dossier))
    assert data["type"] == "FeatureCollection"
    assert {f["properties"]["finding"] for f in data["features"]} == {f.id for f in dossier.findings}
    for feature in data["features"]:
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


def test_geojson_tells_the_claimed_from_the_real_place():
    data = json.loads(render_geojson(sample_dossier(11)))
    places = {
        f["properties"]["at"]: f["properties"]["place"]
        for f in data["features"]
        if f["properties"]["finding"] == "c10"
    }
    assert places == {"claimed": "Dnipro", "happened": "Kramatorsk"}


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("dossier", DOSSIERS, ids=IDS)
def test_text_fits_its_width(dossier, width):
    text = render_text(dossier, width)
    text.encode()
    assert "\x1b" not in text
    assert text.startswith("decided ")
    if dossier is not DOSSIERS[-1]:
        assert max(len(line) for line in text.splitlines()) <= min(width, 110)


def test_text_begins_with_how_much_was_decided():
    lines = render_text(sample_dossier(11)).splitlines()
    assert lines[0] == "decided 9 of 11 claims"
    assert lines[1].startswith("Four of eleven claims are misdated.")
    assert lines[3].startswith("◷ 4 misdated   ◈ 1 misplaced")
    colour = render_text(sample_dossier(11), color=True)
    assert "\x1b[" in colour


def test_explain_shows_the_work():
    text = explain(sample_dossier(11), "c4")
    for part in (
        "◷ misdated", "“that Ukrainian troops took back last week”", "5–11 Feb 2024 (2024-02-05/2024-02-11)",
        "rejected         7–13 Feb 2024", "10 Sep 2022 at Izium; 17 months (513 days)", "Example Press",
        "https://example.org/chronicle/2", "CC BY 4.0", "found 196 of 200", "control.captured",
        "What would change it", "unverified as of the day of publication; now misdated",
    ):  # fmt: skip
        assert part in text
    assert "Lyman (geonames:999001, p 0.06)" in explain(sample_dossier(11), "c5")


@pytest.mark.parametrize("dossier", DOSSIERS[1:], ids=IDS[1:])
def test_explain_works_for_every_finding_and_from_json(dossier):
    data = json.loads(render_json(dossier))
    for finding in dossier.findings:
        text = explain(dossier, finding.id)
        assert text == explain_json(data, finding.id)
        assert "\x1b" not in text


def test_explain_names_the_claims_there_are():
    with pytest.raises(DatelineError, match="c1, c2"):
        explain(sample_dossier(11), "c99")
    with pytest.raises(DatelineError, match="no claims"):
        explain(sample_dossier(0), "c1")


@given(st.text(st.characters()))
def test_plain_keeps_offsets_and_encodes(text):
    assert len(plain(text)) == len(text)
    plain(text).encode()
    assert "\n" not in one_line(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c#d", True), ("http://example.org", True), (" https://example.org ", True),
        ("javascript:alert(1)", False), ("JaVaScRiPt:alert(1)", False), ("java\nscript:alert(1)", False),
        ("data:text/html,x", False), ("//example.org", False), ("https:", False), ("", False), (None, False),
        ("https://[broken", False), ("https://example.org/\u202egpj", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url, kept):
    assert (safe_url(url) is not None) == kept
