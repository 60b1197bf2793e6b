"""Saved views of the activities: kept, shared, counted for whoever looks, and chosen to open first."""

from typing import Any

import pytest

from candour.kernel.records.commands import open_with, save_view
from candour.kernel.records.models import SavedView
from tests.factories import NOW, House
from tests.plan.factories import AMBER, RED, a_plan, an_activity, an_objective, tree, updated
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
LIST = "/plan/activities/"


def kept(house: House, name: str, query: str, *, shared: bool = False) -> SavedView:
    return save_view(of="activities", name=name, query=query, shared=shared, actor=house.actors["policy"], at=NOW)


def row(response: Any, names: list[str]) -> dict[str, int | None]:
    return {view.label: view.count for view in response.context["views"] if view.label in names}


def test_the_list_is_kept_under_a_name_and_one_click_away(house: House) -> None:
    tree(house)
    client = signed_in(house, "policy")
    assert client.get(LIST).context["save"] == ""
    listed = client.get(LIST + "?view=all&plan=PCP25&sort=title&page=1&as_at=2026-06-14")
    assert listed.context["save"] == LIST + "views/save/?view=all&plan=PCP25&sort=title"
    assert "Everything; Plan: PCP25; in an order of its own" in said(client.get(listed.context["save"]))
    sent = client.post(listed.context["save"], {"name": "The plan"})
    assert sent["Location"] == LIST + "?view=all&plan=PCP25&sort=title"
    response = client.get(sent["Location"])
    assert [(view.label, view.count) for view in response.context["views"] if view.current] == [("The plan", 1)]
    past = client.get(sent["Location"] + "&as_at=2026-06-14")
    assert [view.href for view in past.context["views"] if view.label == "The plan"] == [
        "?view=all&plan=PCP25&sort=title&as_at=2026-06-14"
    ]
    assert "The plan" in said(client.get(LIST + "views/"))


def test_every_filter_of_a_view_counts_as_its_list_does_with_the_same_queries(house: House) -> None:
    plan, objective, one = tree(house)
    updated(one, RED)
    updated(an_activity(objective, house, title="Open a house"), AMBER)
    an_activity(an_objective(plan, house, number="1.2", title="Another"), house)
    a_plan(house, reference="PCP30", title="Next")
    queries = [
        "plan=PCP25&objective=PCP25%2F1.2", "q=house", "view=risk", "state=Off+course", "view=mine", "plan=PCP30&view=all",
    ]  # fmt: skip
    kept(house, queries[0], queries[0])
    client = signed_in(house, "policy")
    asked = questions(client, LIST)
    for query in queries[1:]:
        kept(house, query, query)
    assert questions(client, LIST) == asked
    assert asked <= 12
    found = row(client.get(LIST), queries)
    counts = {query: client.get(f"{LIST}?{query}").context["page"].count for query in queries}
    assert found == counts
    assert sorted(counts.values()) == [0, 0, 1, 1, 1, 2]


def test_a_shared_view_counts_what_its_reader_may_see_and_opens_first_for_whoever_chose_it(house: House) -> None:
    _, objective, _ = tree(house)
    an_activity(objective, house, title="Secret house", sensitivity="restricted", owner=house.posts["policy"])
    view = kept(house, "Houses", "q=house", shared=True)
    counts = [row(signed_in(house, name).get(LIST), ["Houses"]) for name in ("policy", "reader", "force_policy")]
    assert counts == [{"Houses": 1}, {"Houses": 0}, {}]
    open_with(view, of="activities", actor=house.actors["policy"], at=NOW)
    client = signed_in(house, "policy")
    assert client.get(LIST)["Location"] == f"{LIST}?q=house"
    assert client.get(LIST + "?view=all").status_code == 200
