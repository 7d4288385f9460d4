"""`dateline pack coverage`: spans by name, what speaks apart from what is silent, and the map."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main
from dateline.evidence import open_evidence, ops
from dateline.render.basemap import HEIGHT, WIDTH
from dateline.render.coverage import BAR, coverage_map, render_coverage, render_coverage_text
from dateline.types import Coverage


@dataclass
class Spot:
    name: str
    kind: str
    lat: float | None
    lon: float | None


PLACES = {
    "r": Spot("Kharkiv Oblast", "region", 49.5, 36.5),
    "t": Spot("<Town>", "settlement", 49.6, 36.6),
    "sea": Spot("Sea", "sea", None, None),
}
SPAN = Coverage("p", "maps", ("control",), ("held",), ("r",), date(2022, 1, 1), date(2022, 12, 31), 1000, 19, 20, "a list")


def test_the_table_tells_names_and_what_speaks() -> None:
    silent = replace(SPAN, areas=("sea", "t"), found=1)
    text = render_coverage_text([silent, SPAN], PLACES)
    assert re.search(r"speaks +19 of 20 +2022-01-01 – 2022-12-31 +from 1,000 people +Kharkiv Oblast", text)
    assert re.search(r"silent +1 of 20 .* <Town>, Sea", text)
    assert text.index("speaks") < text.index("silent")
    assert "nothing measured" in render_coverage_text([], {})


def test_a_bar_is_as_long_as_its_days() -> None:
    later = replace(SPAN, areas=("t",), start=date(2023, 1, 1), end=date(2023, 12, 31), min_population=0)
    silent = replace(SPAN, found=0, end=date(2023, 12, 31))
    drawn = coverage_map([SPAN, later, silent], PLACES, ["geonames:690791"])
    assert drawn is not None
    bars = {b.name: b for b in drawn.bars}
    (first,), (second,) = bars["Kharkiv"].stretches, bars["<Town>"].stretches
    assert first.x == 0
    assert second.x == pytest.approx(BAR / 2, abs=0.1)
    assert first.width + second.width == pytest.approx(BAR, abs=0.2)
    assert (first.size, second.size) == ("towns", "all")
    a, b = drawn.bars
    assert abs(a.x - b.x) >= BAR or abs(a.y - b.y) >= 20  # near places do not hide each other
    assert coverage_map([replace(SPAN, areas=("sea",))], PLACES, []) is None


def test_the_page_is_whole_and_escaped() -> None:
    page = render_coverage("mine & yours", [replace(SPAN, areas=("r", "t"))], PLACES, ["geonames:690791"])
    assert "mine &amp; yours" in page
    assert "&lt;Town&gt;" in page
    assert "<Town>" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)=["']?https?:""", page)
    assert "Nothing was measured" in render_coverage("empty", [], {}, [])


def test_every_area_of_the_packs_has_a_name_and_its_place_on_the_map() -> None:
    for name in ("ukraine", "ukraine-mapped", "syria", "sudan"):
        evidence, spans = open_evidence([name]), ops.coverage(name)
        assert not re.search(r"geonames:|dateline:", render_coverage_text(spans, evidence.places))
        drawn = coverage_map(spans, evidence.places, evidence.theatre)
        assert drawn is not None
        assert all(0 <= b.x <= WIDTH - BAR and 0 <= b.y <= HEIGHT for b in drawn.bars)
        assert any(b.stretches for b in drawn.bars)


def test_the_command_writes_each_form(tmp_path: Path) -> None:
    run = CliRunner()
    target = tmp_path / "coverage.html"
    assert run.invoke(main, ["pack", "coverage", "sudan", "--format", "html", "-o", str(target)]).exit_code == 0
    assert target.read_text("utf-8").startswith("<!doctype html>")
    drawn = json.loads(run.invoke(main, ["pack", "coverage", "sudan", "--format", "geojson"]).output)
    assert drawn["type"] == "FeatureCollection"
    assert "El Fasher" in run.invoke(main, ["pack", "coverage", "sudan"]).output
    refused = run.invoke(main, ["pack", "coverage", "sudan", "-o", str(tmp_path / "no/such/folder.txt")])
    assert refused.exit_code == 2
    assert "name another place" in refused.output
