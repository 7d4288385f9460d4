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


@dataclass(slots=True)
class Reading:
    """A text as read; `numbers` is the sentence of each token, `cues` the cue by an expression's first."""

    tokens: list[Token]
    numbers: list[int]
    lexicon: Lexicon
    resolved: list[Resolved]
    cues: dict[int, Cue]

    def sentence(self, i: int) -> list[Token]:
        """The tokens of the sentence that holds a token."""
        here = self.numbers[i]
        first, last = i, i
        while first and self.numbers[first - 1] == here:
            first -= 1
        while last < len(self.tokens) and self.numbers[last] == here:
            last += 1
        return self.tokens[first:last]
