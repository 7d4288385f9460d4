"""The few shapes that everything else speaks in; all frozen.

The way of the data: Report (bytes) -> Document -> Claim -> Question -> Record -> Finding -> Dossier.
Offsets are Unicode code points into `Document.text`, end exclusive. Days are `datetime.date`, an
interval holds both of its ends, and `None` stands for an open or unknown bound, never for "now".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from dateline.records import ActorEntry, ControlState, Coverage, NamedPeriod, PackId, Question, Record
from dateline.verdict import Verdict

__all__ = [
    "ActorEntry",
    "ControlState",
    "Coverage",
    "NamedPeriod",
    "PackId",
    "Question",
    "Record",  # of dateline.records
    "Actor",
    "Block",
    "BlockKind",
    "Candidate",
    "Claim",
    "Document",
    "Dossier",
    "Figure",
    "Finding",
    "Happened",
    "Language",
    "Modality",
    "Period",
    "Place",
    "Profile",
    "Report",
    "Signal",
    "When",
    "Where",
]

Language = Literal["en", "uk", "ru"]
BlockKind = Literal["body", "courtesy"]
Modality = Literal["asserted", "negated", "planned", "conditional", "question", "denied", "unread"]


@dataclass(frozen=True, slots=True)
class Report:
    """The input as it came: bytes and where they came from. Its SHA-256 is the report's identity."""

    data: bytes
    name: str
    media_type: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of `Document.text`: what it is for, and where it lies."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: what it says of itself, and the text that claims are found in.

    `text` holds the body only (paragraphs joined by a blank line): no title, byline, dates, menus or
    responses. `published` is None when no date was found; `check` then stops, it never guesses.
    """

    sha256: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_basis: str | None = None
    reading_time: str | None = None
    language: str = "en"
    url: str | None = None
    responses: int | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A time as four bounds: the claim starts in [start_min, start_max] and ends in [end_min, end_max].

    For a single happening within an interval (an event "last week") start_min..end_max is that interval,
    start_max equals end_max and end_min equals start_min: it lies somewhere inside.
    `basis` says in words how it was read; `alternatives` keeps readings that lost, best first.
    """

    start_min: date | None
    start_max: date | None
    end_min: date | None
    end_max: date | None
    edtf: str
    words: str | None = None
    start: int | None = None
    end: int | None = None
    granularity: Literal["day", "week", "month", "season", "quarter", "year", "decade", "interval", "open"] = "day"
    shape: Literal["within", "throughout", "since", "until", "duration"] = "within"
    basis: str = ""
    rule: str = ""
    anchor: date | None = None
    implied: bool = False
    approximate: bool = False
    alternatives: tuple[When, ...] = ()

    @property
    def bounds(self) -> tuple[date | None, date | None, date | None, date | None]:
        return (self.start_min, self.start_max, self.end_min, self.end_max)

    @property
    def is_open(self) -> bool:
        """True when nothing bounds the time on one side: such a claim is never called misdated."""
        return self.start_min is None or self.end_max is None


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer. `parents` are the ids of what contains it, nearest first, country last."""

    id: str
    name: str
    local_name: str | None
    kind: str
    lat: float | None
    lon: float | None
    country: str | None = None
    parents: tuple[str, ...] = ()
    population: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a toponym; `p` is its probability among the candidates, `reason` why it stands there."""

    place: Place
    p: float
    reason: str


@dataclass(frozen=True, slots=True)
class Where:
    """A toponym in the text with its readings, best first; `place` is None while nothing decides."""

    words: str
    start: int
    end: int
    place: Place | None
    candidates: tuple[Candidate, ...]
    role: str = "place"

    def as_role(self, role: str) -> Where:
        return replace(self, role=role)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who, as the report names it, and what a pack knows it as: `id` of the actor, `side` of the conflict."""

    words: str
    id: str | None
    side: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as stated: `op` compares, `low`..`high` is the range that the wording allows (None: open)."""

    op: Literal["=", ">", ">=", "<", "<=", "~", "range"]
    low: float | None
    high: float | None
    unit: str
    words: str
    population: str | None = None
    counting_from: date | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One predicate, one place, one time, as the report states it. Atomic: a sentence may hold several.

    `specifics` are the concepts that could identify a scene or statement (words of data/<lang>.toml);
    `antecedent` is the id of the claim whose scene this one goes on about.
    """

    id: str
    kind: str
    predicate: str
    sentence: str
    sentence_start: int
    sentence_end: int
    text: str
    start: int
    end: int
    when: When
    where: tuple[Where, ...] = ()
    who: Actor | None = None
    whom: Actor | None = None
    figure: Figure | None = None
    degree: str | None = None
    modality: Modality = "asserted"
    holder: Actor | None = None
    specifics: frozenset[str] = frozenset()
    antecedent: str | None = None
    label: str = ""
    language: str = "en"
    note: str = ""

    def place(self, role: str = "place") -> Place | None:
        """The resolved place in that role, or None."""
        return next((w.place for w in self.where if w.role == role and w.place), None)


@dataclass(frozen=True, slots=True)
class Happened:
    """When and where the thing really happened, as the records say."""

    edtf: str
    start: date | None
    end: date | None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim with its verdict and the work: rule, reason, records, coverage, what would change it."""

    claim: Claim
    verdict: Verdict
    reason: str
    rule: str
    records: tuple[Record, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    happened: Happened | None = None
    off_by_days: int | None = None
    off_by_km: float | None = None
    before_publication_days: int | None = None
    inherited_from: str | None = None
    would_change: str = ""
    support: str = ""
    known_then: Verdict | None = None

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def decided(self) -> bool:
        """True when the evidence settled it; unverified and not-checkable are not decisions."""
        return self.verdict not in (Verdict.UNVERIFIED, Verdict.NOT_CHECKABLE)


@dataclass(frozen=True, slots=True)
class Signal:
    """Something worth a look that is not a verdict, such as a text generator's closing courtesy."""

    kind: str
    start: int | None
    end: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days in which dated claims of the report really fall."""

    edtf: str
    start: date
    end: date
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The document as a whole: the periods its dated claims fall in, and how far off the month it claims."""

    periods: tuple[Period, ...]
    dated: int
    in_claimed_time: int
    median_months_before: float | None
    summary: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The answer: the document, its findings in reading order, signals, and who made it."""

    document: Document
    published: date
    findings: tuple[Finding, ...]
    headline: str
    profile: Profile
    signals: tuple[Signal, ...]
    packs: tuple[PackId, ...]
    options: dict[str, str | int | bool | None] = field(default_factory=dict)
    version: str = ""
    rules: str = ""
    calendar: tuple[NamedPeriod, ...] = ()

    @property
    def decided(self) -> tuple[int, int]:
        """How many findings the evidence settled, of all that could be checked and all others."""
        return sum(f.decided for f in self.findings), len(self.findings)

    def finding(self, finding_id: str) -> Finding | None:
        return next((f for f in self.findings if f.id == finding_id), None)

    def _repr_html_(self) -> str:
        from dateline.render.html import render_html

        return render_html(self, embedded=True)
