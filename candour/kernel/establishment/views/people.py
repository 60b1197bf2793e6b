"""The people of the bodies that one reads of; one of them; adding, changing, stopping and restoring."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.access import Forbidden, allowed
from candour.kernel.establishment import commands
from candour.kernel.establishment.forms.people import PasswordForm, PeopleFilters, PersonForm
from candour.kernel.establishment.forms.posts import WhyForm
from candour.kernel.establishment.queries.happened import latest_about
from candour.kernel.establishment.queries.people import PersonRow, people_rows, visible_people
from candour.kernel.establishment.views.frame import BOTH, Verb, ask, by, history, opened, person_found
from candour.kernel.establishment.views.words import told
from candour.kernel.notices.queries import shut_addresses
from candour.kernel.people.access import PeoplePermission
from candour.kernel.people.models import Person
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

ROWS = 50
LATELY = 6


@page(PeoplePermission.SEE)
def people(request: Request) -> HttpResponse:
    """Everybody who holds, held or will hold a post of a body that one reads of, by name."""
    form = PeopleFilters(request.GET, today=request.today)
    rows = form.of(Person.objects.filter(visible_people(request.actor))).order_by("name", "pk")
    paging = Page.read(request.GET, count=rows.count(), size=ROWS)
    context = {
        "filters": form,
        "rows": people_rows(paging.of(rows), actor=request.actor, today=request.today),
        "page": paging,
        "may_manage": allowed(request.actor, PeoplePermission.MANAGE),
        "may_grant": allowed(request.actor, PeoplePermission.GRANT),
    }
    return render(request, "establishment/people.html", context)


@page(PeoplePermission.SEE)
def person(request: Request, person: int) -> HttpResponse:
    """One person: the posts they hold and held, and whether they may sign in."""
    it = person_found(request, person)
    row = _row(request, it)
    entries = told(latest_about(it, request.actor, size=LATELY), of_person=True)
    shut = bool(row.managed and shut_addresses([it.email]))
    return render(request, "establishment/person.html", {"it": it, "row": row, "entries": entries, "shut": shut})


@page(PeoplePermission.SEE)
def person_history(request: Request, person: int) -> HttpResponse:
    """Everything that happened to a person's sign-in, and to their appointments."""
    it = person_found(request, person)
    return history(request, it, named=it.name, trail=_trail(it))


@page(PeoplePermission.MANAGE, methods=BOTH)
def add_person(request: Request) -> HttpResponse:
    form = PersonForm(**opened(request), adding=True)
    listed = reverse("people")
    saving = (
        "They may sign in, and do nothing until you appoint them to a post.",
        "The password is kept nowhere in clear.",
    )
    trail = [(listed, "People")]
    verb = Verb(
        "Add a person", "", "Add the person", saving, "The person is added. Appoint them to a post next", trail, listed
    )

    def act(given: dict[str, Any]) -> str:
        given["password"] = given["password"] or None
        return reverse("person", args=[commands.add_person(**given, **by(request)).pk])

    return ask(request, verb, form, act)


@page(PeoplePermission.MANAGE, methods=BOTH, proved=True)
def change_person(request: Request, person: int) -> HttpResponse:
    """Another name or e-mail address."""
    it = _managed(request, person)
    form = PersonForm(**opened(request, it), adding=False, initial={"name": it.name, "email": it.email})
    saving = (
        "Letters of their posts go to the new address, with the links in them.",
        "The history says that the address changed, never to what.",
    )
    verb = _verb(it, "Change name and address", submit="Save the change", saving=saving, done="The change is saved")
    return ask(request, verb, form, lambda given: commands.change_person(it, **given, **by(request)) and None)


@page(PeoplePermission.MANAGE, methods=BOTH, proved=True)
def set_password(request: Request, person: int) -> HttpResponse:
    it = _managed(request, person)
    saving = ("Wherever they are signed in, they are signed out.", "The old password opens nothing any more.")
    form = PasswordForm(**opened(request, it))
    verb = _verb(it, "Give a new password", submit="Save the password", saving=saving, done="The new password is saved")
    return ask(request, verb, form, lambda given: commands.set_password(it, **given, **by(request)) and None)


@page(PeoplePermission.MANAGE, methods=BOTH)
def stop_person(request: Request, person: int) -> HttpResponse:
    it = _managed(request, person)
    saving = (
        "They are signed out at once, and cannot sign in.",
        "Their posts stay theirs until you end the appointments; letters to these posts no longer reach them.",
    )
    form = WhyForm(**opened(request, it))
    verb = _verb(it, "Stop the sign-in", submit="Stop it", saving=saving, done="The sign-in is stopped")
    return ask(request, verb, form, lambda given: commands.stop_sign_in(it, **given, **by(request)) and None)


@page(PeoplePermission.MANAGE, methods=BOTH)
def restore_person(request: Request, person: int) -> HttpResponse:
    it = _managed(request, person)
    saving = ("They may sign in again, and do what the posts that they hold today permit.",)
    form = WhyForm(**opened(request, it))
    verb = _verb(it, "Restore the sign-in", submit="Restore it", saving=saving, done="The sign-in is restored")
    return ask(request, verb, form, lambda given: commands.restore_sign_in(it, **given, **by(request)) and None)


def _verb(it: Person, title: str, *, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    return Verb(title, it.name, submit, saving, done, _trail(it), reverse("person", args=[it.pk]))


def _trail(it: Person) -> list[tuple[str, str]]:
    return [(reverse("people"), "People"), (reverse("person", args=[it.pk]), it.name)]


def _row(request: Request, it: Person) -> PersonRow:
    return people_rows(Person.objects.filter(pk=it.pk), actor=request.actor, today=request.today)[0]


def _managed(request: Request, number: int) -> Person:
    """The person, for who may change them. Raises Forbidden for who may only read of them: their address is not shown."""
    it = person_found(request, number)
    if not _row(request, it).managed:
        raise Forbidden(request.actor, PeoplePermission.MANAGE)
    return it
