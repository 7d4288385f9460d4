"""One file a kind of claim, each answering three questions with pure functions: find, ask, judge."""
