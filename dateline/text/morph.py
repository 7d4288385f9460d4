"""What a word form may be: its lemma, part of speech, case, number, gender and tense, by the rules of its language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Protocol

APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‘": "'", "ё": "е"})
NOUNS = {"noun": "NOUN", "noun-adj": "ADJ", "adj": "ADJ", "verb": "VERB"}  # class of a lemma -> part of speech of its paradigms
CACHED = 65536  # word forms kept analysed: a long report has a tenth of them


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a word form. Universal parts of speech; `form` of verbs: fin, inf, part, short, impers, ger, imp.

    Cases nom gen dat acc ins loc voc, numbers sg pl, genders m f n p (p: either, in the plural only); "" where
    the form does not tell. `reflexive` is True for a verb's form in -ся, się whose lemma has it not.
    """

    lemma: str
    pos: str
    form: str = ""
    case: str = ""
    number: str = ""
    gender: str = ""
    tense: str = ""
    reflexive: bool = False
    known: bool = True
    animate: bool | None = None


class Analyser(Protocol):
    """The hook for engines: all readings of one form, most likely first, never none."""

    def __call__(self, form: str) -> tuple[Analysis, ...]: ...


def plain(word: str) -> str:
    """A word in lower case with one kind of apostrophe and without the dots of ё, which print leaves out."""
    return word.lower().translate(APOSTROPHES)


@cache
def language_data(language: str) -> Mapping[str, Any]:
    """The data file of a language, `data/<language>.toml`."""
    return tomllib.loads(files("dateline.text").joinpath(f"data/{language}.toml").read_text("utf-8"))


@cache
def analyser(language: str) -> Analyser:
    """The engine that the language's data file names, ready to be asked; answers are kept."""
    engine = language_data(language)["morphology"]["engine"]
    name, _, argument = engine.partition(":")
    found: Analyser
    if name == "pymorphy3":
        from dateline.text.morph_dictionary import Dictionary

        found = Dictionary(argument, language)
    else:
        found = Paradigms(language)
    return lru_cache(maxsize=CACHED)(found)


class Paradigms:
    """Inflection by the paradigms of the language's data file, over the lemmas of its word list; the rest is guessed by ending."""

    def __init__(self, language: str) -> None:
        from dateline.text.glossary import rows_of

        rules = language_data(language)["morphology"]
        self.stems = [(re.compile(s["find"]), s["put"]) for s in rules.get("stem", ())]
        self.paradigms = [_Paradigm(p, rules.get("soften", [])) for p in rules["paradigm"]]
        self.adjectives = [p for p in self.paradigms if p.pos == "ADJ"]
        self.particle = tuple(rules.get("reflexive", ()))
        self.perfective = re.compile(rules["perfective"]) if "perfective" in rules else None
        self.imperfective = re.compile(rules["imperfective"]) if "imperfective" in rules else None
        self.guesses = [(tuple(g["end"]), _features(g["as"])) for g in rules["guess"]]
        self.table: dict[str, tuple[Analysis, ...]] = {}
        for form, told in rules.get("irregular", {}).items():
            self._add(plain(form), *_irregular(told))
        doubtful: list[tuple[str, Analysis]] = []
        for row in rows_of(language):
            changes = row.kind == "noun" and any(find.search(row.lemma) for find, _ in self.stems)
            for form, found in self._inflected(row.lemma, row.kind):
                # "міста" is rather of "місто" than of "міст", whose vowel changes
                if found.form == "part" or (changes and form != row.lemma and form.startswith(row.lemma)):
                    doubtful.append((form, found))
                else:
                    self._add(form, found)
        for form, found in doubtful:
            self._add(form, found)

    def __call__(self, form: str) -> tuple[Analysis, ...]:
        form = plain(form)
        found = self.table.get(form)
        if found is not None:
            return found
        for mark in self.particle:
            verbs = [a for a in self.table.get(form.removesuffix(mark), ()) if a.pos == "VERB"] if form.endswith(mark) else []
            if verbs:
                return tuple(replace(a, reflexive=True) for a in verbs)
        return self._guessed(form)

    def _guessed(self, form: str) -> tuple[Analysis, ...]:
        _ends, features = next(g for g in self.guesses if any(form.endswith(e) for e in g[0]))
        return tuple(replace(a, lemma=form) for a in features)

    def _add(self, form: str, *found: Analysis) -> None:
        kept = self.table.get(form, ())
        self.table[form] = (*kept, *(a for a in found if a not in kept))

    def _inflected(self, lemma: str, kind: str) -> Iterator[tuple[str, Analysis]]:
        """Every form of a lemma; a lemma of a class without endings is its only form."""
        if kind in ("adv", "fixed") or " " in lemma:
            yield lemma, Analysis(lemma, "ADV" if kind == "adv" else "NOUN")
            return
        base, mark = lemma, ""
        if kind == "verb":
            mark = next((m for m in self.particle if lemma.endswith(m)), "")
            base = lemma.removesuffix(mark)
        chosen = [p for p in self.paradigms if (p.name == "pl") == (kind == "plural") and p.pos == NOUNS.get(kind, "NOUN")]
        for paradigm in chosen:
            for form, found in paradigm.forms(base, self.stems if kind in ("noun", "plural") else ()):
                pos = "NOUN" if kind == "noun-adj" else found.pos
                tense = self._tense(found, base) if found.tense == "pres" else found.tense
                whole = Analysis(lemma, pos, found.form, found.case, found.number, found.gender, tense)
                if found.form == "part" and not mark:
                    yield from self._participles(form, lemma)
                elif mark:
                    yield from ((form + m, whole) for m in self.particle)
                else:
                    yield form, whole

    def _participles(self, form: str, lemma: str) -> Iterator[tuple[str, Analysis]]:
        for paradigm in self.adjectives:
            for inflected, found in paradigm.forms(form, ()):
                yield inflected, Analysis(lemma, found.pos, "part", found.case, found.number, found.gender)

    def _tense(self, found: Analysis, lemma: str) -> str:
        """What looks like the present of a perfective verb tells of the future."""
        if found.tense != "pres" or self.perfective is None or not self.perfective.search(lemma):
            return found.tense
        return "pres" if self.imperfective is not None and self.imperfective.search(lemma) else "fut"


class _Paradigm:
    """One paradigm of a data file: which lemmas follow it, and their endings."""

    def __init__(self, table: Mapping[str, Any], soften: list[str]) -> None:
        self.name, self.pos, self.gender = table["name"], table["pos"], table.get("gender", "")
        self.lemma = re.compile(table["lemma"])
        self.excluded = re.compile(table["not"]) if "not" in table else None
        self.soften = [(a, b) for a, _, b in (s.partition(">") for s in table.get("soften", soften))]
        self.endings: list[tuple[str, tuple[Analysis, ...]]] = []
        for item in table["forms"].split():
            ending, _, told = item.partition(":")
            self.endings.append((ending.replace("-", ""), tuple(_analysis(self.pos, self.gender, f) for f in told.split(","))))

    def forms(self, lemma: str, stems: Any) -> Iterator[tuple[str, Analysis]]:
        match = self.lemma.fullmatch(lemma)
        if match is None or (self.excluded is not None and self.excluded.search(lemma)):
            return
        base = match.group(1)
        variants = [base] + [v for find, put in stems if (v := find.sub(put, base)) != base]
        for number, stem in enumerate(variants):
            for ending, found in self.endings:
                if number and not ending:
                    continue  # the bare stem is the lemma's own
                form = self._softened(stem) + ending[1:] if ending.startswith("^") else stem + ending
                yield from ((form, a) for a in found)

    def _softened(self, stem: str) -> str:
        return next((stem.removesuffix(hard) + soft for hard, soft in self.soften if stem.endswith(hard)), stem)


CASES = frozenset({"nom", "gen", "dat", "acc", "ins", "loc", "voc"})
FORMS = frozenset({"inf", "part", "short", "impers", "ger", "imp"})
TENSES = frozenset({"past", "pres", "fut"})


def _analysis(pos: str, gender: str, told: str) -> Analysis:
    """Features as data files write them ("gen.sg", "past.pl", "acc.sg.m") on top of the paradigm's own."""
    features = told.split(".")
    tense = next((f for f in features if f in TENSES), "")
    return Analysis(
        "",
        pos,
        form=next((f for f in features if f in FORMS), "fin" if tense else ""),
        case=next((f for f in features if f in CASES), ""),
        number=next((f for f in features if f in ("sg", "pl")), ""),
        gender=next((f for f in features if f in ("m", "f", "n")), gender),
        tense=tense,
    )


def _irregular(told: str) -> tuple[Analysis, ...]:
    lemma, pos, features = told.split()
    return tuple(replace(_analysis(pos, "", f), lemma=lemma) for f in features.split(","))


def _features(told: str) -> tuple[Analysis, ...]:
    found: list[Analysis] = []
    for reading in told.split(";"):
        pos, gender, features = reading.split()
        found.extend(replace(_analysis(pos, gender, f), known=False) for f in features.split(","))
    return tuple(found)
