"""Which restricted records a paper holds, for the log of who opened what."""

import re

from candour.kernel.access import Actor
from candour.kernel.papers.document import Document
from candour.kernel.papers.leaks import document_text
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.records.queries import visible_records

UNMARKED = "OFFICIAL"  # the marking of a paper that holds nothing restricted


def restricted_in(document: Document, actor: Actor, organisation: int) -> set[int]:
    """The numbers of the restricted records of a body that a paper prints, told by their references, as far as the actor
    may see them. One query of a paper that is marked; none of any other.
    """
    if document.marking in ("", UNMARKED):
        return set()
    rows = Record.objects.filter(
        visible_records(actor), organisation=organisation, sensitivity=Sensitivity.RESTRICTED
    ).values_list("pk", "reference")
    text = document_text(document)
    return {number for number, reference in rows if re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", text)}
