"""The commissioning report for a board: money, returns, performance and outcomes by stream and priority. Pure."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from candour.commissioning import rules
from candour.commissioning.papers.follow.charts import bars
from candour.commissioning.papers.follow.stock import Stock, outcomes_in, written
from candour.commissioning.papers.paper import ending, unhealthy
from candour.commissioning.queries import matches
from candour.commissioning.queries.follow.reported import Followed
from candour.commissioning.rules import follow
from candour.commissioning.rules.publishing import RATINGS
from candour.kernel.calendar import financial_year
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Figure,
    Heading,
    PageBreak,
    Row,
    Table,
    bold,
    cell,
    para,
)
from candour.kernel.papers.inked import inked
from candour.kernel.records.priorities import said_of

WORDS = ("Commissioning report", "What agreements cost, how they perform and what they bring about")


def commissioning_report(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    rows = stock.shown(audience)
    running = [one for one in rows if one.row.state != "Ended"]
    agreements = [one.row for one in running]
    blocks = (
        *_summary(stock, rows, running),
        *_money(stock, rows),
        *_priorities(stock, audience, rows),
        *_outcomes(stock, rows),
        *_performance(running),
        *_returns(rows),
        *_underspends(rows),
        PageBreak(landscape=True),
        *unhealthy(agreements),
        *ending(agreements, stock.as_at),
    )
    return written(stock, audience, rows, WORDS, blocks)


def _this_year(stock: Stock, one: Followed) -> int:
    year = financial_year(stock.as_at)
    return sum(each.paid for each in one.money.years if each.year == year)


def _unspent(one: Followed) -> int:
    """What the provider is known to hold: at the end of the agreement, else of the last year of which it is known."""
    known = [one.money.unspent, *(each.unspent for each in reversed(one.money.years))]
    return max(next((amount for amount in known if amount is not None), 0), 0)


def _summary(stock: Stock, rows: Sequence[Followed], running: Sequence[Followed]) -> Iterator[Block]:
    yield Heading(1, "Summary")
    if not rows:
        yield para("There is no agreement to report on.")
        return
    worth = rules.pounds(rules.total(one.row.line.value for one in running))
    year = financial_year(stock.as_at)
    spent = rules.pounds(sum(_this_year(stock, one) for one in rows))
    yield para(bold(len(running)), f" agreements run, together worth {worth}. {spent} was paid in {year} so far.")
    lines = (
        (sum(one.late > 0 for one in rows), "have a return that is late."),
        (sum(one.waiting > 0 for one in rows), "have a return that waits to be assessed."),
        (sum(bool(one.row.failing) for one in running), "fail at least one check of their health."),
        (sum(matches(one.row, "ending", stock.as_at) for one in running), "end within six months."),
        (sum(one.money.over for one in rows), "were paid more than is agreed."),
    )
    for count, words in lines:
        yield para(bold(count), f" {words}")
    held = rules.pounds(sum(_unspent(one) for one in rows))
    yield para(bold(held), " is known to be held unspent by providers, as their returns say.")


def _sums(stock: Stock, mine: Sequence[Followed]) -> tuple[object, ...]:
    """The figures of some agreements, as cells."""
    late = sum(one.late for one in mine)
    failing = sum(bool(one.row.failing) for one in mine if one.row.state != "Ended")
    held = sum(_unspent(one) for one in mine)
    return (
        cell(len(mine)),
        cell(rules.pounds(rules.total(one.row.line.value for one in mine))),
        cell(rules.pounds(sum(one.money.paid for one in mine))),
        cell(rules.pounds(sum(_this_year(stock, one) for one in mine))),
        cell(rules.pounds(held), tone="red" if held else ""),
        cell(late, tone="red" if late else ""),
        cell(failing, tone="red" if failing else ""),
    )


MOST_BARS = 8  # of a chart: what a reader takes in, and the page of the summary has room for
SUMS = (
    *(Column(name, 13, "right", "number") for name in ("Agreements", "Agreed", "Paid", "Paid this year", "Unspent")),
    *(Column(name, 11, "right", "number") for name in ("Late returns", "Unhealthy")),
)


ONE = (Column("Reference", 16, kind="reference"), Column("Agreement", 42), Column("Lead", 22))


def _money(stock: Stock, rows: Sequence[Followed]) -> Iterator[Block]:
    """By stream and year: those in which something is agreed."""
    streams = {(one.code, one.year): one for one in stock.streams}
    found = sorted({(one.row.year, one.row.stream_code) for one in rows}, key=lambda each: each[1])
    found.sort(key=lambda each: each[0], reverse=True)  # the newest year first, each by its streams' codes
    if not found:
        return
    yield Heading(1, "Money by funding stream")
    years = {year for year, _ in found}
    shown = now if (now := financial_year(stock.as_at)) in years else max(years)  # one year, as bars of all fill pages
    bodies: list[Row] = []
    drawn: list[tuple[str, int, int]] = []
    for year, code in found:
        mine = [one for one in rows if (one.row.year, one.row.stream_code) == (year, code)]
        stream = streams.get((code, year))
        budget = rules.pounds(stream.budget) if stream else "not known"
        bodies.append(Row((cell(f"{mine[0].row.stream} {year}"), cell(budget), *_sums(stock, mine))))  # type: ignore[arg-type]
        agreed = rules.total(one.row.line.value for one in mine)
        if year == shown:
            drawn.append((mine[0].row.stream, agreed, sum(one.money.paid for one in mine)))
    drawn = sorted(drawn, key=lambda one: -one[1])[:MOST_BARS]
    title = f"Agreed and paid by stream in {shown}" + (", the largest" if len(drawn) == MOST_BARS else "")
    chart = bars(drawn, key="by-stream", title=title, heads=("Stream", "Agreed", "Paid"))
    said = "; ".join(f"{name}: agreed {rules.pounds(a)}, paid {rules.pounds(b)}" for name, a, b in drawn)
    yield Figure(inked(chart.svg), chart.title, f"{said}.")
    columns = (Column("Stream", 44), Column("Budget", 13, "right", "number"), *SUMS)
    yield Table("Agreements by funding stream, those that have ended too", columns, tuple(bodies))


def _priorities(stock: Stock, audience: str, rows: Sequence[Followed]) -> Iterator[Block]:
    """Each agreement stands in full under every priority that it serves, and once under each."""
    known = stock.priorities_for(audience)
    said, serving = said_of(known), {one.pk: [each for each in rows if one.pk in each.row.serves] for one in known}
    if not known:
        return
    yield Heading(1, "Agreements by priority of the plan")
    if not any(serving.values()):
        yield para("It is said of no agreement which priorities of the plan it serves.")
        return
    none = [one for one in rows if not any(pk in said for pk in one.row.serves)]
    several = sum(sum(pk in said for pk in one.row.serves) > 1 for one in rows)
    counted = "An agreement counts once, and in full, under each priority that it serves."
    if several:
        counted += (
            f" {several} serve{'s' if several == 1 else ''} more than one, so the rows add up to more than there is."
        )
    yield para(counted)
    bodies = [Row((cell(said[pk]), *_sums(stock, mine))) for pk, mine in serving.items() if mine]  # type: ignore[arg-type]
    bodies.append(Row((cell("None said"), *_sums(stock, none))))  # type: ignore[arg-type]
    bodies.append(Row((cell("All agreements, each once"), *_sums(stock, rows))))  # type: ignore[arg-type]
    yield Table("Agreements by priority of the plan", (Column("Priority", 30), *SUMS), tuple(bodies))
    if idle := [said[pk] for pk, mine in serving.items() if not mine]:
        yield para(f"No agreement is said to serve: {'; '.join(idle)}.")
    if running := [one.row for one in none if one.row.state != "Ended"]:
        yield Heading(2, "Agreements that run and serve no priority")
        yield Table(
            "Agreements of which no priority is said",
            (*ONE, Column("Value", 16, "right", "number")),
            tuple(
                Row((cell(row.reference), cell(row.title), cell(row.owner or "No post"), cell(row.value or "none")))
                for row in running
            ),
        )


def _outcomes(stock: Stock, rows: Sequence[Followed]) -> Iterator[Block]:
    every = outcomes_in(rows)
    used = [one for one in stock.plan if any(each.measure == one.pk for each in every)]
    if not used:
        return
    yield Heading(1, "Outcomes for the plan")
    yield para("Where several agreements bring about the same, each counts its share, or one of them counts it all.")
    body = []
    for one in used:
        mine = [each for each in every if each.measure == one.pk]
        total = follow.per_unit(sum((each.counted for each in mine), Fraction(0)))
        target = f"{follow.per_unit(one.target):,}" if one.target is not None else "none"
        agreements = len({each.agreement for each in mine})
        said = f"{total:,} {one.unit}" if one.adds_up else "does not add up"
        body.append(Row((cell(one.priority), cell(one.name), cell(agreements), cell(target), cell(said))))
    yield Table(
        "What agreements bring about, each outcome counted once",
        (
            Column("Priority", 22), Column("Measure", 34), Column("Agreements", 14, "right", "number"),
            Column("Target", 12, "right", "number"), Column("So far", 18, "right", "number"),
        ),
        tuple(body), row_headers=False,
    )  # fmt: skip


def _performance(running: Sequence[Followed]) -> Iterator[Block]:
    rated = [(one, kpi) for one in running for kpi in one.kpis]
    yield Heading(1, "How agreements perform")
    if not rated:
        yield para("No agreement that runs has a KPI that is rated here.")
        return
    counts = [(words, sum(kpi.rating == name for _, kpi in rated)) for name, words in RATINGS.items()]
    counts.append(("Not rated yet", sum(not kpi.rating for _, kpi in rated)))
    yield Table(
        "KPIs by their last rating",
        (Column("Rating", 60), Column("KPIs", 40, "right", "number")),
        tuple(Row((cell(words), cell(count))) for words, count in counts if count),
    )
    below = [(one, kpi) for one, kpi in rated if kpi.rating in ("improvement", "inadequate")]
    if below:
        yield Table(
            "KPIs that fall short",
            (
                Column("Reference", 16, kind="reference"),
                Column("Agreement", 36),
                Column("KPI", 30),
                Column("Rating", 18),
            ),
            tuple(
                Row(
                    (
                        cell(one.row.reference),
                        cell(one.row.title),
                        cell(kpi.name),
                        cell(RATINGS[kpi.rating], tone="red"),
                    )
                )
                for one, kpi in below
            ),
        )


def _listed(
    heading: str, empty: str, caption: str, rows: Sequence[Followed], last: tuple[str, Callable[[Followed], str]]
) -> Iterator[Block]:
    yield Heading(1, heading)
    if not rows:
        yield para(empty)
        return
    name, say = last
    yield Table(
        caption,
        (
            *ONE, Column(name, 20, "right", "number"),
        ),
        tuple(
            Row((cell(one.row.reference), cell(one.row.title), cell(one.row.owner or "No post"), cell(say(one), tone="red")))
            for one in rows
        ),
    )  # fmt: skip


def _returns(rows: Sequence[Followed]) -> Iterator[Block]:
    late = sorted((one for one in rows if one.late), key=lambda one: (-one.late, one.row.reference))
    yield from _listed(
        "Returns that are late", "No return is late.", "Agreements whose returns have not come in time", late,
        ("Late returns", lambda one: str(one.late)),
    )  # fmt: skip


def _underspends(rows: Sequence[Followed]) -> Iterator[Block]:
    held = sorted((one for one in rows if _unspent(one)), key=lambda one: (-_unspent(one), one.row.reference))
    yield from _listed(
        "What providers hold unspent", "No provider is known to hold anything unspent.",
        "Agreements of which money is held unspent, as returns say", held,
        ("Unspent", lambda one: rules.pounds(_unspent(one))),
    )  # fmt: skip
    back = sum(one.back for one in rows)
    if back:
        yield para(bold(rules.pounds(back)), " was asked back and is not settled.")
