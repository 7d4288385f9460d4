"""Kinds end to end, on the packs and gazetteer that ship: what is found, and what the records make of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from hashlib import sha256

import pytest

from dateline import check, open_evidence
from dateline.options import Options
from dateline.types import Block, Document
from dateline.verdict import Verdict


@cache
def evidence():
    return open_evidence()


def findings(text, published, **options):
    day = date.fromisoformat(published)
    document = Document(sha256(text.encode()).hexdigest(), text, (Block("body", 0, len(text)),), published=day)
    return check(document, evidence(), Options(**options)).findings


def of(text, published, kind):
    return [f for f in findings(text, published) if f.claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "published", "verdict"),
    [
        ("Ukrainian forces recaptured Kupiansk last week.", "2022-09-17", "supported"),
        ("Ukrainian forces recaptured Kupiansk last week.", "2023-09-17", "misdated"),
        ("Kherson was liberated by the Ukrainian army on 11 November.", "2022-11-14", "supported"),
        ("Russian troops hold Melitopol.", "2023-06-01", "supported"),
        ("Ukrainian troops hold Melitopol.", "2023-06-01", "refuted"),
        ("Ukraine will retake Melitopol next week.", "2023-06-01", "unverified"),
        ("Russia annexed Crimea in 2014.", "2023-06-01", "supported"),
        ("Ukraine annexed Crimea in 2014.", "2023-06-01", "refuted"),
    ],
)
def test_control(text, published, verdict):
    (found,) = of(text, published, "control")
    assert found.verdict.value == verdict, found.reason
    if found.verdict is not Verdict.UNVERIFIED:
        assert found.records and found.rule.startswith("control.")


@pytest.mark.parametrize(
    ("text", "published", "verdicts"),
    [
        ("Russia no longer holds Snake Island.", "2022-12-30", ["supported"]),
        ("Ukrainian forces retook Snihurivka in Mykolaiv region last week.", "2024-03-20", ["misdated"]),
        ("Bakhmut, a city in Donetsk region, was captured by Russian forces in May 2023.", "2023-07-05", ["supported"]),
        ("Ukraine has recaptured Davydiv Brid, Vysokopillia and Arkhanhelske.", "2022-10-10", ["supported"] * 3),
        ("On Saturday Kherson celebrated the day Ukrainian troops entered the city.", "2023-11-12", ["supported"]),
        ("Russia had held the city of Kherson since early March 2022.", "2022-11-12", ["supported"]),
        ("Ukraine recaptured Piatykhatky in June.", "2023-08-10", ["unverified"]),
        ("Mines were laid in occupied Crimea.", "2022-10-08", []),
        ("Their aim is capturing the whole of Donetsk Oblast.", "2022-06-01", ["unverified"]),
        ("Ukrainian forces pushed Russian troops further north from Kharkiv.", "2022-05-10", []),
    ],
)
def test_what_strangers_and_true_reports_taught(text, published, verdicts):
    assert [f.verdict.value for f in of(text, published, "control")] == verdicts


def test_several_places_in_a_region_are_counted():
    text = "Ukrainian troops have liberated several villages in the Kyiv and Chernihiv regions."
    spring, autumn = of(text, "2022-04-08", "control"), of(text, "2023-11-23", "control")
    assert [f.claim.place().name for f in spring] == ["Kyiv Oblast", "Chernihiv Oblast"]
    assert {f.verdict for f in spring} == {Verdict.SUPPORTED}
    assert {f.verdict for f in autumn} == {Verdict.MISDATED}
    assert all(f.happened.start.year == 2022 and f.coverage for f in autumn)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Izium, a town in the Kharkiv region, is quiet.", "supported"),
        ("Izium, a town in the Kherson region, is quiet.", "misplaced"),
        ("Kramatorsk in Donetsk Oblast was quiet.", "supported"),
    ],
)
def test_containment(text, verdict):
    (found,) = of(text, "2023-06-01", "geography")
    assert found.verdict.value == verdict
    assert found.records[0].publisher == "GeoNames"


def test_a_count_that_starts_later_than_the_sentence_is_understated():
    text = "The conflict, which broke out in February 2014, has killed over 10,200 civilians, according to the UN."
    (figure,) = of(text, "2023-11-23", "figure")
    (onset,) = of(text, "2023-11-23", "onset")
    assert figure.verdict is Verdict.UNDERSTATED and onset.verdict is Verdict.SUPPORTED
    (plain,) = of("More than 10,000 civilians have been killed since 24 February 2022, according to the UN.", "2023-11-23", "figure")
    assert plain.verdict is Verdict.SUPPORTED
    (high,) = of("More than 90,000 civilians have been killed since 24 February 2022, according to the UN.", "2023-11-23", "figure")
    assert high.verdict is Verdict.OVERSTATED


def test_what_is_laid_to_a_party_is_not_held_against_the_report():
    text = "Russia's defence ministry said that Ukrainian troops hold Melitopol."
    assert not [f for f in findings(text, "2023-06-01") if f.verdict.accuses]


def test_each_giver_of_sanctions_is_a_claim():
    found = of("The US and the UK have imposed new sanctions on Russia.", "2023-11-23", "sanction")
    assert [f.claim.who.id for f in found] == ["us", "uk"]
    assert {f.verdict for f in found} == {Verdict.SUPPORTED}


def test_every_sentence_ends_in_a_finding():
    text = "Kupiansk was shelled on Monday. What a beautiful morning it was. Nobody knows. Please share."
    found = findings(text, "2023-06-01")
    for sentence in ("Kupiansk", "What a", "Nobody", "Please"):
        at = text.index(sentence)
        assert any(f.claim.sentence_start <= at < f.claim.sentence_end for f in found)
    assert found[-1].verdict is Verdict.NOT_CHECKABLE


def test_findings_are_numbered_in_reading_order_and_lie_in_the_text():
    text = "Izium, a town in the Kharkiv region, was recaptured last week. Russia annexed Crimea in 2014, and Kyiv thanked the West."
    found = findings(text, "2023-11-23")
    assert [f.id for f in found] == [f"c{n}" for n in range(1, len(found) + 1)]
    assert all(text[f.claim.start : f.claim.end] == f.claim.text for f in found)
    assert [f.claim.start for f in found] == sorted(f.claim.start for f in found)


def test_as_of_hides_what_was_known_only_later():
    text = "Ukrainian forces recaptured Kupiansk last week."
    now = findings(text, "2022-09-17")[0]
    before = findings(text, "2022-09-17", as_of=date(2022, 9, 1))[0]
    assert now.verdict is Verdict.SUPPORTED
    assert before.verdict is Verdict.UNVERIFIED


def test_a_language_that_is_not_read_yet_is_said_so():
    found = findings("Ukrainische Truppen haben diese Woche Isjum befreit.", "2022-09-12", language="de")
    assert [f.verdict for f in found] == [Verdict.UNVERIFIED]
    assert "not read yet" in found[0].reason
