"""Write requirements/run.txt and dev.txt from pyproject.toml: every package pinned, with hashes.

One resolution for Python 3.11 to 3.13 on any platform. The tools that build the package are locked with
what it needs at run time, since it is built without isolation.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
EDITABLE = ("editables",)  # hatchling asks for it when it builds an editable install, and only then


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build.in"
        wanted = [*project["build-system"]["requires"], *EDITABLE]
        build.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        compile_lock(build, ROOT / "requirements/run.txt")
        compile_lock(build, ROOT / "requirements/dev.txt", "--group", "dev", "-c", "requirements/run.txt")
    return 0


def compile_lock(build: Path, out: Path, *more: str) -> None:
    """One lock file; what is locked already stays (--upgrade to renew it)."""
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        str(build),
        *more,
        *sys.argv[1:],
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-annotate",
        "--quiet",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--custom-compile-command",
        "make lock",
        "--output-file",
        str(out),
    ]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    raise SystemExit(main())
