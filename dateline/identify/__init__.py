"""Identification: which record tells of what a sentence tells, detail by detail (docs/identification.md)."""

from dateline.identify.stage import identified

__all__ = ["identified"]
