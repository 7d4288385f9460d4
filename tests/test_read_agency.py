"""Agency datelines without a year: the page must name the year, else there is no date and a reason."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.read import read
from dateline.read.agency import day_of_address
from dateline.read.lines import byline

BODY = {
    "en": "Shelling hit the town and three people were hurt, the service said. Crews worked through the night.",
    "uk": "Обстріл зачепив місто, троє людей поранені, повідомили у службі. Рятувальники працювали всю ніч.",
    "ru": "Обстрел задел город, трое человек ранены, сообщили в службе. Спасатели работали всю ночь.",
}
WHOLE = {"en": "It began on 20 November 2023.", "uk": "Це почалося 20 листопада 2023 року.", "ru": "Это началось 20 ноября 2023 года."}
OPENINGS = [
    ("en", "KYIV, Nov 23 (Agency) -"),
    ("en", "KYIV, Ukraine, November 23 (Agency) —"),
    ("en", "KYIV, Thursday, Nov 23 (Agency) -"),
    ("en", "Nov 23 (Agency) -"),
    ("uk", "КИЇВ, 23 листопада (Агенція) –"),
    ("uk", "КИЇВ, 23 листопада. /Агенція/."),
    ("uk", "Київ. 23 листопада. АГЕНЦІЯ."),
    ("ru", "МОСКВА, 23 ноября. /АГЕНТСТВО/."),
    ("ru", "МОСКВА, 23 ноя — Агентство."),
]
PAGE = '<html><head><link rel="canonical" href="{url}"></head><body><article><p>KYIV, {day} (Agency) - {body}</p></article></body></html>'


@pytest.mark.parametrize(("language", "opening"), OPENINGS)
def test_the_year_of_a_date_in_the_story(language, opening):
    document = read(f"{opening} {BODY[language]} {WHOLE[language]}".encode())
    assert document.published == date(2023, 11, 23)
    assert "its year from 2023-11-20 in the text" in document.published_basis


@pytest.mark.parametrize(("language", "opening"), OPENINGS)
def test_no_year_no_date_and_the_reason(language, opening):
    document = read(f"{opening} {BODY[language]}".encode())
    assert document.published is None
    assert "names no year" in document.published_basis and "--published" in document.published_basis


@pytest.mark.parametrize(
    ("url", "day", "expected"),
    [
        ("https://x.example/2023/11/23/a", "Nov 23", date(2023, 11, 23)),
        ("https://x.example/2024/01/a", "Dec 31", date(2023, 12, 31)),
        ("https://x.example/news/20231123-a", "Nov 22", date(2023, 11, 22)),
        ("https://x.example/2023/a", "Nov 23", date(2023, 11, 23)),
        ("https://x.example/a-1234", "Nov 23", None),
        ("https://x.example/2023/05/01/a", "Nov 23", date(2023, 5, 1)),
    ],
)
def test_the_year_of_the_address(url, day, expected):
    page = PAGE.format(url=url, day=day, body=BODY["en"] * 3)
    assert read(page.encode()).published == expected


def test_a_weekday_refuses_a_year():
    text = f"KYIV, Wednesday, Nov 23 (Agency) - {BODY['en']} {WHOLE['en']}"
    assert read(text.encode()).published is None, "23 November 2023 was a Thursday"


def test_a_sentence_is_no_dateline():
    text = f"In Kyiv, 23 November - the day of the fair - was wet. {BODY['en']} {WHOLE['en']}"
    assert read(text.encode()).published is None


@pytest.mark.parametrize("url", [None, "", "https://x.example/2023/13/45/a", "https://x.example/20230231/a", "https://x.example/9" * 50])
def test_an_address_without_a_day(url):
    assert day_of_address(url) is None


def test_a_long_first_line_is_read_at_once():
    assert read(("KYIV, " * 50_000 + BODY["en"]).encode()).published is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe in Kyiv and John Roe in Odesa", "Jane Doe and John Roe"),
        ("Reporting by Jane Doe; Editing by Ann Poe", "Jane Doe"),
        ("Автор статті: Іван Петренко", "Іван Петренко"),
        ("Журналістка Олена Коваль", "Олена Коваль"),
        ("Корреспондент: Иван Петров из Москвы", "Иван Петров"),
        ("Текст договору оприлюднили", None),
        ("By foot in Kyiv", None),
    ],
)
def test_bylines(line, names):
    assert byline(line) == names
