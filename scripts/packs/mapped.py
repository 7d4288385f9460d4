"""packs/ukraine-mapped: who held which place when, from the derived changes of independent map families.

Every family's turns at a place are followed in order. A place turns when a second family shows it so within
three months of the first: `changes`, with the first family's day as start_min and the second one's as
start_max (a map may lag behind an event, it cannot run ahead of it). What one family alone showed goes to
`changes-single`.
"""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import kse
from gazetteer import SHARED, Gazetteer, Spot, km
from rows import PACKS, read_rows, write_rows

DAY = timedelta(days=1)
DATA_END = date(2026, 8, 13)  # last day on which any family is seen in the derived file
INVASION = date(2022, 2, 24)
TOGETHER = timedelta(days=92)  # two families further apart than this did not see the same change
# A map's redrawing of the line of 2014: 1,306 places behind it turned on one day on one family's map alone.
REDRAWN = {("liveuamap", date(2024, 3, 13))}
SAME_TURN = timedelta(days=31)  # points of one place turn within a month
FLAP = timedelta(days=14)  # one family's turn that it takes back sooner is a correction of its drawing
# Regions that Russian forces left altogether by this day (Wikipedia, Northern Ukraine campaign): a village
# there that maps show taken in spring 2022 and never given back was forgotten, so its state ends by then.
LEFT_BY = {
    place: date(2022, 4, 8)
    for place in (
        "geonames:703446",
        "geonames:710734",
        "geonames:692196",
        "geonames:686966",
        "geonames:696634",
    )
}
INDEPENDENCE = date(1991, 8, 24)
OCCUPIED_2014 = (date(2014, 4, 6), date(2015, 2, 18))  # first seizures in Donbas to the end of the battle of Debaltseve
LICENCE = "LicenseRef-derived-facts"
TITLE = "Changes of holder derived from published control maps"
FAMILY_PAGES = {
    "isw": ("Institute for the Study of War", "https://understandingwar.org/map-room/"),
    "liveuamap": ("Liveuamap", "https://liveuamap.com/"),
    "deepstate": ("DeepState", "https://deepstatemap.live/"),
    "owl": ("Project Owl", "https://www.google.com/maps/d/viewer?mid=180u1IkUjtjpdJWnIC0AxTKSiqK4G6Pez"),
}
SIDE = {"to_Russia": "russia", "to_Ukraine": "ukraine"}
NAME = {"russia": "Russia", "ukraine": "Ukraine"}


@dataclass(frozen=True)
class Sighting:
    """One cluster of the derived file: families that first showed a place under a side between these days."""

    median: date
    first: date
    last: date
    side: str
    families: tuple[str, ...]
    seen_before: date
    off_km: float


@dataclass(frozen=True)
class Change:
    """A turn of a place: `first` to `median` is when it was first shown by one and by two families."""

    side: str
    first: date
    median: date
    last: date
    seen_before: date
    families: tuple[str, ...]


def make(gazetteer: Gazetteer) -> set[str]:
    """Writes both resources and gives the ids of the places they name."""
    several: list[dict[str, object]] = []
    alone: list[dict[str, object]] = []
    for place, found in sorted(sightings(gazetteer).items()):
        changes, single = turns(found)
        several += _rows(gazetteer.spots[place], changes)
        alone += _alone(gazetteer.spots[place], single, found, changes)
    rest = unchanged(gazetteer)
    out = PACKS / "ukraine-mapped/sources"
    write_rows(out / "unchanged.csv", rest)
    write_rows(out / "changes.csv", several)
    write_rows(out / "changes-single.csv", alone)
    return {str(r["place_id"]) for r in [*several, *alone, *rest]}


def unchanged(gazetteer: Gazetteer) -> list[dict[str, object]]:
    """Centres of hromadas at which no family showed a change: their holder of before the invasion all along."""
    tables = ("control-encyclopaedia", "control-own", "control-lists")
    told = [row for name in tables for row in read_rows(PACKS / f"ukraine/sources/{name}.csv")]
    taken = {row["place_id"] for row in told if row["side"] != "ukraine" and row["start_max"] >= "2022"}
    seen = {*sightings(gazetteer), *taken}
    rows = []
    for place, side in sorted(kse.before_invasion(gazetteer).items()):
        if place in seen:
            continue
        spot, since = gazetteer.spots[place], INDEPENDENCE if side == "ukraine" else OCCUPIED_2014[1]
        row = _row(spot, Change(side, since, since, DATA_END, since, ("deepstate", "isw", "liveuamap")), f"same-{_tag(spot)}")
        row |= {
            "start_min": since if side == "ukraine" else OCCUPIED_2014[0],
            "end_min": DATA_END,
            "known_from": INVASION,
            "says": f"No map showed a change of holder at {spot.name} from 25 February 2022 to {DATA_END}.",
        }
        rows.append(row)
    return rows


def chains(gazetteer: Gazetteer) -> dict[str, list[Change]]:
    """The turns of every place that two or more families saw, in order (also used to measure agreement)."""
    return {place: changes for place, found in sightings(gazetteer).items() if (changes := turns(found)[0])}


def sightings(gazetteer: Gazetteer) -> dict[str, list[Sighting]]:
    """All clusters of the derived file by merged place, in order of their median day."""
    found: dict[str, list[Sighting]] = defaultdict(list)
    with lzma.open(SHARED / "control/derived_changes_all_families.csv.xz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (row["families"], date.fromisoformat(row["date_median"])) in REDRAWN:
                continue
            spot = gazetteer.by_wof[row["wof_id"]]
            first, median, last, before = (
                date.fromisoformat(row[c]) for c in ("date_first", "date_median", "date_last", "earliest_last_seen_in_old_state")
            )
            found[spot.id].append(
                Sighting(
                    median,
                    first,
                    last,
                    SIDE[row["change"]],
                    tuple(sorted(row["families"].split("+"))),
                    before,
                    round(km(spot.lat, spot.lon, float(row["lat"]), float(row["lon"])), 1),
                )
            )
    return {
        place: _once(sorted(_main_point(seen), key=lambda s: (s.median, s.first, s.last, s.side, s.families)))
        for place, seen in found.items()
    }


def _once(seen: list[Sighting]) -> list[Sighting]:
    """Two points of a place that turned on the same day for the same families count once."""
    kept = {(s.median, s.side, s.families): s for s in reversed(seen)}
    return list(reversed(kept.values()))


def _main_point(seen: list[Sighting]) -> list[Sighting]:
    """Of a place that the gazetteer holds at several points all sightings, but what several families saw at
    an outlying point only where they saw no such turn at the point nearest to its centre (Avdiivka's old
    quarter).
    """
    nearest = min(s.off_km for s in seen)
    main = [s for s in seen if s.off_km == nearest and len(s.families) > 1]
    return [
        s
        for s in seen
        if s.off_km == nearest or len(s.families) == 1 or not any(m.side == s.side and abs(m.median - s.median) <= SAME_TURN for m in main)
    ]


def turns(found: list[Sighting]) -> tuple[list[Change], list[Sighting]]:
    """The turns that two families saw, and the sightings of one family that belong to none of them."""
    word: dict[str, Sighting] = {}
    changes: list[Change] = []
    used: set[Sighting] = set()
    holder: str | None = None
    for seen in found:
        for family in seen.families:
            if family not in word or word[family].side != seen.side or len(seen.families) > 1:
                word[family] = seen
        if seen.side == holder:
            used.add(seen)
            continue
        agreeing = {f: s for f, s in word.items() if s.side == seen.side and seen.median - s.median <= TOGETHER}
        if len(agreeing) < 2:
            continue
        holder = seen.side
        used.update(agreeing.values())
        days = sorted(agreeing.values(), key=lambda s: s.median)
        first = max([min(s.first for s in days), *([changes[-1].median + DAY] if changes else [])])
        middle = max(
            first,
            next(s.median for s in days if len({f for d in days if d.median <= s.median for f in d.families}) > 1),
        )
        changes.append(
            Change(
                seen.side,
                first,
                middle,
                max(middle, *(s.last for s in days)),
                min(s.seen_before for s in days),
                tuple(sorted(agreeing)),
            )
        )
    return changes, [s for s in found if s not in used and len(s.families) == 1]


def _rows(spot: Spot, changes: list[Change]) -> list[dict[str, object]]:
    rows = []
    if changes and changes[0].side == "ukraine":
        rows.append(_before(spot, changes[0]))
    for number, change in enumerate(changes, 1):
        row = _row(spot, change, f"map-{_tag(spot)}-{number}")
        if number == len(changes):
            row |= _last_end(spot, change.side, change.median)
        rows.append(row)
    return rows


def _last_end(spot: Spot, side: str, day: date) -> dict[str, object]:
    """The last state of a place is certain to the end of the data, and open; or ends when its region was
    left.
    """
    left = LEFT_BY.get(spot.region)
    if side == "russia" and left and day <= left:
        return {"end_min": day, "end_max": left}
    return {"end_min": DATA_END}


def _alone(spot: Spot, single: list[Sighting], found: list[Sighting], changes: list[Change]) -> list[dict[str, object]]:
    """One family's turns; each ends with its next turn the other way, or the next that several saw."""
    rows = []
    for family in sorted({s.families[0] for s in single}):
        mine = [s for s in found if family in s.families]
        events = sorted((s.median, s.first, s.side) for s in [*mine, *changes])
        for number, seen in enumerate((s for s in single if s.families[0] == family), 1):
            earlier = [e for e in events if e[0] < seen.median]
            after = next((e for e in events if e[0] > seen.median and e[2] != seen.side), None)
            if (earlier and earlier[-1][2] == seen.side) or (after and after[0] - seen.median <= FLAP):
                continue
            if after and _stood(changes, seen, after[0]):
                continue
            row = _row(
                spot,
                Change(seen.side, seen.first, seen.median, seen.last, seen.seen_before, seen.families),
                f"one-{_tag(spot)}-{family}-{number}",
            )
            row |= {"end_min": max(after[1] - DAY, seen.first), "end_max": after[0]} if after else _last_end(spot, seen.side, seen.median)
            row["end_min"] = min(row["end_min"], seen.median + TOGETHER)  # nobody joined it: not relied on for longer
            rows.append(row)
    return rows


def _stood(changes: list[Change], seen: Sighting, until: date) -> bool:
    """True when the place was the other side's by several families before this sighting and until it was taken back."""
    holder = [c for c in changes if c.median <= seen.median]
    return bool(holder) and holder[-1].side != seen.side and not any(seen.median < c.median < until for c in changes)


def _tag(spot: Spot) -> str:
    return spot.id.replace("geonames:", "g").replace("wof:", "w")


def _row(spot: Spot, change: Change, row_id: str) -> dict[str, object]:
    named = " and ".join(change.families) if len(change.families) < 3 else ", ".join(change.families)
    main = next(f for f in FAMILY_PAGES if f in change.families)
    days = f"on {change.first}" if change.first == change.last else f"between {change.first} and {change.last}"
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
        "url": FAMILY_PAGES[main][1],
        "publisher": " / ".join(FAMILY_PAGES[f][0] for f in change.families),
        "source_class": "mapper",
        "family": "|".join(change.families),
        "licence": LICENCE,
    }


def _before(spot: Spot, change: Change) -> dict[str, object]:
    """Russia held the place before its first turn, since a day between the invasion and the last sighting."""
    latest = max(min(change.seen_before, change.first - DAY), INVASION)
    row = _row(spot, Change("russia", INVASION, latest, latest, INVASION, change.families), f"map-{_tag(spot)}-0")
    row["says"] = f"{spot.name} was shown as held by Russia at the latest on {latest}; since when is not told."
    row["known_from"] = latest
    return row
