"""Every error that Dateline raises on purpose; each message is one line and names the mend.

    DatelineError
    ├── ReportError            the report cannot be read
    │   ├── ReportNotFound     no such file
    │   ├── ReportUnreadable   binary, damaged, too large, not permitted
    │   ├── NoText             nothing to check in it
    │   ├── NoDate             no publication date found and none given
    │   └── FetchRefused       a URL without --fetch, or one that may not be fetched
    ├── DateError              a date given by the user that is none
    ├── PackError              a pack is unknown, damaged or breaks a rule
    ├── GazetteerError         the gazetteer is missing or damaged
    ├── ModelError             the language model is missing or of the wrong version
    └── OutputError            the result cannot be written
"""

from __future__ import annotations

__all__ = [
    "DatelineError", "DateError", "FetchRefused", "GazetteerError", "ModelError", "NoDate", "NoText",
    "OutputError", "PackError", "ReportError", "ReportNotFound", "ReportUnreadable",
]


class DatelineError(Exception):
    """Root of the tree: `except DatelineError` catches what a user can mend."""


class ReportError(DatelineError):
    pass


class ReportNotFound(ReportError):
    pass


class ReportUnreadable(ReportError):
    pass


class NoText(ReportError):
    pass


class NoDate(ReportError):
    pass


class FetchRefused(ReportError):
    pass


class DateError(DatelineError):
    pass


class PackError(DatelineError):
    pass


class GazetteerError(DatelineError):
    pass


class ModelError(DatelineError):
    pass


class OutputError(DatelineError):
    pass
