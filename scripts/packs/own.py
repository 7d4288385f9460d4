"""packs/ukraine control-regions and control-own: the compact tables of this folder as rows.

Written by hand from the articles they link, one line a state; towns are complete for what nobody maps (held
before the first map, besieged and not taken, 2014) and the battles with an article of their own.
"""

from __future__ import annotations

from pathlib import Path

from gazetteer import Gazetteer
from rows import PACKS, read_rows, write_rows

LICENCE = "CC-BY-SA-4.0"
# Blank columns of a table: its line was written from the article that it links.
ENCYCLOPAEDIA = {"source_date": "", "publisher": "Wikipedia", "source_class": "encyclopaedia", "family": "wikipedia", "licence": LICENCE}
HERE = Path(__file__).parent


def make(gazetteer: Gazetteer) -> None:
    """Writes control-regions.csv and control-own.csv."""
    for table, prefix, name in (
        ("own-regions.csv", "reg", "control-regions"),
        ("own-places.csv", "own", "control-own"),
    ):
        lines = read_rows(HERE / table)
        write_rows(
            PACKS / f"ukraine/sources/{name}.csv",
            [_row(gazetteer, line, f"{prefix}-{n:04d}") for n, line in enumerate(lines, 1)],
        )


def _row(gazetteer: Gazetteer, line: dict[str, str], row_id: str) -> dict[str, object]:
    place = line["place"]
    if ":" not in place:
        region, _, point = line["region"].partition("@")
        near = tuple(float(part) for part in point.split()) if point else None
        place = gazetteer.find([place], region, near)[0].id  # type: ignore[arg-type]
    return {
        "id": row_id,
        "kind": "control",
        "predicate": "held",
        "side": line["side"],
        "place_id": place,
        **{k: line[k] for k in ("start_min", "start_max", "end_min", "end_max", "says", "source", "url")},
        "known_from": line["start_max"],
        **{k: line.get(k) or default for k, default in ENCYCLOPAEDIA.items()},
    }
