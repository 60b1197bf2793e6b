"""What a register leaves the house as: its rows in full, with what a workbook offers to choose from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from candour.kernel.access import Actor
from candour.kernel.people.models import Organisation, Post
from candour.kernel.records.models import Record
from candour.kernel.scales.queries import ScaleBook
from candour.kernel.scales.rules import Matrix
from candour.risks.access import RiskPermission
from candour.risks.queries.lists import RiskFilter, lines, narrowed
from candour.risks.queries.register import register
from candour.risks.queries.rows import RiskRow
from candour.risks.queries.sources import PastRegister, Source, ordered


@dataclass(frozen=True)
class BodyLists:
    """What the cells of one body's risks may say: its posts, and the scale in force."""

    pk: int
    name: str
    posts: tuple[tuple[int, str], ...]
    matrix: Matrix | None


@dataclass(frozen=True)
class Stock:
    """The rows of an export, how they stood when, and what may be chosen. past: of another day than today.

    changeable: the bodies of whose risks the reader may change anything.
    """

    rows: tuple[RiskRow, ...]
    as_at: date
    past: bool
    bodies: tuple[BodyLists, ...]
    changeable: frozenset[int] = frozenset()


def full_rows(source: Source, wanted: RiskFilter, *, sort: str) -> list[RiskRow]:
    """The rows of a list with their wording, controls and updates. Five queries live; a past day is opened with them."""
    if isinstance(source, PastRegister):
        return list(source.rows(wanted, sort=sort))
    scales = source.book.matrices
    asked = lines(source.actor, wanted)
    found = narrowed(asked, wanted, today=source.today, since=source.since, against=source.against)
    rows = register(
        source.actor,
        today=source.today,
        since=source.since,
        level=None,
        closed_since=date.min,
        texts=True,
        only=Record.objects.filter(pk__in=found.order_by().values("pk")),
        scales=scales,
    )
    return ordered(rows, sort)


def whole_register(actor: Actor, *, organisation: int, today: date, as_at: date | None, since: date) -> list[RiskRow]:
    """Every live risk of a body that an actor may see, of all levels, in full, highest score first."""
    return register(actor, today=today, as_at=as_at, since=since, organisation=organisation, level=None, texts=True)


def stock_of(rows: Iterable[RiskRow], actor: Actor, *, as_at: date, past: bool, book: ScaleBook) -> Stock:
    """The rows with what may be chosen for them. Two queries."""
    rows = tuple(rows)
    bodies = {row.organisation_id for row in rows}
    changeable = frozenset() if past else frozenset(pk for pk in bodies if actor.holds(RiskPermission.CHANGE, pk))
    return Stock(rows, as_at, past, body_lists(bodies, day=as_at, book=book), changeable)


def body_lists(organisations: Iterable[int], *, day: date, book: ScaleBook) -> tuple[BodyLists, ...]:
    """The posts and the scale of some bodies. Two queries."""
    bodies = Organisation.objects.filter(pk__in=organisations).order_by("name")
    posts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pk, title, body in Post.objects.filter(organisation__in=organisations, ended=None).values_list(
        "pk", "title", "organisation"
    ):
        posts[body].append((pk, title))
    return tuple(
        BodyLists(each.pk, each.name, tuple(sorted(posts[each.pk], key=lambda post: post[1])), book.on(each.pk, day))
        for each in bodies
    )
