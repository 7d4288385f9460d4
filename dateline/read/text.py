"""Plain text: what was typed, saved or pasted from a page."""

from __future__ import annotations

from dateline.read.characters import clean, decode, refuse_binary
from dateline.read.layout import lay_out
from dateline.read.page import Page
from dateline.types import Report


class TextReader:
    """Reads any report that is text; the last to be asked."""

    name = "text"

    def accepts(self, report: Report) -> bool:
        return True

    def read(self, report: Report) -> Page:
        refuse_binary(report.data, report.name)
        text = clean(decode(report.data, report.name))
        return Page(lay_out(text.split("\n")))
