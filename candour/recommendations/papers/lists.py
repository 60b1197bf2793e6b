"""The tables that stand before the tracker: closures to decide, dates that passed, who has said nothing. Pure."""

from collections.abc import Callable, Iterator, Sequence

from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Block,
    Cell,
    Column,
    Row,
    Table,
    bullets,
    cell,
    link,
    para,
)
from candour.kernel.papers.say import lines, short_day
from candour.recommendations.papers.stock import Copy, Rows, failed_checks
from candour.recommendations.papers.words import (
    CLOSURES,
    MOVED,
    QUIET,
    barrier,
    last_slip,
    later_words,
    original_words,
    owner_words,
    owners_cell,
    priority_cell,
    report_words,
    status_cell,
)
from candour.recommendations.queries.rows import RecommendationRow

Cells = Callable[[RecommendationRow], tuple[Cell | str, ...]]
REFERENCE, HEADING, REPORT = Column("Reference", 13, kind="reference"), Column("Heading", 24), Column("Report", 16)


_SHORT = 400  # signs of an update that a table repeats


_CLOSURES: tuple[Column, ...] = (
    Column("Priority", 9),
    Column("Owner", 15),
    Column("Proposed on", 11),
    Column("Case for closing", 34),
    Column("Evidence", 18),
    Column("Checks that fail", 20),
)
_MOVED: tuple[Column, ...] = (
    Column("Owner", 15),
    Column("Original target", 12),
    Column("Current target", 12),
    Column("Slips", 6, "right", "number"),
    Column("Days past the original", 8, "right", "number"),
    Column("Last slip: why, and who agreed it", 26),
    Column("Latest barrier", 26),
)
_QUIET: tuple[Column, ...] = (Column("Owner", 18), Column("Status", 11), Column("Last update", 13))


class Anchors:
    """Where each recommendation is printed in full, so that a reference leads to it."""

    def __init__(self, anchors: dict[int, str]) -> None:
        self.anchors = anchors

    def reference(self, row: RecommendationRow) -> Cell:
        return cell(link(row.reference, f"#{self.anchors[row.pk]}"))

    def table(self, caption: str, columns: Sequence[Column], rows: Rows, cells: Cells) -> Table:
        """A table about some recommendations: reference, heading, report, and what the table is about."""
        made = []
        for row in rows:
            own = (one if isinstance(one, Cell) else cell(one) for one in cells(row))
            made.append(Row((self.reference(row), cell(row.title), cell(report_words(row)), *own)))
        return Table(caption, (REFERENCE, HEADING, REPORT, *columns), tuple(made))


def closures(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """What the panel is asked to decide: the case, the evidence, and the checks that it fails."""
    if not copy.proposed:
        yield para("Nothing is proposed closed.")
        return
    yield anchors.table(CLOSURES, _CLOSURES, copy.proposed, lambda row: _closure(row, copy))


def _closure(row: RecommendationRow, copy: Copy) -> tuple[Cell | str, ...]:
    failed = failed_checks(row, copy)
    return (
        priority_cell(row),
        owner_words(row),
        short_day(row.line.proposed_on) if row.line.proposed_on else "None",
        _case(row),
        _evidence(row, copy),
        cell(bullets(*(check.said for check in failed))) if failed else "None",
    )


def _case(row: RecommendationRow) -> Cell:
    """The case that was made; else what the newest update says was achieved, shortened, for its card has it in full."""
    if row.closure and row.closure.case.strip():
        return cell(*lines(row.closure.case))
    said = " ".join((row.updates[-1].achieved or row.updates[-1].text).split()) if row.updates else ""
    if not said:
        return cell("No case is made")
    return cell(f"None but its update: {said if len(said) <= _SHORT else f'{said[:_SHORT].rstrip()} ...'}")


def _evidence(row: RecommendationRow, copy: Copy) -> Cell:
    note = lines(row.updates[-1].evidence) if row.updates else ()
    held = copy.stock.files.get(row.pk, 0)
    files = (f"{held} file{'' if held == 1 else 's'} on the record",) if held else ()
    return cell(*note, *files) if note or files else cell("None is named")


def moved(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    """Dates that passed or moved, the longest past first, each with what a panel would ask."""
    if not copy.moved:
        yield para("No original date has passed or moved.")
        return
    yield anchors.table(MOVED, _MOVED, copy.moved, _moved)


def _moved(row: RecommendationRow) -> tuple[Cell | str, ...]:
    said = barrier(row)
    return (
        owners_cell(row),
        original_words(row),
        later_words(row),
        str(row.line.slips),
        str(row.late.original),
        _slip(row),
        cell(*lines(said)) if said else "None is named",
    )


def _slip(row: RecommendationRow) -> str:
    slip = last_slip(row)
    if slip is None:
        return "It has not been given a later date"
    why = " ".join(slip.why.split()).rstrip(".") or "No reason is recorded"
    agreed = f"Agreed by {slip.approver.strip()}" if slip.approver.strip() else "Nobody is recorded as having agreed it"
    return f"{short_day(slip.set_on)}. {why}. {agreed}"


def quiet(copy: Copy, anchors: Anchors) -> Iterator[Block]:
    since = say_date(copy.stock.since)
    if not copy.quiet:
        yield para(f"Every owner has given an update since {since}.")
        return
    yield anchors.table(
        f"{QUIET} since {since}",
        _QUIET,
        copy.quiet,
        lambda row: (
            owner_words(row),
            status_cell(row),
            short_day(row.line.last_update) if row.line.last_update else "None yet",
        ),
    )
