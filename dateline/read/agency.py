"""The dateline that agencies open a story with, and where the year comes from that most of them leave out.

"KYIV, Nov 23 (Reuters) -", «КИЇВ, 23 листопада (Укрінформ)», «МОСКВА, 23 ноя — РИА Новости», «Київ. 23 листопада. УНІАН.»
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from dateline.read.page import Dated

CAPITALS: Final = "A-ZА-ЯІЇЄҐЁ"
NAME: Final = r"(?:[^\W\d_]|[ '’.\-]){1,40}"
PLACE: Final = rf"(?P<place>(?=[{CAPITALS}]){NAME}(?:,\s(?P<second>{NAME}))?[,.]\s+)?"
DAY: Final = r"(?P<date>[^—–()/\n]{3,30}?)"
SOURCE: Final = (
    r"(?:\s*\.?\s*\((?P<round>[^)\n]{2,60})\)\s*(?:[.—–:-]{1,2}\s|\s|$)"
    r"|\s*\.?\s*/(?P<slashed>[^/\n]{2,40})/\.?\s"
    rf"|\.\s+(?P<capitals>[{CAPITALS}][{CAPITALS}\-]{{2,20}}(?:\s[{CAPITALS}\-]{{2,20}})?)\s*[.—–-]"
    r"|\s*(?P<dash>[—–-]{1,2})\s)"
)
OPENING: Final = re.compile(f"^{PLACE}{DAY}{SOURCE}")
PARAGRAPHS: Final = 3  # a standfirst or two may stand before the dateline (own judgement)
ADDRESS: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<mark>[/\-_.]?)(?P<month>0[1-9]|1[0-2])(?:(?P=mark)(?P<day>[0-2]\d|3[01]))?)?(?!\d)"
)
YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NEAR: Final = timedelta(31)  # a story's own dates and its address lie within the month of its dateline


def dateline_of(text: str, language: str, published: Sequence[str], url: str | None) -> tuple[Dated | None, str | None]:
    """The day of an agency's dateline with its basis, or None and why the dateline gives none.

    `published` are lines of the page that hold a date. A dateline without a year takes it from the page's address, from
    those lines, or from a whole date of the story within a month before it; where they are silent there is no date.
    """
    from dateline.when.byline import day_without_year, whole_days

    for paragraph in text.split("\n\n")[:PARAGRAPHS]:
        match = OPENING.match(paragraph)
        if match is None:
            continue
        words = match.group().strip()
        told = ", ".join(part for part in (match["second"], match["date"]) if part)  # "KYIV, Thursday, Nov 23"
        whole = whole_days(match["date"], language)
        if whole:
            return Dated(whole[0], f"the dateline “{match['date']}”"), None
        named = day_without_year(told, language) or day_without_year(match["date"], language)
        if named is None or not _is_dateline(match):
            continue
        found = list(_with_years(named, text, language, published, url))
        if found:
            return Dated(found[0].day, f"the dateline “{words}”, {found[0].basis}"), None
        return None, f"the dateline “{words}” names no year, and nor does the page: give the day with --published"
    return None, None


def day_of_address(url: str | None) -> Dated | None:
    """The whole day that an address bears (/2023/11/23/), as many sites file their stories."""
    for match in ADDRESS.finditer(url or ""):
        if match["month"] and match["day"]:
            try:
                day = date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
            return Dated(day, "the day in the page's address")
    return None


def _is_dateline(match: re.Match[str]) -> bool:
    """A named source, or a place in capitals before a dash: "In Kyiv, 23 November - the day" is a sentence."""
    place = (match["place"] or "").strip(" ,.")
    return match["dash"] is None or (bool(place) and place.split(",")[0].isupper())


def _with_years(named: tuple[int, int, int | None], text: str, language: str, lines: Sequence[str], url: str | None) -> Iterator[Dated]:
    """The day in each year that the page names for itself, the most telling first."""
    from dateline.when.byline import whole_days

    for match in ADDRESS.finditer(url or ""):
        month = int(match["month"]) if match["month"] else None
        years = range(int(match["year"]) - 1, int(match["year"]) + 2) if month else (int(match["year"]),)
        for year in years:
            day = _day(named, year)
            if day and (month is None or abs(day - date(int(match["year"]), month, 15)) <= NEAR):
                yield Dated(day, "its year from the page's address")
    for line in lines:
        for year in YEAR.findall(line):
            if day := _day(named, int(year)):
                yield Dated(day, f"its year from the line “{line}”")
    for told in sorted(whole_days(text, language), reverse=True):
        day = _day(named, told.year) or _day(named, told.year + 1)
        if day is not None and day < told:
            day = _day(named, told.year + 1)
        if day and timedelta(0) <= day - told <= NEAR:
            yield Dated(day, f"its year from {told} in the text")


def _day(named: tuple[int, int, int | None], year: int) -> date | None:
    """The day in a year, None where there is none or where it falls on another weekday than the one named."""
    month, day, weekday = named
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if weekday is None or found.isoweekday() == weekday else None
