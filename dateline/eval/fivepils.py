"""`dateline eval fivepils`: captions of fact-checked pictures: is the claimed time or place told apart from the true one?

Reads `../shared/data/factchecks/fivepils/` (5Pils, CC BY-SA 4.0; only read, nothing of it is kept). Read from the caption and
its publication date: the claimed time and place. Read from the fact-checkers' own words: the true ones. Held against their
annotation of what was claimed: misdated where the months differ, misplaced where the two places share no word.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline.kinds.judging import WIDENING, gap_days
from dateline.types import Place, When
from dateline.when import find_times, implied_recent
from dateline.where import Gazetteer, find_places, open_gazetteer

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "factchecks" / "fivepils"
NONE = "not enough information"
FAR_KM = 50.0  # nearer than that a caption names the same place more or less widely (own choice)
RECENT = re.compile(r"\b(?:recent|latest|now|today|yesterday|breaking|just)\w*\b", re.I)
MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


def main(argv: Sequence[str]) -> int:
    """Print how often the two are told apart, in the three ways that count."""
    argparse.ArgumentParser(prog="dateline eval fivepils").parse_args(list(argv))
    if not FOLDER.is_dir():
        print(f"{FOLDER}: not here; 5Pils is not part of the project")
        return 0
    rows = [r for part in ("train", "val") for r in json.loads((FOLDER / f"{part}.json").read_text("utf-8"))]
    gazetteer = open_gazetteer()
    _table("time", Counter(_time(r) for r in rows if r.get("claimed_date", NONE) != NONE and r.get("date", NONE) != NONE))
    _table(
        "place", Counter(_place(r, gazetteer) for r in rows if r.get("claimed_location", NONE) != NONE and r.get("location", NONE) != NONE)
    )
    return 0


def _table(name: str, found: Counter[tuple[bool | None, bool | None]]) -> None:
    """`found` counts (annotated as wrong, told as wrong); None is undecided."""
    judged = Counter({k: n for k, n in found.items() if k[0] is not None})
    total, decided = sum(judged.values()), sum(n for (_, told), n in judged.items() if told is not None)
    right = judged[True, True] + judged[False, False]
    print(f"{name}: {total} captions with both annotated, {decided} decided")
    print(f"  told apart rightly          {right} of {decided} decided, {right} of {total}")
    print(f"  wrong ones called wrong     {judged[True, True]} of {judged[True, True] + judged[True, False] + judged[True, None]}")
    print(f"  right ones called wrong     {judged[False, True]} of {judged[False, True] + judged[False, False] + judged[False, None]}")


def _time(row: dict[str, Any]) -> tuple[bool | None, bool | None]:
    published = date.fromisoformat(row["publication_date"][:10])
    true_days = [date.fromisoformat(d[:10]) for d in row.get("date_numeric_label") or ()]
    claimed = _months(str(row["claimed_date"]))
    annotated = None if claimed is None or not true_days else not any(_within(d, claimed) for d in true_days)
    told = _told_time(str(row["claim"]), published)
    truths = [t for t in find_times(str(row["date"]), published=published) if t.start_min is not None and t.end_max is not None]
    if told is None or not truths:
        return annotated, None
    gaps = [gap_days(told, t.start_min, t.end_max) or 0 for t in truths if t.start_min and t.end_max]
    return annotated, min(gaps) > WIDENING


def _told_time(caption: str, published: date) -> When | None:
    own = [t for t in find_times(caption, published=published) if t.shape == "within" and not t.is_open]
    if own:
        return own[0]
    return implied_recent(published) if RECENT.search(caption) else None


def _months(text: str) -> tuple[int, int | None] | None:
    """Year and month of an annotated date, the month None where only the year is given."""
    iso = re.match(r"(\d{4})-(\d\d)", text)
    if iso:
        return int(iso[1]), int(iso[2])
    named = re.fullmatch(r"(?:\d{1,2} )?([A-Z][a-z]{2})[a-z]* (\d{4})", text.strip())
    if named and named[1].lower() in MONTHS:
        return int(named[2]), MONTHS[named[1].lower()]
    return (int(text), None) if re.fullmatch(r"(?:19|20)\d\d", text.strip()) else None


def _within(day: date, claimed: tuple[int, int | None]) -> bool:
    return day.year == claimed[0] and claimed[1] in (None, day.month)


def _place(row: dict[str, Any], gazetteer: Gazetteer) -> tuple[bool | None, bool | None]:
    claimed, true = str(row["claimed_location"]), str(row["location"])
    annotated = not {w.lower() for w in re.findall(r"\w{4,}", claimed)} & {w.lower() for w in re.findall(r"\w{4,}", true)}
    told, known = (_places(text, gazetteer) for text in (f"{row['claim']}", true))
    if not told or not known:
        return annotated, None
    return annotated, not any(_same(a, b, gazetteer) for a in told for b in known)


def _places(text: str, gazetteer: Gazetteer) -> list[Place]:
    return [w.place for w in find_places(text, gazetteer) if w.place is not None]


def _same(one: Place, other: Place, gazetteer: Gazetteer) -> bool:
    if one.id == other.id or gazetteer.contains(one.id, other.id) or gazetteer.contains(other.id, one.id):
        return True
    return (gazetteer.distance_km(one.id, other.id) or 1e9) <= FAR_KM


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
