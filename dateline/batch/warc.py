"""Web archives (WARC 1.0 and 1.1; ISO 28500): the pages in them, one record at a time."""

from __future__ import annotations

import http.client
import io
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from dateline.errors import ReportUnreadable

__all__ = ["warc_rows"]

KEPT: Final = {"response", "resource", "conversion"}  # pages as served, as files, and as extracted text
PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain")
LARGEST: Final = 20_000_000  # bytes of a record that are read: no page of words is larger


def warc_rows(file: IO[bytes], columns: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The pages of an archive; what is no page of words (pictures, redirects, requests) is passed over."""
    del columns  # the fields of a record have names of their own
    first = True
    while True:
        line = file.readline(4096)
        while line in (b"\r\n", b"\n"):
            line = file.readline(4096)
        if not line:
            return
        if not line.startswith(b"WARC/"):
            if first:
                raise ReportUnreadable("the archive does not begin with a WARC record: name a .warc or .warc.gz file")
            yield {"wrong": "the archive is damaged from here on: no WARC record begins where one should"}
            return
        first = False
        fields = _fields(file)
        try:
            length = int(fields.get("content-length", ""))
        except ValueError:
            yield {"wrong": "the archive is damaged from here on: a record without its length"}
            return
        body = file.read(min(length, LARGEST))
        _skip(file, length - len(body))
        if fields.get("warc-type") in KEPT:
            row = _page(fields, body)
            if row is not None:
                yield row


def _fields(file: IO[bytes]) -> dict[str, str]:
    found = {}
    while (line := file.readline(65536)) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("utf-8", "replace").partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def _skip(file: IO[bytes], length: int) -> None:
    while length > 0:
        length -= len(file.read(min(length, 1 << 20))) or length


def _page(fields: Mapping[str, str], body: bytes) -> Mapping[str, Any] | None:
    kind = fields.get("content-type", "").split(";")[0].strip().lower()
    if fields.get("warc-type") == "response":
        if kind != "application/http":
            return None
        try:
            status, kind, body = _answer(body)
        except (http.client.HTTPException, OSError, ValueError, zlib.error) as error:
            return {"id": fields.get("warc-target-uri"), "wrong": f"the page in the archive cannot be unpacked ({type(error).__name__})"}
        if status != 200:
            return None
    if kind not in PAGES:
        return None
    url = fields.get("warc-target-uri", "").strip("<>")
    return {"id": url, "url": url, "media_type": kind, "html" if kind != "text/plain" else "text": body}


class _Socket(io.BytesIO):
    """Looks enough like a connection for http.client to read an answer from it."""

    def makefile(self, *_: object, **__: object) -> _Socket:
        return self


def _answer(data: bytes) -> tuple[int, str, bytes]:
    """Status, kind and body of a stored HTTP answer, unchunked and unpacked."""
    answer = http.client.HTTPResponse(_Socket(data))  # type: ignore[arg-type]
    answer.begin()
    try:
        body = answer.read()
    except http.client.IncompleteRead as cut:  # many archives store the body unchunked under the header it had
        body = cut.partial or data.partition(b"\r\n\r\n")[2]
    packed = (answer.getheader("Content-Encoding") or "").lower()
    if packed in ("gzip", "x-gzip", "deflate") and body[:1] not in (b"<", b"\n"):
        body = zlib.decompressobj(zlib.MAX_WBITS | 32 if packed != "deflate" else zlib.MAX_WBITS).decompress(body, LARGEST)
    return answer.status, (answer.getheader("Content-Type") or "").split(";")[0].strip().lower(), body
