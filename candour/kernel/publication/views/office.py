"""The office's pages of publication: what is ready, what is out, publishing, correcting, withdrawing."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from candour.kernel.papers.canonical import fingerprint
from candour.kernel.papers.document import Document
from candour.kernel.papers.html import fragment
from candour.kernel.people.models import Organisation
from candour.kernel.publication import commands
from candour.kernel.publication.access import PublicationPermission
from candour.kernel.publication.forms import PublishForm, WithdrawForm
from candour.kernel.publication.models import Published
from candour.kernel.publication.queries import bodies_of, latest_editions, published_at, ready_rows
from candour.kernel.publication.sources import source_named
from candour.kernel.publication.views.public import public_address
from candour.kernel.web.forms import carried_out
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

BOTH = ("GET", "POST")
MOST = 40  # of what is ready: older things are found through their own pages
SIZE = 25


@page(PublicationPermission.PUBLISH)
def publication(request: Request) -> HttpResponse:
    """What could be published, what is out, and what was withdrawn."""
    bodies = bodies_of(request.actor)
    out = list(latest_editions().filter(organisation__in=bodies))
    offered = ready_rows(actor=request.actor, today=request.today, bodies=bodies, theirs=out)
    ready = [row for row in offered if not row.published]
    paging = Page.read(request.GET, count=len(out), size=SIZE)
    context = {
        "ready": ready[:MOST],
        "more": max(0, len(ready) - MOST),
        "page": paging,
        "out": [(row, source_named(row.source).word, public_address(row)) for row in paging.of(out)],
        "several": len(bodies) > 1,
    }
    return render(request, "publication/office.html", context)


@page(PublicationPermission.PUBLISH, methods=BOTH)
def publish(request: Request, organisation: str, source: str, key: str) -> HttpResponse:
    """The public copy as it would go out, with its checks; then it goes out."""
    body = body_of(request, organisation)
    try:
        copy = commands.prepare(source, key, organisation=body, actor=request.actor, at=request.now)
    except LookupError:
        raise Http404 from None
    last = commands.editions(body, source, key).order_by("-edition").defer("document").first()
    correcting = last is not None and last.withdrawn_on is None
    mark = fingerprint(_final(copy.document))
    failing = any(not check.passed for check in copy.checks)
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": mark},
        correcting=correcting,
        failing=failing,
        today=request.today,
    )
    if request.method == "POST" and form.is_valid():
        made: list[Published] = []

        def act() -> None:
            given = form.cleaned_data
            words = {name: given.get(name, "") for name in ("note", "reason", "seen")}
            made.append(commands.publish(source, key, organisation=body, actor=request.actor, at=request.now, **words))

        if carried_out(form, act):
            messages.success(request, f"‘{made[0].title}’ is public")
            return redirect(public_address(made[0]))
    context = {
        "copy": copy,
        "body": body,
        "word": source_named(source).word,
        "last": last,
        "correcting": correcting,
        "same": correcting and last is not None and last.fingerprint == mark,
        "form": form,
        "stopped": any(check.stops and not check.passed for check in copy.checks),
        "paper": mark_safe(fragment(copy.document, level=2)),  # noqa: S308  the renderer escapes every text
    }
    return render(request, "publication/publish.html", context, status=422 if form.errors else 200)


@page(PublicationPermission.PUBLISH, methods=BOTH)
def withdraw(request: Request, organisation: str, source: str, key: str) -> HttpResponse:
    """Take a publication back, with a note that stays in its place."""
    body = body_of(request, organisation)
    try:
        found = published_at(body.code, source, key)
    except Published.DoesNotExist:
        raise Http404 from None
    form = WithdrawForm(request.POST if request.method == "POST" else None, today=request.today)
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            commands.withdraw(found, actor=request.actor, at=request.now, **form.cleaned_data)

        if carried_out(form, act):
            messages.success(request, f"‘{found.title}’ is withdrawn")
            return redirect("publication")
    context = {"found": found, "form": form, "address": public_address(found)}
    return render(request, "publication/withdraw.html", context, status=422 if form.errors else 200)


def body_of(request: Request, code: str) -> Organisation:
    """A body for which the actor may publish. Raises Http404."""
    body = next((body for body in bodies_of(request.actor) if body.code == code), None)
    if body is None:
        raise Http404
    return body


def _final(document: Document) -> Document:
    return replace(document, draft=False)
