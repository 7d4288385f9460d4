"""`dateline eval nearmiss`: pairs of a true claim and one that differs in a single detail, made from the packs.

A pair is told apart where the original is supported and the other is neither supported nor left open; where either is
left open the pair is an abstention. The generator is seeded by the records' own ids: same packs, same pairs.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from dateline.check import check_all
from dateline.eval.scoring import wilson
from dateline.evidence import Evidence, open_evidence
from dateline.options import Options
from dateline.types import Block, Document, Dossier, Place, Record
from dateline.verdict import Verdict
from dateline.where import Gazetteer, open_gazetteer

SAMPLE = 60  # records of each make: some 700 pairs in a minute or two
SHIFTS = (60, 120, 200, 365, 500)  # days by which a date is moved: more than any map's lag
TIMES = 4  # a number is made so many times larger
STABLE = 45  # days around a change in which nothing else is on record at the place, so that one sentence is true


@dataclass(frozen=True, slots=True)
class Pair:
    """A true sentence and its near miss, each with the day its report came out."""

    record: str
    make: str  # date, place, region, actor, number, negated, planned
    language: str
    true: tuple[str, date]
    false: tuple[str, date]


def make_pairs(evidence: Evidence, gazetteer: Gazetteer, language: str = "en", sample: int = SAMPLE) -> list[Pair]:
    """Near-miss pairs from the records of the packs, in order of record and make."""
    words = tomllib.loads(files("dateline.eval").joinpath("data/nearmiss.toml").read_text("utf-8"))
    told = _Told(words[language], words["months"][language], language, evidence, gazetteer)
    pairs = [p for r in _chosen(_changes(evidence), sample) for p in told.control(r)]
    pairs += [p for r in _chosen(_changes(evidence), sample) for p in told.geography(r)] if "lies" in words[language] else []
    if "fact" in words[language]:
        facts = [
            r
            for r in evidence.records()
            if r.kind in ("strike", "statement", "event")
            and r.start_min
            and r.start_min == r.start_max
            and not re.search(r"\b(?:19|20)\d\d\b", r.says)
        ]
        pairs += [p for r in _chosen(facts, 2 * sample) for p in told.fact(r)]
    return pairs


def _changes(evidence: Evidence) -> list[Record]:
    """Changes of holder that two families saw, with no other change at the place in their season."""
    by_place: dict[str, list[Record]] = defaultdict(list)
    for r in evidence.records():
        if r.predicate == "held" and r.place_id is not None and r.start_min is not None:
            by_place[r.place_id].append(r)
    sides, begin = {s["id"] for s in evidence.sides}, evidence.war_start or date.min
    return [
        r
        for rows in by_place.values()
        for r in rows
        if r.side in sides and "|" in r.family and r.start_min is not None and r.start_min > begin + timedelta(days=SHIFTS[0])
        if all(o.side == r.side or o.start_min is None or abs((o.start_min - r.start_min).days) > STABLE for o in rows)
    ]


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def _chosen(records: Sequence[Record], n: int) -> list[Record]:
    """A sample that is the same in every run: by the hash of the records' ids."""
    return sorted(sorted(records, key=lambda r: (_seed(f"{r.pack}/{r.id}"), r.id))[:n], key=lambda r: r.id)


class _Told:
    """Records as sentences of one language."""

    def __init__(self, words: dict[str, str], months: list[str], language: str, evidence: Evidence, gazetteer: Gazetteer) -> None:
        self.words, self.months, self.language, self.gazetteer = words, months, language, gazetteer
        self.theatre = evidence.theatre
        self.places = evidence.places
        self.last = max((r.start_max for r in evidence.records() if r.start_max is not None), default=date.max)
        self.adjective = {a.side: _plural(a.adjectives.get(language, ())) for a in evidence.actors if a.role == "state" and a.side}
        self.state = {a.side: a.names.get(language, ("",))[0] for a in evidence.actors if a.role == "state" and a.side}
        self.common = {w for r in evidence.records() if r.predicate != "held" for w in r.says.split()[1:] if w.islower()}
        self.near: dict[str, list[Place]] = defaultdict(list)
        for r in _changes(evidence):
            place = _place(gazetteer, str(r.place_id))
            if place is not None and len(place.parents) > 1:
                self.near[place.parents[0]].append(place)

    def day(self, day: date) -> str:
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def named(self, place: Place) -> str:
        """The place in the language of the sentence; empty where no pack has it."""
        if self.language == "en":
            return place.name
        known = self.places.get(place.id)
        return (getattr(known, f"name_{self.language}", None) if known is not None else None) or ""

    def moved(self, when: date, seed: str) -> date:
        """The day moved on; back where it would lie after all records."""
        shift = timedelta(days=SHIFTS[_seed(seed) % len(SHIFTS)])
        return when + shift if when + shift <= self.last else when - shift

    def led(self, says: str) -> str:
        """A record's sentence as it goes on after a date: its first word in lower case unless it is a name."""
        first = says.split(maxsplit=1)[0]
        return says[0].lower() + says[1:] if first.lower() in self.common else says

    def control(self, record: Record) -> Iterator[Pair]:
        place = _place(self.gazetteer, str(record.place_id))
        if place is None or record.start_max is None or record.side is None:
            return
        region = _region(self.gazetteer, place)
        other = next(s for s in self.adjective if s != record.side)
        if region is None or not self.adjective[record.side] or not self.named(place) or not self.named(region):
            return
        home = place.country is not None and self.gazetteer.place(place.country).country == place.country
        verb = "retook" if record.side == "ukraine" and home else "took"
        when = record.start_max

        def say(key: str, on: date, at: Place = place, side: str = record.side or "") -> str:
            area = _region(self.gazetteer, at) or region
            text = self.words[key].format(
                side=self.adjective[side], other=self.state.get(other, ""), place=self.named(at), region=self.named(area), day=self.day(on)
            )
            return text[0].upper() + text[1:]

        true = say(verb, when), when + timedelta(days=3)
        later = self.moved(when, record.id)
        yield Pair(record.id, "date", self.language, true, (say(verb, later), later + timedelta(days=3)))
        yield Pair(record.id, "actor", self.language, true, (say(verb, when, side=other), true[1]))
        yield Pair(record.id, "negated", self.language, true, (say("not_took", when), true[1]))
        yield Pair(record.id, "planned", self.language, true, (say("plan_took", when), true[1]))

    def geography(self, record: Record) -> Iterator[Pair]:
        place = _place(self.gazetteer, str(record.place_id))
        region = place and _region(self.gazetteer, place)
        if place is None or region is None or record.start_max is None:
            return
        others = sorted(p for p in {q.parents[-2] for ps in self.near.values() for q in ps if len(q.parents) > 1} if p != region.id)
        wrong = _place(self.gazetteer, others[_seed(record.id) % len(others)]) if others else None
        if wrong is None:
            return
        day = record.start_max + timedelta(days=3)
        said = [self.words["lies"].format(place=self.named(place), region=self.named(r)) for r in (region, wrong)]
        yield Pair(record.id, "region", self.language, (said[0], day), (said[1], day))

    def fact(self, record: Record) -> Iterator[Pair]:
        when = record.start_min
        assert when is not None
        says = self.led(record.says)
        true = self.words["fact"].format(day=self.day(when), fact=says), when + timedelta(days=2)
        later = self.moved(when, record.id)
        yield Pair(
            record.id, "date", self.language, true, (self.words["fact"].format(day=self.day(later), fact=says), later + timedelta(days=2))
        )
        if record.value_best is not None and record.value_best == int(record.value_best) and record.value_best >= 2:
            number = f"{int(record.value_best):,}"
            if record.says.count(number) == 1:
                wrong = says.replace(number, f"{int(record.value_best) * TIMES:,}")
                yield Pair(record.id, "number", self.language, true, (self.words["fact"].format(day=self.day(when), fact=wrong), true[1]))
        place = _place(self.gazetteer, record.place_id) if record.place_id else None
        if place is not None and record.kind == "strike" and place.name in record.says and place.country is not None:
            there = [p for ps in self.near.values() for p in ps if p.id != place.id and p.population > 2000 and p.country == place.country]
            if there:
                other = min(there, key=lambda p: (_seed(f"{record.id}{p.id}"), p.id))
                wrong = says.replace(place.name, other.name)
                yield Pair(record.id, "place", self.language, true, (self.words["fact"].format(day=self.day(when), fact=wrong), true[1]))


def _plural(adjectives: Sequence[str]) -> str:
    """The form that goes with "forces": the one ending of several that plurals have in these languages."""
    return next((a for a in adjectives if a.endswith(("ие", "ые", "і"))), adjectives[0] if adjectives else "")


def _place(gazetteer: Gazetteer, place_id: str) -> Place | None:
    try:
        return gazetteer.place(place_id)
    except KeyError:
        return None


def _region(gazetteer: Gazetteer, place: Place) -> Place | None:
    return next((p for i in place.parents if (p := _place(gazetteer, i)) is not None and p.kind == "region"), None)


def told_apart(pairs: Sequence[Pair], evidence: Evidence) -> list[tuple[Pair, Verdict, Verdict]]:
    """Each pair with what became of its two sentences."""
    documents = [_document(text, day, p.language) for p in pairs for text, day in (p.true, p.false)]
    found: list[Dossier] = []
    for n in range(0, len(documents), 200):
        found += check_all(documents[n : n + 200], evidence, Options())
    return [(p, _verdict(found[2 * n]), _verdict(found[2 * n + 1])) for n, p in enumerate(pairs)]


def _document(text: str, day: date, language: str) -> Document:
    return Document(hashlib.sha256(text.encode()).hexdigest(), text, (Block("body", 0, len(text)),), published=day, language=language)


def _verdict(dossier: Dossier) -> Verdict:
    """What became of a report of one sentence: an accusation first, else the verdict on most of it."""
    verdicts = [f.verdict for f in dossier.findings]
    accusing = next((v for v in verdicts if v.accuses), None)
    if accusing is not None:
        return accusing
    widest = max(dossier.findings, key=lambda f: (f.claim.end - f.claim.start, f.verdict is Verdict.SUPPORTED), default=None)
    return widest.verdict if widest is not None else Verdict.UNVERIFIED


def main(argv: Sequence[str]) -> int:
    """Print the table by make and language; `--errors` lists what was told wrongly."""
    parser = argparse.ArgumentParser(prog="dateline eval nearmiss")
    parser.add_argument("--languages", default="en,uk,ru", help="languages to make pairs in, with commas between")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="records of each make")
    parser.add_argument("--errors", action="store_true", help="list pairs whose true sentence was accused or false one supported")
    given = parser.parse_args(list(argv))
    evidence, gazetteer = open_evidence(), open_gazetteer()
    for language in given.languages.split(","):
        pairs = [p for war in evidence.wars for p in make_pairs(war, gazetteer, language, given.sample)]
        rows = told_apart(pairs, evidence)
        _print(language, rows)
        if given.errors:
            for p, true, false in rows:
                if true.accuses or false is Verdict.SUPPORTED:
                    print(f"  {p.make:8} {p.record}: {true} «{p.true[0]}» {p.true[1]} / {false} «{p.false[0]}»")
    return 0


def _print(language: str, rows: Sequence[tuple[Pair, Verdict, Verdict]]) -> None:
    print(f"{language}: {len(rows)} pairs")
    print(f"  {'make':10} {'pairs':>5} {'apart':>6} {'open':>6} {'wrong':>6} {'of decided':>11} {'of all':>7}")
    makes = sorted({p.make for p, _, _ in rows})
    for make in (*makes, "all"):
        own = [(t, f) for p, t, f in rows if make in (p.make, "all")]
        apart = sum(t is Verdict.SUPPORTED and f.accuses for t, f in own)
        wrong = sum(t.accuses or f is Verdict.SUPPORTED for t, f in own)
        decided = apart + wrong
        low, high = wilson(apart, decided)
        share = f"{100 * apart / decided:.1f} %" if decided else "-"
        print(
            f"  {make:10} {len(own):5} {apart:6} {len(own) - decided:6} {wrong:6} {share:>11} {100 * apart / max(1, len(own)):6.1f} %"
            f"  [{100 * low:.0f}, {100 * high:.0f}]"
        )


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
