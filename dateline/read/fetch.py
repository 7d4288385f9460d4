"""One web page by its address: only when asked for, only from public addresses, within limits.

The host is resolved here, every address that it has must be public, and the connection goes to the very
address that was checked (a second look-up could answer otherwise). Each redirect is checked anew. No
proxy, no cookies, no credentials; what came is kept as it came.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from dateline.errors import FetchRefused, ReportUnreadable
from dateline.types import Report

MAX_BYTES: Final = 20_000_000  # contract: a larger report is refused
TIMEOUT: Final = 20.0  # seconds for the whole fetch
REDIRECTS: Final = 5  # browsers follow 20; an article needs one or two
PORTS: Final = {"http": (80, 8080), "https": (443, 8443)}
HEADERS: Final = {
    "User-Agent": "dateline (reads one page for a person who asked for it)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
MEND: Final = "save the page from a browser and check the file."
NOT_AN_ADDRESS: Final = "is not a web address: give http://... or https://..., or a file."
CHUNK: Final = 65_536
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]


def fetch(url: str) -> Report:
    """Fetch one page; FetchRefused where it may not be, ReportUnreadable where it could not be."""
    return Fetcher().get(url)


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, in the order of the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def is_public(text: str) -> bool:
    """True for an address of the open internet, also where an IPv6 address wraps an IPv4 one."""
    try:
        address: Address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is None and address in NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    closed = (
        address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
        or address.is_reserved or address.is_unspecified
    )
    return address.is_global and not closed


class Fetcher:
    """The rules of a fetch. Tests hand in another `resolve` and `allowed`; nothing else should."""

    def __init__(
        self, resolve: Resolve = resolve, allowed: Callable[[str], bool] = is_public,
        ports: Mapping[str, tuple[int, ...]] = PORTS, max_bytes: int = MAX_BYTES, timeout: float = TIMEOUT,
    ) -> None:
        self._resolve = resolve
        self._allowed = allowed
        self._ports = ports
        self._max_bytes = max_bytes
        self._timeout = timeout

    def get(self, url: str) -> Report:
        """The page at `url`, redirects followed; `Report.url` is where it was found in the end."""
        deadline = time.monotonic() + self._timeout
        address = url
        for _ in range(REDIRECTS + 1):
            status, location, report = self._one(address, deadline)
            if report is not None:
                return report
            if not location:
                raise ReportUnreadable(f"{address} answered {status}: {MEND}")
            address = urljoin(address, location)
        raise ReportUnreadable(f"{url} redirects more than {REDIRECTS} times: {MEND}")

    def _one(self, url: str, deadline: float) -> tuple[int, str | None, Report | None]:
        parts, port = self._parse(url)
        host = parts.hostname or ""
        address = self._checked_address(url, host, port)
        try:
            connection = _connect(parts.scheme, host, address, port, _left(deadline))
            try:
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request("GET", target, headers=HEADERS | {"Host": parts.netloc})
                response = connection.getresponse()
                if response.status in (301, 302, 303, 307, 308):
                    return response.status, response.getheader("Location"), None
                if response.status != 200:
                    return response.status, None, None
                data = self._body(response, url, deadline)
                return 200, None, Report(data, url, response.getheader("Content-Type"), url)
            finally:
                connection.close()
        except (OSError, http.client.HTTPException, zlib.error) as error:
            what = "took too long" if isinstance(error, TimeoutError) else "could not be fetched"
            raise ReportUnreadable(f"{url} {what}: {MEND}") from error

    def _parse(self, url: str) -> tuple[SplitResult, int]:
        try:
            parts = urlsplit(url)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
            host = (parts.hostname or "").encode("idna").decode("ascii")
        except ValueError as error:
            raise FetchRefused(f"{url!r} {NOT_AN_ADDRESS}") from error
        if parts.scheme not in self._ports or not host:
            raise FetchRefused(f"{url!r} {NOT_AN_ADDRESS}")
        if parts.username is not None or parts.password is not None:
            raise FetchRefused(f"The address of {host} holds a user name: leave it out, or {MEND}")
        if any(ord(character) <= 32 or ord(character) == 127 for character in url):
            raise FetchRefused(f"{url!r} holds a space or control character: write it as %20.")
        if port not in self._ports[parts.scheme]:
            raise FetchRefused(f"{url} names port {port}, which is not fetched: {MEND}")
        netloc = host if port in (80, 443) else f"{host}:{port}"
        return parts._replace(path=_ascii(parts.path), query=_ascii(parts.query), netloc=netloc), port

    def _checked_address(self, url: str, host: str, port: int) -> str:
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise ReportUnreadable(f"{url}: no such host: check the spelling, or {MEND}") from error
        if not addresses or not all(self._allowed(address) for address in addresses):
            raise FetchRefused(f"{url} leads to a private or reserved address, never fetched: {MEND}")
        return addresses[0]

    def _body(self, response: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
        packed = (response.getheader("Content-Encoding") or "").strip().lower() in ("gzip", "x-gzip")
        unpack = zlib.decompressobj(wbits=31) if packed else None
        data = bytearray()
        while chunk := response.read1(CHUNK):
            _left(deadline)
            data += unpack.decompress(chunk, self._max_bytes + 1) if unpack else chunk
            if len(data) > self._max_bytes:
                size = self._max_bytes // 1_000_000
                raise ReportUnreadable(f"{url} is larger than {size} MB: save the article alone.")
        return bytes(data)


def _connect(scheme: str, host: str, address: str, port: int, timeout: float) -> http.client.HTTPConnection:
    """A connection to the checked address; the certificate is still held against the host's name."""
    raw = socket.create_connection((address, port), timeout=timeout)
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        if scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection.sock = raw
    except BaseException:
        raw.close()
        raise
    return connection


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _ascii(text: str) -> str:
    """Letters beyond ASCII as percent signs, as browsers send them."""
    return "".join(c if ord(c) < 128 else "".join(f"%{byte:02X}" for byte in c.encode()) for c in text)
