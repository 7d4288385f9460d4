"""Joins a user's own places to the gazetteer: a GeoNames dump, a table of Who's On First or OCHA, or a places.csv.

The index itself is the other source, so that nothing of what it was built from has to be installed:
`extend_gazetteer([Path("UA.txt")], out)` reads the shipped index, adds what is new and writes another one,
which `open_gazetteer(out)` opens. Rows with a known id add their names to the place that is there; so do rows
of the same name within three kilometres of it. What the index left blank (region, district, people) they fill.
"""

from __future__ import annotations

import csv
import json
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from dateline.errors import GazetteerError
from dateline.where.fold import fold, is_cyrillic, romanisations, skeleton, stems
from dateline.where.gazetteer import DATA, Gazetteer
from dateline.where.geometry import distance_km
from dateline.where.sources import ALTERNATE, GENERATED, MAIN, PLACES_HEADER, Entry, places_csv
from dateline.where.store import ID_TYPE, KINDS, NAMESPACES, PLACE_TYPE, RECORD, Store, split_id

__all__ = ["extend_gazetteer", "read_places"]

_SAME = 3.0  # km: as in build.py
_SAME_CITY = 15.0  # km: sources put the point of a city of 100,000 that far apart
_GEONAMES_COLUMNS = 19  # of the "geoname" table in GeoNames' readme.txt
_POPULATED = "P"  # GeoNames feature class of settlements
_OCHA = ("pcode", "en", "ua", "ru", "raion_ua", "lat", "lon")
_WOF = ("wof_id", "name", "ukr", "rus", "lat", "lon", "geonames", "country")


def read_places(path: Path, countries: dict[str, str]) -> Iterator[Entry]:
    """The rows of a user's file; its kind is told by its header, `.xz` is opened. `countries`: ISO code to place id."""
    if not path.exists():
        raise GazetteerError(f"no such file: {path}")
    with _opened(path) as lines:
        head = lines.readline().rstrip("\n")
    if head.count("\t") == _GEONAMES_COLUMNS - 1:
        yield from _geonames_dump(path, countries)
    elif set(_WOF) <= set(head.split(",")):
        yield from _who_is_on_first(path, countries)
    elif set(_OCHA) <= set(head.split(",")):
        yield from _ocha(path, countries)
    elif head.split(",") == list(PLACES_HEADER):
        for entry in places_csv(path):
            entry.country = countries.get(entry.country, entry.country)
            yield entry
    else:
        raise GazetteerError(
            f"{path} is none of: a GeoNames dump ({_GEONAMES_COLUMNS} columns), a table of Who's On First or OCHA, a places.csv"
        )


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _geonames_dump(path: Path, countries: dict[str, str]) -> Iterator[Entry]:
    with _opened(path) as lines:
        for line in lines:
            part = line.rstrip("\n").split("\t")
            if len(part) != _GEONAMES_COLUMNS or part[6] != _POPULATED:
                continue
            entry = Entry(f"geonames:{part[0]}", part[1], "settlement", "", float(part[4]), float(part[5]), countries.get(part[8], ""))
            entry.population = int(part[14] or 0)
            for name in part[3].split(","):
                entry.add(name, ALTERNATE)
            entry.add(part[1], MAIN)
            yield entry


def _who_is_on_first(path: Path, countries: dict[str, str]) -> Iterator[Entry]:
    with _opened(path) as lines:
        for row in csv.DictReader(lines):
            if not row["lat"] or not row["lon"]:
                continue
            place_id = f"geonames:{row['geonames']}" if row["geonames"].isdigit() else f"wof:{row['wof_id']}"
            name = row.get("eng") or row["name"]
            entry = Entry(place_id, name, "settlement", row["ukr"] or row["rus"], float(row["lat"]), float(row["lon"]))
            entry.country = countries.get(row["country"], "")
            entry.population = int(float(row.get("population") or 0))
            entry.admin1, entry.admin2 = row.get("region") or "", f"{row['county']} Raion" if row.get("county") else ""
            for main in (name, row["ukr"], row["rus"]):
                entry.add(main, MAIN)
            for column in ("name", "eng_var", "ukr_var", "rus_var"):
                for variant in (row.get(column) or "").split("|"):
                    entry.add(variant, ALTERNATE)
            yield entry


def _ocha(path: Path, countries: dict[str, str]) -> Iterator[Entry]:
    """Settlements of a Common Operational Dataset with names in three languages; those without a point are left out."""
    with _opened(path) as lines:
        for row in csv.DictReader(lines):
            if not row["lat"] or not row["lon"]:
                continue
            place_id = f"geonames:{row['geonames']}" if (row.get("geonames") or "").isdigit() else f"dateline:{row['pcode'].lower()}"
            entry = Entry(place_id, row["en"] or row["ua"], "settlement", row["ua"], float(row["lat"]), float(row["lon"]))
            entry.country = countries.get(row["pcode"][:2], "")
            entry.population = int(float(row.get("population") or 0))
            entry.admin2 = f"{row['raion_ua']} район" if row["raion_ua"] else ""
            for main in (row["en"], row["ua"], row["ru"]):
                entry.add(main, MAIN)
            yield entry


def _units(gazetteer: Gazetteer, entry: Entry, known: dict[tuple[str, str, str], tuple[str, str]]) -> None:
    """Region and district of an entry from their names to their ids; blank where a name is not that of one unit."""
    key = (entry.country, entry.admin1, entry.admin2)
    if key not in known:
        region = district = ""
        units = [p for name in (entry.admin1, f"{entry.admin1} Oblast") if entry.admin1 for p in gazetteer.lookup(name)]
        regions = [p.id for p in units if p.kind == "region" and p.country == entry.country]
        region = regions[0] if regions else ""
        units = [p for p in gazetteer.lookup(entry.admin2) if p.kind == "district" and p.country == entry.country] if entry.admin2 else []
        units = [p for p in units if not region or region in p.parents]
        if len(units) == 1:
            district, region = units[0].id, units[0].parents[0]
        known[key] = region, district
    entry.admin1, entry.admin2 = known[key]


def extend_gazetteer(files: Iterable[Path], out: Path, base: Path = DATA) -> tuple[int, int]:
    """Writes the base index and the files' places into `out`; how many places are new, and how many were there."""
    gazetteer = Gazetteer(base)
    store = gazetteer.store
    countries = {key[1:]: store.words(n)[0] for key, (n, _) in store.trie.items("!")}
    keys: list[tuple[str, tuple[int, int]]] = []
    added: list[Entry] = []
    same: dict[str, int] = {}
    known: dict[str, int] = {}
    units: dict[tuple[str, str, str], tuple[str, str]] = {}
    filled: dict[int, list[Entry]] = {}
    met = 0
    for path in files:
        for entry in read_places(path, countries):
            if not entry.admin1.startswith("geonames:"):
                _units(gazetteer, entry, units)
            number = known.get(entry.id)
            if number is None:
                number = _known(gazetteer, entry)
            if number is None:
                number = len(store) + len(added)
                added.append(entry)
            else:
                met += 1
                filled.setdefault(number, []).append(entry)
                if split_id(entry.id)[1] and store.number(entry.id) is None:
                    same[entry.id] = number
            known[entry.id] = number
            keys += ((key, (number, flags)) for key, flags in _keys(entry))
    _write(gazetteer, out, added, keys, same, filled)
    return len(added), met


def _known(gazetteer: Gazetteer, entry: Entry) -> int | None:
    number = gazetteer.store.number(entry.id)
    if number is not None or entry.lat is None or entry.lon is None:
        return number
    for name in (entry.name, entry.local):
        for other, _ in gazetteer.store.find(fold(name)) if name else ():
            place = gazetteer.store.place(other)
            reach = _SAME_CITY if min(place.population, entry.population) >= 100_000 else _SAME
            near = place.kind == entry.kind and place.lat is not None and place.lon is not None
            if near and distance_km((entry.lon, entry.lat), (place.lon or 0.0, place.lat or 0.0)) < reach:
                return other
    return None


def _keys(entry: Entry) -> Iterator[tuple[str, int]]:
    for name, strength in entry.names.items():
        folded = fold(name)
        if len(folded) < 2:
            continue
        yield folded, strength
        if is_cyrillic(folded):
            key = stems(folded)
            if len(key) > 1:
                yield "#" + key, strength
                if " " in key:
                    yield "%" + key.partition(" ")[0], 0
            for latin in sorted(romanisations(name)):
                yield latin, GENERATED
        elif near := skeleton(folded):
            yield "~" + near, strength


def _table(store: Store, added: list[Entry], filled: dict[int, list[Entry]]) -> tuple[NDArray[Any], bytes]:
    """The rows of the base with their blanks filled, the new ones, and the strings of both."""
    table = np.zeros(len(store) + len(added), dtype=PLACE_TYPE)
    table[: len(store)] = store.table
    blob = bytearray(store.text())
    for n, e in enumerate(added, len(store)):
        text = "\t".join((e.id, e.name, e.local)).encode()
        parents = tuple(-1 if (at := store.number(p) if p else None) is None else at for p in (e.country, e.admin1, e.admin2))
        lat, lon = (float("nan") if c is None else c for c in (e.lat, e.lon))
        table[n] = (len(blob), len(text), KINDS.index(e.kind) if e.kind in KINDS else 0, lat, lon, e.population, *parents, 0)
        blob += text
    for number in sorted(filled):
        if table["kind"][number] == KINDS.index("settlement"):
            for entry in filled[number]:
                _fill(table, number, store, entry)
    return table, bytes(blob)


def _fill(table: NDArray[Any], number: int, store: Store, entry: Entry) -> None:
    """Region, district and people of a place where the base left them blank, the units only where they agree with it."""
    region = store.number(entry.admin1) if entry.admin1 else None
    district = store.number(entry.admin2) if entry.admin2 else None
    if table["admin1"][number] < 0 and region is not None:
        table["admin1"][number] = region
    if table["admin2"][number] < 0 and district is not None and table["admin1"][number] == region:
        table["admin2"][number] = district
    if table["population"][number] == 0:
        table["population"][number] = entry.population


def _write(
    gazetteer: Gazetteer,
    out: Path,
    added: list[Entry],
    keys: list[tuple[str, tuple[int, int]]],
    same: dict[str, int],
    filled: dict[int, list[Entry]],
) -> None:
    store = gazetteer.store
    table, blob = _table(store, added, filled)
    ids = [(int(r["key"]), int(r["number"])) for r in store.ids()]
    same |= {e.id: n for n, e in enumerate(added, len(store))}
    for place_id, number in same.items():
        space, num = split_id(place_id)
        if NAMESPACES[space] == "dateline":
            keys.append(("@" + place_id, (number, 0)))
        else:
            ids.append((space << 32 | num, number))
    out.mkdir(parents=True, exist_ok=True)
    np.save(out / "places.npy", table)
    np.save(out / "ids.npy", np.array(sorted(ids), dtype=ID_TYPE))
    (out / "strings.bin").write_bytes(blob)
    best: dict[tuple[str, int], int] = {(k, int(n)): int(flags) for k, (n, flags) in store.trie.items()}
    for key, (number, flags) in keys:
        best[key, number] = min(flags, best.get((key, number), flags))
    records = sorted((key, (number, flags)) for (key, number), flags in best.items())
    marisa_trie.RecordTrie(RECORD, records).save(str(out / "names.marisa"))
    sizes = {name: (out / name).stat().st_size for name in ("names.marisa", "places.npy", "ids.npy", "strings.bin")}
    meta = store.meta | sizes | {"places": len(table), "extends": store.meta["sha256"]}
    (out / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
