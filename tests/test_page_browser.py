"""The page in headless Chromium: choosing, keyboard, paper, accessibility at every width in both themes.

`make browser` installs what is needed: Debian's chromium, and axe-core into .venv-page.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sample_dossier import hostile_dossier, sample_dossier

from dateline.render import IndexEntry, render_html, render_index
from dateline.verdict import Verdict

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make browser")

CHROMIUM = os.environ.get("DATELINE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[1] / ".venv-page/node_modules/axe-core/axe.min.js"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: make browser"),
]

ELEVEN = sample_dossier(11)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    pages = {str(n): render_html(sample_dossier(n)) for n in (0, 1, 11, 120)}
    pages["hostile"] = render_html(hostile_dossier())
    pages["400"] = render_html(sample_dossier(400))
    pages["uk"] = render_html(ELEVEN, language="uk")
    pages["index"] = render_index([IndexEntry(sample_dossier(n), f"{n}.html") for n in (0, 1, 11)])
    pages["cell"] = f"<!doctype html><title>notebook</title>{render_html(ELEVEN, embedded=True)}"
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def open_page(browser, files):
    """Opens a page by name and fails on any request, console message or script error."""
    contexts, trouble = [], []

    def opened(name, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        address = (files / f"{name}.html").as_uri()
        page.on("request", lambda r: None if r.url.split("#")[0] == address else asked(r.url))
        page.on("console", lambda m: trouble.append(m.text))
        page.on("pageerror", lambda e: trouble.append(str(e)))
        page.goto(address)
        return page

    def asked(url):
        if not url.startswith(("data:font/woff2;base64,", "about:")):
            trouble.append(url)

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def chosen(page):
    """What is marked as chosen, in each of the four places."""
    return page.evaluate(
        """() => {
          const all = (s) => [...document.querySelectorAll(s)];
          const ids = (s) => [...new Set(all(s).map((e) => e.dataset.c ?? e.id))];
          return {
            ledger: ids("a.row.on"), text: ids(".report a.on"), pins: ids(".pin.on"), cards: ids(".card.on"),
            shown: all(".card").filter((c) => c.offsetHeight).map((c) => c.id),
          };
        }"""
    )


def assert_chosen(page, claim):
    now = chosen(page)
    assert now["ledger"] == now["text"] == now["cards"] == now["shown"] == [claim], now
    for pin in now["pins"]:
        assert claim in pin.split()


@pytest.mark.parametrize(
    ("where", "claim", "pin"),
    [
        ("#r-c7", "c7", ["c7"]),
        ("#t-c2", "c2", ["c2 c3 c4"]),
        ("a.mark[data-c=c2]", "c2", ["c2 c3 c4"]),
        (".pin[data-c='c8 c9']", "c8", ["c8 c9"]),
        (".pin[data-c=c5]", "c5", ["c5"]),
        ("#t-c1", "c1", []),
    ],
)
def test_choosing_anywhere_marks_it_everywhere(open_page, where, claim, pin):
    page = open_page("11")
    assert_chosen(page, "c6")  # at first the claim that heads the ledger
    page.locator(where).first.click()
    assert_chosen(page, claim)
    assert chosen(page)["pins"] == pin
    assert page.url.endswith(f"#{claim}")
    assert page.locator(f"#{claim}").is_visible()
    assert page.locator("[aria-current=true]").count() >= 2
    assert page.locator("#status").inner_text().startswith(claim[1:])


def test_a_pin_of_several_claims_shows_them_in_turn(open_page):
    page = open_page("11")
    pin = page.locator(".pin[data-c='c2 c3 c4']")
    for claim in ("c2", "c3", "c4", "c2"):
        pin.click()
        assert_chosen(page, claim)


def test_the_list_of_places_chooses_too(open_page):
    page = open_page("11")
    page.locator(".places summary").click()
    page.locator(".places a[data-c=c10]").first.click()
    assert_chosen(page, "c10")


def test_an_address_opens_its_claim(open_page, files, browser):
    page = browser.new_page()
    page.goto((files / "11.html").as_uri() + "#c9")
    assert_chosen(page, "c9")
    page.evaluate("location.hash = '#c4'")
    page.wait_for_timeout(50)
    assert_chosen(page, "c4")
    page.close()


def test_without_scripts_links_open_cards(open_page):
    page = open_page("11", java_script_enabled=False)
    cards = page.locator(".card")
    assert [i for i in range(11) if cards.nth(i).is_visible()] == [0]
    page.locator("#r-c4").click()
    assert page.locator("#c4").is_visible()
    assert [c for c in range(11) if cards.nth(c).is_visible()] == [1]
    assert not page.locator("#theme").is_visible()
    page.locator("#c4 .back a").first.click()
    assert page.url.endswith("#t-c4")


def region(page):
    return page.evaluate(
        """() => { const e = document.activeElement;
          const regions = { ".skip": "skip", ".top": "top", "#ledger": "ledger", ".report": "report",
            "svg#map": "pins", ".frame": "zoom", ".places": "places", ".cards": "card" };
          return Object.entries(regions).find(([s]) => e.closest(s))?.[1] ?? "body"; }"""
    )


def test_tab_goes_through_ledger_text_pins_and_card(open_page):
    page = open_page("11")
    order, focused = [], 0
    for _ in range(60):
        page.keyboard.press("Tab")
        here = region(page)
        if here == "body":
            break
        if not order or order[-1] != here:
            order.append(here)
        seen = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
              const h = e.querySelector(".halo");
              return s.outlineStyle !== "none" || (h && getComputedStyle(h).stroke !== "none"); }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
        focused += 1
    assert order == ["skip", "top", "ledger", "report", "pins", "zoom", "places", "card"]
    assert focused > 11 * 2


def test_keys_walk_the_ledger_and_open_pins(open_page):
    page = open_page("11")
    page.locator("#r-c6").focus()
    page.keyboard.press("ArrowDown")
    assert_chosen(page, "c4")
    page.keyboard.press("End")
    assert_chosen(page, "c1")
    page.keyboard.press("ArrowDown")
    assert_chosen(page, "c1")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    assert_chosen(page, "c6")
    page.locator(".pin[data-c=c7]").focus()
    page.keyboard.press("Enter")
    assert_chosen(page, "c7")


def test_skip_link_is_first_and_leads_to_the_claims(open_page):
    page = open_page("11")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert region(page) == "ledger"


@pytest.mark.parametrize("name", ["0", "1", "11", "120", "400", "hostile", "uk", "index"])
def test_nothing_scrolls_sideways(open_page, name):
    """720 is a screen of 1,440 px at 200 %, and 320 the same at more than 400 %."""
    page = open_page(name)
    for width in (1440, 768, 720, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.evaluate(
            """() => [...document.querySelectorAll("main *")].filter((e) => !e.closest("svg, .vh")
              && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 90))"""
        )
        assert (width, wide) == (width, [])


AXE_RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const result = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return {
    broken: result.violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200),
                                          v.nodes[0].failureSummary]),
    passed: result.passes.length,
  };
}"""


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core in .venv-page: make browser")
@pytest.mark.parametrize("name", ["0", "1", "11", "120", "uk", "index"])
def test_axe_finds_nothing(open_page, name):
    page = open_page(name)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    if name == "11":  # all that can be unfolded
        page.evaluate("document.querySelectorAll('.card').forEach((e) => e.classList.add('on'))")
        page.evaluate("document.querySelector('.places').open = true")
    if name == "120":  # every verdict has to be legible when it is chosen, too
        page.evaluate("document.querySelectorAll('.u, .row').forEach((e) => e.classList.add('on'))")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (1440, 768, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(AXE_RUN)
            assert (theme, width, found["broken"]) == (theme, width, [])
            assert found["passed"] > 15


def test_verdicts_are_read_without_colour(open_page):
    page = open_page("11", forced_colors="active")
    for finding in ELEVEN.findings:
        row = page.locator(f"#r-{finding.id}")
        assert finding.verdict.value.replace("-", " ") in row.inner_text().lower()
        assert row.locator(f"use[href='#s-{finding.verdict.value}']").count() == 1
    ink = page.evaluate(
        """() => [...document.querySelectorAll("#r-c4 .real, #r-c4 .told, #r-c4 .link")].map((e) => {
          const s = getComputedStyle(e); return [s.stroke, s.fill]; })"""
    )
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(stroke not in (paper, "none") for stroke, _ in ink)


def test_theme_follows_the_system_and_the_button(open_page):
    page = open_page("11", color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(13, 21, 27)"
    assert page.locator("#theme").inner_text() == "Light"
    page.locator("#theme").click()
    assert page.evaluate(colour) == "rgb(243, 245, 246)"
    page.locator("#theme").click()
    assert page.evaluate(colour) == "rgb(13, 21, 27)"


def test_the_map_zooms_and_comes_back(open_page):
    page = open_page("11")
    size = page.locator(".pin .disc").first.bounding_box()["width"]
    page.locator("#in").click()
    page.locator("#in").click()
    assert page.locator("#map").get_attribute("viewBox") != "0 0 710 466"
    assert page.locator(".pin .disc").first.bounding_box()["width"] == pytest.approx(size, abs=0.6)
    page.locator("#all").click()
    assert page.locator("#map").get_attribute("viewBox") == "0 0 710 466"


@pytest.mark.parametrize("width", [1440, 390])
def test_targets_are_large_enough(open_page, width):
    page = open_page("11", width)
    least = 24 if width == 1440 else 40
    for selector in ("a.row", "button"):
        for target in page.locator(selector).all():
            assert target.bounding_box()["height"] >= (24 if selector == "a.row" and width == 1440 else least - 8)
    for target in page.locator(".pin .hit").all():
        assert target.bounding_box()["width"] >= 24


@pytest.mark.parametrize("name", ["11", "120"])
def test_on_paper_every_claim_stands_in_full(open_page, name):
    page = open_page(name, 800)
    page.emulate_media(media="print")
    cards, rows = page.locator(".card"), page.locator("a.row")
    assert cards.count() == rows.count() == int(name)
    assert page.evaluate("[...document.querySelectorAll('.card, a.row')].every((e) => e.offsetHeight > 10)")
    hidden = "(() => { const e = document.querySelector('.scroll'); return e.scrollHeight - e.clientHeight; })()"
    assert page.evaluate(hidden) <= 1
    assert not page.locator("#print").is_visible()


@pytest.mark.parametrize("name", ["11", "120"])
def test_the_pdf_holds_every_claim(open_page, name, tmp_path):
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: the text of the PDF cannot be read")
    page = open_page(name, 800, color_scheme="dark")
    file = tmp_path / "page.pdf"
    page.pdf(path=file, format="A4")
    text = " ".join("".join(p.extract_text() for p in pypdf.PdfReader(file).pages).split())
    for finding in sample_dossier(int(name)).findings:
        assert " ".join(finding.reason.split()) in text, finding.id
    assert "https://example.org/chronicle/2" in text


def test_a_notebook_cell_works(open_page):
    page = open_page("cell")
    frame = page.frame_locator("iframe")
    frame.locator("#r-c7").click()
    assert frame.locator("#c7").is_visible()
    assert frame.locator(".row.on").count() == 1


def test_rows_and_pins_are_told_to_those_who_do_not_see(open_page):
    told = open_page("11").locator("main").aria_snapshot()
    assert ('link "4 Izium retaken Misdated Happened 10 Sep 2022. The report puts it 5–11 Feb 2024. 17 months before publication"') in told
    assert "3 Izium lies in the Kharkiv region Supported The report gives no time." in told
    assert "Izium: 2 misdated, 11 Sep 2022; 3 supported; 4 misdated, 10 Sep 2022" in told
    assert 'link "Lyman is free unverified 5"' in told


def test_every_verdict_has_its_own_colour_and_sign(open_page):
    page = open_page("120")
    seen = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("a.row")].map((r) => [
          r.className.match(/v-[a-z-]+/)[0],
          getComputedStyle(r.querySelector(".v")).color + r.querySelector("use").getAttribute("href")]))"""
    )
    assert len(seen) == len(Verdict)
    assert len(set(seen.values())) == len(Verdict)
