"""The performance report: a page of summary, exceptions with chart and words; all other figures as tables behind them."""

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
from candour.performance.papers.appendices import of_appendices
from candour.performance.papers.drawn import chart_of, dated, in_words, short, signal_words, target_words, unit_words
from candour.performance.papers.sets import of_sets
from candour.performance.papers.standing import standing_words
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
    "mean moving range. A figure within the limits, without a signal, is what the process does anyway, and tells nothing new. "
    "Every figure stands in an appendix."
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
            *of_appendices(running, rest, stock.compared, TONES),
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
            Column("Figure", 11, "right", "number"),
            Column("Unit", 11),
            Column("Period", 18),
            Column("Target", 13),
            Column("What it says", 20),
        ),
        tuple(_summary_row(one.row, one.row.exception) for one in running),
    )
    yield para(HOW)


def _summary_row(row: MeasureRow, exception: bool) -> Row:
    # What must be explained has a part of its own to go to; all else stands in the appendices.
    title = link(row.title, f"#{anchor_for(row.reference)}") if exception else row.title
    return Row(
        (
            cell(row.reference),
            cell(title),
            cell(short(row, row.line.value)),
            cell(unit_words(row)),
            cell(dated(row)),
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
        yield from _measure(one, stock.compared.get(one.row.pk), _explained(one))


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


def _measure(one: Whole, among: Comparison | None, said: Block) -> Iterator[Block]:
    row = one.row
    yield Heading(2, f"{row.reference} {row.title}", anchor=anchor_for(row.reference))
    stands = [row.state + "."]
    if why := signal_words(one):
        stands.append(why)
    if aim := target_words(row):
        stands.append(f"Target: {aim}.")
    yield para(*(f"{words} " for words in stands))
    yield said
    if any(each.status == "Revised" for each in one.series):
        policy = row.texts["revisions"] or "The definition does not say when figures are revised."
        yield para(bold("Revised figures."), f" {policy}")
    if among is not None:
        yield para(bold(among.group.name), ". ", *(f"{each} " for each in standing_words(row, among)))
    if row.line.last_period is None:
        yield para("No figure has been loaded.")
        return
    chart = chart_of(one, key=anchor_for(row.reference))
    yield Figure(inked(chart.svg), f"{row.title}, {row.period}", in_words(one))
