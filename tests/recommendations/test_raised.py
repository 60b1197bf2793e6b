"""The page of an audit lists the recommendations that came from it, and counts what it lists."""

from typing import Any

import pytest

from candour.kernel.records.raised import raised_from
from candour.recommendations.models import Recommendation
from tests.audits.factories import an_audit
from tests.factories import TODAY, House
from tests.recommendations.factories import a_recommendation
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]


def test_an_audit_lists_the_recommendations_that_came_from_it(priorities: House) -> None:
    house = priorities
    audit: Any = an_audit(house, reference="A1", planned={})
    for number in range(3):
        a_recommendation(house, reference=f"R{number}", title=f"Mend it {number}", came_from=audit.record)
    a_recommendation(house, reference="R9", title="From elsewhere")
    words = said(signed_in(house, "policy").get("/audits/office/A1/"))
    assert "What was raised 3 in all: 3 without a priority." in words
    assert [f"Mend it {number}" in words for number in range(3)] + ["From elsewhere" in words] == [True] * 3 + [False]


def test_a_hidden_recommendation_is_neither_listed_nor_counted(priorities: House) -> None:
    house = priorities
    audit = an_audit(house, reference="A1", planned={})
    client, shown = signed_in(house, "reader"), "/audits/office/A1/"
    a_recommendation(house, reference="R1", came_from=audit.record)
    before = client.get(shown).content
    a_recommendation(house, reference="R2", title="Secretive", came_from=audit.record, sensitivity="restricted")
    assert "Secretive" not in client.get(shown).content.decode()
    seen = {
        name: len(raised_from([audit.pk], actor=house.actors[name], today=TODAY)[audit.pk])
        for name in ("reader", "policy")
    }
    assert (seen, b"1 in all" in before) == ({"reader": 1, "policy": 2}, True)


def test_the_page_of_an_audit_asks_as_often_whatever_was_raised(priorities: House) -> None:
    house, counts = priorities, []
    audit = an_audit(house, reference="A1", planned={})
    client = signed_in(house, "policy")
    for number in range(12):
        a_recommendation(house, came_from=audit.record)
        if number in {0, 2, 11}:
            counts.append([questions(client, each) for each in ("/audits/office/A1/", "/audits/?year=2026/27")])
    assert counts == [counts[0]] * 3
    assert max(counts[0]) <= 13


@pytest.mark.parametrize(
    ("reference", "found"),
    [("A1", True), ("A9", False), ("HIDDEN", False), ("R1", False)],
    ids=["an audit", "none", "one that is hidden", "a recommendation"],
)
def test_the_form_names_the_record_that_it_came_from(priorities: House, reference: str, found: bool) -> None:
    house = priorities
    audit: Any = an_audit(house, reference="A1", planned={})
    an_audit(house, reference="HIDDEN", planned={}, organisation=house.force)
    a_recommendation(house, reference="R1")
    client = signed_in(house, "policy")
    page = client.get(f"/recommendations/new/?came_from={reference}")
    given = {field.html_name: field.answer for field in page.context["form"].answers}
    assert given["came_from"] == reference
    given |= {"reference": "R2", "title": "Mend it", "reason": "It was reported"}
    sent = client.post("/recommendations/new/", given)
    made = Recommendation.objects.filter(record__reference="R2").values_list("came_from", flat=True)
    assert (sent.status_code, list(made)) == ((302, [audit.pk]) if found else (422, []))
    if not found:
        assert "No audit, risk or other record that you can see has this reference" in said(sent)
