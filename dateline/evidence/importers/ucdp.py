"""UCDP Georeferenced Event Dataset (GED) as CSV: dated, placed events with deaths as a range."""

from __future__ import annotations

from pathlib import Path

from dateline.evidence.importers.common import Imported, Origin, point_id, record, spot, table

META = Origin(
    "ucdp", "UCDP Georeferenced Event Dataset", "Uppsala Conflict Data Program", "https://ucdp.uu.se/downloads/",
    "CC-BY-4.0", "monitor", "ucdp",
)  # fmt: skip
# Type of violence: 1 state-based, 2 non-state, 3 one-sided (UCDP GED codebook, section 4.1).
KINDS = {"1": ("onset", "battle"), "2": ("onset", "battle"), "3": ("strike", "struck")}
ISO = {"Ukraine": "UA", "Russia (Soviet Union)": "RU"}
UNUSED = (
    "relid", "year", "active_year", "code_status", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id",
    "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "adm_1", "adm_2", "geom_wkt", "priogrid_gid", "country_id", "region", "event_clarity", "date_prec",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "gwnoa", "gwnob", "iso3",
)  # fmt: skip


def read(path: Path) -> Imported:
    """One row an event: best, low and high deaths; the place is the event's point."""
    out = Imported()
    for line in table(path):
        out.read += 1
        number, lat, lon = line.must("id"), line.number("latitude"), line.number("longitude")
        start = line.must("date_start")[:10]
        end = line.pop("date_end", start)[:10] or start
        where = " ".join(line.pop("where_description").split()) or "a point"
        best, low, high = line.number("best"), line.number("low"), line.number("high")
        given = [n for n in (low, best, high) if n is not None]  # a best above the high is in the data
        kind, predicate = KINDS.get(line.pop("type_of_violence"), ("onset", "battle"))
        sides = f"{line.pop('side_a')} and {line.pop('side_b')}"
        country = line.pop("country")
        line.drop(*UNUSED)
        line.done()
        if lat is None or lon is None:
            out.skip("no coordinates")
            continue
        place = point_id("ucdp", lat, lon)
        out.place(spot(META, place, where[:80], lat, lon, country=ISO.get(country, "")))
        out.rows.append(record(
            META, id=f"ucdp-{number}", kind=kind, predicate=predicate, place_id=place, start_min=start, start_max=end,
            end_min=start, end_max=end, known_from=end, unit="killed",
            value_low=min(given, default=""), value_best=best, value_high=max(given, default=""),
            population="people", says=f"UCDP recorded an event of violence between {sides}."[:200],
        ))  # fmt: skip
    if out.read != len(out.rows) + sum(out.left_out.values()):
        raise line.error("a line was lost")
    return out
