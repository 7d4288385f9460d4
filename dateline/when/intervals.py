"""Values -> `When`: the words around an expression say whether it is a point, a start, an end or a length."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from dateline.types import When
from dateline.when.edtf import write_interval, write_value
from dateline.when.periods import bounds, granularity, shift

__all__ = [
    "after",
    "before",
    "beside",
    "counted",
    "duration_to",
    "recent",
    "part_of",
    "point",
    "since",
    "throughout",
    "until",
    "within",
    "write_interval",
]

Granularity = Literal["day", "week", "month", "season", "quarter", "year", "decade", "interval", "open"]

_GRANULARITY: dict[str, Granularity] = {
    "D": "day",
    "W": "week",
    "WE": "interval",
    "M": "month",
    "SE": "season",
    "Q": "quarter",
    "HY": "interval",
    "Y": "year",
    "DE": "decade",
    "CE": "interval",
}
# Early, mid and late cut a period in thirds, as ISW's reports do with months; named ends are narrower.
_THIRDS = {"START": (0, 1), "MID": (1, 2), "END": (2, 3)}


def part_of(value: str, mod: str | None) -> tuple[date, date] | None:
    """The days of a period, or of its early, middle or late third; months are cut after the 10th and 20th."""
    found = bounds(value)
    if found is None or mod not in _THIRDS or granularity(value) == "D":
        return found
    first, last = found
    low, high = _THIRDS[mod]
    if granularity(value) == "M":
        return (
            first.replace(day=(1, 11, 21)[low]),
            (first.replace(day=10), first.replace(day=20), last)[low],
        )
    days = (last - first).days + 1
    return first + timedelta(days * low // 3), first + timedelta(days * high // 3 - 1)


def within(
    first: date,
    last: date,
    edtf: str = "",
    granularity: Granularity = "interval",
    *,
    approximate: bool = False,
) -> When:
    """Somewhere between two days, both included."""
    return When(
        first,
        last,
        first,
        last,
        edtf or write_interval(first, last, approximate=approximate),
        granularity=granularity,
        shape="within",
        approximate=approximate,
    )


def point(value: str, mod: str | None = None) -> When | None:
    """A period as "somewhere within it"; None where the value has no days."""
    found = part_of(value, mod)
    if found is None:
        return None
    grain = _GRANULARITY.get(granularity(value) or "", "interval")
    approximate = mod == "APPROX"
    if mod in _THIRDS and grain != "day":
        return within(*found, approximate=True)
    return within(*found, write_value(value, approximate=approximate), grain, approximate=approximate)


def throughout(first: When, last: When) -> When:
    """From one period to another: starts within the first, ends within the last."""
    return When(
        first.start_min,
        first.end_max,
        last.start_min,
        last.end_max,
        f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}",
        granularity="interval",
        shape="throughout",
        approximate=first.approximate or last.approximate,
    )


def since(start: When, published: date) -> When:
    """From some day of a period up to publication."""
    return When(
        start.start_min,
        start.end_max,
        published,
        published,
        f"{start.edtf.partition('/')[0]}/{published}",
        granularity="interval",
        shape="since",
        approximate=start.approximate,
    )


def until(end: When) -> When:
    """Up to some day of a period, from no stated start."""
    return When(
        None,
        None,
        end.start_min,
        end.end_max,
        f"../{end.edtf.rpartition('/')[2]}",
        granularity="interval",
        shape="until",
        approximate=end.approximate,
    )


def after(start: When, published: date) -> When | None:
    """Some time after a period and before publication."""
    if start.end_max is None or start.end_max >= published:
        return None
    return within(start.end_max + timedelta(1), published)


_VAGUE = {
    "D": (2, 9),
    "W": (2, 9),
    "M": (2, 18),
    "Y": (2, 15),
    "DE": (2, 9),
    "H": (0, 1),
}  # "for months": wide on purpose


def duration_to(end: date, unit: str, n: float | None, approx: str | None) -> When | None:
    """A length of time that runs up to a day: "for six months", "for months", "nearly two years"."""
    if unit in ("H", "MIN", "S"):
        return None
    if n is None:
        low, high = _VAGUE.get(unit, (2, 9))
        starts = shift(end, unit, -high), shift(end, unit, -low)
    else:
        whole = int(n)
        extra = int((n - whole) * {"Y": 365, "M": 30, "W": 7}.get(unit, 0))
        base = shift(end, unit, -whole)
        if base is None:
            return None
        base -= timedelta(extra)
        span = (end - base).days
        slack = {"D": 1, "W": 4}.get(
            unit, max(3, span // 12)
        )  # "six months" is said of five and a half to six and a half
        if approx in ("LESS_THAN", "EQUAL_OR_LESS"):
            starts = base, base + timedelta(max(slack, span // 6))
        elif approx in ("MORE_THAN", "EQUAL_OR_MORE"):
            starts = base - timedelta(max(slack, span // 4)), base
        else:
            starts = base - timedelta(slack), base + timedelta(slack)
    if starts[0] is None or starts[1] is None:
        return None
    middle = starts[0] + (starts[1] - starts[0]) / 2
    return When(
        starts[0],
        starts[1],
        end,
        end,
        f"{middle}~/{end}",
        granularity="interval",
        shape="duration",
        approximate=True,
    )


_RECENT = {
    "D": 7,
    "W": 6,
    "M": 6,
    "Y": 5,
    "DE": 3,
}  # "recent weeks" reaches back less far than "for weeks" may


def recent(day: date, unit: str) -> date | None:
    """The first of the "recent days", "recent weeks" up to a day."""
    return shift(day, unit, -_RECENT.get(unit, 1))


def counted(start: date, unit: str, n: int) -> When | None:
    """A day n units from another, give or take: "two weeks after" is 11 to 17 days."""
    moved = shift(start, unit, n)
    if moved is None:
        return None
    slack = {"D": 0, "W": 3, "M": 10}.get(unit, 30)
    if moved.toordinal() <= slack or moved.toordinal() + slack > date.max.toordinal():
        return None
    return within(
        moved - timedelta(slack),
        moved + timedelta(slack),
        granularity="day" if not slack else "interval",
        approximate=slack > 0,
    )


def beside(day: date, unit: str, sign: int) -> When | None:
    """The unit that ends the day before another day, or starts the day after: "the week before the invasion"."""
    far = shift(day, unit, sign)
    if far is None or not 1 < day.toordinal() < date.max.toordinal():
        return None
    near = day + timedelta(sign)
    return within(min(near, far), max(near, far), granularity="day" if near == far else "interval")


def before(start: When) -> When | None:
    """Some time before a period, from no stated start."""
    if start.start_min is None or start.start_min == date.min:
        return None
    day = start.start_min - timedelta(1)
    return When(
        None,
        day,
        None,
        day,
        f"../{day}",
        granularity="interval",
        shape="until",
        approximate=start.approximate,
    )
