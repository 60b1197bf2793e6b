from datetime import date
from typing import Any

import pytest

from candour.audits import commands
from candour.audits.models import Audit, AuditLine, ProgressReport, Promise, Stage
from candour.audits.queries import Move, happened_to, in_full, ledger_of
from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record, SearchText, Share
from candour.kernel.rules import Refused
from candour.kernel.scales.commands import bring_in_words
from candour.kernel.scales.models import Scale
from candour.kernel.scales.rules import Step, Words
from tests.audits.factories import AGREED, BY, DATES, an_audit, an_auditor, moment, reached
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db


def stages(audit: Audit) -> dict[str, Stage]:
    return {stage.which: stage for stage in Stage.objects.filter(audit=audit)}


def last_entry() -> Entry:
    return Entry.objects.order_by("-pk")[0]


def refused(act: Any, *args: Any, **values: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as told:
        act(*args, **values)
    return told.value.field, told.value.message


def test_an_audit_joins_the_plan_with_its_stages_line_and_search_text(house: House) -> None:
    audit = an_audit(house, title="Payroll", purpose="Whether pay is right", scope="Police staff", days=12)
    assert {which: (row.planned, row.first_planned, row.actual) for which, row in stages(audit).items()} == {
        which: (day, day, None) for which, day in DATES.items()
    }
    line = AuditLine.objects.get(pk=audit.pk)
    assert (line.year, line.days, line.fieldwork_planned, line.next_stage) == (
        "2026/27",
        12,
        date(2026, 4, 27),
        "brief",
    )
    assert {"payroll", "whether", "police", "partners"} <= set(SearchText.objects.get(pk=audit.pk).text.split())
    assert (last_entry().event, verify().failure) == ("audit.planned", "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"reference": ""}, "reference"),
        ({"year": "2026"}, "year"),
        ({"year": "2026/28"}, "year"),
        ({"planned": {"exit": date(2026, 5, 1), "draft": date(2026, 4, 1)}}, "draft"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_makes_no_audit_is_refused(house: House, values: dict[str, Any], field: str) -> None:
    an_auditor()
    before = Record.objects.count()
    assert refused(an_audit, house, **values)[0] == field
    assert Record.objects.count() == before


def test_a_body_that_does_not_audit_is_no_provider(house: House) -> None:
    assert refused(an_audit, house, provider=house.force)[0] == "provider"


def test_a_reference_is_taken_once_in_a_body(house: House) -> None:
    an_audit(house, reference="IA1")
    an_audit(house, reference="IA1", organisation=house.force)
    assert refused(an_audit, house, reference="IA1") == ("reference", "IA1 is taken: enter another reference")


def test_many_audits_are_planned_in_one_go_with_every_stage(house: House) -> None:
    provider, found = an_auditor(), []
    for number in range(3):
        record = Record(kind="audit", reference=f"M{number}", title=f"Many {number}", organisation=house.office)
        audit = Audit(record=record, provider=provider, year="2026/27", planned_on=TODAY)
        found.append(commands.NewAudit(record, audit, [Stage(audit=audit, which="exit", planned=TODAY)]))
    commands.plan_many(found, organisation=house.office, **BY)
    assert Stage.objects.count() == 21
    assert AuditLine.objects.filter(next_due=TODAY).count() == 3
    again = [commands.NewAudit(Record(reference="M1", title="Again", kind="audit", organisation=house.office), audit)]
    assert refused(commands.plan_many, again, organisation=house.office, **BY)[0] == "reference"
    assert verify().failure == ""


def test_a_date_that_moves_needs_who_agreed_it_and_the_first_one_stays(house: House) -> None:
    audit = an_audit(house, planned={"exit": date(2026, 9, 1)})
    new: dict[str, Any] = {"planned": {"exit": date(2026, 9, 15)}}
    assert refused(commands.plan_stages, audit, **new, **BY) == (
        "approver",
        "Enter the board or post that agreed the new dates",
    )
    assert refused(commands.plan_stages, audit, **new, **(AGREED | {"reason": ""}))[0] == "reason"
    commands.plan_stages(audit, **new, **AGREED)
    commands.plan_stages(audit, planned={"exit": None}, **(AGREED | {"reason": "No date now"}))
    commands.plan_stages(audit, planned={"exit": date(2026, 10, 1)}, **AGREED)
    row = stages(audit)["exit"]
    assert (row.planned, row.first_planned) == (date(2026, 10, 1), date(2026, 9, 1))
    ledger = ledger_of(happened_to(audit.record, house.actors["policy"]))
    assert [(slip.why, slip.approver, slip.moves) for slip in ledger] == [
        ("For a test", "The panel", (Move("Exit meeting", None, date(2026, 10, 1)),)),
        ("No date now", "The panel", (Move("Exit meeting", date(2026, 9, 15), None),)),
        ("For a test", "The panel", (Move("Exit meeting", date(2026, 9, 1), date(2026, 9, 15)),)),
    ]


def test_a_stage_is_planned_for_the_first_time_without_an_approver(house: House) -> None:
    audit = an_audit(house, planned={})
    planned = commands.plan_stages(audit, planned={"brief": TODAY, "exit": None}, **BY)
    assert [(row.which, row.planned, row.first_planned) for row in planned] == [("brief", TODAY, TODAY)]


def test_dates_that_do_not_change_or_run_backwards_are_refused(house: House) -> None:
    audit = an_audit(house)
    assert refused(commands.plan_stages, audit, planned={"exit": DATES["exit"]}, **AGREED)[0] == "reason"
    field, message = refused(commands.plan_stages, audit, planned={"exit": date(2026, 6, 2)}, **AGREED)
    assert (field, message) == (
        "draft",
        "Enter a date on or after 2 June 2026: exit meeting is planned for 2 June 2026",
    )


def test_the_planned_date_of_a_stage_that_was_reached_stays(house: House) -> None:
    audit = reached(an_audit(house), brief=date(2026, 4, 8))
    assert refused(commands.plan_stages, audit, planned={"brief": date(2026, 4, 9)}, **AGREED)[0] == "brief"


def test_a_stage_reached_takes_effect_on_its_day(house: House) -> None:
    audit = an_audit(house)
    commands.record_stage(audit, stage="brief", on=date(2026, 4, 8), **BY)
    entry = last_entry()
    assert (entry.event, entry.effective) == ("audit.stage_recorded", date(2026, 4, 8))
    reader = house.actors["reader"]
    then = {day: in_full(audit, actor=reader, today=TODAY, as_at=date(2026, 4, day)) for day in (7, 8)}
    assert [row.state for row in then.values() if row] == ["Planned", "Under way"]
    assert in_full(audit, actor=reader, today=TODAY, as_at=date(2026, 3, 31)) is None


def test_a_stage_before_the_audit_was_in_the_plan_counts_from_its_first_day(house: House) -> None:
    audit = an_audit(house)
    commands.record_stage(audit, stage="brief", on=date(2026, 3, 2), **BY)
    assert (stages(audit)["brief"].actual, last_entry().effective) == (date(2026, 3, 2), date(2026, 4, 1))
    assert verify().failure == ""


def test_a_move_after_a_backdated_stage_keeps_both(house: House) -> None:
    audit = an_audit(house, planned={"brief": date(2026, 4, 7), "fieldwork": date(2026, 5, 1)})
    commands.plan_stages(audit, planned={"fieldwork": date(2026, 5, 20)}, **(AGREED | {"at": moment(4, 20)}))
    commands.record_stage(audit, stage="fieldwork", on=date(2026, 4, 14), **BY)
    row = stages(audit)["fieldwork"]
    assert (row.planned, row.first_planned, row.actual) == (date(2026, 5, 20), date(2026, 5, 1), date(2026, 4, 14))
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("stage", "on", "field"),
    [
        ("brief", date(2026, 6, 16), "on"),
        ("brief", date(2026, 5, 2), "on"),
        ("exit", date(2026, 4, 30), "on"),
        ("fieldwork", date(2026, 5, 1), "on"),
        ("final", date(2026, 6, 1), "stage"),
        ("fourth", date(2026, 6, 1), "stage"),
    ],
)
def test_a_stage_to_come_or_out_of_order_is_refused(house: House, stage: str, on: date, field: str) -> None:
    audit = reached(an_audit(house), fieldwork=date(2026, 5, 1))
    assert refused(commands.record_stage, audit, stage=stage, on=on, **BY)[0] == field


def test_a_recorded_date_is_corrected_or_taken_back_with_a_reason(house: House) -> None:
    audit = reached(an_audit(house), brief=date(2026, 4, 8))
    no_reason = BY | {"reason": ""}
    assert refused(commands.record_stage, audit, stage="brief", on=date(2026, 4, 9), **no_reason)[0] == "reason"
    commands.record_stage(audit, stage="brief", on=date(2026, 4, 9), **BY)
    assert (stages(audit)["brief"].actual, last_entry().effective) == (date(2026, 4, 9), TODAY)
    commands.record_stage(audit, stage="brief", on=None, **BY)
    assert stages(audit)["brief"].actual is None


def test_a_report_is_read_on_the_scale_of_its_day_for_ever(house: House) -> None:
    audit = an_audit(house)
    commands.issue_report(audit, on=date(2026, 6, 1), opinion=3, **BY)
    newer = Words(0, "Opinions of June", (Step(1, "Green"), Step(2, "Amber"), Step(3, "Red")))
    bring_in_words(newer, kind=Scale.Kind.OPINION, organisation=an_auditor(), starts=date(2026, 6, 10), **BY)
    other = an_audit(house)
    commands.issue_report(other, on=date(2026, 6, 12), opinion=3, **BY)
    read = [in_full(Audit.objects.get(pk=each.pk), actor=CANDOUR, today=TODAY) for each in (audit, other)]
    assert [(row.opinion.word, row.scale.name, row.state) for row in read if row and row.opinion and row.scale] == [
        ("Weak", "Opinions of 2026", "Final"),
        ("Red", "Opinions of June", "Final"),
    ]
    assert refused(commands.issue_report, an_audit(house), on=date(2026, 6, 12), opinion=4, **BY)[0] == "opinion"


def test_an_advisory_report_has_no_opinion_and_needs_no_scale(house: House) -> None:
    audit = an_audit(house, provider=an_auditor("Others", "others", opinions=False))
    assert refused(commands.issue_report, audit, on=TODAY, opinion=1, **BY)[0] == "opinion"
    commands.issue_report(audit, on=TODAY, opinion=None, **BY)
    assert (audit.advisory, audit.opinion, audit.opinion_scale) == (True, None, None)


def test_a_report_recorded_anew_needs_a_reason(house: House) -> None:
    audit = an_audit(house)
    commands.issue_report(audit, on=date(2026, 6, 1), opinion=3, **(BY | {"reason": ""}))
    assert refused(commands.issue_report, audit, on=TODAY, opinion=2, **(BY | {"reason": ""}))[0] == "reason"
    commands.issue_report(audit, on=date(2026, 6, 2), opinion=2, **BY)
    assert (stages(audit)["final"].actual, audit.opinion, last_entry().effective) == (date(2026, 6, 2), 2, TODAY)


def test_the_survey_is_answered_once_the_report_is_out(house: House) -> None:
    audit = an_audit(house)
    assert refused(commands.answer_survey, audit, satisfaction=2, on=TODAY, **BY)[0] == "on"
    reached(audit, final=date(2026, 6, 1))
    assert refused(commands.answer_survey, audit, satisfaction=6, on=TODAY, **BY)[0] == "satisfaction"
    assert refused(commands.answer_survey, audit, satisfaction=2, on=date(2026, 5, 31), **BY)[0] == "on"
    commands.answer_survey(audit, satisfaction=2, on=date(2026, 6, 10), **(BY | {"reason": ""}))
    assert AuditLine.objects.get(pk=audit.pk).satisfaction == 2
    assert refused(commands.answer_survey, audit, satisfaction=5, on=TODAY, **(BY | {"reason": ""}))[0] == "reason"


def test_an_audit_is_changed_with_a_reason(house: House) -> None:
    audit = an_audit(house)
    new: dict[str, Any] = {"title": "Fleet", "owner": None, "days": 3, "purpose": "P", "scope": "S"}
    assert refused(commands.change_audit, audit, **(new | {"title": ""}), **BY)[0] == "title"
    commands.change_audit(audit, **new, **BY)
    read = Audit.objects.get(pk=audit.pk)
    assert (read.record.title, read.record.owner, read.days, read.purpose, read.scope) == ("Fleet", None, 3, "P", "S")


def test_a_deferred_audit_stands_in_the_later_plan_and_stays_in_its_own(house: House) -> None:
    audit = an_audit(house, reference="IA1", sensitivity="restricted", purpose="Why")
    share(audit.record, organisation=house.force, **BY)
    later: dict[str, Any] = {"year": "2027/28", "reference": "IA9"}
    assert refused(commands.defer, audit, **later, **(BY | {"approver": " "}))[0] == "approver"
    assert refused(commands.defer, audit, **(later | {"year": "2026/27"}), **AGREED)[0] == "year"
    assert refused(commands.defer, audit, **(later | {"reference": "IA1"}), **AGREED)[0] == "reference"
    carried = commands.defer(audit, **later, **AGREED)
    assert (audit.left, audit.deferred_to, audit.record.closed_on) == ("deferred", "2027/28", TODAY)
    assert (carried.record.title, carried.purpose, carried.days, carried.record.sensitivity) == (
        audit.record.title,
        "Why",
        10,
        "restricted",
    )
    assert (carried.carried_from_id, {stage.planned for stage in stages(carried).values()}) == (audit.pk, {None})
    assert list(Share.objects.filter(record=carried.record).values_list("organisation", flat=True)) == [house.force.pk]
    assert {line.year: (line.left, line.closed_on) for line in AuditLine.objects.all()} == {
        "2026/27": ("deferred", TODAY),
        "2027/28": ("", None),
    }
    assert verify().failure == ""


def test_what_left_the_plan_takes_nothing_more_until_it_is_put_back(house: House) -> None:
    audit = an_audit(house)
    assert refused(commands.cancel, audit, **(BY | {"approver": ""}))[0] == "approver"
    commands.cancel(audit, **AGREED)
    assert refused(commands.record_stage, audit, stage="brief", on=TODAY, **BY)[0] == "reason"
    assert refused(commands.plan_stages, audit, planned={"brief": TODAY}, **AGREED)[0] == "reason"
    assert refused(commands.cancel, audit, **AGREED)[0] == "reason"
    commands.reinstate(audit, **AGREED)
    assert (audit.left, audit.record.closed_on) == ("", None)
    assert refused(commands.reinstate, audit, **AGREED)[0] == "reason"


def test_a_deferred_audit_comes_back_once_the_later_one_is_cancelled(house: House) -> None:
    audit = an_audit(house)
    carried = commands.defer(audit, year="2027/28", reference="IA9", **AGREED)
    assert refused(commands.reinstate, audit, **AGREED)[0] == "reason"
    commands.cancel(carried, **AGREED)
    commands.reinstate(audit, **AGREED)
    assert audit.deferred_to == ""


def test_an_audit_whose_report_is_out_stays_in_its_plan(house: House) -> None:
    audit = reached(an_audit(house), final=date(2026, 6, 1))
    assert refused(commands.cancel, audit, **AGREED)[0] == "reason"
    assert refused(commands.defer, audit, year="2027/28", reference="IA9", **AGREED)[0] == "reason"


def test_who_may_see_an_audit_is_changed_with_a_reason(house: House) -> None:
    audit = an_audit(house)
    assert refused(commands.restrict, audit, sensitivity="secret", **BY)[0] == "sensitivity"
    commands.restrict(audit, sensitivity="restricted", **BY)
    assert AuditLine.objects.get(pk=audit.pk).sensitivity == "restricted"


def test_a_promise_holds_until_the_next_one(house: House) -> None:
    provider = an_auditor()
    agreed: dict[str, Any] = {"organisation": house.office, "provider": provider, "measure": "draft"}
    commands.set_promise(**agreed, allowed=15, starts=date(2026, 4, 1), **BY)
    commands.set_promise(**agreed, allowed=10, starts=date(2026, 6, 1), **BY)
    commands.set_promise(**agreed, allowed=12, starts=date(2026, 6, 1), **BY)
    rows = Promise.objects.order_by("starts").values_list("allowed", "starts", "ends")
    assert list(rows) == [(15, date(2026, 4, 1), date(2026, 5, 31)), (12, date(2026, 6, 1), None)]
    assert refused(commands.set_promise, **agreed, allowed=9, starts=date(2026, 5, 1), **BY)[0] == "starts"
    assert refused(commands.set_promise, **agreed, allowed=0, starts=TODAY, **BY)[0] == "allowed"
    over = agreed | {"measure": "satisfaction"}
    assert refused(commands.set_promise, **over, allowed=101, starts=TODAY, **BY)[0] == "allowed"
    assert (
        refused(commands.set_promise, **(agreed | {"measure": "speed"}), allowed=9, starts=TODAY, **BY)[0] == "measure"
    )
    assert verify().failure == ""


def test_a_promise_ends_with_a_reason(house: House) -> None:
    promise = commands.set_promise(
        organisation=house.office, provider=an_auditor(), measure="final", allowed=5, starts=date(2026, 4, 1), **BY
    )
    assert refused(commands.end_promise, promise, ends=date(2026, 3, 31), **BY)[0] == "ends"
    commands.end_promise(promise, ends=date(2026, 5, 31), **BY)
    assert refused(commands.end_promise, promise, ends=TODAY, **BY)[0] == "ends"


def test_a_progress_report_is_recorded_for_each_panel(house: House) -> None:
    asked: dict[str, Any] = {"organisation": house.office, "provider": an_auditor(), "panel_on": date(2026, 7, 16)}
    commands.record_progress(**asked, issued_on=None, **BY)
    commands.record_progress(**asked, issued_on=date(2026, 6, 10), **BY)
    assert [row.issued_on for row in ProgressReport.objects.all()] == [date(2026, 6, 10)]
    assert refused(commands.record_progress, **asked, issued_on=date(2026, 6, 10), **BY)[0] == "issued_on"
    assert refused(commands.record_progress, **asked, issued_on=date(2026, 6, 16), **BY)[0] == "issued_on"
    no_reason = BY | {"reason": ""}
    assert refused(commands.record_progress, **asked, issued_on=date(2026, 6, 9), **no_reason)[0] == "reason"


def test_a_reader_may_do_none_of_it(house: House) -> None:
    audit = an_audit(house)
    by: dict[str, Any] = {"actor": house.actors["reader"], "at": NOW, "reason": "Mine"}
    for act, values in (
        (commands.cancel, {"approver": "Me"}),
        (commands.reinstate, {"approver": "Me"}),
        (commands.restrict, {"sensitivity": "public"}),
        (commands.plan_stages, {"planned": {"brief": TODAY}}),
        (commands.record_stage, {"stage": "brief", "on": TODAY}),
        (commands.issue_report, {"on": TODAY, "opinion": None}),
        (commands.defer, {"year": "2027/28", "reference": "X", "approver": "Me"}),
    ):
        with pytest.raises(Forbidden):
            act(audit, **values, **by)
