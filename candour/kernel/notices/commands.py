"""Writing notices into the outbox, and sending what waits there."""

import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F

from candour.kernel.calendar import local_date
from candour.kernel.notices import sources
from candour.kernel.notices.models import Notice
from candour.kernel.notices.queries import waiting
from candour.kernel.people.models import Person, Post
from candour.kernel.people.queries import addresses_of

NOBODY = "Nobody with an e-mail address holds the post {post}"
NOWHERE = "{person} has no e-mail address, or may not sign in"


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


@dataclass(frozen=True)
class Posted:
    """What became of the notices that waited. error: the last that kept one back."""

    sent: int = 0
    kept: int = 0
    dropped: int = 0
    error: str = ""


def write(letters: Iterable[Letter], *, at: datetime) -> int:
    """Put letters into the outbox, in the transaction of what causes them; gives how many were not there already.

    Raises RuntimeError outside a transaction: a notice of what was then taken back must never go out.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a notice is written in the transaction of the act that causes it")
    found = {letter.key: letter for letter in letters}
    there = set(Notice.objects.filter(key__in=list(found)).values_list("key", flat=True))
    new = [Notice(**vars(letter), made_at=at) for key, letter in found.items() if key not in there]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def send(*, at: datetime) -> Posted:
    """Send what waits, oldest first. A server that fails keeps the rest waiting, each with the error, for the next time.

    Each is claimed before the server is told of it, so that two runs at once send nothing twice. One whose claim stands
    although no run is at work is not known to have been sent, and waits for a person: see queries.unknown.
    """
    server = get_connection()
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        kept = _keep([notice.pk for notice in waiting()], _said(error))
        return Posted(kept=kept, error=_said(error))
    try:
        return _sent_by(server, at)
    finally:
        server.close()


def _sent_by(server: Any, at: datetime) -> Posted:
    sent = kept = dropped = 0
    last = ""
    for notice in waiting():
        free = Notice.objects.filter(pk=notice.pk, sending_at=None, sent_at=None, dropped_at=None)
        path = sources.address_of(notice.about, notice.about_id, at)
        if path is None:
            dropped += free.update(dropped_at=at)
        elif free.update(sending_at=at):
            if error := _tell(notice, path, at, server):
                kept, last = kept + _keep([notice.pk], error), error
            else:
                sent += Notice.objects.filter(pk=notice.pk).update(sent_at=at, error="", tries=F("tries") + 1)
    return Posted(sent, kept, dropped, last)


def send_again() -> int:
    """Let what is not known to have been sent wait once more; gives how many."""
    return Notice.objects.filter(sent_at=None, dropped_at=None).exclude(sending_at=None).update(sending_at=None)


def _keep(numbers: list[int], error: str) -> int:
    waiting = Notice.objects.filter(pk__in=numbers, sent_at=None)
    return waiting.update(sending_at=None, error=error[:2000], tries=F("tries") + 1)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _addresses(notice: Notice, at: datetime) -> list[str]:
    person = notice.person
    if person is not None:
        return [person.email] if person.email and person.is_active else []
    return addresses_of(notice.to_id or 0, local_date(at))


def _tell(notice: Notice, path: str, at: datetime, server: Any) -> str:
    """Tell the server; "" where it took the letter, else why not."""
    people = _addresses(notice, at)
    if not people:
        return NOWHERE.format(person=notice.person.name) if notice.person else NOBODY.format(post=notice.to)
    # The same number at each try, so that a letter taken twice by a server that broke off is shown once.
    name = sha256(notice.key.encode()).hexdigest()[:32]
    host = urlsplit(settings.SITE).hostname or "localhost"
    letter = EmailMessage(
        subject=notice.subject,
        body=notice.text.replace("{link}", f"{settings.SITE}{path}"),
        to=people,
        connection=server,
        headers={"Message-ID": f"<{name}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        letter.send()
    except (smtplib.SMTPException, OSError) as error:
        return _said(error)
    return ""
