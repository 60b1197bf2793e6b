"""What a link in a letter opens: choosing a password, or the break-glass sign-in; and asking for such a letter."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from candour.kernel.limits.counting import need
from candour.kernel.limits.place import address_of
from candour.kernel.rules import Refused
from candour.kernel.signin import commands
from candour.kernel.signin.commands import counting
from candour.kernel.signin.forms import ForgottenForm, NewPasswordForm
from candour.kernel.signin.models import Link, SignIn
from candour.kernel.signin.queries import has_second, link_of
from candour.kernel.signin.rules import FREE_OF_AN_ADDRESS
from candour.kernel.signin.views.frame import BOTH, let_in, pend, place_of
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import ANYONE, UNCOUNTED, Request, page


@page(ANYONE, methods=BOTH, limit=UNCOUNTED)
@never_cache
def forgotten(request: Request) -> HttpResponse:
    """Ask for a letter. Whatever the user name, the answer is the same."""
    if not settings.LOCAL_ACCOUNTS:
        return redirect("sign-in")
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        place = place_of(request)
        need("guesses", f"address {place.address}", at=request.now)
        key = f"letters:{place.address}"
        if not counting.count(key, account="", free=FREE_OF_AN_ADDRESS, at=request.now):
            commands.forgotten(form.cleaned_data["username"], at=request.now)
        return redirect("sign-in-written")
    return render(request, "signin/forgotten.html", {"form": form}, status=422 if form.errors else 200)


@page(ANYONE)
def written(request: Request) -> HttpResponse:
    """What was done, and what to do if no letter comes."""
    return render(request, "signin/written.html")


@page(ANYONE, methods=BOTH, limit=UNCOUNTED)
@never_cache
@sensitive_post_parameters("password")
def link(request: Request, token: str) -> HttpResponse:
    """What one link opens, once. One that opens nothing any more answers like one that was never given."""
    found = link_of(token, at=request.now)
    if found is None:
        # Only what opens nothing is counted: whoever has a link is let in, whatever others try from the same place.
        need("guesses", f"address {address_of(request)}", at=request.now)
        return render(request, "signin/link_shut.html", status=404)
    if found.kind == Link.Kind.GLASS:
        return _glass(request, found)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        if carried_out(form, lambda: commands.take_up(found, password=password, at=request.now)):
            words = f"{found.get_kind_display()}: password chosen"
            at, place = request.now, place_of(request)
            commands.note(SignIn.Way.LINK, SignIn.Came.ON, person=found.person, place=place, at=at, words=words)
            pend(request, found.person, "")
            return redirect("sign-in-second" if has_second(found.person) else "sign-in-set-up")
    context = {"form": form, "it": found, "invited": found.kind == Link.Kind.INVITATION}
    return render(request, "signin/link.html", context, status=422 if form.errors else 200)


def _glass(request: Request, found: Link) -> HttpResponse:
    if request.method == "POST":
        try:
            until = commands.use_glass(found, at=request.now)
        except Refused:
            return render(request, "signin/link_shut.html", status=404)
        return let_in(request, found.person, way=SignIn.Way.GLASS, words="Administrators are written to", until=until)
    return render(request, "signin/glass.html", {"it": found})
