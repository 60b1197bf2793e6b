"""Signing in and out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from candour.config import queries
from candour.config.forms import SignInForm
from candour.kernel.access.queries import actor_for
from candour.kernel.establishment.queries.taken_over import taken_over
from candour.kernel.people.models import Person
from candour.kernel.web.page import ANYONE, SIGNED_IN, Request, page


@page(ANYONE, methods=("GET", "POST"))
@never_cache
def sign_in(request: Request) -> HttpResponse:
    """Choose a role in the demo; give a user name and password elsewhere."""
    if settings.DEMO and request.method == "POST" and "role" in request.POST:
        chosen = request.POST["role"].replace("\x00", "")
        person = Person.objects.filter(username=chosen, is_active=True).first()
        return _signed_in(request, person) if person else redirect("sign-in")
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = authenticate(request, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
        if person is not None:
            return _signed_in(request, person)
        form.add_error("password", "The user name or the password is not right: try again")
    context = {
        "form": form,
        "next": request.GET.get("next", ""),
        "people": queries.demo_people(request.today) if settings.DEMO else [],
    }
    return render(request, "config/sign_in.html", context)


def _signed_in(request: Request, person: Person) -> HttpResponse:
    login(request, person)
    for each in taken_over(actor_for(person, request.today), today=request.today):
        messages.info(request, each.told)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if safe and wanted else "home")


@page(SIGNED_IN, methods=("GET", "POST"))
def sign_out(request: Request) -> HttpResponse:
    """Asks first: a link must not sign anybody out."""
    if request.method == "POST":
        logout(request)
        messages.success(request, "You are signed out")
        return redirect("sign-in")
    return render(request, "config/sign_out.html")
