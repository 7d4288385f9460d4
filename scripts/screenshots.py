"""Pictures of the real page for docs/pictures/: python scripts/screenshots.py [REPORT]

Without REPORT the invented sample of tests/sample_dossier.py is drawn. Needs Chromium (make browser).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from dateline.render import render_html  # noqa: E402
from dateline.types import Dossier  # noqa: E402

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
# name, width and height of the picture, theme
PICTURES = (
    ("page", 1440, 1900, "light"),
    ("page-dark", 1440, 1900, "dark"),
    ("page-phone", 390, 2600, "light"),
)


def dossier_of(report: Path | None) -> Dossier:
    if report is None:
        from sample_dossier import sample_dossier

        return sample_dossier(11)
    from dateline import check, open_evidence, read

    return check(read(report), open_evidence())


def shoot(browser: Browser, address: str, out: Path, claim: str | None) -> None:
    for name, width, height, theme in PICTURES:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
        page.goto(address + (f"#{claim}" if claim else ""))
        page.evaluate("document.fonts.ready")
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=out / f"{name}.png")
        print(out / f"{name}.png")
        page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", nargs="?", type=Path)
    parser.add_argument("--claim", help="id of the claim to choose, such as c4")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/pictures")
    args = parser.parse_args()
    chromium = os.environ.get("DATELINE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("no Chromium here; make browser installs it")
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(render_html(dossier_of(args.report)), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        shoot(browser, file.as_uri(), args.out, args.claim)
        browser.close()


if __name__ == "__main__":
    main()
