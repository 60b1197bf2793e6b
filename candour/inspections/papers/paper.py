"""The report on inspections for a board: the clock, causes of concern, grades, what is asked, the statement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from candour.inspections import rules
from candour.inspections.papers.drawn import grades_chart, in_words
from candour.inspections.queries import StatedRow, Whole, grades_in
from candour.inspections.rules.items import CAUSE, SORTS
from candour.inspections.rules.statement import SAID
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
    bold,
    cell,
    fact,
    para,
)
from candour.kernel.papers.inked import inked
from candour.kernel.records.raised import RaisedThen

TITLE = "Inspection report"
TONES = {
    "Response overdue": "red",
    "Step overdue": "red",
    "Clock running": "amber",
    "Copies to send": "amber",
    "Answered": "green",
    "Overdue": "red",
    "At risk": "amber",
    "On track": "green",
    "Done": "green",
}
Items = Mapping[int, tuple[RaisedThen, ...]]


@dataclass(frozen=True)
class Stock:
    """The inspections of one body as they stood on a day, what they ask for, and its statement: every copy is made from it.

    items: by inspection; below: by cause of concern.
    """

    body: str
    panel: str
    as_at: date
    since: date
    dated: date
    wholes: tuple[Whole, ...]
    items: Items
    below: Items
    stated: tuple[StatedRow, ...]

    def copy(self, audience: str) -> "Stock":
        """What an audience may read. Raises ValueError for an audience that does not exist."""
        return self._those(may_read(audience))

    def hidden(self, audience: str) -> "Stock":
        """What an audience may not read, whatever it hangs on."""
        may = may_read(audience)
        every = {one.row.pk: one for one in self.wholes}
        inside = self._those(may)
        shown = {one.pk for rows in (*inside.items.values(), *inside.below.values()) for one in rows}

        def rest(items: Items) -> Items:
            return {pk: tuple(one for one in rows if one.pk not in shown) for pk, rows in items.items()}

        return replace(
            self,
            wholes=tuple(one for one in every.values() if one.row.sensitivity not in may),
            items=rest(self.items),
            below=rest(self.below),
            stated=tuple(one for one in self.stated if one.sensitivity not in may),
        )

    def _those(self, may: frozenset[str]) -> "Stock":
        wholes = tuple(one for one in self.wholes if one.row.sensitivity in may)
        items = _readable({one.row.pk: self.items.get(one.row.pk, ()) for one in wholes}, may)
        causes = [one.pk for rows in items.values() for one in rows]
        return replace(
            self,
            wholes=wholes,
            items=items,
            below=_readable({pk: self.below[pk] for pk in causes if pk in self.below}, may),
            stated=tuple(one for one in self.stated if one.sensitivity in may),
        )

    @property
    def restricted(self) -> bool:
        kept = [one.row.sensitivity for one in self.wholes] + [one.sensitivity for one in self.stated]
        kept += [one.sensitivity for some in (*self.items.values(), *self.below.values()) for one in some]
        return "restricted" in kept

    @property
    def bare(self) -> list[RaisedThen]:
        """Causes of concern without a recommendation under them."""
        return [
            one
            for rows in self.items.values()
            for one in rows
            if one.sort == CAUSE and one.closed_on is None and not self.below.get(one.pk)
        ]


def _readable(items: Items, may: frozenset[str]) -> Items:
    return {pk: tuple(one for one in rows if one.sensitivity in may) for pk, rows in items.items()}


def inspections_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    copy = stock.copy(audience)
    blocks = (
        *_summary(copy),
        *_causes(copy),
        *_clock(copy),
        *_grades(copy),
        PageBreak(landscape=True),
        *_asked(copy),
        *_statement(copy),
    )
    return Document(
        TITLE,
        stock.body,
        blocks,
        subtitle=f"{COPY[audience]}. As it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if copy.restricted else "OFFICIAL",
        meta=(
            fact("Meeting", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", "Inspections"),
            fact("As at", say_date(stock.as_at)),
        ),
        date=stock.dated,
    )


def every_item(copy: Stock) -> list[RaisedThen]:
    """Every item of a copy, once."""
    rows = [one for some in (*copy.items.values(), *copy.below.values()) for one in some]
    return list({one.pk: one for one in rows}.values())


def _summary(copy: Stock) -> Iterator[Block]:
    yield Heading(1, "Summary")
    if not copy.wholes:
        yield para("There is no inspection to report.")
    else:
        open_ones = [one for one in copy.wholes if one.row.line.closed_on is None]
        running = _running(open_ones)
        overdue = [one for one in running if one.row.state == "Response overdue"]
        yield para(bold(len(open_ones)), f" {'inspection is' if len(open_ones) == 1 else 'inspections are'} open.")
        yield para(
            *(
                bold(len(running)),
                f" {'response is' if len(running) == 1 else 'responses are'} still to be published; ",
            ),
            *(bold(len(overdue)), " of them past the law’s last day."),
        )
        items = [one for one in every_item(copy) if one.closed_on is None]
        for sort, words in SORTS.items():
            many = sum(one.sort == sort for one in items)
            yield para(bold(many), f" {_plural(words, many).lower()} {'is' if many == 1 else 'are'} open.")
    if copy.stated:
        late = sum(one.state == "Overdue" for one in copy.stated)
        left = sum(one.line.closed_on is None for one in copy.stated)
        yield para(
            bold(left), f" {'item' if left == 1 else 'items'} of the force management statement open, ",
            bold(late), " overdue.",
        )  # fmt: skip


MANY = {"Cause of concern": "Causes of concern", "Area for improvement": "Areas for improvement"}


def _plural(words: str, many: int) -> str:
    return words if many == 1 else MANY.get(words, f"{words}s")


def _running(wholes: Sequence[Whole]) -> list[Whole]:
    return [one for one in wholes if one.row.line.response_due and one.row.line.answered_on is None]


def _clock(copy: Stock) -> Iterator[Block]:
    yield Heading(1, "The statutory clock")
    yield para(
        "A response to each report is published before the end of 56 days beginning with its publication (Police Act 1996, "
        "section 55)."
    )
    rows = [one for one in copy.wholes if one.row.line.closed_on is None and one.row.line.published_on]
    rows.sort(key=lambda one: (rules.ORDER.index(one.row.state), one.row.line.next_due or date.max, one.row.reference))
    if not rows:
        yield para("No report waits for anything.")
        return
    yield Table(
        "Reports that are out, those that need something first",
        (
            Column("Reference", 10, kind="reference"),
            Column("Report", 34),
            Column("Published", 14),
            Column("Response due", 14),
            Column("Next step", 24),
            Column("State", 16),
        ),
        tuple(_clock_row(one, copy.as_at) for one in rows),
    )


def _clock_row(one: Whole, day: date) -> Row:
    row, line = one.row, one.row.line
    following = f"{row.next_words} by {say_date(line.next_due)}, {row.left}" if line.next_due else "None"
    if line.answered_on:
        following += f". Response published {say_date(line.answered_on)}"
    due = say_date(line.response_due) if line.response_due else "none asked for"
    return Row(
        (
            cell(row.reference),
            cell(row.title),
            cell(say_date(line.published_on or day)),
            cell(due),
            cell(following),
            cell(row.state, tone=TONES.get(row.state, "")),
        )
    )


def _causes(copy: Stock) -> Iterator[Block]:
    yield Heading(1, "Open causes of concern")
    named = {one.row.pk: one.row for one in copy.wholes}
    found = [
        (named[pk], one)
        for pk, rows in copy.items.items()
        for one in rows
        if one.sort == CAUSE and one.closed_on is None
    ]
    if not found:
        yield para("No cause of concern is open.")
    for row, cause in found:
        yield Heading(2, f"{cause.reference} {cause.title}")
        yield para(f"From {row.reference} {row.title}. {cause.state}, {_answered(cause)}.")
        if cause.text and cause.text != cause.title:
            yield para(cause.text)
        under = copy.below.get(cause.pk, ())
        if not under:
            yield para("No recommendation stands under it. A cause of concern needs one at least.")
        else:
            yield _table(f"What is recommended under {cause.reference}", under, sorted_by=False)


def _grades(copy: Stock) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(1, "Grades over the years")
    areas = grades_in(copy.wholes)
    if not areas:
        yield para("No report has graded anything.")
        return
    yield para("Grades on two scales are never compared, whatever their words. No line is drawn from one to another.")
    chart = grades_chart(areas, key="grades", title="Grades by area")
    width = (30, *([18] * (len(chart.table.heads) - 2)), 26)
    columns = tuple(Column(head, wide) for head, wide in zip(chart.table.heads, width, strict=True))
    table = Table("Grades by area, in words", columns, tuple(Row(tuple(map(cell, row))) for row in chart.table.rows))
    yield Figure(inked(chart.svg), "Grades by area and report", in_words(areas), table)


def _asked(copy: Stock) -> Iterator[Block]:
    yield Heading(1, "What inspections ask for")
    some = False
    for one in copy.wholes:
        rows = [each for each in _of(copy, one.row.pk) if each.closed_on is None]
        if rows and one.row.line.closed_on is None:
            some = True
            yield Heading(2, f"{one.row.reference} {one.row.title}")
            yield _table(f"Open items of {one.row.reference}", rows)
    if not some:
        yield para("Nothing that an inspection asks for is open.")


def _of(copy: Stock, pk: int) -> list[RaisedThen]:
    rows = copy.items.get(pk, ())
    below = [one for cause in rows for one in copy.below.get(cause.pk, ())]
    return list({one.pk: one for one in (*rows, *below)}.values())


def _table(caption: str, rows: Sequence[RaisedThen], *, sorted_by: bool = True) -> Table:
    order = list(SORTS)
    ranked = sorted(rows, key=lambda one: order.index(one.sort) if one.sort in order else 9) if sorted_by else rows
    return Table(
        caption,
        (
            Column("Reference", 12, kind="reference"),
            Column("What is asked", 44),
            Column("Kind", 18),
            Column("Owner and date", 28),
            Column("State", 16),
        ),
        tuple(
            Row(
                (
                    cell(one.reference),
                    cell(one.title),
                    cell(SORTS.get(one.sort, "Recommendation")),
                    cell(_answered(one)),
                    cell(one.state),
                )
            )
            for one in ranked
        ),
    )


def _answered(one: RaisedThen) -> str:
    said = [
        f"{owner.post or 'no post'}, {say_date(owner.due) if owner.due else owner.words or 'no date'}"
        for owner in one.owners
    ]
    return "; ".join(said) or "no post"


def _statement(copy: Stock) -> Iterator[Block]:
    yield Heading(1, "Force management statement")
    rows = [one for one in copy.stated if one.line.closed_on is None or one.line.closed_on > copy.since]
    if not rows:
        yield para("No item of the statement is open.")
        return
    order = rules.STATED_ORDER
    rows.sort(key=lambda one: (one.line.year, order.index(one.state), one.line.due or date.max, one.reference))
    yield Table(
        "Items of the statement, those overdue first",
        (
            Column("Reference", 12, kind="reference"),
            Column("What is asked", 36),
            Column("Section", 22),
            Column("Owner", 20),
            Column("Due", 14),
            Column("Last said", 30),
            Column("State", 12),
        ),
        tuple(_stated_row(one) for one in rows),
    )


def _stated_row(one: StatedRow) -> Row:
    last = one.progress[-1] if one.progress else None
    said = f"{SAID[last['said']]}, {say_date(last['dated'])}. {last['text']}" if last else "nothing yet"
    return Row(
        (
            cell(one.reference),
            cell(one.title),
            cell(f"{one.line.section}, {one.line.year}"),
            cell(one.owner or "no post"),
            cell(say_date(one.line.due) if one.line.due else "no date"),
            cell(said),
            cell(one.state, tone=TONES.get(one.state, "")),
        )
    )
