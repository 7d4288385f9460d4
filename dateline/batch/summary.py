"""A corpus at a glance: what its claims are, where and when, and the day they were published against the day they happened.

All counts come from the Parquet files by DuckDB with a bounded memory, so that a corpus of any size is summed up; the page
is one file without network, drawn with the style of the others (dateline/render).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb

from dateline.batch.columns import TABLES
from dateline.batch.duplicates import find_duplicates
from dateline.batch.picture import Picture, picture
from dateline.errors import OutputError
from dateline.verdict import Verdict

__all__ = ["Summary", "open_data_set", "summarise", "write_outputs"]

MEMORY: Final = "512MB"  # of DuckDB; what does not fit goes to the disk
LISTED: Final = 20  # lines of a list on the page: the data set holds the rest
ACCUSING: Final = ", ".join(f"'{v.value}'" for v in Verdict if v.accuses)
COUNTS: Final = f"count(*) FILTER (verdict IN ({ACCUSING})), count(*) FILTER (verdict = 'supported')"
CHANGES: Final = "SELECT sort, before, after, context, published FROM (SELECT DISTINCT * FROM mutations)"
TOLD: Final = "report finding published kind verdict label place place_id claimed happened off_by_days off_by_km".split()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page shows. Counts are of reports that are no copies, unless they say otherwise."""

    reports: int
    copies: int
    failures: int
    claims: int
    verdicts: tuple[tuple[str, int, int], ...]  # verdict, claims, claims with copies counted
    places: tuple[tuple[str, str, int, int, int], ...]  # name, id, claims, accused, supported
    months: tuple[tuple[date, int, int, int, int], ...]  # month of publication, reports, claims, accused, supported
    picture: Picture | None
    groups: tuple[tuple[str, str, date, int, int, int], ...]  # title, first report, first seen, copies, days, mutations
    mutations: tuple[tuple[str, str, str, str, date], ...]  # sort, before, after, context, day of the copy
    reasons: tuple[tuple[str, int], ...]  # why reports failed


def open_data_set(out: Path) -> duckdb.DuckDBPyConnection:
    """The data set as views named as its tables. Raises OutputError where there is none."""
    con = duckdb.connect(config={"memory_limit": MEMORY, "threads": 2, "temp_directory": str(out / ".aside")})
    for table, columns in TABLES.items():
        files = sorted((out / table).glob("*.parquet"))
        if not files:
            raise OutputError(f"{out} holds no data set (no {table}): run dateline batch IN --out {out}")
        listed = ", ".join(f'"{name}"' for name in columns)
        pattern = str(out / table / "*.parquet").replace("'", "''")
        con.execute(f"CREATE VIEW {table} AS SELECT {listed} FROM read_parquet('{pattern}')")
    return con


def write_outputs(out: Path, language: str = "en") -> Summary:
    """Find the copies, and write duplicates.parquet, mutations.parquet, findings.geojson and summary.html."""
    from dateline.batch.page import render_summary

    con = open_data_set(out)
    try:
        find_duplicates(con, out)
        told = summarise(con)
        _aside(out / "findings.geojson", _features(con))
    finally:
        con.close()
    _aside(out / "summary.html", iter((render_summary(told, language),)))
    return told


def summarise(con: duckdb.DuckDBPyConnection) -> Summary:
    """Count; `con` is that of `find_duplicates`, which knows the copies."""
    con.execute(
        "CREATE OR REPLACE TEMP VIEW counted AS SELECT f.*, c.copy IS NOT NULL AS copied FROM findings f"
        " LEFT JOIN copies c ON c.copy = f.report WHERE f.inherited_from IS NULL"
    )

    def ask(sql: str) -> list[Any]:
        return con.execute(sql).fetchall()

    (reports, copies, failures, claims) = ask(
        "SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM copies), (SELECT count(*) FROM failures),"
        " (SELECT count(*) FROM counted WHERE NOT copied AND verdict <> 'not-checkable')"
    )[0]
    return Summary(
        reports=reports,
        copies=copies,
        failures=failures,
        claims=claims,
        verdicts=tuple(ask("SELECT verdict, count(*) FILTER (NOT copied), count(*) FROM counted GROUP BY verdict ORDER BY 2 DESC, 1")),
        places=tuple(
            ask(
                f"SELECT any_value(place ORDER BY place), place_id, count(*), {COUNTS}"
                " FROM counted WHERE NOT copied AND place_id IS NOT NULL AND verdict <> 'not-checkable'"
                f" GROUP BY place_id ORDER BY 3 DESC, 2 LIMIT {LISTED}"
            )
        ),
        months=tuple(
            ask(
                "SELECT date_trunc('month', published)::DATE AS month, count(DISTINCT report),"
                f" count(*) FILTER (verdict <> 'not-checkable'), {COUNTS}"
                " FROM counted WHERE NOT copied GROUP BY month ORDER BY month"
            )
        ),
        picture=picture(
            ask(
                "SELECT date_trunc('month', published)::DATE AS published, date_trunc('month', happened_start)::DATE AS happened,"
                " count(*) FILTER (verdict = 'misdated'), count(*) FROM counted"
                " WHERE NOT copied AND happened_start IS NOT NULL AND kind IN ('control', 'advance', 'strike', 'media', 'event')"
                " GROUP BY 1, 2 ORDER BY 1, 2"
            )
        ),
        groups=tuple(
            ask(
                "SELECT coalesce(any_value(r.title), any_value(r.name)), c.first, any_value(c.first_seen), count(*), max(c.days_after),"
                " (SELECT count(*) FROM (SELECT DISTINCT * FROM mutations m WHERE m.first = c.first))"
                f" FROM copies c JOIN reports r ON r.report = c.first GROUP BY c.first ORDER BY 4 DESC, 2 LIMIT {LISTED}"
            )
        ),
        mutations=tuple(ask(f"{CHANGES} ORDER BY first, published, copy, context, before, after LIMIT {LISTED}")),
        reasons=tuple(ask(f"SELECT error || ': ' || reason, count(*) FROM failures GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {LISTED}")),
    )


def _features(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """GeoJSON (RFC 7946) of every finding with a place, line by line: where the report puts it, and where it happened."""
    listed = ", ".join(TOLD)
    there = listed.replace("place, place_id", "happened_place, happened_place_id")
    yield '{"type": "FeatureCollection", "features": [\n'
    found = con.execute(
        f"SELECT lon, lat, 'claimed' AS stand, {listed} FROM findings WHERE lon IS NOT NULL AND verdict <> 'not-checkable' UNION ALL"
        f" SELECT happened_lon, happened_lat, 'happened', {there} FROM findings"
        " WHERE happened_lon IS NOT NULL ORDER BY report, finding, stand"
    )
    lead = ""
    while rows := found.fetchmany(1000):
        for lon, lat, at, *values in rows:
            properties = {"at": at, **{k: v.isoformat() if isinstance(v, date) else v for k, v in zip(TOLD, values, strict=True)}}
            feature: dict[str, Any] = {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
                "properties": properties,
            }
            yield lead + json.dumps(feature, ensure_ascii=False)
            lead = ",\n"
    yield "\n]}\n"


def _aside(path: Path, parts: Iterator[str]) -> None:
    aside = path.with_name(f".{path.name}")
    with aside.open("w", encoding="utf-8", newline="") as file:
        file.writelines(parts)
    aside.replace(path)
