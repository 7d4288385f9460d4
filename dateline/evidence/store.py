"""The store: built packs in an in-memory DuckDB, asked many questions in one join."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from dateline.errors import PackError
from dateline.evidence.build import PLACE_TYPES, ROW_TYPES, write_pack
from dateline.evidence.cells import PackPlace
from dateline.evidence.control import state_on
from dateline.evidence.countries import COUNTRIES
from dateline.evidence.coverage import SPEAKS_FROM
from dateline.evidence.pack import read_pack
from dateline.evidence.schema import FORMAT, KINDS
from dateline.evidence.surroundings import inferred
from dateline.types import (
    ActorEntry,
    ControlState,
    Coverage,
    NamedPeriod,
    PackId,
    Place,
    Question,
    Record,
)

BUILT = Path(__file__).parents[1] / "data" / "packs"

_RECORD_FIELDS = tuple(f.name for f in fields(Record))

_PREDICATES = tuple(sorted({p for predicates in KINDS.values() for p in predicates}))
_SUBJECTS = r"string_split(regexp_replace(lower(coalesce(subject, '')), '\s*\|\s*', '|', 'g'), '|')"

# Every question is spread over the keys it may be met by, every row over the keys it answers to ("p:" a place itself,
# "w:" anywhere within an area, "s:" a subject's name, "*" anything of the kind); one hash join finds the pairs, and
# predicates and sides are bits, so that nothing nested crosses from Python to DuckDB.
_ASK = """
SELECT q.n, reach.n FROM (
    SELECT unnest($ns) AS n, unnest($keys) AS key, unnest($predicates) AS predicates, unnest($sides) AS sides,
           unnest($days) AS day
) q JOIN reach USING (key)
WHERE (q.predicates = 0 OR q.predicates & reach.predicate <> 0) AND (q.sides = 0 OR q.sides & reach.side <> 0)
  AND ($as_of IS NULL OR known_from <= $as_of)
  AND (q.day IS NULL OR ((start_min IS NULL OR start_min <= q.day) AND (
        end_max IS NULL OR q.day <= end_max OR end_known_from > $as_of)))
"""


class Evidence:
    """What is known, by whom and since when: one or more packs, opened when first asked."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._said = [_read_built(folder) for folder in self._folders]
        self._records: dict[int, tuple[Record, date | None]] = {}

    @cached_property
    def wars(self) -> tuple[Evidence, ...]:
        """The packs parted by theatre: those that share a country are of one war. A pack without one is of every war."""
        groups: list[list[int]] = []
        for n, theatre in enumerate(set(d["theatre"]) for d in self._said):
            if not theatre:
                continue
            met = [g for g in groups if any(theatre & set(self._said[m]["theatre"]) for m in g)]
            groups = [g for g in groups if g not in met] + [sorted([n, *(m for g in met for m in g)])]
        if len(groups) < 2:
            return (self,)
        everywhere = [n for n, d in enumerate(self._said) if not d["theatre"]]
        return tuple(Evidence([self._folders[n] for n in sorted((*g, *everywhere))]) for g in sorted(groups))

    @cached_property
    def packs(self) -> tuple[PackId, ...]:
        """Which packs these are; `id` is the hash of their canonical rows."""
        return tuple(PackId(d["name"], d["version"], d["id"], d["title"], d["licence"], d["rows"]) for d in self._said)

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """Every measured coverage, also that of under 95 %; `covering` gives only what may speak."""
        return tuple(_coverage(c) for d in self._said for r in d["resources"] for c in r["coverage"])

    @cached_property
    def calendar(self) -> tuple[NamedPeriod, ...]:
        """Named events of the war, by their first day."""
        periods = [
            NamedPeriod(p["name"], date.fromisoformat(p["start"]), _day(p["end"]), tuple(p["names"]), p["url"])
            for d in self._said
            for p in d["calendar"]
        ]
        return tuple(sorted(periods, key=lambda p: (p.start, p.name)))

    @cached_property
    def actors(self) -> tuple[ActorEntry, ...]:
        """Everyone whom the packs know by name, and the side they belong to."""
        return tuple(_actor(a) for d in self._said for a in d["actors"])

    @property
    def sides(self) -> tuple[dict[str, str], ...]:
        """The sides as the packs' descriptors name them: id, name, country …"""
        return tuple({side["id"]: side for d in reversed(self._said) for side in d["sides"]}.values())

    @property
    def theatre(self) -> tuple[str, ...]:
        """Place ids of the countries that the packs speak of."""
        return tuple(dict.fromkeys(t for d in self._said for t in d["theatre"]))

    @property
    def war_start(self) -> date | None:
        """The first day of the war that the packs are about."""
        days = [day for d in self._said if (day := _day(d["war_start"]))]
        return min(days, default=None)

    @property
    def resources(self) -> tuple[dict[str, Any], ...]:
        """The packs' resources as built: name, pack, title, licence, source_class, coverage, faults, rows."""
        return tuple({"pack": d["name"], **r} for d in self._said for r in d["resources"])

    @cached_property
    def places(self) -> dict[str, PackPlace]:
        """The places that travel with the packs, by id."""
        names = ", ".join(PLACE_TYPES)
        found: dict[str, PackPlace] = {}
        for cells in self._con.execute(f"SELECT {names} FROM places ORDER BY n").fetchall():
            values = dict(zip(PLACE_TYPES, cells, strict=True))
            aliases = tuple((values.pop("aliases") or "").split("|")) if values["aliases"] else ()
            values.pop("aliases", None)
            found.setdefault(values["id"], PackPlace(aliases=aliases, **values))
        return found

    def ask(self, questions: Iterable[Question], as_of: date | None = None) -> dict[str, tuple[Record, ...]]:
        """The records that answer each question, by its id, in order of their first day; all in one join.

        `as_of` hides what became public later: later rows, and the ends that later rows gave to earlier ones.
        """
        asked = list(questions)
        if not asked:
            return {}
        spread = [(n, key, q) for n, q in enumerate(asked) for key in _keys(q)]
        pairs = self._con.execute(
            _ASK,
            {
                "ns": [n for n, _, _ in spread],
                "keys": [key for _, key, _ in spread],
                "predicates": [_bits(q.predicates, _PREDICATES) for _, _, q in spread],
                "sides": [_bits(q.sides, self._sides) for _, _, q in spread],
                "days": [q.on for _, _, q in spread],
                "as_of": as_of,
            },
        ).fetchall()
        self._load({row for _, row in pairs})
        found: dict[int, list[Record]] = defaultdict(list)
        for question, row in sorted(set(pairs)):
            if _about(asked[question], self._records[row][0]):
                found[question].append(self._as_known(row, as_of))
        return {q.id: tuple(found.get(n, ())) for n, q in enumerate(asked)}

    def covering(self, kind: str, predicate: str, place: Place, start: date | None, end: date | None) -> tuple[Coverage, ...]:
        """The coverages that may speak (95 % or more found) for this kind of event at the place on all these
        days.
        """
        if start is None or end is None:
            return ()
        known = self.places.get(place.id)
        within = {place.id, *place.parents, *(self._ancestors(known) if known else ())}
        population = max(place.population, known.population if known else 0)
        return tuple(
            c
            for c in self.coverage
            if kind in c.kinds
            and (not c.predicates or predicate in c.predicates)
            and within & set(c.areas)
            and (population >= c.min_population or place.id in c.areas)
            and c.completeness >= SPEAKS_FROM
            and c.start is not None
            and c.start <= start
            and (c.end is None or end <= c.end)
        )

    def state(self, place_id: str, day: date, as_of: date | None = None, *, place: Place | None = None) -> ControlState:
        """Who held the place on the day; see `control.state_on` for the four certainties.

        A place without a row is `inferred` from those around it where `surroundings` allows; `place` tells where it lies
        if no pack does.
        """
        question = Question("state", "control", ("held",), places=(place_id,))
        known = self.ask([question], as_of)["state"]
        found = place or self.places.get(place_id)
        return state_on(day, known) if known or found is None else inferred(self, found, day, as_of)

    def records(self, pack: str | None = None, resource: str | None = None) -> tuple[Record, ...]:
        """All records, or those of one pack or resource, in order."""
        rows = self._con.execute(
            "SELECT n FROM rows WHERE ($pack IS NULL OR pack = $pack) AND ($resource IS NULL OR resource = $resource) ORDER BY n",
            {"pack": pack, "resource": resource},
        ).fetchall()
        numbers = [n for (n,) in rows]
        self._load(set(numbers))
        return tuple(self._records[n][0] for n in numbers)

    @cached_property
    def told(self) -> tuple[tuple[Record, str, str], ...]:
        """Every record that tells of something, with its words and its numbers as the build took them apart."""
        files = [folder / "told.parquet" for folder in self._folders]
        missing = next((f for f in files if not f.is_file()), None)
        if missing is not None:
            raise PackError(f"{missing}: missing, the pack was built by an older version; build it anew")
        rows = self._con.execute(
            "SELECT n, words, numbers FROM read_parquet($files) JOIN rows USING (pack, resource, id) ORDER BY n",
            {"files": [str(f) for f in files]},
        ).fetchall()
        self._load({n for n, _, _ in rows})
        return tuple((self._records[n][0], words, numbers) for n, words, numbers in rows)

    @cached_property
    def _sides(self) -> tuple[str, ...]:
        """Every side that a row names, in order: its place here is its bit."""
        return tuple(s for (s,) in self._con.execute("SELECT DISTINCT side FROM rows WHERE side IS NOT NULL ORDER BY 1").fetchall())

    def _as_known(self, row: int, as_of: date | None) -> Record:
        record, end_known_from = self._records[row]
        if as_of and end_known_from and end_known_from > as_of:
            return replace(record, end_min=None, end_max=None)
        return record

    def _load(self, rows: set[int]) -> None:
        missing = sorted(rows - self._records.keys())
        if not missing:
            return
        names = ", ".join(_RECORD_FIELDS)
        for number, known, *values in self._con.execute(
            f"SELECT n, end_known_from, {names} FROM rows WHERE n IN (SELECT unnest($missing)) ORDER BY n",
            {"missing": missing},
        ).fetchall():
            self._records[number] = (Record(*values), known)

    def _ancestors(self, place: PackPlace) -> tuple[str, ...]:
        chain = [place.id, *place.parents]
        areas = [area for d in self._said for area, members in d["areas"].items() if set(members) & set(chain)]
        return tuple(dict.fromkeys((*place.parents, *areas)))

    @cached_property
    def _con(self) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        con.execute("SET enable_progress_bar = false")
        _check_files(self._folders, self._said)
        for table, types in (("rows", ROW_TYPES), ("places", PLACE_TYPES)):
            files = [str(folder / f"{table}.parquet") for folder in self._folders]
            names = ", ".join(types)
            order = "start_min NULLS FIRST, start_max NULLS LAST, pack, resource, id" if table == "rows" else "id"
            more = f", {_SUBJECTS} AS subjects" if table == "rows" else ""
            con.execute(
                f"CREATE TABLE {table} AS SELECT row_number() OVER (ORDER BY {order}) AS n, {names}{more} "
                f"FROM read_parquet($files) ORDER BY n",
                {"files": files},
            )
        self._make_reach(con)
        return con

    def _make_reach(self, con: duckdb.DuckDBPyConnection) -> None:
        """One line for each row and key that it answers to, with what questions are narrowed by."""
        areas = [(m, area) for d in self._said for area, members in d["areas"].items() for m in members]
        con.execute(
            "CREATE TABLE inside AS WITH up AS ("
            " SELECT DISTINCT id, unnest([id, admin1, admin2, coalesce(c.place, country)]) AS area FROM places LEFT JOIN"
            "  (SELECT unnest($codes) AS code, unnest($ids) AS place) c ON c.code = country)"
            " SELECT id, area FROM up WHERE area IS NOT NULL UNION SELECT up.id, a.area FROM up JOIN"
            "  (SELECT unnest($members) AS member, unnest($areas) AS area) a ON a.member = up.area",
            {
                "codes": list(COUNTRIES),
                "ids": list(COUNTRIES.values()),
                "members": [m for m, _ in areas],
                "areas": [a for _, a in areas],
            },
        )
        con.execute(
            "CREATE TABLE reach AS WITH sides AS (SELECT side, 1::BIGINT << (row_number() OVER (ORDER BY side) - 1) AS bit"
            "  FROM (SELECT DISTINCT side FROM rows WHERE side IS NOT NULL)),"
            " bits AS (SELECT unnest($predicates) AS predicate, unnest($bits) AS bit),"
            " keys AS (SELECT n, kind || '|*' AS key FROM rows UNION ALL"
            "  SELECT n, kind || '|p:' || place_id FROM rows WHERE place_id IS NOT NULL UNION ALL"
            "  SELECT n, kind || '|w:' || area FROM rows JOIN inside ON inside.id = place_id UNION ALL"
            "  SELECT DISTINCT n, kind || '|s:' || name FROM (SELECT n, kind, unnest(subjects) AS name FROM rows))"
            " SELECT key, n, b.bit AS predicate, coalesce(s.bit, 0) AS side, start_min, end_max, end_known_from, known_from"
            " FROM keys JOIN rows USING (n) JOIN bits b ON b.predicate = rows.predicate"
            " LEFT JOIN sides s ON s.side = rows.side",
            {"predicates": list(_PREDICATES), "bits": [1 << n for n in range(len(_PREDICATES))]},
        )


def open_evidence(packs: Sequence[str | Path] | None = None) -> Evidence:
    """The evidence of these packs: names of built-in packs, built folders, or pack folders with sources.

    Without an argument all packs that came with the installation. Raises PackError where one is unknown,
    damaged or of another format.
    """
    if packs is None:
        folders = sorted(p.parent for p in BUILT.glob("*/pack.json"))
        if not folders:
            raise PackError(f"{BUILT}: no pack was built; run: python -m dateline.evidence packs {BUILT}")
        return Evidence(folders)
    return Evidence([_folder(pack) for pack in packs])


def _folder(pack: str | Path) -> Path:
    path = Path(pack)
    if not path.is_dir() and path.name == str(pack) and (BUILT / path).is_dir():
        path = BUILT / path
    if (path / "pack.json").is_file():
        return path
    if (path / "datapackage.json").is_file():
        known = Evidence(sorted(p.parent for p in BUILT.glob("*/pack.json")))
        read = read_pack(path, known_places=known.places if known.packs else {})
        return write_pack(read, Path(tempfile.mkdtemp(prefix="dateline-pack-")) / read.name)
    names = sorted(p.parent.name for p in BUILT.glob("*/pack.json"))
    raise PackError(f"{pack}: no such pack; give a pack folder or one of: {', '.join(names) or '(none built)'}")


def _read_built(folder: Path) -> dict[str, Any]:
    path = folder / "pack.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise PackError(f"{path}: format {data['format']}, this version reads {FORMAT}; build the pack anew")
        data["id"], data["files"], data["resources"], data["calendar"], data["actors"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackError(f"{path}: damaged or not a built pack ({error}); build it anew") from None
    assert isinstance(data, dict)
    return data


def _check_files(folders: Sequence[Path], said: Sequence[dict[str, Any]]) -> None:
    for folder, data in zip(folders, said, strict=True):
        for name, wanted in data["files"].items():
            path = folder / name
            found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
            if found != wanted:
                raise PackError(f"{path}: tampered with or damaged (its SHA-256 is not the pack's); build the pack anew")


def _keys(question: Question) -> list[str]:
    keys = [f"p:{p}" for p in question.places] + [f"w:{w}" for w in question.within]
    keys = keys or [f"s:{s.lower()}" for s in question.subjects] or ["*"]
    return [f"{question.kind}|{key}" for key in keys]


def _about(question: Question, record: Record) -> bool:
    """Whether the record's subject is among those asked for (a question may name a place and a subject)."""
    if not question.subjects:
        return True
    names = {name.strip() for name in (record.subject or "").lower().split("|")}
    return any(subject.lower() in names for subject in question.subjects)


def _bits(words: Sequence[str], known: Sequence[str]) -> int:
    """Words as a set of bits; one that is not known is a bit that no row has."""
    return sum(1 << (known.index(word) if word in known else 62) for word in set(words))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _coverage(c: dict[str, Any]) -> Coverage:
    return Coverage(
        c["pack"],
        c["resource"],
        tuple(c["kinds"]),
        tuple(c["predicates"]),
        tuple(c["areas"]),
        _day(c["start"]),
        _day(c["end"]),
        c["min_population"],
        c["found"],
        c["n"],
        c["measured_against"],
    )


def _actor(a: dict[str, Any]) -> ActorEntry:
    return ActorEntry(
        a["id"],
        a["side"],
        a["role"],
        {k: tuple(v) for k, v in a["names"].items()},
        {k: tuple(v) for k, v in a["adjectives"].items()},
        _day(a["valid_from"]),
        _day(a["valid_to"]),
        a["country"],
    )
