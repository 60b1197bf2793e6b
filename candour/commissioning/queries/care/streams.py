"""One funding stream, and the same over the years."""

from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import FundingStream
from candour.commissioning.queries.register import StreamTotal, streams_of
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE


def stream_at(actor: Actor, number: int) -> FundingStream | None:
    """A stream of a body whose agreements an actor sees; None alike for another’s and one that never was. One query."""
    see = actor.scope(CommissioningPermission.SEE)
    if actor.only is not None or not see:
        return None
    rows = FundingStream.objects.select_related("organisation").filter(pk=number)
    return (rows if EVERYWHERE in see else rows.filter(organisation__in=see)).first()


def of_years(actor: Actor, stream: FundingStream) -> list[StreamTotal]:
    """The streams of that body with that code, latest year first, with what the actor sees of each. Two queries."""
    return list(streams_of(actor, code=stream.code, body=stream.organisation_id))
