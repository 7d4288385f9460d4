"""The summary as a page: one file, no network, the style and policy of the other pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.render import html
from dateline.render.words import words

if TYPE_CHECKING:
    from jinja2 import Template

    from dateline.batch.summary import Summary

__all__ = ["render_summary"]


def render_summary(summary: Summary, language: str = "en") -> str:
    """The page of a corpus, in English; `language` is that of the verdicts' words and of the page's frame."""
    page = _template().render(html._common(words(language)) | {"s": summary, "verdict_of": _verdicts()})
    return html._with_style(page)


@cache
def _template() -> Template:
    return html._environment().from_string(files("dateline.batch").joinpath("summary.html").read_text(encoding="utf-8"))


@cache
def _verdicts() -> dict[str, object]:
    from dateline.verdict import Verdict

    return {v.value: v for v in Verdict}
