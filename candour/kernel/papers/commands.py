"""Issuing a paper: every audience's copy in one act, frozen, under a seal of the history."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.kernel.access import Actor, require
from candour.kernel.history.commands import seal
from candour.kernel.history.queries import last_seal
from candour.kernel.history.recording import recording
from candour.kernel.papers.access import PaperPermission
from candour.kernel.papers.canonical import fingerprint, to_json
from candour.kernel.papers.document import Document
from candour.kernel.papers.kinds import Check, Days, days_of, paper_kind
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.people.models import Organisation
from candour.kernel.records.access import RecordPermission
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class Draft:
    """What would be issued: the copies and checks by audience, and a mark that says whether they are still the same."""

    kind: str
    days: Days
    copies: dict[str, Document]
    checks: dict[str, tuple[Check, ...]]

    @property
    def mark(self) -> str:
        """The fingerprints of the copies: what a person looked at before they said yes."""
        return ".".join(fingerprint(document)[:16] for document in self.copies.values())

    @property
    def failures(self) -> list[Check]:
        return [check for checks in self.checks.values() for check in checks if not check.passed]

    @property
    def stopped(self) -> list[Check]:
        return [check for check in self.failures if check.stops]


def prepare(
    kind: str,
    *,
    actor: Actor,
    organisation: Organisation,
    at: datetime,
    as_at: date | None = None,
    since: date | None = None,
) -> Draft:
    """Every copy that would be issued, from one reading of the register, with its checks.

    Whoever prepares must see all that the copies are made from, or the figures would be theirs alone. Raises Forbidden,
    UnknownPaper, and Refused for days that cannot be.
    """
    found = paper_kind(kind)
    for permission in (PaperPermission.ISSUE, RecordPermission.SEE_RESTRICTED, found.permission):
        require(actor, permission, Record(organisation=organisation))
    try:
        days = days_of(kind, organisation=organisation, as_at=as_at, since=since, at=at)
    except ValueError as error:
        raise Refused("as_at", str(error)) from error
    stock = found.gather(actor, organisation=organisation, as_at=days.as_at, since=days.since, at=at)
    copies = {audience: found.write(stock, audience) for audience in found.issued}
    checks = {audience: found.check(stock, audience, document) for audience, document in copies.items()}
    return Draft(kind, days, copies, checks)


def issue(
    kind: str,
    *,
    actor: Actor,
    organisation: Organisation,
    at: datetime,
    as_at: date | None = None,
    since: date | None = None,
    reason: str = "",
    seen: str = "",
) -> list[IssuedPaper]:
    """Issue every audience's copy: seal the history, freeze the documents, record who issued them and why.

    seen: the mark of the draft that was looked at; a register that has changed since is refused. Raises Refused for a
    check that failed without a reason, and for a leak whatever the reason; Forbidden; UnknownPaper.
    """
    with transaction.atomic():
        require(actor, PaperPermission.ISSUE, Record(organisation=organisation))
        seal(at=at)
        sealed = last_seal()
        draft = prepare(kind, actor=actor, organisation=organisation, at=at, as_at=as_at, since=since)
        if seen and seen != draft.mark:
            raise Refused(
                "seen", "The register has changed since you looked: look at the copies again, then issue them"
            )
        if draft.stopped:
            raise Refused("reason", f"{draft.stopped[0].words}: {draft.stopped[0].detail}")
        if draft.failures:
            reason = need_reason(reason, "Say why the paper is issued although a check fails")
        edition = _next_edition(kind, organisation, draft.days.as_at)
        with recording("paper.issued", actor=actor, at=at, reason=reason.strip()):
            return [
                IssuedPaper.objects.create(
                    kind=kind,
                    title=document.title,
                    organisation=organisation,
                    audience=audience,
                    as_at=draft.days.as_at,
                    since=draft.days.since,
                    edition=edition,
                    issued_at=at,
                    issued_by=actor.label,
                    marking=document.marking,
                    **_frozen(document),
                    seal_root=sealed.root if sealed else "",
                    checks=[asdict(check) for check in draft.checks[audience]],
                    reason=reason.strip(),
                )
                for audience, document in draft.copies.items()
            ]


def _frozen(document: Document) -> dict[str, Any]:
    final = replace(document, draft=False)
    return {"document": to_json(final), "fingerprint": fingerprint(final)}


def _next_edition(kind: str, organisation: Organisation, as_at: date) -> int:
    before = IssuedPaper.objects.filter(kind=kind, organisation=organisation, as_at=as_at)
    return 1 + (before.order_by("-edition").values_list("edition", flat=True).first() or 0)
