"""Predicates of a sentence, the stretch each rules, and who does what: subject and object by case and agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.text.morph import Analysis
from dateline.text.slavic_chunks import TIMES, Chunk
from dateline.text.slavic_words import Rules, Word

SUBORDINATING = frozenset({"that", "purpose", "condition", "time", "cause", "relative", "place"})
STOPS = frozenset({",", ";", ":", "—", "–", "-", "(", ")", ".", "!", "?", "…"})
# With a preposition of manner these say who tells: "за російськими даними", "по украинским данным".
SOURCES = frozenset("data information word estimate report claim statement version evidence message".split())


@dataclass(slots=True)
class Predicate:
    """A verb, copula or predicative participle with what the rules found for it; indexes are of words."""

    head: int
    form: str  # fin, inf, impers, short, ger, part, copula
    verb: Analysis | None
    ranges: list[tuple[int, int]] = field(default_factory=list)
    sub: int | None = None
    governor: int | None = None
    relation: str = "ROOT"
    aux: int | None = None
    negated: bool = False
    subject: Chunk | None = None
    object: Chunk | None = None
    agent: Chunk | None = None
    antecedent: int | None = None
    antecedent_role: str = ""
    obliques: list[Chunk] = field(default_factory=list)
    hypothetical: bool = False

    @property
    def passive(self) -> bool:
        return self.form in ("impers", "short", "part")

    def holds(self, i: int) -> bool:
        return any(a <= i < b for a, b in self.ranges)


def predicates_of(words: Sequence[Word], chunks: Sequence[Chunk], rules: Rules) -> list[Predicate]:
    """Every predicate in text order, each with its stretch; the copula of "X — це Y" where there is no verb."""
    found = _verbs(words)
    if not any(p.form not in ("inf", "ger") for p in found):
        found = sorted([*found, *_verbless(words, chunks)], key=lambda p: p.head)
    speakers = _speakers(words, chunks)
    found = sorted([*found, *_participles(words, found)], key=lambda p: p.head)
    for word in words:  # "... заявило, що X під контролем Y"
        if word.role == "that" and word.i and not any(p.head > word.i and p.form not in ("inf", "ger") for p in found):
            state = _state(words, chunks, word.i + 1, len(words))
            found = sorted([*found, *([state] if state is not None else [])], key=lambda p: p.head)
            break
    _ranges(words, chunks, found)
    for speaker in speakers:  # who speaks rules only the words that name him
        chunk = speaker.subject
        assert chunk is not None
        chunk.taken = True
        speaker.ranges.append((chunk.first, max(chunk.last, speaker.head) + 1))
        for p in found:
            p.ranges = [part for a, b in p.ranges for part in _without(a, b, chunk.first, max(chunk.last, speaker.head) + 1)]
    return sorted([*found, *speakers], key=lambda p: p.head)


def _without(a: int, b: int, first: int, last: int) -> list[tuple[int, int]]:
    """A range without another one."""
    return [(s, e) for s, e in ((a, min(b, first)), (max(a, last), b)) if s < e]


def _verbs(words: Sequence[Word]) -> list[Predicate]:
    found: list[Predicate] = []
    aux: int | None = None
    for word in words:
        if word.pos == "AUX":
            aux = word.i
            later = next((w for w in words[word.i + 1 : word.i + 6] if w.text in STOPS or _verbal(w)), None)
            if later is None or not _verbal(later):
                found.append(Predicate(word.i, "fin", word.verb))
                aux = None
        elif word.verb is not None:
            found.append(Predicate(word.i, word.verb.form, word.verb, aux=aux))
            aux = None
        elif aux is not None and _participle(word) is not None:
            found.append(Predicate(word.i, "short", _participle(word), aux=aux))
            aux = None
        elif word.text in STOPS:
            aux = None
    return found


def _verbal(word: Word) -> bool:
    return (word.verb is not None and word.verb.form in ("inf", "impers", "short")) or _participle(word) is not None


def _participle(word: Word) -> Analysis | None:
    return next((a for a in word.readings if a.form == "part"), None) if word.pos == "ADJ" else None


def _verbless(words: Sequence[Word], chunks: Sequence[Chunk]) -> list[Predicate]:
    """A dash or "це" between two phrases, or a participle that tells what became of the subject."""
    for word in words:
        told = _participle(word)
        if told is not None and word.dep != "amod" and any(c == "nom" for c, _, _ in word.features):
            return [Predicate(word.i, "short", told)]
    heads = [c for c in chunks if c.prep is None]
    dashes = [w for w in words if w.role == "copula"] + [w for w in words if w.text in ("—", "–", "-")]
    for word in dashes:
        if any(c.last < word.i and c.may("nom") and words[c.head].role != "copula" for c in heads) and any(
            c.first > word.i for c in chunks
        ):
            return [Predicate(word.i, "copula", None)]
    state = _state(words, chunks, 0, len(words))
    return [state] if state is not None else []


def _speakers(words: Sequence[Word], chunks: Sequence[Chunk]) -> list[Predicate]:
    """Who speaks without a verb: "Малюк: ..." at the start, "за словами X", "по данным Y"."""
    found = []
    first = chunks[0] if chunks else None
    opening = first is not None and (words[first.head].capital or words[first.head].pos == "PROPN")
    if (
        opening
        and first is not None
        and first.first <= 1
        and first.prep is None
        and first.last + 1 < len(words)
        and words[first.last + 1].text == ":"
    ):
        words[first.last + 1].lemma = "say"
        found.append(Predicate(first.last + 1, "speech", None, subject=first))
    last = chunks[-1] if len(chunks) > 1 else None
    if last is not None and last.prep is None and words[last.head].pos == "PROPN" and last.last >= len(words) - 2:
        dash = words[last.first - 1]
        if dash.text in ("—", "–") and any(w.verb is not None for w in words[: dash.i]) and not last.counted:
            dash.lemma = "say"
            found.append(Predicate(dash.i, "speech", None, subject=last))
    for c in chunks:
        if c.prep is not None and words[c.head].lemma in SOURCES and c.english in ("behind", "for", "on"):
            c.english = "according to"
        if c.prep is not None and c.english == "according to":
            words[c.prep].lemma = "say"
            found.append(Predicate(c.prep, "speech", None, subject=c))
    return found


def _state(words: Sequence[Word], chunks: Sequence[Chunk], start: int, end: int) -> Predicate | None:
    """ "X під контролем Y": a phrase in the nominative and one with a preposition, no verb."""
    subject = next((c for c in chunks if c.prep is None and start <= c.first < end and c.may("nom") and not dated(words, c)), None)
    if subject is None:
        return None
    told = next((c for c in chunks if c.english in ("under", "in", "at") and subject.last < c.first < end and not dated(words, c)), None)
    return None if told is None else Predicate(told.head, "copula", None)


def _participles(words: Sequence[Word], found: Sequence[Predicate]) -> list[Predicate]:
    """Participles set apart after a noun: "місто, звільнене 8 вересня, ..."."""
    taken = {p.head for p in found}
    apart = []
    for word in words:
        told = _participle(word) or next((a for a in word.readings if a.form == "actpart"), None)
        before = words[word.i - 1] if word.i else None
        if told is not None and word.i not in taken and before is not None and before.text == "," and word.dep != "conj":
            apart.append(Predicate(word.i, "part", told, relation="acl"))
    return apart


def _ranges(words: Sequence[Word], chunks: Sequence[Chunk], found: Sequence[Predicate]) -> None:
    """Which words belong to which predicate: cut at joints; what stands before a relative clause goes to the verb after it."""
    inside = {i for c in chunks for i in range(c.first + 1, c.last)}
    at = 0
    pending: list[tuple[int, int, int | None]] = []
    for k, predicate in enumerate(found):
        end = _cut(words, inside, predicate, found[k + 1]) if k + 1 < len(found) else len(words)
        subs = [i for i in range(at, predicate.head) if words[i].role in SUBORDINATING]
        own = subs[-1] if subs else None
        start = own if own is not None else at
        if predicate.relation == "acl":
            own, start = predicate.head, predicate.head
        if own is not None and own > at and words[own - 1].pos == "ADP":
            start = own - 1
        predicate.sub = own if own != predicate.head else None
        predicate.ranges.append((start, end))
        if start > at:
            outer = subs[0] if len(subs) > 1 else None
            if k and outer is None and found[k - 1].ranges and predicate.relation != "acl":
                found[k - 1].ranges.append((at, start))
            else:
                pending.append((at, start, outer))
        elif pending and own is None:
            first, last, outer = pending.pop()
            predicate.ranges.insert(0, (first, last))
            predicate.sub = outer
        at = end
    for first, last, _ in pending:
        if found:
            found[0].ranges.insert(0, (first, last))


def _cut(words: Sequence[Word], inside: set[int], one: Predicate, two: Predicate) -> int:
    """Where the stretch of one predicate ends and that of the next begins."""
    between = range(one.head + 1, two.head)
    sub = next((i for i in between if words[i].role in SUBORDINATING), None)
    if sub is not None:
        return sub
    joints = [
        i for i in between if i not in inside and (words[i].text in STOPS or words[i].role == "coordinating" or words[i].role == "as")
    ]
    if two.form == "inf" and not joints:
        return two.head
    if two.relation == "acl":
        return two.head
    near = [
        i
        for i in joints
        if words[i].role in ("coordinating", "as") and all(words[j].pos in ("ADV", "PART") for j in range(i + 1, two.head))
    ]
    if near:
        return near[-1]
    stops = [i for i in joints if words[i].text in STOPS]
    chosen = stops or joints
    if not chosen:
        return two.head
    cut = chosen[-1]
    return cut + 1 if words[cut].text in STOPS else cut


# joining -----------------------------------------------------------------------------------------------


def join(words: Sequence[Word], found: Sequence[Predicate], speech: frozenset[str]) -> None:
    """How each predicate hangs on another: content of speech, relative, purpose, condition, list."""
    speakers = [p for p in found if p.form == "speech"]
    found = [p for p in found if p.form != "speech"]
    for k, p in enumerate(found):
        before = found[:k]
        role = words[p.sub].role if p.sub is not None else ""
        main = next((q for q in reversed(before) if q.form not in ("inf", "ger") and q.relation not in ("relcl", "acl")), None)
        if p.relation == "acl":
            p.antecedent = _antecedent(words, p.head, p)
            p.governor, p.antecedent_role = (main.head if main else None), "object" if p.verb and p.verb.form == "part" else "subject"
        elif role == "relative" or (role == "place" and _antecedent(words, p.sub or 0, p) is not None and k):
            p.relation, p.antecedent = "relcl", _antecedent(words, p.sub or 0, p)
            p.governor = main.head if main else None
            p.antecedent_role = _role_of_relative(words, p) if role == "relative" else "in"
        elif role and main is not None:
            p.relation, p.governor = (
                ("ccomp" if role == "that" or (role == "purpose" and words[main.head].lemma in speech) else "advcl"),
                main.head,
            )
        elif role:
            p.relation = "advcl"
        elif p.form == "inf" and before:
            p.relation, p.governor = "xcomp", before[-1].head
        elif p.form == "ger" and (main or k + 1 < len(found)):
            p.relation, p.governor = "advcl", (main or found[k + 1]).head
        elif main is not None:
            p.relation, p.governor = "conj", main.head
    _speech_apart(words, found, speech)
    for p in found:  # a subordinate clause that opens the sentence hangs on the first main one
        if p.relation == "advcl" and p.governor is None:
            p.governor = next((q.head for q in found if q.relation == "ROOT" and q is not p), None)
    if found and not any(p.relation == "ROOT" for p in found):
        top = next((p for p in found if p.relation not in ("relcl", "acl")), found[0])
        top.relation, top.governor = "ROOT", None
    for speaker in speakers[:1]:
        for p in found:
            if p.relation == "ROOT" or (p.relation == "conj" and p.governor is None):
                p.relation, p.governor = "ccomp", speaker.head
    for other in speakers[1:]:
        other.relation, other.governor = "conj", speakers[0].head


def _speech_apart(words: Sequence[Word], found: Sequence[Predicate], speech: frozenset[str]) -> None:
    """ "X is so, said Y": what stands before is what is said. Also "as Y said"."""
    for k, p in enumerate(found):
        opened = words[p.ranges[-1][0]].role == "as" or (p.ranges[-1][0] and words[p.ranges[-1][0] - 1].role == "as")
        if words[p.head].lemma not in speech or p.form != "fin" or p.sub is not None:
            continue
        if p.relation == "conj" and k and (opened or _closes(words, p, found)):
            for q in found[:k]:
                if q.relation == "ROOT":
                    q.relation, q.governor = "ccomp", p.head
            p.relation, p.governor = "ROOT", None
            for q in found[k + 1 :]:
                if q.relation == "conj" and q.governor != p.head:
                    q.relation, q.governor = "ccomp", p.head
        elif p.relation == "ROOT" and opened:
            for q in found[k + 1 :]:
                if q.relation == "conj":
                    q.relation, q.governor = "ccomp", p.head


def _closes(words: Sequence[Word], p: Predicate, found: Sequence[Predicate]) -> bool:
    """True where the verb follows a comma or dash and is followed by its speaker or by nothing, not by content of its own."""
    start = p.ranges[-1][0]
    lead = [w for w in words[start : p.head] if w.pos not in ("ADV", "PUNCT", "PART")]
    joined = start > 0 and words[start - 1].text in STOPS
    content = any(q.governor == p.head and q.relation == "ccomp" for q in found)
    return joined and not content and (not lead or all(w.pos in ("ADP", "NOUN", "PROPN", "ADJ", "NUM") for w in lead))


def _antecedent(words: Sequence[Word], at: int, p: Predicate) -> int | None:
    """The noun that a relative pronoun or a participle agrees with, the nearest before it."""
    told = words[at].features
    for word in reversed(words[:at]):
        if word.pos in ("NOUN", "PROPN", "X") and (word.dep != "compound" or word.pos != "PROPN"):
            numbers = {n for _, n, _ in word.features} | {""}
            if not told or any(n in numbers or not n for _, n, _ in told):
                return word.i
        if word.verb is not None and word.i != p.head:
            return None
    return None


def _role_of_relative(words: Sequence[Word], p: Predicate) -> str:
    pronoun = words[p.sub or 0]
    before = words[pronoun.i - 1] if pronoun.i else None
    if before is not None and before.pos == "ADP":
        return next(iter(before.governs.values()), "in")
    cases = {c for c, _, _ in pronoun.features}
    taken = p.subject is not None
    if "nom" in cases and not ("acc" in cases and (taken or _has_subject(words, p))):
        return "subject"
    return "object" if "acc" in cases else "of"


def _has_subject(words: Sequence[Word], p: Predicate) -> bool:
    return any(
        p.holds(w.i) and w.i != p.sub and w.pos in ("NOUN", "PROPN", "PRON") and any(c == "nom" for c, _, _ in w.features) and w.dep == ""
        for w in words
    )


def dated(words: Sequence[Word], c: Chunk) -> bool:
    return words[c.head].lemma in TIMES
