"""Showing once more who one is, before what is dangerous: a second step, a passkey, or the organisation's sign-in."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from candour.kernel.signin.commands import note
from candour.kernel.signin.models import SignIn
from candour.kernel.signin.queries import has_second
from candour.kernel.signin.views.door import problems_with, step_given, ways_of
from candour.kernel.signin.views.frame import BOTH, place_of, safe
from candour.kernel.signin.views.mine import own
from candour.kernel.web.page import PROVED, SIGNED_IN, Request, page, proved_lately


@page(SIGNED_IN, methods=BOTH)
@never_cache
def again(request: Request) -> HttpResponse:
    """Ask for a code or a passkey once more, and lead on to the page that needs it."""
    wanted = safe(request, request.POST.get("next", "") or request.GET.get("next", "")) or reverse("my-sign-in")
    if request.method == "GET" and proved_lately(request):
        return redirect(wanted)
    it = own(request)
    context = {"wanted": wanted, "second": has_second(it), "directory": ""}
    if not context["second"]:
        # Whoever has no second step here is signed in by the organisation, which is asked to ask again.
        if settings.DIRECTORY["issuer"]:
            context["directory"] = settings.DIRECTORY["name"]
            context["away"] = f"{reverse('openid_connect_login')}?{urlencode({'next': wanted, 'again': 1})}"
        return render(request, "signin/again.html", context)
    form, said, shut = step_given(request, it)
    if said.person is not None:
        request.session[PROVED] = int(request.now.timestamp())
        note(SignIn.Way.SECOND, SignIn.Came.AGAIN, person=it, place=place_of(request), at=request.now, words=said.words)
        return redirect(wanted)
    context |= {"form": form, "problems": (found := problems_with(form, shut)), "has_errors": bool(found)}
    context |= ways_of(request, it)
    return render(request, "signin/again.html", context, status=422 if found else 200)
