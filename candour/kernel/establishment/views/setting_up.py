"""Pages that set a post up, rename it, move it and end it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from candour.kernel.access import require
from candour.kernel.establishment import commands
from candour.kernel.establishment.forms.posts import PostForm, WhyForm, posts_but
from candour.kernel.establishment.queries.posts import directorates_of, hanging_on
from candour.kernel.establishment.views.frame import BOTH, Verb, ask, body_asked, by, opened, post_found, post_trail
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.web.page import Request, page


def verb_of(post: Post, title: str, submit: str, saving: tuple[str, ...], done: str, **more: Any) -> Verb:
    """A change to a post. home: the page, as (address, words), to which one comes back who may not read of the post."""
    home = more.pop("home", None)
    trail, back = ([home], home[0]) if home else (post_trail(post), reverse("post", args=[post.pk]))
    return Verb(title, f"{post.title}, {post.organisation.name}", submit, saving, done, trail, back, **more)


@page(PeoplePermission.MANAGE, methods=BOTH)
def set_up_post(request: Request) -> HttpResponse:
    """A new post of the body of ?body=."""
    body = body_asked(request, PeoplePermission.MANAGE)
    posts = posts_of(body.pk)
    form = PostForm(**opened(request), posts=as_choices(posts), directorates=directorates_of(body.pk))
    listed = f"{reverse('posts')}?body={body.code}"
    verb = Verb(
        "Set up a post",
        body.name,
        "Set up the post",
        ("It is vacant until you appoint somebody to it.", "It may do nothing until it is given a role."),
        "The post is set up. Appoint its holder next",
        [(listed, f"Posts of {body.short_name}")],
        listed,
    )

    def act(given: dict[str, Any]) -> str:
        answers_to = post_named(posts, given.pop("answers_to"))
        made = commands.set_up_post(organisation=body, answers_to=answers_to, **given, **by(request))
        return reverse("post", args=[made.pk])

    return ask(request, verb, form, act)


@page(PeoplePermission.MANAGE, methods=BOTH)
def rename_post(request: Request, post: int) -> HttpResponse:
    it = _managed(request, post)
    form = PostForm(**opened(request, it), changing="title", initial={"title": it.title})
    saving = ("All that it owns stays with it.", "What was recorded and issued before keeps the older title.")
    verb = verb_of(it, "Rename the post", "Save the title", saving, "The post is renamed")
    return ask(request, verb, form, lambda given: commands.rename_post(it, **given, **by(request)) and None)


@page(PeoplePermission.MANAGE, methods=BOTH)
def move_post(request: Request, post: int) -> HttpResponse:
    """Another directorate, or another post that it answers to."""
    it = _managed(request, post)
    posts = posts_but(posts_of(it.organisation_id, it.answers_to), it)
    form = PostForm(
        **opened(request, it),
        changing="place",
        posts=as_choices(posts),
        directorates=directorates_of(it.organisation_id),
        initial={"directorate": it.directorate, "answers_to": it.answers_to_id},
    )
    saving = ("Lists group it under its directorate from now on.", "Reminders go up the line as you set it here.")
    verb = verb_of(it, "Move the post", "Save its place", saving, "The post is moved")

    def act(given: dict[str, Any]) -> None:
        answers_to = post_named(posts, given.pop("answers_to"))
        commands.place_post(it, answers_to=answers_to, **given, **by(request))

    return ask(request, verb, form, act)


@page(PeoplePermission.MANAGE, methods=BOTH)
def end_post(request: Request, post: int) -> HttpResponse:
    it = _managed(request, post)
    form = WhyForm(**opened(request, it))
    saving = (
        "The post ends today, and its roles and cover with it.",
        "Who held it and what it owned stays in the history.",
    )
    first = tuple(hanging_on(it, actor=request.actor, today=request.today))
    verb = verb_of(it, "End the post", "End it", saving, "The post has ended", first=first)
    return ask(request, verb, form, lambda given: commands.end_post(it, **given, **by(request)) and None)


def _managed(request: Request, number: int) -> Post:
    """The post, for who may change it. Raises Forbidden for who may only read of it."""
    it = post_found(request, number)
    require(request.actor, PeoplePermission.MANAGE, it)
    return it
