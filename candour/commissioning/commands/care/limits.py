"""Up to which value somebody may approve a variation: the limits that boards set up for contracts and grants."""

from datetime import date

from candour.commissioning import rules
from candour.commissioning.models import Agreement
from candour.commissioning.queries.care.limits import limits_on
from candour.kernel.rules import Refused


def entitled(agreement: Agreement, approver: str, *, change: int, on: date) -> None:
    """Raises Refused where an approver's limit is below a change of value (pence), or they have none and others have.

    A body that set no limits on this kind of agreement leaves it to who approves. An extension alone changes no value.
    """
    limits = limits_on(agreement.record.organisation_id, agreement.kind, on)
    if not limits:
        return
    who = " ".join(approver.split()).casefold()
    mine = [one for one in limits if one.holder.casefold() == who]
    if any(one.up_to is None or abs(change) <= one.up_to for one in mine):
        return
    may = [one.said for one in limits if one.up_to is None or abs(change) <= one.up_to]
    asked = (
        f"Enter who may approve {rules.pounds(abs(change))}: {'; '.join(may)}" if may else "Nobody’s limit reaches this"
    )
    raise Refused("approver", asked)
