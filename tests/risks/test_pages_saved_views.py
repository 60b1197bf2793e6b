"""Saved views: kept, shared, counted for whoever looks, chosen to open first; and what they never give away."""

from typing import Any

import pytest

from candour.kernel.access import Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.records.commands import MOST_VIEWS, change_view, open_with, remove_view, save_view
from candour.kernel.records.models import SavedView
from candour.kernel.records.saved import saved_views
from candour.kernel.rules import Refused
from tests.factories import NOW, House, a_risk
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]


def by(house: House, name: str) -> dict[str, Any]:
    return {"actor": house.actors[name], "at": NOW}


def kept(house: House, who: str = "policy", **more: Any) -> SavedView:
    given = {"of": "risks", "name": "Mine", "query": "band=High", "shared": False}
    return save_view(**(given | more), **by(house, who))


def row(response: Any) -> dict[str, int]:
    return {view.label: view.count for view in response.context["views"]}


def test_the_list_is_kept_under_a_name_and_one_click_away(house: House) -> None:
    a_risk(house, reference="A1")
    a_risk(house, reference="A2", impact=1)
    client = signed_in(house, "policy")
    listed = client.get("/risks/?band=High&columns=score,title&sort=reference&rows=roomy&page=1&as_at=2026-06-14")
    assert listed.context["save"] == "/risks/views/save/?band=High&sort=reference&rows=roomy&columns=score%2Ctitle"
    assert "Band: High" in said(client.get(listed.context["save"]))
    sent = client.post(listed.context["save"], {"name": " High  ones "})
    assert sent["Location"] == "/risks/?band=High&sort=reference&rows=roomy&columns=score%2Ctitle"
    response = client.get(sent["Location"])
    assert row(response)["High ones"] == response.context["total"] == 1
    assert [view.label for view in response.context["views"] if view.current] == ["High ones"]
    assert [entry.event for entry in Entry.objects.filter(record_kind="records.savedview")] == ["view.saved"]


def test_every_filter_of_a_view_counts_as_its_list_does(house: House) -> None:
    for number in range(6):
        owner = house.posts["chief" if number % 2 else "owner"]
        a_risk(house, reference=f"A{number}", title=f"Fleet {number}", impact=1 + number % 4, owner=owner)
    a_risk(house, reference="P1", level="project")
    queries = ["q=fleet", f"owner={house.posts['chief'].pk}", "status=Awaiting+Review", "band=High", "movement=changed"]
    queries += [
        "impact=2",
        "likelihood=3",
        "sensitivity=public",
        "register=project",
        "status=Closed",
        "q=fleet&band=Low",
    ]
    for query in queries:
        kept(house, name=query, query=query)
    client = signed_in(house, "policy")
    counts = row(client.get("/risks/"))
    assert {query: counts[query] for query in queries} == {
        query: client.get(f"/risks/?{query}").context["total"] for query in queries
    }


def test_a_shared_view_shows_each_what_they_may_see(house: House) -> None:
    a_risk(house, reference="A1", owner=house.posts["policy"], sensitivity="restricted")
    a_risk(house, reference="A2")
    kept(house, name="All of it", query="q=something", shared=True)
    kept(house, name="Of one post", query=f"owner={house.posts['policy'].pk}", shared=True)
    assert row(signed_in(house, "policy").get("/risks/"))["All of it"] == 2
    client = signed_in(house, "reader")
    response = client.get("/risks/")
    assert (row(response)["All of it"], row(response)["Of one post"]) == (1, 0)
    assert "A1" not in response.content.decode()
    page = client.get("/risks/views/")
    assert "All of it Words or reference: something Everybody of the body" in said(page)
    assert house.posts["policy"].title not in said(page)


def test_a_view_is_absent_for_another_body_and_for_another_person_unless_shared(house: House) -> None:
    own, shared = kept(house), kept(house, name="Ours", shared=True)
    assert [view.name for view in saved_views(house.actors["reader"], "risks")] == ["Ours"]
    assert saved_views(house.actors["force_policy"], "risks") == []
    for view in (own, shared):
        answer = signed_in(house, "force_policy").get(f"/risks/views/{view.pk}/")
        never = signed_in(house, "force_policy").get("/risks/views/999999/")
        assert (
            (answer.status_code, len(answer.content))
            == (never.status_code, len(never.content))
            == (404, len(never.content))
        )
    assert signed_in(house, "reader").get(f"/risks/views/{own.pk}/").status_code == 404
    assert signed_in(house, "reader").get(f"/risks/views/{shared.pk}/delete/").status_code == 404


def test_only_who_made_a_view_changes_or_deletes_it(house: House) -> None:
    view = kept(house, shared=True)
    with pytest.raises(Refused):
        change_view(view, name="Other", shared=False, **by(house, "chief"))
    with pytest.raises(Refused):
        remove_view(view, **by(house, "chief"))
    change_view(view, name="Other", shared=False, **by(house, "policy"))
    assert saved_views(house.actors["chief"], "risks") == []
    remove_view(view, **by(house, "policy"))
    assert saved_views(house.actors["policy"], "risks") == []


def test_sharing_needs_its_permission(house: House) -> None:
    with pytest.raises(Forbidden):
        kept(house, "reader", shared=True)
    client = signed_in(house, "reader")
    assert "shared" not in client.get("/risks/views/save/?band=High").content.decode().partition("<form method")[2]
    assert client.post("/risks/views/save/?band=High", {"name": "Mine", "shared": "on"}).status_code == 302
    assert SavedView.objects.get().shared is False


def test_a_name_is_asked_for_and_taken_once(house: House) -> None:
    kept(house, name="Mine")
    for name in ("", "   ", "mine"):
        with pytest.raises(Refused):
            kept(house, name=name)
    kept(house, "chief", name="Mine")
    kept(house, name="Ours", shared=True)
    with pytest.raises(Refused):
        kept(house, "chief", name="OURS", shared=True)
    response = signed_in(house, "policy").post("/risks/views/save/?band=High", {"name": "mine"})
    assert response.status_code == 422
    assert "There is a view ‘mine’ already: enter another name" in said(response)


def test_a_person_keeps_so_many_views_and_no_more(house: House) -> None:
    for number in range(MOST_VIEWS):
        kept(house, name=f"View {number}")
    with pytest.raises(Refused):
        kept(house, name="One more")


def test_the_list_opens_with_the_view_chosen_and_the_whole_list_stays_one_click_away(house: House) -> None:
    a_risk(house, reference="A1")
    a_risk(house, reference="A2", impact=1)
    view = kept(house, "chief", shared=True)
    client = signed_in(house, "policy")
    assert client.post(f"/risks/views/{view.pk}/", {"first": "on"})["Location"] == "/risks/views/"
    assert client.get("/risks/")["Location"] == "/risks/?band=High"
    response = client.get("/risks/?band=High")
    whole = next(each.href for each in response.context["views"] if each.label == "All live")
    assert client.get(f"/risks/{whole}").context["total"] == 2
    assert signed_in(house, "chief").get("/risks/").status_code == 200
    remove_view(view, **by(house, "chief"))
    assert client.get("/risks/").status_code == 200


def test_choosing_none_opens_the_whole_list_again(house: House) -> None:
    view = kept(house)
    for chosen, status in ((view, 302), (view, 302), (None, 200)):
        open_with(chosen, of="risks", **by(house, "policy"))
        assert signed_in(house, "policy").get("/risks/").status_code == status
    assert Entry.objects.filter(event="view.chosen").count() == 2
    assert verify().holds


def test_views_keep_to_the_past_day_that_is_shown(house: House) -> None:
    a_risk(house, reference="A1")
    kept(house)
    kept(house, name="Projects", query="register=project")
    response = signed_in(house, "policy").get("/risks/?as_at=2026-01-09")
    view = next(each for each in response.context["views"] if each.label == "Mine")
    assert (view.count, view.href) == (0, "?band=High&as_at=2026-01-09")
    assert row(response)["Projects"] is None


def test_a_filter_that_cannot_be_read_any_more_has_no_count(house: House) -> None:
    kept(house, name="Old", query="status=Forgotten")
    assert row(signed_in(house, "policy").get("/risks/"))["Old"] is None


def test_the_pages_say_what_they_are_for_when_there_is_nothing(house: House) -> None:
    assert "No view is saved yet" in said(signed_in(house, "policy").get("/risks/views/"))


def test_the_list_asks_as_much_with_many_views_as_with_one(house: House) -> None:
    client, told = signed_in(house, "policy"), []
    for number in range(3):
        kept(house, name=f"View {number}", query=f"impact={number + 1}")
        a_risk(house, reference=f"A{number}")
        told.append((questions(client, "/risks/"), questions(client, "/risks/views/")))
    assert told[0] == told[1] == told[2]
    assert max(told[0]) <= 12
