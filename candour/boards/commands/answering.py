"""What a board answers to the questions of an item, each carried out in its register by the decision that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from candour.boards.access import BoardPermission
from candour.boards.commands.deciding import NewDecision, decide
from candour.boards.commands.sitting import minutable
from candour.boards.models import Decision, Item, Question
from candour.boards.queries.acts import act_named, carry_out
from candour.boards.rules.words import ANSWERS
from candour.kernel.access import Actor, Forbidden, require
from candour.kernel.calendar import say_date
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.records.queries import visible_records
from candour.kernel.rules import Refused

CARRIED = ("agreed", "sent back")


@dataclass(frozen=True)
class Answered:
    """A board's answer to one question of an item, and why."""

    question: Question
    answer: str
    why: str = ""


def answer_question(
    question: Question,
    *,
    answer: str,
    actor: Actor,
    at: datetime,
    why: str = "",
    resolved: str = "",
    decision: Decision | None = None,
) -> Question:
    """What the board answered, and its act carried out in the register by that very decision: all of it or nothing.

    decision: one of the same item that answers this too; without one it is made of `resolved`. "Not reached" carries nothing
    out: the question is offered to the next meeting. Raises Refused for an answer that stands, one sent back without a
    reason, a restricted record in the open part, and whatever the register's own command refuses.
    """
    item = question.item
    require(actor, BoardPermission.MINUTE, item.record)
    _answerable(question, answer, why, actor)
    if answer not in CARRIED:
        return _keep(question, answer, why, None, actor=actor, at=at)
    require(actor, BoardPermission.RECORD, item.record)
    if decision is not None and decision.item_id != item.pk:
        raise Refused("answer", "That decision was taken at another item")
    with transaction.atomic():
        made = decision or decide(
            item, NewDecision(resolved.strip() or worded([Answered(question, answer, why)])), actor=actor, at=at
        )
        carry_out(
            question.act,
            question.about,
            answer=answer,
            decision=made,
            why=why.strip() or made.resolved,
            actor=actor,
            at=at,
        )
        return _keep(question, answer, why, made, actor=actor, at=at)


def answer_questions(
    item: Item, answers: Sequence[Answered], *, actor: Actor, at: datetime, new: NewDecision | None = None
) -> Decision | None:
    """Several answers of one item by one decision, all or nothing; None where nothing was reached.

    new: the decision, worded after its answers where it says nothing itself. Raises Refused as answer_question and decide.
    """
    require(actor, BoardPermission.MINUTE, item.record)
    for each in answers:
        if each.question.item_id != item.pk:
            raise Refused("answer", "That question is of another item")
        _answerable(each.question, each.answer, each.why, actor)
    carried = [each for each in answers if each.answer in CARRIED]
    with transaction.atomic():
        decision = None
        if carried:
            given = new or NewDecision("")
            if not given.resolved.strip():
                given = replace(given, resolved=worded(carried))
            decision = decide(item, given, actor=actor, at=at)
        for each in answers:
            answer_question(each.question, answer=each.answer, why=each.why, decision=decision, actor=actor, at=at)
    return decision


def worded(answers: Sequence[Answered]) -> str:
    """What was resolved, from the answers: "Agreed: close the recommendation IA-24-02/1. Sent back: ..."."""
    said = []
    for answer in CARRIED:
        by_act: dict[str, list[str]] = {}
        for each in answers:
            if each.answer == answer:
                by_act.setdefault(act_named(each.question.act).label, []).append(each.question.about.reference)
        parts = [f"{label[:1].lower()}{label[1:]} {_listed(names)}" for label, names in by_act.items()]
        said += [f"{ANSWERS[answer]}: {'; '.join(parts)}."] if parts else []
    return " ".join(said)


def _answerable(question: Question, answer: str, why: str, actor: Actor) -> None:
    item = question.item
    minutable(item)
    about = Record.objects.filter(visible_records(actor), pk=question.about_id).first()
    if about is None:
        raise Forbidden(actor, BoardPermission.RECORD)
    if question.removed_on is not None:
        raise Refused("answer", f"{about.reference}: the question was withdrawn on {say_date(question.removed_on)}")
    if question.answer in CARRIED:
        raise Refused("answer", f"{about.reference}: the board answered it: {ANSWERS[question.answer].lower()}")
    if answer not in ANSWERS:
        raise Refused("answer", f"{about.reference}: choose what the board answered")
    if answer == "sent back" and not why.strip():
        raise Refused("why", f"{about.reference}: say what the board asks for before it will agree")
    if answer in CARRIED and about.sensitivity == Sensitivity.RESTRICTED and not item.closed:
        raise Refused("answer", f"{about.reference} is restricted now: answer it in the closed part")


def _keep(
    question: Question, answer: str, why: str, decision: Decision | None, *, actor: Actor, at: datetime
) -> Question:
    item = question.item
    if (question.answer, question.why) == (answer, why.strip()):
        return question
    # The item's record may have been written to since this object was read, by the recordings before this one.
    record = Record.objects.get(pk=item.pk)
    with recording("item.question_answered", record, actor=actor, at=at, effective=item.meeting.held_on):
        question.answer, question.why, question.decision = answer, why.strip(), decision
        question.save()
    return question


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
