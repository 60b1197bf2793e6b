"""How many risks each saved view holds, for whoever looks: counted among what they may see, in one query."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.db.models import Count, Q

from candour.kernel.records.compile import compiled
from candour.kernel.records.models import visible
from candour.kernel.records.search import matching
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import RiskLine
from candour.risks.queries.lists import RiskFilter
from candour.risks.queries.movement import direction_since
from candour.risks.queries.sources import PastRegister, Source

Key = TypeVar("Key", bound=Hashable)


def saved_counts(source: Source, views: Mapping[Key, RiskFilter]) -> dict[Key, int]:
    """The count of each view. One query live. On a past day those of another register than the one shown have none."""
    if not views:
        return {}
    if isinstance(source, PastRegister):
        base = (source.base.level, source.base.organisation)
        same = {key: wanted for key, wanted in views.items() if (wanted.level, wanted.organisation) == base}
        return {key: len(source.matching(wanted)) for key, wanted in same.items()}
    levels = {wanted.level for wanted in views.values()}
    rows = RiskLine.objects.filter(visible(source.actor, RiskPermission.SEE), kind__in=levels)
    rows = rows.alias(status=compiled(rules.STATUS, source.today), direction=direction_since(source.since))
    keys = {f"view{number}": key for number, key in enumerate(views)}
    counted = rows.aggregate(**{name: Count("pk", filter=_held_by(views[key])) for name, key in keys.items()})
    return {key: counted[name] for name, key in keys.items()}


def _held_by(wanted: RiskFilter) -> Q:
    """What a view asks of a line: the same as lines() and narrowed() ask."""
    found = Q(kind=wanted.level, closed_on__isnull=not wanted.closed)
    asked = ("organisation", "owner", "status", "band", "sensitivity", "impact", "likelihood")
    found &= Q(**{name: getattr(wanted, name) for name in asked if getattr(wanted, name) not in (None, "")})
    if wanted.movement == "changed":
        found &= ~Q(direction="same")
    elif wanted.movement:
        found &= Q(direction=wanted.movement)
    return found & matching(wanted.words) if wanted.words else found
