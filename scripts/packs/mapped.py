"""packs/ukraine-mapped: who held which place when, from the derived changes of two or more map families.

Two resources: `changes` (seen by two or more independent families) and `changes-single` (by one). Dates are those
on which maps first showed a change: start_min is the first family's day, start_max the median one's (a map may lag
behind an event, it cannot run ahead of it; the last family's day is told in `says`).
"""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gazetteer import SHARED, Gazetteer, Spot, km
from rows import PACKS, write_rows

DAY = timedelta(days=1)
DATA_END = date(2026, 8, 13)  # last day on which any family is seen in the derived file
INVASION = date(2022, 2, 24)
SAME_CHANGE_DAYS = 31  # entries of one place that turn the same way within a month tell of one change
LICENCE = "LicenseRef-derived-facts"
TITLE = "Changes of holder derived from published control maps"
URL = "https://liveuamap.com"
FAMILY_PAGES = {
    "isw": ("Institute for the Study of War", "https://understandingwar.org/map-room/"),
    "liveuamap": ("Liveuamap", "https://liveuamap.com/"),
    "deepstate": ("DeepState", "https://deepstatemap.live/"),
    "owl": ("Project Owl", "https://www.google.com/maps/d/viewer?mid=180u1IkUjtjpdJWnIC0AxTKSiqK4G6Pez"),
}
SIDE = {"to_Russia": "russia", "to_Ukraine": "ukraine"}
NAME = {"russia": "Russia", "ukraine": "Ukraine"}


@dataclass(frozen=True)
class Change:
    """One turn of one place: to which side, first sightings (first, median, last), last seen before, by whom."""

    side: str
    first: date
    median: date
    last: date
    seen_before: date
    families: tuple[str, ...]
    off_km: float


def make(gazetteer: Gazetteer) -> set[str]:
    """Writes both resources and gives the ids of the places they name."""
    several = _changes(gazetteer, SHARED / "control/derived_changes_2plus_families.csv", lambda n: n >= 2)
    single = _changes(gazetteer, SHARED / "control/derived_changes_all_families.csv.xz", lambda n: n == 1)
    out = PACKS / "ukraine-mapped/sources"
    rows = [
        r for i in sorted(several) for r in _rows(gazetteer.spots[i], several[i], single.get(i, []), "map")
    ]
    alone = [r for i in sorted(single) for r in _alone(gazetteer.spots[i], single[i], several.get(i, []))]
    write_rows(out / "changes.csv", rows)
    write_rows(out / "changes-single.csv", alone)
    return {str(r["place_id"]) for r in rows + alone}


def chains(gazetteer: Gazetteer) -> dict[str, list[Change]]:
    """The turns of every place that two or more families saw, in order (also used to measure agreement)."""
    return _changes(gazetteer, SHARED / "control/derived_changes_2plus_families.csv", lambda n: n >= 2)


def _changes(gazetteer: Gazetteer, path, wanted) -> dict[str, list[Change]]:  # type: ignore[no-untyped-def]
    opener = lzma.open if path.suffix == ".xz" else open
    found: dict[str, list[Change]] = defaultdict(list)
    with opener(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if wanted(int(row["n_families"])):
                spot = gazetteer.by_wof[row["wof_id"]]
                found[spot.id].append(
                    Change(
                        SIDE[row["change"]],
                        *(date.fromisoformat(row[c]) for c in ("date_first", "date_median", "date_last")),
                        date.fromisoformat(row["earliest_last_seen_in_old_state"]),
                        tuple(sorted(row["families"].split("+"))),
                        round(km(spot.lat, spot.lon, float(row["lat"]), float(row["lon"])), 1),
                    )
                )
    return {place: _merged_by_family(changes) for place, changes in found.items()}


def _merged_by_family(changes: list[Change]) -> list[Change]:
    """Changes merged into turns: those of several families together, those of one family alone by themselves."""
    several = [c for c in changes if len(c.families) > 1]
    if several:
        return _merged(several)
    names = sorted({c.families for c in changes})
    merged = [turn for name in names for turn in _merged([c for c in changes if c.families == name])]
    return sorted(merged, key=lambda c: (c.first, c.last, c.families))


def _merged(changes: list[Change]) -> list[Change]:
    """One change a turn: of the doubled entries of a place the one that most families saw, then the nearest.

    A turn to the side that already holds the place tells of nothing and is passed over.
    """
    ordered = sorted(changes, key=lambda c: (c.first, c.last, c.side, c.off_km))
    kept: list[Change] = []
    for change in ordered:
        if kept and kept[-1].side == change.side:
            before = kept[-1]
            if (change.first - before.first).days <= SAME_CHANGE_DAYS:
                better = min((before, change), key=lambda c: (-len(c.families), c.off_km, c.last))
                kept[-1] = replace(
                    better,
                    seen_before=min(before.seen_before, change.seen_before)
                    if better is before
                    else better.seen_before,
                )
        else:
            kept.append(change)
    while any(
        b.first <= a.first for a, b in zip(kept, kept[1:], strict=False)
    ):  # two turns on one day: a flap
        i = next(i for i, (a, b) in enumerate(zip(kept, kept[1:], strict=False)) if b.first <= a.first)
        del kept[i : i + 2]
    return kept


def _rows(spot: Spot, changes: list[Change], single: list[Change], prefix: str) -> list[dict[str, object]]:
    tag = _tag(spot)
    rows = []
    if changes and changes[0].side == "ukraine":
        rows.append(_before(spot, changes[0], single, f"{prefix}-{tag}-0"))
    for number, change in enumerate(changes, 1):
        following = changes[number] if number < len(changes) else None
        row = _row(spot, change, f"{prefix}-{tag}-{number}")
        if following is None:
            row["end_min"] = DATA_END
        rows.append(row)
    return rows


def _alone(spot: Spot, single: list[Change], several: list[Change]) -> list[dict[str, object]]:
    """One family's changes; each ends with the next turn the other way that this family or two others saw."""
    rows = []
    everything = sorted([*single, *several], key=lambda c: (c.first, c.last))
    for number, change in enumerate(single, 1):
        before = [c for c in everything if c.first < change.first and set(c.families) & set(change.families)]
        if before and before[-1].side == change.side:
            continue  # this family had already shown it so
        row = _row(spot, change, f"one-{_tag(spot)}-{number}")
        after = next(
            (
                c
                for c in everything
                if c.first > change.first
                and c.side != change.side
                and (set(c.families) & set(change.families) or len(c.families) > 1)
            ),
            None,
        )
        row["end_min"] = max(after.first - DAY, change.first) if after else DATA_END
        row["end_max"] = max(after.median, change.median) if after else ""
        rows.append(row)
    return rows


def _tag(spot: Spot) -> str:
    return spot.id.replace("geonames:", "g").replace("wof:", "w")


def _row(spot: Spot, change: Change, row_id: str) -> dict[str, object]:
    named = " and ".join(change.families) if len(change.families) < 3 else ", ".join(change.families)
    main = next(f for f in ("isw", "liveuamap", "deepstate", "owl") if f in change.families)
    publisher, url = FAMILY_PAGES[main]
    days = (
        f"on {change.first}" if change.first == change.last else f"between {change.first} and {change.last}"
    )
    return {
        "id": row_id,
        "kind": "control",
        "predicate": "held",
        "side": change.side,
        "place_id": spot.id,
        "place_name": spot.name,
        "start_min": change.first,
        "start_max": change.median,
        "known_from": change.first,
        "says": f"{spot.name} was first shown as held by {NAME[change.side]} {days} on the maps of {named}.",
        "source": TITLE,
        "source_date": change.last,
        "url": url,
        "publisher": " / ".join(FAMILY_PAGES[f][0] for f in change.families),
        "source_class": "mapper",
        "family": "|".join(change.families),
        "licence": LICENCE,
    }


def _before(spot: Spot, change: Change, single: list[Change], row_id: str) -> dict[str, object]:
    """Russia held the place before its first turn, since a day between the invasion and the last sighting."""
    seen = [c.last for c in single if c.side == "russia" and c.last < change.first]
    latest = max(min([change.seen_before, *seen]), INVASION)
    row = _row(spot, replace(change, side="russia", first=INVASION, median=latest, last=latest), row_id)
    row["says"] = (
        f"{spot.name} was shown as held by Russia at the latest on {latest}; since when is not told."
    )
    row["known_from"] = latest
    return row
