"""Pages by which an inspection is entered, changed, published, graded and closed, one thing each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.inspections import commands
from candour.inspections.access import InspectionPermission
from candour.inspections.commands.entering import DATES, scale_of
from candour.inspections.forms import (
    ChangeForm,
    CorrectForm,
    EnterForm,
    GradesForm,
    ReasonForm,
    ReportForm,
    RestrictForm,
)
from candour.inspections.models import Grade, Inspection
from candour.inspections.queries import inspectorates
from candour.inspections.views.frame import address, change, found, opened, verb_of
from candour.kernel.calendar import say_date, statutory_deadline
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.changing import by
from candour.kernel.records.forms import ShareForm, as_choices, post_named
from candour.kernel.records.pages import carried_out
from candour.kernel.records.queries import bodies
from candour.kernel.records.sharing import WithWhom
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

BOTH = ("GET", "POST")
MANAGE = InspectionPermission.MANAGE


@page(MANAGE, methods=BOTH)
def enter(request: Request) -> HttpResponse:
    """A new inspection of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    posts, who = posts_of(body.pk), inspectorates()
    form = EnterForm(
        request.POST if request.method == "POST" else None,
        initial={"sensitivity": "office", "statutory": True, "kind": "peel"}
        | ({"inspectorate": who[0].code} if len(who) == 1 else {}),
        posts=as_choices(posts),
        inspectorates=[(each.code, each.name) for each in who],
        today=request.today,
    )
    made: list[Inspection] = []

    def act() -> None:
        given = form.cleaned_data
        named = {
            name: given[name] for name in ("title", "kind", "reference", "sensitivity", "about", "statutory", *DATES)
        }
        made.append(
            commands.enter_inspection(
                organisation=body,
                inspectorate=next(each for each in who if each.code == given["inspectorate"]),
                owner=post_named(posts, given["owner"]),
                areas=given["areas"].splitlines(),
                **named,
                **by(request, form),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, f"{made[0].record.reference} is entered")
        return redirect(address(made[0]))
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else [], "none": not who}
    return render(request, "inspections/enter.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=BOTH)
def change_inspection(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    areas = Grade.objects.filter(inspection=it, removed_on=None).order_by("position", "pk")
    start = {name: getattr(it, name) for name in ("about", *DATES)}
    start |= {"title": it.record.title, "owner": it.record.owner_id}
    start |= {"areas": "\n".join(areas.values_list("area", flat=True))}
    form = ChangeForm(**opened(request, it, MANAGE), initial=start, posts=as_choices(posts))
    verb = verb_of(
        it,
        "Change the inspection",
        "Save the changes",
        ("An area that is graded stays in the list.", "What stood before stays in the history."),
        "{reference} is changed",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.change_inspection(
            it,
            title=given["title"],
            owner=post_named(posts, given["owner"]),
            about=given["about"],
            areas=given["areas"].splitlines(),
            **{name: given[name] for name in DATES},
            **said,
        )

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def publish_report(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ReportForm(**opened(request, it, MANAGE), initial={"on": request.today})
    today = say_date(statutory_deadline(request.today))
    law = (
        f"The response is due 55 days later. For a report published today that is {today}.",
        "Weekends and bank holidays count, and none moves the last day.",
        "Each step on the way has a day, which can be moved. The last day cannot.",
    )
    verb = verb_of(
        it,
        "Record that the report is out",
        "Start the clock" if it.statutory else "Record the report",
        law if it.statutory else ("The law asks for no response to this report.",),
        "The report of {reference} is out",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str | None:
        commands.publish_report(it, on=given["on"], address=given["address"], **said)
        return address(it, "inspection-grades") if it.grades.filter(removed_on=None).exists() else None

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def correct(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = CorrectForm(**opened(request, it, MANAGE), initial={"on": it.published_on})
    verb = verb_of(
        it,
        "Correct the day of publication",
        "Save the right day",
        (
            "The law’s last day moves with it, and so do the steps that are not done.",
            "The day that was recorded first stays in the history.",
        ),
        "The day of publication of {reference} is corrected",
    )
    return change(request, it, verb, form, lambda g, said: commands.correct_publication(it, on=g["on"], **said))


@page(MANAGE, methods=BOTH)
def grades(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    rows = list(Grade.objects.filter(inspection=it, removed_on=None).order_by("position", "pk"))
    scale = scale_of(it)
    start = {f"grade-{number}": str(row.grade or 0) for number, row in enumerate(rows)}
    form = GradesForm(**begun, initial=start, areas=[row.area for row in rows], scale=scale)
    saving = (
        f"Grades stand on {scale.name}, in force when the report was published."
        if scale
        else f"{it.inspectorate} has no scale of grades yet: bring it in on the page of scales.",
        "They are compared only with grades on the same scale.",
    )
    verb = verb_of(it, "Record its grades", "Save the grades", saving, "The grades of {reference} are recorded")
    return change(request, it, verb, form, lambda _, said: commands.grade(it, grades=form.grades, **said))


@page(MANAGE, methods=BOTH)
def close(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ReasonForm(**opened(request, it, MANAGE))
    verb = verb_of(
        it,
        "Close the inspection",
        "Close it",
        ("It leaves the list of open inspections.", "It cannot be closed while the law’s clock runs."),
        "{reference} is closed",
    )
    return change(request, it, verb, form, lambda _, said: commands.close_inspection(it, **said))


@page(MANAGE, methods=BOTH)
def reopen(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ReasonForm(**opened(request, it, MANAGE))
    verb = verb_of(
        it, "Open the inspection again", "Open it again", ("It stands in the list again.",), "{reference} is open again"
    )
    return change(request, it, verb, form, lambda _, said: commands.reopen_inspection(it, **said))


@page(InspectionPermission.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, InspectionPermission.RESTRICT)
    form = RestrictForm(**begun, initial={"sensitivity": it.record.sensitivity})
    verb = verb_of(
        it,
        "Change who may see it",
        "Save who may see it",
        (
            "It holds at once, for every list, count, search and paper.",
            "Its response can be published only while the inspection may be.",
        ),
        "Who may see {reference} is changed",
    )
    return change(
        request, it, verb, form, lambda g, said: commands.restrict_inspection(it, sensitivity=g["sensitivity"], **said)
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Inspections of the force stand on the lists of the office that answers for it, and the other way round."""
    it = found(request, organisation, reference)
    begun = opened(request, it, RecordPermission.SHARE)
    offered = WithWhom.of(it.record, but=[it.inspectorate_id])
    form = ShareForm(**begun, answers=offered.answers)
    verb = verb_of(
        it,
        "Share it with another body",
        "Save who sees it",
        (
            "The inspection stands on the list of the other body too. It changes nothing there.",
            "When sharing stops, the other body no longer sees it, past days included.",
        ),
        "Sharing of {reference} is changed",
    )
    return change(request, it, verb, form, lambda given, said: offered.carry_out(given["answer"], **said))
