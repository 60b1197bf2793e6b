"""Pages by which a plan is set up and changes, one thing each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.people.queries import posts_of
from candour.kernel.records.changing import by
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.pages import carried_out
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.plan import commands
from candour.plan.access import PlanPermission
from candour.plan.forms import ChangePlanForm, EndPlanForm, PriorityForm, PublishForm, RemoveForm, SetUpForm
from candour.plan.models import Plan, Priority
from candour.plan.queries import running_plans
from candour.plan.views.frame import address, change, found, opened, verb_of

BOTH = ("GET", "POST")
MANAGE = PlanPermission.MANAGE


@page(MANAGE, methods=BOTH)
def set_up(request: Request) -> HttpResponse:
    """A new plan of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    posts = posts_of(body.pk)
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    form = SetUpForm(
        request.POST if request.method == "POST" else None,
        initial={"sensitivity": "office", "every": "3", "sort": "plan"},
        posts=as_choices(posts),
        today=request.today,
    )
    made: list[Plan] = []

    def act() -> None:
        given = form.cleaned_data
        names = ("sort", "title", "aim", "starts", "ends", "reference", "sensitivity")
        made.append(
            commands.set_up_plan(
                organisation=body,
                every=int(given["every"]),
                owner=post_named(posts, given["owner"]),
                **{name: given[name] for name in names},
                **by(request, form),
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, f"{made[0].record.reference} is set up. Add its priorities now")
        return redirect(address(made[0].record))
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else []}
    return render(request, "plan/set_up.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=BOTH)
def change_plan(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "plan", organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {name: getattr(it, name) for name in ("aim", "starts", "ends", "every")}
    start |= {"title": it.record.title, "owner": it.record.owner_id or ""}
    form = ChangePlanForm(**opened(request, it.record, MANAGE), initial=start, posts=as_choices(posts))
    saving = (
        "What stood before stays in the history.",
        "How often activities are updated holds for those that are added from now on.",
    )
    verb = verb_of(it.record, "Change what the plan says of itself", "Save the plan", saving, "{reference} is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("title", "aim", "starts", "ends")}
        owner = post_named(posts, given["owner"])
        commands.change_plan(it, every=int(given["every"]), owner=owner, **names, **said)

    return change(request, it.record, verb, form, do)


@page(MANAGE, methods=BOTH)
def publish(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "plan", organisation, reference)
    form = PublishForm(**opened(request, it.record, MANAGE), initial={"on": request.today})
    saving = ("It is the plan, and no longer a draft.", "Who may see it stays as it is: that is another change.")
    verb = verb_of(it.record, "Record that it is published", "Record it", saving, "{reference} is published")
    return change(request, it.record, verb, form, lambda given, said: commands.publish_plan(it, on=given["on"], **said))


@page(MANAGE, methods=BOTH)
def end(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "plan", organisation, reference)
    others = [each for each in running_plans(it.record.organisation, request.actor) if each.pk != it.pk]
    named = [(str(each.pk), f"{each.record.reference} {each.record.title}") for each in others]
    form = EndPlanForm(**opened(request, it.record, MANAGE), initial={"on": request.today}, plans=named)
    saving = (
        "Its objectives and activities stay as they stand, and can be read as at any day.",
        "The plan that replaces it is what people open first.",
    )
    verb = verb_of(it.record, "Record that it is over", "Record it", saving, "{reference} is over")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        other = next((each for each in others if str(each.pk) == given["replaced_by"]), None)
        commands.end_plan(it, on=given["on"], replaced_by=other, **said)

    return change(request, it.record, verb, form, do)


@page(MANAGE, methods=BOTH)
def add_priority(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "plan", organisation, reference)
    posts = posts_of(it.record.organisation_id)
    standing = it.priorities.filter(removed_on=None).count()
    form = PriorityForm(**opened(request, it.record, MANAGE), initial={"number": standing + 1}, posts=as_choices(posts))
    saving = ("It stands on the plan, and objectives can be added under it.",)
    verb = verb_of(it.record, "Add a priority", "Add the priority", saving, "The priority is added")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        names = {name: given[name] for name in ("number", "title", "text")}
        made = commands.add_priority(it, lead=post_named(posts, given["lead"]), **names, **said)
        return of_priority(it, made)

    return change(request, it.record, verb, form, do)


@page(MANAGE, methods=BOTH)
def change_priority(request: Request, organisation: str, reference: str, priority: int) -> HttpResponse:
    it = found(request, "plan", organisation, reference)
    one = priority_of(it, priority)
    posts = posts_of(it.record.organisation_id, one.lead)
    start = {name: getattr(one, name) for name in ("number", "title", "text")} | {"lead": one.lead_id or ""}
    begun = opened(request, it.record, MANAGE)
    form = PriorityForm(**begun, initial=start, posts=as_choices(posts), changing=True)
    saving = ("References of its objectives stay.", "What stood before stays in the history.")
    verb = verb_of(it.record, "Change a priority", "Save the priority", saving, "The priority is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        names = {name: given[name] for name in ("number", "title", "text")}
        commands.change_priority(one, lead=post_named(posts, given["lead"]), **names, **said)
        return of_priority(it, one)

    return change(request, it.record, verb, form, do)


@page(MANAGE, methods=BOTH)
def remove_priority(request: Request, organisation: str, reference: str, priority: int) -> HttpResponse:
    it = found(request, "plan", organisation, reference)
    one = priority_of(it, priority)
    form = RemoveForm(**opened(request, it.record, MANAGE))
    saving = ("It stands on the plan no longer, and stays in its history.",)
    verb = verb_of(it.record, "Take a priority out", "Take it out", saving, "The priority is taken out")
    return change(request, it.record, verb, form, lambda given, said: commands.remove_priority(one, **said) and None)


def of_priority(it: Plan, one: Priority) -> str:
    return reverse("plan-priority", args=[it.record.organisation.code, it.record.reference, one.pk])


def priority_of(it: Plan, number: int) -> Priority:
    """A priority of a plan. Raises Http404 for one that it has not."""
    one = it.priorities.select_related("plan__record__organisation", "lead").filter(pk=number, removed_on=None).first()
    if one is None:
        raise Http404
    return one
