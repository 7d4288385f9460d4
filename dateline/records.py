"""The shapes of evidence: what is asked, what a pack answers, and where a pack is complete; all frozen.

Everything else finds them in `dateline.types`, which gives them on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Question:
    """What a claim needs to know of the store; many are asked in one join.

    `id` is the claim's id and a name of the asking kind's own ("c3:changes"); answers come back under it.
    `places` are place ids, `within` areas of which every place counts. `on` keeps only states that may
    have held on that day; without it times are not narrowed, for a record of another time is what
    *misdated* is made of. Empty tuples mean "any".
    """

    id: str
    kind: str
    predicates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a pack; the columns are described in docs/packs.md."""

    id: str
    pack: str
    resource: str
    kind: str
    predicate: str
    subject: str | None
    side: str | None
    place_id: str | None
    place_name: str | None
    lat: float | None
    lon: float | None
    start_min: date | None
    start_max: date | None
    end_min: date | None
    end_max: date | None
    known_from: date | None
    value_low: float | None
    value_best: float | None
    value_high: float | None
    unit: str | None
    population: str | None
    counting_from: date | None
    issuer: str | None
    says: str
    source: str
    source_date: date | None
    url: str
    publisher: str
    source_class: str
    family: str
    licence: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where a resource is complete, so that its silence speaks: measured as found of n on a list of its own."""

    pack: str
    resource: str
    kinds: tuple[str, ...]
    predicates: tuple[str, ...]
    areas: tuple[str, ...]
    start: date | None
    end: date | None
    min_population: int
    found: int
    n: int
    measured_against: str

    @property
    def completeness(self) -> float:
        return self.found / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Who a pack knows: a state, office, person in office, unit or body, and the side it belongs to.

    `names` maps a language to the words it goes by; `adjectives` likewise ("Ukrainian"). An entry speaks
    for the days from `valid_from` to `valid_to`; None is open.
    """

    id: str
    side: str | None
    role: str
    names: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    valid_from: date | None
    valid_to: date | None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class ControlState:
    """Who held a place on a day. `certainty` is agreed, contested, disputed, unknown or inferred; never a number."""

    side: str | None
    certainty: Literal["agreed", "contested", "disputed", "unknown", "inferred"]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class PackId:
    """Which evidence made this result: `id` is the hash of the pack's canonical rows."""

    name: str
    version: str
    id: str
    title: str = ""
    licence: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A dated event of the conflict calendar, drawn behind the ledger and used as an anchor for time words."""

    name: str
    start: date
    end: date | None
    names: tuple[str, ...] = ()
    url: str = ""
