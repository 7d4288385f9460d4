"""EDTF and the arithmetic of periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DateError
from dateline.when import read_edtf, write_interval, write_value
from dateline.when.holidays import easter, holiday
from dateline.when.numdates import read_numeric
from dateline.when.periods import at, bounds, shift

DAYS = st.dates(date(1500, 1, 1), date(2500, 12, 31))
UNITS = st.sampled_from(["D", "W", "M", "SE", "Q", "HY", "Y", "DE", "CE"])


@given(DAYS, UNITS)
def test_the_period_at_a_day_holds_it(day, unit):
    first, last = bounds(at(day, unit))
    assert first <= day <= last


@given(DAYS, st.sampled_from(["D", "W", "M", "SE", "Q", "Y", "DE"]))
def test_a_period_reads_back_from_edtf(day, unit):
    value = at(day, unit)
    assert read_edtf(write_value(value)) == bounds(value)
    assert read_edtf(write_value(value, approximate=True)) == bounds(value)


@given(DAYS, DAYS)
def test_an_interval_reads_back(a, b):
    first, last = sorted((a, b))
    assert read_edtf(write_interval(first, last)) == (first, last)
    assert read_edtf(write_interval(None, last)) == (None, last)
    assert read_edtf(write_interval(first, None)) == (first, None)


@given(DAYS, UNITS, st.integers(-14, 50))
def test_shifting_there_and_back_stays_within_a_month_end(day, unit, n):
    there = shift(day, unit, n)
    assert there is not None
    back = shift(there, unit, -n)
    assert back is not None and abs(back - day) <= timedelta(3)


def test_shift_out_of_the_calendar_is_none():
    assert shift(date(9999, 1, 1), "Y", 1) is None
    assert shift(date(1, 1, 1), "D", -1) is None
    assert shift(date(2000, 1, 1), "D", 10**9) is None


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2022-13", "2022-02-30", "2023-09/2022-09", "[2022,x]", "0000"]
)
def test_bad_edtf_is_refused_with_a_mend(text):
    with pytest.raises(DateError, match=r"write it like|put the earlier"):
        read_edtf(text)


def test_edtf_of_our_kinds():
    assert read_edtf("2022-02~/2023-11-23") == (date(2022, 2, 1), date(2023, 11, 23))
    assert read_edtf("../2022-11") == (None, date(2022, 11, 30))
    assert read_edtf("2023-21") == (date(2023, 3, 1), date(2023, 5, 31))
    assert read_edtf("[2022-09,2023-09]") == (date(2022, 9, 1), date(2023, 9, 30))


@pytest.mark.parametrize(
    "value", ["2023-W60", "2023-02-30", "0000", "P2W", "BC0490", "XXXX", "2023-Q5", "99999"]
)
def test_values_without_days(value):
    assert bounds(value) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.02.2022", "2022-02-24"),
        ("24/02/2022", "2022-02-24"),
        ("2/24/22", "2022-02-24"),
        ("31.09.2022", None),
        ("99.99.2022", None),
        ("2022-02-24", "2022-02-24"),
        ("2022-02-30", None),
        ("1.2.345", None),
    ],
)
def test_dates_in_figures(text, day):
    assert read_numeric(text) == day


def test_easter_of_both_calendars():
    assert easter(2024) == date(2024, 3, 31)
    assert easter(2024, orthodox=True) == date(2024, 5, 5)
    assert easter(2025) == easter(2025, orthodox=True) == date(2025, 4, 20)
    assert holiday("11-Th4", 2023) == "2023-11-23"
    assert holiday("02-29", 2023) is None and holiday("12-25", 0) is None
