"""Evidence: what is known, by whom, since when, and where it is blind.

Packs (packs/<name>/, docs/packs.md) are read and refused in pack.py, built in build.py, asked in store.py.
"""

from __future__ import annotations

from dateline.evidence.control import families, held_throughout, state_on
from dateline.evidence.store import Evidence, open_evidence

__all__ = ["Evidence", "families", "held_throughout", "open_evidence", "state_on"]
