from datetime import date

import pytest
from django.http import QueryDict

from candour.kernel.people.models import Organisation
from candour.kernel.web.filters import Chip, Filters
from candour.kernel.web.forms import ChoiceField, DateField, TextField


class Example(Filters):
    lookups = {"q": "name__icontains", "kind": "kind"}
    q = TextField("Words")
    kind = ChoiceField("Kind", [("", "Any"), ("force", "A force"), ("office", "An office")], kind="select")
    due = DateField("Due by")

    def matches(self, row: str) -> bool:
        return self.cleaned_data["q"] in row


def rows(query: str):
    return Example(QueryDict(query)).of(Organisation.objects.all())


def test_no_filter_shows_every_row() -> None:
    assert not rows("").query.is_empty()
    assert not rows("").query.where


@pytest.mark.parametrize("query", ["kind=nonsense", "due=soon", "q=" + "x" * 301, "q=estate&kind=nonsense"])
def test_a_filter_that_cannot_be_read_shows_no_row_at_all(query) -> None:
    assert rows(query).query.is_empty()
    assert Example(QueryDict(query)).of_rows(["estate"]) == []


def test_filters_narrow_together() -> None:
    said = str(rows("q=mere&kind=force").query)
    assert '"kind" = force' in said
    assert "%mere%" in said


def test_rows_of_a_past_day_are_filtered_by_the_form() -> None:
    assert Example(QueryDict("q=est")).of_rows(["estate", "fleet"]) == ["estate"]


def test_a_list_that_cannot_filter_a_past_day_says_so() -> None:
    class Silent(Filters):
        pass

    with pytest.raises(NotImplementedError):
        Silent(QueryDict("")).of_rows(["estate"])


def test_each_filter_in_force_has_a_chip_that_takes_it_away() -> None:
    form = Example(QueryDict("q=mere&kind=force&due=26/10/23&sort=-score&page=2"))
    assert form.chips == [
        Chip("Words", "mere", "?kind=force&due=26%2F10%2F23&sort=-score"),
        Chip("Kind", "A force", "?q=mere&due=26%2F10%2F23&sort=-score"),
        Chip("Due by", "26 October 2023", "?q=mere&kind=force&sort=-score"),
    ]
    assert form.cleared == "?sort=-score"
    assert form.active


def test_an_answer_that_cannot_be_read_can_be_taken_away_too() -> None:
    form = Example(QueryDict("due=soon"))
    assert form.chips == [Chip("Due by", "soon", "?")]
    assert form.problems[0].message == "‘soon’ is not a date. Enter one, for example 26 October 2023 or 26/10/23"


def test_other_parameters_are_carried_along_but_not_the_page_number() -> None:
    form = Example(QueryDict("q=mere&sort=-score&as_at=2023-10-26&page=2"))
    assert form.kept == [("sort", "-score"), ("as_at", "2023-10-26")]
    assert form.cleaned_data["due"] is None if form.is_valid() else False


def test_a_date_is_read_day_first() -> None:
    form = Example(QueryDict("due=01/02/23"))
    assert form.is_valid()
    assert form.cleaned_data["due"] == date(2023, 2, 1)
