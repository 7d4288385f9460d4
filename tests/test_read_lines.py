"""What a line is for, told by the line alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import lines
from dateline.read.courtesy import courtesy_start
from dateline.read.language import detect_language
from dateline.read.lines import Line, classify


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", Line.BLANK),
        ("--", Line.RULE),
        ("* * *", Line.RULE),
        ("———", Line.RULE),
        ("2 min readNov 23, 2023", Line.READING_TIME),
        ("Jane Doe · 5 min read · May 2, 2023", Line.READING_TIME),
        ("Час читання: 3 хв", Line.READING_TIME),
        ("2 мин. чтения", Line.READING_TIME),
        ("November 23, 2023", Line.DATE),
        ("Published: 23 November 2023 at 14:20 GMT", Line.DATE),
        ("23.11.2023 14:20", Line.DATE),
        ("2023-11-23T14:20:00+02:00", Line.DATE),
        ("Опубліковано: 9 березня 2024 року", Line.DATE),
        ("9 марта 2024 г., суббота", Line.DATE),
        ("By Jane Doe and John Roe", Line.BYLINE),
        ("Автор: Оксана Гайдай", Line.BYLINE),
        ("Подготовила Анна Светлова", Line.BYLINE),
        ("Published in The Gazette", Line.PUBLISHER),
        ("Responses (12)", Line.RESPONSES),
        ("3 comments", Line.RESPONSES),
        ("Коментарі (2)", Line.RESPONSES),
        ("Leave a comment", Line.RESPONSES),
        ("Share", Line.CHROME),
        ("1.2K followers", Line.CHROME),
        ("Читайте також: Розклад порома", Line.CHROME),
        ("Photo: Jane Doe / Example Press", Line.CHROME),
        ("© 2026 The Gazette", Line.CHROME),
        ("17", Line.CHROME),
        ("Jane Doe", Line.NAME),
        ("Оксана Петрівна Гайдай", Line.NAME),
        ("The town was freed.", Line.PROSE),
        ("“It holds,” said the mayor.", Line.PROSE),
        ("Місто звільнили у п’ятницю вранці.", Line.PROSE),
        ("Footbridge laid over the broken span", Line.SHORT),
        ("- forty people at a time", Line.SHORT),
    ],
)
def test_line(line, kind):
    assert classify(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the town had fallen.",
        "In March 2022 the battalion left the town and the river froze.",
        "Comments (made in haste) cost the minister his post.",
        "Share prices fell on 24 February 2022 across Europe.",
        "Read more slowly, the order says the opposite of that.",
        "A 5 min read of the order shows the opposite, he wrote.",
        "If you have questions about the shelling of 5 May, ask the ministry, he said.",
    ],
)
def test_sentences_that_look_like_furniture_stay_prose(line):
    assert classify(line) is Line.PROSE


@pytest.mark.parametrize(
    "line", ["March 2022 offensive", "24 February 2022: the first day", "5 May, Kyiv region"]
)
def test_a_line_with_a_date_and_more_is_no_date(line):
    assert not lines.is_date(line)


def test_reading_time_and_responses_are_read():
    assert lines.reading_time("2 min readNov 23, 2023") == "2 min read"
    assert lines.reading_time("It takes about 3 minutes to read the order aloud in court") is None
    assert lines.responses("Responses (12)") == 12
    assert lines.responses("3 comments") == 3
    assert lines.responses("Leave a comment") is None


@pytest.mark.parametrize(
    ("paragraph", "start"),
    [
        ("I hope you like my post. If you have any questions, please let me know. 😊", 0),
        ("A second span is planned. Thanks for reading!", 26),
        ("Дякую за увагу! Якщо у вас є запитання, пишіть у коментарях.", 0),
        ("Надеюсь, статья была вам полезна. Спасибо за внимание!", 0),
        ("Please share.", 0),
        ("The president closed with “thank you for your support”.", None),
        ("Thanks for reading, the mayor said; then the shelling began.", None),
        ("He said he hoped that the bridge would hold.", None),
        ("The president thanked the allies for their support.", None),
        ("Let me know, she wrote to her son at the front, and he did not answer. The line was dead.", None),
    ],
)
def test_courtesy(paragraph, start):
    assert courtesy_start(paragraph) == start


@given(st.text(max_size=300))
def test_every_line_is_something_and_nothing_fails(line):
    assert classify(line) in Line
    courtesy_start(line)
    detect_language(line)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The town was freed.", "en"),
        ("Місто звільнили вранці.", "uk"),
        ("Город освободили утром, это подтвердили.", "ru"),
        ("Загинули семеро людей, серед них шестирічна дівчинка.", "uk"),
        ("Минобороны объявило о переброске войск.", "ru"),
        ("The paper «Комсомольская правда» wrote of a town.", "en"),
        ("", "en"),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language
