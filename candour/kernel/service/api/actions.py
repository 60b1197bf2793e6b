"""Actions on any record for scripts: what the post of a token has to do, done or moved."""

from datetime import date
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from ninja import Query, Router
from pydantic import Field

from candour.kernel.access import Actor
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.commands import finish_action, move_action
from candour.kernel.actions.models import Action
from candour.kernel.actions.queries import action_at, actions_for
from candour.kernel.records.queries import record_at
from candour.kernel.service.api.asked import AnyDay, Listing, asked_of
from candour.kernel.service.api.auth import entered
from candour.kernel.service.api.problems import REFUSALS, Stopped
from candour.kernel.service.api.register import NOT_THERE, Found, page_out, page_shape
from candour.kernel.service.api.shapes import ActionOut, In, Out, Text
from candour.kernel.service.api.writing import WRITES, Write, written

ACTION = "/{kind}/{organisation}/{path:reference}/{int:number}"
router = Router(tags=["Actions"])


class ToDo(Out):
    """An action of the token's post, and the record that it is about."""

    kind: str
    reference: str
    title: str
    sensitivity: str
    action: ActionOut


class Mine(Listing):
    """What the post has to do, by date."""

    organisation: str = Field("", max_length=0, description="Not asked here: it is one post's own")


class Done(In):
    """That it was done."""

    outcome: Text = Field(description="What was done")
    done_on: AnyDay | None = Field(None, description="Today without it")
    reason: Text = ""


class Moved(In):
    """That it has another date."""

    due: AnyDay
    reason: Text = Field(description="Why the date moves")


def _found(actor: Actor, kind: str, organisation: str, reference: str, number: int) -> Action:
    try:
        return action_at(record_at(kind, organisation, reference, actor=actor), number, actor=actor)
    except (KeyError, ObjectDoesNotExist):
        raise Stopped(404, NOT_THERE) from None


def _act(request: Any, at: tuple[str, str, str, int], verb: Any, **said: Any) -> Any:
    actor = entered(request, "actions:write")
    held: list[Action] = []

    def find() -> Any:
        held[:] = [_found(actor, *at)]
        return held[0].record

    def do() -> Write:
        action = verb(held[0], **said, actor=actor, at=request.now)
        return Write(action.record, action.pk)

    return written(request, find=find, do=do)


@router.get(
    "", response={200: page_shape(ToDo)} | REFUSALS, url_name="api-actions", operation_id="list_actions",
    summary="List what the post of the token has to do", description="Scope: actions:read",
)  # fmt: skip
def mine(request: Any, asked: Query[Mine]) -> Any:
    actor = entered(request, "actions:read")
    read = asked_of(request, asked, actor=actor, see=ActionPermission.SEE)
    found = actions_for(actor, today=read.day, offset=asked.offset, size=asked.limit)
    return page_out(read, Found(found.rows, found.total))


@router.post(
    f"{ACTION}/done", response=WRITES, url_name="api-action-done", operation_id="finish_action",
    summary="Say that an action is done", description="Scope: actions:write",
)  # fmt: skip
def done(request: Any, *, kind: str, organisation: str, reference: str, number: int, said: Done) -> Any:
    at = (kind, organisation, reference, number)
    day: date | None = said.done_on
    return _act(request, at, finish_action, outcome=said.outcome, reason=said.reason, effective=day)


@router.post(
    f"{ACTION}/moved", response=WRITES, url_name="api-action-moved", operation_id="move_action",
    summary="Give an action another date", description="Scope: actions:write",
)  # fmt: skip
def moved(request: Any, *, kind: str, organisation: str, reference: str, number: int, said: Moved) -> Any:
    return _act(request, (kind, organisation, reference, number), move_action, due=said.due, reason=said.reason)
