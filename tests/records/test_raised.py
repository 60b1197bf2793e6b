"""What was raised from a record: found by every source that an app registered, counted as it is listed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from candour.kernel.access import CANDOUR, Actor
from candour.kernel.records import raised
from candour.kernel.records.raised import Raised, raised_from, register, tallied
from tests.audits.factories import an_audit
from tests.factories import TODAY, House
from tests.risks.pages import said, signed_in


def a_point(reference: str, group: str, rank: int) -> Raised:
    return Raised(
        reference, f"Do {reference}", f"/{reference}/", group, rank, "red" if rank == 1 else "", "Open", "blue"
    )


@pytest.fixture
def source() -> Iterator[dict[int, list[Raised]]]:
    """A register of points by the number of the record that they came from, known for the length of a test."""
    points: dict[int, list[Raised]] = {}

    def found(records: Sequence[int], actor: Actor, today: date) -> Mapping[int, Sequence[Raised]]:
        return {pk: points[pk] for pk in records if pk in points}

    register("point", found)
    yield points
    del raised._sources["point"]


def test_what_was_raised_comes_by_group_and_then_by_reference(source: dict[int, list[Raised]]) -> None:
    source[1] = [a_point("B2", "Low", 3), a_point("B1", "High", 1), a_point("A9", "Low", 3)]
    found = raised_from([1, 2], actor=CANDOUR, today=TODAY)
    assert {pk: [row.reference for row in rows] for pk, rows in found.items()} == {1: ["B1", "A9", "B2"]}
    assert tallied(found[1]) == [("High", "red", 1), ("Low", "", 2)]


def test_a_kind_says_once_how_it_is_found(source: dict[int, list[Raised]]) -> None:
    with pytest.raises(ValueError, match="registered twice"):
        register("point", lambda records, actor, today: {})


@pytest.mark.django_db
def test_an_audit_lists_what_was_raised_from_it_and_counts_what_it_lists(
    house: House, source: dict[int, list[Raised]]
) -> None:
    audit: Any = an_audit(house, reference="A1", planned={})
    source[audit.pk] = [a_point("R1", "High", 1), a_point("R2", "Low", 3), a_point("R3", "Low", 3)]
    client = signed_in(house, "policy")
    words = said(client.get("/audits/office/A1/"))
    assert "What was raised 3 in all: 1 high, 2 low." in words
    assert [f"Do R{number}" in words for number in (1, 2, 3)] == [True] * 3
    assert [len(item.raised) for item in client.get("/audits/?year=2026/27").context["rows"]] == [3]
