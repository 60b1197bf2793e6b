"""Pages of the statutory response, a step each."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse

from candour.inspections import commands, rules
from candour.inspections.access import InspectionPermission
from candour.inspections.forms import (
    AlsoForm,
    AnswerWithForm,
    CommentsForm,
    CopyForm,
    DraftForm,
    ElsewhereForm,
    InviteForm,
    MoveForm,
    ReasonForm,
)
from candour.inspections.models import Inspection, StepRow
from candour.inspections.queries import answers_of, inspections_of, items_of, records_of, to_answer, wanted
from candour.inspections.views.frame import SORT_TONES, change, found, opened, verb_of
from candour.kernel.calendar import say_date, statutory_deadline
from candour.kernel.people.models import Organisation, Post
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE = InspectionPermission.MANAGE


def steps(it: Inspection) -> dict[str, StepRow]:
    return {row.which: row for row in StepRow.objects.filter(inspection=it)}


def law_of(it: Inspection) -> str:
    """The law's last day in a sentence; "" before the report is out."""
    if it.published_on is None:
        return "The clock begins when the report is published."
    return f"The law’s last day for publishing the response is {say_date(statutory_deadline(it.published_on))}."


@page(MANAGE, methods=BOTH)
def invite(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, standing = opened(request, it, MANAGE), steps(it)
    posts = invited(it)
    due = standing["comments"].due if "comments" in standing else request.today + timedelta(days=21)
    named = [(each.pk, f"{each.title} ({each.organisation.short_name})") for each in posts]
    form = InviteForm(**begun, initial={"due": max(due, request.today)}, posts=named)
    verb = verb_of(
        it,
        "Invite the chief officer’s comments",
        "Invite comments",
        (
            "They stand on the desk of the post until they are sent, and a reminder goes out once.",
            "The chief officer’s comments are published with our response.",
            "A post of another body sees the inspection only where it is shared with that body.",
            law_of(it),
        ),
        "The chief officer’s comments on {reference} are invited",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        post = next(each for each in posts if str(each.pk) == given["post"])
        commands.invite_comments(it, post=post, due=given["due"], **said)

    return change(request, it, verb, form, do)


def invited(it: Inspection) -> list[Post]:
    """Posts that can be invited: those of the inspected body and of forces, as the chief officer is of a force. One query."""
    of = Q(organisation__kind=Organisation.Kind.FORCE) | Q(organisation=it.record.organisation_id)
    rows = Post.objects.filter(of, ended=None).select_related("organisation")
    return sorted(rows, key=lambda post: (post.organisation.kind != Organisation.Kind.FORCE, post.title))


@page(InspectionPermission.UPDATE, methods=BOTH)
def comments(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The chief officer sends comments; who keeps the clock writes them down for the post."""
    it = found(request, organisation, reference)
    begun = opened(request, it, InspectionPermission.UPDATE, anywhere=it.asked_id in request.actor.posts)
    form = CommentsForm(**begun, initial={"comments": it.comments})
    verb = verb_of(
        it,
        "The chief officer’s comments",
        "Save the comments",
        (
            "They are published with our response, as they stand here.",
            "Comments that change after the response was approved ask for a new approval.",
            law_of(it),
        ),
        "The comments on {reference} are saved",
    )
    return change(
        request, it, verb, form, lambda given, said: commands.record_comments(it, comments=given["comments"], **said)
    )


@page(MANAGE, methods=BOTH)
def draft(request: Request, organisation: str, reference: str) -> HttpResponse:
    """Our words, and to each item what is done or why nothing is."""
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    items = to_answer(items_of([it.pk], actor=request.actor, today=request.today)[it.pk])
    form = DraftForm(**begun, initial={"response": it.response}, items=items, answers=answers_of(it.pk, items))
    verb = verb_of(
        it,
        "Draft the response",
        "Save the draft",
        (
            "Each recommendation needs what is done, or why nothing is: the law asks for it. Then the draft is done.",
            "Causes of concern and areas for improvement may be answered too.",
            "A change after approval asks for a new approval.",
            law_of(it),
        ),
        "The draft of the response to {reference} is saved",
        template="inspections/draft.html",
        tones=SORT_TONES,
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        records = records_of(items)
        need = [records[item.pk] for item in wanted(items)]
        answers = {records[pk]: words for pk, words in form.said().items()}
        commands.draft_response(it, response=given["response"], answers=answers, wanted=need, **said)

    return change(request, it, verb, form, do)


@page(InspectionPermission.APPROVE, methods=BOTH)
def approve(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = AlsoForm(**opened(request, it, InspectionPermission.APPROVE))
    items = to_answer(items_of([it.pk], actor=request.actor, today=request.today)[it.pk])
    answers = answers_of(it.pk, items)
    verb = verb_of(
        it,
        "Approve the response",
        "Approve the response",
        (
            "It can then be published. Your post stands as the one that approved it.",
            "If it changes afterwards it has to be approved again.",
            law_of(it),
        ),
        "The response to {reference} is approved",
        template="inspections/approve.html",
        answered=[(item, *answers.get(item.pk, ("", ""))) for item in items],
    )
    return change(request, it, verb, form, lambda _, said: commands.approve_response(it, **said))


@page(MANAGE, methods=BOTH)
def copy(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun, standing = opened(request, it, MANAGE), steps(it)
    waiting = [(name, words) for name, words in rules.COPIES.items() if name in standing and not standing[name].done_on]
    start = {"on": request.today, "to": waiting[0][0] if len(waiting) == 1 else ""}
    form = CopyForm(**begun, initial=start, waiting=waiting or list(rules.COPIES.items()))
    verb = verb_of(
        it,
        "Record a copy sent",
        "Record the copy",
        ("Copies go to the inspectorate, the Secretary of State and the force, each with its day.",),
        "The copy of {reference} is recorded",
    )
    return change(
        request,
        it,
        verb,
        form,
        lambda given, said: commands.send_copy(it, to=given["to"], on=given["on"], how=given["how"], **said),
    )


@page(MANAGE, methods=BOTH)
def elsewhere(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ElsewhereForm(**opened(request, it, MANAGE))
    verb = verb_of(
        it,
        "Record a response published elsewhere",
        "Record the publication",
        (
            "For reports that were answered before Candour came into use.",
            "The steps before it that are not recorded count as done that day.",
        ),
        "The response to {reference} is recorded as published",
    )
    return change(
        request,
        it,
        verb,
        form,
        lambda g, said: commands.response_published_elsewhere(it, on=g["on"], where=g["where"], **said),
    )


@page(MANAGE, methods=BOTH)
def move(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    may = [(n, f"{rules.STEPS[n].words}, due {say_date(row.due)}") for n, row in steps(it).items() if not row.done_on]
    form = MoveForm(**begun, steps=[one for one in may if one[0] != rules.LAW])
    verb = verb_of(
        it,
        "Move the day of a step",
        "Move the day",
        ("The law’s last day cannot be moved, and no step before it can lie after it.", law_of(it)),
        "The day of the step is moved",
    )
    return change(
        request,
        it,
        verb,
        form,
        lambda given, said: commands.move_step(it, which=given["which"], due=given["due"], **said),
    )


@page(MANAGE, methods=BOTH)
def answer_with(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, MANAGE)
    others = [
        each
        for each in inspections_of(it.record.organisation_id, actor=request.actor, out=True)
        if each.pk != it.pk and each.statutory and each.answers_with_id is None
    ]
    named = [(each.pk, f"{each.record.reference} {each.record.title}") for each in others]
    form = AnswerWithForm(**begun, others=named)
    verb = verb_of(
        it,
        "Answer it with another report’s response",
        "Join the two",
        (
            "Only where the findings are identical: a national report and one on the force both count otherwise.",
            "Its own clock stops. The other’s goes on.",
        ),
        "{reference} is answered with another report",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.answer_with(it, other=next(each for each in others if str(each.pk) == given["other"]), **said)

    return change(request, it, verb, form, do)


@page(MANAGE, methods=BOTH)
def alone(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ReasonForm(**opened(request, it, MANAGE))
    verb = verb_of(
        it,
        "Answer it on its own again",
        "Start its own clock",
        ("Its clock runs from the day of its own publication.", law_of(it)),
        "{reference} is answered on its own",
    )
    return change(request, it, verb, form, lambda _, said: commands.answered_on_its_own(it, **said))
