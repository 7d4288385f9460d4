"""One CSV line as a record, place, actor or named period; every fault is told with its file and line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.evidence.countries import COUNTRIES
from dateline.evidence.dates import first_day, last_day, one_day
from dateline.evidence.schema import (
    ACTOR_ROLES,
    CONTESTED,
    KINDS,
    LASTING,
    MAX_SAYS,
    NOT_EVIDENCE,
    PLACE_KINDS,
    QUARANTINE_DAYS,
    QUARANTINED,
    SOURCE_CLASSES,
)
from dateline.evidence.table import Line, Problems
from dateline.types import ActorEntry, NamedPeriod, Record

_PLACE_ID = re.compile(r"(geonames|wof):\d+|dateline:[a-z0-9][a-z0-9-]*")
_ID = re.compile(r"[a-z0-9][a-z0-9._:-]*")
_URL = re.compile(r"https?://[^\s]+\.[^\s]+")
_LANGUAGES = ("en", "uk", "ru")


@dataclass(frozen=True, slots=True)
class PackPlace:
    """A place that travels with a pack; `parents` are admin2, admin1 and country where known."""

    id: str
    name: str
    name_uk: str | None
    name_ru: str | None
    aliases: tuple[str, ...]
    kind: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int
    source: str
    licence: str

    @property
    def parents(self) -> tuple[str, ...]:
        country = COUNTRIES.get(self.country or "", self.country)
        return tuple(p for p in (self.admin2, self.admin1, country) if p and p != self.id)


class _Cells:
    """The cells of one line while they are read: what is wrong is told to `problems` and counted."""

    def __init__(self, line: Line, problems: Problems) -> None:
        self.line, self.problems, self.faults = line, problems, 0

    def fault(self, what: str) -> None:
        self.faults += 1
        self.problems.add(self.line.file, self.line.number, what)

    def text(self, column: str) -> str | None:
        return self.line.cells[column] or None

    def must(self, column: str) -> str:
        value = self.line.cells[column]
        if not value:
            self.fault(f"no {column}; fill it in")
        return value

    def one_of(self, column: str, allowed: frozenset[str]) -> str:
        value = self.must(column)
        if value and value not in allowed:
            self.fault(f"{column} {value!r} is not one of {', '.join(sorted(allowed))}")
        return value

    def number(self, column: str) -> float | None:
        value = self.line.cells[column]
        if not value:
            return None
        try:
            return float(value)
        except ValueError:
            self.fault(f"{column} {value!r} is not a number; write digits only")
            return None

    def day(self, column: str, *, high: bool | None = None) -> date | None:
        """A day; with `high` False or True the first or last day that a bare month or year may mean."""
        value = self.line.cells[column]
        if not value:
            return None
        try:
            return one_day(value) if high is None else (last_day if high else first_day)(value)
        except ValueError as error:
            self.fault(f"{column}: {error}")
            return None

    def names(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.line.cells[column].split("|") if part.strip())


def read_row(
    line: Line,
    resource: str,
    source_class: str,
    pack: str,
    places: dict[str, PackPlace],
    sides: frozenset[str],
    created: date,
    problems: Problems,
) -> Record | None:
    """The record on a line, or None when it was refused."""
    cells = _Cells(line, problems)
    kind = cells.one_of("kind", frozenset(KINDS))
    predicate = cells.one_of("predicate", KINDS.get(kind, frozenset())) if kind in KINDS else ""
    bounds = _bounds(cells, predicate)
    place_id = cells.text("place_id")
    place = places.get(place_id) if place_id else None
    if place_id and place is None:
        cells.fault(f"place {place_id} is in no places file; add it to places.csv")
    record = Record(
        id=_identity(cells),
        pack=pack,
        resource=resource,
        kind=kind,
        predicate=predicate,
        subject=cells.text("subject"),
        side=_side(cells, sides, kind, predicate),
        place_id=place_id,
        place_name=cells.text("place_name") or (place.name if place else None),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        start_min=bounds[0],
        start_max=bounds[1],
        end_min=bounds[2],
        end_max=bounds[3],
        known_from=cells.day("known_from", high=True) or cells.day("source_date", high=True),
        value_low=cells.number("value_low"),
        value_best=cells.number("value_best"),
        value_high=cells.number("value_high"),
        unit=cells.text("unit"),
        population=cells.text("population"),
        counting_from=cells.day("counting_from"),
        issuer=cells.text("issuer"),
        says=cells.must("says"),
        source=cells.must("source"),
        source_date=cells.day("source_date", high=True),
        url=_url(cells),
        publisher=cells.must("publisher"),
        source_class=cells.one_of("source_class", SOURCE_CLASSES),
        family=cells.must("family"),
        licence=cells.must("licence"),
    )
    _check_row(cells, record, source_class, created)
    return None if cells.faults else record


def _bounds(cells: _Cells, predicate: str) -> tuple[date | None, date | None, date | None, date | None]:
    start_min, end_max = cells.day("start_min", high=False), cells.day("end_max", high=True)
    raw = cells.line.cells
    start_max = cells.day("start_max" if raw["start_max"] else "start_min", high=True)
    end_min = cells.day("end_min" if raw["end_min"] else "end_max", high=False)
    if raw["end_min"] and not raw["end_max"] and predicate not in LASTING:
        end_max = cells.day("end_min", high=True)
    if predicate not in LASTING and not raw["end_min"] and not raw["end_max"]:
        end_min, end_max = start_min, start_max
    return start_min, start_max, end_min, end_max


def _identity(cells: _Cells) -> str:
    value = cells.must("id")
    if value and not _ID.fullmatch(value):
        cells.fault(f"id {value!r} may hold only a-z, 0-9 and . _ : -")
    return value


def _side(cells: _Cells, sides: frozenset[str], kind: str, predicate: str) -> str | None:
    value = cells.text("side")
    allowed = sides | {CONTESTED} if kind == "control" else sides
    if value and value not in allowed and kind != "sanction":
        cells.fault(f"side {value!r} is not one of {', '.join(sorted(allowed))}; name it in the descriptor's sides")
    if predicate == "held" and not value:
        cells.fault("control needs a side that held the place")
    return value


def _url(cells: _Cells) -> str:
    value = cells.must("url")
    if value and not _URL.fullmatch(value):
        cells.fault(f"url {value!r} is not an http(s) address")
    return value


def _check_row(cells: _Cells, row: Record, source_class: str, created: date) -> None:
    """The rules that need more than one cell."""
    if row.start_min is None and row.kind != "place":
        cells.fault("no start_min; a record says when")
    pairs = [
        ("start_min", row.start_min, "start_max", row.start_max),
        ("end_min", row.end_min, "end_max", row.end_max),
        ("start_min", row.start_min, "end_max", row.end_max),
        ("start_max", row.start_max, "end_max", row.end_max),
    ]
    for low_name, low, high_name, high in pairs:
        if low and high and high < low:
            cells.fault(f"{high_name} {high} is before {low_name} {low}; the two are swapped or mistyped")
            break
    latest = max((d for d in (row.start_min, row.end_min, row.known_from, row.source_date) if d), default=None)
    if latest and latest > created:
        cells.fault(f"{latest} lies after the pack's own date {created}; a pack holds what has happened")
    if row.kind in QUARANTINED and row.predicate != "recognised" and row.start_max is not None:
        limit = created - timedelta(days=QUARANTINE_DAYS)
        if min(row.start_max, created) > limit:
            cells.fault(f"{row.kind} of {row.start_max} is less than {QUARANTINE_DAYS} days older than the pack; leave it out")
    if row.known_from is None:
        cells.fault("no known_from and no source_date; say since when it was public")
    if row.kind in ("control", "strike") and row.predicate != "recognised" and row.place_id is None:
        cells.fault(f"{row.kind} needs a place_id")
    if row.kind == "figure" and row.value_low is row.value_best is row.value_high is None:
        cells.fault("a figure needs value_low, value_best or value_high")
    values = [v for v in (row.value_low, row.value_best, row.value_high) if v is not None]
    if values != sorted(values):
        cells.fault("value_low, value_best and value_high do not rise")
    if len(row.says) > MAX_SAYS:
        cells.fault(f"says has {len(row.says)} characters, at most {MAX_SAYS}; say it shorter")
    if source_class not in ("", "mixed", row.source_class):
        cells.fault(f"source_class {row.source_class} differs from the resource's {source_class}")
    if NOT_EVIDENCE & set(row.family.split("|")):
        cells.fault(f"family {row.family}: machine-coded events point to articles and are no evidence; cite the article")


def read_place(line: Line, problems: Problems) -> PackPlace | None:
    """The place on a line of places.csv, or None when it was refused."""
    cells = _Cells(line, problems)
    lat, lon = cells.number("lat"), cells.number("lon")
    if (lat is None) != (lon is None) or (lat is not None and not -90 <= lat <= 90) or (lon is not None and not -180 <= lon <= 180):
        cells.fault(f"coordinates {line.cells['lat']}, {line.cells['lon']} lie outside the earth; lat -90..90, lon -180..180")
    for column in ("id", "admin1", "admin2"):
        value = line.cells[column]
        if value and not _PLACE_ID.fullmatch(value):
            cells.fault(f"{column} {value!r} is no place id; write geonames:<id>, wof:<id> or dateline:<slug>")
    place = PackPlace(
        id=cells.must("id"),
        name=cells.must("name"),
        name_uk=cells.text("name_uk"),
        name_ru=cells.text("name_ru"),
        aliases=cells.names("aliases"),
        kind=cells.one_of("kind", PLACE_KINDS),
        lat=lat,
        lon=lon,
        country=cells.text("country"),
        admin1=cells.text("admin1"),
        admin2=cells.text("admin2"),
        population=int(cells.number("population") or 0),
        source=cells.must("source"),
        licence=cells.must("licence"),
    )
    return None if cells.faults else place


def read_actor(line: Line, sides: frozenset[str], problems: Problems) -> ActorEntry | None:
    """The actor on a line of actors.csv, or None when it was refused."""
    cells = _Cells(line, problems)
    side = cells.text("side")
    if side and side not in sides:
        cells.fault(f"side {side!r} is not one of {', '.join(sorted(sides))}")
    start, end = cells.day("valid_from", high=False), cells.day("valid_to", high=True)
    if start and end and end < start:
        cells.fault(f"valid_to {end} is before valid_from {start}")
    names = {code: cells.names(f"names_{code}") for code in _LANGUAGES}
    if not any(names.values()):
        cells.fault("an actor needs a name in some language")
    actor = ActorEntry(
        id=cells.must("id"),
        side=side,
        role=cells.one_of("role", ACTOR_ROLES),
        names=names,
        adjectives={code: cells.names(f"adjectives_{code}") for code in _LANGUAGES},
        valid_from=start,
        valid_to=end,
        country=cells.text("country"),
    )
    return None if cells.faults else actor


def read_calendar(line: Line, problems: Problems) -> NamedPeriod | None:
    """The named period on a line of calendar.csv, or None when it was refused."""
    cells = _Cells(line, problems)
    start, end = cells.day("start", high=False), cells.day("end", high=True)
    if start is None:
        cells.fault("no start; a named period says when it began")
    elif end and end < start:
        cells.fault(f"end {end} is before start {start}")
    cells.must("source")
    cells.must("licence")
    name, url = cells.must("name"), _url(cells)
    if cells.faults or start is None:
        return None
    extra = (cells.text("name_uk"), cells.text("name_ru"), *cells.names("aliases"))
    return NamedPeriod(name=name, start=start, end=end, names=tuple(n for n in extra if n), url=url)
