"""What a web page says of itself: JSON-LD, meta elements, `time` elements.

A page may name several dates; the first of the list is believed and the others are told beside it. The
day is taken as the page writes it, in the page's own zone: 2023-11-23T23:30-05:00 is the 23rd.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dateline.read.characters import clean
from dateline.read.page import Dated

ISO_DAY: Final = re.compile(r"^\s*(\d{4})-(\d\d)-(\d\d)(?!\d)|^\s*(\d{4})(\d\d)(\d\d)(?!\d)")
ARTICLE: Final = re.compile(r"Article|Posting|Report")
PAGE: Final = re.compile(r"WebPage|CreativeWork|VideoObject")
META_DATES: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date_published", "publish-date", "publish_date", "publication_date", "pubdate", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
    "citation_publication_date", "cxenseparse:recs:publishtime", "mediator_published_time", "date",
)
META_TITLES: Final = ("og:title", "twitter:title", "dc.title", "citation_title")
META_AUTHORS: Final = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "citation_author",
)
META_SITES: Final = ("og:site_name", "application-name", "dc.publisher", "citation_publisher")
NEWEST: Final = 9999
OLDEST: Final = 1990  # before the first web page nothing was published on one
DEPTH: Final = 8  # JSON-LD graphs nest three or four deep; deeper is noise or an attack


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, people, site, dates and address as the page's data has them; None where it is silent."""

    title: str | None
    byline: str | None
    publisher: str | None
    dates: tuple[Dated, ...]
    url: str | None


def read_metadata(tree: Any) -> Metadata:
    """Metadata of a parsed page (an lxml HtmlElement)."""
    articles = list(_articles(tree))
    meta = _meta(tree)
    authors = [_person(meta.get(key)) for key in META_AUTHORS]
    sites = [meta.get(key) for key in META_SITES]
    return Metadata(
        title=_pick([_text(a.get("headline")) for a in articles] + [meta.get(key) for key in META_TITLES]),
        byline=_pick([_names(a.get("author")) for a in articles] + authors),
        publisher=_pick([_names(a.get("publisher")) for a in articles] + sites),
        dates=tuple(_dates(tree, articles, meta)),
        url=_canonical(tree, meta),
    )


def iso_day(text: str | None) -> date | None:
    """The day of an ISO 8601 date or date-time, as written; None for anything else."""
    match = ISO_DAY.match(text or "")
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if OLDEST <= found.year <= NEWEST else None


def _dates(tree: Any, articles: list[dict[str, Any]], meta: dict[str, str]) -> Iterator[Dated]:
    for article in articles:
        if day := iso_day(_text(article.get("datePublished"))):
            yield Dated(day, "the page's JSON-LD datePublished")
    for key in META_DATES:
        if day := iso_day(meta.get(key)):
            yield Dated(day, f"the page's meta element {key}")
    for element in tree.iter("time"):
        marked = element.get("pubdate") is not None or "datePublished" in (element.get("itemprop") or "")
        classes = (element.get("class") or "").lower()
        marked = marked or "publish" in classes or "entry-date" in classes
        if marked and (day := iso_day(element.get("datetime"))):
            yield Dated(day, "the page's time element")
    inside = [element for element in tree.iter("time") if iso_day(element.get("datetime"))]
    if len(inside) == 1 and (day := iso_day(inside[0].get("datetime"))):
        yield Dated(day, "the page's only time element")


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article, those called Article or Posting first."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_objects(data, DEPTH))
    yield from (one for one in found if ARTICLE.search(_types(one)))
    yield from (one for one in found if PAGE.search(_types(one)) and not ARTICLE.search(_types(one)))


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for one in data:
            yield from _objects(one, depth - 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key), depth - 1)


def _types(one: dict[str, Any]) -> str:
    kind = one.get("@type")
    return " ".join(str(k) for k in kind) if isinstance(kind, list) else str(kind or "")


def _meta(tree: Any) -> dict[str, str]:
    """name/property/itemprop -> content, keys in lower case, the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _text(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    return clean(value).replace("\n", " ").strip() or None


def _names(value: Any) -> str | None:
    """Names of a JSON-LD person or organisation, or of a list of them."""
    each = value if isinstance(value, list) else [value]
    names = [_text(one.get("name")) if isinstance(one, dict) else _person(_text(one)) for one in each]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _person(text: str | None) -> str | None:
    return None if text is None or text.startswith(("http://", "https://", "@")) else text


def _canonical(tree: Any, meta: dict[str, str]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for address in [*links, meta.get("og:url")]:
        if address and re.match(r"https?://\S+$", address):
            return str(address)
    return None


def _pick(candidates: list[str | None]) -> str | None:
    return next((one for one in candidates if one), None)
