"""What would go into a pack, what of it is missing, and the packs that were issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Prefetch, QuerySet

from candour.boards.models import Board, Item, Meeting, Pack, PackShare, Paper, visible_boards, visible_packs
from candour.boards.queries.agenda import Agenda, AgendaRow
from candour.kernel.access import Actor
from candour.kernel.records.models import Sensitivity


@dataclass(frozen=True)
class Going:
    """A paper that goes into a pack, under its item. key: its own from version to version. row: of that item."""

    paper: Paper
    row: AgendaRow

    @property
    def number(self) -> str:
        return self.row.number

    @property
    def key(self) -> str:
        return f"paper-{self.paper.pk}"

    @property
    def heading(self) -> str:
        """What its bookmark says: the paper's title, with the item's where they differ."""
        return self.paper.title if self.paper.title == self.row.title else f"{self.row.title}: {self.paper.title}"


@dataclass(frozen=True)
class Contents:
    """What would go into the pack of a part: its items, its final papers in order, and the items that still owe one."""

    rows: tuple[AgendaRow, ...]
    going: tuple[Going, ...]
    waiting: tuple[AgendaRow, ...]

    @property
    def mark(self) -> str:
        """What a pack was compiled from: other once an item or a paper changed."""
        said = [(row.number, row.title, row.minutes, row.purpose, row.presenter, row.begins) for row in self.rows]
        held = [(each.key, each.paper.title, each.paper.file and each.paper.file.sha256) for each in self.going]
        return sha256(repr((said, held)).encode()).hexdigest()


def contents_of(agenda: Agenda, *, closed: bool) -> Contents:
    """What would go into a pack. No query."""
    rows = agenda.closed_part if closed else agenda.open_part
    going = tuple(Going(paper, row) for row in rows for paper in row.papers if not paper.draft)
    waiting = tuple(row for row in rows if row.paper_state in ("Draft", "Due", "Late"))
    return Contents(rows, going, waiting)


def written_before(contents: Contents, last: Pack | None) -> list[Going]:
    """The papers that Candour wrote for an earlier version, and that stay as they were unless they are asked for anew."""
    held = set(last.numbers) if last is not None else set()
    return [going for going in contents.going if going.paper.kind and going.key in held]


def restricted_in(pack: Pack) -> set[int]:
    """The numbers of the restricted items that a pack holds: those of the closed part. One query of such a pack; none of any
    other.
    """
    if not pack.closed:
        return set()
    rows = Item.objects.filter(meeting=pack.meeting_id, record__sensitivity=Sensitivity.RESTRICTED)
    return set(rows.values_list("pk", flat=True))


def packs_of(meeting: Meeting, *, actor: Actor) -> list[Pack]:
    """The packs of a meeting that an actor may read, the last issued first, with the boards they are shared with. Two
    queries."""
    rows = (
        listed_packs(actor)
        .filter(meeting=meeting)
        .prefetch_related(
            Prefetch(
                "shares",
                queryset=PackShare.objects.filter(visible_boards(actor, "board__"), ended_on=None).select_related(
                    "board"
                ),
                to_attr="shared",
            )
        )
    )
    return list(rows.order_by("closed", "-pk"))


def last_pack(packs: Sequence[Pack], *, closed: bool) -> Pack | None:
    """The last issued pack, or supplement, of a part."""
    return next((pack for pack in packs if pack.closed == closed), None)


def listed_packs(actor: Actor) -> QuerySet[Pack]:
    """Packs that an actor may read, without the papers kept for versions to come."""
    rows = Pack.objects.filter(visible_packs(actor)).defer("frozen")
    return rows.select_related("meeting__record__organisation", "meeting__board")


def pack_at(number: int, *, actor: Actor) -> Pack:
    """One pack. Raises Pack.DoesNotExist alike for one that is hidden and one that never was. One query."""
    found: Pack = listed_packs(actor).get(pk=number)
    return found


def shared_with_board(board: Board, *, actor: Actor) -> list[PackShare]:
    """The packs of other boards that are shared with one, the last first. One query."""
    rows = PackShare.objects.filter(board=board, ended_on=None, pack__in=Pack.objects.filter(visible_packs(actor)))
    return list(
        rows.select_related("pack__meeting__record__organisation", "pack__meeting__board")
        .defer("pack__frozen")
        .order_by("-pk")
    )
