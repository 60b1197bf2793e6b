"""The addresses of the tests: those of the shell, with a way in and one page of each kind."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from candour.kernel.access import require
from candour.kernel.rules import Overtaken
from candour.kernel.web.page import ANYONE, SIGNED_IN, page


@page(ANYONE)
def open_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@page(SIGNED_IN)
def known_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("known")


@page("tests.see", methods=("GET", "POST"))
def seen_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        require(request.actor, "tests.change")
    return HttpResponse("seen")


@page(ANYONE, methods=("POST",))
def overtaken_page(request: HttpRequest) -> HttpResponse:
    """Somebody else is quicker as often as the request says; then it answers with the file that came."""
    request.META["overtaken"] = left = int(request.META.get("overtaken", request.POST["times"])) - 1
    said = request.FILES["file"].read()
    if left >= 0:
        raise Overtaken("read it again")
    return HttpResponse(said)


urlpatterns = [
    path("", include("candour.kernel.web.urls")),
    path("sign-in", open_page, name="sign-in"),
    path("known", known_page, name="known"),
    path("seen", seen_page, name="seen"),
    path("seen/deeper", open_page, name="deeper"),
]
