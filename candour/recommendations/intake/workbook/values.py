"""What the filled cells of a row mean, and how to mend them. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from candour.kernel.intake.back.read import quoted
from candour.recommendations import rules
from candour.recommendations.commands import Due, Said
from candour.recommendations.papers.workbook.columns import DATE, NO, UPDATE, YES
from candour.recommendations.queries.rows import OwnerRow

MOST = {"evidence": 2000, "date": 200, "approver": 200}  # letters, as the pages allow; else WORDS
WORDS = 8000
Cells = Mapping[str, str]
_NUMBERED = re.compile(r"[\d\s./:-]+\Z")  # meant as a day, whatever is wrong with it


def too_long(cells: Cells) -> dict[str, str]:
    """By column how to mend words that are longer than the pages allow."""
    most = {key: MOST.get(key, WORDS) for key in cells}
    return {
        key: f"This has {len(text):,} letters. Enter {most[key]:,} at most"
        for key, text in cells.items()
        if len(text) > most[key]
    }


def update_faults(cells: Cells) -> dict[str, str]:
    """By column how to mend an update that cannot be recorded."""
    closure = cells.get("closure", "")
    if closure and _answer(closure) is None:
        return {"closure": f"{quoted(closure)} is neither Yes nor No. Choose from the list"}
    proposes = _answer(closure) is True
    if not any(cells.get(key) for key in ("achieved", "left", "barriers")) or (proposes and not cells.get("achieved")):
        return {"achieved": "Say what has been achieved since the last update"}
    if proposes and not cells.get("evidence"):
        return {"evidence": "Say what shows that it is done: a file, or where the panel can look"}
    return {}


def date_faults(cells: Cells, owner: OwnerRow | None, *, today: date) -> dict[str, str]:
    """By column how to mend a new date that cannot be recorded."""
    if owner is None:
        return {"date": "No owner is named yet who could have a date. Name one in Candour first"}
    if not (text := cells.get("date", "")):
        return {"date": "Enter the new date, or the words that stand for it"}
    if rules.read_target(text, today=today) is None and _NUMBERED.match(text):
        return {"date": f"{quoted(text)} is no day. Enter one such as 30 September 2026"}
    if _answer(cells.get("closure", "")) is True:
        return {"date": "Propose to close it, or give it a new date: not both in one row"}
    found = {}
    if not cells.get("why"):
        found["why"] = "Say why the date moves" if owner.targets else "Say why this date"
    if owner.targets and not cells.get("approver"):
        found["approver"] = "Enter the board or post that agreed the new date"
    return found


def said_of(cells: Cells, *, today: date, period: str = "") -> Said | None:
    """The update that a row gives, in whose cells nothing is wrong; None where it gives none."""
    if not any(cells.get(key) for key in UPDATE):
        return None
    words: dict[str, Any] = {key: cells.get(key, "") for key in ("achieved", "left", "barriers", "evidence")}
    return Said(today, period, proposes_closure=_answer(cells.get("closure", "")) is True, **words)


def due_of(cells: Cells, *, today: date) -> Due | None:
    """The new date that a row gives; None where it gives none."""
    if not any(cells.get(key) for key in DATE):
        return None
    text = cells.get("date", "")
    return Due(text, rules.read_target(text, today=today), cells.get("why", ""), cells.get("approver", ""))


def _answer(text: str) -> bool | None:
    """Whether a cell says Yes or No; None for anything else."""
    return {YES.casefold(): True, NO.casefold(): False}.get(text.casefold())
