"""Passkeys of one's own: adding one, also in the place of an app at the first sign-in, and taking one away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from candour.kernel.people.models import Person
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.forms import PasskeyForm
from candour.kernel.signin.models import SignIn
from candour.kernel.signin.queries import has_second, passkeys_of, seconds_of
from candour.kernel.signin.queries.standing import passkey_row
from candour.kernel.signin.views.asking import MAKE, ask, asked_of
from candour.kernel.signin.views.frame import BOTH, known, let_in, pending, place_of, stay
from candour.kernel.signin.views.mine import own, shows_codes
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import ANYONE, SIGNED_IN, Request, page


@page(SIGNED_IN, methods=BOTH, proved=True)
@never_cache
def add_passkey(request: Request) -> HttpResponse:
    """Another passkey, of who has a password or a second step already: others the organisation signs in."""
    it = own(request)
    if not it.has_usable_password() and not has_second(it):
        return redirect("my-sign-in")
    first = not has_second(it)
    form = _form(request, it)
    if _added(request, it, form):
        messages.success(request, f"The passkey “{form.cleaned_data['name']}” is added")
        return shows_codes(request, "") if first else redirect("my-sign-in")
    return _page(request, it, form, leave=reverse("my-sign-in"))


@page(ANYONE, methods=BOTH)
@never_cache
def set_up_passkey(request: Request) -> HttpResponse:
    """A passkey as the second step, by who gave the right password and has none yet."""
    half = pending(request)
    if half is None or has_second(half[0]):
        return redirect("sign-in")
    person, wanted = half
    form = _form(request, person)
    if _added(request, person, form):
        response = let_in(request, person, way=SignIn.Way.SECOND, words="Second step set up: a passkey", wanted=wanted)
        return _and_then(response, shows_codes(request, response["Location"]))
    return _page(request, person, form, leave=reverse("sign-in-set-up"))


@page(SIGNED_IN, methods=BOTH, proved=True)
@never_cache
def remove_passkey(request: Request, passkey: int) -> HttpResponse:
    """Take a passkey away, and sign out everywhere else: it may be in other hands."""
    it = own(request)
    row = next((each for each in passkeys_of(it) if each.pk == passkey), None)
    if row is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            commands.remove_passkey(it, passkey, at=request.now)
        except Refused as why:
            refused = why.message
        else:
            stay(request, it)
            messages.success(request, "The passkey is removed. Wherever else you were signed in, you are signed out")
            return known(redirect("my-sign-in"), own(request), place_of(request))
    context = {"row": passkey_row(row), "only": seconds_of(it) < 2, "refused": refused, "has_errors": bool(refused)}
    return render(request, "signin/remove_passkey.html", context, status=422 if refused else 200)


def _form(request: Request, person: Person) -> PasskeyForm:
    return PasskeyForm(request.POST if request.method == "POST" else None, alone=person.has_usable_password())


def _added(request: Request, person: Person, form: PasskeyForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    given, asked = form.cleaned_data, asked_of(request, MAKE, person)
    if asked is None or not request.POST.get("answer"):
        form.add_error("name", "No passkey was made: choose ‘Make the passkey’, and follow your browser")
        return False
    made = {"name": given["name"], "whole": given.get("use") == "whole", "at": request.now}
    return carried_out(form, lambda: commands.add_passkey(person, request.POST["answer"], asked=asked, **made))


def _page(request: Request, person: Person, form: PasskeyForm, *, leave: str) -> HttpResponse:
    context = {"form": form, "passkey": ask(request, MAKE, person), "leave": leave}
    return render(request, "signin/add_passkey.html", context, status=422 if form.errors else 200)


def _and_then(response: HttpResponse, to: HttpResponse) -> HttpResponse:
    response["Location"] = to["Location"]
    return response
