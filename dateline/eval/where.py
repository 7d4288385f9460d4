"""Measures the geoparser: `python -m dateline.eval.where [gold|...]` prints the tables of docs/where.md.

Own gold: tests/gold/where/reports.jsonl. Every toponym counts; one that was not found or not resolved is wrong.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.types import Where
from dateline.where import Gazetteer, find_places, open_gazetteer

__all__ = ["Score", "check_gate", "digest", "gold_scores", "list_scores", "main"]

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests/gold/where/reports.jsonl"
UNSEEN = ROOT / "tests/gold/where/reports-2.jsonl"  # labelled after the weights were set, nothing tuned on it
LISTS = {name: ROOT / f"tests/gold/where/{name}.csv" for name in ("spellings", "inflections")}
GATE = ROOT / "tests/gate/where.json"


@dataclass
class Score:
    """Counts of one run: toponyms with an id, those found, those found with their id, and false alarms."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    answered: int = 0
    alarms: int = 0
    confidence: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0

    @property
    def accuracy(self) -> float:
        return self.exact / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        return self.exact / (self.answered + self.alarms) if self.answered + self.alarms else 0.0

    def calibration_error(self, bins: int = 10) -> float:
        """Expected calibration error of the top probability over the resolved toponyms, ten bins of equal width."""
        held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
        for p, right in self.confidence:
            held[min(bins - 1, int(p * bins))].append((p, right))
        gap = sum(abs(sum(p for p, _ in b) - sum(r for _, r in b)) for b in held)
        return gap / len(self.confidence) if self.confidence else 0.0

    def add(self, other: Score) -> None:
        for name in ("gold", "found", "exact", "answered", "alarms"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.confidence += other.confidence


def score_document(found: Sequence[Where], labels: Sequence[dict[str, Any]], gazetteer: Gazetteer) -> tuple[Score, list[str]]:
    """One document against its labels, and a line for each fault."""
    score, faults = Score(), []
    canonical = {label["id"]: p.id if (p := gazetteer.get(label["id"])) else label["id"] for label in labels if label["id"]}
    for label in labels:
        if label["id"] is None:
            continue
        score.gold += 1
        over = [w for w in found if w.start < label["end"] and label["start"] < w.end]
        score.found += bool(over)
        answers = [w for w in over if w.place]
        right = any(w.place and w.place.id == canonical[label["id"]] for w in answers)
        score.exact += right
        if answers:
            score.answered += 1
            score.confidence.append((answers[0].candidates[0].p, right))
        if not right:
            got = answers[0].place.id if answers and answers[0].place else "unresolved" if over else "not found"
            faults.append(f"{label['name']} ({label['id']}): {got}")
    for w in found:
        if w.place and not any(w.start < t["end"] and t["start"] < w.end for t in labels):
            score.alarms += 1
            faults.append(f"false alarm: {w.words} ({w.place.id})")
    return score, faults


def gold_scores(gazetteer: Gazetteer, verbose: bool = False, path: Path = GOLD) -> dict[str, Score]:
    """Scores on a gold file, by language and in all."""
    scores: dict[str, Score] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        found = find_places(report["text"], gazetteer, language=report["language"], theatre=report["theatre"])
        score, faults = score_document(found, report["toponyms"], gazetteer)
        for key in (report["language"], "all"):
            scores.setdefault(key, Score()).add(score)
        if verbose:
            for fault in faults:
                print(f"  {report['id']}: {fault}")
    return scores


def list_scores(gazetteer: Gazetteer) -> dict[str, tuple[int, int, int]]:
    """For each list of written forms: how many, how many lead to their place at all, and as the first answer."""
    out = {}
    for name, path in LISTS.items():
        found = first = n = 0
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                n += 1
                answers = [p.id for p in gazetteer.lookup(row.get("spelling") or row["form"])]
                found += row["id"] in answers
                first += answers[:1] == [row["id"]]
        out[name] = (n, found, first)
    return out


def digest() -> str:
    """SHA-256 of the gold files, in a fixed order: floors hold for these and no others."""
    return hashlib.sha256(b"".join(p.read_bytes() for p in (GOLD, *LISTS.values()))).hexdigest()


def check_gate(gazetteer: Gazetteer | None = None) -> list[str]:
    """What fell below the floors of tests/gate/where.json; [] when all hold. The digest pins the gold file."""
    gate = json.loads(GATE.read_text(encoding="utf-8"))
    gazetteer = gazetteer or open_gazetteer()
    faults = []
    if gate["gold_sha256"] != digest():
        faults.append(f"the gold in tests/gold/where is not the one the floors were set on ({digest()})")
    scores = gold_scores(gazetteer)
    for language, floors in gate["floors"].items():
        for name, floor in floors.items():
            if (value := getattr(scores[language], name)) < floor:
                faults.append(f"{language}: {name} {value:.3f} is below its floor {floor}")
    if (error := scores["all"].calibration_error()) > gate["calibration_error_at_most"]:
        faults.append(f"calibration error {error:.3f} is above {gate['calibration_error_at_most']}")
    for name, (n, found, _) in list_scores(gazetteer).items():
        if found / n < gate["lists"][name]:
            faults.append(f"{name}: {found} of {n} is below its floor {gate['lists'][name]}")
    return faults


def _print_gold(gazetteer: Gazetteer, verbose: bool) -> None:
    for name, path in (("own gold (66 conflict reports)", GOLD), ("21 reports never tuned on", UNSEEN)):
        print(f"{name:31}  n  found%  exact id%  precision%  calibration error")
        for language, s in sorted(gold_scores(gazetteer, verbose, path).items()):
            rates = f"{100 * s.recall:7.1f} {100 * s.accuracy:10.1f} {100 * s.precision:11.1f}"
            print(f"  {language:28} {s.gold:4} {rates} {s.calibration_error():14.3f}")


def _print_lists(gazetteer: Gazetteer) -> None:
    for name, (n, found, first) in list_scores(gazetteer).items():
        print(f"{name}: {n} forms, {100 * found / n:.1f} % lead to their place, {100 * first / n:.1f} % as the first answer")


def _print_speed(gazetteer: Gazetteer) -> None:
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    text = "\n\n".join(texts)
    find_places(text, gazetteer)
    start = time.process_time()
    find_places(text, gazetteer)
    spent = time.process_time() - start
    print(f"speed: {len(text.split()) / spent:,.0f} words per CPU-second (dense conflict text, one process)")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m dateline.eval.where", description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="print each fault on the own gold")
    parser.add_argument(
        "--corpora", action="store_true", help="train and test on the field's corpora too (minutes; needs shared/data, lightgbm)"
    )
    parser.add_argument("--seed", type=int, default=None, help="seed of the training for --corpora")
    args = parser.parse_args(argv)
    gazetteer = open_gazetteer()
    _print_gold(gazetteer, args.verbose)
    _print_lists(gazetteer)
    _print_speed(gazetteer)
    if args.corpora:
        from dateline.eval.corpora_tables import print_tables
        from dateline.eval.training import SEED

        print_tables(gazetteer, SEED if args.seed is None else args.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
