"""What nothing of a board that goes out may give away: the closed part, and every restricted record of the body."""

from candour.boards.models import Item, Minute
from candour.boards.queries.acts import headings
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.records.models import Record, Sensitivity


def checks_of(document: Document, *, organisation: int, meeting: int, shown: list[Told]) -> tuple[Check, ...]:
    """The leak checks of a public copy: of the closed part, and of every restricted record. Two queries."""
    return leak_checks(
        document, hidden=[*closed_of(meeting), *restricted_of(organisation, meeting)], shown=shown, what="closed items"
    )


def closed_of(meeting: int) -> list[Told]:
    """What the open part of a meeting hides of its closed part: items, with their introductions and minutes. One query."""
    rows = Item.objects.filter(meeting=meeting, closed=True).values_list(
        "record__reference", "record__title", "introduction", "minute__text"
    )
    own = headings()
    return [Told(key, "" if title in own else title, (said, minute or "")) for key, title, said, minute in rows]


def restricted_of(organisation: int, meeting: int) -> list[Told]:
    """By reference and title whatever is restricted of a body, but for the closed part of the meeting. One query.

    What Candour itself calls an item, open or closed, at any board ("Scores proposed") tells nothing and is no title here.
    """
    own = headings()
    rows = Record.objects.filter(organisation=organisation, sensitivity=Sensitivity.RESTRICTED)
    rows = rows.exclude(item__meeting=meeting)
    return [Told(key, "" if title in own else title) for key, title in rows.values_list("reference", "title")]


def told_of(items: list[Item]) -> list[Told]:
    """What the items of an open part say. One query."""
    said = dict(Minute.objects.filter(item__in=[item.pk for item in items]).values_list("item", "text"))
    return [
        Told(item.record.reference, item.record.title, (item.introduction, said.get(item.pk, ""))) for item in items
    ]
