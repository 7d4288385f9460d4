"""A user's places join the gazetteer: GeoNames dumps, Who's On First tables and places.csv files."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import GazetteerError
from dateline.where import find_places, open_gazetteer
from dateline.where.extend import extend_gazetteer, read_places
from dateline.where.gazetteer import DATA, Gazetteer
from dateline.where.sources import PLACES_HEADER

pytestmark = pytest.mark.skipif(not (DATA / "meta.json").exists(), reason="no gazetteer: pip install -e . builds it")
WOF = Path(__file__).parents[2] / "shared/data/gazetteer/wof_ua_places.csv.xz"


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The shipped index with two rows of a GeoNames dump, and all of Who's On First's Ukraine where it is at hand."""
    folder = tmp_path_factory.mktemp("gazetteer")
    dump = folder / "XX.txt"
    rows = [
        [
            "99000001",
            "Testivka",
            "Testivka",
            "Тестівка,Testovka",
            "48.5",
            "37.9",
            "P",
            "PPL",
            "UA",
            "",
            "05",
            "",
            "",
            "",
            "41",
            "",
            "90",
            "Europe/Kyiv",
            "2024-01-01",
        ],
        [
            "99000002",
            "Kharkiv",
            "Kharkiv",
            "Харків",
            "49.98",
            "36.25",
            "P",
            "PPL",
            "UA",
            "",
            "07",
            "",
            "",
            "",
            "1",
            "",
            "90",
            "Europe/Kyiv",
            "2024-01-01",
        ],
        [
            "99000003",
            "Test Hill",
            "Test Hill",
            "",
            "48.5",
            "37.9",
            "T",
            "HLL",
            "UA",
            "",
            "05",
            "",
            "",
            "",
            "0",
            "",
            "90",
            "Europe/Kyiv",
            "2024-01-01",
        ],
    ]
    dump.write_text("".join("\t".join(r) + "\n" for r in rows), encoding="utf-8")
    files = [dump, WOF] if WOF.exists() else [dump]
    new, met = extend_gazetteer(files, folder / "out")
    assert new >= 1 and met >= 1
    return Gazetteer(folder / "out")


def test_new_place_is_found_in_text(extended: Gazetteer) -> None:
    where = find_places("Бої тривають біля Тестівки.", extended, language="uk", theatre=("geonames:690791",))[0]
    assert where.place and where.place.id == "geonames:99000001" and where.place.population == 41


def test_same_place_under_another_id_is_one(extended: Gazetteer) -> None:
    place = extended.get("geonames:99000002")
    assert place and place.id == "geonames:706483"
    assert (
        len([p for p in extended.lookup("Kharkiv") if p.kind == "settlement" and p.country == "geonames:690791" and p.population > 10**6])
        == 1
    )


def test_old_answers_stay(extended: Gazetteer) -> None:
    for name in ("Balakliia", "Изюмом", "Kharkiv region"):
        assert extended.lookup(name)[0] == open_gazetteer().lookup(name)[0]
    assert extended.contains("geonames:706482", "geonames:712926")


@pytest.mark.skipif(not WOF.exists(), reason="needs shared/data/gazetteer")
def test_ukraine_grows_to_more_than_thirty_thousand(extended: Gazetteer) -> None:
    ukraine = extended.store.number("geonames:690791")
    settlements = (extended.store.table["country"] == ukraine) & (extended.store.table["kind"] == 0)
    assert int(settlements.sum()) > 30_000


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no such file"):
        list(read_places(tmp_path / "none.txt", {}))
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="is none of"):
        list(read_places(tmp_path / "odd.csv", {}))
    (tmp_path / "p.csv").write_text(",".join(PLACES_HEADER) + "\nwof:5,A,,,,settlement,1,2,UA,,,,x,y\n", encoding="utf-8")
    assert next(iter(read_places(tmp_path / "p.csv", {"UA": "geonames:690791"}))).country == "geonames:690791"
