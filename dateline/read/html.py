"""Web pages, saved or fetched: trafilatura finds the text, the page's own data says who and when.

Nothing is fetched here: scripts, pictures and frames of the page are never followed.
"""

from __future__ import annotations

import logging
import re
from email import message_from_bytes, policy
from typing import Any, Final

import lxml.html
from lxml import etree

from dateline.errors import NoText, ReportUnreadable
from dateline.read.characters import clean, decode, refuse_binary
from dateline.read.layout import Parts, lay_out, lay_out_edges
from dateline.read.lines import Line, classify
from dateline.read.metadata import read_metadata
from dateline.read.page import Page
from dateline.types import Report

name: Final = "html"

SNIFF: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|meta|title|div|p|h1)\b", re.I)
MHTML: Final = re.compile(rb"(?:From|MIME-Version|Content-Type|Snapshot-Content-Location|Subject):", re.I)
XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
MEDIA_TYPES: Final = ("text/html", "application/xhtml+xml", "multipart/related", "message/rfc822")
SUFFIXES: Final = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
BLOCKS: Final = frozenset({"p", "head", "item", "quote", "cell", "code", "list", "row", "table"})
BREAKING: Final = frozenset(
    (
        "p div section article header footer aside nav main h1 h2 h3 h4 h5 h6 li ul ol tr td th br figure"
        " figcaption blockquote time"
    ).split()
)
HIDDEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "head", "title"})
EDGE_LINES: Final = 60  # visible lines at either end of a page that may hold byline and date (own judgement)
WORDLESS: Final = (
    "is a page with no text to check (a picture, or filled in by a script): "
    "copy the words into a text file and check that."
)


def accepts(report: Report) -> bool:
    """A page by what it was sent as, by its name, or by the elements it begins with."""
    if (report.media_type or "").split(";")[0].strip().lower() in MEDIA_TYPES:
        return True
    if report.name.lower().endswith(SUFFIXES):
        return True
    return report.media_type is None and SNIFF.search(report.data[:2048]) is not None


def read(report: Report) -> Page:
    """The parts of a page and what it says of itself. Raises NoText, ReportUnreadable."""
    data, charset = _main_part(report)
    refuse_binary(data, report.name)
    tree = parse(decode(data, report.name, charset), report.name)
    metadata = read_metadata(tree)
    visible = [clean(line) for line in visible_lines(tree)]
    body = _body(tree)
    if not any(character.isalpha() for line in body for character in line):
        raise NoText(f"{report.name} {WORDLESS}")
    title = _own_title(metadata.title or _heading(tree) or _page_title(tree), metadata.publisher)
    within = lay_out([line for paragraph in body for line in (paragraph, "")], title)
    around = lay_out_edges(_around(visible, body))
    parts = Parts(
        paragraphs=within.paragraphs,
        title=title or within.title,
        byline=metadata.byline or within.byline or around.byline,
        publisher=metadata.publisher or within.publisher or around.publisher,
        dates=within.dates + around.dates,
        reading_time=within.reading_time or around.reading_time,
        responses=within.responses if within.responses is not None else around.responses,
    )
    return Page(parts, metadata.dates, report.url or metadata.url)


def parse(text: str, name: str) -> Any:
    """The page as an lxml tree; broken markup is mended as browsers do."""
    parser = lxml.html.HTMLParser(recover=True, no_network=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(XML_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoText(f"{name} {WORDLESS}") from error
    return tree


def _main_part(report: Report) -> tuple[bytes, str | None]:
    """The HTML of the report: the file itself, or the first page inside an MHTML archive."""
    if not (MHTML.match(report.data) and b"multipart/" in report.data[:4096]):
        return report.data, _charset(report.media_type)
    message = message_from_bytes(report.data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, part.get_content_charset()
    raise ReportUnreadable(f"{report.name} is a web archive without a page: save the page as HTML.")


def _charset(media_type: str | None) -> str | None:
    match = re.search(r"charset=([\w.:-]+)", media_type or "", re.I)
    return match.group(1) if match else None


def _body(tree: Any) -> list[str]:
    """The paragraphs that trafilatura takes for the article, in page order."""
    from trafilatura import bare_extraction  # a second of start-up that plain text need not pay

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    document = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(document, "body", None)
    if body is None:
        return []
    return [line for line in (_flat(block) for block in _leaves(body)) if line]


def _leaves(element: Any) -> list[Any]:
    """Blocks that hold no further block: paragraphs, headings, list items, table cells."""
    found: list[Any] = []
    for block in element:
        if block.tag in BLOCKS and any(child.tag in BLOCKS for child in block.iter() if child is not block):
            found.extend(_leaves(block))
        else:
            found.append(block)
    return found


def _flat(block: Any) -> str:
    return " ".join(clean("".join(block.itertext())).split())


def visible_lines(tree: Any) -> list[str]:
    """Every line that a reader of the page sees, in order; blocks and line breaks end one."""
    lines: list[str] = []
    current: list[str] = []

    def flush() -> None:
        line = " ".join("".join(current).split())
        if line:
            lines.append(line)
        current.clear()

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else "!"
        if event == "start":
            if tag in BREAKING:
                flush()
            if element.text and tag not in HIDDEN and tag != "!" and not _in_hidden(element):
                current.append(element.text)
        else:
            if tag in BREAKING:
                flush()
            if element.tail and not _in_hidden(element):
                current.append(element.tail)
    flush()
    return lines


def _around(visible: list[str], body: list[str]) -> list[str]:
    """Visible lines outside the article, those nearest to it first: a page's top may show today's date."""
    places = {line: index for index, line in reversed(list(enumerate(visible)))}
    found = [places[line] for line in body if line in places and classify(line) is Line.PROSE]
    first, last = (min(found), max(found)) if found else (len(visible), len(visible))
    return visible[max(0, first - EDGE_LINES) : first][::-1] + visible[last + 1 : last + 1 + EDGE_LINES]


def _own_title(title: str | None, publisher: str | None) -> str | None:
    """The headline without the site's name that many pages set behind it."""
    if title is None:
        return None
    for mark in (" | ", " — ", " – ", " - ", " · ", " :: "):
        head, found, last = title.rpartition(mark)
        if found and head and (last.strip().casefold() == (publisher or "").casefold() or mark == " | "):
            return head.strip()
    return title


def _in_hidden(element: Any) -> bool:
    return any(parent.tag in HIDDEN for parent in element.iterancestors())


def _heading(tree: Any) -> str | None:
    headings = [line for line in (_flat(heading) for heading in tree.iter("h1")) if line]
    return headings[0] if len(headings) == 1 else None


def _page_title(tree: Any) -> str | None:
    return next((line for line in (_flat(title) for title in tree.iter("title")) if line), None)
