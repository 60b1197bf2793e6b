"""Service tokens: the list, making one, which shows it once, and revoking one."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.kernel.establishment.views.frame import BOTH, Verb, ask, by, opened
from candour.kernel.people.models import Post
from candour.kernel.service import commands
from candour.kernel.service.access import ServicePermission
from candour.kernel.service.forms import RevokeForm, TokenForm
from candour.kernel.service.models import ServiceToken
from candour.kernel.service.queries import row_of, token_at, tokens_seen
from candour.kernel.service.scopes import scopes
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

ROWS = 50
TRAIL = "Service tokens"


@page(ServicePermission.MANAGE)
def tokens(request: Request) -> HttpResponse:
    """Every token of the bodies that one manages: those in use first, each with when it was last used."""
    found = tokens_seen(request.actor)
    paging = Page.read(request.GET, count=found.count(), size=ROWS)
    rows = [row_of(token, request.today) for token in paging.of(found)]
    return render(request, "service/tokens.html", {"rows": rows, "page": paging})


@page(ServicePermission.MANAGE, methods=BOTH, proved=True)
def make(request: Request) -> HttpResponse:
    """A new token. It is on the page that answers, and on no other ever after."""
    managed = request.actor.scope(ServicePermission.MANAGE)
    posts = Post.objects.filter(organisation__in=managed, ended=None).select_related("organisation")
    form = TokenForm(**opened(request), posts=list(posts.order_by("title", "pk")), scopes=list(scopes().values()))
    made: list[tuple[ServiceToken, str]] = []

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        made.append(commands.make_token(form.posts[given.pop("post")], **given, **by(request)))

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        token, shown = made[0]
        response = render(
            request, "service/made.html", {"row": row_of(token, request.today), "shown": shown, "trail": _trail()}
        )
        response.headers["Cache-Control"] = "no-store"
        return response
    context = {"form": form, "trail": _trail(), "back": reverse("service-tokens")}
    return render(request, "service/make.html", context, status=422 if form.errors else 200)


@page(ServicePermission.MANAGE, methods=BOTH)
def revoke(request: Request, service: int) -> HttpResponse:
    """Revoke one: whatever uses it is refused from then on."""
    try:
        token = token_at(service, actor=request.actor)
    except ServiceToken.DoesNotExist:
        raise Http404 from None
    saving = (
        "Whatever uses the token is refused at once, with 401.",
        "What it wrote stays, under its name.",
        "It cannot be brought back: make a new one instead.",
    )
    verb = Verb(
        title=f"Revoke {token.name}",
        kicker=f"Token of {token.post.title}, ending in {token.ending}",
        submit="Revoke it",
        saving=saving,
        done="The token is revoked",
        trail=_trail(),
        back=reverse("service-tokens"),
    )
    return ask(
        request, verb, RevokeForm(**opened(request)), lambda given: commands.revoke_token(token, **given, **by(request))
    )


def _trail() -> list[tuple[str, str]]:
    return [(reverse("service-tokens"), TRAIL)]
