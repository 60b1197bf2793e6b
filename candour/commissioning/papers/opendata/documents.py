"""What is published of contracts, grants and payments as pages that people read, beside the data. Pure."""

from collections.abc import Sequence
from datetime import date

from candour.commissioning.papers.opendata.spend import Item
from candour.commissioning.rules import pounds
from candour.commissioning.rules.publishing import (
    RATINGS,
    REASONS,
    Publishable,
    Publisher,
    decided_on,
)
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Block, Column, Document, Heading, Row, Table, cell, fact, para

WITHHELD = "withheld"


def _document(title: str, body: Publisher, blocks: Sequence[Block], *, first: date, mark: str) -> Document:
    facts = (fact("Licence", body.licence), fact("Fingerprint of the data", mark))
    return Document(title, body.name, tuple(blocks), meta=facts, date=first)


def contracts_document(
    title: str, rows: Sequence[Publishable], body: Publisher, *, first: date, until: date, mark: str
) -> Document:
    """The contracts over the threshold, what is withheld of each and why, and the KPIs of those that have any."""
    columns = (
        Column("Reference", 14, kind="reference"),
        Column("Contract", 30),
        Column("Provider", 20),
        Column("Value", 13, "right", "number"),
        Column("Term", 23),
    )
    table = tuple(
        Row(
            (
                cell(row.reference),
                cell(row.title),
                cell(WITHHELD if "supplier" in row.withheld else row.supplier.name),
                cell(WITHHELD if "value" in row.withheld else pounds(row.value_on(until))),
                cell(f"{_day(row.starts)} to {_day(row.ends_on(until))}"),
            )
        )
        for row in rows
    )
    count = f"{len(rows)} {'contract is' if len(rows) == 1 else 'contracts are'}"
    blocks: list[Block] = [
        Heading(1, "Contracts"),
        para(f"{count} worth more than {pounds(body.contracts_over)}."),
        Table("Contracts over the threshold", columns, table),
        *_withheld(rows),
        *_kpis(rows, until),
    ]
    return _document(title, body, blocks, first=first, mark=mark)


def _withheld(rows: Sequence[Publishable]) -> list[Block]:
    words = {"supplier": "provider", "value": "value"}
    told = [
        Row((cell(row.reference), cell(words[part].capitalize()), cell(REASONS[ground])))
        for row in rows
        for part, ground in sorted(row.withheld.items())
        if part in words
    ]
    if not told:
        return []
    columns = (Column("Reference", 20, kind="reference"), Column("What", 20), Column("Exemption", 60))
    caption = "What is withheld, by exemption of the Freedom of Information Act 2000"
    return [Heading(1, "What is withheld"), Table(caption, columns, tuple(told))]


def _kpis(rows: Sequence[Publishable], until: date) -> list[Block]:
    told = []
    for row in rows:
        for one in row.indicators:
            rated = [(day, rating) for day, rating in one.ratings if day <= until]
            last = f"{RATINGS[rated[-1][1]]}, up to {say_date(rated[-1][0])}" if rated else "Not rated yet"
            told.append(Row((cell(row.reference), cell(one.name), cell(one.target or "none"), cell(last))))
    if not told:
        return []
    columns = (Column("Reference", 16, kind="reference"), Column("KPI", 40), Column("Target", 18), Column("Rated", 26))
    return [Heading(1, "Performance"), Table("KPIs and how each was last rated", columns, tuple(told))]


def grants_document(
    title: str, rows: Sequence[Publishable], body: Publisher, *, first: date, until: date, mark: str
) -> Document:
    """The grants with who got them, how much and when."""
    columns = (
        Column("Reference", 14, kind="reference"),
        Column("Grant", 36),
        Column("Recipient", 26),
        Column("Awarded", 16, "right", "number"),
        Column("On", 16, kind="date"),
    )
    table = tuple(
        Row(
            (
                cell(row.reference),
                cell(row.title),
                cell(row.supplier.name),
                cell(pounds(row.value_on(until))),
                cell(_day(decided_on(row))),
            )
        )
        for row in rows
    )
    total = pounds(sum(row.value_on(until) or 0 for row in rows))
    count = f"{len(rows)} {'grant is' if len(rows) == 1 else 'grants are'}"
    blocks: list[Block] = [
        Heading(1, "Grants"),
        para(f"{count} published, together {total}."),
        Table("Grants", columns, table),
    ]
    return _document(title, body, blocks, first=first, mark=mark)


def spend_document(title: str, found: Sequence[Item], body: Publisher, *, first: date, mark: str) -> Document:
    """The payments of a month over the threshold."""
    columns = (
        Column("Date", 14, kind="date"),
        Column("Supplier", 24),
        Column("Purpose", 30),
        Column("Funding stream", 20),
        Column("Amount", 12, "right", "number"),
    )
    table = tuple(
        Row(
            (
                cell(say_date(one.on)),
                cell(one.supplier + (f". {one.redaction}" if one.redaction else "")),
                cell(one.purpose),
                cell(one.stream),
                cell(pounds(one.amount)),
            )
        )
        for one in found
    )
    total = pounds(sum(one.amount for one in found))
    count = f"{len(found)} {'payment' if len(found) == 1 else 'payments'}"
    blocks: list[Block] = [
        Heading(1, "Payments"),
        para(f"{count} of more than {pounds(body.spend_over)}, together {total}."),
        Table("Payments over the threshold", columns, table, row_headers=False),
    ]
    return _document(title, body, blocks, first=first, mark=mark)


def _day(day: date | None) -> str:
    return say_date(day) if day else "no date"
