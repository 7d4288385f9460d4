"""`dateline check --compare OLD NEW`: which verdicts of a report change with a new version of a pack, and by which rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from dateline.check import check
from dateline.errors import OutputError, PackError
from dateline.evidence import Evidence, open_evidence
from dateline.evidence.store import BUILT
from dateline.options import Options
from dateline.types import Document, Dossier, Finding, PackId

__all__ = ["Change", "changes", "compared", "versions"]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim judged otherwise: its finding before and after (None where only one version reads a claim there)."""

    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def rows(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the records that only the earlier and only the later finding rests on."""
        old, new = ({r.id for r in f.records} if f else set() for f in (self.before, self.after))
        return tuple(sorted(old - new)), tuple(sorted(new - old))


def changes(before: Dossier, after: Dossier) -> tuple[Change, ...]:
    """The claims of one document whose verdict, or the time or place given for what happened, differ; in text order."""
    pairs = []
    old, new = _by_words(before.findings), _by_words(after.findings)
    for words in sorted(old.keys() | new.keys()):
        pairs += [Change(a, b) for a, b in zip_longest(old.get(words, ()), new.get(words, ())) if _told(a) != _told(b)]
    return tuple(pairs)


def versions(old: str, new: str, packs: Sequence[str] = ()) -> tuple[Evidence, Evidence]:
    """The evidence with one version of a pack and with the other; all other packs (installed, or `packs`) are the same.

    Raises PackError where the two are not versions of one pack.
    """
    name, other = (open_evidence([side]).packs[0].name for side in (old, new))
    if name != other:
        raise PackError(f"{old} is pack {name} and {new} is pack {other}; give two versions of one pack")
    given = list(packs) or sorted(p.parent.name for p in BUILT.glob("*/pack.json"))
    names = [open_evidence([pack]).packs[0].name for pack in given]
    at = names.index(name) if name in names else len(names)
    before, after = ([*given[:at], side, *given[at + 1 :]] for side in (old, new))
    return open_evidence(before), open_evidence(after)


def compared(documents: Iterable[Document], pair: tuple[str, str], packs: Sequence[str], options: Options, form: str) -> str:
    """What changes in these documents, as text for people or JSON."""
    if form not in ("text", "json"):
        raise OutputError(f"--compare cannot print {form}: use --format text or --format json")
    before, after = versions(*pair, packs)
    found = []
    for document in documents:
        old, new = check(document, before, options), check(document, after, options)
        found.append((document, old, changes(old, new)))
    name = open_evidence([pair[0]]).packs[0].name
    told = tuple(p for evidence in (before, after) for p in evidence.packs if p.name == name)
    if form == "json":
        return json.dumps(_data(told, found), ensure_ascii=False, indent=1) + "\n"
    return "\n".join(_text(told, *one) for one in found)


def _by_words(findings: Iterable[Finding]) -> dict[tuple[int, int, str], list[Finding]]:
    found: dict[tuple[int, int, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.claim.start, finding.claim.end, finding.claim.kind].append(finding)
    return found


def _told(finding: Finding | None) -> tuple[object, ...]:
    if finding is None:
        return ()
    happened = finding.happened
    return finding.verdict, happened.edtf if happened else None, happened.place.id if happened and happened.place else None


def _text(told: tuple[PackId, ...], document: Document, before: Dossier, found: Sequence[Change]) -> str:
    versions = " -> ".join(f"{p.name} {p.version} ({p.id[:8]})" for p in told)
    lines = [f"{document.title or document.url or document.sha256[:8]}: {len(found)} of {len(before.findings)} findings change, {versions}"]
    for change in found:
        lines.append(f"\n  {change.finding.id}  {change.finding.claim.text}")
        for name, finding, rows in zip(("before", "after"), (change.before, change.after), change.rows, strict=True):
            by = f" [{', '.join(rows)}]" if rows else ""
            lines.append(
                f"     {name:6}  {finding.verdict.value}: {finding.reason}{by}" if finding else f"     {name:6}  no such claim was read"
            )
    return "\n".join(lines) + "\n"


def _data(told: tuple[PackId, ...], found: Sequence[tuple[Document, Dossier, Sequence[Change]]]) -> dict[str, object]:
    def side(finding: Finding | None) -> dict[str, object] | None:
        if finding is None:
            return None
        happened = finding.happened.edtf if finding.happened else None
        return {
            "verdict": finding.verdict.value,
            "happened": happened,
            "reason": finding.reason,
            "records": [r.id for r in finding.records],
        }

    return {
        "packs": [{"name": p.name, "version": p.version, "id": p.id} for p in told],
        "reports": [
            {
                "sha256": document.sha256,
                "title": document.title,
                "findings": len(before.findings),
                "changes": [
                    {
                        "id": c.finding.id,
                        "start": c.finding.claim.start,
                        "end": c.finding.claim.end,
                        "before": side(c.before),
                        "after": side(c.after),
                    }
                    for c in changed
                ],
            }
            for document, before, changed in found
        ],
    }
