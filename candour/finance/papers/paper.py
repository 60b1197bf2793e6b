"""The paper on finance and change: a page of summary, what needs attention first, then each part with its chart and tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from candour.finance import rules
from candour.finance.papers import change, drawn
from candour.finance.queries.collaborations import CollaborationWhole
from candour.finance.queries.projects import ProjectWhole
from candour.finance.queries.rows import BudgetWhole, SchemeWhole
from candour.finance.queries.schemes import Together, together_of
from candour.kernel.calendar import say_date
from candour.kernel.money import pounds
from candour.kernel.papers.audiences import COPY, may_read
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
    fact,
    para,
)
from candour.kernel.papers.inked import inked
from candour.kernel.web.drawing import Chart

TITLE = "Finance and change"
HOW = (
    "Every total, variance, closing balance, gap and share in this paper is worked out from what was loaded and recorded. "
    "A variance above nought is overspent. A year’s gap is its spending less its income."
)


@dataclass(frozen=True)
class Stock:
    """The finance and change of one body as it stood on a day: every copy is made from it."""

    body: str
    panel: str
    as_at: date
    dated: date
    budget: BudgetWhole | None
    savings: tuple[SchemeWhole, ...]
    capital: tuple[SchemeWhole, ...]
    projects: tuple[ProjectWhole, ...]
    collaborations: tuple[CollaborationWhole, ...]

    @property
    def everything(self) -> list[BudgetWhole | SchemeWhole | ProjectWhole | CollaborationWhole]:
        budget = [self.budget] if self.budget else []
        return [*budget, *self.savings, *self.capital, *self.projects, *self.collaborations]

    def shown(self, audience: str) -> "Stock":
        """What a copy holds: the rows that its readers may read, and nothing counted beside them."""
        sight = may_read(audience)

        def mine(rows: tuple) -> tuple:  # type: ignore[type-arg]
            return tuple(one for one in rows if one.row.sensitivity in sight)

        seen = self.budget if self.budget and self.budget.row.sensitivity in sight else None
        return replace(
            self,
            budget=seen,
            savings=mine(self.savings),
            capital=mine(self.capital),
            projects=mine(self.projects),
            collaborations=mine(self.collaborations),
        )


def finance_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    shown = stock.shown(audience)
    restricted = any(one.row.restricted for one in shown.everything)
    meta = [
        fact("Meeting", stock.panel),
        fact("Date", say_date(stock.dated)),
        fact("Report of", stock.body),
        fact("Subject", TITLE),
        fact("Figures as at", say_date(stock.as_at)),
    ]
    if shown.budget and shown.budget.positions:
        stands = drawn.positions_said(shown.budget, ("revenue", "reserve", "income", "spending"))
        meta.append(fact("Position", stands))
    return Document(
        TITLE,
        stock.body,
        tuple(_blocks(shown)),
        subtitle=f"{COPY[audience]}. As it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if restricted else "OFFICIAL",
        meta=tuple(meta),
        date=stock.dated,
    )


def _blocks(stock: Stock) -> Iterator[Block]:
    year = _year_of(stock)
    saving, capital = together_of(stock.savings, year), together_of(stock.capital, year)
    yield from _summary(stock, saving, capital, year)
    if stock.budget is not None and stock.budget.positions:
        yield from _budget(stock.budget)
    if stock.savings:
        yield from _savings(stock, saving, year)
    if stock.capital:
        yield from _capital(stock, capital, year)
    if stock.projects:
        yield from change.projects(stock.projects)
    if stock.collaborations:
        yield from change.collaborations(stock.collaborations)


def _year_of(stock: Stock) -> date:
    return stock.budget.year if stock.budget else rules.starts_year(stock.as_at)


def _summary(stock: Stock, saving: Together, capital: Together, year: date) -> Iterator[Block]:
    yield Heading(1, "Summary")
    if not stock.everything:
        yield para("There is nothing to report.")
        return
    named = rules.say_year(year)
    if stock.budget is not None:
        if stock.budget.headings:
            yield para(bold("Revenue. "), drawn.budget_words(stock.budget))
        if stock.budget.reserves:
            yield para(bold("Reserves. "), drawn.reserves_words(stock.budget))
        if stock.budget.plan:
            yield para(bold("Medium-term plan. "), drawn.gap_words(stock.budget))
    if stock.savings:
        yield para(bold("Savings. "), drawn.savings_words(saving, named))
    if stock.capital:
        yield para(bold("Capital. "), drawn.capital_words(capital, named))
    if stock.projects:
        yield para(bold("Projects. "), change.projects_words(stock.projects))
    if stock.collaborations:
        yield para(bold("Collaborations. "), change.collaborations_words(stock.collaborations))
    yield para(HOW)
    yield from _attention(stock)


def _attention(stock: Stock) -> Iterator[Block]:
    """What a board has to look at, worst first: each is in one of the states that ask for it."""
    rows = [
        Row((cell(one.reference), cell(one.title), cell(one.state, tone=tone), cell(why), cell(one.owner or "no post")))
        for one, tone, why in change.troubled(stock.savings, stock.capital, stock.projects, stock.collaborations)
    ]
    yield Heading(2, "What needs attention")
    if not rows:
        yield para("No scheme, project or collaboration needs attention.")
        return
    yield Table(
        "What needs attention, worst first",
        (
            Column("Reference", 10, kind="reference"),
            Column("What", 32),
            Column("State", 16),
            Column("Why", 26),
            Column("Owner", 20),
        ),
        tuple(rows),
    )


def _figure(chart: Chart, caption: str, widths: tuple[int, ...]) -> Figure:
    """A chart with its words and its table, which every reader of the paper gets."""
    first, *others = zip(chart.table.heads, widths, strict=True)
    columns = (Column(*first), *(Column(head, width, "right", "number") for head, width in others))
    rows = tuple(Row(tuple(cell(text) for text in line)) for line in chart.table.rows)
    return Figure(inked(chart.svg), caption, _words_of(chart), Table(f"{chart.title}, in figures", columns, rows))


def _words_of(chart: Chart) -> str:
    """The description of a chart: what its drawing says to who does not see it."""
    start = chart.svg.index("<desc")
    text = chart.svg[chart.svg.index(">", start) + 1 : chart.svg.index("</desc>")]
    return text.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", '"')


def _budget(whole: BudgetWhole) -> Iterator[Block]:
    year = rules.say_year(whole.year)
    if whole.headings:
        yield PageBreak()
        yield Heading(1, f"Revenue budget {year}")
        yield para(drawn.budget_words(whole))
        yield _figure(drawn.budget_chart(whole, key="budget"), f"Budget against forecast {year}", (34, 16, 16, 17, 17))
        if len(whole.trail) > 1:
            yield _figure(drawn.trail_chart(whole, key="trail"), "How the forecast moved", (32, 17, 17, 17, 17))
    if whole.reserves:
        yield PageBreak()
        yield Heading(1, f"Reserves {year}")
        yield para(drawn.reserves_words(whole))
        chart = drawn.reserves_chart(whole, key="reserves")
        yield _figure(chart, f"Reserves at the end of {year}", (32, 17, 17, 17, 17))
    if whole.plan:
        yield PageBreak()
        yield Heading(1, "Medium-term plan")
        yield para(drawn.gap_words(whole))
        yield _figure(drawn.gap_chart(whole, key="gap"), "The gap of each year", (20, 20, 20, 20, 20))
        yield _sides(whole)


def _sides(whole: BudgetWhole) -> Table:
    years = [one.year for one in whole.plan]
    rows = [
        Row(
            (
                cell(name),
                cell("Income" if side == "income" else "Spending"),
                *(cell(pounds(lines.get(year))) for year in years),
            )
        )
        for side, named in whole.sides.items()
        for name, lines in sorted(named.items(), key=lambda one: -max(one[1].values(), default=0))
    ]
    columns = (
        Column("Line", 28),
        Column("Side", 12),
        *(Column(rules.say_year(year), 60 // len(years), kind="number") for year in years),
    )
    return Table("Income and spending of the plan", columns, tuple(rows))


def _savings(stock: Stock, saving: Together, year: date) -> Iterator[Block]:
    yield PageBreak(landscape=True)
    yield Heading(1, "Savings plan")
    yield para(drawn.savings_words(saving, rules.say_year(year)))
    rows = [
        Row(
            (
                cell(one.row.reference),
                cell(one.row.title),
                cell("Cashable" if one.row.line.cashable else "Not cashable"),
                cell(one.row.line.word or "not rated", tone=change.WORD_TONES[one.row.line.tone]),
                cell(pounds(one.row.line.budget)),
                cell(pounds(one.row.line.actual)),
                cell(pounds(one.row.line.forecast)),
                cell(one.row.state, tone=change.TONES.get(one.row.state, "")),
                cell(one.row.owner or "no post"),
            )
        )
        for one in stock.savings
    ]
    total = saving.amounts
    totals = (pounds(total.budget), pounds(total.actual), pounds(total.forecast))
    rows.append(
        Row(
            (
                cell(""),
                cell(bold("All that stand")),
                cell(""),
                cell(""),
                *(cell(bold(one)) for one in totals),
                cell(""),
                cell(""),
            )
        )
    )
    yield Table(
        f"Savings of {rules.say_year(year)}, worst first",
        (
            Column("Reference", 9, kind="reference"),
            Column("Scheme", 24),
            Column("Kind", 10),
            Column("Rated", 9),
            Column("Planned", 11, "right", "number"),
            Column("Delivered", 11, "right", "number"),
            Column("Forecast", 11, "right", "number"),
            Column("State", 13),
            Column("Owner", 17),
        ),
        tuple(rows),
    )


def _capital(stock: Stock, capital: Together, year: date) -> Iterator[Block]:
    yield PageBreak(landscape=True)
    yield Heading(1, "Capital programme")
    yield para(drawn.capital_words(capital, rules.say_year(year)))
    rows = [
        Row(
            (
                cell(one.row.reference),
                cell(one.row.title),
                cell(one.row.line.word or "not rated", tone=change.WORD_TONES[one.row.line.tone]),
                cell(pounds(one.row.line.budget)),
                cell(pounds(one.row.line.forecast)),
                cell(rules.saying.slipped(one.row.line.slipped)),
                cell(pounds(one.row.line.whole_budget)),
                cell(pounds(one.row.line.whole_forecast)),
                cell(rules.saying.unfunded(one.row.line.unfunded)),
                cell(one.row.state, tone=change.TONES.get(one.row.state, "")),
            )
        )
        for one in stock.capital
    ]
    total = capital.amounts
    rows.append(
        Row(
            (
                *(cell(""), cell(bold("All that stand")), cell("")),
                *(cell(bold(one)) for one in (pounds(total.budget), pounds(total.forecast))),
                *(cell(bold(rules.saying.slipped(capital.slipped))), cell(""), cell(""), cell(""), cell("")),
            )
        )
    )
    yield Table(
        f"Capital schemes of {rules.say_year(year)}, worst first",
        (
            Column("Reference", 9, kind="reference"),
            Column("Scheme", 23),
            Column("Rated", 9),
            Column("Budget", 11, "right", "number"),
            Column("Forecast", 11, "right", "number"),
            Column("Slips", 13),
            Column("All years", 11, "right", "number"),
            Column("Forecast of all years", 12, "right", "number"),
            Column("Funding", 11),
            Column("State", 14),
        ),
        tuple(rows),
    )
