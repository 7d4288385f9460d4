"""A dossier for the terminal: how much was decided, the headline, the tally, then each claim."""

from __future__ import annotations

import io
from collections import Counter

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dateline.render.dates import day_words, gap_words, span_words
from dateline.render.plain import one_line
from dateline.render.words import ORDER, SIGNS, Words, words
from dateline.types import Dossier, Finding
from dateline.verdict import Verdict

__all__ = ["STYLES", "render_text"]

# Of the sixteen colours that every terminal has; told apart by sign and word where there are none.
STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.MISDATED: "yellow",
    Verdict.MISPLACED: "cyan",
    Verdict.OVERSTATED: "magenta",
    Verdict.UNDERSTATED: "blue",
    Verdict.REFUTED: "red",
    Verdict.DISPUTED: "bright_magenta",
    Verdict.UNVERIFIED: "default",
    Verdict.NOT_CHECKABLE: "bright_black",
}

WIDTH = 80  # columns where the caller knows none; narrower is wrapped, wider used up to 110


def render_text(dossier: Dossier, width: int | None = None, color: bool = False) -> str:
    """Plain lines (with ANSI colours if `color`) for a terminal `width` columns wide; ends in a newline."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(20, min(width or WIDTH, 110)),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        emoji=False,
        markup=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    say = words("en")
    decided, total = dossier.decided
    console.print(Text(say.plural("count.decided", total, k=decided), style="bold"))
    console.print(Text(one_line(dossier.headline), style="bold"))
    console.print(_tally(dossier, say, console.width))
    console.print(Text(_source(dossier, say), style="bright_black"))
    for finding in dossier.findings:
        console.print()
        _print_finding(console, finding, say)
    if dossier.signals:
        console.print()
        console.print(Text(say("page.signals"), style="bold"))
        for signal in dossier.signals:
            console.print(Padding(Text(one_line(f"{signal.kind}: {signal.note}")), (0, 0, 0, 2)))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _tally(dossier: Dossier, say: Words, width: int) -> Text:
    """Sign, number and word of each verdict met, wrapped between verdicts and not within."""
    counts = Counter(f.verdict for f in dossier.findings)
    line, used = Text(), 0
    for verdict in ORDER:
        if counts[verdict]:
            item = f"{SIGNS[verdict]} {counts[verdict]} {say.verdict(verdict)}"
            gap = "" if not line else "   " if used + 3 + len(item) <= width else "\n"
            line.append(gap).append(item, style=STYLES[verdict])
            used = len(item) + (used + 3 if gap == "   " else 0)
    return line


def _source(dossier: Dossier, say: Words) -> str:
    title = one_line(dossier.document.title or say("page.title_missing"))
    return f"{title} ({say('page.published', day=day_words(dossier.published, say))})"


def _print_finding(console: Console, finding: Finding, say: Words) -> None:
    claim = finding.claim
    verdict = f"{SIGNS[finding.verdict]} {say.verdict(finding.verdict)}"
    head = Text(f"{one_line(claim.id)} ").append(verdict, style=f"bold {STYLES[finding.verdict]}")
    head.append(f"  {one_line(claim.label or claim.text)}")
    console.print(head, overflow="fold")
    detail = _dates(finding, say) if finding.decided else ""
    for line in (detail, one_line(finding.reason)):
        if line:
            console.print(Padding(Text(line, overflow="fold"), (0, 0, 0, 3)))


def _dates(finding: Finding, say: Words) -> str:
    """The two dates: when it happened, and when the report puts it."""
    when, happened = finding.claim.when, finding.happened
    told = span_words(when.start_min, when.end_max, say)
    said = f" (“{one_line(when.words)}”)" if when.words else ""
    if happened is None:
        dated = when.start_min is not None or when.end_max is not None
        return f"{say('page.as_told')} {told}{said}" if dated else ""
    known = happened.start or happened.end
    really = span_words(happened.start, happened.end, say) if known else happened.edtf
    at = one_line(happened.place.name) if happened.place and finding.off_by_km else ""
    line = f"{say('page.happened')} {', '.join(part for part in (really, at) if part)}; {say('page.as_told')} {told}{said}"
    before = finding.before_publication_days
    if finding.verdict is Verdict.MISDATED and before:
        key = "time.before_publication" if before > 0 else "time.after_publication"
        line += f"; {say(key, gap=gap_words(before, say))}"
    return line
