"""What nothing of a board that goes out may give away: the closed part, and every restricted record of the body."""

from candour.boards.models import Item, Minute
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check
from candour.kernel.papers.leaks import Told, leak_checks
from candour.kernel.records.models import Record, Sensitivity


def checks_of(document: Document, *, organisation: int, meeting: int, shown: list[Told]) -> tuple[Check, ...]:
    """The leak checks of a public copy. Two queries."""
    return leak_checks(document, hidden=hidden_of(organisation, meeting), shown=shown, what="closed items")


def hidden_of(organisation: int, meeting: int) -> list[Told]:
    """What the open part of a meeting may not give away: the items of the closed part with their introductions and minutes,
    and by reference and title whatever else of the body is restricted. Two queries."""
    closed = Item.objects.filter(meeting=meeting, closed=True).values_list(
        "pk", "record__reference", "record__title", "introduction", "minute__text"
    )
    items = {pk: Told(reference, title, (said, minute or "")) for pk, reference, title, said, minute in closed}
    rows = Record.objects.filter(organisation=organisation, sensitivity=Sensitivity.RESTRICTED).exclude(pk__in=items)
    others = [Told(reference, title) for reference, title in rows.values_list("reference", "title")]
    return [*items.values(), *others]


def told_of(items: list[Item]) -> list[Told]:
    """What the items of an open part say. One query."""
    said = dict(Minute.objects.filter(item__in=[item.pk for item in items]).values_list("item", "text"))
    return [
        Told(item.record.reference, item.record.title, (item.introduction, said.get(item.pk, ""))) for item in items
    ]
