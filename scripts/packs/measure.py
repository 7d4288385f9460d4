"""Measures the coverage of the packs' control rows and writes it into their descriptors.

Run after make.py: .venv/bin/python scripts/packs/measure.py [--write]
Lists, none of them made from the rows they measure:

1. Wikipedia's tables of places (who was listed as holding 369 places, and their dated turns), the 15th of each
   month from March 2022 to July 2024, against ukraine-mapped/changes, alone and together with control-lists.
2. Centres of hromadas in regions that Wikipedia's campaign articles give to Ukraine as a whole, the 15th of each
   month to July 2026, against ukraine-mapped/changes.
3. What a region's settlements amount to by the maps, against ukraine/control-regions.
4. The subjects that article 65 of Russia's constitution has added since 2014, against ukraine/annexations.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import mapped  # noqa: E402
import wikipedia  # noqa: E402
from gazetteer import Gazetteer  # noqa: E402
from regions import REGIONS  # noqa: E402
from rows import PACKS  # noqa: E402

from dateline.evidence import open_evidence  # noqa: E402
from dateline.evidence.build import build_packs  # noqa: E402
from dateline.evidence.control import state_on  # noqa: E402
from dateline.evidence.coverage import Expected, Share, right_days, spans, whole  # noqa: E402
from dateline.evidence.store import Evidence  # noqa: E402
from dateline.types import Question, Record  # noqa: E402

NEAR_TURN = timedelta(days=10)  # the maps' lag (DESIGN.md section 2): a listed day so near a turn says nothing
HALF_MONTH = timedelta(days=14)  # a list of the 15ths speaks for its months
# Article 65 of the constitution of Russia as amended on 21 March 2014 and 4-5 October 2022: region, day of the treaty.
SUBJECTS = {
    "geonames:703883": date(2014, 3, 18),
    "geonames:694422": date(2014, 3, 18),
    "geonames:709716": date(2022, 9, 30),
    "geonames:702657": date(2022, 9, 30),
    "geonames:687699": date(2022, 9, 30),
    "geonames:706442": date(2022, 9, 30),
}
ARTICLE = "subjects that article 65 of Russia's constitution has added since 2014 (all there are)"
UKRAINE = "geonames:690791"
FORGOTTEN = 0.01  # of a region's settlements: maps leave single villages behind when they turn a region
AREAS_ONLY = 100_000_000  # no place has so many people: only the areas themselves are covered, not what lies in them
WIKIPEDIA = "Wikipedia's tables of places: holder on the 15th of each month"
REGION_LIST = "centres of hromadas in regions held by Ukraine as a whole, by Wikipedia's campaign articles, on the 15th of each month"
FIGHTING = {
    "geonames:" + n
    for n in (
        "706482",
        "706442",
        "709716",
        "702657",
        "687699",
        "700567",
        "703446",
        "710734",
        "692196",
        "686966",
        "709929",
        "703883",
        "694422",
    )
}


def main(write: bool) -> None:
    gazetteer = Gazetteer()
    out = Path(tempfile.mkdtemp())
    build_packs(PACKS, out)
    maps = open_evidence([out / "ukraine-mapped"])
    ours = open_evidence([out / "ukraine"])
    changes: list[tuple[Share, str]] = []
    wiki = wikipedia_list(gazetteer)
    right = right_days(wiki, held(maps, {e.place for e in wiki}, "changes"), "ukraine")
    changes += [
        (s, WIKIPEDIA)
        for s in [
            *spans(right),
            *(s for s in whole(right, date(2022, 3, 1), date(2024, 7, 31)) if s.completeness < 0.95),
        ]
    ]
    regions = region_list(ours)
    right = right_days(regions, held(maps, {e.place for e in regions}, "changes"), "ukraine")
    changes += [(s, REGION_LIST) for s in spans(right)]
    report("ukraine-mapped/changes", changes)
    both = {e.place for e in wiki}
    lists, rows = held(ours, both, "control-lists"), held(maps, both, "changes")
    right = right_days(
        [e for e in wiki if e.area != "rest"],
        {p: (*lists.get(p, ()), *rows.get(p, ())) for p in sorted(both)},
        "ukraine",
    )
    together = [(s, WIKIPEDIA + "; measured together with ukraine-mapped/changes") for s in spans(right)]
    report("ukraine/control-lists", together)
    whole_regions = [(s, "settlements of the region by ukraine-mapped") for s in spans(region_states(maps, ours))]
    report("ukraine/control-regions", whole_regions)
    annexed = [(annexations(ours), ARTICLE)]
    report("ukraine/annexations", annexed)
    if write:
        put("ukraine", "annexations", annexed, predicate="annexed")
        put("ukraine-mapped", "changes", changes)
        put("ukraine", "control-lists", together)
        put("ukraine", "control-regions", whole_regions)


def annexations(ours: Evidence) -> Share:
    """How many of the subjects added have a row of their annexation on its day."""
    rows = {(r.place_id, r.start_min) for r in ours.records(resource="annexations") if r.predicate == "annexed"}
    found = sum((place, day) in rows for place, day in SUBJECTS.items())
    return Share(UKRAINE, date(2014, 2, 20), mapped.DATA_END, 0, found, len(SUBJECTS))


def held(evidence: Evidence, places: set[str], resource: str) -> dict[str, tuple[Record, ...]]:
    asked = evidence.ask([Question(p, "control", ("held",), places=(p,)) for p in sorted(places)])
    return {p: kept for p, found in asked.items() if (kept := tuple(r for r in found if r.resource == resource))}


def fifteenths(first: date, last: date) -> list[date]:
    days = (date(y, m, 15) for y in range(first.year, last.year + 1) for m in range(1, 13))
    return [d for d in days if first <= d <= last]


def wikipedia_list(gazetteer: Gazetteer) -> list[Expected]:
    finder = wikipedia.Finder(gazetteer, mapped.chains(gazetteer))
    told = defaultdict(list)
    for place, turn in [*wikipedia.events(finder), *wikipedia.notes(finder)]:
        told[place].append(turn)
    for place, turn in wikipedia.snapshots(finder, told):
        told[place].append(turn)
    listed = wikipedia.listing(finder)
    found = []
    for place in sorted({*told, *listed}):
        spot = gazetteer.spots.get(place)
        turns = wikipedia.chain(told.get(place, []))
        if spot is None or any(t.side == "russia" and t.high.year < 2022 for t in turns[-1:]):
            continue  # held since 2014: no list of changes since 2022 can give it
        area = spot.region if spot.region in FIGHTING else "rest"
        for day in fifteenths(date(2022, 3, 1), date(2024, 7, 31)):
            side = on_list(turns, listed.get(place), day)
            if side in ("ukraine", "russia"):
                found.append(Expected(place, area, spot.population, day, side))
    return found


def on_list(turns: Sequence[wikipedia.Turn], listed: tuple[str, date, date] | None, day: date) -> str | None:
    """The holder on the list, or None near a turn, within its window, or where the list does not tell."""
    if not turns:
        return listed[0] if listed else None
    if any(t.low - NEAR_TURN <= day <= t.high + NEAR_TURN for t in turns):
        return None
    past = [t for t in turns if t.high < day]
    if not past:
        return "russia" if turns[0].side == "ukraine" else "ukraine"
    return None if past[-1].end and past[-1].end < day else past[-1].side


def region_list(ours: Evidence) -> list[Expected]:
    """Hromada centres (and the cities) of regions that are Ukraine's as a whole, by month."""
    places = [p for p in ours.places.values() if p.kind == "settlement" and p.admin1]
    centres = {r.place_id for r in ours.records(resource="control-lists")}
    days = fifteenths(date(2022, 5, 1), mapped.DATA_END)
    states = {(r, d): ours.state(r, d) for r in sorted({p.admin1 for p in places if p.admin1}) for d in days}
    return [
        Expected(p.id, p.admin1 if p.admin1 in FIGHTING else "rest", p.population, d, "ukraine")
        for p in places
        if p.id in centres and p.admin1
        for d in days
        if states[p.admin1, d].side == "ukraine" and states[p.admin1, d].certainty == "agreed"
    ]


def region_states(maps: Evidence, ours: Evidence) -> Mapping[Expected, bool]:
    """For each region and month: whether our row says what its mapped settlements amount to, all one side's
    or not.
    """
    places = [p for p in maps.places.values() if p.kind == "settlement" and p.admin1]
    rows = held(maps, {p.id for p in places}, "changes")
    right = {}
    for region in sorted(FIGHTING - {"geonames:703883", "geonames:694422"}):
        own = [p.id for p in places if p.admin1 == region and p.id in rows]
        for day in fifteenths(date(2022, 3, 1), mapped.DATA_END):
            sides = [s.side for i in own if (s := state_on(day, rows[i])).certainty == "agreed"]
            wanted = "contested" if sides.count("russia") > FORGOTTEN * len(own) else "ukraine"
            state = ours.state(region, day)
            said = state.side if state.certainty == "agreed" else "contested"
            good = said == wanted or (wanted == "contested" and said == "russia")
            right[Expected(region, "all", 0, day, wanted)] = good
    return right


def report(name: str, shares: Sequence[tuple[Share, str]]) -> None:
    names = {place: english for place, english, *_ in REGIONS.values()}
    print(name)
    for s, against in shares:
        print(
            f"  {names.get(s.area, s.area):24} {s.start}..{s.end} from {s.min_population:>6} people "
            f"{s.found:>4} of {s.n:>4} = {s.completeness:.3f}  [{against[:30]}]"
        )


def put(pack: str, resource: str, shares: Sequence[tuple[Share, str]], predicate: str = "held") -> None:
    path = PACKS / pack / "datapackage.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    rest = sorted({e[0] for e in REGIONS.values()} - FIGHTING)
    everything = sorted({e[0] for e in REGIONS.values()})
    entry = next(r for r in data["resources"] if r["name"] == resource)
    entry["coverage"] = [
        {
            "areas": {"rest": rest, "all": everything}.get(s.area, [s.area]),
            "start": (s.start - HALF_MONTH).isoformat(),
            "end": min(s.end + HALF_MONTH, mapped.DATA_END).isoformat(),
            "kinds": ["control"],
            "predicates": [predicate],
            "min_population": AREAS_ONLY if resource == "control-regions" else s.min_population,
            "found": s.found,
            "n": s.n,
            "measured_against": against,
        }
        for s, against in shares
    ]
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main("--write" in sys.argv)
