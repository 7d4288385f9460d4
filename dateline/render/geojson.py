"""The findings as GeoJSON (RFC 7946): where the report puts each thing, and where it happened."""

from __future__ import annotations

import json
from typing import Any

from dateline.render.json import dossier_dict
from dateline.types import Dossier

__all__ = ["render_geojson"]


def render_geojson(dossier: Dossier) -> str:
    """A FeatureCollection of points; a finding without a place is kept, with a null geometry.

    `at` is "claimed" (EDTF of the time the report gives) or "happened" (EDTF of the time on record).
    """
    data = dossier_dict(dossier)
    features: list[dict[str, Any]] = []
    for finding in data["findings"]:
        claimed = [w for w in finding["where"] if w["lat"] is not None and w["lon"] is not None]
        features += [_feature(finding, "claimed", w) for w in claimed or [None]]
        happened = finding["happened"]
        if happened and happened["place"]:
            features.append(_feature(finding, "happened", happened["place"]))
    collection = {
        "type": "FeatureCollection",
        "published": data["report"]["published"],
        "report_sha256": data["report"]["sha256"],
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _feature(finding: dict[str, Any], at: str, place: dict[str, Any] | None) -> dict[str, Any]:
    role = place.get("role") if place else None
    happened = finding["happened"]
    point = None
    if place and place["lat"] is not None and place["lon"] is not None:
        point = {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
    return {
        "type": "Feature",
        "id": f"{finding['id']}-{at}" + (f"-{role}" if role else ""),
        "geometry": point,
        "properties": {
            "finding": finding["id"],
            "at": at,
            "role": role,
            "place": place["name"] if place else None,
            "place_id": place["id"] if place else None,
            "edtf": finding["when"]["edtf"] if at == "claimed" else happened["edtf"],
            "kind": finding["kind"],
            "verdict": finding["verdict"],
            "label": finding["label"],
            "text": finding["text"],
            "reason": finding["reason"],
            "off_by_days": finding["off_by_days"],
            "off_by_km": finding["off_by_km"],
        },
    }
