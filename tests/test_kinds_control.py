"""Control in other words, and how long it lasted: flags, surrenders, falls, "it", annexations, sieges, occupations."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import check, open_evidence
from dateline.kinds.lasting import length_in
from dateline.text.lexicon import lexicon
from dateline.types import Block, Document


@cache
def evidence():
    return open_evidence()


def findings(text, published, kind):
    document = Document(sha256(text.encode()).hexdigest(), text, (Block("body", 0, len(text)),), published=date.fromisoformat(published))
    return [f for f in check(document, evidence()).findings if f.claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "published", "verdict"),
    [
        ("Lyman fell on 27 May 2022.", "2024-03-01", "supported"),
        ("On 11 November 2022 the 28th brigade entered Kherson.", "2023-11-12", "supported"),
        ("Last week our forces completed the liberation of Izium!", "2022-09-18", "supported"),
        ("Last week our forces completed the liberation of Izium!", "2024-01-20", "misdated"),
        ("Since Saturday the Ukrainian flag has been flying over Izium again.", "2022-09-12", "supported"),
        ("The Ukrainian flag is flying over Melitopol.", "2023-05-25", "refuted"),
        ("Melitopol remains under Russian control.", "2023-05-25", "supported"),
        ("Bakhmut is in the hands of Wagner.", "2023-05-25", "supported"),
        ("Melitopol remains in Ukrainian hands.", "2023-05-25", "refuted"),
        ("Kherson is one of the regions that Moscow has annexed.", "2023-07-09", "supported"),
        ("Kharkiv is one of the regions that Moscow has annexed.", "2023-07-09", "refuted"),
        ("Odesa is one of the regions that Russia declared its own.", "2023-07-09", "refuted"),
        ("Kherson was the only regional capital that Russia had taken since February.", "2022-11-20", "supported"),
        ("On Tuesday the army reported three villages liberated, among them Davydiv Brid.", "2022-10-06", "supported"),
    ],
)
def test_control_in_other_words(text, published, verdict):
    (found,) = findings(text, published, "control")
    assert found.verdict.value == verdict, found.reason


def test_it_is_the_one_place_named_before():
    (found,) = findings("Ukrainian troops fought for Robotyne. The 47th brigade cleared it in August 2023.", "2023-08-30", "control")
    assert found.claim.place().name == "Robotyne" and found.verdict.value == "supported"
    assert findings("Ukrainian troops fought for Robotyne and Verbove. The 47th brigade cleared it.", "2023-08-30", "control") == []


@pytest.mark.parametrize(
    "text",
    [
        "Temperatures in Kherson fell.",
        "Snow fell on Kherson.",
        "Kherson fell silent.",
        "Rockets fell in Kherson.",
        "Prices in Kherson have fallen.",
    ],
)
def test_what_falls_is_not_always_the_town(text):
    assert findings(text, "2023-06-01", "control") == []


def test_the_town_is_not_a_ship_of_its_name():
    text = "The landing ship Saratov sank at Berdiansk. The Russians have held the town since 27 February 2022."
    (found,) = findings(text, "2022-03-26", "control")
    assert found.claim.place().name == "Berdiansk"


@pytest.mark.parametrize(
    ("text", "published", "verdict"),
    [
        ("The siege of Mariupol had lasted almost three months.", "2022-05-22", "supported"),
        ("The siege of Mariupol had lasted almost three weeks.", "2022-05-22", "understated"),
        ("The battle for Bakhmut lasted ten months.", "2024-03-01", "supported"),
        ("The battle for Bakhmut lasted three years.", "2024-03-01", "overstated"),
        ("Russian troops left Kherson. The occupation had lasted eight months.", "2022-11-13", "supported"),
        ("Russian troops left Kherson. The occupation had lasted more than three years.", "2022-11-13", "overstated"),
        ("The occupation had lasted more than three years.", "2022-11-13", "unverified"),
    ],
)
def test_how_long_it_lasted(text, published, verdict):
    found = [f for f in findings(text, published, "onset") if f.claim.predicate == "lasted"]
    assert [f.verdict.value for f in found] == [verdict], [f.reason for f in found]


def test_moving_towards_a_place_is_never_denied():
    (near,) = findings("Russian troops are moving towards Kupiansk.", "2023-11-22", "advance")
    (far,) = findings("Ukrainian forces are pushing on towards Simferopol.", "2023-11-22", "advance")
    assert (near.verdict.value, far.verdict.value) == ("supported", "unverified")


@given(st.integers(1, 999), st.sampled_from(["day", "week", "month", "year"]))
def test_lengths_are_read_in_days(number, unit):
    read = length_in(f"for {number} {unit}s", lexicon("en"))
    assert read.low == read.high and read.low >= number and read.words == f"{number} {unit}s"


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_lengths(text):
    read = length_in(text, lexicon("en"))
    assert read is None or read.low <= read.high


@pytest.mark.parametrize(
    ("text", "published", "verdict"),
    [
        ("Ukrainian troops recaptured Kherson after the Kakhovka dam was destroyed.", "2023-06-20", "refuted"),
        ("The Kakhovka dam was destroyed after Ukrainian troops had recaptured Kherson.", "2023-06-20", "supported"),
        ("Ukraine recaptured Kherson before Russia annexed the Kherson region.", "2023-03-20", "refuted"),
        ("Ukraine will recapture Melitopol after the Kakhovka dam was destroyed.", "2023-06-20", None),  # a plan has no order yet
        ("Ukraine retook Izium before Russia took Lyman.", "2022-09-20", None),  # as the records have it
    ],
)
def test_which_of_two_events_came_first(text, published, verdict):
    found = [f.verdict.value for f in findings(text, published, "control") if f.claim.predicate == "order"]
    assert found == [verdict] if verdict else "supported" not in found
