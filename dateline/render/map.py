"""The report's places on a map: which frame, which pins, and names set where they collide with nothing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.render.basemap import HEIGHT, WIDTH, Country, Drawn, Frame, country, country_at, draw
from dateline.render.plain import one_line
from dateline.render.timeline import happened_words, told_words
from dateline.render.words import ORDER, Words
from dateline.types import Dossier, Finding, Place
from dateline.verdict import Verdict

__all__ = ["Link", "Map", "Name", "Names", "Pin", "local_language", "map_of", "number", "place_name"]

NO_PIN = ("country", "sea", "ocean", "river", "continent", "area", "theatre")  # a point would mislead
FAR = 1500  # km from the middle of the report: beyond, a place is listed and not drawn
BROAD = 32.0  # degrees: a country wider than that does not set the frame (Russia, the United States, China)
PHONE = 1.75  # how much bigger a name is set for a phone, which shows the map at about half its size


@dataclass(frozen=True, slots=True)
class Pin:
    """A place with everything that the report or the records put there."""

    place: Place
    findings: tuple[Finding, ...]
    real: bool
    x: float
    y: float
    drawn: bool

    @property
    def finding(self) -> Finding:
        """The one whose verdict a reader has to know first."""
        return min(self.findings, key=lambda f: ORDER.index(f.verdict))


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map as set: first line, numbers, second line, and its anchor."""

    kind: str
    text: str
    numbers: str
    below: str
    x: float
    y: float
    anchor: str
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """From where the report puts a thing to where it happened."""

    x1: float
    y1: float
    x2: float
    y2: float
    km: int | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Names:
    """The names for one size of screen."""

    size: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Map:
    base: Drawn
    pins: tuple[Pin, ...]
    links: tuple[Link, ...]
    sets: tuple[Names, ...]
    has_rivers: bool

    @property
    def shown(self) -> tuple[Pin, ...]:
        return tuple(p for p in self.pins if p.drawn)

    @property
    def outside(self) -> int:
        return len(self.pins) - len(self.shown)


def map_of(dossier: Dossier, words: Words) -> Map | None:
    """The map of a dossier, or None where no place has coordinates."""
    groups = _groups(dossier.findings)
    if not groups:
        return None
    places = [place for place, _, _ in groups]
    core = _core(places)
    home = _home(core)
    frame = _frame(core, home)
    pins = tuple(_pin(place, found, real, frame) for place, found, real in groups)
    base = draw(frame, home.number if home else None)
    links = tuple(_links(dossier.findings, frame))
    sets = tuple(Names(size, tuple(_names(pins, base, links, words, size))) for size in ("wide", "narrow"))
    return Map(base, pins, links, sets, bool(base.rivers))


def told_place(finding: Finding) -> Place | None:
    """Where the report puts it: the first of its places that a point can stand for."""
    located = [w.place for w in finding.claim.where if w.place and w.role in ("place", "at", "in")]
    others = [w.place for w in finding.claim.where if w.place]
    return next((p for p in (*located, *others) if _can_pin(p)), None)


def _can_pin(place: Place) -> bool:
    if place.lat is None or place.lon is None or place.kind in NO_PIN:
        return False
    return math.isfinite(place.lat) and math.isfinite(place.lon) and abs(place.lat) <= 90 and abs(place.lon) <= 180


def _groups(findings: Sequence[Finding]) -> list[tuple[Place, tuple[Finding, ...], bool]]:
    """Places in reading order with their findings; `real` where something happened that is told elsewhere."""
    found: dict[str, tuple[Place, list[Finding], list[bool]]] = {}
    for finding in findings:
        told = told_place(finding)
        real = finding.happened.place if finding.happened else None
        moved = real is not None and _can_pin(real) and finding.verdict is Verdict.MISPLACED
        for place, is_real in ((told, False), (real if moved else None, True)):
            if place is not None:
                _, there, flags = found.setdefault(place.id, (place, [], []))
                there.append(finding)
                flags.append(is_real)
    return [(place, tuple(there), all(flags)) for place, there, flags in found.values()]


def _pin(place: Place, findings: tuple[Finding, ...], real: bool, frame: Frame) -> Pin:
    x, y = _xy(place, frame)
    return Pin(place, findings, real, round(x, 1), round(y, 1), 9 <= x <= WIDTH - 9 and 9 <= y <= HEIGHT - 9)


def _xy(place: Place, frame: Frame) -> tuple[float, float]:
    return frame.xy(place.lat or 0.0, place.lon or 0.0)


def _km(a: Place, b: Place) -> float:
    """Great-circle distance by the haversine formula on a sphere of 6,371 km."""
    p, q = math.radians(a.lat or 0.0), math.radians(b.lat or 0.0)
    turn = math.radians((b.lon or 0.0) - (a.lon or 0.0))
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(turn / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(h)))


def _core(places: list[Place]) -> list[Place]:
    """The places around the middle of the report; all of them where there is no middle."""
    some = places[:60]
    middle = min(some, key=lambda p: sorted(_km(p, q) for q in some)[len(some) // 2])
    near = [p for p in places if _km(p, middle) <= FAR]
    return near if len(near) * 2 >= len(places) else places


def _home(places: list[Place]) -> Country | None:
    """The country that most of the places lie in."""
    owners = Counter(c for p in places if (c := country(p.country) or country_at(p.lat or 0, p.lon or 0)))
    return owners.most_common(1)[0][0] if owners else None


def _frame(places: list[Place], home: Country | None) -> Frame:
    lons, lats = [p.lon or 0.0 for p in places], [p.lat or 0.0 for p in places]
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    if home and home.bounds[2] - home.bounds[0] <= BROAD:
        west, east = min(west, home.bounds[0]), max(east, home.bounds[2])
        south, north = min(south, home.bounds[1]), max(north, home.bounds[3])
    wide, tall = max(east - west, 0.6), max(north - south, 0.4)
    if home and home.bounds[2] - home.bounds[0] > BROAD:
        wide, tall = max(wide, 12.0), max(tall, 7.0)
    x, y = (west + east) / 2, (south + north) / 2
    return Frame.around(x - wide * 0.54, y - tall * 0.54, x + wide * 0.54, y + tall * 0.54)


def _links(findings: Sequence[Finding], frame: Frame) -> Iterable[Link]:
    for finding in findings:
        told, happened = told_place(finding), finding.happened
        real = happened.place if happened else None
        if told is None or real is None or finding.verdict is not Verdict.MISPLACED or not _can_pin(real):
            continue
        if told.id == real.id:
            continue
        (x1, y1), (x2, y2) = _xy(told, frame), _xy(real, frame)
        km = round(finding.off_by_km) if finding.off_by_km else None
        yield Link(round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1), km, finding)


Box = tuple[float, float, float, float]


def _names(pins: Sequence[Pin], base: Drawn, links: Sequence[Link], words: Words, size: str) -> Iterable[Name]:
    """Names of pins first, the gravest verdict first, then those of the basemap where there is room."""
    k = 1.0 if size == "wide" else PHONE
    shown = [p for p in pins if p.drawn]
    taken: list[Box] = [(p.x - 9 * k, p.y - 9 * k, p.x + 9 * k, p.y + 9 * k) for p in shown]
    if size == "wide":
        taken.append((WIDTH - 52, 0, WIDTH, 118))  # the buttons
    for link in links:
        if link.km is not None:
            x, y = (link.x1 + link.x2) / 2, (link.y1 + link.y2) / 2
            taken.append((x - 24 * k, y - 8 * k, x + 24 * k, y + 8 * k))
            yield Name("km", words("page.distance", km=link.km), "", "", round(x, 1), round(y, 1), "middle")
    for pin in sorted(shown, key=lambda p: ORDER.index(p.finding.verdict))[:40]:
        numbers = " ".join(number(f) for f in pin.findings[:4]) + (" …" if len(pin.findings) > 4 else "")
        below = (_date(pin, words) if size == "wide" else "")[:24]
        text = _short(place_name(pin.place, words)[0])
        width = max(len(text) * 7.6 + len(numbers) * 6.6 + 4, len(below) * 6.3) * k
        name = _place_name(pin, text, numbers, below, width, k, taken)
        if name:
            yield name
    for label in base.labels:
        text = label.name_uk if words.language == "uk" else label.name
        half = len(text) * 3.2 * k
        box = (label.x - half, label.y - 8 * k, label.x + half, label.y + 8 * k)
        if label.kind == "river":
            reach = abs(math.cos(math.radians(label.turn))) * half + 8
            rise = abs(math.sin(math.radians(label.turn))) * half + 8
            box = (label.x - reach, label.y - rise, label.x + reach, label.y + rise)
        if _free(box, taken):
            taken.append(box)
            yield Name(label.kind, text, "", "", round(label.x, 1), round(label.y, 1), "middle", round(label.turn))


def _place_name(pin: Pin, text: str, numbers: str, below: str, width: float, k: float, taken: list[Box]) -> Name | None:
    """The first spot around a pin that is free: right, left, above, below."""
    line, away = 15 * k, 14 * k
    tall = line * (2 if below else 1)
    spots = (
        ("start", pin.x + away, pin.y - 2 * k),
        ("end", pin.x - away, pin.y - 2 * k),
        ("start", pin.x + away * 0.7, pin.y + away * 1.3),
        ("end", pin.x - away * 0.7, pin.y + away * 1.3),
        ("start", pin.x + away * 0.7, pin.y - away * 1.2),
        ("end", pin.x - away * 0.7, pin.y - away * 1.2),
        ("middle", pin.x, pin.y + away * 1.8),
        ("middle", pin.x, pin.y - away * 1.2 - (line if below else 0)),
    )
    for anchor, x, y in spots:
        left = x if anchor == "start" else x - width if anchor == "end" else x - width / 2
        box = (left, y - 9 * k, left + width, y - 9 * k + tall)
        if _free(box, taken):
            taken.append(box)
            return Name("place", text, numbers, below, round(x, 1), round(y + 3 * k, 1), anchor)
    return None


def _free(box: Box, taken: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    if left < 2 or top < 2 or right > WIDTH - 2 or bottom > HEIGHT - 2:
        return False
    return all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken)


def _date(pin: Pin, words: Words) -> str:
    finding = pin.finding
    if finding.happened:
        return one_line(happened_words(finding, words))
    return told_words(finding, words) if not finding.claim.when.implied and not finding.claim.when.is_open else ""


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 28 else text[:27] + "…"


def number(finding: Finding) -> str:
    """The claim's number as a reader sees it: `c7` is 7."""
    claim = finding.claim.id
    return claim[1:] if claim[:1] == "c" and claim[1:].isascii() and claim[1:].isdigit() else claim


def place_name(place: Place, words: Words) -> tuple[str, str | None]:
    """The name in the reader's language, and the other form to stand beside it."""
    local = place.local_name if place.local_name and place.local_name != place.name else None
    home = country(place.country)
    if local and words.language == "uk" and home and home.iso == "UA":
        return local, place.name
    return place.name, local


def local_language(name: str) -> str | None:
    """The language of a place's local form, where its letters tell it."""
    if re.search("[іїєґІЇЄҐ]", name):
        return "uk"
    if re.search("[ыэъёЫЭЪЁ]", name):
        return "ru"
    return "uk" if re.search("[а-яА-Я]", name) else None
