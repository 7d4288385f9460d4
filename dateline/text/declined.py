"""Names of actors in languages that decline them: matched word by word by their stems, longest name first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.text.glossary import english
from dateline.text.morph import analyser, language_data, plain
from dateline.types import ActorEntry

WORD = re.compile(r"[^\W_]+(?:[-'’ʼ][^\W_]+)*")
GAP = re.compile(r"[\s«»\"„“”]*")
SHORTEST = 3  # letters that a stem keeps
Form = Literal["name", "adjective"]
Option = tuple[ActorEntry, Form]


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that names an actor, with all entries that the name could be."""

    start: int
    end: int
    options: tuple[Option, ...]


@dataclass(frozen=True)
class _Table:
    names: dict[str, list[tuple[tuple[str, ...], bool, Option]]]  # first stem -> stems, capitalised, entry
    peoples: dict[str, Option]  # English adjective -> the state, for "росіяни", "русские"


def find_declined(text: str, entries: tuple[ActorEntry, ...], language: str) -> Iterator[Found]:
    """Every name in the text in whatever case it stands; nouns and adjectives of peoples by their English."""
    table = _table(entries, language)
    words = [(m.start(), m.end(), m.group(), stem(m.group(), language)) for m in WORD.finditer(text)]
    at = 0
    while at < len(words):
        size, options = _longest(words, at, text, table)
        if options:
            yield Found(words[at][0], words[at + size - 1][1], tuple(options))
            at += size
            continue
        people = _people(words[at][2], language, table)
        if people is not None:
            yield Found(words[at][0], words[at][1], (people,))
        at += 1


def _longest(words: Sequence[tuple[int, int, str, str]], at: int, text: str, table: _Table) -> tuple[int, list[Option]]:
    best = 0
    options: list[Option] = []
    for stems, capital, option in table.names.get(words[at][3], ()):
        size = len(stems)
        if size < best or at + size > len(words) or tuple(w[3] for w in words[at : at + size]) != stems:
            continue
        if capital and not words[at][2][0].isupper():
            continue
        if any(not GAP.fullmatch(text[words[i][1] : words[i + 1][0]]) for i in range(at, at + size - 1)):
            continue
        if size > best:
            best, options = size, []
        options.append(option)
    return best, options


def _people(word: str, language: str, table: _Table) -> Option | None:
    for found in analyser(language)(word)[:2]:
        told = english(found, language)
        if told in table.peoples:
            entry, _ = table.peoples[told]
            return entry, "name" if found.pos == "NOUN" else "adjective"
    return None


class _Identity(tuple[ActorEntry, ...]):
    """Entries hold dicts; a pack's table is one object, so identity is what the cache goes by."""

    def __hash__(self) -> int:
        return hash(tuple(e.id for e in self))


def _table(entries: tuple[ActorEntry, ...], language: str) -> _Table:
    return _built(_Identity(entries), language)


@lru_cache(maxsize=64)  # one for each war and language
def _built(entries: _Identity, language: str) -> _Table:
    names: dict[str, list[tuple[tuple[str, ...], bool, Option]]] = defaultdict(list)
    peoples: dict[str, Option] = {}
    lasts: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name in entry.names.get(language, ()):
            lasts[name.split()[-1]].add(entry.id)
    for entry in entries:
        for name, form in _forms(entry, language, lasts):
            stems = tuple(stem(w, language) for w in WORD.findall(name))
            item = (stems, name[:1].isupper(), (entry, form))
            if stems and item not in names[stems[0]]:
                names[stems[0]].append(item)
        if entry.role == "state":
            for adjective in entry.adjectives.get("en", ()):
                peoples.setdefault(adjective.lower(), (entry, "adjective"))
    return _Table(dict(names), peoples)


def _forms(entry: ActorEntry, language: str, lasts: dict[str, set[str]]) -> Iterator[tuple[str, Form]]:
    """Names and adjectives as the pack gives them; of a person also the last name, where it is one person's."""
    for name in sorted(set(entry.names.get(language, ()))):
        yield name, "name"
        last = name.split()[-1]
        proper = all(w[0].isupper() for w in name.split()) and len(lasts[last]) == 1 and len(last) > SHORTEST
        if entry.role == "person" and " " in name and proper:
            yield last, "name"
    for adjective in sorted(set(entry.adjectives.get(language, ()))):
        yield adjective, "adjective"


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """A word without its case ending; letters of a name in capitals stay, vowels that come and go are left out."""
    if word.isupper() or word.isdigit():
        return word
    low = plain(word)
    rules = language_data(language)["names"]
    for ending in rules["endings"]:
        if low.endswith(ending) and len(low) - len(ending) >= SHORTEST:
            low = low.removesuffix(ending)
            break
    return re.sub(rules["fleeting"], "*", low) if "fleeting" in rules and len(low) > SHORTEST else low
