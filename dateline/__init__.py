"""Dateline: could it have happened there and then?"""

__version__ = "0.1.0"
