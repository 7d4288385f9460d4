"""`dateline pack`: build, verify, describe, compare and extend packs of evidence."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from dateline.errors import DateError, OutputError

FOLDER = click.Path(path_type=Path)


@click.group()
def pack() -> None:
    """Build, verify, describe, compare and extend packs of evidence (docs/packs.md)."""


@pack.command()
@click.argument("folders", type=FOLDER)
@click.argument("out", type=FOLDER)
def build(folders: Path, out: Path) -> None:
    """Build every pack folder in FOLDERS into OUT."""
    from dateline.evidence import ops

    for folder in ops.build(folders, out):
        click.echo(str(folder))


@pack.command()
@click.argument("folder", type=FOLDER)
def verify(folder: Path) -> None:
    """List every fault of a pack FOLDER, with file and line; exit status 1 if there is one."""
    from dateline.evidence import ops

    faults = ops.verify(folder)
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo(f"{folder}: sound")


@pack.command()
@click.argument("name")
def info(name: str) -> None:
    """Count what pack NAME (or a folder) holds, by side, year, kind and source: one-sidedness shows."""
    from dateline.evidence import ops

    told = ops.info(name)
    click.echo(f"{told.name} {told.version}: {told.title}\nlicence {told.licence}\nid {told.id}")
    click.echo(f"{told.rows:,} rows, {told.places:,} places")
    tables = (
        ("resource", told.by_resource),
        ("kind", told.by_kind),
        ("side", told.by_side),
        ("year", told.by_year),
        ("source class", told.by_class),
        ("licence", told.by_licence),
    )
    for title, table in tables:
        click.echo(f"\nby {title}")
        for key, count in sorted(table.items()):
            click.echo(f"  {key:32} {count:7,}")


@pack.command()
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["text", "geojson", "html"]), default="text", show_default=True, help="What to print.")
@click.option("--output", "-o", type=FOLDER, help="Write to this file and not to the terminal.")
def coverage(name: str, form: str, output: Path | None) -> None:
    """Show where and when pack NAME is complete, as measured, as a table or (html) with a map; elsewhere no absence counts."""
    from dateline.evidence import open_evidence, ops
    from dateline.render.coverage import render_coverage, render_coverage_text

    spans, evidence = ops.coverage(name), open_evidence([name])
    if form == "geojson":
        text = json.dumps(ops.coverage_map(name), ensure_ascii=False, indent=1) + "\n"
    elif form == "html":
        text = render_coverage(evidence.packs[0].name, spans, evidence.places, evidence.theatre)
    else:
        text = render_coverage_text(spans, evidence.places)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {output}: {error.strerror}; name another place") from error


@pack.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Show which rows two versions of a pack, OLD and NEW, do not share."""
    from dateline.evidence import ops

    change = ops.diff(old, new)
    for sign, rows in (("+", change.added), ("-", change.removed)):
        for row in rows:
            click.echo(f"{sign} {row}")
    for row, columns in change.changed:
        click.echo(f"~ {row}: {', '.join(columns)}")
    click.echo(f"{len(change.added)} added, {len(change.removed)} removed, {len(change.changed)} changed")


@pack.command()
@click.argument("folder", type=FOLDER)
def freeze(folder: Path) -> None:
    """Write the hash of every file of a pack FOLDER into its descriptor; it is then refused if one differs."""
    from dateline.evidence import ops

    for path, digest in sorted(ops.freeze(folder).items()):
        click.echo(f"{digest}  {path}")


@pack.command()
@click.argument("folder", type=FOLDER)
@click.argument("rows", type=FOLDER)
@click.option("--name", required=True, help="Name of the new resource.")
@click.option("--title", required=True, help="Its title, for people.")
@click.option("--licence", required=True, help="Its licence as an SPDX id; rows without one are refused.")
@click.option("--source-class", default="own", show_default=True, help="Who made it: own, press, monitor, mapper ...")
@click.option("--created", help="To begin a pack of your own in FOLDER: its day, such as 2023-11-23; none of its rows may be later.")
def add(folder: Path, rows: Path, name: str, title: str, licence: str, source_class: str, created: str | None) -> None:
    """Add a CSV file of ROWS (docs/packs.md) to a pack FOLDER, or begin a local pack there, to use beside the others."""
    from datetime import date

    from dateline.evidence import ops

    try:
        day = date.fromisoformat(created) if created else None
    except ValueError:
        raise DateError(f"{created!r} is no day: write it as 2023-11-23") from None
    count = ops.add(folder, rows, name=name, title=title, licence=licence, source_class=source_class, created=day)
    click.echo(f"{folder}: {count} rows added as {name}")
