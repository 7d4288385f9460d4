"""A GeoNames country dump (19 tab-separated columns, no header) as places."""

from __future__ import annotations

from pathlib import Path

from dateline.evidence.importers.common import Imported, Origin, table

META = Origin("geonames", "GeoNames", "GeoNames", "https://download.geonames.org/export/dump/", "CC-BY-4.0", "own", "geonames")
COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class", "feature code",
    "country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem",
    "timezone", "modification date",
)  # fmt: skip
KINDS = {"P": "settlement", "A": "district", "H": "river", "S": "facility"}  # feature classes; others are left out
FINER = {"ADM1": "region", "PCLI": "country", "SEA": "sea", "RSV": "reservoir", "ISL": "island", "PEN": "peninsula"}


def read(path: Path) -> Imported:
    """Settlements, divisions, waters and facilities with their names; regions by the dump's own codes."""
    lines = []
    regions = {}
    for line in table(path, delimiter="\t", columns=COLUMNS):
        values = {c: line.pop(c) for c in COLUMNS}
        line.done()
        lines.append((line, values))
        if values["feature code"] == "ADM1":
            regions[values["country code"], values["admin1 code"]] = f"geonames:{values['geonameid']}"
    out = Imported(read=len(lines))
    for line, values in lines:
        kind = FINER.get(values["feature code"]) or KINDS.get(values["feature class"])
        if kind is None:
            out.skip("a kind of feature that no report names")
            continue
        names = [n.strip() for n in values["alternatenames"].split(",") if n.strip()]
        out.places.append({
            "id": f"geonames:{values['geonameid']}", "name": values["name"], "aliases": "|".join(n for n in names if "|" not in n),
            "kind": kind, "lat": values["latitude"], "lon": values["longitude"], "country": values["country code"],
            "admin1": regions.get((values["country code"], values["admin1 code"]), "") if kind != "region" else "",
            "population": values["population"] if values["population"] != "0" else "", "source": META.title,
            "licence": META.licence,
        })  # fmt: skip
        if not values["geonameid"].isdigit():
            raise line.error(f"{values['geonameid']!r} is no GeoNames id; is this a country dump?")
    return out.check()
