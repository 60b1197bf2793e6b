"""Signing in with a user name and a password, then with a code; and signing out."""

from base64 import b64encode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from candour.kernel.people.models import Person
from candour.kernel.signin import commands
from candour.kernel.signin.forms import SecondForm, SetUpForm, SignInForm
from candour.kernel.signin.models import SignIn
from candour.kernel.signin.queries import has_second
from candour.kernel.signin.rules import codes_in_groups, say_wait
from candour.kernel.signin.views.frame import BOTH, SECRET, SHOWN, let_in, pend, pending, place_of, safe
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import ANYONE, SIGNED_IN, UNCOUNTED, Request, page

WRONG = "The user name or the password is not right: try again"
WAIT = "Too many wrong answers. Try again in {wait}, or from a browser that you signed in with before"
WRONG_CODE = "The code is not right, or was used already: enter the one that the app shows now"


@page(ANYONE, methods=BOTH, limit=UNCOUNTED)
@never_cache
@sensitive_post_parameters("password")
def door(request: Request) -> HttpResponse:
    """A user name and a password, or away to the organisation's sign-in."""
    asked = request.method == "POST" and settings.LOCAL_ACCOUNTS
    form = SignInForm(request.POST if asked else None)
    wanted = safe(request, request.POST.get("next", "") or request.GET.get("next", ""))
    if asked and form.is_valid():
        given = form.cleaned_data
        answer = commands.knock(given["username"], given["password"], place=place_of(request), at=request.now)
        if answer.person is not None:
            pend(request, answer.person, wanted)
            return redirect("sign-in-second" if has_second(answer.person) else "sign-in-set-up")
        form.add_error("password", WAIT.format(wait=say_wait(answer.wait)) if answer.wait else WRONG)
    context = {
        "form": form,
        "wanted": wanted,
        "local": settings.LOCAL_ACCOUNTS,
        "directory": settings.DIRECTORY["name"] if settings.DIRECTORY["issuer"] else "",
    }
    return render(request, "signin/door.html", context, status=422 if form.errors else 200)


@page(ANYONE, methods=BOTH, limit=UNCOUNTED)
@never_cache
def second(request: Request) -> HttpResponse:
    """The second step of who gave the right password."""
    half = pending(request)
    if half is None or not has_second(half[0]):
        return redirect("sign-in")
    form = SecondForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = commands.second_step(half[0], form.cleaned_data["code"], place=place_of(request), at=request.now)
        if answer.person is not None:
            return let_in(request, answer.person, way=SignIn.Way.SECOND, words=answer.words, wanted=half[1])
        wait = WAIT.format(wait=say_wait(answer.wait))
        form.add_error("code", wait if answer.wait else WRONG_CODE)
    return render(request, "signin/second.html", {"form": form}, status=422 if form.errors else 200)


@page(ANYONE, methods=BOTH, limit=UNCOUNTED)
@never_cache
def set_up(request: Request) -> HttpResponse:
    """The second step set up, by who gave the right password and has none yet."""
    half = pending(request)
    if half is None or has_second(half[0]):
        return redirect("sign-in")
    person, wanted = half
    if SECRET not in request.session:
        request.session[SECRET] = generate_totp_secret()
    secret = request.session[SECRET]
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if carried_out(form, lambda: commands.set_up_second(person, secret=secret, code=code, at=request.now)):
            response = let_in(request, person, way=SignIn.Way.SECOND, words="Second step set up", wanted=wanted)
            request.session[SHOWN] = [int(request.now.timestamp()), response["Location"]]
            response["Location"] = reverse("sign-in-codes")
            return response
    context = {"form": form, "secret": codes_in_groups(secret), "picture": _picture(person, secret)}
    return render(request, "signin/set_up.html", context, status=422 if form.errors else 200)


@page(SIGNED_IN, methods=BOTH)
def sign_out(request: Request) -> HttpResponse:
    """Asks first: a link must not sign anybody out."""
    if request.method == "POST":
        logout(request)
        messages.success(request, "You are signed out")
        response = redirect("sign-in")
        response["Clear-Site-Data"] = (
            '"cache", "storage"'  # what the browser kept of pages; its cookies are ours to end
        )
        return response
    return render(request, "signin/sign_out.html")


def _picture(person: Person, secret: str) -> str:
    """What the app reads with its camera, as an address that holds the picture itself."""
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
