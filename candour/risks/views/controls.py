"""The pages of one control: added, settled, changed."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse

from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import AddControlForm, ChangeControlForm, SettleForm
from candour.risks.forms.review import EXISTING, PENDING
from candour.risks.models import Control, Risk
from candour.risks.views.changing import Verb, change, opened
from candour.risks.views.frame import found

BOTH = ("GET", "POST")


def standing(it: Risk, control: int) -> Control:
    """A control of the risk that stands. Raises Http404 for one that was removed, or never was."""
    held = Control.objects.select_related("risk__record", "owner").filter(risk=it, pk=control, removed_on=None).first()
    if held is None:
        raise Http404
    return held


@page(RiskPermission.CHANGE, methods=BOTH)
def add_control(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = AddControlForm(**opened(request, it, RiskPermission.CHANGE))
    posts = posts_of(it.record.organisation_id)
    form.choose_posts(as_choices(posts), "owner")
    verb = Verb(
        "Add a control",
        "Add the control",
        (
            "A control with a date turns the status to Controls Tasked, and to Overdue Control once the date has passed.",
            "The score stays: a review says whether it moved.",
        ),
        "The control is added to {reference}",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        since = (given["since"] or request.today) if given["state"] == "in place" else None
        owner = post_named(posts, given["owner"])
        due = given["due"] if since is None else None
        commands.add_control(
            it, text=given["text"], owner=owner, due=due, in_place_since=since, effect=given["effect"], **by
        )

    return change(request, it, verb, form, do)


@page(RiskPermission.REVIEW, methods=BOTH)
def settle(request: Request, organisation: str, reference: str, control: int) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, RiskPermission.REVIEW)
    held = standing(it, control)
    start = {"answer": "still to do" if held.pending else held.effect or "works"}
    form = SettleForm(**begun, answers=PENDING if held.pending else EXISTING, pending=held.pending, initial=start)
    verb = Verb(
        "Settle a control",
        "Save the answer",
        ("The status follows from the controls at once.", "The score stays: a review says whether it moved."),
        "The control of {reference} is settled",
        quote=held.text,
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        moved: date | None = given.get("new_due") if given["answer"] == "still to do" else None
        commands.settle_control(held, answer=given["answer"], new_due=moved, **by)

    return change(request, it, verb, form, do)


@page(RiskPermission.CHANGE, methods=BOTH)
def change_control(request: Request, organisation: str, reference: str, control: int) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, RiskPermission.CHANGE)
    held = standing(it, control)
    posts = posts_of(it.record.organisation_id, held.owner)
    start = {"text": held.text, "due": held.due, "owner": held.owner_id}
    form = ChangeControlForm(**begun, row=held.pk, pending=held.pending, initial=start)
    form.choose_posts(as_choices(posts), "owner")
    verb = Verb(
        "Change a control",
        "Save the control",
        (
            "The old words, owner and date stay in the history, beside your reason.",
            "A later date moves the status too. To say that it is in place, or to remove it, settle it instead.",
        ),
        "The control of {reference} is changed",
        quote=held.text,
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        owner = post_named(posts, given["owner"])
        commands.change_control(held, text=given["text"], owner=owner, due=given.get("due"), **by)

    return change(request, it, verb, form, do)
