"""Recording what a board resolved: at an item of a meeting, or at a meeting that Candour did not hold."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from candour.boards.access import BoardPermission
from candour.boards.commands.sitting import minutable, seats_on
from candour.boards.models import CLOSED_MEETING, Board, Decision, Item, Limit
from candour.boards.rules.quorum import Sitting, quorum
from candour.boards.rules.voting import Allowed, may_take, vote_refused
from candour.boards.rules.words import GROUNDS
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation, Post
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class NewDecision:
    """What was resolved, and how. value: pounds, for what the limits name. taken_by: the post that took it where the board
    itself may not; urgency: why it took it all the same. withheld: not published, and why; always so in the closed part."""

    resolved: str
    reasons: str = ""
    advice: str = ""
    mover: Post | None = None
    seconder: Post | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    key: bool = False
    what: str = ""
    value: Decimal | None = None
    taken_by: Post | None = None
    urgency: str = ""
    withheld: bool = False
    withheld_why: str = ""


def decide(item: Item, new: NewDecision, *, actor: Actor, at: datetime, reason: str = "") -> Decision:
    """Record what was resolved at an item. It holds from the day of the meeting.

    Raises Refused for a vote that cannot be, a mover who was not there, a value that neither the board nor the post named
    may take without urgency, and what is withheld without a reason. Its number is the item's; one of the closed part has
    none, as a record that it closes names it.
    """
    require(actor, BoardPermission.RECORD, item.record)
    minutable(item)
    columns = _columns(item, new)
    board, day = item.meeting.board, item.meeting.held_on
    with recording(
        "decision.recorded", actor=actor, at=at, effective=day, reason=reason.strip() or columns["resolved"]
    ):
        return Decision.objects.create(
            organisation=board.organisation,
            board=CLOSED_MEETING if item.meeting.ground else board.name[:120],
            of=board,
            item=item,
            met_on=day,
            minute="" if item.closed else item.number,
            **columns,
        )


def change_decision(decision: Decision, new: NewDecision, *, actor: Actor, at: datetime, reason: str) -> Decision:
    """Put a decision of an item in other words, until the minutes are signed. Raises Refused as decide does."""
    require(actor, BoardPermission.RECORD, decision)
    item = decision.item
    if item is None:
        raise Refused("reason", "This decision was not taken at a meeting held here")
    minutable(item)
    columns = _columns(item, new)
    why = need_reason(reason, "Say why the decision reads otherwise")
    with recording("decision.changed", decision, actor=actor, at=at, effective=item.meeting.held_on, reason=why):
        for name, value in columns.items():
            setattr(decision, name, value)
        decision.save()
    return decision


def _columns(item: Item, new: NewDecision) -> dict[str, Any]:
    """The columns of a decision. Raises Refused, on the answer to mend, for what cannot be."""
    if not new.resolved.strip():
        raise Refused("resolved", "Enter what was resolved, as the minutes put it")
    _moved(item, new)
    _within_limits(item, new)
    withheld = new.withheld or item.closed
    why = new.withheld_why.strip() or (GROUNDS[item.ground] if item.closed else "")
    if withheld and not why:
        raise Refused("withheld_why", "Say why it is not published")
    values = dict(vars(new)) | {name: getattr(new, name).strip() for name in ("resolved", "reasons", "advice")}
    urgency = values.pop("urgency").strip()
    if urgency and f"Urgent: {urgency}" not in values["reasons"]:
        values["reasons"] = f"{values['reasons']}\nUrgent: {urgency}".strip()
    values |= {"what": new.what.strip()[:120] if new.value is not None else ""}
    return values | {"withheld": withheld, "withheld_why": why if withheld else ""}


def _moved(item: Item, new: NewDecision) -> None:
    """Raises Refused for a mover who was not there or left for the item, and for votes that cannot be."""
    meeting = item.meeting
    rows = {row.post_id: row for row in meeting.attendance.all()}
    left = set(item.interests.filter(removed_on=None, withdrew=True).values_list("post", flat=True))
    there = {row.by_id or row.post_id for row in rows.values() if row.presence in ("present", "substitute")} - left
    for name in ("mover", "seconder"):
        post = getattr(new, name)
        if post is not None and post.pk not in there:
            raise Refused(
                name, f"{post.title} was not there for this item: choose who was, or take the attendance first"
            )
    if new.mover is not None and new.mover == new.seconder:
        raise Refused("seconder", "Another post seconds it")
    sittings = [
        Sitting(seat.post_id, seat.role, row.presence if row else "", row.by_id if row else None)
        for seat in seats_on(meeting.board, meeting.held_on)
        for row in [rows.get(seat.post_id)]
    ]
    counted = quorum(sittings, meeting.board.quorum, withdrew=left).there
    if wrong := vote_refused(new.votes_for, new.votes_against, new.abstained, counted):
        raise Refused("votes_for", wrong)


def _within_limits(item: Item, new: NewDecision) -> None:
    """Raises Refused for a value that neither the board nor the post named may take, unless the post took it as urgent."""
    if new.value is None:
        return
    if new.value < 0:
        raise Refused("value", "Enter the value in pounds, nought or more")
    if not new.what.strip():
        raise Refused("what", "Choose what the money is for, as the limits name it")
    board, day = item.meeting.board, item.meeting.held_on
    takes = Q(board=board) | Q(post=new.taken_by) if new.taken_by is not None else Q(board=board)
    limits = Limit.objects.filter(
        takes,
        Q(ends=None) | Q(ends__gte=day),
        organisation=board.organisation_id,
        what=new.what.strip(),
        starts__lte=day,
    )
    if may_take([Allowed(limit.up_to) for limit in limits], new.value):
        return
    if new.taken_by is None:
        raise Refused(
            "value", f"This board may not decide £{new.value:,.0f} of {new.what.strip()}: name the post that took it"
        )
    if not new.urgency.strip():
        raise Refused(
            "urgency", f"{new.taken_by.title} may not decide £{new.value:,.0f} either: say why it could not wait"
        )


def record_decision(
    *,
    organisation: Organisation,
    board: str,
    met_on: date,
    minute: str,
    resolved: str,
    actor: Actor,
    at: datetime,
) -> Decision:
    """What a board resolved at a meeting. The same board, day, minute and words again give the decision that stands.

    It holds from the day of the meeting. Raises Refused without a board or words, and for a meeting still to come.
    """
    require(actor, BoardPermission.RECORD, Decision(organisation=organisation))
    board, minute, resolved = " ".join(board.split()), minute.strip(), resolved.strip()
    if not board:
        raise Refused("board", "Enter the board that resolved it")
    if not resolved:
        raise Refused("resolved", "Enter what was resolved, as the minutes put it")
    if met_on > local_date(at):
        raise Refused("met_on", f"{say_date(met_on)} is still to come: enter the day on which the board met")
    said: dict[str, Any] = {"board": board[:120], "met_on": met_on, "minute": minute[:60], "resolved": resolved}
    closed = Board.objects.filter(organisation=organisation, name=said["board"]).exclude(ground="").first()
    if closed is not None:
        said |= {"board": CLOSED_MEETING, "of": closed, "minute": ""}
    standing = Decision.objects.filter(organisation=organisation, **said).order_by("pk").first()
    if standing:
        return standing
    with recording("decision.recorded", actor=actor, at=at, effective=met_on, reason=resolved):
        return Decision.objects.create(organisation=organisation, **said)
