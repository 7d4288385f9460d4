"""`dateline eval annotators`: how far a second annotator, who saw neither labels nor rules, agrees with the first."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dateline.eval.reports import ROOT
from dateline.eval.scoring import FAULTS, load_cases

FIRST = tuple(ROOT / "tests" / "gold" / "reports" / f"{part}.jsonl" for part in ("dev", "test"))
SECOND = ROOT / "tests" / "gold" / "second" / "reports.jsonl"


def pairs(second: Path = SECOND, first: Sequence[Path] = FIRST) -> list[tuple[str, str, frozenset[str], frozenset[str]]]:
    """First and second verdict of each sentence that both labelled, each with the verdicts that it accepts."""
    labels = {(case.id, x.sentence): x for path in first for case in load_cases(path) for x in case.labels}
    found = []
    for line in second.read_text("utf-8").splitlines():
        report = json.loads(line)
        for claim in report["claims"]:
            label = labels[report["id"], claim["sentence"]]
            found.append((label.verdict, claim["verdict"], label.accept, frozenset([claim["verdict"], *claim.get("accept", ())])))
    return found


def kappa(both: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two annotators' verdicts."""
    n = len(both)
    one, other = Counter(a for a, _ in both), Counter(b for _, b in both)
    chance = sum(one[v] * other[v] for v in one) / n**2
    return (sum(a == b for a, b in both) / n - chance) / (1 - chance)


def main(argv: Sequence[str]) -> int:
    """Print raw agreement, kappa, and what they differ in."""
    argparse.ArgumentParser(prog="dateline eval annotators").parse_args(list(argv))
    found = pairs()
    n = len(found)
    print(f"{n} labels by two annotators")
    print(f"  same verdict        {sum(a == b for a, b, _, _ in found)} of {n}, kappa {kappa([(a, b) for a, b, _, _ in found]):.3f}")
    print(f"  a verdict in common {sum(bool(a & b) for _, _, a, b in found)} of {n}")
    print(f"  fault or no fault   {sum((a in FAULTS) == (b in FAULTS) for a, b, _, _ in found)} of {n}")
    for (a, b), m in sorted(Counter((a, b) for a, b, _, _ in found if a != b).items()):
        print(f"  {a} / {b}: {m}")
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
