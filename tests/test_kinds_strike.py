"""Strikes: where a town's sites are on record, ships by their names, and that a kind of target identifies nothing alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

import pytest

from dateline import check, open_evidence
from dateline.types import Block, Document


@cache
def evidence():
    return open_evidence()


def strikes(text, published):
    document = Document(sha256(text.encode()).hexdigest(), text, (Block("body", 0, len(text)),), published=date.fromisoformat(published))
    return [f for f in check(document, evidence()).findings if f.claim.kind == "strike"]


@pytest.mark.parametrize(
    ("text", "published", "verdict"),
    [
        ("The cruiser Moskva sank on Thursday.", "2022-04-16", "supported"),
        ("On Wednesday drones damaged four Il-76 planes at Pskov.", "2023-08-31", "supported"),
        ("Naval drones sank the landing ship Tsezar Kunikov on 14 February.", "2024-02-16", "supported"),
        ("Naval drones sank the landing ship Tsezar Kunikov off Mariupol on 14 February.", "2024-02-16", "misplaced"),
        ("Naval drones sank the landing ship Tsezar Kunikov last week.", "2025-02-16", "misdated"),
        ("A glide bomb struck people who were queueing in Yarova, Donetsk region, on Tuesday.", "2025-09-11", "supported"),
        ("On 14 January a missile hit an apartment block in Dnipro.", "2023-01-25", "supported"),
    ],
)
def test_strikes(text, published, verdict):
    (found,) = strikes(text, published)
    assert found.verdict.value == verdict, found.reason


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("On 14 January a missile hit an apartment block in Odesa.", "2023-01-25"),  # of that day one in Dnipro is on record
        ("On Friday missiles hit a railway station in Kupiansk.", "2022-04-10"),  # and one in Kramatorsk
        ("Last week a drone hit a school.", "2024-06-01"),
    ],
)
def test_a_kind_of_target_identifies_nothing(text, published):
    assert not any(f.verdict.accuses for f in strikes(text, published))


def test_the_place_is_the_one_the_passage_tells_of():
    text = "On 14 January 2023 a missile hit an apartment block in Dnipro. The Kh-22 missile destroyed part of the block."
    places = [f.claim.place().name for f in strikes(text, "2023-01-25")]
    assert places == ["Dnipro", "Dnipro"]
