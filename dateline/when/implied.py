"""Times that a claim carries without saying so; always marked `implied`, never a silent publication date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline.types import When
from dateline.when import intervals

__all__ = ["implied_recent", "implied_since", "implied_state", "open_when"]

RECENT_DAYS = (
    30  # DESIGN section 2: control, advance, strike and media in the present or perfect of a news text
)


def implied_recent(published: date) -> When:
    """The 30 days up to publication, for what a news text tells as news."""
    back = min(RECENT_DAYS, published.toordinal() - 1)  # a calendar begins on its first day
    when = intervals.within(published - timedelta(back), published)
    return replace(
        when,
        implied=True,
        basis=f"no time is stated; told as news, so the {RECENT_DAYS} days up to publication",
        rule="implied.recent",
        anchor=published,
    )


def implied_state(published: date) -> When:
    """The day of publication, for states: "holds", "is under the control of"."""
    when = intervals.within(published, published, granularity="day")
    return replace(
        when,
        implied=True,
        shape="throughout",
        basis="no time is stated; a state, so the day of publication",
        rule="implied.state",
        anchor=published,
    )


def implied_since(war_start: date, published: date) -> When:
    """Any time from the start of the war up to publication, for statements, sanctions, aid in the perfect."""
    when = intervals.within(min(war_start, published), published)
    return replace(
        when,
        implied=True,
        basis="no time is stated; any time since the war began",
        rule="implied.since",
        anchor=published,
    )


def open_when() -> When:
    """No time at all: nothing bounds it, and nothing can be called misdated by it."""
    return When(
        None,
        None,
        None,
        None,
        "../..",
        granularity="open",
        basis="no time is stated",
        rule="open",
        implied=True,
    )
