"""Dateline: could it have happened there and then?

from dateline import check, open_evidence, read

dossier = check(read("report.txt"), open_evidence())
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Document", "Dossier", "Evidence", "Finding", "Options", "Report", "Verdict", "check", "open_evidence", "read"]

if TYPE_CHECKING:
    from dateline.check import check
    from dateline.evidence import Evidence, open_evidence
    from dateline.options import Options
    from dateline.read import read
    from dateline.types import Document, Dossier, Finding, Report
    from dateline.verdict import Verdict

HOMES = {
    "check": "dateline.check",
    "read": "dateline.read",
    "open_evidence": "dateline.evidence",
    "Evidence": "dateline.evidence",
    "Options": "dateline.options",
    "Report": "dateline.types",
    "Document": "dateline.types",
    "Dossier": "dateline.types",
    "Finding": "dateline.types",
    "Verdict": "dateline.verdict",
}


class _Package(ModuleType):
    """Public names are loaded when first used, so that `dateline --help` stays quick.

    `check` and `read` are also the names of a module and a folder: as an attribute of the package each is
    the function, whichever was imported first (the import system's own assignment is let go).
    """

    def __getattr__(self, name: str) -> Any:
        if name not in HOMES:
            raise AttributeError(f"module 'dateline' has no attribute {name!r}")
        return getattr(import_module(HOMES[name]), name)

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted([*self.__dict__, *__all__])


sys.modules[__name__].__class__ = _Package
