"""Merging a risk into another, and reopening, which undoes it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.actions.commands import carry_over, drop_actions
from candour.kernel.actions.models import Action
from candour.kernel.calendar import local_date
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.records.models import Link, Record, Sensitivity
from candour.kernel.rules import Refused, need_reason
from candour.risks.access import RiskPermission
from candour.risks.commands.scoring import still_open
from candour.risks.models import Control, Risk

Fate = Literal["move", "end"]
TOOK_IN = "took in"  # how the survivor's link to a merged risk reads


def merge(
    risk: Risk,
    *,
    into: Risk,
    controls: Mapping[int, Fate],
    actions: Mapping[int, Fate],
    actor: Actor,
    at: datetime,
    reason: str,
    approver: str = "",
    effective: date | None = None,
) -> Risk:
    """Close a risk into another of its body. Its links and history stay with it; the survivor links to it.

    controls, actions: by number what becomes of each open one: "move" to the survivor, its dates kept, or "end" with the
    merged risk, which is also the answer for one that is not named. Raises Refused where the two are not seen alike: a
    risk merged into one that fewer may see would tell of it.
    """
    for each in (risk, into):
        require(actor, RiskPermission.CLOSE, each.record)
    still_open(risk)
    _may_merge(risk, into)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the two are one risk")
    standing = list(Control.objects.filter(risk=risk, removed_on=None).order_by("pk"))
    with transaction.atomic():
        with recording_many(
            "risk.merged",
            [risk.record, into.record],
            actor=actor,
            at=at,
            effective=day,
            reason=why,
            approver=approver,
        ):
            risk.record.closed_on, risk.merged_into = day, into.record
            risk.record.save()
            risk.save()
            _link_to(into.record, risk.record)
            _settle(standing, controls, into=into, day=day)
        _settle_actions(risk.record, into.record, actions, actor=actor, at=at, reason=why, day=day)
    return risk


def _link_to(survivor: Record, merged: Record) -> None:
    """Link the survivor to the merged risk; a link that leads there already reads so from now on."""
    link = Link.objects.filter(record=survivor, to=merged, ended=None).first() or Link(record=survivor, to=merged)
    link.how = TOOK_IN
    link.save()


def _unlink_from(survivor: Record, merged: Record, *, day: date) -> None:
    """Undo _link_to: a link that was there before the merger reads as it did."""
    for link in Link.objects.filter(record=survivor, to=merged, how=TOOK_IN, ended=None):
        mergers = events(list(entries_of(survivor).filter(event="risk.merged")))
        moved = (change.get("how") for event in mergers for change in event.changes if change.key == link.pk)
        before = next((pair[0] for pair in moved if pair and pair[0]), None)
        link.how, link.ended = (before, None) if before else (TOOK_IN, day)
        link.save()


def _may_merge(risk: Risk, into: Risk) -> None:
    if into.pk == risk.pk:
        raise Refused("into", "Choose another risk than this one")
    if into.record.closed_on is not None:
        raise Refused("into", f"{into.record.reference} is closed: reopen it first, or choose another risk")
    if into.record.organisation_id != risk.record.organisation_id:
        raise Refused("into", "Choose a risk of the same body: a joint risk is kept by each body")
    restricted = {each.record.sensitivity == Sensitivity.RESTRICTED for each in (risk, into)}
    if len(restricted) > 1:
        raise Refused("into", "One of the two is restricted: change who may see it first, so that both are seen alike")


def _settle(standing: Sequence[Control], fates: Mapping[int, Fate], *, into: Risk, day: date) -> None:
    """End the controls of the merged risk, and stand those that move on the survivor as they stood."""
    for control in standing:
        control.removed_on = day
        control.save()
    Control.objects.bulk_create(
        Control(
            risk=into,
            text=control.text,
            owner_id=control.owner_id,
            pending=control.pending,
            due=control.due,
            in_place_since=control.in_place_since,
            effect=control.effect,
            added_on=day,
            came_from=control,
        )
        for control in standing
        if fates.get(control.pk) == "move"
    )


def _settle_actions(
    record: Record, into: Record, fates: Mapping[int, Fate], *, actor: Actor, at: datetime, reason: str, day: date
) -> None:
    standing = Action.objects.filter(record=record, done_on=None, removed_on=None)
    said: dict[str, Any] = {"actor": actor, "at": at, "reason": reason, "effective": day}
    moved = [key for key, fate in fates.items() if fate == "move"]
    carry_over(list(standing.filter(pk__in=moved)), record=record, to=into, **said)
    drop_actions(list(standing.exclude(pk__in=moved)), record=record, **said)


def reopen(
    risk: Risk, *, actor: Actor, at: datetime, reason: str, approver: str = "", effective: date | None = None
) -> Risk:
    """Bring a closed risk back. Of a merged one the controls that the merger ended stand again, and what the survivor
    took in and still has open, controls and actions, goes back."""
    require(actor, RiskPermission.CLOSE, risk.record)
    if risk.record.closed_on is None:
        raise Refused("reason", "This risk is not closed")
    day = effective or local_date(at)
    why = need_reason(reason)
    survivor = risk.merged_into
    if survivor is None:
        with recording("risk.reopened", risk.record, actor=actor, at=at, effective=day, reason=why, approver=approver):
            _stand_again(risk)
        return risk
    ended = _ended_by_merger(risk)
    with transaction.atomic():
        with recording_many(
            "risk.reopened", [risk.record, survivor], actor=actor, at=at, effective=day, reason=why, approver=approver
        ):
            _stand_again(risk)
            for control in Control.objects.filter(pk__in=ended):
                control.removed_on = None
                control.save()
            for copy in Control.objects.filter(came_from__in=ended, risk=survivor.pk, removed_on=None):
                copy.removed_on = day
                copy.save()
            _unlink_from(survivor, risk.record, day=day)
        taken = Action.objects.filter(record=survivor, came_from__record=risk.record)
        carry_over(list(taken), record=survivor, to=risk.record, actor=actor, at=at, reason=why, effective=day)
    return risk


def _stand_again(risk: Risk) -> None:
    risk.record.closed_on, risk.merged_into = None, None
    risk.record.save()
    risk.save()


def _ended_by_merger(risk: Risk) -> list[int]:
    """The controls that the merger of a risk removed, as its entry says."""
    merger = events(list(entries_of(risk.record).filter(event="risk.merged")[:1]))
    return [
        change.key
        for event in merger
        for change in event.changes
        if change.model == "risks.control" and change.get("removed_on")
    ]
