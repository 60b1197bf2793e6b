"""Update cycles of the bench: one that is closed, with an answer to two of three questions, and an open one of one source."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from candour.config.bench.build import Register
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording_many
from candour.recommendations import commands
from candour.recommendations.models import Ask, Cycle, Source, Update

ANSWERED = "recommendation.updated"  # the event of an update of one, here written for thousands at once


def run_cycles(register: Register) -> Cycle:
    """Ask about everything that is open, answer, close; then ask of one source. Gives the cycle that was closed."""
    whole = _opened(register, "Everything")
    answered = list(Ask.objects.filter(cycle=whole).select_related("recommendation__record", "post").order_by("pk"))
    answered = [ask for place, ask in enumerate(answered) if place % 3]
    records = list({ask.recommendation_id: ask.recommendation.record for ask in answered}.values())
    said: dict[str, Any] = {"actor": CANDOUR, "at": timezone.now()}
    with recording_many(ANSWERED, records, reason="Answered to measure", **said):
        made = Update.objects.bulk_create([_answer(register, whole, ask) for ask in answered])
        for ask, update in zip(answered, made, strict=True):
            ask.answer = update
        Ask.objects.bulk_update(answered, ["answer"])
    commands.close_cycle(Cycle.objects.get(pk=whole.pk), reason="Measured as it stands", **said)
    _opened(register, "One source", source=Source.AFI)
    return whole


def _opened(register: Register, name: str, source: str = "") -> Cycle:
    now = timezone.now()
    due = local_date(now) + timedelta(days=14)
    said: dict[str, Any] = {"organisation": register.office, "actor": CANDOUR, "at": now}
    return commands.open_cycle(name=name, due=due, source=source, **said)


def _answer(register: Register, cycle: Cycle, ask: Ask) -> Update:
    """An answer that says something, where one in six has nothing of what is left or in the way."""
    words = register.words
    more = {"left": words(10), "barriers": words(5)} if ask.pk % 6 else {}
    return Update(
        recommendation=ask.recommendation,
        by=ask.post,
        period=cycle.name,
        dated=cycle.opened_on,
        achieved=words(20),
        **more,
    )
