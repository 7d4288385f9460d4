"""The card of one claim: how it was read, what was rejected, what the records say, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dateline.render.dates import gap_words, span_words
from dateline.render.map import local_language, number, place_name
from dateline.render.timeline import happened_words
from dateline.render.words import Words
from dateline.types import Candidate, Coverage, Finding, Place, Record, When
from dateline.verdict import Verdict

__all__ = ["Card", "card", "label_of"]

CUT = 50  # characters: a label that long and in the words of the report was cut off somewhere
LABEL = 90  # characters: what the ledger's column holds in two lines

Reading = tuple[str, str]
Named = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Card:
    """What the template cannot read off a finding by itself.

    `kept` are readings between which nothing decided, `rejected` those that lost, each with the reason.
    `places` are (name, the other form of it, the language of that form).
    """

    finding: Finding
    number: str
    label: str
    label_language: str | None
    read: str
    places: tuple[Named, ...]
    kept: tuple[Reading, ...]
    rejected: tuple[Reading, ...]
    happened: str
    coverage: tuple[tuple[str, tuple[str, ...]], ...]
    record_days: tuple[str, ...]


def card(finding: Finding, say: Words, names: Mapping[str, str]) -> Card:
    """The card; `names` are the places that the dossier knows by id, to name areas of coverage with."""
    claim = finding.claim
    label, language = label_of(finding)
    places = dict.fromkeys(w.place for w in claim.where if w.place)
    rejected = [(span_words(a.start_min, a.end_max, say), a.basis) for a in claim.when.alternatives]
    kept: list[Reading] = []
    for where in claim.where:
        for candidate in where.candidates:
            if where.place is None:
                kept.append(_candidate(candidate, say))
            elif candidate.place.id != where.place.id:
                rejected.append(_candidate(candidate, say))
    return Card(
        finding,
        number(finding),
        label,
        language,
        _read(claim.when, say),
        tuple(_named(p, say) for p in places),
        tuple(kept),
        tuple(rejected),
        _happened(finding, say),
        tuple(_coverage(finding, say, names)),
        tuple(_record_day(r, say) for r in finding.records),
    )


def label_of(finding: Finding) -> tuple[str, str | None]:
    """A claim's short name and, where it is the report's own words, their language."""
    claim = finding.claim
    first = claim.text.startswith(claim.label)  # no label, or one that is the claim's own first words
    quoted = first and (not claim.label or len(claim.label) >= CUT or claim.label == claim.text)
    text = " ".join((claim.text if quoted else claim.label).split())
    short = text if len(text) <= LABEL else text[: LABEL - 1].rsplit(" ", 1)[0][: LABEL - 1] + "…"
    return short, claim.language if quoted else None


def _read(when: When, say: Words) -> str:
    day = span_words(when.start_min, when.end_max, say)
    if when.start_min is None and when.end_max is None:
        return say("page.no_time")
    if when.implied:
        return say("page.read_implied", day=day)
    return say("page.read_from", day=day, words=when.words) if when.words else day


def _candidate(candidate: Candidate, say: Words) -> Reading:
    name, _ = place_name(candidate.place, say)
    return f"{name} ({candidate.place.id})", candidate.reason


def _named(place: Place, say: Words) -> Named:
    name, other = place_name(place, say)
    return name, other, local_language(other or "")


def _happened(finding: Finding, say: Words) -> str:
    happened = finding.happened
    if happened is None:
        return ""
    parts = [happened_words(finding, say)]
    if happened.place and finding.verdict is Verdict.MISPLACED:
        parts[0] += f", {place_name(happened.place, say)[0]}"
    if finding.off_by_days:
        parts.append(say("page.off_by_days", gap=gap_words(finding.off_by_days, say)))
    if finding.off_by_km:
        parts.append(say("page.off_by_km", km=round(finding.off_by_km)))
    before = finding.before_publication_days
    if before:
        key = "time.before_publication" if before > 0 else "time.after_publication"
        parts.append(say(key, gap=gap_words(before, say)))
    elif before == 0:
        parts.append(say("time.same_day"))
    return "; ".join(p for p in parts if p)


def _coverage(finding: Finding, say: Words, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each resource is complete for, and below it the periods and sizes for which that was measured."""
    groups: dict[str, list[Coverage]] = {}
    for cover in sorted(finding.coverage, key=_cover_order):
        kinds = ", ".join(say.kind(k) for k in cover.kinds)
        kinds += f" ({', '.join(cover.predicates)})" if cover.predicates else ""
        areas = ", ".join(names.get(a, a) for a in cover.areas) or say("page.everywhere")
        title = say("page.cover", resource=cover.resource, kinds=kinds, areas=areas, against=cover.measured_against)
        groups.setdefault(title, []).append(cover)
    for title, covers in groups.items():
        yield title, tuple(_cover_line(c, say) for c in covers)


def _cover_order(cover: Coverage) -> tuple[str, str, date, int, int]:
    return cover.pack, cover.resource, cover.start or date.min, cover.min_population, cover.n


def _cover_line(cover: Coverage, say: Words) -> str:
    period = span_words(cover.start, cover.end, say)
    if not cover.min_population:
        return say("page.cover_line", period=period, found=cover.found, n=cover.n)
    people = f"{cover.min_population:,}".replace(",", "\u202f")
    return say("page.cover_size", period=period, people=people, found=cover.found, n=cover.n)


def _record_day(record: Record, say: Words) -> str:
    start, end = record.start_min, record.start_max or record.start_min
    return span_words(start, end, say) if start or end else ""
