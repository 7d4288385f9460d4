"""Gradient-boosted trees in numpy: what scripts/train_where.py exports from LightGBM, without LightGBM."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees", "export"]


class Trees:
    """An ensemble as flat arrays; `raw(rows)` sums the leaves that each row falls into."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self.feature = arrays["feature"].astype(np.intp)
        self.threshold = arrays["threshold"]
        self.value = arrays["value"]
        self.children = np.stack([arrays["left"], arrays["right"]], axis=1).astype(np.intp).ravel()  # of node n: at 2n and 2n + 1
        depths = self._depths(arrays["roots"])
        deepest_first = np.argsort(-depths, kind="stable")
        self.roots = arrays["roots"].astype(np.intp)[deepest_first]
        self.wide = [int((depths > level).sum()) for level in range(int(depths.max(initial=0)))]  # trees that go on below each level

    def _depths(self, roots: NDArray[Any]) -> NDArray[np.int64]:
        """The number of splits on the longest path of each tree; leaves point at themselves."""
        out = []
        for root in roots.tolist():
            level, depth = {root}, -1
            while level:
                level = {int(c) for n in level for c in self.children[2 * n : 2 * n + 2] if c != n}
                depth += 1
            out.append(depth)
        return np.array(out, dtype=np.int64)

    def raw(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        if not len(rows):
            return np.zeros(0)
        flat = np.ascontiguousarray(rows).ravel()
        line = np.arange(len(rows), dtype=np.intp)[None, :] * rows.shape[1]
        at = np.repeat(self.roots[:, None], len(rows), axis=1)
        for wide in self.wide:
            here = at[:wide]
            right = flat.take(line + self.feature.take(here)) > self.threshold.take(here)
            at[:wide] = self.children.take(2 * here + right)
        return np.asarray(self.value.take(at).sum(axis=0, dtype=np.float64))


def export(model: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """The arrays of LightGBM's `dump_model()`; leaves point at themselves, so every row walks the same depth."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    depth = 0

    def add(node: dict[str, Any], level: int) -> int:
        nonlocal depth
        depth = max(depth, level)
        n = len(feature)
        for column in (feature, threshold, left, right, value):
            column.append(0)
        if "leaf_value" in node and "split_feature" not in node:
            left[n] = right[n] = n
            value[n] = node["leaf_value"]
        else:
            feature[n], threshold[n] = node["split_feature"], node["threshold"]
            left[n], right[n] = add(node["left_child"], level + 1), add(node["right_child"], level + 1)
        return n

    roots = [add(t["tree_structure"], 0) for t in model["tree_info"]]
    return {
        "feature": np.array(feature, "i2"),
        "threshold": np.array(threshold, "f4"),
        "left": np.array(left, "i4"),
        "right": np.array(right, "i4"),
        "value": np.array(value, "f4"),
        "roots": np.array(roots, "i4"),
        "depth": np.array(depth, "i4"),
    }


def load(folder: Path) -> tuple[dict[str, Trees], dict[str, Any]]:
    """The models of a folder (models.npz) and what goes with them (models.json)."""
    with np.load(folder / "models.npz", allow_pickle=False) as held:
        names = sorted({k.partition(".")[0] for k in held.files})
        models = {n: Trees({k.partition(".")[2]: held[k] for k in held.files if k.startswith(n + ".")}) for n in names}
    return models, json.loads((folder / "models.json").read_text(encoding="utf-8"))
