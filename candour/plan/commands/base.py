"""What the commands of plans share: who may see a part no less strictly than the whole, days in order, and what is over."""

from datetime import date, datetime

from django.db.models import QuerySet

from candour.kernel.access import Actor, allowed, require
from candour.kernel.access.decide import Forbidden
from candour.kernel.calendar import local_date
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import STRICTNESS, Record, Sensitivity
from candour.kernel.rules import Refused
from candour.plan.access import PlanPermission


def may_manage(who: Actor, record: Record) -> None:
    require(who, PlanPermission.MANAGE, record)


def own_or_manage(who: Actor, record: Record, *posts: int | None) -> None:
    """One of their posts answers for it, or they run the plan. Raises Forbidden."""
    own = any(post in who.posts for post in posts if post) and allowed(who, PlanPermission.UPDATE)
    if not own and not allowed(who, PlanPermission.MANAGE, record):
        raise Forbidden(who, str(PlanPermission.MANAGE))


def standing(record: Record, what: str) -> None:
    """Raises Refused for what is over."""
    if record.closed_on is not None:
        raise Refused("reason", f"This {what} is closed: nothing of it changes any more")


def titled(title: str, words: str) -> str:
    title = " ".join(title.split())[:300]
    if not title:
        raise Refused("title", words)
    return title


def numbered(number: str, what: str, longest: int = 12) -> str:
    number = " ".join(number.split())[:longest]
    if not number:
        raise Refused("number", f"Enter the number that the plan gives the {what}, such as 1.2")
    return number


def untaken(reference: str, kind: str, organisation: Organisation) -> str:
    reference = reference.strip()[:60]
    if Record.objects.filter(organisation=organisation, kind=kind, reference=reference).exists():
        raise Refused("number", f"{reference} is taken: enter another number")
    return reference


def in_order(first: date | None, last: date | None, name: str) -> None:
    if first and last and last < first:
        raise Refused(name, "Enter a last day on or after the first")


def as_strict(sensitivity: str, whole: Record | None) -> str:
    """Who may see a part: who may see the whole, or fewer. "" for just as the whole. Raises Refused."""
    sensitivity = sensitivity or (whole.sensitivity if whole else Sensitivity.OFFICE.value)
    if sensitivity not in Sensitivity.values:
        raise Refused("sensitivity", "Choose who may see it")
    if whole is not None and STRICTNESS[sensitivity] < STRICTNESS[whole.sensitivity]:
        raise Refused("sensitivity", "Fewer may see what it is part of: choose the same, or fewer")
    return sensitivity


def none_looser(parts: QuerySet[Record], sensitivity: str) -> None:
    """Raises Refused where more could see a part than the whole."""
    looser = [name for name, strictness in STRICTNESS.items() if strictness < STRICTNESS[sensitivity]]
    if count := parts.filter(sensitivity__in=looser).count():
        raise Refused("sensitivity", f"More could see {count} of its parts than it: restrict those first")


def day_of(effective: date | None, at: datetime) -> date:
    return effective or local_date(at)
