"""Steps of an audit that a status tells with their day: "Draft report issued 18 September 2025". Pure."""

import re
from collections.abc import Collection

from candour.audits.intake.days import due_days

_ON = r"\s*(?:was |were |has been |have been )?(?:issued|sent|agreed|published|received)?\s*(?:on|in)?\s*[:–-]?\s*(?=\d|[A-Z])"
_FORMS = (
    ("terms_of_reference", rf"\b(?:terms of reference|tor)\b{_ON}"),
    (
        "fieldwork",
        r"\bfieldwork\s+(?:will |to |is due to |due to )?(?:commenc|start|beg[aiu]n|schedul|plann)\w*"
        r"\s*(?:on|in|for)?\s*(?=\d|[A-Z])",
    ),
    ("draft_report", rf"\bdraft(?: (?:audit )?report)?\b{_ON}"),
    ("final_report", rf"\bfinal(?: (?:audit )?report)?\b{_ON}"),
)
_FORMS_READ = [(name, re.compile(form, re.IGNORECASE)) for name, form in _FORMS]
_NEAR = 24  # signs within which the day stands


def steps_said(words: str, besides: Collection[str]) -> list[tuple[str, str, str | None]]:
    """(step, day as printed, day) of the steps that a text dates. besides: those that the columns of the plan tell."""
    found: list[tuple[str, str, str | None]] = []
    for name, form in _FORMS_READ:
        hit = form.search(words) if name not in besides else None
        days = due_days(words[hit.end() : hit.end() + _NEAR]) if hit else []
        if days and days[0].start == 0 and days[0].date:
            found.append((name, days[0].text, days[0].date))
    return found
