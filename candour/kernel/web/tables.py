"""Sorting and paging of lists: what the address may ask for, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, QuerySet
from django.http import Http404, QueryDict

Row = TypeVar("Row")


def query_string(params: QueryDict, **changes: object) -> str:
    """The address's query with some parameters changed and the others kept, "?" included; None takes one away."""
    changed = params.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    encoded = changed.urlencode()
    return f"?{encoded}" if encoded else "?"


def page_number(params: QueryDict) -> int:
    """The page that ?page= asks for, from 1; what is not a number asks for the first."""
    asked = params.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1


@dataclass(frozen=True)
class Sort:
    """The order of a list: a column that the list names itself, and its direction, with a stable tie-break.

    columns: the word in the address -> the model's path or the row's attribute. `?sort=-score` is highest first.
    """

    column: str
    descending: bool
    columns: Mapping[str, str]
    tie: str
    params: QueryDict

    @classmethod
    def read(cls, params: QueryDict, *, columns: Mapping[str, str], default: str, tie: str = "reference") -> "Sort":
        """The order asked for by ?sort=; a column that the list does not name gives the default order."""
        asked = params.get("sort", default)
        if asked.removeprefix("-") not in columns:
            asked = default
        return cls(asked.removeprefix("-"), asked.startswith("-"), columns, tie, params)

    def of(self, rows: QuerySet) -> QuerySet:
        """The queryset in this order; rows without a value come last in both directions, on both databases."""
        path = F(self.columns[self.column])
        by = path.desc(nulls_last=True) if self.descending else path.asc(nulls_last=True)
        return rows.order_by(by, self.tie)

    def of_rows(self, rows: Sequence[Row]) -> list[Row]:
        """The same order for rows that are no longer in the database (a past day)."""
        value = _getter(self.columns[self.column])
        tied = sorted(rows, key=_getter(self.tie))
        present = [row for row in tied if value(row) is not None]
        absent = [row for row in tied if value(row) is None]
        return sorted(present, key=value, reverse=self.descending) + absent

    def link(self, column: str, *, first: str = "") -> str:
        """The address that sorts by column, or the other way round; first="-" begins with the highest."""
        if column == self.column:
            return query_string(self.params, sort=column if self.descending else f"-{column}", page=None)
        return query_string(self.params, sort=f"{first}{column}", page=None)

    def state(self, column: str) -> str:
        """The aria-sort of a column's heading; empty where the list is not sorted by it."""
        if column != self.column:
            return ""
        return "descending" if self.descending else "ascending"


def _getter(path: str) -> Callable[[Any], Any]:
    def get(row: Any) -> Any:
        for name in path.split("__"):
            row = getattr(row, name, None)
        return row

    return get


@dataclass(frozen=True)
class PageLink:
    """One number under a list; a gap stands for the pages left out."""

    number: int
    href: str
    current: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Page:
    """One page of a list: number and pages count from 1, first and last are places of rows, 0 when there is none."""

    number: int
    size: int
    count: int
    params: QueryDict

    @classmethod
    def read(cls, params: QueryDict, *, count: int, size: int = 50) -> "Page":
        """The page asked for by ?page=. What is not a number gives the first; a page past the end gives Http404."""
        page = cls(page_number(params), size, count, params)
        if page.number > page.pages:
            raise Http404
        return page

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def start(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        return min((self.number - 1) * self.size + 1, self.count)

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.count)

    def of(self, rows: Any) -> Any:
        """The rows of this page: a slice of a queryset (one LIMIT/OFFSET) or of a list."""
        return rows[self.start : self.start + self.size]

    @property
    def previous_link(self) -> str:
        return self._link(self.number - 1) if self.number > 1 else ""

    @property
    def next_link(self) -> str:
        return self._link(self.number + 1) if self.number < self.pages else ""

    @property
    def links(self) -> list[PageLink]:
        """First, last, this and its neighbours; gaps between."""
        shown = sorted({1, self.pages} | {n for n in range(self.number - 1, self.number + 2) if 1 <= n <= self.pages})
        links: list[PageLink] = []
        for number in shown:
            if links and number - links[-1].number > 1:
                links.append(PageLink(number, "", gap=True))
            links.append(PageLink(number, self._link(number), current=number == self.number))
        return links

    def _link(self, number: int) -> str:
        return query_string(self.params, page=None if number == 1 else number)
