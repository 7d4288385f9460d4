"""The dossier as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.render.dates import day_words, span_words
from dateline.render.plain import plain, safe_url
from dateline.render.words import SIGNS, words
from dateline.types import Dossier

__all__ = ["IndexEntry", "render_html", "render_index"]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index page: the dossier and the address of its page, relative to the index."""

    dossier: Dossier
    href: str


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dateline.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if isinstance(value, str) else value,
    )
    environment.filters["safe_url"] = safe_url
    return environment


def render_html(dossier: Dossier, *, embedded: bool = False, language: str = "en") -> str:
    say = words(language)
    return (
        _environment()
        .get_template("plain.html")
        .render(
            d=dossier,
            say=say,
            signs=SIGNS,
            day=lambda d: day_words(d, say),
            span=lambda a, b: span_words(a, b, say),
        )
    )


def render_index(entries: Sequence[IndexEntry], language: str = "en") -> str:
    return _environment().get_template("plain_index.html").render(entries=entries, say=words(language))
