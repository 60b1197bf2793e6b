"""One's own sign-in: where one is signed in, the password, the app, the recovery codes."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from candour.kernel.people.models import Person
from candour.kernel.signin import commands
from candour.kernel.signin.forms import OwnPasswordForm, SecondForm
from candour.kernel.signin.queries import sign_ins_of, standing_of
from candour.kernel.signin.rules import codes_in_groups, say_wait
from candour.kernel.signin.views.door import WAIT, WRONG_CODE
from candour.kernel.signin.views.frame import BOTH, SHOWN, pend, place_of, safe
from candour.kernel.web.forms import Form, carried_out
from candour.kernel.web.page import SIGNED_IN, Request, page

LATELY = 20
SHOWN_FOR = 600  # seconds


def _own(request: Request) -> Person:
    return Person.objects.get(pk=request.actor.id)


@page(SIGNED_IN)
@never_cache
def mine(request: Request) -> HttpResponse:
    """When and from where one signed in, and what can be changed."""
    it = _own(request)
    rows = sign_ins_of(it, size=LATELY)
    return render(request, "signin/mine.html", {"it": it, "standing": standing_of(it, at=request.now), "rows": rows})


@page(SIGNED_IN, methods=BOTH)
def out_everywhere(request: Request) -> HttpResponse:
    """Sign out here and wherever else one is signed in."""
    if request.method == "POST":
        reason = "Asked for by the person"
        commands.sign_out_everywhere(_own(request), actor=request.actor, at=request.now, reason=reason)
        logout(request)
        messages.success(request, "You are signed out everywhere")
        response = redirect("sign-in")
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
    return render(request, "signin/out_everywhere.html")


@page(SIGNED_IN, methods=BOTH)
@never_cache
@sensitive_post_parameters("password", "old")
def my_password(request: Request) -> HttpResponse:
    """Another password: asks for the one that stands. All sign-ins end, and this browser goes on to the second step."""
    it = _own(request)
    if not it.has_usable_password():
        return redirect("my-sign-in")
    form = OwnPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, place = form.cleaned_data, place_of(request)
        answer = commands.knock(it.username, given["old"], place=place, at=request.now)
        if answer.person is None:
            wait = WAIT.format(wait=say_wait(answer.wait))
            form.add_error("old", wait if answer.wait else "This is not your password: try again")
        elif carried_out(form, lambda: _changed(it, given["password"], request)):
            pend(request, Person.objects.get(pk=it.pk), "")
            messages.success(
                request, "Your new password stands, and you are signed out everywhere. Go on with the second step"
            )
            return redirect("sign-in-second")
    return _asked(request, "Change your password", "Save the new password", form)


def _changed(it: Person, password: str, request: Request) -> None:
    commands.choose_password(it, password=password, at=request.now, reason="Changed by the person")


@page(SIGNED_IN, methods=BOTH)
@never_cache
def my_codes(request: Request) -> HttpResponse:
    """New recovery codes: asks for a code first."""

    def act(it: Person) -> HttpResponse:
        commands.renew_codes(it, at=request.now)
        request.session[SHOWN] = [int(request.now.timestamp()), ""]
        return redirect("sign-in-codes")

    return _with_a_code(request, "Get new recovery codes", "Get new codes", act)


@page(SIGNED_IN, methods=BOTH)
@never_cache
def my_app(request: Request) -> HttpResponse:
    """Another authenticator app: the old one is forgotten, and the new one set up at the next sign-in, which is now."""

    def act(it: Person) -> HttpResponse:
        reason = "Another app, asked for by the person"
        commands.reset_second(it, actor=request.actor, at=request.now, reason=reason)
        logout(request)
        messages.success(request, "The old app is forgotten. Sign in, and set up the new one")
        return redirect("sign-in")

    return _with_a_code(request, "Use another authenticator app", "Forget the old app", act)


@page(SIGNED_IN, methods=BOTH)
@never_cache
def codes(request: Request) -> HttpResponse:
    """The recovery codes, once, just after they were made."""
    shown: Any = request.session.get(SHOWN)
    if not isinstance(shown, list) or request.now.timestamp() - shown[0] > SHOWN_FOR:
        return redirect("my-sign-in")
    if request.method == "POST":
        del request.session[SHOWN]
        return redirect(safe(request, shown[1]) or "my-sign-in")
    spare = Authenticator.objects.filter(user=request.actor.id, type=Authenticator.Type.RECOVERY_CODES).first()
    found = [codes_in_groups(code) for code in RecoveryCodes(spare).get_unused_codes()] if spare else []
    return render(request, "signin/codes.html", {"codes": found})


def _with_a_code(request: Request, title: str, submit: str, act: Any) -> HttpResponse:
    """A change that asks for a code of the app or a recovery code first, of who has a second step."""
    it = _own(request)
    if not standing_of(it, at=request.now).second:
        return redirect("my-sign-in")
    form = SecondForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = commands.second_step(it, form.cleaned_data["code"], place=place_of(request), at=request.now)
        if answer.person is not None:
            return act(it)
        wait = WAIT.format(wait=say_wait(answer.wait))
        form.add_error("code", wait if answer.wait else WRONG_CODE)
    return _asked(request, title, submit, form)


def _asked(request: Request, title: str, submit: str, form: Form) -> HttpResponse:
    context = {"title": title, "submit": submit, "form": form}
    return render(request, "signin/asked.html", context, status=422 if form.errors else 200)
