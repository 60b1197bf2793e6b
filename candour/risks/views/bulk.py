"""Reviewing many risks in one form, a row each: all are saved, or the form says which rows need mending."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.history.locks import Overtaken, unless_overtaken
from candour.kernel.records.pages import marking_of
from candour.kernel.records.telling import Told
from candour.kernel.scales.queries import scale_book
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import BulkForm
from candour.risks.forms.bulk import LEAVE, SCORED
from candour.risks.models import Risk
from candour.risks.queries import RiskRow, changes_since, due_by_post, due_tally
from candour.risks.queries.due import reviewers
from candour.risks.queries.many import to_review
from candour.risks.views.due import is_number, posts_asked
from candour.risks.views.events import Known, told
from candour.risks.views.frame import address, since_of


@dataclass(frozen=True)
class Shown:
    """A row of the form with what stands around it. news: what somebody entered since it was opened."""

    item: Any
    href: str
    review: str
    news: tuple[Told, ...]


@page(RiskPermission.REVIEW, methods=("GET", "POST"))
def review_many(request: Request) -> HttpResponse:
    """Which risks: ?risk= numbers, ?post= a number or "all", one's own otherwise; ?due=all those not due yet too."""
    params = request.GET
    book = scale_book()
    found, total = to_review(
        request.actor,
        today=request.today,
        since=since_of(request, request.today),
        book=book,
        posts=posts_asked(request, params.get("post", "")),
        chosen=_numbers(request.POST if request.method == "POST" else params),
        due_only=params.get("due") != "all",
    )
    bodies = {row.organisation_id for _, row in found}
    matrices = {pk: matrix for pk in bodies if (matrix := book.on(pk, request.today))}
    found = [(it, row) for it, row in found if row.organisation_id in matrices]
    seen = {it.pk: it.record.head_sequence for it, _ in found}
    data = request.POST if request.method == "POST" else None
    form = BulkForm(data, rows=[row for _, row in found], matrices=matrices, seen=seen, today=request.today)
    news: dict[int, tuple[Told, ...]] = {}
    count = 0
    if request.method == "POST" and form.is_valid():
        risks = {it.pk: it for it, _ in found}
        if gone := _gone(request.POST, risks):
            form.add_error(
                None, f"{gone} of the risks that you answered can no longer be reviewed here. Save the others"
            )
        else:
            count, news = _send(request, form, risks)
        if count:
            messages.success(request, f"{count} {'review is' if count == 1 else 'reviews are'} saved")
            return redirect(request.get_full_path())
    return _show(request, form, {it.pk: it for it, _ in found}, total, news)


def _send(request: Request, form: BulkForm, risks: dict[int, Risk]) -> tuple[int, dict[int, tuple[Told, ...]]]:
    """(how many reviews were saved, what was news where nothing was)."""
    answered = form.answered
    if not answered:
        form.add_error(None, "Nothing is answered yet: say of at least one risk that it was reviewed")
        return 0, {}
    reviewed = [risks[row.pk] for row in answered]
    try:
        with unless_overtaken([it.record for it in reviewed], form.seen):
            commands.review_many(reviewed, _answers(form, answered), actor=request.actor, at=request.now)
    except Overtaken as overtaken:
        return 0, _news(request, form, overtaken.records)
    except commands.Unfit as unfit:
        for pk, refused in unfit.refusals.items():
            form.add_error(f"{pk}-{refused.field}", refused.message)
        return 0, {}
    return len(reviewed), {}


def _gone(sent: QueryDict, risks: dict[int, Risk]) -> int:
    """How many of the risks that were answered may not be reviewed any longer: closed, or out of sight."""
    answered = {pk for pk in _numbers(sent) if sent.get(f"{pk}-answer", LEAVE) != LEAVE}
    return len(answered - set(risks))


def _answers(form: BulkForm, rows: list[RiskRow]) -> dict[int, commands.Answer]:
    given = form.cleaned_data
    found = {}
    for row in rows:
        scored = given[f"{row.pk}-answer"] == SCORED
        levels = (int(given[f"{row.pk}-impact"]), int(given[f"{row.pk}-likelihood"])) if scored else None
        found[row.pk] = commands.Answer(given[f"{row.pk}-narrative"], levels)
    return found


def _news(request: Request, form: BulkForm, pks: tuple[int, ...]) -> dict[int, tuple[Told, ...]]:
    """What somebody entered on some of the risks; the form then counts it as read, and says so beside each."""
    seen, heads = form.seen, form.seen_now
    form.rewrite({f"{pk}-seen": str(heads[pk]) for pk in pks})
    found = {}
    happened = changes_since(request.actor, {pk: seen.get(pk, 0) for pk in pks})
    rows = {row.pk: row for row in form.risks}
    for pk in pks:
        found[pk] = tuple(told(event, Known(rows[pk].history, {})) for event in happened.get(pk, ()))
        reference = rows[pk].reference
        form.add_error(
            f"{pk}-answer", f"Somebody changed {reference} meanwhile: read what was entered, then save again"
        )
    return found


def _numbers(params: QueryDict) -> list[int]:
    """The risks that were chosen; on the way back those that the form showed."""
    return [int(each) for each in params.getlist("risk") if is_number(each)]


def _show(
    request: Request, form: BulkForm, risks: dict[int, Risk], total: int, news: dict[int, tuple[Told, ...]]
) -> HttpResponse:
    by_post = due_by_post(due_tally(request.actor, today=request.today))
    asked, every = request.GET.get("post", ""), request.GET.get("due") == "all"
    names = [(str(each.post), f"{each.title}, {each.due} due") for each in by_post]
    if is_number(asked) and asked not in {number for number, _ in names}:
        names += [(asked, post.title) for post in reviewers(request.actor, today=request.today).filter(pk=int(asked))]
    rows = [
        Shown(
            item,
            address(risks[item.row.pk]),
            address(risks[item.row.pk], "risk-review"),
            news.get(item.row.pk, ()),
        )
        for item in form.rows
    ]
    context = {
        "form": form,
        "rows": rows,
        "total": total,
        "asked": asked,
        "every": every,
        "posts": [("", "My own"), ("all", "Everybody’s"), *names],
        "scopes": [
            Choice("Due", query_string(request.GET, due=None), not every),
            Choice("Due or not", query_string(request.GET, due="all"), every),
        ],
        "here": request.get_full_path(),
        "due_page": reverse("risk-due") + query_string(request.GET, due=None),
        "has_errors": bool(form.errors),
        "marking": marking_of(row.item.row.sensitivity for row in rows),
    }
    return render(request, "risks/review_many.html", context, status=422 if form.errors else 200)
