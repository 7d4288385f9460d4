"""packs/ukraine control-encyclopaedia: who held which place when, from Wikipedia's tables of territorial
control.

Facts only (place, side, day), in our own words, under CC BY-SA 4.0 in a resource of their own. Three tables
are read: dated events by oblast, notes of the tables' last column, and changes of the "held by" column by
snapshot.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from gazetteer import SHARED, Gazetteer, Spot
from mapped import Change
from regions import BY_ENGLISH
from rows import PACKS, write_rows

DAY = timedelta(days=1)
INVASION, INDEPENDENCE = date(2022, 2, 24), date(1991, 8, 24)
LISTED_UNTIL = date(2023, 7, 31)  # day of the tables in wikipedia_places.csv
SOURCE = "Territorial control during the Russo-Ukrainian War (tables of places)"
URL = "https://en.wikipedia.org/wiki/Territorial_control_during_the_Russo-Ukrainian_War"
LICENCE = "CC-BY-SA-4.0"
AROUND = timedelta(days=3)  # "around 18 July": three days each way
EDIT_LAG = timedelta(days=7)  # a table is edited up to a week after (median of dated changes: 1, 95 %: 7)
SAME_TURN_DAYS = 45  # two notes of one turn of a place lie closer than this
MONTHS = {m: i for i, m in enumerate("January February March April May June July August September October November December".split(), 1)}
SIDES = {
    "Russia": "russia",
    "Ukraine": "ukraine",
    "Donetsk People's Republic": "russia",
    "Donetsk PR": "russia",
    "Luhansk People's Republic": "russia",
    "Luhansk PR": "russia",
    "DPR": "russia",
    "LPR": "russia",
}
SAID = {"russia": "Russia", "ukraine": "Ukraine", "contested": "neither side alone"}
OBLASTS = {
    "Crimea and Sevastopol": "geonames:703883",
    "Kyiv Oblast and Kyiv": "geonames:703446",
    **BY_ENGLISH,
}
CITIES = {"Sevastopol": "geonames:694422", "Kyiv": "geonames:703447"}
NAMES = {"Chernobyl": "Chornobyl", "East Topoli": "Topoli", "Topoli (village)": "Topoli"}
BY_HAND = {"Bile (Snake Island)": "dateline:snake-island", "Snake Island": "dateline:snake-island"}
_VERB = re.compile(
    r"(?P<claimed>[Cc]laimed\s+(?:to\s+have\s+|had\s+)?)?(?P<verb>[Rr]ecaptured|[Cc]aptured|Contested|Pressured"
    r"|Strongly|Withdrawn|Claimed|See|Held|Surrounded)"
)
_ACTOR = re.compile(r"by\s+(?:around\s+)?(" + "|".join(map(re.escape, sorted(SIDES, key=len, reverse=True))) + ")")
_MONTH = "|".join(MONTHS)
_RANGE = re.compile(rf"(\d{{1,2}})\s*[–-]\s*(\d{{1,2}})\s+({_MONTH})\s+(\d{{4}})")
_DAY = re.compile(rf"(\d{{1,2}})\s+({_MONTH})\s+(\d{{4}})")
_MONTH_YEAR = re.compile(rf"(early|mid|late)?[- ]?({_MONTH})\s+(\d{{4}})")
_YEAR = re.compile(r"\bin\s+(20\d\d)\b")


@dataclass(frozen=True)
class Turn:
    """A place taken by a side between two days; `end` where the table gives one (contested for a time)."""

    side: str
    low: date
    high: date
    known: date
    end: date | None = None
    precise: bool = True
    by_edit: bool = False


def make(gazetteer: Gazetteer, seen: dict[str, list[Change]]) -> set[str]:
    """Writes control-encyclopaedia.csv and gives the ids of its places; `seen` are the mapped turns, by
    place.
    """
    finder = Finder(gazetteer, seen)
    turns: dict[str, list[Turn]] = defaultdict(list)
    for place, turn in [*events(finder), *notes(finder)]:
        turns[place].append(turn)
    for place, turn in snapshots(finder, turns):
        turns[place].append(turn)
    listed = listing(finder)
    rows = []
    for place in sorted({*turns, *listed}):
        spot = gazetteer.spots.get(place)
        name = spot.name if spot else "Snake Island"
        rows += _rows(place, name, chain(turns.get(place, [])), listed.get(place), place in seen)
    write_rows(PACKS / "ukraine/sources/control-encyclopaedia.csv", rows)
    return {str(r["place_id"]) for r in rows}


class Finder:
    """Place ids of the tables' English names, by region, coordinates of the tables, and mapped turns."""

    def __init__(self, gazetteer: Gazetteer, seen: dict[str, list[Change]]) -> None:
        self.gazetteer, self.seen = gazetteer, seen
        self.points: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.oblasts: dict[str, set[str]] = defaultdict(set)
        for row in table("wikipedia_held_by_changes.csv"):
            if row["lat"]:
                self.points[row["name"]].append((float(row["lat"]), float(row["lon"])))
        for name in ("wikipedia_places.csv", "wikipedia_dated_events.csv"):
            for row in table(name):
                if row["oblast"] in OBLASTS:
                    self.oblasts[row["name"]].add(row["oblast"])

    def find(self, name: str, oblast: str | None = None) -> str | None:
        """The place, or None where the name does not decide."""
        if name in BY_HAND:
            return BY_HAND[name]
        if oblast is None:
            if len(self.oblasts[name]) > 1:
                return None
            oblast = next(iter(self.oblasts[name]), None)
        region = OBLASTS.get(oblast or "")
        if name in CITIES and (oblast is None or "and" in oblast):
            region = CITIES[name]
        near = self.points.get(name, [])
        spots: list[Spot] = []
        for point in near:
            spots = self.gazetteer.find([NAMES.get(name, name)], None, point)
            if spots and (region is None or spots[0].region in (region, "")):
                return self._best(spots)
        if region is None:
            return None
        return self._best(self.gazetteer.find([NAMES.get(name, name)], region))

    def _best(self, spots: list[Spot]) -> str | None:
        """The only one; else by far the largest; else the one that maps saw change or that has people
        counted.
        """
        ranked = sorted(spots, key=lambda s: -s.population)
        if len(ranked) > 1 and ranked[0].population > 5 * max(ranked[1].population, 1000):
            return ranked[0].id
        for kept in ([s for s in spots if s.id in self.seen], [s for s in spots if s.population >= 500]):
            if len(kept) == 1:
                return kept[0].id
        return spots[0].id if len(spots) == 1 else None


def table(name: str) -> list[dict[str, str]]:
    with (SHARED / "control" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def events(finder: Finder) -> list[tuple[str, Turn]]:
    """The dated events whose place is found."""
    found = []
    for row in table("wikipedia_dated_events.csv"):
        place = finder.find(row["name"], row["oblast"])
        if place:
            day = datetime.strptime(row["date"], "%d %B %Y").date()  # noqa: DTZ007 - a day, no hour
            found.append((place, Turn(SIDES[row["by"]], day, day, day)))
    return found


def notes(finder: Finder) -> list[tuple[str, Turn]]:
    """The turns told in the notes, of the places of the tables and of the dated notes."""
    said: list[tuple[str, str | None, str]] = []
    said += [(r["name"], r["oblast"], r["more_information"]) for r in table("wikipedia_places.csv")]
    said += [(r["name"], None, r["more_information"]) for r in table("wikipedia_held_by_changes.csv")]
    said += [(r["name"], None, f"{r['verb']} {r['text']} {r['date']}") for r in table("wikipedia_dated_notes.csv")]
    found = {}
    for name, oblast, text in said:
        place = finder.find(name, oblast)
        if place:
            for turn in parse(text):
                found[place, turn] = None
    return list(found)


def parse(text: str) -> list[Turn]:
    """The turns that a note tells: captured, recaptured or contested, by whom and when. Claims are passed
    over.
    """
    text = text.replace("🇷🇺", "Russia").replace("🇺🇦", "Ukraine").replace("\n", " ")
    heads = list(_VERB.finditer(text))
    turns = []
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        part = text[head.end() : following.start() if following else len(text)]
        verb, actor = head["verb"].lower(), _ACTOR.search(part)
        if head["claimed"] or "claim" in text[max(0, head.start() - 40) : head.start()].lower() or not actor:
            continue
        when = _when(part)
        if when and verb in ("captured", "recaptured"):
            low, high, precise = when
            turns.append(Turn(SIDES[actor[1]], low, high, high, precise=precise))
        elif verb == "contested" and "between" in part and len(days := _DAY.findall(part)) == 2:
            first, last = (_date(*d) for d in days)
            turns.append(Turn("contested", first, first, first, end=last))
    return turns


def _when(part: str) -> tuple[date, date, bool] | None:
    if match := _RANGE.search(part):
        first, last, month, year = match.groups()
        return _date(first, month, year), _date(last, month, year), True
    if match := _DAY.search(part):
        day = _date(*match.groups())
        if "around" in part[: match.start()]:
            return day - AROUND, day + AROUND, True
        if re.search(r"\bby\s+$", part[: match.start()]):
            return max(INVASION, day - 2 * EDIT_LAG) if day >= INVASION else day - 2 * EDIT_LAG, day, True
        return day, day, True
    if match := _MONTH_YEAR.search(part):
        third, month, year = match.groups()
        number = MONTHS[month]
        end = (date(int(year) + number // 12, number % 12 + 1, 1) - DAY).day
        low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, end)}.get(third or "", (1, end))
        return date(int(year), number, low), date(int(year), number, high), False
    if match := _YEAR.search(part):
        year_number = int(match[1])
        low_day = INVASION if year_number == 2022 else date(year_number, 1, 1)
        return low_day, date(year_number, 12, 31), False
    return None


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), MONTHS[month], int(day))


def snapshots(finder: Finder, told: dict[str, list[Turn]]) -> list[tuple[str, Turn]]:
    """Changes of the "held by" column where the notes tell of no turn: dated by the edit, and the days before
    it.
    """
    found = []
    edits = table("wikipedia_held_by_changes.csv")
    for number, row in enumerate(edits):
        place = finder.find(row["name"])
        if _taken_back(row, edits[number + 1 :]) or place is None or (row["held_after"] == "Contested" and told.get(place)):
            continue
        day = date.fromisoformat(row["first_snapshot_utc"][:10])
        side = SIDES.get(row["held_after"], "contested")
        low = _as_of(row["as_of"], day) or max(day - EDIT_LAG, INVASION)
        known = [t for t in told.get(place, []) if t.precise]
        if any(t.side == side and abs((t.low - day).days) <= SAME_TURN_DAYS for t in known) or any(
            t.side != side and t.low >= low - SAME_TURN_DAYS * DAY and t.low <= day for t in known
        ):
            continue
        found.append((place, Turn(side, low, day, day, by_edit=True)))
    return found


def _taken_back(row: dict[str, str], later: list[dict[str, str]]) -> bool:
    """True when the next edit of the same place came within two weeks: the table was put right again."""
    following = next((r for r in later if r["name"] == row["name"]), None)
    return following is not None and _edited(following) - _edited(row) <= 2 * EDIT_LAG


def _edited(row: dict[str, str]) -> date:
    return date.fromisoformat(row["first_snapshot_utc"][:10])


def _as_of(text: str, edited: date) -> date | None:
    for form in ("%d %B %Y", "%d %b %Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day, no hour
        except ValueError:
            continue
        return day if timedelta(0) <= edited - day <= timedelta(days=10) else None
    return None


def listing(finder: Finder) -> dict[str, tuple[str, date, date]]:
    """Who is listed as holding each place: side, the list's own "as of", and the day of the list."""
    found = {}
    for row in table("wikipedia_places.csv"):
        place = finder.find(row["name"], row["oblast"])
        side = {"🇷🇺": "russia", "🇺🇦": "ukraine"}.get(row["held_by"].split()[0] if row["held_by"].split() else "")
        if place and side and "Contested" not in row["held_by"]:
            found[place] = (side, _loose_day(row["as_of"]) or LISTED_UNTIL, LISTED_UNTIL)
    return found


def _loose_day(text: str) -> date | None:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip()):
        return date(*(int(part) for part in match.groups()))
    for form in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day, no hour
        except ValueError:
            continue
    return None


def chain(turns: list[Turn]) -> list[Turn]:
    """The turns of a place in order, one a turn: the more exact of two that tell of the same."""
    kept: list[Turn] = []
    for turn in sorted(set(turns), key=lambda t: (not t.precise, t.high - t.low, t.low, t.side, t.end or date.max)):
        same = [
            t for t in kept if t.side == turn.side and (abs((t.low - turn.low).days) <= SAME_TURN_DAYS or (turn.low <= t.low <= turn.high))
        ]
        if same:
            if turn.end and not same[0].end:
                kept[kept.index(same[0])] = replace(same[0], end=turn.end)
            continue
        kept.append(turn)
    kept.sort(key=lambda t: (t.low, t.high))
    out: list[Turn] = []
    for turn in kept:
        if out and (out[-1].side == turn.side or turn.low <= out[-1].low):
            continue
        if not out and turn.by_edit and turn.side == "ukraine":
            continue  # contested for a while, never lost
        out.append(turn)
    return out


def _rows(place: str, name: str, turns: list[Turn], listed: tuple[str, date, date] | None, moved: bool) -> list[dict[str, object]]:
    tag = place.replace("geonames:", "g").replace("wof:", "w").replace("dateline:", "")
    if not turns:
        return _listed_only(place, name, tag, listed, moved)
    rows: list[dict[str, object]] = []
    first = turns[0]
    if first.side == "ukraine":
        since = INVASION if first.low >= INVASION else date(2014, 4, 6)
        if first.low > since:
            rows.append(_row(place, name, f"wp-{tag}-0", Turn("russia", since, first.low - DAY, first.low)))
    for number, turn in enumerate(turns, 1):
        row = _row(place, name, f"wp-{tag}-{number}", turn)
        if number == len(turns):
            known = listed[2] if listed and listed[0] == turn.side and turn.high <= listed[2] else turn.high
            row["end_min"] = turn.end or known
            row["end_max"] = turn.end or ""
        elif turn.end:
            row["end_min"], row["end_max"] = turn.end, max(turn.end, turns[number].high)
        rows.append(row)
    return rows


def _listed_only(place: str, name: str, tag: str, listed: tuple[str, date, date] | None, moved: bool) -> list[dict[str, object]]:
    """A place that is listed without a turn: Russia's since the invasion or later; Ukraine's all along, where
    no map saw it change.
    """
    if listed is None or (listed[0] == "ukraine" and moved):
        return []
    side, as_of, until = listed
    low, high = (INDEPENDENCE, INDEPENDENCE) if side == "ukraine" else (INVASION, max(as_of, INVASION))
    row = _row(place, name, f"wp-{tag}-1", Turn(side, low, high, max(as_of, INVASION)))
    row["says"] = f"{name} was listed as held by {SAID[side]} as of {as_of}; the table tells of no change."
    row["end_min"] = until
    return [row]


def _row(place: str, name: str, row_id: str, turn: Turn) -> dict[str, object]:
    days = f"on {turn.low}" if turn.low == turn.high else f"between {turn.low} and {turn.high}"
    said = f"{name} was contested from {turn.low}" if turn.side == "contested" else f"{name} came under {SAID[turn.side]} {days}"
    return {
        "id": row_id,
        "kind": "control",
        "predicate": "held",
        "side": turn.side,
        "place_id": place,
        "place_name": name,
        "start_min": turn.low,
        "start_max": turn.high,
        "known_from": max(turn.known, turn.high),
        "says": f"{said}, by Wikipedia's tables.",
        "source": SOURCE,
        "source_date": max(LISTED_UNTIL, turn.end or turn.high),
        "url": URL,
        "publisher": "Wikipedia",
        "source_class": "encyclopaedia",
        "family": "wikipedia",
        "licence": LICENCE,
    }
