"""Countries by their ISO code, for whatever war a pack is about."""

from __future__ import annotations

import csv
from pathlib import Path

__all__ = ["COUNTRIES"]


def _read() -> dict[str, str]:
    with Path(__file__).with_name("countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["place_id"] for row in csv.DictReader(lines)}


COUNTRIES = _read()  # ISO 3166 code -> place id of the country (GeoNames)
