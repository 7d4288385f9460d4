"""Media: what a video or picture is said to show, where, and since when it goes round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.kinds.base import Answers, Setting, draft, time_of
from dateline.kinds.judging import Window, finding, meets, spell, spell_when, unverified, windows
from dateline.text.concepts import concepts_of
from dateline.text.reading import Reading
from dateline.text.syntax import Clause
from dateline.types import Claim, Finding, Place, Question, Record, Where
from dateline.verdict import Verdict

name = "media"
predicates = ("shows", "viral", "scene")

SPECIFICS = 3  # specifics that identify a scene (DESIGN.md section 2, Identity); the place counts as one
DISTINCT = 2  # one of them must be told of so few scenes in the packs, else it identifies nothing (own choice)
SAME_SCENE = 3  # days within which two records of one place are of one scene (reposts trail by a day or two)


def find(clause: Clause, reading: Reading) -> Iterable[Claim]:
    """Clips and pictures with what they show; sentences that go on about the same scene."""
    words = reading.lexicon.words
    nouns = words("media", "nouns")
    subject = clause.actor.lemma if clause.actor is not None else clause.patient.lemma if clause.patient is not None else ""
    medium = subject in nouns or any(p.lemma in nouns for prep, p in clause.obliques if prep in ("on", "in"))
    inside = any(p.lemma in nouns for prep, p in clause.obliques if prep == "in") or _captioned(clause, nouns)
    if clause.relation != "root" and not (clause.relation == "conj" and medium):
        return
    if medium and set(clause.particles) & words("media", "viral"):
        yield _claim(clause, reading, "viral", span=(clause.start, clause.full_end))
    elif (medium and clause.lemma in words("media", "show") | words("media", "share")) or inside:
        yield _claim(clause, reading, "shows", span=_shown(clause))
    elif not medium and _goes_on(clause, reading):
        yield _claim(clause, reading, "scene", span=_whole(clause), note="continues")


def _captioned(clause: Clause, nouns: frozenset[str]) -> bool:
    """True for what follows "Footage from Monday:"."""
    tokens = clause.sentence.tokens
    colon = next((t for t in tokens if t.text == ":"), None)
    before = [t for t in tokens if colon is not None and t.i < colon.i]
    return colon is not None and bool(before) and before[0].lemma.lower() in nouns and tokens[clause.head].i > colon.i


def _claim(clause: Clause, reading: Reading, predicate: str, span: tuple[int, int] | None = None, note: str = "") -> Claim:
    start, end = span if span is not None else (clause.start, clause.end)
    shown = {t.i for t in clause.sentence.tokens if start <= t.start < end}
    lemmas = tuple(clause.sentence.tokens[i].lemma.lower() for i in sorted(shown))
    places = tuple(p for p in reading.inside(reading.places, start, end) if p.place is not None and p.place.kind == "settlement")
    names = {t.i for t in clause.sentence.tokens if reading.names(t.start, t.end)}
    told = tuple(clause.sentence.tokens[i].lemma.lower() for i in sorted(shown - names))
    return draft(
        clause,
        reading,
        name,
        predicate,
        time_of(clause, reading, "event"),
        where=_one(places),
        specifics=reading.lexicon.concepts(told or lemmas),
        span=(start, end),
        note=note,
        label=f"Scene{f' in {places[0].place.name}' if places and places[0].place else ''}",
    )


def _shown(clause: Clause) -> tuple[int, int]:
    """The clause with what happens meanwhile ("... as troops enter the village")."""
    ends = [
        clause.sentence.tokens[t].end
        for c in clause.sentence.kids(clause.head, "advcl")
        for t in clause.sentence.subtree(c)
        if clause.sentence.tokens[t].pos not in ("PUNCT", "SPACE")
    ]
    return clause.start, max([clause.end, *ends])


def _whole(clause: Clause) -> tuple[int, int]:
    """The sentence without its closing mark: what goes on about a scene is told in all of it."""
    return clause.sentence.start, clause.sentence.start + len(clause.sentence.text.rstrip(" .!…"))


def _one(places: tuple[Where, ...]) -> tuple[Where, ...]:
    return places[:1] if len({p.place.id for p in places if p.place}) == 1 else ()


def _goes_on(clause: Clause, reading: Reading) -> bool:
    """True for "The women ...", "He ..." right after a sentence about a clip."""
    if clause.actor is None or clause.tense not in ("present", "past"):
        return False
    head = clause.sentence.tokens[clause.actor.head]
    definite = any(clause.sentence.tokens[c].lemma.lower() == "the" for c in clause.sentence.kids(head.i, "det"))
    if not (definite or (head.pos == "PRON" and head.lemma.lower() in ("he", "she", "they"))):
        return False
    before = [s for s in reading.sentences if s.start < clause.sentence.start][-2:]
    nouns = reading.lexicon.words("media", "nouns")
    clip = any(t.lemma.lower() in nouns for s in before for t in s.tokens)
    told = {t.lemma.lower() for s in before for t in s.tokens}
    return clip and (head.pos == "PRON" or head.lemma.lower() in told)


def ask(claim: Claim, setting: Setting) -> Sequence[Question]:
    return (Question(f"{claim.id}:scenes", "media"),)


def judge(claim: Claim, answers: Answers, setting: Setting) -> Finding:
    """Identity first: a scene on record that matches in three specifics, one of them rare, and is the only one."""
    scenes = _scenes(answers["scenes"])
    place = claim.place()
    ranked = [(s, shared) for s in scenes if (shared := _shared(claim, s, place, setting))]
    if claim.predicate == "viral" or claim.note == "continues" or not ranked:
        return unverified(claim, "no-scene", "No scene on record is like it in enough specifics.", setting)
    common = _common(scenes, setting)
    identified = [(s, shared) for s, shared in ranked if len(shared) >= SPECIFICS and any(common[c] <= DISTINCT for c in shared)]
    here = [pair for pair in identified if place is not None and pair[0].records[0].place_id == place.id]
    told = [(s, sh) for s, sh in identified if s.records[0].place_id in setting.document_places]
    chosen = here or (told if place is None else [])
    if len(chosen) == 1:
        scene, shared = chosen[0]
        return _same_scene(claim, scene, shared, place, setting)
    elsewhere = [(s, sh) for s, sh in identified if len(sh) >= SPECIFICS + 1] if place is not None and not here else []
    if place is not None and len(elsewhere) == 1 and _fake(elsewhere[0][0], place, setting):
        return _misplaced(claim, elsewhere[0][0], elsewhere[0][1], place, setting)
    return unverified(
        claim,
        "not-identified",
        "Scenes on record are like it, but none is identified as this one alone.",
        setting,
        records=[s.records[0] for s, _ in ranked[:3]],
    )


def _scenes(rows: Sequence[Record]) -> list[Window]:
    """Records of one place within a few days are one scene."""
    groups: list[list[Record]] = []
    for row in sorted((r for r in rows if r.start_min and r.start_max), key=lambda r: (str(r.place_id), r.start_min, r.id)):
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and last.place_id == row.place_id
            and last.start_max
            and row.start_min
            and (row.start_min - last.start_max).days <= SAME_SCENE
        ):
            groups[-1].append(row)
        else:
            groups.append([row])
    found = []
    for group in groups:
        whole = windows(group)
        found.append(Window(whole[0].start, whole[-1].end, tuple(group)))
    return found


def _words(scene: Window, setting: Setting) -> frozenset[str]:
    return frozenset().union(*(concepts_of(f"{r.subject or ''} {r.says}", setting.lexicon) for r in scene.records))


def _shared(claim: Claim, scene: Window, place: Place | None, setting: Setting) -> frozenset[str]:
    shared = claim.specifics & _words(scene, setting)
    here = place is not None and scene.records[0].place_id == place.id
    return shared | {scene.records[0].place_id or ""} if here else shared


def _common(scenes: Sequence[Window], setting: Setting) -> Counter[str]:
    """Of how many scenes each concept, or place, is told."""
    counts: Counter[str] = Counter()
    for scene in scenes:
        counts.update(_words(scene, setting))
        if scene.records[0].place_id:
            counts[scene.records[0].place_id] += 1
    return counts


def _same_scene(claim: Claim, scene: Window, shared: frozenset[str], place: Place | None, setting: Setting) -> Finding:
    told = ", ".join(sorted(s for s in shared if ":" not in s))
    what = f"The scene ({told}) is on record for {spell(scene.start, scene.end)}"
    if meets(claim.when, scene):
        return finding(claim, Verdict.SUPPORTED, "same-scene", f"{what}.", setting, records=scene.records, window=scene, place=place)
    if claim.when.is_open or scene.start > setting.published:
        return unverified(claim, "open-time", f"{what}; the report gives no time to compare.", setting, records=scene.records)
    return finding(
        claim,
        Verdict.MISDATED,
        "same-scene",
        f"{what}, not for {spell_when(claim.when)}; it is the only one like it.",
        setting,
        records=scene.records,
        window=scene,
        place=place,
    )


def _fake(scene: Window, place: Place, setting: Setting) -> bool:
    """Misplaced only where the scene is of another country: within one, look-alikes are many."""
    other = scene.records[0].place_id
    return other is not None and place.country is not None and not any(setting.geography.contains(c, other) for c in setting.theatre)


def _misplaced(claim: Claim, scene: Window, shared: frozenset[str], place: Place, setting: Setting) -> Finding:
    record = scene.records[0]
    real = setting.geography.place(record.place_id) if record.place_id else None
    told = ", ".join(sorted(s for s in shared if ":" not in s))
    km = setting.geography.distance_km(place.id, record.place_id) if record.place_id else None
    return finding(
        claim,
        Verdict.MISPLACED,
        "same-scene",
        f"The scene ({told}) is on record at {record.place_name}, {spell(scene.start, scene.end)}.",
        setting,
        records=scene.records,
        window=scene,
        place=real,
        off_by_km=None if km is None else round(km, 1),
    )


def inherits(claim: Claim, source: Finding, setting: Setting) -> bool:
    """True where the records that identified the scene before also tell of what this sentence adds."""
    if source.verdict not in (Verdict.MISDATED, Verdict.MISPLACED) or not source.records:
        return False
    told = frozenset().union(*(concepts_of(f"{r.subject or ''} {r.says}", setting.lexicon) for r in source.records))
    return len(claim.specifics & told) >= SPECIFICS - 1
