"""`python -m dateline.eval.gate`: accuracy may not fall below the floors pinned in tests/gate/.

Each floor file names its gold files and their digest: a floor speaks for the very data it was measured on. `--update`
writes what was measured, but never lowers a floor unless `--lower` is given too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dateline.eval.nearmiss import make_pairs, told_apart
from dateline.eval.reports import answers_of
from dateline.eval.scoring import digest, load_cases, measures
from dateline.eval.shift import shifted
from dateline.evidence import open_evidence
from dateline.verdict import Verdict
from dateline.where import open_gazetteer

ROOT = Path(__file__).parents[2]
FLOORS = ROOT / "tests" / "gate" / "reports.json"
CEILINGS = frozenset({"false accusations", "decided wrongly", "relative still supported"})  # measures of which less is better
SUBJECTS = ("when", "where")


def measured(gate: dict[str, Any]) -> dict[str, float]:
    """The share of every measure on the gate's gold files."""
    if gate["name"] in MADE:
        return MADE[gate["name"]]()
    cases = [c for path in gate["gold"] for c in load_cases(ROOT / path)]
    table = measures(answers_of(cases, open_evidence()))
    return {name: round(hits / n, 4) if n else 0.0 for name, (hits, n) in table.items()}


def near_misses() -> dict[str, float]:
    """Near-miss pairs of all languages: told apart, of the decided and of all; and told wrongly."""
    evidence, gazetteer = open_evidence(), open_gazetteer()
    pairs = [p for language in ("en", "uk", "ru") for war in evidence.wars for p in make_pairs(war, gazetteer, language)]
    rows = [(t, f) for _, t, f in told_apart(pairs, evidence)]
    apart = sum(t is Verdict.SUPPORTED and f.accuses for t, f in rows)
    wrong = sum(t.accuses or f is Verdict.SUPPORTED for t, f in rows)
    return {"apart of decided": round(apart / (apart + wrong), 4), "apart of all": round(apart / len(rows), 4)}


def told_later() -> dict[str, float]:
    """Claims of the English gold that stay supported when their report is told later."""
    counts = shifted([ROOT / "tests/gold/reports/dev.jsonl", ROOT / "tests/gold/reports/test.jsonl"], open_evidence())
    found = {}
    for kind in ("relative", "dated"):
        n = sum(m for (k, _, _), m in counts.items() if k == kind)
        found[f"{kind} still supported"] = round(sum(m for (k, _, v), m in counts.items() if k == kind and v == "supported") / n, 4)
    return found


MADE = {"near-miss pairs": near_misses, "told later": told_later}


def compare(gate: dict[str, Any], now: dict[str, float]) -> list[str]:
    """What is worse than its floor, in words; empty where all is well."""
    faults = []
    if digest(ROOT / p for p in gate["gold"]) != gate["digest"]:
        faults.append(f"{', '.join(gate['gold'])}: not the data that the floors were measured on; pin them anew with --update")
    for name, floor in sorted(gate["floors"].items()):
        worse = now[name] > floor if name in CEILINGS else now[name] < floor
        if worse:
            faults.append(f"{name}: {now[name]:.4f}, {'ceiling' if name in CEILINGS else 'floor'} {floor:.4f}")
    return faults


def update(gate: dict[str, Any], now: dict[str, float], lower: bool) -> dict[str, Any]:
    """The gate with floors raised to what was measured; lowered only when asked for."""
    floors = dict(gate["floors"])
    for name, value in now.items():
        better = name not in floors or (value < floors[name] if name in CEILINGS else value > floors[name])
        if better or lower:
            floors[name] = value
    return {**gate, "digest": digest(ROOT / p for p in gate["gold"]), "floors": dict(sorted(floors.items()))}


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m dateline.eval.gate")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--lower", action="store_true", help="with --update: also lower them")
    given = parser.parse_args(list(argv))
    gates: list[dict[str, Any]] = json.loads(FLOORS.read_text("utf-8"))
    now = [measured(gate) for gate in gates]
    if given.update:
        gates = [update(gate, found, given.lower) for gate, found in zip(gates, now, strict=True)]
        FLOORS.write_text(json.dumps(gates, indent=1) + "\n", "utf-8")
    faults = []
    for gate, found in zip(gates, now, strict=True):
        faults += [f"{gate['name']}: {fault}" for fault in compare(gate, found)]
        for name, value in sorted(found.items()):
            bound = "at most" if name in CEILINGS else "at least"
            print(f"{gate['name']:16} {name:24} {value:.4f}  {bound} {gate['floors'].get(name, 0.0):.4f}")
    for subject in SUBJECTS:
        if find_spec(f"dateline.eval.{subject}") is not None and (FLOORS.parent / f"{subject}.json").exists():
            faults += [f"{subject}: {fault}" for fault in import_module(f"dateline.eval.{subject}").check_gate()]
    for fault in faults:
        print(f"BELOW THE FLOOR {fault}", file=sys.stderr)
    print(f"gate: {'failed' if faults else 'passed'}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
