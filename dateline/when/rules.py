"""The one grammar of all languages: a name, a pattern over token categories, and what reads a match."""

from __future__ import annotations

from dateline.when import handlers
from dateline.when.expr import Handler

__all__ = ["RULES"]

_MODP = "((the? modnoun (of the?)?)|(the? MOD (in? the?|dash?)))?"
_YEAR = "(YEAR (year dot?)? era?|dn (year dot?)? era)"
_TAIL = f"(dot? comma? (of the?)? {_YEAR}|same year|LAST year)?"
_RANGE = "(dash|ndash|to|and|on)"
_DM = (
    f"(wday comma?)? (the? DAY {_RANGE}? DAY? of? month {_TAIL}|month dot? the? DAY ({_RANGE} DAY)? {_TAIL})"
)
_MY = f"month dot? (of|comma)? ({_YEAR}|(of|comma|in)? the? LAST year|(of|in)? same year)"
_SEASON = f"(the? season (of? the? {_YEAR})?|the? seasonweak of? {_YEAR}|the seasonweak)"
_HOUR = "(clock tz?|oclock|(d2|num|ordd) (units|unit)? partgen|(d2|num) in the part|(d2|ordd) (units|unit))"

# (rule, pattern, handler); the longest match wins, then the earlier rule.
RULES: tuple[tuple[str, str, Handler], ...] = (
    ("numeric-date", "(wday comma?)? numdate (year dot?)?", handlers.read_date),
    ("day-month", f"approx? {_MODP} {_DM}", handlers.read_date),
    ("part-of-day-month", f"the? (MOD units of|MOD? PART (of|to|on|since|into)?|overnight into) the? {_DM}", handlers.read_date),
    (
        "day-month-part",
        f"{_DM} ((in the?)? (MOD? PART|oclock)|comma? in? DAY ampm tz?|"
        f"comma? in? clock ampm? tz?|in? {_HOUR})",
        handlers.read_date,
    ),
    ("clock-day-month", f"(clock|oclock|DAY ampm tz?) (comma|of)? {_DM}", handlers.read_date),
    ("days-since", f"since DAY upto DAY of? month {_TAIL}", handlers.read_days_since),
    ("month-year", f"approx? {_MODP} {_MY}", handlers.read_date),
    ("month", f"approx? {_MODP} month", handlers.read_date),
    ("season", f"approx? {_MODP} {_SEASON}", handlers.read_date),
    ("season-last-year", "the? MOD? season (of|in)? the? LAST year", handlers.read_shift),
    ("month-last", "the? REL month (dot? DAY)?", handlers.read_shift),
    (
        "ordinal-unit",
        f"{_MODP} ((the? YEAR)|(LAST year))? the? MOD? fiscal? ORDINAL dash? fiscal? unit "
        f"(of? the? {_YEAR}|of? the? LAST year)?",
        handlers.read_ordinal_unit,
    ),
    (
        "half",
        "the? (ordw|last) (half|unit) (of the?)? (YEAR year?|(last|this|next) year|year)",
        handlers.read_half,
    ),
    (
        "year",
        "((the? modnoun (of the?)?)|(modadj (in the?|dash?)))? (y4 (year dot?)?|(the year)? y4)",
        handlers.read_date,
    ),
    ("year-range", "y4 (dash|ndash|slash) (d2|dn)", handlers.read_year_range),
    ("short-year", f"{_MODP} y2", handlers.read_date),
    ("year-bc", f"approx? {_MODP} (y4|dn|d2) (units|year)? dot? era", handlers.read_bc),
    ("decade", f"{_MODP} the? MOD? dash? decade units?", handlers.read_date),
    ("decade-bc", f"{_MODP} decade units? dot? era", handlers.read_bc),
    ("year-plural", "((the? modnoun)|modadj)? y4 units dot?", handlers.read_year_plural),
    ("fiscal-year", "fiscal year? y4", handlers.read_date),
    ("weekday", "((the? modnoun of the?)|(modadj dash?))? wday", handlers.read_date),
    (
        "weekday-part",
        f"(the? (PART|oclock) (of|in|on|into)? the? wday|overnight into wday|wday MOD? dash? in? (PART|oclock)|"
        f"the? PART (since|from|of)? wday (on|to|into) wday|(clock|d2) ampm tz? in? wday|"
        f"wday in? (clock ampm? tz?|d2 ampm tz?|{_HOUR}))",
        handlers.read_date,
    ),
    ("weekday-shift", "the? REL wday (in? PART|oclock)?", handlers.read_shift),
    ("weekday-of-week", "wday (of|in)? REL unit", handlers.read_shift),
    ("deictic", f"MOD? deictic ((in the?)? (PART|{_HOUR}))?", handlers.read_shift),
    ("part-deictic", "the? (MOD units of|PART) (of|in)? deictic", handlers.read_shift),
    ("eve", "eve PART?|PART eve", handlers.read_eve),
    ("year-adverb", "(modnoun|season|month|DAY month)? yearadv", handlers.read_year_adverb),
    ("tonight", "MOD? (tonight|overnight)", handlers.read_tonight),
    (
        "part-shift",
        "MOD? (last|this|next|same|following|prev) PART|the PART before|PART same unit",
        handlers.read_part_shift,
    ),
    ("part-adverb", "partadv", handlers.read_part_shift),
    ("unit-shift", f"{_MODP} the? REL (ONE|WEEKEND|same unit)", handlers.read_shift),
    ("season-shift", f"{_MODP} the? REL (season|seasonweak)", handlers.read_shift),
    ("holiday", f"{_MODP} holiday (comma? {_YEAR})?", handlers.read_date),
    ("holiday-shift", "REL holiday", handlers.read_shift),
    (
        "end-of-unit",
        "the? modnoun (of the?)? ONE|ONE dash? modnoun|MOD in the ONE",
        handlers.read_end_of_unit,
    ),
    (
        "ago",
        "the? exact? approx? (SOME? more? SOME? (and art? half)?)? half? UNIT (ago deictic?|ADV|inn)|length (ago|ADV|inn)",
        handlers.read_ago,
    ),
    ("inn", "inn APPR? SOME? half? (UNIT|length)", handlers.read_inn),
    (
        "span",
        "the? SPAN (approx? COUNT)? UNIT|the? ordw COUNT UNIT|the? (num|d2|vague) SPAN UNIT",
        handlers.read_count,
    ),
    (
        "duration",
        "(approx? the?|over) (COUNT (art|num|dn)? more? dash? (UNIT|unitadj)|COUNT and art? half UNIT|"
        "half UNIT|"
        "UNIT and art? half|num (and|dash|to) num UNIT|DAY (dash|ndash|to|and) DAY UNIT|(num|d2) since half UNIT)",
        handlers.read_count,
    ),
    ("length", "approx? length", handlers.read_count),
    ("approx-unit", "approx ONE|over ONE", handlers.read_count),
    ("before-that", "over SOME? UNIT upto (same|this)|SOME UNIT upto (same|this)", handlers.read_before_that),
    ("bare-units", "units", handlers.read_bare_units),
    (
        "week-of-month",
        f"the? (ordw|ordd|last|past) (unit|units) (of the?)? month (of|comma)? ({_YEAR})?",
        handlers.read_week_of_month,
    ),
    ("definite", "the unit", handlers.read_definite),
    ("year-ago", "the? year dash (ago|earlier) unit?", handlers.read_year_ago),
    ("set", "every (ordw|num)? (UNIT|wday|part|month|season)", handlers.read_set),
    ("set-adverb", "setadv", handlers.read_set),
    ("reference", "ref|the (refnoun|past)", handlers.read_ref),
    ("clock", f"(clock|DAY) ampm tz?|{_HOUR}", handlers.read_clock),
    ("ordinal-day", "the? ordd", handlers.read_day_of),
)
