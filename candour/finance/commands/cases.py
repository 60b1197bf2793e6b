"""Business cases go to whoever may approve their value, and are answered; an approved one sets the budget of its project."""

from datetime import date, datetime

from candour.boards.models import Decision
from candour.boards.queries.decided import decision_at
from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.commands.base import standing
from candour.finance.models import Case, Project
from candour.finance.queries.projects import limits_on
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Link
from candour.kernel.rules import Refused, need_reason


def submit_case(
    project: Project,
    *,
    kind: str,
    value: int,
    actor: Actor,
    at: datetime,
    summary: str = "",
    reason: str = "",
    effective: date | None = None,
) -> Case:
    """Submit a business case. value: pence over the whole life. Who must approve it is read from the limits of that day.

    Raises Refused for another kind, no value, while another case waits, once a full one was approved, and where nobody may
    approve such a value.
    """
    record = project.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record, "kind")
    if kind not in rules.CASES:
        raise Refused("kind", "Choose the kind of business case")
    if value <= 0:
        raise Refused("value", "Enter what it costs over its whole life, above nought")
    held = list(project.cases.values_list("kind", "answer"))
    if any(not answer for _, answer in held):
        raise Refused("kind", "A business case waits for its answer: answer it first")
    if ("full", "approved") in held:
        raise Refused("kind", "Its full business case is approved: ask for a change instead")
    day = effective or local_date(at)
    needs = rules.who_approves(value, limits_on(record.organisation_id, day))
    if not needs:
        raise Refused(
            "value",
            "No limit lets anybody approve this: set one for Projects in the decisions register, or enter another value",
        )
    with recording("project.case_submitted", record, actor=actor, at=at, effective=day, reason=reason.strip()):
        return Case.objects.create(
            project=project, kind=kind, value=value, summary=summary.strip(), needs=needs, submitted_on=day
        )


def answer_case(
    case: Case,
    *,
    answer: str,
    answered_by: str,
    actor: Actor,
    at: datetime,
    reason: str,
    decision: Decision | None = None,
    effective: date | None = None,
) -> Case:
    """Record what was answered to a business case, and the decision under which it was, where the register has it.

    A full case that is approved sets the budget of its project. The decision’s item is linked to the project, so that both
    lead to each other. Raises Refused where it was answered, for no answer, nobody who answered, no reason, and a decision
    that the actor may not see.
    """
    project, record = case.project, case.project.record
    require(actor, FinancePermission.MANAGE, record)
    standing(record, "answer")
    if case.answer:
        raise Refused("answer", "This was answered already")
    if answer not in rules.ANSWERS:
        raise Refused("answer", "Choose whether it was approved")
    if not answered_by.strip():
        raise Refused("answered_by", "Enter the board or post that answered")
    item = _item_of(decision, actor)
    why, day = need_reason(reason, "Say why it was answered so"), effective or local_date(at)
    with recording(
        "project.case_answered", record, actor=actor, at=at, effective=day, reason=why, approver=answered_by
    ):
        case.answer, case.answered_by, case.answered_on = answer, answered_by.strip()[:200], day
        case.decision = decision
        case.save()
        if answer == "approved" and case.kind == "full":
            project.budget = case.value
            project.save()
        if item is not None and not Link.objects.filter(record=record, to=item, ended=None).exists():
            Link.objects.create(record=record, to_id=item, how="was decided under")
    return case


def _item_of(decision: Decision | None, actor: Actor) -> int | None:
    """The record of the item under which a decision was taken; None where there is none. Raises Refused for a hidden one."""
    if decision is None:
        return None
    try:
        found = decision_at(decision.pk, actor=actor)
    except Decision.DoesNotExist:
        raise Refused("decision", "Choose a decision of the register, or none") from None
    return found.item_id
