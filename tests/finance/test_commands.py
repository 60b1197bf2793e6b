"""What may be done to budgets, schemes, projects and collaborations, and what is refused."""

from datetime import date, time
from typing import Any

import pytest

from candour.boards import commands as boards
from candour.boards.commands import NewDecision, Taken
from candour.boards.models import Decision, Item
from candour.finance import commands
from candour.finance.commands import NewAmount
from candour.finance.commands.base import require_report
from candour.finance.models import Benefit, Case, Collaboration, Figure, Highlight, Project, Scheme, SchemeLine
from candour.finance.queries.collaborations import collaboration_in_full
from candour.finance.queries.projects import project_in_full
from candour.finance.rules import Share
from candour.kernel.access import CANDOUR, Forbidden
from candour.kernel.history.models import Entry
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Link
from candour.kernel.rules import Refused
from tests.boards.factories import a_board, a_meeting, an_item
from tests.factories import NOW, TODAY, House
from tests.finance.factories import (
    AMBER,
    BY,
    GREEN,
    JUNE,
    MAY,
    RED,
    THREE,
    Y26,
    Y27,
    K,
    a_benefit,
    a_budget,
    a_collaboration,
    a_project,
    a_scheme,
    funding,
    headings,
    limits,
    load,
    rated_in,
    reported,
    shared_out,
    years,
)

pytestmark = pytest.mark.django_db


def refused(field: str, do: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(Refused) as told:
        do(*args, **(BY | values))
    assert told.value.field == field
    return str(told.value)


def fresh(it: Any) -> Any:
    return type(it).objects.select_related("record__organisation", "record__owner").get(pk=it.pk)


# Budgets, schemes and their figures


def test_a_body_has_one_budget_a_year(house: House) -> None:
    made = a_budget(house)
    assert (made.record.reference, made.record.title, made.year) == ("2026/27", "Budget 2026/27", Y26)
    assert "open already" in refused("year", a_budget, house, year=date(2027, 3, 31))
    assert a_budget(house, year=Y27).record.reference == "2027/28"
    commands.change_budget(fresh(made), title="Policing budget", owner=None, **BY)
    assert (fresh(made).record.title, fresh(made).record.owner) == ("Policing budget", None)
    refused("title", commands.change_budget, fresh(made), title="Budget 2027/28", owner=None)


def test_savings_and_capital_schemes_count_apart_and_only_a_saving_is_cashable(house: House) -> None:
    rows = [a_scheme(house, sort, title=f"{sort} {n}") for n in range(2) for sort in ("saving", "capital")]
    assert [(one.record.reference, one.cashable) for one in rows] == [
        ("SAV-01", True), ("CAP-01", False), ("SAV-02", True), ("CAP-02", False),
    ]  # fmt: skip
    refused("sort", a_scheme, house, "other")
    refused("title", a_scheme, house, title="Saving 0")
    refused("reference", a_scheme, house, title="New", reference="SAV-01")
    facts = {"title": "Fewer vans", "about": "A smaller fleet", "cashable": True, "owner": None}
    commands.change_scheme(fresh(rows[1]), **facts, **BY)
    assert (fresh(rows[1]).record.title, fresh(rows[1]).cashable) == ("Fewer vans", False)


def test_a_scheme_is_rated_on_the_scale_of_the_day_by_its_owner_or_who_manages(house: House) -> None:
    it = a_scheme(house)
    assert "scale of ratings" in refused("rating", commands.rate_scheme, it, rating=GREEN)
    scale = rated_in(house)
    owner = house.refreshed("owner")
    commands.rate_scheme(fresh(it), rating=AMBER, actor=owner, at=NOW, reason="Two months behind")
    line = SchemeLine.objects.get(pk=it.pk)
    assert (line.rating, line.word, line.tone, fresh(it).scale_id) == (AMBER, "Amber", "medium", scale.pk)
    refused("rating", commands.rate_scheme, fresh(it), rating=AMBER)
    refused("rating", commands.rate_scheme, fresh(it), rating=9)
    refused("reason", commands.rate_scheme, fresh(it), rating=RED, reason=" ")
    with pytest.raises(Forbidden):
        commands.rate_scheme(fresh(it), rating=RED, actor=house.refreshed("reader"), at=NOW, reason="Why")
    with pytest.raises(Forbidden):  # another owner's
        commands.rate_scheme(a_scheme(house, title="Other", owner=None), rating=RED, actor=owner, at=NOW, reason="Why")
    refused("on", commands.finish_scheme, fresh(it), on=date(2026, 6, 16))
    commands.finish_scheme(fresh(it), on=TODAY, **BY)
    refused("reason", commands.rate_scheme, fresh(it), rating=RED)


def test_a_position_is_loaded_once_says_what_changed_in_it_and_stands_whole(house: House) -> None:
    it, scheme = a_budget(house), a_scheme(house)
    first = [*headings(it, {"Pay": (100, 110, 20), "Estates": (50, 40, 5)}), *years(scheme, {Y26: (10, 8, 2)})]
    assert load(house.office, first).figures == 9  # type: ignore[union-attr]
    assert load(house.office, first) is None
    again = load(house.office, headings(it, {"Pay": (100, 115, 20)}))
    assert again is not None
    assert again.figures == 1
    load(house.office, headings(it, {"Pay": (100, 99, 30)}), JUNE)
    assert [(one.amount.what, one.was) for one in commands.moves_of(headings(it, {"Pay": (100, 90, 30)}), JUNE)] == [
        ("forecast", 99 * K)
    ]
    line = it.record.budget_line
    assert (line.position, line.budget, line.forecast) == (JUNE, 100 * K, 99 * K)
    assert Entry.objects.filter(event="finance.loaded").count() == 3
    assert verify().failure == ""
    Figure.objects.filter(line="Estates", what="actual").update(pence=1)
    assert "its figures are not those that were loaded" in verify().failure


def test_figures_that_cannot_be_are_refused(house: House) -> None:
    it, scheme = a_budget(house), a_scheme(house)
    good = NewAmount(it.record, "revenue", Y26, "budget", 5, "Pay")

    def told(*amounts: NewAmount, **more: Any) -> str:
        return refused("figures", load, house.office, amounts, **more)

    assert "has not come yet" in told(good, position=date(2026, 7, 1))
    assert "given twice" in told(good, good)
    assert "no such figure" in told(NewAmount(it.record, "revenue", Y26, "opening", 5, "Pay"))
    assert "no such figure" in told(NewAmount(it.record, "revenue", MAY, "budget", 5, "Pay"))
    assert "larger than can be kept" in told(NewAmount(it.record, "revenue", Y26, "budget", 10**15, "Pay"))
    assert "another body" in told(
        NewAmount(a_budget(house, organisation=house.force).record, "revenue", Y26, "budget", 5)
    )
    commands.finish_scheme(scheme, on=TODAY, **BY)
    assert "has ended" in told(*years(scheme, {Y26: (1, 1, 1)}))
    with pytest.raises(Forbidden):
        load(house.office, [good], actor=house.refreshed("reader"))


def test_capital_lines_say_what_slips_and_whether_funding_adds_up(house: House) -> None:
    it = a_scheme(house, "capital")
    load(
        house.office,
        [*years(it, {Y26: (500, 300, 90), Y27: (500, 700)}), *funding(it, {"Grant": {Y26: 500, Y27: 400}})],
    )
    line = SchemeLine.objects.get(pk=it.pk)
    assert (line.slipped, line.unfunded, line.whole_budget) == (200 * K, 100 * K, 1000 * K)


# Projects


def test_a_case_goes_to_whoever_the_limits_name_and_an_approved_one_sets_the_budget(house: House) -> None:
    it = a_project(house)
    assert "No limit lets anybody" in refused("value", commands.submit_case, it, kind="outline", value=5 * K)
    limits(house)
    refused("kind", commands.submit_case, it, kind="other", value=5)
    refused("value", commands.submit_case, it, kind="full", value=0)
    first = commands.submit_case(it, kind="outline", value=200 * K, **BY)
    assert first.needs == "Chief Finance Officer"
    assert it.record.project_line.waiting == "Chief Finance Officer"
    refused("kind", commands.submit_case, fresh(it), kind="full", value=5)
    case = Case.objects.select_related("project__record").get()
    refused("answered_by", commands.answer_case, case, answer="approved", answered_by=" ")
    refused("answer", commands.answer_case, case, answer="", answered_by="The board")
    commands.answer_case(case, answer="approved", answered_by="The board", **BY)
    refused("answer", commands.answer_case, case, answer="approved", answered_by="The board")
    assert (fresh(it).budget, fresh(it).record.project_line.stage) == (None, "Outline business case")
    full = commands.submit_case(fresh(it), kind="full", value=900 * K, **BY)
    assert full.needs == "Chief Executive"
    commands.answer_case(full, answer="approved", answered_by="The board", **BY)
    line = fresh(it).record.project_line
    assert (fresh(it).budget, line.stage, line.waiting) == (900 * K, "Delivery", "")
    refused("kind", commands.submit_case, fresh(it), kind="full", value=5)


def test_a_decision_of_the_register_and_the_project_lead_to_each_other(house: House) -> None:
    decision = a_decision(house)
    it = a_project(house)
    limits(house)
    case = commands.submit_case(it, kind="full", value=5 * K, **BY)
    said: dict[str, Any] = {"answer": "approved", "answered_by": "The board", "decision": decision}
    refused("decision", commands.answer_case, case, **said, actor=house.refreshed("policy"))  # a board of the force's
    commands.answer_case(case, **said, **BY)
    link = Link.objects.get(record=it.record)
    assert (link.to_id, link.how) == (decision.item_id, "was decided under")


def a_decision(house: House) -> Decision:
    """A decision of a board of the force, which the office does not see."""
    meeting = a_meeting(a_board(house, organisation=house.force, seats={"force_policy": "chair"}), TODAY)
    made = an_item(meeting, "The new system")
    boards.open_meeting(meeting, started=time(9), **BY)
    boards.take_attendance(meeting, [Taken(house.posts["force_policy"], "present")], **BY)
    item = Item.objects.select_related("record", "meeting__board", "meeting__record").get(pk=made.pk)
    boards.write_minute(item, text="It was agreed.", summary="", started_at=None, **BY)
    boards.decide(item, NewDecision("To approve it."), **BY)
    return item.decisions.get()


def test_a_month_is_reported_once_by_the_lead_or_who_manages(house: House) -> None:
    it = a_project(house, approved=True)
    lead = house.refreshed("owner")
    reported(it, actor=lead, cost=AMBER, forecast=250 * K, spent=50 * K, ends=date(2027, 6, 30))
    line = fresh(it).record.project_line
    assert (line.period, line.cost_word, line.worst, line.expected) == (MAY, "Amber", "medium", date(2027, 6, 30))
    assert (line.report_due, line.forecast) == (date(2026, 7, 14), 250 * K)
    for field, values in (
        ("period", {"period": MAY}), ("period", {"period": date(2026, 7, 1)}), ("time", {"period": JUNE, "time": 7}),
        ("progress", {"period": JUNE, "progress": " "}),
    ):  # fmt: skip
        with pytest.raises(Refused) as told:
            reported(it, **values)
        assert told.value.field == field
    with pytest.raises(Forbidden):
        reported(it, period=JUNE, actor=house.refreshed("reader"))
    assert Highlight.objects.count() == 1


def test_an_approved_change_moves_budget_and_end_and_a_refused_one_nothing(house: House) -> None:
    it = a_project(house, approved=True)
    refused("cost", commands.ask_change, it, asked="More", cost=0)
    refused("asked", commands.ask_change, it, asked=" ", cost=5)
    ends = date(2027, 9, 30)
    first = commands.ask_change(fresh(it), asked="More sites", cost=20 * K, ends=ends, **BY)
    assert fresh(it).record.project_line.asked_on == TODAY
    refused("asked", commands.ask_change, fresh(it), asked="Again", cost=5)
    commands.answer_change(first, answer="approved", answered_by="The board", **BY)
    assert (fresh(it).budget, fresh(it).ends) == (220 * K, ends)
    second = commands.ask_change(fresh(it), asked="Even more", cost=50 * K, **BY)
    commands.answer_change(second, answer="refused", answered_by="The board", **BY)
    assert fresh(it).budget == 220 * K
    refused("answer", commands.answer_change, second, answer="approved", answered_by="The board")


def test_a_project_changes_and_closes_with_what_it_brought_and_what_was_learnt(house: House) -> None:
    it = a_project(house, approved=True)
    facts: dict[str, Any] = {"title": "Records", "about": "One system", "owner": None, "starts": None, "every": 3}
    commands.change_project(fresh(it), **facts, **BY)
    assert (fresh(it).record.title, fresh(it).every) == ("Records", 3)
    refused("every", commands.change_project, fresh(it), **facts | {"every": 0})
    asked = commands.ask_change(fresh(it), asked="More", cost=5, **BY)
    said = {"on": TODAY, "outcome": "One system", "lessons": "Train first"}
    refused("on", commands.close_project, fresh(it), **said)
    commands.answer_change(asked, answer="refused", answered_by="The board", **BY)
    for name in ("outcome", "lessons"):
        refused(name, commands.close_project, fresh(it), **said | {name: " "})
    commands.close_project(fresh(it), **said, **BY)
    assert (fresh(it).record.closed_on, fresh(it).lessons) == (TODAY, "Train first")
    refused("asked", commands.ask_change, fresh(it), asked="More", cost=5)


def test_benefits_are_planned_measured_after_the_close_too_and_dropped(house: House) -> None:
    it = a_project(house)
    refused("planned", commands.plan_benefit, it, what="Less", due=TODAY, cashable=True)
    one = a_benefit(it)
    a_benefit(it, what="Quicker", cashable=False, planned=None)
    row = Benefit.objects.select_related("record").get(pk=one.pk)
    refused("measured", commands.measure_benefit, row, found="Counted")
    commands.measure_benefit(row, found="Counted", measured=30 * K, actor=house.refreshed("owner"), at=NOW)
    line = fresh(it).record.project_line
    assert (line.planned, line.measured) == (50 * K, 30 * K)
    commands.drop_benefit(Benefit.objects.select_related("record").get(pk=one.pk), **BY)
    assert fresh(it).record.project_line.planned == 0
    whole = project_in_full(fresh(it), actor=CANDOUR, today=TODAY)
    assert whole is not None
    assert [each["what"] for each in whole.benefits] == ["Quicker"]
    refused("reason", commands.drop_benefit, Benefit.objects.select_related("record").get(pk=one.pk))


# Collaborations


def test_shares_that_do_not_come_to_the_whole_are_refused_with_what_to_change(house: House) -> None:
    it = a_collaboration(house)
    told = refused("shares", commands.share_costs, it, year=Y26, pence=900, shares=THREE[:2])
    assert told == "The shares come to 75%: 25% is missing. Change them until they come to 100%"
    refused("cost", commands.share_costs, it, year=Y26, pence=-1, shares=THREE)
    shared_out(it)
    line = fresh(it).record.collaboration_line
    assert (line.members, line.cost, line.own_share, line.own_cost) == (3, 900 * K, 4_000, 360 * K)
    shared_out(it, [Share("the office", 5_000, True), Share("Westshire", 5_000)])
    whole = collaboration_in_full(fresh(it), actor=CANDOUR, today=TODAY)
    assert whole is not None
    assert [(share.member, borne) for share, borne in whole.years[0].shares] == [
        ("Westshire", 450 * K), ("the office", 450 * K),
    ]  # fmt: skip
    assert it.portions.filter(removed_on=None).count() == 2


def test_a_review_moves_the_next_one_and_is_made_by_who_answers_for_it(house: House) -> None:
    it = a_collaboration(house)
    commands.record_review(it, on=TODAY, found="Worth it", actor=house.refreshed("owner"), at=NOW)
    assert fresh(it).review_due == date(2027, 6, 15)
    refused("on", commands.record_review, fresh(it), on=TODAY, found="Again")
    refused("on", commands.record_review, fresh(it), on=date(2026, 6, 16), found="Again")
    with pytest.raises(Forbidden):
        commands.record_review(fresh(it), on=TODAY, found="No", actor=house.refreshed("reader"), at=NOW)
    facts: dict[str, Any] = {
        "title": "Legal", "about": "", "lead": "Northshire", "owner": None, "starts": None, "ends": None, "every": 24,
    }  # fmt: skip
    commands.change_collaboration(fresh(it), **facts, **BY)
    assert (fresh(it).lead, fresh(it).every) == ("Northshire", 24)
    refused("lead", commands.change_collaboration, fresh(it), **facts | {"lead": " "})
    commands.end_collaboration(fresh(it), on=TODAY, **BY)
    refused("found", commands.record_review, fresh(it), on=TODAY, found="Again")


def test_who_may_see_any_of_them_changes_with_a_reason_once(house: House) -> None:
    for it in (a_budget(house), a_scheme(house), a_project(house), a_collaboration(house)):
        commands.restrict(fresh(it), sensitivity="restricted", **BY)
        assert fresh(it).record.sensitivity == "restricted"
        refused("sensitivity", commands.restrict, fresh(it), sensitivity="restricted")
        refused("sensitivity", commands.restrict, fresh(it), sensitivity="odd")
    assert (Scheme.objects.count(), Project.objects.count(), Collaboration.objects.count()) == (1, 1, 1)
    assert commands.may_report(house.refreshed("policy"), fresh(it).record)
    with pytest.raises(Forbidden):
        require_report(house.refreshed("reader"), fresh(it).record)
