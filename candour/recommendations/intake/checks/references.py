"""References that clash, are missing, or lead nowhere. Pure."""

import re
from collections.abc import Iterator

from candour.kernel.intake.document import Finding

from ..paper import Paper, ref_key
from ..record import Recommendation

_POINTS = (
    re.compile(
        r"\b(?:same as|as (?:in|at|for)|at|see)\s+(?:update (?:for|"
        r"at)\s+)?rec(?:ommendation)?s?\s+(?P<ref>\d{1,2}(?:\.\d{1,2})?)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\brec(?:ommendation)?s?\s+(?P<ref>\d{1,2}(?:\.\d{1,2})?)\s+(?:above|below)\b", re.IGNORECASE),
)


def check(paper: Paper) -> Iterator[Finding]:
    """One reference for each recommendation of an audit; one opinion for each audit; pointers that lead somewhere."""
    seen: dict[tuple[str, str | None, str], Recommendation] = {}
    opinions: dict[tuple[str, str | None], str] = {}
    held: dict[str, set[str]] = {}
    for one in paper.found:
        held.setdefault(one.entry.audit.title, set()).add(ref_key(one.entry.reference))
    numbered = len(paper.found) < 2 or any(ref_key(one.entry.reference) for one in paper.found)
    if not numbered:
        message = "No recommendation of this paper has a reference, so none can be matched by it."
        yield Finding(
            "reference-missing",
            "error",
            paper.found[0].entry.place,
            "",
            "no reference",
            "a reference for each",
            message,
        )
    for one in paper.found:
        audit, reference = one.entry.audit, ref_key(one.entry.reference)
        if not reference and numbered:
            message = f"A recommendation of {audit.title or 'this paper'} has no reference, so it cannot be matched."
            yield Finding(
                "reference-missing", "error", one.entry.place, one.key, one.entry.heading[:80], "a reference", message
            )
            continue
        first = seen.setdefault((audit.title.casefold(), audit.date, reference), one)
        if reference and first is not one:
            message = (
                f"{one.key} is printed twice: {first.entry.heading or 'once'}, and {one.entry.heading or 'again'}."
            )
            yield Finding(
                "reference-duplicate",
                "error",
                one.entry.place,
                one.key,
                one.entry.reference,
                "a reference of its own",
                message,
            )
        known = opinions.setdefault((audit.title.casefold(), audit.date), audit.opinion or "")
        if audit.opinion and known and audit.opinion != known:
            message = f"{audit.title} has the opinion {audit.opinion} here and {known} above."
            yield Finding("opinion-differs", "error", audit.place, one.key, audit.opinion_text, known, message)
        if not one.story.quoted:
            yield from _pointers(one, held[one.entry.audit.title])


def _pointers(one: Recommendation, same: set[str]) -> Iterator[Finding]:
    said: set[str] = set()
    for line in one.entry.lines:
        for pattern in _POINTS:
            for found in pattern.finditer(line.words):
                if ref_key(found["ref"]) not in same and found["ref"] not in said:
                    said.add(found["ref"])
                    message = f"{one.key} points to recommendation {found['ref']}, which its audit does not have."
                    should = f"one of {', '.join(sorted(same))}"
                    yield Finding("reference-unknown", "warning", line.place, one.key, found[0], should, message)
