"""Every kind has its page: linked, with all of its predicates, and no page without a kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import plugins

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("kind", plugins.KINDS)
def test_every_kind_has_a_page_with_its_predicates(kind):
    page = (DOCS / "kinds" / f"{kind}.md").read_text("utf-8")
    assert f"(kinds/{kind}.md)" in (DOCS / "kinds.md").read_text("utf-8")
    assert all(part in page for part in ("**Find.**", "**Ask.**", "**Judge.**")) or kind == "geography"
    assert [p for p in plugins.kinds()[kind].predicates if f"`{p}`" not in page] == []


def test_no_page_is_without_a_kind():
    assert {p.stem for p in (DOCS / "kinds").glob("*.md")} == set(plugins.KINDS)
