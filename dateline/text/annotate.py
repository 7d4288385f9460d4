"""Lemmas and parts of speech of parsed words, each looked up once.

spaCy's rules for them (attribute ruler and lemmatiser) see a word, its tag and its relation, rarely its neighbours; yet
they take a third of the time of a parse. Here spaCy's own components are asked once for each different case, and what
they said is remembered. What comes out is the same, word for word (tests/test_prefilter.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.text.model import load_model

__all__ = ["ASKED_HERE", "Annotator", "Word", "annotator"]

ASKED_HERE = ("attribute_ruler", "lemmatizer")
MOST = 200_000  # cases remembered: some 100 MB would be the most; a corpus has no end of names and misspellings


@dataclass(frozen=True, slots=True)
class Word:
    """What the parser and its rules say of a word."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str


Key = tuple[int, ...]


class Annotator:
    """Words of a parsed Doc with the annotations that `ASKED_HERE` would have set on it."""

    def __init__(self, nlp: Any, in_context: Callable[[str], bool]) -> None:
        self._nlp = nlp
        self._components = [nlp.get_pipe(name) for name in ASKED_HERE if name in nlp.pipe_names]
        self._in_context = in_context
        self._contextual: dict[int, bool] = {}
        self._known: dict[Key, Word] = {}

    def words(self, doc: Any) -> list[tuple[Word, int, int]]:
        """Each word of the Doc with its head's number and its offset in the Doc's text."""
        from spacy.attrs import DEP, HEAD, IDX, ORTH, TAG

        if len(self._known) > MOST:
            self._known.clear()
        rows = doc.to_array([ORTH, TAG, DEP, HEAD, IDX]).view("int64").tolist()
        keys = list(self._keys(rows))
        missing = list(dict.fromkeys(key for key in keys if key not in self._known))
        plain = [key for key in missing if len(key) == 3]
        if plain:
            self._known.update(zip(plain, self._ask(plain), strict=True))
        for key in missing:
            if len(key) > 3:
                self._known[key] = self._ask([key[i : i + 3] for i in range(0, len(key), 3)])[1 if key[:3] != (0, 0, 0) else 0]
        return [(self._known[key], n + row[3], row[4]) for n, (key, row) in enumerate(zip(keys, rows, strict=True))]

    def _keys(self, rows: list[list[int]]) -> Iterator[Key]:
        """What a word's annotations hang on: itself, or for a few words (a rule of two words ends on them) its neighbours too."""
        edge = (0, 0, 0)
        for n, (orth, tag, dep, *_) in enumerate(rows):
            if self._looks_around(orth):
                before = tuple(rows[n - 1][:3]) if n else edge
                after = tuple(rows[n + 1][:3]) if n + 1 < len(rows) else edge
                yield (*before, orth, tag, dep, *after)
            else:
                yield orth, tag, dep

    def _looks_around(self, orth: int) -> bool:
        known = self._contextual.get(orth)
        if known is None:
            known = self._contextual[orth] = self._in_context(self._nlp.vocab.strings[orth & (2**64 - 1)].lower())
        return known

    def _ask(self, cases: Sequence[Key]) -> list[Word]:
        """What the components say of these words, put side by side in a Doc of their own."""
        from spacy.tokens import Doc

        strings = self._nlp.vocab.strings
        told = [[strings[part & (2**64 - 1)] for part in case] for case in cases if case != (0, 0, 0)]
        doc = Doc(
            self._nlp.vocab,
            words=[t[0] for t in told],
            tags=[t[1] for t in told],
            deps=[t[2] for t in told],
            heads=list(range(len(told))),
        )
        for component in self._components:
            doc = component(doc)
        return [Word(t.text, t.lemma_, t.pos_, t.tag_, t.dep_) for t in doc]


@cache
def annotator(model: str) -> Annotator | None:
    """The annotator of a model; None where its rules look further than this one does, and have to run on every text."""
    nlp = load_model(model)
    if (
        "attribute_ruler" not in nlp.pipe_names
        or "lemmatizer" not in nlp.pipe_names
        or getattr(nlp.get_pipe("lemmatizer"), "mode", "") != "rule"
    ):
        return None
    literal: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for rule in nlp.get_pipe("attribute_ruler").patterns:
        for tokens in rule["patterns"]:
            if len(tokens) == 1:
                if "OP" in tokens[0]:
                    return None
                continue
            lower = tokens[rule["index"]].get("LOWER")
            if len(tokens) > 2 or any("OP" in token for token in tokens) or lower is None:
                return None
            if isinstance(lower, str):
                literal.add(lower)
            elif set(lower) == {"IN"}:
                literal.update(lower["IN"])
            elif set(lower) == {"REGEX"}:
                patterns.append(re.compile(lower["REGEX"]))
            else:
                return None
    return Annotator(nlp, lambda word: word in literal or any(p.search(word) for p in patterns))
