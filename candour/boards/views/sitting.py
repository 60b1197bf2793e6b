"""Pages of the meeting itself: who was there, opened and closed, its minutes, signed by a later meeting."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.boards import commands
from candour.boards.access import BoardPermission
from candour.boards.commands.sitting import LONDON
from candour.boards.forms.sitting import AttendanceForm, CloseForm, OpenForm, SignForm
from candour.boards.models import Meeting
from candour.boards.queries.acted import BY_DATE, action_row, actions_at, carried_to, in_order
from candour.boards.queries.outcomes import later_meetings, outcomes_of
from candour.boards.queries.sat import Sat, counted, sat
from candour.boards.rules.words import THERE
from candour.boards.views.agenda import verb_of
from candour.boards.views.changing import change, opened
from candour.boards.views.frame import meeting_address, meeting_found
from candour.boards.views.meeting import frame
from candour.kernel.access import allowed
from candour.kernel.calendar import say_date
from candour.kernel.people.models import Post
from candour.kernel.people.queries import posts_of
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.pages import marking_of
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page
from candour.kernel.web.tables import Page

SIZE = 50
BOTH = ("GET", "POST")
MAY = BoardPermission.MINUTE


@page(BoardPermission.SEE)
def attendance(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Who was there, and whether that is a quorum."""
    it = meeting_found(request, organisation, reference)
    rows = sat(it)
    context = frame(request, it) | {
        "here": "attendance",
        "rows": rows,
        "quorum": counted(rows, it.board.quorum),
        "taken": any(row.presence for row in rows),
        "marking": marking_of([it.record.sensitivity]),
    }
    return render(request, "boards/attendance.html", context)


@page(MAY, methods=BOTH)
def take_attendance(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = meeting_found(request, organisation, reference)
    begun = opened(request, it.record, MAY)
    rows = sat(it)
    form = AttendanceForm(**begun, posts=posts_at(it, rows), rows=rows)
    saving = (
        "A substitute counts in the place of the member; who is in attendance or was invited does not count.",
        f"{it.board.quorum} must be there. Without a quorum you are warned; what is resolved then may not stand.",
        "It may be changed until the minutes are signed.",
    )
    verb = verb_of(
        it,
        "Take the attendance",
        "Save the attendance",
        saving,
        "The attendance is saved",
        template="boards/attendance_take.html",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        commands.take_attendance(it, form.taken(), **said)
        return meeting_address(it, "meeting-attendance")

    return change(request, it.record, verb, form, do)


@page(MAY, methods=BOTH)
def open_meeting(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = meeting_found(request, organisation, reference)
    form = OpenForm(**opened(request, it.record, MAY), initial={"started": f"{it.starts_at:%H:%M}"})
    saving = ("The agenda stands from then on.", "Attendance, minutes, decisions and actions can be entered.")
    verb = verb_of(it, "Open the meeting", "Open it", saving, "The meeting is open")

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        commands.open_meeting(it, started=given["started"], **said)
        return meeting_address(it, "meeting-minutes")

    return change(request, it.record, verb, form, do)


@page(MAY, methods=BOTH)
def close_meeting(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The meeting ends; what is not minuted or answered yet is said first."""
    it = meeting_found(request, organisation, reference)
    begun = opened(request, it.record, MAY)
    rows = outcomes_of(it, actor=request.actor, today=request.today)
    form = CloseForm(
        **begun, initial={"finished": f"{request.now.astimezone(LONDON):%H:%M}"} if it.held_on == request.today else {}
    )
    saving = (
        "Its minutes are in draft, and are written until a later meeting signs them.",
        "What was not reached is offered to the next meeting.",
    )
    verb = verb_of(it, "Close the meeting", "Close it", saving, "The meeting is closed", template="boards/close.html")
    verb.more.update(bare=[row for row in rows if not row.minuted], waiting=[row for row in rows if row.waiting])

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        commands.close_meeting(it, finished=given["finished"], **said)
        return meeting_address(it, "meeting-minutes")

    return change(request, it.record, verb, form, do)


@page(BoardPermission.SEE)
def minutes(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The minutes of every item, as far as they are written."""
    it = meeting_found(request, organisation, reference)
    rows = outcomes_of(it, actor=request.actor, today=request.today)
    posts = sat(it)
    context = frame(request, it)
    context |= {
        "here": "minutes",
        "open_part": [row for row in rows if not row.item.closed],
        "closed_part": [row for row in rows if row.item.closed],
        "rows": posts,
        "quorum": counted(posts, it.board.quorum),
        "bare": [row for row in rows if not row.minuted],
        "to_sign": context["may"]["minute"] and it.closed_at and not it.signed_on and _sees_all(request, it),
        "marking": marking_of(row.item.record.sensitivity for row in rows),
    }
    return render(request, "boards/minutes.html", context)


@page(BoardPermission.SEE)
def actions(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What the meeting set, and what earlier meetings had set that was still to do."""
    it = meeting_found(request, organisation, reference)
    here, carried = actions_at(it, actor=request.actor, today=request.today), carried_to(it, actor=request.actor)
    listed = Page.read(request.GET, count=carried.count(), size=SIZE)
    shown = in_order(carried, listed.start, listed.start + SIZE, actor=request.actor, by=BY_DATE)
    earlier = [action_row(row, today=request.today) for row in shown]
    context = frame(request, it) | {
        "here": "actions",
        "set_here": here,
        "earlier": earlier,
        "listed": listed,
        "marking": marking_of({row.item_reference: row.sensitivity for row in (*here, *earlier)}.values()),
    }
    return render(request, "boards/meeting_actions.html", context)


@page(MAY, methods=BOTH)
def sign(request: Request, organisation: str, reference: str) -> HttpResponse:
    """A later meeting agreed the minutes."""
    it = meeting_found(request, organisation, reference)
    begun = opened(request, it.record, MAY)
    later = {row.pk: row for row in later_meetings(it, actor=request.actor)}
    was_there = there_at(next(iter(later.values()))) if later else []
    posts = posts_of(it.record.organisation_id, *was_there)
    rows = outcomes_of(it, actor=request.actor, today=request.today)
    form = SignForm(
        **begun, meetings=[(pk, say_date(row.held_on)) for pk, row in later.items()],
        posts=[(post.pk, post.title) for post in posts],
        initial={"agreed_at": next(iter(later), "")},
    )  # fmt: skip
    saving = (
        "The minutes stand. Nothing in them is written anew.",
        "What a later meeting finds wrong is entered as a correction, and stands beside them.",
    )
    verb = verb_of(
        it, "Sign the minutes off", "Sign them off", saving, "The minutes are signed", template="boards/sign.html"
    )
    verb.more.update(
        bare=[row for row in rows if not row.minuted], later=list(later.values()), is_open=it.closed_at is None
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        by = next((post for post in posts if str(post.pk) == given["by"]), None)
        if by is None:
            raise Refused("by", "Choose the post that signed them")
        commands.sign_off(it, agreed_at=later[int(given["agreed_at"])], by=by, **said)
        return meeting_address(it, "meeting-minutes")

    return change(request, it.record, verb, form, do)


def posts_at(it: Meeting, rows: list[Sat]) -> list[Post]:
    """The posts of every body that sits at a meeting, by title, and those that sit there already. One query."""
    named = [post for row in rows for post in (row.post, row.substitute, row.by) if post is not None]
    bodies = {it.board.organisation_id, *(post.organisation_id for post in named)}
    found = {post.pk: post for post in Post.objects.filter(organisation__in=bodies, ended=None)}
    return sorted((found | {post.pk: post for post in named}).values(), key=lambda post: (post.title, post.pk))


def there_at(meeting: Meeting) -> list[Post]:
    """The posts that were at a meeting, in their own right or in another's place. Two queries."""
    found = [row.by or row.post for row in sat(meeting) if row.presence in THERE]
    return sorted(found, key=lambda post: post.title)


def _sees_all(request: Request, it: Meeting) -> bool:
    return allowed(request.actor, RecordPermission.SEE_RESTRICTED, it.record)
