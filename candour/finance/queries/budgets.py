"""Budgets: which there are, and one in full, live or as it stood."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.finance import rules
from candour.finance.access import FinancePermission
from candour.finance.models import Budget, BudgetLine, Figure, Load, Scheme
from candour.finance.queries.amounts import standing, trail
from candour.finance.queries.past import records_of, seen_on, values_of
from candour.finance.queries.rows import BudgetWhole, budget_figures, budget_line, row_of
from candour.finance.queries.schemes import Together, together, together_of, wholes_of
from candour.kernel.access import Actor
from candour.kernel.history.queries import as_at as states_on
from candour.kernel.records.models import Record, visible


@dataclass(frozen=True)
class Chosen:
    """A budget that can be chosen: its body and year, and where it is."""

    pk: int
    organisation_id: int
    organisation_code: str
    organisation: str
    reference: str
    year: date


def budgets_seen(actor: Actor) -> list[Chosen]:
    """The budgets that an actor may see, those of the actor's own body first, the newest year first. One query."""
    names = ("record_id", "organisation_id", "organisation__code", "organisation__short_name", "reference", "year")
    rows = BudgetLine.objects.filter(visible(actor, FinancePermission.SEE), closed_on=None)
    found = [Chosen(*row) for row in rows.values_list(*names)]
    return sorted(
        found, key=lambda one: (one.organisation_id != actor.organisation, one.organisation, -one.year.toordinal())
    )


def budget_at(organisation: str, reference: str, *, actor: Actor) -> Budget:
    """The budget at an address, with its record, body and owner. One query.

    Raises Budget.DoesNotExist alike for one that is hidden and one that never was.
    """
    rows = Budget.objects.select_related("record__organisation", "record__owner")
    return rows.get(
        visible(actor, FinancePermission.SEE, "record__"),
        record__kind="budget",
        record__organisation__code=organisation,
        record__reference=reference,
    )


def budget_in_full(
    budget: Budget, *, actor: Actor, as_at: date | None = None
) -> tuple[BudgetWhole, dict[str, Together]] | None:
    """A budget with everything that hangs on it, and what the schemes of its body come to in its year, by sort.

    Three queries live, six as it stood. None where it did not stand yet on the past day, or may not be seen as it stood.
    """
    if as_at is None:
        whole = _whole(values_of(budget.record, budget), standing([budget.pk]).get(budget.pk, []), None)
        return whole, together(actor, budget.record.organisation_id, budget.year)
    mine = Q(pk=budget.pk) | Q(kind="finance-scheme", organisation=budget.record.organisation_id)
    records = Record.objects.filter(visible(actor, FinancePermission.SEE), mine)
    seen = seen_on(actor, records, as_at)
    stood = states_on(Budget.objects.filter(pk=budget.pk), as_at)
    if not stood or budget.pk not in seen:
        return None
    of_schemes = states_on(Scheme.objects.filter(record__in=records), as_at)
    of_schemes = [row for row in of_schemes if row["record_id"] in seen]
    rows = standing([budget.pk, *(row["record_id"] for row in of_schemes)], day=as_at)
    wholes = wholes_of(of_schemes, seen, rows, {}, today=as_at)
    whole = _whole(seen[budget.pk] | stood[0], rows.get(budget.pk, []), as_at)
    by_sort = {
        sort: together_of([one for one in wholes if one.row.line.sort == sort], whole.year) for sort in rules.SORTS
    }
    return whole, by_sort


def _whole(values: dict[str, Any], rows: list[dict[str, Any]], day: date | None) -> BudgetWhole:
    found = budget_figures(values["year"], rows)
    row = row_of(values, budget_line(values, found))
    return BudgetWhole(row, **found, trail=trail(values["record_id"], values["year"], day=day))


def loads_of(budget: Budget, *, day: date | None = None, most: int = 6) -> list[Load]:
    """The last workbooks that brought figures of a budget, by a day, the newest first. One query."""
    rows = Load.objects.filter(Exists(Figure.objects.filter(load=OuterRef("pk"), record=budget.pk)))
    if day is not None:
        rows = rows.filter(loaded_on__lte=day)
    return list(rows.order_by("-loaded_on", "-pk")[:most])


def budgets_stood(
    actor: Actor, records: QuerySet[Record], *, as_at: date, known_on: datetime | None = None
) -> list[BudgetWhole]:
    """Budgets as they stood at the end of a day, the newest year first. Four queries, and one a budget for its positions."""
    seen = seen_on(actor, records, as_at, known_on)
    stood = states_on(Budget.objects.filter(record__in=records), as_at, known_on=known_on)
    rows = standing([row["record_id"] for row in stood if row["record_id"] in seen], day=as_at)
    found = [
        _whole(seen[row["record_id"]] | row, rows.get(row["record_id"], []), as_at)
        for row in stood
        if row["record_id"] in seen
    ]
    return sorted(found, key=lambda one: -one.year.toordinal())


def budget_on(actor: Actor, organisation: int, *, as_at: date, known_on: datetime | None = None) -> BudgetWhole | None:
    """The budget of a body for the year in which a day lies, or else the last one before it; None where there is none."""
    records = records_of(actor, "budget", organisation).filter(budget__year__lte=as_at).order_by("-budget__year")
    chosen = list(records.values_list("pk", flat=True)[:1])
    found = budgets_stood(actor, Record.objects.filter(pk__in=chosen), as_at=as_at, known_on=known_on)
    return found[0] if found else None
