"""Set phrases told as the one verb that stands for them: "take under control" is to capture, "inflict a strike" to strike.

Written in English lemmas, so that one table serves every language whose words are mapped to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.text.syntax import Clause, Phrase


@dataclass(frozen=True, slots=True)
class Frame:
    """Verbs with a preposition and a noun after it, or with an object; what they stand for, and where its object is found.

    `object`: "own" keeps it, "prep" takes the phrase of the preposition, "subject" the subject (a passive),
    "as" the preposition's phrase under the name `noun_as`. `to`: the holder becomes an oblique of that name.
    """

    verbs: frozenset[str]
    means: str
    prep: str = ""
    noun: str = ""
    patient: str = ""
    object: str = "own"
    noun_as: str = ""
    particle: str | None = None
    to: str = ""


def _frame(verbs: str, means: str, **more: str) -> Frame:
    return Frame(frozenset(verbs.split()), means, **more)


FRAMES = (
    _frame("take", "capture", prep="under", noun="control"),
    _frame("return", "recapture", prep="under", noun="control"),
    _frame("go pass fall come return enter", "fall", prep="under", noun="control", to="to"),
    _frame("take set regain return", "capture", patient="control", prep="over", object="prep"),
    _frame("lose", "lose", patient="control", prep="over", object="prep"),
    _frame("keep hold", "hold", patient="control", prep="over", object="prep"),
    _frame("keep hold", "hold", prep="under", noun="control"),
    _frame("inflict carry put", "strike", patient="strike"),
    _frame("inflict carry put", "strike", patient="attack"),
    _frame("suffer receive", "shell", patient="shelling", object="subject"),
    _frame("suffer receive", "strike", patient="strike", object="subject"),
    _frame("fall hit come", "shell", prep="under", noun="shelling", object="subject"),
    _frame("go", "withdraw", prep="from", particle="out"),
    _frame("leave", "withdraw", prep="from"),
    _frame("go", "reach", prep="to", particle="out", object="prep"),
    _frame("go", "reach", prep="on", particle="out", object="prep"),
    _frame("go", "enter", prep="into", object="own"),
    _frame("approach", "approach", prep="to", object="prep"),
    _frame("entrench", "gain", prep="in", object="as", noun_as="foothold"),
    _frame("entrench", "gain", prep="on", object="as", noun_as="foothold"),
    _frame("cross", "cross", prep="across", object="prep"),
    _frame("reach", "reach", prep="to", object="prep"),
    _frame("lay", "surrender", patient="weapon"),
    _frame("break", "enter", prep="into"),
    _frame("start begin go", "advance", prep="into", noun="offensive"),
)


def framed(clause: Clause) -> Clause:
    """The clause under the verb that its set phrase stands for; as it is where it has none."""
    if clause.form == "nominal":
        return clause
    for frame in FRAMES:
        if clause.lemma not in frame.verbs or (frame.particle is not None and frame.particle not in clause.particles):
            continue
        if frame.patient and (clause.patient is None or clause.patient.lemma != frame.patient):
            continue
        phrase = _phrase(clause, frame)
        if frame.prep and phrase is None:
            continue
        return _as(clause, frame, phrase)
    return clause


def _phrase(clause: Clause, frame: Frame) -> Phrase | None:
    return next((p for prep, p in clause.obliques if prep == frame.prep and (not frame.noun or p.lemma == frame.noun)), None)


def _as(clause: Clause, frame: Frame, phrase: Phrase | None) -> Clause:
    patient, actor, passive = clause.patient, clause.actor, clause.passive
    obliques = clause.obliques
    if frame.object == "prep" and phrase is not None:
        patient = phrase
    elif frame.object == "as" and phrase is not None:
        patient = replace(phrase, lemma=frame.noun_as)
    elif frame.object == "subject":
        patient, actor, passive = actor, None, True
    if frame.to and phrase is not None:
        obliques = (*obliques, (frame.to, phrase))
    return replace(clause, lemma=frame.means, patient=patient, actor=actor, passive=passive, obliques=obliques)
