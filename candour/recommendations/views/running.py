"""What the pages on which a cycle is run share: finding it and a post that it asks, and a page of one change to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.people.models import Post
from candour.kernel.records.models import visible
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request
from candour.recommendations.access import RecommendationPermission as May
from candour.recommendations.models import Ask, Cycle
from candour.recommendations.queries.cycles import cycle_of


def changed(
    request: Request,
    it: Cycle,
    form: Any,
    *,
    title: str,
    submit: str,
    saving: tuple[str, ...],
    done: str,
    act: Any,
    more: dict[str, Any] | None = None,
    back: str = "",
) -> HttpResponse:
    """A page of one change to a cycle: shown, or saved and back to the board, or to another page of it."""
    home = back or reverse("recommendations-cycle", args=[it.pk])
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: act(form.cleaned_data)):
        messages.success(request, done)
        return redirect(home)
    context = {"cycle": it, "form": form, "title": title, "submit": submit, "saving": saving, "home": home}
    status = 422 if form.errors else 200
    return render(request, "recommendations/cycle_change.html", context | (more or {}), status=status)


def cycle_found(request: Request, number: int) -> Cycle:
    """A cycle that the reader runs; Http404 for any other."""
    try:
        return cycle_of(number, actor=request.actor)
    except Cycle.DoesNotExist:
        raise Http404 from None


def post_asked(request: Request, it: Cycle, number: int) -> Post:
    """A post that the cycle asks about something that the reader sees; Http404 for any other."""
    seen = visible(request.actor, May.SEE, "recommendation__record__")
    asked = Ask.objects.filter(seen, cycle=it, post=number).select_related("post__organisation").first()
    if asked is None:
        raise Http404
    return asked.post
