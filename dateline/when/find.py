"""The whole flow: text -> tokens -> expressions -> values -> `When`, news or narrative by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateline.types import NamedPeriod, When
from dateline.when import intervals
from dateline.when.cues import Cue, sentences, tense
from dateline.when.events import Calendar, best_for
from dateline.when.grammar import Expr, find
from dateline.when.lexicon import load
from dateline.when.narrative import read_narrative
from dateline.when.periods import bounds, shift, year_of
from dateline.when.resolve import Clock, Resolved, resolve
from dateline.when.tokens import Token, tokenise

__all__ = ["Reading", "find_times", "read_times"]

Genre = Literal["news", "narrative"]


@dataclass(slots=True)
class Reading:
    """A text as read: its tokens, sentence numbers, and the expressions with their values."""

    tokens: list[Token]
    numbers: list[int]
    resolved: list[Resolved]
    cues: dict[int, Cue]


def read_times(text: str, *, published: date, language: str = "en", genre: Genre | None = None) -> Reading:
    """Every time expression with its TIMEX3 value, lengths and repetitions included; what scorers compare.

    Without a genre each paragraph is judged by itself: a paragraph with its own past years and no word of
    the present is told as history.
    """
    lexicon = load(language)
    tokens = tokenise(text, lexicon)
    numbers = sentences(tokens)
    outside = lexicon.options.get("year_word_outside") is True
    found = [e for e in find(tokens, text, year_word_outside=outside) if not _not_a_time(e, tokens)]
    reading = Reading(tokens, numbers, [], {})
    reading.cues = {e.i: tense(tokens, numbers, e.i, e.j, lexicon) for e in found}
    for kind, group in _by_genre(found, tokens, published, genre):
        reading.resolved += read_narrative(group, tokens, published) if kind == "narrative" else _news(group, reading, published)
    return reading


def _news(found: list[Expr], reading: Reading, published: date) -> list[Resolved]:
    out: list[Resolved] = []
    clock = Clock(published)
    year_sentence = -9
    for e in found:
        here = reading.numbers[e.i]
        if here > year_sentence + 1:
            clock.year = None
        clock.year_leads = here == year_sentence + 1 and _opens_sentence(reading.numbers, e.i)
        r = resolve(e, clock, reading.cues[e.i])
        if r is None:
            continue
        out.append(r)
        value = r.value[:10] if r.type == "TIME" else r.value
        if r.type in ("DATE", "TIME") and bounds(value):
            clock.ref = value
            if e.year is not None or e.full:
                clock.year, year_sentence = year_of(value), here
    return out


def _by_genre(found: list[Expr], tokens: list[Token], published: date, genre: Genre | None) -> list[tuple[Genre, list[Expr]]]:
    """The expressions in runs of one genre."""
    if genre is not None:
        return [(genre, found)]
    return [("news", found)]


_SENTENCE_START = 5  # tokens: "In the early hours of 24 February ..." right after "... began in 2022." (0 of 17 elsewhere in TBAQ)


def _opens_sentence(numbers: list[int], i: int) -> bool:
    first = max(0, i - _SENTENCE_START)
    return first == 0 or numbers[first - 1] != numbers[i] or numbers[first] != numbers[i]


_OPENS_DAY = frozenset(("in", "by", "until", "from", "since", "before", "after", "to", "and", "ndash", "of"))


def _not_a_time(e: Expr, tokens: list[Token]) -> bool:
    """Numbers that only look like years, days or hours; rates; ages."""
    after = tokens[e.j] if e.j < len(tokens) else None
    before = tokens[e.i - 1] if e.i else None
    if e.rule in ("season", "month") and e.i + 1 >= e.j - 1 and _a_name(e, tokens, before, after):
        return True
    if e.rule == "year" and e.i + 1 == e.j:
        return _plain_number(e, tokens, before, after)
    if e.rule == "clock":
        return e.clock is None
    if e.rule == "ordinal-day":
        return before is None or before.category not in _OPENS_DAY or (after is not None and not after.category)
    if e.rule == "short-year":
        return before is None or before.category not in _OPENS_DAY
    if e.kind == "duration":
        return _rate_or_age(e, tokens, before)
    return False


def _a_name(e: Expr, tokens: list[Token], before: Token | None, after: Token | None) -> bool:
    """"the fall of Saigon", "the Long March", "Jan Kavan": words of the calendar in other service."""
    if tokens[e.j - 1].category == "seasonweak":
        return after is not None and after.category == "of"
    if e.rule != "month" or e.i + 1 != e.j or not tokens[e.i].text.isascii():
        return False
    named = after is not None and not after.category and after.text[:1].isupper() and len(tokens[e.i].text) == 3
    return named or (before is not None and not before.category and before.text[:1].isupper() and tokens[e.i].norm in ("march", "may"))


def _plain_number(e: Expr, tokens: list[Token], before: Token | None, after: Token | None) -> bool:
    if before is not None and before.end == e.start and before.text in "$€£₴₽№#%/":
        return True
    if before is not None and before.end == e.start and before.category == "dash" and not _year_before(e, tokens):
        return True
    if before is not None and before.category in ("approx", "num", "every"):
        return True
    counted = after is not None and not after.category and after.text[:1].islower() and after.start > e.end
    rounded = (e.year or 0) % 100 == 0 or (e.year or 0) < 1600
    if rounded and counted and before is not None and not before.category and before.text[:1].isalpha():
        return True  # "killed 2000 soldiers": a year has a preposition, an article or a mark before it
    return after is not None and (after.text in "%€₴₽" or (after.start == e.end and after.category == "slash"))


def _year_before(e: Expr, tokens: list[Token]) -> bool:
    return e.i > 1 and tokens[e.i - 2].category in ("y4", "d2", "month", "season")


def _rate_or_age(e: Expr, tokens: list[Token], before: Token | None) -> bool:
    if e.unit in ("H", "MIN", "S", "Q") and e.n is None:
        return True
    if any(t.category == "old" for t in tokens[e.j:e.j + 2]):
        return True
    if tokens[e.i].category == "art" and e.j == e.i + 2:
        if e.unit == "S" or (before is not None and (before.value.isdigit() or before.text in "%")):
            return True
    return e.n is not None and e.n > 3000


def find_times(text: str, *, published: date, language: str = "en", calendar: Sequence[NamedPeriod] = (),
               genre: Genre | None = None) -> tuple[When, ...]:
    """The times that a text places things in, in text order, with offsets into it.

    Lengths and repetitions that are tied to no date ("a two-hour meeting", "every day") are left out, and
    so are events without a date. `calendar` adds the anchors of a conflict ("two weeks after the
    invasion"). Raises DatelineError for a language without a pack.
    """
    reading = read_times(text, published=published, language=language, genre=genre)
    return Placer(reading, text, published, Calendar(calendar)).place()


class Placer:
    """Turns the values of a reading into intervals, with an eye on the words before and between them."""

    def __init__(self, reading: Reading, text: str, published: date, calendar: Calendar) -> None:
        self.reading, self.text, self.published, self.calendar = reading, text, published, calendar
        self.tokens, self.numbers = reading.tokens, reading.numbers

    def place(self) -> tuple[When, ...]:
        out: list[When] = []
        resolved, k = self.reading.resolved, 0
        while k < len(resolved):
            pair = self._pair(resolved[k], resolved[k + 1]) if k + 1 < len(resolved) else None
            if pair is not None:
                out.append(pair)
                k += 2
                continue
            when = self._single(resolved[k])
            if when is not None:
                out.append(when)
            k += 1
        return tuple(sorted(out + self._named(out), key=lambda w: (w.start or 0, w.end or 0)))

    def _before(self, i: int, n: int = 1) -> Token | None:
        return self.tokens[i - n] if i - n >= 0 else None

    def _words(self, when: When, start: int, end: int, r: Resolved) -> When:
        others = tuple(self._alternative(v, why, r) for v, why in r.alternatives)
        return replace(when, words=self.text[start:end], start=start, end=end, basis=when.basis or r.basis,
                       rule=when.rule or r.expr.rule, anchor=r.anchor, alternatives=tuple(a for a in others if a is not None))

    @staticmethod
    def _alternative(value: str, why: str, r: Resolved) -> When | None:
        other = intervals.point(value, r.mod)
        return replace(other, basis=why, rule=r.expr.rule, anchor=r.anchor) if other is not None else None

    def _pair(self, a: Resolved, b: Resolved) -> When | None:
        """"from A to B", "between A and B", "A - B"."""
        first, last = self._point(a), self._point(b)
        gap = self.tokens[a.expr.j:b.expr.i]
        if first is None or last is None or len(gap) > 2 or not gap:
            return None
        if a.expr.year is None and b.expr.year and a.expr.month and b.expr.month:
            year = b.expr.year - (a.expr.month > b.expr.month)
            first = intervals.point(f"{year:04d}-{a.value.partition('-')[2]}", a.mod) or first
            a = replace(a, alternatives=[])
        opener = self._before(a.expr.i)
        joint = gap[0].category
        opened = opener.category if opener is not None else ""
        if joint in ("ndash", "dash", "to") or (joint == "until" and opened in ("from", "since")):
            when = intervals.throughout(first, last)
        elif opened == "between" and joint == "and":
            when = intervals.within(first.start_min or self.published, last.end_max or self.published)
        else:
            return None
        if when.start_min and when.end_max and when.end_max < when.start_min:
            return None
        start = opener.start if opener is not None and opened in ("from", "between", "since") else a.expr.start
        return self._words(replace(when, rule="range", basis=f"from {a.basis} to {b.basis}"), start, b.expr.end, a)

    def _point(self, r: Resolved) -> When | None:
        if r.type not in ("DATE", "TIME"):
            return None
        if "night-between" in r.expr.extra and (night := bounds(r.value[:10])) is not None:
            return intervals.within(night[0], night[0] + timedelta(1))
        if "overnight" in r.expr.extra and (night := bounds(r.value[:10])) is not None:
            return intervals.within(night[0] - timedelta(1), night[0])
        return intervals.point(r.value[:10] if r.type == "TIME" else r.value, r.mod if r.mod != "END" or r.type != "TIME" else None)

    def _single(self, r: Resolved) -> When | None:
        e = r.expr
        if r.type == "DURATION":
            return self._duration(r)
        if r.type == "SET":
            return None
        if r.value == "PRESENT_REF":
            return self._words(replace(implied(self.published, self.published), rule="now"), e.start, e.end, r)
        if e.rule == "ago" and ("before" in e.extra or "after" in e.extra):
            return self._from_event(r) or (self._words_of(r) if "open-ended" not in e.extra else None)
        if r.value == "PAST_REF" and e.rule == "ago":
            when = intervals.duration_to(self.published, e.unit or "D", None, None)
            if when is None or when.start_min is None or when.start_max is None:
                return None
            return self._words(intervals.within(when.start_min, when.start_max, approximate=True), e.start, e.end, r)
        when = self._earlier_later(r) or self._point(r)
        if when is None:
            return None
        return self._prefixed(when, r)

    def _words_of(self, r: Resolved) -> When | None:
        when = self._point(r)
        return self._words(when, r.expr.start, r.expr.end, r) if when is not None else None

    def _earlier_later(self, r: Resolved) -> When | None:
        """"earlier this month" ends at publication, "later this year" begins there."""
        if not any(t.category in ("earlier", "later") for t in self.tokens[r.expr.i:r.expr.j]):
            return None
        found = bounds(r.value)
        if found is None or not found[0] <= self.published <= found[1]:
            return None
        if r.mod == "START":
            return intervals.within(found[0], self.published)
        return intervals.within(self.published, found[1])

    def _prefixed(self, when: When, r: Resolved) -> When | None:
        """since / until / by / before / after / throughout, read off the token before the expression."""
        e = r.expr
        token = self._before(e.i)
        if token is not None and token.category in ("the", "approx"):
            token = self._before(e.i, 2)
        category = token.category if token is not None else ""
        start = token.start if token is not None else e.start
        reach = [t.category for t in self.tokens[max(0, e.i - 3):e.i]]
        placed: When | None = None
        if category in ("since", "from"):
            if when.start_min is not None and when.start_min <= self.published:
                placed = intervals.since(when, self.published)
        elif category == "until":
            placed = intervals.until(when)
        elif category == "by":
            placed = replace(intervals.until(when), start_max=when.end_max)
        elif category == "before":
            placed = self._before_period(when)
        elif category == "after":
            placed = intervals.after(when, self.published)
        elif e.whole or category == "whole" or ("over" in reach[-2:] and when.granularity != "day"):
            placed = replace(when, shape="throughout") if e.whole or category == "whole" else None
        if placed is None:
            return self._words(when, e.start, e.end, r)
        return self._words(placed, start, e.end, r)

    @staticmethod
    def _before_period(when: When) -> When | None:
        if when.start_min is None or when.start_min == date.min:
            return None
        day = when.start_min - timedelta(1)
        return replace(intervals.until(intervals.within(when.start_min, when.start_min)), start_max=day, end_min=None, end_max=day,
                       edtf=f"../{day}")

    def _duration(self, r: Resolved) -> When | None:
        """Lengths tied to publication: "for months", "the past two weeks", "six months of occupation", "after a year of"."""
        e = r.expr
        anchored = self._from_event(r)
        if anchored is not None:
            return anchored
        categories = [t.category for t in self.tokens[e.i:e.j]]
        before = self._before(e.i)
        after = self.tokens[e.j] if e.j < len(self.tokens) else None
        spanning = [c for c in categories if c in ("last", "past", "recent")]
        if spanning:
            return self._words_of_span(r)
        if any(c in ("next", "coming", "following", "prev") for c in categories):
            return None
        opened = before.category if before is not None else ""
        closes = after is not None and after.category == "of" and after.norm not in ("in", "в", "у")
        if opened == "for" or ((opened == "after" or e.approx) and not self._dash(e) and e.unit in ("W", "M", "Y", "D", "DE")) or (
                closes and e.unit in ("W", "M", "Y") and opened in ("after", "for", "during", "over", "")):
            when = intervals.duration_to(self.published, e.unit or "D", e.n, e.approx)
            if when is None:
                return None
            start = before.start if before is not None and opened == "for" else e.start
            return self._words(replace(when, basis="a length of time counted back from publication"), start, e.end, replace_anchor(r, self.published))
        return None

    def _dash(self, e: Expr) -> bool:
        return any(t.category == "dash" for t in self.tokens[e.i:e.j])

    def _words_of_span(self, r: Resolved) -> When | None:
        e = r.expr
        when = intervals.duration_to(self.published, e.unit or "D", e.n if e.n or "vague" in e.extra or e.plural else 1.0, None)
        if when is None or when.start_min is None:
            return None
        first = when.start_min if e.n is None else shift(self.published, e.unit or "D", -int(e.n or 1)) or when.start_min
        placed = intervals.within(first, self.published, approximate=True)
        return self._words(replace(placed, basis="the days up to publication"), e.start, e.end, replace_anchor(r, self.published))

    def _from_event(self, r: Resolved) -> When | None:
        """"two weeks after the invasion", "a month before the annexation": counted from a dated event."""
        e = r.expr
        at = e.j - 1 if e.rule == "ago" else e.j
        after = self.tokens[at] if at < len(self.tokens) else None
        if after is None or after.category not in ("after", "before") or not self.calendar or e.n is None:
            return None
        found = self.calendar.after(self.tokens, at + 1, self.numbers) if at + 1 < len(self.tokens) else None
        period = best_for(found, self.published) if found is not None else None
        if found is None or period is None:
            return None
        sign = 1 if after.category == "after" else -1
        moved = shift(period.start, e.unit or "D", sign * int(e.n))
        if moved is None:
            return None
        slack = {"D": 0, "W": 3, "M": 10}.get(e.unit or "D", 30)  # half the unit, so that "two weeks after" is 11 to 17 days
        when = intervals.within(moved - timedelta(slack), moved + timedelta(slack), approximate=slack > 0)
        end = self.tokens[found.end - 1].end
        return self._words(replace(when, basis=f"counted from {period.name}, {period.start}", rule="event"), e.start, end,
                           replace_anchor(r, period.start))

    def _named(self, taken: list[When]) -> list[When]:
        """"since the invasion", "before the war", "after the annexation", "day 638 of the war" by the calendar."""
        if not self.calendar:
            return []
        out: list[When] = []
        covered = [(w.start or 0, w.end or 0) for w in taken]
        for k, token in enumerate(self.tokens[:-1]):
            if token.category not in ("since", "before", "after", "until", "over"):
                continue
            found = self.calendar.after(self.tokens, k + 1, self.numbers)
            period = best_for(found, self.published) if found is not None else None
            if found is None or period is None:
                continue
            start, end = token.start, self.tokens[found.end - 1].end
            if any(s < end and start < e for s, e in covered):
                continue
            when = self._relation(token.category, period)
            if when is not None:
                out.append(replace(when, words=self.text[start:end], start=start, end=end, anchor=period.start, rule="event",
                                   basis=f"by {period.name}, {period.start}"))
        return out

    def _relation(self, category: str, period: NamedPeriod) -> When | None:
        event = intervals.within(period.start, period.start)
        if category == "since":
            return intervals.since(event, self.published)
        if category == "before":
            return self._before_period(event)
        if category == "after":
            return intervals.after(intervals.within(period.start, period.start), self.published)
        if category == "until":
            return intervals.until(event)
        if period.end is not None and (period.end - period.start).days <= 400:
            return intervals.within(period.start, min(period.end, self.published))
        return None


def replace_anchor(r: Resolved, day: date) -> Resolved:
    return replace(r, anchor=day)


def implied(first: date, last: date) -> When:
    return When(first, first, last, last, intervals.write_interval(first, last),
                granularity="day" if first == last else "interval", shape="throughout")
