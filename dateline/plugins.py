"""Where everything is plugged in: readers, kinds, importers and renderers, ours in one list each.

A stranger's come in by the same door, as entry points of the groups `dateline.kinds`, `dateline.readers`,
`dateline.importers` and `dateline.renderers`; each entry point names a module of the same shape as ours.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

KINDS = ("control", "advance", "onset", "strike", "figure", "statement", "sanction", "geography", "media")
RENDERERS = ("html", "json", "text", "csv", "geojson")
READERS = ("text", "html")


@cache
def kinds() -> dict[str, ModuleType]:
    """Every kind of claim by name, built-in first, then plugged in (in the order of their names)."""
    table = {name: import_module(f"dateline.kinds.{name}") for name in KINDS}
    for point in sorted(entry_points(group="dateline.kinds"), key=lambda p: p.name):
        module = point.load()
        table[module.name] = module
    return table
