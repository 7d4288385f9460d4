"""The join of Wikipedia's 184 dated events since 2022 with the derived rows, as in docs/evidence.md.

Run: .venv/bin/python scripts/packs/agreement.py  (needs /work/shared; prints a table)
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import mapped  # noqa: E402
import wikipedia  # noqa: E402
from gazetteer import Gazetteer, km  # noqa: E402

NEIGHBOUR_KM = 5.0  # the next mapped settlement that turned the same way, where the place itself has no sighting
FAR_DAYS = 45


@dataclass(frozen=True)
class Match:
    """One event: how it was joined (two or more families, one, a neighbour, none) and how many days off."""

    name: str
    oblast: str
    day: date
    how: str
    off: int | None


def matches() -> list[Match]:
    """Every dated event since 2022 with the nearest sighting of the same turn."""
    gazetteer = Gazetteer()
    seen = mapped.sightings(gazetteer)
    finder = wikipedia.Finder(gazetteer, mapped.chains(gazetteer))
    found = []
    for row in wikipedia.table("wikipedia_dated_events.csv"):
        day = datetime.strptime(row["date"], "%d %B %Y").date()  # noqa: DTZ007 - a day, no hour
        if day.year >= 2022:
            how, off = _match(gazetteer, seen, finder.find(row["name"], row["oblast"]), wikipedia.SIDES[row["by"]], day)
            found.append(Match(row["name"], row["oblast"], day, how, off))
    return found


def _match(
    gazetteer: Gazetteer,
    seen: dict[str, list[mapped.Sighting]],
    place: str | None,
    side: str,
    day: date,
) -> tuple[str, int | None]:
    here = _gaps(seen.get(place or "", []), side, day)
    several = [g for g, families in here if families > 1]
    if several:
        return "two or more families", min(several, key=abs)
    if here:
        return "one family", min((g for g, _ in here), key=abs)
    spot = gazetteer.spots.get(place or "")
    near = [] if spot is None else sorted((km(spot.lat, spot.lon, s.lat, s.lon), i) for i in seen if (s := gazetteer.spots[i]))
    for distance, other in near:
        if distance > NEIGHBOUR_KM:
            break
        if around := _gaps(seen[other], side, day):
            return "neighbour within 5 km", min((g for g, _ in around), key=abs)
    return "none", None


def _gaps(seen: list[mapped.Sighting], side: str, day: date) -> list[tuple[int, int]]:
    gaps = [((s.median - day).days, len(s.families)) for s in seen if s.side == side]
    return [(g, n) for g, n in gaps if abs(g) <= FAR_DAYS]


def main() -> None:
    found = matches()
    gaps = [abs(m.off) for m in found if m.off is not None]
    print(f"{len(found)} events, {len(gaps)} matched:", dict(Counter(m.how for m in found)))
    for days in (0, 1, 3, 7, 10, 31):
        print(f"  within {days:2} days: {sum(g <= days for g in gaps)}")
    print("not matched:", "; ".join(f"{m.name} {m.day}" for m in found if m.off is None))


if __name__ == "__main__":
    main()
