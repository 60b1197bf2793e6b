"""One removal: what would go and what would be left, who asked and why; approved or refused by somebody else."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import allowed, require
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.changing import opened
from candour.kernel.records.pages import about, carried_out
from candour.kernel.retention import commands
from candour.kernel.retention.access import RetentionPermission
from candour.kernel.retention.forms import DecideForm
from candour.kernel.retention.models import Hold, Removal
from candour.kernel.retention.queries.removals import files_of_removal, removal_at, shown
from candour.kernel.retention.views.frame import keeping_at
from candour.kernel.web.page import Request, page

REMOVE, REFUSE = "remove", "refuse"


@page(RetentionPermission.SEE, methods=("GET", "POST"))
def removal_page(request: Request, removal: int) -> HttpResponse:
    """Whoever may remove words decides; who asked may take it back."""
    try:
        it = removal_at(removal, actor=request.actor)
    except Removal.DoesNotExist:
        raise Http404 from None
    record, mine = it.record, it.is_of(request.actor)
    may_approve = allowed(request.actor, HistoryPermission.REDACT, record) and not mine
    answers = [(REMOVE, "Remove it for good")] if may_approve else []
    if mine or may_approve:
        answers.append((REFUSE, "Take it back" if mine else "Remove nothing"))
    if request.method == "POST" and not answers:
        require(request.actor, HistoryPermission.REDACT, record)
    form = DecideForm(**opened(request, record, RetentionPermission.SEE), answers=answers)

    def act() -> None:
        said = {"actor": request.actor, "at": request.now, "reason": form.cleaned_data["reason"]}
        if form.cleaned_data["answer"] == REMOVE:
            commands.approve_removal(it, **said)
        else:
            commands.refuse_removal(it, **said)

    if request.method == "POST" and it.waiting and form.is_valid() and carried_out(form, act):
        gone = it.outcome == Removal.Outcome.DONE
        messages.success(request, "It is removed, from the record and all its past." if gone else "Nothing is removed.")
        return redirect(keeping_at(record))
    context = about(record) | {
        "it": it,
        "places": shown(it),
        "files": files_of_removal(it),
        "form": form if it.waiting and answers else None,
        "mine": mine,
        "held": Hold.objects.filter(record=record, lifted_on=None).exists(),
        "keeping": keeping_at(record),
    }
    return render(request, "retention/removal.html", context, status=422 if form.errors else 200)
