"""The posts of a body, one post, one's own posts, and the page of roles."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.establishment import work
from candour.kernel.establishment.forms.posts import PostFilters
from candour.kernel.establishment.queries.happened import latest_about
from candour.kernel.establishment.queries.posts import directorates_of, one_post, posts_held, rows_of
from candour.kernel.establishment.queries.roles import permits, roles_page
from candour.kernel.establishment.queries.taken_over import taken_over
from candour.kernel.establishment.views.frame import (
    body_asked,
    history,
    managed,
    may,
    post_found,
    post_trail,
)
from candour.kernel.establishment.views.words import told
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Post
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.web.asat import Choice
from candour.kernel.web.context import Marking
from candour.kernel.web.page import SIGNED_IN, Request, page
from candour.kernel.web.tables import Page, query_string

ROWS = 100
LATELY = 6
MINE = 50  # of one's own open work


@page(PeoplePermission.SEE)
def posts(request: Request) -> HttpResponse:
    """The posts of one body by directorate, each with its holder, who answers for it, and what it owns."""
    body = body_asked(request, PeoplePermission.SEE)
    others = bodies(request.actor, PeoplePermission.SEE)
    form = PostFilters(request.GET, directorates=directorates_of(body.pk), today=request.today)
    rows = form.of(Post.objects.filter(organisation=body))
    without = Case(When(directorate="", then=1), default=0)  # last, beside the others by name
    rows = rows.order_by(without, "directorate", "title", "pk")
    paging = Page.read(request.GET, count=rows.count(), size=ROWS)
    shown = rows_of(paging.of(rows), actor=request.actor, today=request.today)
    context = {
        "body": body,
        "bodies": [
            Choice(
                each.short_name, query_string(request.GET, body=each.code, page=None, directorate=None), each == body
            )
            for each in others
        ],
        "filters": form,
        "groups": [(name, list(rows)) for name, rows in groupby(shown, key=lambda row: row.directorate)],
        "named": any(row.directorate for row in shown),
        "page": paging,
        "may_manage": may(request.actor, PeoplePermission.MANAGE, body.pk),
    }
    return render(request, "establishment/posts.html", context)


@page(PeoplePermission.SEE)
def post(request: Request, post: int) -> HttpResponse:
    """One post: who holds it and held it, its place, its cover, its roles, and what is open in it."""
    it = post_found(request, post)
    found = one_post(it, actor=request.actor, today=request.today)
    context = {
        "it": it,
        "found": found,
        "roles": [(row, permits(row.role) if row.role else ()) for row in found.roles],
        "own": [each for each in taken_over(request.actor, today=request.today) if each.post == it.pk],
        "entries": told(latest_about(it, request.actor, size=LATELY)),
        "may_manage": managed(request.actor, it) and it.ended is None,
        "may_grant": bool(request.actor.scope(PeoplePermission.GRANT)) and it.ended is None,
        "grantable": request.actor.scope(PeoplePermission.GRANT),
        "may_cover": it.ended is None and (managed(request.actor, it) or it.pk in request.actor.posts),
        "marking": _marking(found.open),
    }
    return render(request, "establishment/post.html", context)


@page(PeoplePermission.SEE)
def post_history(request: Request, post: int) -> HttpResponse:
    """Everything that happened to a post."""
    it = post_found(request, post)
    return history(request, it, named=it.title, trail=post_trail(it))


def _marking(rows: Iterable[work.Work]) -> Marking:
    """The marking of a page that shows open work, each restricted record once."""
    return marking_of({row.address: "restricted" for row in rows if row.restricted}.values())


@page(SIGNED_IN)
def my_posts(request: Request) -> HttpResponse:
    """The posts that one holds: what one took over lately, what is open in each, and who answers for it."""
    rows = posts_held(request.actor, today=request.today)
    opened = work.work_of(request.actor.posts, actor=request.actor, today=request.today, size=MINE)
    context = {
        "taken": taken_over(request.actor, today=request.today),
        "rows": [(row, row.since(request.actor.id)) for row in rows],
        "open": opened,
        "count": sum(sum(row.owned.values()) for row in rows),
        "may_see": bool(request.actor.scope(PeoplePermission.SEE)),
        "marking": _marking(opened),
    }
    return render(request, "establishment/mine.html", context)


@page(SIGNED_IN)
def roles(request: Request) -> HttpResponse:
    """Every role with what it permits in words, and which posts of one's own organisations have it today."""
    rows = roles_page(request.actor, request.today)
    may_see = bool(request.actor.scope(PeoplePermission.SEE))
    context = {"roles": rows, "given": sum(len(row.posts) for row in rows), "may_see": may_see}
    return render(request, "establishment/roles.html", context)
