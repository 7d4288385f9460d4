"""Number words folded into one: "twenty-five", "two hundred", "nineteen ninety-six", "двадцять п'ять"."""

from __future__ import annotations

from dateline.when.tokens import Token

__all__ = ["fold"]


def _year(values: list[int]) -> int | None:
    """ "nineteen ninety-six" -> 1996; the parts are below a hundred, and the first is a century."""
    if len(values) in (2, 3) and 11 <= values[0] <= 20 and 10 <= values[1] <= 90:
        tail = values[1] + (values[2] if len(values) == 3 else 0)
        if len(values) == 2 or (values[1] % 10 == 0 and values[1] >= 20 and values[2] < 10):
            return values[0] * 100 + tail
    return None


def _number(values: list[int]) -> int:
    total = part = 0
    for v in values:
        if v == 1000:
            total, part = total + max(part, 1) * 1000, 0
        elif v == 100:
            part = max(part, 1) * 100
        else:
            part += v
    return total + part


def _joins(before: int, after: int) -> bool:
    """May `after` go on a number that ended in `before`? "twenty five", "two hundred", not "two three"."""
    if after in (100, 1000):
        return before < 1000
    return (
        (before >= 100 and after < 100)
        or (20 <= before < 100 and before % 10 == 0 and after < 10)
        or (11 <= before <= 20 and 10 <= after <= 90)
    )


def fold(tokens: list[Token]) -> list[Token]:
    """Join runs of number words (with hyphens between) into single `num`, `ordw` or `y4` tokens."""
    if all(t.category != "num" for t in tokens):
        return tokens
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        if tokens[i].category != "num":
            out.append(tokens[i])
            i += 1
            continue
        values, j, category = [int(tokens[i].value)], i + 1, "num"
        while j < len(tokens):
            k = j + 1 if tokens[j].category == "dash" and j + 1 < len(tokens) else j
            if tokens[k].category not in ("num", "ordw") or not tokens[k].value.isdigit():
                break
            if not _joins(values[-1], int(tokens[k].value)):
                break
            values.append(int(tokens[k].value))
            category, j = tokens[k].category, k + 1
            if category == "ordw" or len(values) > 6:
                break
        year = _year(values) if category == "num" else None
        first, last = tokens[i], tokens[j - 1]
        out.append(
            Token(
                first.text,
                " ".join(t.norm for t in tokens[i:j]),
                first.start,
                last.end,
                "y4" if year else category,
                str(year or _number(values)),
            )
        )
        i = j
    return out
