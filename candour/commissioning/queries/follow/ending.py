"""The end of an agreement: the exit interview, what was learnt, and each decision on what comes next."""

from dataclasses import dataclass
from datetime import date

from candour.boards.models import Decision, visible_decisions
from candour.commissioning.models import Agreement, ExitInterview, NextDecision
from candour.commissioning.rules import NEXT
from candour.kernel.access import Actor


@dataclass(frozen=True)
class Decided:
    """One decision. resolution: number and words of the board's, where the reader may see it.

    lessons: whether an exit interview was held by then.
    """

    on: date
    follows: str
    by: str
    lessons: bool
    resolution: tuple[int, str] | None


@dataclass(frozen=True)
class Ending:
    """Both latest first."""

    exits: tuple[ExitInterview, ...]
    decisions: tuple[Decided, ...]


def ending_of(agreement: Agreement, *, actor: Actor) -> Ending:
    """What is recorded of the end of an agreement. Three queries."""
    rows = list(NextDecision.objects.filter(agreement=agreement).order_by("-on", "-pk"))
    numbers = [row.decision_id for row in rows if row.decision_id]
    seen = {one.pk: one for one in Decision.objects.filter(visible_decisions(actor), pk__in=numbers)}
    return Ending(
        tuple(ExitInterview.objects.filter(agreement=agreement).order_by("-on", "-pk")),
        tuple(
            Decided(
                row.on,
                NEXT[row.follows],
                row.by,
                row.lessons,
                (row.decision_id, str(seen[row.decision_id])) if row.decision_id in seen else None,
            )
            for row in rows
        ),
    )
