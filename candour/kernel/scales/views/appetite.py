"""The appetite for risk of a body: what it bears in each category, and the words in which it says so."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.scales import commands, queries
from candour.kernel.scales.access import ScalePermission
from candour.kernel.scales.forms import AppetiteForm, AppetiteWordsForm, EndForm
from candour.kernel.scales.scored import everything_scored
from candour.kernel.scales.views.frame import body_at, may_manage, posted
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page

POSTS = ("GET", "POST")


@page(ScalePermission.SEE)
def appetite(request: Request, body: str) -> HttpResponse:
    """Each category with its appetite, the categories that have none yet, and what was set before."""
    owner, today = body_at(request, body), request.today
    every = queries.appetites_of(owner.pk)
    standing = [row for row in every if row.in_force(today)]
    said = {" ".join(row.category.split()).casefold() for row in standing}
    used = [(scored, scored.categories(request.actor, owner.pk)) for scored in everything_scored()]
    context = {
        "body": owner,
        "standing": standing,
        "to_come": [row for row in every if row.starts > today],
        "past": [row for row in every if row.ends and row.ends < today],
        "unsaid": [
            (category, count, scored)
            for scored, counts in used
            for category, count in counts.items()
            if " ".join(category.split()).casefold() not in said
        ],
        "words": queries.appetite_words(owner.pk, today),
        "may_manage": may_manage(request.actor, owner),
    }
    return render(request, "scales/appetite.html", context)


@page(ScalePermission.MANAGE, methods=POSTS)
def set_appetite(request: Request, body: str) -> HttpResponse:
    """Set the appetite of a category, filled in as it stands where ?category= names one."""
    owner, today = body_at(request, body, manage=True), request.today
    scale = queries.scale_on(owner.pk, today)
    category = request.GET.get("category", "")[:80]
    held = queries.appetites_on(today, organisation=owner.pk).of(owner.pk, category)
    first = {"category": category, "effective": today}
    first |= {"category": held.category, "word": held.word, "highest": held.highest} if held else {}
    form = AppetiteForm(
        posted(request),
        words=queries.appetite_words(owner.pk, today),
        top=scale.matrix().scores[-1] if scale else 0,
        today=today,
        initial=first,
    )
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.set_appetite(organisation=owner, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(request, f"The appetite for {form.cleaned_data['category']} is set")
            return redirect("appetite", owner.code)
    context = {
        "form": form,
        "body": owner,
        "title": f"Appetite for {held.category}" if held else "Set an appetite",
        "submit": "Set the appetite",
        "saving": [
            "Risks of the category show whether they are within, at or over it from that day.",
            "No score changes, and past days keep the appetite that they had.",
        ],
    }
    return render(request, "scales/ask.html", context, status=422 if form.errors else 200)


@page(ScalePermission.MANAGE, methods=POSTS)
def end_appetite(request: Request, body: str, number: int) -> HttpResponse:
    """A category has no appetite of its own any more."""
    owner = body_at(request, body, manage=True)
    row = next((row for row in queries.appetites_of(owner.pk) if row.pk == number and row.ends is None), None)
    if row is None:
        raise Http404
    form = EndForm(posted(request), today=request.today, initial={"ends": request.today})
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.end_appetite(row, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(request, f"The appetite for {row.category} ends")
            return redirect("appetite", owner.code)
    context = {
        "form": form,
        "body": owner,
        "title": f"End the appetite for {row.category}",
        "submit": "End the appetite",
        "saving": ["Risks of the category no longer say whether they are within appetite. Past days keep it."],
    }
    return render(request, "scales/ask.html", context, status=422 if form.errors else 200)


@page(ScalePermission.MANAGE, methods=POSTS)
def appetite_words(request: Request, body: str) -> HttpResponse:
    """The words in which the body speaks of its appetite."""
    owner = body_at(request, body, manage=True)
    form = AppetiteWordsForm(posted(request), words=queries.appetite_words(owner.pk, request.today))
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.set_appetite_words(
                form.words,
                organisation=owner,
                actor=request.actor,
                at=request.now,
                reason=form.cleaned_data["reason"],
            )

        if carried_out(form, act):
            messages.success(request, "The words of appetite are set from today")
            return redirect("appetite", owner.code)
    context = {
        "form": form,
        "body": owner,
        "title": "Words of appetite",
        "lede": "Least appetite first. Appetites that were set before keep the word they were set with.",
        "groups": form.groups(),
    }
    return render(request, "scales/step.html", context, status=422 if form.errors else 200)
