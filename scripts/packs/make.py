"""Makes the generated CSV files of packs/ from /work/shared/data. Run: .venv/bin/python scripts/packs/make.py

What is written by hand (datapackage.json, calendar, annexations, control-own, statements …) is not touched.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import mapped  # noqa: E402
import places  # noqa: E402
from gazetteer import Gazetteer  # noqa: E402


def main() -> None:
    gazetteer = Gazetteer()
    ids = mapped.make(gazetteer)
    print("ukraine-mapped places", places.write_places("ukraine-mapped", ids, gazetteer))


if __name__ == "__main__":
    main()
