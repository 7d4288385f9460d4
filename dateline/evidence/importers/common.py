"""What importers share: reading within limits, parsing by exhausting, and the shape they give."""

from __future__ import annotations

import csv
import io
import json
import lzma
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dateline.errors import PackError
from dateline.evidence.table import is_hxl

MAX_BYTES = 500_000_000  # unpacked; UCDP GED whole is 300 MB, larger files are cut by their users
MAX_MEMBERS = 1000  # files in one archive; a KMZ of photographs has hundreds
MAX_RATIO = 200  # unpacked to packed; CSV packs 10 to 50 times, bombs a thousand times and more


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose data a form is: what every row made from it says of itself."""

    name: str
    title: str
    publisher: str
    url: str
    licence: str
    source_class: str
    family: str


@dataclass(slots=True)
class Imported:
    """Rows and places in the columns of docs/packs.md, and why lines were left out, counted."""

    rows: list[dict[str, str]] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)
    read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    _known: set[str] = field(default_factory=set)

    def skip(self, why: str) -> None:
        self.left_out[why] += 1

    def place(self, place: dict[str, str]) -> None:
        """Adds a place once."""
        if place["id"] not in self._known:
            self._known.add(place["id"])
            self.places.append(place)

    def check(self) -> Imported:
        """Itself, when every line read is a row, a place or counted as left out."""
        kept = self.read - sum(self.left_out.values())
        if kept not in (len(self.rows), len(self.places)):
            raise PackError(f"{self.read} lines read, {len(self.rows)} rows made, {sum(self.left_out.values())} left out")
        return self


class Fields:
    """One line's fields, taken one by one; what nobody took is an error, so that a new column is never lost."""

    def __init__(self, file: str, line: int, values: dict[str, Any]) -> None:
        self.file, self.line, self._values = file, line, dict(values)

    def pop(self, name: str, default: str | None = None) -> str:
        """The field as text, stripped; PackError when it is missing and has no default."""
        if name not in self._values and default is None:
            raise self.error(f"no column {name}; is this the right importer?")
        value = self._values.pop(name, default)
        return "" if value is None else str(value).strip()

    def must(self, name: str) -> str:
        """A field that may not be blank."""
        value = self.pop(name)
        if not value:
            raise self.error(f"no {name}; fill it in or leave the line out")
        return value

    def number(self, name: str) -> float | None:
        value = self.pop(name)
        try:
            return float(value) if value else None
        except ValueError:
            raise self.error(f"{name} {value!r} is not a number") from None

    def drop(self, *names: str) -> None:
        """Fields that are known and not used."""
        for name in names:
            self._values.pop(name, None)

    def done(self) -> None:
        """PackError when a field was not taken."""
        if self._values:
            raise self.error(f"unknown columns {', '.join(sorted(map(str, self._values)))}; the importer must learn them")

    def error(self, what: str) -> PackError:
        return PackError(f"{self.file}:{self.line}: {what}")


def table(path: Path, *, delimiter: str = ",", columns: tuple[str, ...] = ()) -> Iterator[Fields]:
    """The lines of a CSV file (plain or .xz, with a header unless `columns` are given); HXL tag rows are passed over."""
    reader = csv.reader(io.StringIO(text(path), newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE if columns else csv.QUOTE_MINIMAL)
    header = columns or tuple(cell.strip() for cell in next(reader, ()))
    if not header:
        raise PackError(f"{path}: empty; nothing to import")
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if not any(cells) or is_hxl(cells):
            continue
        if len(cells) != len(header):
            raise PackError(f"{path}:{line}: {len(cells)} cells, the header has {len(header)}; quote cells with commas")
        yield Fields(str(path), line, dict(zip(header, cells, strict=True)))


def text(path: Path) -> str:
    """A file as UTF-8 text, unpacked where it ends in .xz; PackError when missing, too large or no text."""
    try:
        return data(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from None


def data(path: Path) -> bytes:
    """A file's bytes, unpacked where it ends in .xz, within MAX_BYTES."""
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise PackError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    if path.suffix != ".xz":
        content = packed
    else:
        try:
            unpacker = lzma.LZMADecompressor()
            content = unpacker.decompress(packed, max_length=min(MAX_BYTES, MAX_RATIO * len(packed)) + 1)
        except lzma.LZMAError as error:
            raise PackError(f"{path}: damaged archive ({error}); fetch it again") from None
        if not unpacker.eof:
            raise PackError(f"{path}: unpacks to more than the limit or is cut off; unpack it yourself and look at it")
    if len(content) > MAX_BYTES:
        raise PackError(f"{path}: larger than {MAX_BYTES} bytes; cut it into parts")
    return content


def objects(path: Path) -> Any:
    """A JSON file's content; PackError with the line when it is none."""
    try:
        return json.loads(text(path))
    except json.JSONDecodeError as error:
        raise PackError(f"{path}:{error.lineno}: not JSON ({error.msg})") from None
    except RecursionError:
        raise PackError(f"{path}: nested too deep to be data") from None


def xml(path: Path) -> ElementTree.Element:
    """The root of an XML file, or of the first .kml in a .kmz; document types and entities are refused."""
    content = _kml_of(path) if path.suffix.lower() == ".kmz" else data(path)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise PackError(f"{path}: has a document type or entities, which data need not; take them out")
    try:
        return ElementTree.fromstring(content)  # noqa: S314 - no document type, no entity gets here
    except ElementTree.ParseError as error:
        raise PackError(f"{path}:{error.position[0]}: not XML ({error})") from None


def _kml_of(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = sorted(m.filename for m in members if m.filename.lower().endswith(".kml"))
            if len(members) > MAX_MEMBERS or not names:
                raise PackError(f"{path}: {len(members)} files, {len(names)} of them KML; expected one KML and some pictures")
            member = archive.getinfo("doc.kml" if "doc.kml" in names else names[0])
            if member.file_size > min(MAX_BYTES, MAX_RATIO * max(member.compress_size, 1000)):
                raise PackError(f"{path}: {member.filename} unpacks to more than the limit; unpack it yourself and look at it")
            return archive.read(member)
    except (OSError, zipfile.BadZipFile) as error:
        raise PackError(f"{path}: no KMZ ({error})") from None


def record(origin: Origin, **columns: object) -> dict[str, str]:
    """A row with what the origin says of all its rows; blank columns are left out."""
    base = {
        "publisher": origin.publisher, "url": origin.url, "source": origin.title, "licence": origin.licence,
        "source_class": origin.source_class, "family": origin.family,
    }  # fmt: skip
    said = {name: str(value) for name, value in columns.items() if value not in (None, "")}
    return {**base, **said}


def spot(origin: Origin, place_id: str, name: str, lat: float, lon: float, **columns: str) -> dict[str, str]:
    """A place by its point."""
    return {
        "id": place_id, "name": name, "kind": "settlement", "lat": f"{lat:.5f}", "lon": f"{lon:.5f}",
        "source": origin.publisher, "licence": origin.licence, **columns,
    }  # fmt: skip


def point_id(prefix: str, lat: float, lon: float) -> str:
    """A place id for a bare point: the same point, the same id."""
    return f"dateline:{prefix}-{lat:.4f}-{lon:.4f}".replace(".", "-").replace("--", "-m")
