"""How names are made comparable: one fold for all scripts, romanisations, and keys that forgive spelling.

Three keys, each used alike when the index is built and when text is read:
`fold` forgives case, accents, hyphens and apostrophes; `skeleton` forgives Latin spellings of Slavic
names (Balakliia, Balakliya, Balaklia); `stems` forgives Ukrainian and Russian endings (Ізюмом, Изюма).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

__all__ = ["fold", "is_cyrillic", "romanisations", "romanise_uk", "skeleton", "stem_keys", "stems"]

APOSTROPHES = "'’‘ʼʹ`´′ʻʾʿ＇ʺ\"“”"
_DASHES = "-‐‑‒–—−/\u00a0\u202f\t\n\r_"
_SPECIAL = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "þ": "th",
    "ð": "d",
    "ё": "е",
    "ґ": "г",
    "ħ": "h",
    "ŋ": "n",
    "ə": "e",
}


def _table() -> dict[int, str]:
    table = {ord(c): "" for c in APOSTROPHES + ".·•"}
    table |= {ord(c): " " for c in _DASHES}
    table |= dict.fromkeys(range(768, 880), "")
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))
        if base != chr(code):
            table[code] = base.lower()
    return table | {ord(k): v for k, v in _SPECIAL.items()}


_TABLE = _table()
_CYRILLIC = re.compile("[\u0400-\u052f]")
_COMPOSED = re.compile("[и]\u0306|[і]\u0308|[е]\u0308")


def fold(name: str) -> str:
    """The name as it is looked up: lower case, no accents, apostrophes or full stops, hyphens as blanks."""
    low = name.lower()
    if low.isascii() and low.isalpha():
        return low
    if _COMPOSED.search(low):
        low = unicodedata.normalize("NFC", low)
    out = low.translate(_TABLE)
    return " ".join(out.split()) if " " in out else out


def is_cyrillic(text: str) -> bool:
    return not text.isascii() and _CYRILLIC.search(text) is not None


# Romanisation tables: KMU 2010 (resolution 55 of the Cabinet of Ukraine), BGN/PCGN 1965 and 1947, and the
# press habits of German, French and Polish. "^" marks the letter at the start of a word.
_UK = dict(
    zip("абвгґдежзиіклмнопрстуфхцчшьщ", [*"a b v h g d e zh z y i k l m n o p r s t u f kh ts ch sh".split(), "", "shch"], strict=True)
)
_KMU = _UK | {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia", "^є": "ye", "^ї": "yi", "^й": "y", "^ю": "yu", "^я": "ya"}
_BGN_UK = _UK | {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RU = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэ",
        [*"a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch".split(), "", "y", "", "e"],
        strict=True,
    )
)
_BGN_RU = _RU | {"е": "e", "^е": "ye", "ё": "yo", "й": "y", "ю": "yu", "я": "ya"}
_PRESS_RU = _RU | {"ё": "e", "й": "i", "ю": "iu", "я": "ia"}
_PLAIN_RU = _RU | {"ё": "e", "й": "i", "ю": "yu", "я": "ya"}
_GERMAN = {"ж": "sch", "з": "s", "с": "s", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "в": "w"}
_GERMAN_UK = _UK | _GERMAN | {"є": "je", "ї": "ji", "й": "j", "ю": "ju", "я": "ja"}
_GERMAN_RU = _RU | _GERMAN | {"ё": "jo", "й": "i", "ю": "ju", "я": "ja"}
_FRENCH_RU = _RU | {"ж": "j", "у": "ou", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia", "й": "i", "ё": "e"}
_UK_STYLES = (_KMU, _BGN_UK, _GERMAN_UK)
_RU_STYLES = (_BGN_RU, _PLAIN_RU, _PRESS_RU, _GERMAN_RU, _FRENCH_RU)


def _romanise(name: str, table: dict[str, str]) -> str:
    out: list[str] = []
    start = True
    for char in name:
        low = char.lower()
        latin = (table.get("^" + low) if start else None) or table.get(low)
        if latin is None:
            latin = "" if char in APOSTROPHES else low
            start = not (char.isalpha() or char in APOSTROPHES)
        else:
            start = False
        out.append(latin.capitalize() if char.isupper() else latin)
    return "".join(out).strip()


def romanise_uk(name: str) -> str:
    """A Ukrainian name by the national rule (KMU 2010), with "зг" as "zgh": Чугуїв -> Chuhuiv."""
    text = name.replace("зг", "зgh").replace("Зг", "Зgh")
    return _romanise(text, _KMU)


def romanisations(name: str) -> set[str]:
    """Folded Latin spellings of a Cyrillic name by the national, BGN/PCGN and press rules."""
    low = name.lower()
    ukrainian = bool(set(low) & set("іїєґ"))
    russian = bool(set(low) & set("ыэёъ"))
    styles = _UK_STYLES if ukrainian else _RU_STYLES if russian else _UK_STYLES + _RU_STYLES
    out = {fold(_romanise(low, style)) for style in styles}
    return {re.sub(r"(?:ii|yy|iy|yi|ij)$", "y", n) for n in out} | out


_SKELETON: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(a), b)
    for a, b in (
        (r"shch|schtsch|chtch|szcz|sch|sh|sz", "S"),
        (r"tsch|tch|cz|ch", "C"),
        (r"zh|rz", "Z"),
        (r"kh|g", "h"),
        (r"ts|tz|c", "t"),
        (r"w", "v"),
        (r"ff?$", "v"),
        (r"x", "ks"),
        (r"q", "k"),
        (r"ck", "k"),
        (r"[ijy]+", "i"),
        (r"i(?=[aeou])", ""),
        (r"(.)\1+", r"\1"),
        (r"io$|yo$", "o"),
    )
)


@lru_cache(maxsize=4096)
def skeleton(folded: str) -> str:
    """A Latin name reduced to what its spellings share; "" when too short to mean anything."""
    out = folded
    for pattern, repl in _SKELETON:
        out = pattern.sub(repl, out)
    return out if len(out.replace(" ", "")) >= 5 else ""  # under 5 letters names of different places fall together


_NOMINATIVE = (
    "ська",
    "ская",
    "ий",
    "ый",
    "ій",
    "ой",
    "ая",
    "яя",
    "ое",
    "ее",
    "ые",
    "ие",
    "а",
    "я",
    "о",
    "е",
    "є",
    "и",
    "і",
    "ї",
    "ы",
    "ь",
    "й",
)
_ENDINGS = (
    "ого",
    "его",
    "ього",
    "ому",
    "ему",
    "ьому",
    "ими",
    "ыми",
    "ами",
    "ями",
    "ої",
    "ою",
    "ею",
    "єю",
    "ьою",
    "ьей",
    "ьєю",
    "ій",
    "ий",
    "ый",
    "ой",
    "ей",
    "їй",
    "ая",
    "яя",
    "ое",
    "ее",
    "ые",
    "ие",
    "ую",
    "юю",
    "ых",
    "их",
    "їх",
    "ым",
    "им",
    "їм",
    "ом",
    "ем",
    "єм",
    "ём",
    "ям",
    "ам",
    "ях",
    "ах",
    "ів",
    "їв",
    "ов",
    "ев",
    "єв",
    "ові",
    "еві",
    "єві",
    "ью",
    "ьи",
    "а",
    "я",
    "о",
    "е",
    "є",
    "и",
    "і",
    "ї",
    "ы",
    "у",
    "ю",
    "ь",
    "й",
)
_ALTERNATING = re.compile(r"[оеєіїё](?=[^аоуеиіїєюяыэёь]ь?$)")
_SOFTENED = {"ц": "к", "з": "г", "с": "х"}
_LEAST = 3  # shorter stems fall together with common words


def _stem(word: str) -> str:
    if len(word) <= _LEAST:
        return _ALTERNATING.sub("о", word)  # Ріг, Рогу: too short to lose its vowel
    bare = word.rstrip("ьй") if len(word) > _LEAST else word
    return _ALTERNATING.sub("", bare) if len(bare) > _LEAST else bare


def _nominative_stem(word: str) -> str:
    if word.endswith(("ська", "ская", "цька", "цкая")):
        return word[:-1] if word.endswith("ка") else word[:-2]
    for ending in _NOMINATIVE[2:]:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return _stem(word[: -len(ending)])
    return _stem(word)


@lru_cache(maxsize=8192)
def _query_stems(word: str) -> tuple[str, ...]:
    out = {_stem(word): None}
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:  # "Яру": short, but part of a longer name
            base = word[: -len(ending)]
            out[_stem(base)] = None
            if ending in ("і", "е") and base[-1] in _SOFTENED:
                out[_stem(base[:-1] + _SOFTENED[base[-1]])] = None
            if base[-1] in "оаеє" and ending[0] in "яюїєе":
                out[_stem(base[:-1])] = None  # Джанкоя: the nominative's -ой went as a whole
            if ending in ("ю", "ью") and base[-1] == base[-2]:
                out[_stem(base[:-1])] = None
    return tuple(out)


def stems(folded: str) -> str:
    """The index key of a Cyrillic name in the nominative: Балаклія -> балаклі; "" when too short."""
    words = folded.split()
    key = " ".join(map(_nominative_stem, words))
    return key if len(key) >= _LEAST else ""


def stem_keys(words: Iterable[str]) -> list[str]:
    """The index keys that a name in any case could have, likeliest first, for folded words of the text."""
    options = [_query_stems(w)[:5] for w in words]
    if len(options) == 1:
        return [key for key in options[0] if len(key) >= _LEAST]
    return [key for parts in product(*options) if len(key := " ".join(parts)) >= _LEAST][:64]
