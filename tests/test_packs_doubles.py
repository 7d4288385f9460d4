"""No one and nothing stands twice in a pack: actors, statements, and publishers as independence families."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[1]
PACKS = sorted(p.parent.name for p in (ROOT / "packs").glob("*/datapackage.json"))
ALIKE = 0.7  # of the words that either row uses; the nearest true pair of the packs, two nights' drones, has 0.68
SMALL = frozenset("the a an of in on at to and that for by its it was were had has is as with from not be would".split())
LABELS = frozenset("the www com co net org ua uk ru".split())  # words of an address that name no publisher
HOSTING = ("arcpublishing.com", "blogspot.com", "yahoo.com", "cloudfront.net", "herokuapp.com")  # one address, many publishers
Row = dict[str, str]


def table(pack: str, pattern: str) -> list[Row]:
    found: list[Row] = []
    for path in sorted((ROOT / "packs" / pack / "sources").glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            found.extend(csv.DictReader(file))
    return found


def records(pack: str) -> list[Row]:
    return [row for row in table(pack, "*.csv") if "family" in row and "says" in row]


def same_actors(actors: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Pairs of one role and overlapping days that share a name in a language."""
    by_name: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for actor in actors:
        for language in ("names_en", "names_uk", "names_ru"):
            for name in {n.strip().casefold() for n in actor[language].split("|")} - {""}:
                by_name[actor["role"], language, name].append(actor)
    return sorted(
        (a["id"], b["id"], name)
        for (_, _, name), group in by_name.items()
        for a, b in combinations(group, 2)
        if a["id"] != b["id"] and a["valid_from"] <= (b["valid_to"] or "9") and b["valid_from"] <= (a["valid_to"] or "9")
    )


def same_statements(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Pairs by one speaker on one day in nearly the same words, with the same numbers."""
    by_day: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "statement":
            by_day[row["subject"], row["start_max"]].append(row)
    return [(a["id"], b["id"]) for group in by_day.values() for a, b in combinations(group, 2) if alike(a["says"], b["says"])]


def alike(first: str, second: str) -> bool:
    one, two = (frozenset(re.findall(r"\w+", text.casefold())) - SMALL for text in (first, second))
    numbers = [{word for word in words if word.isdigit()} for words in (one, two)]
    return numbers[0] == numbers[1] and len(one & two) >= ALIKE * len(one | two)


def same_publishers(rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Two families that both bear the name of one site."""
    sites: dict[str, set[str]] = defaultdict(set)
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        host = (urlsplit(row["url"]).hostname or "").rstrip(".")
        site = domain(host)
        for family in row["family"].split("|"):
            if not site.endswith(HOSTING):
                sites[site].add(family)
                labels[site, family] |= set(re.split(r"[.-]", host))
    return sorted(
        (site, a, b)
        for site, families in sites.items()
        for a, b in combinations(sorted(families), 2)
        if named_after(a, labels[site, a]) and named_after(b, labels[site, b])
    )


def domain(host: str) -> str:
    """The registered part of a host: `pravda.com.ua` of `www.pravda.com.ua`."""
    parts = host.split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and parts[-2] in ("com", "co", "net", "org", "gov", "in", "edu", "ac") else parts[-2:])


def named_after(family: str, labels: set[str]) -> bool:
    words = set(family.split("-")) - LABELS
    return bool(words) and words <= labels


@pytest.mark.parametrize("pack", PACKS)
def test_no_actor_stands_twice(pack: str) -> None:
    assert same_actors(table(pack, "actors.csv")) == []


@pytest.mark.parametrize("pack", PACKS)
def test_no_statement_stands_twice(pack: str) -> None:
    assert same_statements(records(pack)) == []


@pytest.mark.parametrize("pack", PACKS)
def test_a_publisher_is_one_family(pack: str) -> None:
    """Else its page and a copy of it would count as two independent sources."""
    assert same_publishers(records(pack)) == []


def test_doubles_are_seen() -> None:
    actor = {"id": "a", "role": "person", "names_en": "Roman Starovoyt", "names_uk": "", "names_ru": "", "valid_from": "", "valid_to": ""}
    assert same_actors([actor, {**actor, "id": "b", "names_en": "Starovoit|roman starovoyt"}])
    earlier = {**actor, "id": "b", "valid_to": "2019-01-01"}
    assert not same_actors([{**actor, "valid_from": "2020-01-01"}, earlier])
    says = {
        "id": "a",
        "kind": "statement",
        "subject": "x",
        "start_max": "2023-01-01",
        "says": "The ministry said that 24 drones were shot down.",
    }
    assert same_statements([says, {**says, "id": "b", "says": "The ministry said 24 drones had been shot down."}])
    assert not same_statements([says, {**says, "id": "b", "says": "The ministry said that 11 drones were shot down."}])
    row = {"url": "https://www.pravda.com.ua/eng/1", "family": "pravda-ua"}
    assert same_publishers([row, {**row, "family": "pravda-com"}])
    assert not same_publishers([row, {**row, "family": "reuters"}])
