"""What a corpus may lie in: each form gives the same reports, and what is broken is a row and not a stop."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.batch.inputs import items, read_day, shards
from dateline.batch.shard import Settings, document_of
from dateline.batch.warc import warc_rows
from dateline.errors import ReportNotFound, ReportUnreadable

ROWS = [
    {"id": "a", "title": "One", "published": "2022-09-10", "text": "Ukrainian forces entered Balakliia on 8 September."},
    {"id": "b", "title": "Two", "published": "2022-11-12", "text": "Ukrainian forces entered Kherson on Friday."},
]


def texts(path: Path, columns: dict[str, str] | None = None) -> list[tuple[str, str | None, date | None, str]]:
    found = [item for shard in shards(path, columns=columns) for item in shard.items]
    return [(item.name.rpartition(":")[2], item.title, item.published, (item.data or b"").decode()) for item in found]


EXPECTED = [(r["id"], r["title"], date.fromisoformat(r["published"]), r["text"]) for r in ROWS]


def jsonl(rows: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_json_lines_csv_and_parquet_give_the_same_reports(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(ROWS))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(jsonl(ROWS)))
    table = io.StringIO()
    writer = csv.DictWriter(table, ["id", "title", "date", "body"], delimiter=";")
    writer.writeheader()
    writer.writerows({"id": r["id"], "title": r["title"], "date": r["published"], "body": r["text"]} for r in ROWS)
    (tmp_path / "a.csv").write_text(table.getvalue(), "utf-8")
    duckdb.execute(f"COPY (SELECT * FROM read_json('{tmp_path / 'a.jsonl'}')) TO '{tmp_path / 'a.parquet'}' (FORMAT parquet)")
    for name in ("a.jsonl", "a.jsonl.gz", "a.csv", "a.parquet"):
        assert texts(tmp_path / name) == EXPECTED, name


def test_columns_of_other_names_are_taken_as_told(tmp_path: Path) -> None:
    rows = [{"key": r["id"], "headline": r["title"], "day": r["published"], "words": r["text"]} for r in ROWS]
    (tmp_path / "a.jsonl").write_bytes(jsonl(rows))
    assert texts(tmp_path / "a.jsonl", {"text": "words", "published": "day"}) == EXPECTED


def test_a_folder_is_read_by_name_with_what_lies_in_it(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Published 12 November 2022\n\nUkrainian forces entered Kherson on Friday.", "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "posts.jsonl").write_bytes(jsonl(ROWS))
    (tmp_path / ".hidden.txt").write_text("x", "utf-8")
    names = [item.name for item, _ in items(tmp_path, {})]
    assert names == ["a/posts.jsonl:a", "a/posts.jsonl:b", "b.txt"]


def test_feeds_of_both_kinds_give_their_entries(tmp_path: Path) -> None:
    rss = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://example.org/1</link><guid>1</guid><pubDate>Sat, 10 Sep 2022 08:00:00 GMT</pubDate>
<description>&lt;p&gt;Ukrainian forces entered Balakliia.&lt;/p&gt;</description></item></channel></rss>"""
    atom = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>Two</title><id>2</id><link href="https://example.org/2"/><author><name>A. Writer</name></author>
<updated>2022-11-12T08:00:00Z</updated><summary>Ukrainian forces entered Kherson.</summary></entry></feed>"""
    (tmp_path / "1.xml").write_text(rss, "utf-8")
    (tmp_path / "2.atom").write_text(atom, "utf-8")
    one, two = [item for item, _ in items(tmp_path, {})]
    assert (one.title, one.published, one.url, one.media_type) == ("One", date(2022, 9, 10), "https://example.org/1", "text/html")
    assert (two.title, two.published, two.url, two.byline) == ("Two", date(2022, 11, 12), "https://example.org/2", "A. Writer")
    assert document_of(one, Settings()).text == "Ukrainian forces entered Balakliia."


def record(kind: str, uri: str, content: bytes, content_type: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


PAGE = b"<html><body><article><p>Ukrainian forces entered Kherson on Friday, officials in the region said.</p></article></body></html>"


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers, "", ""]).encode() + body


def test_a_web_archive_gives_its_pages_and_nothing_else(tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    archive = b"".join(
        [
            record("warcinfo", "", b"software: x", "application/warc-fields"),
            record("request", "https://example.org/1", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "https://example.org/1", answer(PAGE, f"Content-Length: {len(PAGE)}")),
            record("response", "https://example.org/2", answer(chunked, "Transfer-Encoding: chunked")),
            record("response", "https://example.org/3", answer(gzip.compress(PAGE), "Content-Encoding: gzip")),
            record("response", "https://example.org/4", answer(b"\x89PNG", kind="image/png")),
            record("response", "https://example.org/5", answer(PAGE, status="404 Not Found")),
            record("conversion", "https://example.org/6", b"Ukrainian forces entered Kherson.", "text/plain"),
        ]
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(gzip.compress(part) for part in (archive[:200], archive[200:])))
    found = [item for item, _ in items(path, {})]
    assert [item.url for item in found] == [f"https://example.org/{n}" for n in (1, 2, 3, 6)]
    assert [item.data for item in found[:3]] == [PAGE] * 3
    assert found[3].media_type == "text/plain"


@given(st.binary(max_size=400))
def test_a_damaged_archive_ends_and_raises_nothing_of_its_own(rest: bytes) -> None:
    rows = list(warc_rows(io.BytesIO(record("response", "https://example.org/1", answer(PAGE)) + rest), {}))
    assert rows[0]["url"] == "https://example.org/1"


def test_bad_rows_say_what_is_wrong_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "x"\n[1]\n' + jsonl([{**ROWS[0], "published": "soon"}, {"id": "c"}, ROWS[1]]))
    wrong = [item.wrong for item, _ in items(tmp_path / "a.jsonl", {})]
    assert [w is not None for w in wrong] == [True, True, True, True, False]
    assert "JSON" in str(wrong[0]) and "object" in str(wrong[1]) and "2023-11-23" in str(wrong[2]) and "--column" in str(wrong[3])


@pytest.mark.parametrize(("name", "data"), [("a.csv", b"x;y\n1;2\n"), ("a.parquet", b"PAR1 no"), ("a.warc", b"<html>"), ("a.xml", b"")])
def test_an_input_that_is_none_is_an_error_of_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReportUnreadable) as error:
        list(shards(tmp_path / name))
    assert "\n" not in str(error.value)


def test_a_missing_input_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ReportNotFound):
        list(shards(tmp_path / "none"))
    with pytest.raises(ReportUnreadable):
        list(shards(tmp_path))


def test_shards_are_cut_by_number_and_know_how_far_they_reach(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(ROWS * 5))
    made = list(shards(tmp_path / "a.jsonl", size=4))
    assert [len(s.items) for s in made] == [4, 4, 2]
    assert [s.number for s in made] == [0, 1, 2]
    assert made[-1].at == 1.0
    assert made[0].digest() == made[0].digest() != made[2].digest()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2023-11-23", date(2023, 11, 23)),
        ("2023-11-23T10:00:00Z", date(2023, 11, 23)),
        ("2023-11-23 10:00", date(2023, 11, 23)),
        ("Thu, 23 Nov 2023 10:00:00 +0000", date(2023, 11, 23)),
        ("soon", None),
        ("2023-13-40", None),
        ("", None),
    ],
)
def test_days_as_tables_write_them(words: str, day: date | None) -> None:
    assert read_day(words) == day


@given(st.text(max_size=40))
def test_no_words_for_a_day_break_it(words: str) -> None:
    assert read_day(words) is None or isinstance(read_day(words), date)
