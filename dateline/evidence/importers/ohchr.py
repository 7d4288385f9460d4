"""Figures of OHCHR, UNHCR and IOM as CSV: dated totals since 24 February 2022, HXL tags tolerated."""

from __future__ import annotations

from pathlib import Path

from dateline.evidence.importers.common import Fields, Imported, Origin, record, table

META = Origin(
    "ohchr", "Ukraine: civilian casualties and displacement", "OHCHR", "https://www.ohchr.org/en/countries/ukraine",
    "CC-BY-4.0", "international-body", "ohchr",
)  # fmt: skip
SINCE = "2022-02-24"  # all these series count from the invasion; totals since 2014 are other series
UKRAINE = "geonames:690791"
# Column of the number -> predicate, what is counted, who counts.
COUNTS = {
    "killed": ("killed", "civilians", "ohchr"),
    "injured": ("injured", "civilians", "ohchr"),
    "idps": ("displaced", "internally displaced people", "iom"),
    "refugees": ("refugees", "refugees", "unhcr"),
}


def read(path: Path) -> Imported:
    """One row a number; `bound` at_least leaves its upper end open; without an address a line is refused."""
    out = Imported()
    for line in table(path):
        out.read += 1
        as_of, url = line.must("as_of"), line.must("source_url")
        at_least = line.pop("bound", "exact") == "at_least"
        numbers = {column: value for column in COUNTS if (value := line.pop(column, ""))}
        line.drop("total", "note")
        line.done()
        if not numbers or not url.startswith("http"):
            out.skip("no number or no web address")
            continue
        out.rows += [_row(line, as_of, url, column, value, at_least) for column, value in numbers.items()]
    return out


def _row(line: Fields, as_of: str, url: str, column: str, value: str, at_least: bool) -> dict[str, str]:
    predicate, population, issuer = COUNTS[column]
    try:
        number = float(value)
    except ValueError:
        raise line.error(f"{column} {value!r} is not a number") from None
    return record(
        META, id=f"{issuer}-{as_of}-{predicate}", kind="figure", predicate=predicate, place_id=UKRAINE, start_min=as_of,
        start_max=as_of, known_from=as_of, value_low=number, value_best=number, value_high="" if at_least else number,
        unit="people", population=population, counting_from=SINCE, issuer=issuer, family=issuer, url=url,
        says=f"{issuer.upper()} gave {number:,.0f} {population} {predicate} as of {as_of}, counting from {SINCE}.",
    )  # fmt: skip
