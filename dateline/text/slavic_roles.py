"""Who does what to whom: subject, object, doer and circumstances of each predicate, by case and agreement."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.text.slavic_chunks import Chunk
from dateline.text.slavic_tree import Predicate, dated
from dateline.text.slavic_words import Rules, Word

# Verbs without an object: a noun that could be either is their subject.
INTRANSITIVE = frozenset(
    "fall explode collapse crash begin end happen appear come arrive burn remain be go last continue kill work live stand lie sit return "
    "disappear grow fight retreat sink become pass border suffer flee".split()
)
HOSTED = frozenset({"in", "near", "on", "for", "about", "at", "between", "against"})  # prepositions that may hang on a common noun


def assign(words: Sequence[Word], chunks: Sequence[Chunk], found: Sequence[Predicate], events: frozenset[str], rules: Rules) -> None:
    """Subject, object, agent and obliques of every predicate from the phrases in its stretch."""
    for p in found:
        if p.form == "speech":
            continue
        own = [c for c in chunks if p.holds(c.first) and not c.taken and (c.head != p.head or p.form == "copula") and not dated(words, c)]
        bare = [c for c in own if c.prep is None and words[c.head].role not in ("relative", "copula")]
        _core(words, p, bare, rules)
        for c in bare:
            if c.taken or c in (p.subject, p.object, p.agent):
                continue
            if c.may("dat") and not (c.may("nom") or c.may("acc") or c.may("gen")):
                c.english = "to"
                p.obliques.append(c)
            elif c.only("ins"):
                p.agent = p.agent or (c if p.passive or (p.verb is not None and p.verb.reflexive) else None)
        for c in own:
            if c.prep is not None and not _hosted(words, chunks, c, events, p):
                p.obliques.append(c)
        for c in own:
            c.taken = True


def _core(words: Sequence[Word], p: Predicate, bare: Sequence[Chunk], rules: Rules) -> None:
    verb = p.verb
    if p.form == "copula":
        p.subject = next((c for c in reversed(bare) if c.last < p.head and c.may("nom")), None)
        p.object = next((c for c in bare if c.first > p.head and c.may("nom")), None)
        return
    if p.form in ("impers", "short"):
        number, gender = (verb.number, verb.gender) if verb is not None and p.form == "short" else ("", "")
        fit = [c for c in bare if (c.may("acc") or c.may("nom") or c.counted) and (p.form == "impers" or c.agrees(number, gender))]
        p.object = _nearest(fit, p.head)
        return
    if p.form in ("inf", "ger", "part"):
        after = [c for c in bare if c.may("acc") or (p.negated and c.may("gen"))]
        p.object = next((c for c in after if c.first > p.head), None) if p.form != "part" or (verb and verb.form == "actpart") else None
        return
    number, gender = (verb.number, verb.gender if verb.tense == "past" else "") if verb is not None else ("", "")
    subjects = [c for c in bare if c.agrees(number, gender)]
    sure = [c for c in subjects if not c.may("acc") or (c.counted and words[p.head].lemma in INTRANSITIVE)]
    lemma = words[p.head].lemma
    p.subject = _nearest(sure, p.head)
    if p.subject is None and subjects:
        lone = len([c for c in bare if c.may("acc") or c.may("nom")]) == 1
        first = subjects[0]
        dropped = (
            lone and lemma not in INTRANSITIVE and first.first > p.head and not (verb is not None and verb.reflexive) and number == "pl"
        )
        others = [c for c in bare if c is not first and (c.may("acc"))]
        if not dropped and not (first.first > p.head and any(c.first < p.head and c.may("nom") for c in others) and first.counted):
            p.subject = first
    governed = verb is not None and verb.lemma in rules.genitive
    intransitive = lemma in INTRANSITIVE or (verb is not None and (verb.reflexive or verb.lemma in rules.undergo))
    if not intransitive or lemma == "be":
        left = [
            c
            for c in bare
            if c is not p.subject
            and (c.may("acc") or ((p.negated or governed) and c.may("gen")) or (lemma == "be" and (c.may("nom") or c.may("ins"))))
        ]
        p.object = next((c for c in left if c.first > p.head), None) or _nearest(left, p.head)
    if verb is not None and verb.lemma in rules.undergo and p.subject is not None:
        p.object, p.subject = p.subject, None


def _nearest(found: Sequence[Chunk], head: int) -> Chunk | None:
    before = [c for c in found if c.last < head]
    return before[-1] if before else next(iter(found), None)


def _hosted(words: Sequence[Word], chunks: Sequence[Chunk], c: Chunk, events: frozenset[str], p: Predicate) -> bool:
    """A prepositional phrase right after a noun may hang on that noun: "удар по місту", "завод у Бахмуті"."""
    host = next((h for h in chunks if h.last == c.first - 1 and h is not c), None)
    if host is None or c.prep is None or host.head == p.head:
        return False
    noun = words[host.head]
    event = noun.lemma in events
    if not event and (host.prep is not None or noun.pos != "NOUN" or c.english not in HOSTED or host.first < p.head):
        return False
    words[c.prep].head = host.head
    return True
