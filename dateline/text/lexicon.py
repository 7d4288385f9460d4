"""The words of a language as data: triggers by kind, degrees, numbers, and concepts that name one thing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.errors import ModelError

PIVOT = "en"  # the language of the records, of the groups that kinds ask for, and of the concepts
LANGUAGES = (PIVOT,)


@dataclass(frozen=True)
class Lexicon:
    """Word lists of one language, from `data/<language>.toml`. `words(kind, group)` is a set of lemmas."""

    language: str
    groups: dict[str, dict[str, frozenset[str]]]
    numbers: dict[str, int]
    vague: dict[str, tuple[int, int]]
    concept_of: dict[str, str]
    stop: frozenset[str]

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
    data = tomllib.loads(files("dateline.text").joinpath(f"data/{language}.toml").read_text("utf-8"))
    numbers = {k: int(v) for k, v in data.pop("numbers").items()}
    vague = {k: (int(v[0]), int(v[1])) for k, v in data.pop("vague").items()}
    stop = frozenset(data.pop("stop")["words"])
    concepts = data.pop("concepts")
    concept_of = {word: name for name, words in concepts.items() for word in words}
    groups = {kind: {name: frozenset(words) for name, words in table.items()} for kind, table in data.items()}
    return Lexicon(language, groups, numbers, vague, concept_of, stop)
