"""Clauses for languages without a parser, by rules over morphology, in the shapes that kinds read (docs/languages.md)."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.text.frames import framed
from dateline.text.lexicon import Lexicon
from dateline.text.slavic_chunks import Chunk, chunks_of
from dateline.text.slavic_clauses import Maker
from dateline.text.slavic_roles import assign
from dateline.text.slavic_tokens import sentences, tokens
from dateline.text.slavic_tree import Predicate, join, predicates_of
from dateline.text.slavic_words import Rules, Word, rules_of, words_of
from dateline.text.syntax import Clause, Sentence, Token

TAGS = {
    "fin": "VBZ",
    "impers": "VBZ",
    "short": "VBZ",
    "copula": "VBZ",
    "inf": "VB",
    "ger": "VBG",
    "part": "VBN",
    "imp": "VB",
    "speech": "VBZ",
}
SPEECH = ("say", "vow", "accuse", "threaten", "admit", "deny", "order", "ask", "thank")


def read_block(
    text: str, start: int, end: int, block: int, language: str, words: Lexicon, events: frozenset[str]
) -> tuple[list[Sentence], list[Clause]]:
    """Sentences and clauses of one block of a document, with offsets into the document."""
    rules = rules_of(language)
    found: list[Sentence] = []
    clauses: list[Clause] = []
    for first, last in sentences(text, start, end, rules.abbreviations):
        sentence, made = read_sentence(text, first, last, block, rules, words, events)
        found.append(sentence)
        clauses.extend(made)
    return found, clauses


def read_sentence(
    text: str, start: int, end: int, block: int, rules: Rules, lexicon: Lexicon, events: frozenset[str]
) -> tuple[Sentence, tuple[Clause, ...]]:
    words = words_of(tokens(text, start, end), rules)
    chunks = chunks_of(words, rules)
    predicates = predicates_of(words, chunks, rules)
    for p in predicates:
        _polarity(words, p, rules)
    assign(words, chunks, predicates, events, rules)
    speech = lexicon.words("statement", *SPEECH)
    join(words, predicates, speech)
    sentence = _sentence(text, start, end, block, words, chunks, predicates, rules.language)
    maker = Maker(sentence, words, predicates, events, speech)
    return sentence, tuple(framed(clause) for clause in maker.clauses())


def _polarity(words: Sequence[Word], p: Predicate, rules: Rules) -> None:
    """Negation stands right before the verb; "би", "бы" beside it."""
    for word in words[max(0, p.head - 3) : p.head]:
        low = word.text.lower()
        if low in rules.negation and all(w.pos in ("AUX", "ADV", "PART") for w in words[word.i + 1 : p.head]):
            p.negated = True
            word.head, word.dep = p.head, "neg"
    near = [w for w in words if p.holds(w.i) and abs(w.i - p.head) <= 2]
    p.hypothetical = any(w.text.lower() in rules.hypothetical for w in near)
    p.negated = (
        p.negated or words[p.head].lemma == "lack" or any(a.lemma in rules.no_one for w in words if p.holds(w.i) for a in w.readings[:1])
    )


def _sentence(
    text: str, start: int, end: int, block: int, words: Sequence[Word], chunks: Sequence[Chunk], found: Sequence[Predicate], language: str
) -> Sentence:
    """The tree: predicates by how they are joined, phrases by role, the rest on the predicate in whose stretch it stands."""
    root = next((p.head for p in found if p.relation == "ROOT"), chunks[0].head if chunks else 0)
    for p in found:
        if p.form == "copula" and words[p.head].pos in ("PUNCT", "PRON", "PART", "X", "SCONJ", "CCONJ"):
            words[p.head].lemma = "be"
        words[p.head].dep = p.relation if p.head != root else "ROOT"
        words[p.head].head = p.antecedent if p.relation in ("relcl", "acl") and p.antecedent is not None else p.governor
        _attach(words, p)
    for word in words:
        if word.head is None and word.i != root:
            owner = next((p.head for p in found if p.holds(word.i) and p.head != word.i), root)
            word.head = owner
            word.dep = word.dep or _loose(word)
    words[root].head, words[root].dep = root, "ROOT"
    _untangle(words, root)
    kinds = {p.head: TAGS.get(p.form, "VBZ") for p in found}
    made = tuple(
        Token(w.i, w.text, w.lemma, _pos(w, kinds), kinds.get(w.i, _tag(w)), w.dep, w.head if w.head is not None else root, w.start, w.end)
        for w in words
    )
    children: list[list[int]] = [[] for _ in made]
    for token in made:
        if token.head != token.i:
            children[token.head].append(token.i)
    return Sentence(text[start:end], start, end, block, made, tuple(tuple(c) for c in children), language)


def _attach(words: Sequence[Word], p: Predicate) -> None:
    roles = ((p.subject, "nsubj"), (p.object, "nsubjpass" if p.passive else "dobj"), (p.agent, "agent"))
    for chunk, dep in roles:
        if chunk is not None and (words[chunk.head].head is None or p.form == "speech"):
            words[chunk.head].head, words[chunk.head].dep = p.head, dep
    for chunk in p.obliques:
        if chunk.prep is not None and chunk.head == p.head:
            words[chunk.prep].head, words[chunk.prep].dep = p.head, "case"
        elif chunk.prep is not None:
            words[chunk.prep].head = p.head
        elif words[chunk.head].head is None:
            words[chunk.head].head, words[chunk.head].dep = p.head, "dative"
    if p.aux is not None and p.aux != p.head:
        words[p.aux].head, words[p.aux].dep = p.head, "auxpass"
    if p.sub is not None and words[p.sub].head is None:
        words[p.sub].head, words[p.sub].dep = p.head, "mark"


def _loose(word: Word) -> str:
    if word.pos == "PUNCT":
        return "punct"
    if word.pos == "ADV":
        return "advmod"
    if word.role == "coordinating":
        return "cc"
    return {"ADP": "prep", "PART": "advmod", "CCONJ": "cc", "SCONJ": "mark"}.get(word.pos, "dep")


def _untangle(words: Sequence[Word], root: int) -> None:
    """No word may hang on itself through others: where it would, it hangs on the root."""
    for word in words:
        seen = {word.i}
        at = word
        while at.head is not None and at.head != at.i:
            if at.head in seen:
                word.head, word.dep = root, "dep"
                break
            seen.add(at.head)
            at = words[at.head]


def _pos(word: Word, kinds: dict[int, str]) -> str:
    if word.i in kinds:
        return "AUX" if word.lemma == "be" else "VERB"
    return {"ADP": "ADP", "X": "NOUN"}.get(word.pos, word.pos)


def _tag(word: Word) -> str:
    return {"NOUN": "NN", "PROPN": "NNP", "ADJ": "JJ", "NUM": "CD", "ADP": "IN", "PRON": "PRP", "ADV": "RB", "DET": "DT"}.get(word.pos, "X")
