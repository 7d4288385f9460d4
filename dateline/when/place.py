"""Values -> `When` by the words around them: since, until, from-to, before an event, lengths up to now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline.types import When
from dateline.when import intervals
from dateline.when.clock import Resolved
from dateline.when.events import Calendar, best_for, event_times
from dateline.when.expr import Expr
from dateline.when.lengths import place_length
from dateline.when.periods import bounds
from dateline.when.reading import Reading
from dateline.when.tokens import Token

__all__ = ["Placer"]

_JOINS = ("ndash", "dash", "to", "upto", "until")


class Placer:
    """Turns the values of a reading into intervals, with an eye on the words before and between them."""

    def __init__(self, reading: Reading, text: str, published: date, calendar: Calendar) -> None:
        self.reading, self.text, self.published, self.calendar = reading, text, published, calendar
        self.tokens = reading.tokens

    def place(self) -> tuple[When, ...]:
        """All times of the text in text order, none overlapping."""
        out: list[When] = []
        resolved, k = self.reading.resolved, 0
        while k < len(resolved):
            try:
                pair = self._pair(resolved[k], resolved[k + 1]) if k + 1 < len(resolved) else None
                when = pair or self._single(resolved[k])
            except OverflowError:  # past the first or last day that a calendar has
                pair = when = None
            k += 2 if pair is not None else 1
            if when is not None:
                out.append(when)
        named = event_times(self.reading, self.text, self.published, self.calendar)
        return tuple(_longest(out + named))

    def _before(self, i: int, n: int = 1) -> Token | None:
        return self.tokens[i - n] if i - n >= 0 else None

    def _after(self, e: Expr) -> Token | None:
        return self.tokens[e.j] if e.j < len(self.tokens) else None

    def words(self, when: When, start: int, end: int, r: Resolved) -> When:
        """The interval with its words, basis, rule, anchor and the readings that lost."""
        others = tuple(self._alternative(v, why, r) for v, why in r.alternatives)
        return replace(
            when,
            words=self.text[start:end],
            start=start,
            end=end,
            basis=when.basis or r.basis,
            rule=when.rule or r.expr.rule,
            anchor=when.anchor or r.anchor,
            alternatives=tuple(a for a in others if a is not None),
        )

    @staticmethod
    def _alternative(value: str, why: str, r: Resolved) -> When | None:
        other = intervals.point(value, r.mod)
        return replace(other, basis=why, rule=r.expr.rule, anchor=r.anchor) if other is not None else None

    def _pair(self, a: Resolved, b: Resolved) -> When | None:
        """ "from A to B", "between A and B", "A - B"."""
        gap = self.tokens[a.expr.j : b.expr.i]
        if len(gap) not in (1, 2) or (len(gap) == 2 and gap[1].category not in ("the", "upto", "to", "from")):
            return None
        first, last = self._point(a), self._point(b)
        if first is None or last is None or first.start_min is None or last.end_max is None:
            return None
        opener = self._before(a.expr.i)
        opened = opener.category if opener is not None else ""
        if _one_night(a, b):
            when = intervals.within(first.start_min, first.start_min + timedelta(1), a.value[:10])
        elif gap[0].category in _JOINS:
            when = intervals.throughout(first, last)
        elif opened == "between" and gap[0].category == "and":
            when = intervals.within(first.start_min, last.end_max)
        else:
            return None
        if last.end_max < first.start_min:
            return None
        start = opener.start if opener is not None and opened in ("from", "between", "since", "for") else a.expr.start
        return self.words(replace(when, rule="range", basis=f"from {a.basis} to {b.basis}"), start, b.expr.end, a)

    def _point(self, r: Resolved) -> When | None:
        if r.type not in ("DATE", "TIME"):
            return None
        value = r.value[:10] if r.type == "TIME" else r.value
        night = bounds(value) if r.expr.part == "NI" and len(value) == 10 else None
        if night is not None:
            back = "overnight" in r.expr.extra or r.expr.rule == "part-adverb"
            return intervals.within(night[0] - timedelta(back), night[0] + timedelta(not back), value)
        return intervals.point(value, r.mod if r.type == "DATE" or r.mod not in ("START", "MID", "END") else None)

    def _single(self, r: Resolved) -> When | None:
        e = r.expr
        if r.type == "SET":
            return None
        if r.days is not None:
            return self._prefixed(intervals.within(*r.days, approximate=True), r)
        if r.type == "DURATION" or (e.kind == "shift" and self._spans(e)) or r.value in ("PAST_REF", "FUTURE_REF"):
            return self._from_event(r) or place_length(self, r)
        if r.value == "PRESENT_REF":
            return self.words(replace(_now(self.published), rule="now"), e.start, e.end, r)
        if "counted" in e.extra and (anchored := self._from_event(r)) is not None:
            return anchored
        if "counted" in e.extra and "unanchored" in e.extra and (e.step or 0) > 0:
            return None  # "half a year later" with nothing before it to count from
        after = self._after(e)
        if "inn" in e.extra and after is not None and after.category == "after":
            return None  # "через день після угоди": counted from an event that no calendar dates
        when = self._earlier_later(r) or self._so_far(r) or self._point(r)
        return self._prefixed(when, r) if when is not None else None

    def _spans(self, e: Expr) -> bool:
        """ "over the last month", "in the last week": a month or week up to now, not a calendar one."""
        before = self._before(e.i)
        categories = [t.category for t in self.tokens[e.i : e.j]]
        return (
            categories[:2] == ["the", "last"]
            and e.unit in ("D", "W", "M", "Y")
            and e.n is None
            and (before is not None and before.category in ("over", "in"))
        )

    def _earlier_later(self, r: Resolved) -> When | None:
        """ "earlier this month" ends at publication, "later this year" begins there."""
        if not any(t.category in ("earlier", "later") for t in self.tokens[r.expr.i : r.expr.j]):
            return None
        found = bounds(r.value)
        if found is None or found[0] == found[1] or not found[0] <= self.published <= found[1]:
            return None
        return intervals.within(found[0], self.published) if r.mod == "START" else intervals.within(self.published, found[1])

    def _so_far(self, r: Resolved) -> When | None:
        """ "this week" of something that happened ends at publication."""
        e = r.expr
        if e.kind != "shift" or e.step != 0 or e.mod or self.reading.cues[e.i].tense != "past":
            return None
        found = bounds(r.value)
        if found is None or found[0] == found[1] or not found[0] <= self.published < found[1]:
            return None
        return intervals.within(found[0], self.published)

    def _prefixed(self, when: When, r: Resolved) -> When:
        """since / until / by / before / after / throughout, read off the tokens before the expression."""
        e = r.expr
        token = self._before(e.i)
        if token is not None and token.category in ("the", "approx", "about"):
            token = self._before(e.i, 2)
        category = token.category if token is not None else ""
        year_only = e.year is not None and not (e.month or e.season or e.mod)
        placed: When | None = None
        if category in ("since", "from") and when.start_min is not None and when.start_min <= self.published:
            placed = intervals.since(when, self.published)
        elif category == "until" or (category == "upto" and not year_only):
            placed = intervals.until(when)
        elif category == "by":
            placed = self._told(replace(intervals.until(when), start_max=when.end_max), e)
        elif category in ("before", "upto"):
            placed = intervals.before(when)
        elif category == "after":
            placed = intervals.after(when, self.published)
        elif e.whole or category == "whole" or (category == "over" and when.granularity == "month" and token is not None):
            placed = replace(when, shape="throughout", start_max=when.start_min, end_min=when.end_max)
        start = token.start if placed is not None and token is not None else e.start
        return self.words(placed or when, start, e.end, r)

    def _told(self, when: When, e: Expr) -> When:
        """ "had left by early April", told in early April, was over on the day of publication."""
        if self.reading.cues[e.i].tense != "past" or when.end_min is None or when.end_max is None:
            return when
        if not when.end_min <= self.published < when.end_max:
            return when
        day = self.published
        return replace(when, start_max=day, end_max=day, edtf=f"../{day}")

    def _from_event(self, r: Resolved) -> When | None:
        """ "two weeks after the invasion", "a month before the annexation": counted from a dated event."""
        e = r.expr
        at = e.j - 1 if e.rule == "ago" else e.j
        joint = self.tokens[at] if at < len(self.tokens) else None
        if joint is None or joint.category not in ("after", "before", "upto") or e.n is None or at + 1 >= len(self.tokens):
            return None
        found = self.calendar.after(self.tokens, at + 1, self.reading.numbers)
        period = best_for(found, self.published) if found is not None else None
        if found is None or period is None:
            return None
        forward = joint.category == "after"
        day = period.end if forward and period.end is not None else period.start
        sign = 1 if forward else -1
        if self.tokens[e.i].category == "the" and at == e.i + 2:
            when = intervals.beside(day, e.unit or "D", sign)
        else:
            when = intervals.counted(day, e.unit or "D", int(e.n) * sign)
        if when is None:
            return None
        end = self.tokens[found.end - 1].end
        basis = f"counted from {period.name}, {day}"
        return self.words(replace(when, basis=basis, rule="event", anchor=day), e.start, end, r)


def _one_night(a: Resolved, b: Resolved) -> bool:
    """ "the night of 6-7 October": one night under both its days."""
    x, y = bounds(a.value[:10]), bounds(b.value[:10])
    nights = a.expr.part == b.expr.part == "NI" and a.expr.rule == b.expr.rule
    return nights and x is not None and y is not None and y[0] - x[0] == timedelta(1)


def _now(day: date) -> When:
    return When(day, day, day, day, intervals.write_interval(day, day), granularity="day", shape="throughout")


def _longest(whens: list[When]) -> list[When]:
    """Of overlapping times the one with more words; "since the war" gives way to "a week since the war"."""
    out: list[When] = []
    for w in sorted(whens, key=lambda w: (w.start or 0, -(w.end or 0))):
        if not out or (out[-1].end or 0) <= (w.start or 0):
            out.append(w)
        elif (w.end or 0) - (w.start or 0) > (out[-1].end or 0) - (out[-1].start or 0):
            out[-1] = w
    return out
