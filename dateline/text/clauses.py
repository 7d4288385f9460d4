"""From a spaCy parse (English, ClearNLP labels) to clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from dateline.text.annotate import Word
from dateline.text.syntax import Clause, Form, Phrase, Sentence, Tense, Token

# Relations by which a clause hangs on another one.
CLAUSAL = frozenset({"ROOT", "relcl", "ccomp", "xcomp", "advcl", "acl", "pcomp", "csubj", "parataxis", "conj", "dep", "prep"})
SUBJECTS = ("nsubj", "nsubjpass", "csubj")
OBJECTS = ("dobj", "obj", "attr", "oprd")
FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
HYPOTHETICAL = frozenset({"would", "could", "may", "might", "should", "can", "must"})
# Verbs whose infinitive names what is not (yet) so.
PROSPECTIVE = frozenset(
    "plan vow promise intend hope want seek aim threaten try attempt prepare order expect agree pledge decide "
    "need refuse urge go set offer demand ask authorise authorize allow".split()
)


def sentence_of(span: Any, offset: int, block: int, words: Sequence[tuple[Word, int, int]] | None = None) -> Sentence:
    """A spaCy sentence as ours; `offset` is where the parsed text starts in the document.

    `words` are those of the whole Doc as an annotator gives them; without them the Doc's own annotations are taken.
    """
    first = span.start
    if words is None:
        words = [(Word(t.text, t.lemma_, t.pos_, t.tag_, t.dep_), t.head.i, t.idx) for t in span.doc]
    tokens = tuple(
        Token(n, w.text, w.lemma, w.pos, w.tag, w.dep, head - first, at + offset, at + len(w.text) + offset)
        for n, (w, head, at) in enumerate(words[first : span.end])
    )
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    text = span.text.strip()
    start = span.start_char + offset + (len(span.text) - len(span.text.lstrip()))
    return Sentence(text, start, start + len(text), block, tokens, tuple(tuple(c) for c in children))


def clauses_of(sentence: Sentence, event_nouns: frozenset[str]) -> tuple[Clause, ...]:
    """Every clause of the sentence in text order; `event_nouns` are lemmas that count as predicates."""
    heads = [t.i for t in sentence.tokens if _is_predicate(sentence, t, event_nouns)]
    order = {head: n for n, head in enumerate(heads)}
    return tuple(_clause(sentence, head, order) for head in heads)


def _is_predicate(sentence: Sentence, token: Token, event_nouns: frozenset[str]) -> bool:
    if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass", "amod", "compound", "nmod", "case", "prep"):
        return True
    if token.pos == "VERB" and token.dep == "amod" and sentence.child(token.i, "agent", "advmod", "prep") is not None:
        return token.tag == "VBN"
    return token.pos in ("NOUN", "PROPN") and token.lemma.lower() in event_nouns and token.dep != "compound"


def _clause(sentence: Sentence, head: int, order: dict[int, int]) -> Clause:
    token = sentence.tokens[head]
    own = _own_tokens(sentence, head, order)
    nominal = token.pos in ("NOUN", "PROPN")
    auxes = [sentence.tokens[c] for c in sentence.kids(head, "aux", "auxpass")]
    form, tense = _form_and_tense(sentence, token, auxes)
    governor, relation = _governor(sentence, head, order)
    if token.dep == "conj" and not auxes and governor is not None and form != "nominal":
        shared = _conj_source(sentence, head)
        aux2 = [sentence.tokens[c] for c in sentence.kids(shared, "aux", "auxpass")]
        if token.tag in ("VBN", "VB", "VBG", "VBD") and aux2:
            form, tense = _form_and_tense(sentence, sentence.tokens[shared], aux2)
    passive = not nominal and _is_passive(sentence, token, auxes)
    actor, patient = _nominal_arguments(sentence, head, own) if nominal else _arguments(sentence, head, passive)
    start, end = _underlined(sentence, head, own, order)
    coordinated = {i for c in sentence.kids(head, "conj") if c in order for i in sentence.subtree(c)}
    full = sorted(set(sentence.subtree(head)) - coordinated)
    full_tokens = [i for i in full if sentence.tokens[i].pos not in ("PUNCT", "SPACE") and sentence.tokens[i].dep != "cc"] or [head]
    return Clause(
        index=order[head],
        sentence=sentence,
        head=head,
        lemma=token.lemma.lower(),
        form=form,
        tense=tense,
        passive=passive,
        progressive=token.tag == "VBG" and any(a.lemma == "be" for a in auxes),
        negated=_negated(sentence, head),
        modality=_modality(sentence, head, auxes),
        actor=actor,
        patient=patient,
        obliques=_obliques(sentence, head),
        particles=tuple(sentence.tokens[c].lemma.lower() for c in sentence.kids(head, "prt", "advmod", "acomp", "oprd")),
        governor=governor,
        relation=relation,
        tokens=tuple(own),
        start=start,
        end=end,
        full_start=start,
        full_end=max(end, sentence.tokens[full_tokens[-1]].end),
    )


def _own_tokens(sentence: Sentence, head: int, order: dict[int, int]) -> list[int]:
    """The head's subtree without the clauses in it; participles that only describe a noun stay in."""
    own, stack = [], [head]
    while stack:
        at = stack.pop()
        own.append(at)
        for child in sentence.children[at]:
            if child in order and not _descriptive(sentence, child):
                continue
            stack.append(child)
    return sorted(own)


def _descriptive(sentence: Sentence, i: int) -> bool:
    """True for what describes the scene itself: "women embracing soldiers", "after a bombing in X"."""
    token = sentence.tokens[i]
    return (
        (token.dep in ("acl", "amod") and token.tag in ("VBG", "VBN"))
        or token.pos in ("NOUN", "PROPN")
        or (
            token.dep == "xcomp"
            or (token.dep in ("ccomp", "pcomp", "advcl") and token.tag == "VBG" and sentence.child(i, "aux", "mark") is None)
        )
    )


def _form_and_tense(sentence: Sentence, token: Token, auxes: list[Token]) -> tuple[Form, Tense]:
    if token.pos in ("NOUN", "PROPN"):
        return "nominal", "none"
    words = {a.text.lower() for a in auxes}
    if words & FUTURE:
        return "finite", "future"
    if "to" in words:
        return "infinitive", "none"
    have = next((a for a in auxes if a.lemma == "have"), None)
    if have is not None:
        if have.tag == "VBD":
            return "finite", "past-perfect"
        return "finite", "perfect"
    be = next((a for a in auxes if a.lemma in ("be", "get")), None)
    if be is not None:
        return "finite", "past" if be.tag == "VBD" else "present"
    if any(a.lemma == "do" for a in auxes):
        return "finite", "past" if any(a.tag == "VBD" for a in auxes) else "present"
    if token.tag == "VBD":
        return "finite", "past"
    if token.tag in ("VBZ", "VBP"):
        return "finite", "present"
    if token.tag == "VBN" and token.dep == "ROOT":
        return "finite", "past"
    return ("participle", "none") if token.tag in ("VBN", "VBG") else ("infinitive", "none")


def _is_passive(sentence: Sentence, token: Token, auxes: list[Token]) -> bool:
    if sentence.child(token.i, "nsubjpass", "auxpass", "agent") is not None:
        return True
    if token.dep == "conj":
        source = sentence.tokens[_conj_source(sentence, token.i)]
        return token.tag == "VBN" and sentence.child(source.i, "auxpass") is not None and not auxes
    return token.tag == "VBN" and token.dep in ("acl", "amod", "relcl") and not auxes


def _conj_source(sentence: Sentence, i: int) -> int:
    """The first verb of a chain of coordinated verbs, which carries their shared subject."""
    at = i
    while sentence.tokens[at].dep == "conj" and sentence.tokens[sentence.tokens[at].head].pos in ("VERB", "AUX"):
        at = sentence.tokens[at].head
    return at


def phrase_at(sentence: Sentence, i: int) -> Phrase:
    """The noun phrase headed by token `i`, without relative clauses and what is set apart by commas."""
    keep, stack = [], [i]
    while stack:
        at = stack.pop()
        keep.append(at)
        for child in sentence.children[at]:
            if sentence.tokens[child].dep in ("relcl", "punct", "appos", "advcl", "ccomp", "parataxis"):
                continue
            stack.append(child)
    keep.sort()
    tokens = sentence.tokens
    return Phrase(i, tokens[i].lemma.lower(), tokens[keep[0]].start, tokens[keep[-1]].end, tuple(keep))


def _antecedent(sentence: Sentence, head: int) -> int | None:
    """For a relative clause the noun it describes; an apposition is traced to what it renames."""
    at = sentence.tokens[head]
    source = _conj_source(sentence, head)
    at = sentence.tokens[source]
    if at.dep not in ("relcl", "acl"):
        return None
    noun = at.head
    return noun if sentence.tokens[noun].pos in ("NOUN", "PROPN", "PRON", "NUM") else None


def _arguments(sentence: Sentence, head: int, passive: bool) -> tuple[Phrase | None, Phrase | None]:
    subject = sentence.child(head, *SUBJECTS)
    if subject is None:
        source = _conj_source(sentence, head)
        if source != head:
            subject = sentence.child(source, *SUBJECTS)
    token = sentence.tokens[head]
    if subject is None and token.dep == "xcomp" and sentence.tokens[token.head].pos in ("VERB", "AUX"):
        subject = sentence.child(token.head, "dobj") or sentence.child(token.head, *SUBJECTS)
        if subject is None:
            source = _conj_source(sentence, token.head)
            subject = sentence.child(source, *SUBJECTS)
    antecedent = _antecedent(sentence, head)
    if subject is not None and sentence.tokens[subject].tag in ("WDT", "WP") and antecedent is not None:
        subject = antecedent
    elif subject is None and token.dep in ("acl", "relcl", "amod"):
        subject = antecedent if antecedent is not None else token.head
    obj = sentence.child(head, *OBJECTS)
    if obj is not None and sentence.tokens[obj].tag in ("WDT", "WP") and antecedent is not None:
        obj = antecedent
    if obj is None and antecedent is not None and subject != antecedent and not passive:
        obj = antecedent
    if not passive:
        return _maybe(sentence, subject), _maybe(sentence, obj)
    agent = sentence.child(head, "agent")
    by = sentence.child(agent, "pobj") if agent is not None else None
    return _maybe(sentence, by), _maybe(sentence, subject)


def _nominal_arguments(sentence: Sentence, head: int, own: list[int]) -> tuple[Phrase | None, Phrase | None]:
    """ "the liberation of Izium by Ukrainian troops", "Russia's annexation of Crimea"."""
    actor = sentence.child(head, "poss")
    by = next((c for c in sentence.kids(head, "prep", "agent") if sentence.tokens[c].lemma.lower() == "by"), None)
    if by is not None:
        actor = sentence.child(by, "pobj")
    of = next((c for c in sentence.kids(head, "prep") if sentence.tokens[c].lemma.lower() == "of"), None)
    patient = sentence.child(of, "pobj") if of is not None else None
    if actor is None:
        actor = sentence.child(head, "amod", "compound")
    return _maybe(sentence, actor), _maybe(sentence, patient)


def _maybe(sentence: Sentence, i: int | None) -> Phrase | None:
    return None if i is None else phrase_at(sentence, i)


def _obliques(sentence: Sentence, head: int) -> tuple[tuple[str, Phrase], ...]:
    found: list[tuple[str, Phrase]] = []
    for prep in sentence.kids(head, "prep", "dative", "agent"):
        name = sentence.tokens[prep].lemma.lower()
        for obj in sentence.kids(prep, "pobj", "pcomp"):
            found.append((name, phrase_at(sentence, obj)))
        for inner in sentence.kids(prep, "prep"):
            for obj in sentence.kids(inner, "pobj"):
                found.append((f"{name} {sentence.tokens[inner].lemma.lower()}", phrase_at(sentence, obj)))
    return tuple(found)


def _negated(sentence: Sentence, head: int) -> bool:
    if sentence.child(head, "neg") is not None:
        return True
    for child in sentence.kids(head, "nsubj", "nsubjpass", "dobj"):
        if any(sentence.tokens[d].lemma.lower() == "no" for d in sentence.kids(child, "det")):
            return True
    if any(sentence.tokens[c].lemma.lower() in ("never", "hardly", "no", "longer") for c in sentence.kids(head, "advmod", "npadvmod")):
        return True
    if re.search(r"\bno longer\s+(?:\w+\s+)?$", sentence.text[: max(0, sentence.tokens[head].start - sentence.start)].lower()):
        return True
    up = sentence.tokens[sentence.tokens[head].head]
    return sentence.tokens[head].dep == "xcomp" and up.lemma.lower() in ("stop", "cease", "fail")


def _modality(sentence: Sentence, head: int, auxes: list[Token]) -> Literal["asserted", "planned", "conditional", "question"]:
    token = sentence.tokens[head]
    words = {a.text.lower() for a in auxes}
    if words & FUTURE:
        return "planned"
    if words & HYPOTHETICAL or any(sentence.tokens[c].lemma.lower() in ("if", "unless", "whether") for c in sentence.kids(head, "mark")):
        return "conditional"
    if token.dep == "ROOT" and sentence.text.rstrip("\"'”» ").endswith("?"):
        return "question"
    if token.dep == "xcomp" and sentence.tokens[token.head].lemma.lower() in PROSPECTIVE:
        return "planned"
    if token.tag == "VB" and token.dep in ("xcomp", "advcl", "acl", "relcl") and "to" in words:
        return "planned"
    if token.dep == "conj":
        return (
            _modality(sentence, token.head, [sentence.tokens[c] for c in sentence.kids(token.head, "aux", "auxpass")])
            if not auxes and sentence.tokens[token.head].pos in ("VERB", "AUX")
            else "asserted"
        )
    return "asserted"


def _governor(sentence: Sentence, head: int, order: dict[int, int]) -> tuple[int | None, str]:
    relation = sentence.tokens[head].dep
    at = head
    while sentence.tokens[at].head != at:
        at = sentence.tokens[at].head
        if at in order:
            return order[at], relation
    return None, "root"


def _underlined(sentence: Sentence, head: int, own: list[int], order: dict[int, int]) -> tuple[int, int]:
    """What to underline: from its first word to its last, but from the verb where its subject holds a clause."""
    tokens = sentence.tokens
    solid = [i for i in own if tokens[i].pos not in ("PUNCT", "SPACE") and tokens[i].dep not in ("cc", "mark")] or [head]
    appositions = {s for i in own for c in sentence.kids(i, "appos") if c > head for s in sentence.subtree(c)}
    solid = [i for i in solid if i not in appositions] or [head]
    inside = set(range(solid[0], solid[-1])) - set(own)
    foreign = [
        i
        for i in inside
        if i < head
        and tokens[i].pos not in ("PUNCT", "SPACE")
        and not any(i in sentence.subtree(c) for c in sentence.kids(head, "nsubj") if not _holds_clause(sentence, c, order))
    ]
    if foreign:
        last = max(foreign)
        solid = [i for i in solid if i > last] or [head]
    return tokens[solid[0]].start, tokens[solid[-1]].end


def _holds_clause(sentence: Sentence, i: int, order: dict[int, int]) -> bool:
    return any(s in order and sentence.tokens[s].dep == "relcl" for s in sentence.subtree(i))
