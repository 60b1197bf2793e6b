"""What stands behind the performance report: the other measures, every figure, bodies like one's own, and what is counted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from string import ascii_uppercase

from candour.kernel.calendar import MONTHS, add_months, financial_year
from candour.kernel.papers.document import Block, Cell, Column, Heading, PageBreak, Row, Table, cell, para
from candour.performance import rules
from candour.performance.papers.drawn import in_words, short, signal_words, target_words
from candour.performance.papers.standing import standing_words
from candour.performance.queries import Comparison, Figure, MeasureRow, Whole

ACROSS = 12  # periods beside each other: what a page across holds
EVERY = {"month": "month", "quarter": "quarter", "year": "financial year"}
# As the Government Analysis Function's guide to symbols in tables has them, and as they are read back.
MARKS = {"Provisional": "[p]", "Revised": "[r]"}
NOT_SHOWN, MISSING = "[c]", "[x]"
SYMBOLS = "[p] is provisional, [r] revised, [c] not shown as the number is small, and [x] not there."
NAMED = (Column("Reference", 9, kind="reference"), Column("Measure", 26))


def of_appendices(
    running: Sequence[Whole], rest: Sequence[Whole], compared: Mapping[int, Comparison], tones: Mapping[str, str]
) -> Iterator[Block]:
    """Each on pages of its own, across, under a letter; one that has nothing to say is left out."""
    ordered = sorted(running, key=lambda one: one.row.reference)
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("the other measures", list(_rest(rest, tones))),
        ("every figure", list(_figures(ordered))),
        ("bodies like this one", list(_among(ordered, compared))),
        ("what each measure counts", list(_definitions(ordered))),
    )
    told = [(title, blocks) for title, blocks in parts if blocks]
    for letter, (title, blocks) in zip(ascii_uppercase, told, strict=False):
        yield PageBreak(landscape=True)
        yield Heading(1, f"Appendix {letter}: {title}")
        yield from blocks


def _rest(rest: Sequence[Whole], tones: Mapping[str, str]) -> Iterator[Block]:
    if not rest:
        return
    columns = (*NAMED, Column("What it says", 16), Column("Target", 26), Column("In words", 60))
    yield Table("Measures of which nothing must be explained", columns, tuple(_rest_row(one, tones) for one in rest))


def _rest_row(one: Whole, tones: Mapping[str, str]) -> Row:
    row = one.row
    words = " ".join(part for part in (signal_words(one), in_words(one)) if part)
    target = target_words(row)
    return Row(
        (
            cell(row.reference),
            cell(row.title),
            cell(row.state, tone=tones.get(row.state, "")),
            cell(f"{target}." if target else "none"),
            cell(words),
        )
    )


def _figures(running: Sequence[Whole]) -> Iterator[Block]:
    """Tables of measures by periods, those of each month first and the newest periods first."""
    tables = [table for frequency in EVERY for table in _tables(frequency, running)]
    if tables:
        yield para(SYMBOLS)
        yield from tables


def _tables(frequency: str, running: Sequence[Whole]) -> Iterator[Table]:
    held = [(one.row, {each.period: each for each in one.series}) for one in running]
    held = [(row, series) for row, series in held if row.line.frequency == frequency and series]
    periods = sorted({period for _, series in held for period in series})
    while periods:
        periods, page = periods[:-ACROSS], periods[-ACROSS:]
        columns = (*NAMED, *(Column(_head(one, frequency), 10, "right", "number") for one in page))
        rows = tuple(
            Row((cell(row.reference), cell(row.title), *(_figure(row, series.get(one)) for one in page)))
            for row, series in held
            if any(one in series for one in page)
        )
        first, last = (rules.say_period(one, frequency) for one in (page[0], page[-1]))
        span = f", {first} to {last}" if len(page) > 1 else f", {first}"
        yield Table(f"Figures of each {EVERY[frequency]}{span}", columns, rows)


def _head(period: date, frequency: str) -> str:
    """Sep 2025; Jul to Sep 2025; 2025/26."""
    if frequency == "year":
        return financial_year(period)
    first, last = MONTHS[period.month - 1][:3], add_months(period, 2)
    return (
        f"{first} to {MONTHS[last.month - 1][:3]} {last.year}" if frequency == "quarter" else f"{first} {period.year}"
    )


def _figure(row: MeasureRow, one: Figure | None) -> Cell:
    if one is None or (one.value is None and not one.hidden):
        return cell(MISSING)
    if one.hidden:
        return cell(NOT_SHOWN)
    mark = MARKS.get(one.status, "")
    return cell(f"{short(row, one.value)}{f' {mark}' if mark else ''}")


def _among(running: Sequence[Whole], compared: Mapping[int, Comparison]) -> Iterator[Block]:
    """A row a measure, a column a body: its figure and its rank; and the mean that the measure states."""
    found = [(one.row, compared[one.row.pk]) for one in running if one.row.pk in compared]
    if not found:
        return
    group = found[0][1].group
    names = sorted({each.peer.name for _, one in found for each in one.ranked if not each.peer.own})
    own = found[0][1].own.peer.name
    columns = (
        *(*NAMED, Column("Period", 16), Column(own, 14, "right", "number")),
        *(Column(name, 14, "right", "number") for name in names),
        Column("In words", 48),
    )
    rows = tuple(_among_row(row, one, (own, *names)) for row, one in found)
    yield Table(f"{group.name}: each figure, and its place", columns, rows)


def _among_row(row: MeasureRow, one: Comparison, names: Sequence[str]) -> Row:
    named = (cell(row.reference), cell(row.title), cell(row.say_period(one.period)))
    return Row((*named, *_ranked(row, one, names), cell(" ".join(standing_words(row, one)[1:]))))


def _ranked(row: MeasureRow, found: Comparison, names: Sequence[str]) -> Iterator[Cell]:
    by_name = {one.peer.name: one for one in found.ranked}
    for name in names:
        one = by_name.get(name)
        if one is None or one.peer.value is None:
            yield cell("not shown" if one and one.peer.hidden else "no figure")
        else:
            place = f", {rules.say_rank(one, found.placed)}" if one.rank else ""
            yield cell(f"{short(row, one.peer.value)}{place}")


def _definitions(running: Sequence[Whole]) -> Iterator[Block]:
    if not running:
        return
    yield Table(
        "Definitions",
        (
            Column("Reference", 10, kind="reference"),
            Column("What is counted", 40),
            Column("Unit", 14),
            Column("Better is", 10),
            Column("Every", 12),
            Column("Source", 26),
            Column("Owner", 18),
            Column("Revisions", 24),
        ),
        tuple(_definition(one.row) for one in running),
    )


def _definition(row: MeasureRow) -> Row:
    unit = f"Per {row.per:,}" if row.line.unit == "rate" else rules.UNITS[row.line.unit].split(",")[0]
    return Row(
        (
            cell(row.reference),
            cell(row.texts["counts"]),
            cell(unit),
            cell(rules.BETTER[row.line.better]),
            cell(rules.FREQUENCIES[row.line.frequency].removeprefix("Each ").capitalize()),
            cell(row.texts["source"] or "not said"),
            cell(row.owner or "no post"),
            cell(row.texts["revisions"] or "not said"),
        )
    )
