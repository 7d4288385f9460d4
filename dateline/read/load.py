"""From what the user names (a path, "-", an address, bytes) to a Report: the bytes as they came."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import BinaryIO, Final

from dateline.errors import FetchRefused, NoText, ReportNotFound, ReportUnreadable
from dateline.read.fetch import MAX_BYTES, MEND, fetch
from dateline.types import Report

ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
OR_STDIN: Final = "or give the words on standard input (dateline check -)."


def load(source: str | Path | bytes | Report, *, fetching: bool = False) -> Report:
    """The report's bytes. Raises ReportNotFound, ReportUnreadable, NoText or FetchRefused.

    A string is a path, an address, or "-" for standard input; the words of a report are given as bytes.
    """
    report = _load(source, fetching)
    if len(report.data) > MAX_BYTES:
        raise ReportUnreadable(_too_large(report.name))
    if not report.data.strip():
        raise NoText(f"{report.name} is empty: give a file with the report's text.")
    return report


def _load(source: str | Path | bytes | Report, fetching: bool) -> Report:
    if isinstance(source, Report):
        return source
    if isinstance(source, bytes):
        return Report(source, "the report")
    if isinstance(source, str):
        if source == "-":
            return Report(_limited(sys.stdin.buffer, "standard input"), "standard input")
        if ADDRESS.match(source):
            if not fetching:
                raise FetchRefused(f"{source} is an address: add --fetch to have it fetched, or {MEND}")
            return fetch(source)
    return _from_file(Path(source))


def _from_file(path: Path) -> Report:
    shown = str(path) if len(str(path)) <= 200 else str(path)[:200] + "..."
    try:
        if path.is_dir():
            raise ReportUnreadable(f"{shown} is a folder: give a file of it.")
        with path.open("rb") as file:
            return Report(_limited(file, shown), path.name)
    except FileNotFoundError as error:
        raise ReportNotFound(f"{shown!r}: no such file: check the path, {OR_STDIN}") from error
    except PermissionError as error:
        raise ReportUnreadable(f"{shown} may not be read: change its permissions or copy it.") from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).splitlines()[0]
        raise ReportUnreadable(f"{shown!r} cannot be read ({reason}): check the path, {OR_STDIN}") from error


def _limited(file: BinaryIO, name: str) -> bytes:
    """All of a file, or an error once it is larger than a report may be: endless ones end there too."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReportUnreadable(_too_large(name))
    return data


def _too_large(name: str) -> str:
    size = MAX_BYTES // 1_000_000
    return f"{name} is larger than {size} MB: cut the report out of it and check that alone."
