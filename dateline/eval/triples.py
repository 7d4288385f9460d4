"""The same facts told in several languages: do they get the same verdict? (docs/languages.md)

`python -m dateline.eval.triples` makes the reports from the packs and the wordings of `tests/gold/triples.toml`,
checks each and counts. Who took which town, and when, is read from the packs; only names and wordings are written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.check import check
from dateline.eval.reports import document_of
from dateline.eval.scoring import Case, wilson
from dateline.evidence import Evidence, open_evidence
from dateline.options import Options
from dateline.types import Question
from dateline.verdict import Verdict

WORDINGS = Path(__file__).parents[2] / "tests" / "gold" / "triples.toml"
SOON = timedelta(days=4)  # from the event to the report that tells it freshly
STALE = timedelta(days=420)  # and to the one that serves it as last week's


@dataclass(frozen=True, slots=True)
class Telling:
    """One fact in one language, with the day on which the report came out."""

    id: str
    language: str
    text: str
    published: date


@dataclass(frozen=True, slots=True)
class Result:
    """The verdicts that a fact got in each language."""

    id: str
    verdicts: Mapping[str, frozenset[str]]

    @property
    def same(self) -> bool:
        return len(set(self.verdicts.values())) == 1

    @property
    def opposite(self) -> bool:
        """True where one language's telling is supported and another's accused."""
        accused = {v.value for v in Verdict if v.accuses}
        found = self.verdicts.values()
        return any("supported" in a and b & accused and not a & accused for a in found for b in found)


def tellings(evidence: Evidence, wordings: Mapping[str, Any]) -> Iterator[tuple[Telling, ...]]:
    """Every fact in every language, in the order of the wordings."""
    for place in wordings["place"]:
        fact = _taken(evidence, place["id"])
        if fact is None:
            continue
        side, day = fact
        for telling in wordings["telling"]:
            for variant in telling["facts"]:
                yield tuple(_told(language, place, side, day, telling, variant, wordings) for language in wordings["months"])


def _taken(evidence: Evidence, place: str) -> tuple[str, date] | None:
    """The first change of hands there that the packs date to a day, by whom."""
    rows = evidence.ask([Question("q", "control", ("held",), places=(place,))])["q"]
    dated = [r for r in rows if r.start_min == r.start_max and r.start_min and r.side and r.source_class != "mapper"]
    changed = sorted((r.start_min, r.side) for r in dated if r.start_min and r.start_min > date(2022, 3, 5))
    return (str(changed[0][1]), changed[0][0]) if changed else None


def _told(
    language: str, place: Mapping[str, Any], side: str, day: date, telling: Mapping[str, Any], variant: str, wordings: Mapping[str, Any]
) -> Telling:
    others = [s for s in wordings["side"] if s != side]
    who = wordings["side"][others[0] if variant == "wrong-side" else side][language]
    region = wordings["region"][place["other" if variant == "other-region" else "region"]][language]
    words = {
        "place": place[language],
        "who": who[0],
        "Who": who[0][0].upper() + who[0][1:],
        "by": who[1],
        "region": region if isinstance(region, str) else region[0],
        "day": wordings["years"][language].format(d=day.day, m=wordings["months"][language][day.month - 1], y=day.year),
    }
    published = day + (STALE if variant == "old" else SOON)
    text = telling[language].format(**words)
    return Telling(f"{telling['id']}:{variant}:{place['en']}", language, text[0].upper() + text[1:], published)


def results(evidence: Evidence, wordings: Mapping[str, Any]) -> list[Result]:
    """Each fact's verdicts by language."""
    return [
        Result(told[0].id, {t.language: frozenset(f.verdict.value for f in _findings(t, evidence)) for t in told})
        for told in tellings(evidence, wordings)
    ]


def _findings(telling: Telling, evidence: Evidence) -> Sequence[Any]:
    case = Case(telling.id, telling.language, telling.published, "", telling.text, "neutral", ())
    return check(document_of(case), evidence, Options(language=telling.language)).findings


def main() -> int:
    found = results(open_evidence(), tomllib.loads(WORDINGS.read_text("utf-8")))
    for result in found:
        if not result.same:
            print(result.id, {k: sorted(v) for k, v in result.verdicts.items()}, "OPPOSITE" if result.opposite else "")
    same = sum(r.same for r in found)
    low, high = wilson(same, len(found))
    spoken = len(found[0].verdicts) if found else 0
    print(f"{len(found)} facts in {spoken} languages: same verdict in {same} ({100 * low:.1f}-{100 * high:.1f} %), ", end="")
    print(f"opposite in {sum(r.opposite for r in found)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
