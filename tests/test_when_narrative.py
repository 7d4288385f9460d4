"""Histories: years carried over by the beam search, and the choice of genre by paragraph."""

from __future__ import annotations

from datetime import date

from dateline.when import find_times, read_times

PUBLISHED = date(2021, 6, 1)


def values(text, genre="narrative", language="en"):
    return [r.value for r in read_times(text, published=PUBLISHED, language=language, genre=genre).resolved]


def test_years_run_on_over_the_turn_of_the_year():
    text = "In November 1942 they struck. In December it snowed. On 2 February the last units gave up. In May it was over."
    assert values(text) == ["1942-11", "1942-12", "1943-02-02", "1943-05"]


def test_a_year_in_brackets_does_not_drag_the_story():
    text = "In June 1941 it began. A later study (published 1998) disagrees. In September the ring closed. In October it rained."
    assert values(text) == ["1941-06", "1998", "1941-09", "1941-10"]


def test_a_heading_resets_the_clock():
    text = "In October 1917 they rose.\n\n1915\n\nIn May the front broke."
    assert values(text)[-1] == "1915-05"


def test_relative_times_count_from_the_story():
    assert values("On 19 November 1942 they struck. Four days later the ring closed.") == [
        "1942-11-19",
        "1942-11-23",
    ]


def test_before_christ():
    assert values("In 490 BC they landed. Ten years later they came again.") == ["BC0490", "BC0480"]


def test_ukrainian_story():
    text = "22 червня 1941 року почалася війна. У вересні замкнулося кільце. Навесні наступного року бої тривали."
    assert values(text, language="uk")[:2] == ["1941-06-22", "1941-09"]


def test_genre_is_judged_by_paragraph():
    text = (
        "On Friday the ministers met in Kyiv.\n\n"
        "In 2014 the peninsula was seized. On 17 July an airliner was shot down. In February 2015 a truce was signed.\n\n"
        "In September talks had failed."
    )
    found = find_times(text, published=date(2023, 11, 23))
    assert [w.edtf for w in found] == ["2023-11-17", "2014", "2014-07-17", "2015-02", "2023-09"]


def test_news_that_names_one_old_year_stays_news():
    text = "Crimea was annexed in 2014. The town that was lost then was freed, they said, when troops came in September."
    assert find_times(text, published=date(2023, 11, 23))[-1].edtf == "2023-09"
