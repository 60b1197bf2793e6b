"""Value-for-money sheets: of each agreement what it cost, how it performs, what came about, and others of its stream. Pure."""

from collections.abc import Iterator
from statistics import median

from candour.commissioning import rules
from candour.commissioning.papers.follow.stock import Stock, written
from candour.commissioning.queries.follow.outcomes import OutcomeRow
from candour.commissioning.queries.follow.reported import Followed
from candour.commissioning.rules import follow
from candour.commissioning.rules.publishing import RATINGS
from candour.kernel.calendar import say_date
from candour.kernel.papers.blocks import anchor_for
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Row,
    Table,
    cell,
    fact,
    para,
)

WORDS = ("Value for money of agreements", "What each agreement cost, and what came about for it")
# The outcomes of each stream and measure, by their numbers: what brings about the same with the same money.
Alike = dict[tuple[int, int], list[OutcomeRow]]
CARE = (
    "The whole cost stands against each outcome, for it is not divided between them. Agreements of one stream differ in what "
    "they do and for whom: a cost beside another is a reason to ask, and no verdict."
)


def value_sheets(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft: of those that run, or ended within a year. Raises ValueError for no audience."""
    rows = stock.shown(audience)
    by_key = {one.row.pk: one for one in rows}
    alike: Alike = {}
    for one in rows:
        for each in one.outcomes:
            alike.setdefault(_like(one, each), []).append(each)
    told = [one for one in rows if _told(stock, one)]
    blocks: list[Block] = [para(CARE)] if told else [para("There is no agreement to tell of.")]
    for one in told:
        blocks += _sheet(one, alike, by_key)
    # What others cost shows where it is compared: a restricted one among them marks the copy too.
    beside = [by_key[other.agreement] for one in told for each in one.outcomes for other in alike[_like(one, each)]]
    return written(stock, audience, [*told, *beside], WORDS, blocks)


def _like(one: Followed, each: OutcomeRow) -> tuple[int, int]:
    return one.row.line.stream, each.measure


def _told(stock: Stock, one: Followed) -> bool:
    if stock.only is not None:
        return one.row.pk == stock.only
    ended = one.row.line.closed_on
    return ended is None or (stock.as_at - ended).days <= 365


def _sheet(one: Followed, alike: Alike, rows: dict[int, Followed]) -> Iterator[Block]:
    row, money = one.row, one.money
    yield Heading(1, f"{row.reference} {row.title}", anchor=anchor_for(row.reference))
    ends = row.line.closed_on or row.line.ends
    days = f"{say_date(row.line.starts) if row.line.starts else 'no date'} to {say_date(ends) if ends else 'no date'}"
    yield Facts(
        (
            fact("Stream", f"{row.stream} {row.year}"),
            fact("Provider", row.provider),
            fact("Runs", days),
            fact("Worth", row.value),
            fact("Paid", rules.pounds(money.paid)),
            fact("Spent, as returns say", rules.pounds(money.spent) if money.spent is not None else "not reported"),
            fact("Returns", _returns(one)),
            fact("Open issues", one.issues),
        ),
        caption=f"Facts of {row.reference}",
    )  # fmt: skip
    yield from _came_about(one, alike, rows)
    yield from _kpis(one)


def _returns(one: Followed) -> str:
    if not one.asked:
        return "none asked for"
    return f"{one.asked} asked for, {one.late} late, {one.waiting} to be assessed"


SHORT = ("improvement", "inadequate")


def _came_about(one: Followed, alike: Alike, rows: dict[int, Followed]) -> Iterator[Block]:
    if not one.outcomes:
        yield para("No outcome is set: what came about for the money is not known.")
        return
    body = []
    for each in one.outcomes:
        cost = follow.per_outcome(one.money.paid, each.value) if each.adds_up else None
        target = f"{follow.per_unit(each.target):,}" if each.target is not None else "none"
        so_far = f"{follow.per_unit(each.value):,} {each.unit}" if each.adds_up else "by period"
        said = rules.pounds(cost) if cost is not None else "nothing to divide by" if each.adds_up else "does not add up"
        body.append(
            Row((cell(each.what), cell(target), cell(so_far), cell(said), cell(_others(one, each, alike, rows))))
        )
    yield Table(
        f"What came about under {one.row.reference}, and what one cost",
        (
            Column("Outcome", 26), Column("Target", 12, "right", "number"), Column("So far", 16, "right", "number"),
            Column("Cost of one", 16, "right", "number"), Column("Others of the stream", 30),
        ),
        tuple(body),
    )  # fmt: skip


def _others(one: Followed, each: OutcomeRow, alike: Alike, rows: dict[int, Followed]) -> str:
    """What one cost under other agreements of the stream that bring about something of the same measure."""
    if not each.adds_up:
        return "Not compared"
    found = [
        cost
        for other in alike[_like(one, each)]
        if other.agreement != one.row.pk
        and (cost := follow.per_outcome(rows[other.agreement].money.paid, other.value)) is not None
    ]  # fmt: skip
    if not found:
        return "None reports this"
    if len(found) == 1:
        return f"{rules.pounds(found[0])}, of one other"
    low, high = rules.pounds(min(found)), rules.pounds(max(found))
    return f"{low} to {high}, in the middle {rules.pounds(round(median(found)))}, of {len(found)} others"


def _kpis(one: Followed) -> Iterator[Block]:
    if not one.kpis:
        return
    yield Table(
        f"KPIs of {one.row.reference}",
        (Column("KPI", 44), Column("Target", 26), Column("Last rating", 30)),
        tuple(
            Row(
                (
                    cell(kpi.name),
                    cell(kpi.target or "none"),
                    cell(RATINGS.get(kpi.rating, "Not rated yet"), tone="red" if kpi.rating in SHORT else ""),
                )
            )
            for kpi in one.kpis
        ),
    )  # fmt: skip
