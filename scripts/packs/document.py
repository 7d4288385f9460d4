"""Writes the generated tables of docs/evidence.md from the packs' descriptors and rows.

Run: .venv/bin/python scripts/packs/document.py  (no network, nothing but packs/; tests compare the page with this)
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from dateline.evidence import Evidence, open_evidence  # noqa: E402
from dateline.evidence.agreement import Agreement, by_family, by_wave, pairs  # noqa: E402
from dateline.evidence.build import build_packs  # noqa: E402
from dateline.types import Coverage, Record  # noqa: E402

PAGE = ROOT / "docs/evidence.md"
WAVES = (  # the phases that the front moved in; the last day of each
    ("invasion", date(2022, 4, 14)),
    ("Donbas, summer 2022", date(2022, 8, 31)),
    ("counteroffensives, autumn 2022", date(2022, 11, 30)),
    ("winter 2022-23 and Bakhmut", date(2023, 5, 31)),
    ("2023 counteroffensive", date(2023, 12, 31)),
    ("2024 and later", date.max),
)


def page(evidence: Evidence, text: str) -> str:
    """The page with every part between <!-- name --> and <!-- end --> made anew."""
    parts = {
        "resources": resources(evidence), "counts": counts(evidence), "coverage": coverage(evidence),
        "waves": agreement(by_wave(_paired(evidence), WAVES), "phase of the dated row"),
        "families": agreement(by_family(_paired(evidence)), "family behind the partner row"),
    }  # fmt: skip
    for name, table in parts.items():
        text, found = re.subn(rf"(<!-- {name} -->\n).*?(<!-- end -->)", lambda m, t=table: m[1] + t + m[2], text, flags=re.DOTALL)
        if not found:
            raise SystemExit(f"{PAGE}: no <!-- {name} --> … <!-- end -->; put the marks back")
    return text


def resources(evidence: Evidence) -> str:
    """Every resource: pack, rows, class, licence, whether its silence may speak, known faults."""
    lines = ["| pack / resource | what | rows | class | licence | silence speaks | known faults |", "|---|---|--:|---|---|---|---|"]
    for r in evidence.resources:
        speaks = sum(c["n"] > 0 and c["found"] / c["n"] >= 0.95 for c in r["coverage"])
        lines.append(
            f"| {r['pack']} / {r['name']} | {r['title']} | {r['rows'] or ''} | {r['source_class']} | {r['licence']} "
            f"| {f'in {speaks} measured spans' if speaks else 'never'} | {r['faults']} |"
        )
    return "\n".join(lines) + "\n"


def counts(evidence: Evidence) -> str:
    """Rows per side, year, kind and source class for each war, so that one-sidedness shows."""
    return "\n".join(_counts_of(war) for war in sorted(evidence.wars, key=lambda w: -sum(p.rows for p in w.packs)))


def _counts_of(war: Evidence) -> str:
    records = war.records()
    sides = {side["id"]: side["name"] for side in war.sides}
    told = ", ".join(f"`{p.name}`" for p in war.packs)
    lines = [f"{told}:", "", f"| kind | rows | {' | '.join(sides.values())} | other or none |", "|---|" + "--:|" * (len(sides) + 2)]
    whose = [_side(war, r) for r in records]
    for kind in sorted({r.kind for r in records}):
        mine = [side for r, side in zip(records, whose, strict=True) if r.kind == kind]
        parts = [mine.count(side) for side in sides]
        lines.append(f"| {kind} | {len(mine)} | {' | '.join(map(str, parts))} | {len(mine) - sum(parts)} |")
    years = _tally(str(r.start_max.year) if r.start_max else "open" for r in records if r.kind != "control")
    classes = _tally(r.source_class for r in records)
    return "\n".join(lines) + f"\n\nRows but control by year: {years}.\n\nRows by source class: {classes}.\n"


def _side(evidence: Evidence, record: Record) -> str | None:
    """Whose row it is: the holder, the attacker, the speaker's side, whom a measure helps or hits."""
    speakers = (record.subject or "").split("|")
    speaker = next((a.side for a in evidence.actors if a.id in speakers), None)
    return speaker if record.kind == "statement" else record.side


def _tally(values: Iterable[str]) -> str:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return ", ".join(f"{name} {found[name]}" for name in sorted(found))


def coverage(evidence: Evidence) -> str:
    """Every span that may speak, and every area measured that may not."""
    names = {p.id: p.name for p in evidence.places.values()}
    lines = ["| resource | area | days | places from | found | of | list |", "|---|---|---|--:|--:|--:|---|"]
    ordered = sorted(evidence.coverage, key=lambda c: (c.completeness < 0.95, c.resource, _area(c, names), str(c.start)))
    for c in ordered:
        size = "the areas themselves" if c.min_population > 10_000_000 else f"{c.min_population:,} people"
        share = f"**{c.found}**" if c.completeness >= 0.95 else f"{c.found} (silent)"
        lines.append(f"| {c.resource} | {_area(c, names)} | {c.start} – {c.end} | {size} | {share} | {c.n} | {c.measured_against} |")
    return "\n".join(lines) + "\n"


def _area(c: Coverage, names: dict[str, str]) -> str:
    if len(c.areas) == 1:
        return names.get(c.areas[0], c.areas[0])
    return f"{len(c.areas)} {'places' if c.min_population > 10_000_000 else 'regions'}"


def _paired(evidence: Evidence) -> list:  # type: ignore[type-arg]
    dated = [
        r for r in evidence.records("ukraine", "control-encyclopaedia")
        if r.start_min and r.start_min.year >= 2022 and r.side != "contested" and not r.id.endswith((".before", "-0"))
    ]  # fmt: skip
    return pairs(dated, evidence.records("ukraine-mapped"))


def agreement(found: dict[str, Agreement], what: str) -> str:
    """Counts as a table, with their sum where the parts do not overlap."""
    lines = [f"| {what} | dated rows | matched | within 3 days | 7 days | 10 days | median gap |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, a in found.items():
        middle = "" if a.median_off is None else f"{a.median_off:g}"
        lines.append(f"| {name} | {a.n} | {a.matched} | {a.within_3} | {a.within_7} | {a.within_10} | {middle} |")
    return "\n".join(lines) + "\n"


def fresh() -> Evidence:
    """The packs of this checkout, built aside."""
    return open_evidence(build_packs(ROOT / "packs", tempfile.mkdtemp(prefix="dateline-doc-")))


def main() -> None:
    PAGE.write_text(page(fresh(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
