"""Papers read in, as an actor may see them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from candour.kernel.access import Actor
from candour.kernel.access.actor import EVERYWHERE
from candour.kernel.intake.access import IntakePermission
from candour.kernel.intake.mapping import Told
from candour.kernel.intake.models import ColumnNames, Staged
from candour.kernel.records.needs import Need, Part, text


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


def waiting(actor: Actor) -> Part | None:
    """Papers read in that wait to be confirmed, as a desk shows them; None for who reads none in."""
    if not actor.scope(IntakePermission.READ_IN):
        return None
    rows = staged_papers(actor).filter(state=Staged.State.WAITING).select_related(None)
    nothing = Cast(Value(None), DateField())
    columns = {
        "title": F("file_name"),
        "code": text(""),
        "reference": Cast("pk", CharField()),
        "about": F("organisation__name"),
        "why": text("Nothing of it is saved until it is confirmed"),
        "by": nothing,
        "other": nothing,
        "sight": text(""),
    }
    return Part("paper", rows, columns, _need)


def _need(row: Mapping[str, Any]) -> Need:
    return Need(
        title=f"Confirm the paper read in: {row['title']}",
        address=reverse("paper-in", args=[row["reference"]]),
        about=row["about"],
        why=row["why"],
        by=None,
    )
