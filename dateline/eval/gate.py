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

from dateline.eval.reports import answers_of
from dateline.eval.scoring import digest, load_cases, measures
from dateline.evidence import open_evidence

ROOT = Path(__file__).parents[2]
FLOORS = ROOT / "tests" / "gate" / "reports.json"
CEILINGS = frozenset({"false accusations", "decided wrongly"})  # measures of which less is better
SUBJECTS = ("when", "where")


def measured(gate: dict[str, Any]) -> dict[str, float]:
    """The share of every measure on the gate's gold files."""
    cases = [c for path in gate["gold"] for c in load_cases(ROOT / path)]
    table = measures(answers_of(cases, open_evidence()))
    return {name: round(hits / n, 4) if n else 0.0 for name, (hits, n) in table.items()}


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
    gate = json.loads(FLOORS.read_text("utf-8"))
    now = measured(gate)
    if given.update:
        FLOORS.write_text(json.dumps(update(gate, now, given.lower), indent=1) + "\n", "utf-8")
        gate = json.loads(FLOORS.read_text("utf-8"))
    faults = [f"reports: {fault}" for fault in compare(gate, now)]
    for name, value in sorted(now.items()):
        print(f"reports: {name:24} {value:.4f}  {'at most' if name in CEILINGS else 'at least'} {gate['floors'].get(name, 0.0):.4f}")
    for subject in SUBJECTS:
        if find_spec(f"dateline.eval.{subject}") is not None and (FLOORS.parent / f"{subject}.json").exists():
            faults += [f"{subject}: {fault}" for fault in import_module(f"dateline.eval.{subject}").check_gate()]
    for fault in faults:
        print(f"BELOW THE FLOOR {fault}", file=sys.stderr)
    print(f"gate: {'failed' if faults else 'passed'}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
