"""Words and sentences of posts and articles in languages without a parser: emoji, hashtags, flags, lines without full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A number with its groups and decimals, a word with its hyphens and apostrophes, a dash, or any other sign.
TOKEN = re.compile(
    r"\d+-[^\W\d_]{1,3}(?![^\W_])|\d{1,3}(?:[   ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,:]\d+)*"
    r"|[#@]?[^\W\d_]+(?:['’ʼ][^\W\d_]+)*(?:-(?:[^\W\d_]+|\d+)(?:['’ʼ][^\W\d_]+)*)*"
    r"|[—–]|-(?=\s)|\S"
)
END = re.compile(r"[.!?…]+[\"'»”)\]]*(?=\s|$)|\n+")
BULLET = re.compile(r"^(?:[^\w«\"„(#@—–]|_)+")  # emoji, flags and list marks before a sentence's first word
TAIL = re.compile(r"(?:[^\w»\".!?…)%°²]|_)+$")
INITIAL = re.compile(r"(?:^|[\s(])[^\W\d_]\.$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A token's text with its offsets in the document."""

    text: str
    start: int
    end: int


def sentences(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Stretches of sentences in a block: they end at a full stop, a question mark or a line's end; marks around them are left out."""
    at = start
    for match in END.finditer(text, start, end):
        if "\n" not in match.group() and _goes_on(text, at, match.start(), match.end(), end, abbreviations):
            continue
        yield from _trimmed(text, at, match.end())
        at = match.end()
    yield from _trimmed(text, at, end)


def _goes_on(text: str, at: int, stop: int, after: int, end: int, abbreviations: frozenset[str]) -> bool:
    """True where the full stop ends an abbreviation or an initial, or a small letter follows."""
    if text[stop] != "." or after - stop > 1:
        follows = text[after:end].lstrip()
        return bool(follows) and follows[0].islower()
    before = text[at : stop + 1]
    word = re.search(r"[^\s(«\"]+$", before[:-1])
    if INITIAL.search(before) or (word is not None and word.group().lower() in abbreviations):
        return True
    follows = text[after:end].lstrip(" \t")
    return bool(follows) and follows[0].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    lead = BULLET.match(piece)
    start += lead.end() if lead else 0
    piece = text[start:end].rstrip()
    tail = TAIL.search(piece)
    end = start + (tail.start() if tail else len(piece))
    if re.search(r"\w", text[start:end]):
        yield start, end


def tokens(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """The tokens of a stretch, in order; what is white space is no token."""
    return tuple(Piece(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start, end))
