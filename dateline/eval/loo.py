"""Histories with the weights of their beam search fitted on the other documents: leave one document out.

Each document is read once under every setting of a grid fixed beforehand. For a document the setting counts
that has the most right values on all the others (the first of the grid among equals), so no document has a say
in the weights that it is scored with. The expressions are found once; only the choice of years is repeated.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.eval.timex import Corpus, Document, Score, Timex, score_document
from dateline.when.find import read_expressions
from dateline.when.narrative import Weights, read_narrative

__all__ = ["Held", "grid", "leave_one_out"]

# Going on costs 1 per e-fold of months; the others range over what is dear and what is cheap beside that.
BACKWARD = (1.0, 1.5, 2.5)
BACK_BASE = (0.25, 0.5, 1.0)
SKIP = (2.0, 3.0, 4.5)
NEW_YEAR = (0.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Held:
    """A document that was held out: its score under weights fitted on the others."""

    document: str
    score: Score
    weights: Weights


def grid() -> tuple[Weights, ...]:
    """Every setting that is tried, the shipped one first so that it wins among equals."""
    settings = itertools.product(BACKWARD, BACK_BASE, SKIP, NEW_YEAR)
    tried = (Weights(backward=backward, back_base=base, skip=skip, new_year=new) for backward, base, skip, new in settings)
    return tuple(dict.fromkeys((Weights(), *tried)))


def _scores(document: Document, settings: Sequence[Weights]) -> Iterator[Score]:
    """The score of one document under each setting."""
    reading, found = read_expressions(document.text, language=document.language)
    for weights in settings:
        fresh = [replace(e, extra=list(e.extra)) for e in found]  # resolving writes into them
        resolved = read_narrative(fresh, reading.tokens, document.created, weights)
        yield score_document(document, [Timex(r.expr.start, r.expr.end, r.type, r.value) for r in resolved])


def leave_one_out(corpus: Corpus, settings: Sequence[Weights] | None = None) -> tuple[Held, ...]:
    """Each document of a corpus of histories under the weights that suit the others best."""
    tried = tuple(settings or grid())
    table = [tuple(_scores(document, tried)) for document in corpus.documents]
    totals = [sum(row[k].value for row in table) for k in range(len(tried))]
    held = []
    for document, row in zip(corpus.documents, table, strict=True):
        others = [totals[k] - row[k].value for k in range(len(tried))]
        best = max(range(len(tried)), key=lambda k: (others[k], -k))
        held.append(Held(document.id, row[best], tried[best]))
    return tuple(held)
