"""The small pages: one change each, with its reason, and words for what saving does."""

from typing import Any

from django.http import HttpResponse

from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import ShareForm, as_choices, post_named
from candour.kernel.records.sharing import WithWhom
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import (
    HandOverForm,
    RestrictForm,
    UpdateForm,
    WordingForm,
)
from candour.risks.views.changing import Verb, change, opened
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
        "category": it.category,
    }
    form = WordingForm(**opened(request, it, RiskPermission.CHANGE), initial=start)
    verb = Verb(
        "Change the wording",
        "Save the wording",
        ("The risk reads so from today.", "The old words stay in its history, beside your reason."),
        "The wording of {reference} is changed",
    )
    names = ("title", "source", "event", "effect", "context", "category")
    return change(
        request, it, verb, form, lambda given, by: commands.change_wording(it, **{n: given[n] for n in names}, **by)
    )


@page(RiskPermission.CHANGE, methods=BOTH)
def hand_over(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner, it.responsible_officer)
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
    offered = WithWhom.of(it.record)
    form = ShareForm(**begun, answers=offered.answers)
    verb = Verb(
        "Share it with another body",
        "Save who sees it",
        (
            "The other body sees the risk as it is now, its controls, updates and past days, and changes nothing.",
            "If the risk is restricted, only posts there that may see restricted records see it.",
            "When sharing stops, the other body no longer sees it, past days included.",
        ),
        "Sharing of {reference} is changed",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        offered.carry_out(given["answer"], **by)

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
