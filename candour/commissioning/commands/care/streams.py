"""A funding stream as it changes within its year: its budget, its funder, what the money is for."""

from datetime import datetime

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import FundingStream
from candour.kernel.access import Actor, require
from candour.kernel.history.recording import recording
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


def change_stream(
    stream: FundingStream,
    *,
    name: str,
    budget: int,
    funder: str,
    conditions: str,
    ring_fence: str,
    actor: Actor,
    at: datetime,
    reason: str,
) -> FundingStream:
    """Change the budget (pence) and terms of a stream in its year; code and year stay, as references are made of them.

    Raises Refused for no name and a budget below nothing.
    """
    require(actor, CommissioningPermission.MANAGE, Record(organisation=stream.organisation))
    called = " ".join(name.split())
    if not called:
        raise Refused("name", "Enter the stream’s name")
    if budget < 0:
        raise Refused("budget", "Enter a budget of nothing or more")
    why = need_reason(reason, "Say who agreed it")
    with recording("stream.changed", stream, actor=actor, at=at, reason=why):
        stream.name, stream.budget = called[:200], budget
        stream.funder, stream.conditions = funder.strip()[:200], conditions.strip()
        stream.ring_fence = " ".join(ring_fence.split())[:300]
        stream.save()
    return stream
