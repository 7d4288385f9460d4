"""What a corpus may lie in: folders of reports, and files that hold many; read as a stream of shards.

Nothing is held but the shard at hand, whatever the size of the input. The order is that of the input (folders by
name), so the same input always makes the same shards.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from dateline.batch.tables import FIELDS, Row, csv_rows, feed_rows, jsonl_rows, parquet_rows
from dateline.batch.warc import warc_rows
from dateline.errors import ReportNotFound, ReportUnreadable

__all__ = ["Item", "Shard", "items", "shards"]

SHARD: Final = 256  # reports in a shard: ten to thirty seconds of work, which is what Ctrl-C may cost
SHARD_BYTES: Final = 32_000_000  # of text in a shard: long reports make it end sooner

ROWS: Final[dict[str, Callable[[Any, dict[str, str]], Iterator[Row]]]] = {
    ".jsonl": jsonl_rows,
    ".ndjson": jsonl_rows,
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".parquet": parquet_rows,
    ".warc": warc_rows,
    ".rss": feed_rows,
    ".atom": feed_rows,
    ".xml": feed_rows,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One report to come: a file, or its words with what the table that holds it says of it.

    `wrong` tells why there are no words to read: it goes into the failures, as what cannot be read does.
    """

    name: str
    path: str | None = None
    data: bytes | None = None
    media_type: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    wrong: str | None = None

    def digest(self) -> str:
        """Of what the report is and says; a file is read for it."""
        told = repr((self.name, self.media_type, self.url, self.title, self.byline, self.publisher, self.published, self.language))
        data = self.data if self.data is not None else Path(self.path).read_bytes() if self.path and Path(self.path).is_file() else b""
        return hashlib.sha256(told.encode() + b"\0" + data).hexdigest()


@dataclass(frozen=True, slots=True)
class Shard:
    """Reports that are checked together. `at` is how much of the input lies before its end, from 0 to 1."""

    number: int
    items: tuple[Item, ...]
    at: float = field(default=0.0, compare=False)

    @property
    def name(self) -> str:
        return f"{self.number:06d}"

    def digest(self) -> str:
        """What the shard holds: a finished one is skipped only if this is the same."""
        return hashlib.sha256("".join(item.digest() for item in self.items).encode()).hexdigest()


def shards(source: Path, size: int = SHARD, columns: dict[str, str] | None = None) -> Iterator[Shard]:
    """The input cut into shards of `size` reports, one at a time. `columns` maps our names of fields to the table's.

    Raises ReportNotFound and ReportUnreadable where the input as a whole cannot be read.
    """
    held: list[Item] = []
    weight, number, at = 0, 0, 0.0
    for item, at in items(source, columns or {}):
        held.append(item)
        weight += len(item.data or b"")
        if len(held) >= size or weight >= SHARD_BYTES:
            yield Shard(number, tuple(held), at)
            held, weight, number = [], 0, number + 1
    if held:
        yield Shard(number, tuple(held), 1.0)


def items(source: Path, columns: dict[str, str]) -> Iterator[tuple[Item, float]]:
    """Every report of the input, with the share of the input that lies behind it."""
    if not source.exists():
        raise ReportNotFound(f"no file or folder {source}: name a folder, or a .jsonl, .csv, .parquet, .warc(.gz) or feed (.xml) file")
    if not source.is_dir():
        yield from _of_file(source, source.name, columns, 0.0, 1.0)
        return
    total = sum(1 for _ in _files(source))
    if not total:
        raise ReportUnreadable(f"{source} holds no file: name the folder that holds the reports")
    for n, path in enumerate(_files(source)):
        yield from _of_file(path, path.relative_to(source).as_posix(), columns, n / total, (n + 1) / total)


def _files(folder: Path) -> Iterator[Path]:
    """Files of a folder and of those in it, by name; hidden ones and links to folders are left out."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _files(path)
        else:
            yield path


def _of_file(path: Path, name: str, columns: dict[str, str], start: float, end: float) -> Iterator[tuple[Item, float]]:
    kind = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    rows = ROWS.get(kind.lower())
    if rows is None:
        yield Item(name, path=str(path.resolve())), end
        return
    if rows is parquet_rows:
        yield from _rows(parquet_rows(path, columns), name, lambda: 0.0, start, end)
        return
    size = max(1, path.stat().st_size)
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else nullcontext(raw) as file:
        yield from _rows(rows(file, columns), name, lambda: raw.tell() / size, start, end)


def _rows(rows: Iterable[Row], name: str, share: Callable[[], float], start: float, end: float) -> Iterator[tuple[Item, float]]:
    """Items of a file's rows; `share` tells how much of the file lies behind them."""
    for n, row in enumerate(rows, 1):
        yield _item(row, f"{name}:{row.get('id') or n}"), start + (end - start) * min(1.0, share())


def _item(row: Row, name: str) -> Item:
    published, wrong = None, row.get("wrong")
    if day := row.get("published"):
        published = read_day(str(day))
        if published is None:
            wrong = wrong or f"no day can be read in its date {str(day)[:40]!r}: write it as 2023-11-23"
    known = {key: str(row[key]) for key in FIELDS if key in ("url", "title", "byline", "publisher", "language") and row.get(key)}
    if known.get("language") not in ("en", "uk", "ru"):
        known.pop("language", None)
    text = row.get("html") or row.get("text")
    if not text and not wrong:
        wrong = "no words: give them in a column text or html (or name another with --column text=NAME)"
    data = text if isinstance(text, bytes) else str(text or "").encode()
    media_type = str(row["media_type"]) if row.get("media_type") else "text/html" if row.get("html") else "text/plain"
    return Item(name, data=data, media_type=media_type, published=published, wrong=str(wrong) if wrong else None, **known)


def read_day(words: str) -> date | None:
    """A day as tables write it: 2023-11-23, with a time or without, or as in the header of a mail (RFC 5322)."""
    from email.utils import parsedate

    try:
        return date.fromisoformat(words.strip()[:10])
    except ValueError:
        parts = parsedate(words)
    try:
        return date(*parts[:3]) if parts else None
    except ValueError:
        return None
