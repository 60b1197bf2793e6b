"""What is public, what could be, and how the publication scheme stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet

from candour.kernel.access import Actor, allowed
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.calendar import local_date, say_date, say_time
from candour.kernel.papers.canonical import from_json
from candour.kernel.papers.document import Document, fact, sealed
from candour.kernel.people.models import Organisation
from candour.kernel.publication.access import PublicationPermission
from candour.kernel.publication.models import Duty, Published, PublishedFile
from candour.kernel.publication.rules import Standing, standing
from candour.kernel.publication.sources import Ready, Source, sources
from candour.kernel.records.models import Record


@dataclass(frozen=True)
class Wanted:
    """Which publications a list shows: of which body (code) and source, of which year, with which words in the title."""

    body: str = ""
    source: str = ""
    year: int | None = None
    words: str = ""


def latest_editions() -> QuerySet[Published]:
    """The last edition of everything that was ever published, newest day first, without the documents."""
    later = Published.objects.filter(
        organisation=OuterRef("organisation"),
        source=OuterRef("source"),
        key=OuterRef("key"),
        edition__gt=OuterRef("edition"),
    )
    rows = Published.objects.filter(~Exists(later)).select_related("organisation").defer("document", "checks")
    return rows.order_by("-dated", "-published_at", "-pk")


def public_rows(wanted: Wanted) -> QuerySet[Published]:
    """What is public, without what was withdrawn."""
    rows = latest_editions().filter(withdrawn_on=None)
    if wanted.body:
        rows = rows.filter(organisation__code=wanted.body)
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    if wanted.year:
        rows = rows.filter(dated__year=wanted.year)
    for word in wanted.words.split()[:8]:
        rows = rows.filter(title__icontains=word)
    return rows


def years_public() -> list[int]:
    """The years of what is public, newest first. One query."""
    return [day.year for day in Published.objects.filter(withdrawn_on=None).dates("dated", "year", order="DESC")]


def published_at(organisation: str, source: str, key: str, edition: int | None = None) -> Published:
    """One edition, the last unless given. Raises Published.DoesNotExist."""
    rows = Published.objects.filter(organisation__code=organisation, source=source, key=key)
    rows = rows.select_related("organisation").order_by("-edition")
    found = (rows.filter(edition=edition) if edition else rows).first()
    if found is None:
        raise Published.DoesNotExist
    return found


def editions_of(published: Published) -> list[Published]:
    """Every edition of the same publication, newest first, without the documents. One query."""
    rows = Published.objects.filter(
        organisation=published.organisation_id, source=published.source, key=published.key
    ).defer("document", "checks")
    return list(rows.order_by("-edition"))


def files_of(published: Sequence[Published]) -> dict[int, list[PublishedFile]]:
    """The data published beside some editions, by number of the edition, without the bytes. One query."""
    rows = PublishedFile.objects.filter(published__in=published).defer("content").order_by("name")
    found: dict[int, list[PublishedFile]] = {}
    for row in rows:
        found.setdefault(row.published_id, []).append(row)
    return found


def latest_file(organisation: str, name: str) -> PublishedFile:
    """The file of a name in the newest publication of a body that stands. Raises PublishedFile.DoesNotExist. One query."""
    rows = PublishedFile.objects.filter(
        published__organisation__code=organisation, published__withdrawn_on=None, name=name
    )
    found = rows.order_by("-published__dated", "-published__edition", "-pk").first()
    if found is None:
        raise PublishedFile.DoesNotExist
    return found


def document_of(published: Published) -> Document:
    """The paper as it was published, with the facts of its publication printed on it. The same bytes for ever."""
    at = f"{say_date(local_date(published.published_at))} at {say_time(published.published_at)}, {published.published_by}"
    facts = [
        fact("Fingerprint", published.fingerprint),
        fact("History root", published.seal_root),
        fact("Published", at),
    ]
    if published.note:
        facts.append(fact("Corrected", published.note))
    return sealed(from_json(published.document), *facts)


@dataclass(frozen=True)
class DutyRow:
    """A duty with how it stands. last: the last publication that fulfilled it, where there is one."""

    duty: Duty
    standing: Standing
    last: Published | None


def scheme(*, today: date, organisation: int | None = None) -> list[DutyRow]:
    """The publication scheme, by body, group and title, with how each duty stands. Two queries."""
    rows = Duty.objects.filter(ended_on=None).select_related("organisation", "owner")
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    duties = list(rows.order_by("organisation__name", "group", "title", "pk"))
    newest = (
        Published.objects.filter(duty__in=duties, withdrawn_on=None).values("duty").annotate(last=Max("published_at"))
    )
    moments = {row["duty"]: row["last"] for row in newest}
    found = Published.objects.filter(duty__in=list(moments), published_at__in=list(moments.values()), withdrawn_on=None)
    lasts = {row.duty_id: row for row in found.select_related("organisation").defer("document", "checks")}
    return [DutyRow(duty, _standing(duty, moments.get(duty.pk), today), lasts.get(duty.pk)) for duty in duties]


def _standing(duty: Duty, moment: object, today: date) -> Standing:
    last = local_date(moment) if moment else None  # type: ignore[arg-type]
    return standing(months=duty.months, starts=duty.starts, last=last, today=today)


@dataclass(frozen=True)
class ReadyRow:
    """Something that could be published. again: it is out already, and what stands now differs or may differ."""

    source: Source
    ready: Ready
    organisation: Organisation
    published: Published | None


def ready_rows(
    *, actor: Actor, today: date, bodies: Sequence[Organisation], theirs: Iterable[Published]
) -> list[ReadyRow]:
    """What the sources offer of some bodies, newest first. theirs: their latest editions. A query of each source and body."""
    offered = [
        (source, body, ready)
        for body in bodies
        for source in sources()
        if allowed(actor, source.permission, Record(organisation=body))
        for ready in source.ready(body.pk, actor, today)
    ]
    out = {(row.organisation_id, row.source, row.key): row for row in theirs}
    rows = [
        ReadyRow(source, ready, body, out.get((body.pk, source.name, ready.key))) for source, body, ready in offered
    ]
    return sorted(rows, key=lambda row: row.ready.dated, reverse=True)


def bodies_of(actor: Actor) -> list[Organisation]:
    """The bodies for which an actor may publish. One query."""
    held = actor.scope(PublicationPermission.PUBLISH)
    rows = Organisation.objects.all() if EVERYWHERE in held else Organisation.objects.filter(pk__in=held)
    return sorted(rows, key=lambda body: (body.pk != actor.organisation, body.name))
