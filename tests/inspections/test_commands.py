"""The verbs of inspections: what they record, what they refuse and how they say so."""

from datetime import date, timedelta
from typing import Any

import pytest

from candour.inspections import commands, rules
from candour.inspections.access import InspectionPermission
from candour.inspections.commands.answering import told_of_publication
from candour.inspections.commands.base import answers_for
from candour.inspections.commands.following import NewNote
from candour.inspections.commands.reminding import write_reminders
from candour.inspections.models import Answer, Asked, Grade, InspectionLine, Note, StatementLine, StepRow
from candour.inspections.queries import in_full, items_of
from candour.inspections.queries.register import rows_for
from candour.inspections.queries.reviews import open_items, questions
from candour.kernel.access import CANDOUR
from candour.kernel.access.decide import Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.notices.models import Notice
from candour.kernel.publication.commands import publish
from candour.kernel.publication.models import Published
from candour.kernel.records.raised import NewRaised
from candour.kernel.rules import Refused
from candour.recommendations.commands import end
from candour.recommendations.commands.raising import raise_from_records
from tests.factories import NOW, TODAY, House
from tests.inspections.factories import (
    AFI,
    BY,
    CAUSE,
    DUE,
    OUT,
    RECOMMENDATION,
    a_statement_item,
    an_inspection,
    an_inspectorate,
    an_item,
    moment,
)

pytestmark = pytest.mark.django_db


def refused(act: Any, *args: Any, **given: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.field, caught.value.message


def line(it: Any) -> InspectionLine:
    return InspectionLine.objects.get(pk=it.pk)


def steps(it: Any) -> dict[str, date | None]:
    return {row.which: row.done_on for row in StepRow.objects.filter(inspection=it)}


def test_an_inspection_is_entered_and_what_cannot_be_is_refused(house: House) -> None:
    it = an_inspection(house, out=None, fieldwork_on=date(2026, 4, 1))
    assert (it.record.reference, line(it).published_on, line(it).next_step) == ("INS-001", None, "")
    assert list(Grade.objects.values_list("area", "position")) == [
        ("Preventing crime", 1),
        ("Responding to the public", 2),
    ]
    given: dict[str, Any] = {"organisation": house.office, "title": "T", "kind": "peel", **BY}
    given |= {"inspectorate": an_inspectorate()}
    enter = commands.enter_inspection
    assert refused(enter, **(given | {"title": " "})) == ("title", "Enter a title")
    assert refused(enter, **(given | {"kind": "odd"})) == ("kind", "Choose the kind of inspection")
    assert refused(enter, **(given | {"inspectorate": house.force})) == ("inspectorate", "Choose an inspectorate")
    assert refused(enter, **given, reference="INS-001") == (
        "reference", "INS-001 is taken: enter another reference, or none",
    )  # fmt: skip
    assert refused(enter, **given, areas=("Custody", "custody ")) == ("areas", "Enter each area once")
    days = {"notified_on": date(2026, 3, 2), "fieldwork_on": date(2026, 3, 1)}
    assert refused(enter, **given, **days) == (
        "fieldwork_on",
        "Enter a day on or after the one on which it was notified",
    )
    assert refused(commands.publish_report, it, on=date(2026, 3, 1), **BY) == (
        "on", "Enter a day on or after the one on which its fieldwork began",
    )  # fmt: skip
    assert refused(commands.publish_report, it, on=date(2026, 6, 16), **BY) == (
        "on",
        "Enter today, or a day that has passed",
    )


def test_areas_change_until_they_are_graded(house: House) -> None:
    it = an_inspection(house, grades={"Preventing crime": 2, "Responding to the public": None})
    facts: dict[str, Any] = {"title": "PEEL", "owner": None, "about": "", **BY}
    change = commands.change_inspection
    assert refused(change, it, areas=("Custody",), **facts) == (
        "areas",
        "Preventing crime is graded: keep it in the list",
    )
    change(it, areas=("Custody", "Preventing crime"), **facts)
    standing = Grade.objects.filter(removed_on=None).order_by("position").values_list("area", "grade")
    assert list(standing) == [("Custody", None), ("Preventing crime", 2)]


def test_grades_stand_on_the_scale_of_the_day_of_publication(house: House) -> None:
    old = an_inspection(house, out=date(2019, 5, 2), grades={"Preventing crime": 3}, title="PEEL 2019")
    new = an_inspection(house, grades={"Preventing crime": 3}, title="PEEL 2026")
    words = [in_full(one, actor=CANDOUR, today=TODAY).grades[0].word for one in (old, new)]  # type: ignore[union-attr]
    assert words == ["Requires improvement", "Adequate"]
    assert refused(commands.grade, old, grades={"Preventing crime": 5}, **BY) == (
        "grades", "Preventing crime: choose a grade of Four grades",
    )  # fmt: skip
    assert refused(commands.grade, new, grades={"Preventing crime": 1}, **(BY | {"reason": ""})) == (
        "reason", "Say why a grade changes that was recorded",
    )  # fmt: skip
    early = an_inspection(house, out=None)
    assert refused(commands.grade, early, grades={"Preventing crime": 1}, **BY)[0] == "grades"


def answered(it: Any, *items: Any) -> None:
    """Invite, receive and draft, with an answer to each item."""
    commands.invite_comments(it, post=it.record.owner, due=date(2026, 6, 20), **BY)
    commands.record_comments(it, comments="We agree.", **BY)
    records = [item.record for item in items]
    commands.draft_response(
        it, response="We welcome it.", answers=dict.fromkeys(records, ("Two more teams", "")), wanted=records, **BY
    )


def test_the_response_goes_step_by_step_and_every_step_has_its_day(house: House) -> None:
    it = an_inspection(house, sensitivity="public")
    one = an_item(house, it, sensitivity="public")
    assert refused(commands.record_comments, it, comments="x", **BY) == (
        "comments", "Invite the chief officer’s comments first",
    )  # fmt: skip
    invite: dict[str, Any] = {"post": house.posts["owner"], **BY}
    assert refused(commands.invite_comments, it, due=date(2026, 6, 29), **invite) == (
        "due", "Enter a day from today to 28 June 2026, the law’s last day for the response",
    )  # fmt: skip
    commands.invite_comments(it, due=date(2026, 6, 20), **invite)
    assert (line(it).next_step, line(it).next_due) == ("draft", date(2026, 6, 15))
    assert StepRow.objects.get(which="comments").due == date(2026, 6, 20)
    with pytest.raises(Forbidden):
        commands.record_comments(it, comments="x", actor=house.actors["reader"], at=NOW)
    commands.record_comments(it, comments="We agree.", actor=house.actors["owner"], at=NOW)
    draft: dict[str, Any] = {"response": "We welcome it.", "wanted": [one.record], **BY}
    commands.draft_response(it, answers={one.record: ("", "")}, **draft)
    assert steps(it)["draft"] is None
    assert refused(commands.approve_response, it, **BY) == (
        "reason",
        "Draft the response first",
    )
    assert refused(commands.draft_response, it, answers={one.record: ("Do", "Not")}, **draft) == (
        f"why-{one.pk}", f"{one.record.reference}: say what is done, or why nothing is done, not both",
    )  # fmt: skip
    commands.draft_response(it, answers={one.record: ("", "Others do it")}, **draft)
    assert steps(it)["draft"] == TODAY
    with pytest.raises(Forbidden):
        commands.approve_response(it, actor=house.actors["policy"], at=NOW)
    commands.approve_response(it, actor=house.actors["chief"], at=NOW)
    it.refresh_from_db()
    commands.draft_response(it, answers={one.record: ("Two teams", "")}, **draft)
    assert steps(it)["approve"] is None  # another text has to be approved anew
    commands.approve_response(it, actor=house.actors["chief"], at=NOW)
    assert Answer.objects.get().action == "Two teams"
    assert Entry.objects.filter(event="inspection.response_approved").count() == 2


def test_publishing_freezes_the_response_stops_the_clock_and_only_then_copies_go(house: House) -> None:
    it = an_inspection(house, sensitivity="public")
    one, hidden = an_item(house, it, sensitivity="public"), an_item(house, it, AFI, title="Quiet matter")
    answered(it, one)
    commands.approve_response(it, **BY)
    copy: dict[str, Any] = {"how": "By the portal", **BY}
    assert refused(commands.send_copy, it, to="copy-force", on=TODAY, **copy) == ("to", "Publish the response first")
    out = publish(
        "inspection-response", "INS-001", organisation=house.office, actor=CANDOUR, at=NOW, reason="All but one"
    )
    assert (steps(it)["publish"], line(it).answered_on, Published.objects.count()) == (TODAY, TODAY, 1)
    text = str(out.document)
    assert ("We welcome it." in text, "We agree." in text, "Two more teams" in text) == (True, True, True)
    assert (hidden.record.title in text, hidden.record.reference in text) == (False, False)
    assert refused(commands.record_comments, it, comments="More", **BY)[1].startswith(
        "The response was published on 15 June"
    )
    assert refused(commands.send_copy, it, to="copy-force", on=date(2026, 6, 14), **copy)[0] == "on"
    for to in rules.COPIES:
        commands.send_copy(it, to=to, on=TODAY, **copy)
    assert [row.state for row in rows_for([it.pk], today=TODAY)] == ["Answered"]
    assert refused(commands.send_copy, it, to="copy-force", on=TODAY, **copy)[1].startswith("This was done already")
    assert verify().failure == ""


def test_a_response_of_a_report_that_is_not_public_is_not_published(house: House) -> None:
    it = an_inspection(house)
    answered(it)
    commands.approve_response(it, **BY)
    with pytest.raises(LookupError):
        publish("inspection-response", "INS-001", organisation=house.office, actor=CANDOUR, at=NOW)


def test_a_response_from_before_candour_counts_from_its_day(house: House) -> None:
    it = an_inspection(house, out=date(2023, 3, 1))
    there: dict[str, Any] = {"where": "https://mereford.example/response", **BY}
    elsewhere = commands.response_published_elsewhere
    assert (
        refused(elsewhere, it, on=date(2023, 2, 28), **there)[1]
        == "Enter a day on or after 1 March 2023, when the report came out"
    )
    elsewhere(it, on=date(2023, 4, 25), **there)
    assert {steps(it)[name] for name in ("invite", "comments", "draft", "approve", "publish")} == {date(2023, 4, 25)}
    assert line(it).next_step == "copy-inspectorate"


def test_a_step_moves_with_a_reason_and_the_laws_day_never(house: House) -> None:
    it = an_inspection(house)
    move = commands.move_step
    assert refused(move, it, which="publish", due=date(2026, 7, 1), **BY) == (
        "which", "The law sets this day: 55 days after the report was published. It cannot be moved",
    )  # fmt: skip
    assert refused(move, it, which="draft", due=date(2026, 6, 29), **BY)[0] == "due"
    assert refused(move, it, which="draft", due=date(2026, 6, 15), **BY) == (
        "due",
        "It has this day already: enter another",
    )
    assert refused(move, it, which="draft", due=date(2026, 6, 18), **(BY | {"reason": " "}))[0] == "reason"
    move(it, which="draft", due=date(2026, 6, 18), **BY)
    assert StepRow.objects.get(which="draft").due == date(2026, 6, 18)


def test_a_wrong_day_of_publication_is_corrected_and_the_clock_with_it(house: House) -> None:
    it = an_inspection(house)
    commands.correct_publication(it, on=OUT - timedelta(days=3), **BY)
    assert (line(it).response_due, StepRow.objects.get(which="publish").due) == (date(2026, 6, 25), date(2026, 6, 25))
    assert refused(commands.correct_publication, it, on=OUT - timedelta(days=3), **BY)[0] == "on"


def test_two_reports_are_answered_together_only_where_the_findings_are_identical(house: House) -> None:
    national, own = an_inspection(house, title="National", kind="national"), an_inspection(house, title="Of the force")
    join = commands.answer_with
    assert refused(join, national, other=national, **BY) == ("other", "Choose another report")
    assert refused(join, national, other=own, **(BY | {"reason": ""})) == (
        "reason",
        "Say why the findings are identical",
    )
    assert refused(join, national, other=an_inspection(house, out=None), **BY)[0] == "other"
    join(national, other=own, **BY)
    assert (line(national).linked, line(national).response_due, line(own).response_due) == (True, None, DUE)
    assert refused(join, own, other=national, **BY)[0] == "other"
    assert refused(commands.draft_response, national, response="x", answers={}, **BY)[1].startswith("Another report’s")
    commands.answered_on_its_own(national, **BY)
    assert line(national).response_due == DUE


def test_an_inspection_is_not_closed_while_the_laws_clock_runs(house: House) -> None:
    it = an_inspection(house)
    assert refused(commands.close_inspection, it, **BY) == (
        "reason", "Its response is not published, and the law asks for it: publish it first",
    )  # fmt: skip
    over = an_inspection(house, statutory=False, title="A review")
    commands.close_inspection(over, **BY)
    assert refused(commands.grade, over, grades={}, **BY)[1].startswith("This inspection was closed on 15 June 2026")
    commands.reopen_inspection(over, **BY)
    commands.restrict_inspection(over, sensitivity="restricted", **BY)
    assert (line(over).closed_on, line(over).sensitivity) == (None, "restricted")
    assert refused(commands.restrict_inspection, over, sensitivity="restricted", **BY)[0] == "sensitivity"


def test_each_step_is_reminded_of_exactly_once_and_a_moved_one_anew(house: House) -> None:
    it = an_inspection(house)  # invite, comments late; draft today; approve in a week; publish in 13 days
    an_inspection(house, title="Secret thing", sensitivity="restricted", out=TODAY - timedelta(days=55))
    first = write_reminders(NOW)
    assert (write_reminders(NOW), write_reminders(NOW + timedelta(hours=3))) == (0, 0)
    of_first = Notice.objects.filter(about_id=it.pk).order_by("pk")
    assert [each.subject for each in of_first] == [
        "Invite the chief officer’s comments by 11 May 2026", "Draft the response by 15 June 2026",
        "Approve the response by 22 June 2026", "Publish the response by 28 June 2026",
    ]  # fmt: skip
    assert first == Notice.objects.count() == 4 + 7
    assert not Notice.objects.filter(text__contains="Secret thing").exists()
    law = Notice.objects.get(about_id=it.pk, subject__startswith="Publish").text
    assert "13 days left" in law
    assert "the last day that the law allows" in law
    commands.move_step(it, which="draft", due=date(2026, 6, 17), **BY)
    assert write_reminders(NOW) == 1


def test_items_are_nested_noted_and_carried_over(house: House) -> None:
    old, new = an_inspection(house, out=date(2024, 3, 4)), an_inspection(house, title="Next")
    cause = an_item(house, old, CAUSE, reference="C1")
    below = an_item(house, cause.record, RECOMMENDATION, reference="R1")
    an_item(house, old, AFI, reference="A1")
    commands.note_item(NewNote(below.record, old, "Sent", status=3, level=2), **BY)
    commands.carry_over(below.record, inspection=old, to=new, **BY)
    assert refused(commands.carry_over, below.record, inspection=new, to=old, **BY) == (
        "to",
        "Choose a later inspection",
    )
    found = items_of([old.pk, new.pk], actor=CANDOUR, today=TODAY)
    assert [(one.reference, one.under == cause.pk, one.status, one.level, one.gone) for one in found[old.pk]] == [
        ("C1", False, "", "", ""), ("R1", True, "With the inspectorate", "Level 2", "INS-002"), ("A1", False, "", "", ""),
    ]  # fmt: skip
    assert [(one.reference, one.came) for one in found[new.pk]] == [("R1", "INS-001")]
    assert refused(commands.note_item, NewNote(below.record, old, "", status=9), **BY)[0] == f"status-{below.pk}"
    assert refused(commands.note_item, NewNote(below.record, old), **BY)[0] == f"text-{below.pk}"
    with pytest.raises(Forbidden):
        commands.note_item(NewNote(below.record, old, "x"), actor=house.actors["reader"], at=NOW)
    assert Entry.objects.filter(event="inspection.item_noted").get().record_id == below.pk


def test_a_monthly_review_asks_every_post_and_is_closed_with_a_reason_where_answers_are_missing(house: House) -> None:
    it = an_inspection(house, statutory=False)
    one, other = (
        an_item(house, it, reference="R1"),
        an_item(house, it, CAUSE, reference="C1", owner=house.posts["policy"]),
    )
    over = an_item(house, it, AFI, reference="A1")
    end(over, outcome="superseded", approver="The panel", **BY)
    given: dict[str, Any] = {"organisation": house.office, "month": TODAY, "due": date(2026, 6, 20), **BY}
    asked = open_items(house.office.pk, actor=CANDOUR, today=TODAY)
    review = commands.open_review(items=asked, **given)
    assert sorted(Asked.objects.values_list("item__reference", "post__title")) == [
        ("C1", "Policy and Compliance Officer"), ("R1", "Head of Communications"),
    ]  # fmt: skip
    assert refused(commands.open_review, items=asked, **given) == ("month", "This month has its review already")
    assert (
        refused(commands.open_review, items=asked, **(given | {"month": date(2026, 5, 1)}))[1]
        == "Close the review that is open first"
    )
    assert write_reminders(moment(date(2026, 6, 16))) == 0
    assert (write_reminders(moment(date(2026, 6, 17))), write_reminders(moment(date(2026, 6, 18)))) == (2, 0)
    owner = house.actors["owner"]
    with pytest.raises(Forbidden):
        commands.note_many([NewNote(other.record, it, "x")], review=review, actor=owner, at=NOW)
    for text in ("Half done", "Nearly done"):  # a second answer takes the place of the first
        commands.note_many([NewNote(one.record, it, text, status=2)], review=review, actor=owner, at=NOW)
        one.record.refresh_from_db()
    assert list(Note.objects.values_list("text", flat=True)) == ["Nearly done"]
    rows = questions(review, actor=owner, today=TODAY)
    assert [(row.item.reference, row.mine, row.answered) for row in rows] == [("C1", False, False), ("R1", True, True)]
    close = commands.close_review
    assert (
        refused(close, review, missing=1, **(BY | {"reason": ""}))[1]
        == "Say why it is closed although answers are missing"
    )
    close(review, missing=1, **BY)
    assert refused(close, review, missing=0, **BY) == ("reason", "This review is closed already")
    late = NewNote(other.record, it, "x")
    assert refused(commands.note_many, [late], review=review, **BY)[1] == "This review was closed on 15 June 2026"
    nothing = {"organisation": house.office, "month": date(2026, 5, 1), "due": TODAY, "items": [], **BY}
    assert refused(commands.open_review, **nothing)[1].startswith("No inspection asks for anything")


def test_an_item_of_the_statement_is_reported_on_and_ended(house: House) -> None:
    it = a_statement_item(house)
    report = commands.report_progress
    with pytest.raises(Forbidden):
        report(it, said="on track", text="x", actor=house.actors["reader"], at=NOW)
    report(it, said="at risk", text="Two posts are empty", actor=house.actors["owner"], at=NOW)
    stands = StatementLine.objects.get()
    assert (it.record.reference, stands.said, stands.last_on) == ("FMS-001", "at risk", TODAY)
    assert refused(report, it, said="odd", text="x", **BY) == ("said", "Choose how it stands")
    facts: dict[str, Any] = {"title": "Sooner", "section": "Custody", "asked": "", "owner": None, "due": None, **BY}
    commands.change_statement_item(it, **facts)
    commands.restrict_statement_item(it, sensitivity="public", **BY)
    assert refused(commands.end_statement_item, it, left="odd", **BY)[0] == "left"
    commands.end_statement_item(it, left="done", **BY)
    stands.refresh_from_db()
    assert (stands.section, stands.sensitivity, stands.left, stands.closed_on) == ("Custody", "public", "done", TODAY)
    assert refused(report, it, said="on track", text="x", **BY)[1] == "This item was done on 15 June 2026"
    wrong = {"organisation": house.office, "section": "S", "title": "T", **BY}
    assert refused(commands.enter_statement_item, year="2026/28", **wrong)[0] == "year"
    assert verify().failure == ""


def test_what_others_call_asks_and_refuses_like_everything_else(house: House) -> None:
    it = an_inspection(house)
    assert refused(told_of_publication, house.office.pk, "INS-001", CANDOUR, NOW) == (
        "reason",
        "Approve the response first",
    )
    update, manage = InspectionPermission.UPDATE, InspectionPermission.MANAGE
    with pytest.raises(Forbidden):
        answers_for(house.actors["owner"], None, update, manage, it.record)
    answers_for(house.actors["owner"], house.posts["owner"].pk, update, manage, it.record)
    new = [NewRaised("R1", "Do it", RECOMMENDATION, it.record, due=date(2026, 9, 1), closed=True)]
    with pytest.raises(Forbidden):
        raise_from_records(new, organisation=house.office, actor=house.actors["reader"], at=NOW, reason="No")
    (made,) = raise_from_records(new, organisation=house.office, **BY)
    (item,) = items_of([it.pk], actor=CANDOUR, today=TODAY)[it.pk]
    assert (item.pk, item.sort, item.due, item.open) == (made.pk, RECOMMENDATION, date(2026, 9, 1), False)
