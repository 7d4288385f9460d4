"""A sentence word by word in the pivot language, so that what is read off the text itself is written once.

"на лівому березі Дніпра" becomes "in the left bank of X": no translation, but the order of small words that
patterns look at. Every character knows the stretch of the document that it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.text.syntax import Sentence, Token

MARK = "\ue000"
NOMINAL = frozenset({"NOUN", "ADJ"})
MEASURES = frozenset({"kilometre", "metre", "mile"})
CLOSE = frozenset(",.;:!?)»")


@dataclass(frozen=True, slots=True)
class Lined:
    """Text in the pivot language; `starts[i]`, `ends[i]` are the document's stretch for character i."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def lined(sentence: Sentence, start: int, end: int, names: Sequence[tuple[int, int]] = ()) -> Lined:
    """The tokens of a sentence that lie in a stretch; names (stretches of the document) become marks, one a character."""
    out: list[tuple[str, int, int]] = []
    done: set[tuple[int, int]] = set()
    opened = _genitives(sentence)
    for token in sentence.tokens:
        if token.start < start or token.end > end:
            continue
        name = next((n for n in names if n[0] <= token.start < n[1]), None)
        if name in done:
            continue
        word = _word(sentence, token, name, opened)
        if name is not None:
            done.add(name)
            out.append((word, name[0], name[1]))
        elif word:
            out.append((word, token.start, token.end))
    return _joined(out)


def _joined(words: Sequence[tuple[str, int, int]]) -> Lined:
    text, starts, ends = "", [], []
    for word, first, last in words:
        gap = "" if not text or word[:1] in CLOSE else " "
        text += gap + word
        starts.extend([first] * len(gap + word))
        ends.extend([last] * len(gap + word))
    return Lined(text, tuple(starts), tuple(ends))


def _word(sentence: Sentence, token: Token, name: tuple[int, int] | None, genitives: frozenset[int]) -> str:
    """One token in English, with the small words that the other language does without."""
    before = sentence.tokens[token.i - 1] if token.i else None
    of = "of " if token.i in genitives else ""
    if name is not None:
        equated = token.dep in ("dobj", "attr") and sentence.tokens[token.head].lemma == "be"
        return f"{of or ('in ' if equated else '')}{MARK * (name[1] - name[0])}"
    if token.pos == "PUNCT":
        return token.text
    if token.dep == "fixed" or (token.pos == "ADP" and any(sentence.tokens[c].lemma in MEASURES for c in sentence.children[token.i])):
        return ""
    if token.pos == "NUM":
        return token.text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "").lower()
    begins = token.pos in NOMINAL and token.lemma not in MEASURES and (before is None or before.pos not in (*NOMINAL, "NUM", "DET"))
    the = "the " if begins or (of and token.pos in NOMINAL) else ""
    return f"{of}{the}{token.lemma.lower()}"


def _genitives(sentence: Sentence) -> frozenset[int]:
    """The first tokens of phrases that stand in the genitive after a noun."""
    firsts = set()
    for token in sentence.tokens:
        if token.dep == "nmod":
            inside = [
                i for i in sentence.subtree(token.i) if sentence.tokens[i].dep in ("amod", "nmod", "compound", "nummod") and i <= token.i
            ]
            firsts.add(min([token.i, *inside]))
    return frozenset(firsts)
