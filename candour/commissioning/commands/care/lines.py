"""The read lines of agreements follow what changes beside them: a check of their provider, a kind of check of their body."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from candour.commissioning.models import AgreementLine
from candour.commissioning.queries.care.standing import cares_of
from candour.commissioning.rules.care import Care
from candour.kernel.records.models import Record

AT_ONCE = 500  # providers in one statement


def follow(lines: QuerySet[AgreementLine]) -> None:
    """Bring the care on some lines up to date, inside the transaction of the recording that changed it.

    Their records are locked first: a recording on one of them that has read the care of before writes its line before.
    """
    list(
        Record.objects.select_for_update().filter(pk__in=lines.order_by().values("pk")).order_by("pk").values_list("pk")
    )
    keys = sorted(set(lines.order_by().values_list("provider", "kind", "organisation")))
    cares = cares_of({one for one, _, _ in keys}, {body for _, _, body in keys})
    same: dict[tuple[Care, str, int], list[int]] = defaultdict(list)
    for provider, kind, body in keys:
        same[cares.of(provider, kind, body), kind, body].append(provider)
    for (care, kind, body), providers in same.items():
        for some in _parts(providers):
            AgreementLine.objects.filter(Q(provider__in=some), kind=kind, organisation=body).update(**vars(care))


def _parts(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
