"""What a load must know of the agreements that stand: by reference, or by what each is, for whom and from when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from candour.commissioning.models import Payment
from candour.commissioning.queries.register import lines
from candour.kernel.access import Actor
from candour.kernel.intake.printed import words_key
from candour.kernel.people.models import Organisation
from candour.kernel.records.models import Record

FACTS = ("starts", "ends", "last_end", "notice_on", "value", "project_code", "closed_on", "signed_on", "kind")


@dataclass(frozen=True)
class Standing:
    """An agreement as it stands. value: pence, with its variations; changed: whether it was varied."""

    pk: int
    reference: str
    title: str
    provider: int
    provider_name: str
    stream_name: str
    year: str
    restricted: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """The agreements of a body that an actor may see, found by reference or by title, provider and first day."""

    by_reference: Mapping[str, Standing]
    by_name: Mapping[tuple[str, str, date | None], Standing]
    by_provider: Mapping[str, tuple[Standing, ...]]

    def found(self, reference: str, title: str, provider: str, starts: date | None) -> Standing | None:
        if reference:
            return self.by_reference.get(reference)
        return self.by_name.get((words_key(title), words_key(provider), starts))


def known(organisation: Organisation, actor: Actor) -> Known:
    """Every agreement of a body that the actor may see. One query."""
    columns = {
        "provider_name": F("provider__name"),
        "stream_name": F("stream__name"),
        "stream_year": F("stream__year"),
    }
    rows = lines(actor).filter(organisation=organisation).annotate(**columns).order_by("pk")
    names = ("pk", "reference", "title", "provider_id", "sensitivity", *FACTS, *columns)
    found = [
        Standing(
            pk=row["pk"],
            reference=row["reference"],
            title=row["title"],
            provider=row["provider_id"],
            provider_name=row["provider_name"],
            stream_name=row["stream_name"],
            year=row["stream_year"],
            restricted=row["sensitivity"] == "restricted",
            facts={name: row[name] for name in FACTS},
        )
        for row in rows.values(*names)
    ]
    providers: dict[str, list[Standing]] = {}
    for one in found:
        providers.setdefault(words_key(one.provider_name), []).append(one)
    return Known(
        {one.reference: one for one in found},
        {(words_key(one.title), words_key(one.provider_name), one.facts["starts"]): one for one in found},
        {name: tuple(held) for name, held in providers.items()},
    )


def references_taken(organisation: Organisation) -> set[str]:
    """Every reference of a body's agreements, hidden ones too, so that none is given twice. One query."""
    rows = Record.objects.filter(organisation=organisation, kind="agreement")
    return set(rows.values_list("reference", flat=True))


def payments_known(organisation: Organisation, actor: Actor) -> dict[tuple[int, str], tuple[date, int]]:
    """Day and amount of each payment of the agreements that an actor sees, by agreement and number. One query."""
    rows = Payment.objects.filter(Q(agreement__in=lines(actor).filter(organisation=organisation).values("pk")))
    return {(agreement, number): (on, amount) for agreement, number, on, amount in rows.values_list(
        "agreement", "number", "on", "amount"
    )}  # fmt: skip
