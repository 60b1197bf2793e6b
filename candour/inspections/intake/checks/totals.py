"""Totals that a list states of itself, against what it prints. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from candour.inspections.rules.items import AFI, CAUSE, RECOMMENDATION
from candour.kernel.intake.document import Finding, Place
from candour.kernel.intake.printed import NUMBER, read_number

_STATED = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?P<what>causes? of concern|areas? for improvement|afis?|recommendations?)\b", re.IGNORECASE
)
_SORTS = {"c": CAUSE, "a": AFI, "r": RECOMMENDATION}
_WORDS = {CAUSE: "causes of concern", AFI: "areas for improvement", RECOMMENDATION: "recommendations"}


def of_totals(records: Sequence[Mapping[str, Any]], said: Sequence[tuple[str, Place]]) -> Iterator[Finding]:
    """A sentence that counts what is listed otherwise than it is: of the inspection that it names, else of all."""
    for text, place in said:
        named = [record for record in records if record["title"].casefold() in text.casefold()]
        items = [item for record in named or records for item in record["items"]]
        for stated in _STATED.finditer(text):
            sort = _SORTS[stated["what"][0].casefold()]
            number, listed = read_number(stated["n"]), sum(item["sort"] == sort for item in items)
            if number != listed:
                words = f"{number} {_WORDS[sort]} stated, {listed} listed"
                reference = named[0]["reference"] if len(named) == 1 else ""
                yield Finding("total-differs", "warning", place, reference, stated[0], str(listed), words)
