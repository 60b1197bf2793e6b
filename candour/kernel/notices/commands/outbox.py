"""Sending what waits in the outbox: at once to whom it comes at once, put by for whom it comes later."""

import smtplib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q

from candour.kernel.access import Actor, Forbidden
from candour.kernel.jobs.access import SystemPermission
from candour.kernel.notices import sources
from candour.kernel.notices.commands.coming_back import came_back
from candour.kernel.notices.commands.gathering import arrived
from candour.kernel.notices.mailing import Refusal, number_of, posted
from candour.kernel.notices.models import Copy, Notice, Returned
from candour.kernel.notices.queries import Addressee, addressees, of_keeper, of_sender, shut_addresses, waiting
from candour.kernel.notices.rules import Pace, cause, for_good, next_due
from candour.kernel.rules import Refused

NOBODY = "Nobody with an e-mail address holds the post {post}"
NOWHERE = "{person} has no e-mail address, or may not sign in"
SHUT = "The address does not receive letters since it was told so: correct it, or say that it receives again"
UNWANTED = "Nobody who holds the post takes letters of this kind by e-mail"


@dataclass(frozen=True)
class Posted:
    """What became of the notices that waited. error: the last that kept one back. failed: refused for good."""

    sent: int = 0
    kept: int = 0
    dropped: int = 0
    error: str = ""
    gathered: int = 0
    failed: int = 0


@dataclass
class _Came:
    """What came of telling the server of one notice."""

    sent: int = 0
    gathered: int = 0
    refused: list[Refusal] = field(default_factory=list)
    error: str = ""
    unwanted: int = 0


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
    sent = kept = dropped = gathered = failed = 0
    last = ""
    for notice in waiting():
        free = Notice.objects.filter(pk=notice.pk, sending_at=None, sent_at=None, dropped_at=None)
        path = sources.address_of(notice.about, notice.about_id, at)
        if path is None:
            dropped += free.update(dropped_at=at)
            continue
        if not free.update(sending_at=at, message=notice.message or number_of(notice.key)):
            continue
        came = _told(notice, path, at, server)
        mine = Notice.objects.filter(pk=notice.pk)
        if came.error:
            kept, last = kept + _keep([notice.pk], came.error), came.error
        elif came.sent:
            sent += mine.update(sent_at=at, error="", tries=F("tries") + 1)
            arrived(notice, at=at)
        elif came.gathered:
            gathered += mine.update(gathered_at=at, sending_at=None, error="")
        elif came.refused:
            words = cause(came.refused[-1].status) if came.refused[-1].status else SHUT
            failed += mine.update(
                failed_at=at, sending_at=None, error=f"{words} ({came.refused[-1].said})"[:2000], tries=F("tries") + 1
            )
        else:
            dropped += mine.update(dropped_at=at, error=UNWANTED)
    return Posted(sent, kept, dropped, last, gathered, failed)


def send_again() -> int:
    """Let what is not known to have been sent wait once more; gives how many."""
    return Notice.objects.filter(sent_at=None, dropped_at=None).exclude(sending_at=None).update(sending_at=None)


def send_once_more(notice: Notice, *, actor: Actor, at: datetime) -> None:
    """Let a letter wait that was refused for good, or is not known to have gone out: its address was mended meanwhile.

    It goes to those whom it did not reach, and to nobody twice. For whoever caused it, and for who keeps the system. Raises
    Refused where nothing is to be sent again.
    """
    if not Notice.objects.filter(of_sender(actor) | of_keeper(actor), pk=notice.pk).exists():
        raise Forbidden(actor, SystemPermission.KEEP)
    with transaction.atomic():
        back = notice.returned.filter(settled_at=None, kind=Returned.Kind.FAILED)
        stuck = Notice.objects.filter(pk=notice.pk, dropped_at=None).exclude(failed_at=None, sending_at=None)
        if not back.exists() and not stuck.filter(sent_at=None).exists():
            raise Refused("", "It waits to be sent, or went out already: there is nothing to send again")
        lost = list(back.values_list("address", flat=True))
        in_vain = Q(address__in=lost) | Q(inside__in=Returned.objects.filter(address__in=lost).values("notice"))
        Copy.objects.filter(in_vain, notice=notice).delete()
        back.update(settled_at=at)
        again = {"sent_at": None, "failed_at": None, "sending_at": None, "gathered_at": None, "error": ""}
        Notice.objects.filter(pk=notice.pk).update(**again)


def _keep(numbers: list[int], error: str) -> int:
    waiting = Notice.objects.filter(pk__in=numbers, sent_at=None)
    return waiting.update(sending_at=None, error=error[:2000], tries=F("tries") + 1)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _told(notice: Notice, path: str, at: datetime, server: Any) -> _Came:
    """Tell the server of what each person gets at once, and put by what comes later. Whoever got it already is left out."""
    people = addressees(notice, at)
    if not people:
        said = NOWHERE.format(person=notice.person.name) if notice.person else NOBODY.format(post=notice.to)
        return _Came(error=said)
    there = set(Copy.objects.filter(notice=notice).values_list("person", flat=True))
    shut = shut_addresses(one.address for one in people)
    came = _Came(sent=Copy.objects.filter(notice=notice).exclude(sent_at=None).count())
    for one in people:
        if one.person in there:
            came.gathered += 1
        elif one.pace is Pace.NEVER:
            came.unwanted += 1
        elif one.pace is not Pace.AT_ONCE:
            _put_by(notice, one, at)
            came.gathered += 1
        elif one.address.lower() in shut:
            came.refused.append(Refusal(one.address, "", SHUT))
        else:
            _post(notice, path, one, at=at, server=server, came=came)
    return came


def _put_by(notice: Notice, one: Addressee, at: datetime) -> None:
    due = next_due(one.pace, hour=one.hour, weekday=one.weekday, after=at)
    Copy.objects.get_or_create(notice=notice, person_id=one.person, defaults={"due_at": due})


def _post(notice: Notice, path: str, one: Addressee, *, at: datetime, server: Any, came: _Came) -> None:
    try:
        refused = posted(notice, path, one.address, server)
    except (smtplib.SMTPException, OSError) as error:
        came.error = _said(error)
        return
    if refused is not None:
        came_back(notice, refused, at=at)
        if for_good(refused.status):
            came.refused.append(refused)
        else:
            came.error = refused.said
        return
    sent = {"address": one.address.lower(), "sent_at": at}
    Copy.objects.get_or_create(notice=notice, person_id=one.person, defaults=sent)
    Returned.objects.filter(notice=notice, address=one.address.lower(), settled_at=None).update(settled_at=at)
    came.sent += 1
