"""The pages that belong to no app: the way in, help, accessibility, privacy, and the gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.web import gallery, navigation
from candour.kernel.web.page import ANYONE, page, signed_in, to_sign_in


@page(ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """Away to the first place that the actor may open; somebody unknown signs in first."""
    places = navigation.items(request)
    if places and places[0].href != request.path:
        return redirect(places[0].href)
    if not signed_in(getattr(request, "actor", None)):
        return to_sign_in(request)
    return redirect("help")


@page(ANYONE)
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help.html")


@page(ANYONE)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@page(ANYONE)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@page(ANYONE)
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "web/components.html", gallery.context(request))
