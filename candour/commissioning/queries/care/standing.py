"""How providers stand in their due diligence, for read lines and for past days."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from candour.commissioning.models import Agreement, DiligenceCheck, DiligenceKind
from candour.commissioning.rules import care as rules
from candour.kernel.history.queries import as_at_together
from candour.kernel.records.models import Record

OF_KIND = ("id", "organisation_id", "name", "starts", "kinds", "ended_on")
OF_CHECK = ("id", "provider_id", "kind_id", "on", "expires", "waived")


class Cares:
    """The care of each provider for each kind of agreement of a body, worked out when it is asked for and kept.

    kinds, checks: rows of their tables as plain values. Kinds that have ended are asked for no more.
    """

    def __init__(self, kinds: Iterable[Mapping[str, Any]], checks: Iterable[Mapping[str, Any]]) -> None:
        self._asked: dict[int, list[rules.Asked]] = defaultdict(list)
        for row in kinds:
            if row["ended_on"] is None:
                self._asked[row["organisation_id"]].append(asked(row))
        self._made: dict[int, list[rules.Made]] = defaultdict(list)
        for row in checks:
            self._made[row["provider_id"]].append(made(row))
        self._kept: dict[tuple[int, str, int], rules.Care] = {}

    def of(self, provider: int, kind: str, body: int) -> rules.Care:
        key = provider, kind, body
        if key not in self._kept:
            found = rules.standings(kind, self._asked.get(body, ()), self._made.get(provider, ()))
            self._kept[key] = rules.care_of(found)
        return self._kept[key]


def asked(row: Mapping[str, Any]) -> rules.Asked:
    """A kind of check as the rules know it."""
    kinds = frozenset(name for name in row["kinds"].split(",") if name)
    return rules.Asked(row["id"], row["name"], row["starts"], kinds)


def made(row: Mapping[str, Any]) -> rules.Made:
    return rules.Made(row["kind_id"], row["id"], row["on"], row["expires"], row["waived"])


def cares_of(providers: Collection[int], bodies: Collection[int]) -> Cares:
    """The care of some providers by some bodies as it stands. Two queries; one where no check is asked for."""
    kinds = list(DiligenceKind.objects.filter(organisation__in=bodies).values(*OF_KIND))
    checks = DiligenceCheck.objects.filter(provider__in=providers).values(*OF_CHECK) if kinds else ()
    return Cares(kinds, checks)


def cares_on(records: QuerySet[Record], days: Sequence[date], *, known_on: datetime | None = None) -> list[Cares]:
    """The care of the providers of some agreements at the end of each of some days. One query."""
    mine = records.order_by()
    several = {
        "kinds": DiligenceKind.objects.filter(organisation__in=mine.values("organisation")),
        "checks": DiligenceCheck.objects.filter(
            provider__in=Agreement.objects.filter(record__in=mine).values("provider")
        ),
    }
    return [Cares(of_day["kinds"], of_day["checks"]) for of_day in as_at_together(several, days, known_on=known_on)]
