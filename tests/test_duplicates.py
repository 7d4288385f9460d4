"""Near-duplicates: found, counted once, with when and in what they changed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import duckdb
import pytest

from dateline.batch import Job, run
from dateline.batch.duplicates import ALIKE, bands_of, sketches
from dateline.batch.local import here
from dateline.batch.summary import write_outputs

WORDS = [f"word{n}" for n in range(400)]
POST = (
    "Officials in Kharkiv said that at least 40 people were wounded on Monday when a missile hit a market near the station. "
    "Rescue workers searched the rubble until the evening and the mayor asked residents to stay at home. "
    "The region has been shelled again and again since the spring and many of the windows in the street are covered with boards."
)


def share(a: list[int], b: list[int]) -> float:
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def test_sketches_estimate_the_share_of_word_runs() -> None:
    draw = random.Random(7)
    for same in (100, 80, 60, 20):
        base = draw.sample(WORDS, 200)
        other = base[: 2 * same] + [f"x{w}" for w in base[2 * same :]]
        one, two = sketches([" ".join(base), " ".join(other)])
        runs = [{" ".join(t[n : n + 3]) for n in range(198)} for t in (base, other)]
        true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        assert abs(share(one, two) - true) < 0.15  # four standard errors at 128 permutations


def test_texts_without_words_have_no_bands() -> None:
    assert [bands_of(s) for s in sketches(["", " . "])] == [[], []]
    assert len(bands_of(sketches(["a b c d"])[0])) == 32


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies")
    rows = [
        ("other", "2023-04-30", "A different report on the harvest: farmers near Poltava say that the wheat is late this year."),
        ("copy2", "2023-05-20", POST.replace("at least 40", "at least 70").replace("Monday", "Friday")),
        ("first", "2023-05-02", POST),
        ("copy1", "2023-05-04", "Reposted. " + POST.replace("at least 40", "at least 60")),
        ("same", "2023-05-02", POST),
    ]
    source = folder / "posts.jsonl"
    source.write_text("".join(json.dumps({"id": i, "title": i, "published": d, "text": t}) + "\n" for i, d, t in rows), "utf-8")
    run(Job(source, folder / "out", size=2), here)
    return folder / "out"


def test_copies_are_counted_once_with_first_and_changes(corpus: Path) -> None:
    told = write_outputs(corpus)
    assert (told.reports, told.copies) == (5, 3)
    copies = duckdb.execute(
        f"SELECT first, copy, days_after, alike FROM '{corpus}/duplicates.parquet' ORDER BY days_after, copy"
    ).fetchall()
    assert {first for first, *_ in copies} == {"000001-0000"}  # the earliest, wherever it stands in the input
    assert [days for *_, days, _ in copies] == [0, 2, 18]
    assert all(alike >= ALIKE for *_, alike in copies)
    changed = duckdb.execute(f"SELECT sort, before, after FROM '{corpus}/mutations.parquet' ORDER BY ALL").fetchall()
    assert ("figure", "40", "60") in changed
    assert ("figure", "40", "70") in changed
    assert any(sort == "date" and (before[-6:], after[-6:]) == ("Monday", "Friday") for sort, before, after in changed)
    [(_, _, _, count, days, mutations)] = told.groups
    assert (count, days, mutations) == (3, 18, len(changed))


def test_the_counts_leave_copies_out(corpus: Path) -> None:
    told = write_outputs(corpus)
    alone = sum(n for _, n, _ in told.verdicts)
    everything = sum(n for *_, n in told.verdicts)
    findings = duckdb.execute(f"SELECT count(*) FROM '{corpus}/findings/*.parquet' WHERE inherited_from IS NULL").fetchall()[0][0]
    assert everything == findings > alone
    assert sum(month[1] for month in told.months) == told.reports - told.copies
