"""The value-for-money sheet of one agreement: what it cost, what came about, how it performs, and others like it. Pure."""

from collections.abc import Iterator, Mapping

from candour.commissioning import rules
from candour.commissioning.papers.follow.came import CAME, Alike, came_cells
from candour.commissioning.queries.follow.reported import Followed
from candour.commissioning.rules.publishing import RATINGS
from candour.kernel.calendar import say_date
from candour.kernel.papers.blocks import anchor_for
from candour.kernel.papers.document import Block, Cell, Column, Facts, Heading, Row, Table, cell, fact, para

KPI = (Column("KPI", 44), Column("Target", 26), Column("Last rating", 30))
SHORT = ("improvement", "inadequate")


def sheet_of(one: Followed, alike: Alike, rows: Mapping[int, Followed]) -> Iterator[Block]:
    """Everything of one agreement. rows: those it may be compared with, by their numbers."""
    row, money = one.row, one.money
    yield Heading(1, f"{row.reference} {row.title}", anchor=anchor_for(row.reference))
    yield Facts(
        (
            fact("Stream", f"{row.stream} {row.year}"),
            fact("Provider", row.provider),
            fact("Runs", runs(one)),
            fact("Worth", row.value),
            fact("Paid", rules.pounds(money.paid)),
            fact("Spent, as returns say", spent(one)),
            fact("Returns", returns(one)),
            fact("Open issues", one.issues),
        ),
        caption=f"Facts of {row.reference}",
    )  # fmt: skip
    if one.outcomes:
        came = tuple(Row(came_cells(one, each, alike, rows)) for each in one.outcomes)
        yield Table(f"What came about under {row.reference}, and what one cost", CAME, came)
    else:
        yield para("No outcome is set: what came about for the money is not known.")
    if one.kpis:
        yield Table(f"KPIs of {row.reference}", KPI, tuple(Row(cells) for cells in kpi_cells(one)))


def runs(one: Followed) -> str:
    row = one.row
    ends = row.line.closed_on or row.line.ends
    return f"{say_date(row.line.starts) if row.line.starts else 'no date'} to {say_date(ends) if ends else 'no date'}"


def spent(one: Followed) -> str:
    return rules.pounds(one.money.spent) if one.money.spent is not None else "not reported"


def returns(one: Followed) -> str:
    if not one.asked:
        return "none asked for"
    return f"{one.asked} asked for, {one.late} late, {one.waiting} to be assessed"


def kpi_cells(one: Followed) -> Iterator[tuple[Cell, ...]]:
    """The KPIs of an agreement under the columns of KPI."""
    for kpi in one.kpis:
        tone = "red" if kpi.rating in SHORT else ""
        yield cell(kpi.name), cell(kpi.target or "none"), cell(RATINGS.get(kpi.rating, "Not rated yet"), tone=tone)
