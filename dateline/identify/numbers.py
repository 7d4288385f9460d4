"""Numbers in a sentence with the terms beside them, so that "17 were killed" meets "killed 17 people"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.identify.lists import words
from dateline.identify.terms import Vocabulary, parts
from dateline.text.lexicon import Lexicon

BESIDE = 4  # words on either side within which the noun or verb of a number stands (own choice, on dev reports)
ROUND = 0.06  # "about 100" is as good as 94 to 106 (own choice: what newsrooms round away)
OPEN = 1.6  # "more than 300" is not said of 500 (own choice: from there on the next round number is named)
LARGE = 13  # from here on a number tells by itself which is meant; below it its noun must agree (own choice)

_DIGITS = re.compile(r"\d{1,3}(?:[,  ]\d{3})+|\d+(?:\.\d+)?")
_TOKEN = re.compile(r"\d{1,3}(?:[,  ]\d{3})+|\d+(?:\.\d+)?(?![\w-])|[^\W\d_][^\W_]*(?:[-'’][^\W_]+)*|[^\W_]+(?:[-'’][^\W_]+)*|[.;:!?,]")
BREAKS = frozenset([*".;:!?,", "and", "or", "but", "while", "і", "й", "та", "а", "и", "но"])
UNIT = 2  # words after a number among which its noun is: "65 captured soldiers"
NEAR_BY = 1.15  # counts of one thing by two sources differ by so much (own choice: UN and governors on one strike)
HARMS = ("kill", "injur")  # terms
SPAN = "@span"
SPAN_NEAR = 4.0  # lengths of time are told roughly, and a sentence may hold two; four times as long is another (own choice)
HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "night": 24.0, "week": 168.0, "month": 730.0, "year": 8766.0}
NONE, HARM = words("none"), words("harm")
_TIMES = {"million": 1e6, "billion": 1e9, "thousand": 1e3, "hundred": 1e2, "mn": 1e6, "bn": 1e9, "m": 1e6, "dozen": 12.0}
_ONE_OF = words("one_of")
_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as stated: the range that its wording allows, and the terms around it."""

    low: float
    high: float
    beside: frozenset[str]
    rough: bool = False
    unit: frozenset[str] = frozenset()

    def in_terms(self, vocabulary: Vocabulary) -> Number:
        """The number with the words beside it as terms."""
        if self.span:
            return self
        beside, unit = (frozenset(t for w in found if (t := vocabulary.term(w)) is not None) for found in (self.beside, self.unit))
        return replace(self, beside=beside, unit=unit)

    @property
    def span(self) -> bool:
        """True for a length of time; its numbers are hours."""
        return SPAN in self.unit

    def agrees(self, other: Number) -> bool:
        """True where both may be the same number of the same thing."""
        if self.span != other.span:
            return False
        slack = ROUND if self.rough or other.rough else 0.0
        meets = self.low * (1 - slack) <= other.high and other.low * (1 - slack) <= self.high
        bare = not self.beside and self.low == other.low  # "four of the 23 dead"
        return meets and (bare or bool(self.beside & other.beside) or max(self.low, other.low) >= LARGE)

    def alike(self, other: Number) -> bool:
        """True where both count the same things: by the noun after the number, or by being killed or injured."""
        if self.span or other.span:
            return self.span and other.span
        return bool(self.unit & other.unit) or any(h in self.beside and h in other.beside for h in HARMS)

    def differs(self, other: Number) -> bool:
        """True where they count the same things and are further apart than counts of one thing are."""
        near = SPAN_NEAR if self.span else NEAR_BY
        return self.alike(other) and (self.low > other.high * near or self.high * near < other.low)


def numbers_of(text: str, lexicon: Lexicon, masked: Sequence[tuple[int, int]] = ()) -> tuple[Number, ...]:
    """Every number that counts something, with the words beside it; dates, ordinals and names with digits are left out.

    `masked` are stretches not to look at: the time words of the text.
    """
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(text) if not any(s < m.end() and m.start() < e for s, e in masked)]
    found = []
    at = 0
    while at < len(tokens):
        value, length = _value(tokens, at, lexicon)
        if value is None and tokens[at][1].lower() in NONE:
            beside = _beside(tokens, at, 1, lexicon)
            if beside & HARM:
                found.append(Number(0.0, 0.0, beside, unit=beside))
        if value is None:
            at += 1
            continue
        low, high = value
        before = text[max(0, tokens[at][0] - 24) : tokens[at][0]].lower()
        low, high, rough = _compared(low, high, before, lexicon)
        found.append(_number(low, high, rough, tokens, at, length, lexicon))
        at += length
    return tuple(found)


def _value(tokens: Sequence[tuple[int, str]], at: int, lexicon: Lexicon) -> tuple[tuple[float, float] | None, int]:
    """The number that begins at a token, and how many tokens it takes."""
    word = tokens[at][1].lower()
    if word in ("a", "an", "one") and at + 1 < len(tokens) and tokens[at + 1][1].lower() in _SHARES:
        share = _SHARES[tokens[at + 1][1].lower()]
        return (share, share), 2
    if word in lexicon.vague:
        low, high = lexicon.vague[word]
        return (float(low), float(high)), 1
    value = _plain(word, lexicon)
    if value is None or (word == "one" and not _counted(tokens, at)):
        return None, 1
    length = 1
    while at + length < len(tokens):
        following = tokens[at + length][1].lower()
        if following in _TIMES and value < 10_000:
            value, length = value * _TIMES[following], length + 1
        elif following == "and" and at + length + 1 < len(tokens) and value >= 100 and (more := _word(tokens[at + length + 1][1], lexicon)):
            value, length = value + more, length + 2
        elif value >= 100 and value % 100 == 0 and (more := _word(following, lexicon)) is not None and more < 100:
            value, length = value + more, length + 1
        else:
            break
    return (value, value), length


def _counted(tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """ "one" counts in "one civilian", not in "one of them"."""
    return at + 1 < len(tokens) and tokens[at + 1][1].lower() in _ONE_OF


def _plain(word: str, lexicon: Lexicon) -> float | None:
    if _DIGITS.fullmatch(word):
        value = float(re.sub(r"[,  ]", "", word))
        return None if 1900 <= value <= 2100 and re.fullmatch(r"\d{4}", word) else value
    return _word(word, lexicon)


def _word(word: str, lexicon: Lexicon) -> float | None:
    word = word.lower()
    if word in lexicon.numbers:
        return float(lexicon.numbers[word])
    pieces = word.split("-")
    if len(pieces) == 2 and all(p in lexicon.numbers for p in pieces):
        return float(sum(lexicon.numbers[p] for p in pieces))
    return None


def _compared(low: float, high: float, before: str, lexicon: Lexicon) -> tuple[float, float, bool]:
    """The range that "at least", "up to" or "about" before a number make of it."""
    text = " ".join(before.split())
    for group, bound in (("ge", "least"), ("gt", "least"), ("le", "most"), ("lt", "most"), ("about", "rough")):
        if any(re.search(rf"\b{re.escape(w)}(?:\s+(?:the|an?))?$", text) for w in sorted(lexicon.words("compare", group))):
            return (low, high * OPEN, False) if bound == "least" else (low / OPEN, high, False) if bound == "most" else (low, high, True)
    return low, high, False


def _number(low: float, high: float, rough: bool, tokens: Sequence[tuple[int, str]], at: int, length: int, lexicon: Lexicon) -> Number:
    """The number with what stands beside it; a length of time in hours."""
    beside, unit = _beside(tokens, at, length, lexicon), _after(tokens, at + length, lexicon)
    following = tokens[at + length][1].lower() if at + length < len(tokens) else ""
    hours = HOURS.get(following.removesuffix("s"))
    if hours is None:
        return Number(low, high, beside, rough, unit)
    return Number(low * hours, high * hours, frozenset([SPAN]), rough, frozenset([SPAN]))


def _after(tokens: Sequence[tuple[int, str]], at: int, lexicon: Lexicon) -> frozenset[str]:
    """The words right after a number, up to the next number or the end of the part."""
    near: list[str] = []
    for _, word in tokens[at : at + UNIT]:
        if word in BREAKS or _plain(word.lower(), lexicon) is not None:
            break
        near.extend(parts(word.lower()))
    return frozenset(near)


def _beside(tokens: Sequence[tuple[int, str]], at: int, length: int, lexicon: Lexicon) -> frozenset[str]:
    """Words near the number, up to the next number or the end of the part of the sentence."""
    near: list[str] = []
    for step in (range(at + length, min(len(tokens), at + length + BESIDE)), range(at - 1, max(-1, at - 1 - BESIDE), -1)):
        for i in step:
            word = tokens[i][1]
            if word in BREAKS or _plain(word.lower(), lexicon) is not None:
                break
            near.extend(p for p in parts(word.lower()))
    return frozenset(near)
