"""Making a pack beside the page that asked for it: begun once, told how far it is, ended with what came of it."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from django.db import IntegrityError, transaction

from candour.boards.access import BoardPermission
from candour.boards.commands.packs import may_issue
from candour.boards.models import Making, Meeting, Pack
from candour.boards.queries.makings import LOST
from candour.kernel.access import Actor, require
from candour.kernel.evidence import store
from candour.kernel.evidence.models import File
from candour.kernel.records.access import RecordPermission
from candour.kernel.rules import Refused

UNDERWAY = "A pack of this part is being made already: wait until it is done"


def begin_making(
    meeting: Meeting, *, closed: bool, draft: bool, supplement: bool = False, anew: Sequence[int] = (), reason: str = "",
    actor: Actor, at: datetime,
) -> Making:  # fmt: skip
    """Begin a draft, or a pack that goes out. The making of the same part that ended before is forgotten, its draft too.

    anew: numbers of the papers that Candour writes again, though an earlier version has them.
    Raises Refused where one is under way, and for a pack that may not go out.
    """
    require(actor, BoardPermission.ISSUE, meeting.record)
    if closed:
        require(actor, RecordPermission.SEE_RESTRICTED, meeting.record)
    if not draft:
        may_issue(meeting)
    earlier = Making.objects.filter(meeting=meeting, closed=closed)
    earlier.filter(ended=False, begun_at__lt=at - LOST).update(ended=True)
    try:
        with transaction.atomic():
            made = Making.objects.create(
                meeting=meeting, closed=closed, draft=draft, supplement=supplement, reason=reason.strip(),
                anew=[] if supplement else sorted(anew), begun_at=at, begun_by=actor.label, step="Beginning",
            )  # fmt: skip
    except IntegrityError:
        raise Refused("reason", UNDERWAY) from None
    _forget(list(earlier.exclude(pk=made.pk)))
    return made


def tell_making(making: Making, step: str, done: int, of: int) -> None:
    """Say how far it has come."""
    Making.objects.filter(pk=making.pk, ended=False).update(step=step[:200], done=done, of=of)


def end_making(
    making: Making, *, content: bytes = b"", pack: Pack | None = None, error: str = "",
    matches: Sequence[tuple[int, int]] = (),
) -> None:  # fmt: skip
    """It ended: with a draft's bytes, with a pack that went out, or with what is in the way."""
    digest = sha256(content).hexdigest() if content else ""
    if content:
        store.take(BytesIO(content), digest, field="reason")
    said = {"error": error, "matches": [list(pair) for pair in matches]}
    with transaction.atomic():
        if content:
            store.claim(BytesIO(content), digest, field="reason")
        Making.objects.filter(pk=making.pk).update(ended=True, step="", pdf_sha256=digest, pack=pack, **said)


def _forget(makings: list[Making]) -> None:
    """Drafts are not kept: their bytes go, unless a file or an issued pack has the same."""
    Making.objects.filter(pk__in=[row.pk for row in makings]).delete()
    for digest in {row.pdf_sha256 for row in makings} - {""}:
        held = File.objects.filter(sha256=digest, erased_on=None).exists() or Making.objects.filter(pdf_sha256=digest)
        if not held and not Pack.objects.filter(pdf_sha256=digest).exists():
            with suppress(OSError):  # the sweep does it later
                store.erase(digest)
