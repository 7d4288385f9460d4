"""`dateline gazetteer`: look names up, and join places of one's own to the gazetteer."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dateline.errors import OutputError

FILE = click.Path(path_type=Path)


@click.group()
def gazetteer() -> None:
    """Look names up, and join places of your own (docs/where.md)."""


@gazetteer.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--output", "-o", "out", required=True, type=FILE, help="The folder of the new gazetteer.")
@click.option("--base", type=FILE, help="The gazetteer to start from. Default: the one shipped with Dateline.")
def add(files: tuple[Path, ...], out: Path, base: Path | None) -> None:
    """Join the places of FILE... to the gazetteer and write the result to a folder.

    A FILE is a GeoNames dump (such as UA.txt), a Who's On First table, a table of OCHA's settlements or a places.csv; each may be
    compressed with xz. The gazetteer shipped with Dateline stays as it is;
    the environment variable DATELINE_GAZETTEER makes every command use the new one.
    """
    from dateline.where.extend import extend_gazetteer
    from dateline.where.gazetteer import DATA, Gazetteer

    if out.resolve() == (base or DATA).resolve():
        raise OutputError(f"{out} is the gazetteer that is read: name another folder with -o")
    try:
        new, met = extend_gazetteer(files, out, base or DATA)
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror}; name another folder with -o") from error
    click.echo(f"{new:,} places are new, {met:,} rows met a place that was there; {len(Gazetteer(out)):,} places in {out}{os.sep}")


@gazetteer.command()
@click.argument("name")
@click.option("--from", "folder", type=FILE, help="A gazetteer made by `dateline gazetteer add`. Default: the shipped one.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(min=1), help="Print at most so many.")
def find(name: str, folder: Path | None, limit: int) -> None:
    """Print the places that NAME may mean, likeliest first; exit status 1 where there is none."""
    from dateline.where import open_gazetteer

    places = open_gazetteer(folder)
    found = places.lookup(name)
    for place in found[:limit]:
        areas = ", ".join(places.place(a).name for a in place.parents)
        people = f", {place.population:,} people" if place.population else ""
        former = "".join(f"; {f.names[0]} until {f.until}" for f in places.former_names(place.id))
        local = f" ({place.local_name})" if place.local_name and place.local_name != place.name else ""
        click.echo(f"{place.id}  {place.name}{local}, {place.kind}{people}, {areas or 'in no unit'}{former}")
    if not found:
        click.echo(f"no place of the name {name}", err=True)
        raise SystemExit(1)
