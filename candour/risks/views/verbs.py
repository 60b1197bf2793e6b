"""The small pages: one change each, with its reason, and words for what saving does."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse

from candour.kernel.people.models import Organisation
from candour.kernel.records import commands as records
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Share
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import (
    AddControlForm,
    CloseForm,
    HandOverForm,
    LevelForm,
    ReopenForm,
    RestrictForm,
    SettleForm,
    ShareForm,
    UpdateForm,
    WordingForm,
)
from candour.risks.forms.review import EXISTING, PENDING
from candour.risks.forms.verbs import post_named
from candour.risks.models import Control
from candour.risks.views.changing import Verb, as_choices, change, opened, posts_of
from candour.risks.views.frame import found

BOTH = ("GET", "POST")


@page(RiskPermission.CHANGE, methods=BOTH)
def wording(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    start = {
        "title": it.record.title,
        "source": it.source,
        "event": it.event,
        "effect": it.effect,
        "context": it.context,
    }
    form = WordingForm(**opened(request, it, RiskPermission.CHANGE), initial=start)
    verb = Verb(
        "Change the wording",
        "Save the wording",
        ("The risk reads so from today.", "The old words stay in its history, beside your reason."),
        "The wording of {reference} is changed",
    )
    names = ("title", "source", "event", "effect", "context")
    return change(
        request, it, verb, form, lambda given, by: commands.change_wording(it, **{n: given[n] for n in names}, **by)
    )


@page(RiskPermission.CHANGE, methods=BOTH)
def hand_over(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    posts = posts_of(it, it.record.owner, it.responsible_officer)
    start = {"owner": it.record.owner_id, "responsible_officer": it.responsible_officer_id}
    form = HandOverForm(**opened(request, it, RiskPermission.CHANGE), initial=start)
    form.choose_posts(as_choices(posts), "owner", "responsible_officer")
    verb = Verb(
        "Hand the risk over",
        "Hand it over",
        (
            "A new responsible officer has it to review: its status becomes Awaiting Review.",
            "Open work follows the posts.",
        ),
        "{reference} is handed over",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        owner, officer = (post_named(posts, given[name]) for name in ("owner", "responsible_officer"))
        commands.hand_over(it, owner=owner, responsible_officer=officer, **by)

    return change(request, it, verb, form, do)


@page(RiskPermission.CLOSE, methods=BOTH)
def level(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = LevelForm(**opened(request, it, RiskPermission.CLOSE), initial={"level": it.level})
    verb = Verb(
        "Move it to another register",
        "Move the risk",
        (
            "It leaves the register it is in and stands in the other from today.",
            "Score, controls and history go with it.",
        ),
        "{reference} is moved",
    )
    return change(request, it, verb, form, lambda given, by: commands.change_level(it, level=given["level"], **by))


@page(RiskPermission.CLOSE, methods=BOTH)
def close(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = CloseForm(**opened(request, it, RiskPermission.CLOSE))
    verb = Verb(
        "Close this risk",
        "Close the risk",
        (
            "It leaves the live register today.",
            "It stays in the register of every day on which it was live.",
            "It can be reopened.",
        ),
        "{reference} is closed",
    )
    return change(request, it, verb, form, lambda given, by: commands.close(it, **by))


@page(RiskPermission.CLOSE, methods=BOTH)
def reopen(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ReopenForm(**opened(request, it, RiskPermission.CLOSE))
    verb = Verb(
        "Reopen this risk",
        "Reopen the risk",
        (
            "It is back in the live register from today, scored as it was.",
            "Its next review is due as before: look at it soon.",
        ),
        "{reference} is reopened",
    )
    return change(request, it, verb, form, lambda given, by: commands.reopen(it, **by))


@page(RiskPermission.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = RestrictForm(**opened(request, it, RiskPermission.RESTRICT), initial={"sensitivity": it.record.sensitivity})
    verb = Verb(
        "Change who may see it",
        "Save who may see it",
        (
            "It holds at once, for every list, count, search and paper.",
            "The register of a past day follows the stricter of that day and today.",
            "A body it is shared with sees it too; restricted, only posts there that may see restricted records.",
            "When a restriction is lifted, what was entered while it held stays out of the history that others read.",
        ),
        "Who may see {reference} is changed",
    )
    return change(
        request, it, verb, form, lambda given, by: commands.restrict(it, sensitivity=given["sensitivity"], **by)
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, RecordPermission.SHARE)
    shares = list(Share.objects.filter(record=it.record, ended=None).select_related("organisation", "record"))
    taken = {each.organisation_id for each in shares} | {it.record.organisation_id}
    others = list(Organisation.objects.exclude(pk__in=taken))
    answers = [(f"share:{each.pk}", f"Share it with {each.name}") for each in others]
    answers += [(f"stop:{each.pk}", f"Stop sharing it with {each.organisation.name}") for each in shares]
    form = ShareForm(**begun, answers=answers)
    verb = Verb(
        "Share it with another body",
        "Save",
        (
            "The other body sees the risk as it is now, its controls, updates and past days, and changes nothing.",
            "If the risk is restricted, only posts there that may see restricted records see it.",
            "When sharing stops, the other body no longer sees it, past days included.",
        ),
        "Sharing of {reference} is changed",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        what, _, number = given["answer"].partition(":")
        if what == "share":
            records.share(it.record, organisation=next(each for each in others if str(each.pk) == number), **by)
        else:
            records.stop_sharing(next(each for each in shares if str(each.pk) == number), **by)

    return change(request, it, verb, form, do)


@page(RiskPermission.REVIEW, methods=BOTH)
def update(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = UpdateForm(**opened(request, it, RiskPermission.REVIEW), first=it.first_recorded)
    verb = Verb(
        "Record an update",
        "Save the update",
        (
            "It joins the dated updates, which papers print.",
            "It is no review: score, controls and next review stay as they are.",
        ),
        "The update is recorded on {reference}",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        commands.record_update(it, text=given["text"], effective=given["dated"], reason="", **by)

    return change(request, it, verb, form, do)


@page(RiskPermission.CHANGE, methods=BOTH)
def add_control(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = AddControlForm(**opened(request, it, RiskPermission.CHANGE))
    posts = posts_of(it)
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
        commands.add_control(it, text=given["text"], owner=owner, due=due, in_place_since=since, **by)

    return change(request, it, verb, form, do)


@page(RiskPermission.REVIEW, methods=BOTH)
def settle(request: Request, organisation: str, reference: str, control: int) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, RiskPermission.REVIEW)
    held = Control.objects.select_related("risk__record", "owner").filter(risk=it, pk=control, removed_on=None).first()
    if held is None:
        raise Http404
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
