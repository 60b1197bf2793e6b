"""One's own sign-in: where one is signed in, the password, the app, the recovery codes. Passkeys: passkeys.py."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from candour.kernel.access.middleware import NUMBER
from candour.kernel.people.models import Person
from candour.kernel.signin import commands
from candour.kernel.signin.forms import OwnPasswordForm, SetUpForm
from candour.kernel.signin.queries import has_app, has_second, open_sign_ins, sign_ins_of, standing_of
from candour.kernel.signin.rules import codes_in_groups, say_wait
from candour.kernel.signin.views.door import WAIT, picture_of
from candour.kernel.signin.views.frame import BOTH, SECRET, SHOWN, known, pend, place_of, safe, stay
from candour.kernel.web.forms import Form, carried_out
from candour.kernel.web.page import SIGNED_IN, Request, page

LATELY = 20
SHOWN_FOR = 600  # seconds


def own(request: Request) -> Person:
    return Person.objects.get(pk=request.actor.id)


@page(SIGNED_IN)
@never_cache
def mine(request: Request) -> HttpResponse:
    """When and from where one signed in, and what can be changed."""
    it = own(request)
    here = request.session.get(NUMBER, "")
    context = {
        "it": it,
        "standing": standing_of(it, at=request.now),
        "rows": sign_ins_of(it, size=LATELY),
        "open": open_sign_ins(it, here=here, at=request.now, hours=settings.SESSION_HOURS),
        "idle": settings.IDLE_MINUTES,
    }
    return render(request, "signin/mine.html", context)


@page(SIGNED_IN, methods=BOTH)
def end_one(request: Request, sign_in: str) -> HttpResponse:
    """End one sign-in of one's own, in another browser."""
    it = own(request)
    found = open_sign_ins(it, here=request.session.get(NUMBER, ""), at=request.now, hours=settings.SESSION_HOURS)
    row = next((each for each in found if each.number == sign_in and not each.here), None)
    if row is None:
        raise Http404
    if request.method == "POST":
        commands.end_sign_in(it, sign_in, until=row.ends, at=request.now)
        messages.success(request, "That sign-in is ended")
        return redirect("my-sign-in")
    return render(request, "signin/end_one.html", {"row": row})


@page(SIGNED_IN, methods=BOTH)
def out_everywhere(request: Request) -> HttpResponse:
    """Sign out here and wherever else one is signed in."""
    if request.method == "POST":
        reason = "Asked for by the person"
        commands.sign_out_everywhere(own(request), actor=request.actor, at=request.now, reason=reason)
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
    it = own(request)
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


@page(SIGNED_IN, methods=BOTH, proved=True)
@never_cache
def my_codes(request: Request) -> HttpResponse:
    """New recovery codes."""
    it = own(request)
    if not has_second(it):
        return redirect("my-sign-in")
    if request.method == "POST":
        commands.renew_codes(it, at=request.now)
        return shows_codes(request, "")
    return render(request, "signin/new_codes.html")


@page(SIGNED_IN, methods=BOTH, proved=True)
@never_cache
def my_app(request: Request) -> HttpResponse:
    """An authenticator app, in the place of the one before if there was one."""
    it = own(request)
    if not has_second(it):
        return redirect("my-sign-in")
    if SECRET not in request.session:
        request.session[SECRET] = generate_totp_secret()
    secret = request.session[SECRET]
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if carried_out(form, lambda: commands.change_app(it, secret=secret, code=code, at=request.now)):
            del request.session[SECRET]
            stay(request, it)
            messages.success(request, "The app is set up. Wherever else you were signed in, you are signed out")
            return known(redirect("my-sign-in"), own(request), place_of(request))
    context = {"form": form, "secret": codes_in_groups(secret), "picture": picture_of(it, secret), "had": has_app(it)}
    return render(request, "signin/my_app.html", context, status=422 if form.errors else 200)


def shows_codes(request: Request, wanted: str) -> HttpResponse:
    """On to the page that shows recovery codes once, and from there to where it was going."""
    request.session[SHOWN] = [int(request.now.timestamp()), wanted]
    return redirect("sign-in-codes")


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


def _asked(request: Request, title: str, submit: str, form: Form) -> HttpResponse:
    context = {"title": title, "submit": submit, "form": form}
    return render(request, "signin/asked.html", context, status=422 if form.errors else 200)
