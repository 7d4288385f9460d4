"""TIMEX3 corpora and the TempEval-3 measures: strict and relaxed spans, value on relaxed matches."""

from __future__ import annotations

import hashlib
import html
import re
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

__all__ = ["Corpus", "Document", "Score", "Timex", "read_corpus", "read_marked", "score", "score_document"]

Genre = Literal["news", "narrative"]


@dataclass(frozen=True, slots=True)
class Timex:
    """An annotated or found expression: offsets into the text, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    text: str
    created: date
    language: str
    genre: Genre
    gold: tuple[Timex, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents of one source, with the digest of the file they came from."""

    name: str
    documents: tuple[Document, ...]
    digest: str

    def half(self, *, even: bool) -> Corpus:
        """The documents whose number is even (to develop on) or odd (to test on)."""
        chosen = tuple(d for d in self.documents if (int(d.id[:2]) % 2 == 0) == even)
        return Corpus(f"{self.name} {'dev' if even else 'test'} half", chosen, self.digest)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one system on one corpus; the F1 values are in percent."""

    gold: int
    found: int
    strict: int
    relaxed: int
    value: int
    year_wrong: int = 0
    month_wrong: int = 0
    day_wrong: int = 0

    def _f1(self, hits: int) -> float:
        return 200.0 * hits / (self.gold + self.found) if self.gold + self.found else 0.0

    @property
    def strict_f1(self) -> float:
        return self._f1(self.strict)

    @property
    def relaxed_f1(self) -> float:
        return self._f1(self.relaxed)

    @property
    def value_f1(self) -> float:
        """Share of relaxed matches with the right value, times relaxed F1, as in the TempEval-3 toolkit."""
        return self._f1(self.value)

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f) + getattr(other, f) for f in self.__dataclass_fields__))


_TAG = re.compile(r"<(/?)(\w+)([^<>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def _parse(markup: str) -> tuple[str, tuple[Timex, ...]]:
    """Text with the tags taken out and the TIMEX3 elements as offsets into it."""
    out: list[str] = []
    size, position = 0, 0
    opened: list[tuple[int, dict[str, str]]] = []
    gold: list[Timex] = []
    for match in _TAG.finditer(markup):
        piece = html.unescape(markup[position : match.start()])
        out.append(piece)
        size += len(piece)
        position = match.end()
        if match[2] != "TIMEX3":
            continue
        if match[1]:
            start, attributes = opened.pop()
            gold.append(Timex(start, size, attributes.get("type", ""), attributes.get("value", "")))
        else:
            opened.append((size, dict(_ATTRIBUTE.findall(match[3]))))
    out.append(html.unescape(markup[position:]))
    text = "".join(out)
    return text, tuple(g for g in sorted(gold, key=lambda g: g.start) if g.end > g.start)


def _document(name: str, markup: str, language: str, genre: Genre) -> Document | None:
    body = re.search(r"<TEXT>(.*)</TEXT>", markup, re.DOTALL)
    created = re.search(r'<(?:DCT|DATETIME)>.*?value="(\d{4}-\d{2}-\d{2})', markup, re.DOTALL)
    if body is None or created is None:
        return None
    text, gold = _parse(body[1])
    return Document(name, text, date.fromisoformat(created[1]), language, genre, gold)


_MEMBERS = {
    "tempeval3": ("tempeval3_tbaq_and_platinum.tar.xz", r"te3-platinum/([\w-]+)\.tml$", "en", "news"),
    "tbaq": ("tempeval3_tbaq_and_platinum.tar.xz", r"tbaq/\w+/([\w.-]+)\.tml$", "en", "news"),
    "wikiwars": ("wikiwars_en.tar.xz", r"wikiwars/tml/([\w-]+)\.tml$", "en", "narrative"),
    "wikiwars-uk": ("wikiwars_uk.tar.xz", r"wikiwars-ua/keyinline/([\w-]+)\.key\.xml$", "uk", "narrative"),
}


def read_corpus(name: str, folder: Path) -> Corpus | None:
    """A TIMEX3 corpus by its short name, out of its archive; None where the archive is missing."""
    archive, pattern, language, genre = _MEMBERS[name]
    path = folder / archive
    if not path.exists():
        return None
    documents: list[Document] = []
    with tarfile.open(path) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            match = re.search(pattern, member.name)
            handle = tar.extractfile(member) if match else None
            if match is None or handle is None:
                continue
            markup = handle.read().decode("utf-8")
            found = _document(match[1], markup, language, "narrative" if genre == "narrative" else "news")
            if found is not None:
                documents.append(found)
    return Corpus(name, tuple(documents), hashlib.sha256(path.read_bytes()).hexdigest()[:16])


def _type(value: str) -> str:
    return "DURATION" if value.startswith("P") and not value.endswith("REF") else "TIME" if "T" in value[10:] else "DATE"


def read_marked(path: Path, language: str) -> Corpus:
    """Texts with `{words|value}` marks, each opened by a line `== id day genre`."""
    documents: list[Document] = []
    for block in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
        head, _, body = block.partition("\n")
        name, created, genre = head.split()
        out, gold, size = [], [], 0
        for piece in re.split(r"(\{[^{}|]*\|[^{}]*\})", body):
            words = piece
            if piece.startswith("{"):
                words, _, value = piece[1:-1].partition("|")
                gold.append(Timex(size, size + len(words), _type(value), value))
            out.append(words)
            size += len(words)
        documents.append(
            Document(
                name,
                "".join(out),
                date.fromisoformat(created),
                language,
                "narrative" if genre == "narrative" else "news",
                tuple(gold),
            )
        )
    return Corpus(path.stem, tuple(documents), hashlib.sha256(path.read_bytes()).hexdigest()[:16])


def match(gold: Sequence[Timex], found: Sequence[Timex]) -> Iterator[tuple[Timex, Timex]]:
    """Overlapping pairs, one to one, in text order; a same-span partner is preferred."""
    exact = {(f.start, f.end): f for f in found}
    free = sorted((f for f in found), key=lambda f: f.start)
    taken: set[tuple[int, int]] = {(g.start, g.end) for g in gold if (g.start, g.end) in exact}
    for g in gold:
        same = exact.get((g.start, g.end))
        if same is not None:
            yield g, same
            continue
        for f in free:
            if f.start < g.end and g.start < f.end and (f.start, f.end) not in taken:
                taken.add((f.start, f.end))
                yield g, f
                break


def _off(g: Timex, f: Timex) -> tuple[int, int, int]:
    """Is the year, else the month, else the day wrong? Only where both values are days, months or years."""
    a, b = (
        re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", g.value),
        re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", f.value),
    )
    if a is None or b is None:
        return 0, 0, 0
    if a[1] != b[1]:
        return 1, 0, 0
    if a[2] and b[2] and a[2] != b[2]:
        return 0, 1, 0
    return 0, 0, int(bool(a[3] and b[3] and a[3] != b[3]))


def score_document(document: Document, found: Sequence[Timex]) -> Score:
    """The counts of one document."""
    pairs = list(match(document.gold, found))
    off = [_off(g, f) for g, f in pairs]
    return Score(
        len(document.gold),
        len(found),
        sum((g.start, g.end) == (f.start, f.end) for g, f in pairs),
        len(pairs),
        sum(g.value == f.value for g, f in pairs),
        *(sum(o[k] for o in off) for k in range(3)),
    )


def score(corpus: Corpus, system: Callable[[Document], Sequence[Timex]]) -> Score:
    """What a system reaches on a corpus, all documents pooled."""
    total = Score(0, 0, 0, 0, 0)
    for document in corpus.documents:
        total += score_document(document, system(document))
    return total
