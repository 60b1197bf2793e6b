"""What there is to permit about actions, and who may settle one."""

from enum import StrEnum
from typing import Protocol

from candour.kernel.access import Actor, allowed
from candour.kernel.access.decide import Owned


class ActionPermission(StrEnum):
    SEE = "actions.see"
    ADD = "actions.add"
    SETTLE = "actions.settle"  # mark as done, move its date, or drop it


class Asked(Protocol):
    """An action as access sees it: the post that owns it, on a record."""

    @property
    def owner_id(self) -> int: ...


def may_settle(actor: Actor, action: Asked, record: Owned) -> bool:
    """Those who settle the actions of the record's organisation, and the post that owns the action."""
    if allowed(actor, ActionPermission.SETTLE, record):
        return True
    return action.owner_id in actor.posts and allowed(actor, ActionPermission.SETTLE)
