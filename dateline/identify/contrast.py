"""What cannot both be so: denial against assertion, and words of which only one holds."""

from __future__ import annotations

import re

NEGATIONS = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "refused", "refuses", "declined", "cannot", "ruled", "unable",
     "failed"]
)  # fmt: skip
DENIALS = frozenset(
    ["deny", "denied", "denies", "rejected", "rejects", "dismissed", "false", "fake", "lie", "lies", "refuted", "unfounded"]
)
REACH = 6  # words after a negation that it may hold for, up to the end of its part of the sentence (own choice)
_PART = re.compile(r"[.;:,!?]|\b(?:and|but|while|who|which)\b")

# Pairs and groups of which one thing has but one, in the sense of a report on war; forms as records and reports write them.
CONTRASTS: tuple[tuple[frozenset[str], ...], ...] = (
    (frozenset(["civilian", "civilians"]), frozenset(["soldier", "soldiers", "military", "servicemen", "troops", "fighters"])),
    (
        frozenset(["admitted", "confirmed", "admits", "confirms", "acknowledged"]),
        frozenset(["denied", "denies", "dismissed", "rejected", "false"]),
    ),
    (frozenset(["agreed", "agrees", "accepted", "supported", "supportive"]), frozenset(["opposed", "rejected", "refused", "denied"])),
    (frozenset(["north", "northern"]), frozenset(["south", "southern"])),
    (frozenset(["east", "eastern"]), frozenset(["west", "western"])),
    (frozenset(["left"]), frozenset(["right"])),
    (frozenset(["continued", "continues", "continuing"]), frozenset(["over", "ended", "stopped", "finished"])),
    (
        frozenset(["take", "took", "taken", "captured", "capture", "seized", "hold", "held", "holds", "control", "controls"]),
        frozenset(["lose", "lost", "withdraw", "withdrew", "withdrawn", "retreated", "abandoned"]),
    ),
    (frozenset(["open", "opened", "reopened"]), frozenset(["closed", "shut"])),
    (frozenset(["progress"]), frozenset(["deadlock", "stalemate"])),
)


def denies(word: str) -> bool:
    return word in NEGATIONS or word in DENIALS or word.endswith(("n't", "n’t"))


def denied_words(text: str) -> frozenset[str]:
    """The words that a text denies: those after a negation in its part of the sentence, all after a denial."""
    found: list[str] = []
    for part in _PART.split(text.lower()):
        words = re.findall(r"[^\W\d_]+(?:['’]t)?", part)
        for n, word in enumerate(words):
            if word in DENIALS:
                found += words[n:]
            elif denies(word):
                found += words[n : n + 1 + REACH]
    return frozenset(found)


CONTRASTED = frozenset(word for group in CONTRASTS for one in group for word in one)


def contrast(told: frozenset[str], recorded: frozenset[str]) -> tuple[str, str] | None:
    """A word of the report and the word of the record that excludes it; None where nothing does."""
    if told.isdisjoint(CONTRASTED) or recorded.isdisjoint(CONTRASTED):
        return None
    for group in CONTRASTS:
        for one in group:
            if told.isdisjoint(one) or not recorded.isdisjoint(one):
                continue
            for other in group:
                if one is other or recorded.isdisjoint(other) or not told.isdisjoint(other):
                    continue
                return min(told & one), min(recorded & other)
    return None
