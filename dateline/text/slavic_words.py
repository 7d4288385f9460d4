"""Words of a sentence with their readings, before they are joined: which are verbs, prepositions, numbers, joints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from dateline.text.concepts import latin_names
from dateline.text.glossary import english
from dateline.text.morph import Analysis, analyser, language_data, plain
from dateline.text.slavic_tokens import Piece

LONGEST_ACRONYM = 5  # capitals: a longer word in capitals is a word (posts shout)
ORDINAL = re.compile(r"\d+-[^\W\d_]+")  # "92-га", "72-я"
# Nouns of people (by their English): their accusative is the genitive, so what looks like the nominative is no object.
ANIMATE = frozenset(
    "soldier serviceman fighter defender occupier invader liberator marine paratrooper infantryman artilleryman tanker sniper "
    "sapper scout "
    "saboteur mercenary volunteer militant rebel separatist terrorist partisan veteran officer general colonel major captain "
    "lieutenant "
    "sergeant admiral commander pilot sailor conscript reservist prisoner guard refugee doctor rescuer firefighter policeman "
    "prosecutor judge "
    "investigator student pupil teacher priest president minister premier deputy senator politician leader head governor mayor "
    "official "
    "spokesperson representative ambassador diplomat chancellor king pope adviser secretary director chairman member founder "
    "expert analyst "
    "journalist correspondent blogger witness activist resident citizen person man boy child teenager pensioner tourist passenger "
    "driver "
    "ukrainian russian american european german pole enemy troop worker hero protester dictator partner ally".split()
)
INFLECTED = ("NOUN", "ADJ", "DET", "PRON", "NUM")
VERBAL = frozenset({"fin", "inf", "impers", "short", "ger", "imp"})
Features = frozenset[tuple[str, str, str]]  # case, number, gender
ANY = frozenset({(c, n, "") for c in ("nom", "gen", "dat", "acc", "ins", "loc") for n in ("sg", "pl")})


@dataclass(slots=True)
class Word:
    """A token on its way into the tree; `head` and `dep` are set when it is joined to another."""

    i: int
    text: str
    start: int
    end: int
    readings: tuple[Analysis, ...]
    pos: str
    lemma: str
    features: Features = frozenset()
    verb: Analysis | None = None
    role: str = ""  # joining role: that, purpose, condition, time, relative, place, coordinating, copula ...
    governs: dict[str, str] = field(default_factory=dict)  # of a preposition: case -> its English
    head: int | None = None
    dep: str = ""

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Rules:
    """What a language's data file says about building clauses."""

    language: str
    prepositions: dict[str, dict[str, str]]
    compounds: dict[tuple[str, ...], dict[str, str]]
    before: dict[str, str]
    joining: dict[str, str]
    negation: frozenset[str]
    no_one: frozenset[str]
    hypothetical: frozenset[str]
    words: dict[str, str]
    numbers: frozenset[str]
    abbreviations: frozenset[str]
    undergo: frozenset[str]
    genitive: frozenset[str]


@cache
def rules_of(language: str) -> Rules:
    """The rules of a language, read once."""
    data = language_data(language)
    joining = {w: role for role, words in data["joining"].items() for w in words if role not in ("negation", "no_one", "hypothetical")}
    return Rules(
        language,
        {plain(p): _governed(told) for p, told in data["prepositions"].items()},
        {tuple(plain(p).split()): _governed(told) for p, told in data.get("compound_prepositions", {}).items()},
        dict(data.get("prepositions_before", {})),
        {plain(w): role for w, role in joining.items()},
        frozenset(data["joining"]["negation"]),
        frozenset(data["joining"]["no_one"]),
        frozenset(data["joining"]["hypothetical"]),
        {plain(w): e for w, e in data["words"].items()},
        frozenset(plain(w) for w in (*data["numbers"], *data["vague"])),
        frozenset(data["abbreviations"]["words"]),
        frozenset(plain(w) for w in data.get("verbs", {}).get("undergo", ())),
        frozenset(plain(w) for w in data.get("verbs", {}).get("genitive", ())),
    )


def _governed(told: str) -> dict[str, str]:
    """ "loc>in acc>into": case -> English; what holds of several words is told with its spaces."""
    return {m.group(1): m.group(2).strip() for m in re.finditer(r"(\w+)>(.+?)(?=\s\w+>|$)", told)}


def words_of(pieces: tuple[Piece, ...], rules: Rules) -> list[Word]:
    """Every token with its readings, part of speech and English lemma; prepositions of several words joined."""
    words = [_word(i, piece, rules) for i, piece in enumerate(pieces)]
    _join_compounds(words, rules)
    for word in words:
        _settle(words, word, rules)
    return words


def _word(i: int, piece: Piece, rules: Rules) -> Word:
    text, low = piece.text, plain(piece.text.lstrip("#@"))
    word = Word(i, text, piece.start, piece.end, (), "X", low)
    if not any(c.isalnum() for c in text):
        word.pos = "PUNCT"
        return word
    if ORDINAL.fullmatch(text):
        word.pos, word.features = "ADJ", ANY
        return word
    if text[0].isdigit() or low in rules.numbers:
        word.pos, word.features = "NUM", ANY
        return word
    word.role = rules.joining.get(low, "")
    if low in rules.prepositions:
        word.pos, word.governs = "ADP", rules.prepositions[low]
        return word
    word.readings = analyser(rules.language)(text.lstrip("#@"))
    if any(a.lemma in rules.joining and rules.joining[a.lemma] == "relative" for a in word.readings):
        word.role = "relative"
    return word


def _join_compounds(words: list[Word], rules: Rules) -> None:
    for i, word in enumerate(words):
        for size in (4, 3, 2, 1):
            key = tuple(plain(w.text) for w in words[i : i + size])
            if len(key) == size and key in rules.compounds:
                word.pos, word.governs, word.readings = "ADP", rules.compounds[key], ()
                word.lemma = next(iter(word.governs.values()))
                for other in words[i + 1 : i + size]:
                    other.pos, other.readings, other.head, other.dep, other.governs = "PART", (), i, "fixed", {}
                break


def _settle(words: list[Word], word: Word, rules: Rules) -> None:
    """The part of speech, the verb's reading and the English lemma, by what stands before."""
    if not word.readings:
        return
    before = next((w for w in reversed(words[: word.i]) if w.pos not in ("PUNCT", "PART")), None)
    nominal = [a for a in word.readings if a.pos in INFLECTED and (a.case or a.pos == "NOUN")]
    if word.text.isupper() and 1 < len(word.text) <= LONGEST_ACRONYM:
        word.pos, word.features = "PROPN", ANY  # letters of a name are not declined
        told = next((e for a in nominal if (e := _english(a, rules)) is not None), None)
        word.lemma = told or latin_names(word.text, rules.language)[0]
        return
    verbs = [a for a in word.readings if a.pos in ("VERB", "AUX") and a.form in VERBAL]
    verbs.sort(key=lambda a: _english(a, rules) is None)
    governed = before is not None and before.pos == "ADP" and before.i == word.i - 1
    adjoined = before is not None and before.pos in ("ADJ", "DET") and before.i == word.i - 1
    if word.capital and before is not None and verbs and all(_english(a, rules) is None for a in verbs):
        verbs = []  # a capital inside the sentence: rather a name than a verb that nobody listed
    sure = bool(verbs) and (not nominal or not nominal[0].known or word.readings[0] in verbs)
    if sure and not governed and not (adjoined and nominal and nominal[0].known):
        word.verb = verbs[0]
        word.lemma = _english(verbs[0], rules) or verbs[0].lemma
        word.pos = "AUX" if verbs[0].pos == "AUX" or rules.words.get(verbs[0].lemma) == "be" else "VERB"
        return
    if nominal and (word.readings[0].pos in INFLECTED or governed or adjoined):
        nouns = [a for a in nominal if a.pos == "NOUN" and a.known]
        if nouns and len(nouns) < len(nominal) and not _describes(words, word, rules):
            nominal = nouns
        elif nouns and len(nouns) < len(nominal):
            nominal = [a for a in nominal if a not in nouns]
        chosen = nominal[0]
        word.pos = chosen.pos
        word.features = frozenset((a.case, a.number, a.gender) for a in nominal if a.case) or ANY
        guessed = word.capital and not any(a.known for a in nominal)
        if governed and before is not None and guessed and not any(c in before.governs for c, _, _ in word.features):
            word.features, word.pos = ANY, "PROPN"  # an ending that was guessed wrong
        if any(_english(a, rules) in ANIMATE for a in nominal):
            word.features = frozenset(f for f in word.features if f[0] != "acc" or ("nom", *f[1:]) not in word.features)
        told = next((e for a in nominal if (e := _english(a, rules)) is not None), None)
        if told is None and word.capital:
            word.pos = "PROPN" if chosen.pos == "NOUN" else chosen.pos
        word.lemma = told or (latin_names(word.text, rules.language)[-1] if word.capital and not chosen.known else chosen.lemma)
        return
    if word.capital and before is not None and word.readings[0].pos in ("VERB", "AUX"):
        word.pos, word.features, word.lemma = "PROPN", ANY, latin_names(word.text, rules.language)[0]
        return
    first = word.readings[0]
    word.pos = first.pos if first.pos not in ("AUX", "VERB") else "ADV"
    word.lemma = _english(first, rules) or first.lemma
    if word.pos == "ADP":  # one that the data file does not know
        word.governs = dict.fromkeys(("gen", "dat", "acc", "ins", "loc"), word.lemma)


def _describes(words: list[Word], word: Word, rules: Rules) -> bool:
    """True where a noun follows, so that what could be a noun itself describes it: "військові об'єкти"."""
    after = words[word.i + 1] if word.i + 1 < len(words) else None
    return after is not None and any(a.pos == "NOUN" and a.known for a in after.readings[:1]) and not after.governs and not after.verb


def _english(found: Analysis, rules: Rules) -> str | None:
    return rules.words.get(found.lemma) or english(found, rules.language)
