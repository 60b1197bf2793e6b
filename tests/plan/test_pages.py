"""The pages of plans, as their readers meet them."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from candour.kernel.evidence.models import File
from candour.kernel.records.commands import link, share
from candour.kernel.records.models import Record
from candour.plan import commands
from candour.plan.models import Activity, DeepDive, Objective, Plan, Progress, Slip, Success
from tests.evidence.samples import PDF
from tests.factories import CANDOUR, NOW, TODAY, House, a_risk
from tests.performance.factories import a_measure
from tests.plan.factories import (
    AMBER,
    BLUE,
    BY,
    GREEN,
    RED,
    a_priority,
    an_activity,
    an_objective,
    proposed,
    tree,
    updated,
)
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
OBJECTIVE, ACTIVITY = "/plan/objectives/office/PCP25/1.1/", "/plan/activities/office/PCP25/1.1.1/"
LIST = "/plan/activities/"


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, address: str, answers: dict[str, Any], *, name: str = "policy") -> Any:
    kind = {"plans": "plan", "objectives": "objective", "activities": "activity"}[address.split("/")[2]]
    seen = Record.objects.filter(kind=kind).order_by("pk").first().head_sequence  # type: ignore[union-attr]
    return signed_in(house, name).post(address, {"seen": seen} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def references(response: Any) -> list[str]:
    return [row.reference for row, *_ in response.context.get("rows", [])]


def a_year(house: House) -> None:
    """Two priorities; under the first a red, an amber, a green, a done and a stopped activity, and one past its date; under
    the second an objective that nothing covers."""
    plan, objective, red = tree(house)
    second = a_priority(plan, house, number="2", title="Visible policing", lead=None)
    an_objective(plan, house, priority=second, number="2.1", title="A named officer for every ward", owner=None)
    updated(red, RED)
    updated(an_activity(objective, house, title="Amber"), AMBER)
    green = an_activity(objective, house, title="Green", owner=None)
    updated(green, GREEN, effective=date(2026, 2, 2))
    updated(an_activity(objective, house, title="Late", due=date(2026, 5, 1)), GREEN)
    done = an_activity(objective, house, title="Done")
    proposed(done)
    commands.agree_done(done, **BY)
    commands.stop_activity(an_activity(objective, house, title="Stopped"), **BY)
    proposed(an_activity(objective, house, title="Proposed"))
    an_activity(objective, house, title="New", sensitivity="restricted", owner=house.posts["chief"])


def test_without_a_plan_the_page_teaches_what_one_is(house: House) -> None:
    assert "No plan is set up yet" in said(get(house, "/plan/"))
    assert "No plan that you can see" in said(get(house, "/plan/", "reader"))
    assert "No activity yet" in said(get(house, LIST))
    assert "No objective yet" in said(get(house, "/plan/gaps/"))
    assert "No deep dive is owed" in said(get(house, "/plan/deep-dives/"))


def test_the_plan_says_what_is_at_risk_first_and_counts_what_the_reader_sees(house: House) -> None:
    a_year(house)
    shown = get(house, "/plan/").context
    assert [(row.title, row.state) for row, _ in shown["at_risk"]] == [
        ("Write to every victim within two days", "Off course"),
        ("Late", "Past its date"),
        ("Amber", "At risk"),
    ]
    assert [count for count, *_ in shown["figures"]] == [2, 1, 1, 2, 1]
    assert [count for count, *_ in get(house, "/plan/", "reader").context["figures"]] == [2, 1, 1, 2, 0]
    assert shown["chart"].table.rows == (
        ("1. Putting victims first", "2", "1", "1", "2", "1", "7"),
        ("2. Visible policing", "0", "0", "0", "0", "0", "0"),
    )
    cards = [(one.number, one.state, tone) for _, cards in shown["columns"] for one, _, tone in cards]
    assert cards == [("1.1", "Off course", "red"), ("2.1", "", "n")]
    words = said(get(house, "/plan/"))
    assert "No lead yet" in words
    assert "No activity" in words


def test_the_list_has_views_filters_and_files_that_hold_as_many_as_they_say(house: House) -> None:
    a_year(house)
    shown = get(house, LIST)
    counts = {each.label: each.count for each in shown.context["views"]}
    assert counts == {
        "All that run": 6, "At risk of non-delivery": 3, "Past their date": 1, "Updates due": 2, "To be agreed": 1,
        "Not rated yet": 1, "No owner": 1, "Restricted": 1, "Done": 1, "Stopped": 1, "Everything": 8,
    }  # fmt: skip
    for view in shown.context["views"]:
        assert len(references(get(house, LIST + view.href))) == view.count
    then = get(house, f"{LIST}?view=all&as_at=2026-06-15").context["views"]
    assert {each.label: each.count for each in then} == counts
    assert references(get(house, f"{LIST}?state=At+risk")) == ["PCP25/1.1.2"]
    assert references(get(house, f"{LIST}?plan=PCP25&objective=PCP25/2.1")) == []
    assert references(get(house, f"{LIST}?view=mine", "owner"))[0] == "PCP25/1.1.1"
    assert "Nothing is shown until this is mended" in said(get(house, f"{LIST}?state=Odd"))
    book = load_workbook(BytesIO(get(house, f"{LIST}download.xlsx?view=risk").content))
    rows = [[cell.value for cell in row] for row in book["Activities"].iter_rows()]
    assert [(row[0], row[10], row[11]) for row in rows[1:]] == [
        ("PCP25/1.1.1", "Red", "Off course"), ("PCP25/1.1.4", "Green", "Past its date"), ("PCP25/1.1.2", "Amber", "At risk"),
    ]  # fmt: skip
    text = get(house, f"{LIST}download.csv?view=done").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["Reference", "PCP25/1.1.5"]


def test_any_past_day_is_read_as_it_stood(house: House) -> None:
    *_, activity = tree(house)
    updated(activity, GREEN, effective=date(2026, 2, 2))
    updated(activity, RED)
    then = get(house, "/plan/?as_at=2026-03-01").context
    assert (then["tally"].parts, then["at_risk"]) == ((0, 0, 1, 0, 0), [])
    assert get(house, f"{ACTIVITY}?as_at=2026-03-01").context["row"].state == "On course"
    assert get(house, f"{OBJECTIVE}?as_at=2026-03-01").context["row"].state == "On course"
    assert "cannot be shown as at" in said(get(house, "/plan/?as_at=2025-12-01"))
    for address in (OBJECTIVE, ACTIVITY):
        assert "cannot be shown as at" in said(get(house, f"{address}?as_at=2025-12-01"))
    assert "is still to come" in said(get(house, "/plan/?as_at=2027-01-01"))


def test_gaps_say_how_to_mend_them_and_close_when_that_is_done(house: House) -> None:
    _, objective, activity = tree(house)
    row = get(house, "/plan/gaps/").context["rows"][0][0]
    assert [gap.words for gap in row.gaps] == ["No measure", "No risk", "No evidence"]
    risk = a_risk(house, owner=None)
    link(activity.record, to=risk.record, how="bears on", **BY)
    link(a_measure(house).record, to=objective.record, how="shows", **BY)
    row = get(house, "/plan/gaps/").context["rows"][0][0]
    assert [gap.words for gap in row.gaps] == ["No owner of its risk", "No evidence"]
    hidden = a_risk(house, sensitivity="restricted", owner=house.posts["chief"])
    link(objective.record, to=hidden.record, how="bears on", **BY)
    assert get(house, "/plan/gaps/").context["rows"][0][0].cover.risks == 2
    assert get(house, "/plan/gaps/", "reader").context["rows"][0][0].cover.risks == 1
    assert [gap.name for gap in get(house, OBJECTIVE, "reader").context["row"].gaps] == ["owner", "evidence"]


def test_an_owner_updates_in_one_page_with_a_file_and_what_was_typed_is_kept(house: House) -> None:
    *_, activity = tree(house)
    page = get(house, f"{ACTIVITY}update/", "owner")
    assert "Letters" not in said(page)
    wrong = send(
        house, f"{ACTIVITY}update/", {"achieved": "Letters go out", "left": "More", "rating": RED}, name="owner"
    )
    assert wrong.status_code == 422
    assert problems(wrong) == {"barriers": "Write what is in the way: it is red"}
    assert "Letters go out" in wrong.content.decode()
    file = SimpleUploadedFile("shown.pdf", PDF, content_type="application/pdf")
    answers = {"achieved": "All letters went out", "left": "nothing", "rating": BLUE, "file": file}
    send(house, f"{ACTIVITY}update/", answers, name="owner")
    assert (Progress.objects.get().proposes, File.objects.get().record_id) == (True, activity.pk)
    assert "Agree that it is done" in said(get(house, ACTIVITY))
    assert "Agree that it is done: Write to every victim" in said(get(house, "/desk/"))
    answer = send(house, f"{ACTIVITY}agree/", {"agreed": "yes", "reason": "The file", "approver": "The board"})
    assert answer.context["row"].state == "Done"
    assert "agreed by The board" in said(answer)
    assert "not yours to update" in said(get(house, f"{ACTIVITY}update/", "secretary"))


def test_what_is_due_stands_on_the_desk_of_the_post_and_on_no_other(house: House) -> None:
    _, objective, _ = tree(house)
    commands.ask_dive(objective, asked_by="The board", post=house.posts["owner"], asked="Why?", due=TODAY, **BY)
    desk = said(get(house, "/desk/", "owner"))
    assert "Update: Write to every victim within two days" in desk
    assert "Answer a deep dive: Every victim is offered support" in desk
    assert "Update: Write" not in said(get(house, "/desk/", "reader"))
    assert questions(signed_in(house, "owner"), "/desk/") <= 12


def test_deep_dives_are_asked_for_and_answered_through_their_pages(house: House) -> None:
    tree(house)
    asked: dict[str, Any] = {
        "asked_by": "The board",
        "post": house.posts["owner"].pk,
        "asked": "By district?",
        "due": "1 July 2026",
    }
    send(house, f"{OBJECTIVE}deep-dive/", asked)
    one = DeepDive.objects.get()
    wrong = send(house, f"{OBJECTIVE}answer/", {"which": one.pk, "answer": ""}, name="owner")
    assert problems(wrong) == {"answer": "Write the answer"}
    file = SimpleUploadedFile("districts.pdf", PDF)
    send(house, f"{OBJECTIVE}answer/", {"which": one.pk, "answer": "Two of five", "file": file}, name="owner")
    assert "Two of five" in said(get(house, OBJECTIVE))
    assert File.objects.get().record.reference == "PCP25/1.1"
    assert "No deep dive is owed" in said(get(house, "/plan/deep-dives/"))
    assert "By district?" in said(get(house, "/plan/deep-dives/?shown=answered"))


def test_a_plan_is_written_from_nothing_through_its_pages(house: House) -> None:
    answers = {
        "sort": "plan", "title": "Police and Crime Plan", "aim": "To keep people safe", "starts": "1 April 2025",
        "ends": "31 March 2029", "every": "3", "reference": "PCP", "sensitivity": "public", "reason": "Elected",
    }  # fmt: skip
    client = signed_in(house, "policy")
    wrong = client.post("/plan/set-up/", answers | {"ends": "31 March 2024"})
    assert problems(wrong) == {"ends": "Enter a last day on or after the first"}
    assert client.post("/plan/set-up/", answers, follow=True).redirect_chain[-1][0] == "/plan/plans/office/PCP/"
    shown = send(house, "/plan/plans/office/PCP/priority/", {"number": "1", "title": "Putting victims first"})
    where = shown.redirect_chain[-1][0]
    send(house, "/plan/plans/office/PCP/publish/", {"on": "15 June 2026"})
    given: dict[str, Any] = {"number": "1.1", "title": "Every victim", "outcome": "They cope", "sensitivity": "public"}
    assert send(house, f"{where}objective/", given).redirect_chain[-1][0] == "/plan/objectives/office/PCP/1.1/"
    given: dict[str, Any] = {"title": "Write", "every": "3", "due": "1 July 2026", "sensitivity": "public"}
    one = "/plan/objectives/office/PCP/1.1/"
    assert send(house, f"{one}activity/", given).redirect_chain[-1][0] == "/plan/activities/office/PCP/1.1.1/"
    agreed: dict[str, Any] = {"text": "Nine of ten", "agreed_by": "The board", "agreed_on": "1 June 2026"}
    send(house, f"{one}success/", agreed)
    assert Success.objects.get().agreed_by == "The board"
    a_measure(house, reference="M-007")
    assert problems(send(house, f"{one}link/", {"kind": "measure", "reference": "M-9", "reason": "x"}))[
        "reference"
    ] == ("‘M-9’ is no such record that you can see: choose what it is, enter its reference")
    send(house, f"{one}link/", {"kind": "measure", "reference": "m-007", "reason": "It shows it"})
    assert "M-007" in said(get(house, one))
    act = "/plan/activities/office/PCP/1.1.1/"
    send(house, f"{act}move/", {"to": "1 August 2026", "reason": "Late", "approver": "The board"})
    assert Slip.objects.get().approver == "The board"
    words = said(get(house, act))
    assert "Its date moved 1 time" in words
    assert "agreed by The board" in words
    send(house, f"{act}stop/", {"reason": "No money"})
    send(house, f"{act}reopen/", {"reason": "Money"})
    send(
        house,
        f"{one}change/",
        {"number": "1.1", "title": "All victims", "priority": where.split("/")[-2], "reason": "x"},
    )
    assert Objective.objects.get().record.title == "All victims"
    assert get(house, where).context["tally"].whole == 1
    change = {"title": "Ring", "every": "6", "reason": "Better"}
    send(house, f"{act}change/", change)
    assert (Activity.objects.get().every, Activity.objects.get().record.title) == (6, "Ring")
    for address in ("/plan/plans/office/PCP/", one, act):
        assert get(house, f"{address}history/").status_code == 200
    send(house, "/plan/plans/office/PCP/end/", {"on": "15 June 2026", "reason": "Over"})
    assert Plan.objects.get().record.closed_on == TODAY
    assert "No plan is set up yet" in said(get(house, "/plan/"))


def test_what_is_restricted_is_absent_for_who_may_not_see_it(house: House) -> None:
    plan, objective, _ = tree(house)
    secret = an_objective(plan, house, number="1.2", title="Secret", sensitivity="restricted")
    hidden = an_activity(secret, house, title="Hidden work", owner=house.posts["owner"])
    words = " ".join(
        said(get(house, address, "reader")) for address in ("/plan/", LIST, "/plan/gaps/", "/search?q=secret")
    )
    assert "Secret" not in words
    assert "Hidden work" not in words
    assert get(house, "/plan/objectives/office/PCP25/1.2/", "reader").status_code == 404
    # Who answers for the activity alone sees it, and not the objective that it stands under.
    own = get(house, f"/plan/activities/office/{hidden.record.reference}/", "owner")
    assert own.context["row"].under == ""
    assert "Secret" not in said(own)
    assert "Secret" not in said(get(house, LIST, "owner"))
    share(objective.record, organisation=house.force, actor=CANDOUR, at=NOW, reason="Joint")
    assert references(get(house, LIST, "force_reader")) == []
    assert get(house, OBJECTIVE, "force_reader").status_code == 200
    assert get(house, reverse("plan", args=["office", "PCP25"]), "force_reader").status_code == 404
