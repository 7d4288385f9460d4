"""The same shards on a real local cluster of processes, one of which is killed while it works: nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import warnings
from pathlib import Path

import pytest

from dateline.batch import Job, run
from dateline.batch.local import here
from dateline.errors import OutputError
from dateline.eval.synthetic import write_reports
from dateline.evidence import open_evidence

distributed = pytest.importorskip("distributed", reason="Dask is not installed (dateline[dask])")

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, of its event loop at the end of the cluster

REPORTS, SHARD = 48, 4


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "posts.jsonl"
    write_reports(open_evidence(["ukraine"]), path, REPORTS, words=30)
    return path


def contents(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


@pytest.mark.slow
def test_a_worker_killed_in_mid_run_loses_nothing(source: Path, tmp_path: Path) -> None:
    from dateline.batch.dask import cluster

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as workers:
            pids = [worker.pid for worker in workers.workers.values()]
            killed: list[int] = []

            def kill(done: object, at: float) -> None:
                del done, at
                if not killed:
                    killed.append(pids[0])
                    os.kill(pids[0], signal.SIGKILL)

            done = run(Job(source, tmp_path / "out", size=SHARD), cluster(workers.scheduler_address), progress=kill)
    assert killed
    assert [d.number for d in done] == list(range(REPORTS // SHARD))
    assert sum(d.reports for d in done) == REPORTS
    run(Job(source, tmp_path / "alone", size=SHARD), here)
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


def test_a_scheduler_that_does_not_answer_is_an_error_of_one_line(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.batch import dask

    monkeypatch.setattr(dask, "WAIT", "1s")
    with pytest.raises(OutputError, match="no Dask scheduler"):
        run(Job(source, tmp_path / "out"), dask.cluster("tcp://127.0.0.1:9"))
