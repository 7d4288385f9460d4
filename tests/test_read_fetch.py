"""Fetching: only public addresses, checked at every redirect, within limits."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import FetchRefused, ReportUnreadable
from dateline.read import fetch as fetching
from dateline.read import read
from dateline.read.fetch import Fetcher, fetch, is_public

PAGE = b"<html><body><p>The bridge was opened on Thursday.</p></body></html>"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "not an address",
        "",
    ],
)
def test_closed_addresses(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_open_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://127.1/",
    ],
)
def test_loopback_is_refused_however_it_is_written(url):
    with pytest.raises((FetchRefused, ReportUnreadable)):
        fetch(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://gazette.example/", "http"),
        ("https:///path", "http"),
        ("http://user:secret@gazette.example/", "user name"),
        ("http://gazette.example:22/", "port"),
        ("http://gazette.example:99999/", "web address"),
        ("http://gazette.example/a b", "space"),
        ("http://gazette.example/\r\nHost: other", "space"),
    ],
)
def test_addresses_that_are_refused_before_any_look_up(url, words):
    with pytest.raises(FetchRefused, match=words) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


def test_a_host_with_one_private_address_is_refused():
    with pytest.raises(FetchRefused, match="private"):
        Fetcher(resolve=lambda host, port: ["1.1.1.1", "10.0.0.1"]).get("http://gazette.example/")


class Server(BaseHTTPRequestHandler):
    """Answers by path; what it was asked for is kept in `asked`."""

    asked: list[tuple[str, str]] = []

    def do_GET(self):
        self.asked.append((self.headers["Host"], self.path))
        name = self.path.split("?")[0]
        if name == "/private":
            return self.answer(302, b"", Location="http://10.0.0.1/secret")
        if name == "/file":
            return self.answer(302, b"", Location="file:///etc/passwd")
        if name == "/loop":
            return self.answer(302, b"", Location="/loop")
        if name == "/moved":
            return self.answer(301, b"", Location="/page?moved=%D1%82")
        if name == "/gone":
            return self.answer(404, b"")
        if name == "/large":
            return self.answer(200, b"a" * 3000)
        if name == "/bomb":
            return self.answer(200, gzip.compress(b"a" * 300_000), **{"Content-Encoding": "gzip"})
        if name == "/packed":
            return self.answer(200, gzip.compress(PAGE), **{"Content-Encoding": "gzip"})
        return self.answer(200, PAGE)

    def answer(self, status, data, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher(port):
    """A fetcher for which the test server's address counts as public, and only that one."""
    return Fetcher(
        resolve=lambda host, _: ["10.0.0.1"] if host == "10.0.0.1" else ["127.0.0.1"],
        allowed=lambda address: address == "127.0.0.1",
        ports={"http": (port,)},
        max_bytes=2000,
    )


def test_a_page_is_kept_as_it_came(fetcher, port):
    report = fetcher.get(f"http://gazette.example:{port}/page")
    assert report.data == PAGE
    assert report.url == report.name == f"http://gazette.example:{port}/page"
    assert report.media_type == "text/html; charset=utf-8"
    assert Server.asked[-1] == (f"gazette.example:{port}", "/page")
    document = read(report)
    assert (document.text, document.url) == ("The bridge was opened on Thursday.", report.url)


def test_redirects_and_packing(fetcher, port):
    assert fetcher.get(f"http://gazette.example:{port}/moved").url.endswith("/page?moved=%D1%82")
    assert fetcher.get(f"http://gazette.example:{port}/packed").data == PAGE
    fetcher.get(f"http://gazette.example:{port}/стаття")
    assert Server.asked[-1][1] == "/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F"


@pytest.mark.parametrize(("path", "words"), [("private", "port|private"), ("file", "not a web address")])
def test_a_redirect_is_checked_as_the_first_address_was(fetcher, port, path, words):
    with pytest.raises(FetchRefused, match=words):
        fetcher.get(f"http://gazette.example:{port}/{path}")


@pytest.mark.parametrize(
    ("path", "words"), [("loop", "redirects"), ("gone", "404"), ("large", "larger"), ("bomb", "larger")]
)
def test_what_does_not_come(fetcher, port, path, words):
    with pytest.raises(ReportUnreadable, match=words):
        fetcher.get(f"http://gazette.example:{port}/{path}")


def test_nobody_listens(port):
    with pytest.raises(ReportUnreadable, match="could not be fetched"):
        Fetcher(resolve=lambda *_: ["127.0.0.1"], allowed=bool, ports={"http": (1,)}).get(
            "http://gazette.example:1/"
        )


def test_time_is_limited(port):
    with pytest.raises(ReportUnreadable, match="too long"):
        Fetcher(resolve=lambda *_: ["127.0.0.1"], allowed=bool, ports={"http": (port,)}, timeout=0).get(
            f"http://gazette.example:{port}/page"
        )


def test_no_host():
    def nothing(host, port):
        raise OSError("no such host")

    with pytest.raises(ReportUnreadable, match="no such host"):
        Fetcher(resolve=nothing).get("http://gazette.example/")


def test_the_connection_goes_to_the_checked_address(monkeypatch):
    """A second look-up could answer with another address, so there is none."""
    seen = []

    def connect(address, timeout):
        seen.append(address)
        raise OSError("far enough")

    monkeypatch.setattr(fetching.socket, "create_connection", connect)
    with pytest.raises(ReportUnreadable):
        Fetcher(resolve=lambda *_: ["1.1.1.1"]).get("https://gazette.example/")
    assert seen == [("1.1.1.1", 443)]
