"""Importers: every line a row or counted as left out, every column taken, limits kept, and what comes out is a pack."""

from __future__ import annotations

import json
import lzma
import zipfile
from pathlib import Path

import pytest

from dateline.errors import PackError
from dateline.evidence.importers import BUILT_IN, importer, save
from dateline.evidence.importers.common import Imported
from dateline.evidence.pack import read_pack

DATA = Path(__file__).parents[2] / "shared/data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the workplace's shared data are not here")


def as_pack(imported: Imported, folder: Path, source_class: str = "mixed") -> int:
    """How many rows a pack made of what was imported has; PackError if any breaks a rule."""
    save(imported, folder / "sources", "it")
    licence = [{"name": "MIT"}]
    places = {"name": "places", "path": "sources/places-it.csv", "title": "p", "schema": "dateline:places/1", "licenses": licence}
    rows = {"name": "it", "path": "sources/it.csv", "title": "r", "schema": "dateline:rows/1", "licenses": licence}
    descriptor = {
        "name": "it", "version": "1", "title": "It", "created": "2026-11-22", "licenses": licence,
        "sides": [{"id": "ukraine"}, {"id": "russia"}], "resources": [places, {**rows, "source_class": source_class}],
    }  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    return len(read_pack(folder).rows)


@needs_data
@pytest.mark.parametrize(
    ("name", "path", "read", "rows"),
    [
        ("ucdp", "events/ucdp_ged22.1_ukraine_2014_2021.csv.xz", 2989, 2989),
        ("ucdp", "events/ucdp_ged25.1_ukraine_sample2000_2022_2024.csv.xz", 2000, 2000),
        ("viina", "events/viina_strikes_2022.csv.xz", 0, 0),
        ("viina", "events/viina_strikes_2025.csv.xz", 0, 0),
        ("bellingcat", "events/bellingcat_civilian_harm.json.xz", 2514, 0),
    ],
)
def test_the_workplace_s_files_are_read_to_the_last_line(tmp_path: Path, name: str, path: str, read: int, rows: int) -> None:
    imported = importer(name).read(DATA / path)
    assert imported.read == len(imported.rows) + sum(imported.left_out.values())
    assert imported.rows
    if read:
        assert imported.read == read
    if rows:
        assert len(imported.rows) == rows
    assert as_pack(imported, tmp_path) == len(imported.rows)


@needs_data
def test_wof_places_are_read(tmp_path: Path) -> None:
    imported = importer("wof").read(DATA / "gazetteer/wof_ua_places.csv.xz")
    assert imported.read == 34_821  # 34,094 of them localities
    assert any(p["name_uk"] == "Балаклія" for p in imported.places)
    assert as_pack(imported, tmp_path) == 0


@needs_data
def test_figures_are_read_with_their_counting_start() -> None:
    imported = importer("ohchr").read(DATA / "figures/ohchr_civilian_casualties.csv")
    assert imported.read == 41
    assert {r["counting_from"] for r in imported.rows} == {"2022-02-24"}
    (least,) = [r for r in imported.rows if r["start_min"] == "2023-11-21" and r["predicate"] == "killed"]
    assert (least["value_low"], least.get("value_high")) == ("10000.0", None)
    assert importer("ohchr").read(DATA / "figures/iom_idp_estimates.csv").rows[0]["predicate"] == "displaced"


def test_an_unknown_column_is_never_lost(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("as_of,killed,source_url,wounded_dogs\n2022-03-01,5,https://example.org,3\n")
    with pytest.raises(PackError, match=r"f\.csv:2: unknown columns wounded_dogs"):
        importer("ohchr").read(path)


def test_plain_rows_in_any_order_with_hxl_tags(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    head = "licence,kind,predicate,start_min,place_id,says,source,url\n#meta,,,#date,#loc,,,#meta+url\n"
    good = "CC0-1.0,strike,struck,2022-03-03,geonames:1,A bridge was struck.,Our notes,https://example.org/1\n"
    path.write_text(head + good)
    (row,) = importer("plain").read(path).rows
    assert (row["id"], row["known_from"], row["source_class"]) == ("own-00001", "2022-03-03", "own")
    for column in ("CC0-1.0", "Our notes", "https://example.org/1"):
        path.write_text(head + good + good.replace(column, ""))
        with pytest.raises(PackError, match=r"own\.csv:4: no "):
            importer("plain").read(path)


def test_geonames_dump(tmp_path: Path) -> None:
    path = tmp_path / "UA.txt"
    region = "706482\tKharkiv Oblast\tKharkiv Oblast\t\t49.5\t36.5\tA\tADM1\tUA\t\t07\t\t\t\t2700000\t\t1\tEurope/Kyiv\t2024-01-01"
    town = '712926\tBalakliia\tBalakliia\tБалаклія,"quoted\t49.456\t36.844\tP\tPPL\tUA\t\t07\t\t\t\t31156\t\t1\tEurope/Kyiv\t2024-01-01'
    hill = "1\tHill\tHill\t\t49\t36\tT\tHLL\tUA\t\t07\t\t\t\t0\t\t1\tEurope/Kyiv\t2024-01-01"
    path.write_text(f"{region}\n{town}\n{hill}\n")
    imported = importer("geonames").read(path)
    assert [(p["id"], p["kind"], p["admin1"]) for p in imported.places] == [
        ("geonames:706482", "region", ""), ("geonames:712926", "settlement", "geonames:706482")]  # fmt: skip
    assert imported.left_out == {"a kind of feature that no report names": 1}


def test_daily_areas_become_turns(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("id,name,lat,lon,kind,source,licence\ngeonames:1,Alpha,0.5,0.5,settlement,x,MIT\n")

    def day(name: str, side: str) -> None:
        square = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
        feature = {"properties": {"side": side}, "geometry": {"type": "Polygon", "coordinates": square}}
        (tmp_path / f"{name}.geojson").write_text(json.dumps({"features": [feature]}))

    day("2022-03-01", "ukraine")
    day("2022-03-02", "ukraine")
    day("2022-03-05", "russia")
    (turn,) = importer("areas").read(tmp_path).rows
    assert (turn["side"], turn["start_min"], turn["start_max"]) == ("russia", "2022-03-03", "2022-03-05")
    day("2022-03-06", "")
    with pytest.raises(PackError, match="names no side"):
        importer("areas").read(tmp_path)
    with pytest.raises(PackError, match=r"no YYYY-MM-DD\.geojson"):
        importer("areas").read(tmp_path / "none")


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>Bridge, 2022-03-03</name><description>see https://example.org/a</description>
<Point><coordinates>36.84,49.45,0</coordinates></Point></Placemark>
<Placemark><name>No day</name><Point><coordinates>36.84,49.45</coordinates></Point></Placemark></Document></kml>"""


def test_kml_and_kmz(tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_text(KML)
    with zipfile.ZipFile(tmp_path / "a.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", KML)
    for name in ("a.kml", "a.kmz"):
        imported = importer("kml").read(tmp_path / name)
        assert [(r["start_min"], r["url"]) for r in imported.rows] == [("2022-03-03", "https://example.org/a")]
        assert imported.left_out == {"no point, no day or no link": 1}
    assert as_pack(imported, tmp_path / "pack") == 1


def test_bombs_and_entities_are_refused(tmp_path: Path) -> None:
    (tmp_path / "e.kml").write_text('<!DOCTYPE x [<!ENTITY a "b">]><kml>&a;</kml>')
    with pytest.raises(PackError, match="document type or entities"):
        importer("kml").read(tmp_path / "e.kml")
    with zipfile.ZipFile(tmp_path / "b.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b" " * 30_000_000)
    with pytest.raises(PackError, match="more than the limit"):
        importer("kml").read(tmp_path / "b.kmz")
    (tmp_path / "b.csv.xz").write_bytes(lzma.compress(b"a" * 30_000_000))
    with pytest.raises(PackError, match="more than the limit"):
        importer("plain").read(tmp_path / "b.csv.xz")
    for name, content, told in (("x.kmz", b"no zip", "no KMZ"), ("x.csv.xz", b"no xz", "damaged"), ("x.kml", b"<a>", "not XML")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(PackError, match=told):
            importer("kml" if "km" in name else "plain").read(tmp_path / name)
    (tmp_path / "deep.json").write_text("[" * 200_000)
    with pytest.raises(PackError, match=r"nested too deep|not JSON"):
        importer("bellingcat").read(tmp_path / "deep.json")


def test_every_importer_says_whose_data_it_reads() -> None:
    for name in BUILT_IN:
        module = importer(name)
        assert module.META.name == name
        assert module.META.title
    with pytest.raises(PackError, match=r"gdelt: no such importer; there are areas"):
        importer("gdelt")
