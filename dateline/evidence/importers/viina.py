"""VIINA strike events as CSV: news headlines placed by GeoNames id, one row an event with its article's address."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dateline.evidence.importers.common import Imported, Origin, record, spot, table

META = Origin(
    "viina", "VIINA: Violent Incident Information from News Articles", "VIINA", "https://github.com/zhukovyuri/VIINA",
    "ODbL-1.0", "press", "viina",
)  # fmt: skip
UNUSED = (
    "n_reports", "event_ids_matching", "target_terms", "attack_terms", "ADM2_NAME", "location_bucket", "location_method",
    "nearest_ru_distance_km", "nearest_ru_geonameid", "nearest_ru_name", "a_ukr_init_field", "a_ukr_init", "a_ukr_field",
    "a_ukr", "a_rus_init_field", "a_rus_init", "a_rus_field", "a_rus", "ua_actor_text_terms", "ru_scope_text_terms",
    "ua_actor_text", "ru_scope_text", "representative_text", "TriageStatus", "TriageReason", "CandidateCensusComplete",
    "Stage1Triage", "ADM1_NAME",
)  # fmt: skip


def read(path: Path) -> Imported:
    """One row an event; who struck is left open, for the headline's machine coding does not settle it."""
    out = Imported()
    for line in table(path):
        out.read += 1
        number, day = line.must("event_id_1pd"), line.must("date")
        urls = [u for u in line.pop("source_urls").replace("|", " ").split() if u.startswith("http")]
        papers = line.pop("sources_matching").split("|")
        targets = [t.strip().replace("_", " ").lower() for t in line.pop("target_classes").split("|") if t.strip()]
        geoname, name = line.pop("geonameid"), line.pop("asciiname")
        lat, lon = line.number("latitude"), line.number("longitude")
        line.drop(*UNUSED)
        line.done()
        if not urls or not geoname or lat is None or lon is None:
            out.skip("no article address or no place")
            continue
        try:
            iso = datetime.strptime(day, "%Y%m%d").date().isoformat()  # noqa: DTZ007 - a day, no hour
        except ValueError:
            raise line.error(f"date {day!r} is not YYYYMMDD") from None
        out.place(spot(META, f"geonames:{geoname}", name, lat, lon))
        out.rows.append(record(
            META, id=f"viina-{number}", kind="strike", predicate="struck", subject="|".join(targets),
            place_id=f"geonames:{geoname}", start_min=iso, start_max=iso, known_from=iso, url=urls[0],
            publisher=papers[0] or META.publisher, family="|".join(sorted({p for p in papers if p})) or META.family,
            says=f"A strike was reported at {name}: {', '.join(targets) or 'no target named'}."[:200],
        ))  # fmt: skip
    return out
