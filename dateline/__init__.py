"""Dateline: could it have happened there and then?

    from dateline import check, open_evidence, read

    dossier = check(read("report.txt"), open_evidence())
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Document", "Dossier", "Evidence", "Finding", "Options", "Report", "Verdict", "check", "open_evidence", "read"]

if TYPE_CHECKING:
    from dateline.flow import check
    from dateline.evidence import Evidence, open_evidence
    from dateline.options import Options
    from dateline.read import read
    from dateline.types import Document, Dossier, Finding, Report
    from dateline.verdict import Verdict

HOMES = {
    "check": "dateline.flow", "read": "dateline.read", "open_evidence": "dateline.evidence", "Evidence": "dateline.evidence",
    "Options": "dateline.options", "Report": "dateline.types", "Document": "dateline.types", "Dossier": "dateline.types",
    "Finding": "dateline.types", "Verdict": "dateline.verdict",
}


def __getattr__(name: str) -> Any:
    """Public names are loaded when first used, so that `import dateline` and `dateline --help` stay quick."""
    if name not in HOMES:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
