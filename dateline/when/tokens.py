"""Text -> tokens with one category each; what the grammar reads is the string of their categories."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.when.lexicon import Entry, Lexicon, normalise

__all__ = ["PLAIN", "Token", "category_code", "tokenise"]

# Every alternative is a fixed sequence of simple runs, so the scan is linear whatever the input.
_SCAN = re.compile(
    r"""
    (?P<para>\n[ \t\r]*\n\s*)
  | (?P<iso>(?<![\d-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))
  | (?P<num3>(?<![\d.,/])\d{1,4}(?:/\d{1,2}/|\.\d{1,2}\.|\.[ ]\d{1,2}\.[ ])\d{2,4}(?![\d/]|\.\d))
  | (?P<clock>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
  | (?P<dots>[^\W\d_](?:\.[^\W\d_])+\b\.?)
  | (?P<digits>\d+(?:[.,]\d+)*(?:['’]?[^\W\d_]{1,3}(?![^\W\d_]))?)
  | (?P<word>[^\W\d_](?:[^\W\d_]|[\u0301\u00ad\u200b-\u200d\u2060\ufeff]|['’ʼ‘](?=[^\W\d_]))*)
  | (?P<punct>[^\w\s])
    """,
    re.VERBOSE,
)

_PUNCT = {
    ",": "comma",
    ".": "dot",
    "-": "dash",
    "‐": "dash",
    "‑": "dash",
    "–": "ndash",
    "—": "ndash",
    "−": "ndash",
    "/": "slash",
    "'": "apos",
    "’": "apos",
    "‘": "apos",
    "(": "open",
    ")": "close",
    ";": "stop",
    ":": "colon",
    "!": "stop",
    "?": "stop",
    "…": "stop",
}

CATEGORIES = (
    "month wday unit units year num ordw ordd art vague half season seasonweak part partadv partgen "
    "oclock overnight deictic tonight eve yearadv last prev this next following coming past recent "
    "same modadj modnoun earlier later ago before after inn old since until upto by from to between "
    "and in on into for over whole of the every about exact approx more ref refnoun setadv ampm tz era fiscal "
    "holiday plan state relative_pronoun unitadj length roman d2 dn y4 y2 decade numdate clock comma "
    "dot dash ndash slash apos open close stop colon para"
).split()
PLAIN = "."
_ROMAN = dict(
    zip(
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split(),
        range(1, 22),
        strict=True,
    )
)
_ROMAN |= {
    k.translate({ord("I"): "І", ord("X"): "Х"}): v for k, v in list(_ROMAN.items())
}  # typed with Cyrillic letters
_CODE = {name: chr(0xE000 + i) for i, name in enumerate(CATEGORIES)}


def category_code(name: str) -> str:
    """The one character that stands for a category in the string of types."""
    return _CODE[name]


@dataclass(slots=True)
class Token:
    """A piece of text with its category ("" when it means nothing to the grammar) and its value."""

    text: str
    norm: str
    start: int
    end: int
    category: str = ""
    value: str = ""

    @property
    def code(self) -> str:
        return _CODE.get(self.category, PLAIN)


def _digits(token: Token, raw: str, lexicon: Lexicon) -> None:
    match = re.match(r"(\d+)(?:['’]?([^\W\d_]+))?$", raw)
    if match is None or len(match[1]) > 4:
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,3}\.\d{1,2}", raw):
            token.category, token.value = "dn", raw.replace(",", "")
        return
    number, suffix = int(match[1]), (match[2] or "").casefold()
    token.value = match[1]
    if suffix:
        if suffix in lexicon.option("decade_suffixes") and number % 10 == 0 and len(match[1]) in (2, 4):
            token.category = "decade"
        elif suffix in lexicon.option("ordinal_suffixes"):
            token.category = "ordd"
        return
    if len(match[1]) == 4 and 1000 <= number <= 2199:
        token.category = "y4"
    elif len(match[1]) <= 2 and 1 <= number <= 31:
        token.category = "d2"
    else:
        token.category = "dn"


def _phrase(lexicon: Lexicon, tokens: list[Token], i: int) -> tuple[int, Entry] | None:
    for parts, entry in lexicon.phrases.get(tokens[i].norm, ()):
        if len(parts) <= len(tokens) - i and all(tokens[i + k].norm == p for k, p in enumerate(parts)):
            return len(parts), entry
    return None


def _raw(text: str, lexicon: Lexicon) -> list[Token]:
    tokens: list[Token] = []
    for match in _SCAN.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "para":
            tokens.append(Token("\n", "\n", match.start(), match.end(), "para"))
            continue
        token = Token(piece, normalise(piece), match.start(), match.end())
        if kind == "iso" or kind == "num3":
            token.category, token.value = "numdate", piece
        elif kind == "clock":
            token.category, token.value = "clock", piece
        elif kind == "digits":
            _digits(token, piece, lexicon)
        elif kind == "punct":
            token.category = _PUNCT.get(piece, "")
            if (
                piece == "."
                and tokens
                and tokens[-1].end == token.start
                and len(tokens[-1].text) > 4
                and tokens[-1].text.isalpha()
            ):
                token.category = (
                    "stop"  # abbreviations of months and years are of four letters at most ("Sept.", "р.")
                )
        tokens.append(token)
    return tokens


def _join_suffix(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """ "24-го", "1990-х": digits, hyphen and a case ending are one token."""
    ordinals, decades = lexicon.option("ordinal_suffixes"), lexicon.option("decade_suffixes")
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if (
            t.category in ("d2", "dn", "y4")
            and i + 2 < len(tokens)
            and tokens[i + 1].category == "dash"
            and tokens[i + 1].start == t.end
            and tokens[i + 2].start == tokens[i + 1].end
        ):
            suffix = tokens[i + 2].norm
            is_decade = suffix in decades and t.value.endswith("0") and len(t.value) in (2, 4)
            if suffix in ordinals or is_decade:
                category = "decade" if is_decade else "y4" if t.category == "y4" else "ordd"
                out.append(Token(t.text, t.norm, t.start, tokens[i + 2].end, category, t.value))
                i += 3
                continue
        if (
            t.category == "apos"
            and i + 1 < len(tokens)
            and tokens[i + 1].start == t.end
            and tokens[i + 1].category in ("d2", "dn", "decade")
            and len(tokens[i + 1].value) == 2
        ):
            n = tokens[i + 1]
            category = "decade" if n.category == "decade" else "y2"
            out.append(Token(n.text, n.norm, t.start, n.end, category, n.value))
            i += 2
            continue
        out.append(t)
        i += 1
    return out


def tokenise(text: str, lexicon: Lexicon) -> list[Token]:
    """Tokens in text order, phrases of the pack joined, number words folded. Linear in the text."""
    from dateline.when.numbers import fold

    raw = _join_suffix(_raw(text, lexicon), lexicon)
    out: list[Token] = []
    i = 0
    while i < len(raw):
        token = raw[i]
        phrase = _phrase(lexicon, raw, i) if token.norm in lexicon.phrases else None
        if phrase is not None and (not phrase[1].capital or token.text[:1].isupper()):
            n, entry = phrase
            last = raw[i + n - 1]
            out.append(
                Token(
                    text[token.start : last.end],
                    " ".join(t.norm for t in raw[i : i + n]),
                    token.start,
                    last.end,
                    entry.category,
                    entry.value,
                )
            )
            i += n
            continue
        if not token.category:
            entry_ = lexicon.words.get(token.norm)
            if entry_ is None and token.norm.endswith("'s"):
                entry_ = lexicon.words.get(token.norm[:-2])
            if entry_ is None and token.text in _ROMAN:
                token.category, token.value = "roman", str(_ROMAN[token.text])
            if entry_ is not None and (not entry_.capital or token.text[:1].isupper()):
                token.category, token.value = entry_.category, entry_.value
        out.append(token)
        i += 1
    return fold(out)
