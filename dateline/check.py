"""The whole flow on one screen: a report and evidence in, a dossier out. Open this file first."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

import dateline
from dateline.errors import NoDate
from dateline.evidence import Evidence, open_evidence
from dateline.evidence.choosing import evidence_for
from dateline.identify.stage import identified
from dateline.kinds.base import Answers, Covering, Setting
from dateline.kinds.judging import LAG, unverified
from dateline.negation import judge_negated
from dateline.options import Options
from dateline.plugins import kinds
from dateline.read import read
from dateline.rest import rest_of, signals_of
from dateline.summary import headline, profile
from dateline.tempering import tempered, unborrowed
from dateline.text.actors import find_mentions
from dateline.text.languages import in_each
from dateline.text.lexicon import LANGUAGES, lexicon
from dateline.text.reading import Reading, parse_all
from dateline.types import Claim, Coverage, Document, Dossier, Finding, Place, Record, Report
from dateline.verdict import Verdict
from dateline.when import find_times
from dateline.where import Gazetteer, find_places, open_gazetteer

RULES = "1"  # raised whenever a rule changes what some report's verdicts are


def check(report: Document | Report | str, evidence: Evidence | None = None, options: Options | None = None) -> Dossier:
    """Check every claim of a report against the evidence.

    `report` is a Document from `read`, a Report, or a path. Raises NoDate where the document bears no
    publication date: it is never guessed. The same input gives the same dossier, for the same packs.
    """
    options = options or Options()
    evidence = evidence if evidence is not None else open_evidence()
    document = report if isinstance(report, Document) else read(report, language=options.language)
    return check_all([document], evidence, options)[0]


def check_all(documents: Sequence[Document], evidence: Evidence, options: Options) -> list[Dossier]:
    """Check several documents together, which is quicker: one parse and one join for all of them.

    Each is checked by itself: what a document's neighbours say changes nothing in its dossier.
    """
    return [dossier for _, dossier in check_readings(documents, evidence, options)]


def check_readings(documents: Sequence[Document], evidence: Evidence, options: Options) -> list[tuple[Reading, Dossier]]:
    """As `check_all`, with what each document was read as beside its dossier."""
    gazetteer = open_gazetteer()
    readings = read_claims_of_all(documents, evidence, gazetteer, options)
    found = [(reading, war, find(reading), setting_of(reading, war, gazetteer, options.as_of)) for reading, war in readings]
    answers = _answers([(war, claims, setting) for _, war, claims, setting in found], options.as_of)
    return [(one[0], _concluded(*one, answer, options)) for one, answer in zip(found, answers, strict=True)]


def _answers(asked: Sequence[tuple[Evidence, Sequence[Claim], Setting]], as_of: date | None) -> list[Answers]:
    """What the packs answer to each document's claims; all questions to the same packs go in one join."""
    answers: list[dict[str, tuple[Record, ...]]] = [{} for _ in asked]
    for evidence in dict.fromkeys(war for war, _, _ in asked):
        questions = [
            dataclasses.replace(q, id=f"{n}/{q.id}")
            for n, (war, claims, setting) in enumerate(asked)
            if war is evidence
            for c in claims
            for q in kinds()[c.kind].ask(c, setting)
        ]
        for question, records in evidence.ask(questions, as_of=as_of).items():
            n, _, own = question.partition("/")
            answers[int(n)][own] = records
    return list(answers)


def _concluded(reading: Reading, evidence: Evidence, claims: list[Claim], setting: Setting, answers: Answers, options: Options) -> Dossier:
    findings = judge_all(claims, answers, setting)
    findings = _with_then(findings, claims, answers, setting)
    findings = unborrowed(identified([*findings, *rest_of(reading, findings)], reading, evidence, setting, options.as_of))
    findings = sorted(findings, key=lambda f: (f.claim.start, f.claim.end, f.claim.kind))
    numbered = _numbered(findings)
    return Dossier(
        document=reading.document,
        published=reading.published,
        findings=numbered,
        headline=headline(numbered),
        profile=profile(numbered, reading.published),
        signals=signals_of(reading.document),
        packs=evidence.packs,
        options=options.as_json(),
        version=dateline.__version__,
        rules=RULES,
        calendar=evidence.calendar,
    )


def read_claims_of(document: Document, published: date, evidence: Evidence, gazetteer: Gazetteer, options: Options) -> Reading:
    """Find everything that claims are made of: clauses, times, places, actors."""
    document = dataclasses.replace(document, published=published)
    return read_claims_of_all([document], evidence, gazetteer, options, choose=False)[0][0]


def read_claims_of_all(
    documents: Sequence[Document], evidence: Evidence, gazetteer: Gazetteer, options: Options, *, choose: bool = True
) -> list[tuple[Reading, Evidence]]:
    """The reading of each document, and the packs it is read with; what is named is found first, then all is parsed together."""
    readings = []
    for document in documents:
        if document.published is None:
            raise NoDate("no publication date found in the report: give it with --published YYYY-MM-DD")
        war = evidence_for(document, document.published, evidence, gazetteer, options.language) if choose else evidence
        readings.append((_named(document, document.published, war, gazetteer, options), war))
    for language in LANGUAGES:
        todo = [n for n, (reading, _) in enumerate(readings) if (options.language or reading.document.language) == language]
        if not todo:
            continue
        parsed = parse_all([(readings[n][0].document, readings[n][0].spans()) for n in todo], lexicon(language), options.model)
        for n, (sentences, clauses) in zip(todo, parsed, strict=True):
            reading, war = readings[n]
            readings[n] = dataclasses.replace(reading, sentences=sentences, clauses=clauses), war
    return readings


def _named(document: Document, published: date, evidence: Evidence, gazetteer: Gazetteer, options: Options) -> Reading:
    """A reading before the parse: times, places and actors."""
    language = options.language or document.language
    sides = tuple(s["id"] for s in evidence.sides)
    if language not in LANGUAGES:
        return Reading(document, published, lexicon("en"), (), (), (), (), (), sides, evidence.war_start)
    theatre = evidence.theatre if options.theatre else ()
    return Reading(
        document=document,
        published=published,
        lexicon=lexicon(language),
        sentences=(),
        clauses=(),
        times=in_each(
            document, language, lambda own: find_times(document.text, published=published, language=own, calendar=evidence.calendar)
        ),
        places=in_each(document, language, lambda own: find_places(document.text, gazetteer, language=own, theatre=theatre)),
        mentions=in_each(document, language, lambda own: find_mentions(document.text, evidence.actors, own, published)),
        sides=sides,
        war_start=evidence.war_start,
        actors=evidence.actors,
    )


def find(reading: Reading) -> list[Claim]:
    """Every claim of every kind, in reading order, with ids for the questions."""
    found = [claim for clause in reading.clauses for kind in kinds().values() for claim in kind.find(clause, reading)]
    distinct = {(c.kind, c.predicate, c.start, c.end, c.where[:1] and c.where[0].start, c.who and c.who.id, c.figure): c for c in found}
    ordered = sorted(distinct.values(), key=lambda c: (c.start, c.end, c.kind, c.predicate))
    clips = [c for c in ordered if c.kind == "media"]
    ordered = [c for c in ordered if c.note != "speaker unknown" or not any(m.start < c.end and c.start < m.end for m in clips)]
    return _linked([dataclasses.replace(c, id=f"q{n}") for n, c in enumerate(ordered, 1)])


def _linked(claims: list[Claim]) -> list[Claim]:
    """What goes on about a scene or counts the victims of a strike is tied to the claim that told of it."""
    linked: list[Claim] = []
    scene: str | None = None
    strike: Claim | None = None
    for claim in claims:
        if claim.kind == "media" and claim.predicate == "shows":
            scene = claim.id
        elif claim.kind == "media" and claim.predicate == "scene" and scene is not None:
            claim = dataclasses.replace(claim, antecedent=scene)
        elif claim.kind == "strike" and claim.place() is not None:
            strike = claim
        elif claim.kind == "figure" and claim.note == "incident" and not claim.where and strike is not None:
            when = strike.when if claim.when.implied or claim.when.is_open else claim.when
            claim = dataclasses.replace(claim, antecedent=strike.id, where=strike.where, when=when)
        linked.append(claim)
    return linked


def setting_of(reading: Reading, evidence: Evidence, gazetteer: Gazetteer, as_of: date | None) -> Setting:
    places = tuple(dict.fromkeys(p.place.id for p in reading.places if p.place is not None))
    return Setting(
        published=reading.published,
        geography=gazetteer,
        covering=_covering(evidence.covering, as_of),
        lexicon=reading.lexicon,
        war_start=evidence.war_start,
        sides={s["id"]: s["name"] for s in evidence.sides},
        theatre=evidence.theatre,
        calendar=evidence.calendar,
        document_places=places,
    )


def _covering(covering: Covering, known_by: date | None) -> Covering:
    """What was known by a day covers nothing after it, nor the days before it by which maps trail."""
    if known_by is None:
        return covering

    def limited(kind: str, predicate: str, place: Place, start: date | None, end: date | None) -> tuple[Coverage, ...]:
        late = end is None or end > known_by - timedelta(days=LAG["mapper"])
        return () if late else covering(kind, predicate, place, start, end)

    return limited


def judge_all(claims: Sequence[Claim], answers: Answers, setting: Setting) -> list[Finding]:
    """One finding a claim; what the report does not assert is not judged, a continued scene inherits."""
    done: dict[str, Finding] = {}
    for claim in claims:
        own = {q.partition(":")[2]: rows for q, rows in answers.items() if q.partition(":")[0] == claim.id}
        done[claim.id] = tempered(judge(claim, own, setting), setting)
        source = done.get(claim.antecedent or "")
        if source is not None and done[claim.id].verdict is Verdict.UNVERIFIED and kinds()[claim.kind].inherits(claim, source, setting):
            done[claim.id] = dataclasses.replace(
                source,
                claim=claim,
                inherited_from=source.id,
                reason=f"Goes on about the same event. {source.reason}",
            )
    return list(done.values())


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    """One claim by its own kind; what the report does not assert is told as such."""
    if claim.modality == "negated":
        asserted = kinds()[claim.kind].judge
        return judge_negated(
            claim,
            lambda positive: asserted(positive, answers, setting),
            lambda: unverified(claim, "negated", REASONS["negated"], setting),
        )
    if claim.modality in REASONS:
        return unverified(claim, claim.modality, REASONS[claim.modality], setting)
    found: Finding = kinds()[claim.kind].judge(claim, answers, setting)
    return found


REASONS = {
    "planned": "Told as a plan or as to come, not as done: there is nothing to look up yet.",
    "conditional": "Told as possible or under a condition, not as done.",
    "question": "Asked, not stated.",
    "negated": "Told as not so; what did not happen is not judged yet.",
    "denied": "Told as denied by somebody, not as so.",
    "unread": "Could not be read safely.",
}


def _with_then(findings: list[Finding], claims: Sequence[Claim], answers: Answers, setting: Setting) -> list[Finding]:
    """Judge again with what was known at publication, where that is less, and note a verdict that differs."""
    known = {q: tuple(r for r in rows if r.known_from is None or r.known_from <= setting.published) for q, rows in answers.items()}
    less = {q.partition(":")[0] for q, rows in known.items() if len(rows) < len(answers[q])}
    if not less:
        return findings
    touched = [c for c in claims if c.id in less]
    before = dataclasses.replace(setting, covering=_covering(setting.covering, setting.published))
    then = {f.claim.id: f.verdict for f in judge_all(touched, known, before)}
    return [
        dataclasses.replace(f, known_then=then[f.claim.id]) if then.get(f.claim.id, f.verdict) is not f.verdict else f for f in findings
    ]


def _numbered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Claims are numbered in reading order, whatever order they were found in."""
    ids = {f.claim.id: f"c{n}" for n, f in enumerate(findings, 1) if f.claim.id}
    numbered = []
    for n, found in enumerate(findings, 1):
        claim = dataclasses.replace(found.claim, id=f"c{n}", antecedent=ids.get(found.claim.antecedent or ""))
        numbered.append(dataclasses.replace(found, claim=claim, inherited_from=ids.get(found.inherited_from or "")))
    return tuple(numbered)
