"""What cannot both be so: denial against assertion, and words of which only one holds."""

from __future__ import annotations

import re

NEGATIONS = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "deny", "denied", "denies", "refused", "refuses", "rejected",
     "rejects", "dismissed", "false", "ruled", "n't", "cannot"]
)  # fmt: skip

# Pairs and groups of which one thing has but one, in the sense of a report on war; forms as records and reports write them.
CONTRASTS: tuple[tuple[frozenset[str], ...], ...] = (
    (frozenset(["civilian", "civilians"]), frozenset(["soldier", "soldiers", "military", "servicemen", "troops", "fighters"])),
    (frozenset(["admitted", "confirmed", "admits", "confirms", "acknowledged"]), frozenset(["denied", "denies", "dismissed", "rejected", "false"])),
    (frozenset(["agreed", "agrees", "accepted", "supported", "supportive"]), frozenset(["opposed", "rejected", "refused", "denied"])),
    (frozenset(["north", "northern"]), frozenset(["south", "southern"])),
    (frozenset(["east", "eastern"]), frozenset(["west", "western"])),
    (frozenset(["left"]), frozenset(["right"])),
    (frozenset(["continued", "continues", "continuing"]), frozenset(["over", "ended", "stopped", "finished"])),
    (frozenset(["progress"]), frozenset(["deadlock", "stalemate"])),
)


def denies(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", "n’t"))


def negations(text: str) -> frozenset[str]:
    """The words of denial in a text."""
    return frozenset(w for w in re.findall(r"[^\W\d_]+(?:['’]t)?", text.lower()) if denies(w))


def contrast(told: frozenset[str], recorded: frozenset[str]) -> tuple[str, str] | None:
    """A word of the report and the word of the record that excludes it; None where nothing does."""
    for group in CONTRASTS:
        for one in group:
            for other in group:
                if one is other or not (told & one) or not (recorded & other) or told & other or recorded & one:
                    continue
                return min(told & one), min(recorded & other)
    return None
