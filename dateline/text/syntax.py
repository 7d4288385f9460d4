"""Tokens and clauses: the grammar that claims are read from, whatever parser made it.

A clause is a verb (or a noun that names an event) with who does it, to whom, where and when. Kinds of
claims read clauses only, so a language without this parser needs another maker of clauses, not other kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["finite", "infinitive", "participle", "nominal"]
Tense = Literal["present", "past", "perfect", "past-perfect", "future", "none"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its lemma, part of speech (Universal tags), relation and head (both in the sentence)."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence; `Token.i` and `Token.head` count from its first token."""

    text: str
    start: int
    end: int
    block: int
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    language: str = "en"

    def subtree(self, i: int) -> Iterator[int]:
        """Token indexes under `i`, itself included, in no particular order."""
        stack = [i]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(self.children[at])

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of `i` that hangs on it by one of `deps`."""
        return next((c for c in self.children[i] if self.tokens[c].dep in deps), None)

    def kids(self, i: int, *deps: str) -> tuple[int, ...]:
        return tuple(c for c in self.children[i] if self.tokens[c].dep in deps)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head token and the stretch of text it covers."""

    head: int
    lemma: str
    start: int
    end: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with its arguments. `actor` does it, `patient` has it done to it, voice undone.

    `start`..`end` is the stretch a finding underlines: without the clauses that hang on it.
    `full_end` reaches over its complements ("vowed to restore ..."). `governor` is the index of the clause it
    hangs on, `relation` how (relcl, ccomp, xcomp, advcl, conj, acl, root).
    """

    index: int
    sentence: Sentence
    head: int
    lemma: str
    form: Form
    tense: Tense
    passive: bool
    progressive: bool
    negated: bool
    modality: Literal["asserted", "planned", "conditional", "question"]
    actor: Phrase | None
    patient: Phrase | None
    obliques: tuple[tuple[str, Phrase], ...]
    particles: tuple[str, ...]
    governor: int | None
    relation: str
    tokens: tuple[int, ...]
    start: int
    end: int
    full_start: int
    full_end: int

    @property
    def text_tokens(self) -> tuple[Token, ...]:
        return tuple(self.sentence.tokens[i] for i in self.tokens)

    def lemmas(self) -> tuple[str, ...]:
        """Lower-case lemmas of its own tokens, in order."""
        return tuple(t.lemma.lower() for t in self.text_tokens)

    def is_one_of(self, verbs: frozenset[str]) -> bool:
        """True where the verb, alone or with its particle ("break out"), is among `verbs`."""
        return self.lemma in verbs or any(f"{self.lemma} {particle}" in verbs for particle in self.particles)

    def oblique(self, *preps: str) -> Phrase | None:
        return next((phrase for prep, phrase in self.obliques if prep in preps), None)
