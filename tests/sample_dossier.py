"""Sample dossiers to draw: invented reports with invented evidence, of any size, mild or hostile.

The report tells old news as new. Places are real so that the map can be judged by eye; records and
sources are samples and say so. `python tests/sample_dossier.py 11` prints one as JSON.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta

from dateline.types import (
    Actor,
    Block,
    Candidate,
    Claim,
    Coverage,
    Document,
    Dossier,
    Figure,
    Finding,
    Happened,
    NamedPeriod,
    PackId,
    Period,
    Place,
    Profile,
    Record,
    Signal,
    When,
    Where,
)
from dateline.verdict import Verdict

__all__ = ["HOSTILE", "hostile_dossier", "sample_dossier", "world_dossier"]

PUBLISHED = date(2024, 2, 14)

UKRAINE = "geonames:690791"
PLACES = {
    p.id: p
    for p in (
        Place("geonames:707753", "Izium", "Ізюм", "settlement", 49.2088, 37.2485, UKRAINE, (), 45_884),
        Place("geonames:706448", "Kherson", "Херсон", "settlement", 46.6558, 32.6178, UKRAINE, (), 283_649),
        Place("geonames:702569", "Lyman", "Лиман", "settlement", 48.9890, 37.8020, UKRAINE, (), 20_469),
        Place("geonames:999001", "Lyman", "Лиман", "settlement", 49.5800, 36.5200, UKRAINE, (), 2_100),
        Place(
            "geonames:704147",
            "Kramatorsk",
            "Краматорськ",
            "settlement",
            48.7230,
            37.5563,
            UKRAINE,
            (),
            150_084,
        ),
        Place(
            "geonames:701822", "Mariupol", "Маріуполь", "settlement", 47.0951, 37.5413, UKRAINE, (), 425_681
        ),
        Place("geonames:703448", "Kyiv", "Київ", "settlement", 50.4547, 30.5238, UKRAINE, (), 2_952_301),
        Place("geonames:703883", "Crimea", "Крим", "region", 45.2000, 34.2000, UKRAINE, (), 1_967_259),
        Place("geonames:709930", "Dnipro", "Дніпро", "settlement", 48.4593, 35.0387, UKRAINE, (), 968_502),
        Place("dateline:snake-island", "Snake Island", "Острів Зміїний", "island", 45.2550, 30.2040, UKRAINE),
        Place("geonames:707471", "Sumy", "Суми", "settlement", 50.9216, 34.8003, UKRAINE, (), 256_474),
        Place("geonames:702550", "Lviv", "Львів", "settlement", 49.8383, 24.0232, UKRAINE, (), 717_273),
        Place("geonames:711635", "Bakhmut", "Бахмут", "settlement", 48.5955, 37.9997, UKRAINE, (), 71_094),
    )
}
_IZIUM, _KHERSON, _LYMAN, _LYMAN2, _KRAM, _MARIUPOL, _KYIV, _CRIMEA, _DNIPRO, _SNAKE, *_REST = PLACES.values()

COVERAGE = Coverage(
    "sample",
    "control-sample",
    ("control",),
    ("held",),
    (UKRAINE,),
    date(2022, 2, 24),
    PUBLISHED,
    500,
    196,
    200,
    "a list of 200 towns drawn by hand",
)
CALENDAR = (
    NamedPeriod("Withdrawal from the north", date(2022, 3, 25), date(2022, 4, 7)),
    NamedPeriod("Kharkiv counter-offensive", date(2022, 9, 6), date(2022, 10, 2)),
    NamedPeriod("Summer counter-offensive", date(2023, 6, 4), date(2023, 10, 31)),
)


def when(start: date | None, end: date | None, words: str | None = None, **more: object) -> When:
    edtf = "/".join(d.isoformat() if d else ".." for d in ((start, end) if start != end else (start,)))
    fields: dict[str, object] = {"basis": "counted back from the day of publication", "words": words} | more
    return When(start, end, start, end, edtf, **fields)  # type: ignore[arg-type]


def where(place: Place, role: str = "place", words: str | None = None, *others: Place) -> Where:
    chosen = Candidate(place, 0.94 if others else 1.0, "largest of that name, and near the other places")
    rejected = tuple(Candidate(p, 0.06, "smaller, and far from the other places") for p in others)
    return Where(words or place.name, 0, 0, place, (chosen, *rejected), role)


def record(number: int, day: date | None, says: str, place: Place | None = None, **more: object) -> Record:
    base = Record(
        f"sample-{number:04}",
        "sample",
        "control-sample",
        "control",
        "held",
        None,
        "ukraine",
        place.id if place else None,
        place.name if place else None,
        None,
        None,
        day,
        day,
        None,
        None,
        day,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        says,
        "Sample chronicle",
        day,
        f"https://example.org/chronicle/{number}",
        "Example Press",
        "press",
        "example",
        "CC BY 4.0",
    )
    return replace(base, **more)  # type: ignore[arg-type]


class Maker:
    """Writes a report sentence by sentence and keeps the findings with their true offsets."""

    def __init__(self, language: str = "en", published: date = PUBLISHED) -> None:
        self.text = ""
        self.language, self.published = language, published
        self.findings: list[Finding] = []

    def paragraph(self) -> None:
        self.text += "\n\n" if self.text else ""

    def sentence(self, sentence: str, *parts: dict[str, object]) -> None:
        """Append `sentence`; each part is a finding on a stretch of it (`text`, else all of it)."""
        if self.text and not self.text.endswith("\n"):
            self.text += " "
        at = len(self.text)
        self.text += sentence
        for part in parts or ({"verdict": Verdict.NOT_CHECKABLE, "reason": "It tells a feeling."},):
            self.findings.append(self._finding(sentence, at, dict(part)))

    def _finding(self, sentence: str, at: int, part: dict[str, object]) -> Finding:
        text = str(part.pop("text", sentence))
        start = at + sentence.index(text)
        names = {f for f in Claim.__dataclass_fields__ if f in part}
        claim = Claim(
            **{  # type: ignore[arg-type]
                "id": f"c{len(self.findings) + 1}",
                "kind": "other",
                "predicate": "none",
                "sentence": sentence,
                "sentence_start": at,
                "sentence_end": at + len(sentence),
                "text": text,
                "start": start,
                "end": start + len(text),
                "when": when(None, None, basis="no time stated"),
                "language": self.language,
                **{name: part.pop(name) for name in names},
            }
        )
        happened = part.get("happened")
        if isinstance(happened, Happened) and happened.start and "before_publication_days" not in part:
            part["before_publication_days"] = (self.published - (happened.end or happened.start)).days
        rule = {
            "rule": f"{claim.kind}.{claim.predicate}",
            "would_change": "A dated record of that time and place.",
        }
        return Finding(claim, **(rule | part))  # type: ignore[arg-type]

    def dossier(self, title: str | None, headline: str, **more: object) -> Dossier:
        body = Document(
            "5b1f" + "0" * 60,
            self.text,
            (Block("body", 0, len(self.text)),),
            title,
            "A. Sample",
            "Sample Post",
            self.published,
            "stated",
            "two-minute read",
            self.language,
            "https://example.org/post",
        )
        periods = (Period("2022-09", date(2022, 9, 1), date(2022, 9, 30), ("c2",)),) if self.findings else ()
        base = Dossier(
            body,
            self.published,
            tuple(self.findings),
            headline,
            Profile(
                periods, len(self.findings), 0, 17.0 if self.findings else None, "Most of it is of 2022."
            ),
            (),
            (PackId("sample", "2024.1", "9c1d" * 16, "Sample evidence", "CC BY 4.0", 412),),
            {"language": None, "as_of": None, "theatre": True, "model": "none"},
            "0.1.0",
            "2026.11",
            CALENDAR,
        )
        return replace(base, **more)  # type: ignore[arg-type]


def day(place: Place, then: date, end: date | None = None) -> Happened:
    edtf = then.isoformat() + (f"/{end.isoformat()}" if end else "")
    return Happened(edtf, then, end or then, place)


def _eleven(m: Maker) -> None:
    lately = when(
        date(2024, 1, 15), PUBLISHED, implied=True, basis="present tense in a news text: the last 30 days"
    )
    last_week = when(
        date(2024, 2, 5),
        date(2024, 2, 11),
        "last week",
        granularity="week",
        alternatives=(when(date(2024, 2, 7), date(2024, 2, 13), "last week", basis="the seven days before"),),
    )
    m.paragraph()
    m.sentence("Winter is nearly over, and people in the east have reasons to hope again.")
    m.paragraph()
    m.sentence(
        "One clip shows neighbours handing apples to soldiers in Izium, a town in the Kharkiv region "
        "that Ukrainian troops took back last week.",
        {
            "text": "shows neighbours handing apples to soldiers in Izium",
            "kind": "media",
            "predicate": "filmed",
            "label": "Footage: apples for soldiers in Izium",
            "verdict": Verdict.MISDATED,
            "when": lately,
            "where": (where(_IZIUM),),
            "happened": day(_IZIUM, date(2022, 9, 11)),
            "off_by_days": 491,
            "reason": "The only record with these soldiers, neighbours and apples is of 11 Sep 2022.",
            "records": (
                record(
                    1,
                    date(2022, 9, 11),
                    "Footage of neighbours giving apples to soldiers in Izium was posted.",
                    _IZIUM,
                ),
            ),
        },
        {
            "text": "Izium, a town in the Kharkiv region",
            "kind": "geography",
            "predicate": "within",
            "label": "Izium lies in the Kharkiv region",
            "verdict": Verdict.SUPPORTED,
            "where": (where(_IZIUM),),
            "reason": "Izium lies in Kharkiv Oblast.",
        },
        {
            "text": "that Ukrainian troops took back last week",
            "kind": "control",
            "predicate": "captured",
            "label": "Izium retaken",
            "verdict": Verdict.MISDATED,
            "when": last_week,
            "where": (where(_IZIUM),),
            "who": Actor("Ukrainian troops", "ukraine-army", "ukraine"),
            "happened": day(_IZIUM, date(2022, 9, 10)),
            "off_by_days": 513,
            "coverage": (COVERAGE,),
            "support": "two independent families",
            "known_then": Verdict.UNVERIFIED,
            "reason": "Ukraine took control of Izium on 10 Sep 2022 and kept it; no other change is on record.",
            "records": (
                record(2, date(2022, 9, 10), "Ukraine took control of Izium.", _IZIUM),
                record(
                    3,
                    date(2022, 9, 11),
                    "Ukraine was confirmed in control of Izium.",
                    _IZIUM,
                    publisher="Example Maps",
                    family="maps",
                ),
            ),
        },
    )
    m.paragraph()
    m.sentence(
        "On the same front, Lyman is free, and the flag flies over Snake Island again.",
        {
            "text": "Lyman is free",
            "kind": "control",
            "predicate": "held",
            "label": "Lyman free",
            "verdict": Verdict.UNVERIFIED,
            "when": when(PUBLISHED, PUBLISHED, implied=True, basis="a state: the day of publication"),
            "where": (where(_LYMAN, "place", "Lyman", _LYMAN2),),
            "reason": "Two towns of that name give different verdicts.",
        },
        {
            "text": "the flag flies over Snake Island again",
            "kind": "control",
            "predicate": "captured",
            "label": "Flag over Snake Island",
            "verdict": Verdict.MISDATED,
            "when": lately,
            "where": (where(_SNAKE),),
            "happened": day(_SNAKE, date(2022, 7, 4)),
            "off_by_days": 560,
            "coverage": (COVERAGE,),
            "reason": "The flag was raised on Snake Island on 4 Jul 2022.",
            "records": (
                record(4, date(2022, 7, 4), "The Ukrainian flag was raised on Snake Island.", _SNAKE),
            ),
        },
    )
    m.sentence(
        "Kherson was liberated in the autumn, and the army is closing in on Crimea, annexed in 2014.",
        {
            "text": "Kherson was liberated in the autumn",
            "kind": "control",
            "predicate": "captured",
            "label": "Kherson liberated",
            "verdict": Verdict.MISDATED,
            "where": (where(_KHERSON),),
            "when": when(date(2023, 9, 1), date(2023, 11, 30), "in the autumn", granularity="season"),
            "happened": day(_KHERSON, date(2022, 11, 9), date(2022, 11, 11)),
            "off_by_days": 294,
            "coverage": (COVERAGE,),
            "reason": "Kherson changed hands from 9 to 11 Nov 2022.",
            "records": (record(5, date(2022, 11, 11), "Ukraine took control of Kherson.", _KHERSON),),
        },
        {
            "text": "the army is closing in on Crimea",
            "kind": "advance",
            "predicate": "approached",
            "label": "Army closing in on Crimea",
            "verdict": Verdict.REFUTED,
            "when": lately,
            "where": (where(_CRIMEA),),
            "reason": "The line stood more than 60 km away, and no advance towards it is on record.",
            "coverage": (COVERAGE,),
        },
        {
            "text": "annexed in 2014",
            "kind": "control",
            "predicate": "annexed",
            "label": "Crimea annexed in 2014",
            "verdict": Verdict.SUPPORTED,
            "when": when(date(2014, 1, 1), date(2014, 12, 31), "in 2014", granularity="year"),
            "where": (where(_CRIMEA),),
            "happened": day(_CRIMEA, date(2014, 3, 18)),
            "reason": "Russia declared the annexation on 18 Mar 2014; the UN does not recognise it.",
            "records": (record(6, date(2014, 3, 18), "Russia declared the annexation of Crimea.", _CRIMEA),),
        },
    )
    m.paragraph()
    m.sentence(
        "Meanwhile a missile hit the railway station in Dnipro, killing more than 200 people.",
        {
            "text": "a missile hit the railway station in Dnipro",
            "kind": "strike",
            "predicate": "struck",
            "label": "Railway station hit in Dnipro",
            "verdict": Verdict.MISPLACED,
            "when": lately,
            "where": (where(_DNIPRO),),
            "happened": day(_KRAM, date(2022, 4, 8)),
            "off_by_days": 647,
            "off_by_km": 188.4,
            "reason": "The strike on a railway station with this toll hit Kramatorsk on 8 Apr 2022.",
            "records": (
                record(
                    7,
                    date(2022, 4, 8),
                    "A missile struck the railway station of Kramatorsk.",
                    _KRAM,
                    kind="strike",
                    predicate="struck",
                ),
            ),
        },
        {
            "text": "killing more than 200 people",
            "kind": "figure",
            "predicate": "killed",
            "label": "More than 200 killed",
            "verdict": Verdict.OVERSTATED,
            "when": lately,
            "where": (where(_DNIPRO),),
            "figure": Figure(">", 200, None, "people", "more than 200 people"),
            "inherited_from": None,
            "happened": day(_KRAM, date(2022, 4, 8)),
            "reason": "The issuers gave 52 to 61 killed.",
            "records": (
                record(
                    8,
                    date(2022, 4, 14),
                    "The regional head gave 59 killed.",
                    _KRAM,
                    value_low=52.0,
                    value_best=59.0,
                    value_high=61.0,
                ),
            ),
        },
    )


def _more(m: Maker, number: int) -> None:
    """One claim of a long report: verdicts, places and times in turn."""
    verdicts = tuple(Verdict)
    verdict, place = verdicts[number % len(verdicts)], list(PLACES.values())[number % len(PLACES)]
    told = PUBLISHED - timedelta(days=7 * (number % 5))
    then = PUBLISHED - timedelta(days=20 + (number * 37) % 700)
    if number % 4 == 0:
        m.paragraph()
    m.sentence(
        f"In {place.name}, report number {number} says, the line moved by {number % 9 + 1} km.",
        {
            "text": f"report number {number} says, the line moved by {number % 9 + 1} km",
            "kind": "advance",
            "predicate": "pushed",
            "label": f"Line moved at {place.name} ({number})",
            "verdict": verdict,
            "when": when(told - timedelta(days=6), told, "that week") if number % 7 else when(None, None),
            "where": (where(place),),
            "happened": day(place, then) if verdict.accuses else None,
            "off_by_days": (told - then).days if verdict is Verdict.MISDATED else None,
            "off_by_km": 42.0 if verdict is Verdict.MISPLACED else None,
            "reason": f"Sample reason number {number}.",
            "records": (record(100 + number, then, f"Sample record number {number}.", place),)
            if verdict.accuses
            else (),
        },
    )


def sample_dossier(claims: int = 11, language: str = "en") -> Dossier:
    """A dossier of `claims` findings: 0, 1, 11 (the specimen, every verdict but two), or any number more."""
    m = Maker(language)
    if claims == 0:
        m.text = "Spring will come, as it always does.\n\nWe wait for it."
        return m.dossier("A short note", "Nothing in this report can be checked.")
    if claims >= 11:
        _eleven(m)
    while len(m.findings) < claims:
        _more(m, len(m.findings) + 1)
    misdated = [f for f in m.findings if f.verdict is Verdict.MISDATED]
    headline = f"{len(misdated)} of {len(m.findings)} claims are misdated."
    if claims == 11:
        headline = (
            "Four of eleven claims are misdated. "
            "What they describe happened 15 to 19 months before the report came out."
        )
    note = "The report ends with a courtesy that is usual in chats."
    signals = (Signal("chat-closing", max(0, len(m.text) - 12), len(m.text), note),)
    return m.dossier("Apples for the soldiers as the east comes home", headline, signals=signals)


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> </style></title> {{7*7}} {% raw %}",
    "\u202egnihtyna yas nac eno oN\u202c \u2066\u200f \x1b[31mred\x1b[0m \x00\x07 \ud800",
    "w" * 2000,
    "👩‍👩‍👧‍👦🇺🇦🔥" * 12 + "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    '=HYPERLINK("https://example.org","x") ]]> --> &amp; &lt; \' " ` \\ %s {0} {n}',
)


def hostile_dossier() -> Dossier:
    """Every string hostile: markup, script, reordering controls, escapes, huge words, formulas."""
    m = Maker()
    for number, nasty in enumerate(HOSTILE):
        place = Place(
            f"dateline:{nasty[:20]}", nasty, nasty, "settlement", 48.0 + number, 33.0 + number, UKRAINE
        )
        rows = (
            record(
                number,
                PUBLISHED,
                nasty,
                place,
                url=f"javascript:alert({number})",
                publisher=nasty,
                source=nasty,
                licence=nasty,
            ),
        )
        m.paragraph()
        m.sentence(
            f"{nasty} and so on.",
            {
                "text": nasty,
                "kind": nasty[:30],
                "predicate": nasty[:30],
                "label": nasty,
                "verdict": Verdict.MISDATED,
                "when": when(date(2024, 2, 1), PUBLISHED, nasty, basis=nasty),
                "where": (where(place, "place", nasty),),
                "who": Actor(nasty, None, None),
                "happened": Happened("2022", date(2022, 1, 1), date(2022, 12, 31), place),
                "reason": nasty,
                "records": rows,
                "would_change": nasty,
                "support": nasty,
                "rule": nasty[:40],
                "off_by_days": 500,
            },
            {
                "text": nasty[-1200:],
                "label": "",
                "verdict": Verdict.UNVERIFIED,
                "reason": "",
                "where": (Where(nasty, 0, 0, None, ()),),
                "when": When(None, date.max, None, None, "", nasty),
            },
        )
    nasty = " ".join(HOSTILE)
    return m.dossier(
        nasty,
        nasty,
        signals=(Signal(nasty[:30], None, None, nasty),),
        calendar=(NamedPeriod(nasty, date(2022, 1, 1), None), NamedPeriod("Never", date.min, date.max)),
    )


def world_dossier(*points: tuple[str, float, float], country: str | None = None) -> Dossier:
    """Claims at the given (name, lat, lon), to see how the map frames other conflicts."""
    m = Maker()
    for name, lat, lon in points:
        place = Place(f"dateline:{name.lower()}", name, None, "settlement", lat, lon, country)
        m.sentence(
            f"A bridge was hit in {name}.",
            {
                "kind": "strike",
                "predicate": "struck",
                "label": f"Bridge hit in {name}",
                "verdict": Verdict.UNVERIFIED,
                "when": when(PUBLISHED - timedelta(days=30), PUBLISHED, implied=True),
                "where": (where(place),),
                "reason": "No record speaks either way.",
            },
        )
    return m.dossier("Bridges", f"None of {len(points)} claims could be decided.")


if __name__ == "__main__":
    from dateline.render.json import render_json

    print(render_json(sample_dossier(int(sys.argv[1]) if len(sys.argv) > 1 else 11)), end="")
