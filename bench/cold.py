"""Cold start: one report to JSON in a new process; seconds and peak memory, best and median of several runs.

    python bench/cold.py [REPORT] [--runs 5]
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "old-news-as-new.txt"


def run(report: Path, extra: list[str]) -> tuple[float, float]:
    """Seconds on the wall and peak memory in MB of a whole `dateline check REPORT --format json`."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "dateline.cli", "check", str(report), "--format", "json", *extra], stdout=subprocess.DEVNULL)
    _, status, usage = __import__("os").wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the check failed with status {status}")
    return time.perf_counter() - before, usage.ru_maxrss / (1 if platform.system() == "Darwin" else 1024) / (
        1024 if platform.system() == "Darwin" else 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--published", help="passed on to dateline check")
    given = parser.parse_args()
    extra = ["--published", given.published] if given.published else []
    runs = [run(given.report, extra) for _ in range(given.runs)]
    seconds = [s for s, _ in runs]
    print(f"{given.report.name}: best {min(seconds):.2f} s, median {statistics.median(seconds):.2f} s of {len(runs)} cold runs, "
          f"peak {max(m for _, m in runs):.0f} MB; Python {platform.python_version()}, {platform.machine()}")


if __name__ == "__main__":
    main()
