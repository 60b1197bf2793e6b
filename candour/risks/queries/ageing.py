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

from django.db.models import Case, CharField, Count, F, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from candour.kernel.calendar import days_late
from candour.kernel.history.facts import changed, first_date, given
from candour.kernel.people.models import Post
from candour.kernel.records.compile import compiled
from candour.kernel.rules import read
from candour.risks import rules
from candour.risks.models import Control
from candour.risks.queries.lists import lines
from candour.risks.queries.rows import RiskRow
from candour.risks.queries.sources import LiveRegister, PastRegister, Source

REVIEW, CONTROL, FIRST = rules.late_by("review_due"), rules.late_by("due"), rules.late_by("given")
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
        found = list(self._live.values_list("owner", "age").order_by().annotate(count=Count("pk")))
        titles = dict(Post.objects.filter(pk__in={post for post, *_ in found if post}).values_list("pk", "title"))
        return Counter({(post, titles.get(post, ""), age): count for post, age, count in found})

    def page(self, *, age: str, owner: int | None, anyone: bool, offset: int, size: int) -> AgedPage:
        """The rows of a figure, longest late first. age "late" is every age past its date, "" every age. Two queries live."""
        ages = {"": tuple(rules.AGES), "late": LATE}.get(age, (age,))
        if isinstance(self.source, PastRegister):
            rows = [each for each in self._past if self._age(each) in ages and (anyone or each.owner_id == owner)]
            return AgedPage(tuple(sorted(rows, key=_oldest)[offset : offset + size]), len(rows))
        found = self._live.filter(age__in=ages)
        if not anyone:
            found = found.filter(post=owner)
        reference = "reference" if self.of == "reviews" else "risk__record__reference"
        ordered = found.order_by(F("counted_from").asc(nulls_last=True), reference, "pk")[offset : offset + size]
        return AgedPage(tuple(Aged(*row) for row in ordered.values_list(*self._columns)), found.count())

    @property
    def _live(self) -> QuerySet:
        assert isinstance(self.source, LiveRegister)  # noqa: S101  narrows the type
        risks = lines(self.source.actor, self.source.base)
        if self.of == "reviews":
            return risks.annotate(
                post=F("owner"),
                post_title=Coalesce("owner__title", Value(""), output_field=CharField()),
                counted_from=F("review_due"),
                age=compiled(REVIEW, self.source.today),
            )
        pending = Control.objects.filter(risk__in=risks.values("pk"), pending=True, removed_on=None)
        return first_date(pending, "due").annotate(
            post=F("owner"),
            post_title=Coalesce("owner__title", Value(""), output_field=CharField()),
            counted_from=F("first_due"),
            age=_control_age(self.source.today),
        )

    @property
    def _columns(self) -> tuple[Any, ...]:
        record = "record" if self.of == "reviews" else "risk__record"
        text = Value("", output_field=CharField()) if self.of == "reviews" else F("text")
        due = "review_due" if self.of == "reviews" else "due"
        return (
            *(f"{record}__reference", f"{record}__organisation__code", f"{record}__title", text),
            *("post", "post_title", "counted_from", due, f"{record}__sensitivity"),
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


def _control_age(today: date) -> Case:
    """How late a control is by the first date it was given. Decided where that date is looked up, so that this is done once
    a control and not for each rule of the table; not looked up for one that never changed."""
    first = given(Control, "due").annotate(age=compiled(FIRST, today)).values("age")[:1]
    looked_up = Coalesce(Subquery(first, output_field=CharField()), Value("no date"), output_field=CharField())
    return Case(When(changed(Control), then=looked_up), default=compiled(CONTROL, today), output_field=CharField())


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
