"""Cut Golos Text and Literata (SIL Open Font License 1.1) to the letters that a page needs.

    npm install @fontsource-variable/golos-text@5.3.0 @fontsource-variable/literata@5.3.0
    uv venv /tmp/fonts && uv pip install -p /tmp/fonts fonttools brotli
    /tmp/fonts/bin/python scripts/cut_fonts.py node_modules

Latin and Cyrillic for English, Ukrainian, Russian and the western and central European names that reports
hold; other scripts fall back to the reader's own fonts. The files go to dateline/render/static.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).parents[1] / "dateline/render/static"
LATIN = (
    "U+0020-007E,U+00A0-00FF,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2032,U+2033,U+2039,U+203A,"
    "U+20AC,U+2116,U+2190-2193,U+2212"
)
CYRILLIC = "U+0400-045F,U+0490,U+0491,U+02BC"
# (family, file of the package, range of weights that the page uses)
FONTS = {
    "golos-text": ("golos-text/files/golos-text-{script}-wght-normal.woff2", (400, 700)),
    "literata": ("literata/files/literata-{script}-wght-normal.woff2", (400, 700)),
}


def cut(path: Path, unicodes: str, weights: tuple[int, int], out: Path) -> None:
    font = TTFont(path)
    options = subset.Options(
        flavor="woff2",
        layout_features=["kern", "liga", "mark", "mkmk", "locl", "ccmp", "tnum"],
        hinting=False,
    )
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence stay in the file
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": weights}, inplace=True)
    font.flavor = "woff2"
    font.save(out)
    print(out.name, out.stat().st_size)


def main(modules: Path) -> None:
    OUT.mkdir(exist_ok=True)
    for name, (pattern, weights) in FONTS.items():
        for script, unicodes in (("latin", LATIN), ("cyrillic", CYRILLIC)):
            cut(
                modules / "@fontsource-variable" / pattern.format(script=script),
                unicodes,
                weights,
                OUT / f"{name}-{script}.woff2",
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
