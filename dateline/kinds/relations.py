"""How English says where a place lies: "on the left bank of", "20 km north of", "a port on", "the largest city of".

Names of places are masked in the text, so that patterns see one sign for each; what a pattern finds is a
`Told`: the relation, the places that it names besides the subject, and its measures. Nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.kinds.quantity import comparison
from dateline.text.lexicon import PIVOT, Lexicon
from dateline.text.pivot import MARK, Lined, lined
from dateline.text.reading import Reading
from dateline.types import Where

NAME = rf"(?:the\s+)?(?:cit(?:y|ies)\s+of\s+|town\s+of\s+|river\s+)?(?P<{{}}>{MARK}+)"
UNIT = r"(?:['’]s)?(?:\s+(?:region|oblast|province|district|raion|peninsula|island|river|sea))?"
MILE_KM = 1.609344

UNITS = frozenset({"region", "district", "country", "area", "peninsula"})
WATERS = frozenset({"river", "reservoir"})
SITES = frozenset({"settlement", "facility", "island"})

MILLIONS = {"half a": "0.5", "a": "1", "one": "1", "two": "2", "three": "3"}

# What a vague distance allows, in km or miles.
VAGUE = {"a few": (2.0, 12.0), "several": (3.0, 20.0), "some": (2.0, 30.0), "dozens of": (20.0, 99.0), "tens of": (20.0, 99.0)}


@dataclass(frozen=True, slots=True)
class Told:
    """One relation as the text words it: where it stands in the document, the other places, and `note` for the judge."""

    predicate: str
    start: int
    end: int
    others: tuple[Where, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of the document in lower case with every place name turned into marks.

    In other languages than the pivot the text is its words in the pivot (text/pivot.py), and `lined` tells where each stands.
    """

    text: str
    start: int
    names: dict[int, Where]
    lined: Lined | None = None

    def at(self, i: int) -> int:
        """Where in the document the character at `i` begins."""
        if self.lined is None:
            return self.start + i
        return self.lined.starts[i] if i < len(self.lined.starts) else self.at_end(i)

    def at_end(self, i: int) -> int:
        """Where in the document what stands before `i` ends."""
        if self.lined is None:
            return self.start + i
        return self.lined.ends[min(i, len(self.lined.ends)) - 1] if i and self.lined.ends else self.start

    def index(self, offset: int) -> int:
        """Where in the text the document's offset stands."""
        if self.lined is None:
            return offset - self.start
        return next((i for i, first in enumerate(self.lined.starts) if first >= offset), len(self.text))

    def name(self, found: re.Match[str], group: str, *kinds: str) -> Where | None:
        """The resolved place under a group of the pattern, where it is of one of these kinds."""
        where = self.names.get(self.at(found.start(group)))
        return where if where is not None and where.place is not None and (not kinds or where.place.kind in kinds) else None


def masked(reading: Reading, start: int, end: int) -> Masked:
    sentence = next((s for s in reading.sentences if s.start <= start <= s.end), None)
    if sentence is not None and sentence.language != PIVOT:
        inside = {w.start: w for w in reading.inside(reading.places, start, end) if w.start >= start and w.end <= end}
        line = lined(sentence, start, end, [(w.start, w.end) for w in inside.values()])
        return Masked(line.text, start, inside, line)
    text = "".join(c if len(c.lower()) != 1 else c.lower() for c in reading.document.text[start:end])
    names = {}
    for where in reading.inside(reading.places, start, end):
        if where.start >= start and where.end <= end:
            text = text[: where.start - start] + MARK * (where.end - where.start) + text[where.end - start :]
            names[where.start] = where
    return Masked(text, start, names)


def told(tail: Masked, reading: Reading, *, whole: bool = False) -> Iterator[Told]:
    """Every relation in a stretch that follows its subject; `whole` asks that the stretch be nothing else."""
    taken: list[tuple[int, int]] = []
    for predicate, pattern in patterns(reading.lexicon):
        for found in pattern.finditer(tail.text):
            if any(found.start() < e and s < found.end() for s, e in taken):
                continue
            if whole and (tail.text[: found.start()].strip(" ,") or tail.text[found.end() :].strip(" ,.")):
                continue
            made = _made(predicate, found, tail, reading.lexicon)
            if made is not None:
                taken.append((found.start(), found.end()))
                yield made


@cache
def _compiled(ways: frozenset[str], ranks: frozenset[str], capitals: frozenset[str], nouns: frozenset[str]) -> tuple[tuple[str, str], ...]:
    way, rank, capital, noun = (_either(w) for w in (ways, ranks, capitals, nouns))
    plain = _either(frozenset(w for w in ways if "-" not in w))
    turned = rf"(?:far\s+|extreme\s+)?(?P<way>{way})(?:ern|ernmost)?"
    share = r"(?:\s+(?:part|side|half|end|edge|corner|tip|coast|shore))?"
    hand = rf"(?P<way>left|right|{plain})(?:ern)?(?:-hand)?\s+(?:bank|shore|side)"
    km = (
        r"(?P<cmp>(?:(?:less than|fewer than|under|over|more than|about|around|some|roughly|approximately|just|only|barely"
        r"|nearly|almost|at least|up to)\s+)*)"
        r"(?P<km>a few|several|some|dozens of|tens of|[\w.,-]+)\s+(?P<unit>kilomet(?:re|er)s?|kms?|miles?)"
    )
    p, q = NAME.format("p"), NAME.format("q")
    near = r"(?:close\s+to|near|not\s+far\s+from|just\s+outside|outside|next\s+to|on\s+the\s+outskirts\s+of)"
    away = rf"(?:away\s+|(?:{way})\s+)?(?:from|of|off)"
    beside = rf"(?:{km}\s+{away}|{near}|\b(?P<on>(?:right\s+)?(?:on|at|by)))"
    water = r"(?:(?:shores?|banks?|coasts?|coastline|waters)\s+of\s+)?"
    the = r"(?P<the>the\s+(?:region|peninsula|country|island|oblast))"
    front = r"the\s+(?:front(?:[\s-]*lines?)?|line\s+of\s+contact|contact\s+line)\b"
    number = (
        r"(?P<before>(?:[a-z]+\s+){0,3}?)(?P<n>\d[\d,.]*\d|\d+|(?:half\s+an?|an?|one|two|three)(?=\s+million))(?P<million>\s+million)?"
        r"(?:\s+(?:people|inhabitants|residents))?(?!\s*(?:%|per|years|km|kilom))"
    )
    return (
        ("direction", rf"(?:{km}\s+)?(?:to\s+the\s+)?\b(?P<way>{way})\s+of\s+(?:{p}|(?P<the>the\s+(?:city|town)\b))"),
        ("across", rf"\b(?:across|over)\s+{q}{UNIT}\s+from\s+{p}"),
        ("across", rf"\b(?:faces?|faced|facing|opposite)\s+{p}\s+(?:across|over|on)\s+{q}"),
        ("border", rf"{beside}\s+(?:the|its)\s+(?:\w+\s+)?border\s+with\s+{p}"),
        ("border", rf"{beside}\s+{p}(?:(?:['’]s)?\s+(?:state\s+)?border)?"),  # "Russian border" may be one name
        ("distance", rf"{km}\s+(?:away\s+)?from\s+{p}"),
        ("front", rf"{km}\s+(?:away\s+)?(?:from|behind)\s+{front}"),
        ("on-bank", rf"\bon\s+(?:the|its)\s+{hand}\s+of\s+{p}"),
        ("on-bank", rf"\bon\s+{p}(?:['’]s)?\s+{hand}"),
        ("part", rf"\b(?:in|on|at)\s+the\s+{turned}{share}\s+of\s+(?:{p}|{the})"),
        ("part", rf"\bin\s+(?:the\s+)?{turned}\s+(?:part\s+of\s+|(?P<loose>)){p}"),
        ("at-sea", rf"\b(?:on|in|by|at|off|overlooking)\s+(?:the\s+)?(?:(?:{way})(?:ern)?\s+)?{water}{p}(?:\s+(?:coast|shore|coastline))?"),
        ("on-river", rf"\b(?:on|along|beside)\s+(?:(?:the\s+)?banks?\s+of\s+)?{p}"),
        ("rank", rf"\b(?:the|its|a)\s+(?P<rank>(?:{rank})(?=\s+(?:city|town)\b)|{capital})(?:\s+(?:city|town))?\s+(?:of|in)\s+{p}"),
        ("rank", rf"{p}['’]s\s+(?P<rank>{rank}|{capital})\s+(?:city|town)\b"),
        ("between", rf"\b(?:mid-?way\s+|half-?way\s+)?between\s+{p}\s+and\s+{q}"),
        ("near", rf"\b{near}\s+{p}"),
        ("in", rf"\b(?:in|within|inside|part\s+of|belongs?\s+to)\s+{p}"),
        (
            "population",
            rf"\b(?:with\s+an?\s+)?(?:pre-?war\s+)?(?:{noun}|place|home|population)\s+(?:of|to|with)\s+(?:(?:a\s+)?population\s+of\s+)?{number}",
        ),
    )


def _either(words: frozenset[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _patterns(*groups: frozenset[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _compiled(*groups))


def patterns(words: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of a language; a language without the word lists has none."""
    table = words.groups["geography"]
    needed = ("directions", "ranks", "capitals", "settlement")
    return _patterns(*(table[n] for n in needed)) if all(n in table for n in needed) else ()


def _made(predicate: str, found: re.Match[str], tail: Masked, words: Lexicon) -> Told | None:
    """The relation with its places, where those are of a kind that can stand in it."""
    end = tail.at_end(found.end())
    groups = found.groupdict()
    first = {
        "direction": ("settlement", "facility"),
        "distance": ("settlement", "facility"),
        "near": ("settlement", "facility"),
        "between": ("settlement",),
        "across": ("settlement",),
        "border": ("country",),
        "on-bank": tuple(WATERS),
        "on-river": tuple(WATERS),
        "at-sea": ("sea",),
        "part": tuple(UNITS),
        "in": tuple(UNITS),
        "rank": tuple(UNITS),
    }.get(predicate)
    others = [tail.name(found, g, *((first or ()) if g == "p" else ())) for g in ("p", "q") if groups.get(g)]
    if None in others:
        return None
    places = tuple(o for o in others if o is not None)
    if predicate == "border" and "border" not in f"{found.group()} {places[0].words.lower()}":
        return None
    if predicate in ("between", "across") and len(places) < 2:
        return None
    if predicate == "across" and places[1].place is not None and places[1].place.kind not in WATERS:
        return None
    if predicate == "part" and places and places[0].place is not None:  # "the eastern Donetsk region" lies itself in the east
        groups["loose"] = "loose" if groups.get("loose") is not None and places[0].place.kind != "country" else None
    note = _note(predicate, groups, words)
    return None if note is None else Told(predicate, tail.at(found.start()), _unit_end(tail, found.end()) if places else end, places, note)


def _note(predicate: str, groups: dict[str, str | None], words: Lexicon) -> str | None:
    """What the judge must know besides the places; None where a number could not be read."""
    if predicate == "population":
        number = (groups.get("n") or "").replace(",", "")
        number = MILLIONS.get(" ".join(number.split()), number)
        if not re.fullmatch(r"\d+(?:\.\d+)?", number):
            return None
        value = float(number) * (1e6 if groups.get("million") else 1)
        return f"{comparison(groups.get('before') or '', words)}|{value:g}"
    way = (groups.get("way") or "").replace("-", "").replace(" ", "").removesuffix("ern")
    if predicate == "rank":
        return " ".join((groups.get("rank") or "").split())
    if groups.get("km"):
        span = distance(groups["km"] or "", groups.get("cmp") or "", (groups.get("unit") or "km").startswith("mile"), words)
        return None if span is None else f"{way}|{span[0]:g}|{span[1]:g}"
    if predicate == "border":
        return f"{'on' if groups.get('on') else 'near'}||"
    if predicate == "part" and groups.get("loose"):
        return f"{way}|loose"
    if predicate == "part" and groups.get("the"):
        return f"{way}|{' '.join((groups['the'] or '').split())}"
    return way


def distance(word: str, before: str, miles: bool, words: Lexicon) -> tuple[float, float] | None:
    """The least and the most kilometres that the wording allows: "less than ten" is 0 to 10, "a few" 2 to 12."""
    factor = MILE_KM if miles else 1.0
    plain = " ".join(word.replace(",", "").split())
    if plain in VAGUE:
        low, high = VAGUE[plain]
        return low * factor, high * factor
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        value = float(plain) * factor
    elif plain in words.numbers:
        value = float(words.numbers[plain]) * factor
    else:
        return None
    op = comparison(before, words)
    if op in ("<", "<="):
        return 0.0, value
    return (value, 3 * value) if op in (">", ">=") else (value, value)


def _unit_end(tail: Masked, at: int) -> int:
    """Reaches over "region" after the region's name."""
    more = re.match(UNIT, tail.text[at:])
    return tail.at_end(at + (more.end() if more else 0))


def listed(names: Sequence[Where]) -> tuple[Where, ...]:
    """Places by first mention, each once."""
    seen: dict[str, Where] = {}
    for where in names:
        if where.place is not None:
            seen.setdefault(where.place.id, where)
    return tuple(seen.values())


def words_of(reading: Reading, *groups: str) -> frozenset[str]:
    """Words of the geography groups that the language has; relations are read in English only so far."""
    table = reading.lexicon.groups["geography"]
    return frozenset().union(*(table.get(g, frozenset()) for g in groups))
