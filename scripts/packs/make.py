"""Makes the generated CSV files of packs/ from /work/shared/data. Run: .venv/bin/python scripts/packs/make.py

What is written by hand (datapackage.json, calendar, annexations, control-own, statements …) is not touched.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import figures  # noqa: E402
import kse  # noqa: E402
import mapped  # noqa: E402
import own  # noqa: E402
import places  # noqa: E402
import wikipedia  # noqa: E402
from gazetteer import Gazetteer  # noqa: E402
from rows import PACKS, read_rows  # noqa: E402


def main() -> None:
    gazetteer = Gazetteer()
    ids = mapped.make(gazetteer)
    print("ukraine-mapped places", places.write_places("ukraine-mapped", ids, gazetteer))
    figures.make()
    kse.make(gazetteer)
    own.make(gazetteer)
    wikipedia.make(gazetteer, mapped.chains(gazetteer))
    print("ukraine places", places.write_places("ukraine", named(), gazetteer, "places-own.csv"))


def named() -> set[str]:
    """Every place id that a row of packs/ukraine names, whoever wrote the row, but those of places-*.csv."""
    files = sorted((PACKS / "ukraine/sources").glob("*.csv"))
    rows = [row for f in files if not f.name.startswith("places") for row in read_rows(f)]
    elsewhere = {row["id"] for f in files if f.name.startswith("places-") for row in read_rows(f)}
    return {row["place_id"] for row in rows if row.get("place_id")} - elsewhere


if __name__ == "__main__":
    main()
