"""The geoparser: names found in text, told apart, and left open where nothing decides."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.types import Where
from dateline.where import find_places, open_gazetteer
from dateline.where.gazetteer import DATA

pytestmark = pytest.mark.skipif(not (DATA / "meta.json").exists(), reason="no gazetteer: pip install -e . builds it")

UKRAINE, RUSSIA = "geonames:690791", "geonames:2017370"
WAR = (UKRAINE, RUSSIA)
KHARKIV, KHARKIV_OBLAST = "geonames:706483", "geonames:706482"


def ids(text: str, theatre: tuple[str, ...] = WAR, language: str = "en") -> list[tuple[str, str | None]]:
    return [(w.words, w.place.id if w.place else None) for w in find_places(text, open_gazetteer(), language=language, theatre=theatre)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell in the Kharkiv region.", [("Kharkiv region", KHARKIV_OBLAST)]),
        ("Shells fell in Kharkiv Oblast.", [("Kharkiv Oblast", KHARKIV_OBLAST)]),
        ("Shells fell in Kharkiv.", [("Kharkiv", KHARKIV)]),
        ("The city of Kharkiv was hit.", [("Kharkiv", KHARKIV)]),
        ("They freed the Chernihiv and Kyiv regions.", [("Chernihiv", "geonames:710734"), ("Kyiv regions", "geonames:703446")]),
        (
            "Attacks on the Donetsk, Luhansk and Kherson oblasts.",
            [("Donetsk", "geonames:709716"), ("Luhansk", "geonames:702657"), ("Kherson oblasts", "geonames:706442")],
        ),
        ("Troops crossed the Dnipro.", [("Dnipro", "dateline:dnipro")]),
        ("The eastern bank of the Dnieper is mined.", [("Dnieper", "dateline:dnipro")]),
        ("Boats on the Dnipro River.", [("Dnipro River", "dateline:dnipro")]),
        ("A house burned in Dnipro.", [("Dnipro", "geonames:709930")]),
        ("They approach the Crimean peninsula.", [("Crimean peninsula", "dateline:crimean-peninsula")]),
        ("They approach Crimea.", [("Crimea", "geonames:703883")]),
        ("Shelling of the Donetsk People's Republic.", [("Donetsk People's Republic", "geonames:709716")]),
        ("A strike on Russian territory.", [("Russian territory", RUSSIA)]),
    ],
)
def test_english_names(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian forces met Russian units.",
        "The Russian defence ministry said so.",
        "President Vladimir Putin and Roman Donets spoke.",
        "One of the soldiers was happy. Most people left.",
        "The Khortytsia command ordered it.",
        "NATO and the UN met.",
        "An Il-76, two Su-34 and a Tu-95 were lost.",
        "Збито Іл-76 і Су-25.",
    ],
)
def test_no_place_in(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Бої точаться під Ізюмом і біля Балаклії.", "uk", ["geonames:707292", "geonames:712926"]),
        ("У Харківській та Сумській областях чути вибухи.", "uk", [KHARKIV_OBLAST, "geonames:692196"]),
        ("На Сумщині й Донеччині загинули люди.", "uk", ["geonames:692196", "geonames:709716"]),
        ("Війська перейшли через Дніпро.", "uk", ["dateline:dnipro"]),
        ("Ракета влучила в будинок у Дніпрі.", "uk", ["geonames:709930"]),
        ("Евакуація з Часового Яру триває.", "uk", ["geonames:710915"]),
        ("Удар по Кривому Рогу.", "uk", ["geonames:703845"]),
        ("Войска вошли в Изюм и подняли флаг в Балаклее.", "ru", ["geonames:707292", "geonames:712926"]),
        ("В Донецкой и Луганской областях слышны взрывы.", "ru", ["geonames:709716", "geonames:702657"]),
        ("Левый берег Днепра заминирован.", "ru", ["dateline:dnipro"]),
    ],
)
def test_inflected_names(text: str, language: str, expected: list[str]) -> None:
    assert [i for _, i in ids(text, language=language)] == expected


def test_containment_decides_between_homonyms() -> None:
    plain = find_places("The town of Balakliia fell.", open_gazetteer(), theatre=WAR)[0]
    assert plain.place and plain.place.id == "geonames:712926"
    told = find_places("Balakliia, a village in the Poltava region, was spared.", open_gazetteer(), theatre=WAR)[0]
    assert told.place and told.place.id == "geonames:712925"
    assert "Poltava" in told.candidates[0].reason


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Vesele in Zaporizhzhia Oblast fell.", "en", "geonames:689736"),  # the one with 10,683 people
        ("Vasylivka in Mykolaiv Oblast was hit.", "en", "geonames:690385"),  # 829 people, and the packs speak of it
        ("Solodke in Zaporizhzhia Oblast fell.", "en", "geonames:693210"),  # none has a size on record: by the packs' accounts
        ("The Sumy region village of Luhove was hit.", "en", "geonames:807423"),  # the only one there
        ("Sumy Oblast's Luhove was hit.", "en", "geonames:807423"),
        ("Бої біля Веселого Запорізької області.", "uk", "geonames:689736"),
        ("Взрыв в селе Весёлое Запорожской области.", "ru", "geonames:689736"),
    ],
)
def test_oblast_decides_between_homonyms(text: str, language: str, first: str) -> None:
    assert [i for _, i in ids(text, language=language) if i and open_gazetteer().place(i).kind == "settlement"] == [first]


def test_packs_accounts_are_a_reason_only_beside_an_area() -> None:
    told = find_places("Solodke in Zaporizhzhia Oblast fell.", open_gazetteer(), theatre=WAR)[0]
    plain = find_places("Solodke fell.", open_gazetteer(), theatre=WAR)[0]
    assert "accounts" in told.candidates[0].reason and "accounts" not in plain.candidates[0].reason


@pytest.mark.parametrize(
    ("text", "language", "now", "until"),
    [
        ("Fighting near Artemivsk and Debaltseve.", "en", "Bakhmut", "2016-02-04"),
        ("Shells fell in Dnepropetrovsk.", "en", "Dnipro", "2016-05-19"),
        ("Бої біля Дзержинська і Горлівки.", "uk", "Toretsk", "2016-02-04"),
        ("Удар по Кировограду.", "ru", "Kropyvnytskyi", "2016-07-14"),
        ("Novomoskovsk, near Dnipro, was hit.", "en", "Samar", "2024-09-19"),
        ("Komsomolsk in Poltava Oblast was spared.", "en", "Horishni Plavni", "2016-05-19"),
    ],
)
def test_former_names_lead_to_the_current_one(text: str, language: str, now: str, until: str) -> None:
    where = find_places(text, open_gazetteer(), language=language, theatre=WAR)[0]
    assert where.place and where.place.name == now
    assert f"called so until {until}" in where.candidates[0].reason
    assert until in [f.until.isoformat() for f in open_gazetteer().former_names(where.place.id)]


def test_a_current_name_has_no_end() -> None:
    where = find_places("Fighting near Bakhmut.", open_gazetteer(), theatre=WAR)[0]
    assert "until" not in where.candidates[0].reason and open_gazetteer().former_names("geonames:706483") == ()


def test_ambiguous_village_stays_open() -> None:
    where = find_places("Andriivka was shelled.", open_gazetteer(), theatre=WAR)[0]
    assert where.place is None and len(where.candidates) > 3
    assert all(c.reason for c in where.candidates)
    assert sum(c.p for c in where.candidates) <= 1.01


def test_neighbour_decides_for_a_village() -> None:
    found = {w.words: w for w in find_places("Andriivka, south of Bakhmut, was cleared. Klishchiivka too.", open_gazetteer(), theatre=WAR)}
    assert found["Andriivka"].candidates[0].place.id == "geonames:9114136"


def test_theatre_is_a_prior() -> None:
    here = find_places("Fighting near Petropavlivka.", open_gazetteer(), theatre=(UKRAINE,))[0]
    anywhere = find_places("Fighting near Paris.", open_gazetteer())[0]
    assert here.candidates[0].place.country == UKRAINE
    assert anywhere.place and anywhere.place.name == "Paris" and anywhere.place.country == "geonames:3017382"
    village = find_places("Fighting near Odessa.", open_gazetteer(), theatre=("geonames:6252001",))[0]
    assert village.candidates[0].place.country == "geonames:6252001"  # Odessa, Texas


def check_shape(text: str, found: tuple[Where, ...]) -> None:
    at = 0
    for w in found:
        assert at <= w.start < w.end <= len(text) and text[w.start : w.end] == w.words
        assert w.candidates and 0 <= w.candidates[0].p <= 1
        assert [c.p for c in w.candidates] == sorted((c.p for c in w.candidates), reverse=True)
        at = w.end


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Kharkiv Хк’'-.,\n ІїЇ Dnipro the US 12😀é"), max_size=120))
def test_any_text_gives_spans_of_itself(text: str) -> None:
    check_shape(text, find_places(text, open_gazetteer(), theatre=WAR))


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", "′"])
def test_five_apostrophes(apostrophe: str) -> None:
    assert ids(f"Бої біля Слов{apostrophe}янська.", language="uk") == [(f"Слов{apostrophe}янська", "geonames:693468")]


def test_capitals_only_and_mixed_scripts() -> None:
    assert ("KHARKIV", KHARKIV) in ids("SHELLS FELL IN KHARKIV AND IZIUM.")
    assert [i for _, i in ids("У Kharkiv та Ізюмі.")] == [KHARKIV, "geonames:707292"]


def test_lower_case_only() -> None:
    """Without capitals only names with some weight or context are taken, and common words are not."""
    assert ids("shells fell in kharkiv and near izium, one man said. most of them left for poltava.") == [
        ("kharkiv", KHARKIV),
        ("izium", "geonames:707292"),
        ("poltava", "geonames:696643"),
    ]


def test_offsets_are_code_points() -> None:
    text = "😀😀 Shells fell in Kharkiv."
    check_shape(text, find_places(text, open_gazetteer()))


def test_same_input_same_output() -> None:
    text = "Kostiantynivka, Andriivka and Pervomaiske were hit; Lyman was not."
    assert find_places(text, open_gazetteer(), theatre=WAR) == find_places(text, open_gazetteer(), theatre=WAR)


def test_time_grows_with_length_only() -> None:
    """Ten times the text takes about ten times the time: no step looks at all pairs of names."""
    piece = "Shells fell in Kharkiv, Izium and Balakliia. Troops left Andriivka near Bakhmut for Lyman.\n\n"

    def spent(times: int) -> float:
        start = time.process_time()
        find_places(piece * times, open_gazetteer(), theatre=WAR)
        return time.process_time() - start

    spent(50)
    small, large = spent(100), spent(1000)
    assert large < 25 * max(small, 0.005)  # 10 for linear work; 2.5 times that for a noisy machine, 100 would be quadratic
