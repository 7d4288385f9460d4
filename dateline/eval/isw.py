"""`dateline eval isw`: dated assessments at their true date: how often is what they say of control accused?

Reads `../shared/data/archive/isw_daily_reports.jsonl.xz` (local use only: nothing of it is kept). Every accusation is
listed with the record that made it, so that a reader can say who was right.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from dateline.check import check_all
from dateline.eval.scoring import wilson
from dateline.evidence import open_evidence
from dateline.options import Options
from dateline.types import Block, Document

ARCHIVE = Path(__file__).parents[3] / "shared" / "data" / "archive" / "isw_daily_reports.jsonl.xz"
LONGEST = 9000  # characters of an assessment that are read: its summary and first sections
TOGETHER = 8


def documents(path: Path, every: int, first: int) -> Iterator[Document]:
    """Each n-th assessment as a document of its own date."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            if n % every != first:
                continue
            row = json.loads(line)
            text, blocks, at = str(row.get("text") or row.get("body") or "")[:LONGEST], [], 0
            for paragraph in text.split("\n"):
                if paragraph.strip():
                    blocks.append(Block("body", at, at + len(paragraph)))
                at += len(paragraph) + 1
            published = date.fromisoformat(str(row.get("date") or row.get("published"))[:10])
            yield Document(str(n), text, tuple(blocks), published=published)


def main(argv: Sequence[str]) -> int:
    """Print findings by kind and verdict, and every accusation."""
    parser = argparse.ArgumentParser(prog="dateline eval isw")
    parser.add_argument("--every", type=int, default=6, help="read each n-th assessment")
    parser.add_argument("--first", type=int, default=0, help="begin at this one")
    given = parser.parse_args(list(argv))
    if not ARCHIVE.is_file():
        print(f"{ARCHIVE}: not here; the archive is not part of the project")
        return 0
    evidence, counts = open_evidence(), Counter[tuple[str, str]]()
    found = list(documents(ARCHIVE, given.every, given.first))
    for n in range(0, len(found), TOGETHER):
        for dossier in check_all(found[n : n + TOGETHER], evidence, Options()):
            for f in dossier.findings:
                counts[f.claim.kind, str(f.verdict)] += 1
                if f.verdict.accuses:
                    print(
                        f"{dossier.published} {f.rule} {f.verdict}: «{' '.join(f.claim.sentence.split())[:300]}»"
                        f" [{f.claim.text[:80]}] {f.reason[:220]}"
                    )
    for (kind, verdict), n in sorted(counts.items()):
        print(f"  {kind:10} {verdict:14} {n:5}")
    accusing = {"misdated", "misplaced", "refuted", "overstated", "understated"}
    for kind in ("control", "all"):
        decided = sum(n for (k, v), n in counts.items() if kind in (k, "all") and v not in ("unverified", "not-checkable"))
        accused = sum(n for (k, v), n in counts.items() if kind in (k, "all") and v in accusing)
        low, high = wilson(accused, decided)
        print(f"{kind}: {accused} of {decided} decided claims accused [{100 * low:.1f}, {100 * high:.1f}] in {len(found)} assessments")
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
