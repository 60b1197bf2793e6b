"""A draft of a scale, one thing a page: begin it, its steps, what it would change, put it in force or drop it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.scales import commands
from candour.kernel.scales.access import ScalePermission
from candour.kernel.scales.forms import (
    BandsForm,
    BeginForm,
    CategoriesForm,
    InForceForm,
    IntervalsForm,
    SizeForm,
    StepForm,
    TextsForm,
    WhyForm,
    WordsForm,
)
from candour.kernel.scales.models import Draft
from candour.kernel.scales.queries import scales_of
from candour.kernel.scales.rules import Matrix, check
from candour.kernel.scales.scored import everything_scored
from candour.kernel.scales.views.frame import body_at, draft_at, kinds, picture, posted
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page

POSTS = ("GET", "POST")
STEPS: dict[str, tuple[str, str, Callable[..., StepForm]]] = {
    "size": ("Name and size", "Each axis may have two to ten levels; they need not be as many.", SizeForm),
    "words": ("Words of each level", "The word stands beside every score. The rest helps people to choose.", WordsForm),
    "categories": (
        "Categories of impact",
        "Impact can be described for each category, so that £50,000 and a missed duty can be weighed against each other.",
        CategoriesForm,
    ),
    "bands": ("Bands", "Together the bands hold every score that two levels can give, each score once.", BandsForm),
    "intervals": (
        "Review intervals",
        "How long a risk may go without a review. Of the band’s and the kind’s interval the shorter counts.",
        IntervalsForm,
    ),
}


@page(ScalePermission.MANAGE, methods=POSTS)
def begin(request: Request, body: str) -> HttpResponse:
    """Begin a draft from a copy of a scale, or from nothing. Where one is open already, that one is shown."""
    owner = body_at(request, body, manage=True)
    (of,) = scales_of([owner], request.today)
    if of.draft:
        return redirect("scale-draft", owner.code)
    standing = [scale for scale in (of.current, of.to_come, *of.past) if scale]
    first = {"copied_from": request.GET.get("from") or (standing[0].pk if standing else "blank")}
    form = BeginForm(posted(request), scales=standing, initial=first)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.begin_draft(organisation=owner, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            return redirect("scale-draft", owner.code)
    context = {
        "form": form,
        "body": owner,
        "title": "Make a new scale",
        "submit": "Begin the draft",
        "saving": ["Nothing changes for anybody until you put the draft in force.", "You can leave it and come back."],
    }
    return render(request, "scales/ask.html", context, status=422 if form.errors else 200)


@page(ScalePermission.MANAGE)
def draft(request: Request, body: str) -> HttpResponse:
    """The draft with its steps, what is still wrong with it, and its picture."""
    it = draft_at(request, body)
    matrix = it.matrix()
    context = {
        "draft": it,
        "body": it.organisation,
        "picture": picture(matrix),
        "wrong": check(matrix),
        "steps": [(reverse("scale-step", args=[body, name]), label) for name, (label, _, _) in STEPS.items()],
    }
    return render(request, "scales/draft.html", context)


@page(ScalePermission.MANAGE, methods=POSTS)
def step(request: Request, body: str, step: str) -> HttpResponse:
    """One step of the draft."""
    if step not in STEPS:
        raise Http404
    label, lede, form_of = STEPS[step]
    more = {"kinds": kinds()} if step == "intervals" else {}
    return _changed(request, draft_at(request, body), label, lede, form_of, **more)


@page(ScalePermission.MANAGE, methods=POSTS)
def descriptions(request: Request, body: str, number: int) -> HttpResponse:
    """What each level of impact means for one category, counted from 1."""
    it = draft_at(request, body)
    guide = it.matrix().guide
    if not 1 <= number <= len(guide):
        raise Http404
    label = f"Impact on {guide[number - 1].category}"
    return _changed(request, it, label, "Say what each level looks like there.", TextsForm, place=number - 1)


def _changed(
    request: Request, it: Draft, title: str, lede: str, form_of: Callable[..., StepForm], **more: Any
) -> HttpResponse:
    form = form_of(posted(request), before=it.matrix(), seen=it.head_sequence, **more)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            seen = form.cleaned_data["seen"]
            commands.change_draft(it, matrix=form.made(), seen=seen, actor=request.actor, at=request.now)

        if carried_out(form, act):
            messages.success(request, f"{title}: saved in the draft")
            return redirect("scale-draft", it.organisation.code)
    context = {
        "form": form,
        "draft": it,
        "body": it.organisation,
        "title": title,
        "lede": lede,
        "groups": form.groups(),
    }
    return render(request, "scales/step.html", context, status=422 if form.errors else 200)


@page(ScalePermission.MANAGE, methods=POSTS)
def preview(request: Request, body: str) -> HttpResponse:
    """What the draft would change, and the form that puts it in force."""
    it = draft_at(request, body)
    matrix = it.matrix()
    if check(matrix):
        return redirect("scale-draft", it.organisation.code)
    (of,) = scales_of([it.organisation], request.today)
    form = InForceForm(posted(request), today=request.today, initial={"starts": request.today})
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.put_in_force(it, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(
                request, f"{it.name} is in force from its day. The scale before it keeps what was scored on it."
            )
            return redirect("scales")
    context = {
        "form": form,
        "draft": it,
        "body": it.organisation,
        "picture": picture(matrix),
        "was": picture(of.current.matrix()) if of.current else None,
        "current": of.current,
        "changes": _changes(request, it, matrix),
    }
    return render(request, "scales/preview.html", context, status=422 if form.errors else 200)


def _changes(request: Request, it: Draft, matrix: Matrix) -> list[dict[str, Any]]:
    found = []
    for scored in everything_scored():
        moves = scored.moves(request.actor, it.organisation_id, matrix)
        moving = sum(move.count for move in moves.moves)
        found.append({"scored": scored, "moves": moves.moves, "moving": moving, "staying": moves.scored - moving})
    return found


@page(ScalePermission.MANAGE, methods=POSTS)
def drop(request: Request, body: str) -> HttpResponse:
    """The draft will not come in force."""
    it = draft_at(request, body)
    form = WhyForm(posted(request))
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.drop_draft(it, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(request, f"The draft {it.name} is dropped. History keeps it.")
            return redirect("scales")
    context = {
        "form": form,
        "body": it.organisation,
        "title": f"Drop the draft {it.name}",
        "submit": "Drop the draft",
        "saving": ["The draft goes from these pages. The scale in force stays as it is."],
    }
    return render(request, "scales/ask.html", context, status=422 if form.errors else 200)
