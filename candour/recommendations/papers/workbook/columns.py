"""The columns of the owners' workbook, a row for each owner's part. Pure.

What is answered begins empty, with what was said last beside it: a cell that is filled in was answered, and what nobody
touched is no update.
"""

from candour.kernel.papers.workbook.shape import Shape, SheetColumn, Value
from candour.recommendations.queries.export import Part
from candour.recommendations.queries.rows import RecommendationRow, TargetRow, UpdateRow

MARK = "Candour recommendations tracker, edition 1"
ANSWERS, TRACKER, UPDATES, REPORTS, ABOUT = "Answers", "Tracker", "Updates", "By report", "How to use this"
NOBODY = "No post yet"
YES, NO = "Yes", "No"
UPDATE = ("achieved", "left", "barriers", "closure", "evidence")
DATE = ("date", "why", "approver")
Column = SheetColumn[Part]


def target_value(target: TargetRow | None) -> Value:
    """A line of the ledger as a real date; as printed where it is in words."""
    return (target.due or target.text) if target else None


def last_said(row: RecommendationRow) -> str:
    """What the last update says, question by question."""
    return update_words(row.updates[-1]) if row.updates else ""


def update_words(update: UpdateRow) -> str:
    parts = (
        ("", update.text),
        ("Achieved: ", update.achieved),
        ("Left: ", update.left),
        ("In the way: ", update.barriers),
        ("Closure is proposed. Evidence: " if update.evidence else "", update.evidence),
    )
    return "\n".join(f"{label}{words}" for label, words in parts if words)


COLUMNS: tuple[Column, ...] = (
    Column("reference", "Reference", 15, lambda part: part.it.reference),
    Column("owner", "Owner", 24, lambda part: (part.owner and part.owner.owner) or NOBODY),
    Column("heading", "Heading", 32, lambda part: part.it.title),
    Column("body", "Body", 20, lambda part: part.it.organisation),
    Column("report", "Report", 24, lambda part: part.it.audit),
    Column("priority", "Priority", 11, lambda part: part.it.line.priority),
    Column("text", "Recommendation", 46, lambda part: part.it.text),
    Column("first", "First date", 17, lambda part: target_value(part.owner.original if part.owner else None)),
    Column("now", "Date now", 17, lambda part: target_value(part.owner.current if part.owner else None)),
    Column("slips", "Slips", 7, lambda part: part.owner.slips if part.owner else 0),
    Column("status", "Status", 16, lambda part: part.it.status),
    Column("count", "Updates so far", 9, lambda part: len(part.it.updates)),
    Column("said_on", "Last update", 17, lambda part: part.it.line.last_update),
    Column("said", "Said last time", 46, lambda part: last_said(part.it)),
    Column(
        *("achieved", "1. What has been achieved?", 42, lambda part: ""),
        editable=True,
        hint="Since the last update. Plain sentences; the panel reads this as you write it.",
    ),
    Column(
        *("left", "2. What is left to do?", 36, lambda part: ""),
        editable=True,
        hint="Write ‘nothing’ if nothing is left.",
    ),
    Column(
        *("barriers", "3. Is anything in the way?", 30, lambda part: ""),
        editable=True,
        hint="Who could remove it? Write ‘none’ if nothing is.",
    ),
    Column(
        *("closure", "4. Propose to close it?", 12, lambda part: ""),
        editable=True,
        choice="yes",
    ),
    Column(
        *("evidence", "What shows it", 30, lambda part: ""),
        editable=True,
        hint="For a closure: the file, or where the panel can look.",
    ),
    Column(
        *("date", "New date", 17, lambda part: ""),
        editable=True,
        day=True,
        hint="Only where the date moves. A day, a month (its last day is meant), or words, which are flagged.",
    ),
    Column(
        *("why", "Why the date moves", 34, lambda part: ""),
        editable=True,
        hint="Stands beside the new date in the panel’s paper.",
    ),
    Column(
        *("approver", "Agreed by", 24, lambda part: ""),
        editable=True,
        hint="The board or post that agreed the new date. A first date needs nobody’s agreement.",
    ),
)
SHAPE = Shape(
    mark=MARK,
    sheet=ANSWERS,
    columns=COLUMNS,
    key=lambda part: part.key,
    keys=r"R[0-9]{1,15}A[0-9]{1,15}",
    reference=lambda part: part.it.reference,
    change="To answer for recommendations",
    anew="Download the workbook anew, and answer in that file",
    new="a new recommendation is recorded under Recommendations, Record a recommendation",
    guarded=True,
)
