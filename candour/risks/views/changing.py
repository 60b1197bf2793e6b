"""How a page of one change works: shown, checked, saved, and never over what somebody else entered meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import require
from candour.kernel.people.models import Post
from candour.kernel.records.pages import marking_of
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request
from candour.risks.forms import VerbForm
from candour.risks.models import Control, Risk
from candour.risks.queries import events_since
from candour.risks.views.events import Known, Told, told
from candour.risks.views.frame import address


@dataclass(frozen=True)
class Verb:
    """What a page of one change says: its title, its button, what saving does, and what was done."""

    title: str
    submit: str
    saving: tuple[str, ...]
    done: str
    quote: str = ""  # what the change is about, where the risk's title does not say it


def change(
    request: Request, it: Risk, verb: Verb, form: VerbForm, do: Callable[[dict[str, Any], dict[str, Any]], object]
) -> HttpResponse:
    """Show the form, or save what it says and go back to the risk. do gets the answers and who acts, when and why."""
    news: list[Told] = []
    conflict = False
    if request.method == "POST" and form.is_valid():
        if conflict := form.conflict:
            news = unread(request, it, form)
        elif saved(request, form, do):
            messages.success(request, verb.done.format(reference=it.record.reference))
            return redirect(address(it))
    context = {
        "risk": it,
        "verb": verb,
        "form": form,
        "news": news,
        "conflict": conflict,
        "has_errors": conflict,
        "home": address(it),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "risks/change.html", context, status=422 if form.errors or conflict else 200)


def saved(request: Request, form: Any, do: Callable[[dict[str, Any], dict[str, Any]], object]) -> bool:
    """Whether the command took it; what it refuses is said on the field that it names."""
    given = form.cleaned_data
    by = {"actor": request.actor, "at": request.now}
    if "reason" in given:
        by["reason"] = given["reason"]
    try:
        do(given, by)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    return True


def unread(request: Request, it: Risk, form: Any) -> list[Told]:
    """What somebody entered after the page was opened. The form then counts it as read."""
    seen = form.cleaned_data.get("seen") or 0
    form.data = form.data.copy()
    form.data["seen"] = str(it.record.head_sequence)
    controls = Control.objects.filter(risk=it).values_list("pk", "text")
    return [told(event, Known((), dict(controls))) for event in events_since(it.record, request.actor, seen)]


def opened(request: Request, it: Risk, permission: str) -> dict[str, Any]:
    """The beginning of every form here. Raises Forbidden for who may see the risk but not do this."""
    require(request.actor, permission, it.record)
    return {
        "data": request.POST if request.method == "POST" else None,
        "today": request.today,
        "seen": it.record.head_sequence,
    }


def posts_of(it: Risk, *standing: Post | None) -> list[Post]:
    """The posts of the risk's body that have not ended, and those that stand on it."""
    found_posts = {post.pk: post for post in Post.objects.filter(organisation=it.record.organisation_id, ended=None)}
    found_posts |= {post.pk: post for post in standing if post is not None}
    return sorted(found_posts.values(), key=lambda post: post.title)


def as_choices(posts: Sequence[Post]) -> list[tuple[int, str]]:
    return [(post.pk, post.title) for post in posts]
