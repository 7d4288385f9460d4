"""Near-duplicates: which reports are copies of one another, and what changed from copy to copy.

A report is sketched by MinHash (rensa) over runs of three words; reports that share a band of the sketch are
compared by the whole of it, and those that are alike enough form one group with the earliest as its first. The work
is done in DuckDB over the data set, so that the size of the corpus is bounded by the disk and not by memory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import rensa

from dateline.text.reading import Reading

__all__ = ["ALIKE", "bands_of", "find_duplicates", "quantities_of", "sketches"]

PERMUTATIONS: Final = 128
ROWS: Final = 4  # 32 bands of 4: a pair as alike as ALIKE shares one with probability 0.9998, a pair at 0.2 with 0.05
ALIKE: Final = 0.7  # share of word runs in common that makes a copy: see docs/batch.md, "Duplicates", for how it was chosen
RUN: Final = 3  # words in a run: at 5 one changed figure in a short post undoes a fifth of its runs
SEED: Final = 42  # of the permutations; any, but always the same

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def sketches(texts: Sequence[str]) -> list[list[int]]:
    """The sketch of each text: 128 numbers of 32 bits; of a text without words, all the same."""
    runs = []
    for text in texts:
        words = _WORD.findall(text.lower())
        runs.append([" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))] if words else [])
    return [list(digest) for digest in rensa.RMinHash.digests_from_token_sets(runs, PERMUTATIONS, SEED)]


def bands_of(sketch: Sequence[int]) -> list[int]:
    """One number of 64 bits for each band: reports that have one in common are compared."""
    if not sketch or set(sketch) == {0xFFFFFFFF}:
        return []
    bands = (b"".join(v.to_bytes(4, "little") for v in sketch[n : n + ROWS]) for n in range(0, len(sketch), ROWS))
    return [int.from_bytes(hashlib.blake2b(bytes([n]) + band, digest_size=8).digest(), "little") for n, band in enumerate(bands)]


def quantities_of(reading: Reading) -> Iterator[dict[str, Any]]:
    """The dates and figures of every sentence, with a hash of the sentence in which they are blanked out.

    Copies that tell the same sentence with another figure or date have the same hash and other words.
    """
    text = reading.document.text
    numbers = reading.lexicon.numbers
    for sentence in reading.sentences:
        times = [
            (t.start, t.end, "date") for t in reading.inside(reading.times, sentence.start, sentence.end) if t.start is not None and t.end
        ]
        figures = [(m.start(), m.end(), "figure") for m in _NUMBER.finditer(text, sentence.start, sentence.end)]
        figures += [
            (m.start(), m.end(), "figure") for m in _WORD.finditer(text, sentence.start, sentence.end) if m.group().lower() in numbers
        ]
        found: list[tuple[int, int, str]] = []
        for span in sorted({*times, *figures}, key=lambda s: (s[0], -s[1], s[2])):
            if not found or span[0] >= found[-1][1]:
                found.append(span)
        if not found:
            continue
        bare, at = [], sentence.start
        for start, end, sort in found:
            bare += [*_WORD.findall(text[at:start].lower()), f"<{sort}>"]
            at = end
        bare += _WORD.findall(text[at : sentence.end].lower())
        digest = int.from_bytes(hashlib.blake2b(" ".join(bare).encode(), digest_size=8).digest(), "little")
        for nth, (start, end, sort) in enumerate(found):
            context = " ".join(text[max(sentence.start, start - 40) : min(sentence.end, end + 40)].split())
            yield {"sentence": digest, "nth": nth, "sort": sort, "words": " ".join(text[start:end].split()), "context": context}


def find_duplicates(con: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Write duplicates.parquet (every copy with its first) and mutations.parquet (what changed) of the data set `out`.

    `con` has the views of the data set. Every band points from each of its reports to the first of them; a report that
    is alike enough is its copy, and copies of copies are led back to one first. How alike two are is the share of their
    sketches' numbers that agree: an estimate of the share of word runs in common, with a standard error of 0.04 at most.
    """
    con.execute(f"CREATE OR REPLACE TEMP MACRO alike(a, b) AS len(list_filter(list_zip(a, b), lambda x: x[1] = x[2])) / {PERMUTATIONS}")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE ordered AS"
        " SELECT row_number() OVER (ORDER BY published, report) AS n, report, published, name, bands, sketch FROM reports"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE edges AS WITH banded AS (SELECT n, unnest(bands) AS band FROM ordered),"
        " pairs AS (SELECT DISTINCT n, min(n) OVER (PARTITION BY band) AS first FROM banded),"
        " compared AS (SELECT a.n, b.n AS first, alike(a.sketch, b.sketch) AS share FROM pairs p"
        "  JOIN ordered a ON a.n = p.n JOIN ordered b ON b.n = p.first WHERE p.n <> p.first)"
        f" SELECT * FROM compared WHERE share >= {ALIKE}"
    )
    _lead_back(con)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE copies AS"
        " SELECT f.report AS first, f.published AS first_seen, c.report AS copy, c.published, c.published - f.published AS days_after,"
        " alike(c.sketch, f.sketch) AS alike, c.name, l.n"
        " FROM leads l JOIN ordered c ON c.n = l.n JOIN ordered f ON f.n = l.lead WHERE l.n <> l.lead"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE mutations AS"
        " SELECT c.first, c.copy, c.published, o.sort, o.words AS before, q.words AS after, q.context FROM copies c"
        " JOIN quantities q ON q.report = c.copy JOIN quantities o ON o.report = c.first AND o.sentence = q.sentence AND o.nth = q.nth"
        " WHERE lower(o.words) <> lower(q.words)"
    )
    for table, order in (("copies", "first, published, copy"), ("mutations", "first, published, copy, context, before, after")):
        columns = "* EXCLUDE (n)" if table == "copies" else "DISTINCT *"
        write(con, f"SELECT {columns} FROM {table} ORDER BY {order}", out / f"{'duplicates' if table == 'copies' else table}.parquet")


def _lead_back(con: duckdb.DuckDBPyConnection) -> None:
    """Every report's lead: the least number that its chain of copies reaches; as many rounds as the longest chain needs."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE leads AS SELECT DISTINCT n, n AS lead FROM (SELECT n FROM edges UNION SELECT first FROM edges)"
    )
    while True:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE next AS SELECT l.n, least(l.lead, coalesce(min(x.lead), l.lead)) AS lead FROM leads l LEFT JOIN"
            " (SELECT e.n, l.lead FROM edges e JOIN leads l ON l.n = e.first UNION ALL"
            "  SELECT e.first, l.lead FROM edges e JOIN leads l ON l.n = e.n UNION ALL"
            "  SELECT l.n, m.lead FROM leads l JOIN leads m ON m.n = l.lead) x ON x.n = l.n GROUP BY l.n, l.lead"
        )
        (changed,) = con.execute("SELECT count(*) FROM leads JOIN next USING (n) WHERE leads.lead <> next.lead").fetchall()[0]
        con.execute("CREATE OR REPLACE TEMP TABLE leads AS FROM next")
        if not changed:
            return


def write(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write a query's rows as Parquet, aside and then renamed."""
    aside = path.with_name(f".{path.name}")
    con.execute(f"COPY ({query}) TO '{str(aside).replace(chr(39), chr(39) * 2)}' (FORMAT parquet, COMPRESSION zstd)")
    aside.replace(path)
