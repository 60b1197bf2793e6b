"""The page of one activity, live or as it stood; and the pages by which it changes."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.commands import add_file
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import links_of
from candour.kernel.scales.models import Scale
from candour.kernel.scales.queries import word_scales
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.plan import commands, rules
from candour.plan.access import PlanPermission
from candour.plan.forms import ActivityForm, AgreeForm, MoveForm, ReopenForm, StopForm, UpdateForm
from candour.plan.models import Activity
from candour.plan.queries import (
    ActivityRow,
    activities_on,
    happened_to,
    lines,
    records_of,
    rows_of,
    said_of,
    seen_on,
    slips_of,
    successes_of,
)
from candour.plan.views.frame import SEEN_BY, address, change, found, opened, verb_of
from candour.plan.views.words import told

BOTH = ("GET", "POST")
MANAGE, UPDATE = PlanPermission.MANAGE, PlanPermission.UPDATE
LATEST = 8


@page(PlanPermission.SEE, kept=True)
def activity(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What was said of it, its dates, what good looks like, what it is tied to, its history."""
    it, as_at = found(request, "activity", organisation, reference), as_at_of(request)
    day = as_at.day or request.today
    context: dict[str, Any] = {
        "it": it,
        "as_at": as_at,
        "day": day,
        "past": as_at.query,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
    }
    row = _past(request, it, day) if as_at.day else _live(request, it)
    if row is None:
        return render(request, "plan/not_then.html", context | {"what": "This activity"})
    may = powers(request.actor, it) if as_at.day is None else {}
    said = () if as_at.day else said_of(it.pk)
    context |= {
        "row": row,
        "line": row.line,
        "tone": rules.STATE_TONES[row.state],
        "means": rules.STATE_WORDS[row.state],
        "rating_tone": rules.TONES[row.line.stands],
        "last": row.last or next(iter(said), None),
        "earlier": said[1:9],
        "every": rules.EVERY[row.every].lower(),
        "seen_by": SEEN_BY[row.sensitivity],
        "timeline": [told(event) for event in happened_to(it.record, request.actor, day=as_at.day)[:LATEST]],
        "may": may,
        "verbs": verbs(it, may),
    }
    return render(request, "plan/activity.html", context | ({} if as_at.day else _attached(request, it)))


def _live(request: Request, it: Activity) -> ActivityRow:
    (row,) = rows_of(lines(request.actor).filter(pk=it.pk), request.actor, today=request.today)
    return ActivityRow(**(vars(row) | {"successes": successes_of(it.pk)}))


def _past(request: Request, it: Activity, day: Any) -> ActivityRow | None:
    records = records_of(request.actor, it.objective.plan_id).filter(pk__in=[it.pk, it.objective_id])
    seen = seen_on(request.actor, records, as_at=day)
    if it.pk not in seen:
        return None
    return next(iter(activities_on(seen, word_scales(Scale.Kind.RATING), as_at=day)), None)


def _attached(request: Request, it: Activity) -> dict[str, Any]:
    """What stands beside it today."""
    actor, today = request.actor, request.today
    return {
        "slips": list(reversed(slips_of(it.pk))),
        "links": links_of(it.record, actor=actor),
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "files": files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None,
    }


def owns(actor: Actor, it: Activity) -> bool:
    """Whether one of the actor's posts answers for the activity, or leads its work."""
    return allowed(actor, UPDATE) and bool({it.record.owner_id, it.lead_id} & set(actor.posts))


def powers(actor: Actor, it: Activity) -> dict[str, bool]:
    """What the actor may do to the activity as it stands."""
    running, waiting = it.record.closed_on is None, it.proposed_on is not None
    manages = allowed(actor, MANAGE, it.record)
    work = (manages or owns(actor, it)) and running
    return {
        "manage": manages and running,
        "update": work and not waiting,
        "move": work,
        "agree": manages and running and waiting,
        "reopen": manages and not running,
        "link": allowed(actor, RecordPermission.LINK, it.record),
        "restrict": allowed(actor, PlanPermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }


def verbs(it: Activity, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("move", "move", "Move its date"),
        ("manage", "success", "Say what good looks like"),
        ("link", "link", "Link it to a measure, a risk or another record"),
        ("manage", "change", "Change its words and posts"),
        ("manage", "stop", "Stop it"),
        ("reopen", "reopen", "Open it again"),
        ("restrict", "restrict", "Change who may see it"),
        ("share", "share", "Share it with another body"),
    )
    return [(address(it.record, name), words) for need, name, words in offered if may.get(need)]


def _not_theirs(request: Request, it: Activity) -> HttpResponse | None:
    """The page that says whose it is, for who neither answers for the activity, nor leads it, nor runs the plan."""
    if owns(request.actor, it) or allowed(request.actor, MANAGE, it.record):
        return None
    context = {"it": it, "marking": marking_of([it.record.sensitivity])}
    return render(request, "plan/not_theirs.html", context)


@page(UPDATE, methods=BOTH)
def update(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The four questions, in two minutes, beside what was said last time."""
    it = found(request, "activity", organisation, reference)
    begun = opened(request, it.record, UPDATE)
    if other := _not_theirs(request, it):
        return other
    scale = commands.scale_for(it.record.organisation_id, request.today)
    before = next(iter(said_of(it.pk)), None)
    start = {"rating": str(it.rating)} if it.rating and (it.scale_id or 0) == scale.id else {}
    form = UpdateForm(**begun, files=request.FILES or None, initial=start, scale=scale)
    saving = (
        "What you write stands on the plan and in the delivery report, under your post.",
        "Its next update is counted from today.",
        "Where you say that it is done, whoever runs the plan agrees or sends it back.",
    )
    verb = verb_of(it.record, "What moved?", "Send your answer", saving, "{reference} is updated")
    more = {"before": before, "it": it, "successes": successes_of(it.pk)}
    verb = replace(verb, template="plan/update.html", more=verb.more | more)

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        if file := given.get("file"):
            add_file(it.record, name=file.name, content=file, **said)
        names = {name: given[name] for name in ("achieved", "left", "barriers")}
        commands.update_activity(it, rating=int(given["rating"]), **names, **said)

    return change(request, it.record, verb, form, do)


@page(UPDATE, methods=BOTH)
def move(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "activity", organisation, reference)
    form = MoveForm(**opened(request, it.record, UPDATE))
    if other := _not_theirs(request, it):
        return other
    saving = ("Its first date stays on record for ever.", "The reason, and who agreed it, stand beside the new date.")
    verb = verb_of(it.record, "Move its date", "Move the date", saving, "{reference} has a new date")
    return change(
        request, it.record, verb, form, lambda given, said: commands.move_due(it, to=given["to"], **said) and None
    )


@page(MANAGE, methods=BOTH)
def agree(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Agree that it is done, or send it back."""
    it = found(request, "activity", organisation, reference)
    form = AgreeForm(**opened(request, it.record, MANAGE))
    saving = ("Done, it is closed and counts as done in every paper.", "Sent back, its owner reads what is missing.")
    verb = verb_of(it.record, "Is it done?", "Save the answer", saving, "{reference} is answered")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        if given["agreed"] == "yes":
            commands.agree_done(it, **said)
        else:
            commands.send_back(it, **{name: value for name, value in said.items() if name != "approver"})

    return change(request, it.record, verb, form, do)


@page(MANAGE, methods=BOTH)
def stop(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "activity", organisation, reference)
    form = StopForm(**opened(request, it.record, MANAGE))
    saving = ("It counts nowhere any more, and stays in the list as stopped, with the reason.",)
    verb = verb_of(it.record, "Stop an activity", "Stop it", saving, "{reference} is stopped")
    return change(request, it.record, verb, form, lambda given, said: commands.stop_activity(it, **said) and None)


@page(MANAGE, methods=BOTH)
def reopen(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "activity", organisation, reference)
    form = ReopenForm(**opened(request, it.record, MANAGE))
    saving = ("It runs on, is not rated, and waits for an update of its owner.",)
    verb = verb_of(it.record, "Open an activity again", "Open it again", saving, "{reference} runs again")
    return change(request, it.record, verb, form, lambda given, said: commands.reopen_activity(it, **said) and None)


@page(MANAGE, methods=BOTH)
def change_activity(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "activity", organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner, it.lead)
    start = {"title": it.record.title, "text": it.text, "starts": it.starts, "every": str(it.every)}
    start |= {"owner": it.record.owner_id or "", "lead": it.lead_id or ""}
    form = ActivityForm(**opened(request, it.record, MANAGE), initial=start, posts=as_choices(posts))
    saving = ("What stood before stays in the history.", "Its date is moved by itself, with a reason.")
    verb = verb_of(it.record, "Change an activity", "Save the activity", saving, "{reference} is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("title", "text", "starts")}
        held: dict[str, Any] = {name: post_named(posts, given[name]) for name in ("owner", "lead")}
        commands.change_activity(it, every=int(given["every"]), **names, **held, **said)

    return change(request, it.record, verb, form, do)
