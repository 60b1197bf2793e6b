"""Reads a log of actions, Candour's own or anybody's, into proposed records and findings.

Reading is pure; save.py saves what a person accepted, meeting by meeting. What belongs to no action is told in meta or set
aside, never dropped.
"""

import re
from collections.abc import Mapping

from candour.kernel.intake.document import Document, Reading
from candour.kernel.intake.lines import lines_of
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.tidy import tidy

from .checks import findings_of
from .columns import header_of
from .log import meta_of, read_log

KIND = "action-log"
_TITLED = re.compile(r"\baction(?:s)?(?: and \w+)? (?:log|tracker|list|register|sheet|schedule)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\brisks?\b|\brec(?:ommendation)?s?\b|\baudits?\b|\bcontrols?\b", re.IGNORECASE)


def propose(document: Document, source: Mapping[str, str] | None = None, told: Told | None = None) -> Reading:
    """The reading of a raw document. told: the columns that a person mapped, by the shape of the headings."""
    log = read_log(tidy(document), told)
    records = [one.record for one in log.found]
    return Reading(KIND, dict(source or document.source), meta_of(log), records, log.aside, findings_of(log))


def recognises(document: Document) -> float:
    """How much a document looks like a log of actions: 0 not at all, 1 for sure.

    Registers of risks and trackers of recommendations hold actions too: a heading that speaks of those is none of a log.
    """
    heads = [table.rows[head] for table in document.tables if (head := header_of(table)) is not None]
    if not heads:
        return 0.0
    other = any(_OTHERS.search(text) for row in heads for text in row.texts)
    titled = any(_TITLED.search(line.words) for line in lines_of(document)[:12]) or bool(
        _TITLED.search(document.name.replace("-", " ").replace("_", " "))
    )
    return (0.3 if other else 0.65) + (0.3 if titled else 0.0)
