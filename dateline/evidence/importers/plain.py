"""A desk's own rows as plain CSV: any of the columns of docs/packs.md in any order, HXL tags tolerated.

Needed on every line: kind, predicate, start_min, place_id (but for statements and figures), says, source, url, licence.
"""

from __future__ import annotations

from pathlib import Path

from dateline.evidence.importers.common import Imported, Origin, record, table
from dateline.evidence.schema import ROW_COLUMNS

META = Origin("plain", "Own rows", "own desk", "", "", "own", "own")
NEEDED = ("kind", "predicate", "start_min", "says", "source", "url", "licence")


def read(path: Path) -> Imported:
    """One row a line; a line without a source, address or licence is refused with its number."""
    out = Imported()
    for line in table(path):
        out.read += 1
        needed = {column: line.must(column) for column in NEEDED}
        others = {column: value for column in ROW_COLUMNS if column not in NEEDED and (value := line.pop(column, ""))}
        line.done()
        others.setdefault("id", f"own-{out.read:05d}")
        others.setdefault("known_from", others.get("source_date") or others.get("start_max") or needed["start_min"])
        out.rows.append({k: v for k, v in record(META, **needed, **others).items() if v})
    return out.check()
