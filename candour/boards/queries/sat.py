"""Who sits at a meeting and whether it is quorate; interests declared in its items."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from candour.boards.models import Attendance, Interest, Item, Meeting, Seat
from candour.boards.rules.quorum import Quorum, Sitting, quorum
from candour.boards.rules.words import PRESENCES, ROLES
from candour.kernel.people.models import Post


@dataclass(frozen=True)
class Sat:
    """One post at a meeting: with its seat, or invited ("" for a role). presence "": not taken yet."""

    post: Post
    role: str
    substitute: Post | None
    presence: str
    by: Post | None
    note: str

    @property
    def role_word(self) -> str:
        return ROLES.get(self.role, "Invited")

    @property
    def presence_word(self) -> str:
        return PRESENCES.get(self.presence, "")


def sat(meeting: Meeting) -> list[Sat]:
    """The posts that sit at a meeting, by role, then those invited. Two queries."""
    day = meeting.held_on
    seats = Seat.objects.filter(Q(ends=None) | Q(ends__gte=day), board=meeting.board_id, starts__lte=day)
    taken = {row.post_id: row for row in Attendance.objects.filter(meeting=meeting).select_related("post", "by")}
    found = [_seated(seat, taken.pop(seat.post_id, None)) for seat in seats.select_related("post", "substitute")]
    order = list(ROLES)
    found.sort(key=lambda one: (order.index(one.role), one.post.title))
    invited = sorted(taken.values(), key=lambda row: row.post.title)
    return found + [Sat(row.post, "", None, row.presence, row.by, row.note) for row in invited]


def _seated(seat: Seat, row: Attendance | None) -> Sat:
    if row is None:
        return Sat(seat.post, seat.role, seat.substitute, "", None, "")
    return Sat(seat.post, seat.role, seat.substitute, row.presence, row.by, row.note)


def counted(posts: Iterable[Sat], needed: int, withdrew: Iterable[int] = ()) -> Quorum:
    """The quorum of those who sit there, but for who withdrew."""
    sittings = [Sitting(one.post.pk, one.role, one.presence, one.by.pk if one.by else None) for one in posts]
    return quorum(sittings, needed, withdrew=set(withdrew))


def quorum_of(meeting: Meeting, item: Item | None = None) -> Quorum:
    """The quorum of a meeting, or of one of its items without those who left for it. Two queries, or three."""
    left = interests_of([item])[item.pk] if item is not None else []
    return counted(sat(meeting), meeting.board.quorum, [row.post_id for row in left if row.withdrew])


def interests_of(items: Iterable[Item]) -> dict[int, list[Interest]]:
    """By item the interests declared in it. One query."""
    found: dict[int, list[Interest]] = defaultdict(list)
    rows = Interest.objects.filter(item__in=[item.pk for item in items], removed_on=None)
    for row in rows.select_related("post").order_by("pk"):
        found[row.item_id].append(row)
    return found
