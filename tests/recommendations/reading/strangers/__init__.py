"""Trackers as other offices and forces lay them out, invented, with what a reading of each must say."""

from . import inspected, lines, pages, prints, sheets, word

PAPERS = (word, inspected, sheets, pages, prints, lines)
STRANGERS = {make.__name__: make for module in PAPERS for make in module.PAPERS}
