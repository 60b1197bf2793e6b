"""Pages of one change to an audit."""

from django.http import HttpResponse

from candour.audits.forms import VerbForm
from candour.audits.models import Audit
from candour.audits.views.frame import address
from candour.audits.views.words import Told, told
from candour.kernel.records import changing
from candour.kernel.records.changing import Do, Verb, by, opened
from candour.kernel.records.happened import events_since
from candour.kernel.records.pages import marking_of
from candour.kernel.web.page import Request

__all__ = ["by", "change", "opened", "verb_of"]


def verb_of(it: Audit, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    """A page of one change to an audit."""
    return Verb(
        title,
        submit,
        saving,
        done.format(reference=it.record.reference),
        address(it),
        called="this audit",
        marking=marking_of([it.record.sensitivity]),
        template="audits/change.html",
        more={"audit": it},
    )


def change(request: Request, it: Audit, verb: Verb, form: VerbForm, do: Do) -> HttpResponse:
    """The page of one change, which says what somebody else entered meanwhile, newest first."""

    def news(seen: int) -> list[Told]:
        return [told(event) for event in events_since(it.record, request.actor, seen)]

    return changing.change(request, it.record, verb, form, do, news=news)
