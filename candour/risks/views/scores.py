"""Scoring a risk outside a review: current, inherent and target; proposing a score; and what a board made of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from candour.kernel.access import allowed
from candour.kernel.scales.queries import scale_on
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import DecideForm, ScoreForm
from candour.risks.models import Assessment, Risk
from candour.risks.queries.one import standing_scores
from candour.risks.views.changing import Verb, change, opened
from candour.risks.views.frame import address, found

BOTH = ("GET", "POST")


@dataclass(frozen=True)
class Kind:
    """One of the scores that a page gives: the words of the page, and the name of the command."""

    verb: Verb
    command: str
    why: str


KINDS = {
    "current": Kind(
        Verb(
            "Score it again",
            "Save the score",
            (
                "It is the score from today, with your reason beside it.",
                "It is no review: controls stay as they are, and the next review moves only with the band.",
            ),
            "{reference} is scored again",
        ),
        "rescore",
        "Why the score changes",
    ),
    "inherent": Kind(
        Verb(
            "Set the inherent score",
            "Save the inherent score",
            ("How the risk would stand without any control.", "It moves neither score nor status."),
            "The inherent score of {reference} is set",
        ),
        "set_inherent",
        "Why it would stand so without controls",
    ),
    "target": Kind(
        Verb(
            "Set the target score",
            "Save the target",
            (
                "Where the controls are meant to bring the risk.",
                "At or below it, and with no control outstanding, the risk counts as Controlled.",
            ),
            "The target of {reference} is set",
        ),
        "set_target",
        "Why this is the target",
    ),
    "proposed": Kind(
        Verb(
            "Propose a score to a board",
            "Propose the score",
            (
                "It stands beside the score as proposed, on the risk, in the list and in papers.",
                "It counts for nothing until the board has agreed it.",
            ),
            "A score is proposed for {reference}",
        ),
        "propose_score",
        "Why the score should change",
    ),
}


@page(RiskPermission.REVIEW, methods=BOTH)
def score(request: Request, organisation: str, reference: str, purpose: str) -> HttpResponse:
    """One of the scores, on the scale in force, filled as it stands. purpose: a key of KINDS."""
    it = found(request, organisation, reference)
    begun = opened(request, it, RiskPermission.REVIEW)
    scale = scale_on(it.record.organisation_id, request.today)
    if scale is None:
        messages.error(request, f"{it.record.organisation} has no risk matrix yet, so nothing can be scored")
        return redirect(address(it))
    kind = KINDS[purpose]
    held = standing_scores(it)
    standing = held.get(purpose) or (held.get("current") if purpose == "proposed" else None)
    start = {}
    if standing and standing.scale.matrix().same_levels(scale.matrix()):
        start = {"impact": standing.impact, "likelihood": standing.likelihood}
    form = ScoreForm(**begun, matrix=scale.matrix(), purpose=purpose, initial=start)
    form.fields["reason"].label = kind.why

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        given_by = {name: value for name, value in by.items() if name != "approver"}
        getattr(commands, kind.command)(it, impact=given["impact"], likelihood=given["likelihood"], **given_by)

    return change(request, it, kind.verb, form, do)


@page(RiskPermission.REVIEW, methods=BOTH)
def decide(request: Request, organisation: str, reference: str) -> HttpResponse:
    """What became of the proposed score. Where none is proposed any longer, back to the risk, which shows how it stands."""
    it = found(request, organisation, reference)
    begun = opened(request, it, RiskPermission.REVIEW)
    proposal = standing_scores(it).get("proposed")
    if proposal is None:
        messages.info(request, f"No score is proposed for {it.record.reference}")
        return redirect(address(it))
    form = DecideForm(**begun, answers=_answers(request, it), first=proposal.scored_on)
    levels = (proposal.impact, proposal.likelihood)
    scored = f"{levels[0]} × {levels[1]}, {proposal.scale.matrix().score(*levels)}"
    verb = Verb(
        "Answer the proposed score",
        "Save the answer",
        (
            "Agreed, it is the score from the day of the meeting.",
            "Refused or withdrawn, the score stays as it is. What was proposed stays in the history.",
        ),
        "The proposed score of {reference} is answered",
        quote=f"Proposed: {scored}",
    )
    return change(request, it, verb, form, lambda given, by: _decided(it, given, by))


def _answers(request: Request, it: Risk) -> list[tuple[str, str]]:
    """What this person may say of it: to say what a board said needs its own permission."""
    answers = [("withdrawn", "Withdrawn, before a board said anything")]
    if allowed(request.actor, RiskPermission.AGREE, it.record):
        answers = [("agreed", "Agreed"), ("refused", "Not agreed"), *answers]
    return answers


def _decided(it: Risk, given: dict[str, Any], by: dict[str, Any]) -> Assessment:
    by |= {"effective": given["effective"]}
    if given["answer"] == "agreed":
        return commands.agree_score(it, **by)
    if given["answer"] == "refused":
        return commands.refuse_score(it, **by)
    del by["approver"]
    return commands.withdraw_score(it, **by)
