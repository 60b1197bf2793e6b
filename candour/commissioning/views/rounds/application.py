"""The page of one application, and those on which it is entered, judged, let in and withdrawn."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.commands import rounds as commands
from candour.commissioning.commands.rounds import NewApplication
from candour.commissioning.commands.rounds.base import running
from candour.commissioning.forms.rounds import ApplicationForm, FileForm, JudgeForm, PlainForm, WithdrawForm
from candour.commissioning.models import Application, Moderation, Question
from candour.commissioning.queries.rounds import (
    criteria_of,
    marks_of,
    my_scoring,
    papers_of,
    questions_of,
    scheme_of,
    scores_open,
)
from candour.commissioning.queries.rounds.scoring import Marked
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.frame import (
    OUTCOME_TONES,
    address,
    change,
    found_application,
    found_round,
    marking,
    opened,
    verb,
)
from candour.commissioning.views.rounds.words import told
from candour.kernel.access import allowed, require
from candour.kernel.history.access import HistoryPermission
from candour.kernel.records.happened import latest_events
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE = May.MANAGE


@page(May.APPLICATIONS)
def application(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What it says, what stands in its way, and its scores once they may be read. At most twelve queries."""
    it = found_application(request, organisation, reference)
    require(request.actor, May.APPLICATIONS, it.record)
    actor = request.actor
    opens = scores_open(actor, it)
    criteria = criteria_of(it.round)
    marked = marks_of(it) if opens else []
    agreed = list(Moderation.objects.filter(application=it).select_related("criterion")) if opens else []
    may = {
        "manage": allowed(actor, MANAGE, it.record),
        "decide": allowed(actor, May.DECIDE, it.record),
        "history": allowed(actor, HistoryPermission.SEE),
        "score": my_scoring(actor, it) is not None if allowed(actor, May.SCORE, it.record) else False,
    }
    context = {
        "application": it,
        "asked": of_agreements.pounds(it.asked),
        "award": of_agreements.pounds(it.award) if it.award is not None and it.round.decided_on else "",
        "outcome": rules.OUTCOMES.get(it.outcome, "") if it.round.decided_on else "",
        "outcome_tone": OUTCOME_TONES.get(it.outcome, "line"),
        "late": rules.late(it.received_on, it.round.closes),
        "running": running(it),
        "papers": papers_of(it),
        "scores_open": opens,
        "scores": _scores(it, criteria, marked, agreed),
        "scorers": [(one.post, one.sent_on, one.removed) for one in marked],
        "total": _total(it, criteria, marked, agreed),
        "appeals": [
            (each, of_agreements.pounds(each.after) if each.after is not None else "")
            for each in it.appeals.order_by("pk")
        ],
        "may": may,
        "verbs": _verbs(it, may),
        "timeline": [told(event) for event in latest_events(it.record, actor, day=None, size=8)]
        if may["history"]
        else [],
        "marking": marking(it),
    }
    return render(request, "commissioning/rounds/application.html", context)


def _candidate(it: Application, marked: list[Marked], agreed: list[Moderation]) -> rules.Candidate:
    marks: dict[int, list[int]] = {}
    for one in marked:
        for criterion, (value, _) in one.scores.items():
            if value is not None:
                marks.setdefault(criterion, []).append(value)
    return rules.Candidate(it.pk, it.asked, marks, {each.criterion_id: each.value for each in agreed}, it.tie)


def _total(it: Application, criteria: list[Any], marked: list[Marked], agreed: list[Moderation]) -> str:
    found = rules.total(_candidate(it, marked, agreed), scheme_of(it.round, criteria)) if marked else None
    return "" if found is None else rules.said(found)


def _scores(
    it: Application, criteria: list[Any], marked: list[Marked], agreed: list[Moderation]
) -> list[dict[str, Any]]:
    """By criterion every mark with its reason, the mark that was agreed, and the mark that counts."""
    scheme = scheme_of(it.round, criteria)
    candidate = _candidate(it, marked, agreed)
    finals, moderated = rules.finals(candidate, scheme), {each.criterion_id: each for each in agreed}
    return [
        {
            "criterion": one,
            "marks": [(each.post, *each.scores.get(one.pk, (None, ""))) for each in marked if not each.removed],
            "moderation": moderated.get(one.pk),
            "final": "" if (mark := finals[one.pk]) is None else rules.said(mark),
            "apart": rules.apart(candidate.marks.get(one.pk, ())) > scheme.tolerance,
        }
        for one in criteria
        if marked
    ]


def _verbs(it: Application, may: dict[str, bool]) -> list[tuple[str, str]]:
    """The changes that can be made now, as (address, words)."""
    early, late = it.round.scoring_on is None, rules.late(it.received_on, it.round.closes)
    decided, standing = it.round.decided_on is not None, it.withdrawn_on is None
    offered = (
        (may["manage"] and early and standing, "application-judge", "Say whether it is eligible"),
        (
            may["decide"] and early and late and it.let_in_on is None and standing,
            "application-let-in",
            "Let it in although late",
        ),
        (may["manage"] and early, "application-file", "Attach a file"),
        (
            may["manage"] and it.round.scoring_on and not it.round.ranked_on and running(it),
            "application-give",
            "Give it to one more scorer",
        ),
        (may["manage"] and not it.round.ranked_on and standing, "application-withdraw", "Record that it is withdrawn"),
        (
            may["manage"] and it.award and not it.round.announced_on,
            "application-conditions",
            "Set conditions of this award",
        ),
        (may["manage"] and decided, "application-appeal", "Record an appeal or a mistake"),
        (
            may["manage"] and it.round.announced_on and it.award and not it.agreement_id,
            "application-agreement",
            "Raise its agreement",
        ),
    )
    return [(address(it, name), words) for holds, name, words in offered if holds]


@page(MANAGE, methods=BOTH)
def apply(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Enter an application as it came."""
    it = found_round(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    asked = questions_of(it)
    form = ApplicationForm(**begun, initial={"received_on": request.today}, questions=asked)
    page = verb(
        it,
        "Enter an application",
        "Enter the application",
        (
            "Only its scorers, and those who run and decide the round, see it.",
            "One that came after the last day is entered and shown as late.",
            "Files are attached on its page.",
        ),
        "The application is entered",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> str:
        new = NewApplication(
            title=given["title"],
            applicant=given["applicant"],
            email=given["email"],
            asked=of_agreements.pence(given["asked"]) or 0,
            received_on=given["received_on"],
            answers=form.said,
        )
        return address(commands.receive(it, new=new, **said))

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def attach(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Attach the file that a question asks for."""
    it = found_application(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    asked = [each for each in questions_of(it.round) if each.kind == Question.Kind.FILE]
    form = FileForm(**begun, questions=[(each.pk, f"{each.number}. {each.text}") for each in asked])
    page = verb(
        it,
        "Attach a file",
        "Attach the file",
        ("Only its scorers, and those who run and decide the round, see it.",),
        "The file is attached",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        file, question = given["file"], next(each for each in asked if str(each.pk) == given["question"])
        commands.attach_answer(it, question=question, name=file.name, content=file.file, **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def judge(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_application(request, organisation, reference)
    start = {} if it.eligible is None else {"eligible": "yes" if it.eligible else "no"}
    form = JudgeForm(**opened(request, it, MANAGE), initial=start)
    page = verb(
        it,
        "Say whether it is eligible",
        "Save the answer",
        ("Only what is eligible is scored.", "Why it is not stands in the letter to the applicant."),
        f"{it.record.reference} is judged",
    )
    return change(
        request, it, page, form, lambda given, said: commands.judge(it, eligible=given["eligible"] == "yes", **said)
    )


@page(MANAGE, methods=BOTH)
def judge_all(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Take those as eligible whose answers say so."""
    it = found_round(request, organisation, reference)
    form = PlainForm(**opened(request, it, MANAGE), label="Note")
    page = verb(
        it,
        "Judge by their answers",
        "Judge them",
        (
            "Every application that says yes to each question that decides it is taken as eligible.",
            "One that says no is left for you to judge on its page.",
        ),
        "Applications are judged by their answers. What is left stands under To judge",
        home=f"{address(it, 'round-applications')}?view=unjudged",
    )
    return change(request, it, page, form, lambda given, said: commands.judge_all(it, **said))


@page(May.DECIDE, methods=BOTH)
def let_in(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_application(request, organisation, reference)
    form = PlainForm(**opened(request, it, May.DECIDE), needed="Say why it is scored although it came late")
    page = verb(
        it,
        "Let it in although late",
        "Let it in",
        ("It is scored like the others.", "Your post and reason stand in the report of the round."),
        f"{it.record.reference} is let in",
    )
    return change(request, it, page, form, lambda given, said: commands.let_in(it, **said))


@page(MANAGE, methods=BOTH)
def withdraw(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_application(request, organisation, reference)
    form = WithdrawForm(**opened(request, it, MANAGE), initial={"on": request.today})
    page = verb(
        it,
        "Record that it is withdrawn",
        "Record the withdrawal",
        ("It is neither scored nor ranked from now on.", "What was scored stays in the history."),
        f"{it.record.reference} is withdrawn",
    )
    return change(request, it, page, form, lambda given, said: commands.withdraw(it, on=given["on"], **said))
