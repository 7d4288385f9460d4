"""The JSON Schema of a dossier, and a loader that holds a file to it.

`SCHEMA` is the source of docs/dossier.schema.json, which a test compares with `schema_text()`. Every
object is closed: all its keys are required and no others are allowed, so unknown must be written as null.
`validate` reads just the keywords that this schema uses; the tests hold it against the jsonschema library.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

from dateline.errors import ReportNotFound, ReportUnreadable
from dateline.render.json import SCHEMA_NAME
from dateline.types import Modality
from dateline.verdict import Verdict

__all__ = ["SCHEMA", "load_dossier", "schema_text", "validate"]

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WORD: Schema = {"type": "string", "minLength": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
OPTION: Schema = {"type": ["string", "integer", "boolean", "null"]}
VERDICT: Schema = {"enum": [v.value for v in Verdict]}


def _closed(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema, **limits: int) -> Schema:
    return {"type": "array", "items": items, **limits}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


ACTOR = _closed(words=TEXT, id=_or_null(WORD), side=_or_null(WORD))
CANDIDATE = _closed(id=WORD, name=TEXT, p=_or_null(NUMBER), reason=TEXT)
PLACE = _closed(id=WORD, name=TEXT, lat=_or_null(NUMBER), lon=_or_null(NUMBER))
READING: dict[str, Schema] = {
    "edtf": TEXT,
    "bounds": _list(_or_null(DAY), minItems=4, maxItems=4),
    "words": _or_null(TEXT),
    "basis": TEXT,
    "implied": FLAG,
}
FIGURE = _closed(
    op={"enum": ["=", ">", ">=", "<", "<=", "~", "range"]},
    low=_or_null(NUMBER),
    high=_or_null(NUMBER),
    unit=TEXT,
    words=TEXT,
    population=_or_null(TEXT),
    counting_from=_or_null(DAY),
    issuer=_or_null(TEXT),
)
RECORD = _closed(
    id=WORD,
    pack=TEXT,
    resource=TEXT,
    source=TEXT,
    publisher=TEXT,
    url=TEXT,
    date=_or_null(DAY),
    known_from=_or_null(DAY),
    says=TEXT,
    family=TEXT,
    licence=TEXT,
)
FINDING = _closed(
    id=WORD,
    sentence=TEXT,
    text=TEXT,
    label=TEXT,
    start=COUNT,
    end=COUNT,
    kind=WORD,
    predicate=TEXT,
    modality={"enum": list(get_args(Modality))},
    verdict=VERDICT,
    who=_or_null(ACTOR),
    whom=_or_null(ACTOR),
    where=_list(
        _closed(
            role=WORD,
            words=TEXT,
            name=_or_null(TEXT),
            id=_or_null(WORD),
            lat=_or_null(NUMBER),
            lon=_or_null(NUMBER),
            candidates=_list(CANDIDATE),
        )
    ),
    when=_closed(**READING, alternatives=_list(_closed(**READING))),
    figure=_or_null(FIGURE),
    happened=_or_null(_closed(edtf=TEXT, place=_or_null(PLACE))),
    off_by_days=_or_null({"type": "integer"}),
    off_by_km=_or_null(NUMBER),
    before_publication_days=_or_null({"type": "integer"}),
    reason=TEXT,
    records=_list(RECORD),
    coverage=_list(_closed(pack=TEXT, resource=TEXT, speaks_for=TEXT)),
    rule=TEXT,
    support=TEXT,
    would_change=TEXT,
    inherited_from=_or_null(WORD),
    known_then=_or_null(VERDICT),
)
SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A Dateline dossier",
    "description": "Unknown is null, never absent. Offsets are Unicode code points into report.text, end exclusive.",
    **_closed(
        schema={"const": SCHEMA_NAME},
        dateline=_closed(
            version=TEXT,
            rules=TEXT,
            packs=_list(_closed(name=WORD, version=TEXT, id=TEXT)),
            options={"type": "object", "additionalProperties": OPTION},
        ),
        report=_closed(
            sha256=TEXT,
            title=_or_null(TEXT),
            byline=_or_null(TEXT),
            published=DAY,
            language=WORD,
            url=_or_null(TEXT),
            text=TEXT,
        ),
        headline=TEXT,
        profile=_closed(
            periods=_list(_closed(edtf=TEXT, claims=_list(WORD))),
            dated=COUNT,
            in_claimed_time=COUNT,
            median_months_before=_or_null(NUMBER),
            summary=TEXT,
        ),
        decided=_list(COUNT, minItems=2, maxItems=2),
        findings=_list(FINDING),
        signals=_list(_closed(kind=WORD, start=_or_null(COUNT), end=_or_null(COUNT), note=TEXT)),
    ),
}

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def load_dossier(source: str | Path) -> dict[str, Any]:
    """Read a dossier file made by `render_json`; one that breaks the schema is refused, saying where."""
    path = Path(source)
    again = "make it again with: dateline check REPORT --format json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReportNotFound(f"no dossier at {path}; {again}") from None
    except (OSError, ValueError, RecursionError) as error:
        why = type(error).__name__
        raise ReportUnreadable(f"{path} is not a readable JSON file ({why}); {again}") from None
    problem = validate(data)
    if problem:
        raise ReportUnreadable(f"{path} is not a dossier of schema {SCHEMA_NAME}: {problem}; {again}")
    return dict(data)


def validate(data: Any, schema: Schema = SCHEMA, at: str = "dossier") -> str | None:
    """The first thing in `data` that breaks `schema`, in words, or None."""
    if "anyOf" in schema:
        problems = [validate(data, option, at) for option in schema["anyOf"]]
        return None if None in problems else problems[0]
    if "const" in schema and data != schema["const"]:
        return f"{at} is {data!r:.40}, not {schema['const']!r}"
    if "enum" in schema and data not in schema["enum"]:
        return f"{at} is {data!r:.40}, none of {', '.join(schema['enum'])}"
    if "type" in schema and not _is(data, schema["type"]):
        return f"{at} is not of type {schema['type']}"
    return _within(data, schema, at)


def _is(data: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    if isinstance(data, bool):
        return "boolean" in names
    return any(isinstance(data, _TYPES[name]) for name in names)


def _within(data: Any, schema: Schema, at: str) -> str | None:
    if isinstance(data, str):
        if len(data) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), data):
            return f"{at} is {data!r:.40}, which is no {'day' if 'pattern' in schema else 'word'}"
    elif isinstance(data, list):
        if not schema.get("minItems", 0) <= len(data) <= schema.get("maxItems", len(data)):
            return f"{at} has {len(data)} items"
        if "items" in schema:
            found = (validate(item, schema["items"], f"{at}[{i}]") for i, item in enumerate(data))
            return next((problem for problem in found if problem), None)
    elif isinstance(data, dict):
        return _object(data, schema, at)
    elif isinstance(data, (int, float)) and data < schema.get("minimum", data):
        return f"{at} is {data}, below {schema['minimum']}"
    return None


def _object(data: dict[str, Any], schema: Schema, at: str) -> str | None:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key in schema.get("required", ()):
        if key not in data:
            return f"{at}.{key} is missing"
    for key, value in data.items():
        if key in properties:
            problem = validate(value, properties[key], f"{at}.{key}")
        elif others is False:
            problem = f"{at}.{key:.40} is not part of the schema"
        else:
            problem = validate(value, others, f"{at}.{key}") if isinstance(others, dict) else None
        if problem:
            return problem
    return None


def schema_text() -> str:
    """The contents of docs/dossier.schema.json."""
    return json.dumps(SCHEMA, indent=1, ensure_ascii=False) + "\n"
