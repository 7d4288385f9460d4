"""The report's text cut into stretches, each knowing the claims that lie over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.types import Document, Finding
from dateline.verdict import Verdict

__all__ = ["Paragraph", "Stretch", "annotate"]

LONGEST_WORD = 24  # letters: a longer one must be free to break on a phone


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text under the same claims. `inner` is the shortest of them: the one it links to.

    `ends` are the claims that end here and get their number; `first` says that `inner` begins here.
    """

    text: str
    inner: Finding | None
    outer: Finding | None
    first: bool
    ends: tuple[Finding, ...]

    @property
    def foreign(self) -> tuple[Finding, ...]:
        """Those of `ends` that this stretch does not link to: each gets a link of its own."""
        return tuple(f for f in self.ends if f is not self.inner)

    @property
    def unbroken(self) -> bool:
        """True for a word that those links follow and may not part from."""
        return bool(self.foreign) and len(self.text) <= LONGEST_WORD

    @property
    def lead(self) -> str:
        """The text but for its last word where a number follows that may not part from it."""
        return self.text[: len(self.text) - len(self.last)]

    @property
    def last(self) -> str:
        return _last_word(self.text) if self.ends else ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str
    stretches: tuple[Stretch, ...]


def annotate(document: Document, findings: Sequence[Finding]) -> list[Paragraph]:
    """The paragraphs of the report, every character of them exactly once."""
    found = []
    spans = sorted((f for f in findings if f.claim.start < f.claim.end), key=lambda f: (f.claim.start, f.claim.end))
    for match in re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", document.text):
        start, end = match.span()
        over = [f for f in spans if f.claim.start < end and f.claim.end > start]
        kind = next((b.kind for b in document.blocks if b.start <= start < b.end), "body")
        found.append(Paragraph(kind, tuple(_stretches(document.text, start, end, over))))
    return found


def _stretches(text: str, start: int, end: int, over: list[Finding]) -> list[Stretch]:
    inside = {p for f in over for p in (f.claim.start, f.claim.end) if start < p < end}
    cuts = sorted({start, end} | inside)
    made: list[Stretch] = []
    for a, b in zip(cuts, cuts[1:], strict=False):
        covering = sorted((f for f in over if f.claim.start <= a and f.claim.end >= b), key=_closeness)
        inner = covering[0] if covering else None
        outer = next((f for f in covering[1:] if f.verdict is not Verdict.NOT_CHECKABLE), None)
        ends = tuple(f for f in covering if f.claim.end == b and f.verdict is not Verdict.NOT_CHECKABLE)
        first = inner is not None and (inner.claim.start == a or (a == start and inner.claim.start < a))
        whole = Stretch(text[a:b], inner, outer, first, ends)
        made += (
            [replace(whole, text=whole.lead, ends=()), replace(whole, text=whole.last, first=False)]
            if (whole.foreign and whole.lead and whole.last)
            else [whole]
        )
    return made


def _last_word(text: str) -> str:
    word = text[max(text.rfind(" "), text.rfind("\n")) + 1 :]
    return word if len(word) <= LONGEST_WORD else ""


def _closeness(finding: Finding) -> tuple[bool, int, int, str]:
    claim = finding.claim
    return finding.verdict is Verdict.NOT_CHECKABLE, claim.end - claim.start, claim.start, claim.id
