"""One finding at length: how it was read, what was rejected, the records, what would change it.

Works on a dossier's JSON form, so that a dossier made yesterday or elsewhere can be explained as well.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from dateline.errors import DatelineError
from dateline.render.dates import edtf_span, gap_words, span_words
from dateline.render.json import dossier_dict
from dateline.render.plain import one_line
from dateline.render.words import SIGNS, words
from dateline.types import Dossier
from dateline.verdict import Verdict

__all__ = ["explain", "explain_json"]

Json = dict[str, Any]
Line = tuple[str, str]

_HEADS = 21  # columns that the left-hand words take up


def explain(dossier: Dossier, finding_id: str, width: int = 100) -> str:
    """The finding `finding_id` of a dossier, as plain text."""
    return explain_json(dossier_dict(dossier), finding_id, width)


def explain_json(data: Json, finding_id: str, width: int = 100) -> str:
    """The same from a dossier's JSON form (`load_dossier`)."""
    by_id = {f["id"]: f for f in data["findings"]}
    if finding_id not in by_id:
        known = f"it has {', '.join(list(by_id)[:40])}" if by_id else "it has no claims"
        raise DatelineError(f"no claim {one_line(finding_id)[:40]!r} in this dossier; {known}")
    finding = by_id[finding_id]
    verdict, say = Verdict(finding["verdict"]), words("en")
    head = f"{finding_id}  {finding['label'] or finding['text']}"
    lines = [
        *textwrap.wrap(one_line(head), width),
        f"{SIGNS[verdict]} {say.verdict(verdict)}: {verdict.meaning}",
        "",
    ]
    for title, body in _parts(finding, data):
        lines += _wrap(title, one_line(body), max(40, width))
    return "\n".join(lines) + "\n"


def _parts(finding: Json, data: Json) -> Iterator[Line]:
    say = words("en")
    yield say("page.says"), f"“{finding['text']}”"
    if finding["sentence"] != finding["text"]:
        yield "  in", f"“{finding['sentence']}”"
    yield from _reading(finding)
    yield say("page.evidence_says"), finding["reason"]
    yield from _happened(finding)
    yield from _evidence(finding)
    if finding["inherited_from"]:
        yield "", say("page.inherited", claim=finding["inherited_from"])
    if finding["support"]:
        yield "Rests on", finding["support"]
    maker = data["dateline"]
    yield say("page.rule"), f"{finding['rule']}, rules {maker['rules']}, Dateline {maker['version']}"
    yield say("page.would_change"), finding["would_change"] or "a dated record that says otherwise"
    if finding["known_then"]:
        as_of = data["dateline"]["options"].get("as_of") or "the day of publication"
        yield "Known then", f"{finding['known_then']} as of {as_of}; now {finding['verdict']}"


def _reading(finding: Json) -> Iterator[Line]:
    yield "Read as", f"{finding['kind']}, {finding['predicate']}, {finding['modality']}"
    for name in ("who", "whom"):
        actor = finding[name]
        if actor:
            known = ", ".join(str(x) for x in (actor["id"], actor["side"]) if x) or "not known to the pack"
            yield f"  {name}", f"“{actor['words']}” ({known})"
    when = finding["when"]
    yield "  when", _time(when)
    for other in when["alternatives"]:
        yield "    rejected", _time(other)
    for where in finding["where"]:
        name = f"{where['name']} ({where['id']})" if where["id"] else f"“{where['words']}”, not decided"
        yield f"  {where['role']}", name
        for other in where["candidates"]:
            if other["id"] != where["id"]:
                p = "" if other["p"] is None else f", p {other['p']:.2f}"
                title = "    rejected" if where["id"] else "    candidate"
                yield title, f"{other['name']} ({other['id']}{p}): {other['reason']}"
            elif other["reason"]:
                yield "    because", other["reason"]
    figure = finding["figure"]
    if figure:
        limits = " to ".join("open" if v is None else f"{v:,}" for v in (figure["low"], figure["high"]))
        since = f", counted from {figure['counting_from']}" if figure["counting_from"] else ""
        issuer = f", issuer {figure['issuer']}" if figure["issuer"] else ""
        yield "  figure", f"“{figure['words']}” ({figure['op']} {limits} {figure['unit']}{since}{issuer})"


def _time(when: Json) -> str:
    start, end = (date.fromisoformat(d) if d else None for d in (when["bounds"][0], when["bounds"][3]))
    said = f", from “{when['words']}”" if when["words"] else ""
    implied = ", implied" if when["implied"] else ""
    basis = f": {when['basis']}" if when["basis"] else ""
    return f"{span_words(start, end, words('en'))} ({when['edtf']}){said}{implied}{basis}"


def _happened(finding: Json) -> Iterator[Line]:
    happened, say = finding["happened"], words("en")
    if not happened:
        return
    start, end = edtf_span(happened["edtf"])
    place = f"at {happened['place']['name']}" if happened["place"] else ""
    time = span_words(start, end, say) if start or end else happened["edtf"]
    parts = [" ".join(part for part in (time, place) if part)]
    if finding["off_by_days"]:
        exact = say.plural("count.days", finding["off_by_days"])
        gap = gap_words(finding["off_by_days"], say)
        parts.append(say("page.off_by_days", gap=gap if gap == exact else f"{gap} ({exact})"))
    if finding["off_by_km"]:
        parts.append(say("page.off_by_km", km=finding["off_by_km"]))
    if finding["before_publication_days"]:
        before = finding["before_publication_days"]
        key = "time.before_publication" if before > 0 else "time.after_publication"
        parts.append(say(key, gap=gap_words(before, say)))
    yield say("page.when_really"), "; ".join(parts)


def _evidence(finding: Json) -> Iterator[Line]:
    say = words("en")
    if not finding["records"]:
        yield say("page.records"), say("page.no_records")
    for number, record in enumerate(finding["records"], 1):
        yield say("page.records") if number == 1 else "", f"{number}. {record['says']}"
        known = f"known from {record['known_from']}" if record["known_from"] else ""
        about = (record["source"], record["publisher"], record["date"], known, record["licence"])
        yield "", "; ".join(part for part in about if part)
        if record["url"]:
            yield "", record["url"]
        yield "", f"{record['pack']} / {record['resource']} / {record['id']}"
    for number, coverage in enumerate(finding["coverage"]):
        title = "" if number else say("page.coverage")
        yield title, f"{coverage['resource']}: {coverage['speaks_for']}"


def _wrap(title: str, body: str, width: int) -> list[str]:
    """A hanging paragraph, the title in a column of its own; a word too long for a line is broken."""
    room = 10_000 if body.startswith(("http://", "https://")) else width - _HEADS
    first, *rest = textwrap.wrap(body, room) or [""]
    return [f"{title:<{_HEADS - 1}} {first}".rstrip(), *(" " * _HEADS + line for line in rest)]
