"""For whom the copies of a paper are, and what sensitivities each may read. Pure."""

from collections.abc import Mapping
from typing import Literal

Audience = Literal["office", "panel", "public"]
AUDIENCES: tuple[Audience, ...] = ("panel", "public", "office")
# Who may read what: the panel everything, the office all but what is restricted, the public what may be published.
READ_BY: Mapping[str, frozenset[str]] = {
    "panel": frozenset({"public", "office", "restricted"}),
    "office": frozenset({"public", "office"}),
    "public": frozenset({"public"}),
}
COPY = {"panel": "Panel copy", "office": "Office copy", "public": "Public copy"}


def may_read(audience: str) -> frozenset[str]:
    """The sensitivities that an audience may read. Raises ValueError for an audience that does not exist."""
    if audience not in READ_BY:
        raise ValueError(f"a paper is written for {', '.join(AUDIENCES)}, not for {audience!r}")
    return READ_BY[audience]
