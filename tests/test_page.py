"""The page as text: complete, self-contained, unbroken by what a report may hold. No browser needed."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_dossier import HOSTILE, Maker, hostile_dossier, sample_dossier, when

from dateline.render import IndexEntry, render_html, render_index
from dateline.render.annotate import annotate
from dateline.render.cards import label_of
from dateline.render.dates import day_words, edtf_span, gap_words, span_words
from dateline.render.html import tally_of
from dateline.render.timeline import axis_of, ledger_order, marks, ticks
from dateline.render.words import words
from dateline.types import Block, Document
from dateline.verdict import Verdict

EN = words("en")
VOID = {"meta", "link", "img", "br", "hr", "input", "wbr"}


class Reader(html.parser.HTMLParser):
    """Collects elements, links, ids and text, and checks that every element is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [i for _, attrs in self.tags if (i := attrs.get("id"))]


SIZES = {"0": 0, "1": 1, "11": 11, "120": 120}


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_claim_has_its_row_text_and_card(size, language):
    dossier = sample_dossier(size)
    page = Reader(render_html(dossier, language=language))
    assert len(page.ids) == len(set(page.ids))
    targets = [a["href"] for a in page.all("a") if (a["href"] or "").startswith("#")]
    assert {t[1:] for t in targets} <= {*page.ids}
    for finding in dossier.findings:
        assert {finding.id, f"r-{finding.id}", f"t-{finding.id}"} <= {*page.ids}
        assert finding.reason in page.text
    assert page.all("html")[0]["lang"] == language
    assert "decided" in page.text or "вирішено" in page.text


@pytest.mark.parametrize("dossier", [sample_dossier(11), hostile_dossier()], ids=["11", "hostile"])
def test_nothing_can_leave_the_page(dossier):
    text = render_html(dossier)
    page = Reader(text)
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (body,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    for tag, attrs in page.tags:
        assert tag not in ("img", "iframe", "object", "embed", "link", "form", "base")
        assert not any(name.startswith("on") or name in ("style", "src", "srcset") for name in attrs), (
            tag,
            attrs,
        )
        for name in ("href", "xlink:href"):
            if attrs.get(name):
                assert re.match(r"#|https?://", attrs[name]), attrs[name]
    assert "url(" not in text.replace("url(data:font/woff2", "")


def test_a_page_is_light():
    assert len(render_html(sample_dossier(11)).encode()) < 350_000
    assert len(render_html(sample_dossier(26), language="uk").encode()) < 350_000
    script = re.search("<script>(.*?)</script>", render_html(sample_dossier(0)), re.S)
    assert len(script[1].encode()) < 4_500
    latin, cyrillic = render_html(sample_dossier(0)), render_html(sample_dossier(0), language="uk")
    assert latin.count("@font-face") == 2
    assert cyrillic.count("@font-face") == 4


def test_hostile_text_is_shown_and_does_nothing():
    page = Reader(render_html(hostile_dossier()))
    assert len(page.all("script")) == 1
    assert "<script>alert(1)</script>" in page.text
    assert "{{7*7}}" in page.text
    assert "w" * 2000 in page.text
    assert not set("\u202e\u2066\x1b\x00\x07\ud800") & set(page.text)
    assert not any("javascript" in (a.get("href") or "") for a in page.all("a"))


@given(st.lists(st.tuples(st.text(st.characters(), max_size=40), st.integers(0, 40), st.integers(0, 40)), max_size=6))
@settings(max_examples=40)
def test_any_text_with_claims_anywhere_makes_a_whole_page(pieces):
    m = Maker()
    for text, a, b in pieces:
        m.paragraph() if a % 3 == 0 else None
        start, end = sorted((a % (len(text) + 1), b % (len(text) + 1)))
        m.sentence(text, {"text": text[start:end], "verdict": Verdict.MISDATED, "reason": text, "label": text})
    dossier = m.dossier("".join(t for t, _, _ in pieces), "x")
    page = Reader(render_html(dossier))
    shown = "".join(s.text for p in annotate(dossier.document, dossier.findings) for s in p.stretches)
    assert shown.replace("\n", "") == dossier.document.text.replace("\n", "")
    assert {f.id for f in dossier.findings} <= {*page.ids}


def test_stretches_lie_under_their_claims():
    dossier = sample_dossier(11)
    paragraphs = annotate(dossier.document, dossier.findings)
    inner = [s.inner.id for p in paragraphs for s in p.stretches if s.inner]
    assert inner == ["c1", "c2", "c3", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11"]
    shared = next(s for p in paragraphs for s in p.stretches if s.text == "Izium")
    assert (shared.inner.id, shared.outer.id, [f.id for f in shared.ends]) == ("c3", "c2", ["c2"])
    ends = [f.id for p in paragraphs for s in p.stretches for f in s.ends]
    assert sorted(ends) == sorted(f.id for f in dossier.findings if f.verdict is not Verdict.NOT_CHECKABLE)


def test_a_courtesy_is_marked_as_such():
    document = Document("0", "Body.\n\nBye!", (Block("body", 0, 5), Block("courtesy", 7, 11)))
    assert [p.kind for p in annotate(document, ())] == ["body", "courtesy"]


def test_ledger_stands_in_order_and_draws_two_dates():
    dossier = sample_dossier(11)
    axis = axis_of(dossier)
    order = [f.id for f in ledger_order(dossier.findings)]
    assert order == ["c6", "c4", "c2", "c7", "c10", "c8", "c11", "c9", "c3", "c5", "c1"]
    row = marks(dossier.finding("c4"), axis, EN)
    assert 0 < row.happened.x < row.told.x < axis.at(dossier.published) < 100
    assert row.line == (row.happened.end, row.told.x)
    assert row.gap == "17 months"
    early = marks(dossier.finding("c9"), axis, EN)
    assert early.happened is None
    assert early.words == "← 18 Mar 2014"
    assert marks(dossier.finding("c5"), axis, EN).words == "nothing in evidence"
    assert marks(dossier.finding("c8"), axis, EN).words == "no such thing on record"
    assert marks(dossier.finding("c3"), axis, EN).told is None


@given(
    st.lists(st.dates(), max_size=12),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
    st.booleans(),
)
@settings(max_examples=80)
def test_any_dates_fit_on_the_axis(days, published, is_open):
    m = Maker(published=published)
    for first, last in pairwise(sorted(days)):
        m.sentence(
            "Word.",
            {"when": when(None if is_open else first, last), "verdict": Verdict.UNVERIFIED, "reason": ""},
        )
    dossier = m.dossier(None, "", published=published)
    axis = axis_of(dossier)
    assert axis.start < axis.end
    assert 0 <= axis.at(published) <= 100
    for finding in dossier.findings:
        told = marks(finding, axis, EN).told
        assert told is None or 0 <= told.x <= told.end <= 100.01
    found = ticks(axis, EN)
    assert len(found) <= 13
    assert [t.x for t in found] == sorted(t.x for t in found)


def test_one_old_date_does_not_squeeze_the_rest():
    m = Maker()
    for year in (1944, 2023, 2023, 2023, 2023):
        m.sentence(
            "Word.",
            {"when": when(date(year, 5, 1), date(year, 5, 2)), "verdict": Verdict.UNVERIFIED, "reason": ""},
        )
    assert axis_of(m.dossier(None, "")).start > date(2023, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2022, 9, 8), date(2022, 9, 8), "8 Sep 2022"),
        (date(2023, 11, 13), date(2023, 11, 19), "13–19 Nov 2023"),
        (date(2022, 2, 24), date(2022, 3, 7), "24 Feb – 7 Mar 2022"),
        (date(2022, 12, 30), date(2023, 1, 2), "30 Dec 2022 – 2 Jan 2023"),
        (date(2022, 9, 1), date(2022, 9, 30), "Sep 2022"),
        (date(2022, 3, 1), date(2022, 5, 31), "Mar – May 2022"),
        (date(2022, 12, 1), date(2023, 2, 28), "Dec 2022 – Feb 2023"),
        (date(2014, 1, 1), date(2014, 12, 31), "2014"),
        (date(2014, 1, 1), date(2015, 12, 31), "2014–2015"),
        (date(2014, 2, 20), None, "since 20 Feb 2014"),
        (None, date(2014, 2, 20), "until 20 Feb 2014"),
        (None, None, "no time stated"),
    ],
)
def test_spans_in_words(start, end, said):
    assert span_words(start, end, EN) == said


@pytest.mark.parametrize(("days", "said"), [(1, "1 day"), (45, "45 days"), (46, "2 months"), (441, "14 months"), (1096, "3 years")])
def test_gaps_in_words(days, said):
    assert gap_words(days, EN) == gap_words(-days, EN) == said


@given(st.dates(), st.dates())
def test_edtf_spans_come_back(a, b):
    a, b = sorted((a, b))
    assert edtf_span(f"{a.isoformat()}/{b.isoformat()}") == (a, b)
    assert edtf_span(a.isoformat()) == (a, a)
    assert edtf_span(f"../{b.isoformat()}") == (None, b)
    assert day_words(a, EN).endswith(str(a.year))


@given(st.text(max_size=20))
def test_edtf_span_takes_any_text(text):
    start, end = edtf_span(text)
    assert start is None or isinstance(start, date)
    assert end is None or isinstance(end, date)


def test_index_lists_every_report():
    dossiers = [sample_dossier(n) for n in (0, 1, 11)] + [hostile_dossier()]
    names = ["zero.html", "one.html", "javascript:alert(1).html", "а б.html"]
    page = Reader(render_index([IndexEntry(d, n) for d, n in zip(dossiers, names, strict=True)]))
    links = [a["href"] for a in page.all("a") if not a["href"].startswith("#")]
    assert links == ["zero.html", "one.html", "javascript%3Aalert%281%29.html", "%D0%B0%20%D0%B1.html"]
    assert "decided 9 of 11 claims" in page.text
    assert HOSTILE[0] in page.text
    assert "No report was checked." in Reader(render_index([])).text
    assert "Перевірені повідомлення" in render_index([], language="uk")


def test_notebook_gets_a_frame():
    cell = sample_dossier(11)._repr_html_()
    frame = Reader(cell).all("iframe")[0]
    assert frame["sandbox"] == "allow-scripts allow-popups"
    inner = Reader(frame["srcdoc"])
    assert "Izium retaken" in inner.text
    assert "@font-face" not in frame["srcdoc"]


def test_tally_counts_what_is_there():
    assert tally_of(sample_dossier(11).findings)[0] == (Verdict.MISDATED, 4)
    assert sum(n for _, n in tally_of(sample_dossier(120).findings)) == 120


def test_headline_in_another_language_counts_in_that_language():
    page = Reader(render_html(sample_dossier(11), language="uk"))
    assert "Тверджень: 11. Хибна дата: 4, хибне місце: 1, спростовано: 1, завищено: 1." in page.text


def test_quotations_carry_their_language():
    text = render_html(sample_dossier(11, language="ru"))
    assert '<article class="report" lang="ru"' in text
    assert '<q lang="ru"' in text
    assert '<span class="local" lang="uk">Ізюм</span>' in text
    assert ' lang="en">Ukraine took control of Izium' in render_html(sample_dossier(11), language="uk")


def test_nothing_looks_like_a_score():
    visible = Reader(render_html(sample_dossier(120))).text
    assert not re.search(r"\d\s?%|score|credib|confidence|truth", visible, re.I)


def test_fonts_carry_their_licence():
    root = Path(__file__).parents[1]
    for name in ("Golos-Text", "Literata"):
        assert "SIL Open Font License" in (root / f"LICENSES/OFL-1.1-{name}.txt").read_text(encoding="utf-8")


def test_a_label_in_the_words_of_the_report_is_a_quotation():
    m = Maker("uk")
    text = "Пішохідний перехід поклали в четвер, повідомила районна рада, і він витримує сорок людей одночасно."
    for label in ("", text[:60], "Crossing laid", text[:18]):
        m.sentence(text, {"label": label, "verdict": Verdict.UNVERIFIED, "reason": ""})
    none, cut, own, short = (label_of(f) for f in m.findings)
    assert none == cut
    assert none[0].endswith("сорок людей…")
    assert none[1] == "uk"
    assert own == ("Crossing laid", None)
    assert short == ("Пішохідний перехід", None)


def test_what_follows_from_another_claim_says_so():
    m = Maker()
    for parent in (None, "c1"):
        m.sentence("Word.", {"label": "Scene", "verdict": Verdict.MISDATED, "reason": "", "inherited_from": parent})
    page = Reader(render_html(m.dossier(None, "")))
    assert page.text.count("↳") == 1
    assert "Takes its verdict from claim c1: the same scene." in page.text


def test_known_then_and_known_now_stand_side_by_side():
    dossier = replace(sample_dossier(11), options={"as_of": "2024-02-01"})
    text = Reader(render_html(dossier)).text
    assert re.search(r"Known on 1 Feb 2024\s*unverified\s*Known now\s*misdated", text)
