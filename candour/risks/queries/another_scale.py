"""What another scale would change: live risks by the band they are in and the band they would be in."""

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from candour.kernel.access import Actor
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import visible
from candour.kernel.scales.rules import Matrix
from candour.kernel.scales.scored import Move, Moves, Moving
from candour.risks.access import RiskPermission
from candour.risks.models import RiskLine

SHOWN = 20  # risks named of each move


def live_lines(actor: Actor, organisation: int) -> QuerySet[RiskLine]:
    """The live risks of a body, on any of its registers, that an actor may see."""
    return RiskLine.objects.filter(visible(actor, RiskPermission.SEE), organisation=organisation, closed_on=None)


def band_moves(actor: Actor, organisation: int, matrix: Matrix) -> Moves:
    """Which scored live risks would go by another band's name, were their levels the same on this matrix. Two queries.

    A risk whose levels the matrix lacks goes to the band "": it has to be scored anew.
    """
    lines = live_lines(actor, organisation).filter(score__isnull=False).annotate(new=_new_band(matrix))
    counts = lines.order_by().values_list("band", "new").annotate(count=Count("pk"))
    by_move = {(old, new): count for old, new, count in counts}
    moving = lines.exclude(band=F("new")).annotate(
        place=Window(RowNumber(), partition_by=["band", "new"], order_by=[F("score").desc(), "reference"])
    )
    rows: dict[tuple[str, str], list[Moving]] = {}
    wanted = ("band", "new", "reference", "record__title", "organisation__code", "impact", "likelihood", "score")
    address = kind_named("risk").address
    for old, new, reference, title, code, impact, likelihood, score in (
        moving.filter(place__lte=SHOWN).order_by("-score", "reference").values_list(*wanted)
    ):
        moved = Moving(reference, title, address(code, reference), impact, likelihood, score)
        rows.setdefault((old, new), []).append(moved)
    found = [Move(old, new, by_move[old, new], tuple(shown)) for (old, new), shown in rows.items()]
    return Moves(sum(by_move.values()), tuple(sorted(found, key=lambda move: (-move.count, move.old, move.new))))


def categories_in_use(actor: Actor, organisation: int) -> dict[str, int]:
    """How many live risks an actor may see in each category of a body; those without one are left out. One query."""
    named = live_lines(actor, organisation).exclude(record__risk__category="")
    counts = named.order_by().values_list("record__risk__category").annotate(count=Count("pk"))
    return dict(counts.order_by("record__risk__category"))


def _new_band(matrix: Matrix) -> Case:
    impact, likelihood = matrix.size
    beyond = When(Q(impact__gt=impact) | Q(likelihood__gt=likelihood), then=Value(""))
    bands = [When(score__gte=band.low, score__lte=band.high, then=Value(band.name)) for band in matrix.bands]
    return Case(beyond, *bands, default=Value(""))
