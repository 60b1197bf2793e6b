"""The pages of recommendations, through the browser's requests."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from candour.kernel.access import CANDOUR
from candour.kernel.records.models import SavedView
from candour.recommendations import commands
from candour.recommendations.commands import Due, NewRecommendation, Owner, Said
from candour.recommendations.models import Recommendation
from candour.recommendations.queries import row_on
from candour.recommendations.queries.one import owners_of
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation
from tests.risks.pages import questions, said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("priorities", "moment")]
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
LIST = "/recommendations/"
PANEL: dict[str, Any] = {"board": "Audit Panel", "met_on": TODAY, "minute": "41", "resolved": "As proposed."}


@pytest.fixture
def client(house: House) -> Client:
    return signed_in(house, "policy")


def opened(house: House, reference: str = "IA-1/4.2", **more: Any) -> Recommendation:
    owner = Owner(house.posts["owner"], [Due("31 March 2026", date(2026, 3, 31))])
    held = {"reference": reference, "response": "accepted", "priority": "High", "owners": [owner]}
    return a_recommendation(house, **(held | more))


def place(it: Recommendation, end: str = "") -> str:
    return f"/recommendations/{it.record.organisation.code}/{it.record.reference}/{end}"


def send(client: Client, address: str, **answers: str) -> Any:
    """Send a form as it was opened, with these answers."""
    page = client.get(address)
    begun = {field.html_name: field.answer for field in page.context["form"].answers}
    return client.post(address, begun | answers)


def now(it: Recommendation) -> Any:
    return row_on(it.record, actor=CANDOUR, today=TODAY)


def test_an_empty_tracker_says_what_a_recommendation_is_and_how_to_begin(client: Client, house: House) -> None:
    assert "No recommendations yet A recommendation says what an auditor" in said(client.get(LIST))
    assert "Record a recommendation" not in said(signed_in(house, "reader").get(LIST))


def test_a_row_says_priority_owner_first_date_slips_age_and_status(client: Client, house: House) -> None:
    opened(house, title="Service the fleet", audit="Fleet", reported_on=date(2025, 1, 10))
    words = said(client.get(LIST))
    assert "1 recommendation open." in words
    row = "IA-1/4.2 Service the fleet Internal audit: Fleet High Head of Communications 31 March 2026 76 days past"
    assert f"{row} 31 March 2026 76 days late 0 1 year 5 months Overdue" in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=Overdue", ["A1"]),
        ("?past=past", ["A1", "A2"]),
        ("?past=over a year", ["A2"]),
        ("?slips=2", ["A2"]),
        ("?status=Awaiting Response", ["A3"]),
        ("?priority=Low", ["A3"]),
        ("?source=afi", ["A3"]),
        ("?status=ended", ["A4"]),
        ("?status=Not Accepted", ["A4"]),
        ("?q=fleet", ["A2"]),
        ("?audit=Fleet", ["A2"]),
        ("?sort=-reference", ["A3", "A2", "A1"]),
        ("?sort=status", ["A3", "A2", "A1"]),
    ],
)
def test_filters_and_orders_show_what_they_name_live_and_as_at(
    client: Client, house: House, query: str, found: list[str]
) -> None:
    opened(house, "A1")
    dues = [Due("1 May 2025", date(2025, 5, 1)), Due("1/9/25", date(2025, 9, 1)), Due("when done", None)]
    opened(house, "A2", title="Fleet", audit="Fleet", priority="Medium", owners=[Owner(house.posts["owner"], dues)])
    opened(house, "A3", response="", priority="Low", source="afi", owners=[])
    opened(house, "A4", response="not accepted")
    for asked in (query, f"{query}&as_at=14 June 2026"):
        page = client.get(LIST + asked)
        assert [item.row.reference for item in page.context["rows"]] == found, asked
        assert page.context["total"] == len(found)


def test_a_filter_that_cannot_be_read_shows_an_error_and_no_rows(client: Client, house: House) -> None:
    opened(house)
    page = client.get(f"{LIST}?status=nonsense")
    assert (page.context["rows"], title(page).startswith("Error:")) == ([], True)


def test_every_view_counts_what_it_then_shows(client: Client, house: House) -> None:
    opened(house, "A1")
    opened(house, "A2", response="", owners=[])
    opened(house, "A3", proposed_on=date(2026, 5, 1))
    opened(house, "A4", response="not accepted")
    opened(house, "A5", sensitivity="restricted")
    views = client.get(LIST).context["views"]
    assert {view.label: view.count for view in views} == {
        **{"All open": 4, "Overdue": 2, "Past first date": 3, "Slipped twice": 0, "Proposed closed": 1},
        **{"Awaiting response": 1, "No date": 0, "Ended": 1, "Restricted": 1},
    }
    assert [view.count for view in views] == [client.get(LIST + view.href).context["total"] for view in views]


def test_the_page_tells_finding_ledger_steps_updates_and_checks(client: Client, house: House) -> None:
    dues = [Due("March 2022", date(2022, 3, 31)), Due("Q3 2024", None, "Waiting for the supplier")]
    updates = [
        Said(date(2026, 1, 20), "January 2026", "Half of it", "The rest", "None"),
        Said(date(2026, 4, 20), "April 2026", "Half of it", "Nothing", "None", by=house.posts["owner"]),
    ]
    it = opened(house, finding="No procedure", owners=[Owner(house.posts["owner"], dues)], updates=updates)
    words = said(client.get(place(it)))
    assert "Finding No procedure Response Accepted" in words
    assert "31 March 2022 First date, never changes Set in the report. Printed as ‘March 2022’" in words
    assert "‘Q3 2024’ First slip, the date today Waiting for the supplier Date in words" in words
    assert "No approver recorded. Gap" in words
    assert "Done The body responds Accepted Now The owner proposes, with evidence" in words
    assert "Look The same words as last time" in words
    assert "Head of Communications Achieved. Half of it Left. Nothing In the way. None" in words


def test_a_forecast_is_shown_as_what_it_is_and_not_below_three_slips(client: Client, house: House) -> None:
    days = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 4, 1)]
    two = opened(house, "A1", owners=[Owner(house.posts["owner"], [Due(str(day), day) for day in days])])
    assert "If its date slips" not in said(client.get(place(two)))
    opened(house, "A2", owners=[Owner(house.posts["owner"], [Due(str(day), day) for day in days[:2]])])
    assert "By about 31 days : the median of 3 past slips of the same owners" in said(client.get(place(two)))


def test_a_past_day_is_read_only_and_as_it_stood(client: Client, house: House) -> None:
    it = opened(house)
    commands.record_update(it, achieved="All", **BY)
    page = client.get(place(it) + "?as_at=1 February 2026")
    words = said(page)
    assert "Nothing has been said of it yet" in words
    assert "Record an update" not in words
    assert "cannot be shown" in said(client.get(place(it) + "?as_at=1 January 2026"))


def test_a_new_recommendation_is_recorded_with_its_owners(client: Client, house: House) -> None:
    owner = str(house.posts["owner"].pk)
    answers = {"title": "Service the fleet", "reason": "The report is out", "priority": "High", "due_1": "March 2027"}
    answers |= {"owner_1": owner, "owner_2": str(house.posts["chief"].pk), "due_2": "when the supplier allows"}
    answer = send(client, f"{LIST}new/", response="accepted", **answers)
    assert answer.url == f"{LIST}office/REC001/"
    it = Recommendation.objects.get()
    row = now(it)
    assert (row.title, row.line.priority, row.line.due, row.line.in_words) == (
        *("Service the fleet", "High", date(2027, 3, 31), True),
    )
    assert [each.owner for each in row.owners] == ["Head of Communications", "Chief Executive"]
    assert client.get(f"{LIST}new/").context["form"]["reference"].value() == "REC002"


def test_what_is_missing_is_said_beside_the_answer_that_mends_it(client: Client) -> None:
    page = client.post(f"{LIST}new/", {"source": "afi"})
    assert page.status_code == 422
    assert {problem.message for problem in page.context["form"].problems} >= {
        "Enter a heading",
        "Say why it is recorded now",
    }


def test_a_post_is_chosen_once_and_a_date_has_its_owner(client: Client, house: House) -> None:
    owner = str(house.posts["owner"].pk)
    page = send(client, f"{LIST}new/", title="A", reason="B", owner_1=owner, owner_2=owner, due_3="May 2027")
    messages = [problem.message for problem in page.context["form"].problems]
    assert messages == ["Choose each post once", "Choose the post whose date this is"]


def test_an_update_begins_with_what_was_said_last(client: Client, house: House) -> None:
    it = opened(house)
    commands.record_update(it, period="April 2026", achieved="Half", left="Half", barriers="None", **BY)
    page = client.get(place(it, "update/"))
    assert (page.context["form"]["achieved"].value(), page.context["form"]["period"].value()) == ("Half", "June 2026")
    answer = send(client, place(it, "update/"), achieved="Three quarters")
    assert answer.url == place(it)
    assert [(each.period, each.achieved, each.by) for each in now(it).updates][-1] == (
        *("June 2026", "Three quarters", "Head of Communications"),
    )


def test_proposing_closure_asks_what_shows_it(client: Client, house: House) -> None:
    it = opened(house)
    said_ = {"achieved": "All", "left": "Nothing", "barriers": "None", "closure": "yes"}
    page = send(client, place(it, "update/"), **said_)
    assert [problem.message for problem in page.context["form"].problems] == [
        "Say what shows that it is done: a file, or where the panel can look"
    ]
    send(client, place(it, "update/"), evidence="The signed procedure", **said_)
    assert now(it).status == "Proposed Closed"


def test_saying_that_it_needs_a_new_date_leads_to_the_date(client: Client, house: House) -> None:
    it = opened(house)
    answer = send(client, place(it, "update/"), achieved="Half", left="Half", barriers="None", closure="move")
    (part,) = owners_of(it)
    assert answer.url == place(it, f"owners/{part.pk}/date/")


def test_a_slip_asks_for_date_reason_and_who_agreed(client: Client, house: House) -> None:
    it = opened(house)
    (part,) = owners_of(it)
    address = place(it, f"owners/{part.pk}/date/")
    page = send(client, address)
    assert [problem.message for problem in page.context["form"].problems] == [
        "Enter the new date, or the words that stand for it",
        "Say why the date moves",
        "Enter who agreed it",
    ]
    send(client, address, due="30/9/26", reason="The supplier is late", approver="Audit Panel")
    assert (now(it).line.due, now(it).line.slips) == (date(2026, 9, 30), 1)


def test_the_first_date_of_an_owner_needs_nobodys_agreement(client: Client, house: House) -> None:
    it = opened(house, owners=[Owner(house.posts["owner"])])
    (part,) = owners_of(it)
    send(client, place(it, f"owners/{part.pk}/date/"), due="September 2026", reason="As the report says")
    assert (now(it).line.original_due, now(it).line.slips) == (date(2026, 9, 30), 0)


def test_owners_are_named_and_handed_over_on_pages(client: Client, house: House) -> None:
    it = opened(house)
    chief, finance = str(house.posts["chief"].pk), str(house.posts["finance"].pk)
    send(client, place(it, "owners/new/"), owner=chief, due="May 2027", reason="Both must act")
    first, second = owners_of(it)
    send(client, place(it, f"owners/{second.pk}/hand-over/"), owner=finance, reason="A new post")
    assert [each.owner for each in now(it).owners] == ["Head of Communications", "Chief Finance Officer"]
    send(client, place(it, f"owners/{first.pk}/hand-over/"), owner="none", reason="Its part is done")
    assert [each.owner for each in now(it).owners] == ["Chief Finance Officer"]


def test_the_panel_decides_on_a_page_and_a_decision_is_used_again(client: Client, house: House) -> None:
    first, second = (opened(house, name, proposed_on=date(2026, 5, 1)) for name in ("A1", "A2"))
    page = send(client, place(first, "decide/"), answer="agreed", reason="It is done")
    assert [problem.message for problem in page.context["form"].problems] == [
        "Enter the board that decided",
        "Enter the day on which it met, for example 26 October 2023",
        "Enter what was resolved, as the minutes put it",
    ]
    meeting = {"board": "Audit Panel", "met_on": "11 June 2026", "minute": "41", "resolved": "To close both."}
    send(client, place(first, "decide/"), answer="agreed", reason="It is done", **meeting)
    choices = [option.value for option in client.get(place(second, "decide/")).context["form"]["decision"].options]
    send(client, place(second, "decide/"), answer="sent back", reason="Show the file", decision=choices[-1])
    assert (now(first).status, now(second).status) == ("Closed", "Overdue")
    assert [each.closure.decision for each in (now(first), now(second))] == ["Audit Panel, 11 June 2026, minute 41"] * 2
    assert "Sent back by Audit Panel, 11 June 2026, minute 41: Show the file" in said(client.get(place(second)))


def test_the_auditor_verifies_on_a_page(client: Client, house: House) -> None:
    it = opened(house, proposed_on=date(2026, 5, 1))
    commands.decide_closure(it, answer="agreed", reason="Done", **PANEL, **BY)
    auditor = signed_in(house, "auditor")
    assert "Record what the auditor found" in said(auditor.get(place(it)))
    send(auditor, place(it, "verify/"), verdict="in part", reason="Three of four tests passed")
    assert (now(it).status, now(it).closure.found) == ("Fell Short", "Three of four tests passed")


@pytest.mark.parametrize(
    ("end", "answers", "status"),
    [
        ("respond/", {"response": "not accepted", "response_text": "No", "reason": "Cost"}, "Not Accepted"),
        ("propose/", {"case": "It is done"}, "Proposed Closed"),
        ("end/", {"outcome": "superseded", "reason": "A new report", "approver": "Panel"}, "Superseded"),
        ("wording/", {"title": "Other words", "reason": "Clearer"}, "Overdue"),
        ("restrict/", {"sensitivity": "restricted", "reason": "A name"}, "Overdue"),
    ],
)
def test_each_smaller_change_is_saved_and_leads_back(
    client: Client, house: House, end: str, answers: dict[str, str], status: str
) -> None:
    it = opened(house)
    answer = send(client, place(it, end), **answers)
    assert (answer.status_code, answer.url, now(it).status) == (302, place(it), status)


def test_taking_back_reopening_repeating_and_sharing_have_their_pages(client: Client, house: House) -> None:
    it, first = opened(house, "A2", proposed_on=date(2026, 5, 1)), opened(house, "A1", reported_on=date(2020, 1, 1))
    send(client, place(it, "withdraw/"), reason="Too soon")
    send(client, place(it, "repeat/"), repeat_of="A1", reason="The same finding")
    send(client, place(it, "share/"), answer=f"share:{house.force.pk}", reason="Both act")
    assert (now(it).status, now(it).line.first_reported, now(it).shared) == ("Overdue", date(2020, 1, 1), True)
    assert "A1 Something should be done" in said(client.get(place(it)))
    assert "A2 Something should be done" in said(client.get(place(first)))
    send(client, place(it, "share/"), answer=f"stop:{it.record.shares.get().pk}", reason="No longer")
    assert not now(it).shared
    commands.end(it, outcome="superseded", approver="Panel", reason="Gone", **BY)
    send(client, place(it, "reopen/"), reason="It is back")
    assert now(it).status == "Overdue"


def test_what_the_stage_does_not_allow_leads_back_and_says_why(client: Client, house: House) -> None:
    it = opened(house)
    answer = client.get(place(it, "verify/"), follow=True)
    assert answer.redirect_chain == [(place(it), 302)]
    assert "It is open: propose to close it first" in answer.content.decode()


def test_nobody_writes_over_what_somebody_else_entered_meanwhile(client: Client, house: House) -> None:
    it = opened(house)
    page = client.get(place(it, "propose/"))
    begun = {field.html_name: field.answer for field in page.context["form"].answers}
    commands.record_update(it, achieved="Something new", reason="Told by telephone", **BY)
    answer = client.post(place(it, "propose/"), begun | {"case": "Done"})
    assert (answer.status_code, now(it).status) == (422, "Overdue")
    assert "Nothing is saved yet" in said(answer)
    assert "Update recorded Candour, 15 June 2026" in said(answer)
    again = {field.html_name: field.answer for field in answer.context["form"].answers}
    client.post(place(it, "propose/"), again)
    assert now(it).status == "Proposed Closed"


def test_mine_lists_what_my_posts_answer_for_the_most_pressing_first(house: House) -> None:
    owner = signed_in(house, "owner")
    assert "Nothing waits for you" in said(owner.get(f"{LIST}mine/"))
    opened(house, "A1", owners=[Owner(house.posts["owner"], [Due("1/9/26", date(2026, 9, 1))])])
    opened(house, "A2")
    opened(house, "A3", owners=[Owner(house.posts["chief"], [Due("1/9/26", date(2026, 9, 1))])])
    page = owner.get(f"{LIST}mine/")
    assert [item.row.reference for item in page.context["rows"]] == ["A2", "A1"]
    assert "2 open Overdue 1" in said(page)
    assert "Record an update on A2" in said(page)


def test_the_history_page_tells_every_entry_field_by_field(client: Client, house: House) -> None:
    it = opened(house)
    (part,) = owners_of(it)
    commands.slip(part, text="30/9/26", due=date(2026, 9, 30), reason="Supplier", approver="Audit Panel", **BY)
    words = said(client.get(place(it, "history/")))
    assert "Date moved Candour, agreed by Audit Panel" in words
    assert "Number of the slip now 1" in words
    assert client.get(place(it, "history.json")).json()["record"]["reference"] == "IA-1/4.2"


def many(house: House, count: int, first: int = 0) -> None:
    found = [
        NewRecommendation(
            f"N{number:04}",
            f"Heading {number}",
            priority="High",
            response="accepted",
            owners=[Owner(house.posts["policy"], [Due("1/9/26", date(2026, 9, 1)), Due("TBC")])],
            updates=[Said(date(2026, 1, 20), achieved="Half")],
        )
        for number in range(first, first + count)
    ]
    commands.raise_many(found, organisation=house.office, reason="Many", **BY)


@pytest.mark.parametrize(
    "address",
    [
        LIST,
        f"{LIST}?q=heading&sort=status",
        f"{LIST}?as_at=15 June 2026",
        f"{LIST}mine/",
        "/recommendations/office/N0000/",
    ],
)
def test_a_page_asks_the_same_number_of_times_at_any_size(client: Client, house: House, address: str) -> None:
    told = []
    for first, count in ((0, 1), (1, 2), (3, 97)):
        many(house, count, first)
        told.append(questions(client, address))
    assert len(set(told)) == 1, told
    assert told[0] <= 12, told


def test_a_view_is_saved_counted_and_one_click_away(client: Client, house: House) -> None:
    opened(house, "A1")
    opened(house, "A2", priority="Low")
    listed = client.get(f"{LIST}?priority=High&sort=-due&page=1&as_at=14 June 2026")
    assert listed.context["save"] == f"{LIST}views/save/?priority=High&sort=-due"
    assert "Priority: High; in an order of its own" in said(client.get(listed.context["save"]))
    answer = client.post(listed.context["save"], {"name": "The high ones", "first": "on"})
    assert answer.url == f"{LIST}?priority=High&sort=-due"
    page = client.get(LIST, follow=True)
    assert page.redirect_chain == [(f"{LIST}?priority=High&sort=-due", 302)]
    views = {view.label: (view.count, view.current) for view in page.context["views"]}
    assert (views["The high ones"], views["All open"]) == ((1, True), (2, False))
    assert len(client.get(LIST + page.context["views"][0].href).context["rows"]) == 2


def test_a_saved_view_is_renamed_and_deleted_by_its_maker_alone(client: Client, house: House) -> None:
    client.post(f"{LIST}views/save/?status=Overdue", {"name": "Late"})
    assert "Late Status: Overdue Only me" in said(client.get(f"{LIST}views/"))
    (view,) = SavedView.objects.all()
    assert signed_in(house, "reader").get(f"{LIST}views/{view.pk}/").status_code == 404
    client.post(f"{LIST}views/{view.pk}/", {"name": "Later"})
    client.post(f"{LIST}views/{view.pk}/delete/")
    view.refresh_from_db()
    assert (view.name, view.removed_on) == ("Later", TODAY)
    assert "No view is saved yet" in said(client.get(f"{LIST}views/"))


def test_views_of_risks_do_not_stand_over_recommendations(client: Client) -> None:
    client.post("/risks/views/save/?band=High", {"name": "High risks"})
    assert "High risks" not in [view.label for view in client.get(LIST).context["views"]]
