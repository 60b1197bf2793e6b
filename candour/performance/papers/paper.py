"""The performance report: a page of summary, exceptions first with chart and words, the rest, and what each measure counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from candour.kernel.calendar import say_date
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
    anchor_for,
    bold,
    cell,
    fact,
    link,
    para,
)
from candour.kernel.papers.inked import inked
from candour.performance import rules
from candour.performance.papers.drawn import chart_of, in_words, signal_words, target_words
from candour.performance.papers.sets import of_sets
from candour.performance.papers.standing import standing_chart, standing_words
from candour.performance.queries import Comparison, MeasureRow, SetRow, Whole

TITLE = "Performance report"
TONES = {
    "Explanation late": "red",
    "Explanation asked": "amber",
    "Getting worse": "red",
    "Will miss its target": "amber",
    "Figures late": "amber",
    "Changed": "blue",
    "Getting better": "green",
}
HOW = (
    "Each chart shows the figures of a measure with its mean and its process limits: the mean plus and minus 2.66 times the "
    "mean moving range. A figure within the limits, without a signal, is what the process does anyway, and tells nothing new."
)


@dataclass(frozen=True)
class Stock:
    """The measures of one body as they stood on a day: every copy is made from them. compared: by measure, where it is.

    sets: those in force on the day, with the statements that go with them.
    """

    body: str
    panel: str
    as_at: date
    dated: date
    wholes: tuple[Whole, ...]
    compared: Mapping[int, Comparison] = field(default_factory=dict)
    sets: tuple[SetRow, ...] = ()

    def shown(self, audience: str) -> tuple[Whole, ...]:
        return tuple(one for one in self.wholes if one.row.sensitivity in may_read(audience))

    def hidden(self, audience: str) -> tuple[Whole, ...]:
        return tuple(one for one in self.wholes if one.row.sensitivity not in may_read(audience))


def performance_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    running = [one for one in stock.shown(audience) if one.row.line.closed_on is None]
    running.sort(key=lambda one: (rules.ORDER.index(one.row.state), one.row.reference))
    exceptions = [one for one in running if one.row.exception]
    rest = [one for one in running if not one.row.exception]
    return Document(
        TITLE,
        stock.body,
        (
            *_summary(running, exceptions),
            *of_sets(stock.sets, {one.row.pk: one.row for one in running}, TONES),
            *_exceptions(stock, exceptions),
            *_rest(stock, rest),
            *_definitions(running),
        ),
        subtitle=f"{COPY[audience]}. As it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if any(one.row.restricted for one in running) else "OFFICIAL",
        meta=(
            fact("Meeting", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", "Performance"),
            fact("Figures as at", say_date(stock.as_at)),
        ),
        date=stock.dated,
    )


def _summary(running: Sequence[Whole], exceptions: Sequence[Whole]) -> Iterator[Block]:
    yield Heading(1, "Summary")
    if not running:
        yield para("There is no measure to report.")
        return
    many = f" {'measure is' if len(running) == 1 else 'measures are'} reported. "
    yield para(bold(len(running)), many, bold(len(exceptions)), " must be explained.")
    worse, better = (sum(one.row.line.variation == which for one in running) for which in ("concern", "improvement"))
    yield para(
        *(bold(worse), " got worse by more than noise, and "),
        *(bold(better), " got better. The other figures are what the process does anyway, or tell no direction."),
    )
    yield Table(
        "Every measure, those that must be explained first",
        (
            Column("Reference", 10, kind="reference"),
            Column("Measure", 38),
            Column("Figure", 14, "right", "number"),
            Column("Period", 15),
            Column("Status", 12),
            Column("Target", 12),
            Column("What it says", 20),
        ),
        tuple(_summary_row(one.row, one.row.exception) for one in running),
    )
    yield para(HOW)


def _summary_row(row: MeasureRow, exception: bool) -> Row:
    status = "Provisional" if row.line.provisional else "Final"
    title = link(row.title, f"#{anchor_for(row.reference)}")
    return Row(
        (
            cell(row.reference),
            cell(title),
            cell(row.said),
            cell(row.period or "none yet"),
            cell(status if row.period else "none"),
            cell(f"{row.target}{', within tolerance' if row.against == 'within' else ''}" if row.target else "none"),
            cell(row.state, tone=TONES.get(row.state, "")),
        )
    )


def _exceptions(stock: Stock, exceptions: Sequence[Whole]) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(1, "What must be explained")
    if not exceptions:
        yield para("No measure got worse by more than noise, and none will miss its target as it is.")
    for one in exceptions:
        yield from _measure(one, stock.compared.get(one.row.pk), said=_explained(one))


def _explained(one: Whole) -> Block:
    """What was said of an exception, which a reader wants before its figures."""
    given = [each for each in one.explanations if each["answered_on"]]
    owed = [each for each in one.explanations if not each["answered_on"]]
    if given:
        last = given[-1]
        return para(bold("Explained"), f" by {last['post_label']}, {say_date(last['answered_on'])}. {last['answer']}")
    if owed:
        return para(bold("Asked of"), f" {owed[-1]['post_label']}, due {say_date(owed[-1]['due'])}.")
    return para("Nobody has been asked to explain it yet.")


def _rest(stock: Stock, rest: Sequence[Whole]) -> Iterator[Block]:
    if not rest:
        return
    yield PageBreak()
    yield Heading(1, "The other measures")
    for one in rest:
        yield from _measure(one, stock.compared.get(one.row.pk))


def _measure(one: Whole, among: Comparison | None, said: Block | None = None) -> Iterator[Block]:
    row = one.row
    yield Heading(2, f"{row.reference} {row.title}", anchor=anchor_for(row.reference))
    if row.line.last_period is None:
        yield para("No figure has been loaded.")
        return
    stands = [row.state + "."]
    if why := signal_words(one):
        stands.append(why)
    if aim := target_words(row):
        stands.append(f"Target: {aim}.")
    yield para(*(f"{words} " for words in stands))
    if said is not None:
        yield said
    if any(each.status == "Revised" for each in one.series):
        policy = row.texts["revisions"] or "The definition does not say when figures are revised."
        yield para(bold("Revised figures."), f" {policy}")
    chart = chart_of(one, key=anchor_for(row.reference))
    period, figure, signal, status = chart.table.heads
    columns = (Column(period, 26), Column(figure, 14, "right", "number"), Column(signal, 38), Column(status, 22))
    rows = tuple(Row(tuple(cell(text) for text in line)) for line in chart.table.rows)
    table = Table(f"{row.reference}, in figures", columns, rows)
    yield Figure(inked(chart.svg), f"{row.title}, {row.period}", in_words(one), table)
    if among is not None:
        yield from _among(row, among)


def _among(row: MeasureRow, among: Comparison) -> Iterator[Block]:
    """Where it stands among bodies like it."""
    words = standing_words(row, among)
    yield para(bold(among.group.name), ". ", *(f"{each} " for each in words))
    chart = standing_chart(row, among, key=f"{anchor_for(row.reference)}-among")
    columns = tuple(Column(head, width) for head, width in zip(chart.table.heads, (34, 22, 22, 22), strict=True))
    rows = tuple(Row(tuple(cell(text) for text in line)) for line in chart.table.rows)
    table = Table(f"{row.reference}, {among.group.name}", columns, rows)
    yield Figure(inked(chart.svg), chart.title, " ".join(words), table)


def _definitions(running: Sequence[Whole]) -> Iterator[Block]:
    if not running:
        return
    yield PageBreak(landscape=True)
    yield Heading(1, "What each measure counts")
    yield Table(
        "Definitions",
        (
            Column("Reference", 10, kind="reference"),
            Column("What is counted", 40),
            Column("Better is", 10),
            Column("Every", 12),
            Column("Source", 26),
            Column("Owner", 18),
            Column("Revisions", 24),
        ),
        tuple(
            Row(
                (
                    cell(one.row.reference),
                    cell(one.row.texts["counts"]),
                    cell(rules.BETTER[one.row.line.better]),
                    cell(rules.FREQUENCIES[one.row.line.frequency].removeprefix("Each ").capitalize()),
                    cell(one.row.texts["source"] or "not said"),
                    cell(one.row.owner or "no post"),
                    cell(one.row.texts["revisions"] or "not said"),
                )
            )
            for one in sorted(running, key=lambda each: each.row.reference)
        ),
    )
