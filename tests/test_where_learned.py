"""The learned reader: trees in numpy, the guard on its columns, and its answers in English news."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import GazetteerError
from dateline.eval.corpora import Document
from dateline.eval.training import Item, calibration
from dateline.where import find_places, open_gazetteer
from dateline.where.gazetteer import DATA
from dateline.where.learned import MODELS, calibrated, open_models
from dateline.where.trees import Trees, export

pytestmark = pytest.mark.skipif(not (DATA / "meta.json").exists(), reason="no gazetteer: pip install -e . builds it")


def test_trees_follow_their_thresholds() -> None:
    leaf = lambda v: {"leaf_value": v}  # noqa: E731
    deep = {"split_feature": 1, "threshold": 0.5, "left_child": leaf(1.0), "right_child": leaf(2.0)}
    first = {"split_feature": 0, "threshold": 3.0, "left_child": deep, "right_child": leaf(10.0)}
    trees = Trees(export({"tree_info": [{"tree_structure": first}, {"tree_structure": leaf(0.25)}]}))
    rows = np.array([[3.0, 0.5], [3.0, 0.6], [3.1, 0.0]], dtype=np.float32)
    assert trees.raw(rows).tolist() == [1.25, 2.25, 10.25]
    assert trees.raw(rows[:0]).tolist() == []


def test_learned_reader_resolves_news() -> None:
    text = "A fire broke out in Paris, Texas, on Monday. Police in Dallas said the suspect, Joe Reed, was held near Houston."
    found = {w.words: w for w in find_places(text, open_gazetteer(), reader="learned")}
    assert found["Paris"].place and found["Paris"].place.id == "geonames:4717560"
    assert found["Dallas"].place and found["Dallas"].place.id == "geonames:4684888"
    assert "Reed" not in found and "Monday" not in found
    assert find_places(text, open_gazetteer(), reader="learned") == find_places(text, open_gazetteer(), reader="learned")


def test_cyrillic_is_left_to_the_rules() -> None:
    text = "Бої тривають біля Балаклії."
    assert find_places(text, open_gazetteer(), reader="learned") == find_places(text, open_gazetteer())


def test_models_of_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="train_where"):
        open_models(tmp_path / "none")
    shutil.copytree(MODELS, tmp_path / "models")
    meta = json.loads((tmp_path / "models/models.json").read_text(encoding="utf-8"))
    meta["columns"][0] = meta["columns"][0][::-1]
    (tmp_path / "models/models.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(GazetteerError, match="train_where"):
        open_models(tmp_path / "models")


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=8),
    st.floats(0.1, 3),
    st.floats(-3, 3),
    st.floats(0.5, 0.99),
)
def test_calibrated_keeps_order_and_sums_to_one_at_most(masses: list[float], slope: float, shift: float, single: float) -> None:
    ps = [m / sum(masses) for m in masses]
    out = calibrated(ps, {"slope": slope, "shift": shift, "single": single})
    assert all(0 <= p <= 1 for p in out) and sum(out) <= 1 + 1e-9
    if len(ps) == 1:
        assert out == [single]
    elif shift < 0 and slope <= 1 and max(ps) > 0.5:
        assert out.index(max(out)) == ps.index(max(ps))


def test_calibration_learns_how_often_the_top_is_right() -> None:
    """Half of the mentions that claim 0.9 are right: the curve says a half; names with one reading by their own rate."""
    read: Any = None
    document = Document("LGL", "x")
    items = [Item(document, read, gold=[True], right=[0], exact=[0 if n % 2 else -1]) for n in range(400)]
    items += [Item(document, read, gold=[True], right=[0], exact=[0 if n % 4 else -1]) for n in range(400)]
    ps = [[[0.9, 0.1]]] * 200 + [[[0.8, 0.2]]] * 200 + [[[1.0]]] * 400
    curve = calibration(items, ps)
    assert abs(calibrated([0.9, 0.1], curve)[0] - 0.5) < 0.01
    assert abs(calibrated([1.0], curve)[0] - 0.75) < 0.01
