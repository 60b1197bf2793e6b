"""Pages on which a round is set up and opened."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from candour.commissioning import rules as of_agreements
from candour.commissioning.access import CommissioningPermission as May
from candour.commissioning.commands import rounds as commands
from candour.commissioning.forms.rounds import (
    CriteriaForm,
    PlainForm,
    QuestionsForm,
    RaiseRoundForm,
    RoundForm,
    facts_of,
)
from candour.commissioning.models import Round
from candour.commissioning.queries import streams_in
from candour.commissioning.queries.rounds import criteria_of, questions_of
from candour.commissioning.queries.rounds.one import marks_in
from candour.commissioning.rules import rounds as rules
from candour.commissioning.views.rounds.frame import address, change, found_round, opened, verb
from candour.kernel.people.queries import posts_of
from candour.kernel.records.forms import as_choices, post_named
from candour.kernel.records.pages import carried_out
from candour.kernel.records.queries import bodies
from candour.kernel.web.page import Request, page

BOTH = ("GET", "POST")
MANAGE = May.MANAGE


@page(MANAGE, methods=BOTH)
def raise_round(request: Request) -> HttpResponse:
    """A new round of the body of ?body=, the actor's own unless it says otherwise."""
    may = bodies(request.actor, MANAGE)
    body = next((each for each in may if each.code == request.GET.get("body")), may[0])
    streams, posts = streams_in(body.pk), posts_of(body.pk)
    start = {"sensitivity": "office", "marks": "\n".join(rules.MARKS), "tolerance": 1, "pass_mark": 60}
    form = RaiseRoundForm(
        request.POST if request.method == "POST" else None,
        initial=start,
        streams=[(each.pk, str(each)) for each in streams],
        posts=as_choices(posts),
        today=request.today,
    )
    made: list[Round] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            commands.raise_round(
                stream=next(each for each in streams if str(each.pk) == given["stream"]),
                facts=facts_of(given),
                owner=post_named(posts, given["owner"]),
                sensitivity=given["sensitivity"],
                actor=request.actor,
                at=request.now,
                reason=given["reason"],
            )
        )

    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, f"{made[0].record.reference} is set up. Set its criteria next")
        return redirect(address(made[0]))
    context = {"form": form, "body": body, "streams": streams}
    return render(request, "commissioning/rounds/raise.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=BOTH)
def change_round(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_round(request, organisation, reference)
    posts = posts_of(it.record.organisation_id, it.record.owner)
    plain = ("conditions", "marks", "pass_mark", "tolerance", "part_awards", "opens", "closes", "score_by")
    start: dict[str, Any] = {name: getattr(it, name) for name in plain}
    start |= {"for_what": it.purpose, "title": it.record.title, "owner": it.record.owner_id}
    start |= {"budget": of_agreements.plain(it.budget), "most": of_agreements.plain(it.most)}
    form = RoundForm(**opened(request, it, MANAGE), initial=start, posts=as_choices(posts))
    page = verb(
        it,
        "Change its facts",
        "Save the facts",
        (
            "Once the round has opened, the change and your reason stand on its page for everybody to read.",
            "Then the last day can only be later.",
            "Its applications follow its lead.",
        ),
        f"{it.record.reference} is changed",
    )

    def do(given: dict[str, Any], said: dict[str, Any]) -> None:
        commands.change_round(it, facts=facts_of(given), owner=post_named(posts, given["owner"]), **said)

    return change(request, it, page, form, do)


@page(MANAGE, methods=BOTH)
def criteria(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What applications are scored by, a row each."""
    it = found_round(request, organisation, reference)
    begun, marks = opened(request, it, MANAGE), marks_in(it)
    form = CriteriaForm(**begun, standing=criteria_of(it), top=len(marks) - 1)
    page = verb(
        it,
        "Set the criteria",
        "Save the criteria",
        (
            "Weights come to 100.",
            "Ties go to the better mark in the first criterion, then the second, and so on.",
            "An application below a pass mark is awarded only by exception, with a reason.",
            "They are published when the round opens. After that a change needs a reason that applicants read.",
        ),
        f"The criteria of {it.record.reference} are saved",
        template="commissioning/rounds/criteria.html",
        more={"marks": list(enumerate(marks))},
    )
    return change(
        request, it, page, form, lambda given, said: commands.set_criteria(it, criteria=form.criteria, **said)
    )


@page(MANAGE, methods=BOTH)
def questions(request: Request, organisation: str, reference: str) -> HttpResponse:
    """The form, a question a row."""
    it = found_round(request, organisation, reference)
    form = QuestionsForm(**opened(request, it, MANAGE), standing=questions_of(it))
    page = verb(
        it,
        "Set the form",
        "Save the form",
        (
            "Who applies, what the project is called and how much it asks for are asked always.",
            "Number the questions as applicants will read them: rows without words are left out.",
            "Once an application has come, the form stands.",
        ),
        f"The form of {it.record.reference} is saved",
        template="commissioning/rounds/questions.html",
    )
    return change(
        request, it, page, form, lambda given, said: commands.set_questions(it, questions=form.questions, **said)
    )


@page(MANAGE, methods=BOTH)
def open_round(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found_round(request, organisation, reference)
    form = PlainForm(**opened(request, it, MANAGE), label="Note", hint="Such as where it is advertised")
    page = verb(
        it,
        "Open the round",
        "Open the round",
        (
            "Criteria, weights, pass marks and form are published as they stand.",
            "A change from now on needs a reason, which stands on the page of the round.",
            "Applications are taken from its first day to its last.",
        ),
        f"{it.record.reference} is open",
    )
    return change(request, it, page, form, lambda given, said: commands.open_round(it, **said))
