"""The questions of an item: what it asks the board about records of the registers."""

from datetime import datetime

from candour.boards.access import BoardPermission
from candour.boards.commands.planning import to_come
from candour.boards.models import Item, Question
from candour.boards.queries.acts import act_named
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused


def ask(item: Item, about: Record, *, act: str, actor: Actor, at: datetime, reason: str = "") -> Question:
    """Ask the board about a record. The same question again gives the one that stands.

    Raises Refused for an act that no register knows, and for a restricted record in the open part: it would show there.
    """
    require(actor, BoardPermission.PLAN, item.record)
    to_come(item.meeting)
    try:
        act_named(act)
    except KeyError:
        raise Refused("act", "Choose what the board is asked") from None
    if about.sensitivity == Sensitivity.RESTRICTED and not item.closed:
        raise Refused("about", f"{about.reference} is restricted: ask about it in the closed part")
    standing = item.questions.filter(about=about, act=act, removed_on=None).first()
    if standing:
        return standing
    with recording("item.question_asked", item.record, actor=actor, at=at, reason=reason.strip()):
        return Question.objects.create(item=item, about=about, act=act)


def withdraw_question(question: Question, *, actor: Actor, at: datetime, reason: str = "") -> Question:
    """The item asks this no more. Raises Refused once it was answered."""
    require(actor, BoardPermission.PLAN, question.item.record)
    to_come(question.item.meeting)
    if question.answer:
        raise Refused("reason", "The board answered it")
    with recording("item.question_withdrawn", question.item.record, actor=actor, at=at, reason=reason.strip()):
        question.removed_on = local_date(at)
        question.save()
    return question
