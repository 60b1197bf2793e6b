"""The commands of following an agreement: what they record, and what they refuse."""

from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from candour.commissioning import commands as of_agreements
from candour.commissioning import rules
from candour.commissioning.commands import follow
from candour.commissioning.models import (
    Agreement,
    AgreementLine,
    NextDecision,
    OutcomeFigure,
    Payment,
    Return,
    ReturnFigure,
)
from candour.commissioning.queries import in_full, line_now, register_on
from candour.commissioning.queries.register import AgreementFilter, line_from
from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.notices.models import Notice
from candour.kernel.rules import Refused
from tests.commissioning.factories import APPROVED, BY, an_agreement, whole
from tests.commissioning.follow.factories import FIRST, a_measure, asked, brings, paid, received, returned
from tests.evidence.samples import PDF
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db


def refused(field: str) -> AbstractContextManager[Any]:
    class Caught:
        def __enter__(self) -> None: ...

        def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
            assert isinstance(error, Refused), "nothing was refused"
            assert error.field == field
            return True

    return Caught()


def failing(agreement: Agreement) -> list[str]:
    return [one.check.name for one in rules.health(line_now(agreement), TODAY) if one.result != "pass"]


# Returns


def test_each_return_has_its_day_until_the_agreement_ends_and_an_extension_adds_more(house: House) -> None:
    it = asked(house)
    days = list(it.returns.order_by("starts").values_list("starts", "ends", "due"))
    assert len(days) == 12
    assert days[0] == (date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 15))
    of_agreements.vary(it, on=TODAY, ground="provided", change=0, new_end=date(2027, 5, 15), **APPROVED)
    ends = list(it.returns.order_by("starts").values_list("ends", flat=True))
    assert ends[-2:] == [date(2027, 4, 30), date(2027, 5, 15)]
    of_agreements.vary(it, on=TODAY, ground="provided", change=0, new_end=date(2027, 5, 31), **APPROVED)
    assert (it.returns.count(), it.returns.order_by("starts").last().ends) == (14, date(2027, 5, 31))  # type: ignore[union-attr]


def test_another_schedule_drops_what_has_not_come_and_keeps_what_has(house: House) -> None:
    it = asked(house)
    received(it)
    asks: dict[str, Any] = {"asks": "All", "every": 3, "days": 5, "assessor": house.posts["chief"]}
    with refused("first"):
        follow.ask_returns(it, first=date(2026, 4, 30), **asks, **BY)
    follow.ask_returns(it, first=date(2026, 5, 1), **asks, **BY)
    stand = it.returns.filter(dropped_on=None).order_by("starts").values_list("starts", flat=True)
    assert list(stand) == [date(2026, 4, 1), *(date(2026, month, 1) for month in (5, 8, 11)), date(2027, 2, 1)]
    assert it.returns.exclude(dropped_on=None).count() == 11
    assert it.schedules.filter(ended_on=None).get().days == 5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"asks": " "}, "asks"), ({"every": 2}, "every"), ({"first": date(2027, 4, 1)}, "first"),
        ({"first": date(2026, 3, 31)}, "first"), ({"days": 0}, "days"), ({"assess_days": 251}, "assess_days"),
        ({"reason": ""}, "reason"),
    ],
)  # fmt: skip
def test_returns_that_cannot_be_are_refused(house: House, change: dict[str, Any], field: str) -> None:
    asks = {"asks": "All", "every": 1, "first": FIRST, "days": 10, "assessor": house.posts["policy"]}
    with refused(field):
        follow.ask_returns(whole(house), **(asks | BY | change))
    assert Return.objects.count() == 0


def test_without_a_last_day_no_return_is_asked_for(house: House) -> None:
    with refused("first"):
        follow.ask_returns(
            an_agreement(house, ends=None, last_end=None), asks="All", every=1, first=FIRST, days=10,
            assessor=house.posts["policy"], **BY,
        )  # fmt: skip


def test_a_return_comes_goes_back_and_comes_again(house: House) -> None:
    it = asked(house)
    kpi = of_agreements.add_indicator(it, name="Seen in two days", target="90%", **BY)
    assert failing(it) == ["copy", "returns"]
    file = {"name": "april.pdf", "content": BytesIO(PDF)}
    one = received(it, figures={kpi.pk: Decimal("91.5")}, **file)
    assert (one.assess_by, one.file.name, one.figures.get().value) == (date(2026, 6, 12), "april.pdf", Decimal("91.5"))  # type: ignore[union-attr]
    assert (line_now(it).return_due, line_now(it).assess_by) == (date(2026, 6, 12), date(2026, 6, 12))
    with refused("expected"):
        received(it)
    for verdict, wanted, due, field in (
        ("good", "", None, "verdict"), ("back", " ", TODAY, "wanted"), ("back", "Figures", TODAY, "due"),
    ):  # fmt: skip
        with refused(field):
            follow.assess_return(returned(it), verdict=verdict, wanted=wanted, due=due, **BY)
    follow.assess_return(returned(it), verdict="back", wanted="Spend", due=TODAY + timedelta(9), **BY)
    assert (returned(it).received_on, returned(it).due, returned(it).first_due) == (
        None, TODAY + timedelta(9), date(2026, 5, 15),
    )  # fmt: skip
    received(it, on=TODAY, figures={kpi.pk: Decimal(88)})
    last = follow.assess_return(returned(it), verdict="satisfactory", **BY)
    assert (last.back, last.first_received_on, last.verdict, last.wanted) == (1, date(2026, 5, 14), "satisfactory", "")
    assert list(ReturnFigure.objects.values_list("value", flat=True)) == [Decimal(88)]
    with refused("expected"):
        follow.assess_return(last, verdict="satisfactory", **BY)
    events = list(Entry.objects.filter(event__contains="return_").order_by("pk").values_list("event", flat=True))
    assert events == [f"agreement.return_{each}" for each in ("received", "sent_back", "received", "assessed")]


def test_what_a_return_cannot_be_is_refused(house: House) -> None:
    it = asked(house)
    received(it)
    for change, field in (
        ({"on": TODAY + timedelta(1)}, "on"), ({"on": date(2026, 4, 30)}, "on"), ({"narrative": ""}, "narrative"),
        ({"spent": 4_999_99}, "spent"), ({"figures": {1: Decimal(1)}}, "figures"),
    ):  # fmt: skip
        with refused(field):
            received(it, 1, **({"on": TODAY} | change))
    follow.chase_return(returned(it, 1), on=TODAY, **BY)
    assert returned(it, 1).chased_on == TODAY
    with refused("expected"):
        follow.chase_return(returned(it), on=TODAY, **BY)
    with refused("on"):
        follow.chase_return(returned(it, 1), on=TODAY + timedelta(1), **BY)
    with refused("reason"):
        follow.chase_return(returned(it, 1), on=TODAY, **(BY | {"reason": " "}))


def test_the_read_line_of_returns_and_payments_is_what_the_rules_say_today_and_on_a_past_day(house: House) -> None:
    it = asked(house)
    received(it)
    paid(it, 130_000_00)
    kept = line_from(AgreementLine.objects.filter(pk=it.pk).values().get())
    assert kept == line_now(it)
    assert (kept.scheduled, kept.return_due, kept.assess_by, kept.paid) == (
        True, date(2026, 6, 12), date(2026, 6, 12), 130_000_00,
    )  # fmt: skip
    assert failing(it) == ["copy", "returns", "value"]
    live = in_full(Agreement.objects.select_related("record__agreement_line").get(pk=it.pk), actor=CANDOUR, today=TODAY)
    (then,) = register_on(CANDOUR, AgreementFilter(), as_at=TODAY)
    assert (live.row.line, then.line) == (kept, kept)  # type: ignore[union-attr]


def test_letters_go_once_to_who_assesses_and_name_no_restricted_agreement(house: House) -> None:
    it, hidden = asked(house), asked(house, service="Safe house", sensitivity="restricted", owner=house.posts["policy"])
    received(it)
    assert follow.write_reminders(NOW) == 4  # two of May, April of the hidden one, and the one that nobody assessed
    assert follow.write_reminders(NOW) == 0
    assert sorted(Notice.objects.values_list("subject", flat=True)) == [
        "A return has not come by 12 June 2026", "A return has not come by 12 June 2026",
        "A return has not come by 15 May 2026", "A return was not assessed by 12 June 2026",
    ]  # fmt: skip
    texts = " ".join(Notice.objects.values_list("text", flat=True))
    assert (it.record.reference in texts, hidden.record.reference in texts, "Safe house" in texts) == (
        True,
        False,
        False,
    )
    assert follow.write_reminders(NOW + timedelta(1)) == 0
    first = returned(it)
    assert follow.link_address(first.pk, NOW) == "/agreements/returns/?mine=mine"
    follow.assess_return(first, verdict="satisfactory", **BY)
    assert follow.link_address(first.pk, NOW) is None


# Money


def test_an_underspend_is_asked_back_agreed_and_paid_back(house: House) -> None:
    it = whole(house)
    paid(it, 60_000_00)
    ask: dict[str, Any] = {"year": "2025/26", "value": 9_000_00, "by": TODAY + timedelta(30)}
    for change, field in (
        ({"year": "2025"}, "year"), ({"value": 0}, "value"), ({"value": 60_000_01}, "value"), ({"by": TODAY}, "by"),
        ({"reason": ""}, "reason"),
    ):  # fmt: skip
        with refused(field):
            follow.ask_back(it, **(ask | BY | change))
    one = follow.ask_back(it, **ask, **BY)
    with refused("year"):
        follow.ask_back(it, **ask, **BY)
    with refused("value"):
        follow.agree_back(one, value=9_000_01, **BY)
    follow.agree_back(one, value=8_000_00, **BY)
    with refused("number"):
        follow.receive_back(one, number="V1", on=TODAY, **BY)
    with refused("on"):
        follow.receive_back(one, number="B1", on=TODAY + timedelta(1), **BY)
    back = follow.receive_back(one, number="B1", on=TODAY, **BY)
    assert (back.amount, one.received_on, line_now(it).paid) == (-8_000_00, TODAY, 52_000_00)
    for act in (
        lambda: follow.agree_back(one, value=1, **BY),
        lambda: follow.receive_back(one, number="B2", on=TODAY, **BY),
        lambda: follow.carry_over(one, year="2027/28", **APPROVED),
    ):
        with refused("underspend"):
            act()
    assert Payment.objects.count() == 2


def test_carrying_an_underspend_over_names_the_year_and_who_approved_it(house: House) -> None:
    it = whole(house)
    paid(it, 100_00)
    one = follow.ask_back(it, year="2025/26", value=50_00, by=TODAY + timedelta(30), **BY)
    for change, field in (({"year": "2025/26"}, "year"), ({"approver": " "}, "approver"), ({"reason": ""}, "reason")):
        with refused(field):
            follow.carry_over(one, **({"year": "2026/27"} | APPROVED | change))
    follow.carry_over(one, year="2026/27", **APPROVED)
    assert (one.carried_to, one.carried_on) == ("2026/27", TODAY)
    with refused("year"):
        follow.forecast(it, year="26/27", value=1, **BY)
    with refused("value"):
        follow.forecast(it, year="2026/27", value=-1, **BY)
    assert follow.forecast(it, year="2026/27", value=0, **BY).amount == 0


# Meetings, issues, notices


def test_meetings_issues_and_notices_are_recorded_from_their_day_to_their_end(house: House) -> None:
    it = whole(house)
    held = {"on": TODAY, "present": "The lead, the Service Director", "notes": "Numbers fell"}
    for change, field in (
        ({"on": TODAY + timedelta(1)}, "on"), ({"present": ""}, "present"), ({"notes": ""}, "notes"),
        ({"next_on": TODAY}, "next_on"),
    ):  # fmt: skip
        with refused(field):
            follow.hold_meeting(it, **(held | BY | change))
    assert follow.hold_meeting(it, **held, next_on=TODAY + timedelta(90), **BY).next_on == TODAY + timedelta(90)
    log = {"on": TODAY, "text": "No nurse at night", "severity": "high", "due": TODAY, "owner": house.posts["policy"]}
    for change, field in (
        ({"text": ""}, "text"), ({"severity": "odd"}, "severity"), ({"on": TODAY + timedelta(1)}, "on"),
        ({"due": TODAY - timedelta(1)}, "due"),
    ):  # fmt: skip
        with refused(field):
            follow.raise_issue(it, **(log | BY | change))
    issue = follow.raise_issue(it, **log, **BY)
    with refused("on"):
        follow.resolve_issue(issue, on=TODAY - timedelta(1), **BY)
    follow.resolve_issue(issue, on=TODAY, **BY)
    with refused("issue"):
        follow.resolve_issue(issue, on=TODAY, **BY)
    assert (issue.resolved_on, issue.resolution) == (TODAY, BY["reason"])


def test_a_breach_is_settled_once_it_was_published(house: House) -> None:
    it = whole(house)
    given = {"on": TODAY, "about": "Cover fell short", "breach": True, "response_due": TODAY + timedelta(10)}
    for change, field in (
        ({"about": ""}, "about"), ({"on": TODAY + timedelta(1)}, "on"), ({"response_due": TODAY}, "response_due")
    ):  # fmt: skip
        with refused(field):
            follow.give_notice(it, **(given | BY | change))
    one = follow.give_notice(it, **given, **BY)
    follow.answer_notice(one, on=TODAY, **BY)
    with refused("notice"):
        follow.answer_notice(one, on=TODAY, **BY)
    with refused("notice"):
        follow.settle_notice(one, on=TODAY, **BY)
    follow.publish_notice(one, on=TODAY, **BY)
    with refused("notice"):
        follow.publish_notice(one, on=TODAY, **BY)
    follow.settle_notice(one, on=TODAY, **BY)
    with refused("notice"):
        follow.settle_notice(one, on=TODAY, **BY)
    plain = follow.give_notice(it, **(given | {"breach": False}), **BY)
    with refused("notice"):
        follow.publish_notice(plain, on=TODAY, **BY)
    with refused("on"):
        follow.settle_notice(plain, on=TODAY - timedelta(1), **BY)
    assert follow.settle_notice(plain, on=TODAY, **BY).settled_on == TODAY


# Outcomes and the end


def test_an_outcome_is_set_once_and_a_period_counted_once(house: House) -> None:
    it, force = whole(house), a_measure(house.force)
    for change, field in (
        ({"what": " "}, "what"), ({"measure": force}, "measure"), ({"share": 0}, "share"), ({"counted_by": it}, "counted_by"),
    ):  # fmt: skip
        with refused(field):
            brings(it, **change)
    one = brings(it, 40, target=Decimal(500), share=70)
    with refused("what"):
        brings(it, what="people  made SAFE")
    days = {"starts": date(2026, 5, 1), "ends": date(2026, 5, 31), "amount": Decimal(35)}
    for change, field in (
        ({"starts": date(2026, 4, 30)}, "starts"), ({"starts": date(2026, 6, 1)}, "starts"),
        ({"ends": TODAY + timedelta(1)}, "ends"), ({"amount": Decimal(-1)}, "amount"),
    ):  # fmt: skip
        with refused(field):
            follow.report_outcome(one, **(days | change), **BY)
    follow.report_outcome(one, **days, **BY)
    assert list(OutcomeFigure.objects.order_by("starts").values_list("value", flat=True)) == [40, 35]
    follow.stop_outcome(one, **BY)
    with refused("outcome"):
        follow.stop_outcome(one, **BY)
    for change, field in (({"priority": ""}, "priority"), ({"unit": ""}, "unit"), ({"name": ""}, "name")):
        with refused(field):
            a_measure(house.office, **({"name": "Another"} | change))
    with refused("name"):
        follow.add_plan_measure(
            organisation=house.office, priority="Victims", name="people made safe", unit="people", adds_up=True, **BY
        )


def test_a_decision_stands_with_who_took_it_and_what_was_learnt_by_then(house: House) -> None:
    it = whole(house)
    of_agreements.decide_next(it, follows="extend", **APPROVED)
    said = {"on": TODAY, "present": "The lead", "notes": "It went well", "lessons": "Ask for nights"}
    for name in ("present", "notes", "lessons"):
        with refused(name):
            follow.hold_exit(it, **(said | BY | {name: " "}))
    with refused("on"):
        follow.hold_exit(it, **(said | BY | {"on": TODAY + timedelta(1)}))
    follow.hold_exit(it, **said, **BY)
    of_agreements.decide_next(it, follows="recommission", **APPROVED)
    told = list(NextDecision.objects.order_by("pk").values_list("follows", "by", "lessons", "on"))
    assert told == [("extend", "The board", False, TODAY), ("recommission", "The board", True, TODAY)]
    of_agreements.end(it, on=TODAY, **BY)
    assert follow.hold_exit(it, **said, **BY).lessons == "Ask for nights"
