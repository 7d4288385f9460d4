"""What two short texts say that cannot both be so: another number of the same things, denial against assertion."""

from __future__ import annotations

from functools import lru_cache

from dateline.identify.contrast import contrast, denied_words
from dateline.identify.numbers import Number, numbers_of
from dateline.identify.terms import Vocabulary, words_of
from dateline.text.concepts import gloss
from dateline.text.lexicon import PIVOT, lexicon


def in_english(text: str, language: str) -> str:
    """The text word by word in English, its digits kept; an English one stays as it is."""
    return text if language == PIVOT else " ".join(" ".join(g.english) or g.text for g in gloss(text, language))


def clash(text: str, says: str, language: str = PIVOT) -> bool:
    """True where `text` gives a number that `says` does not, or one denies what the other asserts."""
    told, recorded = _taken_apart(in_english(text, language)), _taken_apart(says)
    if any(not any(n.agrees(m) for m in recorded[0]) for n in told[0]):
        return True
    both = told[1] & recorded[1]
    return contrast(told[1], recorded[1]) is not None or bool(both & told[2]) != bool(both & recorded[2])


@lru_cache(maxsize=4096)
def _taken_apart(text: str) -> tuple[tuple[Number, ...], frozenset[str], frozenset[str]]:
    words = lexicon(PIVOT)
    vocabulary = _plain()
    numbers = tuple(n.in_terms(vocabulary) for n in numbers_of(text, words))
    content = frozenset(w for _, _, w in words_of(text))
    return numbers, content, frozenset(w for w in denied_words(text) if vocabulary.term(w) is not None)


@lru_cache(maxsize=1)
def _plain() -> Vocabulary:
    return Vocabulary(lexicon(PIVOT), ())
