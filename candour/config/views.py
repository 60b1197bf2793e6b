"""The way in: choosing a role in the demonstration, signing in elsewhere."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from candour.config import queries
from candour.kernel.people.models import Person
from candour.kernel.signin.views import door
from candour.kernel.signin.views.frame import lead_on, safe
from candour.kernel.web.page import ANYONE, UNCOUNTED, Request, page


@page(ANYONE, methods=("GET", "POST"), limit=UNCOUNTED)
@never_cache
def sign_in(request: Request) -> HttpResponse:
    """Choose a role in the demonstration; give a user name and a password elsewhere."""
    if not settings.DEMO or "username" in request.POST:
        return door(request)
    if "role" in request.POST:
        chosen = request.POST["role"].replace("\x00", "")
        person = Person.objects.filter(username=chosen, is_active=True).first()
        if person is None:
            return redirect("sign-in")
        login(request, person)
        return lead_on(request, person, request.POST.get("next", ""))
    context = {"wanted": safe(request, request.GET.get("next", "")), "people": queries.demo_people(request.today)}
    return render(request, "config/choose_role.html", context)
