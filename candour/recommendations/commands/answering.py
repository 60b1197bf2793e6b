"""How a post answers what a cycle asks of it: a draft that is kept, and the answer that is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.evidence.commands import add_file
from candour.kernel.rules import Refused
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.commands.updating import record_update
from candour.recommendations.models import AnswerDraft, Ask, Update

KEPT = ("achieved", "left", "barriers", "closure", "evidence")


def save_draft(ask: Ask, *, answers: Mapping[str, str], actor: Actor, at: datetime) -> AnswerDraft:
    """Keep answers that are not finished, for whoever comes back to them. They are no part of the record."""
    require(actor, RecommendationPermission.UPDATE, ask.recommendation.record)
    _need_open(ask)
    kept = {name: answers.get(name, "")[:8000] for name in KEPT}
    return AnswerDraft.objects.update_or_create(ask=ask, defaults={"answers": kept, "saved_at": at})[0]


def add_evidence(ask: Ask, *, name: str, content: BinaryIO, actor: Actor, at: datetime) -> None:
    """Add a file to the recommendation as evidence of the answer."""
    require(actor, RecommendationPermission.UPDATE, ask.recommendation.record)
    _need_open(ask)
    reason = f"Evidence for the {ask.cycle.name} cycle"
    add_file(ask.recommendation.record, name=name, content=content, actor=actor, at=at, reason=reason)


def answer(ask: Ask, *, answers: Mapping[str, str], actor: Actor, at: datetime) -> Update:
    """Send the answers of a post. answers: by the names of KEPT; closure is "yes" where it proposes to close it."""
    require(actor, RecommendationPermission.UPDATE, ask.recommendation.record)
    _need_open(ask)
    said: dict[str, Any] = {name: answers.get(name, "") for name in ("achieved", "left", "barriers", "evidence")}
    with transaction.atomic():
        update = record_update(
            ask.recommendation,
            period=ask.cycle.name,
            by=ask.post,
            proposes_closure=answers.get("closure") == "yes",
            actor=actor,
            at=at,
            **said,
        )
        AnswerDraft.objects.filter(ask=ask).delete()
    return update


def _need_open(ask: Ask) -> None:
    if ask.cycle.closed_on is not None:
        raise Refused("achieved", f"The {ask.cycle.name} cycle is closed: its answers have gone to the panel")
