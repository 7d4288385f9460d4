"""The gazetteer: look-up by id and name, containment, and what geometry answers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import GazetteerError
from dateline.where import Gazetteer, open_gazetteer
from dateline.where.gazetteer import DATA
from dateline.where.geometry import distance_km, nearest_within
from dateline.where.sources import PLACES_HEADER, places_csv

pytestmark = pytest.mark.skipif(not (DATA / "meta.json").exists(), reason="no gazetteer: pip install -e . builds it")

UKRAINE, CRIMEA, PENINSULA = "geonames:690791", "geonames:703883", "dateline:crimean-peninsula"
DNIPRO, DONETS, OSKIL = "dateline:dnipro", "dateline:siverskyi-donets", "dateline:oskil"


@pytest.mark.parametrize("name", ["Balakliia", "Balakliya", "Balaklia", "Balakleya", "Балаклія", "Балаклею", "Балаклії"])
def test_spellings_of_one_town(name: str) -> None:
    assert open_gazetteer().lookup(name)[0].id == "geonames:712926"


def test_place_has_parents_country_last() -> None:
    place = open_gazetteer().place("geonames:712926")
    assert place.parents[-2:] == ("geonames:706482", UKRAINE) and place.country == UKRAINE
    assert (place.name, place.local_name) == ("Balakliia", "Балаклія")
    assert place.population > 20_000


def test_unknown_id() -> None:
    assert open_gazetteer().get("geonames:1") is None
    with pytest.raises(KeyError):
        open_gazetteer().place("dateline:nowhere")


def test_crimea_is_in_ukraine() -> None:
    g = open_gazetteer()
    for name in ("Sevastopol", "Simferopol", "Yalta", "Kerch"):
        place = next(p for p in g.lookup(name) if p.kind == "settlement")
        assert place.country == UKRAINE and g.contains(PENINSULA, place.id) and g.contains(UKRAINE, place.id)
    assert g.place(CRIMEA).parents == (UKRAINE,) and g.place(PENINSULA).parents == (UKRAINE,)
    assert g.contains(PENINSULA, CRIMEA)


@pytest.mark.parametrize(
    ("area", "place", "answer"),
    [
        ("geonames:706482", "geonames:712926", True),  # Kharkiv Oblast, Balakliia
        ("geonames:706442", "geonames:712926", False),  # Kherson Oblast, Balakliia
        ("dateline:donbas", "geonames:713174", True),  # Donbas, Bakhmut
        ("dateline:donbas", "geonames:706448", False),  # Donbas, Kherson
        (UKRAINE, "dateline:donbas", True),
        ("geonames:706482", DNIPRO, None),  # a river is in no region
        ("geonames:1", "geonames:712926", None),
    ],
)
def test_contains(area: str, place: str, answer: bool | None) -> None:
    assert open_gazetteer().contains(area, place) is answer


@pytest.mark.parametrize(
    ("place", "river", "bank"),
    [
        ("geonames:706448", DNIPRO, "right"),  # Kherson
        ("geonames:691037", DNIPRO, "left"),  # Oleshky
        ("geonames:703861", DNIPRO, "left"),  # Krynky
        ("geonames:712260", DNIPRO, "right"),  # Beryslav
        ("geonames:699839", DNIPRO, "left"),  # Nova Kakhovka
        ("geonames:700051", DNIPRO, "right"),  # Nikopol
        ("geonames:709276", DNIPRO, "left"),  # Enerhodar
        ("geonames:710791", DNIPRO, "right"),  # Cherkasy
        ("geonames:704147", DNIPRO, "left"),  # Kremenchuk
        ("geonames:702972", DONETS, "right"),  # Lysychansk
        ("geonames:691999", DONETS, "left"),  # Sievierodonetsk
        ("geonames:692953", DONETS, "left"),  # Stanytsia Luhanska
        ("geonames:703656", OSKIL, "right"),  # Kupiansk
        ("geonames:691037", OSKIL, None),  # Oleshky lies far beyond the Oskil's ends
    ],
)
def test_banks(place: str, river: str, bank: str | None) -> None:
    assert open_gazetteer().bank(place, river) == bank


def test_distance_and_direction() -> None:
    g = open_gazetteer()
    assert g.distance_km("geonames:706483", "geonames:703448") == pytest.approx(410, abs=10)  # Kharkiv to Kyiv
    assert g.direction("geonames:712926", "geonames:706483") == "south-east"
    assert (g.near_river_km("geonames:706448", DNIPRO) or 99) < 5
    assert g.distance_km("geonames:706448", "geonames:1") is None


def test_borders() -> None:
    g = open_gazetteer()
    assert g.borders("geonames:706482", "geonames:709716") and g.borders(UKRAINE, "geonames:2017370")
    assert g.borders("geonames:706482", "geonames:702549") is False  # Kharkiv and Lviv oblasts
    assert g.borders("geonames:706482", "geonames:1") is None


def test_former_names_lead_to_the_current_one() -> None:
    g = open_gazetteer()
    for old, now in (("Artemivsk", "Bakhmut"), ("Dnipropetrovsk", "Dnipro"), ("Zaporozhye", "Zaporizhzhia"), ("Kiev", "Kyiv")):
        assert any(p.name == now and p.kind == "settlement" for p in g.lookup(old)), old


def test_missing_and_damaged(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="build it with"):
        Gazetteer(tmp_path)
    shutil.copytree(DATA, tmp_path / "g")
    (tmp_path / "g/names.marisa").write_bytes(b"\0" * 100)
    with pytest.raises(GazetteerError, match="damaged"):
        Gazetteer(tmp_path / "g")
    (tmp_path / "g/meta.json").write_text(json.dumps({"format": 0}), encoding="utf-8")
    with pytest.raises(GazetteerError, match="format"):
        Gazetteer(tmp_path / "g")


def test_places_csv_checks_its_header(tmp_path: Path) -> None:
    bad = tmp_path / "places.csv"
    bad.write_text("id,name\nx,y\n", encoding="utf-8")
    with pytest.raises(ValueError, match="header"):
        list(places_csv(bad))
    good = tmp_path / "good.csv"
    good.write_text(",".join(PLACES_HEADER) + "\nwof:1,A,А,,B|C,settlement,50,30,UA,,,12,x,y\n", encoding="utf-8")
    entry = next(iter(places_csv(good)))
    assert (entry.population, entry.lat, sorted(entry.names)) == (12, 50.0, ["A", "B", "C", "А"])


@given(
    st.tuples(st.floats(-180, 180), st.floats(-89, 89)),
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-89, 89)), max_size=8),
    st.floats(1, 500),
)
def test_nearest_within_is_the_least_distance(point: tuple[float, float], others: list[tuple[float, float]], reach: float) -> None:
    least = min((distance_km(point, o) for o in others), default=reach)
    found = nearest_within(point, others, reach)
    assert found == (least if least < reach else None)
