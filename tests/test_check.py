"""The whole flow: same input, same bytes; no date, no guess; the golden dossiers."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dateline import check, open_evidence, read
from dateline.errors import NoDate
from dateline.types import Block, Document

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "old-news-as-new.txt"
CASES = sorted((ROOT / "tests" / "cases").glob("*/expected.toml"))


def run(cwd, seed, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "dateline.cli", "check", str(EXAMPLE), *arguments],
        cwd=cwd,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(cwd)},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_the_same_input_gives_the_same_bytes(tmp_path):
    first = run(ROOT, "1", "--format", "json")
    assert run(tmp_path, "2", "--format", "json") == first
    assert json.loads(first)["schema"] == "dateline/1"


def test_without_a_date_nothing_is_guessed():
    text = "Russian troops hold Melitopol."
    with pytest.raises(NoDate, match="--published"):
        check(Document("x", text, (Block("body", 0, len(text)),)))


def test_an_empty_paragraph_and_odd_characters_break_nothing():
    text = "Молоко 🥛 ᠎ <script>alert(1)</script> \u202eabc\u202c " + "x" * 2000 + " 31 September 2023. " + "1" * 500
    found = check(Document("x", text, (Block("body", 0, len(text)),), published=date(2023, 11, 1)))
    assert all(0 <= f.claim.start <= f.claim.end <= len(text) for f in found.findings)


@pytest.mark.parametrize("expected", CASES, ids=lambda p: p.parent.name)
def test_golden_case(expected):
    """Each case lists words of the report and the verdict that the finding on them must have."""
    wanted = tomllib.loads(expected.read_text("utf-8"))
    report = next(p for p in expected.parent.iterdir() if p.stem == "report")
    dossier = check(read(report), open_evidence())
    assert dossier.published == wanted["published"]
    if wanted.get("true"):
        assert not [f.reason for f in dossier.findings if f.verdict.accuses]
    for claim in wanted["claim"]:
        at = dossier.document.text.index(claim["words"])
        found = [
            f
            for f in dossier.findings
            if f.claim.kind == claim["kind"]
            and f.claim.start <= at + len(claim["words"]) // 2 < f.claim.end
            and (claim.get("place") is None or any(w.place and w.place.name == claim["place"] for w in f.claim.where))
        ]
        assert found, f"no {claim['kind']} finding on {claim['words']!r}"
        assert {f.verdict.value for f in found} == {claim["verdict"]}, [f.reason for f in found]
        if "happened" in claim:
            assert {f.happened.edtf for f in found if f.happened} == {claim["happened"]}


def test_there_are_golden_cases():
    assert len(CASES) >= 3


def test_the_readme_shows_what_is_printed():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.split("`make demo` prints", 1)[1].split("```")[1].strip().splitlines()
    printed = run(ROOT, "1").decode().splitlines()
    assert len(shown) > 10
    assert [line for line in shown if line and line != "[...]" and line not in printed] == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Wagner fighters seized Rostov-on-Don on Saturday and marched on Moscow.", "2023-06-26"),
        ("Ukrainian troops withdrew from the eastern district of Chasiv Yar on Thursday.", "2024-07-08"),
        ("Russian troops entered the outskirts of Toretsk last week.", "2024-07-08"),
        ("Ukrainian troops withdrew from part of Vovchansk on Wednesday.", "2024-05-16"),
        ("Российские войска вошли на северную окраину Волчанска на этой неделе.", "2024-05-17"),
        ("Ukrainian drones struck Moscow on Tuesday, killing three people.", "2025-03-12"),
        ("A missile strike on a clinic in Zaporizhzhia on Tuesday killed 11 people.", "2024-12-12"),
        ("On 2 January Russian missiles hit Kyiv and Kharkiv, killing five people.", "2024-01-05"),
    ],
)
def test_what_a_stranger_found_accused_is_left_alone(text, published):
    language = "ru" if text[0] == "Р" else "en"
    document = Document("x", text, (Block("body", 0, len(text)),), published=date.fromisoformat(published), language=language)
    assert [f.reason for f in check(document).findings if f.verdict.accuses] == []


def test_a_call_to_follow_is_no_sign_of_a_chat_tool():
    text = "Russian troops hold Melitopol.\n\nSubscribe to our channel."
    document = Document("x", text, (Block("body", 0, 30), Block("courtesy", 32, len(text))), published=date(2023, 6, 1))
    assert [s.kind for s in check(document).signals if s.kind == "chat-closing"] == []
