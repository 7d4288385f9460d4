"""Write docs/commands.md from the commands themselves, so that the two never differ.

    make manual

`tests/test_project.py` compares the page with what this makes.
"""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli import main as dateline

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "commands.md"
HEAD = """\
# Commands

Written by `make manual` from the commands themselves; do not edit by hand.

Every command ends with status 0 when it ran, whatever it found, and 2 when it could not run; then one line on
standard error says what is wrong and what to do. Nothing is left half-written. No command reads the clock.

What `dateline check` can print (`--format`): `text` for the terminal, `json` for other programs ([the
schema](dossier.schema.json)), `csv` one row a finding, `geojson` the findings with a place, `html` the page.
"""


def page() -> str:
    sections = [section(name, command) for name, command in commands(dateline, "dateline")]
    return "\n".join([HEAD, *sections])


def commands(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    """Every command by its full name, in the order of their names."""
    if not isinstance(command, click.Group):
        return [(name, command)]
    found = []
    for sub, each in sorted(command.commands.items()):
        found.extend(commands(each, f"{name} {sub}"))
    return found


def section(name: str, command: click.Command) -> str:
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    usage = " ".join([name, *(argument(a) for a in arguments), *(["[OPTIONS]"] if options else [])])
    lines = [f"## {name}", "", "```", usage, "```", "", paragraph(command.help or ""), ""]
    if options:
        lines += ["| option | for |", "|---|---|", *(row(option) for option in options), ""]
    return "\n".join(lines)


def argument(each: click.Argument) -> str:
    name = each.metavar or (each.name or "").upper()
    choices = getattr(each.type, "choices", None)
    shown = "|".join(choices) if choices else name.removesuffix("...")
    if each.nargs != -1:
        return shown
    return f"{shown}..." if each.required else f"[{shown}...]"


def row(option: click.Option) -> str:
    flags = ", ".join(f"`{flag}`" for flag in sorted(option.opts, key=len, reverse=True))
    choices = getattr(option.type, "choices", None)
    told = option.help or ""
    if choices:
        told += " One of " + ", ".join(f"`{choice}`" for choice in choices) + "."
    if option.show_default and option.default is not None:
        told += f" Default: `{option.default}`."
    return f"| {flags} | {told.replace('|', '&#124;')} |"


def paragraph(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
