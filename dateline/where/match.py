"""Where a toponym could be: tokens, and every capitalised run of them that the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.where.context import AFTER, BEFORE, PARTICLES, demonyms, word_list
from dateline.where.fold import fold, is_cyrillic, skeleton, stem_keys
from dateline.where.gazetteer import Gazetteer
from dateline.where.store import BARE, BASE, STRENGTH, TITLE, UPPER

__all__ = ["Span", "Tokens", "spans", "typed", "tokenise"]

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]\.[A-Z][a-z]{1,3}\.|[^\W\d_]+(?:['’ʼ`´‘′][^\W\d_]+)*|\d+")
_POSSESSIVE = re.compile(r"['’ʼ`´‘′]s$", re.I)
_GAP = re.compile(r" ?[-‐‑–] ?|[ \u00a0\u202f]|\n")
_ABBREVIATED = frozenset("st mt ft ste sts".split())
_LONGEST = 6  # tokens in a name: the longest in the trie that reports use ("Autonomous Republic of the Crimea" is 5)
_OPENERS = "\"'“”«„‘’([—–-… \t\u00a0"
_LOWER_LAST = frozenset(
    "region oblast peninsula river sea reservoir dam bridge plant airport airfield steelworks spit isthmus strait "
    "bay delta states territories of".split()
)


@dataclass(slots=True)
class Tokens:
    """A text cut into words and numbers; parallel lists, offsets in code points."""

    text: str
    words: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    capital: list[bool] = field(default_factory=list)
    loud: bool = False
    quiet: bool = False
    lower: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, n: int) -> str:
        """The text between token n and the next one."""
        return self.text[self.end[n] : self.start[n + 1]] if n + 1 < len(self.words) else ""

    def adjacent(self, n: int) -> bool:
        """Whether token n and the next one may be parts of one name or phrase."""
        if n < 0 or n + 1 >= len(self.words):
            return False
        gap = self.text[self.end[n] : self.start[n + 1]]
        return gap == " " or _GAP.fullmatch(gap) is not None

    def starts_sentence(self, n: int) -> bool:
        at = self.start[n] - 1
        while at >= 0 and self.text[at] in _OPENERS:
            at -= 1
        return at < 0 or self.text[at] in ".!?:\n;•*"


@dataclass(slots=True)
class Span:
    """Tokens first..last that the gazetteer knows, how the name was found, and what its context asks for."""

    first: int
    last: int
    postings: list[tuple[int, int]]
    via: str
    kind: str | None = None
    stretch: int = 0


def tokenise(text: str) -> Tokens:
    tokens = Tokens(text)
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        word = found.group()
        if not word.isalpha() and (cut := _POSSESSIVE.search(word)):
            end -= len(word) - cut.start()
            word = word[: cut.start()]
        tokens.words.append(word)
        tokens.start.append(start)
        tokens.end.append(end)
        tokens.folded.append(fold(word))
        tokens.capital.append(word[0].isupper())
    tokens.loud = text.isupper()
    tokens.quiet = text.islower()
    tokens.lower = frozenset(w for w, c in zip(tokens.folded, tokens.capital, strict=True) if not c)
    if tokens.quiet:
        tokens.lower = frozenset()
        tokens.capital = [True] * len(tokens)  # no case to go by: every word may start a name
    return tokens


def spans(tokens: Tokens, gazetteer: Gazetteer) -> list[Span]:
    """Every run of words that may name a place, nested ones included, in text order, longest first."""
    out: list[Span] = []
    common = word_list("words")
    cyrillic: dict[str, list[tuple[int, int]]] = {}
    for first in range(len(tokens)):
        if not _may_start(tokens, first):
            continue
        before = len(out)
        out += _exact(tokens, first, gazetteer)
        if is_cyrillic(tokens.folded[first]):
            known = {s.last for s in out[before:]}
            out += (s for s in _inflected(tokens, first, gazetteer, cyrillic) if s.last not in known)
        elif before == len(out) and len(tokens.folded[first]) > 5 and tokens.folded[first] not in common:
            out += _forgiving(tokens, first, gazetteer)
        out[before:] = sorted((s for s in out[before:] if not _numbered(tokens, s.last)), key=lambda s: -s.last)
    return out


def _numbered(tokens: Tokens, last: int) -> bool:
    """ "Il-76", "Іл-76": a name with a number at its hyphen is that of a machine; a town so named has the number in its own."""
    return tokens.gap(last) in ("-", "‐", "‑") and tokens.words[last + 1].isdigit()


def _may_start(tokens: Tokens, n: int) -> bool:
    if tokens.capital[n]:
        return True
    return tokens.folded[n] in PARTICLES and tokens.gap(n) in ("-", "‑") and tokens.capital[n + 1]


def _exact(tokens: Tokens, first: int, gazetteer: Gazetteer) -> Iterator[Span]:
    joined = tokens.folded[first]
    ends = {len(joined): first}
    last = first
    while last - first < _LONGEST - 1 and (link := _link(tokens, last)):
        last += 1
        joined += link + tokens.folded[last]
        ends[len(joined)] = last
    for key in gazetteer.store.prefixes(joined):
        at = ends.get(len(key))
        if at is None or (at > first and not tokens.capital[at] and not is_cyrillic(key) and not _lower_last(tokens, first, at)):
            continue
        surface = tokens.text[tokens.start[first] : tokens.end[at]]
        loud = surface.replace(".", "").isupper()
        postings = [p for p in gazetteer.store.find(key) if p[1] < BARE or _written(tokens, first, at, p[1], loud)]
        if loud and len(key) <= 3 and any(p[1] & UPPER for p in postings):
            postings = [p for p in postings if p[1] & UPPER]
        acronym = loud and len(key) <= 5 and at == first and not tokens.loud and not _capitals(postings, key, gazetteer)
        if postings and not acronym:
            yield Span(first, at, postings, "name")


def _link(tokens: Tokens, n: int) -> str:
    """What joins token n and the next one in a name: a blank, "s " for the 's that was cut off ("People's Republic"), or "" for none."""
    if tokens.adjacent(n) or (tokens.folded[n] in _ABBREVIATED and tokens.gap(n) == ". "):
        return " "
    return "s " if tokens.gap(n) in ("'s ", "’s ") else ""


def _lower_last(tokens: Tokens, first: int, last: int) -> bool:
    """ "Kakhovka dam", "Kharkiv region" are names; "Russian river" is a river of Russia's."""
    return tokens.folded[last] in _LOWER_LAST and tokens.folded[first] not in demonyms()


def _capitals(postings: list[tuple[int, int]], key: str, gazetteer: Gazetteer) -> bool:
    """Whether a short word in capitals may be a name: a known abbreviation, or a large town's main name ("PARIS")."""
    return any(
        flags & UPPER or (len(key) > 3 and flags == 0 and gazetteer.store.place(n).population > 100_000) for n, flags in postings[:3]
    )


def _written(tokens: Tokens, first: int, last: int, flags: int, loud: bool) -> bool:
    """Whether an abbreviation is written as one: in capitals, with its full stop, or after "Town, "."""
    if flags & UPPER and not loud:
        return False
    dotted = tokens.text[tokens.end[last] - 1] == "." or tokens.text[tokens.end[last] : tokens.end[last] + 1] == "."
    if flags & TITLE and not dotted:
        return False
    return not flags & BARE or (first > 0 and tokens.gap(first - 1) in (", ", " ") and tokens.capital[first - 1]) or flags & TITLE > 0


def _inflected(tokens: Tokens, first: int, gazetteer: Gazetteer, seen: dict[str, list[tuple[int, int]]]) -> Iterator[Span]:
    for size in (1, 2, 3):
        last = first + size - 1
        if size > 1 and not (tokens.adjacent(last - 1) and is_cyrillic(tokens.folded[last])):
            return
        words = tokens.folded[first : last + 1]
        name = " ".join(words)
        keys = stem_keys(words) if size == 1 or name not in seen else ()
        if name not in seen:
            seen[name] = gazetteer.store.find_any("#" + key for key in keys)
        if seen[name]:
            yield Span(first, last, seen[name], "inflected")
        if size == 1 and not any("%" + key in gazetteer.store for key in keys):
            return


def _forgiving(tokens: Tokens, first: int, gazetteer: Gazetteer) -> Iterator[Span]:
    for size in (1, 2):
        last = first + size - 1
        if size > 1 and not (tokens.adjacent(last - 1) and tokens.capital[last]):
            return
        key = skeleton(" ".join(tokens.folded[first : last + 1]))
        if key and (postings := gazetteer.store.find("~" + key)):
            yield Span(first, last, postings, "spelling")


_PLURAL = frozenset(
    "regions oblasts provinces governorates districts raions counties rivers областей областях областям областями "
    "райони районов районів районах районам районы области області".split()
)
_BETWEEN = frozenset("and or та і й и або или".split())


def typed(tokens: Tokens, found: list[Span]) -> None:
    """Marks the spans whose neighbours say what they are: "Kharkiv region", "the Chernihiv and Kyiv regions", "city of X"."""
    by_last: dict[int, list[Span]] = {}
    for span in found:
        by_last.setdefault(span.last, []).append(span)
    for span in found:
        after = span.last + 1
        kind = AFTER.get(tokens.folded[after]) if tokens.adjacent(span.last) else None
        if kind and not (tokens.capital[after] and tokens.starts_sentence(after)):
            span.kind, span.stretch = kind, int(kind != "settlement")
            if tokens.folded[after] in _PLURAL:
                _coordinate(tokens, by_last, span, kind)
            continue
        if span.kind is None:
            span.kind = _before(tokens, span.first)


def _before(tokens: Tokens, first: int) -> str | None:
    n = first - 1
    if n >= 0 and tokens.folded[n] == "of" and tokens.adjacent(n):
        n -= 1
        return BEFORE.get(tokens.folded[n]) if n >= 0 and tokens.adjacent(n) and tokens.folded[n] not in ("с", "м", "г", "р") else None
    if n < 0:
        return None
    word, gap = tokens.folded[n], tokens.gap(n)
    if word in ("с", "м", "г", "р"):
        return BEFORE[word] if gap in (". ", ".") else None
    return BEFORE.get(word) if gap in (" ", "\u00a0", " «", ' "') else None


def _coordinate(tokens: Tokens, by_last: dict[int, list[Span]], span: Span, kind: str) -> None:
    """Walks back over "A, B and C regions" and gives every member the kind of the last."""
    first = span.first
    while first > 1:
        n = first - 1
        if tokens.folded[n] in _BETWEEN and tokens.adjacent(n):
            n -= 1
        elif tokens.gap(n) != ", ":
            return
        members = by_last.get(n)
        if not members:
            return
        for member in members:
            member.kind = kind
        first = min(m.first for m in members)


def readable(flags: int) -> int:
    """Strength of a name in a posting: 0 main, 1 given, 2 alternate, 3 generated."""
    return flags & STRENGTH


def bare(flags: int) -> bool:
    """Whether the posting is a unit under its bare name ("Kharkiv" for the region)."""
    return bool(flags & BASE)
