"""`dateline eval reports FILE...`: labelled reports against the tool; the table, and every error with its cause to find."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from dateline.check import check
from dateline.eval.scoring import Answer, Case, answer, digest, load_cases, measures, wilson
from dateline.evidence import Evidence, open_evidence
from dateline.options import Options
from dateline.types import Block, Document

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT / "tests" / "gold" / "reports").glob("*.jsonl"))


def document_of(case: Case) -> Document:
    """The case as a document: its labels' offsets hold only in its own text."""
    blocks, at = [], 0
    for paragraph in case.text.split("\n\n"):
        blocks.append(Block("body", at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Document(
        sha256=sha256(case.text.encode()).hexdigest(),
        text=case.text,
        blocks=tuple(blocks),
        title=case.title,
        published=case.published,
        published_basis="label",
        language=case.language,
    )


def answers_of(cases: Sequence[Case], evidence: Evidence) -> list[Answer]:
    """Every label of every case, answered."""
    return [a for case in cases for a in answer(case, check(document_of(case), evidence, Options(language=case.language)))]


def main(argv: Sequence[str]) -> int:
    """Print the table; `--errors` lists each label that was accused, decided wrongly or missed."""
    parser = argparse.ArgumentParser(prog="dateline eval reports")
    parser.add_argument("files", nargs="*", type=Path, default=GOLD)
    parser.add_argument("--errors", action="store_true", help="list the errors")
    parser.add_argument("--all", action="store_true", help="list every label with its findings")
    given = parser.parse_args(list(argv))
    cases = [case for path in given.files for case in load_cases(path)]
    answers = answers_of(cases, open_evidence())
    if given.errors or given.all:
        for a in answers:
            _show(a, given.all)
    print(f"{len(cases)} reports, {len(answers)} labels, gold {digest(given.files)[:12]}")
    print_measures("all", answers)
    for language in sorted({a.case.language for a in answers}):
        print_measures(f"language {language}", [a for a in answers if a.case.language == language])
    for side in sorted({a.case.favours for a in answers}):
        print_measures(f"favours {side}", [a for a in answers if a.case.favours == side])
    return 0


def print_measures(name: str, answers: Sequence[Answer]) -> None:
    print(f"\n{name}")
    for measure, (hits, n) in measures(answers).items():
        low, high = wilson(hits, n)
        share = f"{100 * hits / n:5.1f} %" if n else "    -"
        print(f"  {measure:24} {hits:4} of {n:4}  {share}  [{100 * low:.1f}, {100 * high:.1f}]")


def _show(a: Answer, everything: bool) -> None:
    state = "ACCUSED" if a.accusing else "WRONG" if a.wrong else "right" if a.right else "open" if a.findings else "MISSED"
    if not everything and state == "right":
        return
    print(f"{state:8} {a.case.id} [{a.label.type}] {'|'.join(sorted(a.label.accept))}: {a.label.sentence[:150]!r} ({a.case.published})")
    for f in dict.fromkeys((*a.findings, *a.accusing)):
        print(f"         {f.id} {f.rule}: {f.verdict} - {f.reason[:220]} «{f.claim.text[:80]}» {f.claim.when.edtf}")


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
