"""What waits for somebody and what stands out: the rows of a person's desk, in the same words from every app."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value


@dataclass(frozen=True)
class Need:
    """Something that a post of the reader has to do. by: its last day, None where none is set. about: what it is on,
    such as a record's reference. restricted: it names a restricted record."""

    title: str
    address: str
    about: str
    why: str
    by: date | None
    restricted: bool = False


@dataclass(frozen=True)
class Flag:
    """A figure to look at: how many, of what, and the list that holds exactly those. late: it should not be above 0.

    note: what the figure depends on, such as the day it is measured from.
    """

    count: int
    label: str
    address: str
    late: bool = True
    note: str = ""


# What a part says of each row: it, where it leads, what it is about, its day, another day, and how far it is seen.
COLUMNS = ("title", "code", "reference", "about", "why", "by", "other", "sight")


@dataclass(frozen=True)
class Part:
    """Needs of one kind, to be asked for with those of other kinds in one query.

    rows: what waits for the reader. columns: what each row tells, by the names of COLUMNS. need: a row, by these names, as one.
    """

    name: str
    rows: QuerySet
    columns: Mapping[str, Any]
    need: Callable[[Mapping[str, Any]], Need]


def asked_together(parts: Iterable[Part | None], *, most: int) -> list[Need]:
    """The needs of several kinds, the first due first, so many for each kind on average. One query; none without a part."""
    known = {part.name: part for part in parts if part is not None}
    if not known:
        return []
    names = [f"its_{name}" for name in COLUMNS]
    asked = [
        part.rows.order_by()
        .annotate(its_part=text(part.name), **{f"its_{name}": part.columns[name] for name in COLUMNS})
        .values_list("its_part", *names)
        for part in known.values()
    ]
    first, *others = asked
    every = first.union(*others, all=True) if others else first
    rows = every.order_by(F("its_by").asc(nulls_last=True), "its_part", "its_reference", "its_title", "its_why")
    return [known[name].need(dict(zip(COLUMNS, values, strict=True))) for name, *values in rows[: most * len(known)]]


def text(words: str) -> Value:
    """Words that are the same for every row of a part."""
    return Value(words, output_field=CharField())


def in_order(needs: list[Need]) -> list[Need]:
    """What has been late longest first; what has no day last."""
    return sorted(needs, key=lambda need: (need.by or date.max, need.about, need.title))
