"""Who's On First places as CSV (names in three languages, GeoNames concordances) as places."""

from __future__ import annotations

from pathlib import Path

from dateline.evidence.importers.common import Imported, Origin, table

META = Origin("wof", "Who's On First", "Who's On First", "https://whosonfirst.org/", "CC-BY-4.0", "own", "wof")
KINDS = {"locality": "settlement", "region": "region", "county": "district", "country": "country"}
UNUSED = ("wikidata", "region_id", "county_id", "geom_src", "is_current", "region", "county")


def read(path: Path) -> Imported:
    """Places by GeoNames id where one is known, else by their own; the first of two with one id is kept."""
    out = Imported()
    seen = set()
    for line in table(path):
        out.read += 1
        number, geoname = line.must("wof_id"), line.pop("geonames")
        place = f"geonames:{geoname}" if geoname else f"wof:{number}"
        kind = KINDS.get(line.pop("placetype"))
        name, eng, ukr, rus = (line.pop(c) for c in ("name", "eng", "ukr", "rus"))
        variants = [v for c in ("eng_var", "ukr_var", "rus_var") for v in line.pop(c).split("|") if v]
        lat, lon, population, country = (line.pop(c) for c in ("lat", "lon", "population", "country"))
        line.drop(*UNUSED)
        line.done()
        if kind is None or not lat or place in seen:
            out.skip("no settlement or division, no point, or a second entry")
            continue
        seen.add(place)
        out.places.append({
            "id": place, "name": eng or name, "name_uk": ukr, "name_ru": rus, "aliases": "|".join(variants), "kind": kind,
            "lat": lat, "lon": lon, "country": country, "population": population if population != "0" else "",
            "source": META.title, "licence": META.licence,
        })  # fmt: skip
    return out.check()
