"""Appendices: numbers in the contents, in headings and in sentences. Pure."""

import re
from collections.abc import Iterator

from candour.kernel.intake.document import Finding
from candour.kernel.intake.printed import words_key

from ..paper import Paper

_POINTS = re.compile(
    r"\b(?:shown|included|set out|given|found|detailed|listed|"
    r"see)\b[^.]{0,30}\bappendix\s+(?P<number>[A-Z\d]{1,2})\b",
    re.IGNORECASE,
)
_ENOUGH = 0.6  # of the words of two titles of one appendix that they share


def check(paper: Paper) -> Iterator[Finding]:
    """An appendix has one number, and what is pointed to is there."""
    for number, title, _place in paper.contents:
        same = next((one for one in paper.appendices if _alike(title, one[1])), None)
        if same and same[0] != number:
            message = f"The contents call “{title}” number {number}; it is headed Appendix {same[0]}."
            yield Finding(
                "appendix-number", "warning", same[2], "", f"Appendix {same[0]}", f"Appendix {number}", message
            )
    held = {number for number, _title, _place in paper.appendices}
    for line in paper.front:
        for found in _POINTS.finditer(line.words):
            if held and found["number"] not in held:
                message = f"The text points to Appendix {found['number']}, which this paper does not have."
                yield Finding(
                    "appendix-unknown",
                    "warning",
                    line.place,
                    "",
                    found[0],
                    f"one of {', '.join(sorted(held))}",
                    message,
                )


def _alike(first: str, second: str) -> bool:
    one, other = set(words_key(first).split()), set(words_key(second).split())
    return len(one & other) >= _ENOUGH * max(len(one), len(other), 1)
