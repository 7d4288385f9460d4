"""Identification: which record tells of what a sentence tells, detail by detail (docs/identification.md)."""
