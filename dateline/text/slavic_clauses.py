"""From predicates and their phrases to clauses, as kinds read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from dateline.text.slavic_tree import Predicate
from dateline.text.slavic_words import Word
from dateline.text.syntax import Clause, Form, Phrase, Sentence, Tense

# What stands in the infinitive after these is not (yet) so; after the others it is told as done.
PROSPECTIVE = frozenset(
    "plan vow promise intend hope want seek aim threaten try attempt prepare order expect agree pledge decide need refuse urge go "
    "set offer "
    "demand ask allow must can".split()
)
FAILING = frozenset({"fail", "stop", "refuse"})
TAKEN = frozenset("liberation capture recapture return annexation occupation clearing destruction withdrawal loss death killing".split())
LEFT_OUT = frozenset(
    {"relcl", "acl", "punct", "advcl", "ccomp", "xcomp", "nsubj", "nsubjpass", "dobj", "mark", "neg", "advmod", "auxpass", "root"}
)
SITED = frozenset({"locate", "situate"})
Modality = Literal["asserted", "planned", "conditional", "question"]


class Maker:
    """Makes the clauses of one sentence: verbs and, as nominal clauses, nouns that name events."""

    def __init__(
        self, sentence: Sentence, words: Sequence[Word], predicates: Sequence[Predicate], events: frozenset[str], speech: frozenset[str]
    ) -> None:
        self.sentence, self.words, self.predicates, self.speech = sentence, words, predicates, speech
        heads = {p.head for p in predicates}
        nouns = [w.i for w in words if w.pos in ("NOUN", "PROPN") and w.lemma in events and w.i not in heads]
        self.order = {head: n for n, head in enumerate(sorted([*heads, *nouns]))}

    def clauses(self) -> Iterator[Clause]:
        verbal = {p.head: p for p in self.predicates}
        for head in self.order:
            yield self._verbal(verbal[head]) if head in verbal else self._nominal(head)

    def phrase(self, i: int | None, lemma: str | None = None) -> Phrase | None:
        """The noun phrase headed by word `i`: what hangs on it, without clauses, its own preposition and list items after a comma."""
        if i is None:
            return None
        keep, stack = [], [i]
        while stack:
            at = stack.pop()
            keep.append(at)
            stack.extend(c for c in self.sentence.children[at] if self.sentence.tokens[c].dep not in LEFT_OUT)
        keep.sort()
        tokens = self.sentence.tokens
        return Phrase(i, lemma or tokens[i].lemma.lower(), tokens[keep[0]].start, tokens[keep[-1]].end, tuple(keep))

    def _verbal(self, p: Predicate) -> Clause:
        tokens = self.sentence.tokens
        own = self._own(p)
        actor, patient = self._arguments(p)
        solid = [i for i in own if tokens[i].pos != "PUNCT" and tokens[i].dep not in ("cc", "mark")] or [p.head]
        full = [i for i in self._reach(p) if tokens[i].pos != "PUNCT"] or solid
        form, tense = self._form(p)
        first = solid[0]
        if tokens[p.head].lemma in self.speech and any(q.governor == p.head and q.relation == "ccomp" for q in self.predicates):
            first = min(first, full[0])  # what is said may stand before who says it
        return Clause(
            index=self.order[p.head],
            sentence=self.sentence,
            head=p.head,
            lemma="be" if p.form == "copula" else tokens[p.head].lemma.lower().split()[0],
            form=form,
            tense=tense,
            passive=(p.passive and tokens[p.head].lemma not in SITED)
            or p.agent is not None
            or (patient is not None and actor is None and p.object is None),
            progressive=False,
            negated=p.negated or self._failed(p),
            modality=self._modality(p),
            actor=actor,
            patient=patient,
            obliques=self._obliques(p),
            particles=tuple(
                [*tokens[p.head].lemma.lower().split()[1:]]
                + [tokens[i].lemma.lower() for i in own if tokens[i].pos == "ADV" and tokens[i].head == p.head]
            ),
            governor=None if p.governor is None else self.order.get(p.governor),
            relation=p.relation.lower() if p.relation == "ROOT" else p.relation,
            tokens=tuple(own),
            start=tokens[first].start,
            end=tokens[solid[-1]].end,
            full_start=tokens[first].start,
            full_end=max(tokens[solid[-1]].end, tokens[full[-1]].end),
        )

    def _own(self, p: Predicate) -> list[int]:
        """The words of its stretch, with those of an infinitive that completes it; an antecedent is not its own."""
        own = {w.i for w in self.words if p.holds(w.i)} | {p.head}
        for q in self.predicates:
            if q.governor == p.head and q.relation == "xcomp":
                own |= {w.i for w in self.words if q.holds(w.i)}
        return self._whole(p, sorted(own))

    def _whole(self, p: Predicate, own: list[int]) -> list[int]:
        """Without a tail that breaks a number down: "59 людей: 36 жінок, 22 чоловіки", "33 загиблих, шестеро з них діти"."""
        tokens = self.sentence.tokens
        numbers = [i for i in own if tokens[i].pos == "NUM"]
        if len(numbers) < 2:
            return own
        for i in own:
            parts = tokens[i].text == ":" or (
                tokens[i].lemma in ("from", "among") and any(tokens[c].lemma == "they" for c in self.sentence.children[i])
            )
            parts = parts or tokens[i].lemma == "including"
            if (parts and i > p.head) or (parts and i > numbers[0]):
                cut = (
                    i
                    if tokens[i].text == ":" or tokens[i - 1].pos == "PUNCT"
                    else next((j for j in range(i, 0, -1) if tokens[j].text == ","), i)
                )
                if any(n > cut for n in numbers) and any(n < cut for n in numbers) and cut > p.head:
                    return [j for j in own if j < cut]
        return own

    def _reach(self, p: Predicate) -> list[int]:
        """All words of the clause and of what hangs on it, but coordinated clauses."""
        found = set(self._own(p))
        for q in self.predicates:
            if q.governor == p.head and q.relation in ("ccomp", "xcomp", "advcl") and q is not p:
                found |= set(self._own(q))
                found |= {i for r in self.predicates if r.governor == q.head and r is not q and r.relation != "ROOT" for i in self._own(r)}
        return sorted(found)

    def _arguments(self, p: Predicate) -> tuple[Phrase | None, Phrase | None]:
        subject = p.subject.head if p.subject is not None else None
        object_ = p.object.head if p.object is not None else None
        actor, patient = (p.agent.head if p.agent is not None else None, object_) if p.passive else (subject, object_)
        if p.agent is not None and not p.passive and subject is not None:
            actor, patient = p.agent.head, subject  # a reflexive verb with its agent in the instrumental
        if p.antecedent is not None:
            role = p.antecedent_role
            if role == "subject" and not p.passive:
                actor = p.antecedent
            elif role in ("subject", "object"):
                patient = patient if patient is not None and not p.passive else p.antecedent
        if actor is None and not p.passive and p.relation in ("conj", "xcomp", "advcl") and (p.form != "fin" or p.relation == "conj"):
            actor = self._shared(p)
        if actor is None and p.passive and patient is None and p.relation == "conj":
            source = self._source(p)
            patient = source.object.head if source is not None and source.object is not None else None
        if actor is None and not p.passive:
            actor = self._institution(p)
        if self.words[p.head].lemma in SITED and p.passive and actor is None:
            actor, patient = patient, None  # "місто розташоване": nobody placed it there
        return self.phrase(actor), self.phrase(patient)

    def _source(self, p: Predicate) -> Predicate | None:
        return next((q for q in self.predicates if q.head == p.governor), None)

    def _shared(self, p: Predicate) -> int | None:
        """The subject of the verb it is coordinated with, or that governs it, where the number agrees."""
        source = self._source(p)
        seen = 0
        while source is not None and source.subject is None and source.governor is not None and seen < len(self.predicates):
            source, seen = self._source(source), seen + 1
        if source is None or source.subject is None or source is p:
            return None
        number = p.verb.number if p.verb is not None and p.form == "fin" else ""
        gender = p.verb.gender if p.verb is not None and p.form == "fin" and p.verb.tense == "past" else ""
        return source.subject.head if source.subject.agrees(number, gender) else None

    def _institution(self, p: Predicate) -> int | None:
        """ "У Міноборони заявили": who speaks stands in the locative, the verb in the plural."""
        if (
            p.verb is None
            or p.form != "fin"
            or p.verb.number != "pl"
            or p.subject is not None
            or self.words[p.head].lemma not in self.speech
        ):
            return None
        return next((c.head for c in p.obliques if c.english in ("in", "into", "at") and c.may("loc")), None)

    def _obliques(self, p: Predicate) -> tuple[tuple[str, Phrase], ...]:
        found = [(c.english, phrase) for c in p.obliques if (phrase := self.phrase(c.head)) is not None]
        if p.antecedent is not None and p.antecedent_role not in ("subject", "object") and (noun := self.phrase(p.antecedent)) is not None:
            found.append((p.antecedent_role, noun))
        return tuple(found)

    def _form(self, p: Predicate) -> tuple[Form, Tense]:
        if p.form == "inf" and p.aux is not None and self._aux_tense(p) == "fut":
            return "finite", "future"
        if p.form in ("inf", "imp"):
            return "infinitive", "none"
        if p.form in ("ger", "part"):
            return "participle", "none"
        if p.form in ("impers", "short"):
            told = self._aux_tense(p)
            return "finite", "perfect" if not told else "future" if told == "fut" else "past"
        if p.form == "speech":
            return "finite", "perfect"
        if p.form == "copula" or p.verb is None:
            return "finite", "present"
        told = p.verb.tense
        return "finite", "past" if told == "past" else "future" if told == "fut" else "present"

    def _aux_tense(self, p: Predicate) -> str:
        verb = self.words[p.aux].verb if p.aux is not None else None
        return verb.tense if verb is not None else ""

    def _failed(self, p: Predicate) -> bool:
        source = self._source(p)
        return p.relation == "xcomp" and source is not None and (self.words[source.head].lemma in FAILING or source.negated)

    def _modality(self, p: Predicate, depth: int = 0) -> Modality:
        _form, tense = self._form(p)
        role = self.words[p.sub].role if p.sub is not None else ""
        if p.hypothetical or role == "condition":
            return "conditional"
        if tense == "future" or role == "purpose" or p.form == "imp":
            return "planned"
        source = self._source(p)
        if p.form == "inf" and source is not None and p.relation == "xcomp":
            lemma = self.words[source.head].lemma
            if lemma in ("can", "must"):
                return "conditional" if lemma == "can" else "planned"
            return "planned" if lemma in PROSPECTIVE else self._modality(source, depth + 1) if depth < 4 else "asserted"
        if p.form == "inf":
            return "planned"
        if self.sentence.text.rstrip("\"'”» ").endswith("?") and p.relation in ("ROOT", "conj"):
            return "question"
        return "asserted"

    def _nominal(self, head: int) -> Clause:
        tokens = self.sentence.tokens
        nouns = {i for i in self.order if i != head and i not in {p.head for p in self.predicates}}
        own, stack = [], [head]
        while stack:
            at = stack.pop()
            own.append(at)
            stack.extend(c for c in self.sentence.children[at] if tokens[c].dep not in ("relcl", "acl") and c not in nouns)
        own.sort()
        genitive = self.sentence.child(head, "nmod", "compound")
        adjective = next((c for c in self.sentence.kids(head, "amod")), None)
        agent = self.sentence.child(head, "agent")
        lemma = tokens[head].lemma.lower()
        taken = lemma in TAKEN
        actor = agent if agent is not None else adjective if taken or genitive is None else genitive
        owner = next((p for p in self.predicates if p.holds(head)), None)
        solid = [i for i in own if tokens[i].pos != "PUNCT"] or [head]
        start = tokens[solid[0]].start if tokens[solid[0]].dep != "prep" else tokens[head].start
        return Clause(
            index=self.order[head],
            sentence=self.sentence,
            head=head,
            lemma=lemma,
            form="nominal",
            tense="none",
            passive=False,
            progressive=False,
            negated=False,
            modality="asserted",
            actor=self.phrase(actor),
            patient=self.phrase(genitive) if taken else None,
            obliques=tuple(
                (tokens[c].lemma, phrase)
                for c in self.sentence.kids(head, "prep")
                for o in self.sentence.kids(c, "pobj")
                if (phrase := self.phrase(o)) is not None
            ),
            particles=(),
            governor=self.order.get(owner.head) if owner is not None else None,
            relation=tokens[head].dep.lower() if tokens[head].dep == "ROOT" else tokens[head].dep,
            tokens=tuple(own),
            start=start,
            end=max(tokens[i].end for i in solid),
            full_start=start,
            full_end=max(tokens[i].end for i in solid),
        )
