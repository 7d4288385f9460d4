"""Plain text: what was typed, saved or pasted from a page."""

from __future__ import annotations

from typing import Final

from dateline.read.characters import clean, decode, refuse_binary
from dateline.read.layout import lay_out
from dateline.read.page import Page
from dateline.types import Report

name: Final = "text"


def accepts(report: Report) -> bool:
    """Any report; this reader is the last to be asked."""
    return True


def read(report: Report) -> Page:
    """The parts of a text. Raises ReportUnreadable when it is none."""
    refuse_binary(report.data, report.name)
    text = clean(decode(report.data, report.name))
    return Page(lay_out(text.split("\n")))
