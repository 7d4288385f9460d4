"""Tolls of incidents: which incident a number is of, as the report tells it, and what its records allow."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

import pytest

from dateline import check, open_evidence
from dateline.kinds.tolls import count_of
from dateline.text.lexicon import lexicon
from dateline.types import Block, Document, Record


@cache
def evidence():
    return open_evidence()


def figures(text, published):
    document = Document(sha256(text.encode()).hexdigest(), text, (Block("body", 0, len(text)),), published=date.fromisoformat(published))
    return [(f.claim.predicate, f.verdict.value) for f in check(document, evidence()).findings if f.claim.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "On 14 January a missile hit an apartment block in Dnipro. Forty-five people were killed.",
            "2023-01-25",
            [("killed", "supported")],
        ),
        ("On 14 January a missile hit an apartment block in Dnipro. At least 120 people died.", "2023-01-25", [("killed", "overstated")]),
        ("On 14 January a missile hit an apartment block in Dnipro. Nobody was killed.", "2023-01-25", [("killed", "refuted")]),
        (
            "On 14 January a missile hit an apartment block in Dnipro. Forty-five people were killed.",
            "2025-01-20",
            [("killed", "misdated")],
        ),
        ("At least 50 people died when a missile hit a café in Hroza on 5 October.", "2023-10-20", [("killed", "supported")]),
        ("After the strike on Dnipro on 14 January 2023 the dead numbered 45.", "2023-02-20", [("killed", "supported")]),
        ("Rockets fell near the border. At least 90 people died.", "2023-01-25", [("killed", "unverified")]),
        ("The UN had recorded 9,270 killed by 1 April.", "2022-04-10", [("killed", "overstated")]),
        ("The UN had recorded 1,000 killed by 1 April.", "2022-04-10", [("killed", "supported")]),
        ("Nearly five million people have found shelter abroad, the UNHCR says.", "2022-04-10", [("refugees", "supported")]),
    ],
)
def test_tolls(text, published, expected):
    assert figures(text, published) == expected


def test_the_dead_and_the_injured_are_counted_apart():
    found = figures("A missile hit the block in Uman on 28 April 2023. Twenty-three were killed and 900 injured.", "2023-06-01")
    assert ("killed", "supported") in found and ("killed", "overstated") not in found


def row(says, unit=None, best=None, low=None, high=None):
    values = dict.fromkeys(Record.__dataclass_fields__)
    values |= {"id": "r", "kind": "strike", "predicate": "struck", "says": says, "unit": unit}
    values |= {"value_best": best, "value_low": low, "value_high": high}
    return Record(**values)


@pytest.mark.parametrize(
    ("record", "predicate", "population", "expected"),
    [
        (row("A missile killed 23 people."), "killed", None, (23, 23)),
        (row("Two children died and nine people were injured."), "injured", None, (9, 9)),
        (row("Nobody was hurt."), "injured", None, (0, 0)),
        (row("A missile hit a school.", "killed", 3, 2, 4), "killed", None, (2, 4)),
        (row("A missile hit a school.", "killed", 3), "injured", None, None),
        (row("Drones burnt four aircraft.", "aircraft", 4), "killed", None, None),
        (row("A missile killed 20 people, nine of them children.", "killed", 20), "killed", "children", (9, 9)),
    ],
)
def test_what_a_record_counts(record, predicate, population, expected):
    assert count_of(record, predicate, population, lexicon("en")) == expected
