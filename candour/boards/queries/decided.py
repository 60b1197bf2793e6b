"""What can be asked about the decisions of boards."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.boards.models import CLOSED_MEETING, DECISION_WORDS, Board, Decision, visible_decisions
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import Sensitivity
from candour.kernel.records.search import matching

NAMED = ("organisation", "of", "item__record__organisation")


def decisions_of(organisation: int, *, actor: Actor, most: int = 20) -> list[Decision]:
    """The latest decisions of a body's boards, newest meeting first. One query."""
    rows = Decision.objects.filter(visible_decisions(actor), organisation=organisation)
    return list(rows.order_by("-met_on", "board", "minute", "pk")[:most])


def decisions_seen(actor: Actor) -> QuerySet[Decision]:
    """The decisions that an actor may see, newest meeting first."""
    rows = Decision.objects.filter(visible_decisions(actor)).select_related(*NAMED)
    return rows.order_by("-met_on", "board", "minute", "-pk")


def decisions_in_order(rows: QuerySet[Decision], start: int, stop: int) -> list[Decision]:
    """A page of decisions. Two queries: which they are is settled before what they name is looked up."""
    keys = list(rows.values_list("pk", flat=True)[start:stop])
    found = rows.model._default_manager.filter(pk__in=keys).select_related(*NAMED).in_bulk()
    return [found[key] for key in keys]


def decision_at(number: int, *, actor: Actor) -> Decision:
    """One decision. Raises Decision.DoesNotExist alike for one that is hidden and one that never was."""
    rows = decisions_seen(actor).select_related(
        *("organisation", "of", "mover", "seconder", "taken_by", "item__record__organisation"),
        *("item__meeting__board", "item__meeting__record__organisation"),
    )
    return rows.get(pk=number)


def boards_deciding(actor: Actor) -> list[tuple[str, str]]:
    """The boards whose decisions an actor may see, by name: (number, name), and of boards that are not kept here (name, name).
    Two queries.

    Each board is asked for one decision, so that it costs the same however many there are.
    """
    seen = Decision.objects.filter(visible_decisions(actor)).order_by()
    boards = Board.objects.filter(Exists(seen.filter(of=OuterRef("pk")))).values_list("pk", "name")
    typed = seen.filter(of=None).values_list("board", flat=True).distinct()
    found = [*((str(pk), name) for pk, name in boards), *((name, name) for name in typed)]
    return sorted(found, key=lambda one: one[1])


@dataclass(frozen=True)
class DecidedRow:
    """A decision as it read on a day. publishable: of the open part of a meeting that was closed, and not withheld."""

    pk: int
    board: str
    met_on: date
    minute: str
    resolved: str
    reasons: str
    value: Decimal | None
    key: bool
    withheld: bool
    sensitivity: str
    publishable: bool


def decisions_on(
    actor: Actor, organisation: int, *, since: date, as_at: date, known_on: datetime | None = None
) -> list[DecidedRow]:
    """The decisions of a body's boards taken after one day and up to another, as they read on the later, by board and day.

    Two queries. What part of a meeting a decision belongs to never changes once it is taken.
    """
    rows = decisions_seen(actor).filter(organisation=organisation, met_on__gt=since, met_on__lte=as_at)
    live = {row.pk: row for row in rows.select_related("item__record__organisation", "item__meeting")}
    stood = states_on(Decision.objects.filter(pk__in=rows.order_by().values("pk")), as_at, known_on=known_on)
    found = [_decided(live[then["id"]], then) for then in stood if then["id"] in live]
    return sorted(found, key=lambda row: (row.board, row.met_on, row.minute, row.pk))


def _decided(row: Decision, then: dict[str, Any]) -> DecidedRow:
    item, withheld = row.item, then["withheld"]
    value = then["value"]
    return DecidedRow(
        pk=row.pk,
        board=row.taken_at,
        met_on=row.met_on,
        minute=then["minute"],
        resolved=then["resolved"],
        reasons=then["reasons"],
        value=None if value is None else Decimal(value),
        key=then["key"],
        withheld=withheld,
        sensitivity=item.record.sensitivity if item else _taken_elsewhere(row),
        publishable=not withheld and item is not None and not item.closed and item.meeting.closed_at is not None,
    )


def _taken_elsewhere(row: Decision) -> str:
    return Sensitivity.RESTRICTED if row.board == CLOSED_MEETING else Sensitivity.OFFICE


def said_in(words: str) -> Q:
    """Decisions that say every one of the words, in what was resolved, why, what was considered, or where it was taken."""
    return matching(words, of=DECISION_WORDS)


def in_year(year: int) -> Q:
    """Decisions of the financial year that began in April of that year."""
    return Q(met_on__gte=date(year, 4, 1), met_on__lt=date(year + 1, 4, 1))
