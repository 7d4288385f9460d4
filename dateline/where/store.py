"""The gazetteer as files: layout, and a reader that maps them into memory instead of loading them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from dateline.errors import GazetteerError
from dateline.types import Place

__all__ = ["BARE", "BASE", "FORMAT", "ID_TYPE", "KINDS", "NAMESPACES", "PLACE_TYPE", "RECORD", "TITLE", "UPPER", "Store", "split_id"]

FORMAT = 3
RECORD = "<IB"  # place number, flags: strength 0..3 in the two low bits
STRENGTH, BARE, TITLE, UPPER, BASE = 0x03, 0x04, 0x08, 0x10, 0x20
# UPPER: only as written in capitals ("US"); BASE: a region without its designator; TITLE: an abbreviation that
# needs its full stop ("Ky."); BARE: a postal code, only after a comma ("Albany, NY").
KINDS = ("settlement", "region", "district", "country", "peninsula", "river", "reservoir", "sea", "island", "facility", "area")
NAMESPACES = ("geonames", "wof", "dateline")
PLACE_TYPE = np.dtype(
    [
        ("at", "<u4"),
        ("length", "<u2"),
        ("kind", "u1"),
        ("lat", "<f4"),
        ("lon", "<f4"),
        ("population", "<u4"),
        ("country", "<i4"),
        ("admin1", "<i4"),
        ("admin2", "<i4"),
        ("accounts", "u1"),  # how often the packs speak of it, at most 255
    ]
)
ID_TYPE = np.dtype([("key", "<u8"), ("number", "<u4")])
_MEND = "build it with `python -m dateline.where.build`, or reinstall dateline"


def split_id(place_id: str) -> tuple[int, int]:
    """Namespace number and number of an id; our own slugs have number 0 and are found by name."""
    space, _, rest = place_id.partition(":")
    if space in NAMESPACES[:2] and rest.isdigit() and int(rest) < 2**32:
        return NAMESPACES.index(space), int(rest)
    return NAMESPACES.index("dateline"), 0


def _rank(posting: tuple[int, int]) -> tuple[int, int]:
    """A region under its bare name stands two grades behind the place whose name it is."""
    number, flags = posting
    return (flags & STRENGTH) + (2 if flags & BASE else 0), number


class Store:
    """Places by number, numbers by name; everything stays on disk until it is touched."""

    def __init__(self, folder: Path) -> None:
        try:
            self.meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if self.meta["format"] != FORMAT:
                raise GazetteerError(f"the gazetteer in {folder} is of format {self.meta['format']}, not {FORMAT}: {_MEND}")
            for name in ("names.marisa", "places.npy", "ids.npy", "strings.bin"):
                if (folder / name).stat().st_size != self.meta[name]:
                    raise GazetteerError(f"the gazetteer file {folder / name} is damaged: {_MEND}")
            self.trie = marisa_trie.RecordTrie(RECORD)
            self.trie.mmap(str(folder / "names.marisa"))
            self.table = np.load(folder / "places.npy", mmap_mode="r")
            self._ids = np.load(folder / "ids.npy", mmap_mode="r")
            self._keys = np.ascontiguousarray(self._ids["key"])
            self._capitals = frozenset(self.meta["capitals"])
            self._text = np.memmap(folder / "strings.bin", dtype="u1", mode="r")
        except FileNotFoundError as gone:
            raise GazetteerError(f"no gazetteer in {folder}: {_MEND}") from gone
        except (OSError, ValueError, KeyError, RuntimeError) as damage:
            raise GazetteerError(f"the gazetteer in {folder} is damaged: {_MEND}") from damage
        self._place = lru_cache(maxsize=65536)(self._read)
        self._number = lru_cache(maxsize=65536)(self._find_number)

    def __len__(self) -> int:
        return len(self.table)

    def __contains__(self, key: str) -> bool:
        """Whether anything stands under a folded name or key."""
        return key in self.trie

    def place(self, number: int) -> Place:
        return self._place(number)

    def _read(self, number: int) -> Place:
        row = self.table[number]
        place_id, name, local = self.words(number)
        parents = tuple(self.words(int(row[f]))[0] for f in ("admin2", "admin1", "country") if row[f] >= 0)
        lat, lon = float(row["lat"]), float(row["lon"])
        country = place_id if KINDS[row["kind"]] == "country" else (self.words(int(row["country"]))[0] if row["country"] >= 0 else None)
        known = not math.isnan(lat)
        return Place(
            place_id,
            name,
            local or None,
            KINDS[row["kind"]],
            round(lat, 5) if known else None,
            round(lon, 5) if known else None,
            country,
            parents,
            int(row["population"]),
        )

    def words(self, number: int) -> tuple[str, str, str]:
        """Id, name and local name of a place."""
        row = self.table[number]
        at = int(row["at"])
        place_id, name, local = bytes(self._text[at : at + int(row["length"])]).decode().split("\t")
        return place_id, name, local

    def is_capital(self, number: int) -> bool:
        return number in self._capitals

    def accounts(self, number: int) -> int:
        """How many accounts of war in the packs are of this place, each independent family of a row counted once."""
        return int(self.table[number]["accounts"])

    def number(self, place_id: str) -> int | None:
        """The place's number, or None when the gazetteer does not know the id."""
        return self._number(place_id)

    def _find_number(self, place_id: str) -> int | None:
        space, num = split_id(place_id)
        if num == 0:
            found = self.trie.get("@" + place_id)
            return int(found[0][0]) if found else None
        key = np.uint64(space << 32 | num)
        at = int(np.searchsorted(self._keys, key))
        return int(self._ids["number"][at]) if at < len(self._ids) and self._keys[at] == key else None

    def find(self, key: str) -> list[tuple[int, int]]:
        """(place number, flags) of a folded name or key, best strength and largest place first."""
        found = self.trie.get(key)
        return sorted(found, key=_rank) if found else []

    def find_any(self, keys: Iterable[str]) -> list[tuple[int, int]]:
        """Postings under any of the keys, each place once with its best flags."""
        best: dict[int, int] = {}
        for key in keys:
            for number, flags in self.trie.get(key) or ():
                best[number] = min(flags, best.get(number, flags))
        return sorted(best.items(), key=_rank)

    def text(self) -> bytes:
        """The string blob as it lies on disk."""
        return bytes(self._text)

    def ids(self) -> Any:
        """The sorted table of id keys and place numbers."""
        return self._ids

    def prefixes(self, key: str) -> list[str]:
        """Every known name that the key starts with, shortest first."""
        return self.trie.prefixes(key)  # type: ignore[no-any-return]
