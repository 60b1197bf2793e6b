"""Figures as they stand: of each part of a record those of its newest position, and of that what was loaded last."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from candour.finance.models import Figure
from candour.finance.queries.rows import Position
from candour.finance.rules import Amounts, added
from candour.kernel.history.queries import grouped

# What the root of a load is made over, in this order.
COLUMNS = ("record_id", "part", "line", "year", "what", "position", "pence")
ORDER = ("record", "part", "line", "year", "what", "load")


def loaded_by(day: date | None) -> QuerySet[Figure]:
    """What had been loaded by the end of a day; all of it for None."""
    return Figure.objects.all() if day is None else Figure.objects.filter(load__loaded_on__lte=day)


def standing(records: Iterable[int], *, day: date | None = None) -> dict[int, list[dict[str, Any]]]:
    """The figures of some records as they stood at the end of a day, by record. One query.

    A position is whole: a heading that the newest one does not have is not in it any more.
    """
    last = loaded_by(day).filter(record=OuterRef("record"), part=OuterRef("part")).order_by("-position")
    rows = loaded_by(day).filter(record__in=list(records), position=Subquery(last.values("position")[:1]))
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows.order_by(*ORDER).values(*COLUMNS).iterator(chunk_size=5000):
        found[row["record_id"], row["part"], row["line"], row["year"], row["what"]] = row
    return grouped(found.values(), "record_id")


def trail(record: int, year: date, *, day: date | None = None) -> tuple[Position, ...]:
    """The revenue budget of a record at each of its positions, in all, oldest first. One query."""
    rows = loaded_by(day).filter(record=record, part="revenue", year=year)
    found: dict[date, dict[str, dict[str, int]]] = {}
    for row in rows.order_by("position", "line", "what", "load").values("position", "line", "what", "pence"):
        found.setdefault(row["position"], {}).setdefault(row["line"], {})[row["what"]] = row["pence"]
    return tuple(Position(month, added(Amounts(**each) for each in lines.values())) for month, lines in found.items())


def at_position(records: Iterable[int], position: date) -> dict[tuple[Any, ...], int]:
    """What stands at one position of some records: (record, part, line, year, what) -> pence. One query."""
    rows = Figure.objects.filter(record__in=list(records), position=position).order_by(*ORDER)
    names = ("record_id", "part", "line", "year", "what", "pence")
    return {tuple(key): pence for *key, pence in rows.values_list(*names).iterator(chunk_size=5000)}
