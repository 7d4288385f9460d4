"""A small pack written to a folder, for tests that need one of their own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from dateline.evidence.schema import PLACE_COLUMNS, ROW_COLUMNS

PLACES = [
    {
        "id": "geonames:1",
        "name": "Alpha",
        "name_uk": "Альфа",
        "kind": "settlement",
        "lat": "49.5",
        "lon": "36.8",
        "country": "UA",
        "admin1": "geonames:100",
        "population": "30000",
        "source": "GeoNames",
        "licence": "CC-BY-4.0",
    },
    {
        "id": "geonames:2",
        "name": "Beta",
        "kind": "settlement",
        "lat": "49.6",
        "lon": "36.9",
        "country": "UA",
        "admin1": "geonames:100",
        "population": "900",
        "source": "GeoNames",
        "licence": "CC-BY-4.0",
    },
    {
        "id": "geonames:100",
        "name": "Gamma Oblast",
        "kind": "region",
        "lat": "49.5",
        "lon": "36.5",
        "country": "UA",
        "source": "GeoNames",
        "licence": "CC-BY-4.0",
    },
]
ROW = {
    "id": "r-1",
    "kind": "control",
    "predicate": "held",
    "side": "russia",
    "place_id": "geonames:1",
    "start_min": "2022-03-03",
    "known_from": "2022-03-03",
    "says": "Alpha came under Russia.",
    "source": "A list",
    "url": "https://example.org/list",
    "publisher": "Example",
    "source_class": "press",
    "family": "example",
    "licence": "CC-BY-4.0",
}


def row(**changed: str) -> dict[str, str]:
    return {**ROW, **changed}


def write_pack(
    folder: Path,
    rows: list[dict[str, str]],
    *,
    places: list[dict[str, str]] | None = None,
    **descriptor: object,
) -> Path:
    """A pack folder with one record resource, `control`, and its places."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    _csv(folder / "sources/control.csv", ROW_COLUMNS, rows)
    _csv(folder / "sources/places.csv", PLACE_COLUMNS, PLACES if places is None else places)
    data: dict[str, object] = {
        "name": "small",
        "version": "1",
        "title": "A small pack",
        "created": "2024-01-01",
        "licenses": [{"name": "CC-BY-4.0"}],
        "sides": [{"id": "ukraine", "name": "Ukraine"}, {"id": "russia", "name": "Russia"}],
        "theatre": ["geonames:690791"],
        "war_start": "2014-02-20",
        "resources": [
            {
                "name": "places",
                "path": "sources/places.csv",
                "title": "Places",
                "schema": "dateline:places/1",
                "licenses": [{"name": "CC-BY-4.0"}],
                "sources": [],
                "coverage": [],
            },
            {
                "name": "control",
                "path": "sources/control.csv",
                "title": "Control",
                "schema": "dateline:rows/1",
                "licenses": [{"name": "CC-BY-4.0"}],
                "sources": [],
                "source_class": "press",
                "coverage": [],
            },
        ],
    }
    data.update(descriptor)
    (folder / "datapackage.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def _csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
