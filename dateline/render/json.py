"""A dossier as JSON: the form that others build on (docs/json.md, docs/dossier.schema.json).

Unknown is null, never absent. Same dossier, same bytes. Order means something (findings in reading order,
candidates best first) or is sorted (packs, options, coverage, signals).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from dateline.render.plain import plain
from dateline.types import (
    Actor,
    Candidate,
    Claim,
    Coverage,
    Dossier,
    Figure,
    Finding,
    Happened,
    Place,
    Record,
    When,
    Where,
)

__all__ = ["SCHEMA_NAME", "dossier_dict", "finding_dict", "render_json", "speaks_for"]

SCHEMA_NAME = "dateline/1"

Json = dict[str, Any]


def render_json(dossier: Dossier) -> str:
    """The dossier as indented JSON in UTF-8 with a final newline."""
    return json.dumps(dossier_dict(dossier), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def dossier_dict(dossier: Dossier) -> Json:
    """The dossier as plain dicts and lists, as docs/dossier.schema.json has it."""
    document, profile = dossier.document, dossier.profile
    data = {
        "schema": SCHEMA_NAME,
        "dateline": {
            "version": dossier.version,
            "rules": dossier.rules,
            "packs": [
                {"name": p.name, "version": p.version, "id": p.id} for p in sorted(dossier.packs, key=lambda p: (p.name, p.version, p.id))
            ],
            "options": dict(sorted(dossier.options.items())),
        },
        "report": {
            "sha256": document.sha256,
            "title": document.title,
            "byline": document.byline,
            "published": dossier.published.isoformat(),
            "language": document.language,
            "url": document.url,
            "text": document.text,
        },
        "headline": dossier.headline,
        "profile": {
            "periods": [{"edtf": p.edtf, "claims": list(p.claims)} for p in profile.periods],
            "dated": profile.dated,
            "in_claimed_time": profile.in_claimed_time,
            "median_months_before": _number(profile.median_months_before, 1),
            "summary": profile.summary,
        },
        "decided": list(dossier.decided),
        "findings": [finding_dict(f) for f in dossier.findings],
        "signals": [
            {"kind": s.kind, "start": s.start, "end": s.end, "note": s.note}
            for s in sorted(dossier.signals, key=lambda s: (s.start is None, s.start or 0, s.kind, s.note))
        ],
    }
    return {key: _clean(value) for key, value in data.items()}


def finding_dict(finding: Finding) -> Json:
    """One finding with its claim, in the order in which it is read: what was said, what was found, why."""
    claim = finding.claim
    return {
        "id": claim.id,
        **_said(claim),
        "verdict": finding.verdict.value,
        "who": _actor(claim.who),
        "whom": _actor(claim.whom),
        "where": [_where(w) for w in claim.where],
        "when": {**_when(claim.when), "alternatives": [_when(a) for a in claim.when.alternatives]},
        "figure": _figure(claim.figure),
        "happened": _happened(finding.happened),
        "off_by_days": finding.off_by_days,
        "off_by_km": _number(finding.off_by_km, 1),
        "before_publication_days": finding.before_publication_days,
        "reason": finding.reason,
        "records": [_record(r) for r in finding.records],
        "coverage": _coverage(finding.coverage),
        "rule": finding.rule,
        "support": finding.support,
        "would_change": finding.would_change,
        "inherited_from": finding.inherited_from,
        "known_then": finding.known_then.value if finding.known_then else None,
    }


def speaks_for(coverage: Coverage) -> str:
    """In words: what a resource is complete for, and how that was measured."""
    kinds = ", ".join(coverage.kinds) or "every kind"
    predicates = f" ({', '.join(coverage.predicates)})" if coverage.predicates else ""
    size = f", places of {coverage.min_population:,} people or more" if coverage.min_population else ""
    days = f"{_day(coverage.start) or '..'}/{_day(coverage.end) or '..'}"
    measured = f"found {coverage.found} of {coverage.n} in {coverage.measured_against}"
    return f"{kinds}{predicates} in {', '.join(coverage.areas) or 'every area'}, {days}{size}; {measured}"


def _said(claim: Claim) -> Json:
    return {
        "sentence": claim.sentence,
        "text": claim.text,
        "label": claim.label,
        "start": claim.start,
        "end": claim.end,
        "kind": claim.kind,
        "predicate": claim.predicate,
        "modality": claim.modality,
    }


def _actor(actor: Actor | None) -> Json | None:
    return {"words": actor.words, "id": actor.id, "side": actor.side} if actor else None


def _where(where: Where) -> Json:
    place = where.place
    return {
        "role": where.role,
        "words": where.words,
        "name": place.name if place else None,
        "id": place.id if place else None,
        "lat": _number(place.lat, 5) if place else None,
        "lon": _number(place.lon, 5) if place else None,
        "candidates": [_candidate(c) for c in where.candidates],
    }


def _candidate(candidate: Candidate) -> Json:
    return {
        "id": candidate.place.id,
        "name": candidate.place.name,
        "p": _number(candidate.p, 4),
        "reason": candidate.reason,
    }


def _when(when: When) -> Json:
    return {
        "edtf": when.edtf,
        "bounds": [_day(d) for d in when.bounds],
        "words": when.words,
        "basis": when.basis,
        "implied": when.implied,
    }


def _figure(figure: Figure | None) -> Json | None:
    if figure is None:
        return None
    return {
        "op": figure.op,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "unit": figure.unit,
        "words": figure.words,
        "population": figure.population,
        "counting_from": _day(figure.counting_from),
        "issuer": figure.issuer,
    }


def _happened(happened: Happened | None) -> Json | None:
    if happened is None:
        return None
    return {"edtf": happened.edtf, "place": _place(happened.place)}


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "id": place.id,
        "name": place.name,
        "lat": _number(place.lat, 5),
        "lon": _number(place.lon, 5),
    }


def _record(record: Record) -> Json:
    return {
        "id": record.id,
        "pack": record.pack,
        "resource": record.resource,
        "source": record.source,
        "publisher": record.publisher,
        "url": record.url,
        "date": _day(record.source_date),
        "known_from": _day(record.known_from),
        "says": record.says,
        "family": record.family,
        "licence": record.licence,
    }


def _coverage(coverage: Iterable[Coverage]) -> list[Json]:
    said = {(c.pack, c.resource, speaks_for(c)) for c in coverage}
    return [{"pack": pack, "resource": name, "speaks_for": words} for pack, name, words in sorted(said)]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float | None, digits: int = 6) -> int | float | None:
    """Whole numbers without a point, others rounded; what is not a number is unknown."""
    if value is None or not math.isfinite(value):
        return None
    rounded = round(value, digits)
    return int(rounded) if rounded == int(rounded) else rounded


def _clean(value: Any) -> Any:
    """Every string made `plain`: no control character, no lone surrogate reaches the file."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value
