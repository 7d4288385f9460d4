"""`dateline eval gaps`: what evidence was missing, and what could not be read, on labelled reports."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from dateline.check import check
from dateline.eval.reports import GOLD, document_of
from dateline.eval.scoring import load_cases
from dateline.evidence import open_evidence
from dateline.options import Options
from dateline.types import Finding
from dateline.verdict import Verdict


def missing(findings: Iterable[Finding]) -> Counter[tuple[str, str, str]]:
    """Unverified findings by kind, place and month, so that the next evidence to fetch is known."""
    gaps: Counter[tuple[str, str, str]] = Counter()
    for found in findings:
        if found.verdict is Verdict.UNVERIFIED:
            place = found.claim.place()
            month = found.claim.when.end_max.isoformat()[:7] if found.claim.when.end_max else "no time"
            gaps[(found.rule, place.name if place else "no place", month)] += 1
    return gaps


def main(argv: Sequence[str]) -> int:
    """Print the gaps, most frequent first, by rule and then one by one."""
    parser = argparse.ArgumentParser(prog="dateline eval gaps")
    parser.add_argument("files", nargs="*", type=Path, default=GOLD)
    parser.add_argument("--most", type=int, default=40, help="how many to list")
    given = parser.parse_args(list(argv))
    evidence = open_evidence()
    cases = [c for path in given.files for c in load_cases(path)]
    findings = [f for c in cases for f in check(document_of(c), evidence, Options(language=c.language)).findings]
    gaps = missing(findings)
    rules: Counter[str] = Counter()
    for (rule, _, _), count in gaps.items():
        rules[rule] += count
    print(f"{len(cases)} reports, {len(findings)} findings, {sum(gaps.values())} unverified")
    for rule, count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {count:5} {rule}")
    print("\nkind and rule, place, month")
    for (rule, place, month), count in sorted(gaps.items(), key=lambda item: (-item[1], item[0]))[: given.most]:
        print(f"  {count:5} {rule:28} {place:28} {month}")
    return 0
