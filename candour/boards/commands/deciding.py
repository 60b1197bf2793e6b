"""Recording what a board resolved."""

from datetime import date, datetime

from candour.boards.access import BoardPermission
from candour.boards.models import Decision
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Organisation
from candour.kernel.rules import Refused


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
    said = {"board": board[:120], "met_on": met_on, "minute": minute[:60], "resolved": resolved}
    standing = Decision.objects.filter(organisation=organisation, **said).order_by("pk").first()
    if standing:
        return standing
    with recording("decision.recorded", actor=actor, at=at, effective=met_on, reason=resolved):
        return Decision.objects.create(organisation=organisation, **said)
