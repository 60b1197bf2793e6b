"""The columns of the workbook's sheets. Pure."""

from candour.kernel.papers.workbook.shape import Shape, SheetColumn
from candour.risks.queries.rows import ControlRow, RiskRow
from candour.risks.rules import MOVEMENT_WORDS, SENSITIVITY_WORDS

MARK = "Candour risk register, edition 1"  # the first cell of the hidden sheet, by which the workbook is known
REGISTER, CONTROLS, UPDATES, ABOUT = "Register", "Controls", "Updates", "How to use this"
NOBODY = "No post"
LEVELS = {"strategic": "Strategic", "operational": "Operational", "project": "Project"}
Column = SheetColumn[RiskRow]


def level_words(row: RiskRow, axis: str) -> str:
    """ "3 High": a level as the drop-down offers it; nothing where it is not scored."""
    value = row.line.impact if axis == "impact" else row.line.likelihood
    return f"{value} {row.matrix.word(axis, value)}" if row.matrix and value else ""  # type: ignore[arg-type]


def movement_words(row: RiskRow) -> str:
    return "" if row.line.score is None else MOVEMENT_WORDS[row.direction]  # type: ignore[index]


COLUMNS: tuple[Column, ...] = (
    Column("reference", "Reference", 12, lambda row: row.reference),
    Column("body", "Body", 22, lambda row: row.organisation),
    Column("title", "Title", 44, lambda row: row.title, editable=True),
    Column("level", "Register", 13, lambda row: LEVELS[row.line.kind], editable=True, choice="level"),
    Column("owner", "Owner", 26, lambda row: row.owner or NOBODY, editable=True, choice="post"),
    Column(
        "officer",
        "Responsible officer",
        26,
        lambda row: row.responsible_officer or NOBODY,
        editable=True,
        choice="post",
    ),
    Column("impact", "Impact", 15, lambda row: level_words(row, "impact"), editable=True, choice="impact"),
    Column(
        "likelihood", "Likelihood", 15, lambda row: level_words(row, "likelihood"), editable=True, choice="likelihood"
    ),
    Column("score", "Score", 8, lambda row: row.line.score),
    Column("band", "Band", 11, lambda row: row.line.band),
    Column("movement", "Movement", 14, movement_words),
    Column("before", "Score before", 8, lambda row: row.previous_score),
    Column("target", "Target", 8, lambda row: row.line.target),
    Column("status", "Status", 17, lambda row: row.status),
    Column("category", "Category", 18, lambda row: row.category),
    Column("source", "Source", 40, lambda row: row.source, editable=True),
    Column("event", "Event", 40, lambda row: row.event, editable=True),
    Column("effect", "Effect", 40, lambda row: row.effect, editable=True),
    Column("context", "Context", 40, lambda row: row.context, editable=True),
    Column("recorded", "First recorded", 16, lambda row: row.line.first_recorded),
    Column("reviewed", "Last review", 16, lambda row: row.line.last_review),
    Column("review", "Next review", 16, lambda row: row.line.review_due),
    Column("controls", "Controls pending", 9, lambda row: row.line.open_controls),
    Column("due", "Next control due", 16, lambda row: row.line.next_control_due),
    Column("sensitivity", "Seen by", 18, lambda row: SENSITIVITY_WORDS[row.sensitivity]),
)
SHAPE = Shape(
    mark=MARK,
    sheet=REGISTER,
    columns=COLUMNS,
    key=lambda row: f"R{row.pk}",
    keys=r"R[0-9]{1,15}",
    reference=lambda row: row.reference,
    change="To change risks",
    anew="Download the register anew, and make the changes in that file",
    new="a new risk is recorded under Risks, Record a risk",
)
CONTROL_HEADS = ("Reference", "Control", "Owner", "State", "Due or in place since")
UPDATE_HEADS = ("Reference", "On", "Update")


def control_state(control: ControlRow) -> str:
    if control.removed_on:
        return "Removed"
    if control.pending:
        return "Pending"
    return {"works": "In place, works", "in part": "In place, works in part"}.get(control.effect, "In place")
