"""Bellingcat's incidents of civilian harm as JSON: day, point and addresses; its descriptions are not taken over."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import PackError
from dateline.evidence.importers.common import Fields, Imported, Origin, objects, point_id, record, spot

META = Origin(
    "bellingcat", "Civilian harm in Ukraine", "Bellingcat", "https://ukraine.bellingcat.com/",
    "LicenseRef-local-only", "monitor", "bellingcat",
)  # fmt: skip


def read(path: Path) -> Imported:
    """One row an incident, for a desk's own use: the rights lie with third parties, so such rows stay local."""
    out = Imported()
    incidents = objects(path)
    if not isinstance(incidents, list):
        raise PackError(f"{path}: not a list of incidents; is this the right importer?")
    for number, values in enumerate(incidents, 1):
        out.read += 1
        line = Fields(str(path), number, values)
        day, lat, lon = line.must("date"), line.number("latitude"), line.number("longitude")
        urls = [str(u).split()[0] for u in values.get("sources") or () if str(u).startswith("http")]
        where = line.pop("location") or "a point"
        line.drop("sources", "description")
        line.done()
        if lat is None or lon is None or not urls:
            out.skip("no coordinates or no address")
            continue
        place = point_id("bellingcat", lat, lon)
        out.place(spot(META, place, where[:80], lat, lon))
        out.rows.append(record(
            META, id=f"bellingcat-{number:05d}", kind="strike", predicate="struck", place_id=place, start_min=day,
            start_max=day, known_from=day, url=str(urls[0]), says=f"An incident of civilian harm was recorded on {day}.",
        ))  # fmt: skip
    return out
