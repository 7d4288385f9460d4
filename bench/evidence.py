"""Size and speed of the evidence, with SQLite beside it in the same run.

Run: PYTHONPATH=. .venv/bin/python bench/evidence.py
Asks 60 and 6,000 questions of the packs, of ten times their rows, and of SQLite with an index over the same rows.
Prints one table, the least of several runs: what else runs on the machine only adds. The numbers are a machine's, the ratios
are what to look at.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dateline.evidence import Evidence, open_evidence
from dateline.evidence.store import BUILT
from dateline.types import Question, Record

RUNS = 9


def main() -> None:
    opened, worked = [], []
    for _ in range(RUNS):
        start, busy = time.perf_counter(), time.process_time()
        evidence = open_evidence()
        evidence.ask([Question("first", "control", places=("geonames:712926",))])
        opened.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
    size = sum(f.stat().st_size for f in BUILT.rglob("*") if f.is_file())
    records = evidence.records()
    print(
        f"built packs {size / 1e6:.1f} MB, {len(records):,} rows, {len(evidence.places):,} places; "
        f"opened and asked once in {min(opened):.2f} s, {min(worked):.2f} s of them on a processor"
    )
    places = sorted({r.place_id for r in records if r.kind == "control" and r.place_id})
    few, many = questions(places, 60), questions(places, 6000)
    lite = sqlite(records, 1)
    print(f"{'elapsed (on all processors)':34}{'60 questions':>20}{'6,000 questions':>22}")
    row("DuckDB, one join", lambda q: evidence.ask(q), few, many)
    row("SQLite, one query a question", lambda q: ask_sqlite(lite, q), few, many)
    tenfold = multiply(open_evidence(), 10)
    row("DuckDB, ten times the rows", lambda q: tenfold.ask(q), few, many)
    lite_ten = sqlite(records, 10)
    row("SQLite, ten times the rows", lambda q: ask_sqlite(lite_ten, q), few, many)


def questions(places: list[str], number: int) -> list[Question]:
    """Half ask for a place's changes, a quarter for its state on a day, a quarter for offensives by name."""
    made = []
    for n in range(number):
        place = places[n * 7919 % len(places)]
        if n % 4 == 3:
            made.append(Question(f"q{n}", "advance", ("offensive",), subjects=("counteroffensive",)))
        else:
            made.append(
                Question(f"q{n}", "control", ("held",), places=(place,), on=date(2022, 3, 1) + timedelta(n % 700) if n % 4 == 1 else None)
            )
    return made


def row(name: str, ask: Callable[[list[Question]], object], few: list[Question], many: list[Question]) -> None:
    times = []
    for asked in (few, many):
        ask(asked)
        runs = []
        for _ in range(RUNS):
            start, busy = time.perf_counter(), time.process_time()
            ask(asked)
            runs.append((time.perf_counter() - start, time.process_time() - busy))
        times += [min(elapsed) * 1000 for elapsed in zip(*runs, strict=True)]
    print(f"{name:34}{times[0]:9.1f} ({times[1]:.1f}) ms{times[2]:11.1f} ({times[3]:.1f}) ms")


def multiply(evidence: Evidence, times: int) -> Evidence:
    """The same store with every row repeated at places of its own, so that only the size of the tables grows."""
    con = evidence._con
    rows = con.execute("SELECT count(*) FROM rows").fetchall()[0][0]
    for copy in range(1, times):
        con.execute(
            f"INSERT INTO rows SELECT n + {rows * copy}, * EXCLUDE (n) REPLACE (place_id || '~{copy}' AS place_id) "
            f"FROM rows WHERE n <= {rows}"
        )
        con.execute(f"INSERT INTO reach SELECT key || '~{copy}', n + {rows * copy}, * EXCLUDE (key, n) FROM reach WHERE n <= {rows}")
    return evidence


def sqlite(records: tuple[Record, ...], times: int) -> sqlite3.Connection:
    names = [f.name for f in fields(Record)]
    con = sqlite3.connect(":memory:")
    con.execute(f"CREATE TABLE rows ({', '.join(names)})")
    for copy in range(times):
        con.executemany(
            f"INSERT INTO rows VALUES ({', '.join('?' * len(names))})",
            ([_plain(getattr(r, n), n, copy) for n in names] for r in records),
        )
    con.execute("CREATE INDEX by_place ON rows (kind, place_id, predicate)")
    con.execute("CREATE INDEX by_predicate ON rows (kind, predicate) WHERE kind <> 'control'")
    con.execute("ANALYZE")
    return con


def _plain(value: object, name: str, copy: int) -> object:
    if name == "place_id" and value and copy:
        return f"{value}~{copy}"
    return value.isoformat() if isinstance(value, date) else value


def ask_sqlite(con: sqlite3.Connection, asked: list[Question]) -> int:
    found = 0
    for q in asked:
        sql, values = "SELECT * FROM rows WHERE kind = ? AND predicate = ?", [q.kind, q.predicates[0]]
        if q.places:
            sql, values = f"{sql} AND place_id = ?", [*values, q.places[0]]
        if q.on:
            sql = f"{sql} AND start_min <= ? AND (end_max IS NULL OR end_max >= ?)"
            values += [q.on.isoformat()] * 2
        if q.subjects:
            sql, values = f"{sql} AND '|' || lower(subject) || '|' LIKE ?", [*values, f"%|{q.subjects[0]}|%"]  # no index helps
        found += len(con.execute(sql, values).fetchall())
    return found


if __name__ == "__main__":
    main()
