"""What the commands of rounds share: the refusals that several of them give."""

from candour.commissioning.models import Application, Round
from candour.kernel.rules import Refused


def not_scoring(it: Round) -> None:
    """Raises Refused once scoring has begun."""
    if it.scoring_on is not None:
        raise Refused("reason", "Scoring has begun: what is scored, and by what, no longer changes")


def not_ranked(it: Round) -> None:
    """Raises Refused once the ranking stands."""
    if it.ranked_on is not None:
        raise Refused("reason", "The ranking of this round stands: record an appeal or a correction instead")


def not_decided(it: Round) -> None:
    """Raises Refused once the round is decided."""
    if it.decided_on is not None:
        raise Refused("reason", "This round is decided: record an appeal or a correction instead")


def running(it: Application) -> bool:
    """Whether an application is scored: eligible, not withdrawn, in time or let in."""
    in_time = it.received_on <= it.round.closes or it.let_in_on is not None
    return it.withdrawn_on is None and it.eligible is True and in_time
