"""Other documents that were placed in a tracker as evidence: set aside whole, each under its name. Pure."""

import re
from collections.abc import Iterator, Sequence

from candour.kernel.intake.document import SetAside
from candour.kernel.intake.lines import Line

from .labels import END

_FILE = re.compile(r"[\w()\[\] .–-]{3,80}\.(?:docx?|pdf|xlsx?|pptx?|vsdx?|msg|eml)\b", re.IGNORECASE)
AFTER = "It stands after the last recommendation"


def set_aside(lines: Sequence[Line]) -> list[SetAside]:
    """Everything that follows the last recommendation. Not one line is read as a recommendation, and none is dropped."""
    found = []
    for group in _documents([line for line in lines if not END.match(line.words)]):
        name = _name(group)
        text = "\n".join(line.text for line in group)
        found.append(SetAside(group[0].place, text, f"{AFTER}: part of another document in this file, “{name}”"))
    marks = [line for line in lines if END.match(line.words)]
    return [*(SetAside(line.place, line.words, "It marks the end of the recommendations") for line in marks), *found]


def _documents(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """A page that begins, or the name of a file, begins another document; without either all is one."""
    group: list[Line] = []
    for line in lines:
        title = len(line.words) <= 60 and not line.words[:1].islower() and not line.words.endswith((".", ",", ";"))
        starts = (line.turns and title) or (not line.cell and _FILE.fullmatch(line.words))
        if group and starts and not (len(group) == 1 and _FILE.fullmatch(group[0].words)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _name(group: Sequence[Line]) -> str:
    """The name of its file where one is printed at its start, else its first words."""
    for line in group[:2]:
        if found := _FILE.search(line.words):
            return found[0].strip()
    words = next((line.words for line in group if re.search(r"[A-Za-z]{3}", line.words)), group[0].words)
    return words if len(words) <= 80 else f"{words[:77].rstrip()} ..."
