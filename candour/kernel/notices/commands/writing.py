"""Writing letters into the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from candour.kernel.access import Actor
from candour.kernel.notices.mailing import number_of
from candour.kernel.notices.models import Notice
from candour.kernel.people.models import Person, Post


@dataclass(frozen=True)
class Letter:
    """A notice to be written: see models.Notice."""

    key: str
    to: Post | None
    subject: str
    text: str
    about: str = ""
    about_id: int | None = None
    person: Person | None = None
    kind: str = ""


def write(letters: Iterable[Letter], *, at: datetime, by: Actor | None = None) -> int:
    """Put letters into the outbox, in the transaction of what causes them; gives how many were not there already.

    by: whose act causes them, and who is told where one does not arrive; nobody for what Candour writes by itself.
    Raises RuntimeError outside a transaction: a notice of what was then taken back must never go out.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a notice is written in the transaction of the act that causes it")
    found = {letter.key: letter for letter in letters}
    there = set(Notice.objects.filter(key__in=list(found)).values_list("key", flat=True))
    sender = by.id if by is not None and by.signed_in else None
    new = [
        Notice(**vars(letter), made_at=at, sender_id=sender, message=number_of(key))
        for key, letter in found.items()
        if key not in there
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
