"""Ageing: how late reviews and controls are, counted from the first date, every figure leading to its rows."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from candour.kernel.access import CANDOUR
from candour.risks import commands
from candour.risks.models import Control, Risk
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "For a test"}


def late(days: int) -> date:
    return TODAY - timedelta(days=days)


def pending(risk: Risk, due: date | None, **more: Any) -> Control:
    given = {"text": "Sign the lease", "due": due, "effective": date(2026, 1, 12)}
    return commands.add_control(risk, **(given | more), **SAID)


def table(response: Any, of: str) -> dict[str, list[int]]:
    part = next(part for part in response.context["parts"] if part.of == of)
    return {row.post: [figure.count for figure in row.figures] for row in (*part.rows, part.foot)}


def test_controls_are_counted_by_owner_and_by_how_late(house: House) -> None:
    risk = a_risk(house, reference="A1")
    for days in (-1, 0, 1, 30, 31, 90, 91):
        pending(risk, late(days), owner=house.posts["owner"])
    pending(risk, None)
    response = signed_in(house, "policy").get("/risks/ageing/")
    assert table(response, "controls") == {
        "Head of Communications": [2, 2, 2, 1, 0],
        "No owner": [0, 0, 0, 0, 1],
        "All": [2, 2, 2, 1, 1],
    }


def test_reviews_are_counted_from_the_day_they_were_due(house: House) -> None:
    a_risk(house, reference="A1", effective=date(2026, 1, 10))  # High: due on 10 April
    a_risk(house, reference="A2", impact=1, likelihood=1, effective=date(2026, 1, 10))  # Low: due on 10 July
    a_risk(house, reference="A3", impact=None, likelihood=None)
    response = signed_in(house, "policy").get("/risks/ageing/")
    assert table(response, "reviews")["All"] == [1, 0, 1, 0, 1]


def test_a_new_date_makes_a_control_no_younger(house: House) -> None:
    control = pending(a_risk(house, reference="A1"), late(100))
    commands.settle_control(control, answer="still to do", new_due=TODAY + timedelta(days=30), **SAID)
    client = signed_in(house, "policy")
    assert table(client.get("/risks/ageing/"), "controls")["All"] == [0, 0, 0, 1]
    words = said(client.get("/risks/ageing/?of=controls&age=over+90"))
    assert "Sign the lease No owner 7 March 2026 Now 15 July 2026 100" in words


def test_a_date_given_later_is_the_first_one(house: House) -> None:
    control = pending(a_risk(house, reference="A1"), None)
    commands.settle_control(control, answer="still to do", new_due=TODAY, **SAID)
    assert table(signed_in(house, "policy").get("/risks/ageing/"), "controls")["All"] == [1, 0, 0, 0]


def test_what_is_in_place_removed_or_of_a_closed_risk_does_not_age(house: House) -> None:
    risk = a_risk(house, reference="A1")
    for answer in ("in place", "removed"):
        commands.settle_control(pending(risk, late(10)), answer=answer, **SAID)
    gone = a_risk(house, reference="A2")
    pending(gone, late(10))
    commands.close(gone, **SAID)
    part = signed_in(house, "policy").get("/risks/ageing/").context["parts"][1]
    assert part.foot.total.count == 0


@pytest.mark.parametrize("query", ["", "as_at=2026-06-14"])
def test_every_figure_leads_to_as_many_rows(house: House, query: str) -> None:
    for number, name in enumerate(("chief", "owner", "policy")):
        risk = a_risk(house, reference=f"A{number}", owner=house.posts[name], impact=1 + number)
        for days in range(0, 120, 20):
            pending(risk, late(days + number), owner=house.posts[name] if days else None)
    client = signed_in(house, "policy")
    response = client.get(f"/risks/ageing/?{query}")
    followed = 0
    for part in response.context["parts"]:
        for row in (*part.rows, part.foot):
            for figure in (*row.figures, row.total, part.late, part.oldest):
                if figure.href:
                    found = client.get("/risks/ageing/" + figure.href.partition("#")[0]).context
                    assert (found["count"], len(found["rows"])) == (figure.count, figure.count)
                    followed += 1
    assert followed > 20


def test_the_live_page_and_the_same_day_as_a_past_day_agree(house: House) -> None:
    risk = a_risk(house, reference="A1")
    for days in range(2, 100, 7):
        pending(risk, late(days), owner=house.posts["owner"])
    moved = pending(risk, late(40), effective=date(2026, 2, 1))
    commands.settle_control(moved, answer="still to do", new_due=late(-40), **(SAID | {"effective": late(50)}))
    client = signed_in(house, "policy")
    response = client.get("/risks/ageing/?as_at=2026-06-14")
    assert sum(table(response, "controls")["All"]) == 15
    assert "Read only" in said(response)
    assert table(client.get("/risks/ageing/?as_at=2026-01-11"), "controls")["All"] == [0, 0, 0, 0]


def test_restricted_risks_age_for_nobody_else(house: House) -> None:
    pending(a_risk(house, reference="A1", sensitivity="restricted"), late(10))
    for address in ("/risks/ageing/", "/risks/ageing/?as_at=2026-06-14"):
        assert signed_in(house, "reader").get(address).context["total"] == 0
        assert signed_in(house, "policy").get(address).context["total"] == 2
    rows = "/risks/ageing/?of=controls"
    assert "OFFICIAL-SENSITIVE" in signed_in(house, "policy").get(rows).content.decode()
    assert "A1" not in signed_in(house, "reader").get(rows).content.decode()


def test_an_empty_register_says_what_the_page_is_for(house: House) -> None:
    assert "Nothing to age yet" in said(signed_in(house, "policy").get("/risks/ageing/"))
    assert "stood on 1 January 2001" in said(signed_in(house, "policy").get("/risks/ageing/?as_at=2001-01-01"))
    response = signed_in(house, "policy").get("/risks/ageing/?as_at=tomorrow")
    assert "Nothing is shown until this is mended" in said(response)


def test_many_posts_share_the_last_bar_and_keep_their_rows(house: House) -> None:
    from candour.kernel.establishment.commands import set_up_post

    risk = a_risk(house, reference="A1")
    for number in range(14):
        post = set_up_post(title=f"Post {number:02}", organisation=house.office, **SAID)
        pending(risk, late(5), owner=post)
    part = signed_in(house, "policy").get("/risks/ageing/").context["parts"][1]
    assert [row[0] for row in part.chart.table.rows][-1] == "3 more posts"
    assert len(part.rows) == 14
    assert sum(int(row[-1]) for row in part.chart.table.rows) == 14


def test_the_page_asks_as_much_at_any_size(house: House) -> None:
    client, told = signed_in(house, "policy"), []
    for number in range(3):
        pending(a_risk(house, reference=f"A{number}"), late(10 * number), owner=house.posts["owner"])
        addresses = ("", "?of=controls", "?of=reviews&age=late", "?as_at=2026-06-14", "?as_at=2026-06-14&of=controls")
        told.append([questions(client, f"/risks/ageing/{query}") for query in addresses])
    assert told[0] == told[1] == told[2]
    assert max(told[0]) <= 12


def test_the_chart_has_a_title_and_its_figures_in_words(house: House) -> None:
    pending(a_risk(house, reference="A1"), late(10), owner=house.posts["owner"])
    page = signed_in(house, "policy").get("/risks/ageing/").content.decode()
    told = unescape(re.search(r'<desc id="ageing-controls-desc">(.*?)</desc>', page)[1])  # type: ignore[index]
    assert told == "Head of Communications: 0 In time, 1 Up to 30 days late, 0 31 to 90 days late, 0 Over 90 days late."
