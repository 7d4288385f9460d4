"""Whole pages, pasted and saved: headline, people, date, body and what stands around it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dateline.read import READERS, read
from dateline.types import Report

PAGES = Path(__file__).parent / "pages"


def body(document, kind="body"):
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def test_a_pasted_blog_post():
    document = read(PAGES / "blog-paste.txt")
    assert document.title == "Bridge at Antonivka reopened to foot traffic, officials say"
    assert document.byline == "Mary Ann Fielding"
    assert document.published == date(2024, 3, 9)
    assert "Mar 9, 2024" in document.published_basis
    assert document.reading_time == "4 min read"
    assert document.responses == 3
    assert body(document)[1:3] == ["Engineers had worked on it since January.", "What comes next"]
    assert body(document)[-1] == "A second span is planned for May."
    assert body(document, "courtesy") == ["Thanks for reading, and feel free to leave a comment."]
    assert "last summer" not in document.text


def test_a_ukrainian_page_pasted_without_blank_lines():
    document = read(PAGES / "news-uk.txt")
    assert (document.title, document.byline) == (
        "Міст через річку знову відкрито для пішоходів",
        "Оксана Гайдай",
    )
    assert (document.language, document.published) == ("uk", date(2024, 3, 9))
    assert (document.reading_time, document.responses) == ("Час читання: 3 хв", 2)
    assert [text.split()[0] for text in body(document)] == ["Пішохідний", "Інженери"]
    assert len(body(document, "courtesy")) == 1
    assert "довго на це чекали" not in document.text


def test_a_russian_page():
    document = read(PAGES / "news-ru.txt")
    assert (document.title, document.byline) == (
        "Мост через реку снова открыли для пешеходов",
        "Анна Светлова",
    )
    assert (document.language, document.published) == ("ru", date(2024, 3, 9))
    assert document.reading_time == "2 мин. чтения"
    assert len(body(document)) == 2
    assert len(body(document, "courtesy")) == 1


def test_hard_wrapped_text_becomes_paragraphs():
    document = read(PAGES / "wrapped.txt")
    first, second, *items = body(document)
    assert first.endswith("from six in the morning.") and "\n" not in first
    assert second.startswith("Engineers had")
    assert items == ["- forty people at a time", "- no bicycles until May"]


def test_an_agency_dateline_gives_the_date_and_stays_in_the_text():
    document = read(PAGES / "agency.txt")
    assert document.published == date(2024, 3, 9)
    assert document.text.startswith("MYKOLAIV, Ukraine, March 9, 2024 (Example Press)")


@pytest.mark.parametrize("name", ["jsonld.html", "saved.mhtml"])
def test_a_saved_page(name):
    document = read(PAGES / name)
    assert document.title == "Footbridge laid over the broken span"
    assert document.byline == "Mary Ann Fielding, John Weir"
    assert document.publisher == "The Riverside Gazette"
    assert document.published == date(2024, 3, 9)
    assert "JSON-LD" in document.published_basis
    assert document.url == "https://gazette.example/2024/03/footbridge"
    assert (document.reading_time, document.responses) == ("3 min read", 7)
    assert document.text.startswith("A footbridge was laid")
    assert "keep to the right" in document.text, "a no-break space is a space"
    assert "Wednesday night" in document.text, "a soft hyphen is not part of a word"
    for outside in ("Ferry timetable", "it shakes", "All rights", "Home", "By Mary", "1999", "2026"):
        assert outside not in document.text


def test_a_visible_date_near_the_article_beats_the_top_of_the_page():
    document = read(PAGES / "visible-date.html")
    assert document.published == date(2024, 3, 9)
    assert document.byline == "Оксана Гайдай"
    assert document.title.startswith("Міст знову відкрито")
    assert document.language == "uk"
    assert len(body(document)) == 3


def test_an_old_encoding_that_the_page_declares():
    document = read(PAGES / "cp1251.html")
    assert (document.title, document.byline, document.language) == (
        "Мост снова открыли",
        "Анна Светлова",
        "ru",
    )
    assert document.published == date(2024, 3, 9)
    assert "сойдёт лёд" in document.text


def test_an_old_encoding_that_nothing_declares():
    words = read(PAGES / "cp1251.html").text
    document = read(words.encode("cp1251"), published=date(2024, 3, 9))
    assert document.text == words


def test_broken_bytes_are_shown_and_the_page_is_still_read():
    data = (PAGES / "jsonld.html").read_bytes().replace(b"The steel came", b"The st\xff\xfeeel came")
    assert "The st\ufffd\ufffdeel came" in read(data).text


def test_broken_markup_is_mended():
    data = (PAGES / "jsonld.html").read_bytes()
    cut = data.replace(b"</p>", b"").replace(b"</article>", b"<b><i></b>").replace(b"</html>", b"")
    assert read(cut).published == date(2024, 3, 9)
    assert "Engineers had worked" in read(cut).text


def test_the_given_date_wins_and_the_page_is_still_heard():
    document = read(PAGES / "jsonld.html", published=date(2023, 1, 1))
    assert document.published == date(2023, 1, 1)
    assert document.published_basis.startswith("given by the user")
    assert "2024-03-09" in document.published_basis


def test_no_date_is_guessed():
    document = read(b"The town was freed on 5 May 2023, the council said. Nobody was hurt there.")
    assert document.published is None and document.published_basis is None


@pytest.mark.parametrize("line", ["03/09/2024", "March 9"])
def test_a_date_that_may_be_two_days_is_told_and_not_chosen(line):
    document = read(f"Bridge open\n\n{line}\n\nThe bridge was opened on Thursday.".encode())
    assert document.published is None
    assert line in document.published_basis


@pytest.mark.parametrize("line", ["23/09/2024", "09/23/2024", "2024/09/23", "23.09.2024"])
def test_a_date_in_figures_that_can_be_one_day_only(line):
    document = read(f"Bridge open\n\n{line}\n\nThe bridge was opened on Thursday.".encode())
    assert document.published == date(2024, 9, 23)


def test_a_date_in_the_headline_is_not_the_date_of_the_page():
    words = b"What happened in Bucha on 2 April 2022\n\nThe bodies were found by the road, the mayor said."
    assert read(words).published is None


def test_two_dates_of_a_page_that_disagree_are_both_told():
    data = (PAGES / "jsonld.html").read_bytes().replace(b"2024-03-08T22", b"2022-09-08T22")
    document = read(data)
    assert document.published == date(2024, 3, 9)
    assert "2022-09-08" in document.published_basis


def test_same_bytes_same_document_from_any_source(tmp_path):
    data = (PAGES / "jsonld.html").read_bytes()
    path = tmp_path / "copy.html"
    path.write_bytes(data)
    assert read(path) == read(str(path)) == read(data) == read(Report(data, "x", "text/html"))


def test_headlines_that_are_questions_or_stand_alone():
    words = b"Is the bridge open again?\n\nIt was opened on Thursday, the council said. Forty may cross."
    assert read(words).title == "Is the bridge open again?"
    assert read(b"Bridge open again").text == "Bridge open again"
    assert read(b"The bridge was opened again on Thursday.").title is None


def test_blocks_tile_the_text():
    for path in sorted(PAGES.glob("*.*")):
        if path.name in ("script-only.html", "README.md"):
            continue
        document = read(path)
        gaps = [
            document.text[a.end : b.start] for a, b in zip(document.blocks, document.blocks[1:], strict=False)
        ]
        assert all(not gap.strip() for gap in gaps), path.name
        assert (document.blocks[0].start, document.blocks[-1].end) == (0, len(document.text))


def test_readers_are_a_list_that_others_may_lengthen():
    class Shout:
        name = "shout"

        def accepts(self, report):
            return report.data.startswith(b"SHOUT:")

        def read(self, report):
            return READERS[-1].read(Report(report.data[6:].lower(), report.name))

    document = read(b"SHOUT:THE BRIDGE WAS OPENED ON THURSDAY.", readers=(Shout(), *READERS))
    assert document.text == "the bridge was opened on thursday."


def test_the_examples_are_read():
    examples = PAGES.parents[1] / "examples"
    post = read(examples / "old-news-as-new.txt")
    assert (post.published, post.reading_time, post.responses) == (date(2023, 11, 8), "3 min read", 2)
    assert [block.kind for block in post.blocks].count("courtesy") == 1
    page = read(examples / "kherson-2022-11-12.html")
    assert (page.published, page.reading_time, page.publisher) == (
        date(2022, 11, 12),
        "2 min read",
        "Example Wire",
    )
    assert "Grain talks" not in page.text


def test_the_real_post(shared):
    post = shared / "reports" / "villagers-hug-liberators.txt"
    labels = json.loads(post.with_suffix(".labels.json").read_text(encoding="utf-8"))
    document = read(post)
    assert document.text == labels["text"]
    assert document.title == labels["title"]
    assert document.published == date.fromisoformat(labels["published"])
    assert document.byline is not None and document.byline not in document.text
    assert document.reading_time == "2 min read"
    assert document.responses == 1
    assert [block.kind for block in document.blocks][-2:] == ["body", "courtesy"]


def test_the_labelled_reports_keep_their_text(shared):
    for line in (shared / "reports" / "dev-cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for before in ("", case["title"] + "\n\n", f"{case['title']}\n{case['published']}\n\n"):
            document = read((before + case["text"]).encode())
            assert document.text == case["text"], case["id"]
            assert document.language == case["lang"], case["id"]
            assert document.title == (case["title"] if before else None), case["id"]


def page(markup):
    return read(f"<html><body>{markup}</body></html>".encode())


def test_a_page_broken_by_line_breaks_only():
    document = page(
        "<h1>Bridge open</h1>By Jane Doe<br>May 5, 2023<br><br>The bridge was opened on Thursday, they said."
        "<br><br>Engineers had worked on it since January.<br>"
    )
    assert (document.title, document.byline) == ("Bridge open", "Jane Doe")
    assert document.published == date(2023, 5, 5)
    assert [text.split()[0] for text in body(document)] == ["The", "Engineers"]


def test_a_page_that_is_preformatted_text():
    words = "Bridge open\n\nBy Jane Doe\n5 May 2023\n\nThe bridge was opened.\n\nMen built it."
    document = page(f"<pre>{words}</pre>")
    assert (document.title, document.byline) == ("Bridge open", "Jane Doe")
    assert document.published == date(2023, 5, 5)
    assert body(document) == ["The bridge was opened.", "Men built it."]


@pytest.mark.parametrize(
    "more", ["", "and of a long list of those who are missing " * 8], ids=["short", "long"]
)
def test_a_quotation_within_a_paragraph_stays_in_it_and_a_row_is_a_line(more):
    document = page(
        "<article><h1>Talks end</h1><p>Posted on May 5, 2023</p><p>He said: <q>We will hold the town</q>."
        " Then he left the hall with his staff.</p><table><tr><td>Killed</td><td>12</td></tr><tr>"
        f"<td>Injured</td><td>30</td></tr></table><p>More will be told tomorrow {more}he said.</p></article>"
    )
    assert body(document)[0] == "He said: We will hold the town. Then he left the hall with his staff."
    assert body(document)[1:3] == ["Killed 12", "Injured 30"]


def test_a_short_page_keeps_its_paragraphs():
    document = page("<div><p>The bridge was opened on Thursday.</p><p>It was shut on Friday again.</p></div>")
    assert body(document) == ["The bridge was opened on Thursday.", "It was shut on Friday again."]
