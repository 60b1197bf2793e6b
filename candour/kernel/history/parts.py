"""Records in parts, so that several processes verify one history: a part is the records between two numbers.

Between two numbers and not every second one, because a database finds those by an index and reads no others.
"""

from typing import NamedTuple, TypeVar

from django.apps import apps
from django.db.models import Model, QuerySet

from candour.kernel.history.models import Chained

Rows = TypeVar("Rows", bound=Model)


class Part(NamedTuple):
    """The records of every kind whose number is above `after` and not above `until`; None is no bound."""

    after: int | None = None
    until: int | None = None

    @property
    def first(self) -> bool:
        """Whether it is the part for what is asked once of everything."""
        return self.after is None


WHOLE = Part()


def parted(count: int) -> list[Part]:
    """Everything in so many parts, which leave out no number. One query for each kind of chain where there are several."""
    if count == 1:
        return [WHOLE]
    roots = [model for model in apps.get_models() if issubclass(model, Chained)]
    last = max(
        (root._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0 for root in roots), default=0
    )
    ends = [last * number // count for number in range(1, count)]
    return [Part(after, until) for after, until in zip([None, *ends], [*ends, None], strict=True)]


def where(part: Part) -> str:
    """The part as a condition on record_id, for a statement that has none else."""
    bounds = [f"record_id > {part.after:d}"] if part.after is not None else []
    bounds += [f"record_id <= {part.until:d}"] if part.until is not None else []
    return f" WHERE {' AND '.join(bounds)}" if bounds else ""


def in_part(rows: QuerySet[Rows], column: str, part: Part) -> QuerySet[Rows]:
    """The rows whose record, numbered by a column, belongs to a part."""
    if part.after is not None:
        rows = rows.filter(**{f"{column}__gt": part.after})
    return rows if part.until is None else rows.filter(**{f"{column}__lte": part.until})
