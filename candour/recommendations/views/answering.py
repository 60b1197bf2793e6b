"""The pages behind an e-mailed link: what is asked of the post, one recommendation a page. Nobody signs in.

Whoever comes acts as the post, confined to what the cycle asks of it. Nothing here is kept by a browser or a proxy, and
pages lead to no other site: an address that opens something must not travel.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.kernel.calendar import say_date
from candour.kernel.rules import Refused
from candour.kernel.web.context import OFFICIAL, sensitive
from candour.kernel.web.page import ANYONE, Request, page
from candour.recommendations import commands, rules
from candour.recommendations.forms.cycles import AnswerForm
from candour.recommendations.models import AnswerLink, Update
from candour.recommendations.queries.cycles import AskRow, asks_of
from candour.recommendations.queries.links import Opened, opened

SHUT = {
    "revoked": "The audit liaison has stopped this link, perhaps because the post changed hands.",
    "expired": "The time in which it opened is over.",
    "closed": "The cycle is closed, and its answers have gone to the panel.",
    "unknown": "It may have been cut in two by the mail: copy the whole of it, to the end of its last line.",
}
View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Let in whoever comes with a link that opens; tell the others in plain words how to get another."""

    @wraps(view)
    def open_it(request: Request, token: str, **more: int) -> HttpResponse:
        try:
            held = opened(token, today=request.today)
        except AnswerLink.DoesNotExist:
            response = _shut(request, "unknown", 404)
        else:
            response = _shut(request, held.shut, 410) if held.shut else view(request, held, token, **more)
        response.headers["Cache-Control"] = "no-store, private, no-cache"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return open_it


def _shut(request: Request, why: str, status: int) -> HttpResponse:
    return render(
        request, "recommendations/link_shut.html", {"why": SHUT[why], "closed": why == "closed"}, status=status
    )


@page(ANYONE)
@by_link
def answer_list(request: Request, held: Opened, token: str) -> HttpResponse:
    """What is asked of the post, and what of it is answered."""
    rows = _rows(request, held)
    owed = [row for row in rows if row.owes]
    context = {
        "link": held.link,
        "cycle": held.link.cycle,
        "rows": [(row, reverse("answer-one", args=[token, row.ask.pk]) if _open(row) else "") for row in rows],
        "owed": len(owed),
        "due": min((row.ask.due for row in owed), default=None),
        "marking": _marking(rows),
    }
    return render(request, "recommendations/link.html", context)


@page(ANYONE, methods=("GET", "POST"))
@by_link
def answer_one(request: Request, held: Opened, token: str, ask: int) -> HttpResponse:
    """The four questions on one recommendation: sent, or kept as a draft."""
    rows = _rows(request, held)
    row = next((each for each in rows if each.ask.pk == ask), None)
    if row is None:
        raise Http404
    home = reverse("answer", args=[token])
    if not _open(row):
        messages.info(request, f"Nothing more is asked on {row.reference}")
        return redirect(home)
    last = _last(row)
    form = _form(request, row, last)
    context: dict[str, Any] = {"failed": ()}
    if request.method == "POST":
        try:
            if "later" in request.POST:
                return _kept(request, held, row, home)
            if form.is_valid() and not form.conflict:
                context["failed"] = _sent(request, held, row, form, last)
                if not context["failed"]:
                    return _thanked(request, rows, row, home)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        if form.conflict:
            form.rewrite({"seen": str(row.ask.recommendation.record.head_sequence)})
            context["conflict"] = True
    it = row.ask.recommendation
    context |= {"link": held.link, "cycle": held.link.cycle, "row": row, "it": it, "form": form, "home": home}
    context |= {"last": last, "line": it.record.recommendation_line, "marking": _marking([row])}
    context |= {"place": rows.index(row) + 1, "total": len(rows)}
    return render(request, "recommendations/link_one.html", context, status=422 if form.errors else 200)


def _rows(request: Request, held: Opened) -> list[AskRow]:
    return asks_of(held.link.cycle, actor=held.actor, today=request.today, posts=[held.link.post_id])


def _open(row: AskRow) -> bool:
    """Whether an answer can still be given, or given anew: until a closure waits for the panel, or it ended."""
    line = row.ask.recommendation.record.recommendation_line
    return line.closed_on is None and line.proposed_on is None


def _last(row: AskRow) -> Update | None:
    return Update.objects.filter(recommendation=row.ask.recommendation).order_by("-dated", "-pk").first()


def _form(request: Request, row: AskRow, last: Update | None) -> AnswerForm:
    """The four questions, begun with the draft, else with what stood last time."""
    it, today = row.ask.recommendation, request.today
    line = it.record.recommendation_line
    now = f"it is on course for {say_date(line.due)}" if line.due and line.due >= today else "not yet"
    start = {"closure": "no"}
    start |= {name: getattr(last, name) for name in ("achieved", "left", "barriers")} if last else {}
    start |= {name: words for name, words in row.ask.draft.answers.items() if words} if row.begun else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    seen = it.record.head_sequence
    return AnswerForm(*sent, initial=start, now=now, may_propose=bool(it.response), today=today, seen=seen)


def _kept(request: Request, held: Opened, row: AskRow, home: str) -> HttpResponse:
    """Save and come back: whatever is there, finished or not, file too."""
    by: dict[str, Any] = {"actor": held.actor, "at": request.now}
    file: Any = request.FILES.get("file")
    if file:
        commands.add_evidence(row.ask, name=str(file.name), content=file.file, **by)
    commands.save_draft(row.ask, answers={name: str(words) for name, words in request.POST.items()}, **by)
    messages.success(request, f"Your answers on {row.reference} are kept. They are not sent yet")
    return redirect(home)


def _sent(
    request: Request, held: Opened, row: AskRow, form: AnswerForm, last: Update | None
) -> tuple[rules.Check, ...]:
    """Send the answers. What the liaison would send back is said first, once: "send it as it is" sends it all the same."""
    given = form.cleaned_data
    by: dict[str, Any] = {"actor": held.actor, "at": request.now}
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


def _thanked(request: Request, rows: list[AskRow], row: AskRow, home: str) -> HttpResponse:
    left = sum(each.owes for each in rows if each.ask.pk != row.ask.pk)
    more = f". {left} still {'waits' if left == 1 else 'wait'} for your answer" if left else ". That was the last one"
    messages.success(request, f"Your answer on {row.reference} is sent{more}")
    return redirect(home)


def _marking(rows: list[AskRow]) -> Any:
    return sensitive("For your post alone.") if any(row.restricted for row in rows) else OFFICIAL
