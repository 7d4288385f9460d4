"""The gathered rows of packs/ukraine: header, dates, addresses, and the counts that docs/gathering.md prints.

`python tests/test_pack_rows.py` prints the tables for that page anew.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "packs" / "ukraine" / "sources"
PAGE = ROOT / "docs" / "gathering.md"
RESOURCES = (
    "advances",
    "events",
    "statements",
    "strikes",
    "media",
    "sanctions",
    "aid",
    "accounts-2022",
    "accounts-2023",
    "accounts-2024",
    "accounts-2025",
)
HEADER = (
    "id,kind,predicate,subject,side,place_id,place_name,start_min,start_max,end_min,end_max,known_from,"
    "value_low,value_best,value_high,unit,population,counting_from,issuer,says,source,source_date,url,"
    "publisher,source_class,family,licence"
)
SIDES = ("ukraine", "russia", "")
LONGEST = 200  # characters of `says`: one sentence, as the pack format asks
# Hosts whose page was named from the compilers' knowledge and not read while gathering (docs/gathering.md).
UNREAD = frozenset(
    {
        "en.wikipedia.org",
        "en.kremlin.ru",
        "ofac.treasury.gov",
        "www.bundesregierung.de",
        "www.consilium.europa.eu",
        "commonslibrary.parliament.uk",
        "www.france24.com",
        "www.hrw.org",
        "www.reuters.com",
        "www.state.gov",
        "www.youtube.com",
    }
)
Row = dict[str, str]


def rows_of(resource: str) -> list[Row]:
    with (SOURCES / f"{resource}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS: dict[str, list[Row]] = {resource: rows_of(resource) for resource in RESOURCES}
ACTORS = {row["id"]: row for row in rows_of("actors")}
NAMED = [(resource, row) for resource in RESOURCES for row in ROWS[resource]]


def bounds(text: str) -> tuple[date, date]:
    """First and last day of an ISO day, month or year."""
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if re.fullmatch(r"\d{4}-\d\d", text):
        first = date.fromisoformat(f"{text}-01")
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return date.fromisoformat(text), date.fromisoformat(text)


def tables() -> str:
    """The counts per side, year and kind as Markdown, and how many addresses were read."""
    years = sorted({row["start_max"][:4] for _, row in NAMED})
    lines = ["| resource | rows | " + " | ".join(years) + " | page read | page named only |"]
    lines.append("|---|" + "---:|" * (len(years) + 3))
    for resource in RESOURCES:
        rows = ROWS[resource]
        per_year = Counter(row["start_max"][:4] for row in rows)
        unread = sum(urlsplit(row["url"]).netloc in UNREAD for row in rows)
        cells = [
            str(len(rows)),
            *(str(per_year[year]) for year in years),
            str(len(rows) - unread),
            str(unread),
        ]
        lines.append(f"| {resource} | " + " | ".join(cells) + " |")
    lines += ["", "| resource | ukraine | russia | other or none |", "|---|---:|---:|---:|"]
    for resource in RESOURCES:
        sides = Counter(row["side"] for row in ROWS[resource])
        lines.append(f"| {resource} | " + " | ".join(str(sides[side]) for side in SIDES) + " |")
    lines += ["", "| predicate of a statement | ukraine | russia | other |", "|---|---:|---:|---:|"]
    said = Counter((row["predicate"], row["side"]) for row in ROWS["statements"])
    for predicate in sorted({row["predicate"] for row in ROWS["statements"]}):
        lines.append(f"| {predicate} | " + " | ".join(str(said[predicate, side]) for side in SIDES) + " |")
    return "\n".join(lines)


@pytest.mark.parametrize("resource", RESOURCES)
def test_header_is_the_pack_format(resource: str) -> None:
    first = (SOURCES / f"{resource}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first == HEADER


def test_ids_are_unique() -> None:
    ids = Counter(row["id"] for _, row in NAMED)
    assert [key for key, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("resource", RESOURCES)
def test_dates_are_whole_and_in_order(resource: str) -> None:
    faults = []
    for row in ROWS[resource]:
        ends = [bounds(row[name]) for name in ("start_min", "start_max", "end_min", "end_max") if row[name]]
        known = date.fromisoformat(row["known_from"])
        ordered = row["start_min"] <= row["start_max"] and ends[0][0] <= ends[-1][1]
        if row["end_max"]:
            ordered = ordered and row["end_min"] <= row["end_max"] and row["start_min"] <= row["end_max"]
        # a thing is known at the earliest on its first possible day
        if not ordered or known < ends[0][0] or ends[-1][1] > date(2026, 8, 31):
            faults.append(row["id"])
    assert faults == []


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_row_names_a_page_and_says_one_sentence(resource: str) -> None:
    faults = []
    for row in ROWS[resource]:
        address = urlsplit(row["url"])
        good = address.scheme in {"http", "https"} and "." in address.netloc and " " not in row["url"]
        good = good and all(row[name] for name in ("source", "publisher", "family", "licence", "source_class"))
        good = good and row["says"].endswith(".") and len(row["says"]) <= LONGEST
        if not good:
            faults.append((row["id"], row["url"]))
    assert faults == []


def test_values_rise() -> None:
    faults = []
    for _, row in NAMED:
        values = [float(row[name]) for name in ("value_low", "value_best", "value_high") if row[name]]
        if values != sorted(values) or (values and not row["unit"]):
            faults.append(row["id"])
    assert faults == []


def test_speakers_and_donors_are_known_actors() -> None:
    for resource in ("statements", "sanctions", "aid"):
        unknown = {row["subject"] for row in ROWS[resource]} - set(ACTORS)
        assert unknown == set(), resource
    assert [row["id"] for row in ROWS["statements"] if row["side"] != ACTORS[row["subject"]]["side"]] == []


def test_both_sides_speak() -> None:
    rows = ROWS["statements"]
    russian = sum(row["side"] == "russia" for row in rows)
    assert len(rows) >= 500  # issue 6: at least 500 statements
    assert russian / len(rows) >= 0.4  # issue 6: at least 40 % from the Russian side
    for year in ("2022", "2023", "2024", "2025", "2026"):
        of_year = [row for row in rows if row["start_max"].startswith(year)]
        assert min(Counter(row["side"] for row in of_year)[side] for side in SIDES[:2]) >= 15, year


def test_strikes_and_scenes_are_many() -> None:
    assert len(ROWS["strikes"]) >= 150
    assert min(Counter(row["side"] for row in ROWS["strikes"])[side] for side in SIDES[:2]) >= 40
    assert len(ROWS["media"]) >= 60
    assert len({row["place_id"] for row in ROWS["media"]}) >= 30


def test_places_of_rows_are_defined() -> None:
    """An id of our own must stand in one of the pack's lists of places, with its coordinates."""
    lists = chain.from_iterable(rows_of(path.stem) for path in sorted(SOURCES.glob("places*.csv")))
    known = {row["id"] for row in lists if row["lat"] and row["lon"]}
    own = {row["place_id"] for _, row in NAMED if row["place_id"].startswith("dateline:")}
    assert own - known == set()
    assert [row["id"] for _, row in NAMED if bool(row["place_id"]) != bool(row["place_name"])] == []


def test_crimea_is_in_ukraine() -> None:
    crimea = [row for row in rows_of("places-events") if row["admin1"] in {"geonames:703883", "geonames:694422"}]
    assert crimea
    assert {row["country"] for row in crimea} == {"UA"}


def test_actors_have_names_in_three_languages() -> None:
    assert [key for key, row in ACTORS.items() if not (row["names_en"] and row["names_uk"] and row["names_ru"])] == []
    assert [key for key, row in ACTORS.items() if row["valid_from"] > (row["valid_to"] or "9999")] == []


def test_the_page_prints_the_counts() -> None:
    """docs/gathering.md is compared with what makes its tables."""
    assert tables() in PAGE.read_text(encoding="utf-8"), "run: python tests/test_pack_rows.py"


if __name__ == "__main__":
    import sys

    sys.stdout.write(tables() + "\n")
