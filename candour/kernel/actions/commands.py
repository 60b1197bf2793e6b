"""The verbs of an action. Each: may they, do the rules allow it, record it, give the row back."""

from collections.abc import Sequence
from datetime import date, datetime

from candour.kernel.access import Actor, Forbidden, require
from candour.kernel.actions.access import ActionPermission, may_settle
from candour.kernel.actions.models import Action
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, Share
from candour.kernel.rules import Refused, need_reason


def add_action(
    record: Record,
    *,
    text: str,
    owner: Post,
    due: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Action:
    """Agree an action on a record with a post and a date.

    Raises Refused for an empty text, a date before the day it is agreed, a post that has ended, or a post of another
    organisation that the record is not shared with: it would never see what it is asked to do.
    """
    require(actor, ActionPermission.ADD, record)
    day = effective or local_date(at)
    if not text.strip():
        raise Refused("text", "Enter what has to be done")
    if due < day:
        raise Refused("due", f"Enter a date on or after {say_date(day)}")
    if owner.ended is not None and owner.ended < day:
        raise Refused("owner", f"{owner.title} has ended: choose the post that took over")
    if owner.organisation_id != record.organisation_id and not _shared(record, owner):
        raise Refused("owner", f"{owner.title} cannot see this record: share it with {owner.organisation} first")
    with recording("action.added", record, actor=actor, at=at, effective=day, reason=reason.strip()):
        return Action.objects.create(
            record=record, text=text.strip(), owner=owner, added_on=day, due=due, original_due=due
        )


def move_action(
    action: Action, *, due: date, actor: Actor, at: datetime, reason: str, effective: date | None = None
) -> Action:
    """Give an action a new date; the date first agreed stays beside it.

    Raises Refused without a reason, for the date that it already has, for one that has passed, or once it is settled.
    """
    _require_settle(actor, action)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why the date moves")
    if due < day:
        raise Refused("due", f"Enter a date on or after {say_date(day)}")
    with recording("action.moved", action.record, actor=actor, at=at, effective=day, reason=why):
        _still_to_do(action, day)
        if due == action.due:
            raise Refused("due", f"It is already due on {say_date(due)}: enter another date")
        action.due = due
        action.save()
    return action


def finish_action(
    action: Action, *, outcome: str, actor: Actor, at: datetime, reason: str = "", effective: date | None = None
) -> Action:
    """Mark an action as done on a day, with what came of it. The outcome is the reason; another may be added.

    Raises Refused without an outcome, for a day that is still to come, or once it is settled.
    """
    _require_settle(actor, action)
    day = effective or local_date(at)
    if not outcome.strip():
        raise Refused("outcome", "Say what was done")
    if day > local_date(at):
        raise Refused("done_on", "Enter the day it was done, which cannot be later than today")
    with recording("action.finished", action.record, actor=actor, at=at, effective=day, reason=reason.strip()):
        _still_to_do(action, day)
        action.done_on, action.outcome = day, outcome.strip()
        action.save()
    return action


def drop_action(action: Action, *, actor: Actor, at: datetime, reason: str, effective: date | None = None) -> Action:
    """Drop an action that will not be done. Raises Refused without a reason, or once it is settled."""
    _require_settle(actor, action)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why it will not be done")
    with recording("action.dropped", action.record, actor=actor, at=at, effective=day, reason=why):
        _still_to_do(action, day)
        action.removed_on = day
        action.save()
    return action


def carry_over(
    actions: Sequence[Action],
    *,
    record: Record,
    to: Record,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> list[Action]:
    """Drop the open actions of a record and agree them anew on another, their first dates kept: one entry on each."""
    open_ones = [action for action in actions if action.done_on is None and action.removed_on is None]
    if not open_ones:
        return []
    require(actor, ActionPermission.SETTLE, record)
    require(actor, ActionPermission.ADD, to)
    day = effective or local_date(at)
    why = need_reason(reason)
    with recording_many("action.carried_over", [record, to], actor=actor, at=at, effective=day, reason=why):
        for action in open_ones:
            action.removed_on = day
            action.save()
        return Action.objects.bulk_create(
            Action(
                record=to,
                text=action.text,
                owner=action.owner,
                added_on=day,
                original_due=action.original_due,
                due=action.due,
                came_from=action,
            )
            for action in open_ones
        )


def drop_actions(
    actions: Sequence[Action],
    *,
    record: Record,
    actor: Actor,
    at: datetime,
    reason: str,
    effective: date | None = None,
) -> None:
    """Drop several open actions of a record for one reason, in one entry."""
    open_ones = [action for action in actions if action.done_on is None and action.removed_on is None]
    if not open_ones:
        return
    require(actor, ActionPermission.SETTLE, record)
    day = effective or local_date(at)
    why = need_reason(reason, "Say why it will not be done")
    with recording("action.dropped", record, actor=actor, at=at, effective=day, reason=why):
        for action in open_ones:
            action.removed_on = day
            action.save()


def _require_settle(actor: Actor, action: Action) -> None:
    if not may_settle(actor, action, action.record):
        raise Forbidden(actor, ActionPermission.SETTLE)


def _shared(record: Record, owner: Post) -> bool:
    return Share.objects.filter(record=record, organisation=owner.organisation_id, ended=None).exists()


def _still_to_do(action: Action, day: date) -> None:
    """Read the row again now that its record is locked: somebody else may have settled it since the page was opened."""
    action.refresh_from_db(fields=["due", "done_on", "outcome", "removed_on"])
    if action.done_on is not None:
        raise Refused("", f"This action was done on {say_date(action.done_on)}")
    if action.removed_on is not None:
        raise Refused("", f"This action was dropped on {say_date(action.removed_on)}")
    if day < action.added_on:
        raise Refused("done_on", f"Enter a day on or after {say_date(action.added_on)}, when the action was agreed")
