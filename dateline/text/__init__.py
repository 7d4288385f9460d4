"""Sentences, clauses, actors and word lists: what a report says before anybody asks whether it is so."""
