"""The tables of the data set, column by column, and the rows that a dossier gives them (docs/batch.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from dateline.batch.duplicates import bands_of
from dateline.render.plain import plain
from dateline.types import Dossier, Finding, Place, Record

__all__ = ["TABLES", "Cells", "failure_row", "rows_of"]

Cells = dict[str, Any]

_PLACE: Final = {"place": "VARCHAR", "place_id": "VARCHAR", "lat": "DOUBLE", "lon": "DOUBLE"}
_HAPPENED: Final = {f"happened_{name}": kind for name, kind in _PLACE.items()}

TABLES: Final[dict[str, dict[str, str]]] = {
    "reports": {
        "report": "VARCHAR",
        "name": "VARCHAR",
        "sha256": "VARCHAR",
        "url": "VARCHAR",
        "title": "VARCHAR",
        "byline": "VARCHAR",
        "publisher": "VARCHAR",
        "published": "DATE",
        "published_basis": "VARCHAR",
        "language": "VARCHAR",
        "words": "INTEGER",
        "headline": "VARCHAR",
        "findings": "INTEGER",
        "decided": "INTEGER",
        "accused": "INTEGER",
        "median_months_before": "DOUBLE",
        "signals": "VARCHAR[]",
        "bands": "UBIGINT[]",
        "sketch": "UINTEGER[]",
    },
    "findings": {
        "report": "VARCHAR",
        "finding": "VARCHAR",
        "published": "DATE",
        "kind": "VARCHAR",
        "verdict": "VARCHAR",
        "rule": "VARCHAR",
        "label": "VARCHAR",
        "sentence": "VARCHAR",
        "text": "VARCHAR",
        "start": "INTEGER",
        "end": "INTEGER",
        "who": "VARCHAR",
        "side": "VARCHAR",
        **_PLACE,
        "country_id": "VARCHAR",
        "claimed": "VARCHAR",
        "claimed_words": "VARCHAR",
        "claimed_start": "DATE",
        "claimed_end": "DATE",
        "implied": "BOOLEAN",
        "happened": "VARCHAR",
        "happened_start": "DATE",
        "happened_end": "DATE",
        **_HAPPENED,
        "off_by_days": "INTEGER",
        "off_by_km": "DOUBLE",
        "before_publication_days": "INTEGER",
        "figure": "VARCHAR",
        "figure_low": "DOUBLE",
        "figure_high": "DOUBLE",
        "inherited_from": "VARCHAR",
        "known_then": "VARCHAR",
        "reason": "VARCHAR",
        "records": "VARCHAR[]",
    },
    "records": {
        "pack": "VARCHAR",
        "id": "VARCHAR",
        "resource": "VARCHAR",
        "kind": "VARCHAR",
        "predicate": "VARCHAR",
        "place_id": "VARCHAR",
        "place_name": "VARCHAR",
        "start_min": "DATE",
        "start_max": "DATE",
        "end_min": "DATE",
        "end_max": "DATE",
        "known_from": "DATE",
        "says": "VARCHAR",
        "source": "VARCHAR",
        "source_date": "DATE",
        "url": "VARCHAR",
        "publisher": "VARCHAR",
        "source_class": "VARCHAR",
        "family": "VARCHAR",
        "licence": "VARCHAR",
    },
    "quantities": {  # what is compared between copies: the figures and dates of a sentence, and the sentence without them
        "report": "VARCHAR",
        "sentence": "UBIGINT",
        "nth": "INTEGER",
        "sort": "VARCHAR",
        "words": "VARCHAR",
        "context": "VARCHAR",
    },
    "failures": {"report": "VARCHAR", "name": "VARCHAR", "url": "VARCHAR", "error": "VARCHAR", "reason": "VARCHAR"},
}


def rows_of(report: str, name: str, dossier: Dossier, sketch: Sequence[int]) -> Iterator[tuple[str, Cells]]:
    """The rows of one report: its own, one a finding, and the records that the findings cite."""
    document = dossier.document
    yield (
        "reports",
        {
            "report": report,
            "name": plain(name),
            "sha256": document.sha256,
            "url": _plain(document.url),
            "title": _plain(document.title),
            "byline": _plain(document.byline),
            "publisher": _plain(document.publisher),
            "published": dossier.published,
            "published_basis": _plain(document.published_basis),
            "language": document.language,
            "words": len(re.findall(r"\w+", document.text)),
            "headline": dossier.headline,
            "findings": len(dossier.findings),
            "decided": dossier.decided[0],
            "accused": sum(f.verdict.accuses for f in dossier.findings),
            "median_months_before": dossier.profile.median_months_before,
            "signals": sorted({s.kind for s in dossier.signals}),
            "bands": bands_of(sketch),
            "sketch": list(sketch),
        },
    )
    for finding in dossier.findings:
        yield "findings", {"report": report, "published": dossier.published, **_finding(finding)}
        yield from (("records", _record(record)) for record in finding.records)


def _finding(found: Finding) -> Cells:
    claim, when, happened, figure = found.claim, found.claim.when, found.happened, found.claim.figure
    place = next((w.place for w in claim.where if w.place is not None), None)
    there = happened.place if happened else None
    return {
        "finding": claim.id,
        "kind": claim.kind,
        "verdict": found.verdict.value,
        "rule": found.rule,
        "label": plain(claim.label),
        "sentence": plain(claim.sentence),
        "text": plain(claim.text),
        "start": claim.start,
        "end": claim.end,
        "who": plain(claim.who.words) if claim.who else None,
        "side": claim.who.side if claim.who else None,
        **_point("", place),
        "country_id": place.country if place else None,
        "claimed": when.edtf,
        "claimed_words": plain(when.words) if when.words else None,
        "claimed_start": when.start_min,
        "claimed_end": when.end_max,
        "implied": when.implied,
        "happened": happened.edtf if happened else None,
        "happened_start": happened.start if happened else None,
        "happened_end": happened.end if happened else None,
        **_point("happened_", there),
        "off_by_days": found.off_by_days,
        "off_by_km": round(found.off_by_km, 1) if found.off_by_km is not None else None,
        "before_publication_days": found.before_publication_days,
        "figure": plain(figure.words) if figure else None,
        "figure_low": figure.low if figure else None,
        "figure_high": figure.high if figure else None,
        "inherited_from": found.inherited_from,
        "known_then": found.known_then.value if found.known_then else None,
        "reason": plain(found.reason),
        "records": [f"{r.pack}/{r.id}" for r in found.records],
    }


def _plain(words: str | None) -> str | None:
    return plain(words) if words else None


def _point(lead: str, place: Place | None) -> Cells:
    return {
        f"{lead}place": place.name if place else None,
        f"{lead}place_id": place.id if place else None,
        f"{lead}lat": place.lat if place else None,
        f"{lead}lon": place.lon if place else None,
    }


def _record(record: Record) -> Cells:
    return {name: getattr(record, name) for name in TABLES["records"]}


def failure_row(report: str, name: str, url: str | None, error: str, reason: str) -> tuple[str, Cells]:
    """A report that could not be checked: which, and why, in one line."""
    said = plain(" ".join(reason.split()))[:500]
    return "failures", {"report": report, "name": plain(name), "url": plain(url) if url else None, "error": error, "reason": said}
