"""The findings as a table: one row a claim, for a spreadsheet or a data frame."""

from __future__ import annotations

import csv
import io

from dateline.render.json import finding_dict
from dateline.render.plain import one_line
from dateline.types import Dossier, Finding

__all__ = ["COLUMNS", "render_csv"]

COLUMNS = (
    "id", "verdict", "kind", "predicate", "label", "text", "sentence", "start", "end", "who", "side",
    "place_role", "place", "place_id", "lat", "lon", "claimed_edtf", "claimed_words", "claimed_implied",
    "figure", "happened_edtf", "happened_place", "happened_place_id", "happened_lat", "happened_lon",
    "off_by_days", "off_by_km", "before_publication_days", "reason", "rule", "records", "sources",
    "inherited_from", "known_then", "published", "report_sha256",
)  # fmt: skip


def render_csv(dossier: Dossier) -> str:
    """RFC 4180 with a header and CRLF; unknown is an empty cell, several values are split by ` | `.

    Cells that a spreadsheet would run as a formula (they begin with = + - @) get an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for finding in dossier.findings:
        row = _row(finding)
        row |= {"published": dossier.published.isoformat(), "report_sha256": dossier.document.sha256}
        writer.writerow({column: _cell(row[column]) for column in COLUMNS})
    return out.getvalue()


def _row(finding: Finding) -> dict[str, object]:
    data = finding_dict(finding)
    who, figure = data["who"] or {}, data["figure"] or {}
    where = data["where"][0] if data["where"] else {}
    happened = data["happened"] or {}
    there = happened.get("place") or {}
    return data | {
        "who": who.get("words"),
        "side": who.get("side"),
        "place_role": where.get("role"),
        "place": where.get("name") or where.get("words"),
        "place_id": where.get("id"),
        "lat": where.get("lat"),
        "lon": where.get("lon"),
        "claimed_edtf": data["when"]["edtf"],
        "claimed_words": data["when"]["words"],
        "claimed_implied": data["when"]["implied"],
        "figure": figure.get("words"),
        "happened_edtf": happened.get("edtf"),
        "happened_place": there.get("name"),
        "happened_place_id": there.get("id"),
        "happened_lat": there.get("lat"),
        "happened_lon": there.get("lon"),
        "records": " | ".join(r["id"] for r in data["records"]),
        "sources": " | ".join(dict.fromkeys(r["url"] for r in data["records"] if r["url"])),
    }


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = one_line(value)
        return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
    return value
