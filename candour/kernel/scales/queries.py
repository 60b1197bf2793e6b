"""Which scale holds on a day, and every matrix by its number."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Matrix


def scale_on(organisation: int, day: date) -> Scale | None:
    """The risk matrix of an organisation in force on a day: the one brought in last; the first one ever for an earlier day."""
    rows = Scale.objects.filter(organisation=organisation, kind=Scale.Kind.MATRIX)
    held = rows.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day).order_by("-starts", "-pk").first()
    return held or rows.order_by("starts", "pk").first()


def matrices() -> dict[int, Matrix]:
    """Every matrix by number: what a record was scored on is found here. One query; scales are few."""
    return {scale.pk: scale.matrix() for scale in Scale.objects.filter(kind=Scale.Kind.MATRIX)}


@dataclass(frozen=True)
class ScaleBook:
    """Every matrix, read once for a page that asks several things of them."""

    scales: tuple[Scale, ...]
    matrices: dict[int, Matrix]

    def on(self, organisation: int, day: date) -> Matrix | None:
        """The matrix of an organisation in force on a day, chosen as scale_on chooses it."""
        own = sorted(
            (scale for scale in self.scales if scale.organisation_id == organisation),
            key=lambda each: (each.starts, each.pk),
        )
        held = [scale for scale in own if scale.in_force(day)]
        found = held[-1] if held else next(iter(own), None)
        return self.matrices[found.pk] if found else None


def scale_book() -> ScaleBook:
    """Every matrix of every organisation. One query."""
    scales = tuple(Scale.objects.filter(kind=Scale.Kind.MATRIX))
    return ScaleBook(scales, {scale.pk: scale.matrix() for scale in scales})
