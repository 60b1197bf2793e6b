"""The contracts register for a board: rows in, a pure Document out, for each audience from the same rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from candour.commissioning import rules
from candour.commissioning.queries import AgreementRow, matches
from candour.kernel.calendar import say_date
from candour.kernel.papers.audiences import COPY, may_read
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Heading,
    PageBreak,
    Row,
    Table,
    bold,
    cell,
    fact,
    para,
)

TITLE = "Register of agreements"
BUDGETS = "What the agreements of each stream cost, ended ones too, against its budget"
TONES = {
    "Running unsigned": "red",
    "Running expired": "red",
    "Ending soon": "amber",
    "Running": "green",
    "Ended": "grey",
}


@dataclass(frozen=True)
class StreamThen:
    """A funding stream of a year as it stood. budget: pence."""

    code: str
    name: str
    year: str
    budget: int


@dataclass(frozen=True)
class Stock:
    """The agreements of one body as they stood on a day, and its streams: every copy is made from them."""

    body: str
    panel: str
    as_at: date
    dated: date
    rows: tuple[AgreementRow, ...]
    streams: tuple[StreamThen, ...]

    def shown(self, audience: str) -> tuple[AgreementRow, ...]:
        return tuple(row for row in self.rows if row.sensitivity in may_read(audience))

    def hidden(self, audience: str) -> tuple[AgreementRow, ...]:
        return tuple(row for row in self.rows if row.sensitivity not in may_read(audience))


def agreements_paper(stock: Stock, audience: str) -> Document:
    """The copy of one audience, as a draft. Raises ValueError for an audience that does not exist."""
    rows = stock.shown(audience)
    running = [row for row in rows if row.state != "Ended"]
    blocks = (
        *_front(stock, running),
        *_budgets(stock, rows),
        *unhealthy(running),
        *ending(running, stock.as_at),
        PageBreak(landscape=True),
        *_streams(stock, rows),
    )
    return Document(
        TITLE,
        stock.body,
        blocks,
        subtitle=f"{COPY[audience]}. As it stood on {say_date(stock.as_at)}",
        marking="OFFICIAL-SENSITIVE" if any(row.restricted for row in rows) else "OFFICIAL",
        meta=(
            fact("Meeting", stock.panel),
            fact("Date", say_date(stock.dated)),
            fact("Report of", stock.body),
            fact("Subject", "Contracts, grants and other agreements"),
            fact("Register as at", say_date(stock.as_at)),
        ),
        date=stock.dated,
    )


def _front(stock: Stock, running: Sequence[AgreementRow]) -> Iterator[Block]:
    views = {
        name: [row for row in running if matches(row, name, stock.as_at)]
        for name in ("failing", "unsigned", "expired", "ending")
    }
    yield Heading(1, "Summary")
    if not running:
        yield para("No agreement runs.")
        return
    worth = rules.pounds(rules.total(row.line.value for row in running))
    yield para(
        bold(len(running)), f" {'agreement runs' if len(running) == 1 else 'agreements run'}, together worth {worth}."
    )
    yield para(bold(len(views["failing"])), " fail at least one check of their health.")
    yield para(bold(len(views["unsigned"])), " are not signed by both.")
    yield para(bold(len(views["expired"])), " have passed their last day and still run.")
    yield para(bold(len(views["ending"])), " end within six months.")


def _budgets(stock: Stock, shown: Sequence[AgreementRow]) -> Iterator[Block]:
    """What all agreements of a stream cost, those that have ended too; streams without any are left out."""
    rows = []
    for stream in stock.streams:
        mine = [row for row in shown if (row.stream_code, row.year) == (stream.code, stream.year)]
        if not mine:
            continue
        agreed = rules.total(row.line.value for row in mine)
        left = stream.budget - agreed
        amounts = (cell(rules.pounds(stream.budget)), cell(rules.pounds(agreed)))
        short = cell(rules.pounds(left), tone="red" if left < 0 else "")
        rows.append(Row((cell(f"{stream.name} {stream.year}"), cell(len(mine)), *amounts, short)))
    if not rows:
        return
    columns = (
        Column("Stream", 36),
        Column("Agreements", 17, "right", "number"),
        *(Column(name, 16, "right", "number") for name in ("Budget", "Agreed", "Left")),
    )
    yield Heading(1, "Funding streams against their budgets")
    yield Table(BUDGETS, columns, tuple(rows))


def unhealthy(running: Sequence[AgreementRow]) -> Iterator[Block]:
    """What fails of each agreement that runs."""
    yield Heading(1, "What is unhealthy")
    found = [row for row in running if row.failing]
    if not found:
        yield para("Every agreement that runs passes every check.")
        return
    yield Table(
        "Agreements that fail a check",
        (
            Column("Reference", 14, kind="reference"),
            Column("Agreement", 34),
            Column("Lead", 18),
            Column("What fails", 44),
        ),
        tuple(
            Row(
                (
                    cell(row.reference),
                    cell(row.title),
                    cell(row.owner or "No post"),
                    cell(*(para(bold(f"{one.title}. "), one.said) for one in row.failing)),
                )
            )
            for row in found
        ),
    )


def ending(running: Sequence[AgreementRow], day: date) -> Iterator[Block]:
    """What ends within six months of a day, and what comes next."""
    yield Heading(1, "What ends within six months")
    found = sorted((row for row in running if matches(row, "ending", day)), key=lambda row: row.line.ends or day)
    if not found:
        yield para("No agreement ends within six months.")
        return
    yield Table(
        "Agreements that end within six months, and what comes next",
        (
            Column("Ends", 15, kind="date"),
            Column("Reference", 14, kind="reference"),
            Column("Agreement", 36),
            Column("Value", 13, "right", "number"),
            Column("What comes next", 22),
        ),
        tuple(
            Row(
                (
                    cell(say_date(row.line.ends) if row.line.ends else "No date"),
                    cell(row.reference),
                    cell(row.title),
                    cell(row.value),
                    cell(row.follows or "Not decided", tone="" if row.follows else "red"),
                )
            )
            for row in found
        ),
        row_headers=False,
    )


def _streams(stock: Stock, rows: Sequence[AgreementRow]) -> Iterator[Block]:
    """The register itself, a table for each stream of each year."""
    yield Heading(1, "The register, by funding stream")
    places = sorted({(row.year, row.stream_code, row.stream) for row in rows}, key=lambda one: (one[2], one[0]))
    if not places:
        yield para("There is no agreement in the register.")
    for year, code, name in places:
        yield Heading(2, f"{name} {year}")
        mine = [row for row in rows if (row.year, row.stream_code) == (year, code)]
        yield Table(f"Agreements of {name} {year}", COLUMNS, tuple(_row(row) for row in mine))


COLUMNS = (
    Column("Reference", 13, kind="reference"),
    Column("Title", 36),
    Column("Kind", 16),
    Column("From", 14, kind="date"),
    Column("To", 14, kind="date"),
    Column("Value", 13, "right", "number"),
    Column("Lead", 18),
    Column("State", 14),
    Column("Fails", 8, "right", "number"),
)


def _row(row: AgreementRow) -> Row:
    line = row.line
    return Row(
        (
            cell(row.reference),
            cell(row.title),
            cell(row.kind),
            cell(say_date(line.starts) if line.starts else "No date"),
            cell(say_date(line.ends) if line.ends else "No date"),
            cell(row.value),
            cell(row.owner or "No post"),
            cell(row.state, tone=TONES.get(row.state, "")),
            cell(len(row.failing) if row.state != "Ended" else "ended"),
        )
    )
