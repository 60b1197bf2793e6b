"""What lies in the outbox, whom it is for, and what came back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.calendar import local_date
from candour.kernel.jobs.access import SystemPermission
from candour.kernel.notices import sources
from candour.kernel.notices.models import Notice, Returned, Unreachable, Wishes
from candour.kernel.notices.rules import Pace, cause, pace_of
from candour.kernel.people.models import Appointment, Person, holding


@dataclass(frozen=True)
class Addressee:
    """One person whom a letter is for, and when it comes to them. hour, weekday: of letters that gather others."""

    person: int
    address: str
    pace: Pace
    hour: int = 8
    weekday: int = 0


@dataclass(frozen=True)
class LostRow:
    """A letter that did not arrive, as pages show it. cause: why, and what mends it. said: the words of the server.

    address: where it did not arrive; "" where it was told to no address. tone: of the word for what happened.
    """

    pk: int
    subject: str
    addressee: str
    made_at: datetime
    at: datetime
    address: str
    what: str
    tone: str
    cause: str
    said: str
    again: bool


def waiting() -> list[Notice]:
    """The notices that wait to be sent, oldest first, each with whom it is for. One query."""
    rows = Notice.objects.filter(sent_at=None, dropped_at=None, sending_at=None, failed_at=None, gathered_at=None)
    return list(rows.select_related("to", "person", "sender").order_by("pk"))


def unknown() -> list[Notice]:
    """Those that a run was sending when it ended: they may have gone out or not. One query."""
    rows = Notice.objects.filter(sent_at=None, dropped_at=None).exclude(sending_at=None).select_related("to", "person")
    return list(rows.order_by("pk"))


def notices_about(about: str, numbers: Iterable[int]) -> list[Notice]:
    """The notices about some things, oldest first. One query."""
    return list(Notice.objects.filter(about=about, about_id__in=list(numbers)).order_by("pk"))


def why_back(notice: Notice) -> str:
    """Why a letter came back from an address, and what mends it; "" where it did not, or was sent once more. One query, none
    where what came back was fetched with the letter."""
    rows = [row for row in notice.returned.all() if row.settled_at is None and row.kind == Returned.Kind.FAILED]
    return cause(rows[0].status) if rows else ""


def addressees(notice: Notice, at: datetime) -> list[Addressee]:
    """Those with an address who get a letter if it goes out now, and when each does. At most two queries."""
    if notice.person is not None:
        people = [notice.person] if notice.person.email and notice.person.is_active else []
    else:
        held = Appointment.objects.filter(holding(local_date(at)), post=notice.to_id, person__is_active=True)
        rows = held.exclude(person__email="").order_by("pk").select_related("person")
        people = list({row.person_id: row.person for row in rows}.values())
    kind = sources.kinds().get(notice.kind)
    wishes = Wishes.objects.in_bulk([person.pk for person in people]) if kind and people else {}
    return [_addressee(person, wishes.get(person.pk), kind) for person in people]


def _addressee(person: Person, wishes: Wishes | None, kind: sources.Kind | None) -> Addressee:
    if wishes is None or kind is None:
        return Addressee(person.pk, person.email, Pace.AT_ONCE)
    pace = pace_of(wishes.paces.get(kind.name, ""), kind.slowest)
    return Addressee(person.pk, person.email, pace, wishes.hour, wishes.weekday)


def shut_addresses(addresses: Iterable[str]) -> set[str]:
    """Those of some addresses that do not receive, in small letters. One query."""
    rows = Unreachable.objects.filter(address__in=[address.lower() for address in addresses])
    return set(rows.values_list("address", flat=True))


@dataclass(frozen=True)
class ShutRow:
    """An address that does not receive, and whose it is. cause: why, and what mends it. said: the words of the server."""

    pk: int
    address: str
    person: int
    name: str
    since: datetime
    cause: str
    said: str


def shut_rows(actor: Actor) -> list[ShutRow]:
    """Addresses that do not receive of the people of one's bodies, by name. An address that was corrected is nobody's. Two
    queries."""
    scope = actor.scope(SystemPermission.KEEP)
    people = Person.objects.annotate(low=Lower("email")).filter(low__in=Unreachable.objects.values("address"))
    if EVERYWHERE not in scope:
        own = Appointment.objects.filter(post__organisation__in=scope).values("person")
        free = ~Q(pk__in=Appointment.objects.values("person")) if scope else Q(pk__in=[])
        people = people.filter(Q(pk__in=own) | free)
    found = list(people.order_by("name", "pk").values_list("pk", "name", "low"))
    rows = {row.address: row for row in Unreachable.objects.filter(address__in=[low for _, _, low in found])}
    return [
        ShutRow(rows[low].pk, low, pk, name, rows[low].since, cause(rows[low].status), rows[low].said)
        for pk, name, low in found
        if low in rows
    ]


def wishes_of(person: int) -> Wishes:
    """When letters come to somebody: as they wished, else at once. One query."""
    return Wishes.objects.filter(pk=person).first() or Wishes(person_id=person, paces={})


def lost(seen: Q) -> QuerySet[Returned]:
    """What came back of letters (seen: as a condition on notices) and was not sent once more, the latest first."""
    return (
        Returned.objects.filter(seen, settled_at=None)
        .select_related("notice__to", "notice__person")
        .order_by("-at", "-pk")
    )


def failed(seen: Q) -> QuerySet[Notice]:
    """Letters that nobody got and that were told to no address which could send them back, the latest first."""
    told = Returned.objects.filter(settled_at=None).values("notice")
    rows = Notice.objects.filter(seen, sent_at=None, dropped_at=None).exclude(pk__in=told)
    rows = rows.exclude(failed_at=None, sending_at=None, error="")
    return rows.select_related("to", "person").order_by("-pk")


def of_sender(actor: Actor, prefix: str = "") -> Q:
    """The letters that somebody's acts caused; none for who is nobody in particular."""
    return Q(**{f"{prefix}sender": actor.id if actor.signed_in else None, f"{prefix}sender__isnull": False})


def of_keeper(actor: Actor, prefix: str = "") -> Q:
    """The letters that who keeps the system may read of: to the posts of their bodies, to who holds one or none."""
    scope = actor.scope(SystemPermission.KEEP)
    if EVERYWHERE in scope:
        return Q()
    held = Appointment.objects.filter(post__organisation__in=scope).values("person")
    foreign = Appointment.objects.exclude(person__in=held).values("person")
    to_people = Q(**{f"{prefix}person__isnull": False}) & ~Q(**{f"{prefix}person__in": foreign})
    return Q(**{f"{prefix}to__organisation__in": scope}) | (to_people if scope else Q(pk__in=[]))


TO_DO = {
    Returned.Kind.DELAYED: "The mail server goes on trying: if it cannot wait, tell them in another way",
    Returned.Kind.COMPLAINT: "Whoever got it marked it as unwanted: ask them, and tell them of My letters",
}
TONES = {Returned.Kind.FAILED: "red", Returned.Kind.DELAYED: "amber", Returned.Kind.COMPLAINT: "amber"}


def lost_rows(returned: Iterable[Returned]) -> list[LostRow]:
    """What came back, as pages show it."""
    return [
        LostRow(
            pk=row.notice_id,
            subject=row.notice.subject,
            addressee=row.notice.addressee,
            made_at=row.notice.made_at,
            at=row.at,
            address=row.address,
            what=row.get_kind_display(),
            tone=TONES[Returned.Kind(row.kind)],
            cause=TO_DO.get(Returned.Kind(row.kind)) or cause(row.status),
            said=row.said,
            again=row.kind == Returned.Kind.FAILED and row.notice.dropped_at is None,
        )
        for row in returned
    ]


def failed_rows(notices: Iterable[Notice]) -> list[LostRow]:
    """Letters that nobody got, as pages show them."""
    return [
        LostRow(
            pk=it.pk,
            subject=it.subject,
            addressee=it.addressee,
            made_at=it.made_at,
            at=it.failed_at or it.sending_at or it.made_at,
            address="",
            what="Not sent" if it.failed_at else "May have gone out or not" if it.sending_at else "Tried again soon",
            tone="red" if it.failed_at else "amber",
            cause="Ask whoever should have it; send it again if they have not" if it.sending_at else "",
            said=it.error,
            again=it.failed_at is not None or it.sending_at is not None,
        )
        for it in notices
    ]
