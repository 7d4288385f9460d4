"""Which language a stretch of text is in: by letters that only one language has, then by its commonest words.

Measured against lingua (docs/languages.md): as right on lines of posts, and it needs no model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeVar

from dateline.text.lexicon import LANGUAGES, PIVOT
from dateline.text.morph import analyser, language_data
from dateline.types import Document

LETTER = 3.0  # a letter that only one language has tells as much as three of its common words (own choice)
MARGIN = 1.5  # by how much another language must be ahead of the document's own (own choice)
SURE = 2  # words that only another language knows, before a line of a document is taken for it (own choice)
ENOUGH = 4  # letters of another script than the document's own, before a line is taken for that script's language


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a text in one language; `start` and `end` are offsets into the whole text."""

    start: int
    end: int
    language: str


@dataclass(frozen=True)
class _Signs:
    letters: frozenset[str]
    foreign: frozenset[str]
    every: int
    common: frozenset[str]
    script: str


@cache
def _signs() -> dict[str, _Signs]:
    found = {}
    for language in LANGUAGES:
        told = language_data(language)["language"]
        found[language] = _Signs(
            frozenset(told["letters"]), frozenset(told["foreign"]), told["every"], frozenset(told["common"]), told["script"]
        )
    return found


def script_of(text: str) -> str | None:
    """ "cyrillic" or "latin", whichever has more letters in the text; None where it has no letters of either."""
    cyrillic = len(re.findall(r"[Ѐ-ӿ]", text))
    latin = len(re.findall(r"[A-Za-zÀ-ɏ]", text))
    if not cyrillic and not latin:
        return None
    return "cyrillic" if cyrillic > latin else "latin"


def language_of(text: str, default: str | None = None) -> str:
    """The language of a text among those that are read; `default` where nothing speaks clearly for another one."""
    bare = re.sub(r"(?:https?://|www\.|[@#])\S+", " ", text)
    script = script_of(bare)
    if script is None:
        return default or PIVOT
    signs = {name: s for name, s in _signs().items() if s.script == script}
    if default in signs and len(signs) == 1:
        return default
    if default is not None and default not in signs and len(re.findall(r"[^\W\d_]", bare)) < ENOUGH:
        return default
    words = re.findall(r"[^\W\d_]+", bare.lower())
    scores = {name: _score(bare.lower(), words, s) for name, s in signs.items()}
    if not scores:
        return default or PIVOT
    best = max(scores, key=lambda name: (scores[name], name == default, name == PIVOT))
    near = [name for name in scores if scores[name] >= scores[best] - MARGIN]
    if len(near) > 1 and PIVOT not in near:
        return _by_words([w for w in re.findall(r"[^\W\d_]+", bare) if w.islower()], near, default)
    return default if default in near else best


def _by_words(words: list[str], near: list[str], default: str | None) -> str:
    """Where letters and small words do not tell: the language that knows most words which the others do not."""
    known = {name: {w for w in words if len(w) > 2 and any(a.known for a in analyser(name)(w))} for name in near}
    alone = {name: len(known[name] - set().union(*(known[o] for o in near if o != name))) for name in near}
    best = max(alone, key=lambda name: (alone[name], name == default))
    return default if default in near and alone[best] < alone[default] + SURE else best


def _score(text: str, words: list[str], signs: _Signs) -> float:
    own = sum(c in signs.letters for c in text)
    other = sum(c in signs.foreign for c in text)
    lacking = 0 < signs.every <= sum(map(len, words)) and not own
    return LETTER * (own - other) + sum(w in signs.common for w in words) - (MARGIN if lacking else 0)


def stretches(text: str, start: int, end: int, default: str) -> Iterator[Stretch]:
    """The lines of a block, joined where neighbours are in one language."""
    open_: Stretch | None = None
    for line in re.finditer(r"[^\n]+\n*", text[start:end]):
        first, last = start + line.start(), start + line.end()
        language = language_of(line.group(), default if default in LANGUAGES else None)
        if open_ is not None and open_.language == language:
            open_ = Stretch(open_.start, last, language)
            continue
        if open_ is not None:
            yield open_
        open_ = Stretch(first, last, language)
    if open_ is not None:
        yield open_


class _Placed(Protocol):
    @property
    def start(self) -> int | None: ...


Item = TypeVar("Item", bound=_Placed)


def in_each(document: Document, language: str, find: Callable[[str], Sequence[Item]]) -> tuple[Item, ...]:
    """What `find` finds in each language of a document, each asked only of the stretches in that language, in text order."""
    parts = [p for b in document.blocks for p in stretches(document.text, b.start, b.end, language)]
    spoken = dict.fromkeys([language, *(p.language for p in parts)])
    if len(spoken) == 1:
        return tuple(find(language))
    found: list[Item] = []
    for own in spoken:
        spans = [(p.start, p.end) for p in parts if p.language == own]
        found.extend(i for i in find(own) if i.start is not None and any(a <= i.start < b for a, b in spans))
    return tuple(sorted(found, key=lambda i: i.start or 0))
