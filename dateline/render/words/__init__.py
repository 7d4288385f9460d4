"""The words that are the page's own, one TOML file a language: data, ready to be translated.

A language is added by copying en.toml to <code>.toml and translating the right-hand sides; nothing else
has to change. What a judge wrote (reasons, bases, headline) is not here: it stays as it was written.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.verdict import Verdict

__all__ = ["ORDER", "SIGNS", "Words", "languages", "words"]

# A verdict is a sign, a word and a colour, in that order of trust; the signs are told apart by shape alone.
SIGNS = {
    Verdict.SUPPORTED: "✓",
    Verdict.MISDATED: "◷",
    Verdict.MISPLACED: "◈",
    Verdict.OVERSTATED: "▲",
    Verdict.UNDERSTATED: "▼",
    Verdict.REFUTED: "✕",
    Verdict.DISPUTED: "≠",
    Verdict.UNVERIFIED: "○",
    Verdict.NOT_CHECKABLE: "–",
}

# The order of tally and ledger: what a reader has to know first comes first.
ORDER = (
    Verdict.MISDATED,
    Verdict.MISPLACED,
    Verdict.REFUTED,
    Verdict.OVERSTATED,
    Verdict.UNDERSTATED,
    Verdict.DISPUTED,
    Verdict.SUPPORTED,
    Verdict.UNVERIFIED,
    Verdict.NOT_CHECKABLE,
)


@dataclass(frozen=True, eq=False)
class Words:
    """The catalogue of one language: `w("page.skip")`, `w.plural("count.claims", 3)`."""

    language: str
    table: dict[str, Any]

    def __call__(self, key: str, **fields: object) -> str:
        """The words at a dotted key, with its {fields} filled in."""
        section, _, name = key.partition(".")
        return str(self.table[section][name]).format(**fields) if name else str(self.table[section])

    def plural(self, key: str, n: int, **fields: object) -> str:
        """The words at `key` in the form that the language uses with the number `n`."""
        section, _, name = key.partition(".")
        forms: dict[str, str] = self.table[section][name]
        form = _PLURALS[self.table["plural"]](n)
        return forms.get(form, forms[min(forms, key=_FORMS.index)]).format(n=n, **fields)

    def verdict(self, verdict: Verdict) -> str:
        return str(self.table["verdict"][verdict.value])

    def kind(self, kind: str) -> str:
        """A kind in words; one that a plugin brought goes by its own name."""
        return str(self.table["kind"].get(kind, kind))

    def month(self, number: int) -> str:
        return str(self.table["months"][number - 1])


_FORMS = ("other", "many", "few", "one")


def _one_other(n: int) -> str:
    return "one" if n == 1 else "other"


def _slavic(n: int) -> str:
    """Ukrainian and Russian, by the plural rules of the Unicode CLDR."""
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


_PLURALS = {"one-other": _one_other, "slavic": _slavic}


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that the page can speak."""
    names = (f.name for f in files(__name__).iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml")))


@cache
def words(language: str = "en") -> Words:
    """The catalogue of `language`, or of English where there is none."""
    code = language if language in languages() else "en"
    return Words(code, tomllib.loads(files(__name__).joinpath(f"{code}.toml").read_text(encoding="utf-8")))
