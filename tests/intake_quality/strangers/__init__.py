"""Papers as other bodies lay them out, invented, with what a reading of each must say."""

from . import lines, more, odd, pages, prints, sheets, word

PAPERS = (word, odd, pages, sheets, more, lines, prints)
STRANGERS = {make.__name__: make for module in PAPERS for make in module.PAPERS}
