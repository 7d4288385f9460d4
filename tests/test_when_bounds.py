"""Deadlines, nights and shared months: which side of publication a bare day or month lies on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.when import find_times, implied_recent

THURSDAY = date(2023, 11, 23)


def edtf(text: str, published: date = THURSDAY, language: str = "en") -> list[str]:
    return [w.edtf for w in find_times(text, published=published, language=language)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("They had left the coast by Friday.", THURSDAY, "../2023-11-17"),
        ("Crews must leave the coast by Friday.", THURSDAY, "../2023-11-24"),
        ("He ordered the crews to leave by Friday.", THURSDAY, "../2023-11-24"),
        ("The units pulled back by early April.", date(2023, 2, 10), "../2022-04-10~"),
        ("The ministry aims to finish by early April.", date(2023, 2, 10), "../2023-04-10~"),
        ("By early April, the units had pulled back.", date(2022, 4, 5), "../2022-04-05"),
        ("The bridge is closed since March.", date(2023, 2, 10), "2022-03/2023-02-10"),
        ("The bridge was shut since Saturday.", THURSDAY, "2023-11-18/2023-11-23"),
    ],
)
def test_an_end_lies_where_the_verb_points(text, published, expected):
    assert edtf(text, published) == [expected]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("К пятнице колонна отойдёт.", "ru", "../2023-11-24"),
        ("Колонна отошла к пятнице.", "ru", "../2023-11-17"),
        ("С 1 декабря вводится пропускной режим.", "ru", "2023-12-01"),
        ("З 6 до 8 жовтня лунали вибухи.", "uk", "2023-10-06/2023-10-08"),
        ("6–8 жовтня лунали вибухи.", "uk", "2023-10-06/2023-10-08"),
        ("Станом на суботу міст закрито.", "uk", "2023-11-18"),
        ("30 червня міст закрили.", "uk", "2023-06-30"),
    ],
)
def test_bounds_in_the_other_languages(text, language, expected):
    assert edtf(text, language=language) == [expected]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("У ніч проти суботи лунали вибухи.", "uk"),
        ("У ніч на суботу лунали вибухи.", "uk"),
        ("У ніч проти 18 листопада лунали вибухи.", "uk"),
        ("В ночь с пятницы на субботу звучали взрывы.", "ru"),
        ("Blasts were heard overnight into Saturday.", "en"),
        ("Blasts were heard on the night of 17-18 November.", "en"),
        ("Blasts were heard on the night from Friday to Saturday.", "en"),
    ],
)
def test_a_night_into_a_day_is_one_night(text, language):
    (when,) = find_times(text, published=THURSDAY, language=language)
    assert (when.start_min, when.end_max) == (date(2023, 11, 17), date(2023, 11, 18))


def test_a_comma_ends_a_deadline():
    first, second = find_times("They must go by Friday, on 6 October they came.", published=THURSDAY)
    assert (first.edtf, second.edtf) == ("../2023-11-24", "2023-10-06")


def test_a_plan_is_no_prospect():
    assert edtf("The ministry announced the plan Aug. 21.", date(2023, 6, 1)) == ["2022-08-21"]
    assert edtf("The ministry plans a review Aug. 21.", date(2023, 6, 1)) == ["2023-08-21"]


def test_a_year_behind_since_leads_no_sentence():
    assert edtf("It has grown since 1980. In September the firm bought a rival.")[-1] == "2023-09"


def test_a_year_ago_is_counted_once():
    text = "In the third quarter it lost less than in the year-ago quarter. The year-earlier figure was restated."
    assert {v for v in edtf(text) if v.startswith("2021")} == set()


@given(st.dates(), st.sampled_from(["en", "uk", "ru"]), st.sampled_from([None, "news", "narrative"]))
def test_no_day_of_publication_is_too_early_or_too_late(published, language, genre):
    text = {
        "en": "By early April they had left; since Saturday, last week, in two weeks, 29 February, last winter, overnight.",
        "uk": "У ніч проти суботи, 30 червня, з 6 до 8 жовтня, минулого тижня, торік, протягом останніх місяців.",
        "ru": "В ночь с субботы на воскресенье, 30 июня, к пятнице, на прошлой неделе, за последние месяцы.",
    }[language]
    for when in find_times(text, published=published, language=language, genre=genre):
        if when.start_min and when.end_max:
            assert when.start_min <= when.end_max
    assert implied_recent(published).end_max == published
