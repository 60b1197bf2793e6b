"""The four questions on what is asked of a post, whichever way its holder comes: by an e-mailed link, or signed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from candour.kernel.access import Actor, allowed
from candour.kernel.calendar import say_date
from candour.kernel.rules import Refused
from candour.kernel.web.context import OFFICIAL, sensitive
from candour.kernel.web.forms import tell_refused
from candour.kernel.web.page import Request
from candour.recommendations import commands, rules
from candour.recommendations.access import RecommendationPermission
from candour.recommendations.forms.cycles import AnswerForm
from candour.recommendations.models import Assignment, Recommendation, Update
from candour.recommendations.queries.asked import last_said
from candour.recommendations.queries.cycles import AskRow
from candour.recommendations.queries.one import owners_of
from candour.recommendations.views.frame import address


@dataclass(frozen=True)
class Door:
    """Who answers, what is asked of them, the page that lists it, and the address of each.

    moves: whether a new date can be asked for from here, which needs somebody signed in.
    """

    actor: Actor
    rows: Sequence[AskRow]
    home: str
    place: Callable[[int], str]
    moves: bool = False


def answered(request: Request, door: Door, ask: int) -> HttpResponse:
    """The page of one: shown, kept as a draft, or sent. Http404 for what is not asked of who comes."""
    row = next((each for each in door.rows if each.ask.pk == ask), None)
    if row is None:
        raise Http404
    if not still_open(row):
        messages.info(request, f"Nothing more is asked on {row.reference}")
        return redirect(door.home)
    last = last_said(row.ask.recommendation, row.ask.post_id)
    form = _form(request, row, last, moves=door.moves)
    context: dict[str, Any] = {"failed": ()}
    if request.method == "POST":
        try:
            if "later" in request.POST:
                return _kept(request, door, row)
            if form.is_valid() and not form.conflict:
                context["failed"] = _sent(request, door, row, form, last)
                if not context["failed"]:
                    return _thanked(request, door, row, form)
        except Refused as refused:
            tell_refused(form, refused)
        if form.conflict:
            form.rewrite({"seen": str(row.ask.recommendation.record.head_sequence)})
            context["conflict"] = True
    it = row.ask.recommendation
    # Of one cycle: who answers signed in may be asked by several bodies.
    asked = [each for each in door.rows if each.ask.cycle_id == row.ask.cycle_id]
    context |= {"cycle": row.ask.cycle, "row": row, "it": it, "form": form, "home": door.home, "last": last}
    context |= {"line": it.record.recommendation_line, "marking": marking([row])}
    context |= {"place": asked.index(row) + 1, "total": len(asked), "page_of_it": address(it) if door.moves else ""}
    return render(request, "recommendations/link_one.html", context, status=422 if form.errors else 200)


def still_open(row: AskRow) -> bool:
    """Whether an answer can still be given, or given anew: until a closure waits for the panel, or it ended."""
    line = row.ask.recommendation.record.recommendation_line
    return line.closed_on is None and line.proposed_on is None


def new_date(request: Request, it: Recommendation, part: Assignment) -> str:
    """Where an owner's date is moved: who grants dates sets it, and so is a first one; an owner asks for it."""
    grants = allowed(request.actor, RecommendationPermission.GRANT, it.record) or not part.targets.exists()
    return address(it, "recommendation-slip" if grants else "recommendation-ask-date", assignment=part.pk)


def _form(request: Request, row: AskRow, last: Update | None, *, moves: bool) -> AnswerForm:
    """The four questions, begun with the draft, else with what stood last time."""
    it, today = row.ask.recommendation, request.today
    line = it.record.recommendation_line
    now = f"it is on course for {say_date(line.due)}" if line.due and line.due >= today else "not yet"
    start = {"closure": "no"}
    start |= {name: getattr(last, name) for name in ("achieved", "left", "barriers")} if last else {}
    start |= {name: words for name, words in row.ask.draft.answers.items() if words} if row.begun else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    more: dict[str, Any] = {"may_propose": bool(it.response), "moves": moves, "seen": it.record.head_sequence}
    return AnswerForm(*sent, initial=start, now=now, today=today, **more)


def _kept(request: Request, door: Door, row: AskRow) -> HttpResponse:
    """Save and come back: whatever is there, finished or not, file too."""
    by: dict[str, Any] = {"actor": door.actor, "at": request.now}
    file: Any = request.FILES.get("file")
    if file:
        commands.add_evidence(row.ask, name=str(file.name), content=file.file, **by)
    commands.save_draft(row.ask, answers={name: str(words) for name, words in request.POST.items()}, **by)
    messages.success(request, f"Your answers on {row.reference} are kept. They are not sent yet")
    return redirect(door.home)


def _sent(request: Request, door: Door, row: AskRow, form: AnswerForm, last: Update | None) -> tuple[rules.Check, ...]:
    """Send the answers. What the liaison would send back is said first, once: "send it as it is" sends it all the same."""
    given = form.cleaned_data
    by: dict[str, Any] = {"actor": door.actor, "at": request.now}
    file = given.get("file")
    if file:
        commands.add_evidence(row.ask, name=file.name, content=file.file, **by)
        form.rewrite({"seen": str(row.ask.recommendation.record.head_sequence)})
    answers = {name: given.get(name) or "" for name in ("achieved", "left", "barriers", "closure", "evidence")}
    before = None if last is None else rules.Answers(last.achieved or last.text, last.left, last.barriers)
    said = rules.Answers(
        answers["achieved"], answers["left"], answers["barriers"], answers["closure"] == "yes", answers["evidence"]
    )
    files = row.ask.recommendation.record.files.filter(removed_on=None).count()
    failed = tuple(check for check in rules.checks(said, before=before, files=files) if not check.passed)
    if failed and "sure" not in request.POST:
        return failed
    commands.answer(row.ask, answers=answers, **by)
    return ()


def _thanked(request: Request, door: Door, row: AskRow, form: AnswerForm) -> HttpResponse:
    """Say what still waits, and lead on to the next of it, or to the list; or to the new date, where one is wanted."""
    here = next(place for place, each in enumerate(door.rows) if each.ask.pk == row.ask.pk)
    waiting = [each for each in (*door.rows[here + 1 :], *door.rows[:here]) if each.owes]
    left = len(waiting)
    more = f". {left} still {'waits' if left == 1 else 'wait'} for your answer" if left else ". That was the last one"
    messages.success(request, f"Your answer on {row.reference} is sent{more}")
    if form.cleaned_data["closure"] == "move":
        parts = owners_of(row.ask.recommendation)
        if part := next((part for part in parts if part.owner_id == row.ask.post_id), None):
            return redirect(new_date(request, row.ask.recommendation, part))
    return redirect(door.place(waiting[0].ask.pk) if waiting else door.home)


def marking(rows: Sequence[AskRow]) -> Any:
    """How a page of what is asked of a post is marked."""
    return sensitive("For your post alone.") if any(row.restricted for row in rows) else OFFICIAL
