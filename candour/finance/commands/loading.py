"""Figures are loaded: a whole position at once, in one entry of the history that holds the root of them all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.models import Figure, Load
from candour.finance.queries.amounts import COLUMNS, at_position, standing
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.batch import CHUNK
from candour.kernel.history.recording import recording
from candour.kernel.history.roots import Root
from candour.kernel.people.models import Organisation
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.lines import write
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason

LARGEST = 10**14  # a million million pounds: what is larger was misread


@dataclass(frozen=True)
class NewAmount:
    """An amount as a workbook gives it, in pence. record: of a budget or a scheme. line: "" for the scheme itself."""

    record: Record
    part: str
    year: date
    what: str
    pence: int
    line: str = ""

    @property
    def key(self) -> tuple[int, str, str, date, str]:
        return (self.record.pk, self.part, self.line, self.year, self.what)


@dataclass(frozen=True)
class Moved:
    """An amount that a load would bring. was: what stands at the newest position; None for one that is new."""

    amount: NewAmount
    was: int | None


def load_figures(
    amounts: Sequence[NewAmount],
    *,
    organisation: Organisation,
    position: date,
    file_name: str,
    sha256: str,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> Load | None:
    """Load the amounts of one position. What that position says already is left out; None where nothing is new.

    position: any day of the month at whose end they stand. Raises Refused for records of another body or ended, a month to
    come, an amount given twice, one of no part that there is, and one that is too large.
    """
    require(actor, FinancePermission.MANAGE, Record(organisation=organisation))
    why, day = need_reason(reason, "Say where the figures come from"), effective or local_date(at)
    month = position.replace(day=1)
    _check(amounts, organisation, month, local_date(at))
    said = at_position({one.record.pk for one in amounts}, month)
    rows = [_row(one, month) for one in amounts if said.get(one.key) != one.pence]
    if not rows:
        return None
    rows.sort(key=_values)
    root = Root()
    for row in rows:
        root.add(_values(row))
    kinds = {one.record.pk: one.record.kind for one in amounts}
    touched = sorted({row.record_id for row in rows})
    with recording("finance.loaded", actor=actor, at=at, effective=day, reason=why):
        for start in range(0, len(touched), CHUNK):  # so that two loads cannot miss each other's figures in a line
            list(Record.objects.select_for_update().filter(pk__in=touched[start : start + CHUNK]).order_by("pk"))
        load = Load.objects.create(
            organisation=organisation,
            file_name=file_name[:200],
            sha256=sha256,
            position=month,
            loaded_on=day,
            figures=len(rows),
            root=root.hexdigest(),
        )
        for row in rows:
            row.load = load
        Figure.objects.bulk_create(rows, batch_size=2000)
        for kind in ("budget", "finance-scheme"):
            some = [pk for pk in touched if kinds[pk] == kind]
            for start in range(0, len(some), CHUNK):
                write(kind_named(kind), some[start : start + CHUNK])
    return load


def moves_of(amounts: Iterable[NewAmount], position: date) -> list[Moved]:
    """What loading some amounts would bring, in their order, beside what stands now. Two queries.

    What the same position says already is left out.
    """
    wanted = list(amounts)
    pks = {one.record.pk for one in wanted if one.record.pk}
    said = at_position(pks, position.replace(day=1))
    now = {
        (pk, row["part"], row["line"], row["year"], row["what"]): row["pence"]
        for pk, rows in standing(pks).items()
        for row in rows
    }
    return [Moved(one, now.get(one.key)) for one in wanted if said.get(one.key) != one.pence]


def _row(one: NewAmount, month: date) -> Figure:
    return Figure(
        record=one.record, part=one.part, line=one.line[:120], year=one.year, what=one.what, position=month,
        pence=one.pence,
    )  # fmt: skip


def _values(row: Figure) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)


def _check(amounts: Sequence[NewAmount], organisation: Organisation, month: date, today: date) -> None:
    if month > today:
        raise Refused("figures", f"{month:%B %Y} has not come yet: enter the month at whose end the figures stand")
    seen: set[object] = set()
    for one in amounts:
        where = f"{one.record.reference}{f', {one.line}' if one.line else ''}, {rules.say_year(one.year)}"
        if one.record.organisation_id != organisation.pk:
            raise Refused("figures", f"{one.record.reference} is of another body: take its row out")
        if one.record.closed_on is not None:
            raise Refused("figures", f"{one.record.reference} has ended: take its row out")
        if one.what not in rules.PARTS.get(one.part, {}) or one.year != rules.starts_year(one.year):
            raise Refused("figures", f"{where}: there is no such figure")
        if abs(one.pence) >= LARGEST:
            raise Refused("figures", f"{where}: the amount is larger than can be kept")
        if one.key in seen:
            raise Refused("figures", f"{where} is given twice: leave one")
        seen.add(one.key)
