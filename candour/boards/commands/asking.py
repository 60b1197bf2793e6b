"""The questions of an item: what it asks the board about records of the registers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from candour.boards.access import BoardPermission
from candour.boards.commands.agenda import NewItem, add_item, in_meeting
from candour.boards.commands.planning import to_come
from candour.boards.models import Item, Meeting, Planned, Question, StandingItem
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


def take_up(
    meeting: Meeting,
    *,
    standing: Sequence[StandingItem],
    asks: Sequence[tuple[str, Record]],
    actor: Actor,
    at: datetime,
    once: Sequence[Planned] = (),
    ground: str = "",
    late_why: str = "",
) -> list[Item]:
    """Put on the agenda what was offered, all or nothing; gives the items that are new.

    Each standing item, and each that comes once, becomes an item. asks: (act, record). What asks the same act of the same
    part stands together in one item, the one that asks it already where there is one. ground: why the public is excluded
    from what asks about restricted records. Raises Refused as add_item and ask do.
    """
    require(actor, BoardPermission.PLAN, meeting.record)
    made = []
    with transaction.atomic():
        for row in standing:
            new = NewItem(
                title=row.title,
                purpose=row.purpose,
                presenter=row.lead,
                minutes=row.minutes,
                closed=row.closed,
                ground=row.ground,
                verbal=row.sort == "business",  # apologies, minutes of the last meeting: spoken to
                late_why=late_why,
            )
            made.append(add_item(meeting, in_meeting(new, meeting), standing=row, actor=actor, at=at))
        for planned in once:
            made.append(_of_plan(planned, meeting, late_why=late_why, actor=actor, at=at))
        for act, record in asks:
            closed = bool(meeting.ground) or record.sensitivity == Sensitivity.RESTRICTED
            item = _asking(meeting, act, closed=closed)
            if item is None:
                title = act_named(act).heading or act_named(act).label
                new = NewItem(
                    title=title,
                    purpose="decide",
                    closed=closed,
                    ground=(ground or meeting.ground) if closed else "",
                    late_why=late_why,
                )
                item = add_item(meeting, new, actor=actor, at=at)
                made.append(item)
            ask(item, record, act=act, actor=actor, at=at)
    return made


def _of_plan(planned: Planned, meeting: Meeting, *, late_why: str, actor: Actor, at: datetime) -> Item:
    """The item that something which comes once becomes; the plan then leads to it."""
    if planned.meeting_id != meeting.pk or planned.taken:
        raise Refused("due", f"‘{planned.title}’ is not planned for this meeting any more")
    new = NewItem(title=planned.title, presenter=planned.lead, minutes=planned.minutes, late_why=late_why)
    item = add_item(meeting, in_meeting(new, meeting), actor=actor, at=at)
    with recording("board.forward_plan_changed", planned.board, actor=actor, at=at):
        planned.item = item
        planned.save()
    return item


def _asking(meeting: Meeting, act: str, *, closed: bool) -> Item | None:
    """The item of that part which asks the act already."""
    rows = meeting.items.filter(withdrawn_on=None, closed=closed, questions__act=act, questions__removed_on=None)
    return rows.select_related("record", "meeting__board").order_by("position", "pk").first()
