"""Numbers and degrees as a report words them: "more than 10,000", "several", "all of", "dozens"."""

from __future__ import annotations

import re
from typing import Literal

from dateline.text.lexicon import Lexicon
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase, Sentence

Op = Literal["=", ">", ">=", "<", "<=", "~", "range"]

NUMBER = re.compile(r"^\d{1,3}(?:[,.  ]\d{3})+$|^\d+(?:\.\d+)?$")


def quantity_of(phrase: Phrase, clause: Clause, reading: Reading) -> str | None:
    """The degree a phrase is told in (all, most, part, several ...), or None."""
    tokens = [clause.sentence.tokens[i] for i in phrase.tokens]
    lemmas = {t.lemma.lower() for t in tokens if t.i <= phrase.head or t.dep in ("det", "amod", "nummod", "predet")}
    words = reading.lexicon.words
    around = lemmas | set(clause.particles)
    for degree in ("almost", "all", "most", "part", "several"):
        if around & words("degree", degree):
            return degree
    if any(number_at(clause.sentence, t.i, reading.lexicon) is not None for t in tokens if t.dep == "nummod"):
        return "several"
    return None


def number_at(sentence: Sentence, i: int, words: Lexicon) -> tuple[float, float] | None:
    """The least and the most that the number word at `i` allows; None for what is no number.

    "10,000" is (10000, 10000), "two million" (2e6, 2e6), "dozens" (24, 99).
    """
    token = sentence.tokens[i]
    text = token.text.lower().replace(" ", " ")
    if text in words.vague or token.lemma.lower() in words.vague:
        low, high = words.vague.get(text) or words.vague[token.lemma.lower()]
        return float(low), float(high)
    if NUMBER.match(text):
        grouped = re.fullmatch(r"\d{1,3}(?:[,.  ]\d{3})+", text) is not None
        value = float(re.sub(r"[,.  ]", "", text) if grouped else text)
    elif text in words.numbers:
        value = float(words.numbers[text])
    else:
        parts = text.split("-")
        if len(parts) == 2 and all(p in words.numbers for p in parts):
            value = float(sum(words.numbers[p] for p in parts))
        else:
            return None
    for c in sentence.children[i]:
        child = sentence.tokens[c]
        if child.dep in ("compound", "nummod", "quantmod") and child.i < i and (lead := _plain(child.text, words)) is not None:
            value = lead * value if value >= 100 and lead < value else lead + value
    return value, value


def _plain(text: str, words: Lexicon) -> float | None:
    text = text.lower()
    if NUMBER.match(text):
        return float(text.replace(",", ""))
    return float(words.numbers[text]) if text in words.numbers else None


def comparison(before: str, words: Lexicon) -> Op:
    """How the words right before a number compare: "at least" is ">=", "more than" ">", none "="."""
    text = " ".join(before.lower().split())
    table: tuple[tuple[str, Op], ...] = (("ge", ">="), ("gt", ">"), ("le", "<="), ("lt", "<"), ("about", "~"))
    for group, op in table:
        if any(re.search(rf"\b{re.escape(w)}(?:\s+(?:the|an?))?$", text) for w in sorted(words.words("compare", group))):
            return op
    return "="
