"""Pages that begin, end or turn the life of a risk: its response, its other half, its level, merging, closing, reopening."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from candour.kernel.actions.models import Action
from candour.kernel.calendar import say_date
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused
from candour.kernel.web.page import Request, page
from candour.risks import commands
from candour.risks.access import RiskPermission
from candour.risks.forms import CloseForm, JointForm, LevelForm, MergeForm, ReopenForm, ResponseForm
from candour.risks.models import Control, Risk
from candour.risks.queries import risk_at
from candour.risks.views.changing import Verb, change, opened
from candour.risks.views.frame import found

BOTH = ("GET", "POST")
MERGED_BACK = {
    False: (),
    True: (
        "The controls that the merger ended stand again.",
        "What the other risk took over and still has open, controls and actions, comes back.",
    ),
}


@page(RiskPermission.REVIEW, methods=BOTH)
def response(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ResponseForm(**opened(request, it, RiskPermission.REVIEW), initial={"response": it.response})
    verb = Verb(
        "Choose what is done about it",
        "Save the response",
        (
            "An accepted risk without open controls counts as Controlled, until a review that does not accept it.",
            "The score stays: a review says whether it moved.",
        ),
        "The response to {reference} is saved",
    )
    return change(
        request, it, verb, form, lambda given, by: commands.choose_response(it, response=given["response"], **by)
    )


@page(RiskPermission.CHANGE, methods=BOTH)
def joint(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, RiskPermission.CHANGE)
    others = list(Organisation.objects.exclude(pk=it.record.organisation_id))
    start = {"joint_with": it.joint_with_id, "joint_reference": it.joint_reference}
    form = JointForm(**begun, bodies=[(each.pk, each.name) for each in others], initial=start)
    verb = Verb(
        "Say who carries it too",
        "Save the joint risk",
        (
            "The other body and its reference stand on the risk, in search and in papers.",
            "Whoever may see the other body’s risk is led to it. Nobody else learns whether there is one.",
            "Each body keeps its own score and controls. To let the other body see this risk, share it.",
        ),
        "{reference} is saved as a joint risk",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        body = next((each for each in others if str(each.pk) == given["joint_with"]), None)
        commands.make_joint(it, joint_with=body, joint_reference=given["joint_reference"], **by)

    return change(request, it, verb, form, do)


@page(RiskPermission.CLOSE, methods=BOTH)
def level(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = LevelForm(**opened(request, it, RiskPermission.CLOSE), initial={"level": it.level})
    verb = Verb(
        "Escalate or de-escalate this risk",
        "Move the risk",
        (
            "It leaves the register it is in and stands in the other from today.",
            "Score, controls and history go with it.",
            "The panel’s paper says so, with your reason and who agreed it.",
        ),
        "{reference} is moved",
    )
    return change(request, it, verb, form, lambda given, by: commands.change_level(it, level=given["level"], **by))


@page(RiskPermission.CLOSE, methods=BOTH)
def close(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = CloseForm(**opened(request, it, RiskPermission.CLOSE))
    verb = Verb(
        "Close this risk",
        "Close the risk",
        (
            "It leaves the live register today.",
            "It stays in the register of every day on which it was live.",
            "It can be reopened.",
        ),
        "{reference} is closed",
    )
    return change(request, it, verb, form, lambda given, by: commands.close(it, **by))


@page(RiskPermission.CLOSE, methods=BOTH)
def reopen(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    form = ReopenForm(**opened(request, it, RiskPermission.CLOSE))
    verb = Verb(
        "Reopen this risk",
        "Reopen the risk",
        (
            "It is back in the live register from today, scored as it was.",
            "Its next review is due as before: look at it soon.",
            *MERGED_BACK[it.merged_into_id is not None],
        ),
        "{reference} is reopened",
    )
    return change(request, it, verb, form, lambda given, by: commands.reopen(it, **by))


@page(RiskPermission.CLOSE, methods=BOTH)
def merge(request: Request, organisation: str, reference: str) -> HttpResponse:
    it = found(request, organisation, reference)
    begun = opened(request, it, RiskPermission.CLOSE)
    form = MergeForm(**begun, controls=_controls(it), actions=_actions(it))
    verb = Verb(
        "Merge it into another risk",
        "Merge the two",
        (
            "This risk closes today and names the one that stays; so do both histories.",
            "Its own links, files and history stay with it, and the other risk links to it.",
            "What moves keeps its owner and dates. What ends is removed, or dropped, with your reason.",
            "Reopening this risk undoes it.",
        ),
        "{reference} is merged",
        template="risks/merge.html",
    )

    def do(given: dict[str, Any], by: dict[str, Any]) -> None:
        into = _survivor(request, it, given["into"])
        commands.merge(it, into=into, controls=form.fates("control"), actions=form.fates("action"), **by)

    return change(request, it, verb, form, do, more={"list_href": reverse("risks") + f"?register={it.level}"})


def _survivor(request: Request, it: Risk, reference: str) -> Risk:
    """The risk of the same body that stays. A hidden one is refused like one that never was."""
    try:
        return risk_at(it.record.organisation.code, reference.strip(), actor=request.actor)
    except Risk.DoesNotExist:
        raise Refused("into", f"‘{reference.strip()[:60]}’ is no risk of this register: enter its reference") from None


def _controls(it: Risk) -> dict[int, tuple[str, str]]:
    """The controls that stand, with their state in words."""
    rows = Control.objects.filter(risk=it, removed_on=None).order_by("-pending", "due", "pk")
    said = {
        True: lambda row: f"Pending, due {say_date(row.due)}" if row.due else "Pending, no date yet",
        False: lambda row: "In place",
    }
    return {row.pk: (row.text, said[row.pending](row)) for row in rows}


def _actions(it: Risk) -> dict[int, tuple[str, str]]:
    """The open actions, with their dates."""
    rows = Action.objects.filter(record=it.record, done_on=None, removed_on=None).order_by("due", "pk")
    return {row.pk: (row.text, f"Due {say_date(row.due)}") for row in rows}
