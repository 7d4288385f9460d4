"""Lines of a page put together: headline, byline, date, body, closing courtesy, responses.

The body runs from the first line of prose to where responses or the repeated byline begin. What stands
around it says who wrote it and when; what stands between (rules, buttons, counters) is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from dateline.read import lines as furniture
from dateline.read.courtesy import courtesy_start
from dateline.read.lines import Line, classify
from dateline.types import Block

T = TypeVar("T")

WRAP_SHORTEST: Final = 40  # characters; hard-wrapped text breaks its lines at 60 to 100 columns
WRAP_LONGEST: Final = 120
WRAP_SHARE: Final = 0.5  # own judgement: of the lines inside paragraphs, how many break in mid-sentence
STANDFIRST_WORDS: Final = 6  # own judgement: shorter lines under a headline are labels, not statements
HEADLINE_WORDS: Final = 3  # a menu's labels have one or two words
TAG_WORDS: Final = 3  # "Ukraine", "War in Europe": what stands under a text without a full stop
QUESTION_HEADLINE: Final = 120  # characters; a headline may be a question or a cry, not a paragraph

UPDATED: Final = ("updated", "modified", "last", "оновлено", "обновлено")


@dataclass(frozen=True, slots=True)
class Parts:
    """A report taken apart, before its dates are read. `dates` are lines that hold a date, best first."""

    paragraphs: tuple[str, ...]
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    dates: tuple[str, ...] = ()
    reading_time: str | None = None
    responses: int | None = None


def lay_out(raw: Sequence[str], title: str | None = None) -> Parts:
    """Take the cleaned lines of a page apart; `title` is given where the page's own data names it."""
    stripped = [line.strip() for line in unwrap(raw)]
    if title is not None:
        stripped = _without_title(stripped, title)
    kinds = [classify(line) for line in stripped]
    first = _first_of_body(stripped, kinds, titled=title is not None)
    if first is None:
        return lay_out_edges(stripped, title)
    head = list(zip(stripped[:first], kinds[:first], strict=True))
    name = title if title is not None else _headline(head)
    byline = _byline(head, name)
    end = _end_of_body(stripped, kinds, first, byline)
    body = _standfirst(head, name, byline) + _body(stripped[first:end], kinds[first:end])
    around = head + list(zip(stripped[end:], kinds[end:], strict=True))
    inside = list(zip(stripped[first:end], kinds[first:end], strict=True))
    return Parts(
        paragraphs=tuple(body),
        title=name,
        byline=byline,
        publisher=_first(furniture.publisher(line) for line, kind in around if kind is Line.PUBLISHER),
        dates=_dates(head) + _dates(inside[_last_prose(kinds[first:end]) :]) + _dates(around[len(head) :]),
        reading_time=_first(furniture.reading_time(line) for line, _ in around),
        responses=_first(furniture.responses(line) for line, kind in around if kind is Line.RESPONSES),
    )


def unwrap(raw: Sequence[str]) -> list[str]:
    """Join lines that were broken at a column; blank lines keep paragraphs apart.

    Only a text that is broken so throughout is touched: a page whose paragraphs are single lines is not.
    """
    inner = [
        line for line, following in zip(raw, raw[1:], strict=False)
        if following.strip() and WRAP_SHORTEST <= len(line.strip()) <= WRAP_LONGEST
    ]
    broken = sum(furniture.TERMINAL.search(line) is None for line in inner)
    longest = max((len(line) for line in raw), default=0)
    if longest > WRAP_LONGEST or broken < 2 or broken < WRAP_SHARE * len(inner):
        return list(raw)
    joined: list[str] = []
    previous = ""
    for line in raw:
        text = line.strip()
        if joined and _continues(previous, text):
            joined[-1] = f"{joined[-1]} {text}"
        else:
            joined.append(text)
        previous = text
    return joined


def _continues(previous: str, text: str) -> bool:
    if not previous or not text or furniture.BULLET.match(text):
        return False
    if len(previous) < WRAP_SHORTEST:
        return False
    return not any(classify(line) not in (Line.PROSE, Line.SHORT, Line.NAME) for line in (previous, text))


def _without_title(stripped: list[str], title: str) -> list[str]:
    wanted = title.casefold()
    return ["" if line.casefold() == wanted else line for line in stripped]


def _first_of_body(stripped: Sequence[str], kinds: Sequence[Line], titled: bool) -> int | None:
    prose = [index for index, kind in enumerate(kinds) if kind is Line.PROSE]
    if not prose:
        return None
    first = prose[0]
    if titled or len(prose) == 1 or any(kind in (Line.SHORT, Line.NAME) for kind in kinds[:first]):
        return first
    between = kinds[first + 1 : prose[1]]
    named = any(kind in (Line.DATE, Line.BYLINE, Line.READING_TIME, Line.NAME) for kind in between)
    line = stripped[first]
    cry = line.rstrip("\"'”’»")[-1:] in "?!" and len(line) <= QUESTION_HEADLINE
    return prose[1] if (named and len(line) < furniture.PROSE_LENGTH) or cry else first


def lay_out_edges(stripped: Sequence[str], title: str | None = None) -> Parts:
    """Take apart lines that hold no paragraph: what stands around an article, or a bare note."""
    kinds = [classify(line) for line in stripped]
    kept = [line for line, kind in zip(stripped, kinds, strict=True) if kind in (Line.SHORT, Line.NAME)]
    lines = list(zip(stripped, kinds, strict=True))
    return Parts(
        paragraphs=tuple(kept),
        title=title,
        byline=_first(furniture.byline(line) for line, kind in lines if kind is Line.BYLINE),
        publisher=_first(furniture.publisher(line) for line, kind in lines if kind is Line.PUBLISHER),
        dates=_dates(lines),
        reading_time=_first(furniture.reading_time(line) for line, _ in lines),
        responses=_first(furniture.responses(line) for line, kind in lines if kind is Line.RESPONSES),
    )


def _headline(head: Sequence[tuple[str, Line]]) -> str | None:
    candidates = [line for line, kind in head if kind in (Line.SHORT, Line.NAME, Line.PROSE)]
    long = [
        line for line, kind in head
        if kind in (Line.SHORT, Line.PROSE) and len(furniture.words(line)) >= HEADLINE_WORDS
    ]
    return _first(iter(long or candidates))


def _byline(head: Sequence[tuple[str, Line]], title: str | None) -> str | None:
    explicit = _first(furniture.byline(line) for line, kind in head if kind is Line.BYLINE)
    if explicit is not None:
        return explicit
    after = [line for line, _ in head]
    if title in after:
        after = after[after.index(title) + 1 :]
    pieces = [piece for line in after for piece in furniture.split(_without_reading_time(line))]
    return _first(
        furniture.byline(piece) or (piece if furniture.is_name(piece) else None)
        for piece in pieces
        if piece != title
    )


def _standfirst(head: Sequence[tuple[str, Line]], title: str | None, byline: str | None) -> list[str]:
    lines = [line for line, _ in head]
    after = lines.index(title) + 1 if title in lines else 0
    return [
        line for line, kind in head[after:]
        if kind in (Line.SHORT, Line.PROSE) and len(furniture.words(line)) >= STANDFIRST_WORDS
        and line != byline and title is not None
    ]


def _end_of_body(stripped: Sequence[str], kinds: Sequence[Line], first: int, byline: str | None) -> int:
    last = first + _last_prose(kinds[first:])
    for index in range(first + 1, len(stripped)):
        if kinds[index] is Line.RESPONSES or (byline is not None and stripped[index] == byline):
            return index
        if index > last and kinds[index] is Line.BYLINE:
            return index
    return len(stripped)


def _last_prose(kinds: Sequence[Line]) -> int:
    return max((index for index, kind in enumerate(kinds) if kind is Line.PROSE), default=0)


def _body(stripped: Sequence[str], kinds: Sequence[Line]) -> list[str]:
    """The paragraphs: all but furniture; under the last of them, tags, names and dates go too."""
    last = _last_prose(kinds)
    kept: list[str] = []
    for index, (line, kind) in enumerate(zip(stripped, kinds, strict=True)):
        if kind.furniture:
            continue
        if index > last and not _statement(line, kind):
            continue
        kept.append(line)
    return kept


def _statement(line: str, kind: Line) -> bool:
    if kind is not Line.SHORT:
        return False
    wordy = len(furniture.words(line)) > TAG_WORDS
    return wordy or furniture.BULLET.match(line) is not None or furniture.TERMINAL.search(line) is not None


def _dates(lines: Sequence[tuple[str, Line]]) -> tuple[str, ...]:
    """The pieces that are dates, those that speak of an update last."""
    pieces = [piece for line, _ in lines for piece in furniture.split(_without_reading_time(line))]
    pieces = [piece for piece in pieces if furniture.is_date(piece)]
    updated = [piece for piece in pieces if piece.casefold().startswith(UPDATED)]
    return tuple(piece for piece in pieces if piece not in updated) + tuple(updated)


def _without_reading_time(line: str) -> str:
    return furniture.READING_TIME.sub(" | ", line) if furniture.reading_time(line) is not None else line


def _first(found: Iterable[T | None]) -> T | None:
    return next((one for one in found if one is not None), None)


def join(paragraphs: Sequence[str]) -> tuple[str, tuple[Block, ...]]:
    """The text of a Document and its blocks: paragraphs joined by a blank line.

    A closing courtesy gets a block of its own, even where it ends a paragraph of another kind.
    """
    blocks: list[Block] = []
    position = 0
    closing = len(paragraphs) - _courtesies(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        end = position + len(paragraph)
        start = courtesy_start(paragraph) if index >= closing else None
        if start is None:
            blocks.append(Block("body", position, end))
        else:
            if start:
                blocks.append(Block("body", position, position + len(paragraph[:start].rstrip())))
            blocks.append(Block("courtesy", position + start, end))
        position = end + 2
    return "\n\n".join(paragraphs), tuple(blocks)


def _courtesies(paragraphs: Sequence[str]) -> int:
    """How many paragraphs at the end are courtesies, the one that a courtesy begins in counted."""
    count = 0
    for paragraph in reversed(paragraphs):
        start = courtesy_start(paragraph)
        if start is None:
            break
        count += 1
        if start:
            break
    return count
