"""Many machines: the same shards and the same `run_shard`, handed to a Dask cluster (`pip install dateline[dask]`).

The output folder must be on a disk that all workers and the caller see. A worker that dies loses nothing: Dask gives its
shards to another, and a shard written twice is the same files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from dateline.batch.inputs import Shard
from dateline.batch.shard import Done, Settings, give_up, run_shard
from dateline.errors import OutputError

__all__ = ["cluster"]

AHEAD: Final = 2  # shards in hand for each thread of the cluster
WAIT: Final = "60s"  # for the scheduler to answer


class cluster:  # noqa: N801 - used like a function with its setting: run(job, cluster("tcp://..."))
    """The cluster whose scheduler is at `address`. Workers may come and go while it runs."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(self, shards: Iterable[Shard], out: Path, settings: Settings) -> Iterator[tuple[Shard, Done]]:
        try:
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise OutputError("Dask is not installed: pip install dateline[dask]") from error
        try:
            client = distributed.Client(self.address, timeout=WAIT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise OutputError(f"no Dask scheduler answers at {self.address}: start one (docs/batch.md, recipes)") from error
        out = out.resolve()
        queue = iter(shards)
        doing: dict[str, Shard] = {}

        def more() -> list[Any]:
            room = max(1, sum(client.nthreads().values())) * AHEAD - len(doing)
            made = []
            for shard in islice(queue, max(0, room)):
                future = client.submit(run_shard, shard, str(out), settings, pure=False)
                doing[future.key] = shard
                made.append(future)
            return made

        with client:
            completed = distributed.as_completed(more(), loop=client.loop)
            for future in completed:
                shard = doing.pop(future.key)
                try:
                    done = future.result()
                except distributed.KilledWorker:  # died on several workers, one after another: most likely of this shard's reports
                    done = give_up(shard, out, "workers died each time they were at the shard of this report: try it alone")
                yield shard, done
                completed.update(more())
