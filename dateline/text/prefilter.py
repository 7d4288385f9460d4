"""Which sentences need a parse: those that name something to look up, or hold a word that a claim can start from.

A sentence with no place, actor, time or number in it and no word of `STARTERS` cannot hold a claim, so it is not
parsed; it still becomes a Sentence, with words and lemmas read off tables, for what looks at every sentence. The
words come from the same tables as the parser's lemmas, so none is overlooked that the parser would have found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.plugins import kinds
from dateline.text.lexicon import Lexicon, lexicon
from dateline.text.model import load_model
from dateline.text.syntax import Sentence, Token

__all__ = ["STARTERS", "Piece", "Scan", "pieces_of", "scan_for"]

# The words that claims start from where nothing is named, by group of the lexicon; None is every group of the kind.
# Relations of places (geography) and degrees say nothing without a name.
STARTERS: dict[str, tuple[str, ...] | None] = {
    "control": None,
    "advance": None,
    "onset": ("war", "invasion", "offensive", "siege"),
    "strike": ("verbs", "nouns", "weapons"),
    "figure": None,
    "statement": None,
    "sanction": ("sanction_nouns", "sanction_verbs", "aid_nouns"),
    "media": ("nouns",),
    "actors": None,
    "courtesy": ("opinion",),
}
PARTS = ("noun", "verb", "adj", "adv")
AFTER_CLIP = 2  # sentences after one about a clip that may go on about it (kinds/media.py looks back as far)

# A full stop surely ends a sentence after a lower-case word of four letters or more: no abbreviation looks so.
_END = re.compile(r"(?:(?<=[a-z]{4})\.|(?<=\w)[!?])[\"”’»)]?(\s+)(?=[\"“‘«(]?[A-Z])")
_INNER = re.compile(r"[.!?…;:][\"”’»)]?\s|\n")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block: sentences to parse together, or one sentence that needs no parse."""

    start: int
    end: int
    parse: bool


class Scan:
    """What a word could be, by the tables of a spaCy lemmatiser: asked of every word, answered once for each."""

    def __init__(self, words: Lexicon, lookups: Any) -> None:
        self._exceptions: dict[str, dict[str, list[str]]] = _plain(lookups, "exc")
        self._rules: dict[str, list[tuple[str, str]]] = _plain(lookups, "rules")
        self._index = {pos: frozenset(known) for pos, known in _plain(lookups, "index").items()}
        named = {w.split()[0] for kind, groups in STARTERS.items() for w in _group(words, kind, groups)}
        self._starters = frozenset(named | words.numbers.keys() | words.vague.keys())
        self._clip = words.words("media", "nouns")
        self._speech = frozenset().union(*words.groups["statement"].values())
        self._known: dict[str, tuple[bool, bool, bool]] = {}

    def marks(self, text: str) -> tuple[bool, bool, bool]:
        """Whether the text holds a word that a claim starts from, a word for a clip, a word of speech."""
        starts = clip = speech = False
        for word in _WORD.findall(text):
            for part in {word, *word.split("-")}:
                a, b, c = self._marks(part.lower())
                starts, clip, speech = starts or a, clip or b, speech or c
        return starts or _DIGIT.search(text) is not None, clip, speech

    def _marks(self, word: str) -> tuple[bool, bool, bool]:
        if word not in self._known:
            if len(self._known) > 100_000:  # a corpus has no end of misspellings; those that matter come again
                self._known.clear()
            lemmas = set(self.lemmas(word))
            self._known[word] = bool(lemmas & self._starters), bool(lemmas & self._clip), bool(lemmas & self._speech)
        return self._known[word]

    def lemmas(self, word: str, *parts: str) -> Iterator[str]:
        """Every lemma that the lemmatiser could give the word, whatever part of speech it is taken for."""
        yield word
        for pos in parts or PARTS:
            yield from self._exceptions.get(pos, {}).get(word, ())
            for old, new in self._rules.get(pos, ()):
                if word.endswith(old):
                    yield word[: len(word) - len(old)] + new

    def shallow(self, nlp: Any, text: str, start: int, end: int, block: int) -> Sentence:
        """A sentence without a parse: words, lemmas as far as tables tell, past tenses known by their form."""
        tokens = []
        for i, t in enumerate(nlp.make_doc(text[start:end])):
            low = t.lower_
            verb = next((v for v in self.lemmas(low, "verb") if v in self._index.get("verb", ()) and v != low), None)
            past = verb is not None and not low.endswith(("s", "ing"))
            noun = next((v for v in self.lemmas(low, "noun") if v in self._index.get("noun", ())), None)
            pos, tag = ("VERB", "VBD") if past else ("VERB", "VBZ") if verb and not noun and low.endswith("s") else ("X", "")
            dep = "nsubj" if low in ("i", "we", "you") else "dep"
            lemma = (verb if pos == "VERB" else noun) or low
            tokens.append(Token(i, t.text, lemma, pos, tag, dep, i, t.idx + start, t.idx + len(t.text) + start))
        return Sentence(text[start:end], start, end, block, tuple(tokens), tuple(() for _ in tokens))


@cache
def scan_for(language: str, model: str) -> Scan | None:
    """The scan for a language and its model; None where words cannot be vouched for and all has to be parsed:
    a model without tables of lemmas, or a kind of somebody else's, whose words are not known here.
    """
    nlp = load_model(model)
    if set(kinds()) - STARTERS.keys() - {"geography"} or "lemmatizer" not in nlp.pipe_names:
        return None
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not all(lookups.has_table(f"lemma_{name}") for name in ("exc", "rules", "index")):
        return None
    return Scan(lexicon(language), lookups)


def pieces_of(text: str, start: int, end: int, named: Sequence[tuple[int, int]], scan: Scan) -> list[Piece]:
    """The block `start`..`end` as pieces in order; `named` are the sorted spans of places, actors and times."""
    units = list(_units(text, start, end))
    marks = [scan.marks(text[a:b]) for a, b in units]
    keep = [
        starts or _touches(named, a, b) or _INNER.search(text, a, b) is not None
        for (a, b), (starts, _, _) in zip(units, marks, strict=True)
    ]
    for n, (_, clip, speech) in enumerate(marks):
        if clip:
            keep[n : n + 1 + AFTER_CLIP] = [True] * len(keep[n : n + 1 + AFTER_CLIP])
        if speech and n:
            keep[n - 1] = True  # "called that a lie": what is meant stands in the sentence before
    pieces: list[Piece] = []
    for (a, b), parse in zip(units, keep, strict=True):
        if parse and pieces and pieces[-1].parse:
            pieces[-1] = Piece(pieces[-1].start, b, True)
        else:
            pieces.append(Piece(a, b, parse))
    return pieces


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between sure ends of sentences, without the blanks between them."""
    at = start
    for found in _END.finditer(text, start, end):
        yield at, found.start(1)
        at = found.end(1)
    if text[at:end].strip():
        yield at, at + len(text[at:end].rstrip())


def _touches(named: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(named, (start, 0))
    return (at < len(named) and named[at][0] < end) or (at > 0 and named[at - 1][1] > start)


def _group(words: Lexicon, kind: str, groups: tuple[str, ...] | None) -> frozenset[str]:
    return words.words(kind, *(groups or words.groups[kind]))


def _plain(lookups: Any, name: str) -> dict[str, Any]:
    table = lookups.get_table(f"lemma_{name}")
    return {pos: table.get(pos, ()) for pos in PARTS if pos in table}
