"""What can be asked about the decisions of boards."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from candour.boards.models import Decision, visible_decisions
from candour.kernel.access import Actor


def decisions_of(organisation: int, *, actor: Actor, most: int = 20) -> list[Decision]:
    """The latest decisions of a body's boards, newest meeting first. One query."""
    rows = Decision.objects.filter(visible_decisions(actor), organisation=organisation)
    return list(rows.order_by("-met_on", "board", "minute", "pk")[:most])


def decisions_seen(actor: Actor) -> QuerySet[Decision]:
    """The decisions that an actor may see, newest meeting first."""
    rows = Decision.objects.filter(visible_decisions(actor)).select_related(
        "organisation", "item__record__organisation"
    )
    return rows.order_by("-met_on", "board", "minute", "-pk")


def decision_at(number: int, *, actor: Actor) -> Decision:
    """One decision. Raises Decision.DoesNotExist alike for one that is hidden and one that never was."""
    rows = decisions_seen(actor).select_related(
        *("organisation", "of", "mover", "seconder", "taken_by", "item__record__organisation"),
        *("item__meeting__board", "item__meeting__record__organisation"),
    )
    return rows.get(pk=number)


def boards_named(actor: Actor) -> list[str]:
    """The names of the boards whose decisions an actor may see, as they stood when they decided. One query."""
    return list(
        Decision.objects.filter(visible_decisions(actor)).order_by("board").values_list("board", flat=True).distinct()
    )


def said_in(words: str) -> Q:
    """Decisions that say every one of the words, in what was resolved, why, or what was considered."""
    found = Q()
    for word in words.split():
        one: Any = Q(pk__in=[])
        for name in ("resolved", "reasons", "advice", "board", "minute", "what"):
            one |= Q(**{f"{name}__icontains": word})
        found &= one
    return found


def in_year(year: int) -> Q:
    """Decisions of the financial year that began in April of that year."""
    return Q(met_on__gte=date(year, 4, 1), met_on__lt=date(year + 1, 4, 1))
