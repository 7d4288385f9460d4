"""Where: the gazetteer, and place names found in text and resolved to it."""

from dateline.where.gazetteer import Gazetteer, open_gazetteer
from dateline.where.resolve import find_places

__all__ = ["Gazetteer", "find_places", "open_gazetteer"]
