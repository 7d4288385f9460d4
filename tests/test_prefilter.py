"""What is not parsed, and what is looked up once: neither changes a finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline.text.reading as reading_module
from dateline.check import check_all
from dateline.eval.reports import document_of
from dateline.eval.scoring import load_cases
from dateline.evidence import open_evidence
from dateline.options import Options
from dateline.render import render_json
from dateline.text.annotate import ASKED_HERE, annotator
from dateline.text.lexicon import lexicon
from dateline.text.model import load_model
from dateline.text.prefilter import STARTERS, pieces_of, scan_for
from dateline.types import Block, Document

ROOT = Path(__file__).parent
GOLD = sorted((ROOT / "gold" / "reports").glob("*dev.jsonl"))
MODEL = Options().model


def gold() -> list[Document]:
    found = [document_of(case) for path in GOLD for case in load_cases(path) if case.language == "en"]
    for folder in sorted((ROOT / "cases").glob("*/report.txt")):
        from dateline.read import read

        document = read(folder)
        if document.published is not None:
            found.append(document)
    assert len(found) > 80
    return found


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return gold()


def test_no_finding_is_lost_or_changed_by_what_is_not_parsed(documents: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = open_evidence()
    quick = [render_json(d) for d in check_all(documents, evidence, Options())]
    monkeypatch.setattr(reading_module, "scan_for", lambda language, model: None)
    assert quick == [render_json(d) for d in check_all(documents, evidence, Options())]


def test_something_is_left_out(documents: list[Document]) -> None:
    scan = scan_for("en", MODEL)
    assert scan is not None, "a kind came in whose words the prefilter does not know: name them in STARTERS"
    text = "Nobody slept that night. The dog slept in the kitchen. Ukrainian forces entered Kherson on Friday."
    pieces = pieces_of(text, 0, len(text), [(54, 63), (79, 86)], scan)
    assert [(text[p.start : p.end], p.parse) for p in pieces] == [
        ("Nobody slept that night.", False),
        ("The dog slept in the kitchen.", False),
        ("Ukrainian forces entered Kherson on Friday.", True),
    ]


def test_every_word_that_a_claim_starts_from_is_known_in_all_its_forms() -> None:
    scan = scan_for("en", MODEL)
    assert scan is not None
    words = lexicon("en")
    nlp = load_model(MODEL)
    for kind, groups in STARTERS.items():
        for word in sorted(words.words(kind, *(groups or words.groups[kind]))):
            assert scan.marks(word.split()[0])[0], (kind, word)
    for sentence in ("They were shot at.", "The village fell.", "He swore.", "Troops withdrew.", "The armies fought and took it."):
        parsed = [t.lemma_.lower() for t in nlp(sentence)]
        starts = any(scan.marks(t)[0] for t in sentence.strip(".").split())
        assert starts, (sentence, parsed)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The U.S. Army came. It rained.", 1),  # a full stop that may be an abbreviation's parts nothing
        ("Gen. Smith slept. It rained all morning. Then it stopped!", 2),
        ("It rained all morning. it stopped.", 1),
    ],
)
def test_only_sure_ends_part_sentences(text: str, units: int) -> None:
    from dateline.text.prefilter import _units

    parts = list(_units(text, 0, len(text)))
    assert len(parts) >= units
    assert "".join(text[a:b] for a, b in parts).replace(" ", "") == text.replace(" ", "")


def test_words_looked_up_once_are_annotated_as_spacy_does(documents: list[Document]) -> None:
    nlp, lemmas = load_model(MODEL), annotator(MODEL)
    assert lemmas is not None
    odd = "There's  no one.\n\nI ain't gonna go. Let's gotta. C'mon y'all; there were 3 men, it was he who did.  "
    texts = [odd, "", " ", "\n", *(d.text for d in documents)]
    for whole, bare in zip(nlp.pipe(texts), nlp.pipe(texts, disable=ASKED_HERE), strict=True):
        told = [(w.text, w.lemma, w.pos, w.tag, w.dep, head, at) for w, head, at in lemmas.words(bare)]
        assert told == [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.idx) for t in whole]


def test_a_sentence_that_is_not_parsed_is_still_told_of() -> None:
    text = "Ukrainian forces entered Kherson on Friday.\n\nNobody slept that night. The dog slept in the kitchen."
    blocks = (Block("body", 0, 43), Block("body", 45, len(text)))
    from datetime import date

    document = Document("0" * 64, text, blocks, published=date(2022, 11, 12))
    [dossier] = check_all([document], open_evidence(), Options())
    told = [f["sentence"] for f in json.loads(render_json(dossier))["findings"]]
    assert "Nobody slept that night." in told
    assert "The dog slept in the kitchen." in told
