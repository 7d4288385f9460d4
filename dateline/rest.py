"""What holds no claim that could be read: one finding a sentence, with the reason; and signals."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.read.courtesy import asks_to_follow
from dateline.text.lexicon import Lexicon
from dateline.text.reading import Reading
from dateline.text.syntax import Sentence
from dateline.types import Claim, Document, Finding, Signal
from dateline.verdict import Verdict
from dateline.when import open_when

LABEL = 60  # characters of a label: a line of the ledger


def rest_of(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """A finding for every sentence that has none: not checkable, or unverified because it could not be read."""
    taken = {f.claim.sentence_start for f in findings if _tells_it(f)}
    if not reading.sentences:
        return [_unread_block(reading.document, b.start, b.end) for b in reading.document.blocks]
    return [_finding(reading, s) for s in reading.sentences if s.start not in taken]


def _tells_it(found: Finding) -> bool:
    """False for a finding on a mere aside, such as the region that a town is said to lie in: the sentence tells more."""
    claim = found.claim
    return claim.kind != "geography" or 2 * (claim.end - claim.start) >= claim.sentence_end - claim.sentence_start


def _finding(reading: Reading, sentence: Sentence) -> Finding:
    if reading.document.blocks[sentence.block].kind == "courtesy" or _courteous(sentence.text, reading.lexicon):
        return _as(
            reading.document, sentence.start, sentence.end, Verdict.NOT_CHECKABLE, "courtesy", "A courtesy or an appeal to the reader."
        )
    if _opinion(reading, sentence):
        return _as(reading.document, sentence.start, sentence.end, Verdict.NOT_CHECKABLE, "opinion", "A feeling or an opinion.")
    if _factual(reading, sentence):
        return _as(
            reading.document, sentence.start, sentence.end, Verdict.UNVERIFIED, "unread", "Could not read a claim of a known kind in it."
        )
    return _as(
        reading.document, sentence.start, sentence.end, Verdict.NOT_CHECKABLE, "nothing", "It states nothing that could be looked up."
    )


def _opinion(reading: Reading, sentence: Sentence) -> bool:
    """True for words of feeling in a sentence that names nothing to look up."""
    words = reading.lexicon.words("courtesy", "opinion")
    return not reading.names(sentence.start, sentence.end) and any(t.lemma.lower() in words for t in sentence.tokens)


def _factual(reading: Reading, sentence: Sentence) -> bool:
    """True where it names a place, an actor, a time or a number, or tells of what somebody did."""
    told = any(t.pos == "VERB" and t.tag in ("VBD", "VBN", "VBZ", "VBP") for t in sentence.tokens)
    first_person = any(t.text.lower() in ("i", "we", "you") for t in sentence.tokens if t.dep.startswith("nsubj"))
    return reading.names(sentence.start, sentence.end) or (told and not first_person) or any(t.pos == "NUM" for t in sentence.tokens)


def _courteous(text: str, words: Lexicon) -> bool:
    low = text.lower()
    return any(phrase in low for phrase in words.words("courtesy", "phrases"))


def _as(document: Document, start: int, end: int, verdict: Verdict, rule: str, reason: str) -> Finding:
    text = document.text[start:end]
    claim = Claim(
        id="",
        kind="other",
        predicate="none",
        sentence=text,
        sentence_start=start,
        sentence_end=end,
        text=text,
        start=start,
        end=end,
        when=open_when(),
        label=_short(text),
        language=document.language,
    )
    change = "reading it: see docs/kinds.md for what is read" if verdict is Verdict.UNVERIFIED else "nothing: it states no fact to look up"
    return Finding(claim=claim, verdict=verdict, reason=reason, rule=f"other.{rule}", would_change=change)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LABEL else f"{words[: LABEL - 1].rstrip()}…"


def _unread_block(document: Document, start: int, end: int) -> Finding:
    return _as(
        document,
        start,
        end,
        Verdict.UNVERIFIED,
        "language",
        f"Could not be read: reports in this language ({document.language}) are not read yet.",
    )


def signals_of(document: Document) -> tuple[Signal, ...]:
    """Things worth a look that are no verdicts: they never say who or what wrote the report."""
    found = [
        Signal("chat-closing", b.start, b.end, "A closing courtesy of the kind that chat tools add.")
        for b in document.blocks
        if b.kind == "courtesy" and not asks_to_follow(document.text[b.start : b.end])
    ]
    if document.byline is None and document.publisher is None:
        found.append(Signal("no-author", None, None, "The report names neither author nor publisher."))
    if document.published_basis and "differs" in document.published_basis:
        found.append(Signal("date-differs", None, None, document.published_basis))
    return tuple(found)
