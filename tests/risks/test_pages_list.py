"""The register as a list: views, filters, order, past days, download, and what is hidden."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.http import QueryDict
from django.test import Client

from candour.kernel.papers.days import since_for
from candour.kernel.records.commands import share
from candour.kernel.scales.queries import scale_book
from candour.risks import commands
from candour.risks.forms import RiskFilters
from candour.risks.models import Risk
from candour.risks.queries import RiskFilter, open_register
from tests.factories import NOW, TODAY, House, a_risk
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]


def rows(response) -> list[str]:  # type: ignore[no-untyped-def]
    """The references of the list, in order."""
    return [item.row.reference for item in response.context["rows"]]


def counts(response) -> dict[str, int]:  # type: ignore[no-untyped-def]
    return {view.label: view.count for view in response.context["views"]}


@pytest.fixture
def three(house: House) -> dict[str, Risk]:
    """A high one that rose, a medium one with an overdue control, a restricted low one."""
    high = a_risk(house, reference="A1", title="Fleet is too old", impact=3, likelihood=2)
    commands.rescore(high, impact=4, likelihood=4, reason="Two cars lost", effective=date(2026, 5, 1), **by(house))
    medium = a_risk(house, reference="A2", title="Café closes", impact=3, likelihood=2, owner=house.posts["owner"])
    commands.add_control(medium, text="Sign the lease", due=date(2026, 6, 2), reason="Agreed", **by(house))
    low = a_risk(house, reference="A3", title="A claim", impact=1, likelihood=2, sensitivity="restricted")
    return {"high": high, "medium": medium, "low": low}


def by(house: House, name: str = "policy") -> dict:
    return {"actor": house.actors[name], "at": NOW}


def test_the_list_shows_the_highest_score_first_and_counts_bands(house: House, three: dict[str, Risk]) -> None:
    response = signed_in(house, "policy").get("/risks/")
    assert rows(response) == ["A1", "A2", "A3"]
    assert "3 strategic risks live. 1 high, 1 medium, 1 low." in said(response)
    assert "Up from 6" in said(response)


def test_the_views_count_what_they_show(house: House, three: dict[str, Risk]) -> None:
    client = signed_in(house, "policy")
    response = client.get("/risks/")
    expected = {"All live": 3, "High": 1, "Overdue Control": 1, "Awaiting Review": 2, "Changed since 15 March": 1}
    assert counts(response) == expected | {"Restricted": 1}
    shown = {view.label: len(rows(client.get("/risks/" + view.href))) for view in response.context["views"]}
    assert shown == counts(response)


def test_a_view_is_current_when_its_filters_are_in_force(house: House, three: dict[str, Risk]) -> None:
    response = signed_in(house, "policy").get("/risks/?status=Overdue+Control")
    assert [view.label for view in response.context["views"] if view.current] == ["Overdue Control"]


def test_a_restricted_risk_does_not_exist_for_a_reader(house: House, three: dict[str, Risk]) -> None:
    response = signed_in(house, "reader").get("/risks/")
    assert rows(response) == ["A1", "A2"]
    assert "Restricted" not in counts(response)
    assert "2 strategic risks live. 1 high, 1 medium." in said(response)
    assert signed_in(house, "reader").get("/risks/?q=claim").context["total"] == 0


def test_the_page_is_marked_when_it_shows_a_restricted_risk(house: House, three: dict[str, Risk]) -> None:
    assert "OFFICIAL-SENSITIVE" in signed_in(house, "policy").get("/risks/").content.decode()
    assert "OFFICIAL-SENSITIVE" not in signed_in(house, "reader").get("/risks/").content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("q=fleet", ["A1"]),
        ("q=A2", ["A2"]),
        ("q=lease", ["A2"]),
        ("band=Medium", ["A2"]),
        ("movement=up", ["A1"]),
        ("movement=same", ["A2", "A3"]),
        ("movement=down", []),
        ("status=Awaiting+Review", ["A1", "A3"]),
        ("impact=3&likelihood=2", ["A2"]),
        ("sensitivity=restricted", ["A3"]),
        ("sort=reference", ["A1", "A2", "A3"]),
        ("sort=-title", ["A1", "A2", "A3"]),
        ("sort=score", ["A3", "A2", "A1"]),
        ("sort=nonsense", ["A1", "A2", "A3"]),
    ],
)
def test_filters_and_order(house: House, three: dict[str, Risk], asked: str, expected: list[str]) -> None:
    assert rows(signed_in(house, "policy").get(f"/risks/?{asked}")) == expected


@pytest.mark.parametrize("asked", ["band=Odd", "status=Odd", "owner=999999", "movement=sideways", "impact=lots"])
def test_an_answer_that_cannot_be_read_shows_an_error_and_no_rows(
    house: House, three: dict[str, Risk], asked: str
) -> None:
    response = signed_in(house, "policy").get(f"/risks/?{asked}")
    assert rows(response) == []
    assert "There is 1 problem" in said(response)
    assert title(response).startswith("Error: Strategic risks")


def test_a_past_day_shows_the_register_as_it_stood(house: House) -> None:
    old = a_risk(house, reference="B1", impact=2, likelihood=2)
    a_risk(house, reference="B2", effective=date(2026, 4, 1))
    commands.rescore(old, impact=4, likelihood=4, reason="Worse", effective=date(2026, 5, 1), **by(house))
    client = signed_in(house, "policy")
    response = client.get("/risks/?as_at=31/03/2026")
    assert rows(response) == ["B1"]
    assert [item.row.line.score for item in response.context["rows"]] == [4]
    assert "as it stood on 31 March 2026 . Read only." in said(response)
    assert "Record a risk" not in said(response)
    assert response.context["rows"][0].href == "/risks/office/B1/?as_at=2026-03-31"


@pytest.mark.parametrize(
    "asked", ["", "q=lease", "band=Medium", "movement=changed", "status=Overdue+Control", "sort=title"]
)
def test_the_list_as_at_today_and_the_live_list_say_the_same(house: House, three: dict[str, Risk], asked: str) -> None:
    actor, base, book = house.actors["policy"], RiskFilter(), scale_book()
    shown = []
    for as_at in (None, TODAY):
        source = open_register(actor, base, today=TODAY, as_at=as_at, since=since_for((), TODAY), book=book)
        form = RiskFilters(QueryDict(asked), owners=source.owners(), bands=[("Medium", "Medium")])
        assert form.is_valid()
        wanted = form.wanted(base)
        page = source.page(wanted, sort=QueryDict(asked).get("sort", "-score"), offset=0, size=50)
        shown.append(
            (
                [(row.reference, row.status, row.direction, row.line) for row in page.rows],
                page.total,
                page.bands,
                source.owners(),
                source.counts({"one": replace(wanted, words="")}),
                [(each.reference, each.impact, each.matrix) for each in source.placed(wanted)],
            )
        )
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31 February 2026", "‘31 February 2026’ is not a date. Enter the day to show"),
        ("rubbish", "‘rubbish’ is not a date. Enter the day to show"),
        ("16/06/2026", "16 June 2026 is still to come. Enter today, 15 June 2026, or a day before it"),
    ],
)
def test_a_day_that_cannot_be_shown_says_how_to_mend_it(
    house: House, three: dict[str, Risk], typed: str, message: str
) -> None:
    for address in ("/risks/", "/risks/heat-map/"):
        response = signed_in(house, "policy").get(address, {"as_at": typed})
        assert message in said(response)
        assert title(response).startswith("Error: ")
        assert response.context["total"] == 0


def test_today_is_not_a_past_day(house: House, three: dict[str, Risk]) -> None:
    assert "Read only" not in said(signed_in(house, "policy").get("/risks/?as_at=2026-06-15"))


def test_the_registers_are_apart(house: House) -> None:
    a_risk(house, reference="C1", level="operational")
    client = signed_in(house, "policy")
    assert rows(client.get("/risks/")) == []
    assert rows(client.get("/risks/?register=operational")) == ["C1"]
    assert "Operational risks" in title(client.get("/risks/?register=operational"))


def test_whoever_sees_two_bodies_switches_between_them(house: House) -> None:
    a_risk(house, reference="C1")
    a_risk(house, reference="D1", organisation=house.force, owner=None, responsible_officer=None)
    client = signed_in(house, "panel")
    assert rows(client.get("/risks/")) == ["C1"]
    assert rows(client.get("/risks/?body=force")) == ["D1"]
    assert rows(client.get("/risks/?body=all")) == ["C1", "D1"]
    assert "The force" not in said(signed_in(house, "policy").get("/risks/"))


def test_a_shared_risk_is_in_the_other_bodys_list_and_says_whose_it_is(house: House) -> None:
    risk = a_risk(house, reference="C1")
    assert rows(signed_in(house, "force_reader").get("/risks/")) == []
    share(risk.record, organisation=house.force, reason="Joint", **by(house))
    response = signed_in(house, "force_reader").get("/risks/")
    assert rows(response) == ["C1"]
    assert "Office of Mereford" in said(response)


def test_a_closed_risk_is_found_by_its_status_only(house: House) -> None:
    risk = a_risk(house, reference="C1")
    commands.close(risk, reason="Gone", **by(house))
    client = signed_in(house, "policy")
    assert rows(client.get("/risks/")) == []
    assert rows(client.get("/risks/?status=Closed")) == ["C1"]


def test_fifty_rows_make_a_page(house: House) -> None:
    for _ in range(51):
        a_risk(house)
    client = signed_in(house, "policy")
    assert len(rows(client.get("/risks/"))) == 50
    assert len(rows(client.get("/risks/?page=2"))) == 1
    assert client.get("/risks/?page=3").status_code == 404
    assert len(rows(client.get("/risks/?page=2&as_at=2026-06-14"))) == 1


def test_empty_registers_teach(house: House) -> None:
    assert "A risk says what could happen" in said(signed_in(house, "policy").get("/risks/"))
    assert "No strategic risks that you can see" in said(signed_in(house, "reader").get("/risks/"))
    past = said(signed_in(house, "policy").get("/risks/?as_at=2026-01-01"))
    assert "No strategic risk stood on 1 January 2026" in past
    assert "No risk matches these filters" in said(signed_in(house, "policy").get("/risks/?q=nothing"))


def test_a_hidden_register_reads_like_an_empty_one(house: House) -> None:
    before = said(signed_in(house, "reader").get("/risks/"))
    a_risk(house, sensitivity="restricted")
    assert said(signed_in(house, "reader").get("/risks/")) == before


def test_the_list_asks_as_much_of_the_database_at_any_size(house: House) -> None:
    client = signed_in(house, "policy")
    addresses = ("/risks/", "/risks/?as_at=2026-06-01", "/risks/heat-map/", "/risks/heat-map/?as_at=2026-06-01")
    asked = {}
    for size in (1, 3, 20):
        while Risk.objects.count() < size:
            risk = a_risk(house)
            commands.add_control(risk, text="Something", reason="Agreed", **by(house))
            commands.rescore(risk, impact=2, likelihood=1, reason="Better", effective=date(2026, 5, 1), **by(house))
        asked[size] = [questions(client, address) for address in addresses]
    assert asked[1] == asked[3] == asked[20]
    assert max(asked[20]) <= 12


def test_a_visitor_is_sent_to_sign_in(house: House) -> None:
    for address in ("/risks/", "/risks/heat-map/", "/risks/download.csv", "/risks/new/", "/risks/office/A1/"):
        assert Client().get(address)["Location"].startswith("/sign-in?next=")


def cells(response) -> list[list[str]]:  # type: ignore[no-untyped-def]
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:])))


def test_the_download_holds_what_the_list_shows(house: House, three: dict[str, Risk]) -> None:
    client = signed_in(house, "policy")
    assert [row[0] for row in cells(client.get("/risks/download.csv"))] == ["Reference", "A1", "A2", "A3"]
    assert [row[0] for row in cells(client.get("/risks/download.csv?q=fleet"))] == ["Reference", "A1"]
    assert [row[0] for row in cells(signed_in(house, "reader").get("/risks/download.csv"))] == ["Reference", "A1", "A2"]
    head, first, *_ = cells(client.get("/risks/download.csv"))
    row = dict(zip(head, first, strict=True))
    assert (row["Impact"], row["Likelihood"], row["Score"], row["Band"]) == ("4", "4", "16", "High")
    assert (row["Movement"], row["Score before"], row["Status"]) == ("Up", "6", "Awaiting Review")
    assert (row["First recorded"], row["As at"]) == ("2026-01-10", "2026-06-15")


def test_the_download_of_a_past_day_is_of_that_day(house: House, three: dict[str, Risk]) -> None:
    response = signed_in(house, "policy").get("/risks/download.csv?as_at=2026-03-31&sort=reference")
    assert response["Content-Disposition"] == 'attachment; filename="strategic-risks-2026-03-31.csv"'
    assert [(row[0], row[8]) for row in cells(response)[1:]] == [("A1", "6"), ("A2", "6"), ("A3", "2")]


def test_a_formula_in_a_title_is_only_text_in_the_download(house: House) -> None:
    titles = ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "plain"]
    for number, text in enumerate(titles):
        a_risk(house, title=f"{text} {number}", reference=f"={number}" if number == 0 else f"Z{number}")
    written = cells(signed_in(house, "policy").get("/risks/download.csv?sort=reference"))
    assert [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    assert "'=1+1 0" in {row[1] for row in written}


def test_a_download_that_cannot_be_read_says_so_on_the_list(house: House) -> None:
    response = signed_in(house, "policy").get("/risks/download.csv?band=Odd")
    assert (response.status_code, response["Location"]) == (302, "/risks/?band=Odd")


def test_sorted_columns_say_so(house: House, three: dict[str, Risk]) -> None:
    page = signed_in(house, "policy").get("/risks/?sort=owner").content.decode()
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="ascending"' in page


def test_hostile_words_stay_words(house: House) -> None:
    a_risk(house, title="<script>alert(1)</script>", reference="X<1>")
    client = signed_in(house, "policy")
    for address in ("/risks/", "/risks/heat-map/", "/risks/?q=%3Cscript%3E", "/risks/office/X%3C1%3E/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "X<1>" not in page
