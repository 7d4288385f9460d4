"""What cannot be read says so in one line that names the mend."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import FetchRefused, NoText, ReportError, ReportNotFound, ReportUnreadable
from dateline.read import load, read
from dateline.read.characters import clean
from dateline.read.fetch import MAX_BYTES

PAGES = Path(__file__).parent / "pages"


def fails(kind, source, *words, **options):
    with pytest.raises(kind) as caught:
        read(source, **options)
    message = str(caught.value)
    assert "\n" not in message and len(message) < 400
    for word in words:
        assert word in message
    assert ":" in message, "what is wrong: what to do"


def test_files_that_are_not_there(tmp_path):
    fails(ReportNotFound, tmp_path / "none.txt", "no such file")
    fails(ReportNotFound, "none.txt", "no such file", "standard input")
    fails(ReportUnreadable, tmp_path, "folder")


def test_words_given_as_a_path(tmp_path):
    fails(ReportError, "The town was freed.\n" * 300, "standard input")
    fails(ReportError, "a\x00b", "standard input")


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "closed.txt"
    path.write_text("The town was freed.", encoding="utf-8")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    fails(ReportUnreadable, path, "permissions")


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"\xef\xbb\xbf", b"-- \n\n 12 \n", "😊".encode()])
def test_nothing_to_read(data):
    fails(NoText, data)


def test_a_page_without_words():
    fails(NoText, PAGES / "script-only.html", "copy the words")
    fails(NoText, b"<html></html>", "copy the words")
    fails(NoText, html_report(b"<!-- -->"), "copy the words")


def html_report(data):
    from dateline.types import Report

    return Report(data, "page.html", "text/html")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (bytes(range(256)) * 20, "binary"),
        (b"text and then \x00\x01\x02\x03 no text", "binary"),
    ],
)
def test_binary(data, what):
    fails(ReportUnreadable, data, what, "plain text or HTML")


def test_too_large(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    fails(ReportUnreadable, path, "20 MB")
    fails(ReportUnreadable, b"a " * (MAX_BYTES // 2 + 1), "20 MB")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_an_endless_file_ends():
    fails(ReportUnreadable, "/dev/zero", "20 MB")


def test_standard_input(monkeypatch):
    class Typed:
        buffer = io.BytesIO(b"The bridge was opened on Thursday.")

    monkeypatch.setattr(sys, "stdin", Typed)
    assert read("-").text == "The bridge was opened on Thursday."


def test_an_address_is_not_fetched_unasked():
    fails(FetchRefused, "https://gazette.example/a", "--fetch")
    fails(FetchRefused, "ftp://gazette.example/a", "http", fetch=True)
    fails(FetchRefused, "file:///etc/passwd", "http", fetch=True)


def test_a_report_is_kept_as_read():
    data = (PAGES / "jsonld.html").read_bytes()
    assert load(PAGES / "jsonld.html").data == data


def test_invisible_characters_are_kept_out_and_emoji_whole():
    assert clean("a\u200bb\u202ec\ufeff\u00ad") == "abc"
    assert clean("a\u00a0 \tb\r\nc\u2028d") == "a b\nc\nd"
    assert clean("й") == "й", "composed, as everybody types it"
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean(family) == family
    assert clean("“Так” — 😊\ufe0f") == "“Так” — 😊\ufe0f"


@given(st.text(max_size=200))
def test_clean_twice_is_clean_once(text):
    assert clean(clean(text)) == clean(text)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_an_error_with_a_mend(data):
    try:
        document = read(data)
    except ReportError as error:
        assert "\n" not in str(error)
    else:
        assert document.text and document.blocks


MARKUP = [
    "<p>",
    "</p>",
    "<div>",
    "<script>",
    "</script>",
    "<table><tr><td>",
    "The town was freed. ",
    "<!--",
    "-->",
    "&#xD800;",
    "&nbsp;",
    "<time datetime='2024-13-45'>",
    "\x00",
    "<html lang='x'>",
    '<script type=\'application/ld+json\'>{"@type":"Article","author":[[[]]],"datePublished":7}</script>',
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(MARKUP), max_size=30))
def test_any_markup_gives_a_document_or_an_error_with_a_mend(pieces):
    try:
        read(html_report("".join(pieces).encode()))
    except ReportError as error:
        assert "\n" not in str(error)


def test_deep_markup_does_not_exhaust_the_stack():
    data = b"<html><body>" + b"<div>" * 5000 + b"<p>The bridge was opened on Thursday, the council said.</p>"
    try:
        document = read(data)
    except ReportError as error:
        assert "\n" not in str(error)
    else:
        assert "bridge" in document.text
