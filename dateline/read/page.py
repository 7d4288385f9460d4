"""What a reader hands back, and the contract that a reader of a further format keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dateline.read.layout import Parts
from dateline.types import Report


@dataclass(frozen=True, slots=True)
class Dated:
    """A publication date with the words that say where it was found."""

    day: date
    basis: str


@dataclass(frozen=True, slots=True)
class Page:
    """A report as one reader sees it: the visible parts, and what the file says of itself.

    `stated` holds the dates of the file's own data (metadata of a page, headers of an archive), best first;
    dates in visible lines are in `parts.dates` and are read later, for they need the language.
    """

    parts: Parts
    stated: tuple[Dated, ...] = ()
    url: str | None = None


class Reader(Protocol):
    """A format that Dateline reads: a module with a name and two functions (or anything of that shape).

    `accepts` looks at the first bytes and the name, `read` takes the report apart. `read` raises
    `ReportUnreadable` or `NoText` with a mend; it never hands back half a page.
    """

    @property
    def name(self) -> str: ...

    def accepts(self, report: Report, /) -> bool: ...

    def read(self, report: Report, /) -> Page: ...
