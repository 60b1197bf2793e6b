"""Saved views of the audit plan: kept, shared, counted for whoever looks, and chosen to open first."""

from typing import Any

import pytest

from candour.kernel.records.commands import open_with, save_view
from candour.kernel.records.models import SavedView
from tests.audits.factories import an_audit, an_auditor, reached
from tests.factories import NOW, House
from tests.risks.pages import questions, said, signed_in

from .factories import DATES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]


def kept(house: House, name: str, query: str, *, shared: bool = False) -> SavedView:
    return save_view(of="audits", name=name, query=query, shared=shared, actor=house.actors["policy"], at=NOW)


def row(response: Any) -> dict[str, int | None]:
    return {view.label: view.count for view in response.context["saved"]}


def test_the_plan_is_kept_under_a_name_and_one_click_away(house: House) -> None:
    an_audit(house)
    client = signed_in(house, "policy")
    listed = client.get("/audits/?state=Late&sort=title&dates=planned&page=1&as_at=2026-06-14")
    assert listed.context["save"] == "/audits/views/save/?state=Late&sort=title&dates=planned"
    assert "State: Late; the planned dates; in an order of its own" in said(client.get(listed.context["save"]))
    sent = client.post(listed.context["save"], {"name": "Late ones"})
    assert sent["Location"] == "/audits/?state=Late&sort=title&dates=planned"
    response = client.get(sent["Location"])
    assert row(response) == {"Late ones": response.context["total"]}
    assert [view.label for view in response.context["saved"] if view.current] == ["Late ones"]


def test_every_filter_of_a_view_counts_as_its_plan_does_with_the_same_queries(house: House) -> None:
    other = an_auditor("Other Auditors", "other")
    for number in range(4):
        audit = an_audit(house, title=f"Fleet {number}", provider=other if number % 2 else an_auditor())
        if number == 3:
            reached(audit, final=DATES["draft"])
    an_audit(house, year="2025/26", planned={})
    queries = ["q=fleet", "provider=other", "state=Late", "state=Final&provider=other", "body=office", "year=2025%2F26"]
    kept(house, queries[0], queries[0])
    client = signed_in(house, "policy")
    asked = questions(client, "/audits/")
    for query in queries[1:]:
        kept(house, query, query)
    assert questions(client, "/audits/") == asked
    assert row(client.get("/audits/")) == {query: client.get(f"/audits/?{query}").context["total"] for query in queries}


def test_a_shared_view_counts_what_its_reader_may_see_and_opens_first_for_whoever_chose_it(house: House) -> None:
    an_audit(house, title="Secret fleet", sensitivity="restricted")
    view = kept(house, "Fleet", "q=fleet", shared=True)
    assert (row(signed_in(house, "policy").get("/audits/")), row(signed_in(house, "reader").get("/audits/"))) == (
        {"Fleet": 1},
        {"Fleet": 0},
    )
    assert row(signed_in(house, "force_policy").get("/audits/")) == {}
    open_with(view, of="audits", actor=house.actors["policy"], at=NOW)
    client = signed_in(house, "policy")
    assert client.get("/audits/")["Location"] == "/audits/?q=fleet"
    assert client.get("/audits/?view=all").status_code == 200
