"""Noun phrases by case: adjectives and numbers before a noun, genitives and names after it, lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.text.slavic_words import ANY, Features, Rules, Word

OPEN, CLOSE = frozenset('«"„“('), frozenset('»"”“)')
MODIFIERS = ("ADJ", "DET", "NUM")
HEADS = ("NOUN", "PROPN", "PRON", "X")
SEPARATORS = frozenset({","})
LISTING = frozenset({"and", "or"})  # conjunctions that join the items of a list, in English
# What an adjective and a noun mean together, in English.
PAIRS = {("populated", "point"): "settlement", ("peaceful", "resident"): "civilian"}
TIMES = frozenset(
    "day week month year hour minute night morning evening century period date time moment january february march april may june july "
    "august september october november december monday tuesday wednesday thursday friday saturday sunday".split()
)
# Nouns that a name follows in the same case: "місто Ізюм", "президент Зеленський".
NAMED = frozenset(
    "city town village hamlet settlement oblast district community capital river lake sea bay island peninsula port station "
    "street square avenue "
    "region republic country state president minister premier governor mayor general colonel major captain commander head leader "
    "spokesperson "
    "representative official adviser secretary director chairman deputy senator ambassador chancellor king pope journalist "
    "correspondent expert "
    "analyst admiral officer soldier hero brigade battalion regiment company group operation ship cruiser frigate boat vessel "
    "submarine "
    "tanker-ship ferry missile rocket drone system tank aircraft helicopter jet bomber channel newspaper agency plant factory refinery "
    "university hospital hotel mall market center centre theatre bridge airport airfield colonel lieutenant sergeant chief "
    "founder member "
    "activist historian blogger philosopher envoy prosecutor judge king candidate militia".split()
)


@dataclass(slots=True)
class Chunk:
    """A noun phrase: its head, its stretch of tokens (last inclusive), the cases it may stand in, its preposition."""

    head: int
    first: int
    last: int
    features: Features
    prep: int | None = None
    english: str = ""
    counted: bool = False
    taken: bool = False

    def may(self, case: str) -> bool:
        return any(c == case for c, _, _ in self.features)

    def only(self, case: str) -> bool:
        return bool(self.features) and all(c == case for c, _, _ in self.features)

    def agrees(self, number: str, gender: str) -> bool:
        """True where it may be the subject of a verb of that number and gender."""
        if self.counted:
            return True
        return any(
            c == "nom" and (not number or n in ("", number)) and (number == "pl" or not gender or g in ("", "p", gender))
            for c, n, g in self.features
        )


def agreeing(a: Features | None, b: Features) -> Features:
    """What two words that agree may stand in together; the gender of the one that tells it."""
    if a is None:
        return b
    found = set()
    for c1, n1, g1 in a:
        for c2, n2, g2 in b:
            number = n1 == n2 or not n1 or not n2
            gender = n1 == "pl" or n2 == "pl" or not g1 or not g2 or g1 == g2 or "p" in (g1, g2)
            if c1 == c2 and number and gender:
                found.add((c2, n2 or n1, g2 or g1))
    return frozenset(found)


def chunks_of(words: Sequence[Word], rules: Rules) -> list[Chunk]:
    """All noun phrases of the sentence in order, their words joined to their heads."""
    found: list[Chunk] = []
    at = 0
    while at < len(words):
        chunk = _prepositional(words, at, rules) if words[at].pos == "ADP" else _phrase(words, at, None)
        if chunk is None:
            at += 1
            continue
        found.append(_listed(words, chunk, rules))
        at = found[-1].last + 1
    return found


def _prepositional(words: Sequence[Word], at: int, rules: Rules) -> Chunk | None:
    """A preposition and the phrase it governs; its English goes by the case."""
    prep = words[at]
    start = at + 1
    while start < len(words) and (words[start].dep == "fixed" or words[start].pos == "ADV"):
        start += 1
    chunk = _phrase(words, start, frozenset(prep.governs))
    if chunk is None:
        return None
    case = next((c for c in prep.governs if chunk.may(c)), next(iter(prep.governs)))
    chunk.prep, chunk.first = at, at
    chunk.english = prep.lemma = rules.before.get(words[chunk.head].lemma, prep.governs[case]) if case == "loc" else prep.governs[case]
    prep.dep = "prep"
    words[chunk.head].head, words[chunk.head].dep = at, "pobj"
    chunk.features = frozenset(f for f in chunk.features if f[0] == case) or chunk.features
    return chunk


def _phrase(words: Sequence[Word], at: int, cases: frozenset[str] | None) -> Chunk | None:
    """The noun phrase that begins at `at`, in one of the cases; None where none does."""
    first, mods, numbers = at, [], []
    features: Features | None = None
    head = None
    while at < len(words):
        word = words[at]
        if word.text in OPEN and at + 1 < len(words):
            at += 1
            continue
        if word.pos == "NUM":
            numbers.append(at)
            at += 1
            continue
        if word.role in ("relative", "that") or word.dep == "fixed":
            break
        if word.pos in MODIFIERS and (joined := agreeing(features, _in(word.features, cases))) and _goes_on(words, at):
            mods.append(at)
            features = joined
            at += 1
            continue
        if word.pos in HEADS or word.pos in MODIFIERS:
            fit = agreeing(features, word.features) if numbers else agreeing(features, _in(word.features, cases))
            if fit or (numbers and word.pos in HEADS):
                head, features = at, fit or word.features
        break
    if head is None and mods:
        head = mods.pop()
        at = head
    if head is None and numbers:
        head = numbers[-1]
        at, features = head, ANY
    if head is None or features is None or first > head:
        return None
    for i in (*mods, *numbers):
        if i != head:
            words[i].head, words[i].dep = head, "nummod" if words[i].pos == "NUM" else "amod"
            words[head].lemma = PAIRS.get((words[i].lemma, words[head].lemma), words[head].lemma)
    for one, two in zip(numbers, numbers[1:], strict=False):
        if (two == one + 1 and two != head) or two == one + 1:
            words[one].head, words[one].dep = two, "compound"
    counted = (bool(numbers) and head not in numbers) or head in numbers
    if counted:
        features = frozenset({(c, n, g) for c in ("nom", "acc") for n in ("sg", "pl") for g in ("",)} | set(features or ()))
    chunk = Chunk(head, first, head, features, counted=counted)
    _close(words, chunk)
    _after(words, chunk)
    return chunk


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """True where a noun or another modifier follows, so that the word at `at` only describes it."""
    follow = at + 1
    while follow < len(words) and words[follow].text in OPEN:
        follow += 1
    return follow < len(words) and words[follow].pos in (*MODIFIERS, *HEADS) and words[follow].role not in ("relative", "that")


def _in(features: Features, cases: frozenset[str] | None) -> Features:
    return features if cases is None else frozenset(f for f in features if f[0] in cases)


def _close(words: Sequence[Word], chunk: Chunk) -> None:
    if chunk.last + 1 < len(words) and words[chunk.last + 1].text in CLOSE:
        chunk.last += 1


def _after(words: Sequence[Word], chunk: Chunk) -> None:
    """Names and genitives after the head: "місто Ізюм", "президент України Зеленський", "жителі міста"."""
    while chunk.last + 1 < len(words) and words[chunk.head].pos != "PRON":
        at = chunk.last + 1
        start = at + 1 if words[at].text in OPEN else at
        if start >= len(words) or words[start].role in ("relative", "that") or words[start].dep == "fixed":
            return
        word = words[start]
        if words[chunk.head].lemma in TIMES and (word.lemma not in TIMES and word.pos != "NUM"):
            return
        if start == at and _follows(words, chunk, start):
            word.head, word.dep, chunk.last = chunk.head, "amod", start
            continue
        if words[chunk.head].pos == "NOUN" and words[chunk.head].lemma not in NAMED and start == at and not _genitive(words, start):
            return
        called = word.pos == "ADJ" and word.capital and words[chunk.head].lemma in NAMED and not word.head  # "острів Зміїний"
        if (
            (word.pos in ("PROPN", "X", "NOUN") or called)
            and (word.capital or start > at)
            and words[chunk.head].pos in ("NOUN", "PROPN", "ADJ")
        ):
            fit = agreeing(chunk.features, word.features)
            title = words[chunk.head].lemma in NAMED and word.capital and any(c == "nom" for c, _, _ in word.features)
            unlike = word.features == ANY or start > at or title  # the name may stand in its first form, in another gender
            if fit or unlike:
                word.head, word.dep = (
                    chunk.head,
                    "compound" if start > at or not _genitive(words, start) or fit == chunk.features else "nmod",
                )
                chunk.last = start
                if fit and not unlike and not chunk.counted:
                    chunk.features = fit if not _genitive(words, start) else chunk.features
                _close(words, chunk)
                continue
        inner = _genitive_phrase(words, start) if word.pos in (*MODIFIERS, *HEADS) and word.pos != "PRON" and word.pos != "NUM" else None
        if inner is None:
            return
        words[inner.head].head, words[inner.head].dep = chunk.head, "nmod"
        chunk.last = max(inner.last, chunk.last)


def _follows(words: Sequence[Word], chunk: Chunk, at: int) -> bool:
    """True for an adjective that stands after its noun: "wojska ukraińskie"."""
    word = words[at]
    fits = word.pos == "ADJ" and not word.capital and words[chunk.head].pos == "NOUN" and bool(agreeing(chunk.features, word.features))
    return fits and not _goes_on(words, at) and not any(a.form for a in word.readings)


def _genitive(words: Sequence[Word], at: int) -> bool:
    return any(c == "gen" for c, _, _ in words[at].features)


def _genitive_phrase(words: Sequence[Word], at: int) -> Chunk | None:
    word = words[at]
    if not any(c == "gen" for c, _, _ in word.features) or _wanted(words, at):
        return None
    return _phrase(words, at, frozenset({"gen"}))


def _wanted(words: Sequence[Word], at: int) -> bool:
    """True for what may be the subject that the plural verb before it still lacks: "Лиман взяли під контроль війська"."""
    word = words[at]
    if word.capital or not any(f[:2] == ("nom", "pl") for f in word.features):
        return False
    verb = next((w for w in reversed(words[:at]) if w.verb is not None and w.verb.form == "fin"), None)
    if verb is None or verb.verb is None or verb.verb.number != "pl":
        return False
    return not any(w.i != at and w.pos in HEADS and any(f[0] == "nom" and (f[1] != "sg") for f in w.features) for w in words)


def _listed(words: Sequence[Word], chunk: Chunk, rules: Rules) -> Chunk:
    """With the items that a list adds: "Ізюм, Балаклію та Куп'янськ"."""
    while chunk.last + 2 < len(words) and words[chunk.head].lemma not in TIMES:
        at = chunk.last + 1
        joint = words[at]
        comma = joint.text in SEPARATORS
        if comma and words[at + 1].role == "coordinating" and words[at + 1].lemma in LISTING:
            at += 1
        elif not comma and not (joint.role == "coordinating" and joint.lemma in LISTING):
            return chunk
        nxt = at + 1
        if nxt >= len(words) or words[nxt].pos == "ADP" or words[nxt].role:
            return chunk
        saved = [(w.head, w.dep) for w in words]
        item = _phrase(words, nxt, frozenset(c for c, _, _ in chunk.features))
        fits = (
            item is not None
            and words[item.head].lemma not in TIMES
            and (words[item.head].pos not in ("NUM", "ADJ", "DET") or words[item.head].capital)
            and not _subject_of_next(words, chunk, item)
        )
        if item is None or not fits:
            for w, (head, dep) in zip(words, saved, strict=True):
                w.head, w.dep = head, dep
            return chunk
        words[item.head].head, words[item.head].dep = chunk.head, "conj"
        cases = {c for c, _, _ in chunk.features} & {c for c, _, _ in item.features}
        chunk.features = frozenset({(c, "pl", "") for c in cases} | {f for f in chunk.features if f[0] in cases})
        chunk.last = item.last
    return chunk


def _subject_of_next(words: Sequence[Word], chunk: Chunk, item: Chunk) -> bool:
    """True where the phrase after the comma is the subject of a verb of its own, or what a verb after it takes."""
    earlier = any(w.verb is not None and w.verb.form != "inf" for w in words[: chunk.first])
    after = next((w for w in words[item.last + 1 :] if w.pos != "ADV"), None)
    return earlier and after is not None and after.verb is not None
