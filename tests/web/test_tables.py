from dataclasses import dataclass

import pytest
from django.http import Http404, QueryDict

from candour.kernel.people.models import Organisation
from candour.kernel.web.tables import Page, PageLink, Sort, query_string

COLUMNS = {"reference": "reference", "score": "score", "owner": "owner__title"}


@dataclass(frozen=True)
class Row:
    reference: str
    score: int | None


def sort(query: str) -> Sort:
    return Sort.read(QueryDict(query), columns=COLUMNS, default="-score")


def test_a_query_keeps_what_is_not_changed() -> None:
    params = QueryDict("band=high&owner=1&owner=2&page=3")
    assert query_string(params, page=None, sort="-score") == "?band=high&owner=1&owner=2&sort=-score"
    assert query_string(QueryDict("page=3"), page=None) == "?"


@pytest.mark.parametrize("query", ["", "sort=", "sort=password", "sort=-owner__person", "sort=--score"])
def test_an_order_that_the_list_does_not_name_gives_the_default(query) -> None:
    found = sort(query)
    assert (found.column, found.descending) == ("score", True)


def test_the_sorted_column_says_its_direction_and_links_to_the_other() -> None:
    found = sort("sort=score&band=high&page=4")
    assert (found.state("score"), found.state("owner")) == ("ascending", "")
    assert found.link("score") == "?sort=-score&band=high"
    assert found.link("owner") == "?sort=owner&band=high"
    assert found.link("reference", first="-") == "?sort=-reference&band=high"


def test_rows_of_a_past_day_tie_by_reference_and_have_the_missing_last() -> None:
    rows = [Row("C", 4), Row("B", None), Row("A", 4), Row("D", 9)]
    assert [row.reference for row in sort("sort=-score").of_rows(rows)] == ["D", "A", "C", "B"]
    assert [row.reference for row in sort("sort=score").of_rows(rows)] == ["A", "C", "D", "B"]


def test_a_queryset_has_the_same_order() -> None:
    found = Sort.read(QueryDict("sort=-kind"), columns={"kind": "kind"}, default="kind", tie="name")
    ordered = str(found.of(Organisation.objects.all()).query)
    assert ordered.endswith('"kind" DESC NULLS LAST, "people_organisation"."name" ASC')


@pytest.mark.parametrize("asked", ["", "abc", "-3", "0", "²", "9" * 40])
def test_a_page_that_is_no_number_is_the_first(asked) -> None:
    assert Page.read(QueryDict(f"page={asked}"), count=120).number == 1


def test_a_page_past_the_end_is_not_there() -> None:
    with pytest.raises(Http404):
        Page.read(QueryDict("page=4"), count=120)


def test_a_page_counts_its_rows() -> None:
    page = Page.read(QueryDict("page=3"), count=120)
    assert (page.pages, page.first, page.last) == (3, 101, 120)
    assert page.of(list(range(120))) == list(range(100, 120))


def test_an_empty_list_has_one_empty_page() -> None:
    page = Page.read(QueryDict(""), count=0)
    assert (page.pages, page.first, page.last, page.previous_link, page.next_link) == (1, 0, 0, "", "")


def test_links_show_the_ends_and_the_neighbours_and_keep_the_filters() -> None:
    page = Page.read(QueryDict("band=high&page=5"), count=450)
    assert page.links == [
        PageLink(1, "?band=high"),
        PageLink(4, "", gap=True),
        PageLink(4, "?band=high&page=4"),
        PageLink(5, "?band=high&page=5", current=True),
        PageLink(6, "?band=high&page=6"),
        PageLink(9, "", gap=True),
        PageLink(9, "?band=high&page=9"),
    ]
    assert (page.previous_link, page.next_link) == ("?band=high&page=4", "?band=high&page=6")
