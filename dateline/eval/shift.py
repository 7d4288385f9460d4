"""`dateline eval shift`: every report told anew later. What was told relative to its day must stop being supported.

A claim that we support at the report's own date is followed through the same report dated 3, 6, 12 and 24 months later.
Where its time moves with the date ("last week", no time words), support must end; where it stays ("on 8 September 2022"),
support must stay. Claims on no time of their own (geography, running totals, "has said" of any day) and states that may last ("now in
Russian hands") are left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dateline.check import check
from dateline.eval.reports import GOLD, document_of
from dateline.eval.scoring import digest, load_cases, wilson
from dateline.evidence import Evidence, open_evidence
from dateline.options import Options
from dateline.types import Finding
from dateline.verdict import Verdict

MONTHS = (3, 6, 12, 24)
LONG = 120  # days: a time so wide is no time of its own
TIMELESS = frozenset({"geography", "figure"})


def later(day: date, months: int) -> date:
    """The same day of a later month, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def shifted(paths: Sequence[Path], evidence: Evidence, listing: bool = False) -> Counter[tuple[str, int, str]]:
    """Counts by ("relative" or "dated", months, verdict of the re-dated claim)."""
    counts: Counter[tuple[str, int, str]] = Counter()
    for case in (c for path in paths for c in load_cases(path)):
        document, options = document_of(case), Options(language=case.language)
        own = [f for f in check(document, evidence, options).findings if _followed(f)]
        if not own:
            continue
        for months in MONTHS:
            again = check(replace(document, published=later(case.published, months)), evidence, options).findings
            for found in own:
                same = next((f for f in again if _key(f) == _key(found)), None)
                moved = same is None or same.claim.when.bounds != found.claim.when.bounds
                if listing and moved and same is not None and same.verdict is Verdict.SUPPORTED:
                    print(f"  {case.id} +{months}: {same.rule} «{same.claim.text[:90]}» {same.claim.when.edtf}: {same.reason[:150]}")
                counts["relative" if moved else "dated", months, str(same.verdict) if same else "gone"] += 1
    return counts


def _followed(found: Finding) -> bool:
    when = found.claim.when
    if found.verdict is not Verdict.SUPPORTED or found.claim.kind in TIMELESS or when.start_min is None or when.end_max is None:
        return False
    state = found.claim.predicate == "held" and when.shape != "since"  # what was so then may be so still
    return (when.end_max - when.start_min).days <= LONG and not state


def _key(found: Finding) -> tuple[str, str, int, int]:
    return found.claim.kind, found.claim.predicate, found.claim.start, found.claim.end


def main(argv: Sequence[str]) -> int:
    """Print how many claims stay supported when their report is told later."""
    parser = argparse.ArgumentParser(prog="dateline eval shift")
    parser.add_argument("files", nargs="*", type=Path, default=GOLD)
    parser.add_argument("--errors", action="store_true", help="list the claims that stay supported though their time moved")
    given = parser.parse_args(list(argv))
    counts = shifted(given.files, open_evidence(), given.errors)
    print(f"gold {digest(given.files)[:12]}")
    for kind, wish in (("relative", "must not be"), ("dated", "should be")):
        for months in (*MONTHS, 0):
            own = [(v, n) for (k, m, v), n in counts.items() if k == kind and months in (m, 0)]
            n, kept = sum(n for _, n in own), sum(n for v, n in own if v == "supported")
            low, high = wilson(kept, n)
            share = f"{100 * kept / n:5.1f} %" if n else "    -"
            named = f"+{months} months" if months else "all"
            print(f"  {kind:9} {named:11} still supported ({wish}) {kept:4} of {n:4}  {share}  [{100 * low:.1f}, {100 * high:.1f}]")
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
