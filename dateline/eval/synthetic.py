"""Reports made from the packs, to measure speed on: any number, of any length, the same for the same seed.

They read like posts and wire items: what a pack records, told with its own day, as recent or at another place, between
sentences that state nothing to look up; one in twenty is a copy of an earlier one in which figures were changed. They
measure speed and memory, never accuracy: their facts are the packs' own.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from dateline.evidence import Evidence
from dateline.types import Record

__all__ = ["reports", "write_reports"]

COPIES: Final = 0.05  # share of reports that are copies of one of the last WINDOW
WINDOW: Final = 500
COLOUR: Final = 0.35  # share of sentences that name nothing (own choice)

PLAIN: Final = tuple(
    line.strip()
    for line in """
    Nobody on the street wanted to give a name.
    The windows of the upper floors were gone and curtains moved in the wind.
    It had rained since dawn and the road was deep in mud.
    An old couple carried a kettle and two chairs down the stairs.
    People queued for bread and talked about the price of diesel.
    There was no electricity and the phones stayed silent.
    A dog slept in front of the bakery.
    Nothing here is as it was, a neighbour told us, and shrugged.
    The smell of smoke hung over the gardens until the evening.
    Volunteers handed out tea, blankets and batteries.
    The bus was late again and nobody complained.
    What comes next is anybody's guess.
    For many families the hardest part is the waiting.
    The school bell still works.
    Details could not be confirmed independently.
    The situation remains tense and changes by the hour.
    Observers urge caution.
    A full account will take time.
    The cellar was cold, but it was dry.
    She keeps the key, although the door is gone.
    Trains run again, slowly.
    Both accounts leave questions open.
    Much of it cannot be seen from the road.
    """.splitlines()
    if line.strip()
)
LEADS: Final = ("", "", "", "According to local officials, ", "Residents say that ", "It has been confirmed that ")
RECENT: Final = ("last week", "on Tuesday", "yesterday", "on Friday", "this month", "over the weekend", "in recent days", "")
SPEECH: Final = ("{who} said so in an address.", "{who} called it a crime.", "{who} promised more help.", "{who} denied any part in it.")
_DATE: Final = re.compile(
    r",? (?:on|in|by|since|from|of) (?:the night (?:to|of) )?(?:\d{1,2} )?[A-Z][a-z]+ \d{4}|,? as of \d{4}-\d\d-\d\d.*$"
)
_FIGURE: Final = re.compile(r"\b\d[\d,]*\b")


def write_reports(evidence: Evidence, path: Path, count: int, words: int = 60, seed: int = 1) -> None:
    """A JSONL file of `count` reports of about `words` words each."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for report in reports(evidence, count, words, seed):
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


def reports(evidence: Evidence, count: int, words: int = 60, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Reports with id, title, published and text."""
    draw = random.Random(seed)
    told = [r for r in evidence.records() if r.start_min is not None and r.kind != "place"]
    control = [r for r in told if r.kind == "control" and r.side and r.place_name and r.start_min and r.start_min.year > 2000]
    others = [r for r in told if r.kind != "control"]
    sides = {a.side: a.adjectives["en"][0] for a in evidence.actors if a.role == "state" and a.side and a.adjectives.get("en")}
    persons = [a.names["en"][0] for a in evidence.actors if a.role == "person" and a.names.get("en")]
    recent: list[dict[str, Any]] = []
    for n in range(count):
        if recent and draw.random() < COPIES:
            report = _copy(draw.choice(recent), draw)
        else:
            report = _report(draw, control, others, sides, persons, words)
        report["id"] = f"s{n:07d}"
        recent = [*recent[-WINDOW:], report] if n % 10 == 0 else recent
        yield dict(report)


def _report(
    draw: random.Random, control: Sequence[Record], others: Sequence[Record], sides: dict[str, str], persons: Sequence[str], words: int
) -> dict[str, Any]:
    first = draw.choice(others if draw.random() < 0.7 else control)
    day = (first.start_min or date(2023, 1, 1)) + timedelta(days=draw.choice((1, 2, 3, 10, 60, 250, 430)))
    length = max(25, round(draw.gauss(words, words / 5)))
    sentences: list[str] = []
    while sum(len(s.split()) for s in sentences) < length:
        if draw.random() < COLOUR:
            sentences.append(draw.choice(PLAIN))
        elif persons and draw.random() < 0.1:
            sentences.append(draw.choice(SPEECH).format(who=draw.choice(persons)))
        elif draw.random() < 0.3:
            sentences.append(_taken(draw.choice(control), draw, sides))
        else:
            sentences.append(_retold(first if not sentences else draw.choice(others), draw))
    parts = [" ".join(sentences[n : n + 4]) for n in range(0, len(sentences), 4)]
    return {"title": first.says.split(",")[0].rstrip(".")[:80], "published": day.isoformat(), "text": "\n\n".join(parts)}


def _taken(record: Record, draw: random.Random, sides: dict[str, str]) -> str:
    when = draw.choice(RECENT) if draw.random() < 0.6 else f"on {record.start_min:%-d %B %Y}" if record.start_min else ""
    verb = draw.choice(("took", "entered", "recaptured", "now control", "have liberated"))
    return f"{draw.choice(LEADS)}{sides.get(record.side or '', 'Government')} forces {verb} {record.place_name} {when}".strip() + "."


def _retold(record: Record, draw: random.Random) -> str:
    """What the pack says, as it stands or without its day, as old news is told for new."""
    says = record.says
    if draw.random() < 0.5:
        bare = _DATE.sub("", says).rstrip(". ")
        says = f"{bare} {draw.choice(RECENT)}".strip() + "."
    return says


def _copy(report: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """A copy some days later, with a figure changed in every other one."""
    day = date.fromisoformat(report["published"]) + timedelta(days=draw.randrange(1, 30))
    text = report["text"]
    if draw.random() < 0.5:
        found = list(_FIGURE.finditer(text))
        if found:
            at = draw.choice(found)
            text = f"{text[: at.start()]}{int(at.group().replace(',', '')) + draw.randrange(1, 90)}{text[at.end() :]}"
    return {**report, "published": day.isoformat(), "text": text}
