"""Facts of past states as columns of a live query: what a row said first, before it was changed."""

from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func, OuterRef, QuerySet, Subquery

from candour.kernel.history.models import Recorded, Snapshot


class FactDate(Func):
    """The date that a field of a state holds."""

    arity = 1
    output_field = DateField()

    def __init__(self, facts: str, *, field: str) -> None:
        if not field.isidentifier():
            raise ValueError(f"{field!r} is not the name of a field")
        super().__init__(facts)
        self.named = field

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template=f"json_extract(%(expressions)s, '$.{self.named}')", **more)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template=f"(%(expressions)s::json->>'{self.named}')::date", **more)


def given(model: type[Recorded], field: str, *, until: date | None = None) -> QuerySet:
    """The states of the row outside in which a date stood in a field, with `given`: that date. The one given first is first.

    until: use only states in effect by that day. The date was given first by the order of entries, whatever it moved to.
    """
    states = states_of(model).filter(facts__contains=f'"{field}":"')
    if until is not None:
        states = states.filter(effective__lte=until)
    return states.order_by("sequence", "effective").annotate(given=FactDate("facts", field=field))


def states_of(model: type[Recorded]) -> QuerySet[Snapshot]:
    """All states of the row outside."""
    return Snapshot.objects.filter(model=model._meta.label_lower, key=OuterRef("pk"))


def first_given(model: type[Recorded], field: str, *, until: date | None = None) -> Subquery:
    """The first date that the row outside was given in a field, as the history has it; null where it has none."""
    return Subquery(given(model, field, until=until).values("given")[:1], output_field=DateField())


def first_date(rows: QuerySet, field: str, *, until: date | None = None) -> QuerySet:
    """The rows with `first_<field>`: the first date that each was ever given there; none without one. until: as given()."""
    model: type[Recorded] = rows.model
    return rows.annotate(**{f"first_{field}": first_given(model, field, until=until)})
