"""Who may approve what: the limits of posts and boards on a kind of agreement."""

from dataclasses import dataclass
from datetime import date

from candour.boards.models import Limit
from candour.commissioning import rules
from candour.kernel.people.models import holding

ON: dict[str, str] = {"grant": "grant"}  # other kinds go by the limits on contracts


@dataclass(frozen=True)
class Holder:
    """A post or board and its limit in pence, None for any value."""

    holder: str
    up_to: int | None

    @property
    def said(self) -> str:
        return f"{self.holder}, any value" if self.up_to is None else f"{self.holder}, up to {rules.pounds(self.up_to)}"


def limits_on(organisation: int, kind: str, day: date) -> list[Holder]:
    """The limits of a body on a kind of agreement on a day, the lowest first. One query."""
    rows = Limit.objects.filter(holding(day), organisation=organisation, what__istartswith=ON.get(kind, "contract"))
    found = [
        Holder(post or board or "", None if up_to is None else rules.pence(up_to))
        for post, board, up_to in rows.values_list("post__title", "board__name", "up_to")
    ]
    return sorted(found, key=lambda one: (one.up_to is None, one.up_to or 0, one.holder))
