"""`dateline eval when`: how well time expressions are found and resolved, for us and every peer installed.

Corpora of third parties are read from a shared folder and never copied; the gold of our own lies in
`tests/gold/when`. Floors are pinned in `tests/gate/when.json` with a digest of the gold they were taken on.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dateline.eval.timex import (
    Corpus,
    Document,
    Score,
    Timex,
    read_corpus,
    read_marked,
    score_document,
)
from dateline.types import NamedPeriod, When
from dateline.when import find_times, read_times

__all__ = [
    "Phrase",
    "check_gate",
    "main",
    "measure",
    "ours",
    "read_calendar",
    "read_phrases",
    "right_interval",
]

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold" / "when"
GATE = ROOT / "tests" / "gate" / "when.json"
LANGUAGES = ("en", "uk", "ru")

System = Callable[[Document], Sequence[Timex]]


def shared_folder() -> Path:
    """Where the corpora lie: $DATELINE_SHARED, else `shared/` beside us."""
    return Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared")) / "data" / "temporal"


def ours(document: Document) -> list[Timex]:
    """Our reading of a document as TIMEX3."""
    reading = read_times(document.text, published=document.created, language=document.language, genre=document.genre)
    return [Timex(r.expr.start, r.expr.end, r.type, r.value) for r in reading.resolved]


def ours_judged(document: Document) -> list[Timex]:
    """The same with news or narrative judged from the text, as `check` has it."""
    reading = read_times(document.text, published=document.created, language=document.language)
    return [Timex(r.expr.start, r.expr.end, r.type, r.value) for r in reading.resolved]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with a marked phrase and the interval it means; None is an open end, `none` no time."""

    number: int
    published: date
    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    first_slack: int
    last_slack: int
    none: bool


def _bound(text: str) -> tuple[date | None, int]:
    day, _, slack = text.partition("~")
    return (None if day == ".." else date.fromisoformat(day)), int(slack or 0)


def read_phrases(path: Path) -> tuple[Phrase, ...]:
    """The lines of a phrase file (its format is in tests/gold/when/README.md)."""
    out: list[Phrase] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        published, marked, gold = line.split(" | ")
        start, end = marked.index("{"), marked.index("}") - 1
        text = marked.replace("{", "").replace("}", "")
        first, last = ("..", "..") if gold == "none" else gold.split("/")
        (a, slack_a), (b, slack_b) = _bound(first), _bound(last)
        out.append(
            Phrase(
                number,
                date.fromisoformat(published),
                text,
                start,
                end,
                a,
                b,
                slack_a,
                slack_b,
                gold == "none",
            )
        )
    return tuple(out)


def read_calendar(path: Path) -> tuple[NamedPeriod, ...]:
    """A conflict calendar from CSV: name, start, end, names separated by |."""
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(
            NamedPeriod(
                row["name"],
                date.fromisoformat(row["start"]),
                date.fromisoformat(row["end"]) if row["end"] else None,
                tuple(row["names"].split("|")),
            )
            for row in csv.DictReader(handle)
        )


def _close(found: date | None, gold: date | None, slack: int) -> bool:
    if found is None or gold is None:
        return found is gold
    return abs(found - gold) <= timedelta(slack)


def ends(when: When) -> tuple[date | None, date | None]:
    """First and last day of a `When`; a length of time starts in the middle of its possible starts."""
    if when.shape == "duration" and when.start_min and when.start_max:
        return when.start_min + (when.start_max - when.start_min) / 2, when.end_max
    return when.start_min, when.end_max


def right_interval(phrase: Phrase, found: Sequence[When]) -> bool:
    """Is the marked phrase read as the interval of the gold? Of several times in it the longest counts."""
    over = [w for w in found if (w.start or 0) < phrase.end and phrase.start < (w.end or 0)]
    if phrase.none:
        return not over
    if not over:
        return False
    first, last = ends(max(over, key=lambda w: min(w.end or 0, phrase.end) - max(w.start or 0, phrase.start)))
    return _close(first, phrase.first, phrase.first_slack) and _close(last, phrase.last, phrase.last_slack)


def measure_phrases(language: str, *, odd: bool | None = None, name: str = "phrases") -> tuple[int, int, tuple[Phrase, ...]]:
    """Right, all, and the wrong ones of the phrases of a language; `odd` keeps every other line."""
    calendar = read_calendar(GOLD / "calendar.csv")
    phrases = [p for p in read_phrases(GOLD / f"{name}-{language}.txt") if odd is None or p.number % 2 == odd]
    wrong = tuple(
        p for p in phrases if not right_interval(p, find_times(p.text, published=p.published, language=language, calendar=calendar))
    )
    return len(phrases) - len(wrong), len(phrases), wrong


def corpora(folder: Path) -> list[Corpus]:
    """All corpora at hand, third parties' first."""
    found = (read_corpus(name, folder) for name in ("tempeval3", "tbaq", "wikiwars", "wikiwars-uk"))
    return [*(c for c in found if c is not None), read_marked(GOLD / "texts-ru.txt", "ru")]


def by_half(corpus: Corpus, system: System) -> dict[str, Score]:
    """The score of a system on a corpus and, where its documents are numbered, on either half of it."""
    scores = [(d.id, score_document(d, system(d))) for d in corpus.documents]
    out = {corpus.name: sum((s for _, s in scores), Score(0, 0, 0, 0, 0))}
    if all(name[:2].isdigit() for name, _ in scores):
        for label, odd in (("dev half", 0), ("test half", 1)):
            chosen = (s for name, s in scores if int(name[:2]) % 2 == odd)
            out[f"{corpus.name} {label}"] = sum(chosen, Score(0, 0, 0, 0, 0))
    return out


def measure(folder: Path | None = None) -> dict[str, float]:
    """Every figure that the gate pins, in percent, by a stable name."""
    out: dict[str, float] = {}
    for corpus in corpora(folder or shared_folder()):
        for label, s in by_half(corpus, ours).items():
            for name in ("strict", "relaxed", "value"):
                out[f"{label} {name}"] = round(getattr(s, f"{name}_f1"), 1)
            out[f"{label} right year"] = round(100 - 100 * s.year_wrong / max(1, s.relaxed), 1)
        for label, s in by_half(corpus, ours_judged).items():
            out[f"{label} value, kind judged"] = round(s.value_f1, 1)
    for language in LANGUAGES:
        for label, odd in (("", None), (" dev half", False), (" test half", True)):
            right, n, _ = measure_phrases(language, odd=odd)
            out[f"phrases-{language}{label}"] = round(100 * right / n, 1)
        right, n, _ = measure_phrases(language, name="second")
        out[f"second-{language}"] = round(100 * right / n, 1)
    return out


def gold_digest() -> str:
    """One digest over the gold files of our own, by name."""
    digest = hashlib.sha256()
    for path in [*sorted(GOLD.glob("*.txt")), GOLD / "calendar.csv"]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def check_gate(folder: Path | None = None) -> list[str]:
    """What fell below its floor or was measured on changed gold; empty when all holds.

    Corpora that are not at hand are passed over.
    """
    gate = json.loads(GATE.read_text(encoding="utf-8"))
    problems = []
    if gate["gold_digest"] != gold_digest():
        problems.append("gold files changed since the floors were set: run `dateline eval when --pin` and say why")
    found = measure(folder)
    for name, floor in gate["floors"].items():
        if name in found and found[name] < floor:
            problems.append(f"{name}: {found[name]} is below its floor {floor}")
    return problems


def pin(folder: Path, *, lower: bool) -> None:
    """Write the floors; a floor goes down only where that is asked for."""
    old = json.loads(GATE.read_text(encoding="utf-8"))["floors"] if GATE.exists() else {}
    found = measure(folder)
    floors = {k: v if lower else max(v, old.get(k, 0.0)) for k, v in found.items()}
    floors |= {k: v for k, v in old.items() if k not in found}
    GATE.parent.mkdir(parents=True, exist_ok=True)
    GATE.write_text(
        json.dumps({"gold_digest": gold_digest(), "floors": floors}, indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )


def _row(label: str, s: Score, speed: float | None) -> str:
    wrong = "".join(f" {100 * n / max(1, s.relaxed):6.1f}" for n in (s.year_wrong, s.month_wrong, s.day_wrong))
    last = f" {speed:7.0f}" if speed is not None else ""
    return f"{label:38} {s.strict_f1:6.1f} {s.relaxed_f1:7.1f} {s.value_f1:6.1f} {s.gold:5}{wrong}{last}"


def print_table(folder: Path, systems: dict[str, System]) -> None:
    """F1 of every system on every corpus; how often year, else month, else day is wrong."""
    print(f"{'corpus · system':38} strict relaxed  value  gold  year% month%   day%  docs/s")
    for corpus in corpora(folder):
        for name, system in systems.items():
            began = time.perf_counter()
            scores = by_half(corpus, system)
            speed = len(corpus.documents) / (time.perf_counter() - began)
            for label, s in scores.items():
                print(_row(f"{label} · {name}", s, speed if label == corpus.name else None))
        print(f"    {corpus.name}: {len(corpus.documents)} documents, sha256 {corpus.digest}")
    print("\nwar-news phrases: intervals right")
    for language in LANGUAGES:
        halves = [measure_phrases(language, odd=odd)[:2] for odd in (None, False, True)]
        print(
            f"  {language}: "
            + ", ".join(
                f"{label} {r}/{n} = {100 * r / n:.1f} %" for label, (r, n) in zip(("all", "dev half", "test half"), halves, strict=True)
            )
        )
    second = [measure_phrases(language, name="second")[:2] for language in LANGUAGES]
    print("  second set: " + ", ".join(f"{x} {r}/{n}" for x, (r, n) in zip(LANGUAGES, second, strict=True)))
    print(f"gold of our own: digest {gold_digest()}")


def print_held_out(folder: Path) -> None:
    """Histories with the weights fitted on the other documents, and how often which weights were chosen."""
    from dateline.eval.loo import grid, leave_one_out

    print(f"{'leave one document out':38} strict relaxed  value  gold  year% month%   day%")
    for name in ("wikiwars", "wikiwars-uk"):
        corpus = read_corpus(name, folder)
        if corpus is None:
            print(f"{name}: no archive in {folder}")
            continue
        held = leave_one_out(corpus)
        print(_row(f"{name} · dateline, {len(grid())} settings", sum((h.score for h in held), Score(0, 0, 0, 0, 0)), None))
        for weights, times in Counter(h.weights for h in held).most_common():
            print(f"    {times:2} of {len(held)}: {weights}")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, or check (`--check`) or set (`--pin`, `--lower`) the floors. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="dateline eval when", description=main.__doc__)
    parser.add_argument("--data", type=Path, default=shared_folder(), help="folder of the TIMEX3 archives")
    parser.add_argument("--peers", action="store_true", help="also run the peers that are installed")
    parser.add_argument("--loo", action="store_true", help="WikiWars and WikiWarsUA with the weights fitted on the other documents")
    parser.add_argument("--check", action="store_true", help="compare with the floors")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--lower", action="store_true", help="with --pin: let floors go down too")
    args = parser.parse_args(argv)
    if args.pin:
        pin(args.data, lower=args.lower)
        return 0
    if args.check:
        problems = check_gate(args.data)
        print("\n".join(problems) or "all floors hold")
        return 1 if problems else 0
    if args.loo:
        print_held_out(args.data)
        return 0
    systems: dict[str, System] = {"dateline": ours, "dateline, kind judged": ours_judged}
    if args.peers:
        from dateline.eval.peers import installed

        systems |= installed()
    print_table(args.data, systems)
    return 0


if __name__ == "__main__":
    sys.exit(main())
