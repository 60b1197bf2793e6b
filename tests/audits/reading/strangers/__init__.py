"""Progress reports as auditors of every kind lay them out, invented, with what a reading of each must say."""

from . import files, word

PAPERS = (word, files)
STRANGERS = {make.__name__: make for module in PAPERS for make in module.PAPERS}
