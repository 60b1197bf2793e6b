"""Monthly reviews: listed, opened, answered in a row an item, closed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.inspections import commands
from candour.inspections.access import InspectionPermission
from candour.inspections.commands.following import NewNote
from candour.inspections.forms import CloseReviewForm, OpenReviewForm, ReviewForm
from candour.inspections.models import Review
from candour.inspections.queries import records_of
from candour.inspections.queries.reviews import Question, open_items, questions, review_at, reviews
from candour.inspections.views.frame import SORT_TONES
from candour.inspections.views.listing import tabs
from candour.kernel.access import allowed
from candour.kernel.calendar import MONTHS, add_working_days
from candour.kernel.records import changing
from candour.kernel.records.changing import by
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.records.queries import bodies
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import words_on
from candour.kernel.web.asat import Choice
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

BOTH = ("GET", "POST")
MANAGE = InspectionPermission.MANAGE
DAYS = 10  # working days that answers usually have


@page(InspectionPermission.SEE)
def all_reviews(request: Request) -> HttpResponse:
    rows = reviews(request.actor)
    context = {
        "rows": [(row, said_month(row.month), address(row.organisation_code, row.month)) for row in rows],
        "several": len({row.organisation for row in rows}) > 1,
        "may_manage": allowed(request.actor, MANAGE),
        "places": tabs("inspection-reviews"),
    }
    return render(request, "inspections/reviews.html", context)


@page(MANAGE, methods=BOTH)
def open_review(request: Request) -> HttpResponse:
    """The review of a month of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    form = OpenReviewForm(
        request.POST if request.method == "POST" else None,
        initial={"month": request.today, "due": add_working_days(request.today, DAYS)},
        today=request.today,
    )
    made: list[Review] = []

    def act() -> None:
        found = open_items(body.pk, actor=request.actor, today=request.today)
        given = form.cleaned_data
        made.append(
            commands.open_review(
                organisation=body, month=given["month"], due=given["due"], items=found, **by(request, form)
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, f"The review of {said_month(made[0].month)} is open")
        return redirect(address(body.code, made[0].month))
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else []}
    return render(request, "inspections/review_open.html", context, status=422 if form.errors else 200)


def found_review(request: Request, organisation: str, month: str) -> Review:
    """The review at an address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return review_at(organisation, date.fromisoformat(f"{month}-01"), actor=request.actor)
    except (Review.DoesNotExist, ValueError):
        raise Http404 from None


@page(InspectionPermission.SEE, methods=BOTH)
def review(request: Request, organisation: str, month: str) -> HttpResponse:
    """Every item that the reader sees; those that the reader may answer as questions, the others as they stand.

    ?show=missing leaves out what is answered.
    """
    it = found_review(request, organisation, month)
    every = questions(it, actor=request.actor, today=request.today)
    keeps = allowed(request.actor, MANAGE, Record(organisation=it.organisation))
    may = allowed(request.actor, InspectionPermission.UPDATE) and it.closed_on is None
    shown = [one for one in every if not (request.GET.get("show") == "missing" and one.answered)]
    mine = [one for one in shown if may and (keeps or one.mine) and one.item.open]
    scales = {
        number: words_on(number, Scale.Kind.PORTAL, request.today)
        for number in sorted({one.inspection.inspectorate_id for one in mine})
    }
    posted = request.POST if request.method == "POST" and mine else None
    form = ReviewForm(posted, questions=mine, scales=scales, today=request.today, seen=it.head_sequence)
    if posted is not None and form.is_valid() and carried_out(form, lambda: _save(request, it, form)):
        messages.success(request, "Your answers are saved")
        return redirect(address(organisation, it.month) + query_string(request.GET))
    return render(
        request,
        "inspections/review.html",
        _shown(request, it, every, shown=shown, form=form) | {"may_close": keeps and it.closed_on is None},
        status=422 if form.errors else 200,
    )


def _shown(
    request: Request, it: Review, every: list[Question], *, shown: list[Question], form: ReviewForm
) -> dict[str, Any]:
    rows = {row.question.item.pk: row for row in form.rows}
    missing = [one for one in every if not one.answered and one.item.open]
    posts = sorted({one.post or "no post" for one in missing})
    scopes = [
        Choice("Everything", query_string(request.GET, show=None), request.GET.get("show") != "missing", len(every)),
        Choice(
            "Not answered",
            query_string(request.GET, show="missing"),
            request.GET.get("show") == "missing",
            len(missing),
        ),
    ]
    return {
        "review": it,
        "month": said_month(it.month),
        "form": form,
        "rows": [(one, rows.get(one.item.pk), SORT_TONES.get(one.item.sort, "")) for one in shown],
        "mine": len(form.rows),
        "asked": len(every),
        "missing": len(missing),
        "silent": [(post, sum((one.post or "no post") == post for one in missing)) for post in posts],
        "scopes": scopes,
        "marking": marking_of(one.item.sensitivity for one in every),
        "close_page": reverse("inspection-review-close", args=[it.organisation.code, f"{it.month:%Y-%m}"]),
    }


def _save(request: Request, it: Review, form: ReviewForm) -> None:
    changed = form.changed()
    records = records_of([one.item for one, _, _ in changed])
    new = [NewNote(records[one.item.pk], one.inspection, text, status) for one, status, text in changed]
    if new:
        commands.note_many(new, actor=request.actor, at=request.now, review=it)


@page(MANAGE, methods=BOTH)
def close_review(request: Request, organisation: str, month: str) -> HttpResponse:
    it = found_review(request, organisation, month)
    form = CloseReviewForm(**changing.opened(request, it, MANAGE, Record(organisation=it.organisation)))
    every = questions(it, actor=request.actor, today=request.today)
    missing = sum(not one.answered and one.item.open for one in every)
    home = address(organisation, it.month)
    verb = changing.Verb(
        "Close the review",
        "Close the review",
        (
            f"{missing} of {len(every)} are not answered." if missing else f"All {len(every)} are answered.",
            "Nothing can be answered afterwards. Notes can still be written on each item.",
        ),
        f"The review of {said_month(it.month)} is closed",
        home,
        kicker=it.organisation.name,
        called="this review",
        template="inspections/review_close.html",
        more={"month": said_month(it.month)},
    )

    def do(_: dict[str, Any], said: dict[str, Any]) -> None:
        commands.close_review(it, missing=missing, **said)

    return changing.change(request, it, verb, form, do, news=lambda _: [])


def said_month(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def address(organisation: str, month: date) -> str:
    return reverse("inspection-review", args=[organisation, f"{month:%Y-%m}"])
