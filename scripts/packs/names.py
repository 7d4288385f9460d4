"""Spelling of place names: folding for comparison, romanisation, which of several names is Ukrainian or Russian."""

from __future__ import annotations

import re
import unicodedata

CYRILLIC = re.compile(r"[а-яіїєґ]", re.IGNORECASE)
RUSSIAN = re.compile("[ыэёъ]|(?:ое|ово|ево|овка|евка|ский|ская|ный|ная|ние)$", re.IGNORECASE)  # no Ukrainian spelling
NO_NAME = re.compile(r"^(?-i:[A-Z]{3})$|район|устрій|деление|\braion\b|district", re.IGNORECASE)  # airport codes, areas


def fold(name: str) -> str:
    """A name for comparison: no case, accents, apostrophes, hyphens; ten romanisations of the same sounds as
    one.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and (c.isalpha() or c == " ") and c not in "ʹʺ’'`ь")
    for old, new in (
        ("yy", "y"),
        ("iy", "y"),
        ("ii", "i"),
        ("yi", "i"),
        ("ye", "ie"),
        ("ya", "ia"),
        ("yu", "iu"),
        ("kyiv", "kiev"),
        ("zh", "z"),
        ("kh", "h"),
        ("g", "h"),
        ("j", "i"),
        ("y", "i"),
        ("ii", "i"),
    ):
        plain = plain.replace(old, new)
    return " ".join(plain.split())


def romanise(text: str) -> str:
    """Ukrainian by the resolution of the Cabinet of Ministers no. 55 of 2010."""
    first = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
    table = dict(
        zip(
            "абвгґдежзиіклмнопрстуфхцчшщьюяєїй’'",
            [
                "a",
                "b",
                "v",
                "h",
                "g",
                "d",
                "e",
                "zh",
                "z",
                "y",
                "i",
                "k",
                "l",
                "m",
                "n",
                "o",
                "p",
                "r",
                "s",
                "t",
                "u",
                "f",
                "kh",
                "ts",
                "ch",
                "sh",
                "shch",
                "",
                "iu",
                "ia",
                "ie",
                "i",
                "i",
                "",
                "",
            ],
            strict=True,
        )
    )
    out = []
    for word in re.split(r"([\s-]+)", text.replace("Зг", "Zgh").replace("зг", "zgh")):
        letters = [first[c] if i == 0 and c in first else table.get(c, c) for i, c in enumerate(word.casefold())]
        said = "".join(letters)
        out.append(said[:1].upper() + said[1:] if word[:1].isupper() else said)
    return "".join(out)


def spelt_as(names: list[str], spelt: set[str]) -> str:
    """The first Cyrillic name, one that is romanised as the entry is called before others."""
    cyrillic = [n for n in names if CYRILLIC.search(n) and not re.search("[ыэёъ]|комбінат|завод", n.casefold())]
    return next((n for n in cyrillic if fold(romanise(n)) in spelt), cyrillic[0] if cyrillic else "")


def russian(given: list[str], known: list[str]) -> str:
    """The Russian name that is given, else one that only Russian spelling can have written."""
    cyrillic = [n for n in given if CYRILLIC.search(n) and not re.search("[іїєґ]", n.casefold())]
    only = [n for n in known if CYRILLIC.search(n) and RUSSIAN.search(n) and not re.search("[іїєґ]", n.casefold())]
    return next(iter([*cyrillic, *only]), "")


def all_names(member: dict[str, str]) -> list[str]:
    several = [member["name"], member["eng"], member["ukr"], member["rus"]]
    for column in ("eng_var", "ukr_var", "rus_var"):
        several += member[column].split("|")
    return [n for n in several if n and not NO_NAME.search(n)]
