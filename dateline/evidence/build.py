"""Packs as Parquet: what a pack folder says, sorted, hashed and written by DuckDB; opened by store.py.

`python -m dateline.evidence PACKS_DIR OUT_DIR` builds every pack of a folder; the wheel's build hook calls
`build_packs`. Same input, same bytes: rows are sorted, one thread writes, no clock is read.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dateline.errors import OutputError
from dateline.evidence.cells import PackPlace
from dateline.evidence.pack import Pack, read_pack
from dateline.evidence.schema import FORMAT
from dateline.identify.told import LANGUAGE, told_by
from dateline.text.lexicon import lexicon
from dateline.types import Record

Cell = str | int | float | date | None

_SQL_TYPE = {
    "date | None": "DATE",
    "float | None": "DOUBLE",
    "str | None": "VARCHAR",
    "str": "VARCHAR",
    "int": "BIGINT",
    "tuple[str, ...]": "VARCHAR",
    "dict[str, tuple[str, ...]]": "VARCHAR",
}
RECORD_TYPES = {f.name: _SQL_TYPE[str(f.type)] for f in fields(Record)}
ROW_TYPES = {**RECORD_TYPES, "end_known_from": "DATE"}
TOLD_TYPES = {"pack": "VARCHAR", "resource": "VARCHAR", "id": "VARCHAR", "words": "VARCHAR", "numbers": "VARCHAR"}
PLACE_TYPES = {f.name: _SQL_TYPE[str(f.type)] for f in fields(PackPlace)}


def build_packs(packs_dir: str | Path, out_dir: str | Path) -> tuple[Path, ...]:
    """Builds every pack folder of `packs_dir` into `out_dir`/<name>/ and gives the folders written.

    Packs may name each other's places, so all are read before one is written. Raises PackError, OutputError.
    """
    folders = sorted(p.parent for p in Path(packs_dir).glob("*/datapackage.json"))
    places: dict[str, PackPlace] = {}
    packs = []
    for folder in folders:
        pack = read_pack(folder, known_places=places)
        for place in pack.places:
            places.setdefault(place.id, place)
        packs.append(pack)
    return tuple(write_pack(pack, Path(out_dir) / pack.name) for pack in packs)


def write_pack(pack: Pack, out: Path) -> Path:
    """Writes a pack to the folder `out`, made aside and renamed, so that a reader never sees half a pack."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _write(pack, aside)
        if out.exists():
            shutil.rmtree(out)
        os.replace(aside, out)
        out.chmod(0o755)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error}); choose another folder or free some space") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return out


def pack_id(pack: Pack) -> str:
    """SHA-256 of the pack's canonical rows and of what its descriptor says about them."""
    digest = hashlib.sha256()
    said = {
        "format": FORMAT,
        "sides": pack.sides,
        "theatre": pack.theatre,
        "war_start": pack.war_start,
        "areas": pack.areas,
        "coverage": [asdict(c) for r in pack.resources for c in r.coverage],
    }
    digest.update(_canonical(said))
    for table in (_row_cells(pack), _place_cells(pack)):
        for cells in table:
            digest.update(_canonical(cells))
    for entry in sorted(pack.actors, key=lambda a: (a.id, a.valid_from or date.min)):
        digest.update(_canonical(asdict(entry)))
    for period in pack.calendar:
        digest.update(_canonical(asdict(period)))
    return digest.hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode() + b"\n"


def _write(pack: Pack, out: Path) -> None:
    con = duckdb.connect()
    con.execute("SET threads = 1")
    try:
        _to_parquet(con, out / "rows.parquet", ROW_TYPES, _row_cells(pack))
        _to_parquet(con, out / "places.parquet", PLACE_TYPES, _place_cells(pack))
        _to_parquet(con, out / "told.parquet", TOLD_TYPES, _told_cells(pack))
    finally:
        con.close()
    files = {name: _sha256(out / name) for name in ("rows.parquet", "places.parquet", "told.parquet")}
    (out / "pack.json").write_text(json.dumps(_descriptor(pack, files), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _descriptor(pack: Pack, files: dict[str, str]) -> dict[str, Any]:
    """What store.py reads at opening; days as ISO text."""
    data = {
        "format": FORMAT,
        "id": pack_id(pack),
        "name": pack.name,
        "version": pack.version,
        "title": pack.title,
        "created": pack.created,
        "licence": pack.licence,
        "rows": len(pack.rows),
        "sides": pack.sides,
        "theatre": pack.theatre,
        "war_start": pack.war_start,
        "areas": pack.areas,
        "files": files,
        "resources": [
            {
                "name": r.name,
                "title": r.title,
                "table": r.table,
                "licence": r.licence,
                "source_class": r.source_class,
                "sources": r.sources,
                "faults": r.faults,
                "coverage": [asdict(c) for c in r.coverage],
                "rows": sum(row.record.resource == r.name for row in pack.rows),
            }
            for r in pack.resources
        ],
        "actors": [asdict(a) for a in pack.actors],
        "calendar": [asdict(p) for p in pack.calendar],
    }
    plain: dict[str, Any] = json.loads(json.dumps(data, default=str))
    return plain


def _row_cells(pack: Pack) -> list[tuple[Cell, ...]]:
    ordered = sorted(
        pack.rows,
        key=lambda row: (
            row.record.start_min or date.min,
            row.record.start_max or date.max,
            row.record.resource,
            row.record.id,
        ),
    )
    names = [f.name for f in fields(Record)]
    return [(*(getattr(row.record, n) for n in names), row.end_known_from) for row in ordered]


def _told_cells(pack: Pack) -> list[tuple[Cell, ...]]:
    """What each row tells, for the rows that tell of something (`identify.told`)."""
    words = lexicon(LANGUAGE)
    told = ((row.record, told_by(row.record, words)) for row in pack.rows)
    return [(r.pack, r.resource, r.id, *t) for r, t in sorted(told, key=lambda pair: (pair[0].resource, pair[0].id)) if t is not None]


def _place_cells(pack: Pack) -> list[tuple[Cell, ...]]:
    names = [f.name for f in fields(PackPlace)]
    return [
        tuple("|".join(v) if isinstance(v := getattr(p, n), tuple) else v for n in names) for p in sorted(pack.places, key=lambda p: p.id)
    ]


def _to_parquet(con: duckdb.DuckDBPyConnection, path: Path, types: dict[str, str], rows: Sequence[Iterable[Cell]]) -> None:
    """Through a CSV file, which DuckDB reads a thousand times faster than it takes single inserts."""
    plain = path.with_suffix(".csv")
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(types)
        writer.writerows(rows)
    columns = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in types.items()) + "}"
    con.execute(
        f"COPY (SELECT * FROM read_csv(?, header = true, auto_detect = false, delim = ',', quote = '\"', "
        f"escape = '\"', nullstr = '', columns = {columns})) TO '{_quoted(path)}' "
        "(FORMAT parquet, COMPRESSION zstd)",
        [str(plain)],
    )
    plain.unlink()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
