"""The columns of the list: chosen, put in order, kept in the address."""

from typing import Any

import pytest

from candour.kernel.access import CANDOUR
from candour.risks import commands
from candour.risks.models import Assessment
from candour.risks.views.columns import ALL, USUAL, columns_of, said_as
from tests.factories import NOW, House, a_risk
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
EVERY = ",".join(column.key for column in ALL)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", USUAL),
        ("score,title", ("score", "title")),
        ("score,score,nonsense,<b>", ("score",)),
        ("nonsense", USUAL),
        (EVERY, tuple(column.key for column in ALL)),
    ],
)
def test_the_address_names_the_columns_in_their_order(asked: str, shown: tuple[str, ...]) -> None:
    found = columns_of(asked)
    assert tuple(column.key for column in found) == shown
    assert said_as(found) == (None if shown == USUAL else ",".join(shown))


def test_the_list_shows_the_columns_asked_for_live_and_on_a_past_day(house: House) -> None:
    by: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "Agreed"}
    risk = a_risk(house, reference="A1", title="Fleet is too old", category="Fleet")
    commands.set_target(risk, impact=2, likelihood=1, **by)
    client = signed_in(house, "policy")
    for day in ("", "&as_at=2026-06-14"):
        response = client.get(f"/risks/?columns=category,officer,recorded,score{day}")
        heads = "Ref Category Responsible officer First recorded Score"
        assert f"{heads} A1 Fleet Chief Finance Officer 10 January 2026 9 High" in said(response)
    assert "Target A1 2 Low" in said(client.get("/risks/?columns=target"))


def test_a_target_on_another_scale_says_which(house: House) -> None:
    from tests.risks.test_movement_across_scales import FIVE, bring_in_matrix

    by: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "Agreed"}
    risk = a_risk(house, reference="A1")
    bring_in_matrix(FIVE, organisation=house.office, starts=NOW.date(), **by)
    commands.set_target(risk, impact=1, likelihood=1, **by)
    assert Assessment.objects.filter(risk=risk, purpose="target").count() == 1
    assert "1 Low on Scale of 2026" in said(signed_in(house, "policy").get("/risks/?columns=target"))


def test_choosing_leads_to_the_list_with_the_columns_in_its_address(house: House) -> None:
    client = signed_in(house, "reader")
    page = client.get("/risks/columns/?status=Managed&columns=score,title")
    assert [line.column.key for line in page.context["lines"] if line.place] == ["score", "title"]
    sent = client.get("/risks/columns/?status=Managed&place-title=2&place-owner=1&place-score=0&place-body=x")
    assert sent["Location"] == "/risks/?status=Managed&columns=owner%2Ctitle"
    usual = "&".join(f"place-{key}={place}" for place, key in enumerate(USUAL, 1))
    assert client.get(f"/risks/columns/?{usual}")["Location"] == "/risks/?"


def test_every_column_at_once_asks_no_more(house: House) -> None:
    client = signed_in(house, "policy")
    told = []
    for number in range(3):
        a_risk(house, reference=f"A{number}")
        told.append((questions(client, "/risks/"), questions(client, f"/risks/?columns={EVERY}")))
    assert {one for pair in told for one in pair} == {told[0][0]}


def test_a_title_is_never_markup(house: House) -> None:
    a_risk(house, reference="A1", title="<script>alert(1)</script>", category="<i>c</i>")
    page = signed_in(house, "policy").get(f"/risks/?columns={EVERY}").content.decode()
    assert "<script>alert" not in page
    assert "<i>c</i>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
