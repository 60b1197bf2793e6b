"""Facts of past states as columns of a live query: what a row said first, before it was changed."""

from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, DateField, Exists, F, Func, OuterRef, QuerySet, Subquery, When

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


def changed(model: type[Recorded]) -> Exists:
    """Whether the row outside has more than one state. One that has not says now what it said first: an index settles it."""
    return Exists(states_of(model)[1:2])


def states_of(model: type[Recorded]) -> QuerySet[Snapshot]:
    """All states of the row outside."""
    return Snapshot.objects.filter(model=model._meta.label_lower, key=OuterRef("pk"))


def first_date(rows: QuerySet, field: str, *, until: date | None = None) -> QuerySet:
    """The rows with `first_<field>`: the first date that each was ever given there; none without one. until: as given()."""
    model: type[Recorded] = rows.model
    found: Any = Subquery(given(model, field, until=until).values("given")[:1], output_field=DateField())
    if until is None:
        found = Case(When(changed(model), then=found), default=F(field))
    return rows.annotate(**{f"first_{field}": found})
