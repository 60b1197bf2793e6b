"""The status sheet of one agreement: what was planned, what happened, by whom, how late. Rows to a Document; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candour.commissioning.queries.care.steps import StepRow
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import (
    Block,
    Column,
    Document,
    Heading,
    Row,
    Table,
    bold,
    cell,
    fact,
    para,
)

TONES = {"Late": "red", "Due soon": "amber", "Done": "green", "Skipped": "grey"}


@dataclass(frozen=True)
class Sheet:
    """The steps of one agreement on a day. version: of the steps that it began on."""

    body: str
    reference: str
    title: str
    kind: str
    lead: str
    provider: str
    starts: date | None
    version: int
    began: date | None
    today: date
    restricted: bool
    rows: tuple[StepRow, ...]


def status_sheet(sheet: Sheet) -> Document:
    """The sheet as a paper."""
    return Document(
        "Status sheet",
        sheet.body,
        (*_front(sheet), *_steps(sheet)),
        subtitle=f"{sheet.reference} {sheet.title}",
        marking="OFFICIAL-SENSITIVE" if sheet.restricted else "OFFICIAL",
        meta=(
            fact("Agreement", sheet.reference),
            fact("Kind", f"{sheet.kind}, version {sheet.version} of its steps"),
            fact("Provider", sheet.provider),
            fact("Lead", sheet.lead or "No post"),
            fact("As at", say_date(sheet.today)),
        ),
        date=sheet.today,
    )


def _front(sheet: Sheet) -> Iterator[Block]:
    yield Heading(1, "Where it stands")
    done = [row for row in sheet.rows if row.done_on and row.state == "Done"]
    skipped = [row for row in sheet.rows if row.state == "Skipped"]
    waiting = [row for row in sheet.rows if row.done_on is None]
    began = f" Its steps began on {say_date(sheet.began)}." if sheet.began else ""
    starts = f" Its first day is {say_date(sheet.starts)}." if sheet.starts else ""
    yield para(bold(len(done)), f" of {len(sheet.rows)} steps {'is' if len(done) == 1 else 'are'} done.{began}{starts}")
    if skipped:
        names = ", ".join(row.name for row in skipped)
        yield para(bold(len(skipped)), f" {'was' if len(skipped) == 1 else 'were'} skipped: {names}.")
    if waiting:
        first = waiting[0]
        late = f", late by {_days(first.late)}" if first.late else ""
        who = f" {first.post} sees to it." if first.post else ""
        yield para("Next: ", bold(first.name), f", planned for {say_date(first.planned)}{late}.{who}")
    else:
        yield para("Every step is recorded.")


def _steps(sheet: Sheet) -> Iterator[Block]:
    yield Heading(1, "The steps")
    columns = (
        Column("Step", 32),
        Column("Seen to by", 20),
        Column("Days", 7, "right", "number"),
        Column("Planned", 15, kind="date"),
        Column("Done, and by whom", 20),
        Column("State", 11),
        Column("Late by", 9, "right", "number"),
    )
    yield Table("Steps, in working days", columns, tuple(_row(row) for row in sheet.rows))
    yield para("Late by: working days between the planned day and the day it was done, or today.")


def _row(row: StepRow) -> Row:
    name = (para(row.name), para(row.note)) if row.note else (para(row.name),)
    done = (para(say_date(row.done_on)), para(row.by)) if row.done_on else (para("Not yet"),)
    return Row(
        (
            cell(*name),
            cell(row.post or "No post"),
            cell(row.days),
            cell(say_date(row.planned)),
            cell(*done),
            cell(row.state, tone=TONES.get(row.state, "")),
            cell(row.late, tone="red" if row.late else ""),
        )
    )


def _days(many: int) -> str:
    return f"{many} working {'day' if many == 1 else 'days'}"
