"""Trains the place models that Dateline ships: `python scripts/train_where.py [--without-news] [OUT]`.

Reads shared/data/geoparsing (newspaper corpora under research terms: only weights leave this script, no text),
adds place-swapped and sentence-length copies, and writes models.npz and models.json. Seeded: same corpora and
gazetteer, same weights. `--only NAME ...` trains on fewer corpora. LightGBM is needed here and nowhere else.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from dateline.eval.corpora import CORPORA, load
from dateline.eval.training import SEED, items, train
from dateline.where import open_gazetteer
from dateline.where.learned import MODELS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=MODELS)
    parser.add_argument("--only", nargs="+", choices=CORPORA, default=list(CORPORA), help="the corpora to train on")
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    gazetteer = open_gazetteer()
    rows = items((d for c in args.only for d in load(c)), gazetteer, copies=True, seed=args.seed)
    model, arrays = train(rows, args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    flat = {f"{name}.{k}": v for name, held in sorted(arrays.items()) for k, v in held.items()}
    np.savez_compressed(args.out / "models.npz", **flat)
    meta = model.meta | {"trained_on": args.only, "documents": len(rows)}
    (args.out / "models.json").write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    size = sum(f.stat().st_size for f in args.out.iterdir()) / 1e6
    print(f"{args.out}: {len(rows)} documents, threshold {meta['threshold']}, {size:.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
