"""The words of a language as data: triggers by kind, degrees, numbers, and concepts that name one thing.

The groups that kinds ask for are written once, in the pivot language: words of every other language are mapped
to its lemmas (`glossary`). What a language adds is what is read off the text itself: numbers, comparisons, set phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dateline.errors import ModelError
from dateline.text.morph import language_data

PIVOT = "en"  # the language of the records, of the groups that kinds ask for, and of the concepts
LANGUAGES = (PIVOT, "uk", "ru", "pl")
OWN = ("compare", "courtesy", "pronouns")  # groups that a language adds in words of its own
GROUPLESS = frozenset({"numbers", "vague", "stop", "concepts", "language", "patterns"})


@dataclass(frozen=True)
class Lexicon:
    """Word lists of one language. `words(kind, group)` is a set of lemmas of the pivot language."""

    language: str
    groups: dict[str, dict[str, frozenset[str]]]
    numbers: dict[str, int]
    vague: dict[str, tuple[int, int]]
    concept_of: dict[str, str]
    stop: frozenset[str]
    patterns: dict[str, str]

    def words(self, kind: str, *names: str) -> frozenset[str]:
        """The lemmas of one or more groups of a kind."""
        table = self.groups[kind]
        return frozenset().union(*(table[name] for name in names))

    def concept(self, lemma: str) -> str | None:
        """The one name of what the lemma stands for; None for words that identify nothing."""
        if lemma in self.stop or (len(lemma) < 3 and not lemma.isdigit()):
            return None
        return self.concept_of.get(lemma, lemma)

    def concepts(self, lemmas: tuple[str, ...]) -> frozenset[str]:
        return frozenset(c for lemma in lemmas if (c := self.concept(lemma)) is not None)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; an unknown one is an error that names those there are."""
    if language not in LANGUAGES:
        raise ModelError(f"no word lists for language {language!r}; there are: {', '.join(LANGUAGES)}")
    pivot = _pivot(language_data(PIVOT))
    if language == PIVOT:
        return pivot
    script = language_data(language)["language"]["script"]
    near = [other for other in LANGUAGES if other not in (PIVOT, language) and language_data(other)["language"]["script"] == script]
    whole = pivot
    for other in (*near, language):  # a post may mix languages of one script
        whole = _with(whole, language_data(other))
    return replace(whole, language=language)


def articles(language: str) -> bool:
    """True where a language has articles, so that a bare noun is not taken for one named before."""
    return bool(language_data(language)["language"]["articles"])


def _pivot(data: Mapping[str, Any]) -> Lexicon:
    concept_of = {word: name for name, words in data["concepts"].items() for word in words}
    groups = {kind: {name: frozenset(words) for name, words in table.items()} for kind, table in data.items() if kind not in GROUPLESS}
    return Lexicon(
        PIVOT,
        groups,
        _numbers(data),
        _vague(data),
        concept_of,
        frozenset(data["stop"]["words"]),
        dict(data.get("patterns", {})),
    )


def _with(base: Lexicon, data: Mapping[str, Any]) -> Lexicon:
    """A lexicon and what another language adds to it."""
    groups = dict(base.groups)
    for kind in OWN:
        own = {name: frozenset(words) for name, words in data.get(kind, {}).items()}
        groups[kind] = {
            name: groups.get(kind, {}).get(name, frozenset()) | own.get(name, frozenset()) for name in {*groups.get(kind, {}), *own}
        }
    patterns = dict(base.patterns)
    for name, pattern in data.get("patterns", {}).items():
        patterns[name] = f"{patterns[name]}|{pattern}" if name in patterns else pattern
    return replace(base, groups=groups, numbers={**base.numbers, **_numbers(data)}, vague={**base.vague, **_vague(data)}, patterns=patterns)


def _numbers(data: Mapping[str, Any]) -> dict[str, int]:
    return {k: int(v) for k, v in data["numbers"].items()}


def _vague(data: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    return {k: (int(v[0]), int(v[1])) for k, v in data["vague"].items()}
