"""Geography: how a place lies to regions, rivers, seas, borders and other places, and that loose use is nobody's fault."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

import pytest

from dateline import check, open_evidence
from dateline.types import Block, Document
from dateline.where import open_gazetteer
from dateline.where.ground import in_sea, km_to_country, km_to_shore, largest

RUSSIA, UKRAINE = "geonames:2017370", "geonames:690791"


@cache
def evidence():
    return open_evidence()


def verdicts(text, published="2023-11-23"):
    document = Document(sha256(text.encode()).hexdigest(), text, (Block("body", 0, len(text)),), published=date.fromisoformat(published))
    found = check(document, evidence()).findings
    return {f.claim.predicate: f.verdict.value for f in found if f.claim.kind == "geography"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Melitopol is a port on the Black Sea coast.", {"at-sea": "misplaced"}),
        ("Henichesk is a port on the Sea of Azov.", {"at-sea": "supported"}),
        ("Mines washed up near Snake Island. The island lies in the Black Sea.", {"at-sea": "supported"}),
        ("Mines washed up near Snake Island. The island lies in the Baltic Sea.", {"at-sea": "misplaced"}),
        ("Sumy lies 30 km from the border with Russia.", {"border": "supported"}),
        ("Sumy lies a few kilometres from the border with Romania.", {"border": "refuted"}),
        ("Vovchansk is close to the Russian border.", {"border": "supported"}),
        ("Vinnytsia is close to the Russian border.", {"border": "refuted"}),
        ("Kupiansk stands on the Oskil.", {"on-river": "supported"}),
        ("Kupiansk stands on the Dniester.", {"on-river": "refuted"}),
        ("Nikopol faces Enerhodar across the Dnipro.", {"across": "supported"}),
        ("Nikopol faces Enerhodar across the Danube.", {"across": "refuted"}),
        ("Kerch lies in the east of Crimea.", {"part": "supported"}),
        ("Kerch lies in the west of Crimea.", {"part": "misplaced"}),
        ("Melitopol is the largest city of Kherson region.", {"rank": "misplaced"}),
        ("Kharkiv is the largest city of Kharkiv region.", {"rank": "supported"}),
        ("Izium is a town of about 45,000 people.", {"population": "supported"}),
        ("Izium is a town of about 450,000 people.", {"population": "overstated"}),
        ("More than 40,000 people lived in Izium before the war.", {"population": "supported"}),
        ("Kramatorsk lies between Sloviansk and Druzhkivka.", {"between": "supported"}),
        ("Kramatorsk lies between Lviv and Ternopil.", {"between": "refuted"}),
        ("Irpin is near Kyiv.", {"near": "supported"}),
        ("Irpin is near Odesa.", {"near": "refuted"}),
        ("Chernihiv region borders Belarus.", {"borders": "supported"}),
        ("Kharkiv is Ukraine's second-largest city.", {"rank": "supported"}),
        ("Bakhmut had some 70,000 inhabitants before the war.", {"population": "supported"}),
        ("Kherson, with a population of 280,000, was freed.", {"population": "supported"}),
        ("Odesa is home to a million people.", {"population": "supported"}),
        ("Mariupol belongs to Luhansk region.", {"in": "misplaced"}),
        ("The Oskil flows through Kupiansk.", {"on-river": "supported"}),
        ("The Desna runs past Odesa.", {"on-river": "refuted"}),
        ("Shells hit the eastern Ukrainian city of Bakhmut.", {"part": "supported"}),
        ("Shells hit the western city of Bakhmut.", {"part": "misplaced"}),
        ("Pokrovsk lies in the eastern part of Donetsk region.", {"part": "misplaced"}),
        ("The Lviv region borders Moldova.", {"borders": "refuted"}),
    ],
)
def test_relations(text, expected):
    assert verdicts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Izium, 30 km south-east of Kharkiv, was hit.", {"direction": "refuted"}),
        ("Izium, 115 km south-east of Kharkiv, was hit.", {"direction": "supported"}),
        ("Belgorod, 40 km north of the Ukrainian border, was hit.", {"border": "supported"}),
        ("Kozacha Lopan lies 35 km south of Kharkiv.", {"direction": "misplaced"}),
        ("Shells fell on the Donetsk region town of Kupiansk.", {"in": "misplaced"}),
        ("Shells fell on the Kharkiv region town of Kupiansk.", {"in": "supported"}),
        ("Izium and Balakliia were freed. Both towns are in Kharkiv region.", {"in": "supported"}),
        ("Izium and Balakliia were freed. Both towns are in Odesa region.", {"in": "misplaced"}),
        (
            "Shells fell on Izium, a town on the Siverskyi Donets, 40 km from the front line.",
            {"on-river": "supported", "front": "supported"},
        ),
        ("Troops entered Balakliia. The town stands in Odesa region.", {"in": "misplaced"}),
        ("Troops entered Balakliia. The town, which lies in Odesa region, was empty.", {"in": "misplaced"}),
    ],
)
def test_how_the_place_is_told(text, expected):
    assert verdicts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Izium is a target for troops in Crimea.",  # where the troops are, not the town
        "Engels is in the Saratov region, Izium in the Kharkiv region.",  # a list of two pairs
        "Russia's Bakhmut offensive went on.",
        "Trostianets was freed. The town lies in Chernihiv region.",  # there are towns of that name in three regions
        "Troops from Kherson entered Izium. The town lies in Kherson region.",  # which town is meant is not sure
        "Pokrovsk lies in the eastern Donetsk region.",  # the region lies in the east of the country
        "Shells hit the eastern Russian city of Kazan.",  # parts of countries that are not at war are not measured
        "Fighting went on around Bakhmut, south-west of Avdiivka, and near Donetsk.",  # a list
        "Rubizhne, a village south of Kharkiv, was hit.",  # villages have namesakes
        "Huliaipole, in the south-east of Zaporizhzhia region, was hit.",  # in its east
        "Odesa is Ukraine's main port.",  # which ports rank by is not known
        "Kramatorsk is the largest city in Donetsk region still held by Ukraine.",  # of those, not of all
        "Kramatorsk is the largest city in Donetsk region that Ukraine holds.",
        "Izium is a town of 8,000 people.",  # after years of war it may be
        "The village of Yablonovo in the Kursk region was hit.",  # not all villages there are known
    ],
)
def test_nobody_is_accused_by_a_loose_reading(text):
    assert not set(verdicts(text).values()) & {"misplaced", "refuted", "overstated", "understated"}


def test_distances_to_land_and_sea():
    gazetteer = open_gazetteer()
    odesa, berdiansk, sumy = (gazetteer.place(i) for i in ("geonames:698740", "geonames:712451", "geonames:692194"))
    assert km_to_shore((odesa.lon, odesa.lat), "dateline:black-sea") < 5
    assert (
        km_to_shore((berdiansk.lon, berdiansk.lat), "dateline:sea-of-azov")
        < 5
        < 100
        < km_to_shore((berdiansk.lon, berdiansk.lat), "dateline:black-sea")
    )
    assert km_to_shore((odesa.lon, odesa.lat), "dateline:no-such-sea") is None
    assert in_sea((36.7, 46.0), "dateline:sea-of-azov") and not in_sea((36.7, 46.0), "dateline:black-sea")
    assert 15 < km_to_country((sumy.lon, sumy.lat), RUSSIA) < 45
    assert km_to_country((sumy.lon, sumy.lat), UKRAINE) == 0 and km_to_country((0.0, 0.0), "geonames:0") is None


def test_crimea_lies_in_ukraine_on_every_outline():
    simferopol = open_gazetteer().place("geonames:693805")
    assert km_to_country((simferopol.lon, simferopol.lat), UKRAINE) == 0
    assert km_to_country((simferopol.lon, simferopol.lat), RUSSIA) > 100


def test_the_largest_cities_of_an_area():
    gazetteer = open_gazetteer()
    assert [p.name for p in largest(gazetteer, "geonames:706442", 1)] == ["Kherson"]
    assert largest(gazetteer, "geonames:0") == ()
