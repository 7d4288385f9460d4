"""Gather the fragments of changelog.d/ into CHANGELOG.md under a version: changelog.py VERSION DATE.

Each fragment is a file of one or two lines for users, named by its subject; they are set in the order of
their names and removed once gathered. The date is an argument, for nothing here asks a clock.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = "# Changelog\n"


def gather(folder: Path) -> list[tuple[Path, str]]:
    """The fragments in the order of their names, each with its text as one list item."""
    found = []
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        lines = [line.strip().removeprefix("- ") for line in path.read_text(encoding="utf-8").splitlines()]
        items = [line for line in lines if line and not line.startswith("#")]
        if not items:
            raise SystemExit(f"{path} says nothing: write a line for users or remove it.")
        found.append((path, "\n".join(f"- {item}" for item in items)))
    return found


def release(changelog: str, version: str, day: date, items: list[str]) -> str:
    """The changelog with a new section on top."""
    if f"\n## {version} " in changelog:
        raise SystemExit(f"CHANGELOG.md has a section for {version} already: give the next version.")
    body = changelog.removeprefix(HEAD).lstrip("\n")
    section = f"## {version} - {day.isoformat()}\n\n" + "\n".join(items) + "\n"
    return f"{HEAD}\n{section}\n{body}".rstrip("\n") + "\n"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or not re.fullmatch(r"\d+\.\d+\.\d+", arguments[0]):
        print("usage: changelog.py VERSION DATE, as in: changelog.py 0.2.0 2027-01-31", file=sys.stderr)
        return 2
    fragments = gather(ROOT / "changelog.d")
    if not fragments:
        print("changelog.d/ holds no fragment: nothing to gather.", file=sys.stderr)
        return 2
    path = ROOT / "CHANGELOG.md"
    items = [item for _, item in fragments]
    text = release(path.read_text(encoding="utf-8"), arguments[0], date.fromisoformat(arguments[1]), items)
    path.write_text(text, encoding="utf-8")
    for fragment, _ in fragments:
        fragment.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
