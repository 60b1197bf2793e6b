"""Saved views of the inspections, and the register as a file."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from candour.inspections.papers.export import COLUMNS, INSPECTION_EXPORT
from candour.kernel.access import CANDOUR
from candour.kernel.records.commands import open_with, save_view
from candour.kernel.records.models import SavedView
from tests.factories import NOW, TODAY, House
from tests.inspections.factories import an_inspection
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
LIST = "/inspections/"


def kept(house: House, name: str, query: str, *, shared: bool = False) -> SavedView:
    return save_view(of="inspections", name=name, query=query, shared=shared, actor=house.actors["policy"], at=NOW)


def row(response: Any, names: list[str]) -> dict[str, int | None]:
    return {view.label: view.count for view in response.context["views"] if view.label in names}


def test_the_list_is_kept_under_a_name_and_one_click_away(house: House) -> None:
    an_inspection(house)
    client = signed_in(house, "policy")
    assert client.get(LIST).context["save"] == ""
    listed = client.get(LIST + "?view=running&kind=peel&sort=title&page=1&as_at=2026-06-14")
    assert listed.context["save"] == LIST + "views/save/?view=running&kind=peel&sort=title"
    words = said(client.get(listed.context["save"]))
    assert "; Kind: PEEL" in words
    assert "; in an order of its own" in words
    sent = client.post(listed.context["save"], {"name": "Clocks"})
    response = client.get(sent["Location"])
    assert [(view.label, view.count) for view in response.context["views"] if view.current] == [("Clocks", 1)]
    assert "Clocks" in said(client.get(LIST + "views/"))


def test_every_filter_of_a_view_counts_as_its_list_does_with_the_same_queries(house: House) -> None:
    an_inspection(house)
    an_inspection(house, title="Custody", kind="thematic", out=None)
    queries = ["q=custody", "view=running", "kind=peel", "inspectorate=hmi&view=all", "body=office&view=awaited"]
    kept(house, queries[0], queries[0])
    client = signed_in(house, "policy")
    asked = questions(client, LIST)
    for query in queries[1:]:
        kept(house, query, query)
    assert questions(client, LIST) == asked
    assert asked <= 12
    counts = {query: client.get(f"{LIST}?{query}").context["page"].count for query in queries}
    assert row(client.get(LIST), queries) == counts
    assert sorted(counts.values()) == [1, 1, 1, 1, 2]


def test_a_shared_view_counts_what_its_reader_may_see_and_opens_first_for_whoever_chose_it(house: House) -> None:
    an_inspection(house, title="Secret", sensitivity="restricted", owner=house.posts["policy"])
    view = kept(house, "Ours", "view=all", shared=True)
    counts = [row(signed_in(house, name).get(LIST), ["Ours"]) for name in ("policy", "reader", "force_policy")]
    assert counts == [{"Ours": 1}, {"Ours": 0}, {}]
    open_with(view, of="inspections", actor=house.actors["policy"], at=NOW)
    assert signed_in(house, "policy").get(LIST)["Location"] == f"{LIST}?view=all"


def test_the_register_is_taken_away_as_it_is_shown(house: House) -> None:
    an_inspection(house, title="=PEEL 2026")
    an_inspection(house, title="Custody", kind="thematic", out=None)
    an_inspection(house, title="Secret", sensitivity="restricted", owner=house.posts["policy"])
    client = signed_in(house, "reader")
    assert f"{LIST}download.xlsx?kind=peel" in client.get(LIST + "?kind=peel").content.decode()
    book = load_workbook(BytesIO(client.get(LIST + "download.xlsx?kind=peel").content))
    rows = list(book["Inspections"].iter_rows(values_only=True))
    assert rows[0] == tuple(name for name, _ in COLUMNS)
    assert [(one[0], one[1], one[8] is not None, one[9].date().isoformat(), one[13]) for one in rows[1:]] == [
        ("INS-001", "=PEEL 2026", True, "2026-06-28", "Office and panel")
    ]
    text = client.get(LIST + "download.csv").content.decode()
    assert [line.split(",")[1] for line in text.splitlines()[1:]] == ["'=PEEL 2026", "Custody"]
    past = client.get(LIST + "download.csv?as_at=2026-05-01").content.decode()
    assert [line.split(",")[6] for line in past.splitlines()[1:]] == ["", ""]  # the report came out three days later
    assert len(client.get(LIST + "download.csv?as_at=2014-01-01").content.decode().splitlines()) == 1
    assert len(client.get(LIST + "download.csv?kind=odd").content.decode().splitlines()) == 1
    exported = INSPECTION_EXPORT.write(CANDOUR, organisation=house.office, as_at=None, at=NOW, suffix=".csv").decode()
    assert [line.split(",")[0] for line in exported.splitlines()[1:]] == ["INS-001", "INS-002", "INS-003"]
    assert TODAY.isoformat() in exported
