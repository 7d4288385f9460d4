"""The catalogue of the page's own words: complete in every language, and nothing in it idle."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

from dateline.render.words import ORDER, SIGNS, languages, words
from dateline.verdict import Verdict

RENDER = Path(__file__).parents[1] / "dateline/render"
TABLES = {code: tomllib.loads((RENDER / f"words/{code}.toml").read_text(encoding="utf-8")) for code in languages()}
SECTIONS = [name for name, value in TABLES["en"].items() if isinstance(value, dict)]


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_there_are_english_and_ukrainian():
    assert {"en", "uk"} <= set(languages())
    assert words("xx") is not None
    assert words("xx").language == "en"


@pytest.mark.parametrize("code", languages())
def test_keys_and_fields_are_those_of_english(code):
    table = TABLES[code]
    assert set(table) == set(TABLES["en"])
    assert len(table["months"]) == 12
    for section in SECTIONS:
        assert set(table[section]) == set(TABLES["en"][section]), section
        for key, value in table[section].items():
            forms = value.values() if isinstance(value, dict) else [value]
            english = TABLES["en"][section][key]
            wanted = english.values() if isinstance(english, dict) else [english]
            assert all(form.strip() for form in forms)
            assert set().union(*map(fields, forms)) == set().union(*map(fields, wanted)), (section, key)


def test_plurals_have_the_forms_of_their_language():
    need = {"one-other": {"one", "other"}, "slavic": {"one", "few", "many"}}
    for code, table in TABLES.items():
        for key, value in table["count"].items():
            assert set(value) == need[table["plural"]], (code, key)
    uk = words("uk")
    said = [uk.plural("count.months", n) for n in (1, 2, 5, 11, 12, 21, 22, 25, 111)]
    assert [s.split()[1] for s in said] == "місяць місяці місяців місяців місяців місяць місяці місяців місяців".split()


def test_every_word_is_used_and_every_word_used_is_there():
    templates = "\n".join(p.read_text(encoding="utf-8") for p in RENDER.glob("templates/*"))
    text = templates + "\n".join(p.read_text(encoding="utf-8") for p in RENDER.glob("*.py"))
    used = set(re.findall(r'"((?:page|time|count|headline)\.\w+)"', text)) - {
        "page.css",
        "page.js",
        "page.html",
    }
    used |= {f"page.{name}" for name in re.findall(r"\bw\.(\w+)", templates)}
    there = {f"{s}.{k}" for s in ("page", "time", "count", "headline") for k in TABLES["en"][s]}
    assert used - there == set()
    assert there - used == set()


def test_every_verdict_has_word_meaning_sign_and_drawing():
    assert set(ORDER) == set(SIGNS) == set(Verdict)
    assert len(set(SIGNS.values())) == len(Verdict)
    signs = (RENDER / "templates/signs.svg").read_text(encoding="utf-8")
    style = (RENDER / "static/page.css").read_text(encoding="utf-8")
    for verdict in Verdict:
        assert f'id="s-{verdict.value}"' in signs
        assert style.count(f"--{verdict.value}: #") == 3  # light, dark by system, dark by choice
        for code in languages():
            assert words(code).verdict(verdict)
            assert words(code)(f"meaning.{verdict.value}")
