"""Reading: a file, page or address in, a Document out, with headline, people, date and body told apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from dateline.errors import NoText
from dateline.read import html, text
from dateline.read.agency import dateline_of, day_of_address
from dateline.read.language import detect_language
from dateline.read.layout import join
from dateline.read.load import load
from dateline.read.page import Dated, Page, Reader
from dateline.types import Document, Report

__all__ = ["READERS", "Dated", "Page", "Reader", "all_readers", "load", "read"]

READERS: Final[tuple[Reader, ...]] = (html, text)
"""Our formats, asked in this order; the first that accepts a report reads it."""

SLASHED: Final = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?!\d)")
MONTHS: Final = 12
ZONE_DAYS: Final = 1  # one moment may bear two days: local time here, UTC there


@cache
def all_readers() -> tuple[Reader, ...]:
    """Readers plugged in by other packages (entry points `dateline.readers`, by name), then ours."""
    points = sorted(entry_points(group="dateline.readers"), key=lambda point: point.name)
    return (*(point.load() for point in points), *READERS)


def read(
    source: str | Path | bytes | Report,
    *,
    published: date | None = None,
    fetch: bool = False,
    language: str | None = None,
    readers: Sequence[Reader] | None = None,
) -> Document:
    """Read a report and say what it says of itself.

    `source` is a path, an http(s) address (only with `fetch`), "-" for standard input, the bytes of a
    report, or a Report. `published` overrides the date that the report bears; `published_basis` then still
    tells what it bears. Where neither is there `Document.published` is None: it is never guessed.
    `readers` are asked in their order in place of the installed ones.

    Raises ReportNotFound, ReportUnreadable, NoText, FetchRefused.
    """
    report = load(source, fetching=fetch)
    page = next(reader for reader in readers or all_readers() if reader.accepts(report)).read(report)
    words, blocks = join(page.parts.paragraphs)
    if not any(character.isalpha() for character in words):
        raise NoText(f"{report.name} holds no text to check: give a file with the report's words.")
    speaks = language or detect_language(words)
    found = _published(page, words, speaks)
    return Document(
        sha256=hashlib.sha256(report.data).hexdigest(),
        text=words,
        blocks=blocks,
        title=page.parts.title,
        byline=page.parts.byline,
        publisher=page.parts.publisher,
        published=published or (found.day if found else None),
        published_basis=_basis(published, found, page, words, speaks),
        reading_time=page.parts.reading_time,
        language=speaks,
        url=page.url,
        responses=page.parts.responses,
    )


def _published(page: Page, text: str, language: str) -> Dated | None:
    """The date the report bears: the file's own data, then a visible line, an agency's dateline, the address."""
    from dateline.when import find_publication_date  # here, for reading must not wait for the time grammar

    if page.stated:
        best = page.stated[0]
        apart = [one for one in page.stated[1:] if abs((one.day - best.day).days) > ZONE_DAYS]
        others = dict.fromkeys(f"{one.day} ({one.basis})" for one in apart)
        also = f"; it also bears {', '.join(others)}" if others else ""
        return Dated(best.day, f"{best.basis}{also}")
    for line in page.parts.dates:
        found = find_publication_date([line], language=language)
        if found and not (language == "en" and _ambiguous(line)):
            return Dated(found[0], f"the line “{found[1]}”")
    dated, _ = dateline_of(text, language, page.parts.dates, page.url)
    return dated or day_of_address(page.url)


def _ambiguous(line: str) -> bool:
    """True for 03/09/2024: English pages write both 3 September and 9 March so."""
    match = SLASHED.search(line)
    return match is not None and match[1] != match[2] and max(int(match[1]), int(match[2])) <= MONTHS


def _basis(given: date | None, found: Dated | None, page: Page, text: str, language: str) -> str | None:
    if given is None and found is None:
        unread = ", ".join(f"“{line}”" for line in page.parts.dates)
        return f"not read as one day: {unread}" if unread else dateline_of(text, language, (), page.url)[1]
    if given is None:
        return found.basis if found else None
    if found is None:
        return "given by the user; the report bears no date that was found"
    if found.day == given:
        return f"given by the user, and so says {found.basis}"
    return f"given by the user; the report bears {found.day} ({found.basis})"
