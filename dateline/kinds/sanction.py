"""Sanction and aid: who imposed measures on whom, who sent what to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.kinds.base import Answers, Setting, draft, time_of
from dateline.kinds.judging import judge_event, unverified
from dateline.text.reading import Reading
from dateline.text.syntax import Clause, Phrase
from dateline.types import Actor, Claim, Finding, Question, Record

name = "sanction"
predicates = ("imposed", "aid-sent")
AGREED_DAYS = 60  # days by which a package may be proposed or agreed before it is adopted (the 18th: from 10 June to 18 July 2025)
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
).split()
RECORDS = {"imposed": ("imposed",), "aid-sent": ("aid-sent", "aid-pledged")}


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """One claim a giver: "the US, the UK and other members have imposed sanctions" holds two and a rest."""
    words = reading.lexicon.words
    if clause.form == "nominal" or clause.patient is None:
        return
    lemmas = {clause.sentence.tokens[i].lemma.lower() for i in clause.patient.tokens}
    if (
        clause.lemma in words("sanction", "impose")
        and lemmas & words("sanction", "sanction_nouns")
        and not lemmas & words("sanction", "aid_only")
    ):
        predicate, target = "imposed", _target(clause, reading, ("on", "against"))
    elif _numbered(clause, reading) is not None or _lists(clause, reading):
        predicate, target = "imposed", None
    elif clause.lemma in words("sanction", "sanction_verbs"):
        predicate, target = "imposed", reading.actor(clause.patient, clause.sentence)
    elif clause.lemma in words("sanction", "send") and _aid(clause.patient, clause, reading):
        predicate, target = "aid-sent", _target(clause, reading, ("to", "for"))
    else:
        return
    givers = _givers(clause, reading)
    if not givers or (predicate == "aid-sent" and (target is None or target.side is None)):
        return
    when = time_of(clause, reading, "standing")
    verb = "Sanctions by" if predicate == "imposed" else "Arms or aid from"
    for giver in givers:
        yield draft(
            clause,
            reading,
            name,
            predicate,
            when,
            who=giver,
            whom=target,
            specifics=_specifics(clause, reading) if predicate == "imposed" else frozenset(),
            label=f"{verb} {giver.words}",
        )


def _numbered(clause: Clause, reading: Reading) -> int | None:
    """The number of a package of sanctions that the clause says was adopted ("its 19th package"); else None."""
    group = reading.lexicon.groups["sanction"]
    if (
        clause.patient is None
        or clause.patient.lemma not in group.get("packages", frozenset())
        or clause.lemma not in group.get("adopt", frozenset())
    ):
        return None
    for i in clause.patient.tokens:
        text = clause.sentence.tokens[i].text.lower()
        if (number := ordinal(text)) is not None:
            return number
    return None


def ordinal(word: str) -> int | None:
    """ "nineteenth", "19th" -> 19; None for other words."""
    digits = word.removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    if digits.isdigit() and digits != word:
        return int(digits)
    tens, _, unit = word.partition("-")
    if tens == "twenty" and unit in ORDINALS[:9]:
        return 20 + ORDINALS.index(unit) + 1
    return ORDINALS.index(word) + 1 if word in ORDINALS else None


def _lists(clause: Clause, reading: Reading) -> bool:
    """ "put X on its sanctions list", "blacklisted X"."""
    group = reading.lexicon.groups["sanction"]
    if clause.lemma in group.get("blacklist", frozenset()):
        return True
    lists = [p for prep, p in clause.obliques if prep in ("on", "to", "under") and {*_lemmas(p, clause)} & group["sanction_nouns"]]
    return bool(lists) and clause.lemma in group.get("put", frozenset())


def _lemmas(phrase: Phrase, clause: Clause) -> tuple[str, ...]:
    return tuple(clause.sentence.tokens[i].lemma.lower() for i in phrase.tokens)


def _specifics(clause: Clause, reading: Reading) -> frozenset[str]:
    """The number of the package, and the names of what was put under sanctions."""
    number = _numbered(clause, reading)
    giver = range(clause.actor.start, clause.actor.end) if clause.actor is not None else range(0)
    names = frozenset(
        t.text.lower()
        for t in clause.text_tokens
        if t.pos == "PROPN"
        and t.start not in giver
        and not reading.inside(reading.times, t.start, t.end)
        and not reading.names(t.start, t.end)
    )
    return names | (frozenset({f"#{number}"}) if number is not None else frozenset())


def _aid(patient: Phrase, clause: Clause, reading: Reading) -> bool:
    lemmas = {clause.sentence.tokens[i].lemma.lower() for i in patient.tokens}
    return bool(lemmas & reading.lexicon.words("sanction", "aid_nouns"))


def _target(clause: Clause, reading: Reading, preps: tuple[str, ...]) -> Actor | None:
    phrase = clause.oblique(*preps)
    if phrase is None and clause.patient is not None:
        for prep in clause.sentence.kids(clause.patient.head, "prep"):
            if clause.sentence.tokens[prep].lemma.lower() in preps:
                named = reading.inside(reading.mentions, clause.sentence.tokens[prep].start, clause.patient.end)
                sided = [m for m in named if m.entry.side is not None]
                if sided:
                    return Actor(reading.document.text[sided[0].start : sided[0].end], sided[0].entry.id, sided[0].entry.side)
    actor = reading.actor(phrase, clause.sentence)
    return actor if actor is not None and actor.side is not None else None


def _givers(clause: Clause, reading: Reading) -> tuple[Actor, ...]:
    """Every actor named in the subject; "and other members" needs one member, so it adds none of its own."""
    if clause.actor is None:
        return ()
    sentence = clause.sentence
    reach = [t for t in sentence.subtree(clause.actor.head) if not _in_relative(t, clause.actor.head, clause)]
    start = min(sentence.tokens[t].start for t in reach)
    end = (
        min(max(sentence.tokens[t].end for t in reach), sentence.tokens[clause.head].start)
        if not clause.passive
        else max(sentence.tokens[t].end for t in reach)
    )
    others = reading.lexicon.words("sanction", "others")
    givers: list[Actor] = []
    for mention in reading.inside(reading.mentions, start, end):
        after = [t.lemma.lower() for t in sentence.tokens if mention.end <= t.start <= mention.end + 2]
        if after and after[0] in others:
            continue
        words = reading.document.text[mention.start : mention.end]
        state = reading.state_of(mention.entry)
        if state.id not in {g.id for g in givers}:
            givers.append(Actor(words, state.id, state.side))
    return tuple(givers)


def _in_relative(i: int, top: int, clause: Clause) -> bool:
    """True for words of a relative clause below `top`."""
    at = i
    while at != top and at != clause.sentence.tokens[at].head:
        if clause.sentence.tokens[at].dep == "relcl":
            return True
        at = clause.sentence.tokens[at].head
    return False


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    if claim.who is None or claim.who.id is None:
        return ()
    sides = (claim.whom.side,) if claim.whom is not None and claim.whom.side is not None else ()
    return (Question(f"{claim.id}:measures", "sanction", RECORDS[claim.predicate], subjects=(claim.who.id,), sides=sides),)


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    if "measures" not in answers or claim.who is None:
        return unverified(claim, "no-actor", "Who did it is not known to any pack.", setting)
    what = f"{claim.label}"
    number = next((int(s[1:]) for s in claim.specifics if s.startswith("#")), None)
    if number is not None:  # giver, kind and number identify it (DESIGN.md section 2, Identity)
        rows = [
            r for r in answers["measures"] if number in {ordinal(w.strip(".,;").lower()) for w in r.says.split()} and "package" in r.says
        ]
        what = f"{what}, package {number}"
        found = judge_event(claim, rows, setting, covering=lambda: (), what=what, apart=True, excluded=lambda: len(rows) == 1)
        if found.verdict.accuses and (found.off_by_days or 0) <= AGREED_DAYS:
            return unverified(
                claim, "agreed", f"{found.reason} It may have been proposed or agreed before.", setting, records=found.records
            )
        return found
    rows = _before(answers["measures"], setting)
    named = [r for r in rows if claim.specifics & {w.strip(".,;'’").lower() for w in f"{r.says} {r.subject or ''}".split()}]
    return judge_event(claim, named or rows, setting, covering=lambda: (), what=what, apart=True)


def _before(rows: Sequence[Record], setting: Setting) -> list[Record]:
    """Measures after publication cannot be what the report means."""
    return [r for r in rows if r.start_min is None or r.start_min <= setting.published]
