"""A run over a corpus: which shards are left, who works on them, and the summary at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import dateline
from dateline.batch.inputs import SHARD, Shard, shards
from dateline.batch.shard import Done, Settings, finished
from dateline.errors import OutputError

__all__ = ["Job", "Progress", "run"]

RUN: Final = "run.json"

# Told of every shard as it is done: what was done, and how much of the input lies behind it (0 to 1).
Progress = Callable[[Done, float], None]
# Works through shards, in whatever order, and gives back what was done of each.
Pool = Callable[[Iterable[Shard], Path, Settings], Iterator[tuple[Shard, Done]]]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be checked, how, and where the data set shall lie."""

    source: Path
    out: Path
    settings: Settings = field(default_factory=Settings)
    size: int = SHARD
    columns: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "dateline": dateline.__version__,
            "size": self.size,
            "columns": dict(sorted(self.columns.items())),
            **self.settings.as_json(),
        }


def run(job: Job, pool: Pool, *, resume: bool = False, progress: Progress = lambda done, at: None) -> list[Done]:
    """Check the corpus and return what was done of every shard, in order. The data set is whole when this returns.

    Raises OutputError where `out` holds something already and `resume` is not set, or where it was begun otherwise.
    """
    _begin(job, resume)
    done: dict[int, Done] = {}

    def left() -> Iterator[Shard]:
        for shard in shards(job.source, job.size, job.columns):
            before = finished(job.out, shard) if resume else None
            if before is None:
                yield shard
            else:
                done[shard.number] = before
                progress(before, shard.at)

    for shard, made in pool(left(), job.out, job.settings):
        done[made.number] = made
        progress(made, shard.at)
    _clear(job.out, len(done))
    return [done[n] for n in sorted(done)]


def _begin(job: Job, resume: bool) -> None:
    told = json.dumps(job.as_json(), indent=1, sort_keys=True) + "\n"
    try:
        job.out.mkdir(parents=True, exist_ok=True)
        mark = job.out / RUN
        if mark.exists():
            if not resume:
                raise OutputError(f"{job.out} holds a run already: go on with it by --resume, or name another folder")
            if mark.read_text("utf-8") != told:
                raise OutputError(f"the run in {job.out} was begun with other options or another version: name another folder")
        elif any(job.out.iterdir()):
            raise OutputError(f"{job.out} is not empty: name a new folder")
        mark.write_text(told, "utf-8")
    except OSError as error:
        raise OutputError(f"cannot write to {job.out}: {error.strerror}; name another place") from error


def _clear(out: Path, count: int) -> None:
    """Take away what an earlier, longer input left under numbers that this one does not have, and what was cut off aside."""
    import shutil

    shutil.rmtree(out / ".aside", ignore_errors=True)
    for path in out.glob("*/[0-9]*.*"):
        if path.stem.isdigit() and int(path.stem) >= count:
            path.unlink()
