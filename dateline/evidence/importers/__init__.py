"""Importers: data of a known form as rows and places of a pack; each one short module, found here by name.

An importer is a module with `META` (an `Origin`) and `read(path) -> Imported`. Strangers' come in as entry points of
the group `dateline.importers`. What they give is written by `save` and goes into a pack with `ops.add`. Machine-coded
event data (GDELT and its like) have no importer: they point to articles and are no evidence (docs/evidence.md).
"""

from __future__ import annotations

import csv
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from dateline.errors import PackError
from dateline.evidence.importers.common import Imported, Origin
from dateline.evidence.schema import PLACE_COLUMNS, ROW_COLUMNS

__all__ = ["BUILT_IN", "Imported", "Importer", "Origin", "importer", "save"]

BUILT_IN = ("areas", "bellingcat", "geonames", "kml", "ohchr", "plain", "ucdp", "viina", "wof")


class Importer(Protocol):
    """What a module must have to be an importer."""

    META: Origin

    def read(self, path: Path) -> Imported: ...


def importer(name: str) -> Importer:
    """The importer of that name, ours or plugged in. PackError when there is none."""
    if name in BUILT_IN:
        return cast(Importer, import_module(f"dateline.evidence.importers.{name}"))
    for point in sorted(entry_points(group="dateline.importers"), key=lambda p: p.name):
        if point.name == name:
            return cast(Importer, point.load())
    raise PackError(f"{name}: no such importer; there are {', '.join(BUILT_IN)}")


def save(imported: Imported, folder: Path, name: str) -> tuple[Path, Path]:
    """Writes `name`.csv and places-`name`.csv into the folder, in the columns of docs/packs.md; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, places = folder / f"{name}.csv", folder / f"places-{name}.csv"
    for path, columns, lines in ((rows, ROW_COLUMNS, imported.rows), (places, PLACE_COLUMNS, imported.places)):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
    return rows, places
