"""What a text looks like once read: tokens, sentences, expressions with values, the verbs around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.when.clock import Resolved
from dateline.when.cues import Cue
from dateline.when.lexicon import Lexicon
from dateline.when.tokens import Token

__all__ = ["Genre", "Reading"]

Genre = Literal["news", "narrative"]


_SENTENCE = 60  # tokens; longer "sentences" are tables or hostile, and the work must stay in proportion


@dataclass(slots=True)
class Reading:
    """A text as read; `numbers` is the sentence of each token, `cues` the cue by an expression's first."""

    tokens: list[Token]
    numbers: list[int]
    lexicon: Lexicon
    resolved: list[Resolved]
    cues: dict[int, Cue]
    _dated: set[int] | None = None

    def dated_sentence(self, i: int) -> bool:
        """Does the sentence of a token hold a date or time that stands for itself?"""
        if self._dated is None:
            self._dated = {
                self.numbers[r.expr.i]
                for r in self.resolved
                if r.type in ("DATE", "TIME") and not r.value.endswith("REF")
            }
        return self.numbers[i] in self._dated

    def sentence(self, i: int) -> list[Token]:
        """The tokens of the sentence that holds a token, at most 60 to either side."""
        here = self.numbers[i]
        first, last = i, i
        while first and self.numbers[first - 1] == here and i - first < _SENTENCE:
            first -= 1
        while last < len(self.tokens) and self.numbers[last] == here and last - i < _SENTENCE:
            last += 1
        return self.tokens[first:last]
