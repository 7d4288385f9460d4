"""A user's places join the gazetteer: GeoNames dumps, Who's On First tables and places.csv files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main
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


OCHA_ROWS = (
    "pcode,en,ua,ru,raion_ua,lat,lon,population,geonames",
    "UA5900000001,Testove,Тестове,Тестовое,Сумський,51.0,34.9,12,99000011",
    "UA5900000002,Pointless,Безточкове,,Сумський,,,,",
    "UA5900000003,Oddraion,Дивне,,Невідомський,51.1,34.9,,",
)


def test_ocha_brings_region_and_district(tmp_path: Path) -> None:
    path = tmp_path / "settlements.csv"
    path.write_text("\n".join(OCHA_ROWS) + "\n", encoding="utf-8")
    assert extend_gazetteer([path], tmp_path / "out") == (2, 0)
    made = Gazetteer(tmp_path / "out")
    place = made.place("geonames:99000011")
    assert (place.name, place.local_name, place.population) == ("Testove", "Тестове", 12)
    assert made.contains("geonames:692196", place.id) and made.place(place.parents[0]).kind == "district"
    assert made.place("dateline:ua5900000003").parents == ("geonames:690791",)
    assert made.lookup("Безточкове") == ()


def test_blanks_are_filled_and_nothing_else(tmp_path: Path) -> None:
    """Luhove near Melitopol has neither district nor people in the index; its region stays what it was."""
    path = tmp_path / "settlements.csv"
    row = "UA2308027006,Luhove,Лугове,Луговое,Мелітопольський,46.97543,35.47026,77,10951580"
    path.write_text(OCHA_ROWS[0] + "\n" + row + "\n", encoding="utf-8")
    assert extend_gazetteer([path], tmp_path / "out") == (0, 1)
    before, after = open_gazetteer().place("geonames:10951580"), Gazetteer(tmp_path / "out").place("geonames:10951580")
    assert before.population == 0 and after.population == 77
    assert after.parents == ("geonames:701403", *before.parents)


def test_command_joins_and_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.csv"
    path.write_text(",".join(PLACES_HEADER) + "\nwof:77,Testivka,Тестівка,,,settlement,48.5,37.9,UA,,,12,x,y\n", encoding="utf-8")
    run, out = CliRunner().invoke, tmp_path / "out"
    told = run(main, ["gazetteer", "add", str(path), "-o", str(out)])
    assert told.exit_code == 0 and told.output.startswith("1 places are new, 0 rows met a place")
    assert run(main, ["gazetteer", "find", "Testivka"]).exit_code == 1
    assert "wof:77  Testivka (Тестівка), settlement, 12 people" in run(main, ["gazetteer", "find", "Testivka", "--from", str(out)]).output
    monkeypatch.setenv("DATELINE_GAZETTEER", str(out))
    open_gazetteer.cache_clear()
    try:
        assert open_gazetteer().lookup("Тестівкою")[0].id == "wof:77"
    finally:
        monkeypatch.undo()
        open_gazetteer.cache_clear()


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [(["none.txt", "-o", "{}/x"], "no such file"), (["none.txt", "-o", str(DATA)], "name another folder"), (["none.txt"], "--output")],
)
def test_command_names_the_mend(tmp_path: Path, arguments: list[str], mend: str) -> None:
    told = CliRunner().invoke(main, ["gazetteer", "add", *(a.format(tmp_path) for a in arguments)])
    assert told.exit_code == 2 and mend in told.output + told.stderr and "Traceback" not in told.output


def test_find_shows_former_names() -> None:
    told = CliRunner().invoke(main, ["gazetteer", "find", "Artemivsk", "--limit", "1"])
    assert told.output == (
        "geonames:713174  Bakhmut (Бахмут), settlement, 80,500 people, Bakhmut Raion, Donetsk Oblast, Ukraine; Artemivsk until 2016-02-04\n"
    )


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no such file"):
        list(read_places(tmp_path / "none.txt", {}))
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="is none of"):
        list(read_places(tmp_path / "odd.csv", {}))
    (tmp_path / "p.csv").write_text(",".join(PLACES_HEADER) + "\nwof:5,A,,,,settlement,1,2,UA,,,,x,y\n", encoding="utf-8")
    assert next(iter(read_places(tmp_path / "p.csv", {"UA": "geonames:690791"}))).country == "geonames:690791"
