"""Pages of one change: those that every record of finance has, and those of budgets and schemes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from candour.finance import commands
from candour.finance.access import FinancePermission
from candour.finance.forms import ChangeBudgetForm, ChangeSchemeForm, EndForm, RateForm, RestrictForm
from candour.finance.queries.rated import rating_scale
from candour.finance.views.frame import address, change, found, opened, trail, verb_of
from candour.finance.views.words import told
from candour.kernel.access.decide import Forbidden
from candour.kernel.history.access import HistoryPermission
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import ShareForm, as_choices, post_named
from candour.kernel.records.history import told_page
from candour.kernel.records.sharing import WithWhom
from candour.kernel.scales.rules import Words
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE = FinancePermission.MANAGE


@page(FinancePermission.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str, kind: str) -> HttpResponse:
    it = found(request, kind, organisation, reference)
    form = RestrictForm(
        **opened(request, it, FinancePermission.RESTRICT), initial={"sensitivity": it.record.sensitivity}
    )
    saving = (
        "It holds at once, for every list, total, search and paper.",
        "What is restricted does not count in the totals of those who may not see it.",
    )
    verb = verb_of(it, "Change who may see it", "Save who may see it", saving, "Who may see {reference} is changed")
    return change(
        request, it, verb, form, lambda given, said: commands.restrict(it, sensitivity=given["sensitivity"], **said)
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str, kind: str) -> HttpResponse:
    """The force's figures stand on the pages of the office that holds it to account, and the other way round."""
    it = found(request, kind, organisation, reference)
    begun = opened(request, it, RecordPermission.SHARE)
    offered = WithWhom.of(it.record)
    form = ShareForm(**begun, answers=offered.answers)
    saving = (
        "It stands on the pages of the other body too. It changes nothing there.",
        "When sharing stops, the other body no longer sees it, past days included.",
    )
    verb = verb_of(it, "Share it with another body", "Save who sees it", saving, "Sharing of {reference} is changed")
    return change(request, it, verb, form, lambda given, said: offered.carry_out(given["answer"], **said))


@page(HistoryPermission.SEE)
def history(request: Request, organisation: str, reference: str, kind: str) -> HttpResponse:
    """Every entry of one record, newest recorded first."""
    it = found(request, kind, organisation, reference)
    return told_page(request, it.record, tell=told, trail=[*trail(it), (address(it), it.record.reference)])


@page(MANAGE, methods=BOTH)
def change_budget(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "budget", organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {"title": it.record.title, "owner": it.record.owner_id}
    form = ChangeBudgetForm(**opened(request, it), initial=start, posts=as_choices(posts))
    saving = ("Its figures stay: they come from workbooks alone.", "What stood before stays in the history.")
    verb = verb_of(it, "Change its title or owner", "Save the changes", saving, "{reference} is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.change_budget(it, title=given["title"], owner=post_named(posts, given["owner"]), **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def change_scheme(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "finance-scheme", organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {"title": it.record.title, "owner": it.record.owner_id, "about": it.about, "cashable": it.cashable}
    form = ChangeSchemeForm(**opened(request, it), initial=start, posts=as_choices(posts), saves=it.sort == "saving")
    saving = ("Its figures stay: they come from workbooks alone.", "What stood before stays in the history.")
    verb = verb_of(it, "Change what it says", "Save the changes", saving, "{reference} is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {"title": given["title"], "about": given["about"], "cashable": given.get("cashable", False)}
        commands.change_scheme(it, owner=post_named(posts, given["owner"]), **facts, **said)

    return change(request, it, verb, form, do)


@page(FinancePermission.REPORT, methods=BOTH)
def rate_scheme(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "finance-scheme", organisation, reference)
    begun = begun_by(request, it)
    words = rating_scale(it.record.organisation_id, request.today)
    form = RateForm(
        **begun, **steps_of(words), initial={"rating": it.rating if words and it.scale_id == words.id else None}
    )
    saving = (
        "It is rated so from today; what it was rated before stays in the history.",
        "The word is read on the scale that holds today, also when the scale changes later.",
    )
    verb = verb_of(it, "Rate how it is going", "Save the rating", saving, "{reference} is rated")
    return change(
        request, it, verb, form, lambda given, said: commands.rate_scheme(it, rating=int(given["rating"]), **said)
    )


def begun_by(request: Request, it: Any) -> dict[str, Any]:
    """The beginning of a form by which somebody reports. Raises Forbidden for who may see the record but not do this."""
    if not commands.may_report(request.actor, it.record):
        raise Forbidden(request.actor, str(MANAGE))
    return {
        "data": request.POST if request.method == "POST" else None,
        "today": request.today,
        "seen": it.record.head_sequence,
    }


def steps_of(words: Words | None) -> dict[str, Any]:
    """The words of a scale as the answers of a field, with what each means."""
    steps = words.steps if words else ()
    return {
        "words": [(step.value, step.word) for step in steps],
        "meanings": {step.value: step.meaning for step in steps if step.meaning},
    }


@page(MANAGE, methods=BOTH)
def finish_scheme(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "finance-scheme", organisation, reference)
    form = EndForm(**opened(request, it), initial={"on": request.today})
    saving = ("Its figures stay. No more are loaded.", "It leaves the list of what stands.")
    verb = verb_of(it, "Record that it is finished", "Record that it is finished", saving, "{reference} is finished")
    return change(request, it, verb, form, lambda given, said: commands.finish_scheme(it, on=given["on"], **said))


def led_home(it: Any) -> HttpResponse:
    """Back to the record, where there is nothing to do on a page."""
    return redirect(address(it))
