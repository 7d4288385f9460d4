"""Hostile text: no crash, no hang, offsets that hold, work in proportion to the length."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.when import find_times, read_times
from dateline.when.lexicon import languages, load
from dateline.when.pattern import parse_pattern
from dateline.when.rules import RULES
from dateline.when.tokens import CATEGORIES

NOV = date(2023, 11, 23)
WORDS = st.sampled_from(
    "last week September 24 February 2022 , - – . the of two days ago since until between and 31 1990s '41 BC by "
    "Friday morning 5 p.m. 24.02.2022 12:30 99999999 half a several early end minulого тижня 24-го лютого \n\n ( ) "
    "через два дні назад позавчера ночь на XVIII століття \u200b ́ 😊 every year-old for months 0 9999 10000".split(
        " "
    )
)


@settings(max_examples=300)
@given(
    st.lists(WORDS, max_size=40),
    st.sampled_from(["en", "uk", "ru"]),
    st.sampled_from([None, "news", "narrative"]),
)
def test_word_salad_keeps_its_promises(words, language, genre):
    text = " ".join(words)
    for when in find_times(text, published=NOV, language=language, genre=genre):
        assert text[when.start : when.end] == when.words
        low, high = when.start_min, when.end_max
        assert low is None or high is None or low <= high
        assert when.edtf and when.basis and when.rule


@given(st.text(max_size=300), st.sampled_from(["en", "uk", "ru"]))
def test_any_text(text, language):
    found = find_times(text, published=NOV, language=language)
    spans = [(w.start, w.end) for w in found]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)])
def test_the_ends_of_the_calendar(published):
    text = "Last year, next century, two decades ago, in recent weeks, for months, a thousand years later, on Friday, in May."
    find_times(text, published=published)
    find_times(
        text + " In 1942 it began; ten centuries earlier. In June.", published=published, genre="narrative"
    )


def _events(text):
    """How many Python function calls reading a text takes: a measure of work that no busy machine sways."""
    count = 0

    def tick(frame, event, arg):
        nonlocal count
        count += event == "call"

    sys.setprofile(tick)
    try:
        find_times(text, published=NOV)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "24 February ",
        "the ",
        "'",
        "-",
        "2022-",
        "1,000,",
        "two ",
        "a.b.",
        "Monday, ",
        "\n\n",
        "(",
        "12:30 ",
    ],
)
def test_work_grows_with_the_length_only(piece):
    small, large = _events(piece * 1000), _events(piece * 4000)
    assert large <= 5 * small + 5000


def test_a_megabyte_of_digits():
    assert find_times("7" * 1_000_000, published=NOV) == ()


def test_narrative_work_grows_with_the_length_only():
    text = "In 1942 it fell. On 3 May they left. "
    small = len(read_times(text * 50, published=NOV, genre="narrative").resolved)
    assert small == 100


def test_packs_name_only_known_categories():
    for code in languages():
        lexicon = load(code)
        entries = [*lexicon.words.values(), *(e for found in lexicon.phrases.values() for _, e in found)]
        assert {e.category for e in entries} <= set(CATEGORIES), code


def test_every_language_has_the_backbone():
    for code in languages():
        categories = {e.category for e in load(code).words.values()}
        assert {
            "month",
            "wday",
            "unit",
            "units",
            "year",
            "num",
            "season",
            "last",
            "this",
            "next",
            "since",
        } <= categories
        months = {e.value for e in load(code).words.values() if e.category == "month"}
        assert months == {str(n) for n in range(1, 13)}


def test_patterns_repeat_nothing_without_limit():
    for name, pattern, _ in RULES:
        regex, first = parse_pattern(pattern)
        assert first, name
        assert not set("*+{") & set(regex.pattern), name


def test_an_unknown_category_in_a_pattern_fails_at_once():
    with pytest.raises(KeyError):
        parse_pattern("month nonsense")
