"""The whole flow: text -> tokens -> expressions -> values -> `When`, news or narrative by paragraph."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from datetime import date

from dateline.types import NamedPeriod, When
from dateline.when.clock import Clock, Resolved
from dateline.when.cues import sentences, tense
from dateline.when.events import Calendar
from dateline.when.expr import Expr
from dateline.when.grammar import find
from dateline.when.lexicon import load
from dateline.when.narrative import read_narrative
from dateline.when.periods import bounds, year_of
from dateline.when.place import Placer
from dateline.when.reading import Genre, Reading
from dateline.when.resolve import resolve
from dateline.when.shifts import is_year_ago
from dateline.when.tokens import Token, tokenise

__all__ = ["find_times", "read_expressions", "read_times"]


def read_times(text: str, *, published: date, language: str = "en", genre: Genre | None = None) -> Reading:
    """Every time expression with its TIMEX3 value, lengths and repetitions included; what scorers compare.

    Without a genre each paragraph is judged by itself: a paragraph with its own past years and no word of
    the present is told as history.
    """
    reading, found = read_expressions(text, language=language)
    for kind, group in _by_genre(found, reading.tokens, published, genre):
        if kind == "news":
            reading.resolved += _news(group, reading, published)
            continue
        told = read_narrative(group, reading.tokens, published)
        if genre is None:
            _keep_news(told, reading, published)
        reading.resolved += told
    return reading


def _keep_news(told: list[Resolved], reading: Reading, published: date) -> None:
    """Where the kind of text was judged, not given, a day or month without a year keeps its reading as news."""
    for r in told:
        e = r.expr
        if e.kind != "date" or e.year is not None or e.full or not (e.month or e.season):
            continue
        other = resolve(e, Clock(published), reading.cues[e.i])
        if other is not None and other.value != r.value:
            r.alternatives.append((other.value[:10], "counted from publication instead"))


def read_expressions(text: str, *, language: str = "en") -> tuple[Reading, list[Expr]]:
    """The text as read, without values yet, and its expressions in text order."""
    lexicon = load(language)
    tokens = tokenise(text, lexicon)
    numbers = sentences(tokens)
    outside = lexicon.options.get("year_word_outside") is True
    strict = lexicon.options.get("bare_year_needs_preposition") is True
    over = lexicon.options.get("over_outside") is True
    found = find(tokens, text, year_word_outside=outside, over_outside=over)
    found = [e for e in found if not _not_a_time(e, tokens) and not (strict and _lone_number(e, tokens))]
    _share_years(found, tokens)
    reading = Reading(tokens, numbers, lexicon, [], {})
    reading.cues = {e.i: tense(tokens, numbers, e.i, e.j, lexicon) for e in found}
    return reading, found


_JOINTS = frozenset(("dash", "ndash", "slash", "and", "to", "upto", "until", "comma"))


def _share_years(found: list[Expr], tokens: list[Token]) -> None:
    """ "from March to May 2022", "in August and September 1914": the first takes the second's year."""
    for a, b in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        gap = tokens[a.j : b.i]
        if a.year is not None or b.year is None or not (a.month and b.month) or a.kind != "date" or b.kind != "date":
            continue
        if (
            1 <= len(gap) <= 2
            and gap[0].category in _JOINTS
            and (len(gap) == 1 or gap[1].category in ("the", "to", "and", "upto"))
            and (gap[0].category != "comma" or a.day)
        ):
            a.year = b.year - (a.month > b.month and gap[0].category not in ("and", "comma"))
            a.extra.append("shared-year")


def _news(found: list[Expr], reading: Reading, published: date) -> list[Resolved]:
    out: list[Resolved] = []
    clock = Clock(published)
    year_sentence = ref_sentence = -9
    for e in found:
        here = reading.numbers[e.i]
        clock.ref_near = here <= ref_sentence + 1
        if here > year_sentence + 1:
            clock.year = None
        since = _code(reading.tokens, e.i - 1) == "since" if e.i else False
        clock.year_leads = here == year_sentence + 1 and _opens_sentence(reading.numbers, e.i) and not since
        r = resolve(e, clock, reading.cues[e.i])
        if r is None:
            continue
        out.append(r)
        value = r.value[:10] if r.type == "TIME" else r.value
        if r.type in ("DATE", "TIME") and bounds(value):
            clock.ref, ref_sentence = value, here
            clock.ref_year_ago = is_year_ago(e)
            if (e.year is not None or e.full) and not since:
                clock.year, year_sentence = year_of(value), here
    return out


def _by_genre(found: list[Expr], tokens: list[Token], published: date, genre: Genre | None) -> list[tuple[Genre, list[Expr]]]:
    """The expressions in runs of one genre, judged paragraph by paragraph where none is given."""
    if genre is None and _is_history(found, published):
        genre = "narrative"
    if genre is not None:
        return [(genre, found)]
    paragraphs: list[list[Expr]] = []
    last = -1
    breaks = [k for k, t in enumerate(tokens) if t.category == "para"]
    for e in found:
        here = bisect(breaks, e.i)
        if here != last:
            paragraphs.append([])
        paragraphs[-1].append(e)
        last = here
    runs: list[tuple[Genre, list[Expr]]] = []
    for group in paragraphs:
        kind: Genre = "narrative" if _told_as_history(group, published) else "news"
        if runs and runs[-1][0] == kind:
            runs[-1][1].extend(group)
        else:
            runs.append((kind, group))
    return runs


_HISTORY_YEARS = 2  # one year may be an aside ("Crimea, annexed in 2014"); two open a history (read off TBAQ and WikiWars)


_HISTORY_SHARE = 4  # past years to one day counted from publication, in a whole history (TBAQ's news stays below 1)


_FRESH_SHARE = 0.3  # of the yearless days of a history: 45 days in 365 by chance, and battles cluster in a season


def _past_year(e: Expr, published: date) -> bool:
    return (e.year is not None and e.year < published.year) or (e.full is not None and e.full[:4] < f"{published.year}")


def _present(e: Expr) -> bool:
    """Counted from publication: "yesterday", "last week", a bare weekday; "the next day", "next summer" and "at night" are not."""
    if e.unit in ("H", "MIN", "S") or e.rule in ("clock", "part-adverb", "part-shift"):
        return False
    if e.unit == "D" and any(word in e.extra for word in ("next", "last", "this")) and "ago" not in e.extra:
        return False
    if "next" in e.extra and (e.unit == "Y" or e.season):
        return False
    return (e.kind == "shift" and e.anchor == "now") or (e.wday is not None and not e.day)


_NEWS_DAYS = 45  # a history of another year names so fresh a day by chance once in eight


def _fresh(e: Expr, published: date) -> bool:
    """A day and month without a year that would lie just before publication: a mark of news."""
    if e.year is not None or not e.month or not e.day:
        return False
    days = (bounds(f"{published.year - k:04d}-{e.month:02d}-{e.day:02d}") for k in (0, 1))
    return any(d is not None and 0 <= (published - d[0]).days <= _NEWS_DAYS for d in days)


def _told_as_history(group: list[Expr], published: date) -> bool:
    """A paragraph that opens with a past year, names two, and no day counted from publication."""
    dated = [e for e in group if e.kind in ("date", "shift") and e.rule not in ("clock", "part-adverb")]
    past = [e for e in dated if _past_year(e, published)]
    return (
        len(past) >= _HISTORY_YEARS
        and dated[0] in past
        and not _open_to_now(dated, past, published)
        and not any(_present(e) or _fresh(e, published) for e in dated)
    )


def _open_to_now(dated: list[Expr], past: list[Expr], published: date) -> bool:
    """The last year is named, and beside it a month without a year, which may as well be one of this year."""
    bare = any((e.month or e.season) and e.year is None and e.kind == "date" and not e.full for e in dated)
    return bare and any(_year(e) == published.year - 1 for e in past)


def _year(e: Expr) -> int:
    return e.year if e.year is not None else int((e.full or "0")[:4])


def _is_history(found: list[Expr], published: date) -> bool:
    """A whole text of past years: many, nearly no other, and hardly a day counted from publication."""
    past = sum(_past_year(e, published) for e in found)
    other = sum(e.year is not None and e.year >= published.year for e in found)
    present = sum(_present(e) for e in found)
    yearless = [e for e in found if e.month and e.day and e.year is None]
    fresh = sum(_fresh(e, published) for e in yearless)
    if fresh > max(1, round(_FRESH_SHARE * len(yearless))):
        return False
    if not fresh + other + present and _short_history(found, published):
        return True
    return past >= 2 * _HISTORY_YEARS and past >= _HISTORY_SHARE * (other + present)


def _short_history(found: list[Expr], published: date) -> bool:
    """A text that opens with a year and names no other than such as were long over when it was published."""
    dated = [e for e in found if e.kind in ("date", "shift") and e.rule not in ("clock", "part-adverb")]
    years = [_year(e) for e in dated if _past_year(e, published)]
    return len(years) >= _HISTORY_YEARS and _past_year(dated[0], published) and max(years) < published.year - 1


# Tokens: "In the early hours of 24 February" after "began in 2022."; further in, 0 of 17 in TBAQ.
_SENTENCE_START = 5


def _opens_sentence(numbers: list[int], i: int) -> bool:
    first = max(0, i - _SENTENCE_START)
    return first == 0 or numbers[first - 1] != numbers[i] or numbers[first] != numbers[i]


_OPENS_DAY = frozenset(("in", "by", "until", "from", "since", "before", "after", "to", "and", "ndash", "of"))


def _not_a_time(e: Expr, tokens: list[Token]) -> bool:
    """Numbers that only look like years, days or hours; rates; ages."""
    after = tokens[e.j] if e.j < len(tokens) else None
    before = tokens[e.i - 1] if e.i else None
    if e.month is not None and _capital_month(e, tokens):
        return True
    if e.rule in ("season", "month") and e.i + 1 >= e.j - 1 and _a_name(e, tokens, before, after):
        return True
    if e.rule == "year" and e.i + 1 == e.j:
        return _plain_number(e, tokens, before, after)
    if e.rule == "clock":
        return e.clock is None
    if e.rule == "ordinal-day":
        units = after is not None and after.category == "and" and _code(tokens, e.j + 1) == "ordd"
        plain = after is not None and not after.category
        return before is None or before.category not in _OPENS_DAY or units or plain
    if e.rule == "end-of-unit" and e.j == e.i + 2 and tokens[e.i].category == "unit" and tokens[e.i].value != "Y":
        return not tokens[e.i].norm.endswith("'s") and _code(tokens, e.i + 1) == "modnoun"
    if e.rule == "short-year":
        return before is None or before.category not in _OPENS_DAY
    if e.kind == "duration":
        return _rate_or_age(e, tokens, before)
    return False


def _code(tokens: list[Token], k: int) -> str:
    return tokens[k].category if k < len(tokens) else ""


def _capital_month(e: Expr, tokens: list[Token]) -> bool:
    """ "вулиця 15 Квітня", "Первое Мая": Slavic months are written small, so a capital behind a number is a name."""
    month = next((k for k in range(e.i, e.j) if tokens[k].category == "month"), None)
    if month is None or month == 0 or tokens[month].text.isascii():
        return False
    word, before = tokens[month].text, tokens[month - 1]
    numbered = e.year is None and before.category in ("d2", "ordd", "ordw")
    return numbered and word[:1].isupper() and not word.isupper()


def _a_name(e: Expr, tokens: list[Token], before: Token | None, after: Token | None) -> bool:
    """ "the fall of Saigon", "the Long March", "Jan Kavan": words of the calendar in other service."""
    if tokens[e.j - 1].category == "seasonweak":
        return after is not None and after.category == "of"
    if e.rule != "month" or e.i + 1 != e.j or not tokens[e.i].text.isascii():
        return False
    named = after is not None and not after.category and after.text[:1].isupper() and len(tokens[e.i].text) == 3
    return named or (before is not None and not before.category and before.text[:1].isupper() and tokens[e.i].norm in ("march", "may"))


def _plain_number(e: Expr, tokens: list[Token], before: Token | None, after: Token | None) -> bool:
    glued = before is not None and before.end == e.start
    if before is not None and glued and (before.text in "$€£₴₽№#%/©" or before.text.isalpha()):
        return True  # "T1302" is a road
    if before is not None and glued and before.category == "dash" and not _year_before(e, tokens):
        return True
    if before is not None and before.category in ("approx", "num", "every"):
        return True
    counted = after is not None and not after.category and after.text[:1].islower() and after.start > e.end
    rounded = (e.year or 0) % 100 == 0 or (e.year or 0) < 1600
    if rounded and counted and before is not None and not before.category and before.text[:1].isalpha():
        return True  # "killed 2000 soldiers": a year has a preposition, an article or a mark before it
    return after is not None and (after.text in "%€₴₽" or (after.start == e.end and after.category == "slash"))


_OPENS_YEAR = _OPENS_DAY | {
    "upto",
    "over",
    "on",
    "for",
    "between",
    "dash",
    "open",
    "comma",
    "slash",
    "para",
    "colon",
}


def _lone_number(e: Expr, tokens: list[Token]) -> bool:
    """A four-digit number before a plain word, with neither a preposition nor the word for year beside it."""
    if e.rule != "year" or e.j != e.i + 1 or not e.i:
        return False
    after = tokens[e.j] if e.j < len(tokens) else None
    counted = after is not None and not after.category and after.text[:1].islower()
    return counted and tokens[e.i - 1].category not in _OPENS_YEAR


def _year_before(e: Expr, tokens: list[Token]) -> bool:
    return e.i > 1 and tokens[e.i - 2].category in ("y4", "d2", "month", "season")


def _rate_or_age(e: Expr, tokens: list[Token], before: Token | None) -> bool:
    if e.unit in ("H", "MIN", "S", "Q") and e.n is None:
        return True
    if any(t.category == "old" for t in tokens[e.j : e.j + 2]):
        return True
    per = before is not None and (before.value.isdigit() or before.text == "%")
    if tokens[e.i].category == "art" and e.j == e.i + 2 and (e.unit == "S" or per):
        return True
    return e.n is not None and e.n > 3000


def find_times(
    text: str,
    *,
    published: date,
    language: str = "en",
    calendar: Sequence[NamedPeriod] = (),
    genre: Genre | None = None,
) -> tuple[When, ...]:
    """The times that a text places things in, in text order, with offsets into it.

    Lengths and repetitions that are tied to no date ("a two-hour meeting", "every day") are left out, and
    so are events without a date. `calendar` adds the anchors of a conflict ("two weeks after the
    invasion"). Raises DatelineError for a language without a pack.
    """
    reading = read_times(text, published=published, language=language, genre=genre)
    return Placer(reading, text, published, Calendar(calendar, reading.lexicon)).place()
