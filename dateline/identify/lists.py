"""The word lists of `words.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files("dateline.identify").joinpath("words.toml").read_text("utf-8"))


def words(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(_lists()[name])


def contrasts() -> tuple[tuple[frozenset[str], ...], ...]:
    """Groups of kinds that exclude one another, each kind with its words."""
    return tuple(tuple(frozenset(kind) for kind in group) for group in _lists()["contrasts"])


def irregular() -> dict[str, str]:
    """Forms that the rule for endings does not bring to their base."""
    return dict(_lists()["irregular"])
