"""Time words and a publication date -> `When`: which days a report speaks of.

`find_times` is the door; `find_publication_date` reads a page's own stamp; the `implied_*` helpers stand
in where a claim names no time. Languages are data in `lang/`.
"""

from dateline.when.byline import find_publication_date
from dateline.when.edtf import read_edtf, write_interval, write_value
from dateline.when.find import find_times, read_times
from dateline.when.implied import implied_recent, implied_since, implied_state, open_when

__all__ = [
    "find_publication_date",
    "find_times",
    "implied_recent",
    "implied_since",
    "implied_state",
    "open_when",
    "read_edtf",
    "read_times",
    "write_interval",
    "write_value",
]
