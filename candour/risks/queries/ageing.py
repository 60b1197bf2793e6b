"""How late reviews and controls are, by the post that answers for them: counted in the database, or from a past day's rows.

A review is counted from the day it was due. A control is counted from the first date it was ever given, however often the
date was moved since: a new date makes nothing younger.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from candour.kernel.access import Actor
from candour.kernel.calendar import days_late
from candour.kernel.history.facts import first_date
from candour.kernel.people.models import Post
from candour.kernel.records.compile import compiled, counted
from candour.kernel.records.models import visible
from candour.kernel.rules import read
from candour.risks import rules
from candour.risks.access import RiskPermission
from candour.risks.models import Control, ControlLine
from candour.risks.queries.lists import RiskFilter, lines
from candour.risks.queries.rows import RiskRow
from candour.risks.queries.sources import LiveRegister, PastRegister, Source

Counts = Counter[tuple[int | None, str, str]]  # by (number of the post, its title, age)


@dataclass(frozen=True)
class Aged:
    """A review or a control. first: the date it is counted from; due: the one that holds now."""

    reference: str
    organisation_code: str
    title: str
    text: str
    owner_id: int | None
    owner: str
    first: date | None
    due: date | None
    sensitivity: str

    def days(self, day: date) -> int:
        return days_late(self.first, day) if self.first and self.first < day else 0


@dataclass(frozen=True)
class AgedPage:
    rows: tuple[Aged, ...]
    total: int


@dataclass
class Ageing:
    """The reviews, or the pending controls, of one register on its day."""

    of: str
    source: Source

    def counts(self) -> Counts:
        """How many of each age each post has. Two queries live."""
        if isinstance(self.source, PastRegister):
            return Counter((each.owner_id, each.owner, self._age(each)) for each in self._past)
        found = counted(self._live, self._post, rules.late_by(self._day), self.source.today)
        titles = dict(Post.objects.filter(pk__in={post for post, *_ in found if post}).values_list("pk", "title"))
        return Counter({(post, titles.get(post or 0, ""), age): count for post, age, count in found})

    def page(self, *, age: str, owner: int | None, anyone: bool, offset: int, size: int) -> AgedPage:
        """The rows of a figure, longest late first. age "late" is every age past its date, "" every age. Two queries live."""
        ages = {"": tuple(rules.AGES), "late": LATE}.get(age, (age,))
        if isinstance(self.source, PastRegister):
            rows = [each for each in self._past if self._age(each) in ages and (anyone or each.owner_id == owner)]
            return AgedPage(tuple(sorted(rows, key=_oldest)[offset : offset + size]), len(rows))
        late: Any = compiled(rules.late_by(self._day), self.source.today)
        found = self._live.annotate(age=late).filter(age__in=ages)
        if not anyone:
            found = found.filter(**{self._post: owner})
        ordered = found.order_by(F(self._day).asc(nulls_last=True), "record__reference", "pk")
        rows = ordered[offset : offset + size].values_list(*self._columns)
        return AgedPage(tuple(Aged(*row) for row in rows), found.count())

    @property
    def _post(self) -> str:
        """The column of whoever answers for a row."""
        return "owner" if self.of == "reviews" else "post"

    @property
    def _day(self) -> str:
        """The column of the day from which a row is late."""
        return "review_due" if self.of == "reviews" else "first_due"

    @property
    def _live(self) -> QuerySet:
        assert isinstance(self.source, LiveRegister)  # noqa: S101  narrows the type
        if self.of == "reviews":
            return lines(self.source.actor, self.source.base)
        return pending(self.source.actor, self.source.base)

    @property
    def _columns(self) -> tuple[Any, ...]:
        text = Value("", output_field=CharField()) if self.of == "reviews" else F("control__text")
        title = Coalesce(f"{self._post}__title", Value(""), output_field=CharField())
        due = "review_due" if self.of == "reviews" else "control__due"
        return (
            *("record__reference", "record__organisation__code", "record__title", text),
            *(self._post, title, self._day, due, "record__sensitivity"),
        )

    def _age(self, each: Aged) -> str:
        return read(PAST, _From(each.first), self.source.today)

    @cached_property
    def _past(self) -> list[Aged]:
        assert isinstance(self.source, PastRegister)  # noqa: S101  narrows the type
        rows: Callable[[], Iterator[Aged]] = self._reviews if self.of == "reviews" else self._controls
        return list(rows())

    def _reviews(self) -> Iterator[Aged]:
        for row in self._rows():
            due = row.line.review_due
            yield Aged(*_named(row), "", row.owner_id, row.owner, due, due, row.sensitivity)

    def _controls(self) -> Iterator[Aged]:
        rows = self._rows()
        held = Control.objects.filter(risk__in=[row.pk for row in rows]) if len(rows) < IN_A_QUERY else Control.objects
        first = dict(first_date(held.all(), "due", until=self.source.today).values_list("pk", "first_due"))
        for row in rows:
            for each in row.controls:
                if each.pending and each.removed_on is None:
                    due = first.get(each.pk)
                    yield Aged(*_named(row), each.text, each.owner_id, each.owner, due, each.due, row.sensitivity)

    def _rows(self) -> list[RiskRow]:
        assert isinstance(self.source, PastRegister)  # noqa: S101  narrows the type
        return self.source.live


def pending(actor: Actor, wanted: RiskFilter) -> QuerySet[ControlLine]:
    """The lines of controls still to be put in place, of the risks that lines() gives."""
    rows = ControlLine.objects.filter(visible(actor, RiskPermission.SEE, number="record"), kind=wanted.level)
    if wanted.organisation is not None:
        rows = rows.filter(organisation=wanted.organisation)
    return rows.filter(closed_on__isnull=not wanted.closed)


IN_A_QUERY = 5000  # numbers that a query may name; the dates of all controls are asked for where there are more
LATE = ("over 90", "31 to 90", "to 30")
PAST = rules.late_by("day")


@dataclass(frozen=True)
class _From:
    day: date | None


def _named(row: RiskRow) -> tuple[str, str, str]:
    return row.reference, row.organisation_code, row.title


def _oldest(each: Aged) -> tuple[bool, date, str]:
    return each.first is None, each.first or date.max, each.reference
