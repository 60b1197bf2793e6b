"""The columns of the workbook's sheets, and what a cell that may be edited says of a risk. Pure."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.risks.queries.rows import ControlRow, RiskRow
from candour.risks.rules import MOVEMENT_WORDS, SENSITIVITY_WORDS

MARK = "Candour risk register, edition 1"  # the first cell of the hidden sheet, by which the workbook is known
HIDDEN, LISTS = "Candour", "Lists"
REGISTER, CONTROLS, UPDATES, ABOUT = "Register", "Controls", "Updates", "How to use this"
LONGEST = 32_000  # letters that a cell holds; a workbook takes 32,767
CUT = " … (the rest is in Candour)"
NOBODY = "No post"
LEVELS = {"strategic": "Strategic", "operational": "Operational", "project": "Project"}

Value = str | int | date | None


@dataclass(frozen=True)
class SheetColumn:
    """A column of the register's sheet. choice: which list its cells are chosen from."""

    key: str
    heading: str
    width: int
    value: Callable[[RiskRow], Value]
    editable: bool = False
    choice: str = ""


def level_words(row: RiskRow, axis: str) -> str:
    """ "3 High": a level as the drop-down offers it; nothing where it is not scored."""
    value = row.line.impact if axis == "impact" else row.line.likelihood
    return f"{value} {row.matrix.word(axis, value)}" if row.matrix and value else ""  # type: ignore[arg-type]


def movement_words(row: RiskRow) -> str:
    return "" if row.line.score is None else MOVEMENT_WORDS[row.direction]  # type: ignore[index]


COLUMNS: tuple[SheetColumn, ...] = (
    SheetColumn("reference", "Reference", 12, lambda row: row.reference),
    SheetColumn("body", "Body", 22, lambda row: row.organisation),
    SheetColumn("title", "Title", 44, lambda row: row.title, editable=True),
    SheetColumn("level", "Register", 13, lambda row: LEVELS[row.line.kind], editable=True, choice="level"),
    SheetColumn("owner", "Owner", 26, lambda row: row.owner or NOBODY, editable=True, choice="post"),
    SheetColumn(
        "officer",
        "Responsible officer",
        26,
        lambda row: row.responsible_officer or NOBODY,
        editable=True,
        choice="post",
    ),
    SheetColumn("impact", "Impact", 15, lambda row: level_words(row, "impact"), editable=True, choice="impact"),
    SheetColumn(
        "likelihood", "Likelihood", 15, lambda row: level_words(row, "likelihood"), editable=True, choice="likelihood"
    ),
    SheetColumn("score", "Score", 8, lambda row: row.line.score),
    SheetColumn("band", "Band", 11, lambda row: row.line.band),
    SheetColumn("movement", "Movement", 14, movement_words),
    SheetColumn("before", "Score before", 8, lambda row: row.previous_score),
    SheetColumn("target", "Target", 8, lambda row: row.line.target),
    SheetColumn("status", "Status", 17, lambda row: row.status),
    SheetColumn("category", "Category", 18, lambda row: row.category),
    SheetColumn("source", "Source", 40, lambda row: row.source, editable=True),
    SheetColumn("event", "Event", 40, lambda row: row.event, editable=True),
    SheetColumn("effect", "Effect", 40, lambda row: row.effect, editable=True),
    SheetColumn("context", "Context", 40, lambda row: row.context, editable=True),
    SheetColumn("recorded", "First recorded", 16, lambda row: row.line.first_recorded),
    SheetColumn("reviewed", "Last review", 16, lambda row: row.line.last_review),
    SheetColumn("review", "Next review", 16, lambda row: row.line.review_due),
    SheetColumn("controls", "Controls pending", 9, lambda row: row.line.open_controls),
    SheetColumn("due", "Next control due", 16, lambda row: row.line.next_control_due),
    SheetColumn("sensitivity", "Seen by", 18, lambda row: SENSITIVITY_WORDS[row.sensitivity]),
)
EDITABLE = tuple(column for column in COLUMNS if column.editable)
HEADS = ("Key", *(column.heading for column in COLUMNS))
CONTROL_HEADS = ("Reference", "Control", "Owner", "State", "Due or in place since")
UPDATE_HEADS = ("Reference", "On", "Update")


def shown(text: str) -> str:
    """A text as a cell shows it: cut where a workbook cannot hold it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}{CUT}"


def plain(text: Any) -> str:
    """What two printings of one text share: a workbook keeps neither control characters nor other ends of line."""
    said = "" if text is None else str(text)
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", said.replace("\r\n", "\n").replace("\r", "\n")).strip()


def key_of(row: RiskRow) -> str:
    return f"R{row.pk}"


def said_of(row: RiskRow) -> dict[str, str]:
    """What each cell that may be edited says of a risk."""
    return {column.key: plain(shown(str(column.value(row) or ""))) for column in EDITABLE}


def control_state(control: ControlRow) -> str:
    if control.removed_on:
        return "Removed"
    if control.pending:
        return "Pending"
    return {"works": "In place, works", "in part": "In place, works in part"}.get(control.effect, "In place")


def kept_of(row: RiskRow) -> str:
    """What is kept of a risk beside the sheets: its reference, and what each cell said when it was downloaded."""
    return json.dumps([row.reference, said_of(row)], ensure_ascii=False, sort_keys=True)


def fingerprint(key: str, kept: str) -> str:
    """Of what was kept under a key: text that was altered no longer has it."""
    return hashlib.sha256(f"{key} {kept}".encode()).hexdigest()
