"""The geoparser's accuracy is pinned: floors on our own gold, held by a digest of the gold files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.eval import where
from dateline.eval.where import Score, check_gate, score_document
from dateline.types import Candidate, Where
from dateline.where import open_gazetteer
from dateline.where.gazetteer import DATA

pytestmark = pytest.mark.skipif(not (DATA / "meta.json").exists(), reason="no gazetteer: pip install -e . builds it")


def test_floors_hold() -> None:
    assert check_gate() == []


def test_a_floor_that_is_missed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = json.loads(where.GATE.read_text(encoding="utf-8"))
    gate["floors"]["all"]["accuracy"] = 1.1
    gate["gold_sha256"] = "0"
    (tmp_path / "where.json").write_text(json.dumps(gate), encoding="utf-8")
    monkeypatch.setattr(where, "GATE", tmp_path / "where.json")
    faults = check_gate()
    assert len(faults) == 2 and "digest" not in faults[0] and "below its floor" in faults[1]


def test_gold_offsets_match_their_text() -> None:
    for line in where.GOLD.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        for t in report["toponyms"]:
            assert report["text"][t["start"] : t["end"]] == t["name"]
            assert t["id"] is None or open_gazetteer().get(t["id"]), (report["id"], t)


def test_scores_count_the_unresolved_as_wrong() -> None:
    gazetteer = open_gazetteer()
    kharkiv = gazetteer.place("geonames:706483")
    labels = [
        {"start": 0, "end": 9, "name": "Andriivka", "id": "geonames:713428"},
        {"start": 14, "end": 21, "name": "Kharkiv", "id": "geonames:706483"},
    ]
    found = (
        Where("Andriivka", 0, 9, None, (Candidate(kharkiv, 0.4, ""),)),
        Where("Kharkiv", 14, 21, kharkiv, (Candidate(kharkiv, 0.9, ""),)),
        Where("Lyman", 30, 35, kharkiv, (Candidate(kharkiv, 0.9, ""),)),
    )
    score, faults = score_document(found, labels, gazetteer)
    assert (score.gold, score.found, score.exact, score.answered, score.alarms) == (2, 2, 1, 1, 1)
    assert (score.accuracy, score.precision, len(faults)) == (0.5, 0.5, 2)
    empty, _ = score_document((), labels, gazetteer)
    assert (empty.found, empty.accuracy, empty.precision) == (0, 0.0, 0.0)


def test_calibration_error() -> None:
    assert Score(confidence=[(1.0, True)] * 9 + [(1.0, False)]).calibration_error() == pytest.approx(0.1)
    assert Score().calibration_error() == 0.0
