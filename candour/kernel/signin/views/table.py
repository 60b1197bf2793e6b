"""The table of the directory: which value of its claim gives which post."""

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
from candour.kernel.signin.queries import mapped_rows, posts_to_map
from candour.kernel.web.page import Request, page


@page(PeoplePermission.GRANT)
def mapped(request: Request) -> HttpResponse:
    """Every value that gives a post of one's bodies, with the roles that the post has."""
    context = {
        "rows": mapped_rows(request.actor, today=request.today),
        "claim": settings.DIRECTORY["claim"],
        "set_up": bool(settings.DIRECTORY["issuer"]),
    }
    return render(request, "signin/table.html", context)


@page(PeoplePermission.GRANT, methods=BOTH)
def map_value(request: Request) -> HttpResponse:
    posts = posts_to_map(request.actor)
    form = MappedForm(**opened(request), posts=[(str(post.pk), f"{post}, {post.organisation}") for post in posts])
    back = reverse("mapped")
    saving = (
        "Whoever carries the value holds the post from their next sign-in, with all that its roles permit.",
        "Whoever holds the post and signs in without the value loses it: from now on the directory says who holds it.",
    )
    verb = Verb("Map a value to a post", "", "Save", saving, "The value gives the post", [(back, "Directory")], back)

    def act(given: dict[str, Any]) -> None:
        given["post"] = next(post for post in posts if str(post.pk) == given["post"])
        commands.map_value(**given, **by(request))

    return ask(request, verb, form, act)


@page(PeoplePermission.GRANT, methods=BOTH)
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
