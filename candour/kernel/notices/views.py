"""One's own letters: those that did not arrive, and when letters come."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from candour.kernel.notices import commands, sources
from candour.kernel.notices.forms import WishesForm
from candour.kernel.notices.models import Notice
from candour.kernel.notices.queries import failed, failed_rows, lost, lost_rows, of_keeper, of_sender, wishes_of
from candour.kernel.notices.rules import PACE_WORDS, Pace, offered, pace_of
from candour.kernel.rules import Refused
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import SIGNED_IN, Request, page

MOST = 50


@page(SIGNED_IN)
@never_cache
def my_letters(request: Request) -> HttpResponse:
    """Letters that one's own acts caused and that did not arrive, and how soon letters come to oneself."""
    returned = lost(of_sender(request.actor, "notice__"))[:MOST]
    rows = lost_rows(returned) + failed_rows(failed(of_sender(request.actor))[:MOST])
    wishes = wishes_of(request.actor.id)
    paces = [
        (kind, PACE_WORDS[pace_of(wishes.paces.get(name, ""), kind.slowest)], len(offered(kind.slowest)) > 1)
        for name, kind in sources.kinds().items()
    ]
    context = {"rows": rows, "paces": paces, "back": request.path, "gathers": _gathers(wishes.paces)}
    return render(request, "notices/mine.html", {**context, "wishes": wishes})


@page(SIGNED_IN, methods=("GET", "POST"))
@never_cache
def letter_wishes(request: Request) -> HttpResponse:
    """Choose when letters come."""
    wishes, kinds = wishes_of(request.actor.id), sources.kinds()
    form = WishesForm(request.POST if request.method == "POST" else None, kinds=kinds, wishes=wishes)
    if request.method == "POST" and form.is_valid():
        wished = form.wished()
        if carried_out(form, lambda: commands.wish(**wished, actor=request.actor, at=request.now)):
            messages.success(request, "Letters come as you chose from now on")
            return redirect("my-letters")
    fixed = [kind for kind in kinds.values() if kind.slowest is Pace.AT_ONCE]
    return render(request, "notices/wishes.html", {"form": form, "fixed": fixed}, status=422 if form.errors else 200)


@page(SIGNED_IN, methods=("POST",))
def letter_again(request: Request, letter: int) -> HttpResponse:
    """Send a letter once more to whom it did not reach; leads back to the page of one's own, or of the system."""
    notice = Notice.objects.filter(of_sender(request.actor) | of_keeper(request.actor), pk=letter).first()
    if notice is None:
        raise Http404
    try:
        commands.send_once_more(notice, actor=request.actor, at=request.now)
        messages.success(request, "It goes out within minutes")
    except Refused as refused:
        messages.info(request, refused.message)
    return redirect("system-letters" if request.POST.get("from") == "system" else "my-letters")


def _gathers(paces: dict[str, str]) -> bool:
    return any(pace in {Pace.DAILY, Pace.WEEKLY} for pace in paces.values())
