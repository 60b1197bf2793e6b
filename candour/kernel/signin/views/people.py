"""For who manages people: the sign-in of one, invitations, and the log of sign-ins."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import Forbidden
from candour.kernel.establishment.forms.posts import WhyForm
from candour.kernel.establishment.queries.people import people_rows
from candour.kernel.establishment.views.frame import BOTH, Verb, ask, by, opened, person_found
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Person
from candour.kernel.signin import commands
from candour.kernel.signin.queries import log, rows_of, sign_ins_of, standing_of
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

LATELY, SIZE = 20, 50


@page(PeoplePermission.MANAGE)
def person_sign_in(request: Request, person: int) -> HttpResponse:
    """Whether a second step is set up, whether strangers were wrong lately, when and from where they came."""
    it = _managed(request, person)
    context = {
        "it": it,
        "standing": standing_of(it, at=request.now),
        "rows": sign_ins_of(it, size=LATELY),
        "trail": _trail(it),
    }
    return render(request, "signin/person.html", context)


@page(PeoplePermission.MANAGE, methods=BOTH, proved=True)
def invite_person(request: Request, person: int) -> HttpResponse:
    saving = (
        "They get a letter with a link that opens once, within seven days.",
        "By it they choose a password and set up the second step. Earlier invitations open no more.",
    )
    it = _managed(request, person)
    return _verb(
        request,
        it,
        title="Invite",
        submit="Send the invitation",
        saving=saving,
        done="The invitation is sent",
        act=commands.invite,
    )


@page(PeoplePermission.MANAGE, methods=BOTH)
def unlock_person(request: Request, person: int) -> HttpResponse:
    saving = ("Wrong answers so far are forgotten, so that they are asked again at once.",)
    it = _managed(request, person)
    return _verb(
        request,
        it,
        title="Let them be asked at once",
        submit="Forget the wrong answers",
        saving=saving,
        done="Done",
        act=commands.unlock,
    )


@page(PeoplePermission.MANAGE, methods=BOTH, proved=True)
def reset_person(request: Request, person: int) -> HttpResponse:
    saving = (
        "Be sure that it is they who ask: with their password alone anybody could then come in.",
        "Their app, passkeys and recovery codes open nothing any more, and they are signed out everywhere.",
        "They set up a new second step when they sign in next.",
    )
    it = _managed(request, person)
    done = "The second step is reset"
    return _verb(
        request,
        it,
        title="Reset the second step",
        submit="Reset it",
        saving=saving,
        done=done,
        act=commands.reset_second,
    )


@page(PeoplePermission.MANAGE, methods=BOTH)
def sign_person_out(request: Request, person: int) -> HttpResponse:
    saving = ("Wherever they are signed in, they are signed out. They may sign in again.",)
    it = _managed(request, person)
    done = "They are signed out everywhere"
    return _verb(
        request,
        it,
        title="Sign out everywhere",
        submit="Sign them out",
        saving=saving,
        done=done,
        act=commands.sign_out_everywhere,
    )


@page(PeoplePermission.GRANT)
def sign_ins(request: Request) -> HttpResponse:
    """Every coming to the door, newest first: of the people of one's bodies, and of user names that nobody has."""
    found = log(request.actor, wrong=request.GET.get("show") == "wrong")
    paging = Page.read(request.GET, count=found.count(), size=SIZE)
    context = {"rows": rows_of(paging.of(found)), "page": paging, "wrong": request.GET.get("show") == "wrong"}
    return render(request, "signin/log.html", context)


def _managed(request: Request, number: int) -> Person:
    """The person, for who may change them. Raises Forbidden for who may only read of them."""
    it = person_found(request, number)
    row = people_rows(Person.objects.filter(pk=it.pk), actor=request.actor, today=request.today)[0]
    if not row.managed:
        raise Forbidden(request.actor, PeoplePermission.MANAGE)
    return it


def _trail(it: Person) -> list[tuple[str, str]]:
    return [(reverse("people"), "People"), (reverse("person", args=[it.pk]), it.name)]


def _verb(
    request: Request,
    it: Person,
    *,
    title: str,
    submit: str,
    saving: tuple[str, ...],
    done: str,
    act: Callable[..., object],
) -> HttpResponse:
    back = reverse("person-sign-in", args=[it.pk])
    verb = Verb(title, it.name, submit, saving, done, [*_trail(it), (back, "Sign-in")], back)
    form = WhyForm(**opened(request, it))

    def carry_out(given: dict[str, Any]) -> None:
        act(it, **given, **by(request))

    return ask(request, verb, form, carry_out)
