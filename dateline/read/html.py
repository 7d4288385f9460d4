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
BREAKS: Final = frozenset(
    (
        "p div section article header footer aside nav main h1 h2 h3 h4 h5 h6 li ul ol tr br hr figure"
        " figcaption blockquote time pre dt dd form button option address details summary"
    ).split()
)
ARTICLE_BREAKS: Final = frozenset("p head list item quote table row code lb div main body graphic".split())
CELLS: Final = frozenset({"td", "th", "cell"})  # a row of a table is one line
HIDDEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "head", "title"})
ENOUGH: Final = 250  # characters; below it trafilatura itself tries other methods (its settings.cfg)
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
    visible = visible_lines(tree)
    body = _body(tree, visible)
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


def _body(tree: Any, visible: list[str]) -> list[str]:
    """The paragraphs that trafilatura takes for the article, in page order.

    On a page with hardly a text it may take less than there is; then every visible line is handed on.
    """
    from trafilatura import bare_extraction  # a quarter of a second that plain text need not pay

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    document = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(document, "body", None)
    article = [] if body is None else [clean(line) for line in _lines(body, ARTICLE_BREAKS, frozenset())]
    if _letters(article) >= ENOUGH:
        return article
    prose = [line for line in visible if classify(line) is Line.PROSE]
    # Half: own judgement; of a short page trafilatura keeps the words and may lose what is a paragraph.
    return visible if _letters(prose) * 2 >= _letters(article) or _preformatted(tree) else article


def _letters(lines: list[str]) -> int:
    return sum(len(line) for line in lines)


def _preformatted(tree: Any) -> bool:
    return next(tree.iter("pre"), None) is not None


def visible_lines(tree: Any) -> list[str]:
    """Every line that a reader of the page sees, in order; blocks and line breaks end one."""
    return [clean(line) for line in _lines(tree, BREAKS, HIDDEN)]


def _lines(root: Any, breaks: frozenset[str], hidden: frozenset[str]) -> list[str]:
    lines: list[str] = []
    current: list[str] = []

    def flush() -> None:
        line = " ".join("".join(current).split())
        if line:
            lines.append(line)
        current.clear()

    def add(text: str, holder: Any) -> None:
        if holder.tag == "pre":
            for row in text.splitlines():
                current.append(row)
                flush()
        else:
            current.append(text)

    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if element.tail and not unseen:
                add(element.tail, element.getparent())
            continue
        if event == "start" and element.tag in CELLS:
            current.append(" ")
        breaking = element.tag in breaks and not (element.tag == "quote" and element.getparent().tag == "p")
        if breaking:
            flush()
        if event == "start":
            unseen += element.tag in hidden
            if element.text and not unseen:
                add(element.text, element)
        else:
            unseen -= element.tag in hidden
            if element.tail and not unseen and element is not root:
                add(element.tail, element.getparent())
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


def _heading(tree: Any) -> str | None:
    headings = [line for line in map(_flat, tree.iter("h1")) if line]
    return headings[0] if len(headings) == 1 else None


def _page_title(tree: Any) -> str | None:
    return next((line for line in map(_flat, tree.iter("title")) if line), None)


def _flat(element: Any) -> str:
    return " ".join(clean("".join(element.itertext())).split())
