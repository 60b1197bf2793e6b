"""Parts to a workbook: what owners answer is open, the rest is locked, and what was written is kept beside it. Pure."""

from collections import Counter
from collections.abc import Iterator

from candour.kernel.calendar import say_date
from candour.kernel.papers.workbook.shape import SheetColumn, Value
from candour.kernel.papers.workbook.write import BookWriter
from candour.recommendations import rules
from candour.recommendations.papers.flat import SHEET_HEADS, cells_of
from candour.recommendations.papers.workbook.columns import (
    ABOUT,
    ANSWERS,
    NO,
    REPORTS,
    SHAPE,
    TRACKER,
    UPDATES,
    YES,
    update_words,
)
from candour.recommendations.queries.export import Part, Stock

UPDATE_HEADS = ("Reference", "On", "For the period", "Said by", "Update")
REPORT_HEADS = ("Report", "Recommendations", "Overdue", "Past first date", "Slipped twice or more", "Proposed closed")
TRACKER_WIDTHS = (15, 32, 20, 22, 24, 11, 28, 17, 17, 7, 9, 16, 17, 15, 46)
STEPS = [
    ("1. Answer", f"Fill in the yellow cells of {ANSWERS}, in the rows of your post. What you leave empty stays as it is."),
    ("2. Close it", "Choose Yes under question 4 where it is done, and say what shows it. The panel agrees, or sends it back."),
    ("3. A new date", "Only where the date moves: the new date, why, and who agreed it. The first date never changes."),
    ("4. Leave", "The other cells are locked. Rows may be sorted, filtered or taken out. Do not copy rows, or add any."),
    ("5. Send it back", "Save the file as an Excel workbook (.xlsx) and send it to whoever sent it to you, or bring it back "
    "yourself: Recommendations, Bring a workbook back. Candour shows each answer before anything is saved. If somebody "
    "answered there meanwhile, both answers are shown and neither is lost."),
]  # fmt: skip


def workbook_of(stock: Stock) -> bytes:
    """The workbook of some parts. On a past day nothing in it may be answered."""
    sheets = (ANSWERS, TRACKER, UPDATES, REPORTS, ABOUT)
    writer = BookWriter(SHAPE, title="Recommendations", sheets=sheets, lists={"yes": (YES, NO)})
    _answers(writer, stock)
    rows = (cells_of(row, stock.as_at)[: len(SHEET_HEADS)] for row in stock.rows)
    writer.locked(TRACKER, SHEET_HEADS, TRACKER_WIDTHS, rows).freeze_panes(1, 1)
    told = ((row, update) for row in stock.rows for update in reversed(row.updates))
    said = ((row.reference, one.dated, one.period, one.by, update_words(one)) for row, one in told)
    writer.locked(UPDATES, UPDATE_HEADS, (15, 17, 18, 26, 100), said)
    writer.locked(REPORTS, REPORT_HEADS, (40, 17, 11, 11, 13, 11), _reports(stock))
    writer.about(ABOUT, _facts(stock))
    return writer.finish(stock.parts, as_at=stock.as_at, past=stock.past)


def _answers(writer: BookWriter[Part], stock: Stock) -> None:
    def opened(part: Part, column: SheetColumn[Part]) -> bool:
        may = part.it.organisation_id in stock.changeable and rules.may("update", part.it.stage)
        return may and (column.key != "closure" or rules.may("propose", part.it.stage))

    writer.register(stock.parts, opened=opened)
    place = SHAPE.places["priority"]
    for number, part in enumerate(stock.parts, 1):
        writer.tint(number, (place,), (part.it.line.priority,), part.it.line.tone)
    for column in SHAPE.editable if stock.parts and stock.changeable else ():
        if column.choice:
            writer.choose(column, column.choice, 1, len(stock.parts))
        writer.remind(column, len(stock.parts))


def _reports(stock: Stock) -> Iterator[tuple[Value, ...]]:
    """A line for each report, in the order of their names, and all of them together."""
    counts: dict[str, Counter[str]] = {}
    for row in stock.rows:
        held = counts.setdefault(row.audit or "No report named", Counter())
        held["all"] += 1
        held["overdue"] += row.status == "Overdue"
        held["past"] += row.late.original > 0
        held["twice"] += row.flagged
        held["proposed"] += row.status == "Proposed Closed"
    names = ("all", "overdue", "past", "twice", "proposed")
    for report in sorted(counts, key=str.casefold):
        yield (report, *(counts[report][name] for name in names))
    if len(counts) > 1:
        yield ("All reports", *(sum(held[name] for held in counts.values()) for name in names))


def _facts(stock: Stock) -> list[tuple[str, str]]:
    restricted = sum(row.restricted for row in stock.rows)
    warned = [("OFFICIAL-SENSITIVE", f"Holds {restricted} restricted recommendation{'s' if restricted > 1 else ''}")]
    bodies = sorted({row.organisation for row in stock.rows})
    return [
        *(warned if restricted else []),
        ("Recommendations", f"as they stood on {say_date(stock.as_at)}"),
        ("Of", " and ".join(bodies) or "no body"),
        ("How many", f"{len(stock.rows):,}, in {len(stock.parts):,} rows: one for each owner, who has dates of its own"),
        *(STEPS if stock.changeable else [("Every cell is locked", _locked(stock))]),
        ("The other sheets", f"{TRACKER} has one row for each recommendation, {UPDATES} all that was said, newest first, "
        f"and {REPORTS} the counts. They are to be read, and nothing in them is brought back."),
    ]  # fmt: skip


def _locked(stock: Stock) -> str:
    return "This workbook shows a past day." if stock.past else "Your post may read these, and not answer for them."
