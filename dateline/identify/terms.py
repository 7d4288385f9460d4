"""Sentences as sets of terms: content words brought to one form, names of places and actors to one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from dateline.identify.lists import irregular, words
from dateline.text.lexicon import Lexicon
from dateline.types import ActorEntry

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")

IRREGULAR = irregular()
ENDINGS = (
    ("isations", "ise"),
    ("izations", "ise"),
    ("isation", "ise"),
    ("ization", "ise"),
    ("ised", "ise"),
    ("ized", "ise"),
    ("ises", "ise"),
    ("izes", "ise"),
    ("ising", "ise"),
    ("izing", "ise"),
    ("ize", "ise"),
    ("fulness", "ful"),
    ("ments", "ment"),
    ("nesses", "ness"),
    ("sses", "ss"),
    ("ies", "y"),
    ("ied", "y"),
    ("ations", "ate"),
    ("ation", "ate"),
    ("ating", "ate"),
    ("ated", "ate"),
    ("ates", "ate"),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)
SPOKEN = words("spoken")
NAME = 4  # letters of a word of a name that tells who it is
SHORTEST = 3  # letters that must be left of a word for its ending to be one


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """One form for the forms of an English word; it need not be a word ("launched", "launches" -> "launch")."""
    if word in IRREGULAR:
        word = IRREGULAR[word]
    if word.isdigit() or word.endswith("ss"):
        return word
    for ending, mend in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            cut = word.removesuffix(ending)
            if ending in ("ing", "ed") and len(cut) > SHORTEST and cut[-1] == cut[-2] and cut[-1] not in "lsz":
                cut = cut[:-1]
            word = cut + mend
            break
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST else word


def words_of(text: str) -> list[tuple[int, int, str]]:
    """The words of a text with their offsets, in lower case and without a possessive ending."""
    return [(m.start(), m.end(), POSSESSIVE.sub("", m.group().lower())) for m in WORD.finditer(text)]


class Vocabulary:
    """How words become terms: stop words dropped, concepts and actors' names brought to one name each."""

    def __init__(self, lexicon: Lexicon, actors: Sequence[ActorEntry]) -> None:
        self.stop = lexicon.stop | SPOKEN | frozenset(lexicon.numbers) | frozenset(lexicon.vague)
        self.silent_forms = frozenset(stem(w) for w in lexicon.words("statement", "say"))
        self.concepts = {stem(word): name for word, name in lexicon.concept_of.items()}
        self.aliases = dict(_aliases(actors))

    def term(self, word: str) -> str | None:
        """The term that a word stands for; None for one that identifies nothing."""
        if word in self.aliases:
            return self.aliases[word]
        if word in self.stop or len(word) < 3 or (word[0].isdigit() and not any(c.isalpha() for c in word)):
            return None
        form = stem(word)
        if form in self.stop or form in self.silent_forms:
            return None
        return self.concepts.get(form, form)

    def terms(self, text: str) -> frozenset[str]:
        return frozenset(t for _, _, w in words_of(text) for part in parts(w) if (t := self.term(part)) is not None)


def parts(word: str) -> Iterable[str]:
    """A hyphened word and its parts: "missile-carrying" is met by "missile"; "il-76" stays one."""
    if "-" not in word or any(c.isdigit() for c in word):
        return (word,)
    return tuple(p for p in word.split("-") if p)


def _aliases(actors: Sequence[ActorEntry]) -> Iterable[tuple[str, str]]:
    """One-word names and adjectives of states, and the last names of persons, as `@id`."""
    found: dict[str, str] = {}
    for entry in actors:
        names: Mapping[str, tuple[str, ...]] = entry.names
        for name in (*names.get("en", ()), *entry.adjectives.get("en", ())):
            words = [w for _, _, w in words_of(name)]
            if entry.role == "state" and len(words) == 1:
                found.setdefault(words[0], f"@{entry.id}")
            elif entry.role == "person" and words and _named_by(words[-1], entry.id):
                found.setdefault(words[-1], f"@{entry.id}")
    return sorted(found.items())


def _named_by(word: str, actor: str) -> bool:
    """True for a last name, which the id bears too: not for "Forces" of a commander's title."""
    return len(word) >= NAME and any(part[:NAME] == word[:NAME] for part in actor.split("-"))
