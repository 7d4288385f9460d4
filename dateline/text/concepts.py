"""What a text is about, in the concepts of the pivot language (English), without parsing it.

`concepts` is for comparing sentences with records: "ворог обстріляв лікарню" and "the enemy shelled a
hospital" give the same set. `gloss` gives word by word what that rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.text.glossary import english, english_of
from dateline.text.lexicon import PIVOT, Lexicon, lexicon
from dateline.text.morph import Analysis, analyser, language_data, plain

WORD = re.compile(r"\d+(?:[.,\s  ]\d+)*|[^\W\d_]+(?:[-'’ʼ][^\W\d_]+|-\d+)*\.?(?<!\.)")
ENDINGS = (("ies", "y"), ("ses", "s"), ("es", "e"), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("en", "e"))
# How a comparison is told in English (en.toml [compare]).
SAID = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "up to", "about": "about"}
NOMINATIVE = "аяоей"  # a name that ends so may be in its first form as well
LONGEST_PHRASE = 3  # words of the longest lemma with spaces in the word lists


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word (or fixed phrase) with the English it stands for; `known` is False for names that were only transliterated."""

    start: int
    end: int
    text: str
    lemma: str
    english: tuple[str, ...]
    known: bool


def concepts(text: str, language: str) -> frozenset[str]:
    """The concepts of a text in any language that is read, as `Lexicon.concept` names them; names in Latin letters."""
    words = lexicon(PIVOT)
    if language == PIVOT:
        return concepts_of(text, words)
    return words.concepts(tuple(e for g in gloss(text, language) for e in g.english))


def gloss(text: str, language: str) -> tuple[Gloss, ...]:
    """Every word of the text with its English lemmas, in text order; a phrase of the word list is one item."""
    found = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
    phrases = _phrases(language)
    out: list[Gloss] = []
    at = 0
    while at < len(found):
        start, end, word = found[at]
        count, number = _number(found, at, language)
        if count:
            end = found[at + count - 1][1]
            out.append(Gloss(start, end, text[start:end], plain(text[start:end]), (number,), True))
            at += count
            continue
        size = next((n for n in range(LONGEST_PHRASE, 1, -1) if _key(found[at : at + n], language) in phrases and at + n <= len(found)), 1)
        if size > 1:
            end = found[at + size - 1][1]
            key = _key(found[at : at + size], language)
            out.append(Gloss(start, end, text[start:end], " ".join(key), tuple(phrases[key].split()), True))
        else:
            out.append(_word(start, end, word, language))
        at += size
    return tuple(out)


def _word(start: int, end: int, word: str, language: str) -> Gloss:
    if word[0].isdigit():
        whole = re.sub(r"[.,\s  ](?=\d{3}(?!\d))", "", word).replace(",", ".")
        return Gloss(start, end, word, word, (whole,), True)
    joint = _small(language).get(plain(word))
    if joint is not None:
        return Gloss(start, end, word, plain(word), tuple(joint.split()), True)
    readings = analyser(language)(word)
    told = next((e for a in readings if (e := english(a, language)) is not None), None)
    if told is not None:
        return Gloss(start, end, word, readings[0].lemma, tuple(told.split()), True)
    if "-" in word:
        parts = tuple(t for part in word.split("-") if part for t in _word(start, end, part, language).english)
        return Gloss(start, end, word, plain(word), parts, False)
    if word[0].isupper():
        return Gloss(start, end, word, plain(word), latin_names(word, language), False)
    return Gloss(start, end, word, readings[0].lemma, (), False)


def _number(words: list[tuple[int, int, str]], at: int, language: str) -> tuple[int, str]:
    """How many words from `at` on are one number told in words, and the number: (2, "46") for "сорока шести"."""
    table, own = language_data(language)["numbers"], language_data(language)["vague"]
    word = plain(words[at][2])
    if word in own:
        low = own[word][0]
        return 1, next((name for name, (least, _) in lexicon(PIVOT).vague.items() if least == low), "several")
    total, part, size = 0, 0, 0
    for start, _, following in words[at:]:
        value = table.get(plain(following))
        if value is None or (size and start - words[at + size - 1][1] > 1):
            break
        if value >= 1000:
            total, part = total + max(part, 1) * value, 0
        else:
            part += value
        size += 1
    if not size:
        return 0, ""
    whole = total + part
    words_for = {v: k for k, v in lexicon(PIVOT).numbers.items() if v <= 12 or v >= 1000}
    return size, words_for.get(whole, str(whole)) if size == 1 else str(whole)


@lru_cache(maxsize=8)
def _small(language: str) -> dict[str, str]:
    """Small words in English: what joins clauses, and what compares numbers ("понад" is "more than")."""
    data = language_data(language)
    small = {plain(w): e for w, e in data["words"].items()}
    small |= {plain(w): "" for w in data["prepositions"]}
    small |= {plain(w): "" for group in data["joining"].values() for w in group if plain(w) not in small}
    small |= {plain(w): "not" for w in data["joining"]["negation"]}
    small |= {
        plain(w): SAID[group] for group, words in data["compare"].items() for w in words if " " not in w and w not in data["prepositions"]
    }
    return small


def _key(words: list[tuple[int, int, str]], language: str) -> tuple[str, ...]:
    return tuple(_lemma_of(word, language) for _, _, word in words)


@lru_cache(maxsize=65536)
def _lemma_of(word: str, language: str) -> str:
    return min((a.lemma for a in analyser(language)(word)), default=plain(word)) if not word[0].isdigit() else word


@lru_cache(maxsize=8)
def _phrases(language: str) -> dict[tuple[str, ...], str]:
    """Lemmas with spaces, word by word as the analyser sees them."""
    rows = [(lemma, e) for (lemma, pos), e in english_of(language).items() if " " in lemma and not pos]
    rows += [(w, SAID[group]) for group, words in language_data(language)["compare"].items() for w in words if " " in w]
    rows += [(w, told.split(">")[1]) for w, told in language_data(language).get("compound_prepositions", {}).items() if " " in w]
    return {tuple(_lemma_of(part, language) for part in lemma.split()): e for lemma, e in rows}


def latin_names(word: str, language: str) -> tuple[str, ...]:
    """A name in Latin letters: as it stands and, where it may be declined, in its first form."""
    first = list(first_forms(word, language))
    kept = (word, *first) if not first or word[-1] in NOMINATIVE else first
    return tuple(dict.fromkeys(latin(form, language) for form in kept))


def first_forms(word: str, language: str) -> Iterator[str]:
    """Forms of which a declined name may be one, by the endings of the language's data file."""
    for rule in language_data(language).get("transliteration", {}).get("endings", ()):
        ending, _, first = rule.partition(">")
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word.removesuffix(ending) + first
            return


@lru_cache(maxsize=65536)
def latin(word: str, language: str) -> str:
    """Transliterated, in lower case; words that are in Latin letters already stay."""
    rules = language_data(language).get("transliteration")
    if rules is None:
        return word.lower()
    letters, start = rules["letters"], rules["start"]
    low, out, at = word.lower().replace("’", "'").replace("ʼ", "'"), "", 0
    while at < len(low):
        pair = low[at : at + 2]
        if pair in letters:
            out, at = out + letters[pair], at + 2
            continue
        letter = low[at]
        out += start[letter] if at == 0 and letter in start else letters.get(letter, letter)
        at += 1
    return out


def concepts_of(text: str, words: Lexicon) -> frozenset[str]:
    """Concepts of English words, by a light rule for endings: records are short and ours."""
    return _concepts(text, words.language) if words is lexicon(words.language) else _read_concepts(text, words)


@lru_cache(maxsize=16384)  # the same records are asked about again and again
def _concepts(text: str, language: str) -> frozenset[str]:
    return _read_concepts(text, lexicon(language))


def _read_concepts(text: str, words: Lexicon) -> frozenset[str]:
    tokens = [t.strip(".,;:!?()\"'“”’").lower().removesuffix("'s") for t in text.replace("|", " ").split()]
    return words.concepts(tuple(_english_lemma(t, words) for t in tokens if t))


def _english_lemma(token: str, words: Lexicon) -> str:
    if token in words.concept_of or token in words.stop:
        return token
    for ending, mend in ENDINGS:
        if token.endswith(ending) and token.removesuffix(ending) + mend in words.concept_of:
            return token.removesuffix(ending) + mend
    return token[:-1] if token.endswith("s") and not token.endswith("ss") and len(token) > 3 else token


def readings(word: str, language: str) -> tuple[Analysis, ...]:
    """What a form may be, for callers that have but a word."""
    return analyser(language)(word)
