"""Who is acting, and what they may do (pure)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

EVERYWHERE = 0  # an organisation number that stands for all: only Candour itself holds a permission everywhere


@dataclass(frozen=True)
class Actor:
    """Someone at their posts, Candour itself, or the public.

    scopes: for each permission, the numbers of the organisations it is held for. audience: for whom papers are written
    when this actor asks: "office", "panel" or "public". only: the numbers of the records beside which nothing exists for
    this actor; None for one who is not confined.
    """

    kind: str
    id: int
    label: str
    username: str = ""
    posts: frozenset[int] = frozenset()
    organisation: int | None = None
    organisation_name: str = ""
    roles: tuple[str, ...] = ()
    scopes: Mapping[str, frozenset[int]] = field(default_factory=dict)
    audience: str = "public"
    only: frozenset[int] | None = None

    @property
    def signed_in(self) -> bool:
        return self.kind == "person"

    @property
    def itself(self) -> "Actor":
        """The actor, where something else stands for them until they are looked up."""
        return self

    @cached_property
    def sees(self) -> Hashable:
        """All that decides which rows an actor finds: two who see alike are asked for in the same words."""
        everything = isinstance(self.scopes, Everything)
        return everything, frozenset(self.scopes.items()), self.posts, self.organisation, self.only

    def scope(self, permission: str) -> frozenset[int]:
        """Organisations for which the permission is held."""
        return self.scopes.get(permission, frozenset())

    def holds(self, permission: str, organisation: int | None = None) -> bool:
        """Whether the permission is held at all, or for one organisation."""
        scope = self.scope(permission)
        return EVERYWHERE in scope or (bool(scope) if organisation is None else organisation in scope)


class Everything(dict):
    """Scopes of Candour itself: every permission, everywhere."""

    def get(self, key: object, default: object = None) -> frozenset[int]:  # type: ignore[override]
        return frozenset({EVERYWHERE})


CANDOUR = Actor(kind="system", id=0, label="Candour", scopes=Everything(), audience="office")
PUBLIC = Actor(kind="public", id=0, label="A member of the public")
