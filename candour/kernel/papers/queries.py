"""Issued papers: which there are, who may read which, and each as it was issued."""

from datetime import date

from django.db.models import Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.calendar import local_date, say_date, say_time
from candour.kernel.composed import Composed
from candour.kernel.papers.access import PaperPermission
from candour.kernel.papers.canonical import from_json
from candour.kernel.papers.document import Document, Fact, fact, sealed
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.records.access import RecordPermission

PUBLIC = "public"


def last_as_at(kind: str, organisation: int, *, before: date | None = None) -> date | None:
    """The day shown by the last paper of a kind that a body issued (for a day before another one, where given)."""
    issued = IssuedPaper.objects.filter(kind=kind, organisation=organisation)
    if before is not None:
        issued = issued.filter(as_at__lt=before)
    return issued.order_by("-as_at").values_list("as_at", flat=True).first()


def issued_days(kind: str, organisation: int | None) -> tuple[date, ...]:
    """The days shown by the papers of a kind that a body issued, newest first, at most twelve."""
    return () if organisation is None else tuple(_issued(kind=kind, organisation=organisation))


_issued = Composed(
    lambda *, kind, organisation: (
        IssuedPaper.objects.filter(kind=kind, organisation=organisation)
        .order_by("-as_at")
        .values_list("as_at", flat=True)
        .distinct()[:12]
    )
)


def readable(actor: Actor) -> Q:
    """Which copies an actor may read: public ones for everybody; others with papers.see and records.see_restricted there.

    A copy for the panel may hold restricted records, and whether it does is itself not for others to know.
    """
    see = actor.scope(PaperPermission.SEE)
    deep = actor.scope(RecordPermission.SEE_RESTRICTED)
    if EVERYWHERE in see and EVERYWHERE in deep:
        return Q()
    both = deep if EVERYWHERE in see else see if EVERYWHERE in deep else see & deep
    return Q(audience=PUBLIC) | Q(organisation__in=both)


def issued_papers(actor: Actor, *, kind: str = "", organisation: int | None = None) -> QuerySet[IssuedPaper]:
    """Copies that an actor may read, newest day first, without their documents."""
    found = IssuedPaper.objects.filter(readable(actor)).select_related("organisation").defer("document")
    if kind:
        found = found.filter(kind=kind)
    return found if organisation is None else found.filter(organisation=organisation)


def issued_paper(
    actor: Actor, *, kind: str, organisation: str, as_at: date, edition: int, audience: str
) -> IssuedPaper:
    """One copy. Raises IssuedPaper.DoesNotExist for one that is not there or not for this actor."""
    rows = IssuedPaper.objects.filter(readable(actor)).select_related("organisation")
    return rows.get(kind=kind, organisation__code=organisation, as_at=as_at, edition=edition, audience=audience)


def document_of(paper: IssuedPaper) -> Document:
    """The paper as it was issued, with the facts of its issue printed on it. The same bytes in every format, for ever."""
    return sealed(from_json(paper.document), *facts_of_issue(paper))


def facts_of_issue(paper: IssuedPaper) -> tuple[Fact, ...]:
    """Fingerprint, root of the history, and when and by which post the paper was issued."""
    at = f"{say_date(local_date(paper.issued_at))} at {say_time(paper.issued_at)}, {paper.issued_by}"
    return (
        fact("Fingerprint", paper.fingerprint),
        fact("History root", paper.seal_root),
        fact("Issued", at),
    )
