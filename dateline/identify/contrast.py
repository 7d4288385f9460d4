"""What cannot both be so: denial against assertion, and words of which only one holds."""

from __future__ import annotations

import re

from dateline.identify.lists import contrasts, words

NEGATIONS, DENIALS = words("negation"), words("denial")
REACH = 6  # words after a negation that it may hold for, up to the end of its part of the sentence (own choice)
_PART = re.compile(r"[.;:,!?]|\b(?:and|but|while|who|which)\b")


def denies(word: str) -> bool:
    return word in NEGATIONS or word in DENIALS or word.endswith(("n't", "n’t"))


def denied_words(text: str) -> frozenset[str]:
    """The words that a text denies: those after a negation in its part of the sentence, all after a denial."""
    found: list[str] = []
    for part in _PART.split(text.lower()):
        found_words = re.findall(r"[^\W\d_]+(?:['’]t)?", part)
        for n, word in enumerate(found_words):
            if word in DENIALS:
                found += found_words[n:]
            elif denies(word):
                found += found_words[n : n + 1 + REACH]
    return frozenset(found)


CONTRASTED = frozenset(word for group in contrasts() for one in group for word in one)


def contrast(told: frozenset[str], recorded: frozenset[str]) -> tuple[str, str] | None:
    """A word of the report and the word of the record that excludes it; None where nothing does."""
    if told.isdisjoint(CONTRASTED) or recorded.isdisjoint(CONTRASTED):
        return None
    for group in contrasts():
        for one in group:
            if told.isdisjoint(one) or not recorded.isdisjoint(one):
                continue
            for other in group:
                if one is other or recorded.isdisjoint(other) or not told.isdisjoint(other):
                    continue
                return min(told & one), min(recorded & other)
    return None
