"""The map: recognised borders, a sensible frame for any conflict, names that collide with nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_dossier import hostile_dossier, sample_dossier, world_dossier

from dateline.render.basemap import HEIGHT, WIDTH, Frame, _about, _layers, country, country_at, draw
from dateline.render.map import _core, _frame, _groups, _home, map_of
from dateline.render.words import words

EN = words("en")


@pytest.mark.parametrize(
    ("place", "lat", "lon", "owner"),
    [
        ("Simferopol", 44.952, 34.102, "Ukraine"),
        ("Sevastopol", 44.60, 33.53, "Ukraine"),
        ("Kerch", 45.36, 36.46, "Ukraine"),
        ("Dzhankoi", 45.71, 34.39, "Ukraine"),
        ("Donetsk", 48.0, 37.8, "Ukraine"),
        ("Luhansk", 48.57, 39.3, "Ukraine"),
        ("Melitopol", 46.85, 35.37, "Ukraine"),
        ("Belgorod", 50.6, 36.59, "Russia"),
        ("Krasnodar", 45.04, 38.98, "Russia"),
        ("Tiraspol", 46.84, 29.63, "Moldova"),
        ("Sukhumi", 43.0, 41.02, "Georgia"),
        ("Kyrenia", 35.33, 33.32, "Cyprus"),
        ("Hargeisa", 9.56, 44.06, "Somalia"),
        ("Golan", 33.0, 35.78, "Syria"),
        ("Stepanakert", 39.82, 46.75, "Azerbaijan"),
        ("Baikonur", 45.62, 63.31, "Kazakhstan"),
    ],
)
def test_borders_are_those_that_the_united_nations_recognise(place, lat, lon, owner):
    assert country_at(lat, lon).name == owner


def test_countries_are_found_by_id_and_code():
    assert country("geonames:690791").name == country("UA").name == "Ukraine"
    assert country(None) is None
    assert country("geonames:0") is None
    assert country_at(43.0, 34.0) is None  # the Black Sea


# name, points, countries that must be named or home, and the widest the frame may be in degrees
FRAMES = [
    ("Ukraine", [("Izium", 49.2, 37.2), ("Kherson", 46.6, 32.6)], "Ukraine", 24),
    ("Syria", [("Aleppo", 36.2, 37.1), ("Idlib", 35.9, 36.6)], "Syria", 12),
    ("Gaza", [("Gaza City", 31.51, 34.46)], "Palestine", 4),
    ("Sudan", [("Khartoum", 15.6, 32.5), ("El Fasher", 13.6, 25.3)], "Sudan", 28),
    ("Congo", [("Goma", -1.68, 29.22)], "Dem. Rep. Congo", 36),
    ("Myanmar", [("Mandalay", 21.97, 96.08)], "Myanmar", 36),
    ("Karabakh", [("Shusha", 39.76, 46.75)], "Azerbaijan", 10),
    ("Chechnya", [("Grozny", 43.31, 45.69)], "Russia", 20),
    ("Colombia", [("Medellin", 6.25, -75.56)], "Colombia", 32),
    ("Fiji", [("Suva", -18.14, 178.44)], "Fiji", 400),
]


@pytest.mark.parametrize(("name", "points", "home", "widest"), FRAMES, ids=[f[0] for f in FRAMES])
def test_any_conflict_gets_a_sensible_frame(name, points, home, widest):
    drawn = map_of(world_dossier(*points), EN)
    assert len(drawn.shown) == len(points)
    assert drawn.base.home
    assert country_at(points[0][1], points[0][2]).name == home
    spread = max(p.x for p in drawn.pins) - min(p.x for p in drawn.pins)
    assert spread <= WIDTH
    core = _core([place for place, _, _ in _groups(world_dossier(*points).findings)])
    assert _frame(core, _home(core)).degrees_a_unit * WIDTH < widest


def test_a_far_place_does_not_shrink_the_map():
    near = [("Izium", 49.2, 37.2), ("Kherson", 46.6, 32.6), ("Kyiv", 50.45, 30.5)]
    drawn = map_of(world_dossier(*near, ("Washington", 38.9, -77.04)), EN)
    assert drawn.outside == 1
    assert len(drawn.shown) == 3
    assert drawn.base == map_of(world_dossier(*near), EN).base


def test_no_places_no_map():
    assert map_of(sample_dossier(0), EN) is None
    assert map_of(world_dossier(("Nowhere", float("nan"), 3.0)), EN) is None
    assert map_of(world_dossier(("Nowhere", 95.0, 300.0)), EN) is None


def boxes(names, scale):
    for n in names:
        width = len(n.text) * 6.0 * scale
        left = n.x if n.anchor == "start" else n.x - width if n.anchor == "end" else n.x - width / 2
        yield n, (left, n.y - 9 * scale, left + width, n.y + 2 * scale)


@pytest.mark.parametrize("dossier", [sample_dossier(11), sample_dossier(120)], ids=["11", "120"])
def test_names_of_places_do_not_collide(dossier):
    for names in map_of(dossier, EN).sets:
        scale = 1.0 if names.size == "wide" else 1.75
        found = list(boxes([n for n in names.names if n.kind == "place"], scale))
        for i, (one, a) in enumerate(found):
            assert a[0] > -2
            assert a[2] < WIDTH + 2
            for other, b in found[i + 1 :]:
                assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1], (one, other)


def test_a_misplaced_claim_is_linked_to_where_it_happened():
    drawn = map_of(sample_dossier(11), EN)
    (link,) = drawn.links
    assert (link.km, link.finding.id) == (188, "c10")
    assert [p.place.name for p in drawn.pins if p.real] == ["Kramatorsk"]


def test_the_names_speak_the_page_language():
    names = {n.text for s in map_of(sample_dossier(11), words("uk")).sets for n in s.names}
    assert {"Ізюм", "Херсон", "Крим", "Польща"} <= names


def test_a_hostile_map_stays_a_map():
    assert map_of(hostile_dossier(), EN) is not None


@given(st.floats(-75, 75), st.floats(-180, 180))
@settings(max_examples=30, deadline=None)
def test_any_point_of_the_world_can_be_drawn(lat, lon):
    drawn = map_of(world_dossier(("Somewhere", lat, lon)), EN)
    assert len(drawn.shown) == 1
    size = sum(len(p) for p in (drawn.base.land, drawn.base.home, drawn.base.regions, drawn.base.lakes))
    assert size < 120_000


def test_frames_hold_what_they_shall():
    frame = Frame.around(22, 44, 40, 52)
    for lat, lon in ((44, 22), (52, 40), (44, 40), (52, 22)):
        x, y = frame.xy(lat, lon)
        assert -20 <= x <= WIDTH + 20
        assert -20 <= y <= HEIGHT + 20
    assert frame == Frame.around(22.01, 44.0, 40.01, 52.0)
    assert draw(frame, None) is draw(frame, None)


@pytest.mark.parametrize(
    ("river", "town", "lat", "lon"),
    [
        ("Dnipro", "Kyiv", 50.45, 30.57),
        ("Dnipro", "Kherson", 46.63, 32.61),
        ("Siverskyi Donets", "Izium", 49.20, 37.27),
        ("Siverskyi Donets", "Sviatohirsk", 49.03, 37.57),
        ("Siverskyi Donets", "Lysychansk", 48.92, 38.44),
        ("Siverskyi Donets", "Chuhuiv", 49.83, 36.70),
        ("Oskil", "Kupiansk", 49.71, 37.62),
        ("Southern Bug", "Vinnytsia", 49.23, 28.48),
        ("Southern Bug", "Mykolaiv", 46.97, 31.97),
        ("Inhulets", "Snihurivka", 47.07, 32.81),
        ("Desna", "Chernihiv", 51.48, 31.30),
        ("Dniester", "Zalishchyky", 48.64, 25.74),
    ],
)
def test_rivers_pass_their_towns(river, town, lat, lon):
    layer, names = _layers()["rivers"], [r["name"] for r in _about()["rivers"]]
    owners = np.repeat(layer.owners, layer.sizes)
    x, y = layer.lonlat[:, owners == names.index(river)]
    fine = np.linspace(0, 1, 30)[:, None]
    px, py = (v[:-1] + fine * np.diff(v) for v in (x, y))
    km = np.hypot((px - lon) * np.cos(np.radians(lat)), py - lat).min() * 111.2
    assert km < 8, (town, km)
