"""The real post that started it, read from the shared folder only: nothing of it stands here."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from dateline import check, open_evidence, read
from dateline.eval.scoring import answer, load_cases
from dateline.types import Block
from dateline.verdict import Verdict

NAME = "villagers-hug-liberators"


@pytest.fixture(scope="module")
def evidence():
    return open_evidence()


@pytest.fixture
def post(shared):
    return read(shared / "reports" / f"{NAME}.txt")


@pytest.fixture
def case(shared):
    return load_cases(shared / "reports" / f"{NAME}.labels.json")[0]


def dossier(post, evidence, published=None, swap=None):
    if swap:
        text = post.text.replace(*swap)
        starts = [0, *(m.end() for m in re.finditer("\n\n", text))]
        ends = [*(m.start() for m in re.finditer("\n\n", text)), len(text)]
        post = dataclasses.replace(post, text=text, blocks=tuple(Block("body", s, e) for s, e in zip(starts, ends, strict=True)))
    return check(dataclasses.replace(post, published=published) if published else post, evidence)


def by_place(dossier, name, kind, predicate=None):
    return [
        f
        for f in dossier.findings
        if f.claim.kind == kind
        and predicate in (None, f.claim.predicate)
        and any(w.place and w.place.name.startswith(name) for w in f.claim.where)
    ]


def test_the_labels_are_right_and_none_is_decided_otherwise(post, case, evidence):
    answers = answer(case, dossier(post, evidence))
    assert [a.label.sentence[:40] for a in answers if a.wrong] == []
    assert [a.label.sentence[:40] for a in answers if a.accusing] == []
    assert sum(a.right for a in answers) >= 20
    assert all(a.findings for a in answers)


def test_the_verdicts_that_started_it(post, evidence):
    found = dossier(post, evidence)
    (taken,) = by_place(found, "Balakliia", "control", "took")
    assert taken.verdict is Verdict.MISDATED and taken.happened.edtf == "2022-09-08"
    assert by_place(found, "Balakliia", "geography")[0].verdict is Verdict.SUPPORTED
    scene = by_place(found, "Balakliia", "media")[0]
    assert scene.verdict is Verdict.MISDATED and scene.happened.start == date(2022, 9, 8)
    regions = by_place(found, "Chernihiv", "control") + by_place(found, "Kyiv", "control")
    assert len(regions) == 2
    assert all(f.verdict is Verdict.MISDATED and f.happened.end < date(2022, 5, 1) for f in regions)
    (crossing,) = by_place(found, "Dnipro", "advance")
    assert crossing.verdict is Verdict.OVERSTATED and crossing.happened.end.isoformat().startswith("2023-11")
    assert by_place(found, "Crime", "advance")[0].verdict is Verdict.REFUTED
    assert by_place(found, "Crime", "control")[0].verdict is Verdict.SUPPORTED
    figures = {f.claim.predicate: f.verdict for f in found.findings if f.claim.kind == "figure"}
    assert figures == {"killed": Verdict.UNDERSTATED, "displaced": Verdict.SUPPORTED}
    onsets = [f for f in found.findings if f.claim.kind == "onset"]
    assert [f.verdict for f in onsets] == [Verdict.MISDATED, Verdict.SUPPORTED]
    assert [s.kind for s in found.signals] == ["chat-closing"]


def test_the_same_post_a_few_days_after_the_events(post, evidence):
    found = dossier(post, evidence, date(2022, 9, 12))
    assert by_place(found, "Balakliia", "control", "took")[0].verdict is Verdict.SUPPORTED
    assert by_place(found, "Crime", "advance")[0].verdict is Verdict.REFUTED


def test_the_same_post_in_the_spring_before(post, evidence):
    found = dossier(post, evidence, date(2022, 4, 8))
    for region in ("Kyiv", "Chernihiv"):
        assert by_place(found, region, "control")[0].verdict is Verdict.SUPPORTED
    september = [f for f in found.findings if f.happened and f.happened.start and f.happened.start >= date(2022, 4, 9)]
    assert not [f.id for f in september if f.verdict is Verdict.SUPPORTED]
    assert not [
        f.id for f in [*by_place(found, "Balakliia", "control"), *by_place(found, "Balakliia", "media")] if f.verdict is Verdict.SUPPORTED
    ]


def test_another_town_in_its_place_is_not_supported(post, evidence):
    found = dossier(post, evidence, swap=("Balakliia", "Lviv"))
    about = [f for f in found.findings if any(w.place and w.place.name.startswith("Lviv") for w in f.claim.where)]
    assert len(about) >= 3
    assert not [f.id for f in about if f.verdict is Verdict.SUPPORTED]


def test_no_true_claim_of_the_development_cases_is_accused(shared, evidence):
    from dateline.eval.reports import answers_of

    answers = answers_of(load_cases(shared / "reports" / "dev-cases.jsonl"), evidence)
    assert [(a.case.id, a.label.sentence) for a in answers if a.accusing] == []
