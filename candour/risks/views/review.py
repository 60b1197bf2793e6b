"""The review of a risk: filled as things stand, saved in one entry, and on to the next that is due."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.access import Actor, require
from candour.kernel.calendar import add_months
from candour.kernel.records.pages import marking_of
from candour.kernel.scales.queries import scale_on
from candour.kernel.scales.rules import Matrix
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import ReviewForm
from candour.risks.models import Risk
from candour.risks.queries import (
    NextReview,
    Outcome,
    RiskRow,
    in_full,
    last_review_event,
    next_review,
    outcome,
)
from candour.risks.views.changing import Do, Sent, send
from candour.risks.views.frame import address, found, since_of
from candour.risks.views.words import STATUS_TONES

FIELDS = {"reason": "narrative", "narrative": "narrative"}  # as the command names them, as the form does


@page(RiskPermission.REVIEW, methods=("GET", "POST"))
def review(request: Request, organisation: str, reference: str) -> HttpResponse:
    """GET fills the form. POST saves, saves and opens the next, or only says what the answers would give (do=preview)."""
    it = found(request, organisation, reference)
    actor: Actor = request.actor
    require(actor, RiskPermission.REVIEW, it.record)
    if it.record.closed_on is not None:
        messages.info(request, f"{it.record.reference} is closed: reopen it to review it")
        return redirect(address(it))
    row = in_full(it, actor=actor, today=request.today, since=since_of(request, request.today))
    scale = scale_on(it.record.organisation_id, request.today)
    if row is None or scale is None:
        messages.error(request, f"{it.record.organisation} has no risk matrix yet, so nothing can be scored")
        return redirect(address(it))
    matrix = scale.matrix()
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(data, row=row, matrix=matrix, today=request.today, seen=it.record.head_sequence)
    after = next_review(actor, today=request.today, but=it.pk)
    sent = Sent()
    if request.method == "POST":
        save = request.POST.get("do") != "preview"
        sent = send(request, it, form, _reviewing(it, form), fields=FIELDS, save=save)
        if sent.done:
            return _onwards(request, it, after)
    return _show(request, it, row, matrix, form, after=after, sent=sent)


def _reviewing(it: Risk, form: ReviewForm) -> Do:
    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        names = ("impact", "likelihood", "narrative", "accept")
        commands.review(it, answers=form.settled, **{name: given[name] for name in names}, **by)

    return do


def _onwards(request: Request, it: Risk, after: NextReview | None) -> HttpResponse:
    messages.success(request, f"The review of {it.record.reference} is saved")
    if request.POST.get("do") == "next" and after is not None:
        place = {"organisation": after.organisation_code, "reference": after.reference}
        return redirect(reverse("risk-review", kwargs=place))
    return redirect(address(it))


def _show(
    request: Request,
    it: Risk,
    row: RiskRow,
    matrix: Matrix,
    form: ReviewForm,
    *,
    after: NextReview | None,
    sent: Sent,
) -> HttpResponse:
    said = last_review_event(it.record, request.actor)
    context = {
        "risk": it,
        "row": row,
        "tone": STATUS_TONES.get(row.status, ""),
        "day": request.today,
        "matrix": matrix,
        "example": add_months(request.today, 1),
        "other_scale": row.matrix if row.matrix and not row.matrix.same_levels(matrix) else None,
        "hints": _hints(row),
        "form": form,
        "problems": form.problems,
        "sent": sent,
        "has_errors": sent.conflict,
        "gives": _gives(request, row, matrix, form),
        "said": said,
        "after": after,
        "home": address(it),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "risks/review.html", context, status=422 if form.errors or sent.conflict else 200)


def _gives(request: Request, row: RiskRow, matrix: Matrix, form: ReviewForm) -> tuple[Outcome, str] | None:
    """What the answers so far would give, with the tone of its status; None before there are any."""
    if not form.is_bound:
        return None
    given = form.cleaned_data
    impact, likelihood = given.get("impact"), given.get("likelihood")
    if impact is None or likelihood is None:
        return None
    today = request.today
    found_outcome = outcome(
        row,
        matrix=matrix,
        impact=impact,
        likelihood=likelihood,
        answers=form.settled,
        accept=bool(given.get("accept")),
        today=today,
        since=since_of(request, today),
    )
    return found_outcome, STATUS_TONES.get(found_outcome.status, "")


def _hints(row: RiskRow) -> dict[str, str]:
    """ "Was 2, possible, since 22 December 2022": for each scale the level that stands, and since when it has not moved."""
    if not row.history or row.matrix is None:
        return {}
    found_hints = {}
    for axis in ("impact", "likelihood"):
        standing = getattr(row.history[-1], axis)
        since = row.history[-1].since
        for point in reversed(row.history):
            if getattr(point, axis) != standing or point.matrix.id != row.matrix.id:
                break
            since = point.since
        word = row.matrix.word(axis, standing).lower()  # type: ignore[arg-type]
        found_hints[axis] = (standing, word, since)
    return found_hints  # type: ignore[return-value]
