"""`python -m dateline.evidence PACKS_DIR OUT_DIR` builds every pack of a folder to Parquet."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dateline.errors import DatelineError
from dateline.evidence.build import build_packs


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m dateline.evidence PACKS_DIR OUT_DIR\n")
        return 2
    try:
        for folder in build_packs(*arguments):
            sys.stdout.write(f"{folder}\n")
    except DatelineError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
