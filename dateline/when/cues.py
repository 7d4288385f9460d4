"""Tense around a time expression: does the clause speak of the past or of what is to come?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.when.lexicon import Lexicon
from dateline.when.tokens import Token

__all__ = ["Cue", "Tense", "sentence_of", "sentences", "tense"]

Tense = Literal["past", "future", None]


@dataclass(frozen=True, slots=True)
class Cue:
    """What the nearest verb says, and whether it governs the expression closely ("hit on 26 December")."""

    tense: Tense = None
    close: bool = False


_REACH = 12  # tokens to either side; verbs further off govern another clause (read off TBAQ)

_CLOSE = 3  # a verb, its preposition and an article (read off TBAQ)


def sentences(tokens: list[Token]) -> list[int]:
    """For every token the number of its sentence: cut at stops, at paragraphs, at a dot before a capital."""
    out: list[int] = []
    number = 0
    for k, t in enumerate(tokens):
        out.append(number)
        nxt = tokens[k + 1] if k + 1 < len(tokens) else None
        if t.category == "para" or t.text in "!?…":
            number += 1
        elif (
            t.text == "."
            and nxt is not None
            and nxt.start > t.end
            and (nxt.text[:1].isupper() or nxt.text[:1] in '"“„«—–' or nxt.text[:1].isdigit())
        ):
            before = tokens[k - 1] if k else None
            initial = before is not None and len(before.text) == 1 and before.text.isalpha() and before.text.isupper()
            month = before is not None and before.category == "month" and nxt.text[:1].isdigit() and len(before.text) <= 4
            number += 0 if initial or month else 1
    return out


def sentence_of(numbers: list[int], k: int) -> int:
    return numbers[min(k, len(numbers) - 1)] if numbers else 0


def _a_thing(tokens: list[Token], k: int, lexicon: Lexicon) -> bool:
    """ "announced the plan", "its aims": behind an article or a possessive no verb, so no prospect."""
    before = tokens[k - 1] if k else None
    return (
        before is not None
        and tokens[k].norm in lexicon.cues.get("cue_noun", ())
        and (before.category in ("the", "art") or before.norm in lexicon.cues.get("cue_possessive", ()))
    )


def _cue(tokens: list[Token], k: int, lexicon: Lexicon) -> Tense:
    t = tokens[k]
    word = t.norm
    if _a_thing(tokens, k, lexicon):
        return None
    if t.category == "plan":
        return "future"
    if word in lexicon.cues.get("cue_future", ()):
        return "future"
    if word in lexicon.cues.get("cue_past", ()):
        return "past"
    if len(word) > 3 and not t.category and word not in lexicon.cues.get("cue_not_past", ()):
        if word.endswith(tuple(lexicon.cues.get("cue_past_suffix", ()))):
            return "past"
        if word.endswith(tuple(lexicon.cues.get("cue_future_suffix", ()))):
            return "future"
    return None


def _planned(tokens: list[Token], numbers: list[int], k: int, lexicon: Lexicon) -> bool:
    """ "will be paid": a participle under a word of the future at most three tokens before it."""
    near = (m for m in range(max(0, k - 3), k) if tokens[m].category != "stop")
    return any(_cue(tokens, m, lexicon) == "future" for m in near) and numbers[max(0, k - 3)] == numbers[k]


_BOUNDS = ("by", "until", "upto", "to", "before")


def _by(tokens: list[Token], i: int, here: int, numbers: list[int], told: Tense, lexicon: Lexicon) -> Cue:
    """ "had left by Friday" is over, "ordered troops to leave by Friday" and "leave by Friday" are to come."""
    clause = [t for k, t in enumerate(tokens[max(0, i - _REACH) : i], max(0, i - _REACH)) if numbers[k] == here]
    suffixes = tuple(lexicon.cues.get("cue_infinitive_suffix", ()))
    infinitive = any(
        (a.norm in lexicon.cues.get("cue_infinitive", ()) and not b.category)
        or (bool(suffixes) and len(a.norm) > 3 and not a.category and a.norm.endswith(suffixes))
        for a, b in zip(clause, clause[1:], strict=False)
    )
    return Cue("past") if told == "past" and not infinitive else Cue("future")


def tense(tokens: list[Token], numbers: list[int], i: int, j: int, lexicon: Lexicon) -> Cue:
    """The nearest verb cue in the sentence, words before counting as one token nearer."""
    here = sentence_of(numbers, i)
    bounds: list[str] = []
    for t in tokens[max(0, i - 3) : i]:
        bounds = [] if t.category in ("comma", "dot", "stop", "para") else [*bounds, t.category]
    bounds = [c for c in bounds if c in _BOUNDS]
    best: tuple[int, Tense] = (99, None)
    for direction, start in ((-1, i - 1), (1, j)):
        k, distance = start, 1 if direction < 0 else 2
        while 0 <= k < len(tokens) and numbers[k] == here and distance <= _REACH:
            if tokens[k].category == "stop":
                break
            found = _cue(tokens, k, lexicon)
            if found is not None:
                if found == "past" and direction < 0 and _planned(tokens, numbers, k, lexicon):
                    found = "future"
                if distance < best[0]:
                    best = (distance, found)
                break
            distance += 3 if tokens[k].category in ("comma", "relative_pronoun") else 1
            k += direction
    if bounds and bounds[-1] == "by" and best[1] != "future":
        return _by(tokens, i, here, numbers, best[1], lexicon)
    if i and tokens[i - 1].category == "since" and best[1] is None:
        return Cue("past", tokens[i - 1].norm in lexicon.cues.get("cue_since_past", ()))
    if bounds and best[1] == "past":
        return Cue()  # "extended to Friday": an end need not lie in the past
    return Cue(best[1], best[0] <= _CLOSE)
