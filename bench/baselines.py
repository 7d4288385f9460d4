"""Near-miss pairs and gold labels through word matchers, beside Dateline, in one run: what date and place sense is worth.

    python bench/baselines.py                       # BM25 of our own
    python bench/baselines.py --groundrails PYTHON  # and groundrails 1.1.2, by the interpreter of an environment that has it

groundrails pulls in torch, so it lives in an environment of its own (`uv venv X && uv pip install --python X/bin/python
groundrails==1.1.2`), never in tests or CI. A matcher has no verdicts: it calls supported what matches well enough.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from pathlib import Path

from dateline.eval.nearmiss import make_pairs, told_apart
from dateline.eval.scoring import FAULTS, load_cases
from dateline.evidence import Evidence, open_evidence
from dateline.verdict import Verdict
from dateline.where import open_gazetteer

K1, B = 1.2, 0.75  # the usual constants (Robertson and Zaragoza 2009)
GOOD = 0.5  # of the score that a sentence has with itself: half of its weight is met
GOLD = Path(__file__).parents[1] / "tests" / "gold" / "reports"


class BM25:
    """Best match of a sentence among texts, as a share of the best that it could have."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.documents = [Counter(_tokens(t)) for t in texts]
        self.lengths = [sum(d.values()) for d in self.documents]
        self.mean = sum(self.lengths) / max(1, len(self.lengths))
        self.postings: dict[str, list[int]] = defaultdict(list)
        for n, document in enumerate(self.documents):
            for token in document:
                self.postings[token].append(n)

    def best(self, text: str) -> tuple[float, int]:
        scores: Counter[int] = Counter()
        most = 0.0
        for token in set(_tokens(text)):
            found = self.postings.get(token, ())
            weight = log(1 + (len(self.documents) - len(found) + 0.5) / (len(found) + 0.5))
            most += weight * (K1 + 1) / (1 + K1)
            for n in found:
                count = self.documents[n][token]
                norm = K1 * (1 - B + B * self.lengths[n] / self.mean)
                scores[n] += weight * count * (K1 + 1) / (count + norm)  # type: ignore[assignment]
        if not scores:
            return 0.0, -1
        n, score = max(scores.items(), key=lambda pair: (pair[1], -pair[0]))
        return score / most, n


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def texts_of(evidence: Evidence) -> list[str]:
    """Every record as a text with its day and place, so that a matcher may find those too."""
    return [f"{r.says} {r.place_name or ''} {r.start_min or ''}" for r in evidence.records()]


def groundrails(python: str, pairs: Sequence[tuple[str, str]], source: Sequence[str]) -> list[tuple[float, float]]:
    """Its probabilities for the two sentences of each pair, each against the record that BM25 finds for the true one."""
    code = (
        "import json, sys, groundrails\n"
        "groundrails.init()\n"
        "for line in sys.stdin:\n"
        "    claims, text = json.loads(line)\n"
        "    found = [groundrails.ground(c, {'s': text}, semantic=False, ignore_language=True) for c in claims]\n"
        "    print('>' + json.dumps([f.verdict_probability for f in found]), flush=True)\n"
    )
    lines = "\n".join(json.dumps([list(p), s]) for p, s in zip(pairs, source, strict=True))
    with tempfile.TemporaryDirectory() as folder:  # it writes its settings where it runs
        done = subprocess.run([python, "-c", code], input=lines, capture_output=True, text=True, check=True, cwd=folder)
    return [tuple(json.loads(line[1:])) for line in done.stdout.splitlines() if line.startswith(">")]


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--groundrails", metavar="PYTHON", help="interpreter of an environment with groundrails 1.1.2")
    parser.add_argument("--sample", type=int, default=60)
    given = parser.parse_args(list(argv))
    evidence = next(w for w in open_evidence().wars if any(p.name == "ukraine" for p in w.packs))
    texts = texts_of(evidence)
    matcher = BM25(texts)
    pairs = make_pairs(evidence, open_gazetteer(), "en", given.sample)
    rows = told_apart(pairs, evidence)
    n = len(rows)
    ours = sum(t is Verdict.SUPPORTED and f.accuses for _, t, f in rows)
    kept = sum(f is Verdict.SUPPORTED for _, _, f in rows)
    both = [(matcher.best(p.true[0])[0], matcher.best(p.false[0])[0]) for p in pairs]
    print(f"near-miss pairs: {n}")
    print(f"  {'':22} {'true supported':>15} {'false supported':>16} {'told apart':>11} {'false scored as high':>21}")
    print(f"  {'Dateline':22} {_share(sum(t is Verdict.SUPPORTED for _, t, _ in rows), n)} {_share(kept, n)} {_share(ours, n)} {'-':>21}")
    _matched("BM25, best record", both, GOOD)
    if given.groundrails:
        source = [texts[matcher.best(p.true[0])[1]] for p in pairs]
        _matched("groundrails 1.1.2", groundrails(given.groundrails, [(p.true[0], p.false[0]) for p in pairs], source), GOOD)
    labels = [x for c in load_cases(GOLD / "dev.jsonl") for x in c.labels]
    true = [x for x in labels if x.true]
    faulty = [x for x in labels if x.verdict in FAULTS]
    print(
        "labels of the English dev reports, BM25:"
        f" {_share(sum(matcher.best(x.sentence)[0] >= GOOD for x in true), len(true))} of the true supported,"
    )
    print(f"  {_share(sum(matcher.best(x.sentence)[0] >= GOOD for x in faulty), len(faulty))} of the faulty supported")
    return 0


def _matched(name: str, scores: Sequence[tuple[float, float]], good: float) -> None:
    n = len(scores)
    true, false = sum(t >= good for t, _ in scores), sum(f >= good for _, f in scores)
    apart = sum(t >= good > f for t, f in scores)
    print(f"  {name:22} {_share(true, n)} {_share(false, n)} {_share(apart, n)} {_share(sum(f >= t for t, f in scores), n)}")


def _share(hits: int, n: int) -> str:
    return f"{hits:5} {100 * hits / max(1, n):5.1f} %"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
