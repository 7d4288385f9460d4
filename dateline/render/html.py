"""The dossier as one self-contained page, and the index of many.

Nothing in a page asks the network: style, script and fonts stand in the file, and its policy forbids the
rest. What is drawn is decided in timeline, annotate and map; here it is put before the templates.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dateline.render.annotate import annotate
from dateline.render.basemap import countries
from dateline.render.cards import card, label_of
from dateline.render.dates import day_words
from dateline.render.map import Pin, local_language, map_of, number, place_name
from dateline.render.plain import plain, safe_url
from dateline.render.timeline import (
    axis_of,
    bands,
    happened_words,
    ledger_order,
    marks,
    published_words,
    ticks,
    told_words,
)
from dateline.render.words import ORDER, Words, words
from dateline.types import Dossier, Finding
from dateline.verdict import Verdict

__all__ = ["IndexEntry", "render_html", "render_index", "render_page"]

EMBEDDED_HEIGHT = 900  # pixels of a notebook's cell


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index page: a dossier, and the address of its page relative to the index."""

    dossier: Dossier
    href: str


def render_html(dossier: Dossier, *, embedded: bool = False, language: str = "en") -> str:
    """The page, whole; `embedded` wraps it in a frame for a notebook, with the notebook's own fonts."""
    say = words(language)
    page = _environment().get_template("page.html").render(_page(dossier, say))
    page = _with_style(page, fonts=not embedded)
    if not embedded:
        return page
    return (
        f'<iframe srcdoc="{html.escape(page)}" width="100%" height="{EMBEDDED_HEIGHT}" title="Dateline" '
        'sandbox="allow-scripts allow-popups" style="border:0"></iframe>'
    )


def render_index(entries: Sequence[IndexEntry], language: str = "en") -> str:
    """One page for a folder of dossiers; `entries` come in the order in which they shall stand."""
    say = words(language)
    lines = [_index_line(entry, say) for entry in entries]
    return _with_style(_environment().get_template("index.html").render(_common(say) | {"lines": lines}))


def render_page(template: str, fields: dict[str, Any], language: str = "en") -> str:
    """A page of another kind, in the same dress: its template with these fields, style and policy put in."""
    return _with_style(_environment().get_template(template).render(_common(words(language)) | fields))


def _index_line(entry: IndexEntry, say: Words) -> dict[str, Any]:
    dossier, tally = entry.dossier, tally_of(entry.dossier.findings)
    title = dossier.document.title
    return {
        "href": quote(entry.href, safe="/.-_~#"),
        "title": title or say("page.title_missing"),
        "language": dossier.document.language if title else say.language,
        "published": published_words(dossier, say),
        "decided": say.plural("count.decided", dossier.decided[1], k=dossier.decided[0]),
        "tally": tally,
        "headline": headline(dossier, say),
        "headline_language": say.language,
    }


def tally_of(findings: Iterable[Finding]) -> tuple[tuple[Verdict, int], ...]:
    counts = Counter(f.verdict for f in findings)
    return tuple((verdict, counts[verdict]) for verdict in ORDER if counts[verdict])


def headline(dossier: Dossier, say: Words) -> str:
    """The headline as the check wrote it; in another language, the same counts in that language's words."""
    if say.language == "en":
        return dossier.headline
    k, n = dossier.decided
    if not n:
        return say("headline.nothing")
    if not k:
        return say("headline.undecided", n=n)
    told = ", ".join(f"{say.verdict(v)}: {count}" for v, count in tally_of(dossier.findings) if v.accuses)
    told = told[:1].upper() + told[1:]
    return say("headline.counts", n=n, list=told) if told else say("headline.sound", n=n, k=k)


def _common(say: Words) -> dict[str, Any]:
    def lang(language: str | None) -> str:
        """A lang attribute for a text that is not in the page's own language."""
        return Markup(' lang="{}"').format(language) if language and language != say.language else Markup("")

    return {
        "say": say,
        "w": _page_words(say.language),
        "looks": _looks(say.language),
        "lang": lang,
        "css": _STYLE,
        "js": _ours(_static("page.js")),
        "csp": _POLICY,
    }


@dataclass(frozen=True, slots=True)
class Look:
    """How a verdict shows: its class (which gives the colour), its sign, its word, and that as a title."""

    css: Markup
    sign: Markup
    word: Markup
    title: Markup


@cache
def _looks(language: str) -> dict[Verdict, Look]:
    """Every verdict's looks, made once: a page of many claims shows them hundreds of times."""
    sign = Markup('<svg class="sg" aria-hidden="true"><use href="#s-{}"/></svg>')
    found = {}
    for verdict in Verdict:
        word = words(language).verdict(verdict)
        title = word[:1].upper() + word[1:]
        name = Markup.escape(verdict.value)
        found[verdict] = Look("v-" + name, sign.format(name), Markup.escape(word), Markup.escape(title))
    return found


@cache
def _page_words(language: str) -> SimpleNamespace:
    """The page's own words that take no fields, escaped once and for all: `w.records` in a template."""
    return SimpleNamespace(**{key: Markup.escape(text) for key, text in words(language).table["page"].items()})


def _page(dossier: Dossier, say: Words) -> dict[str, Any]:
    document, axis = dossier.document, axis_of(dossier)
    in_order = ledger_order(dossier.findings)
    names = _area_names(dossier, say)
    as_of = dossier.options.get("as_of")
    return _common(say) | {
        "d": dossier,
        "title": document.title or say("page.title_missing"),
        "headline": headline(dossier, say),
        "headline_language": say.language,
        "decided": say.plural("count.decided", dossier.decided[1], k=dossier.decided[0]),
        "tally": tally_of(dossier.findings),
        "published": published_words(dossier, say),
        "published_x": axis.at(dossier.published),
        "bands": bands(dossier, axis),
        "ticks": ticks(axis, say),
        "rows": [_row(f, marks(f, axis, say), say) for f in in_order],
        "cards": [card(f, say, names) for f in in_order],
        "paragraphs": annotate(document, dossier.findings),
        "map": map_of(dossier, say),
        "signals": dossier.signals,
        "as_of": day_words(date.fromisoformat(as_of) if isinstance(as_of, str) else dossier.published, say),
        "verdicts": ORDER,
        "number": number,
        "day": lambda day: day_words(day, say),
        "happened_words": lambda f: happened_words(f, say),
        "place_name": lambda place: place_name(place, say),
        "local_language": local_language,
        "pin_spoken": lambda pin: _pin_spoken(pin, say),
    }


@cache
def _country_names(language: str) -> dict[str, str]:
    return {c.id: c.name_uk if language == "uk" else c.name for c in countries() if c.id}


def _area_names(dossier: Dossier, say: Words) -> dict[str, str]:
    """Names of the places that the dossier knows by id, countries included."""
    found = dict(_country_names(say.language))
    for finding in dossier.findings:
        for where in finding.claim.where:
            found |= {c.place.id: place_name(c.place, say)[0] for c in where.candidates}
            if where.place:
                found[where.place.id] = place_name(where.place, say)[0]
    return found


def _row(finding: Finding, drawn: object, say: Words) -> dict[str, Any]:
    label, language = label_of(finding)
    spoken = [say("page.row_happened", day=happened_words(finding, say))] if finding.happened else []
    when = finding.claim.when
    if when.start_min or when.end_max:
        spoken.append(say("page.row_told", day=told_words(finding, say)))
    elif finding.verdict is not Verdict.NOT_CHECKABLE:
        spoken.append(say("page.row_no_time"))
    return {
        "finding": finding,
        "marks": drawn,
        "number": number(finding),
        "label": label,
        "label_language": language,
        "spoken": " ".join(spoken),
    }


def _pin_spoken(pin: Pin, say: Words) -> str:
    """A pin's name for those who do not see it: place, claims, verdicts, date."""
    claims = "; ".join(
        f"{number(f)} {say.verdict(f.verdict)}" + (f", {happened_words(f, say)}" if f.happened else "") for f in pin.findings
    )
    return f"{place_name(pin.place, say)[0]}: {claims}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dateline.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_url"] = safe_url
    environment.filters["host"] = lambda url: urlsplit(url).netloc
    return environment


# Stand in for what depends on the finished page. A report cannot forge them: its markup is escaped, and the
# policy's element is the first of the head.
_STYLE, _POLICY = Markup("/*style*/"), Markup("policy")


def _with_style(page: str, *, fonts: bool = True) -> str:
    """Put the style in, with those fonts whose letters the page uses, and the policy that allows just it.

    Before that, every control character of a report is made harmless, wherever in the page it came to stand.
    """
    page = plain(page)
    cyrillic = re.search("[Ѐ-ӿ]", page) is not None
    style, policy = _style_and_policy(fonts, cyrillic)
    return page.replace(f'"{_POLICY}"', f'"{policy}"', 1).replace(f"<style>{_STYLE}", f"<style>{style}", 1)


@cache
def _style_and_policy(fonts: bool, cyrillic: bool) -> tuple[str, str]:
    style = _static("page.css")
    if fonts:
        scripts = ("latin", "cyrillic") if cyrillic else ("latin",)
        style = "".join(_font_face(f, s) for f in ("golos-text", "literata") for s in scripts) + style
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(_static('page.js'))}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )
    return style, policy


# The letters of each cut (scripts/cut_fonts.py): a browser takes the one that holds the letter.
_RANGES = {"latin": "U+0000-03FF,U+2000-22FF", "cyrillic": "U+0400-04FF"}


def _font_face(family: str, script: str) -> str:
    data = base64.b64encode(files(__package__).joinpath(f"static/{family}-{script}.woff2").read_bytes()).decode()
    name = {"golos-text": "Golos Text", "literata": "Literata"}[family]
    return (
        f'@font-face{{font-family:"{name}";font-weight:400 700;font-display:swap;'
        f'src:url(data:font/woff2;base64,{data}) format("woff2");unicode-range:{_RANGES[script]}}}\n'
    )


def _ours(text: str) -> Markup:
    """Text of our own files, which is markup; nothing of a report passes here."""
    return Markup(text)  # noqa: S704


@cache
def _static(name: str) -> str:
    return files(__package__).joinpath(f"static/{name}").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
