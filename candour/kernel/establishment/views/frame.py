"""What the pages of posts and people share: finding the row at an address, and a page of one change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import Actor, allowed
from candour.kernel.access.rules import Role
from candour.kernel.establishment.queries.happened import entries_about
from candour.kernel.establishment.queries.people import person_of
from candour.kernel.establishment.queries.posts import post_of
from candour.kernel.establishment.queries.roles import permits
from candour.kernel.establishment.views.words import told
from candour.kernel.history.models import Chained
from candour.kernel.history.queries import events
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Organisation, Person, Post
from candour.kernel.records.forms import VerbForm
from candour.kernel.records.queries import bodies
from candour.kernel.web.forms import Form, carried_out
from candour.kernel.web.page import Request
from candour.kernel.web.tables import Page

BOTH = ("GET", "POST")
SIZE = 25
CHANGED = "Somebody changed this since you opened the page: look at what stands now, then save again"

Crumbs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Verb:
    """What a page of one change says. trail: crumbs, as (address, words); back: where it leads when it is done or left.

    given: roles of which the page lists what they permit. first: what must be done before it can be.
    """

    title: str
    kicker: str
    submit: str
    saving: tuple[str, ...]
    done: str
    trail: Crumbs
    back: str
    given: Sequence[Role] = field(default=())
    first: tuple[str, ...] = ()


def post_found(request: Request, number: int) -> Post:
    """The post at an address; Http404 alike for one of a body that one does not read of and one that never was."""
    try:
        return post_of(number, actor=request.actor)
    except Post.DoesNotExist:
        raise Http404 from None


def person_found(request: Request, number: int) -> Person:
    """The person at an address; Http404 alike for one out of sight and one that never was."""
    try:
        return person_of(number, actor=request.actor)
    except Person.DoesNotExist:
        raise Http404 from None


def body_asked(request: Request, permission: str) -> Organisation:
    """The body of ?body=, the actor's own unless it says otherwise; Http404 where the permission is held for none."""
    found = bodies(request.actor, permission)
    asked = request.GET.get("body", "")
    body = next((each for each in found if each.code == asked), found[0] if found and not asked else None)
    if body is None:
        raise Http404
    return body


def opened(request: Request, row: Chained | None = None) -> dict[str, Any]:
    """The beginning of every form here."""
    data = request.POST if request.method == "POST" else None
    return {"data": data, "today": request.today, "seen": row.head_sequence if row is not None else 0}


def ask(request: Request, verb: Verb, form: Form, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    """Show the form, or do what it says and go back. Where somebody changed the row meanwhile, nothing is saved.

    act gets the answers, and gives an address to go to where that is not the verb's own.
    """
    went: list[object] = []
    if request.method == "POST" and form.is_valid():
        if isinstance(form, VerbForm) and form.seen_now and form.conflict:
            form.add_error(None, CHANGED)
            form.rewrite({"seen": str(form.seen_now)})
        else:
            given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
            if carried_out(form, lambda: went.append(act(given))):
                messages.success(request, verb.done)
                return redirect(went[0] if isinstance(went[0], str) else verb.back)
    context = {"verb": verb, "form": form, "given": [(role, permits(role)) for role in verb.given]}
    return render(request, "establishment/change.html", context, status=422 if form.errors else 200)


def by(request: Request) -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": request.actor, "at": request.now}


def may(actor: Actor, permission: str, organisation: int) -> bool:
    return allowed(actor, permission, Post(organisation_id=organisation))


def managed(actor: Actor, post: Post) -> bool:
    """Whether the pages that change a post are open to an actor."""
    return may(actor, PeoplePermission.MANAGE, post.organisation_id)


def post_trail(post: Post) -> list[tuple[str, str]]:
    """The crumbs of a page below a post's own."""
    listed = f"{reverse('posts')}?body={post.organisation.code}"
    return [(listed, f"Posts of {post.organisation.short_name}"), (reverse("post", args=[post.pk]), post.title)]


def history(request: Request, row: Post | Person | Organisation, *, named: str, trail: Crumbs) -> HttpResponse:
    """Everything that happened to a row, newest recorded first, twenty-five at a time. named: what the row is called."""
    entries = entries_about(row, request.actor)
    paging = Page.read(request.GET, count=entries.count(), size=SIZE)
    shown = told(events(list(paging.of(entries))), of_person=isinstance(row, Person))
    context = {
        "named": named,
        "trail": trail,
        "entries": shown,
        "page": paging,
        "all_hold": all(entry.holds for entry in shown),
    }
    return render(request, "establishment/history.html", context)
