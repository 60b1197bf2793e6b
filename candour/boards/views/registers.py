"""The register of decisions with the page of each, and the log of actions across the meetings of all boards."""

from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.commands import NewDecision
from candour.boards.forms.registers import ActionFilters, DecisionFilters
from candour.boards.forms.sitting import DecisionForm, SupersedeForm
from candour.boards.models import BoardAction, Decision, Item
from candour.boards.papers.notice import published_as
from candour.boards.queries.acted import (
    action_row,
    ageing_counts,
    board_action_at,
    board_actions,
    in_order,
    lines_seen,
    owners_and_boards,
    with_state,
)
from candour.boards.queries.decided import boards_deciding, decision_at, decisions_in_order, decisions_seen
from candour.boards.queries.outcomes import answer_row
from candour.boards.queries.sat import sat
from candour.boards.rules.acting import AGES
from candour.boards.views.agenda import verb_of_item
from candour.boards.views.changing import change, opened
from candour.boards.views.frame import item_address, meeting_address
from candour.boards.views.minuting import present
from candour.kernel.access import allowed
from candour.kernel.actions.access import ActionPermission
from candour.kernel.people.queries import posts_of
from candour.kernel.records.pages import marking_of
from candour.kernel.records.queries import visible_records
from candour.kernel.web import charts
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, query_string

SIZE = 50
BOTH = ("GET", "POST")


@page(BoardPermission.SEE, kept=True)
def decisions(request: Request) -> HttpResponse:
    """What boards resolved, newest first."""
    form = DecisionFilters(request.GET, boards=boards_deciding(request.actor), today=request.today)
    rows = form.of(decisions_seen(request.actor))
    listed = Page.read(request.GET, count=rows.count(), size=SIZE)
    shown = decisions_in_order(rows, listed.start, listed.start + SIZE)
    closed = {row.item_id: row.item.record.sensitivity for row in shown if row.item is not None}
    public = published_as(shown)
    listed_rows = [(row, public.get(row.pk)) for row in shown]
    context = {
        "form": form,
        "filters": form,
        "rows": listed_rows,
        "page": listed,
        "marking": marking_of(closed.values()),
    }
    return render(request, "boards/decisions.html", context)


@page(BoardPermission.SEE)
def decision(request: Request, decision: int) -> HttpResponse:
    """One decision: what was resolved, why, what was considered, and what it carried out."""
    it = decision_found(request, decision)
    questions = it.questions.filter(visible_records(request.actor, "about__"), removed_on=None)
    questions = questions.select_related("about__organisation").order_by("about__reference", "act", "pk")
    item = it.item
    context = {
        "decision": it,
        "item": item,
        "carried": [answer_row(row) for row in questions],
        "item_at": item_address(item) if item else "",
        "meeting_at": meeting_address(item.meeting, "meeting-minutes") if item else "",
        "public": published_as([it]).get(it.pk),
        "may_change": _may_change(request, item),
        "marking": marking_of([item.record.sensitivity] if item else []),
    }
    return render(request, "boards/decision.html", context)


def decision_found(request: Request, number: int) -> Decision:
    """The decision at an address. Raises Http404 alike for one that is hidden and one that never was."""
    try:
        return decision_at(number, actor=request.actor)
    except Decision.DoesNotExist:
        raise Http404 from None


def _may_change(request: Request, item: Item | None) -> bool:
    return (
        item is not None
        and item.meeting.signed_on is None
        and allowed(request.actor, BoardPermission.RECORD, item.record)
    )


@page(BoardPermission.RECORD, methods=BOTH)
def change_decision(request: Request, decision: int) -> HttpResponse:
    """A decision in other words, until the minutes are signed."""
    it = decision_found(request, decision)
    item = it.item
    if item is None:
        raise Http404
    begun = opened(request, it, BoardPermission.RECORD)
    there = present(sat(item.meeting))
    names = {field.name for field in fields_of(NewDecision)} - {"mover", "seconder", "taken_by", "urgency"}
    start: dict[str, Any] = {name: getattr(it, name) for name in names}
    start |= {"mover": it.mover_id, "seconder": it.seconder_id, "taken_by": it.taken_by_id}
    start |= {"value": "" if it.value is None else f"{it.value:,.2f}".removesuffix(".00")}
    posts = posts_of(it.organisation_id, it.taken_by)
    form = DecisionForm(**begun, initial=start, posts=posts, there=there)
    saving = ("It reads so from now on.", "What it carried out in the registers stands as it is.")
    verb = verb_of_item(item, "Change the decision", "Save the decision", saving, "The decision is changed")
    verb = replace(verb, home=reverse("decision", args=[it.pk]))
    return change(
        request, it, verb, form, lambda _, said: commands.change_decision(it, form.decision(), **said) and None
    )


@page(ActionPermission.SEE, kept=True)
def action_log(request: Request) -> HttpResponse:
    """The actions of all boards across their meetings, with how old what is still to do has become."""
    actor, today = request.actor, request.today
    posts, boards = owners_and_boards(actor)
    form = ActionFilters(request.GET, boards=boards, posts=posts, mine=sorted(actor.posts), today=today)
    rows = form.of(with_state(lines_seen(actor), today))
    listed = Page.read(request.GET, count=rows.count(), size=SIZE)
    found = [action_row(row, today=today) for row in in_order(rows, listed.start, listed.start + SIZE, actor=actor)]
    counts = ageing_counts(rows, today, dict(posts))
    bars = [
        charts.Ageing(title, tuple((word, counted[age]) for age, word in AGES.items()))
        for (_, title), counted in counts.items()
    ]
    context = {
        "form": form,
        "filters": form,
        "rows": found,
        "page": listed,
        "any": bool(boards),
        "to_do": sum(sum(counted.values()) for counted in counts.values()),
        "chart": charts.ageing(
            bars, of="Post", key="board-actions", title="Actions still to do, by how far past their first date"
        )
        if bars
        else None,
        "ages": list(AGES.values()),
        "aged": [
            (title, [(counted[age], query_string(request.GET, owner=post, age=age, page=None)) for age in AGES])
            for (post, title), counted in counts.items()
        ],
        "replace": allowed(actor, BoardPermission.MINUTE),
        "marking": marking_of({row.item_reference: row.sensitivity for row in found}.values()),
    }
    return render(request, "boards/action_log.html", context)


@page(BoardPermission.MINUTE, methods=BOTH)
def replace_action(request: Request, action: int) -> HttpResponse:
    """Another action takes the place of one."""
    try:
        it = board_action_at(action, actor=request.actor)
    except BoardAction.DoesNotExist:
        raise Http404 from None
    item = it.item
    begun = opened(request, item.record, BoardPermission.MINUTE)
    others = board_actions(request.actor).filter(
        item__meeting__board=item.meeting.board_id,
        item__closed=item.closed,
        action__done_on=None,
        action__removed_on=None,
    )
    found = {row.pk: row for row in others.exclude(pk=it.pk).order_by("-action__due", "-pk")[:200]}
    form = SupersedeForm(**begun, actions=[(pk, f"{row.number} {row.action.text[:80]}") for pk, row in found.items()])
    saving = (
        "It is to do no more, and says which action took its place.",
        "The other is followed through later meetings.",
    )
    verb = verb_of_item(item, f"Replace {it.number}", "Replace it", saving, f"{it.number} is replaced")
    verb = replace(verb, home=f"{reverse('board-actions')}?board={item.meeting.board_id}")

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.supersede_action(it, by=found[int(given["by"])], **said)

    return change(request, item.record, verb, form, do)
