"""The rules of time: tolerance, lag, openness, and that nobody is accused without coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.kinds.base import Setting
from dateline.kinds.judging import edtf, gap_days, judge_event, spell, windows
from dateline.text.lexicon import lexicon
from dateline.types import Claim, Coverage, Record, When
from dateline.verdict import ACCUSING, Verdict

PUBLISHED = date(2023, 11, 23)
COVERED = (Coverage("p", "r", ("control",), ("held",), ("x",), None, None, 0, 99, 100, "a list"),)
SETTING = Setting(PUBLISHED, None, lambda *a: (), lexicon("en"), date(2014, 2, 20), {"a": "A", "b": "B"}, (), (), ())  # type: ignore[arg-type]
DAYS = st.dates(date(2022, 2, 24), date(2024, 12, 31))


def record(start, end=None, source_class="press", number=1):
    return Record(
        id=f"r{number}",
        pack="p",
        resource="r",
        kind="control",
        predicate="held",
        subject=None,
        side="a",
        place_id="geonames:1",
        place_name="X",
        lat=None,
        lon=None,
        start_min=start,
        start_max=end or start,
        end_min=None,
        end_max=None,
        known_from=start,
        value_low=None,
        value_best=None,
        value_high=None,
        unit=None,
        population=None,
        counting_from=None,
        issuer=None,
        says="It changed hands.",
        source="Title",
        source_date=None,
        url="https://example.org/",
        publisher="P",
        source_class=source_class,
        family=f"f{number}",
        licence="CC0-1.0",
    )


def within(start, end):
    return When(start, end, start, end, edtf(start, end))


def claim(when):
    return Claim(
        id="q1", kind="control", predicate="took", sentence="s", sentence_start=0, sentence_end=1, text="s", start=0, end=1, when=when
    )


def judge(when, *records, covered=True):
    return judge_event(claim(when), records, SETTING, covering=lambda: COVERED if covered else (), what="X taken")


LAST_WEEK = within(date(2023, 11, 13), date(2023, 11, 19))


def test_a_record_in_time_supports():
    assert judge(LAST_WEEK, record(date(2023, 11, 15))).verdict is Verdict.SUPPORTED


def test_an_earlier_event_is_misdated_with_its_distance():
    found = judge(LAST_WEEK, record(date(2022, 9, 8)))
    assert found.verdict is Verdict.MISDATED
    assert found.happened is not None and found.happened.edtf == "2022-09-08"
    assert found.off_by_days == (date(2023, 11, 13) - date(2022, 9, 8)).days
    assert found.before_publication_days == (PUBLISHED - date(2022, 9, 8)).days


def test_silence_never_refutes_and_no_coverage_never_misdates():
    assert judge(LAST_WEEK).verdict is Verdict.UNVERIFIED
    assert judge(LAST_WEEK, record(date(2022, 9, 8)), covered=False).verdict is Verdict.UNVERIFIED


def test_what_came_only_after_publication_is_refuted():
    assert judge(LAST_WEEK, record(date(2024, 2, 1))).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("source_class", "days", "verdict"),
    [
        ("monitor", 1, Verdict.SUPPORTED),
        ("monitor", 2, Verdict.MISDATED),
        ("press", 3, Verdict.SUPPORTED),
        ("press", 4, Verdict.MISDATED),
        ("mapper", 11, Verdict.SUPPORTED),
        ("mapper", 12, Verdict.MISDATED),
    ],
)
def test_tolerance_is_a_day_and_the_lag_of_the_source(source_class, days, verdict):
    assert judge(LAST_WEEK, record(date(2023, 11, 13) - timedelta(days), source_class=source_class)).verdict is verdict


def test_a_record_that_knows_only_the_month_may_trail_by_one():
    month = record(date(2023, 10, 1), date(2023, 10, 31))
    assert judge(LAST_WEEK, month).verdict is Verdict.SUPPORTED
    assert judge(LAST_WEEK, record(date(2023, 9, 1), date(2023, 9, 30))).verdict is Verdict.MISDATED


@given(DAYS, st.integers(0, 400), st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=4), st.booleans())
def test_a_claim_that_a_record_meets_is_never_accused(start, length, starts, covered):
    when = within(start, start + timedelta(length))
    records = [record(day, day + timedelta(width), number=n) for n, (day, width) in enumerate(starts)]
    found = judge(when, *records, covered=covered)
    if any(gap_days(when, w.start, w.end) == 0 for r in records for w in windows([r])):
        assert found.verdict is Verdict.SUPPORTED
    if not covered:
        assert found.verdict not in ACCUSING


@given(st.one_of(st.none(), DAYS), st.lists(DAYS, min_size=1, max_size=3))
def test_an_open_interval_is_never_accused(bound, starts):
    for when in (When(None, bound, None, bound, "../"), When(bound, None, None, None, "/..")):
        found = judge(when, *[record(d, number=n) for n, d in enumerate(starts)])
        assert found.verdict not in ACCUSING


@given(DAYS, DAYS)
def test_another_reading_that_agrees_keeps_the_verdict_open(claimed, happened):
    when = replace(within(claimed, claimed), alternatives=(within(happened, happened),))
    assert judge(when, record(happened)).verdict not in ACCUSING


@given(st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=6))
def test_windows_hold_every_record_once_and_in_order(starts):
    records = [record(d, d + timedelta(n), number=i) for i, (d, n) in enumerate(starts)]
    found = windows(records)
    assert sorted(r.id for w in found for r in w.records) == sorted(r.id for r in records)
    assert all(a.end < b.start for a, b in zip(found, found[1:], strict=False))


def test_days_are_spelt_out():
    assert spell(date(2022, 9, 8), date(2022, 9, 8)) == "8 Sep 2022"
    assert spell(date(2022, 3, 31), date(2022, 4, 6)) == "31 Mar to 6 Apr 2022"
    assert spell(date(2022, 12, 31), date(2023, 1, 6)) == "31 Dec 2022 to 6 Jan 2023"
