"""How many risks each saved view holds, for whoever looks: counted among what they may see, in one query."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.db.models import Count, Q

from candour.kernel.records.models import visible
from candour.kernel.records.search import matching
from candour.risks.access import RiskPermission
from candour.risks.models import RiskLine
from candour.risks.queries.lists import RiskFilter
from candour.risks.queries.movement import direction_since
from candour.risks.queries.sources import LiveRegister, PastRegister, Source
from candour.risks.queries.tallies import held_by

Key = TypeVar("Key", bound=Hashable)


def saved_counts(source: Source, views: Mapping[Key, RiskFilter]) -> dict[Key, int]:
    """The count of each view. One query live, two where a view asks for appetite.

    On a past day those of another register than the one shown have none.
    """
    if not views:
        return {}
    if isinstance(source, PastRegister):
        base = (source.base.level, source.base.organisation)
        same = {key: wanted for key, wanted in views.items() if (wanted.level, wanted.organisation) == base}
        return {key: len(source.matching(wanted)) for key, wanted in same.items()}
    levels = {wanted.level for wanted in views.values()}
    rows = RiskLine.objects.filter(visible(source.actor, RiskPermission.SEE), kind__in=levels)
    rows = rows.alias(direction=direction_since(source.since))
    keys = {f"view{number}": key for number, key in enumerate(views)}
    asked = {name: _asked(views[key], source) for name, key in keys.items()}
    counted = rows.aggregate(**{name: Count("pk", filter=found) for name, found in asked.items()})
    return {key: counted[name] for name, key in keys.items()}


def _asked(wanted: RiskFilter, source: LiveRegister) -> Q:
    """What a view asks of a line: the same as lines() and narrowed() ask."""
    found = Q(kind=wanted.level, closed_on__isnull=not wanted.closed)
    if wanted.organisation is not None:
        found &= Q(organisation=wanted.organisation)
    found &= held_by(wanted, today=source.today, since=source.since, against=source.against) or Q()
    return found & matching(wanted.words) if wanted.words else found
