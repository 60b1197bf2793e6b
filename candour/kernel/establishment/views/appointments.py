"""Pages of who holds a post, who answers for it, and which roles it has: each begun, each ended."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from candour.kernel.access import require
from candour.kernel.access.models import Grant
from candour.kernel.access.queries import roles
from candour.kernel.establishment import commands
from candour.kernel.establishment.forms.posts import AppointForm, CoverForm, EndForm, GrantForm, posts_but
from candour.kernel.establishment.queries.people import visible_people
from candour.kernel.establishment.queries.roles import may_give
from candour.kernel.establishment.views.frame import BOTH, ask, by, opened, post_found
from candour.kernel.establishment.views.setting_up import verb_of
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Appointment, Cover, Person, Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.rules import Refused
from candour.kernel.web.page import SIGNED_IN, Request, page


@page(PeoplePermission.MANAGE, methods=BOTH)
def appoint(request: Request, post: int) -> HttpResponse:
    """Somebody who may sign in comes to hold the post from a day."""
    it = post_found(request, post)
    require(request.actor, PeoplePermission.MANAGE, it)
    people = list(Person.objects.filter(visible_people(request.actor), is_active=True).order_by("name", "pk"))
    form = AppointForm(**opened(request, it), people=people, initial={"starts": request.today})
    saving = (
        "From that day they may do what the roles of the post permit.",
        "What the post owns is theirs to see to. They get a letter that says how much is open.",
        "Several people may hold one post. Whoever holds it now goes on until you end that.",
    )
    verb = verb_of(it, "Appoint to the post", "Appoint", saving, "The appointment is saved")

    def act(given: dict[str, Any]) -> None:
        commands.appoint(form.people[given.pop("person")], it, **given, **by(request))

    return ask(request, verb, form, act)


@page(PeoplePermission.MANAGE, methods=BOTH)
def end_appointment(request: Request, appointment: int) -> HttpResponse:
    row = Appointment.objects.filter(pk=appointment).select_related("person").first()
    if row is None:
        raise Http404
    it = post_found(request, row.post_id)
    require(request.actor, PeoplePermission.MANAGE, it)
    form = EndForm(**opened(request, it), initial={"ends": row.ends or request.today})
    row.post = it
    saving = (
        "They hold the post until the end of that day.",
        "Open work stays with the post and waits for its next holder.",
    )
    verb = verb_of(
        it, f"End the appointment of {row.person.name}", "End it", saving, "The appointment’s last day is saved"
    )
    return ask(request, verb, form, lambda given: commands.end_appointment(row, **given, **by(request)))


@page(SIGNED_IN, methods=BOTH)
def arrange_cover(request: Request, post: int) -> HttpResponse:
    """Who answers for a post: said by whoever holds it, or manages the posts of its body."""
    it = _own_or_managed(request, post)
    posts = posts_but(posts_of(it.organisation_id), it)
    form = CoverForm(**opened(request, it), posts=as_choices(posts), initial={"starts": request.today, "away": "yes"})
    saving = (
        "Requests and reminders go to both posts on those days.",
        "The other post may not do more than before: it answers, and every answer says through whom it came.",
    )
    verb = verb_of(
        it, "Arrange cover", "Save the cover", saving, "Who answers for the post is saved", home=_home(request, it)
    )

    def act(given: dict[str, Any]) -> None:
        by_post = post_named(posts, given.pop("by"))
        if by_post is None:
            raise Refused("by", "Choose the post")
        commands.cover_post(it, by=by_post, away=given.pop("away") == "yes", **given, **by(request))

    return ask(request, verb, form, act)


@page(SIGNED_IN, methods=BOTH)
def end_cover(request: Request, cover: int) -> HttpResponse:
    row = Cover.objects.filter(pk=cover).select_related("by").first()
    if row is None:
        raise Http404
    it = _own_or_managed(request, row.post_id)
    row.post = it
    form = EndForm(**opened(request, it), initial={"ends": row.ends or request.today})
    saving = ("It answers until the end of that day.", "From then on requests go to the post alone.")
    verb = verb_of(
        it,
        f"End the cover by {row.by.title}",
        "End it",
        saving,
        "The cover’s last day is saved",
        home=_home(request, it),
    )
    return ask(request, verb, form, lambda given: commands.end_cover(row, **given, **by(request)))


@page(PeoplePermission.GRANT, methods=BOTH)
def grant(request: Request, post: int) -> HttpResponse:
    """A role for the post, of those that give no more than one holds; each with all that it permits."""
    it = post_found(request, post)
    places = may_give(request.actor)
    page_of_roles = roles()
    keys = [key for key in page_of_roles if any(key in within for _, within in places)]
    given = [(key, page_of_roles[key].name, page_of_roles[key].purpose) for key in keys]
    start = {"starts": request.today, "organisation": it.organisation_id}
    form = GrantForm(**opened(request, it), given=given, bodies=[body for body, _ in places], initial=start)
    saving = (
        "Whoever holds the post may do what the role permits, in that organisation, from that day.",
        "You can give only what you hold yourself.",
    )
    offered = [page_of_roles[key] for key in keys]
    verb = verb_of(it, "Give the post a role", "Give the role", saving, "The role is given", given=offered)

    def act(given: dict[str, Any]) -> None:
        role, body = given.pop("role"), form.bodies[given.pop("organisation")]
        commands.grant(role, post=it, organisation=body, **given, **by(request))

    return ask(request, verb, form, act)


@page(PeoplePermission.GRANT, methods=BOTH)
def end_grant(request: Request, grant: int) -> HttpResponse:
    """A role ends; also one that a post of another body has in a body in which one gives roles."""
    row = Grant.objects.filter(pk=grant).select_related("organisation", "post__organisation").first()
    if row is None:
        raise Http404
    given_here = request.actor.holds(PeoplePermission.GRANT, row.organisation_id)
    it = row.post if given_here else post_found(request, row.post_id)
    require(request.actor, PeoplePermission.GRANT, row)
    page_of_roles = roles()
    role = page_of_roles.get(row.role)
    form = EndForm(**opened(request, it), initial={"ends": row.ends or request.today})
    named = role.name if role else row.role
    saving = (f"The post has it in {row.organisation.name} until the end of that day.", "Other roles of the post stay.")
    title = f"Take back the role ‘{named}’"
    verb = verb_of(
        it,
        title,
        "Take it back",
        saving,
        "The role’s last day is saved",
        given=[role] if role else [],
        home=_home(request, it),
    )
    return ask(request, verb, form, lambda given: commands.end_grant(row, **given, **by(request)))


def _home(request: Request, it: Post) -> tuple[str, str] | None:
    """Where one comes back who may not read of the post: to one's own posts, else to the page of roles."""
    if request.actor.holds(PeoplePermission.SEE, it.organisation_id):
        return None
    own = it.pk in request.actor.posts
    return (reverse("my-posts"), "My posts") if own else (reverse("roles"), "Who may do what")


def _own_or_managed(request: Request, number: int) -> Post:
    """The post that the actor holds, or manages; Http404 where they may not read of it. Raises Forbidden where they may."""
    if number in request.actor.posts:
        found = Post.objects.filter(pk=number).select_related("organisation", "answers_to").first()
        if found is not None:
            return found
    it = post_found(request, number)
    require(request.actor, PeoplePermission.MANAGE, it)
    return it
