"""Processes by type and version, the steps of one agreement, limits of who approves, streams as they change."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from candour.commissioning import commands
from candour.commissioning.commands import care
from candour.commissioning.commands.care import NewStep
from candour.commissioning.models import Agreement
from candour.commissioning.queries import happened_to
from candour.commissioning.queries.care.duties import duties
from candour.commissioning.queries.care.steps import late, sheet_of
from candour.commissioning.queries.pipeline import pipeline
from candour.kernel.records.lines import check
from candour.kernel.rules import Refused
from tests.commissioning.care.factories import STEPS, a_limit, a_process, line_of, step_of
from tests.commissioning.factories import APPROVED, BY, a_stream, an_agreement, signed
from tests.factories import TODAY, House

pytestmark = pytest.mark.django_db
BEGUN = date(2026, 5, 1)


def test_an_agreement_keeps_the_version_that_it_began_on(house: House) -> None:
    a_process(house)
    it = an_agreement(house)
    care.begin_process(it, on=BEGUN, **BY)
    second = a_process(house, NewStep("Sign", 3, house.posts["finance"]), starts=TODAY)
    assert (second.version, it.process.version) == (2, 1)  # type: ignore[union-attr]
    rows = sheet_of(it, actor=house.actors["policy"], today=TODAY)
    assert [(row.name, row.planned, row.state, row.late) for row in rows] == [
        ("Write the specification", date(2026, 5, 18), "Late", 19),
        ("Legal review", date(2026, 6, 9), "Late", 4),
        ("Sign", date(2026, 6, 16), "Due soon", 0),
    ]
    later = an_agreement(house, service="Courts")
    care.begin_process(later, on=TODAY, **BY)
    line = line_of(later)
    assert (line.step, line.step_due, line.step_post) == ("Sign", date(2026, 6, 18), house.posts["finance"])
    with pytest.raises(Refused, match="Its steps began on 1 May 2026"):
        care.begin_process(it, on=TODAY, **BY)
    with pytest.raises(Refused, match="No steps were set for this kind"):
        care.begin_process(an_agreement(house, kind="grant", service="Lights"), on=TODAY, **BY)


def test_steps_are_done_late_skipped_with_a_reason_and_wait_for_what_they_need(house: House) -> None:
    a_process(house, *STEPS, NewStep("File the papers", 1, needs="evidence"))
    it, post = an_agreement(house), house.posts["policy"]
    care.begin_process(it, on=BEGUN, **BY)
    said = {"on": TODAY, "post": post, "actor": BY["actor"], "at": BY["at"]}
    care.record_step(step_of(it, 1), note="As drafted", **(said | {"on": date(2026, 5, 20)}))
    line = line_of(it)
    assert (line.step, line.step_due, line.step_post) == ("Legal review", date(2026, 6, 9), house.posts["chief"])
    with pytest.raises(Refused, match="Say why it is skipped"):
        care.record_step(step_of(it, 2), skipped=True, **said)
    care.record_step(step_of(it, 2), skipped=True, note="Of low value", **said)
    with pytest.raises(Refused, match="Record the signature of the office first"):
        care.record_step(step_of(it, 3), **said)
    signed(it, on=BEGUN)
    care.record_step(step_of(it, 3), **said)
    with pytest.raises(Refused, match="Choose the file that shows it"):
        care.record_step(step_of(it, 4), **said)
    care.record_step(step_of(it, 4), name="proof.txt", content=BytesIO(b"Filed"), **said)
    with pytest.raises(Refused, match="This step was recorded on 15 June 2026"):
        care.record_step(step_of(it, 4), **said)
    rows = sheet_of(it, actor=house.actors["policy"], today=TODAY)
    assert [(row.state, row.late, row.by, row.note, row.file_name) for row in rows] == [
        ("Done", 2, post.title, "As drafted", ""),
        ("Skipped", 0, post.title, "Of low value", ""),
        ("Done", 0, post.title, "", ""),
        ("Done", 0, post.title, "", "proof.txt"),
    ]
    assert (line_of(it).step, line_of(it).step_due, check()) == ("", None, "")


def test_what_is_late_is_told_by_post_as_the_reader_sees_it(house: House) -> None:
    a_process(house)
    for number, values in enumerate(({}, {"owner": house.posts["owner"]}, {"sensitivity": "restricted"})):
        it = an_agreement(house, service=f"Service {'abc'[number]}", **values)
        care.begin_process(it, on=BEGUN + timedelta(days=number * 7), **BY)
    over = an_agreement(house, service="Over")
    care.begin_process(over, on=BEGUN, **BY)
    commands.end(over, on=TODAY, **BY)
    found = {name: late(house.actors[name], today=TODAY) for name in ("policy", "reader", "force_reader")}
    assert {name: [(row.reference, row.late) for row in each.rows] for name, each in found.items()} == {
        "policy": [("VS-2026-01", 19), ("VS-2026-02", 15), ("VS-2026-03", 10)],
        "reader": [("VS-2026-01", 19), ("VS-2026-02", 15)],
        "force_reader": [],
    }
    chief = house.posts["chief"]
    assert found["policy"].posts[0] == (chief.pk, chief.title, 2)
    assert late(house.actors["policy"], today=TODAY, post=chief.pk).total == 2


def test_work_must_begin_so_many_working_days_before_the_end(house: House) -> None:
    a_process(house)  # thirty working days
    an_agreement(house, ends=date(2026, 7, 24), last_end=None)
    an_agreement(house, service="Later", ends=date(2026, 7, 31), last_end=None)
    an_agreement(house, kind="grant", service="No steps", ends=date(2026, 8, 3), last_end=None)
    commands.decide_next(
        an_agreement(house, service="Decided", ends=date(2026, 7, 1), last_end=None), follows="stop", **APPROVED
    )
    found = pipeline(house.actors["policy"], today=TODAY)
    assert [(row.reference, begin) for row, begin in found.rows] == [
        ("VS-2026-04", date(2026, 5, 19)),
        ("VS-2026-01", date(2026, 6, 12)),
        ("VS-2026-02", date(2026, 6, 19)),
        ("VS-2026-03", None),
    ]
    assert (found.begun, [(month.first.month, month.begin) for month in found.months if month.begin]) == (1, [(6, 2)])


def test_a_long_process_shows_what_ends_beyond_the_year(house: House) -> None:
    a_process(house, NewStep("Commission", 250))
    it = an_agreement(house, ends=date(2027, 7, 1), last_end=None)
    ((row, begin),) = pipeline(house.actors["policy"], today=TODAY).rows
    assert (row.pk, begin) == (it.pk, date(2026, 7, 6))


@pytest.mark.parametrize(
    ("steps", "field"),
    [
        ((), "name_1"),
        ((NewStep("Sign", 1), NewStep(" sign ", 1)), "name_2"),
        ((NewStep("Sign", 261),), "days_1"),
        ((NewStep("Sign", 1, needs="luck"),), "needs_1"),
        ((NewStep(" ", 1),), "name_1"),
    ],
)
def test_steps_that_cannot_be_are_refused(house: House, steps: tuple[NewStep, ...], field: str) -> None:
    with pytest.raises(Refused) as caught:
        care.set_process(organisation=house.office, kind="contract", starts=TODAY, steps=steps, **BY)
    assert caught.value.field == field


def test_who_approves_a_variation_is_held_to_their_limit(house: House) -> None:
    it = signed(an_agreement(house))
    vary = {"on": TODAY, "ground": "provided", "change": 60_000_00} | BY
    commands.vary(it, approver="Anybody", **vary)  # no limit is set up: it is left to who approves
    a_limit(house, Decimal(50_000))
    a_limit(house, None, name="finance")
    titles = {name: house.posts[name].title for name in ("chief", "finance")}
    with pytest.raises(Refused) as caught:
        commands.vary(it, approver=titles["chief"], **vary)
    assert (caught.value.field, caught.value.message) == (
        "approver", f"Enter who may approve £60,000: {titles['finance']}, any value"
    )  # fmt: skip
    commands.vary(it, approver=titles["chief"].upper(), **(vary | {"change": -50_000_00}))
    commands.vary(it, approver=titles["finance"], **vary)
    with pytest.raises(Refused):
        commands.vary(it, approver="Anybody", **(vary | {"change": 1}))


def test_a_stream_changes_within_its_year(house: House) -> None:
    it = a_stream(house)
    terms = {"name": "Victims", "funder": "The ministry", "conditions": "Returns", "ring_fence": "Services for victims"}
    care.change_stream(it, budget=1_00, **terms, **BY)
    it.refresh_from_db()
    assert (it.budget, it.ring_fence, it.code) == (1_00, "Services for victims", "VS")
    with pytest.raises(Refused, match="nothing or more"):
        care.change_stream(it, budget=-1, **terms, **BY)


def test_a_step_recorded_by_mistake_waits_again_and_the_history_keeps_what_was_said(house: House) -> None:
    a_process(house)
    it, post = an_agreement(house), house.posts["policy"]
    care.begin_process(it, on=BEGUN, **BY)
    said = {"on": TODAY, "post": post, "actor": BY["actor"], "at": BY["at"]}
    care.record_step(step_of(it, 1), note="As drafted", **said)
    care.record_step(step_of(it, 2), skipped=True, note="Of low value", **said)
    assert line_of(it).step == "Sign"
    with pytest.raises(Refused, match="Say what was wrong"):
        care.put_back_step(step_of(it, 1), **(BY | {"reason": " "}))
    with pytest.raises(Refused, match="This step is not recorded"):
        care.put_back_step(step_of(it, 3), **BY)
    care.put_back_step(step_of(it, 1), **(BY | {"reason": "Another agreement was meant"}))
    rows = sheet_of(it, actor=house.actors["policy"], today=TODAY)
    assert [(row.state, row.done_on, row.by, row.note) for row in rows[:2]] == [
        ("Late", None, "", ""),
        ("Skipped", TODAY, post.title, "Of low value"),
    ]
    line = line_of(it)
    assert (line.step, line.step_due, line.step_post) == (
        "Write the specification", date(2026, 5, 18), house.posts["chief"]
    )  # fmt: skip
    told = happened_to(it.record, house.actors["policy"])[0]
    assert (told.event, told.reason) == ("agreement.step_put_back", "Another agreement was meant")
    assert check() == ""


def test_each_post_is_told_what_waits_for_it_and_its_part_in_each_kind(house: House) -> None:
    finance, chief = house.posts["finance"], house.posts["chief"]
    a_process(house, NewStep("Specify", 10), NewStep("Check the money", 5, finance, "value"))
    for number, begun in enumerate((BEGUN, TODAY - timedelta(days=10), TODAY)):
        care.begin_process(an_agreement(house, service=f"Service {'abc'[number]}"), on=begun, **BY)
    secret = an_agreement(house, service="Secret", sensitivity="restricted")
    care.begin_process(secret, on=TODAY, **BY)
    by = {"on": TODAY, "post": chief, "actor": BY["actor"], "at": BY["at"]}
    first = Agreement.objects.select_related("record__organisation").get(record__reference="VS-2026-01")
    care.record_step(step_of(first, 1), **by)
    found = {name: duties(house.actors[name], today=TODAY) for name in ("policy", "reader", "force_reader")}
    assert {
        name: [(one.title, one.late, one.soon, one.later) for one in each.posts] for name, each in found.items()
    } == {
        "policy": [(finance.title, 1, 0, 0), (chief.title, 0, 1, 2)],
        "reader": [(finance.title, 1, 0, 0), (chief.title, 0, 1, 1)],
        "force_reader": [],
    }
    assert found["reader"].total == 3
    mine = duties(house.actors["policy"], today=TODAY, post=finance.pk)
    assert [(row.reference, row.step, row.state) for row in mine.rows] == [
        ("VS-2026-01", "Check the money", "Late")
    ]  # fmt: skip
    assert [(part.kind, part.place, part.name, part.days, part.needs) for part in mine.parts] == [
        ("Contract", 2, "Check the money", 5, "Its value")
    ]
