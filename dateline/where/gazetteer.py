"""The gazetteer: places by id and by name, and what geometry knows of them."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from dateline.types import Place
from dateline.where.fold import fold, is_cyrillic, skeleton, stem_keys
from dateline.where.former import FormerName, former_names
from dateline.where.geometry import bank_of, compass, distance_km, nearest_km
from dateline.where.store import KINDS, Store

__all__ = ["Gazetteer", "open_gazetteer"]

DATA = Path(__file__).parents[1] / "data/gazetteer"


class Gazetteer:
    """Answers about places; unknown ids and unknown geometry give None (or False where the relation is a fact)."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        meta = self.store.meta
        self._members: dict[str, tuple[str, ...]] = {}
        for area, member in meta["members"]:
            self._members[area] = (*self._members.get(area, ()), member)
        self._borders = {frozenset(pair) for pair in (*meta["borders"], *meta["neighbours"])}
        self._courses: dict[str, list[list[float]]] = meta["courses"]
        self._former = former_names(meta["former"])
        self._held = lru_cache(maxsize=65536)(self._contains)
        self._distance = lru_cache(maxsize=65536)(self._distance_km)
        self._areas = lru_cache(maxsize=65536)(self._areas_of)

    def __len__(self) -> int:
        return len(self.store)

    @property
    def version(self) -> str:
        """SHA-256 of the index files: which gazetteer made a result."""
        return str(self.store.meta["sha256"])

    def get(self, place_id: str) -> Place | None:
        number = self.store.number(place_id)
        return None if number is None else self.store.place(number)

    def place(self, place_id: str) -> Place:
        """The place of that id; raises KeyError when the gazetteer does not have it."""
        place = self.get(place_id)
        if place is None:
            raise KeyError(place_id)
        return place

    def lookup(self, name: str, language: str = "en") -> tuple[Place, ...]:
        """Places of that name, in any case ending, best name match and largest first; () when unknown."""
        del language  # one index serves all three: the script of the name decides
        return tuple(self.store.place(n) for n, _ in self.find(name))

    def find(self, name: str) -> list[tuple[int, int]]:
        """(place number, flags) of a written name: as it stands, then by its inflected or forgiving key."""
        key = fold(name)
        found = self.store.find(key)
        if found or not key:
            return found
        if not is_cyrillic(key):
            near = skeleton(key)
            return self.store.find("~" + near) if near else []
        return self.store.find_any("#" + stem for stem in stem_keys(key.split()))

    def former_names(self, place_id: str) -> tuple[FormerName, ...]:
        """What the place was called before, with the day until which; () where no change is on record."""
        return self._former.get(place_id, ())

    def areas_of(self, place_id: str) -> tuple[str, ...]:
        """Ids of everything that contains the place, nearest first: districts, regions, landforms, country."""
        return self._areas(place_id)

    def _areas_of(self, place_id: str) -> tuple[str, ...]:
        place = self.get(place_id)
        if place is None:
            return ()
        chain = (place_id, *place.parents)
        unions = tuple(a for a, members in self._members.items() if a != place_id and any(m in chain for m in members))
        return (*place.parents[:-1], *unions, *place.parents[-1:])

    def members(self, area_id: str) -> tuple[str, ...]:
        """The admin units that make up a landform or historical region, () for a plain place."""
        return self._members.get(area_id, ())

    def contains(self, area_id: str, place_id: str) -> bool | None:
        """Whether the area holds the place (also itself); None when either is unknown or its extent is."""
        return self._held(area_id, place_id)

    def _contains(self, area_id: str, place_id: str) -> bool | None:
        area, place = self.get(area_id), self.get(place_id)
        if area is None or place is None:
            return None
        if area_id == place_id or area_id in self.areas_of(place_id):
            return True
        members = self._members.get(area_id)
        inside = self._members.get(place_id)
        if inside:
            held = [self.contains(area_id, m) for m in inside]
            return True if all(held) else None if None in held else False
        if members:
            return None if self._spans(place) else False
        if area.kind not in ("country", "region", "district"):
            return False if area.kind in ("settlement", "facility") else None
        return None if self._spans(place) or not self._known_to(area, place) else False

    @staticmethod
    def _spans(place: Place) -> bool:
        """Rivers, seas and loose areas: no unit holds them whole."""
        return place.kind in ("river", "sea", "reservoir", "area", "peninsula") and len(place.parents) < 2

    @staticmethod
    def _known_to(area: Place, place: Place) -> bool:
        """Whether the place's parents go down far enough to deny that the area holds it."""
        if area.country and place.country and area.country != place.country:
            return True
        if area.kind == "country":
            return place.country is not None
        depth = sum(1 for _ in place.parents)
        return depth >= (2 if area.kind == "region" else 3) or place.kind in ("country", "region")

    def _point(self, place_id: str) -> tuple[float, float] | None:
        place = self.get(place_id)
        return None if place is None or place.lat is None or place.lon is None else (place.lon, place.lat)

    def distance_km(self, a: str, b: str) -> float | None:
        """Distance between two places; a river is measured along its whole course."""
        return self._distance(a, b)

    def _distance_km(self, a: str, b: str) -> float | None:
        if b in self._courses and a not in self._courses:
            return self.near_river_km(a, b)
        if a in self._courses and b not in self._courses:
            return self.near_river_km(b, a)
        first, second = self._point(a), self._point(b)
        return None if first is None or second is None else round(distance_km(first, second), 1)

    def points_in(self, area_id: str) -> tuple[tuple[float, float], ...]:
        """(longitude, latitude) of every settlement in a region, district, country or union of them; else ()."""
        units = [self.store.number(i) for i in (self.members(area_id) or (area_id,))]
        table = self.store.table
        wanted = [n for n in units if n is not None]
        inside = np.isin(table["admin1"], wanted) | np.isin(table["admin2"], wanted) | np.isin(table["country"], wanted)
        rows = table[inside & (table["kind"] == KINDS.index("settlement")) & ~np.isnan(table["lat"])]
        return tuple(sorted(zip(rows["lon"].tolist(), rows["lat"].tolist(), strict=True)))

    def course(self, river_id: str) -> tuple[tuple[float, float], ...]:
        """The river's course downstream as (longitude, latitude) points; () for what is no river."""
        return tuple((float(x), float(y)) for x, y in self._courses.get(river_id, ()))

    def bank(self, place_id: str, river_id: str) -> Literal["left", "right"] | None:
        """The bank of the river on which the place lies, looking downstream; None when not known."""
        point, course = self._point(place_id), self._courses.get(river_id)
        return None if point is None or course is None else bank_of(point, course)

    def near_river_km(self, place_id: str, river_id: str) -> float | None:
        point, course = self._point(place_id), self._courses.get(river_id)
        return None if point is None or course is None else round(nearest_km(point, course), 1)

    def direction(self, place_id: str, from_id: str) -> str | None:
        """The direction in which the place lies from the other: one of eight; None when they coincide."""
        first, second = self._point(place_id), self._point(from_id)
        if first is None or second is None or first == second:
            return None
        return compass(first, second)

    def borders(self, a: str, b: str) -> bool | None:
        """Whether two regions or countries share a border; None when either's borders are not on record."""
        if frozenset((a, b)) in self._borders:
            return True
        known = {i for pair in self._borders for i in pair}
        return False if a in known and b in known else None


@lru_cache(maxsize=4)
def open_gazetteer(folder: str | Path | None = None) -> Gazetteer:
    """The gazetteer shipped with Dateline, memory-mapped; GazetteerError with the mend when it is not there.

    The environment variable DATELINE_GAZETTEER names the folder of another one, made by `dateline gazetteer add`.
    """
    return Gazetteer(Path(folder or os.environ.get("DATELINE_GAZETTEER") or DATA))
