"""Evidence: what is known, by whom, since when, and where it is blind.

Packs (packs/<name>/, docs/packs.md) are read and refused in pack.py, built in build.py, asked in store.py.
"""

from __future__ import annotations

from dateline.evidence.control import families, state_on
from dateline.evidence.store import Evidence, open_evidence

__all__ = ["Evidence", "families", "open_evidence", "state_on"]
