"""Untrusted strings made fit for a terminal or a page, character for character (offsets stay true).

A report may hold escape sequences that drive a terminal, controls that reorder what a reader sees, and
addresses that run script. Escaping of markup is Jinja's; here goes what survives escaping.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["one_line", "plain", "safe_url"]

# C0 and C1 controls but tab and newline; bidirectional embeddings, overrides and isolates (left-to-right
# and right-to-left marks only sit, they stay); surrogates and noncharacters, which no encoder takes.
_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: str) -> str:
    """`text` with every character that could act instead of show replaced by U+FFFD, one for one."""
    return _HOSTILE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`plain` text on a single line, runs of space closed up."""
    return " ".join(plain(text).split())


def safe_url(url: str | None) -> str | None:
    """The address if it is one a reader may follow (http or https with a host), else None."""
    if not url or _HOSTILE.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None
