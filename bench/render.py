"""How long a page takes: 1,000 dossiers of 1 to 40 claims over many places, drawn one after another.

    python bench/render.py [N]

Aim (issue 3): 10 ms a dossier at most. The time of the first page (templates, fonts, map) is given apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sample_dossier import sample_dossier  # noqa: E402

from dateline.render import render_csv, render_geojson, render_html, render_json, render_text  # noqa: E402
from dateline.types import Dossier  # noqa: E402


def timed(render, dossier: Dossier) -> float:
    """Milliseconds of processor time: what it costs, whoever else is at work on the machine."""
    start = time.process_time()
    render(dossier)
    return (time.process_time() - start) * 1000


def main(n: int) -> None:
    dossiers = [sample_dossier(1 + i % 40) for i in range(n)]
    claims = sum(len(d.findings) for d in dossiers) / n
    print(f"{n} dossiers, {claims:.1f} claims on average")
    print(f"first page, with templates, fonts and map to load: {timed(render_html, dossiers[0]):.0f} ms")
    for name, render in (
        ("html", render_html), ("json", render_json), ("csv", render_csv), ("geojson", render_geojson),
        ("text", render_text),
    ):  # fmt: skip
        times = [timed(render, d) for d in dossiers]
        worst = statistics.quantiles(times, n=100)[98]
        print(
            f"{name:8} mean {statistics.mean(times):5.1f} ms   median {statistics.median(times):5.1f}   99th {worst:5.1f}"
        )
    size = len(render_html(dossiers[10]).encode())
    print(f"page of 11 claims: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
