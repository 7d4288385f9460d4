"""Who is meant: names, offices, nationalities and units in a text, mapped to the actors that packs know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from dateline.text.declined import find_declined
from dateline.text.lexicon import LANGUAGES
from dateline.text.morph import language_data
from dateline.types import ActorEntry


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor's name or adjective in the text; `adjective` is True for "Ukrainian", "Moscow's" is a name."""

    start: int
    end: int
    entry: ActorEntry
    form: Literal["name", "adjective"]


def find_mentions(text: str, entries: Sequence[ActorEntry], language: str, published: date) -> tuple[Mention, ...]:
    """Every actor named in the text, longest name first, in text order.

    Where several entries share a word, the one in office on `published` is taken, then the last before it.
    """
    if language in LANGUAGES and "names" in language_data(language):
        declined = [
            (f, min(f.options, key=lambda option: _distance(option[0], published))) for f in find_declined(text, tuple(entries), language)
        ]
        return tuple(Mention(f.start, f.end, entry, form) for f, (entry, form) in declined)
    pattern, table = _matcher(tuple(entries), language)
    if pattern is None:
        return ()
    found = []
    for match in pattern.finditer(text):
        options = table[_key(match.group())]
        entry, form = min(options, key=lambda option: _distance(option[0], published))
        found.append(Mention(match.start(), match.end(), entry, form))
    return tuple(found)


Option = tuple[ActorEntry, Literal["name", "adjective"]]


class _Identity(tuple[ActorEntry, ...]):
    """Entries hold dicts; a pack's table is one object, so identity is what the cache goes by."""

    def __hash__(self) -> int:
        return hash(tuple(e.id for e in self))


def _matcher(entries: tuple[ActorEntry, ...], language: str) -> tuple[re.Pattern[str] | None, dict[str, list[Option]]]:
    return _build_matcher(_Identity(entries), language)


@lru_cache(maxsize=64)  # a matcher for each war and language
def _build_matcher(entries: _Identity, language: str) -> tuple[re.Pattern[str] | None, dict[str, list[Option]]]:
    table: dict[str, list[Option]] = {}
    states = [e for e in entries if e.role == "state"]
    for entry in entries:
        for name in (*_words(entry.names, language), *_variants(entry, states, language)):
            if not any(option[0] is entry for option in table.setdefault(_key(name), [])):
                table[_key(name)].append((entry, "name"))
        for adjective in _words(entry.adjectives, language):
            table.setdefault(_key(adjective), []).append((entry, "adjective"))
            if language == "en" and entry.role == "state":  # "the Ukrainians"
                table.setdefault(_key(adjective) + "s", []).append((entry, "name"))
    if not table:
        return None, table
    return re.compile(rf"(?<![\w-]){_any_of(table)}(?!\w)"), table


def _variants(entry: ActorEntry, states: Sequence[ActorEntry], language: str) -> Iterable[str]:
    """ "Russia's defence ministry" is also "Moscow's defence ministry" and "the Russian defence ministry"."""
    if entry.role in ("state", "person"):
        return
    for state in states:
        if state.side != entry.side or state.country != entry.country:
            continue
        calls = (*_words(state.names, language), *_words(state.adjectives, language))
        for name in _words(entry.names, language):
            lead = next((c for c in calls if re.match(rf"(?:the )?{re.escape(c)}(?:'s|’s)? ", name)), None)
            if lead is None:
                continue
            rest = re.sub(rf"^(?:the )?{re.escape(lead)}(?:'s|’s)? ", "", name)
            yield from (f"{c}'s {form}" for c in _words(state.names, language) for form in (rest, rest.lower()))
            yield from (f"{c} {form}" for c in calls for form in (rest, rest.lower()))


def _words(table: dict[str, tuple[str, ...]], language: str) -> Iterable[str]:
    return sorted(set(table.get(language, ())))


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").replace("ʼ", "'").split())


Trie = dict[str, "Trie"]


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first: what they begin with is shared, so that each letter is read once."""
    root: Trie = {}
    for name in names:
        at = root
        for letter in name:
            at = at.setdefault(r"\s+" if letter == " " else "['’ʼ]" if letter == "'" else re.escape(letter), {})
        at[""] = {}
    return _branches(root)


def _branches(trie: Trie) -> str:
    ways = [letter + _branches(rest) for letter, rest in sorted(trie.items()) if letter]
    if not ways:
        return ""
    if len(ways) == 1 and "" not in trie:
        return ways[0]
    return f"(?:{'|'.join(ways)}){'?' if '' in trie else ''}"


def _distance(entry: ActorEntry, day: date) -> tuple[int, str]:
    if entry.valid_from is not None and day < entry.valid_from:
        return (entry.valid_from - day).days + 100_000, entry.id
    if entry.valid_to is not None and day > entry.valid_to:
        return (day - entry.valid_to).days, entry.id
    return 0, entry.id
