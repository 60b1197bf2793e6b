"""Pages by which a measure is defined and changes, one thing each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

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
from candour.performance import commands, rules
from candour.performance.access import PerformancePermission
from candour.performance.commands.defining import DEFAULTS
from candour.performance.forms import BreakForm, ChangeForm, DefineForm, EndForm, JoinForm, RestrictForm
from candour.performance.models import Break, Measure
from candour.performance.views.frame import address, change, found, opened, verb_of

BOTH = ("GET", "POST")
MANAGE = PerformancePermission.MANAGE


@page(MANAGE, methods=BOTH)
def define_measure(request: Request) -> HttpResponse:
    """A new measure of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    posts = posts_of(body.pk)
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    form = DefineForm(
        request.POST if request.method == "POST" else None,
        initial={name: value for name, value in DEFAULTS.items() if value != ""} | {"sensitivity": "office"},
        posts=as_choices(posts),
        today=request.today,
    )
    made: list[Measure] = []

    def act() -> None:
        given = form.cleaned_data
        named = {name: given[name] for name in ("title", "reference", "sensitivity")}
        owner = post_named(posts, given["owner"])
        made.append(
            commands.define_measure(organisation=body, owner=owner, **named, **_facts(given), **by(request, form))
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, f"{made[0].record.reference} is defined. Its figures can be loaded now")
        return redirect(address(made[0]))
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else []}
    return render(request, "performance/define.html", context, status=422 if form.errors else 200)


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    """The facts of a definition from a form: what was left empty is as a new measure has it."""
    return {
        name: DEFAULTS[name] if given[name] in (None, "") and DEFAULTS[name] is not None else given[name]
        for name in DEFAULTS
    }


@page(MANAGE, methods=BOTH)
def change_measure(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {name: getattr(it, name) for name in DEFAULTS} | {"title": it.record.title, "owner": it.record.owner_id}
    form = ChangeForm(**opened(request, it, MANAGE), initial=start, posts=as_choices(posts))
    verb = verb_of(
        it,
        "Change its definition",
        "Save the definition",
        (
            "Limits, signals and the target are read so from now on, for past figures too.",
            "Unit and frequency stay once figures are loaded: they would mean something else.",
            "What stood before stays in the history.",
        ),
        "{reference} is changed",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        owner = post_named(posts, given["owner"])
        commands.change_measure(it, title=given["title"], owner=owner, **_facts(given), **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def break_limits(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = BreakForm(**opened(request, it, MANAGE))
    verb = verb_of(
        it,
        "Set the limits anew from a period",
        "Set the limits anew",
        (
            "Figures before it keep their limits. From it on, limits come from the figures after it.",
            "Why stands on the chart and in papers.",
            "Do it where something in the process is known to have changed, never to make a signal go away.",
        ),
        "The limits of {reference} are set anew",
    )
    return change(
        request, it, verb, form, lambda g, said: commands.break_limits(it, period=g["period"], why=g["why"], **said)
    )


@page(MANAGE, methods=BOTH)
def join_limits(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    standing = list(
        Break.objects.filter(measure=it, removed_on=None).select_related("measure__record").order_by("period")
    )
    named = [(each.pk, f"{rules.say_period(each.period, it.frequency)}: {each.why}") for each in standing]
    form = JoinForm(**begun, breaks=named)
    verb = verb_of(
        it,
        "Take a break of the limits back",
        "Take it back",
        ("The limits before it hold on over the figures after it.", "The break stays in the history."),
        "The limits of {reference} hold on",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.join_limits(next(each for each in standing if str(each.pk) == given["which"]), **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def end(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = EndForm(**opened(request, it, MANAGE), initial={"on": request.today})
    verb = verb_of(
        it,
        "Record that it ended",
        "Record that it ended",
        ("Its figures and its chart stay. No more are loaded.", "It leaves the list of what is measured."),
        "{reference} has ended",
    )
    return change(request, it, verb, form, lambda given, said: commands.end_measure(it, on=given["on"], **said))


@page(PerformancePermission.RESTRICT, methods=BOTH)
def restrict(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, PerformancePermission.RESTRICT)
    form = RestrictForm(**begun, initial={"sensitivity": it.record.sensitivity})
    verb = verb_of(
        it,
        "Change who may see it",
        "Save who may see it",
        (
            "It holds at once, for every list, count, search and paper.",
            "A public measure is open data at a stable address; one that is public no longer is gone from there.",
        ),
        "Who may see {reference} is changed",
    )
    return change(
        request,
        it,
        verb,
        form,
        lambda given, said: commands.restrict_measure(it, sensitivity=given["sensitivity"], **said),
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Measures of the force stand on the lists of the office that holds it to account, and the other way round."""
    it = found(request, organisation, reference)
    begun = opened(request, it, RecordPermission.SHARE)
    offered = WithWhom.of(it.record)
    form = ShareForm(**begun, answers=offered.answers)
    verb = verb_of(
        it,
        "Share it with another body",
        "Save who sees it",
        (
            "The measure stands on the list of the other body too. It changes nothing there.",
            "When sharing stops, the other body no longer sees it, past days included.",
        ),
        "Sharing of {reference} is changed",
    )
    return change(request, it, verb, form, lambda given, said: offered.carry_out(given["answer"], **said))
