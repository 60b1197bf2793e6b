"""Many changes to many risks at once, as a workbook brings them back: all of them, or none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from candour.kernel.access import Actor, require
from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason
from candour.risks.access import RiskPermission
from candour.risks.commands.life import change_level, change_wording, hand_over
from candour.risks.commands.scoring import rescore
from candour.risks.models import Risk

WORDING = ("title", "source", "event", "effect", "context")


@dataclass(frozen=True)
class RiskChange:
    """What changes of one risk; what is not named stays. seen: the sequence of the last entry that was looked at.

    wording: by field, of WORDING. hands: "owner" and "responsible_officer" to a post's number, None for no post.
    """

    pk: int
    seen: int
    wording: Mapping[str, str] = field(default_factory=dict)
    hands: Mapping[str, int | None] = field(default_factory=dict)
    level: str = ""
    score: tuple[int, int] | None = None


def bring_back(changes: Sequence[RiskChange], *, actor: Actor, at: datetime, reason: str) -> int:
    """Make the changes, each with the command of its kind and its own entry, in one transaction; gives how many risks.

    Raises Refused, and changes nothing, without a reason, for a risk that anybody changed after it was looked at ("seen"),
    and for whatever the rules refuse of any of them; Forbidden where the actor may not change one.
    """
    require(actor, RiskPermission.REVIEW)
    why = need_reason(reason, "Say why the risks change")
    with _as_looked_at(changes):
        rows = Risk.objects.select_related("record__organisation", "record__owner", "responsible_officer")
        risks = rows.in_bulk([change.pk for change in changes])
        posts = Post.objects.in_bulk([post for change in changes for post in change.hands.values() if post])
        for change in changes:
            try:
                _make(risks[change.pk], change, posts, {"actor": actor, "at": at, "reason": why})
            except Refused as refused:
                reference = risks[change.pk].record.reference
                raise Refused(refused.field, f"{reference}: {refused.message}") from None
    return len(changes)


@contextmanager
def _as_looked_at(changes: Sequence[RiskChange]) -> Iterator[None]:
    """Hold the records of the changes as they were looked at; the block is done whole or not at all."""
    records = list(Record.objects.filter(pk__in=[change.pk for change in changes]))
    if len(records) < len(changes):
        raise Refused("seen", "A risk of the workbook is no longer there")
    try:
        with unless_overtaken(records, {change.pk: change.seen for change in changes}):
            yield
    except Overtaken as overtaken:
        reference = next(record.reference for record in records if record.pk in overtaken.records)
        raise Refused("seen", f"{reference} was changed meanwhile: look at the change, then save again") from None


def _make(risk: Risk, change: RiskChange, posts: Mapping[int, Post], by: dict[str, Any]) -> None:
    if change.wording:
        standing = {name: getattr(risk.record if name == "title" else risk, name) for name in WORDING}
        change_wording(risk, **(standing | dict(change.wording)), **by)
    if change.hands:
        held: dict[str, Any] = {"owner": risk.record.owner, "responsible_officer": risk.responsible_officer}
        given = {name: posts[post] if post else None for name, post in change.hands.items()}
        hand_over(risk, **(held | given), **by)
    if change.level:
        change_level(risk, level=change.level, **by)
    if change.score:
        impact, likelihood = change.score
        rescore(risk, impact=impact, likelihood=likelihood, **by)
