"""How long one record is kept: its page, a legal hold on it, words that must go, its disposal."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import allowed, require
from candour.kernel.evidence.models import File
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.changing import Verb, change, opened
from candour.kernel.records.happened import events_since
from candour.kernel.records.models import Record
from candour.kernel.records.pages import about, carried_out, marking_of, record_or_404
from candour.kernel.records.telling import EVENTS, event_words, told_as
from candour.kernel.retention import commands, rules
from candour.kernel.retention.access import RetentionPermission
from candour.kernel.retention.forms import DisposeForm, FindInForm, HoldForm, LiftForm, RemovalForm
from candour.kernel.retention.models import Hold, Removal
from candour.kernel.retention.queries.periods import span_for
from candour.kernel.retention.queries.removals import Looked, hold_at, look_for
from candour.kernel.retention.views.frame import keeping_at
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")


@page(RetentionPermission.SEE)
def keeping(request: Request, kind: str, organisation: str, reference: str) -> HttpResponse:
    """How long a record is kept and why, its legal holds, and what was removed of it."""
    record = _found(request, kind, organisation, reference, RetentionPermission.SEE)
    span = span_for(record, request.today)
    years = span.years if span else None
    not_due = rules.why_not_due(record.closed_on, years, set_at_all=span is not None, today=request.today)
    holds = list(Hold.objects.filter(record=record).order_by("-placed_on", "-pk"))
    removals = list(Removal.objects.filter(record=record).order_by("-asked_on", "-pk"))
    held = any(hold.lifted_on is None for hold in holds)
    disposals = {each.outcome for each in removals if each.everything}
    may = {name: allowed(request.actor, name, record) for name in (RetentionPermission.HOLD, RetentionPermission.ASK)}
    deep = allowed(request.actor, RecordPermission.SEE_RESTRICTED, record)
    context = about(record) | {
        "span": span,
        "due": rules.due_on(record.closed_on, years),
        "not_due": not_due,
        "holds": holds,
        "held": held,
        "removals": removals,
        "may_hold": may[RetentionPermission.HOLD],
        "may_remove": may[RetentionPermission.ASK] and deep and not held,
        "may_dispose": may[RetentionPermission.ASK] and not (held or not_due or disposals & {"", "done"}),
    }
    return render(request, "retention/keeping.html", context)


@page(RetentionPermission.HOLD, methods=BOTH)
def place_hold(request: Request, kind: str, organisation: str, reference: str) -> HttpResponse:
    """Put a record under a legal hold."""
    record = _found(request, kind, organisation, reference, RetentionPermission.HOLD)
    form = HoldForm(**opened(request, record, RetentionPermission.HOLD))
    saving = (
        "No words and no files of it are removed, and it is not disposed of, until the hold is lifted.",
        "People go on working on it as before.",
        "The hold and its reason are seen by those who may read of retention.",
    )
    verb = _verb(record, "Put it under a legal hold", "Place the hold", saving, "The record is held.")
    return change(
        request, record, verb, form, lambda _, said: commands.hold(record, **said) and None, news=_news(request, record)
    )


@page(RetentionPermission.HOLD, methods=BOTH)
def lift_hold(request: Request, hold: int) -> HttpResponse:
    """Lift a legal hold, with the reason."""
    try:
        standing = hold_at(hold, actor=request.actor)
    except Hold.DoesNotExist:
        raise Http404 from None
    record = standing.record
    form = LiftForm(**opened(request, record, RetentionPermission.HOLD))
    saving = (
        "Words and files of it can be removed again, once they are asked for and approved.",
        "It is disposed of when its period has passed, unless another hold stands.",
    )
    verb = _verb(record, "Lift the legal hold", "Lift the hold", saving, "The hold is lifted.")
    return change(
        request, record, verb, form, lambda _, said: commands.lift(standing, **said) and None,
        news=_news(request, record),
    )  # fmt: skip


@page(RetentionPermission.ASK, methods=BOTH)
def remove_words(request: Request, kind: str, organisation: str, reference: str) -> HttpResponse:
    """Find words in a record and all its past, see what would be left, and ask for their removal.

    What is looked for is sent, never part of an address: it may be a name that must not be kept.
    """
    record = _found(request, kind, organisation, reference, RetentionPermission.ASK)
    require(request.actor, RecordPermission.SEE_RESTRICTED, record)
    data = request.POST if request.method == "POST" else None
    finding = FindInForm(data)
    context: dict[str, Any] = about(record) | {"finding": finding, "keeping": keeping_at(record)}
    if data is None or not finding.is_valid():
        return render(request, "retention/find_in.html", context, status=422 if finding.errors else 200)
    words = finding.cleaned_data["words"].strip()
    looked = look_for(record, words)
    files = list(File.objects.filter(record=record, erased_on=None).order_by("pk"))
    asking = "ask" in data
    form = RemovalForm(data if asking else None, looked=looked, files=files, initial={"words": words})

    def act() -> None:
        given = form.cleaned_data
        numbers = [int(number) for number in given.get("erase", ())]
        said = {"actor": request.actor, "at": request.now, "reason": given["reason"]}
        commands.ask_removal(record, words=words, places=given["places"], files=numbers, **said)

    if asking and form.is_valid() and carried_out(form, act):
        messages.success(request, "Asked for. It is removed once somebody else approves it.")
        return redirect(keeping_at(record))
    context |= {"form": form, "words": words, "rows": _chosen(looked, data, asking), "files": files}
    context["ticked"] = set(data.getlist("erase"))
    return render(request, "retention/remove.html", context, status=422 if form.errors else 200)


@page(RetentionPermission.ASK, methods=BOTH)
def dispose(request: Request, kind: str, organisation: str, reference: str) -> HttpResponse:
    """Ask for the disposal of one record that is due."""
    record = _found(request, kind, organisation, reference, RetentionPermission.ASK)
    form = DisposeForm(**opened(request, record, RetentionPermission.ASK))
    saving = (
        "Somebody else approves it, or refuses.",
        "Then every word of it goes, from the record and all its past, and the bytes of its files.",
        "Its reference, dates, numbers and posts stay, and the history still verifies.",
        "It cannot be brought back, save from a backup of before.",
    )
    verb = _verb(record, "Ask for its disposal", "Ask for it", saving, "The disposal is asked for.")
    return change(
        request, record, verb, form, lambda _, said: commands.ask_disposal(record, **said) and None,
        news=_news(request, record),
    )  # fmt: skip


def _chosen(looked: Looked, data: Any, asking: bool) -> list[tuple[Any, bool]]:
    """Each place with whether it is ticked: where words were looked for, all of them to begin with."""
    sent = set(data.getlist("places"))
    return [(row, row.code in sent if asking else bool(data.get("words", "").strip())) for row in looked.rows]


def _found(request: Request, kind: str, organisation: str, reference: str, permission: str) -> Record:
    record = record_or_404(request, kind, organisation, reference)
    require(request.actor, permission, record)
    return record


def _verb(record: Record, title: str, submit: str, saving: tuple[str, ...], done: str) -> Verb:
    home = keeping_at(record)
    kicker, marking = f"{record.reference} {record.title}", marking_of([record.sensitivity])
    return Verb(title, submit, saving, done, home, kicker, marking=marking, called="this record")


def _news(request: Request, record: Record) -> Any:
    def since(sequence: int) -> list[object]:
        return [
            told_as(each, event_words(EVENTS, each.event)) for each in events_since(record, request.actor, sequence)
        ]

    return since
