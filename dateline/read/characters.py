"""Bytes to clean text: what kind of file it is, its encoding, and the characters that are kept.

Offsets elsewhere count the code points of the cleaned text, so cleaning happens once, here, before
anything is looked for. Kept as they are: letters, quotes, dashes, emoji. Changed: see `clean`.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from charset_normalizer import from_bytes

from dateline.errors import ReportUnreadable

MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHARSET: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.I)
HEAD_BYTES: Final = 4096  # HTML asks for the charset within the first 1,024
BAD_SHARE: Final = 0.01  # own judgement: a page cut or patched in a few places, not another encoding
CONTROL_SHARE: Final = 0.02  # own judgement: text has next to none, binary formats about a tenth (32 of 256)
OLD_ENCODINGS: Final = ["cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1252", "cp1250"]
MEND: Final = "save the report as plain text or HTML and check that."

CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
NEWLINES: Final = re.compile("\r\n|\r|\x85|\u2028|\u2029")
SPACES: Final = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
JOINER: Final = re.compile("\u200d")


def refuse_binary(data: bytes, name: str) -> None:
    """Raise ReportUnreadable when the bytes are of a format that holds no readable text."""
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise ReportUnreadable(f"{name} is {what}, not text: {MEND}")
    if data.startswith(tuple(bom for bom, _ in BOMS)):
        return
    sample = data[:65536]
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in sample)
    if b"\x00" in sample or controls > CONTROL_SHARE * len(sample):
        raise ReportUnreadable(f"{name} is binary, not text: {MEND}")


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """Text of the bytes: byte order mark, then what HTTP or the page declares, then UTF-8, then a guess.

    A declared encoding that does not fit is passed over. UTF-8 with a few broken bytes stays UTF-8: each
    broken byte becomes U+FFFD, so that the damage is seen.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for declared in (charset, _declared(data)):
        text = _try(data, declared)
        if text is not None:
            return text
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= BAD_SHARE * len(text):
        return text
    best = from_bytes(data, cp_isolation=OLD_ENCODINGS).best()
    if best is None:
        raise ReportUnreadable(f"{name} is in an encoding that was not recognised: save it as UTF-8.")
    return str(best)


def _declared(data: bytes) -> str | None:
    match = CHARSET.search(data[:HEAD_BYTES])
    return match.group(1).decode("ascii") if match else None


def _try(data: bytes, encoding: str | None) -> str | None:
    if not encoding:
        return None
    try:
        if codecs.lookup(encoding).name == "utf-8":
            return None
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def clean(text: str) -> str:
    """One form for what looks the same: NFC, newlines as \\n, every run of spaces as one space.

    Left out: control characters, zero-width and bidirectional marks, soft hyphens (they hide words from a
    search and move offsets from what a reader counts). A zero-width joiner stays inside an emoji.
    """
    text = NEWLINES.sub("\n", text)
    text = CONTROLS.sub("", text)
    text = INVISIBLE.sub("", text)
    text = JOINER.sub(lambda m: m.group() if _in_emoji(m) else "", text)
    text = SPACES.sub(" ", text)
    return unicodedata.normalize("NFC", text)


def _in_emoji(match: re.Match[str]) -> bool:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if not before or not after:
        return False
    return unicodedata.category(before) in ("So", "Sk", "Mn") and unicodedata.category(after) == "So"
