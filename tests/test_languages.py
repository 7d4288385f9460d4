"""Reports in other languages than English: words, clauses, actors, languages of paragraphs, the same facts told thrice."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.check import check
from dateline.errors import ModelError
from dateline.eval.reports import document_of
from dateline.eval.scoring import Case, answer, load_cases
from dateline.eval.triples import WORDINGS, results
from dateline.evidence import open_evidence
from dateline.options import Options
from dateline.text.concepts import concepts, gloss, latin
from dateline.text.declined import find_declined
from dateline.text.glossary import rows_of
from dateline.text.languages import language_of, stretches
from dateline.text.lexicon import LANGUAGES, PIVOT, lexicon
from dateline.text.morph import analyser, language_data
from dateline.text.pivot import lined
from dateline.text.reading import EVENT_NOUNS
from dateline.text.slavic import read_block
from dateline.text.slavic_tokens import sentences, tokens

DEV = Path(__file__).parents[2] / "shared" / "reports" / "dev-cases.jsonl"
OTHERS = [language for language in LANGUAGES if language != PIVOT]


def clauses(text, language):
    words = lexicon(language)
    nouns = frozenset().union(*(words.words(kind, group) for kind, group in EVENT_NOUNS))
    return read_block(text, 0, len(text), 0, language, words, nouns)[1]


def first(text, language, lemma):
    return next(c for c in clauses(text, language) if c.lemma == lemma)


def words_of(phrase, text):
    return None if phrase is None else text[phrase.start : phrase.end]


def findings(text, published, language):
    case = Case("x", language, date.fromisoformat(published), "", text, "neutral", ())
    return check(document_of(case), open_evidence(), Options(language=language)).findings


# words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_two_thousand_words_of_war_and_politics_are_mapped(language):
    assert len({row.lemma for row in rows_of(language)}) >= 2000


@pytest.mark.parametrize("language", OTHERS)
def test_each_row_of_a_word_list_has_a_lemma_an_english_word_and_a_known_class(language):
    for row in rows_of(language):
        assert row.lemma and row.english.isascii(), row
        assert row.kind in {"noun", "noun-adj", "plural", "fixed", "verb", "adj", "adv"}, row


@pytest.mark.parametrize(
    ("uk", "ru", "en"),
    [
        ("ворог обстріляв лікарню", "враг обстрелял больницу", "the enemy shelled a hospital"),
        ("окупанти зруйнували міст", "оккупанты разрушили мост", "occupiers destroyed the bridge"),
        (
            "президент подякував союзникам за зброю",
            "президент поблагодарил союзников за оружие",
            "the president thanked allies for weapons",
        ),
    ],
)
def test_the_same_words_give_the_same_concepts_in_three_languages(uk, ru, en):
    assert concepts(uk, "uk") == concepts(ru, "ru") == concepts(en, "en")


def test_a_gloss_keeps_the_place_of_every_word():
    text = "Обстріляли лікарню мирних жителів у Херсоні"
    for word in gloss(text, "uk"):
        assert text[word.start : word.end] == word.text
    assert [w.english for w in gloss(text, "uk")][:3] == [("shell",), ("hospital",), ("civilian",)]


def test_names_are_written_in_latin_letters_by_the_languages_own_rule():
    assert latin("Сирський", "uk") == "syrskyi"
    assert latin("Згурський", "uk") == "zghurskyi"
    assert latin("Гладков", "ru") == "gladkov"
    assert "hladkov" in {e for w in gloss("про Гладкова", "uk") for e in w.english}


@pytest.mark.parametrize(
    ("form", "language", "lemma", "case"),
    [
        ("військами", "uk", "військо", "ins"),
        ("областю", "uk", "область", "ins"),
        ("будинку", "uk", "будинок", "gen"),
        ("мосту", "uk", "міст", "dat"),
        ("захисників", "uk", "захисник", "gen"),
        ("войсками", "ru", "войско", "ins"),
        ("miasta", "pl", "miasto", "gen"),
    ],
)
def test_forms_are_traced_to_their_lemma_and_case(form, language, lemma, case):
    assert (lemma, case) in {(a.lemma, a.case) for a in analyser(language)(form)}


@pytest.mark.parametrize(
    ("form", "told"), [("звільнено", "impers"), ("звільнили", "fin"), ("звільнити", "inf"), ("звільненого", "part"), ("звільнивши", "ger")]
)
def test_forms_of_the_verb_are_told_apart(form, told):
    assert told in {a.form for a in analyser("uk")(form) if a.lemma == "звільнити"}


def test_the_present_of_a_perfective_verb_is_the_future():
    assert {a.tense for a in analyser("uk")("звільнить") if a.pos == "VERB"} == {"fut"}
    assert {a.tense for a in analyser("uk")("звільняє") if a.pos == "VERB"} == {"pres"}


@pytest.mark.parametrize("language", OTHERS)
@given(word=st.text(max_size=30))
def test_any_string_has_a_reading(language, word):
    assert analyser(language)(word)


def test_an_unknown_language_is_an_error_that_names_those_there_are():
    with pytest.raises(ModelError, match="en, uk, ru, pl"):
        lexicon("xx")


# sentences and tokens ----------------------------------------------------------------------------------


@given(st.text(alphabet=st.sampled_from("Їхали ЗСУ, 12 605 км — №1! 🇺🇦⚡️#тег\n.…«»'’-@"), max_size=120))
def test_tokens_are_in_order_and_cover_all_but_white_space(text):
    found = tokens(text, 0, len(text))
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    covered = {i for t in found for i in range(t.start, t.end)}
    assert all(i in covered or text[i].isspace() for i in range(len(text)))


@given(st.text(max_size=200))
def test_sentences_lie_apart_and_inside_the_text(text):
    found = list(sentences(text, 0, len(text), frozenset({"м"})))
    assert all(0 <= a < b <= len(text) for a, b in found)
    assert all(one[1] <= two[0] for one, two in zip(found, found[1:], strict=False))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("абвгіїєЗСУ звільнили місто, що — який 12 . : « » не б в на по під за\n"), max_size=80))
@pytest.mark.parametrize("language", OTHERS)
def test_no_text_breaks_the_tree(language, text):
    for clause in clauses(text, language):
        sentence = clause.sentence
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start <= clause.start <= clause.end <= sentence.end
        reached = set(sentence.subtree(next(t.i for t in sentence.tokens if t.head == t.i)))
        assert reached == set(range(len(sentence.tokens)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⚡️ЗСУ увійшли до Ізюма 🇺🇦\nМісто звільнено\n#ЗСУ", ["ЗСУ увійшли до Ізюма", "Місто звільнено", "#ЗСУ"]),
        ("На вул. Соборній, м. Київ, о 8 ранку. Усі живі.", ["На вул. Соборній, м. Київ, о 8 ранку.", "Усі живі."]),
        ("В. Зеленський прибув. Потім поїхав!", ["В. Зеленський прибув.", "Потім поїхав!"]),
        ("🔥🔥🔥\n\n❗️", []),
        ("", []),
    ],
)
def test_posts_without_full_stops_are_cut_at_lines_and_abbreviations_do_not_end_them(text, expected):
    found = [text[a:b] for a, b in sentences(text, 0, len(text), frozenset({"вул", "м"}))]
    assert found == expected


def test_numbers_with_spaces_and_decimals_are_one_token():
    assert [t.text for t in tokens("12 605 осіб, 31,75 км² о 13:25, 92-га", 0, 40)][:2] == ["12 605", "осіб"]
    assert "31,75" in [t.text for t in tokens("12 605 осіб, 31,75 км²", 0, 22)]
    assert [t.text for t in tokens("92-га бригада", 0, 13)] == ["92-га", "бригада"]


# clauses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "lemma", "actor", "patient"),
    [
        ("Війська звільнили Ізюм.", "uk", "liberate", "Війська", "Ізюм"),
        ("Ізюм звільнили війська.", "uk", "liberate", "війська", "Ізюм"),
        ("Звільнено Ізюм.", "uk", "liberate", None, "Ізюм"),
        ("Ізюм звільнено військами.", "uk", "liberate", "військами", "Ізюм"),
        ("Місто взяла група.", "uk", "capture", "група", "Місто"),
        ("ЗСУ взяли під контроль село.", "uk", "capture", "ЗСУ", "село"),
        ("Освобождён Лиман.", "ru", "liberate", None, "Лиман"),
        ("Войска взяли под контроль посёлок.", "ru", "capture", "Войска", "посёлок"),
        ("Посёлок взят под контроль войсками.", "ru", "capture", "войсками", "Посёлок"),
        ("Załoga? Wojska ukraińskie wyzwoliły miasto.", "pl", "liberate", "Wojska ukraińskie", "miasto"),
    ],
)
def test_who_did_it_and_to_whom_goes_by_case_not_by_order(text, language, lemma, actor, patient):
    clause = first(text, language, lemma)
    assert (words_of(clause.actor, text), words_of(clause.patient, text)) == (actor, patient)


@pytest.mark.parametrize(
    ("text", "language", "lemma", "negated", "modality"),
    [
        ("ЗСУ не звільнили Ізюм.", "uk", "liberate", True, "asserted"),
        ("ЗСУ звільнять Ізюм.", "uk", "liberate", False, "planned"),
        ("ЗСУ планують звільнити Ізюм.", "uk", "liberate", False, "planned"),
        ("ЗСУ змогли звільнити Ізюм.", "uk", "liberate", False, "asserted"),
        ("Якщо ЗСУ звільнили Ізюм, ворог відступив.", "uk", "liberate", False, "conditional"),
        ("ЗСУ звільнили б Ізюм.", "uk", "liberate", False, "conditional"),
        ("Чому ЗСУ звільнили Ізюм?", "uk", "liberate", False, "question"),
        ("Город не был освобождён.", "ru", "liberate", True, "asserted"),
        ("ВСУ пытаются освободить город.", "ru", "liberate", False, "planned"),
        ("ВСУ освободят город.", "ru", "liberate", False, "planned"),
    ],
)
def test_plans_conditions_and_denials_are_not_told_as_done(text, language, lemma, negated, modality):
    clause = first(text, language, lemma)
    assert (clause.negated, clause.modality) == (negated, modality)


@pytest.mark.parametrize(
    ("text", "language", "lemma", "speaker"),
    [
        ("Зеленський заявив, що місто звільнено.", "uk", "liberate", "Зеленський"),
        ("Місто звільнено, повідомив Зеленський.", "uk", "liberate", "Зеленський"),
        ("За словами Зеленського, місто звільнено.", "uk", "liberate", "Зеленського"),
        ("Зеленський: місто звільнено", "uk", "liberate", "Зеленський"),
        ("У Міноборони заявили, що місто звільнено.", "uk", "liberate", "Міноборони"),
        ("По данным Минобороны, город освобождён.", "ru", "liberate", "Минобороны"),
        ("Город освобождён, сообщил губернатор.", "ru", "liberate", "губернатор"),
    ],
)
def test_what_is_told_by_somebody_hangs_on_who_tells_it(text, language, lemma, speaker):
    found = clauses(text, language)
    told = next(c for c in found if c.lemma == lemma)
    assert told.relation == "ccomp"
    assert speaker in text[found[told.governor].actor.start : found[told.governor].actor.end]


def test_two_verbs_of_a_sentence_share_their_subject():
    text = "Войска покинули Лиман и отошли на новые позиции."
    found = {c.lemma: c for c in clauses(text, "ru")}
    assert words_of(found["leave"].actor, text) == words_of(found["withdraw"].actor, text) == "Войска"


def test_a_relative_clause_takes_its_subject_from_the_noun_before_it():
    text = "Борзов, який очолює адміністрацію, заявив про обстріл."
    assert words_of(first(text, "uk", "lead").actor, text) == "Борзов"
    assert words_of(first(text, "uk", "state").actor, text) == "Борзов"


def test_a_verbal_noun_is_a_clause_with_what_was_done_to_whom():
    text = "Операцією зі звільнення Ізюма керував Сирський."
    clause = first(text, "uk", "liberation")
    assert (clause.form, words_of(clause.patient, text)) == ("nominal", "Ізюма")


def test_a_sentence_is_told_word_by_word_in_the_pivot():
    text = "Кринки стоять на лівому березі Дніпра."
    sentence = clauses(text, "uk")[0].sentence
    assert lined(sentence, 14, 38).text.startswith("on the left bank of")


# languages of paragraphs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ворог обстріляв місто, є загиблі.", "uk"),
        ("Враг обстрелял город, есть погибшие, сообщили власти.", "ru"),
        ("The enemy shelled the town.", "en"),
        ("Siły ukraińskie wyzwoliły miasto, że się nie poddało.", "pl"),
    ],
)
def test_a_language_is_known_by_its_letters_and_commonest_words(text, language):
    assert language_of(text) == language


def test_what_tells_nothing_is_in_the_language_of_the_document():
    assert [language_of(t, "ru") for t in ("", "🇺🇦🇺🇦", "123", "#тег", "https://example.org/the-of-and")] == ["ru"] * 5


def test_each_line_of_a_mixed_post_is_in_its_own_language():
    text = "ЗСУ звільнили місто, є втрати.\nВСУ прорвали границу, были бои.\nThe troops are in the city."
    assert [s.language for s in stretches(text, 0, len(text), "uk")] == ["uk", "ru", "en"]
    found = findings(text, "2024-08-16", "uk")
    assert {f.claim.start for f in found} >= {0}
    assert not any("not read yet" in f.reason for f in found)


def test_no_code_names_a_language_but_the_list_of_languages():
    root = Path(__file__).parents[1] / "dateline" / "text"
    for path in sorted(root.glob("*.py")):
        for language in ("uk", "ru"):  # "pl" is the plural, too
            named = path.read_text("utf-8").count(f'"{language}"')
            assert named == (1 if path.name == "lexicon.py" else 0), (path.name, language)


@pytest.mark.parametrize("language", OTHERS)
def test_every_data_file_has_what_a_language_needs(language):
    data = language_data(language)
    for table in (
        "language",
        "morphology",
        "prepositions",
        "joining",
        "words",
        "numbers",
        "vague",
        "compare",
        "names",
        "pronouns",
        "abbreviations",
    ):
        assert table in data, (language, table)


# actors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "actor"),
    [
        ("сказано Зеленським", "uk", "zelensky"),
        ("удари російських військ", "uk", "russia-armed-forces"),
        ("росіянами", "uk", "russia"),
        ("в Україні", "uk", "ukraine"),
        ("с Владимиром Путиным", "ru", "putin"),
        ("украинскими войсками", "ru", "ukraine-armed-forces"),
    ],
)
def test_actors_are_found_in_whatever_case_they_stand(text, language, actor):
    found = list(find_declined(text, open_evidence().actors, language))
    assert actor in {option[0].id for f in found for option in f.options}


def test_common_words_that_look_like_names_are_no_actors():
    assert not list(find_declined("заходи безпеки та мир у світі", open_evidence().actors, "uk"))


# whole reports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "published", "verdict"),
    [
        ("8 вересня 2022 року українські війська звільнили Балаклію.", "uk", "2022-09-12", "supported"),
        ("Минулого тижня українські війська звільнили місто Балаклія.", "uk", "2023-11-23", "misdated"),
        ("Балаклія розташована в Сумській області.", "uk", "2023-11-23", "misplaced"),
        ("На прошлой неделе украинские войска освободили Балаклею.", "ru", "2023-11-23", "misdated"),
        ("8 сентября 2022 года украинские войска освободили Балаклею.", "ru", "2022-09-12", "supported"),
        ("W zeszłym tygodniu wojska ukraińskie wyzwoliły miasto Balaklija.", "pl", "2023-11-23", "misdated"),
        ("8 września 2022 r. siły ukraińskie odbiły Izium.", "pl", "2022-09-12", "supported"),
        ("Wojska rosyjskie opuściły Chersoń 11 listopada 2022 r.", "pl", "2022-11-15", "supported"),
        ("Rosja planuje zająć Charków.", "pl", "2022-11-15", "unverified"),
    ],
)
def test_reports_get_the_verdicts_that_english_ones_get(text, language, published, verdict):
    assert verdict in {f.verdict.value for f in findings(text, published, language)}


@pytest.mark.parametrize(
    "text",
    [
        "Prezydent Zełenski powiedział, że miasto zostało wyzwolone.",
        "Według ONZ zginęło co najmniej 10 tysięcy cywilów.",
        "Ukraińcy nie opuścili miasta.",
        "Zniszczono szkołę i szpital w Charkowie.",
        "Rakieta trafiła w teatr w Mariupolu 16 marca 2022 r.",
        "Izium leży w obwodzie charkowskim.",
    ],
)
def test_the_other_polish_sentences_are_read_and_accuse_nobody(text):
    found = findings(text, "2022-11-15", "pl")
    assert found
    assert not any(f.verdict.accuses for f in found)


@cache
def _dev_cases():
    return [c for c in load_cases(DEV) if c.language in ("uk", "ru")]


@pytest.mark.skipif(not DEV.is_file(), reason="the labelled development reports (../shared/reports) are not here")
def test_no_true_claim_of_the_labelled_reports_is_accused():
    cases = _dev_cases()
    assert cases
    accused = [
        (a.case.id, a.label.sentence, f.reason)
        for case in cases
        for a in answer(case, check(document_of(case), open_evidence(), Options(language=case.language)))
        for f in a.accusing
    ]
    assert accused == []


def test_the_same_facts_get_the_same_verdict_in_three_languages():
    found = results(open_evidence(), tomllib.loads(WORDINGS.read_text("utf-8")))
    assert len(found) >= 50
    assert not [r.id for r in found if r.opposite]
    assert sum(r.same for r in found) >= 0.9 * len(found)  # issue 8 asks for nine in ten


def test_the_same_report_gives_the_same_bytes():
    text = "⚡️ЗСУ увійшли до Ізюма\nМісто звільнено, повідомив Зеленський"
    first_time, second_time = (json.dumps([str(f) for f in findings(text, "2022-09-12", "uk")]) for _ in range(2))
    assert first_time == second_time


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ЗСУ відкинули ворога від Куп'янська.", "uk"),
        ("Російські війська відійшли від Києва.", "uk"),
        ("ВСУ отбросили противника от Харькова.", "ru"),
        ("Вугледар узято, однак Київ цього не підтверджує.", "uk"),
    ],
)
def test_who_is_driven_away_from_a_town_has_not_lost_it(text, language):
    found = findings(text, "2024-10-05", language)
    assert not [
        f for f in found if f.claim.kind == "control" and f.claim.where and f.claim.where[0].place.name in ("Kyiv", "Kharkiv", "Kupiansk")
    ]
