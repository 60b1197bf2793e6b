"""The dates of a plan’s activities that moved: by how much, when, why, and who agreed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from candour.kernel.access import Actor
from candour.plan import rules
from candour.plan.models import Slip
from candour.plan.queries.register import lines, rows_of
from candour.plan.queries.rows import ActivityRow

MOST = 500  # activities of which the moves are told


@dataclass(frozen=True)
class Slipped:
    """An activity whose date moved, with its moves, oldest first."""

    row: ActivityRow
    moved: rules.Moved
    moves: tuple[Slip, ...]


def slipped(actor: Actor, plan: int, *, today: date) -> tuple[Slipped, ...]:
    """The activities of a plan whose dates moved, the furthest first; stopped ones count nowhere. Two queries."""
    held = lines(actor).filter(plan=plan, slips__gt=0, due__isnull=False, original_due__isnull=False)
    rows = rows_of(held.exclude(outcome="stopped").order_by("reference", "pk"), actor, today=today, size=MOST)
    moves: dict[int, list[Slip]] = {}
    for slip in Slip.objects.filter(activity__in=[row.pk for row in rows]).order_by("on", "pk"):
        moves.setdefault(slip.activity_id, []).append(slip)
    found = [
        Slipped(
            row, rules.Moved(row.owner or row.said_owner, line.original_due, line.due, line.slips), tuple(moves[row.pk])
        )
        for row in rows
        if (line := row.line).original_due and line.due
    ]
    return tuple(sorted(found, key=lambda one: (-one.moved.days, one.row.reference)))


def dated(actor: Actor, plan: int) -> int:
    """How many activities of a plan have a date, stopped ones left out. One query."""
    return lines(actor).filter(plan=plan, due__isnull=False).exclude(outcome="stopped").count()


def moves_of(found: Sequence[Slipped]) -> list[rules.Moved]:
    return [one.moved for one in found]
