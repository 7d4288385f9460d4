"""Identification: terms, numbers, and what agreeing and excluding details make of an open claim."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packs_util import row, write_pack

from dateline import check, open_evidence
from dateline.identify.contrast import contrast, denied_words
from dateline.identify.numbers import numbers_of
from dateline.identify.terms import Vocabulary, stem, words_of
from dateline.text.lexicon import lexicon
from dateline.types import Block, Document
from dateline.verdict import Verdict

WORDS = lexicon("en")


def numbers(text):
    vocabulary = Vocabulary(WORDS, ())
    return [n.in_terms(vocabulary) for n in numbers_of(text, WORDS)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("launched", "launches"),
        ("struck", "strike"),
        ("evacuation", "evacuated"),
        ("mobilization", "mobilised"),
        ("died", "killed"),
        ("cities", "city"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


def test_words_are_lower_case_and_without_a_possessive():
    assert [w for _, _, w in words_of("Russia's Kh-101 hit Odesa’s port")] == ["russia", "kh-101", "hit", "odesa", "port"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("killed 17 people", 17, 17),
        ("at least 20,000 soldiers", 20_000, 32_000),
        ("some 1.5 million people", 1.5e6, 1.5e6),
        ("three hundred thousand reservists", 300_000, 300_000),
        ("twenty-four were hurt", 24, 24),
        ("up to 80 drones", 50, 80),
        ("dozens of houses", 24, 99),
        ("a tenth of the town", 10, 10),
        ("for 30 hours", 30, 30),
        ("a truce of 30 days", 720, 720),
    ],
)
def test_numbers_are_read_with_the_range_that_their_words_allow(text, low, high):
    (number,) = numbers(text)
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize("text", ["in 2023", "the Kh-101 missile", "one of them", "nobody"])
def test_years_names_and_pronouns_are_no_numbers(text):
    assert numbers(text) == []


def test_a_number_belongs_to_the_words_beside_it():
    dead, hurt = numbers("killed 17 people and injured 86")
    assert "kill" in dead.beside and "injur" not in dead.beside
    assert "injur" in hurt.beside and "kill" not in hurt.beside


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_numbers(text):
    for n in numbers(text):
        assert n.low <= n.high


@given(st.text(max_size=60))
def test_stems_never_grow(word):
    assert len(stem(word.lower())) <= max(len(word.lower()), 12)


def test_denial_and_contrast():
    assert {"plane", "damaged"} <= denied_words("It fell and no plane was damaged, he said")
    assert "fell" not in denied_words("It fell and no plane was damaged")
    assert "hit" in denied_words("The ministry denied that it hit the mall")
    assert contrast(frozenset(["civilians"]), frozenset(["soldiers"])) == ("civilians", "soldiers")
    assert contrast(frozenset(["civilians", "soldiers"]), frozenset(["soldiers"])) is None


STRIKE = {
    "kind": "strike",
    "predicate": "struck",
    "side": "russia",
    "subject": "ceramics factory|cruise missile",
    "start_min": "2022-05-04",
    "start_max": "2022-05-04",
    "known_from": "2022-05-04",
}
ROWS = [
    row(id="a", **STRIKE, says="Two cruise missiles hit the ceramics factory in Alpha and injured 14 workers of the night shift."),
    row(
        id="b",
        kind="statement",
        predicate="said",
        subject="",
        start_min="2022-05-05",
        start_max="2022-05-05",
        known_from="2022-05-05",
        says="The governor said that the furnace hall of the ceramics factory in Alpha could be repaired within eight weeks.",
    ),
    *(row(id=f"f{n}", **{**STRIKE, "subject": f"thing {n}"}, says=f"Rockets hit depot number {n} beyond the railway.") for n in range(400)),
]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return open_evidence([write_pack(tmp_path_factory.mktemp("packs") / "alpha", ROWS)])


def verdicts(evidence, text, published):
    document = Document("x", text, (Block("body", 0, len(text)),), title="", published=published)
    return [f for f in check(document, evidence).findings if f.rule.partition(".")[2] != "nothing"]


def test_a_record_that_tells_the_same_supports(evidence):
    (found,) = verdicts(evidence, "On 4 May two cruise missiles hit the ceramics factory and injured 14 workers.", date(2022, 5, 6))[:1]
    assert found.verdict is Verdict.SUPPORTED
    assert found.records[0].id == "a"


def test_another_number_of_the_same_things_is_no_support(evidence):
    found = verdicts(
        evidence, "On 4 May two cruise missiles hit the ceramics factory and injured 140 workers of the night shift.", date(2022, 5, 6)
    )
    assert all(f.verdict is not Verdict.SUPPORTED or "140" not in f.claim.text for f in found)


def test_the_same_told_a_year_later_is_misdated(evidence):
    text = "Last week two cruise missiles hit the ceramics factory and injured 14 workers of the night shift."
    found = verdicts(evidence, text, date(2023, 5, 6))
    assert any(f.verdict is Verdict.MISDATED and f.records[0].id == "a" for f in found)
    assert all(f.verdict is not Verdict.SUPPORTED for f in found)


def test_a_plan_is_not_held_against_records(evidence):
    found = verdicts(evidence, "Two cruise missiles will hit the ceramics factory and injure 14 workers.", date(2022, 5, 6))
    assert all(f.verdict is Verdict.UNVERIFIED for f in found)


def test_what_was_not_yet_public_is_hidden_by_as_of(evidence):
    from dateline.options import Options

    text = "On 4 May two cruise missiles hit the ceramics factory and injured 14 workers."
    document = Document("x", text, (Block("body", 0, len(text)),), title="", published=date(2022, 5, 6))
    found = check(document, evidence, Options(as_of=date(2022, 5, 3))).findings
    assert all(f.verdict is not Verdict.SUPPORTED for f in found)
