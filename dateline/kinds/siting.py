"""What the gazetteer makes of a told relation: true, false, or not to be said, with the line and its room for loose use.

Each measure answers for one reading of the names; who is accused, and by which reading, is geography's business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.types import Place
from dateline.where import Gazetteer
from dateline.where.ground import FAR_KM, in_sea, km_to_country, km_to_shore, largest, seas

COMPASS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
AXES = {"north": (1, 1.0), "south": (1, 0.0), "east": (0, 1.0), "west": (0, 0.0)}  # longitude or latitude, and its end
CITY_FROM, CITY_KM = 300_000, 10.0  # a large city reaches so much farther from its middle (own choice)
LOOSE_TURNS = 1  # eighths of a circle: "north" is also said of north-east (own choice)
SHORTEST, LONGEST, NEAR_KM = 0.8, 1.6, 5.0  # a told distance against the air line: rounded down, or along the road (own choice)
FAR_OFF = 2.5  # a distance is wrong only where it is off by this factor (own choice)
NAMESAKE_KM, NAMESAKE_FACTOR = 150.0, 8.0  # farther than this nobody gives bearings: another place of the name is meant (own choice)
SIDE, OTHER_SIDE = 0.5, 0.3  # "in the east of": in its eastern half; false in the western three tenths (own choice)
OUTLIERS = 50  # one in fifty places is left out at either end: gazetteers put single ones in a wrong region
SHORE_KM, NO_SHORE_KM = 10.0, 30.0  # "on the sea": its middle that near; false beyond, where it lies on another (own choice)
INLAND_KM = 60.0  # and false wherever it is that far from the shore (own choice)
RIVER_KM, NO_RIVER_KM = 8.0, 30.0  # "on the river", likewise (courses are drawn to 1 km, reservoirs are 10 wide; own choice)
BORDER_KM, NO_BORDER_KM = 50.0, 150.0  # "near the border" (own choice)
AT_BORDER_KM, NOT_AT_BORDER_KM = 12.0, 50.0  # "on the border" (own choice)
BESIDE_KM, NOT_BESIDE_KM = 30.0, 120.0  # "near the city" (own choice)
DETOUR, FAR_DETOUR = 1.4, 2.5  # "between": the way over the place against the straight one (own choice)
PEOPLE, FAR_PEOPLE = 1.6, 4.0  # factors of a population: censuses and municipal bounds differ (own choice)
FEW_PEOPLE = 2000  # people below which populations of gazetteers are too rough to hold anybody to (own choice)
TOUCHING_KM = 12.0  # a region's own places lie that near to a country that it borders (own choice)
APART_KM = 40.0  # and none of them nearer than this to one that it does not (own choice)
LARGER = 1.5  # so many times as large must another city be before "the largest" is false (censuses differ; own choice)


@dataclass(frozen=True, slots=True)
class Measured:
    """`true` is None where nothing can be said; `says` is the fact in words, `place` where it really lies."""

    true: bool | None
    says: str
    place: Place | None = None
    km: float | None = None
    how: str = ""


def unknown(says: str) -> Measured:
    return Measured(None, says)


def point(place: Place) -> tuple[float, float] | None:
    return None if place.lat is None or place.lon is None else (place.lon, place.lat)


def reach(place: Place) -> float:
    return CITY_KM if place.population >= CITY_FROM else 0.0


def measure(predicate: str, note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    """The relation for one reading of its names."""
    if point(inner) is None and predicate not in ("in", "borders"):
        return unknown(f"The gazetteer does not say where {inner.name} lies.")
    return TABLE[predicate](note, inner, others, gazetteer)


def _in(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    outer = others[0]
    inside = gazetteer.contains(outer.id, inner.id)
    if not inside and _in_landform(inner, outer, gazetteer):
        inside = True
    if inside:
        return Measured(True, f"{inner.name} lies in {outer.name}.", inner)
    if inside is None:
        return unknown(f"The gazetteer does not say whether {inner.name} lies in {outer.name}.")
    real = next((gazetteer.place(p) for p in inner.parents if gazetteer.place(p).kind == outer.kind), None)
    real = real or next((gazetteer.place(p) for p in inner.parents if gazetteer.place(p).kind in ("region", "country")), None)
    if outer.kind == "district":
        return unknown(f"Districts were redrawn in 2020: {inner.name} is not in today's {outer.name}.")
    if real is None:
        return unknown(f"The gazetteer does not say in which {outer.kind} {inner.name} lies.")
    return Measured(False, f"{inner.name} lies in {real.name}, not in {outer.name}.", real, gazetteer.distance_km(inner.id, outer.id))


def _in_landform(inner: Place, outer: Place, gazetteer: Gazetteer) -> bool:
    """ "Crimea" is said of the republic and of the peninsula, which holds Sevastopol as well."""
    forms = [a for a in gazetteer.areas_of(outer.id) if gazetteer.place(a).kind == "peninsula"]
    return any(gazetteer.contains(a, inner.id) for a in forms)


def _part(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    """ "in the east of the region": by how far along it lies among all its places."""
    outer, way = others[0], note.partition("|")[0]
    within = _in(note, inner, others, gazetteer)
    at, points = point(inner), _extent(outer, gazetteer)
    if within.true is not True or at is None or not points or way not in COMPASS:
        return within if within.true is False else unknown(f"The gazetteer does not say in which part of {outer.name} {inner.name} lies.")
    shares = []
    for name, (axis, end) in AXES.items():
        if name in way:
            low, high = points[axis]
            along = (at[axis] - low) / (high - low)
            shares.append(along if end else 1 - along)
    share = min(1.0, max(0.0, sum(shares) / len(shares)))  # of "south-east" both halves together: it is said of much of the south and east
    says = f"{inner.name} lies in {outer.name}, {100 * share:.0f} % of the way to its {note.partition('|')[0]} edge from the other."
    if share >= SIDE:
        return Measured(True, says, inner)
    return Measured(False, says, inner) if share < OTHER_SIDE and not note.endswith("|loose") else unknown(says)


def _extent(area: Place, gazetteer: Gazetteer) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """West and east, south and north edge of where its settlements lie; Crimea's are the peninsula's."""
    forms = [a for a in gazetteer.areas_of(area.id) if gazetteer.place(a).kind == "peninsula"]
    points = gazetteer.points_in(forms[0] if forms else area.id)
    if len(points) < 10:
        return None
    out = len(points) // OUTLIERS
    xs, ys = sorted(p[0] for p in points)[out : len(points) - out], sorted(p[1] for p in points)[out : len(points) - out]
    return ((xs[0], xs[-1]), (ys[0], ys[-1])) if xs[0] < xs[-1] and ys[0] < ys[-1] else None


def _bank(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    river = others[0]
    bank = gazetteer.bank(inner.id, river.id)
    if bank is None:
        return unknown(f"Too near the course, or too far from it, to say on which bank {inner.name} lies.")
    says = f"{inner.name} lies on the {bank} bank of {river.name}."
    if note in ("left", "right"):
        return Measured(note == bank, says, inner)
    facing = _facing(inner, river, gazetteer)
    if facing is None:
        return unknown(f"The gazetteer does not say on which side {inner.name} lies.")
    apart = _turns(note, facing)
    says = f"{inner.name} lies {facing} of {river.name}."
    return Measured(apart <= LOOSE_TURNS, says, inner) if apart <= LOOSE_TURNS or apart > LOOSE_TURNS + 1 else unknown(says)


def _facing(inner: Place, river: Place, gazetteer: Gazetteer) -> str | None:
    """In which direction the place lies from the nearest point of the river's course."""
    from dateline.where.geometry import compass, distance_km

    at, course = point(inner), gazetteer.course(river.id)
    if at is None or not course:
        return None
    spots = [
        (a[0] + (b[0] - a[0]) * n / 10, a[1] + (b[1] - a[1]) * n / 10) for a, b in zip(course, course[1:], strict=False) for n in range(11)
    ]
    nearest = min(spots, key=lambda spot: distance_km(spot, at))
    return compass(at, nearest).replace("-", "")


def _turns(a: str, b: str) -> int:
    """Eighths of a circle between two directions."""
    apart = abs(COMPASS.index(a) - COMPASS.index(b)) % 8
    return min(apart, 8 - apart)


def _direction(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    """Which way, and how far, with room for the loose use of both; between right and wrong nobody is accused."""
    other = others[0]
    way, km = gazetteer.direction(inner.id, other.id), gazetteer.distance_km(inner.id, other.id)
    told, low, high = [*note.split("|"), "", ""][:3]
    if way is None or km is None or told not in COMPASS:
        return unknown(f"The gazetteer does not say how {inner.name} lies to {other.name}.")
    if km > (max(NAMESAKE_KM, NAMESAKE_FACTOR * float(high)) if high else NAMESAKE_KM):
        return Measured(None, f"{inner.name} as read lies {km:.0f} km from {other.name}: another place may be meant.", how="far")
    says = f"{inner.name} lies {km:.0f} km {way} of {other.name}."
    turned = _turns(told, way.replace("-", ""))
    if turned > LOOSE_TURNS + 1:
        near = bool(low) and _fits(km, float(low), float(high)) is True
        return Measured(False, says, inner, how="turned" if near else "direction")
    if low and (fits := _fits(km, float(low), float(high))) is not True:
        return Measured(fits, says, inner, how="distance")
    return unknown(says) if turned > LOOSE_TURNS else Measured(True, says, inner, how="direction")


def _fits(km: float, low: float, high: float, room: float = 0.0) -> bool | None:
    """Whether an air line agrees with a told distance of `low` to `high` km; None between right and wrong."""
    if low / LONGEST - NEAR_KM - room <= km <= high / SHORTEST + NEAR_KM + room:
        return True
    return False if km > high * FAR_OFF + NEAR_KM + room or km + NEAR_KM + room < low / FAR_OFF else None


def _distance(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    km = gazetteer.distance_km(inner.id, others[0].id)
    _, low, high = [*note.split("|"), "", ""][:3]
    if km is None or not low:
        return unknown(f"The gazetteer does not say how far {inner.name} lies from {others[0].name}.")
    if km > max(NAMESAKE_KM, NAMESAKE_FACTOR * float(high)):
        return Measured(None, f"{inner.name} as read lies {km:.0f} km from {others[0].name}: another place may be meant.", how="far")
    return Measured(
        _fits(km, float(low), float(high), reach(inner) + reach(others[0])), f"{inner.name} lies {km:.0f} km from {others[0].name}.", inner
    )


def _near(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    km = gazetteer.distance_km(inner.id, others[0].id)
    if km is None:
        return unknown(f"The gazetteer does not say how far {inner.name} lies from {others[0].name}.")
    return _graded(km - reach(others[0]), BESIDE_KM, NOT_BESIDE_KM, f"{inner.name} lies {km:.0f} km from {others[0].name}.", inner)


def _graded(km: float, near: float, far: float, says: str, inner: Place) -> Measured:
    """True within `near`, false beyond `far`, open between."""
    return Measured(True, says, inner, km) if km <= near else Measured(False, says, inner, km) if km > far else unknown(says)


def _border(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    at, other = point(inner), others[0]
    km = None if at is None else km_to_country(at, other.id)
    if km is None or gazetteer.contains(other.id, inner.id) is not False:
        return unknown(f"The gazetteer does not say how far {inner.name} lies from the border with {other.name}.")
    says = f"{inner.name} lies {'more than ' if km >= FAR_KM else ''}{km:.0f} km from {other.name}."
    manner, low, high = [*note.split("|"), "", ""][:3]
    if low:
        return Measured(_fits(km, float(low), float(high), reach(inner)), says, inner)
    near, far = (AT_BORDER_KM, NOT_AT_BORDER_KM) if manner == "on" else (BORDER_KM, NO_BORDER_KM)
    return _graded(km - reach(inner), near, far, says, inner)


def _sea(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    at, sea = point(inner), others[0]
    assert at is not None
    km = km_to_shore(at, sea.id)
    if km is None:
        return unknown(f"The gazetteer does not know the shores of {sea.name}.")
    lies = next((s for s in sorted(seas()) if in_sea(at, s)), None) if inner.kind == "island" else None
    if inner.kind == "island" and (in_sea(at, sea.id) or lies):
        real = gazetteer.place(lies or sea.id)
        return Measured(in_sea(at, sea.id), f"{inner.name} lies in {real.name if not in_sea(at, sea.id) else sea.name}.", real)
    says = f"{inner.name} lies {'more than ' if km >= FAR_KM else ''}{km:.0f} km from the shore of {sea.name}."
    if km - reach(inner) <= SHORE_KM:
        return Measured(True, says, inner)
    other = next((s for s in sorted(seas()) if s != sea.id and (km_to_shore(at, s) or 0.0) <= SHORE_KM), None)
    if other is not None and km > NO_SHORE_KM:
        real = gazetteer.place(other)
        return Measured(False, f"{inner.name} lies on {real.name}, {km:.0f} km from the shore of {sea.name}.", real)
    return Measured(False, says, inner) if km > INLAND_KM + reach(inner) else unknown(says)


def _river(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    km = gazetteer.near_river_km(inner.id, others[0].id)
    if km is None:
        return unknown(f"The gazetteer does not know the course of {others[0].name}.")
    return _graded(km - reach(inner), RIVER_KM, NO_RIVER_KM, f"{inner.name} lies {km:.0f} km from {others[0].name}.", inner)


def _across(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    """Two places that face each other over a river: both near it, on its two banks."""
    other, river = others
    away = [gazetteer.near_river_km(p.id, river.id) for p in (inner, other)]
    banks = [gazetteer.bank(p.id, river.id) for p in (inner, other)]
    if away[0] is None or away[1] is None:
        return unknown(f"The gazetteer does not know the course of {river.name}.")
    says = f"{inner.name} lies {away[0]:.0f} km from {river.name}, {other.name} {away[1]:.0f} km."
    if max(away[0] - reach(inner), away[1] - reach(other)) > NO_RIVER_KM:
        return Measured(False, says, inner)
    if None in banks or max(away[0] - reach(inner), away[1] - reach(other)) > RIVER_KM:
        return unknown(says)
    says = f"{inner.name} lies on the {banks[0]} bank of {river.name}, {other.name} on the {banks[1]}."
    return Measured(banks[0] != banks[1], says, inner)


def _between(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    a, b = others
    legs = [gazetteer.distance_km(x.id, y.id) for x, y in ((a, inner), (inner, b), (a, b))]
    if legs[0] is None or legs[1] is None or legs[2] is None:
        return unknown(f"The gazetteer does not say how {inner.name} lies to {a.name} and {b.name}.")
    says = f"{inner.name} lies {legs[0]:.0f} km from {a.name} and {legs[1]:.0f} km from {b.name}, which are {legs[2]:.0f} km apart."
    over, straight = legs[0] + legs[1], legs[2]
    if over <= DETOUR * straight + NEAR_KM:
        return Measured(True, says, inner)
    return Measured(False, says, inner) if over > FAR_DETOUR * straight + 2 * BESIDE_KM else unknown(says)


def _rank(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    """ "the largest city of": by population; "the capital of" is only denied to a place outside."""
    outer = others[0]
    within = _in(note, inner, others, gazetteer)
    if within.true is not True:
        return replace(within, how="contains")
    most = largest(gazetteer, outer.id)
    first = most[0] if most else None
    says = f"{inner.name} lies in {outer.name}" + (f", whose largest city is {first.name}." if first else ".")
    named = first is not None and first.id == inner.id
    if note.startswith("second"):
        return Measured(True, says, inner) if len(most) > 1 and most[1].id == inner.id else unknown(says)
    if named:
        return Measured(True, says, inner)
    if first is None or "capital" in note or "cent" in note or first.population < LARGER * max(inner.population, 1):
        return unknown(says)
    return Measured(False, says, first)


def _people(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    """A told population against the gazetteer's, with a wide range; `how` says on which side it is off."""
    op, _, number = note.partition("|")
    told, known = float(number), float(inner.population)
    if known <= 0:
        return unknown(f"The gazetteer gives no population for {inner.name}.")
    says = f"The gazetteer gives {inner.name} {known:,.0f} people."
    high_enough = told <= known * PEOPLE if op in (">", ">=") else told >= known / PEOPLE if op in ("<", "<=") else None
    if high_enough or (known / PEOPLE <= told <= known * PEOPLE):
        far_below = op in (">", ">=") and told * FAR_PEOPLE < known
        return unknown(says) if far_below else Measured(True, says, inner)
    if told > FAR_PEOPLE * known and told >= FEW_PEOPLE and known >= FEW_PEOPLE:
        return Measured(False, says, inner, how="above")
    if told * FAR_PEOPLE < known and known >= FEW_PEOPLE and op in ("=", "~"):
        return Measured(False, says, inner, how="below")
    return unknown(says)


def _borders(note: str, inner: Place, others: tuple[Place, ...], gazetteer: Gazetteer) -> Measured:
    """By the table of borders; else by how near the region's own places come to the country."""
    other = others[0]
    joined = gazetteer.borders(inner.id, other.id)
    if joined is None and inner.kind in ("country", "region") and other.kind in ("country", "region") and inner.kind != other.kind:
        joined = _touches(*((inner, other) if inner.kind == "region" else (other, inner)), gazetteer)
    if joined is None:
        return unknown("The gazetteer does not say what borders what there.")
    return Measured(joined, f"{inner.name} {'borders' if joined else 'does not border'} {other.name}.", inner)


def _touches(region: Place, country: Place, gazetteer: Gazetteer) -> bool | None:
    away = [km_to_country(p, country.id) for p in gazetteer.points_in(region.id)]
    near = min((a for a in away if a is not None), default=None)
    if near is None or gazetteer.contains(country.id, region.id) is not False:
        return None
    return True if near <= TOUCHING_KM else False if near > APART_KM else None


TABLE = {
    "in": _in,
    "part": _part,
    "on-bank": _bank,
    "direction": _direction,
    "distance": _distance,
    "near": _near,
    "border": _border,
    "at-sea": _sea,
    "on-river": _river,
    "across": _across,
    "between": _between,
    "rank": _rank,
    "population": _people,
    "borders": _borders,
}
