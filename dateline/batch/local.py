"""One machine: a pool of processes, each with its own parser and store; shards are handed out as they are read."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Final

from dateline.batch.inputs import Shard
from dateline.batch.shard import Done, Settings, give_up, run_shard

__all__ = ["cores", "here", "local"]

AHEAD: Final = 2  # shards read ahead for each worker: none waits, and memory does not grow with the input
TRIES: Final = 2  # a shard at which a worker died this often is given up: most likely it dies of its reports
ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def here(shards: Iterable[Shard], out: Path, settings: Settings) -> Iterator[tuple[Shard, Done]]:
    """Without a pool: one shard after another in this process."""
    for shard in shards:
        yield shard, run_shard(shard, out, settings)


class local:  # noqa: N801 - used like a function with its setting: run(job, local(4))
    """A pool of `workers` processes. A worker that dies is replaced, and its shards are done again."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or cores()

    def __call__(self, shards: Iterable[Shard], out: Path, settings: Settings) -> Iterator[tuple[Shard, Done]]:
        queue = iter(shards)
        again: list[Shard] = []
        tries: dict[int, int] = {}
        pool = self._open()
        doing: dict[Future[Done], Shard] = {}
        try:
            while True:
                room = self.workers * AHEAD - len(doing)
                for shard in (*(again.pop() for _ in range(min(room, len(again)))), *islice(queue, max(0, room - len(again)))):
                    doing[pool.submit(run_shard, shard, out, settings)] = shard
                if not doing:
                    return
                broken = False
                for future in wait(doing, return_when=FIRST_COMPLETED).done:
                    shard = doing.pop(future)
                    try:
                        yield shard, future.result()
                    except BrokenProcessPool:
                        broken = True
                        again.append(shard)
                if broken:
                    again += doing.values()
                    doing.clear()
                    pool.shutdown(wait=False, cancel_futures=True)
                    yield from self._alone(again, out, settings, tries)
                    again.clear()
                    pool = self._open()
        finally:
            _stop(pool)

    def _alone(self, lost: list[Shard], out: Path, settings: Settings, tries: dict[int, int]) -> Iterator[tuple[Shard, Done]]:
        """What was in hand when a worker died, one shard at a time, so that the one that kills is known."""
        for shard in sorted(lost, key=lambda s: s.number):
            while True:
                tries[shard.number] = tries.get(shard.number, 0) + 1
                with self._open(1) as single:
                    try:
                        yield shard, single.submit(run_shard, shard, out, settings).result()
                        break
                    except BrokenProcessPool:
                        if tries[shard.number] >= TRIES:
                            yield shard, give_up(shard, out, "the worker died each time it was at the shard of this report: try it alone")
                            break

    def _open(self, workers: int | None = None) -> ProcessPoolExecutor:
        for name in ONE_THREAD:  # each worker has a core of its own: threads below it would only be in one another's way
            os.environ.setdefault(name, "1")
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(["dateline.batch.warm"])  # what is loaded there once is shared by all workers
        return ProcessPoolExecutor(workers or self.workers, mp_context=context, initializer=_quiet)


def _quiet() -> None:
    """Ctrl-C is for the parent, which stops the workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(pool: ProcessPoolExecutor) -> None:
    """Stop at once: what a worker has in hand was not renamed yet, and is done again by --resume."""
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in workers:
        process.terminate()
