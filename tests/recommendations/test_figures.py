"""The tracker in figures: every count leads to exactly the rows that it counts, live and on a past day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import place_post
from candour.recommendations import commands
from candour.recommendations.commands import Due, Owner
from candour.recommendations.models import Recommendation
from candour.recommendations.rules import Span, forecast, forecast_of, months_from, quarters_to, reported_for, share
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation, with_priorities
from tests.risks.pages import questions, said, signed_in
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
PAGES = ("age", "slips", "closures", "dates")
MEETING: dict[str, Any] = {"board": "Audit Panel", "minute": "41", "resolved": "As proposed."}


def dated(house: House, post: str | None, *days: str, approver: str = "The panel") -> Owner:
    dues = [Due(day, date.fromisoformat(day) if day[:1] == "2" else None, approver=approver) for day in days]
    return Owner(house.posts[post] if post else None, dues)


def closed(house: House, reference: str, on: date, **more: Any) -> Recommendation:
    it = a_recommendation(house, reference=reference, response="accepted", proposed_on=date(2026, 1, 12), **more)
    commands.decide_closure(it, answer="agreed", reason="Done", met_on=on, **MEETING, **BY)
    return it


@standing
def tracker(house: House) -> House:
    """A dozen recommendations: of every age and number of slips, with one, two, unnamed or no owners, open and ended."""
    with_priorities(house)
    held: dict[str, Any] = {"response": "accepted", "priority": "High", "audit": "Fleet"}

    def add(reference: str, *owners: Owner, **more: Any) -> Recommendation:
        return a_recommendation(house, **({"reference": reference, "owners": owners} | held | more))

    owner, chief = dated(house, "owner", "2026-03-31"), dated(house, "chief", "2026-08-31")
    add("A1", owner, chief, reported_on=date(2025, 6, 16))
    add("A2", dated(house, "owner", "2025-01-01", "2025-02-01", "2025-04-01"), reported_on=date(2024, 6, 15))
    add(
        "A3",
        dated(house, "owner", "2025-01-01", "2026-06-15", approver=""),
        reported_on=date(2021, 6, 15),
        priority="Low",
    )
    add("A4", dated(house, None, "2027-07-01"), priority="", audit="", reported_on=date(2021, 6, 16))
    add("A5", dated(house, "chief", "when done"), priority="Medium", source="afi")
    add("A6", response="", owners=())
    closed(house, "B1", date(2026, 2, 10), owners=[owner])
    verified = closed(house, "B2", date(2026, 5, 10), owners=[dated(house, "policy", "2026-03-31"), owner])
    commands.verify_closure(verified, verdict="implemented", reason="Seen", effective=TODAY, **BY)
    add("B3", response="not accepted", owners=())
    back = add("B4", owner, proposed_on=date(2026, 1, 12))
    commands.decide_closure(back, answer="sent back", reason="More", met_on=date(2026, 5, 10), **MEETING, **BY)
    add(
        "A7", dated(house, "policy", "2018-05-01", "2019-05-01", "2026-12-01"), sensitivity="restricted", audit="Hidden"
    )
    return house


@pytest.fixture
def lined(tracker: House) -> Client:
    """The same, where the head of communications and the policy officer answer to the chief executive."""
    for name in ("owner", "policy"):
        place_post(
            tracker.posts[name], directorate="", answers_to=tracker.posts["chief"], reason="As the chart has it", **BY
        )
    return signed_in(tracker, "policy")


@pytest.fixture
def client(tracker: House) -> Client:
    return signed_in(tracker, "policy")


def crosses(context: Any) -> list[Any]:
    parts = [cross for _, cross in context.get("parts") or []]
    return parts or [context[name] for name in ("cross", "owners", "directorates") if name in context]


def cells(context: Any) -> Iterator[Any]:
    for cross in crosses(context):
        for row in (*cross.rows, *([cross.foot] if cross.foot else [])):
            yield from row.cells
    figs = context.get("figs") or []
    yield from figs.values() if isinstance(figs, dict) else (cell for cell, _ in figs)


def counts(context: Any, number: int = 0) -> dict[str, list[Any]]:
    cross = crosses(context)[number]
    rows = (*cross.rows, *([cross.foot] if cross.foot else []))
    return {row.label: [cell.words or cell.count for cell in row.cells] for row in rows}


QUERIES = [
    "",
    "owner={owner}",
    "owner=none&as_at=2026-06-14",
    "directorate=Chief+Executive",
    "directorate=none&as_at=2026-06-14",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("page", PAGES)
def test_every_count_leads_to_exactly_as_many_rows(lined: Client, tracker: House, page: str, query: str) -> None:
    asked, client = query.format(owner=tracker.posts["owner"].pk), lined
    context = client.get(f"/recommendations/{page}/?{asked}").context
    found = {cell.href: cell.count for cell in cells(context) if cell.count}
    assert len(found) > 1
    for href, count in [*found.items()][:: len(found) // 20 + 1]:
        listed = client.get(href).context
        assert (listed["problems"], listed["total"], len(listed["rows"])) == ([], count, count), href


def test_ages_are_counted_by_whole_years_for_each_priority(client: Client) -> None:
    context = client.get("/recommendations/age/").context
    assert counts(context) == {
        **{"High": [4, 0, 1, 0, 5], "Medium": [1, 0, 0, 0, 1], "Low": [0, 0, 0, 1, 1]},
        **{"No priority": [0, 0, 1, 0, 1], "All": [5, 0, 2, 1, 8]},
    }
    assert [item.row.reference for item in context["oldest"]][:3] == ["A3", "A4", "A2"]


def test_slips_are_counted_by_owner_with_the_days_that_dates_moved(client: Client) -> None:
    context = client.get("/recommendations/slips/").context
    assert counts(context) == {
        "Head of Communications": [2, 1, 1, 1, "310", "310"],
        "Policy and Compliance Officer": [0, 0, 1, 0, "3,136", "3,136"],
        "Chief Executive": [2, 0, 0, 0, "none", "none"],
        "No post named": [2, 0, 0, 0, "none", "none"],
        "All": [5, 1, 2, 1, "530", "1,252"],
    }
    assert counts(context, 1)["Fleet"] == [4, 1, 1, 1, "310", "310"]
    assert "No report named" in counts(context, 1)


def test_closures_are_counted_in_their_quarter_and_the_share_is_of_those_open(client: Client) -> None:
    context = client.get("/recommendations/closures/").context
    quarters = counts(context)
    assert next(iter(quarters)) == "July to September 2024"
    assert quarters["January to March 2026"] == [11, 7, 1, 1, 0, 0, "9%"]
    assert quarters["April to June 2026"] == [9, 0, 1, 0, 1, 1, "11%"]
    assert counts(context, 1)["Head of Communications"] == [6, 3, 2, 0, 1, 1, "33%"]


@pytest.mark.parametrize("query", ["", "?as_at=2026-06-15"])
def test_a_post_in_no_directorate_counts_under_the_post_above_and_each_counts_once_there(
    lined: Client, query: str
) -> None:
    """A1 answers in two; B2 has two owners of one, and counts once there."""
    closures = lined.get(f"/recommendations/closures/{query}").context
    assert counts(closures, 2)["Chief Executive"] == [7, 4, 2, 0, 1, 1, "29%"]
    assert counts(closures, 2)["No directorate"][0] == 5  # A1 again, A4, A5, A6, B3
    ages = counts(lined.get(f"/recommendations/age/{query}").context, 1)
    assert ages == {"Chief Executive": [3, 0, 1, 1, 5], "No directorate": [3, 0, 1, 0, 4], "All": [5, 0, 2, 1, 8]}
    slips = lined.get(f"/recommendations/slips/{query}").context["parts"]
    assert [by for by, _ in slips] == ["directorate", "owner", "audit"]
    assert [row.label for row in slips[0][1].rows] == ["Chief Executive", "No directorate"]


@pytest.mark.parametrize("query", ["", "?as_at=2026-06-15"])
def test_figures_are_put_together_by_directorate_before_the_post_above(
    lined: Client, tracker: House, query: str
) -> None:
    """The head of communications stands in a directorate of its own; the policy officer stays under the chief executive."""
    place_post(
        tracker.posts["owner"], directorate="Communications", answers_to=tracker.posts["chief"], reason="Set up", **BY
    )
    ages = counts(lined.get(f"/recommendations/age/{query}").context, 1)
    assert ages == {
        "Communications": [2, 0, 1, 1, 4],
        "Chief Executive": [1, 0, 0, 0, 1],
        "No directorate": [3, 0, 1, 0, 4],
        "All": [5, 0, 2, 1, 8],
    }
    slips = lined.get(f"/recommendations/slips/{query}").context["parts"][0][1]
    assert {row.label: [cell.words or cell.count for cell in row.cells] for row in slips.rows}["Communications"] == [
        *(2, 1, 1, 1, "310", "310"),
    ]
    closures = counts(lined.get(f"/recommendations/closures/{query}").context, 2)
    assert (
        closures["Communications"]
        == counts(lined.get(f"/recommendations/closures/{query}").context, 1)["Head of Communications"]
    )
    page = lined.get(f"/recommendations/?directorate=Communications{query.replace('?', '&')}").context
    assert page["total"] == 4


def test_where_no_post_has_a_directorate_or_answers_to_another_no_table_is_put_together_by_it(client: Client) -> None:
    assert [by for by, _ in client.get("/recommendations/slips/").context["parts"]] == ["owner", "audit"]
    assert "by directorate" not in said(client.get("/recommendations/age/"))
    assert "by directorate" not in said(client.get("/recommendations/closures/"))


def test_dates_to_come_are_counted_by_month_and_the_first_begins_today(client: Client) -> None:
    months = counts(client.get("/recommendations/dates/").context)
    assert months["Late now"] == [2, 1, 3]
    assert months["June 2026"] == [0, 1, 1]
    assert months["August 2026"] == [0, 0, 0]
    assert months["December 2026"] == [0, 1, 1]
    assert (months["Later"], months["No day"]) == ([1, 0, 1], [2, 0, 2])


@pytest.mark.parametrize("query", ["", "?as_at=2026-06-14"])
def test_a_forecast_names_the_slips_that_it_rests_on_and_needs_three(client: Client, query: str) -> None:
    owners = counts(client.get(f"/recommendations/dates/{query}").context, 1)
    assert owners["Head of Communications"][2:] == ["59", "3"]
    assert owners["Policy and Compliance Officer"][2:] == ["too few", "under 3"]


@pytest.mark.parametrize("page", PAGES)
def test_a_restricted_recommendation_counts_for_nobody_else(tracker: House, page: str) -> None:
    for day in ("", "?as_at=2026-06-14"):
        answer = signed_in(tracker, "reader").get(f"/recommendations/{page}/{day}")
        assert b"A7" not in answer.content
        assert b"Hidden" not in answer.content
    totals = [
        signed_in(tracker, name).get(f"/recommendations/{page}/").context["total"] for name in ("policy", "reader")
    ]
    assert totals[0] - totals[1] == 1


@pytest.mark.parametrize("page", PAGES)
def test_the_page_asks_as_much_at_any_size(client: Client, tracker: House, page: str) -> None:
    told = []
    for more in (0, 1, 30):
        for number in range(more):
            a_recommendation(tracker, owners=[dated(tracker, "chief", "2025-01-01", f"2026-07-{number + 1:02}")])
        told.append([questions(client, f"/recommendations/{page}/{query}") for query in ("", "?as_at=2026-06-14")])
    assert told[0] == told[1] == told[2]
    assert max(told[0]) <= 12


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_tracker_teaches_and_a_bad_day_shows_nothing(house: House, page: str) -> None:
    client = signed_in(house, "policy")
    assert "The list says how recommendations come into the tracker" in said(client.get(f"/recommendations/{page}/"))
    assert "Nothing is shown until this is mended" in said(client.get(f"/recommendations/{page}/?as_at=tomorrow"))
    assert "Nothing is shown until this is mended" in said(client.get(f"/recommendations/{page}/?priority=Nonsense"))


def test_quarters_months_ages_and_shares_end_where_they_should() -> None:
    assert quarters_to(date(2026, 2, 1), 2) == [
        Span(date(2025, 10, 1), date(2025, 12, 31)),
        Span(date(2026, 1, 1), date(2026, 3, 31)),
    ]
    assert months_from(date(2026, 12, 15), 2) == [
        Span(date(2026, 12, 15), date(2026, 12, 31)),
        Span(date(2027, 1, 1), date(2027, 1, 31)),
    ]
    assert reported_for("1 to 2", date(2028, 2, 29)) == Span(date(2026, 3, 1), date(2027, 2, 28))
    assert reported_for("5 or more", TODAY) == Span(None, date(2021, 6, 15))
    assert (share(1, 8), share(0, 0)) == (13, None)
    assert forecast_of([31, 59], 4) == forecast([10, 31, 59, 90])
