"""Pages of due diligence: what is asked for and who is behind; a check of a provider; one that is let be."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands import care as commands
from candour.commissioning.forms.care import CheckForm, DiligenceKindForm, EndKindForm, WaiveForm
from candour.commissioning.models import Agreement, DiligenceKind, Provider
from candour.commissioning.queries.care.diligence import kinds_asked, kinds_seen, needed_by, providers_behind
from candour.commissioning.queries.register import lines
from candour.commissioning.views import changing
from candour.commissioning.views.care.frame import BOTH, SIZE, change, opened, verb
from candour.commissioning.views.changing import verb_of
from candour.commissioning.views.frame import found
from candour.commissioning.views.raising import asked, body_of, found_provider, posted
from candour.kernel.access import allowed
from candour.kernel.people.models import Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.models import Record
from candour.kernel.records.queries import bodies
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

MANAGE = CommissioningPermission.MANAGE


@page(CommissioningPermission.SEE, kept=True)
def diligence(request: Request) -> HttpResponse:
    """What is asked of providers, and those who are behind."""
    behind = providers_behind(request.actor, today=request.today)
    paging = Page.read(request.GET, count=len(behind), size=SIZE)
    may = allowed(request.actor, MANAGE)
    kinds = [
        (
            one,
            needed_by(one),
            rules.pounds(one.cover) if one.cover else "",
            allowed(request.actor, MANAGE, Record(organisation=one.organisation)),
        )
        for one in kinds_seen(request.actor)
    ]
    context = {
        "kinds": kinds,
        "bodies": len({one.organisation_id for one, *_ in kinds}),
        "rows": [(one, reverse("provider", args=[one.number])) for one in paging.of(behind)],
        "page": paging,
        "may_manage": may,
    }
    return render(request, "commissioning/care/diligence.html", context)


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("name", "asks", "kinds", "months")} | {"cover": rules.pence(given["cover"])}


SAVING = (
    "Every agreement with a provider of whom it was not seen fails its health check from its first day.",
    "What was seen of it is recorded on the page of each provider.",
)


@page(MANAGE, methods=BOTH)
def add_kind(request: Request) -> HttpResponse:
    _, body = body_of(request)
    form = DiligenceKindForm(posted(request), initial={"starts": request.today}, today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.add_diligence_kind(organisation=body, starts=given["starts"], **_facts(given), **said)

    title, home = "Ask for a check", reverse("diligence")
    return asked(request, form, do, title=title, submit="Ask for it", saving=SAVING, home=home)


@page(MANAGE, methods=BOTH)
def change_kind(request: Request, number: int) -> HttpResponse:
    it = _kind(request, number)
    start = {name: getattr(it, name) for name in ("name", "asks", "months")}
    start |= {"kinds": [name for name in it.kinds.split(",") if name], "cover": rules.plain(it.cover)}
    form = DiligenceKindForm(posted(request), initial=start, today=request.today, changing=True)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.change_diligence_kind(it, **_facts(given), **said)

    saving = ("Health checks follow at once.", "What was seen before stands until it runs out.")
    home = reverse("diligence")
    return asked(request, form, do, title="Change this check", submit="Save the check", saving=saving, home=home)


@page(MANAGE, methods=BOTH)
def end_kind(request: Request, number: int) -> HttpResponse:
    it = _kind(request, number)
    form = EndKindForm(posted(request), today=request.today)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.end_diligence_kind(it, **said)

    saving = (f"{it.name} is asked for no more, from today.", "What was seen of it stays in the history.")
    home = reverse("diligence")
    return asked(request, form, do, title="Ask for it no more", submit="Ask for it no more", saving=saving, home=home)


def _kind(request: Request, number: int) -> DiligenceKind:
    """A check of a body in which the actor manages agreements; Http404 alike for another body’s and one that never was."""
    may = bodies(request.actor, MANAGE)
    rows = DiligenceKind.objects.select_related("organisation").filter(organisation__in=may, ended_on=None)
    it = rows.filter(pk=number).first()
    if it is None:
        raise Http404
    return it


@page(MANAGE, methods=BOTH)
def check(request: Request, number: int) -> HttpResponse:
    """What was seen of a provider. ?kind= is the check that is chosen at first."""
    it = found_provider(request, number)
    begun = opened(request, it, MANAGE)
    mine = lines(request.actor).filter(provider=it, organisation=it.organisation_id, closed_on=None)
    with_it = mine.order_by("-starts", "pk").values_list("pk", "reference", "title")[:SIZE]
    offered = [(pk, f"{reference} {title}") for pk, reference, title in with_it]
    form = _check_form(request, it, begun, offered)
    shown = verb(it, "Record what was seen", "Save the check", SEEN, "The check is saved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        pk = given["agreement"]
        kept = Agreement.objects.select_related("record__organisation").get(pk=pk) if pk else None
        _record(it, form, given, said, kept)

    return change(request, it, shown, form, do)


SEEN = (
    "The health check of every agreement with this provider reads so at once.",
    "What was seen before stays in the history.",
    "A file is kept with the agreement that you choose, and seen by whoever sees that.",
)


@page(MANAGE, methods=BOTH)
def check_for(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What was seen of the provider of one agreement, its file kept with that."""
    it = found(request, organisation, reference)
    begun = changing.opened(request, it, MANAGE)
    form = _check_form(request, it.provider, begun, None)
    shown = verb_of(it, "Record what was seen of its provider", "Save the check", SEEN, "The check is saved")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        _record(it.provider, form, given, said, it)

    return changing.change(request, it, shown, form, do)


def _check_form(
    request: Request, it: Provider, begun: dict[str, Any], offered: list[tuple[int, str]] | None
) -> CheckForm:
    kinds, posts = kinds_asked(it.organisation_id), posts_of(it.organisation_id)
    start = {"on": request.today, "post": _own(request, posts), "kind": request.GET.get("kind", "")}
    return CheckForm(**begun, initial=start, kinds=kinds, posts=posts, agreements=offered)


def _own(request: Request, posts: list[Post]) -> int | str:
    """The post of the reader among some, to begin with."""
    return next((post.pk for post in posts if post.pk in request.actor.posts), "")


def _record(it: Provider, form: CheckForm, given: dict[str, Any], said: dict[str, Any], kept: Agreement | None) -> None:
    file = given["file"]
    commands.check_provider(
        it,
        kind=form.known[given["kind"]],
        seen=given["saw"],
        on=given["on"],
        post=form.posts[given["post"]],
        expires=given["expires"],
        cover=rules.pence(given["cover"]),
        agreement=kept,
        name=file.name if file else "",
        content=file.file if file else None,
        **said,
    )


@page(CommissioningPermission.OVERRIDE, methods=BOTH)
def waive(request: Request, number: int) -> HttpResponse:
    """Let a check be for a while, with a reason."""
    it = found_provider(request, number)
    begun = opened(request, it, CommissioningPermission.OVERRIDE)
    kinds, posts = kinds_asked(it.organisation_id), posts_of(it.organisation_id)
    start = {"kind": request.GET.get("kind", ""), "post": _own(request, posts)}
    form = WaiveForm(**begun, initial=start, kinds=kinds, posts=posts)
    saving = (
        "The check counts as made until that day; the provider’s page shows it as waived, and by which post.",
        "After that day it is out of date, like any other.",
    )
    shown = verb(it, "Waive a check", "Waive it", saving, "The check is waived")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        kind, post = form.known[given["kind"]], form.posts[given["post"]]
        commands.waive_check(it, kind=kind, post=post, until=given["until"], **said)

    return change(request, it, shown, form, do)
