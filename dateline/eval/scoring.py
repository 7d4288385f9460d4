"""How findings are held against labels (DESIGN.md section 6, docs/evaluation.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

from dateline.types import Dossier, Finding
from dateline.verdict import ACCUSING, Verdict

HALF = 0.5  # share of the label's sentence that a finding's span must overlap to answer it (DESIGN.md section 6)

# Which kinds answer a label's type (shared/reports/README.md).
ANSWERS = {
    "control": {"control", "statement"},
    "advance": {"advance", "onset"},
    "strike": {"strike"},
    "media": {"media"},
    "geography": {"geography"},
    "statement": {"statement", "control"},
    "sanction": {"sanction"},
    "aid": {"sanction"},
    "casualties": {"figure"},
    "displacement": {"figure"},
    "figure": {"figure"},
    "annexation": {"control"},
    "duration": {"onset"},
    "onset": {"onset"},
}
FAULTS = frozenset(v.value for v in ACCUSING)


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled claim: where it stands, its type, and the verdicts that are right."""

    sentence: str
    start: int
    end: int
    type: str
    verdict: str
    accept: frozenset[str]

    @property
    def true(self) -> bool:
        """True for a claim that holds and is well dated: accusing it is the worst bug."""
        return self.verdict == "supported"


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled report."""

    id: str
    language: str
    published: date
    title: str
    text: str
    favours: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A label with the findings that answer it, and what became of it."""

    case: Case
    label: Label
    findings: tuple[Finding, ...]
    accusing: tuple[Finding, ...]

    @property
    def verdicts(self) -> frozenset[str]:
        return frozenset(f.verdict.value for f in self.findings)

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """Decided otherwise than the label and what it accepts; unverified is never wrong."""
        return tuple(f for f in self.findings if f.verdict is not Verdict.UNVERIFIED and f.verdict.value not in self.label.accept)

    @property
    def right(self) -> bool:
        return bool(self.verdicts & self.label.accept) and not self.wrong


def load_cases(path: Path) -> tuple[Case, ...]:
    """Labelled reports from a JSONL file of the form of shared/reports/dev-cases.jsonl, or one of a label file."""
    text = path.read_text("utf-8")
    rows = [json.loads(text)] if path.suffix == ".json" else [json.loads(line) for line in text.splitlines() if line.strip()]
    return tuple(_case(row) for row in rows)


def _case(row: dict[str, Any]) -> Case:
    labels = []
    for claim in row["claims"]:
        start = row["text"].find(claim["sentence"])
        if start < 0:
            raise ValueError(f"{row['id']}: label not in the text: {claim['sentence'][:60]!r}")
        accept = frozenset([claim["verdict"], *claim.get("accept", ())])
        labels.append(Label(claim["sentence"], start, start + len(claim["sentence"]), claim["type"], claim["verdict"], accept))
    return Case(
        row["id"],
        row["lang"],
        date.fromisoformat(row["published"]),
        row.get("title", ""),
        row["text"],
        row.get("favours", "unknown"),
        tuple(labels),
    )


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over the gold files, so that a floor always names the data it was measured on."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def answer(case: Case, dossier: Dossier) -> tuple[Answer, ...]:
    """Every label of the case with the findings that answer it by place in the text and by kind."""
    answers = []
    for label in case.labels:
        near = [f for f in dossier.findings if _overlap(f, label) >= HALF * min(label.end - label.start, f.claim.end - f.claim.start)]
        fitting = [f for f in near if label.type not in ANSWERS or f.claim.kind in ANSWERS[label.type] or f.claim.kind == "other"]
        reaching = [f for f in fitting if _overlap(f, label) >= HALF * (label.end - label.start)]
        accusing = tuple(f for f in near if f.verdict.accuses) if label.true else ()
        exact = [f for f in reaching if f.claim.kind == label.type]
        answers.append(Answer(case, label, tuple(exact or reaching), accusing))
    return tuple(answers)


def _overlap(found: Finding, label: Label) -> int:
    return max(0, min(found.claim.end, label.end) - max(found.claim.start, label.start))


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), as two fractions."""
    if n == 0:
        return 0.0, 1.0
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def measures(answers: Sequence[Answer]) -> dict[str, tuple[int, int]]:
    """The measures of DESIGN.md section 6, each as hits of n."""
    true = [a for a in answers if a.label.true]
    faults = [a for a in answers if a.label.verdict in FAULTS]
    checkable = [a for a in answers if a.label.verdict not in ("unverified", "not-checkable")]
    return {
        "false accusations": (sum(bool(a.accusing) for a in true), len(true)),
        "faults caught": (sum(bool(a.verdicts & a.label.accept & FAULTS) for a in faults), len(faults)),
        "true claims supported": (sum("supported" in a.verdicts for a in true), len(true)),
        "labels answered": (sum(bool(a.findings) for a in answers), len(answers)),
        "labels right": (sum(a.right for a in answers), len(answers)),
        "decided wrongly": (sum(bool(a.wrong) for a in answers), len(answers)),
        "checkable decided": (sum(any(f.decided for f in a.findings) for a in checkable), len(checkable)),
    }
