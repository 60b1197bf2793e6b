"""The progress report as the kernel's papers know it: asked of the database once, written and checked from that."""

from datetime import date, datetime

from django.conf import settings

from candour.audits.access import AuditPermission
from candour.audits.papers.checks import checks
from candour.audits.papers.paper import progress_paper
from candour.audits.papers.stock import Dated, Stock
from candour.audits.queries import year_shown
from candour.audits.queries.stood import audits_on, happened, meetings_on, promises_on, shared_on
from candour.kernel.access import Actor
from candour.kernel.calendar import local_date
from candour.kernel.papers.kinds import PaperKind
from candour.kernel.people.models import Organisation
from candour.kernel.records.raised import raised_then
from candour.kernel.scales.models import Scale


def gather(actor: Actor, *, organisation: Organisation, as_at: date, since: date, at: datetime) -> Stock:
    """The audits of a body at the end of a day, from what had been recorded by `at` and the actor may see."""
    rows = audits_on(actor, organisation.pk, as_at=as_at, known_on=at)
    pks = [row.pk for row in rows]
    return Stock(
        body=organisation.name,
        body_id=organisation.pk,
        panel=settings.PANEL_NAME,
        as_at=as_at,
        since=since,
        dated=local_date(at),
        year=year_shown(sorted({row.line.year for row in rows}), as_at),
        rows=tuple(rows),
        shared=shared_on(pks, as_at=as_at, known_on=at),
        raised=raised_then(pks, actor=actor, day=as_at),
        happened=happened(actor, pks, until=as_at, known_on=at),
        promised=tuple(promises_on(organisation.pk, as_at=as_at, known_on=at)),
        meetings=tuple(meetings_on(organisation.pk, as_at=as_at, known_on=at)),
        scales=tuple(scales_of({row.line.provider for row in rows})),
    )


def scales_of(auditors: set[int]) -> list[Dated]:
    """Every scale of words of some auditors. One query."""
    kinds = (Scale.Kind.OPINION, Scale.Kind.PRIORITY)
    rows = Scale.objects.filter(organisation__in=auditors, kind__in=kinds).order_by("kind", "starts", "pk")
    return [
        Dated(
            "opinion" if row.kind == Scale.Kind.OPINION else "priority",
            row.organisation_id,
            row.words_of(),
            row.starts,
            row.ends,
        )
        for row in rows
        if not row.called_off
    ]


AUDIT_PROGRESS = PaperKind(
    name="audit-progress",
    label="Internal audit progress report",
    permission=AuditPermission.SEE,
    gather=gather,
    write=progress_paper,
    check=checks,
)
