"""Language packs: word form -> (category, value), read once from `lang/<code>.toml`.

A pack is data: a table per category, a key per value, and under it the forms, space-separated. "_" stands
for a space, "stem/a,b,." for stem+a, stem+b and stem, "^" for "only with a capital". A language is added
by adding a file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from dateline.errors import DatelineError

__all__ = ["Entry", "Lexicon", "languages", "load", "normalise"]

# U+0301 is the stress mark of Cyrillic textbooks; the others are invisible and come from copied web text.
_DROP = {ord(c): None for c in "\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"}
_APOSTROPHES = {ord(c): "'" for c in "’ʼ‘`´"}
_DASHES = {ord(c): "-" for c in "‐‑‒"}
_TABLE = {**_DROP, **_APOSTROPHES, **_DASHES}


def normalise(word: str) -> str:
    """The form under which a word is looked up: casefolded, straight apostrophes, no invisible marks."""
    return word.lower() if word.isascii() else word.translate(_TABLE).casefold()


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a form: its category, its value, and whether it must be written with a capital."""

    category: str
    value: str
    capital: bool = False


@dataclass(slots=True)
class Lexicon:
    """A language pack as look-up tables. `phrases` maps a first word to the longer forms it opens."""

    name: str
    words: dict[str, Entry] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)
    options: dict[str, str | bool | list[str]] = field(default_factory=dict)
    cues: dict[str, frozenset[str]] = field(default_factory=dict)

    def option(self, key: str) -> list[str]:
        found = self.options.get(key, [])
        return found if isinstance(found, list) else []


def _expand(item: str) -> Iterator[str]:
    stem, slash, endings = item.partition("/")
    if not slash:
        yield item
        return
    for ending in endings.split(","):
        yield stem + ("" if ending == "." else ending)


def _forms(words: str) -> Iterator[tuple[str, bool]]:
    for item in words.split():
        capital = item.startswith("^")
        for form in _expand(item.removeprefix("^")):
            yield normalise(form).replace("_", " "), capital


def _split(form: str) -> tuple[str, ...]:
    """A form in tokens as `tokens.py` cuts them: hyphens and dots stand alone."""
    if re.fullmatch(r"\w(\.\w)+\.?", form):
        return (form,)
    return tuple(form.replace("-", " - ").replace(".", " . ").split())


@cache
def languages() -> tuple[str, ...]:
    folder = resources.files("dateline.when") / "lang"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def load(language: str) -> Lexicon:
    """The pack of a language by its code. Raises DatelineError for a language that has none."""
    if language not in languages():
        raise DatelineError(f"no time words for language {language!r}: use one of {', '.join(languages())}")
    text = (resources.files("dateline.when") / "lang" / f"{language}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    lexicon = Lexicon(name=str(data["name"]))
    for category, table in data.items():
        if not isinstance(table, dict):
            lexicon.options[category] = table
        elif category.startswith("cue_") or category == "byline":
            lexicon.cues[category] = frozenset(f for words in table.values() for f, _ in _forms(words))
        elif category == "compound":
            _compound(lexicon, table, data.get("unitadj", {}))
        else:
            _add(lexicon, category, table)
    for found in lexicon.phrases.values():
        found.sort(key=lambda p: -len(p[0]))
    return lexicon


def _compound(lexicon: Lexicon, prefixes: dict[str, str], units: dict[str, str]) -> None:
    """Number and unit in one word: "двухмесячный", "трирічний"; the value is unit and count, "M2"."""
    for number, words in prefixes.items():
        for prefix, _ in _forms(words):
            for unit, adjectives in units.items():
                for form, _ in _forms(adjectives):
                    lexicon.words.setdefault(prefix + form, Entry("length", f"{unit}{number}"))


def _add(lexicon: Lexicon, category: str, table: dict[str, str]) -> None:
    for value, words in table.items():
        for form, capital in _forms(words):
            entry = Entry(category, value, capital)
            parts = _split(form)
            if len(parts) == 1:
                lexicon.words.setdefault(form, entry)
            else:
                lexicon.phrases.setdefault(parts[0], []).append((parts, entry))
