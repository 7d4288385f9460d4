"""Which of English, Ukrainian and Russian a text is in: by its letters, then by its commonest words."""

from __future__ import annotations

import re
from typing import Final

from dateline.types import Language

UKRAINIAN_LETTERS: Final = frozenset("іїєґ")
RUSSIAN_LETTERS: Final = frozenset("ыэъё")
UKRAINIAN_WORDS: Final = frozenset("та що це як від але вже було були під про їх ще який яка не й".split())
RUSSIAN_WORDS: Final = frozenset("что это как от но уже было были под их еще который которая не и".split())
WORD: Final = re.compile(r"[^\W\d_]+")
SAMPLE: Final = 20_000  # characters looked at; letters are told apart within a sentence or two


def detect_language(text: str) -> Language:
    """"uk" or "ru" for a mostly Cyrillic text, else "en".

    Letters that only one of the two alphabets has decide; where they balance (or a short line has none),
    words that only one language has do. A tie is Russian only if no Ukrainian letter occurs.
    """
    sample = text[:SAMPLE].lower()
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in sample)
    latin = sum("a" <= letter <= "z" for letter in sample)
    if cyrillic <= latin:
        return "en"
    ukrainian = sum(letter in UKRAINIAN_LETTERS for letter in sample)
    russian = sum(letter in RUSSIAN_LETTERS for letter in sample)
    words = WORD.findall(sample)
    ukrainian += sum(word in UKRAINIAN_WORDS - RUSSIAN_WORDS for word in words)
    russian += sum(word in RUSSIAN_WORDS - UKRAINIAN_WORDS for word in words)
    return "uk" if ukrainian >= russian and ukrainian else "ru"
