"""The table of the directory: which of its values gives which post; and what it asked when it provisions people."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import allowed
from candour.kernel.establishment.forms.posts import WhyForm
from candour.kernel.establishment.views.frame import BOTH, Verb, ask, by, opened
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Post
from candour.kernel.signin import commands
from candour.kernel.signin.forms import MappedForm
from candour.kernel.signin.models import Mapped
from candour.kernel.signin.queries import mapped_rows, message_rows, messages_seen, posts_to_map
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

SIZE = 50


@page(PeoplePermission.GRANT)
def mapped(request: Request) -> HttpResponse:
    """Every value that gives a post of one's bodies, with the roles that the post has."""
    context = {
        "rows": mapped_rows(request.actor, today=request.today),
        "claim": settings.DIRECTORY["claim"],
        "set_up": bool(settings.DIRECTORY["issuer"]),
    }
    return render(request, "signin/table.html", context)


@page(PeoplePermission.GRANT)
def messages(request: Request) -> HttpResponse:
    """What directories asked, newest first, and what came of it."""
    refused = request.GET.get("show") == "refused"
    found = messages_seen(request.actor, refused=refused)
    paging = Page.read(request.GET, count=found.count(), size=SIZE)
    rows = message_rows(paging.of(found), request.actor)
    return render(request, "signin/messages.html", {"rows": rows, "page": paging, "refused": refused})


@page(PeoplePermission.GRANT, methods=BOTH, proved=True)
def map_value(request: Request) -> HttpResponse:
    posts = posts_to_map(request.actor)
    form = MappedForm(**opened(request), posts=[(str(post.pk), f"{post}, {post.organisation}") for post in posts])
    back = reverse("mapped")
    saving = (
        "Whoever carries the value holds the post from their next sign-in, with all that its roles permit.",
        "Where the value is a group that the directory provisions, its members hold the post at once.",
        "Whoever holds the post and signs in without the value loses it: from now on the directory says who holds it.",
    )
    verb = Verb(
        "Map a value to a post", "", "Save the value", saving, "The value gives the post", [(back, "Directory")], back
    )

    def act(given: dict[str, Any]) -> None:
        given["post"] = next(post for post in posts if str(post.pk) == given["post"])
        commands.map_value(**given, **by(request))

    return ask(request, verb, form, act)


@page(PeoplePermission.GRANT, methods=BOTH, proved=True)
def unmap(request: Request, mapping: int) -> HttpResponse:
    row = Mapped.objects.filter(pk=mapping, removed=False).select_related("post__organisation").first()
    if row is None or not allowed(request.actor, PeoplePermission.GRANT, row.post):
        raise Http404
    back = reverse("mapped")
    saving = ("The value gives the post no more.", "Who holds the post keeps it until you end the appointment.")
    post: Post = row.post
    verb = Verb(
        "Take a value away", f"{row.value}: {post}", "Take it away", saving, "Done", [(back, "Directory")], back
    )
    form = WhyForm(**opened(request, post))
    return ask(request, verb, form, lambda given: commands.unmap(row, **given, **by(request)))
