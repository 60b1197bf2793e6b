"""What a board is asked about recommendations: to close those whose owners proposed it."""

from collections.abc import Sequence
from datetime import date, datetime

from candour.boards.models import Decision
from candour.boards.queries.acts import Act, Due
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record, Sensitivity, visible
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.closing import answer_closure
from candour.recommendations.models import Recommendation, RecommendationLine


def _asks(numbers: Sequence[int], actor: Actor, today: date) -> dict[int, str]:
    """By number: proposed closed on a day, with the date now and how often it slipped. One query."""
    rows = RecommendationLine.objects.filter(visible(actor, RecommendationPermission.SEE), record__in=numbers)
    return {row.pk: _said(row.proposed_on, row.due, row.slips) for row in rows}


def _due(organisation: int, actor: Actor, today: date) -> list[Due]:
    """The closures of a body's recommendations that wait for a board, longest first. One query."""
    rows = RecommendationLine.objects.filter(
        visible(actor, RecommendationPermission.SEE),
        organisation=organisation,
        closed_on=None,
        proposed_on__isnull=False,
    )
    address = kind_named("recommendation").address
    return [
        Due(
            about=row.pk,
            reference=row.reference,
            title=row.record.title,
            address=address(row.record.organisation.code, row.reference),
            act=CLOSE.name,
            asks=CLOSE.label,
            since=row.proposed_on,
            restricted=row.sensitivity == Sensitivity.RESTRICTED,
        )
        for row in rows.select_related("record__organisation").order_by("proposed_on", "reference", "pk")
    ]


def _said(proposed_on: date | None, due: date | None, slips: int) -> str:
    said = f"Proposed closed on {say_date(proposed_on)}" if proposed_on else "Close it"
    times = f", moved {slips} {'time' if slips == 1 else 'times'}" if slips else ""
    return f"{said}; due {say_date(due)}{times}" if due else said


def _carry_out(record: Record, *, answer: str, decision: Decision, why: str, actor: Actor, at: datetime) -> None:
    found = Recommendation.objects.select_related("record__organisation", "record__owner").get(pk=record.pk)
    answer_closure(found, answer=answer, decision=decision, actor=actor, at=at, reason=why)


CLOSE = Act(
    name="recommendation.close",
    label="Close the recommendation",
    heading="Recommendations proposed closed",
    permission=RecommendationPermission.CLOSE,
    asks=_asks,
    carry_out=_carry_out,
    due=_due,
)
