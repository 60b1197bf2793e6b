"""Filters of a list: a form in the address. An answer that cannot be read shows an error and no rows, never all."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict

from candour.kernel.calendar import say_date
from candour.kernel.web.forms import Form
from candour.kernel.web.tables import query_string


@dataclass(frozen=True)
class Chip:
    """A filter in force: what it is, its answer in words, and the address without it."""

    label: str
    answer: str
    href: str


class Filters(Form):
    """A list's filters, bound to the address. Fields are optional whatever they say themselves.

    lookups: field -> the queryset lookup that narrows by it. A list with more to say overrides narrow().
    """

    lookups: ClassVar[dict[str, str]] = {}

    def __init__(self, params: QueryDict, *, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")  # a page may have a form with the same names
        super().__init__(params, today=today, **kwargs)
        self.params = params
        for field in self.fields.values():
            field.required = False

    def of(self, rows: QuerySet) -> QuerySet:
        """The rows that match; none if an answer could not be read."""
        return self.narrow(rows) if self.is_valid() else rows.none()

    def of_rows(self, rows: list[Any]) -> list[Any]:
        """The same for rows that are no longer in the database (a past day)."""
        return [row for row in rows if self.matches(row)] if self.is_valid() else []

    def narrow(self, rows: QuerySet) -> QuerySet:
        """The queryset under the answers given; called only when they are all valid."""
        for name, lookup in self.lookups.items():
            if self.cleaned_data.get(name) not in (None, "", []):
                rows = rows.filter(**{lookup: self.cleaned_data[name]})
        return rows

    def matches(self, row: Any) -> bool:
        """Whether one row of a past day matches. A list that is shown as at a past day must say."""
        raise NotImplementedError(f"{type(self).__name__} does not say how a row of a past day matches")

    @property
    def active(self) -> bool:
        return any(self.params.get(self.add_prefix(name), "").strip() for name in self.fields)

    @property
    def chips(self) -> list[Chip]:
        """One for each filter that has an answer, valid or not, so that it can always be taken away."""
        chips = []
        for bound in self:
            answers = [text for text in self.params.getlist(bound.html_name) if text.strip()]
            if answers:
                href = query_string(self.params, **{bound.html_name: None, "page": None})
                chips.append(Chip(str(bound.label), _in_words(bound, answers, self), href))
        return chips

    @property
    def cleared(self) -> str:
        """The address without any filter, the order and the day kept."""
        return query_string(self.params, **{self.add_prefix(name): None for name in self.fields}, page=None)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that are no filter, carried along as hidden answers; the page number is not, since rows change."""
        own = {self.add_prefix(name) for name in self.fields} | {"page"}
        return [(name, value) for name, values in self.params.lists() if name not in own for value in values]


def _in_words(bound: Any, answers: list[str], form: Filters) -> str:
    if form.is_valid() and isinstance(form.cleaned_data.get(bound.name), date):
        return say_date(form.cleaned_data[bound.name])
    words = {option.value: option.text for option in bound.options}
    return ", ".join(words.get(answer, answer) for answer in answers)
