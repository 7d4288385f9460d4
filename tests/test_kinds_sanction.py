"""Sanctions by the number of the package and the names of what was listed."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

import pytest

from dateline import check, open_evidence
from dateline.kinds.sanction import ordinal
from dateline.types import Block, Document


@cache
def evidence():
    return open_evidence()


def sanctions(text, published):
    document = Document(sha256(text.encode()).hexdigest(), text, (Block("body", 0, len(text)),), published=date.fromisoformat(published))
    return [f for f in check(document, evidence()).findings if f.claim.kind == "sanction"]


@pytest.mark.parametrize(
    ("text", "published", "verdict"),
    [
        ("Last week the European Union adopted its ninth package of sanctions.", "2022-12-20", "supported"),
        ("Last week the European Union adopted its 9th package.", "2023-12-20", "misdated"),
        ("The EU has adopted its twelfth package of sanctions against Russia.", "2022-10-25", "refuted"),
        ("On 12 December the EU adopted its ninth package of sanctions.", "2022-12-13", "unverified"),  # agreed then, adopted on the 16th
        ("On Wednesday the United States put Rosneft and Lukoil on its sanctions list.", "2025-10-25", "supported"),
    ],
)
def test_packages_and_lists(text, published, verdict):
    assert [f.verdict.value for f in sanctions(text, published)] == [verdict]


def test_a_package_that_is_only_proposed_is_not_held_to_its_adoption():
    found = sanctions("Last week the European Commission announced its ninth package of sanctions.", "2023-12-20")
    assert not [f for f in found if f.rule == "sanction.other-time" and f.verdict.accuses]


@pytest.mark.parametrize(
    ("word", "number"), [("first", 1), ("19th", 19), ("twenty-first", 21), ("twentieth", 20), ("package", None), ("19", None)]
)
def test_ordinals(word, number):
    assert ordinal(word) == number
