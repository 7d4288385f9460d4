"""CSV tables as lines that know their file and number; faults are gathered, then told together."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import PackError

MAX_TABLE = 200_000_000  # bytes; ten times the size that issue 6 allows a whole pack
MAX_CELL = 20_000  # characters; the longest cell in this repository has 900
TOLD = 3  # faults told in full in one message; the rest are counted


@dataclass(frozen=True, slots=True)
class Line:
    """One CSV row: its cells by column (stripped), and where it stands."""

    file: str
    number: int
    cells: dict[str, str]


@dataclass
class Problems:
    """Faults found so far, each "file:line: what and how to mend"."""

    found: list[str] = field(default_factory=list)

    def add(self, file: str, line: int | None, what: str) -> None:
        self.found.append(f"{file}:{line}: {what}" if line else f"{file}: {what}")

    def raise_if_any(self) -> None:
        """PackError in one line: the first faults in full, the others as a count."""
        if self.found:
            rest = f" (and {len(self.found) - TOLD} more)" if len(self.found) > TOLD else ""
            raise PackError("; ".join(self.found[:TOLD]) + rest)


def read_table(path: Path, columns: tuple[str, ...], problems: Problems) -> Iterator[Line]:
    """The lines of a UTF-8 CSV file with exactly these columns; an HXL tag row (#date, #adm1 …) is passed
    over.
    """
    file = str(path)
    try:
        if path.stat().st_size > MAX_TABLE:
            problems.add(file, None, f"larger than {MAX_TABLE} bytes; split it into several resources")
            return
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.add(file, None, "no such file; take it out of the descriptor or put it back")
        return
    except (OSError, UnicodeDecodeError) as error:
        problems.add(file, None, f"cannot be read as UTF-8 ({error}); save it as UTF-8")
        return
    if not text.strip():
        problems.add(file, None, f"the header lacks all: the file is empty; write exactly: {','.join(columns)}")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    previous = 0
    try:
        for index, cells in enumerate(reader):
            number, previous = previous + 1, reader.line_num
            if index == 0:
                if tuple(cells) != columns:
                    problems.add(file, 1, _header_fault(tuple(cells), columns))
                    return
            elif (index == 1 and is_hxl(cells)) or not any(cells):
                continue
            elif len(cells) != len(columns):
                problems.add(
                    file,
                    number,
                    f"{len(cells)} cells, the header has {len(columns)}; quote cells with commas",
                )
            elif any(len(cell) > MAX_CELL for cell in cells):
                problems.add(
                    file,
                    number,
                    f"a cell is longer than {MAX_CELL} characters; a pack holds facts, not texts",
                )
            else:
                yield Line(file, number, {c: v.strip() for c, v in zip(columns, cells, strict=True)})
    except csv.Error as error:
        problems.add(file, reader.line_num, f"not CSV ({error}); check the quotes")


def is_hxl(cells: list[str]) -> bool:
    """True for a tag row of the Humanitarian Exchange Language (hxlstandard.org): all cells #tags."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def _header_fault(found: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    missing = [c for c in wanted if c not in found]
    strange = [c for c in found if c not in wanted]
    if missing or strange:
        parts = [f"lacks {', '.join(missing)}"] if missing else []
        parts += [f"has unknown {', '.join(strange)}"] if strange else []
        return f"the header {' and '.join(parts)}; write exactly: {','.join(wanted)}"
    return f"the columns stand in another order; write exactly: {','.join(wanted)}"
