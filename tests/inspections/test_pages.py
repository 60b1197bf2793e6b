"""The pages of inspections, as their readers meet them."""

from datetime import date, timedelta
from typing import Any

import pytest

from candour.inspections import commands
from candour.inspections.models import Answer, Inspection, Note, Review, StatementItem, StepRow
from candour.inspections.queries.reviews import open_items
from candour.kernel.access import CANDOUR
from candour.kernel.publication.models import Published
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from tests.factories import NOW, TODAY, House
from tests.inspections.factories import (
    AFI,
    BY,
    CAUSE,
    OUT,
    a_statement_item,
    an_inspection,
    an_inspectorate,
    an_item,
    on,
)
from tests.risks.pages import said, signed_in, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/inspections/office/INS-001/"


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, address: str, answers: dict[str, Any], name: str = "policy", reference: str = "INS-001") -> Any:
    record = Record.objects.filter(reference=reference).first()
    seen = record.head_sequence if record else 0
    return signed_in(house, name).post(address, {"seen": seen} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def references(response: Any) -> list[str]:
    return [each.row.reference for each in response.context.get("rows", [])]


def test_the_pages_are_empty_with_words_that_teach(house: House) -> None:
    assert "From the day of publication the clock runs" in said(get(house, "/inspections/"))
    assert "No inspection that you can see is open" in said(get(house, "/inspections/", "reader"))
    assert "No grades yet" in said(get(house, "/inspections/grades/"))
    assert "No review has been opened" in said(get(house, "/inspections/reviews/"))
    assert "No item of the statement is open" in said(get(house, "/inspections/statement/"))
    assert "No inspectorate is set up yet" in said(get(house, "/inspections/enter/"))


def test_the_list_has_what_needs_something_first_and_each_view_holds_as_many_as_it_says(house: House) -> None:
    an_inspection(house, title="Late step")
    an_inspection(house, title="Late response", out=TODAY - timedelta(days=56))
    an_inspection(house, title="To come", out=None, debrief_on=TODAY)
    an_inspection(house, title="Hidden", out=None, sensitivity="restricted", kind="thematic")
    commands.close_inspection(an_inspection(house, title="Over", statutory=False), **BY)
    shown = get(house, "/inspections/")
    assert [(each.row.title, each.row.state, each.row.left) for each in shown.context["rows"]] == [
        ("Late response", "Response overdue", "49 days late"), ("Late step", "Step overdue", "35 days late"),
        ("To come", "Report awaited", ""), ("Hidden", "Notified", ""),
    ]  # fmt: skip
    assert {each.label: each.count for each in shown.context["views"]} == {
        "Open": 4, "Clock running": 2, "Overdue": 2, "Report awaited": 2, "Restricted": 1, "Closed": 1, "Everything": 5,
    }  # fmt: skip
    for view in shown.context["views"]:
        assert len(references(get(house, f"/inspections/{view.href}"))) == view.count
    assert references(get(house, "/inspections/?kind=thematic")) == ["INS-004"]
    assert references(get(house, "/inspections/?kind=thematic", "reader")) == []
    assert "Nothing is shown until this is mended" in said(get(house, "/inspections/?kind=odd"))
    assert references(get(house, "/inspections/?as_at=2026-05-10&q=late")) == ["INS-002", "INS-001"]
    assert get(house, "/inspections/?as_at=2026-05-10&q=step").context["rows"][0].row.left == "1 day left"


def test_an_inspection_is_entered_published_and_graded_on_its_pages(house: House) -> None:
    an_inspectorate()
    answers = {
        "title": "PEEL 2026", "kind": "peel", "inspectorate": "hmi", "statutory": "on", "areas": "Custody\nVictims",
        "owner": house.posts["chief"].pk, "fieldwork_on": "1/4/2026", "sensitivity": "office", "reason": "Notice given",
    }  # fmt: skip
    wrong = send(house, "/inspections/enter/", answers | {"title": "", "fieldwork_on": "1/13/2026"})
    assert (wrong.status_code, problems(wrong)) == (422, {
        "title": "Enter a title",
        "fieldwork_on": "‘1/13/2026’ is not a date. Enter one, for example 26 October 2023 or 26/10/23",
    })  # fmt: skip
    assert title(send(house, "/inspections/enter/", answers)) == "INS-001 PEEL 2026 – Candour"
    assert "Record that the report is out" in said(get(house, HERE))
    after = send(house, HERE + "report/", {"on": "4/5/2026"})
    assert title(after) == "Record its grades: INS-001 – Candour"  # it leads on to the grades
    assert "28 June 2026" in said(get(house, HERE))
    send(house, HERE + "grades/", {"grade-0": "3", "grade-1": "0"})
    rows = get(house, HERE).context["grades"]
    assert [(one.area, one.word, change.words) for one, _, change in rows] == [
        ("Custody", "Adequate", "First grade"), ("Victims", "Not graded", "Not graded"),
    ]  # fmt: skip
    assert "Record that the report is out" not in said(get(house, HERE))


def test_the_response_is_answered_from_page_to_page_and_published_frozen(house: House) -> None:
    it = an_inspection(house, sensitivity="public")
    one = an_item(house, it, reference="R1", sensitivity="public")
    shown = get(house, HERE)
    assert shown.context["do"] == (HERE + "invite/", "Invite comments")
    assert "35 days late" in said(shown)
    assert get(house, HERE, "reader").context["do"] is None
    send(house, HERE + "invite/", {"post": house.posts["owner"].pk, "due": "20/6/2026"})
    desk = said(get(house, "/desk/", "owner"))
    assert "Receive the chief officer’s comments" not in desk  # the draft is due before it
    send(house, HERE + "comments/", {"comments": "We agree."}, "owner")
    late = send(house, HERE + "comments/", {"comments": "Again"}, "reader")
    assert late.status_code == 404
    both = {"response": "We welcome it.", f"action-{one.pk}": "Two teams", f"why-{one.pk}": "None"}
    wrong = send(house, HERE + "draft/", both)
    assert problems(wrong) == {f"why-{one.pk}": "R1: say what is done, or why nothing is done, not both"}
    assert "We welcome it." in wrong.content.decode()  # what was typed is kept
    send(house, HERE + "draft/", both | {f"why-{one.pk}": ""})
    assert "Approve the response: PEEL 2026" in said(get(house, "/desk/", "chief"))
    assert send(house, HERE + "approve/", {}).status_code == 404
    send(house, HERE + "approve/", {}, "chief")
    assert get(house, HERE).context["do"] == (
        "/publication/office/inspection-response/INS-001/publish/",
        "Look and publish",
    )
    page = signed_in(house, "policy").get("/publication/office/inspection-response/INS-001/publish/")
    assert "Two teams" in said(page)
    signed_in(house, "policy").post(page.wsgi_request.path, {"seen": page.context["form"].initial.get("seen", "")})
    assert Published.objects.get().key == "INS-001"
    assert StepRow.objects.get(which="publish").done_on == TODAY
    public = signed_in(house, "reader").get("/public/office/inspection-response/INS-001/")
    assert "We agree." in said(public)
    for to in ("copy-inspectorate", "copy-secretary", "copy-force"):
        send(house, HERE + "copy/", {"to": to, "on": "15/6/2026", "how": "By post"})
    assert get(house, HERE).context["row"].state == "Answered"
    assert Answer.objects.get().action == "Two teams"


def test_smaller_changes_each_have_their_page(house: House) -> None:
    it, other = an_inspection(house), an_inspection(house, title="Of the force")
    done = [
        ("move/", {"which": "draft", "due": "18/6/2026", "reason": "Leave"}),
        ("correct/", {"on": "1/5/2026", "reason": "Misread"}),
        ("change/", {"title": "PEEL", "areas": "Custody", "reason": "Renamed"}),
        ("answer-with/", {"other": other.pk, "reason": "The same words"}),
        ("alone/", {"reason": "Not quite"}),
        ("elsewhere/", {"on": "1/6/2026", "where": "https://x.example", "reason": "Before"}),
        ("close/", {"reason": "Over"}),
        ("reopen/", {"reason": "Not over"}),
        ("restrict/", {"sensitivity": "restricted", "reason": "So"}),
    ]
    for page, answers in done:
        response = send(house, HERE + page, answers)
        assert (page, response.status_code, title(response)[:8]) == (page, 200, "INS-001 ")
    it = Inspection.objects.select_related("record").get(pk=it.pk)
    assert (it.record.title, it.record.sensitivity, it.published_on, it.where) == (
        "PEEL", "restricted", date(2026, 5, 1), "https://x.example",
    )  # fmt: skip
    assert "Answered with another report" in said(get(house, HERE + "history/"))
    assert get(house, HERE, "reader").status_code == 404


def test_grades_are_drawn_without_a_line_from_one_scale_to_another(house: House) -> None:
    for year, value in ((2017, 3), (2019, 2), (2023, 4), (2025, 3)):
        grades = {"Preventing crime": value, "Responding to the public": None}
        an_inspection(house, title=f"PEEL {year}", out=date(year, 3, 1), grades=grades)
    an_inspection(house, title="Secret", out=date(2026, 3, 2), grades={"Preventing crime": 1}, sensitivity="restricted")
    page = get(house, "/inspections/grades/", "reader")
    chart = page.context["chart"]
    assert chart.table.rows[0] == (
        "Preventing crime", "Requires improvement", "Good", "Requires improvement", "Adequate",
        "Better, from Requires improvement in 2023",
    )  # fmt: skip
    assert chart.svg.count('class="ln-thin"') == 2  # one in each scale
    assert chart.svg.count("Another scale: not comparable") == 1
    assert "Secret" not in page.content.decode()
    rows = get(house, "/inspections/office/INS-003/", "reader").context["grades"]
    assert rows[0][2].words == "Not comparable with Good of 2019: another scale"


def test_items_stand_under_their_cause_and_a_cause_without_a_recommendation_is_told(house: House) -> None:
    it = an_inspection(house)
    cause = an_item(house, it, CAUSE, reference="C1", title="Victims wait")
    an_item(house, it, AFI, reference="A1", sensitivity="restricted", owner=house.posts["chief"])
    page = get(house, HERE + "items/")
    assert "no recommendation stands under this cause of concern" in said(page)
    an_item(house, cause.record, reference="R1")
    assert [item.reference for item, _ in get(house, HERE + "items/").context["rows"]] == ["C1", "R1", "A1"]
    assert "no recommendation stands" not in said(get(house, HERE + "items/"))
    assert [item.reference for item, _ in get(house, HERE + "items/", "reader").context["rows"]] == ["C1", "R1"]
    assert "A1" not in get(house, HERE, "reader").content.decode()
    send(house, HERE + "note/?item=C1", {"which": cause.pk, "status": "2", "level": "", "text": "Met them"}, "owner")
    assert "Met them" in said(get(house, HERE + "items/", "reader"))
    later = an_inspection(house, title="Next", out=TODAY)
    send(house, HERE + "carry/", {"which": cause.pk, "to": later.pk, "reason": "Still there"})
    assert "carried over from INS-001" in said(get(house, "/inspections/office/INS-002/items/"))


def test_a_review_is_opened_answered_in_one_go_and_closed(house: House) -> None:
    it = an_inspection(house)
    one = an_item(house, it, reference="R1")
    an_item(house, it, CAUSE, reference="C1", owner=house.posts["chief"])
    an_item(house, it, AFI, reference="A1", sensitivity="restricted", owner=house.posts["chief"])
    send(house, "/inspections/reviews/open/", {"month": "15/6/2026", "due": "20/6/2026"})
    page = "/inspections/reviews/office/2026-06/"
    assert "Say where 1 item of inspections stand" in said(get(house, "/desk/", "owner"))
    shown = get(house, page, "owner")
    assert [(q.item.reference, row is not None) for q, row, _ in shown.context["rows"]] == [("C1", False), ("R1", True)]
    send(house, page, {f"status-{one.pk}": "2", f"text-{one.pk}": "Half done"}, "owner")
    assert Note.objects.get().text == "Half done"
    assert "Say where" not in said(get(house, "/desk/", "owner"))
    again = get(house, page)
    assert (again.context["missing"], again.context["silent"]) == (2, [("Chief Executive", 2)])
    assert len(get(house, page + "?show=missing").context["rows"]) == 2
    review = Review.objects.get()
    wrong = signed_in(house, "policy").post(page + "close/", {"seen": review.head_sequence, "reason": ""})
    assert problems(wrong) == {"reason": "Say why it is closed although answers are missing"}
    signed_in(house, "policy").post(page + "close/", {"seen": review.head_sequence, "reason": "Month over"})
    closed = get(house, page, "owner")
    assert (closed.context["mine"], "Half done" in said(closed)) == (0, True)
    assert [(row.asked, row.answered) for row, _, _ in get(house, "/inspections/reviews/").context["rows"]] == [(3, 1)]
    assert [
        (row.asked, row.answered) for row, _, _ in get(house, "/inspections/reviews/", "reader").context["rows"]
    ] == [(2, 1)]


def test_the_statement_has_its_list_and_each_item_its_progress(house: House) -> None:
    answers = {
        "year": "2026/27", "section": "Custody", "title": "More cells", "due": "1/6/2026", "sensitivity": "office",
        "owner": house.posts["owner"].pk, "reason": "Of the statement",
    }  # fmt: skip
    assert problems(send(house, "/inspections/statement/enter/", answers | {"year": "2026"})) == {
        "year": "Enter the year of the statement as 2026/27",
    }  # fmt: skip
    send(house, "/inspections/statement/enter/", answers)
    a_statement_item(house, title="Hidden one", sensitivity="restricted", owner=house.posts["chief"])
    one = "/inspections/statement/office/FMS-001/"
    assert "Report progress: More cells" in said(get(house, "/desk/", "owner"))
    send(house, one + "progress/", {"said": "at risk", "text": "No money yet"}, "owner", "FMS-001")
    shown = get(house, one)
    assert ([words for _, words in shown.context["progress"]], shown.context["row"].state) == (["At risk"], "Overdue")
    assert [row.reference for row, _, _ in get(house, "/inspections/statement/", "reader").context["rows"]] == [
        "FMS-001"
    ]
    changed = {"title": "More cells", "section": "Custody", "due": "1/9/2026", "reason": "Agreed"}
    send(house, one + "change/", changed, reference="FMS-001")
    assert get(house, one).context["row"].state == "At risk"
    send(house, one + "end/", {"left": "done", "reason": "Opened"}, reference="FMS-001")
    assert [row.state for row, _, _ in get(house, "/inspections/statement/?view=ended").context["rows"]] == ["Done"]
    assert "Progress reported" in said(get(house, one + "history/"))
    assert get(house, one + "?as_at=2026-06-01").status_code == 200
    assert StatementItem.objects.get(pk=Record.objects.get(reference="FMS-001").pk).left == "done"


def test_an_inspection_of_another_body_is_seen_where_it_is_shared(house: House) -> None:
    it = an_inspection(house, organisation=house.force, owner=house.posts["force_policy"])
    where = "/inspections/force/INS-001/"
    assert get(house, where, "reader").status_code == 404
    share(it.record, organisation=house.office, actor=CANDOUR, at=NOW, reason="Joint")
    assert get(house, where, "reader").status_code == 200
    assert references(get(house, "/inspections/", "reader")) == ["INS-001"]
    assert open_items(house.office.pk, actor=CANDOUR, today=TODAY) == []
    assert on(OUT)["at"].date() == OUT
