"""How long a page takes: 1,000 dossiers of 1 to 40 claims over many places, drawn one after another.

    python bench/render.py [N]

Aim (issue 3): 10 ms a dossier at most. The time of the first page (templates, fonts, map) is given apart.
"""

from __future__ import annotations

import gc
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
    gc.collect()
    gc.freeze()  # the thousand dossiers held here are the bench's own: tracing them again and again is no part of a page
    renderers = (render_html, render_json, render_csv, render_geojson, render_text)
    for render in renderers:
        times = [timed(render, d) for d in dossiers]
        mean, median, worst = (
            statistics.mean(times),
            statistics.median(times),
            statistics.quantiles(times, n=100)[98],
        )
        name = render.__name__.removeprefix("render_")
        print(f"{name:8} mean {mean:5.1f} ms   median {median:5.1f}   99th of 100 {worst:5.1f}")
    size = len(render_html(dossiers[10]).encode())
    print(f"page of 11 claims: {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
