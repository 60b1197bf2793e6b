"""The page of one objective, live or as it stood; and the pages by which it changes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.calendar import add_working_days
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.commands import add_file
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import links_of
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string
from candour.plan import commands, rules
from candour.plan.access import PlanPermission
from candour.plan.forms import ActivityForm, CloseForm, DiveAnswerForm, DiveForm, ObjectiveForm
from candour.plan.models import DeepDive, Objective
from candour.plan.queries import (
    dives_of,
    happened_to,
    in_order,
    lines,
    objective_now,
    objectives_on,
    records_of,
    rows_of,
    seen_on,
    successes_of,
)
from candour.plan.queries.rows import ObjectiveRow
from candour.plan.views.frame import SEEN_BY, address, change, found, opened, verb_of
from candour.plan.views.planning import priority_of
from candour.plan.views.words import told

BOTH = ("GET", "POST")
MANAGE = PlanPermission.MANAGE
LATEST, MOST = 8, 50
DAYS = 20  # working days that a deep dive usually takes


@page(PlanPermission.SEE, kept=True)
def objective(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Its activities, what good looks like, deep dives, what covers it and what does not."""
    it, as_at = found(request, "objective", organisation, reference), as_at_of(request)
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
        return render(request, "plan/not_then.html", context | {"what": "This objective"})
    may = powers(request.actor, it) if as_at.day is None else {}
    context |= {
        "row": row,
        "tone": rules.STATE_TONES.get(row.state, ""),
        "activities": [(each, rules.STATE_TONES[each.state]) for each in row.activities],
        "seen_by": SEEN_BY[row.sensitivity],
        "timeline": [told(event) for event in happened_to(it.record, request.actor, day=as_at.day)[:LATEST]],
        "may": may,
        "verbs": verbs(it, may),
        "marking": marking_of([row.sensitivity, *(each.sensitivity for each in row.activities)]),
    }
    return render(request, "plan/objective.html", context | ({} if as_at.day else _attached(request, it)))


def _live(request: Request, it: Objective) -> ObjectiveRow:
    actor, today = request.actor, request.today
    row = objective_now(it, actor, today=today)
    every = in_order(lines(actor).filter(objective=it.pk), "state", today)
    more = {
        "activities": rows_of(every, actor, today=today, size=MOST),
        "successes": successes_of(it.pk),
        "dives": dives_of(it.pk, today),
    }
    return ObjectiveRow(**(vars(row) | more))


def _past(request: Request, it: Objective, day: Any) -> ObjectiveRow | None:
    records = records_of(request.actor, it.plan_id)
    records = records.filter(pk=it.pk) | records.filter(activity__objective=it.pk)
    seen = seen_on(request.actor, records, as_at=day)
    if it.pk not in seen:
        return None
    return next(iter(objectives_on(seen, as_at=day, parts=("successes", "dives"))), None)


def _attached(request: Request, it: Objective) -> dict[str, Any]:
    """What other records and files say of it today."""
    actor, today = request.actor, request.today
    return {
        "links": links_of(it.record, actor=actor),
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "files": files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None,
    }


def powers(actor: Actor, it: Objective) -> dict[str, bool]:
    """What the actor may do to the objective as it stands."""
    running = it.record.closed_on is None
    manage = allowed(actor, MANAGE, it.record) and running
    return {
        "manage": manage,
        "ask": allowed(actor, PlanPermission.ASK, it.record) and running,
        "update": allowed(actor, PlanPermission.UPDATE),
        "link": allowed(actor, RecordPermission.LINK, it.record),
        "restrict": allowed(actor, PlanPermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }


def verbs(it: Objective, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("manage", "activity-add", "Add an activity"),
        ("manage", "success", "Say what good looks like"),
        ("link", "link", "Link it to a measure, a risk or another record"),
        ("ask", "dive", "Ask for a deep dive"),
        ("manage", "change", "Change its words"),
        ("manage", "close", "Close it"),
        ("restrict", "restrict", "Change who may see it"),
        ("share", "share", "Share it with another body"),
    )
    return [(address(it.record, name), words) for need, name, words in offered if may.get(need)]


@page(MANAGE, methods=BOTH)
def add_objective(request: Request, organisation: str, reference: str, priority: int) -> HttpResponse:
    """A new objective under a priority of the plan."""
    it = found(request, "plan", organisation, reference)
    one = priority_of(it, priority)
    posts = posts_of(it.record.organisation_id)
    number = f"{one.number}.{one.objectives.count() + 1}"
    start = {"number": number, "sensitivity": it.record.sensitivity}
    form = ObjectiveForm(**opened(request, it.record, MANAGE), initial=start, posts=as_choices(posts))
    saving = (
        f"It is called {it.record.reference}/{number}, by the number that you enter.",
        "Activities, measures and risks can be put to it then.",
    )
    verb = verb_of(it.record, "Add an objective", "Add the objective", saving, "The objective is added")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        names = {name: given[name] for name in ("number", "title", "outcome", "sensitivity")}
        made = commands.add_objective(one, owner=post_named(posts, given["owner"]), **names, **said)
        return address(made.record)

    return change(request, it.record, verb, form, do)


@page(MANAGE, methods=BOTH)
def change_objective(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "objective", organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    standing = list(it.plan.priorities.filter(removed_on=None).order_by("place"))
    named = [(str(each.pk), f"{each.number}. {each.title}") for each in standing]
    start = {"number": it.number, "title": it.record.title, "outcome": it.outcome, "priority": str(it.priority_id)}
    start |= {"owner": it.record.owner_id or ""}
    begun = opened(request, it.record, MANAGE)
    form = ObjectiveForm(**begun, initial=start, posts=as_choices(posts), priorities=named)
    saving = ("Its reference stays, whatever its number becomes.", "What stood before stays in the history.")
    verb = verb_of(it.record, "Change an objective", "Save the objective", saving, "{reference} is changed")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("number", "title", "outcome")}
        priority = next(each for each in standing if str(each.pk) == given["priority"])
        owner = post_named(posts, given["owner"])
        commands.change_objective(it, priority=priority, owner=owner, **names, **said)

    return change(request, it.record, verb, form, do)


@page(MANAGE, methods=BOTH)
def close_objective(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "objective", organisation, reference)
    form = CloseForm(**opened(request, it.record, MANAGE), initial={"on": request.today})
    saving = ("It stays on the plan as closed.", "Nothing of it changes any more.")
    verb = verb_of(it.record, "Close an objective", "Close it", saving, "{reference} is closed")
    return change(
        request,
        it.record,
        verb,
        form,
        lambda given, said: commands.close_objective(it, on=given["on"], **said) and None,
    )


@page(MANAGE, methods=BOTH)
def add_activity(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A new activity of an objective."""
    it = found(request, "objective", organisation, reference)
    posts = posts_of(it.record.organisation_id)
    start = {"every": str(it.plan.every), "sensitivity": it.record.sensitivity, "owner": it.record.owner_id or ""}
    form = ActivityForm(**opened(request, it.record, MANAGE), initial=start, posts=as_choices(posts), new=True)
    saving = (
        "It stands on the desk of its owner when its update is due.",
        "Its date stays on record for ever; a move asks for a reason.",
    )
    verb = verb_of(it.record, "Add an activity", "Add the activity", saving, "The activity is added")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        names = {name: given[name] for name in ("title", "text", "starts", "due", "sensitivity")}
        held: dict[str, Any] = {name: post_named(posts, given[name]) for name in ("owner", "lead")}
        made = commands.add_activity(it, every=int(given["every"]), **names, **held, **said)
        return address(made.record)

    return change(request, it.record, verb, form, do)


@page(PlanPermission.ASK, methods=BOTH)
def ask_dive(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, "objective", organisation, reference)
    begun = opened(request, it.record, PlanPermission.ASK)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {"post": it.record.owner_id or "", "due": add_working_days(request.today, DAYS)}
    form = DiveForm(**begun, initial=start, posts=as_choices(posts))
    saving = (
        "It stands on the desk of the post until it is answered, and is late after its day.",
        "Question and answer stand on the objective and in the delivery report.",
    )
    verb = verb_of(it.record, "Ask for a deep dive", "Ask for it", saving, "A deep dive into {reference} is asked for")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        names = {name: given[name] for name in ("asked_by", "asked", "due")}
        commands.ask_dive(it, post=next(post for post in posts if str(post.pk) == given["post"]), **names, **said)

    return change(request, it.record, verb, form, do)


@page(PlanPermission.UPDATE, methods=BOTH)
def answer_dive(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Answer what one's post was asked; who runs the plan writes an answer down for anybody."""
    it = found(request, "objective", organisation, reference)
    begun = opened(request, it.record, PlanPermission.UPDATE)
    waiting = owed_to(request.actor, it)
    named = [(str(each.pk), f"{each.asked} (asked of {each.post.title} by {each.asked_by})") for each in waiting]
    start = {"which": named[0][0] if named else ""}
    form = DiveAnswerForm(**begun, files=request.FILES or None, initial=start, waiting=named)
    saving = (
        "It stands on the objective and in the delivery report, with your post.",
        "A file stays with the objective.",
    )
    verb = verb_of(it.record, "Answer a deep dive", "Save the answer", saving, "The deep dive is answered")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        one = next(each for each in waiting if str(each.pk) == given["which"])
        one.objective = it
        if file := given.get("file"):
            add_file(it.record, name=file.name, content=file, **said)
        commands.answer_dive(one, answer=given["answer"], **said)

    return change(request, it.record, verb, form, do)


def owed_to(actor: Actor, it: Objective) -> list[DeepDive]:
    """The deep dives into an objective that the reader may answer, the first due first."""
    rows = it.dives.filter(answered_on=None).select_related("post")
    if not allowed(actor, MANAGE, it.record):
        rows = rows.filter(post__in=actor.posts)
    return list(rows.order_by("due", "pk"))
