"""Kinds of check, what was seen of one provider, and which providers are behind."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.models import DiligenceCheck, DiligenceKind, Provider
from candour.commissioning.queries.care.standing import OF_KIND, asked
from candour.commissioning.queries.register import lines
from candour.commissioning.rules import care
from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.evidence.models import File, visible_files


@dataclass(frozen=True)
class FileOf:
    """A file that shows something, and the record that it is kept on."""

    number: int
    name: str
    organisation: str
    reference: str


@dataclass(frozen=True)
class CheckRow:
    """A kind of check with what was last seen of a provider. needed_by: which agreements ask for it, in words.

    least: the least cover, as money. result: a key of care.RESULT_WORDS; "" where no agreement that runs asks for it.
    """

    kind: int
    name: str
    asks: str
    needed_by: str
    least: str
    result: str
    on: date | None = None
    seen: str = ""
    post: str = ""
    expires: date | None = None
    cover: str = ""
    waived: bool = False
    file: FileOf | None = None


@dataclass(frozen=True)
class Behind:
    """A provider whose due diligence is missing or out of date, and for how many agreements that run."""

    number: int
    name: str
    agreements: int


def kinds_asked(organisation: int) -> list[DiligenceKind]:
    """The checks that a body asks for, by name. One query."""
    return list(DiligenceKind.objects.filter(organisation=organisation, ended_on=None).order_by("name", "pk"))


def kinds_seen(actor: Actor) -> list[DiligenceKind]:
    """The checks asked for in the bodies whose agreements an actor sees, by body and name. One query."""
    see = actor.scope(CommissioningPermission.SEE)
    if actor.only is not None or not see:
        return []
    rows = DiligenceKind.objects.filter(ended_on=None).select_related("organisation")
    found = rows if EVERYWHERE in see else rows.filter(organisation__in=see)
    return list(found.order_by("organisation__name", "name", "pk"))


def needed_by(kind: DiligenceKind) -> str:
    """Which agreements ask for a check, in words."""
    names = [rules.KINDS[name].lower() for name in kind.kinds.split(",") if name]
    return f"every {', '.join(names)}" if names else "every agreement"


def providers_behind(actor: Actor, *, today: date) -> list[Behind]:
    """Providers whose checks are missing or out of date for agreements that run and an actor sees, the most of these first.

    The same as the checks of health say of each agreement, asked so that an index holds all of it. One query.
    """
    wrong = Q(owed_from__lte=today) | Q(checked_until__lt=today)
    rows = lines(actor).filter(wrong, closed_on=None).order_by()
    counted = rows.values_list("provider", "provider__name").annotate(many=Count("pk"))
    return [Behind(*row) for row in counted.order_by("-many", "provider__name", "provider")]


def checks_of(provider: Provider, *, actor: Actor, today: date) -> tuple[CheckRow, ...]:
    """Every check that is asked for, with the last that was seen of a provider. Four queries.

    A check is missing where an agreement that runs asks for it, of those that the actor sees; before the first agreement, all
    are. A file is told where they see the record that it is kept on.
    """
    running = set(lines(actor).filter(provider=provider, closed_on=None).order_by().values_list("kind", flat=True))
    last: dict[int, DiligenceCheck] = {}
    rows = DiligenceCheck.objects.filter(provider=provider).select_related("post")
    for one in rows.order_by("on", "pk"):
        last[one.kind_id] = one
    files = _files(provider, actor)
    return tuple(_row(kind, last.get(kind.pk), running, files, today) for kind in kinds_asked(provider.organisation_id))


def _files(provider: Provider, actor: Actor) -> dict[int, FileOf]:
    mine = DiligenceCheck.objects.filter(provider=provider).values("file")
    rows = File.objects.filter(visible_files(actor), pk__in=mine, removed_on=None, erased_on=None)
    found = rows.values_list("pk", "name", "record__organisation__code", "record__reference")
    return {row[0]: FileOf(*row) for row in found}


def _row(
    kind: DiligenceKind, held: DiligenceCheck | None, running: set[str], files: dict[int, FileOf], today: date
) -> CheckRow:
    known = asked({name: getattr(kind, name) for name in OF_KIND})
    needed = not running or any(known.of(name) for name in running)
    some = next(name for name in rules.KINDS if known.of(name))
    (standing,) = care.standings(some, [known], [made_of(held)] if held else [])
    row = CheckRow(
        kind=kind.pk,
        name=kind.name,
        asks=kind.asks,
        needed_by=needed_by(kind),
        least=rules.pounds(kind.cover) if kind.cover else "",
        result=care.result(standing, today) if held or needed else "",
    )
    if held is None:
        return row
    return replace(
        row,
        on=held.on,
        seen=held.seen,
        post=str(held.post),
        expires=held.expires,
        cover=rules.pounds(held.cover) if held.cover else "",
        waived=held.waived,
        file=files.get(held.file_id or 0),
    )


def made_of(held: DiligenceCheck) -> care.Made:
    """A check as the rules know it."""
    return care.Made(held.kind_id, held.pk, held.on, held.expires, held.waived)
