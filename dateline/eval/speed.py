"""`dateline bench`: speed and memory of every stage and of the whole, on pinned inputs, against spaCy's own parse in the same run.

Times are of the processor (what it costs, whoever else is at work on the machine) and ratios are of one run; wall time is
given where it is the point. The inputs are made by `eval/synthetic.py` with a fixed seed from the installed packs.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from dateline.batch.inputs import shards
from dateline.batch.job import Job, run
from dateline.batch.local import here, local
from dateline.batch.shard import TOGETHER, Done, Settings, document_of
from dateline.eval.synthetic import write_reports
from dateline.evidence import Evidence, open_evidence
from dateline.options import Options
from dateline.types import Document

SHORT, LONG = 60, 400  # words of a report
RUNS: Final = 3


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dateline bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", type=int, default=1000, help="reports of the comparison with spaCy")
    parser.add_argument(
        "--long", type=int, default=0, metavar="N", help="only this: check N short reports with two workers, half against half"
    )
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of the comparison; the best counts")
    parser.add_argument("--words", type=int, default=SHORT, help="words of a short report")
    given = parser.parse_args(list(argv))
    print(machine())
    if not given.long:
        _cold()  # first: a child's peak memory counts that of the process it was forked from
    evidence = open_evidence()
    with tempfile.TemporaryDirectory() as folder:
        if given.long:
            _halves(evidence, Path(folder), given.long, given.words)
            return 0
        _stages(evidence, Path(folder), given.reports, given.words, given.runs)
        _warm(evidence, Path(folder))
        _workers(evidence, Path(folder), given.reports, given.words)
    return 0


def machine() -> str:
    """What it was measured on."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    made = ", ".join(f"{name} {version(name)}" for name in ("dateline", "spacy", "thinc", "duckdb", "numpy", "rensa"))
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}; {made}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []


def documents(evidence: Evidence, folder: Path, count: int, words: int, seed: int = 1) -> list[Document]:
    """Reports of the generator, read."""
    path = folder / f"reports-{count}-{words}-{seed}.jsonl"
    write_reports(evidence, path, count, words, seed)
    return [document_of(item, Settings()) for shard in shards(path) for item in shard.items]


def cost(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _stages(evidence: Evidence, folder: Path, count: int, words: int, runs: int) -> None:
    import spacy

    from dateline.check import check_readings

    docs = documents(evidence, folder, count, words)
    texts = [d.text for d in docs]
    parser = spacy.load(Options().model)
    list(parser.pipe(texts[:TOGETHER]))
    check_readings(docs[:TOGETHER], evidence, Options())
    gc.collect()
    gc.freeze()  # what the bench itself holds is no part of a check, nor of a parse
    floor, ours, stages = [], [], []
    for _ in range(runs):
        floor.append(cost(lambda: list(parser.pipe(texts))))
        with Clock() as clock:
            ours.append(cost(lambda: [check_readings(docs[n : n + TOGETHER], evidence, Options()) for n in range(0, len(docs), TOGETHER)]))
        stages.append(clock.spent)
    gc.unfreeze()
    best, least = min(floor), min(ours)
    total = sum(len(t.split()) for t in texts)
    print(f"\n{len(docs):,} reports, {total:,} words; the best of {runs}, processor time")
    print(f"| {'':42} | seconds | ms a report | times the floor |\n|{'-' * 44}|---:|---:|---:|")
    _row("spaCy's full pipeline (the floor)", best, len(docs), best)
    _row("dateline, the whole check", least, len(docs), best)
    last = stages[ours.index(least)]
    for name in last:
        _row(f"  {name}", last[name], len(docs), best)
    _row("  the rest", least - sum(last.values()), len(docs), best)


def _row(name: str, seconds: float, count: int, floor: float) -> None:
    print(f"| {name:42} | {seconds:7.2f} | {seconds / count * 1000:8.2f} | {seconds / floor:6.2f} |")


class Clock:
    """Adds up the processor time of the stages of a check while it is open; outermost calls only."""

    STAGES: Final = {
        "choosing the packs": ("dateline.check", "evidence_for"),
        "times, places, actors": ("dateline.check", "_named"),
        "parse, with what is not parsed left out": ("dateline.check", "parse_all"),
        "finding claims": ("dateline.check", "find"),
        "asking the packs": ("dateline.check", "_answers"),
        "judging": ("dateline.check", "judge_all"),
        "identifying": ("dateline.check", "identified"),
    }

    def __init__(self) -> None:
        self.spent: dict[str, float] = dict.fromkeys(self.STAGES, 0.0)
        self._kept: list[tuple[Any, str, Any]] = []
        self._within = 0

    def __enter__(self) -> Clock:
        from importlib import import_module

        for stage, (module, name) in self.STAGES.items():
            home = import_module(module)
            own = getattr(home, name)
            self._kept.append((home, name, own))
            setattr(home, name, self._timed(stage, own))
        return self

    def __exit__(self, *_: object) -> None:
        for home, name, own in self._kept:
            setattr(home, name, own)

    def _timed(self, stage: str, own: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **more: Any) -> Any:
            if self._within:
                return own(*arguments, **more)
            self._within += 1
            start = time.process_time()
            try:
                return own(*arguments, **more)
            finally:
                self.spent[stage] += time.process_time() - start
                self._within -= 1

        return timed


def _warm(evidence: Evidence, folder: Path) -> None:
    """A report of 400 words in a process that has checked others: the whole, and all but the parse."""
    from dateline.check import check_readings

    docs = documents(evidence, folder, 40, LONG, seed=2)
    for doc in docs[:10]:
        check_readings([doc], evidence, Options())
    whole, rest = [], []
    for doc in docs[10:]:
        check_one = partial(check_readings, [doc], evidence, Options())
        with Clock() as clock:
            spent = cost(check_one)
        whole.append(spent * 1000)
        rest.append((spent - clock.spent["parse, with what is not parsed left out"]) * 1000)
    print(f"\na report of {LONG} words, warm: median {statistics.median(whole):.0f} ms; all but the parse {statistics.median(rest):.0f} ms")


def _cold() -> None:
    """A new process: `dateline --help`, and one check to JSON."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text(
            "Published 12 November 2022\n\nUkrainian forces entered Kherson on Friday.\n\nThe bridge was destroyed.\n", "utf-8"
        )
        for name, arguments in (("--help", ["--help"]), ("check to JSON", ["check", str(report), "--format", "json"])):
            runs = [_process([sys.executable, "-m", "dateline.cli", *arguments]) for _ in range(RUNS)]
            print(f"{name}, a new process: best {min(s for s, _ in runs):.2f} s, peak {max(m for _, m in runs):.0f} MB")


def _process(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory in MB."""
    start = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=silent), 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / (1 << 10 if platform.system() == "Linux" else 1 << 20)


def _workers(evidence: Evidence, folder: Path, count: int, words: int) -> None:
    """The same corpus with one process and with two, by the clock on the wall; the first shards, which wait for loading, apart."""
    source = folder / f"corpus-{count}.jsonl"
    write_reports(evidence, source, count, words, seed=3)
    rates = []
    for workers in (1, 2):
        told: list[tuple[float, int]] = []
        job = Job(source, folder / f"out-{workers}", size=32)
        run(job, here if workers == 1 else local(workers), progress=partial(_told, told))
        skip = len(told) // 5  # until every worker has loaded
        rates.append(sum(n for _, n in told[skip + 1 :]) / (told[-1][0] - told[skip][0]))
    print(f"\nreports a second: one worker {rates[0]:.1f}, two {rates[1]:.1f}: {rates[1] / rates[0]:.2f} times")


def _told(told: list[tuple[float, int]], done: Done, at: float) -> None:
    del at
    told.append((time.perf_counter(), done.reports))


def _halves(evidence: Evidence, folder: Path, count: int, words: int) -> None:
    """Two workers over a long corpus: the second half against the first, in processor time and on the wall; memory of the workers."""
    source = folder / "corpus.jsonl"
    write_reports(evidence, source, count, words, seed=4)
    told: list[tuple[int, float, float]] = []
    most: dict[str, float] = {}

    def progress(done: Done, at: float) -> None:
        spent, memory = _children()
        told.append((done.reports, time.perf_counter(), spent))
        for name, value in memory.items():
            most[name] = max(most.get(name, 0.0), value)
        if done.number % 20 == 0:
            print(f"  {sum(n for n, _, _ in told):,} reports, {told[-1][1] - told[0][1]:.0f} s, {spent:.0f} s of processor", flush=True)

    run(Job(source, folder / "out"), local(2), progress=progress)
    warm = len(told) // 20  # the first twentieth loads
    middle = warm + (len(told) - warm) // 2
    for name, of in (("processor", 2), ("wall", 1)):
        halves: list[float] = []
        for first, last in ((warm, middle), (middle, len(told) - 1)):
            reports = sum(n for n, _, _ in told[first + 1 : last + 1])
            halves.append((told[last][of] - told[first][of]) / reports * 1000)
        more = 100 * (halves[1] / halves[0] - 1)
        print(f"{name} time a report: first half {halves[0]:.2f} ms, second half {halves[1]:.2f} ms, {more:+.1f} %")
        if name == "processor":
            print(f"  1,000,000 such reports: {sum(halves) / 2 * 1000 / 3600:.1f} hours of one core")
    print("most memory of a worker in MB:", ", ".join(f"{name} {value:.0f}" for name, value in sorted(most.items())))


def _children() -> tuple[float, dict[str, float]]:
    """Processor seconds of all processes below this one, and the most memory that one of them holds (Linux)."""
    parents: dict[int, int] = {}
    times: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
        times[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    below = {os.getpid()}
    for _ in range(4):
        below |= {pid for pid, parent in parents.items() if parent in below}
    below.discard(os.getpid())
    memory: dict[str, float] = {}
    for pid in below:
        for line in _lines(f"/proc/{pid}/smaps_rollup"):
            name, _, value = line.partition(":")
            if name in ("Rss", "Pss", "Private_Dirty"):
                memory[name] = max(memory.get(name, 0.0), int(value.split()[0]) / 1024)
    return sum(times.get(pid, 0.0) for pid in below), memory


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
