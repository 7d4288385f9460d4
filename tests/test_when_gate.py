"""Accuracy holds: the scorer counts right, and no figure fell below its floor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.eval import when as evaluation
from dateline.eval.timex import Document, Timex, read_marked, score_document

SHARED = Path(__file__).parents[2] / "shared" / "data" / "temporal"


def test_scorer_by_hand():
    gold = (Timex(0, 5, "DATE", "2022"), Timex(10, 20, "DATE", "2022-09"), Timex(30, 35, "DATE", "2023"))
    found = [Timex(0, 5, "DATE", "2022"), Timex(12, 20, "DATE", "2021-09"), Timex(40, 45, "DATE", "2024")]
    s = score_document(Document("x", "", date(2023, 1, 1), "en", "news", gold), found)
    assert (s.gold, s.found, s.strict, s.relaxed, s.value, s.year_wrong) == (3, 3, 1, 2, 1, 1)
    assert s.strict_f1 == pytest.approx(100 / 3) and s.relaxed_f1 == pytest.approx(200 / 3)


def test_one_finding_answers_one_label():
    gold = (Timex(0, 5, "DATE", "2022"), Timex(6, 9, "DATE", "2023"))
    s = score_document(Document("x", "", date(2023, 1, 1), "en", "news", gold), [Timex(0, 9, "DATE", "2022")])
    assert s.relaxed == 1 and s.strict == 0


def test_marked_texts_read_back(tmp_path):
    path = tmp_path / "texts.txt"
    path.write_text("== 01 2023-11-23 news\nIt fell in {May|2023-05}, {twice a day|P1D}.\n", encoding="utf-8")
    (document,) = read_marked(path, "en").documents
    assert [document.text[g.start : g.end] for g in document.gold] == ["May", "twice a day"]
    assert [g.type for g in document.gold] == ["DATE", "DURATION"]


def test_gold_is_large_enough_and_sound():
    russian = read_marked(evaluation.GOLD / "texts-ru.txt", "ru")
    assert len(russian.documents) >= 40 and sum(len(d.gold) for d in russian.documents) >= 300
    for language in evaluation.LANGUAGES:
        phrases = evaluation.read_phrases(evaluation.GOLD / f"phrases-{language}.txt")
        assert len(phrases) >= 100
        assert all(p.first is None or p.last is None or p.first <= p.last for p in phrases)


@pytest.mark.skipif(
    not SHARED.exists(), reason=f"the corpora are not at {SHARED}: only our own gold is checked"
)
def test_floors_hold():
    assert evaluation.check_gate(SHARED) == []


def test_floors_hold_on_our_own_gold(tmp_path):
    assert evaluation.check_gate(tmp_path) == []


def test_a_changed_gold_is_noticed(tmp_path, monkeypatch):
    for path in evaluation.GOLD.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    changed = tmp_path / "phrases-en.txt"
    changed.write_text(
        changed.read_text(encoding="utf-8").replace("2023-11-22/2023-11-22", "2023-11-21/2023-11-21", 1),
        encoding="utf-8",
    )
    monkeypatch.setattr(evaluation, "GOLD", tmp_path)
    problems = evaluation.check_gate(tmp_path / "none")
    assert any("gold files changed" in p for p in problems)


def test_the_command_prints_the_table(capsys, tmp_path):
    assert evaluation.main(["--data", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "texts-ru" in out and "intervals right" in out and evaluation.gold_digest() in out
