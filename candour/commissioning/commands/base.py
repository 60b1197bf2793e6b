"""What the commands of agreements share: the refusals that several of them give."""

from datetime import date

from candour.commissioning.models import Agreement
from candour.kernel.rules import Refused


def standing(agreement: Agreement) -> None:
    """Raises Refused for an agreement that has ended."""
    if agreement.record.closed_on is not None:
        raise Refused("reason", "This agreement has ended: raise a new one")


def not_to_come(day: date, today: date, field: str = "on") -> None:
    """Raises Refused for a day that has not come."""
    if day > today:
        raise Refused(field, "Enter today, or a day that has passed")


def agreed(approver: str) -> str:
    """Who approved it, without space around. Raises Refused for nobody."""
    if not approver.strip():
        raise Refused("approver", "Enter the board or post that approved it")
    return approver.strip()


def in_order(starts: date | None, ends: date | None, last_end: date | None, notice_on: date | None) -> None:
    """Raises Refused, on the date to mend, where the dates of an agreement run backwards."""
    if starts and ends and ends < starts:
        raise Refused("ends", "Enter a last day on or after the first day")
    if ends and last_end and last_end < ends:
        raise Refused("last_end", "Enter a last possible end on or after the last day")
    if last_end and not ends:
        raise Refused("ends", "Enter the last day: a last possible end is beyond it")
    if notice_on and ends and notice_on > (last_end or ends):
        raise Refused("notice_on", "Enter a day of notice before the agreement ends")
    if notice_on and starts and notice_on < starts:
        raise Refused("notice_on", "Enter a day of notice after the first day")
