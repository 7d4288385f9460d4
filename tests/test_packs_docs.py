"""The manual is under test: docs/packs.md names every column and rule word, docs/evidence.md is as generated."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from dateline.evidence import ops, schema

ROOT = Path(__file__).parents[1]
PACKS = (ROOT / "docs/packs.md").read_text("utf-8")
EVIDENCE = (ROOT / "docs/evidence.md").read_text("utf-8")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("document", ROOT / "scripts/packs/document.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(schema.SCHEMAS))
def test_every_schema_and_column_is_described(name: str) -> None:
    assert name in PACKS
    for column in schema.SCHEMAS[name]:
        assert f"`{column}`" in PACKS


def test_every_kind_and_predicate_is_described() -> None:
    table = "\n".join(f"| `{kind}` | {', '.join(f'`{p}`' for p in sorted(schema.KINDS[kind]))} |" for kind in sorted(schema.KINDS))
    assert table in PACKS


@pytest.mark.parametrize(
    "words", [schema.SOURCE_CLASSES, schema.PLACE_KINDS, schema.ACTOR_ROLES, schema.LASTING], ids=["classes", "places", "roles", "lasting"]
)
def test_every_word_of_a_closed_list_is_described(words: frozenset[str]) -> None:
    assert [w for w in sorted(words) if f"`{w}`" not in PACKS] == []


def test_every_operation_is_described() -> None:
    for name in ops.__all__:
        if name[0].islower():
            assert f"`dateline pack {name.removesuffix('_map')} " in PACKS
            assert f"| `{name}(" in PACKS


def test_the_tables_of_the_evidence_page_are_those_of_the_packs() -> None:
    made = generator()
    assert made.page(made.fresh(), EVIDENCE) == EVIDENCE, "run: python scripts/packs/document.py"


def test_the_page_names_every_licence_and_fault() -> None:
    found = re.findall(r"^\| ukraine\S* / \S+ \|.*$", EVIDENCE, flags=re.MULTILINE)
    assert len(found) >= 15
    assert all(line.split("|")[5].strip() for line in found)
