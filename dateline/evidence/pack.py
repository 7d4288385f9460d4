"""Reads a pack folder (Frictionless Data Package) and refuses what breaks a rule, with file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.errors import PackError
from dateline.evidence.cells import (
    PackPlace,
    read_actor,
    read_calendar,
    read_place,
    read_row,
)
from dateline.evidence.control import check_states, fill_ends
from dateline.evidence.dates import one_day
from dateline.evidence.schema import SCHEMAS
from dateline.evidence.table import Line, Problems, read_table
from dateline.types import ActorEntry, Coverage, NamedPeriod, Record

DESCRIPTOR = "datapackage.json"
MAX_DESCRIPTOR = 4_000_000  # bytes; the largest descriptor in this repository has under 50,000


@dataclass(frozen=True, slots=True)
class Resource:
    """One source of a pack: a CSV file with its licence, class and coverage. `initial` is who held what
    before the first row of a place, as (side, day).
    """

    name: str
    path: str
    title: str
    schema: str
    licence: str
    source_class: str
    family: str
    sources: tuple[tuple[str, str], ...]
    coverage: tuple[Coverage, ...]
    initial: tuple[str, date] | None
    sha256: str | None
    faults: str

    @property
    def table(self) -> str:
        return self.schema.partition(":")[2].partition("/")[0]


@dataclass(frozen=True, slots=True)
class Row:
    """A record, where it stands, and since when its end is known (a later row of the place ends it)."""

    record: Record
    end_known_from: date | None
    line: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as read from its folder: validated, ends filled, not yet built."""

    name: str
    version: str
    title: str
    created: date
    licence: str
    sides: tuple[dict[str, str], ...]
    theatre: tuple[str, ...]
    war_start: date | None
    areas: dict[str, tuple[str, ...]]
    resources: tuple[Resource, ...]
    rows: tuple[Row, ...]
    places: tuple[PackPlace, ...]
    actors: tuple[ActorEntry, ...]
    calendar: tuple[NamedPeriod, ...]


def read_pack(folder: str | Path, *, known_places: dict[str, PackPlace] | None = None) -> Pack:
    """The pack in `folder`. `known_places` are places of other packs that its rows may name.

    Raises PackError with every fault's file and line counted and the first few told.
    """
    folder = Path(folder)
    problems = Problems()
    descriptor = read_descriptor(folder / DESCRIPTOR)
    pack = _read(folder, descriptor, problems, known_places or {})
    problems.raise_if_any()
    return pack


def faults(folder: str | Path, *, known_places: dict[str, PackPlace] | None = None) -> tuple[str, ...]:
    """Every fault of the pack in `folder`, each "file:line: what and how to mend"; empty when it is sound."""
    problems = Problems()
    try:
        _read(Path(folder), read_descriptor(Path(folder) / DESCRIPTOR), problems, known_places or {})
    except PackError as error:
        return (str(error),)
    return tuple(problems.found)


def read_descriptor(path: Path) -> dict[str, Any]:
    """The descriptor of a pack as JSON; PackError when it is missing, damaged or no object."""
    try:
        if path.stat().st_size > MAX_DESCRIPTOR:
            raise PackError(f"{path}: larger than {MAX_DESCRIPTOR} bytes; keep rows in CSV files, not in the descriptor")
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackError(f"{path}: no such file; a pack is a folder with a datapackage.json") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot be read ({error}); check the path and its permissions") from None
    except json.JSONDecodeError as error:
        raise PackError(f"{path}:{error.lineno}: not JSON ({error.msg}); mend the descriptor") from None
    if not isinstance(data, dict):
        raise PackError(f"{path}: not a JSON object; see docs/packs.md for the descriptor's form")
    return data


def _read(folder: Path, data: dict[str, Any], problems: Problems, known: dict[str, PackPlace]) -> Pack:
    where = str(folder / DESCRIPTOR)
    name = _text(data, "name", where, problems)
    created = _day(data, "created", where, problems) or date.max
    sides = tuple(dict(side) for side in data.get("sides", []) if isinstance(side, dict))
    licences = [str(item.get("name", "")) for item in data.get("licenses", []) if isinstance(item, dict)]
    if not any(licences):
        problems.add(where, None, "no licence; give `licenses` with a name")
    resources = _resources(folder, data, name, problems)
    tables: dict[str, list[tuple[Resource, Line]]] = {"rows": [], "places": [], "actors": [], "calendar": []}
    for resource in resources:
        _check_hash(folder / resource.path, resource, problems)
        for line in read_table(folder / resource.path, SCHEMAS[resource.schema], problems):
            tables[resource.table].append((resource, line))
    places = _unique([read_place(line, problems) for _, line in tables["places"]], tables["places"], problems)
    at = {**known, **{place.id: place for place in places}}
    side_ids = frozenset(side.get("id", "") for side in sides)
    rows = []
    for resource, line in tables["rows"]:
        record = read_row(line, resource.name, resource.source_class, name, at, side_ids, created, problems)
        if record is not None:
            rows.append((resource, line, record))
    _check_row_ids(rows, problems)
    filled = fill_ends([(record, line) for _, line, record in rows], {r.name: r.initial for r in resources if r.initial})
    check_states(filled, problems)
    return Pack(
        name=name,
        version=_text(data, "version", where, problems),
        title=_text(data, "title", where, problems),
        created=created,
        licence=" AND ".join(item for item in licences if item),
        sides=sides,
        theatre=tuple(data.get("theatre", ())),
        war_start=_day(data, "war_start", where, problems) if data.get("war_start") else None,
        areas={key: tuple(value) for key, value in sorted(data.get("areas", {}).items())},
        resources=resources,
        rows=tuple(Row(record, known_from, line.number) for record, known_from, line in filled),
        places=tuple(places),
        actors=tuple(a for _, line in tables["actors"] if (a := read_actor(line, side_ids, problems))),
        calendar=tuple(c for _, line in tables["calendar"] if (c := read_calendar(line, problems))),
    )


def _resources(folder: Path, data: dict[str, Any], pack: str, problems: Problems) -> tuple[Resource, ...]:
    where = str(folder / DESCRIPTOR)
    found: list[Resource] = []
    for item in data.get("resources", []):
        name = str(item.get("name", ""))
        said = f"resource {name or '?'}"
        schema = item.get("schema", "")
        path = str(item.get("path", ""))
        licences = [str(entry.get("name", "")) for entry in item.get("licenses", [])]
        if not name or any(other.name == name for other in found):
            problems.add(where, None, f"{said}: every resource needs a name of its own")
        if schema not in SCHEMAS:
            problems.add(
                where,
                None,
                f"{said}: unknown schema {schema!r}; this version reads {', '.join(sorted(SCHEMAS))}",
            )
            continue
        if not any(licences):
            problems.add(where, None, f"{said}: no licence; give `licenses` with a name")
        if not path or Path(path).is_absolute() or ".." in Path(path).parts:
            problems.add(where, None, f"{said}: the path must lie inside the pack folder")
            continue
        initial = item.get("initial")
        found.append(
            Resource(
                name=name,
                path=path,
                title=str(item.get("title", "")),
                schema=schema,
                licence=" AND ".join(licences),
                source_class=str(item.get("source_class", "")),
                family=str(item.get("family", "")),
                sources=tuple((str(s.get("title", "")), str(s.get("path", ""))) for s in item.get("sources", [])),
                coverage=tuple(c for entry in item.get("coverage", []) if (c := _coverage(entry, pack, name, where, problems))),
                initial=(str(initial["side"]), one_day(initial["from"])) if initial else None,
                sha256=str(item["hash"]).removeprefix("sha256:") if item.get("hash") else None,
                faults=str(item.get("faults", "")),
            )
        )
    if not found:
        problems.add(where, None, "no resources; a pack needs at least one")
    return tuple(found)


def _coverage(item: dict[str, Any], pack: str, resource: str, where: str, problems: Problems) -> Coverage | None:
    try:
        return Coverage(
            pack=pack,
            resource=resource,
            kinds=tuple(item["kinds"]),
            predicates=tuple(item.get("predicates", ())),
            areas=tuple(item["areas"]),
            start=one_day(item["start"]) if item.get("start") else None,
            end=one_day(item["end"]) if item.get("end") else None,
            min_population=int(item["min_population"]),
            found=int(item["found"]),
            n=int(item["n"]),
            measured_against=str(item["measured_against"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        problems.add(where, None, f"resource {resource}: coverage lacks or mistakes {error}; see docs/packs.md")
        return None


def _check_hash(path: Path, resource: Resource, problems: Problems) -> None:
    if resource.sha256 is None or not path.is_file():
        return
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != resource.sha256:
        problems.add(
            str(path),
            None,
            f"SHA-256 is {found[:12]}…, the descriptor says {resource.sha256[:12]}…; restore the file or freeze the pack anew",
        )


def _check_row_ids(rows: list[tuple[Resource, Line, Record]], problems: Problems) -> None:
    seen: dict[str, Line] = {}
    for _, line, record in rows:
        if record.id in seen:
            first = seen[record.id]
            problems.add(line.file, line.number, f"id {record.id} is taken by {first.file}:{first.number}")
        seen.setdefault(record.id, line)


def _unique(places: list[PackPlace | None], lines: list[tuple[Resource, Line]], problems: Problems) -> list[PackPlace]:
    """One entry a place: the first file that names it wins, a second in the same file is refused."""
    kept: dict[str, PackPlace] = {}
    files: dict[str, str] = {}
    for place, (_, line) in zip(places, lines, strict=True):
        if place is None:
            continue
        if place.id in kept and files[place.id] == line.file:
            problems.add(line.file, line.number, f"place {place.id} stands twice in this file; merge the two lines")
        kept.setdefault(place.id, place)
        files.setdefault(place.id, line.file)
    return list(kept.values())


def _text(data: dict[str, Any], key: str, where: str, problems: Problems) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        problems.add(where, None, f"no {key}; give it in the descriptor")
        return ""
    return value


def _day(data: dict[str, Any], key: str, where: str, problems: Problems) -> date | None:
    parse: Callable[[str], date] = one_day
    try:
        return parse(str(data.get(key, "")))
    except ValueError as error:
        problems.add(where, None, f"{key}: {error}")
        return None


__all__ = ["DESCRIPTOR", "Pack", "PackPlace", "Resource", "Row", "faults", "read_descriptor", "read_pack"]
