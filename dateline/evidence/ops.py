"""What is done with packs from outside: build, verify, info, coverage, diff, freeze, add."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from dateline.errors import OutputError, PackError
from dateline.evidence.build import build_packs
from dateline.evidence.cells import PackPlace
from dateline.evidence.coverage import SPEAKS_FROM
from dateline.evidence.pack import DESCRIPTOR, faults, read_descriptor, read_pack
from dateline.evidence.schema import FORMAT
from dateline.evidence.store import BUILT, Evidence, open_evidence
from dateline.types import Coverage, Question, Record

__all__ = ["Diff", "Info", "add", "build", "coverage", "coverage_map", "diff", "freeze", "info", "verify"]

LOCAL = "local-"  # a desk's own pack bears it in its name, which stands beside every record in every result


@dataclass(frozen=True, slots=True)
class Info:
    """What a pack holds, counted by resource, kind, side, year, class and licence: one-sidedness shows."""

    name: str
    version: str
    id: str
    title: str
    licence: str
    rows: int
    places: int
    by_resource: dict[str, int]
    by_kind: dict[str, int]
    by_side: dict[str, int]
    by_year: dict[str, int]
    by_class: dict[str, int]
    by_licence: dict[str, int]


@dataclass(frozen=True, slots=True)
class Diff:
    """How two versions of a pack differ: ids of rows added and removed, and columns changed in others."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def build(packs_dir: str | Path, out_dir: str | Path) -> tuple[Path, ...]:
    """Builds every pack folder of `packs_dir` into `out_dir`/<name>/ and gives the folders written."""
    if not any(Path(packs_dir).glob(f"*/{DESCRIPTOR}")):
        raise PackError(f"{packs_dir}: holds no pack; give a folder of folders with a {DESCRIPTOR} each")
    return build_packs(packs_dir, out_dir)


def verify(folder: str | Path) -> tuple[str, ...]:
    """Every fault of a pack folder or of a built pack, one line each; empty when it is sound."""
    path = Path(folder)
    if (path / DESCRIPTOR).is_file() or not (path / "pack.json").is_file():
        return faults(path, known_places=_known(path))
    try:
        open_evidence([path]).ask([Question("any", "control")])
    except PackError as error:
        return (str(error),)
    return ()


def info(pack: str | Path) -> Info:
    """What a pack holds; a name, a built folder or a pack folder."""
    evidence = open_evidence([pack])
    (identity,) = evidence.packs
    records = evidence.records()
    return Info(
        identity.name, identity.version, identity.id, identity.title, identity.licence, len(records),
        len(evidence.places), _count(r.resource for r in records), _count(r.kind for r in records),
        _count(r.side or "none" for r in records),
        _count(str(r.start_max.year) if r.start_max else "open" for r in records),
        _count(r.source_class for r in records), _count(r.licence for r in records),
    )  # fmt: skip


def coverage(pack: str | Path) -> tuple[Coverage, ...]:
    """Every measured coverage of a pack, what may speak (95 % and more) first."""
    found = open_evidence([pack]).coverage
    return tuple(sorted(found, key=lambda c: (c.completeness < SPEAKS_FROM, c.resource, c.areas, str(c.start))))


def coverage_map(pack: str | Path) -> dict[str, object]:
    """The coverage as GeoJSON: a point for every area, with its resource, days, least size, found and n."""
    evidence = open_evidence([pack])
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {
                "area": place.name, "resource": c.resource, "start": str(c.start), "end": str(c.end),
                "min_population": c.min_population, "found": c.found, "n": c.n, "speaks": c.completeness >= SPEAKS_FROM,
            },
        }
        for c in coverage(pack)
        for area in c.areas
        if (place := evidence.places.get(area)) and place.lat is not None
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def diff(old: str | Path, new: str | Path) -> Diff:
    """Which rows two versions of a pack do not share, by id."""
    before = {r.id: r for r in open_evidence([old]).records()}
    after = {r.id: r for r in open_evidence([new]).records()}
    changed = ((row, columns) for row in sorted(before.keys() & after.keys()) if (columns := _differ(before[row], after[row])))
    return Diff(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(changed),
    )


def freeze(folder: str | Path) -> dict[str, str]:
    """Writes the SHA-256 and size of every file into the descriptor, and gives the hashes by path.

    A frozen pack refuses to be read when one of its files differs. PackError when it is not sound.
    """
    path = Path(folder)
    data = read_descriptor(path / DESCRIPTOR)
    for item in data.get("resources", []):
        item.pop("hash", None)
    _write_descriptor(path, data)
    read_pack(path, known_places=_known(path))
    hashes = {}
    for item in data["resources"]:
        content = (path / item["path"]).read_bytes()
        item["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        item["bytes"] = len(content)
        hashes[item["path"]] = item["hash"]
    _write_descriptor(path, data)
    return hashes


def add(
    folder: str | Path, rows: str | Path, *, name: str, title: str, licence: str, source_class: str = "own", created: date | None = None
) -> int:
    """Adds a CSV file of rows (docs/packs.md) to a pack folder as a resource; gives how many rows it has.

    Where `folder` holds no pack yet, one is begun: an overlay named `local-…`, dated `created`, to be used beside
    other packs. The folder is left as it was when a row is refused. PackError names the row's line in the added file.
    """
    path, origin = Path(folder), Path(rows)
    if not origin.is_file():
        raise PackError(f"{origin}: no such file; give a CSV file with the header of docs/packs.md")
    begun = None if (path / DESCRIPTOR).is_file() else _overlay(path, origin, title, licence, created)
    data = begun or read_descriptor(path / DESCRIPTOR)
    if any(item.get("name") == name for item in data.get("resources", [])):
        raise PackError(f"{path / DESCRIPTOR}: there is a resource {name} already; choose another name")
    target = path / "sources" / f"{name}.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(origin, target)
    resource = {
        "name": name, "path": f"sources/{name}.csv", "title": title, "schema": f"dateline:rows/{FORMAT}",
        "licenses": [{"name": licence}], "sources": [], "source_class": source_class, "coverage": [],
    }  # fmt: skip
    before = None if begun else (path / DESCRIPTOR).read_bytes()
    _write_descriptor(path, {**data, "resources": [*data.get("resources", []), resource]})
    try:
        pack = read_pack(path, known_places=_known(path))
    except PackError as error:
        target.unlink()
        if before is None:
            (path / DESCRIPTOR).unlink()
        else:
            (path / DESCRIPTOR).write_bytes(before)
        raise PackError(str(error).replace(str(target), str(origin))) from None
    return sum(row.record.resource == name for row in pack.rows)


def _overlay(folder: Path, rows: Path, title: str, licence: str, created: date | None) -> dict[str, Any]:
    """The descriptor of a desk's own pack: marked local by its name, of every war, with the sides that its rows name."""
    if created is None:
        raise PackError(f"{folder}: holds no pack yet; to begin one, say of which day it is: --created 2023-11-23")
    with rows.open(encoding="utf-8", errors="replace", newline="") as file:
        named = {line.get("side") for line in csv.DictReader(file)}
    return {
        "name": f"{LOCAL}{folder.resolve().name.lower().removeprefix(LOCAL)}",
        "version": "1",
        "title": f"{title} (local)",
        "created": created.isoformat(),
        "licenses": [{"name": licence}],
        "sides": [side for side in open_evidence().sides if side["id"] in named],
        "theatre": [],
        "resources": [],
    }


def _write_descriptor(folder: Path, data: dict[str, object]) -> None:
    aside = folder / f".{DESCRIPTOR}"
    try:
        aside.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        aside.replace(folder / DESCRIPTOR)
    except OSError as error:
        raise OutputError(f"{folder / DESCRIPTOR}: cannot be written ({error}); check its permissions") from None


def _known(folder: Path) -> dict[str, PackPlace]:
    """Places that a pack may name besides its own: those of the installed packs."""
    built = sorted(p.parent for p in BUILT.glob("*/pack.json") if p.parent.name != folder.name)
    return Evidence(built).places if built else {}


def _differ(before: Record, after: Record) -> tuple[str, ...]:
    return tuple(f.name for f in fields(Record) if getattr(before, f.name) != getattr(after, f.name))


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
