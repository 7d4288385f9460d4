"""A dossier drawn: page, JSON, table, map data, terminal. A renderer takes a Dossier and gives text."""

from __future__ import annotations

from dateline.render.csv import render_csv
from dateline.render.explain import explain, explain_json
from dateline.render.geojson import render_geojson
from dateline.render.html import IndexEntry, render_html, render_index
from dateline.render.json import dossier_dict, render_json
from dateline.render.schema import load_dossier
from dateline.render.text import render_text

__all__ = [
    "IndexEntry",
    "dossier_dict",
    "explain",
    "explain_json",
    "load_dossier",
    "render_csv",
    "render_geojson",
    "render_html",
    "render_index",
    "render_json",
    "render_text",
]
