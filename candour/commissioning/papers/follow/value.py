"""Value for money of agreements: what falls short and what one outcome cost first, every agreement and KPI after. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from candour.commissioning import rules
from candour.commissioning.papers.follow.came import CAME, Alike, alike_in, came_cells, like
from candour.commissioning.papers.follow.sheet import KPI, SHORT, kpi_cells, returns, runs, sheet_of, spent
from candour.commissioning.papers.follow.stock import Stock, written
from candour.commissioning.queries.follow.reported import Followed
from candour.kernel.papers.document import (
    Block,
    Cell,
    Column,
    Document,
    Group,
    Heading,
    PageBreak,
    Row,
    Table,
    bold,
    cell,
    para,
)

WORDS = ("Value for money of agreements", "What each agreement cost, and what came about for it")
CARE = (
    "The whole cost stands against each outcome, for it is not divided between them. Agreements of one stream differ in what "
    "they do and for whom: a cost beside another is a reason to ask, and no verdict."
)
NAMED = (Column("Reference", 14, kind="reference"), Column("Agreement", 34))
WIDE = (NAMED[0], Column("Agreement, with its provider", 60))
FACTS = (
    Column("Runs", 30),
    *(Column(name, 12, "right", "number") for name in ("Worth", "Paid", "Spent, as returns say")),
    *(Column("Returns", 26), Column("Open issues", 9, "right", "number"), Column("Outcomes", 10, "right", "number")),
)


def value_sheets(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft: of those that run, or ended within a year; or the sheet of the only one.

    Raises ValueError for an audience that does not exist.
    """
    rows = stock.shown(audience)
    by_key = {one.row.pk: one for one in rows}
    alike = alike_in(rows)
    told = [one for one in rows if _told(stock, one)]
    blocks: list[Block] = []
    if not told:
        blocks = [para("There is no agreement to tell of.")]
    elif stock.only is not None:
        blocks = [para(CARE), *sheet_of(told[0], alike, by_key)]
    else:
        blocks = [*_summary(told), *_short(told), *_came(told, alike, by_key), *_every(told)]
    # What others cost shows where it is compared: a restricted one among them marks the copy too.
    beside = [by_key[other.agreement] for one in told for each in one.outcomes for other in alike[like(one, each)]]
    return written(stock, audience, [*told, *beside], WORDS, blocks)


def _told(stock: Stock, one: Followed) -> bool:
    if stock.only is not None:
        return one.row.pk == stock.only
    ended = one.row.line.closed_on
    return ended is None or (stock.as_at - ended).days <= 365


def _summary(told: Sequence[Followed]) -> Iterator[Block]:
    yield Heading(1, "Summary")
    worth = rules.pounds(rules.total(one.row.line.value for one in told))
    paid = rules.pounds(sum(one.money.paid for one in told))
    yield para(
        bold(len(told)),
        f" {'agreement runs' if len(told) == 1 else 'agreements run'} or ended within a year, together worth {worth}, of which "
        f"{paid} was paid.",
    )
    lines = (
        (sum(bool(one.outcomes) for one in told), "outcomes: what one cost stands below."),
        (sum(not one.outcomes for one in told), "none: what came about for the money is not known."),
        (len(_fall_short(told)), "a KPI that falls short."),
        (sum(one.late > 0 for one in told), "a return that is late."),
    )
    for count, words in lines:
        yield para(bold(count), f" {'has' if count == 1 else 'have'} {words}")
    yield para(CARE)


def _fall_short(told: Sequence[Followed]) -> list[Followed]:
    return [one for one in told if any(kpi.rating in SHORT for kpi in one.kpis)]


def _short(told: Sequence[Followed]) -> Iterator[Block]:
    yield Heading(1, "What falls short")
    short = _fall_short(told)
    if not short:
        yield para("No KPI was rated as falling short.")
        return
    rows = _under(
        short, lambda one: (cells for kpi, cells in zip(one.kpis, kpi_cells(one), strict=True) if kpi.rating in SHORT)
    )
    yield Table("KPIs that fall short", (*NAMED, *KPI), tuple(rows))


def _came(told: Sequence[Followed], alike: Alike, by_key: Mapping[int, Followed]) -> Iterator[Block]:
    some = [one for one in told if one.outcomes]
    yield PageBreak(landscape=True)
    yield Heading(1, "What came about, and what one cost")
    if not some:
        yield para("No agreement has an outcome: what came about for the money is not known.")
        return
    rows = _under(some, lambda one: (came_cells(one, each, alike, by_key) for each in one.outcomes))
    yield Table("What came about under each agreement, and what one cost", (*NAMED, *CAME), tuple(rows))


def _every(told: Sequence[Followed]) -> Iterator[Block]:
    yield PageBreak(landscape=True)
    yield Heading(1, "Appendix A: every agreement")
    rows: list[Row | Group] = []
    for stream, some in groupby(told, key=lambda one: f"{one.row.stream} {one.row.year}"):  # as their references begin
        rows += [Group(stream), *_under(tuple(some), lambda one: iter((_facts(one),)))]
    yield Table("Every agreement that runs, or ended within a year, by funding stream", (*WIDE, *FACTS), tuple(rows))
    rated = [one for one in told if one.kpis]
    if rated:
        yield PageBreak(landscape=True)
        yield Heading(1, "Appendix B: every KPI")
        yield Table("Every KPI with its last rating", (*NAMED, *KPI), tuple(_under(rated, kpi_cells)))


def _under(several: Sequence[Followed], cells: Callable[[Followed], Iterator[tuple[Cell, ...]]]) -> Iterator[Row]:
    """Rows of some agreements, each begun with its reference and title."""
    for one in several:
        for each in cells(one):
            yield Row((cell(one.row.reference), cell(one.row.title), *each))


def _facts(one: Followed) -> tuple[Cell, ...]:
    row, money = one.row, one.money
    return (
        cell(runs(one)),
        cell(row.value),
        cell(rules.pounds(money.paid)),
        cell(spent(one)),
        cell(returns(one), tone="red" if one.late else ""),
        cell(one.issues),
        cell(len(one.outcomes) or "none set", tone="" if one.outcomes else "amber"),
    )
