"""Words of other languages and the English lemma each stands for, from `data/<language>-words.csv`.

English is the pivot: kinds ask for English lemmas (`data/en.toml`), records are in English, so a word is
mapped once and every kind, group and concept then holds for its language too.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.text.morph import Analysis, plain


@dataclass(frozen=True, slots=True)
class Row:
    """A lemma, its English lemma (a verb may carry a particle, "shoot down") and its class (noun, plural, verb ...)."""

    lemma: str
    english: str
    kind: str


@cache
def rows_of(language: str) -> tuple[Row, ...]:
    """The word list of a language; the pivot itself has none."""
    source = files("dateline.text").joinpath(f"data/{language}-words.csv")
    if not source.is_file():
        return ()
    rows = csv.DictReader(io.StringIO(source.read_text("utf-8")))
    return tuple(Row(plain(r["lemma"]), r["english"], r["class"]) for r in rows)


@cache
def english_of(language: str) -> dict[tuple[str, str], str]:
    """(lemma, part of speech) -> English lemma; part of speech "" for the lemma's first row."""
    table: dict[tuple[str, str], str] = {}
    pos = {"noun": "NOUN", "noun-adj": "NOUN", "plural": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV", "fixed": "NOUN"}
    for row in rows_of(language):
        table.setdefault((row.lemma, pos[row.kind]), row.english)
        table.setdefault((row.lemma, ""), row.english)
    return table


def english(found: Analysis, language: str) -> str | None:
    """The English lemma of a reading; for a verb in a reflexive form also that of its lemma without it."""
    table = english_of(language)
    pos = "VERB" if found.form in ("part", "short", "actpart") and (found.lemma, "VERB") in table else found.pos
    return table.get((found.lemma, pos)) or table.get((found.lemma, ""))
