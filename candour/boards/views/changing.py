"""Pages of one change to a board, a meeting or an item."""

from django.http import HttpResponse

from candour.boards.forms.base import VerbForm
from candour.boards.views.words import VOCABULARY
from candour.kernel.history.models import Chained
from candour.kernel.history.queries import entries_of, events
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb, opened
from candour.kernel.records.telling import Told, told_as
from candour.kernel.web.page import Request

__all__ = ["Verb", "change", "opened"]


def change(request: Request, row: Chained, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change. What somebody else entered meanwhile is told by its kind alone, newest first."""

    def news(seen: int) -> list[Told]:
        entered = events(list(entries_of(row).filter(sequence__gt=seen)[:20]))
        return [told_as(event, VOCABULARY.event(event.event)) for event in entered]

    return changing.change(request, row, verb, form, do, news=news)
