"""A telling against a record, detail by detail: what agrees, what is not told, what cannot both be so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dateline.identify.contrast import contrast
from dateline.identify.index import Entry, Index
from dateline.identify.numbers import Number
from dateline.identify.telling import FINE, OFFICE, Telling
from dateline.identify.terms import SPOKEN
from dateline.kinds.base import Setting
from dateline.kinds.judging import Window, gap_days, meets
from dateline.types import Place, Record

NEAR_KM = 25.0  # an event "near X" may be recorded at the next town (own choice: a raion's half width)
RECENT, LONG = 60, 120  # days: "has said" is of the last weeks; longer than a season is no time at all (own choice)
RARE = 2.5  # nats: a term of one record in twelve or rarer is a specific (own choice, on dev reports)


@dataclass(frozen=True, eq=False)
class Match:
    """How a telling and a record stand to each other. Each part is worked out when it is first asked for: most matches
    are ruled out by one of them.
    """

    told: Telling
    entry: Entry
    index: Index
    setting: Setting

    @property
    def record(self) -> Record:
        return self.entry.record

    @property
    def window(self) -> Window | None:
        """The days of the record's beginning; None where it has none."""
        first, last = self.record.start_min, self.record.start_max
        return Window(first, last, (self.record,)) if first is not None and last is not None else None

    @cached_property
    def shared(self) -> frozenset[str]:
        return self.told.terms & self.entry.terms

    @cached_property
    def rare(self) -> frozenset[str]:
        return frozenset(t for t in self.shared if self.index.weight(t) >= RARE)

    @cached_property
    def acts(self) -> frozenset[str]:
        return self.rare - self.told.names

    @cached_property
    def weight(self) -> float:
        return self.index.total(self.shared)

    @cached_property
    def matter(self) -> float:
        return self.index.total(self.shared - self.told.names)

    @cached_property
    def share(self) -> float:
        whole = self.index.total(self.told.terms)
        return self.weight / whole if whole else 0.0

    @cached_property
    def context(self) -> float:
        return self.index.total(self.told.context & self.entry.terms) / max(1.0, self.index.total(self.entry.terms))

    @cached_property
    def _time(self) -> tuple[str, int]:
        return _when(self.told, self.record)

    @property
    def when(self) -> str:
        """meets, apart, open"""
        return self._time[0]

    @property
    def gap(self) -> int:
        return self._time[1]

    @property
    def done(self) -> bool:
        """True where a deed that is told is on record, not only who and where."""
        return not self.told.verbs or bool(self.told.verbs & self.shared)

    @cached_property
    def placed(self) -> bool:
        return any(p.id == self.record.place_id for p in self.told.fine)

    @cached_property
    def where(self) -> str:
        """same, part, other, untold"""
        return _where(self.told, self.entry, self.setting)

    @cached_property
    def _figures(self) -> tuple[str, tuple[Number, Number] | None]:
        return _numbers(self.told, self.entry)

    @property
    def numbers(self) -> str:
        """same, other, untold, missing"""
        return self._figures[0]

    @property
    def pair(self) -> tuple[Number, Number] | None:
        return self._figures[1]

    @cached_property
    def speaker(self) -> str:
        """same, other, untold"""
        return _speaker(self.told, self.entry, self.index)

    @cached_property
    def opposed(self) -> tuple[str, str] | None:
        return _opposed(self.told, self.entry, self.shared)


def _when(told: Telling, record: Record) -> tuple[str, int]:
    if record.start_min is None or record.start_max is None:
        return "open", 0
    end = record.end_max or record.start_max
    window = Window(record.start_min, end if record.kind in ("onset", "advance") else record.start_max, (record,))
    if told.when.start_min is None and told.when.end_max is None:  # undated: what is of the last weeks is what is meant
        return ("meets" if 0 <= (told.published - record.start_max).days <= RECENT else "open"), 0
    if meets(told.when, window):
        return ("open" if _any_time(told) and (told.published - record.start_max).days > RECENT else "meets"), 0
    return "apart", gap_days(told.when, window.start, window.end) or 0


def _any_time(told: Telling) -> bool:
    """True for "has said": any time since the war began, of which only the last weeks are as good as told."""
    when = told.when
    return when.implied and when.start_min is not None and when.end_max is not None and (when.end_max - when.start_min).days > LONG


def _where(told: Telling, entry: Entry, setting: Setting) -> str:
    """ "part" where the report names a place more than the record does."""
    record = entry.record
    if not told.places:
        return "untold"
    there = [p for p in told.places if record.place_id is not None and _same_place(p, record.place_id, setting)]
    agreeing = [p for p in told.places if p in there or _mentioned(p, entry) or _named_there(p, told, entry)]
    apart = [p for p in told.places if p not in agreeing and (p.kind in FINE or _other_region(p, record, setting))]
    if not apart:
        return "same" if agreeing else "untold"
    if any(p.kind in FINE for p in there) or record.place_id is None or not _fine(record.place_id, setting):
        return "part"
    return "other"


def _place(place_id: str, setting: Setting) -> Place | None:
    try:
        return setting.geography.place(place_id)
    except KeyError:
        return None


def _same_place(place: Place, record_place: str, setting: Setting) -> bool:
    if place.id == record_place:
        return True
    geography = setting.geography
    try:
        if place.kind in FINE:
            return (geography.distance_km(place.id, record_place) or 1e9) <= NEAR_KM and _fine(record_place, setting)
        return geography.contains(place.id, record_place) is True
    except KeyError:
        return False


def _fine(place_id: str, setting: Setting) -> bool:
    place = _place(place_id, setting)
    return place is not None and place.kind in FINE


def _mentioned(place: Place, entry: Entry) -> bool:
    return set(place.name.lower().split()) <= entry.words


def _other_region(place: Place, record: Record, setting: Setting) -> bool:
    """True for a region that the record's town does not lie in."""
    if place.kind != "region" or record.place_id is None or not _fine(record.place_id, setting):
        return False
    try:
        return setting.geography.contains(place.id, record.place_id) is False
    except KeyError:
        return False


def _named_there(place: Place, told: Telling, entry: Entry) -> bool:
    """True where the record has the very toponym, whatever place it was taken for."""
    return any(set(name.split()) <= entry.words and name[:3] == place.name[:3].lower() for name in told.called)


def _numbers(told: Telling, entry: Entry) -> tuple[str, tuple[Number, Number] | None]:
    if not told.numbers:
        return "untold", None
    unmet = [n for n in told.numbers if not any(n.agrees(m) for m in entry.numbers)]
    if not unmet:
        return "same", None
    for number in unmet:
        alike = [m for m in entry.numbers if number.alike(m) and not any(o.agrees(m) for o in told.numbers)]
        if alike and all(number.differs(m) for m in alike):
            return "other", (number, alike[0])
    return "missing", None


def _speaker(told: Telling, entry: Entry, index: Index) -> str:
    """Whether the record's speaker may be the one told; a capital or a country stands for all who speak for it."""
    record = entry.record
    if record.kind != "statement":
        return "untold"
    if record.subject in told.speakers:
        return "same"
    if not told.speech:
        return "untold"
    if told.speaker_words & entry.speaker:
        return "same"
    offices = told.speaker_words & (SPOKEN | OFFICE) - {"the", "of"}
    if not told.speakers and offices and offices <= entry.words:
        return "same"
    spoken_for = index.state_of.get(record.subject or "")
    if spoken_for is not None and spoken_for in told.speakers:
        return "same"
    return "other" if told.speakers else "untold"


def _opposed(told: Telling, entry: Entry, shared: frozenset[str]) -> tuple[str, str] | None:
    """A word that only one of the two denies, or two words of which one excludes the other."""
    pair = contrast(told.words, entry.words)
    if pair is not None:
        return pair
    here, there = shared & told.denied - told.names, shared & entry.denied - told.names
    if bool(here) != bool(there):
        return (min(here), "") if here else ("", min(there))
    return None
