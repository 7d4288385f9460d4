"""Rows of the files that hold many reports: JSON lines, CSV, Parquet and feeds (RSS, Atom)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from dateline.errors import ReportUnreadable

__all__ = ["FIELDS", "Row", "csv_rows", "feed_rows", "jsonl_rows", "parquet_rows"]

Row = Mapping[str, Any]

# Our fields, and what others call them; the first that a row has is taken.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "guid", "key"),
    "text": ("text", "body", "content", "article", "maintext", "description", "summary"),
    "html": ("html", "raw_html"),
    "published": ("published", "date", "published_at", "date_publish", "pubdate", "pubDate", "updated"),
    "url": ("url", "link", "source_url"),
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "publisher": ("publisher", "source", "source_domain", "site"),
    "language": ("language", "lang"),
}
LONGEST: Final = 64_000_000  # bytes of a line of JSON or a cell of CSV: what is longer is no report
FETCHED: Final = 256  # rows that DuckDB hands over at a time


def named(row: Row, columns: Mapping[str, str]) -> Row:
    """The row under our names; `columns` says what the user calls a field."""
    out = {}
    for ours, theirs in FIELDS.items():
        for name in (columns[ours],) if ours in columns else theirs:
            if row.get(name) not in (None, ""):
                out[ours] = row[name]
                break
    return out


def jsonl_rows(file: IO[bytes], columns: Mapping[str, str]) -> Iterator[Row]:
    """One object a line; a line that is none is a row that says what is wrong with it."""
    while line := file.readline(LONGEST + 1):
        if not line.strip():
            continue
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST)
            yield {"wrong": f"the line is longer than {LONGEST // 1_000_000} MB: cut the report out of it"}
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield {"wrong": f"the line is no JSON ({str(error)[:80]}): write one object a line"}
            continue
        yield named(data, columns) if isinstance(data, dict) else {"wrong": "the line is no JSON object: write one object a line"}


def csv_rows(file: IO[bytes], columns: Mapping[str, str]) -> Iterator[Row]:
    """Rows under a header line; tab, semicolon and comma are told apart by that line."""
    csv.field_size_limit(LONGEST)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    try:
        yield from _csv_rows(text, columns)
    finally:
        text.detach()  # the file is its opener's to close


def _csv_rows(text: io.TextIOWrapper, columns: Mapping[str, str]) -> Iterator[Row]:
    head = text.readline()
    mark = max("\t;,", key=lambda m: (head.count(m), m == ","))
    header = next(csv.reader([head], delimiter=mark), [])
    if not any(name in {*columns.values(), *(n for names in FIELDS.values() for n in names)} for name in header):
        raise ReportUnreadable(
            f"no column of the table is known ({', '.join(header)[:80]}): name the one with the words by --column text=NAME"
        )
    reader = csv.reader(text, delimiter=mark)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield {"wrong": f"the row cannot be read ({error}): mend the table there"}
            continue
        if cells:
            yield named(dict(zip(header, cells, strict=False)), columns)


def parquet_rows(path: Path, columns: Mapping[str, str]) -> Iterator[Row]:
    """Rows in the file's order, a few at a time; only the columns that are known are read."""
    import duckdb

    con = duckdb.connect(config={"threads": 1, "memory_limit": "512MB", "preserve_insertion_order": True})
    try:
        described = con.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall()
        wanted = {*columns.values(), *(n for names in FIELDS.values() for n in names)}
        names = [name for name, *_ in described if name in wanted]
        if not names:
            raise ReportUnreadable(f"{path}: no column is known: name the one with the words by --column text=NAME")
        listed = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
        found = con.execute(f"SELECT {listed} FROM read_parquet($path)", {"path": str(path)})  # streams: never held whole
        while rows := found.fetchmany(FETCHED):
            for cells in rows:
                yield named(dict(zip(names, cells, strict=True)), columns)
    except duckdb.Error as error:
        raise ReportUnreadable(f"{path} is no Parquet file that can be read: {str(error).splitlines()[0]}") from error
    finally:
        con.close()


def feed_rows(file: IO[bytes], columns: Mapping[str, str]) -> Iterator[Row]:
    """The entries of a feed (RSS 2.0, RSS 1.0, Atom), however long."""
    from lxml import etree

    del columns  # the elements of a feed have names of their own
    try:
        for _, entry in etree.iterparse(
            file, events=("end",), recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
        ):
            if isinstance(entry.tag, str) and etree.QName(entry).localname in ("item", "entry"):
                yield _entry(entry, etree)
                entry.clear()
                while entry.getprevious() is not None:
                    del entry.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ReportUnreadable(f"the feed is no XML: {error.msg}") from error


def _entry(entry: Any, etree: Any) -> Row:
    told: dict[str, str] = {}
    for part in entry:
        if not isinstance(part.tag, str):
            continue
        name = etree.QName(part).localname
        words = "".join(part.itertext()).strip()
        if name == "link" and part.get("href") and part.get("rel", "alternate") == "alternate":
            words = part.get("href")
        if name == "author" and part.find("{*}name") is not None:
            words = part.findtext("{*}name", "").strip()
        if words:
            told.setdefault(name, words)
    body = told.get("encoded") or told.get("content") or told.get("description") or told.get("summary") or ""
    row = {
        "id": told.get("guid") or told.get("id"),
        "title": told.get("title"),
        "url": told.get("link"),
        "byline": told.get("creator") or told.get("author"),
        "published": told.get("pubDate") or told.get("published") or told.get("date") or told.get("updated"),
        "html" if "<" in body else "text": f"<html><body><article>{body}</article></body></html>" if "<" in body else body,
    }
    return {key: value for key, value in row.items() if value}
