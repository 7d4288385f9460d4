"""Time expressions of news: which days a phrase means, seen from publication."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.errors import DatelineError
from dateline.types import NamedPeriod
from dateline.when import find_times, implied_recent, implied_since, implied_state, open_when

NOV = date(2023, 11, 23)  # a Thursday
WAR = NamedPeriod("invasion of Ukraine", date(2022, 2, 24), None, ("invasion", "full-scale invasion", "war"))
ANNEXATION = NamedPeriod(
    "annexation of Crimea", date(2014, 3, 18), date(2014, 3, 18), ("annexation of Crimea",)
)


def one(text, published=NOV, language="en", calendar=()):
    found = find_times(text, published=published, language=language, calendar=calendar)
    assert len(found) == 1, [w.words for w in found]
    assert text[found[0].start : found[0].end] == found[0].words
    return found[0]


def hull(when):
    return when.start_min, when.end_max


@pytest.mark.parametrize(
    ("text", "published", "first", "last"),
    [
        ("The town was recaptured last week.", NOV, "2023-11-13", "2023-11-19"),
        ("The town was recaptured last week.", date(2022, 9, 12), "2022-09-05", "2022-09-11"),
        ("The offensive began in September.", NOV, "2023-09-01", "2023-09-30"),
        ("The offensive began in September.", date(2022, 4, 8), "2021-09-01", "2021-09-30"),
        ("They met on Friday.", NOV, "2023-11-17", "2023-11-17"),
        ("They will meet on Friday.", NOV, "2023-11-24", "2023-11-24"),
        ("They fled on Thursday.", NOV, "2023-11-23", "2023-11-23"),
        ("The depot exploded on 26 December.", NOV, "2022-12-26", "2022-12-26"),
        ("The dividend will be paid on 26 December.", NOV, "2023-12-26", "2023-12-26"),
        ("The war has gone on since February 2014.", NOV, "2014-02-01", "2023-11-23"),
        ("It fell in late September.", NOV, "2023-09-21", "2023-09-30"),
        ("It was shelled earlier this month.", NOV, "2023-11-01", "2023-11-23"),
        ("It held from 3 May to 5 June 2022.", NOV, "2022-05-03", "2022-06-05"),
        ("It was hit between 5 and 11 September.", NOV, "2023-09-05", "2023-09-11"),
        ("In the early hours of 24 February 2022 it began.", NOV, "2022-02-24", "2022-02-24"),
        ("It froze last winter.", NOV, "2022-12-01", "2023-02-28"),
        ("It was struck overnight.", NOV, "2023-11-22", "2023-11-23"),
        ("Sumy was hit on 24.02.2022.", NOV, "2022-02-24", "2022-02-24"),
        ("It fell on 2022-02-24.", NOV, "2022-02-24", "2022-02-24"),
    ],
)
def test_interval(text, published, first, last):
    assert hull(one(text, published)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_since_starts_within_the_month_and_ends_at_publication():
    when = one("The war has gone on since February 2014.")
    assert when.shape == "since"
    assert when.edtf == "2014-02/2023-11-23"
    assert when.bounds == (date(2014, 2, 1), date(2014, 2, 28), NOV, NOV)


def test_a_bare_month_keeps_the_year_before_as_an_alternative():
    when = one("The offensive began in September.")
    assert (when.edtf, [a.edtf for a in when.alternatives]) == ("2023-09", ["2022-09"])
    assert when.anchor == NOV and when.basis and when.rule


def test_a_recent_day_has_no_alternative_year():
    assert one("It burned on 3 November.").alternatives == ()


def test_until_and_before_are_open_at_the_start():
    assert one("It stood until November 2022.").bounds == (None, None, date(2022, 11, 1), date(2022, 11, 30))
    before = one("Before 2014 it was quiet.")
    assert before.is_open and before.end_max == date(2013, 12, 31)


def test_vague_lengths_run_up_to_publication():
    when = one("The villages have been occupied for months.")
    assert when.shape == "duration" and when.approximate
    assert when.start_min < when.start_max < date(2023, 10, 1)
    assert when.end_max == NOV


def test_now_is_a_state_at_publication():
    when = one("They are now on the left bank.")
    assert when.shape == "throughout" and when.bounds == (NOV, NOV, NOV, NOV)


@pytest.mark.parametrize(
    "text",
    [
        "It was hit during the occupation.",
        "A 35-year-old man was hurt.",
        "Attacks happen every day.",
        "It moved at 60 kilometres an hour.",
        "They killed 2000 soldiers.",
        "He may march on.",
        "After the fall of the city they fled.",
        "It was taken on 31 September 2022.",
        "",
    ],
)
def test_no_time(text):
    assert find_times(text, published=NOV) == ()


def test_the_text_anchors_what_follows():
    found = find_times("Izium fell on 10 September 2022. Two days later they left.", published=NOV)
    assert [w.edtf for w in found] == ["2022-09-10", "2022-09-12"]


def test_a_year_of_the_sentence_before_is_taken_at_the_start_of_the_next():
    found = find_times("The war started in 2022. On 24 February columns crossed.", published=NOV)
    assert found[1].edtf == "2022-02-24"
    assert "2022" in found[1].basis


def test_events_of_the_calendar():
    calendar = (WAR, ANNEXATION)
    assert hull(one("Since the full-scale invasion it lay empty.", calendar=calendar)) == (WAR.start, NOV)
    assert one("Before the war it was quiet.", calendar=calendar).end_max == date(2022, 2, 23)
    after = one("Two weeks after the invasion it was taken.", calendar=calendar)
    assert after.start_min <= date(2022, 3, 10) <= after.end_max and after.anchor == WAR.start
    assert one("On day 100 of the war it fell.", calendar=calendar).edtf == "2022-06-03"
    month = one("It was the 21st month of the war.", calendar=calendar)
    assert hull(month) == (date(2023, 10, 24), date(2023, 11, 23))


def test_without_a_calendar_events_are_no_times():
    assert find_times("Since the invasion it lay empty.", published=NOV) == ()


def test_an_event_that_had_not_begun_is_no_anchor():
    assert find_times("Since the invasion it lay empty.", published=date(2021, 5, 1), calendar=(WAR,)) == ()


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("uk", "Місто відбили минулого тижня.", "2023-11-13/2023-11-19"),
        ("uk", "Харків обстріляли у ніч на 4 листопада.", "2023-11-04"),
        ("uk", "Торік тут був ринок.", "2022"),
        ("uk", "Парад відбудеться у п'ятницю.", "2023-11-24"),
        ("uk", "Парад відбудеться у п’ятницю.", "2023-11-24"),
        ("uk", "Війська вийшли 24-го лютого 2022 року.", "2022-02-24"),
        ("ru", "Город отбили на прошлой неделе.", "2023-11-13/2023-11-19"),
        ("ru", "В сентябре началось наступление.", "2023-09"),
        ("ru", "Парад пройдёт в пятницу.", "2023-11-24"),
        ("ru", "Плотину взорвали в ночь на 6 июня 2023 года.", "2023-06-06"),
    ],
)
def test_ukrainian_and_russian(language, text, edtf):
    assert one(text, language=language).edtf == edtf


def test_night_to_the_fourth_reaches_back_to_the_third():
    assert hull(one("Харків обстріляли у ніч на 4 листопада.", language="uk")) == (
        date(2023, 11, 3),
        date(2023, 11, 4),
    )


def test_zero_width_and_stress_marks_do_not_hide_a_word():
    assert one("It fell last\u200b we\u200bek.").edtf == "2023-11-13/2023-11-19"
    assert one("Город взяли в сентябре́.", language="ru").edtf == "2023-09"


def test_unknown_language_names_the_mend():
    with pytest.raises(DatelineError, match=r"use one of en, .*ru, uk"):
        find_times("gestern", published=NOV, language="de")


def test_implied_times_are_marked():
    assert hull(implied_recent(NOV)) == (date(2023, 10, 24), NOV)
    assert implied_state(NOV).bounds == (NOV, NOV, NOV, NOV)
    assert hull(implied_since(WAR.start, NOV)) == (WAR.start, NOV)
    assert all(w.implied and w.basis for w in (implied_recent(NOV), implied_state(NOV), open_when()))
    assert open_when().is_open


def test_same_input_same_output():
    text = (
        "On 3 May 2022 it fell. Since September they have held it for months; earlier this month they left."
    )
    assert find_times(text, published=NOV) == find_times(text, published=NOV)


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "It was shut in the first week of March.", "2023-03-01", "2023-03-07"),
        ("en", "It was shut in the last days of March 2022.", "2022-03-27", "2022-03-31"),
        ("en", "A year ago today a missile fell.", "2022-11-23", "2022-11-23"),
        ("en", "In the past 24 hours it was hit.", "2023-11-22", "2023-11-23"),
        ("en", "They will leave by the end of the year.", None, "2023-12-31"),
        ("uk", "Рівно рік тому впала ракета.", "2022-11-23", "2022-11-23"),
        ("uk", "У перший тиждень березня перехід закрили.", "2023-03-01", "2023-03-07"),
        ("ru", "Обстрел произошёл позапрошлой ночью.", "2023-11-21", "2023-11-22"),
    ],
)
def test_phrases_found_wanting_once(language, text, first, last):
    when = one(text, language=language)
    assert when.start_min == (date.fromisoformat(first) if first else None)
    assert when.end_max == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They hold the T1302 road."),
        ("en", "Half a year later it was shut."),
        ("en", "Units of the 5th and 35th armies came."),
        ("uk", "Знищено 1205 машин."),
        ("uk", "Удару зазнала вулиця 15 Квітня."),
    ],
)
def test_no_time_found_wanting_once(language, text):
    assert find_times(text, published=NOV, language=language) == ()


def test_the_war_without_a_name_is_what_goes_on():
    calendar = (NamedPeriod("full-scale invasion", WAR.start, None), ANNEXATION)
    assert one("Before the war it was quiet.", calendar=calendar).end_max == date(2022, 2, 23)
    assert one("До війни тут було тихо.", language="uk", calendar=calendar).end_max == date(2022, 2, 23)
    assert one("The day before the invasion they were called.", calendar=calendar).edtf == "2022-02-23"
    for text in (
        "After the Second World War it was built.",
        "Before the war in Iraq.",
        "Until the end of the war.",
    ):
        assert find_times(text, published=NOV, calendar=calendar) == ()


def test_after_an_event_is_after_its_end():
    calendar = (NamedPeriod("battle of Bakhmut", date(2022, 8, 1), date(2023, 5, 20)),)
    assert hull(one("After the battle of Bakhmut they left.", calendar=calendar)) == (date(2023, 5, 21), NOV)
    assert one("Before the battle of Bakhmut they left.", calendar=calendar).end_max == date(2022, 7, 31)


def test_hours_lie_on_the_day_in_hand():
    found = find_times("On Saturday he came. By noon they had left.", published=NOV)
    assert found[1].end_max == date(2023, 11, 18)
