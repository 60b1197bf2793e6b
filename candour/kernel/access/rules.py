"""What a role is (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role that an auditor can read: its name, what it is for, its permissions, and for whom it reads papers."""

    name: str
    purpose: str
    permissions: frozenset[str]
    audience: str = "office"
    lands_on: str = "home"


def permissions_of(roles: Mapping[str, Role], grants: list[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """By permission the organisations it is held for, from grants of (role, organisation). An unknown role gives nothing."""
    scopes: dict[str, set[int]] = {}
    for role, organisation in grants:
        if role in roles:
            for permission in roles[role].permissions:
                scopes.setdefault(str(permission), set()).add(organisation)
    return {permission: frozenset(organisations) for permission, organisations in scopes.items()}


def audience_of(roles: Mapping[str, Role], held: list[str]) -> str:
    """The widest audience of the roles held: office before panel before public."""
    audiences = {roles[role].audience for role in held if role in roles}
    return next((audience for audience in ("office", "panel") if audience in audiences), "public")
