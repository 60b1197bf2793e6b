"""The page of one inspection, live or as it stood on a past day."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.inspections import rules
from candour.inspections.access import InspectionPermission
from candour.inspections.models import Inspection
from candour.inspections.papers.drawn import grades_chart
from candour.inspections.papers.response import SOURCE
from candour.inspections.queries import Whole, asked_by, grades_of, happened_to, in_full
from candour.inspections.views.frame import GRADE_TONES, SEEN_BY, SORT_TONES, TONES, address, found
from candour.inspections.views.words import told
from candour.kernel.access import Actor, allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.actions.queries import actions_of
from candour.kernel.calendar import say_date
from candour.kernel.evidence.access import EvidencePermission
from candour.kernel.evidence.queries import files_of
from candour.kernel.history.access import HistoryPermission
from candour.kernel.publication.access import PublicationPermission
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record
from candour.kernel.records.pages import address_of, marking_of
from candour.kernel.records.queries import links_of, shares_of, visible_records
from candour.kernel.web.asat import as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import query_string

LATEST = 6  # entries on the page; the rest are one link away
SEE = InspectionPermission.SEE
# The page on which each step is done, and the words of its button.
DOING = {
    "invite": ("inspection-invite", "Invite comments"),
    "comments": ("inspection-comments", "Record the comments"),
    "draft": ("inspection-draft", "Draft the response"),
    "approve": ("inspection-approve", "Approve the response"),
    **dict.fromkeys(rules.COPIES, ("inspection-copy", "Record a copy sent")),
}


@page(SEE, kept=True)
def inspection(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Clock, grades, what it asks for, response, history; facts at the side."""
    it, as_at = found(request, organisation, reference), as_at_of(request)
    day = as_at.day or request.today
    whole = in_full(it, actor=request.actor, today=day, as_at=as_at.day)
    context = {
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
    if whole is None:
        return render(request, "inspections/record_not_then.html", context)
    return render(request, "inspections/record.html", context | _shown(request, it, whole, as_at.day))


def _shown(request: Request, it: Inspection, whole: Whole, as_at: date | None) -> dict[str, Any]:
    actor, row, day = request.actor, whole.row, as_at or request.today
    may = powers(actor, it, whole) if as_at is None else {}
    return {
        "row": row,
        "line": row.line,
        "tone": TONES[row.state],
        "state_means": rules.STATE_WORDS[row.state],
        "late": row.left.endswith("late"),
        "steps": [(step, _doing(it, step.which, may)) for step in whole.steps],
        "do": _button(it, whole, may),
        "facts": _facts(whole),
        "seen_by": SEEN_BY[row.sensitivity],
        "timeline": [told(event) for event in happened_to(it.record, actor, day=as_at)[:LATEST]],
        "entries": it.record.head_sequence,
        "may": may,
        "verbs": verbs(it, may),
        "publish_page": publish_page(it),
        "items_page": address(it, "inspection-items"),
        **_grades(actor, whole, as_at),
        **_asks(actor, it, day, as_at),
        **_with(actor, row.answers_with_id),
    } | (_attached(request, it) if as_at is None else {"links": [], "shares": []})


def _grades(actor: Actor, whole: Whole, as_at: date | None) -> dict[str, Any]:
    """The grades of the report, each against the one before; on a past day alone."""
    here = {one.area: one for one in whole.grades}
    line = whole.row.line
    if as_at is not None or line.published_on is None or not here:
        return {"grades": [(one, GRADE_TONES.get(one.tone, ""), None) for one in whole.grades], "chart": None}
    every = grades_of(whole.row.organisation_id, actor=actor, inspectorate=line.inspectorate, until=line.published_on)
    mine = [area for area in every if area.newest.key == whole.row.pk]
    rows = [(area.newest, GRADE_TONES.get(area.newest.tone, ""), area.change) for area in mine]
    several = any(len(area.grades) > 1 for area in mine)
    chart = grades_chart(mine, key="grades", title="Grades of these areas over the years") if several else None
    return {"grades": rows, "chart": chart}


def _asks(actor: Actor, it: Inspection, day: date, as_at: date | None) -> dict[str, Any]:
    """What the report asks for, as it stands today; on a past day it is read in its own register."""
    if as_at is not None:
        return {"items": None}
    items = asked_by([it.pk], actor=actor, today=day).get(it.pk, ())
    return {"items": [(item, SORT_TONES.get(item.sort, "")) for item in items], "tally": rules.counted(items)}


def _with(actor: Actor, number: int | None) -> dict[str, Any]:
    """The other report whose response answers this one, where the reader may see it."""
    if number is None:
        return {"other": None}
    rows = Record.objects.filter(visible_records(actor), pk=number).select_related("organisation")
    other = rows.first()
    return {"other": (other.reference, other.title, address_of(other)) if other else None}


def _facts(whole: Whole) -> list[tuple[str, str]]:
    row, line = whole.row, whole.row.line
    days = (
        ("Notified", line.notified_on),
        ("Fieldwork from", line.fieldwork_on),
        ("Hot debrief", line.debrief_on),
        ("Report published", line.published_on),
        ("Response due", line.response_due),
        ("Response published", line.answered_on),
    )
    facts = [("Inspectorate", row.inspectorate), ("Kind", row.kind), ("Owner", row.owner or "no post")]
    facts += [(words, say_date(day)) for words, day in days if day]
    return facts


def _attached(request: Request, it: Inspection) -> dict[str, Any]:
    """What other records and files say of the inspection today."""
    actor, today = request.actor, request.today
    return {
        "links": links_of(it.record, actor=actor),
        "shares": shares_of(it.record),
        "actions": actions_of(it.record, actor=actor, today=today) if allowed(actor, ActionPermission.SEE) else None,
        "files": files_of(it.record, actor=actor) if allowed(actor, EvidencePermission.SEE) else None,
    }


def powers(actor: Actor, it: Inspection, whole: Whole) -> dict[str, bool]:
    """What the actor may do to the inspection as it stands; a closed one is opened again, restricted or shared."""
    line = whole.row.line
    keeps = allowed(actor, InspectionPermission.MANAGE, it.record)
    manage = keeps and line.closed_on is None
    clock = manage and bool(whole.steps) and not line.linked
    out = line.answered_on is not None
    asked = it.asked_id in actor.posts and allowed(actor, InspectionPermission.UPDATE)
    approve = whole.step("approve")
    return {
        "manage": manage,
        "publish_report": manage and line.published_on is None,
        "correct": manage and line.published_on is not None and not out,
        "grade": manage and line.published_on is not None and bool(whole.grades),
        "invite": clock and not out,
        "comments": (clock or (asked and bool(whole.steps))) and not out,
        "draft": clock and not out,
        "approve": clock and not out and allowed(actor, InspectionPermission.APPROVE, it.record),
        "publish": clock
        and not out
        and bool(approve and approve.done_on)
        and allowed(actor, PublicationPermission.PUBLISH, it.record),
        "elsewhere": clock and not out,
        "copy": clock and out,
        "move": clock,
        "link": manage and bool(whole.steps) and not out and not line.linked,
        "alone": manage and line.linked,
        "close": manage,
        "reopen": keeps and line.closed_on is not None,
        "restrict": allowed(actor, InspectionPermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }


def _doing(it: Inspection, which: str, may: dict[str, bool]) -> tuple[str, str] | None:
    """Where a step is done, for who may do it: (address, words)."""
    if which == rules.LAW:
        return (publish_page(it), "Look and publish") if may.get("publish") else None
    name, words = DOING[which]
    return (address(it, name), words) if may.get("copy" if which in rules.COPIES else which) else None


def publish_page(it: Inspection) -> str:
    """Where the response is looked at as the public will read it, and published."""
    return reverse("publish", args=[it.record.organisation.code, SOURCE, it.record.reference])


def _button(it: Inspection, whole: Whole, may: dict[str, bool]) -> tuple[str, str] | None:
    """The one thing to do next."""
    if may.get("publish_report"):
        return address(it, "inspection-report"), "Record that the report is out"
    following = whole.row.line.next_step
    return _doing(it, following, may) if following else None


def verbs(it: Inspection, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("manage", "inspection-change", "Change what it is, its days and areas"),
        ("correct", "inspection-correct", "Correct the day of publication"),
        ("grade", "inspection-grades", "Record its grades"),
        ("move", "inspection-move", "Move the day of a step"),
        ("elsewhere", "inspection-elsewhere", "Record a response published elsewhere"),
        ("link", "inspection-answer-with", "Answer it with another report’s response"),
        ("alone", "inspection-alone", "Answer it on its own again"),
        ("close", "inspection-close", "Close it"),
        ("reopen", "inspection-reopen", "Open it again"),
        ("restrict", "inspection-restrict", "Change who may see it"),
        ("share", "inspection-share", "Share it with another body"),
    )
    return [(address(it, name), words) for need, name, words in offered if may.get(need)]
