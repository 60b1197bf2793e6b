"""The force management statement: its list, one item with its progress, and the changes of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.inspections import commands, rules
from candour.inspections.access import InspectionPermission
from candour.inspections.forms import (
    ChangeItemForm,
    EndItemForm,
    EnterItemForm,
    ProgressForm,
    RestrictForm,
    StatementFilters,
)
from candour.inspections.models import StatementItem
from candour.inspections.queries import happened_to
from candour.inspections.queries.statement import (
    VIEWS,
    StatedRow,
    statement_in_full,
    statement_on,
    statement_page,
    years,
)
from candour.inspections.rules.statement import SAID
from candour.inspections.views.frame import SEEN_BY, STATED_TONES, address, change, found_item, opened, verb_of
from candour.inspections.views.listing import tabs
from candour.inspections.views.words import told
from candour.kernel.access import allowed
from candour.kernel.calendar import financial_year
from candour.kernel.history.access import HistoryPermission
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.changing import by
from candour.kernel.records.forms import ShareForm, as_choices, post_named
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import Record
from candour.kernel.records.pages import carried_out, marking_of
from candour.kernel.records.queries import bodies, links_of, shares_of
from candour.kernel.records.sharing import WithWhom
from candour.kernel.web.asat import Choice, as_at_of, kept_with_day
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page, page_number, query_string

BOTH = ("GET", "POST")
MANAGE, SIZE, LATEST = InspectionPermission.MANAGE, 50, 6


@page(InspectionPermission.SEE)
def statement(request: Request) -> HttpResponse:
    """The items of the statements, overdue ones first."""
    held = years(request.actor)
    filters = StatementFilters(request.GET, years=held, today=request.today)
    context: dict[str, Any] = {
        "filters": filters,
        "problems": filters.problems,
        "has_errors": bool(filters.errors),
        "may_manage": allowed(request.actor, MANAGE),
        "places": tabs("statement"),
    }
    if filters.is_valid():
        view = request.GET.get("view", "")
        view = view if view in VIEWS else "open"
        given, first = filters.cleaned_data, (page_number(request.GET) - 1) * SIZE
        rows, counts = statement_page(
            request.actor, year=given["year"], view=view, words=given["q"], today=request.today, offset=first, size=SIZE
        )
        context |= {
            "rows": [(row, address_of_row(row), STATED_TONES[row.state]) for row in rows],
            "page": Page.read(request.GET, count=counts[view], size=SIZE),
            "views": [
                Choice(label, query_string(request.GET, view=name, page=None), name == view, counts[name])
                for name, label in VIEWS.items()
                if counts[name] or name in ("open", view)
            ],
            "view": view,
            "marking": marking_of(row.sensitivity for row in rows),
        }
    return render(request, "inspections/statement.html", context)


def address_of_row(row: StatedRow) -> str:
    return kind_named("statement-item").address(row.organisation_code, row.reference)


@page(InspectionPermission.SEE, kept=True)
def statement_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What is asked, its progress, newest first, and its history; live or as it stood."""
    it, as_at = found_item(request, organisation, reference), as_at_of(request)
    actor, day = request.actor, as_at.day or request.today
    if as_at.day:
        stood = statement_on(actor, Record.objects.filter(pk=it.pk), as_at=day)
        row = stood[0] if stood else None
    else:
        row = statement_in_full(it, today=day)
    context: dict[str, Any] = {
        "it": it,
        "row": row,
        "as_at": as_at,
        "day": day,
        "keep": kept_with_day(request),
        "back": query_string(request.GET, as_at=None),
        "problems": as_at.problems,
        "has_errors": bool(as_at.problem),
        "marking": marking_of([it.record.sensitivity]),
    }
    if row is not None:
        may = powers(request, it) if as_at.day is None else {}
        context |= {
            "tone": STATED_TONES[row.state],
            "state_means": rules.STATED_WORDS[row.state],
            "progress": [(one, SAID[one["said"]]) for one in reversed(row.progress)],
            "seen_by": SEEN_BY[row.sensitivity],
            "timeline": [told(event) for event in happened_to(it.record, actor, day=as_at.day)[:LATEST]],
            "entries": it.record.head_sequence,
            "may": may,
            "verbs": verbs(it, may),
            "links": links_of(it.record, actor=actor) if as_at.day is None else [],
            "shares": shares_of(it.record) if as_at.day is None else [],
        }
    return render(request, "inspections/statement_item.html", context)


def powers(request: Request, it: StatementItem) -> dict[str, bool]:
    """What the reader may do to an item as it stands."""
    actor, open_now = request.actor, it.record.closed_on is None
    manage = allowed(actor, MANAGE, it.record) and open_now
    own = it.record.owner_id in actor.posts and allowed(actor, InspectionPermission.UPDATE)
    return {
        "manage": manage,
        "report": open_now and (manage or own),
        "restrict": allowed(actor, InspectionPermission.RESTRICT, it.record),
        "share": allowed(actor, RecordPermission.SHARE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
    }


def verbs(it: StatementItem, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The smaller changes, as (address, words)."""
    offered = (
        ("manage", "statement-change", "Change what is asked"),
        ("manage", "statement-end", "Record that it is done or dropped"),
        ("restrict", "statement-restrict", "Change who may see it"),
        ("share", "statement-share", "Share it with another body"),
    )
    return [(address(it, name), words) for need, name, words in offered if may.get(need)]


@page(MANAGE, methods=BOTH)
def enter_item(request: Request) -> HttpResponse:
    """A new item of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    posts = posts_of(body.pk)
    form = EnterItemForm(
        request.POST if request.method == "POST" else None,
        initial={"sensitivity": "office", "year": financial_year(request.today)},
        posts=as_choices(posts),
        today=request.today,
    )
    made: list[StatementItem] = []

    def act() -> None:
        given = form.cleaned_data
        named = {n: given[n] for n in ("year", "section", "title", "asked", "due", "reference", "sensitivity")}
        owner = post_named(posts, given["owner"])
        made.append(commands.enter_statement_item(organisation=body, owner=owner, **named, **by(request, form)))

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, f"{made[0].record.reference} is entered")
        return redirect(address(made[0]))
    switch = [Choice(each.short_name, query_string(request.GET, body=each.code), each == body) for each in may]
    context = {"form": form, "body": body, "switch": switch if len(may) > 1 else []}
    return render(request, "inspections/enter_item.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=BOTH)
def change_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_item(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    start = {"title": it.record.title, "owner": it.record.owner_id, "section": it.section, "asked": it.asked}
    form = ChangeItemForm(**opened(request, it, MANAGE), initial=start | {"due": it.due}, posts=as_choices(posts))
    verb = verb_of(
        it, "Change what is asked", "Save the changes", ("What stood before stays in the history.",),
        "{reference} is changed",
    )  # fmt: skip

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        facts = {name: given[name] for name in ("title", "section", "asked", "due")}
        commands.change_statement_item(it, owner=post_named(posts, given["owner"]), **facts, **said)

    return change(request, it, verb, form, do)


@page(InspectionPermission.UPDATE, methods=BOTH)
def progress(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The owner says what moved; who keeps the statement writes it down for anybody."""
    it = found_item(request, organisation, reference)
    own = it.record.owner_id in request.actor.posts
    form = ProgressForm(**opened(request, it, InspectionPermission.UPDATE, anywhere=own))
    verb = verb_of(
        it,
        "Report progress",
        "Save the report",
        ("It stands on the page of the item and in the board’s paper, with your post and today’s date.",),
        "The progress of {reference} is saved",
    )
    return change(
        request, it, verb, form, lambda g, said: commands.report_progress(it, said=g["said"], text=g["text"], **said)
    )


@page(MANAGE, methods=BOTH)
def end_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_item(request, organisation, reference)
    form = EndItemForm(**opened(request, it, MANAGE))
    verb = verb_of(
        it, "Record that it is done or dropped", "Record how it ended", ("It leaves the open items. Its progress stays.",),
        "{reference} is over",
    )  # fmt: skip
    return change(request, it, verb, form, lambda g, said: commands.end_statement_item(it, left=g["left"], **said))


@page(InspectionPermission.RESTRICT, methods=BOTH)
def restrict_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_item(request, organisation, reference)
    begun = opened(request, it, InspectionPermission.RESTRICT)
    form = RestrictForm(**begun, initial={"sensitivity": it.record.sensitivity})
    verb = verb_of(
        it, "Change who may see it", "Save who may see it",
        ("It holds at once, for every list, count, search and paper.",), "Who may see {reference} is changed",
    )  # fmt: skip
    return change(
        request,
        it,
        verb,
        form,
        lambda g, said: commands.restrict_statement_item(it, sensitivity=g["sensitivity"], **said),
    )


@page(RecordPermission.SHARE, methods=BOTH)
def share_item(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The statement is the force's; the office that holds it to account reads it where it is shared."""
    it = found_item(request, organisation, reference)
    begun = opened(request, it, RecordPermission.SHARE)
    offered = WithWhom.of(it.record)
    form = ShareForm(**begun, answers=offered.answers)
    verb = verb_of(
        it, "Share it with another body", "Save who sees it",
        ("The item stands on the list of the other body too. It changes nothing there.",),
        "Sharing of {reference} is changed",
    )  # fmt: skip
    return change(request, it, verb, form, lambda given, said: offered.carry_out(given["answer"], **said))
