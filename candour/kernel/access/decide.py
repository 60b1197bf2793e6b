"""The one decision: may this actor do this, for this organisation, to this record?

Rows follow the same rule through records.models.visible; pages through @page; commands through require.
"""

from typing import Any, Protocol

from candour.kernel.access.actor import Actor


class Forbidden(Exception):
    """The actor may not do this. Says who can, so that a page can refuse honestly."""

    def __init__(self, actor: Actor, permission: str) -> None:
        super().__init__(f"{actor.label} may not do this: it needs {permission}")
        self.permission = permission


class Owned(Protocol):
    """Whatever belongs to an organisation."""

    organisation_id: Any
    pk: Any


def allowed(actor: Actor, permission: str, record: Owned | None = None) -> bool:
    """Whether the actor holds the permission, for the record's organisation where one is given.

    One who is confined to some records holds nothing without one of them.
    """
    if actor.only is not None and (record is None or record.pk not in actor.only):
        return False
    return actor.holds(str(permission), None if record is None else record.organisation_id)


def require(actor: Actor, permission: str, record: Owned | None = None) -> None:
    """Raises Forbidden unless allowed."""
    if not allowed(actor, permission, record):
        raise Forbidden(actor, str(permission))
