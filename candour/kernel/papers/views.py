"""Papers: the drafts one may make, those issued before, each as a page and as a file."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from candour.kernel.access import restricted
from candour.kernel.papers import commands, showing
from candour.kernel.papers.access import PaperPermission
from candour.kernel.papers.document import Document
from candour.kernel.papers.forms import DaysForm, IssueForm
from candour.kernel.papers.holds import restricted_in
from candour.kernel.papers.html import fragment
from candour.kernel.papers.kinds import Days, days_of, paper, paper_kind
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.papers.queries import document_of, issued_paper
from candour.kernel.papers.render import CONTENT_TYPES
from candour.kernel.papers.render import render as rendered
from candour.kernel.papers.showing import COPIES, FORMATS, Draftable, Link
from candour.kernel.papers.typesetting import PaperFailed
from candour.kernel.rules import Refused
from candour.kernel.web.page import ANYONE, Request, page


@page(PaperPermission.SEE)
def papers(request: Request) -> HttpResponse:
    """The drafts that may be made, and the papers issued before."""
    drafts = showing.draftable(request.actor)
    context = {
        "drafts": drafts,
        "one_body": len({draft.organisation.pk for draft in drafts}) == 1,
        "editions": showing.editions(request.actor),
    }
    return render(request, "papers/papers.html", context)


@page(PaperPermission.SEE, report=True)
def draft(request: Request, kind: str) -> HttpResponse:
    """A draft as a page, with what is checked before it is issued."""
    wanted = showing.asked(request, kind)
    form, days = _days(request, wanted)
    audience = _audience(request, wanted)
    context: dict[str, Any] = {"wanted": wanted, "form": form, "days": days, "audience": audience}
    if days is None:
        return render(request, "papers/draft.html", context | {"has_errors": True})
    query = _query(wanted, days, audience)
    may_issue = showing.may_issue(request.actor, wanted.kind, wanted.organisation)
    document, checks = _drafted(request, wanted, days, audience, may_issue=may_issue)
    restricted.give_numbers(restricted_in(document, request.actor, wanted.organisation.pk))
    return render(
        request,
        "papers/draft.html",
        context
        | {
            "paper": mark_safe(fragment(document, level=2)),  # noqa: S308  the renderer escapes every text
            "marking": showing.marking_of(document),
            "checks": checks,
            "may_issue": may_issue,
            "query": urlencode(query),
            "copies": [
                Link(COPIES[one], f"?{urlencode(query | {'audience': one})}", one == audience)
                for one in showing.audiences(request.actor, wanted.organisation)
            ],
            "files": [
                Link(label, f"{reverse('paper-draft-file', args=[kind, suffix])}?{urlencode(query)}")
                for suffix, label in FORMATS.items()
            ],
            "editions": showing.editions(request.actor, kind=kind, organisation=wanted.organisation.pk, most=6),
        },
    )


@page(PaperPermission.SEE, report=True)
def draft_file(request: Request, kind: str, suffix: str) -> HttpResponse:
    """A draft as a file."""
    wanted = showing.asked(request, kind)
    suffix = showing.suffix_of(suffix)
    _, days = _days(request, wanted)
    if days is None:
        raise Http404
    audience = _audience(request, wanted)
    document, _ = _drafted(request, wanted, days, audience, may_issue=False)
    restricted.give_numbers(restricted_in(document, request.actor, wanted.organisation.pk))
    name = showing.file_name(kind, wanted.organisation.code, days.as_at.isoformat(), audience, suffix, draft=True)
    return _file(document, suffix, name)


@page(PaperPermission.ISSUE, methods=("GET", "POST"))
def issue(request: Request, kind: str) -> HttpResponse:
    """Say what issuing does and what fails; then issue every copy."""
    wanted = showing.asked(request, kind)
    _, days = _days(request, wanted)
    if days is None or not showing.may_issue(request.actor, wanted.kind, wanted.organisation):
        raise Http404
    given: dict[str, Any] = {"actor": request.actor, "organisation": wanted.organisation, "at": request.now}
    given |= {"as_at": days.as_at, "since": days.since}
    found = commands.prepare(kind, **given)
    initial = {"seen": found.mark}
    form = IssueForm(request.POST or None, initial=initial, today=request.today, failing=bool(found.failures))
    if request.method == "POST" and form.is_valid():
        try:
            copies = commands.issue(kind, **given, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"])
        except Refused as refused:
            form.add_error("reason", refused.message)
        else:
            messages.success(request, "Both copies are issued. They can be reproduced and verified, never changed")
            return redirect(showing.issued_href(copies[0]))
    return render(
        request,
        "papers/issue.html",
        {
            "wanted": wanted,
            "days": days,
            "draft": found,
            "mark": found.mark,
            "form": form,
            "query": urlencode(_query(wanted, days, "panel")),
            "checks": _said_once(found.checks),
            "marking": showing.marking_of(next(iter(found.copies.values()))),
        },
    )


@page(ANYONE)
def issued(request: Request, kind: str, organisation: str, day: str, audience: str) -> HttpResponse:
    """A paper as issued. The public copy is open to everybody; another answers as if it were not there."""
    found = _issued(request, kind, organisation, day, audience)
    document = document_of(found)
    restricted.give_numbers(restricted_in(document, request.actor, found.organisation_id))
    place = [kind, organisation, day, audience]
    before = showing.editions(request.actor, kind=kind, organisation=found.organisation_id, most=8)
    insider = audience != "public" or showing.may_issue(request.actor, paper_kind(kind), found.organisation)
    same = next((one.copies for one in before if one.paper.slug == found.slug), [])
    return render(
        request,
        "papers/issued.html",
        {
            "found": found,
            "copy": COPIES.get(audience, audience),
            "label": paper_kind(kind).label,
            "paper": mark_safe(fragment(document, level=2)),  # noqa: S308  the renderer escapes every text
            "marking": showing.marking_of(document),
            "insider": insider,
            # a failed leak check would tell the public where to look
            "checks": [check for check in found.checks if insider or check["passed"]],
            "copies": [Link(one.label, one.href, one.href == request.path) for one in same],
            "files": [
                Link(
                    label,
                    reverse("paper-file", args=[*place, showing.file_name(kind, organisation, day, audience, suffix)]),
                )
                for suffix, label in FORMATS.items()
            ],
            "editions": [one for one in before if one.paper.slug != found.slug],
            "may_list": request.actor.holds(PaperPermission.SEE),
        },
    )


@page(ANYONE, limit="papers")
def issued_file(request: Request, *, kind: str, organisation: str, day: str, audience: str, name: str) -> HttpResponse:
    """A paper as issued, as a file: the same bytes each time."""
    suffix = showing.suffix_of(name)
    if name != showing.file_name(kind, organisation, day, audience, suffix):
        raise Http404
    found = _issued(request, kind, organisation, day, audience)
    document = document_of(found)
    restricted.give_numbers(restricted_in(document, request.actor, found.organisation_id))
    return _file(document, suffix, name)


def _issued(request: Request, kind: str, organisation: str, day: str, audience: str) -> IssuedPaper:
    as_at, edition = showing.day_and_edition(day)
    try:
        return issued_paper(
            request.actor, kind=kind, organisation=organisation, as_at=as_at, edition=edition, audience=audience
        )
    except IssuedPaper.DoesNotExist:
        raise Http404 from None


def _days(request: Request, wanted: Draftable) -> tuple[DaysForm, Days | None]:
    """The days asked for; None where they cannot be, with the reason on the form."""
    form = DaysForm(request.GET, today=request.today)
    if not form.is_valid():
        return form, None
    given = form.cleaned_data
    try:
        days = days_of(
            wanted.kind.name,
            organisation=wanted.organisation,
            as_at=given["as_at"],
            since=given["since"],
            at=request.now,
        )
    except ValueError as error:
        form.add_error("since" if "compare" in str(error) else "as_at", str(error)[:1].upper() + str(error)[1:])
        return form, None
    return DaysForm(initial={"as_at": days.as_at, "since": days.since}, today=request.today), days


def _audience(request: Request, wanted: Draftable) -> str:
    offered = showing.audiences(request.actor, wanted.organisation)
    audience = request.GET.get("audience", offered[0])
    if audience not in offered:
        raise Http404
    return audience


def _drafted(
    request: Request, wanted: Draftable, days: Days, audience: str, *, may_issue: bool
) -> tuple[Document, list[Any]]:
    """The draft, and for those who may issue it what the checks of every copy say."""
    given: dict[str, Any] = {"actor": request.actor, "organisation": wanted.organisation, "at": request.now}
    given |= {"as_at": days.as_at, "since": days.since}
    if may_issue:
        found = commands.prepare(wanted.kind.name, **given)
        if audience in found.copies:
            return found.copies[audience], _said_once(found.checks)
        return paper(wanted.kind.name, **given, audience=audience), _said_once(found.checks)
    return paper(wanted.kind.name, **given, audience=audience), []


def _said_once(checks: dict[str, tuple[Any, ...]]) -> list[tuple[str, Any]]:
    """(copy, check) of every check; what both copies say alike is said once, without the copy."""
    every = [(audience, check) for audience, found in checks.items() for check in found]
    said: list[tuple[str, Any]] = []
    for audience, check in every:
        alike = [one for one, other in every if other.words == check.words and other.passed == check.passed]
        if len(alike) == 1:
            said.append((COPIES[audience], check))
        elif audience == alike[0]:
            said.append(("", check))
    return said


def _query(wanted: Draftable, days: Days, audience: str) -> dict[str, str]:
    return {
        "organisation": wanted.organisation.code,
        "as_at": days.as_at.isoformat(),
        "since": days.since.isoformat(),
        "audience": audience,
    }


def _file(document: Document, suffix: str, name: str) -> HttpResponse:
    try:
        content = rendered(document, suffix)
    except PaperFailed as failed:
        said = f"The {FORMATS[suffix]} file could not be made: {failed}. The other formats hold the same paper."
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
