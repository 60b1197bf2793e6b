"""The different values of a column, found by going from one to the next."""

import pytest

from candour.kernel.access import CANDOUR, PUBLIC
from candour.kernel.records.models import Record, visible
from candour.kernel.records.skipping import values_in_use
from candour.risks.access import RiskPermission
from tests.factories import House, a_risk
from tests.standing import standing


@standing
def register(house: House) -> House:
    for number, title in enumerate(("Fleet", "Audit", "Fleet", "Vetting", "audit", "Audit")):
        a_risk(
            house, reference=f"R{9 - number}", title=title, sensitivity="restricted" if title == "Vetting" else "public"
        )
    return house


def test_each_value_is_found_once_in_order_with_the_least_beside_it(register: House) -> None:
    found = values_in_use(Record.objects.all(), "title", least="reference")
    assert sorted(found) == [("Audit", "R4"), ("Fleet", "R7"), ("Vetting", "R6"), ("audit", "R5")]
    assert [word for word, _ in found] == list(
        Record.objects.order_by("title").values_list("title", flat=True).distinct()
    )


def test_only_what_one_sees_is_found(register: House) -> None:
    rows = Record.objects.filter(visible(register.actors["reader"], RiskPermission.SEE))
    assert {word for word, _ in values_in_use(rows, "title", least="reference")} == {"Audit", "Fleet", "audit"}
    assert values_in_use(Record.objects.filter(visible(PUBLIC, RiskPermission.SEE)), "title", least="reference") == []


def test_none_is_found_among_none(house: House) -> None:
    rows = Record.objects.filter(visible(CANDOUR, RiskPermission.SEE))
    assert values_in_use(rows, "title", least="reference") == []


@pytest.mark.django_db
def test_it_is_one_question_however_many_values_there_are(register: House, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        assert len(values_in_use(Record.objects.all(), "title", least="reference")) == 4
