"""A report made ready for finding claims: its clauses with the times, places and actors in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from dateline.text.actors import Mention
from dateline.text.annotate import ASKED_HERE, annotator
from dateline.text.clauses import clauses_of, sentence_of
from dateline.text.languages import Stretch, stretches
from dateline.text.lexicon import PIVOT, Lexicon
from dateline.text.model import load_model
from dateline.text.pivot import lined
from dateline.text.prefilter import Piece, pieces_of, scan_for
from dateline.text.slavic import read_block
from dateline.text.syntax import Clause, Phrase, Sentence
from dateline.types import Actor, ActorEntry, Document, When, Where

EVENT_NOUNS = (
    ("strike", "nouns"),
    ("advance", "advance_nouns"),
    ("onset", "offensive"),
    ("control", "take_nouns"),
    ("control", "annexation"),
    ("control", "occupation"),
    ("figure", "kill_nouns"),
)

Spanned = TypeVar("Spanned", bound="When | Where | Mention")


@dataclass(frozen=True)
class Reading:
    """What kinds of claims are found in. Everything is in text order; offsets are into `document.text`."""

    document: Document
    published: date
    lexicon: Lexicon
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    times: tuple[When, ...]
    places: tuple[Where, ...]
    mentions: tuple[Mention, ...]
    sides: tuple[str, ...]
    war_start: date | None
    actors: tuple[ActorEntry, ...] = ()

    @cached_property
    def by_sentence(self) -> dict[int, tuple[Clause, ...]]:
        table: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            table.setdefault(clause.sentence.start, []).append(clause)
        return {start: tuple(clauses) for start, clauses in table.items()}

    def siblings(self, clause: Clause) -> tuple[Clause, ...]:
        """All clauses of the clause's sentence; `Clause.index` and `.governor` count in it."""
        return self.by_sentence[clause.sentence.start]

    def governor(self, clause: Clause) -> Clause | None:
        return None if clause.governor is None else self.siblings(clause)[clause.governor]

    def own(self, items: Sequence[Spanned], clause: Clause) -> tuple[Spanned, ...]:
        """Those that lie on the clause's own tokens, not on those of a clause within it."""
        spans = [(t.start, t.end) for t in clause.text_tokens]
        return tuple(i for i in items if i.start is not None and i.end is not None and any(s < i.end and i.start < e for s, e in spans))

    def inside(self, items: Sequence[Spanned], start: int, end: int) -> tuple[Spanned, ...]:
        return tuple(i for i in items if i.start is not None and i.end is not None and i.start < end and start < i.end)

    def names(self, start: int, end: int) -> bool:
        """True where a place, an actor or a time stands in the stretch."""
        return (
            bool(self.inside(self.places, start, end))
            or bool(self.inside(self.mentions, start, end))
            or bool(self.inside(self.times, start, end))
        )

    def spans(self) -> list[tuple[int, int]]:
        """Where a place, an actor or a time stands, in order."""
        named: tuple[When | Where | Mention, ...] = (*self.places, *self.mentions, *self.times)
        return sorted((i.start, i.end) for i in named if i.start is not None and i.end is not None)

    def words(self, phrase: Phrase) -> str:
        return self.document.text[phrase.start : phrase.end]

    def places_of(self, phrase: Phrase | None, sentence: Sentence) -> tuple[Where, ...]:
        """Places named by the phrase itself; for "a town that ..." the place that it renames."""
        if phrase is None:
            return ()
        spans = [(sentence.tokens[i].start, sentence.tokens[i].end) for i in phrase.tokens]
        inside = tuple(p for p in self.places if any(s < p.end and p.start < e for s, e in spans))
        head = sentence.tokens[phrase.head]
        if head.dep == "appos":
            renamed = sentence.tokens[head.head]
            named = self.inside(self.places, renamed.start, renamed.end)
            if named:
                return named
        return tuple(p for p in inside if not self.beside(p))

    def told(self, start: int, end: int) -> str:
        """The text of a stretch; in other languages than the pivot its words in the pivot, within the sentence of its end."""
        sentence = next((s for s in self.sentences if s.start < end <= s.end + 1), None)
        if sentence is None or sentence.language == PIVOT:
            return self.document.text[start:end]
        line = lined(sentence, max(start, sentence.start), end).text
        return f"{line} " if line.startswith(",") else f" {line} "

    def beside(self, place: Where) -> bool:
        """True for "north of X", "outside X": the place is named only to say where another one lies."""
        before = self.told(max(0, place.start - 40), place.start).lower()
        ways = "|".join(sorted(self.lexicon.words("geography", "directions"), key=lambda w: (-len(w), w)))
        apart = rf"\b(?:{ways})\s+(?:of|from)|\boutside|\bborders? (?:with|of)|\bkm from|\baway from|\bkilomet(?:re|er)s from"
        return re.search(rf"(?:{apart})\s+(?:the\s+)?$", before) is not None

    def actor(self, phrase: Phrase | None, sentence: Sentence) -> Actor | None:
        """Whom the phrase names; pronouns and bare "the troops" look back; None where nobody is named."""
        if phrase is None:
            return None
        end = max(
            [phrase.end]
            + [
                sentence.tokens[s].end
                for a in sentence.kids(phrase.head, "appos")
                for s in sentence.subtree(a)
                if sentence.tokens[s].pos in ("PROPN", "NOUN")
            ]
        )
        named = self.inside(self.mentions, phrase.start, end)
        words = self.words(phrase)
        head = sentence.tokens[phrase.head]
        if named:
            best = _most_telling(named, head.start)
            return Actor(words, best.entry.id, best.entry.side)
        if head.pos == "PRON" or head.lemma.lower() in self.lexicon.words("actors", "generic_military"):
            meant = self._earlier(phrase.start, person=head.lemma.lower() in ("he", "she"))
            if meant is not None:
                return Actor(words, meant.entry.id, meant.entry.side)
        return Actor(words, None, None)

    def state_of(self, entry: ActorEntry) -> ActorEntry:
        """The state that a person, office or ministry acts for; the entry itself where there is none."""
        if entry.role in ("state", "body", "alliance") or entry.country is None:
            return entry
        return next((a for a in self.actors if a.role == "state" and a.country == entry.country), entry)

    def _earlier(self, before: int, person: bool) -> Mention | None:
        """Whom a pronoun means: the last sided subject before it, else the last sided actor named."""
        fit = [m for m in self.mentions if m.end <= before and m.entry.side is not None and (not person or m.entry.role == "person")]
        subjects = [c.actor for c in self.clauses if c.actor is not None and c.form != "nominal" and c.actor.end <= before]
        for phrase in sorted(subjects, key=lambda p: -p.start):
            named = [m for m in fit if phrase.start <= m.start < phrase.end]
            if named:
                return named[0]
        return fit[-1] if fit else None


def _most_telling(named: tuple[Mention, ...], head_start: int) -> Mention:
    """A person before an office, an office before a nationality; then the nearest to the phrase's head."""
    rank = {"person": 0, "office": 1, "ministry": 2, "army": 2, "unit": 2, "government": 3}
    return min(named, key=lambda m: (rank.get(m.entry.role, 4), abs(m.start - head_start)))


Spans = Sequence[tuple[int, int]]
Parsed = tuple[tuple[Sentence, ...], tuple[Clause, ...]]


def parse(document: Document, words: Lexicon, model: str, named: Spans | None = None) -> Parsed:
    """Sentences and clauses of one document; see `parse_all`."""
    return parse_all([(document, named)], words, model)[0]


def parse_all(jobs: Sequence[tuple[Document, Spans | None]], words: Lexicon, model: str) -> list[Parsed]:
    """Sentences and clauses of every document, paragraph by paragraph so that no sentence spans two.

    All documents go through the parser together. With the sorted spans of what a document names, sentences that
    cannot hold a claim are not parsed (text/prefilter.py); with None all are.
    """
    nouns = frozenset().union(*(words.words(kind, group) for kind, group in EVENT_NOUNS))
    parts = [
        (n, number, part)
        for n, (document, _) in enumerate(jobs)
        for number, block in enumerate(document.blocks)
        for part in stretches(document.text, block.start, block.end, words.language)
    ]
    sentences: list[list[Sentence]] = [[] for _ in jobs]
    clauses: list[list[Clause]] = [[] for _ in jobs]
    _parse_pivot([(n, number, part) for n, number, part in parts if part.language == PIVOT], jobs, model, nouns, sentences, clauses)
    for n, number, part in parts:
        if part.language != PIVOT:
            own, made = read_block(jobs[n][0].text, part.start, part.end, number, part.language, words, nouns)
            sentences[n].extend(own)
            clauses[n].extend(made)
    return [
        (tuple(sorted(s, key=lambda x: x.start)), tuple(sorted(c, key=lambda x: (x.sentence.start, x.index))))
        for s, c in zip(sentences, clauses, strict=True)
    ]


def _parse_pivot(
    parts: Sequence[tuple[int, int, Stretch]],
    jobs: Sequence[tuple[Document, Spans | None]],
    model: str,
    nouns: frozenset[str],
    sentences: list[list[Sentence]],
    clauses: list[list[Clause]],
) -> None:
    """The stretches in the pivot language, by the parser."""
    if not parts:
        return
    nlp = load_model(model)
    scan = scan_for(PIVOT, model)
    pieces: list[tuple[int, int, Piece]] = []
    for n, number, part in parts:
        document, named = jobs[n]
        whole = [Piece(part.start, part.end, True)]
        found = whole if named is None or scan is None else pieces_of(document.text, part.start, part.end, named, scan)
        pieces.extend((n, number, piece) for piece in found)
    lemmas = annotator(model)
    texts = (jobs[n][0].text[piece.start : piece.end] for n, _, piece in pieces if piece.parse)
    parsed = nlp.pipe(texts, disable=ASKED_HERE if lemmas else ())
    for n, number, piece in pieces:
        if not piece.parse and scan is not None:
            sentences[n].append(scan.shallow(nlp, jobs[n][0].text, piece.start, piece.end, number))
            continue
        doc = next(parsed)
        told = lemmas.words(doc) if lemmas else None
        for span in doc.sents:
            if re.search(r"\w", span.text):
                sentence = sentence_of(span, piece.start, number, told)
                sentences[n].append(sentence)
                clauses[n].extend(clauses_of(sentence, nouns))
