"""Runs a peer over texts: JSON lines {"text"} on standard input, JSON lists of [start, end, name] on standard output.

Run by bench/where.py with the peers' own interpreter: `python bench/where_peers.py flashgeotext|geotext`.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator


def flashgeotext() -> Callable[[str], Iterator[tuple[int, int, str]]]:
    from flashgeotext.geotext import GeoText

    reader = GeoText()

    def read(text: str) -> Iterator[tuple[int, int, str]]:
        for kind in reader.extract(text, span_info=True).values():
            for found in kind.values():
                yield from ((a, b, text[a:b]) for a, b in found["span_info"])

    return read


def geotext() -> Callable[[str], Iterator[tuple[int, int, str]]]:
    from geotext import GeoText

    def read(text: str) -> Iterator[tuple[int, int, str]]:
        found = GeoText(text)
        for name in sorted({*found.cities, *found.countries}):
            yield from ((m.start(), m.end(), name) for m in re.finditer(rf"\b{re.escape(name)}\b", text))

    return read


def main() -> None:
    read = {"flashgeotext": flashgeotext, "geotext": geotext}[sys.argv[1]]()
    texts = [json.loads(line)["text"] for line in sys.stdin]
    start = time.process_time()
    out = [sorted(read(text)) for text in texts]
    spent = time.process_time() - start
    json.dump({"seconds": spent, "spans": out}, sys.stdout)


main()
