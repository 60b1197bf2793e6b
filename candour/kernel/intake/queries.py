"""Papers read in, as an actor may see them."""

from django.db.models import Q, QuerySet

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.intake.access import IntakePermission
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.models import ColumnNames, Staged


def staged_papers(actor: Actor) -> QuerySet[Staged]:
    """Papers of the organisations for which the actor reads papers in, newest first."""
    scope = actor.scope(IntakePermission.READ_IN)
    rows = Staged.objects.select_related("organisation").filter(
        Q() if EVERYWHERE in scope else Q(organisation__in=scope)
    )
    return rows.order_by("-pk")


def loaded_before(sha256: str, organisation: int) -> Staged | None:
    """The confirmed paper with the same content, if there is one."""
    return (
        Staged.objects.filter(sha256=sha256, organisation=organisation, state=Staged.State.CONFIRMED)
        .order_by("-pk")
        .first()
    )


def remembered_columns(organisation: int | None) -> dict[str, Told]:
    """By kind of paper, the columns that people of an organisation named: the field of each, by the headings' shape.

    None asks for every organisation, as who reads without a post does at the command line; the newest naming counts.
    """
    rows = ColumnNames.objects.order_by("pk").filter(Q() if organisation is None else Q(organisation=organisation))
    found: dict[str, dict[str, list[str]]] = {}
    for kind, shape, fields in rows.values_list("kind", "shape", "fields"):
        found.setdefault(kind, {})[shape] = fields
    return dict(found)
