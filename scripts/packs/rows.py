"""Writing pack CSV files: rows in the schema's columns, sorted, same input same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from dateline.evidence.schema import PLACE_COLUMNS, ROW_COLUMNS

PACKS = Path(__file__).parents[2] / "packs"


def write_rows(path: Path, rows: Iterable[Mapping[str, object]], columns: tuple[str, ...] = ROW_COLUMNS) -> int:
    """Writes rows (absent columns blank) and gives their number; an unknown column is an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: "" if v is None else v for k, v in row.items()})
            count += 1
    return count


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


__all__ = ["PACKS", "PLACE_COLUMNS", "ROW_COLUMNS", "read_rows", "write_rows"]
