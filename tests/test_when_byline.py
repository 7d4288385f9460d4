"""The publication date from a page's own lines."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.when import find_publication_date


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("2 min readNov 23, 2023", "en", date(2023, 11, 23)),
        ("By A. Writer, 8 September 2022", "en", date(2022, 9, 8)),
        ("Published: 2022-09-12T08:30:00Z", "en", date(2022, 9, 12)),
        ("KYIV, Nov 23, 2023 (Agency) - ", "en", date(2023, 11, 23)),
        ("Опубліковано 24 лютого 2022 року", "uk", date(2022, 2, 24)),
        ("Редакція24 лютого 2022, 10:15", "uk", date(2022, 2, 24)),
        ("Опубликовано: 12.09.2022", "ru", date(2022, 9, 12)),
    ],
)
def test_stamp(line, language, day):
    found = find_publication_date(["A headline", line, "--"], language)
    assert found is not None
    assert found == (day, line.strip())


def test_a_stamp_beats_a_date_of_the_story():
    lines = [
        "How it was",
        "Published 3 May 2023",
        "On 24 February 2022 the columns crossed the border and the war began.",
    ]
    assert find_publication_date(lines) == (date(2023, 5, 3), "Published 3 May 2023")


@pytest.mark.parametrize(
    "lines", [[], [""], ["no date here"], ["12 comments"], ["Nov 23"], ["31 September 2022"]]
)
def test_none_without_a_whole_date(lines):
    assert find_publication_date(lines) is None


def test_story_dates_far_down_are_not_the_page():
    assert find_publication_date(["word"] * 60 + ["8 September 2022"]) is None
