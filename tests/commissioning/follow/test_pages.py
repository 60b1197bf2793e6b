"""The pages of what follows an agreement, as their readers meet them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candour.commissioning import commands as of_agreements
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands import follow
from candour.commissioning.models import Agreement, NextDecision, Outcome, Return, Schedule, Underspend
from candour.commissioning.queries import desk
from candour.commissioning.queries.follow import (
    RETURN_VIEWS,
    ReturnFilter,
    ending_of,
    ending_then,
    followed_then,
    issues_of,
    meetings_of,
    notices_of,
    outcomes_of,
    outcomes_then,
    plan_totals,
    returns_of,
    returns_page,
    schedule_of,
    spend_of,
    underspends_of,
)
from candour.commissioning.rules.follow import money
from candour.kernel.access import CANDOUR
from candour.kernel.establishment.work import owned_by
from candour.kernel.records.commands import share
from candour.kernel.records.models import Link, Record
from tests.commissioning.factories import BY, a_stream, whole
from tests.commissioning.follow.factories import a_measure, asked, brings, paid, received, returned
from tests.evidence.samples import PDF
from tests.factories import TODAY, House, a_risk
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
HERE = "/agreements/office/VS-2026-01/"
PAGES = ("returns/", "money/", "meetings/", "outcomes/")
LISTS = ("/agreements/returns/?view=all", "/agreements/outcomes/")


def get(house: House, address: str, name: str = "policy") -> Any:
    return signed_in(house, name).get(address)


def send(house: House, page: str, answers: dict[str, Any], *, name: str = "policy") -> Any:
    seen = Record.objects.get(kind="agreement", reference="VS-2026-01").head_sequence
    return signed_in(house, name).post(HERE + page, {"seen": seen} | answers, follow=True)


def problems(response: Any) -> dict[str, str]:
    return {problem.id: problem.message for problem in response.context["form"].problems}


def test_empty_pages_teach_and_offer_what_one_may_do(house: House) -> None:
    whole(house)
    words = {
        "returns/": "No return is asked for",
        "money/": "Nothing is paid, reported or forecast yet",
        "meetings/": "No issue is logged",
        "outcomes/": "No outcome is set",
    }
    for page, text in words.items():
        assert text in said(get(house, HERE + page))
        assert "Record the decision" not in said(get(house, HERE + page, "reader"))
    assert "Nothing waits here" in said(get(house, "/agreements/returns/"))
    assert "The plan has no measure here yet" in said(get(house, "/agreements/outcomes/"))


def test_returns_are_asked_for_received_sent_back_and_assessed_on_pages(house: House) -> None:
    it = whole(house)
    kpi = of_agreements.add_indicator(it, name="Seen in two days", target="90%", **BY)
    ask = {"asks": "Figures and spend", "every": "3", "first": "1/4/2026", "days": "10", "assess_days": "20",
           "assessor": house.posts["policy"].pk, "reason": "Schedule 3"}  # fmt: skip
    assert problems(send(house, "returns/ask/", ask | {"first": "", "days": "0"})) == {
        "first": "Enter the first day of the first period, for example 26 October 2023",
        "days": "Enter ‘Due after’ as 1 or more",
    }  # fmt: skip
    assert "have their days" in said(send(house, "returns/ask/", ask))
    assert (Schedule.objects.get().every, Return.objects.count()) == (3, 4)
    row = returned(it)
    came = {
        "expected": row.pk,
        "on": "10/6/2026",
        "narrative": "Forty seen",
        "spent": "12,500",
        f"kpi_{kpi.pk}": "91.5%",
    }
    wrong = send(house, "returns/receive/", came | {f"kpi_{kpi.pk}": "many"})
    assert problems(wrong)[f"kpi_{kpi.pk}"].startswith("‘many’ is not a figure")
    assert wrong.context["form"][f"kpi_{kpi.pk}"].answer == "many"
    file = SimpleUploadedFile("q1.pdf", PDF)
    assert "is saved" in said(send(house, "returns/receive/", came | {"file": file}))
    shown = get(house, HERE + "returns/")
    assert "Seen in two days: 91.5" in said(shown)
    assert next((r.state, spent) for r, _, spent in shown.context["rows"]) == ("To assess", "£12,500")
    back = {"expected": row.pk, "verdict": "back", "wanted": "The spend by month", "due": "30/6/2026"}
    assert problems(send(house, "returns/assess/", back | {"wanted": ""})) == {
        "wanted": "Enter what is wanted of the provider"
    }
    send(house, "returns/assess/", back)
    assert "Wanted: The spend by month" in said(get(house, HERE + "returns/"))
    send(house, "returns/chase/", {"expected": row.pk, "on": "15/6/2026", "reason": "By telephone"})
    send(house, "returns/receive/", came | {"on": "15/6/2026"})
    send(house, "returns/assess/", {"expected": row.pk, "verdict": "satisfactory"})
    assert returned(it).verdict == "satisfactory"
    assert "Return sent back" in said(get(house, HERE + "history/"))


def test_the_list_holds_what_its_views_say_as_the_rules_do(house: House) -> None:
    it, other = asked(house), asked(house, service="Refuge", stream=a_stream(house, code="CSF", name="Safety fund"))
    received(it)
    follow.assess_return(received(other, on=TODAY), verdict="satisfactory", **BY)
    received(it, 1, on=TODAY)
    follow.assess_return(returned(it, 1), verdict="back", wanted="More", due=TODAY + timedelta(1), **BY)
    states = [row.state for one in (it, other) for row in returns_of(one, today=TODAY)]
    _, counts = returns_page(CANDOUR, ReturnFilter(), today=TODAY)
    assert counts == {name: sum(state in held for state in states) for name, (_, held) in RETURN_VIEWS.items()}
    assert (counts["owed"], counts["late"], counts["back"], counts["done"], counts["all"]) == (2, 1, 1, 1, 24)
    for name in RETURN_VIEWS:
        assert len(get(house, f"/agreements/returns/?view={name}").context["rows"]) == counts[name]
    assert len(get(house, "/agreements/returns/?view=all&stream=CSF").context["rows"]) == 12
    assert len(get(house, "/agreements/returns/?view=all&q=refuge").context["rows"]) == 12
    assert len(get(house, "/agreements/returns/?view=all&mine=mine", "chief").context["rows"]) == 0
    assert get(house, "/agreements/returns/?stream=Odd").status_code == 422


def test_returns_stand_on_the_desk_of_the_post_that_assesses_them(house: House) -> None:
    it, post = asked(house), house.posts["policy"]
    asked(house, service="Refuge", owner=post)
    received(it)
    actor = house.actors["policy"]
    leads = replace(actor, scopes={**actor.scopes, CommissioningPermission.LEAD: frozenset({house.office.pk})})
    told = [(need.title.partition(":")[0], need.about, need.by) for need in desk.needs(leads, today=TODAY, most=8)]
    assert told == [
        ("Chase the return to 30 April 2026", "VS-2026-02", date(2026, 5, 15)),
        ("Assess the return to 30 April 2026", "VS-2026-01", date(2026, 6, 12)),
        ("Chase the return to 31 May 2026", "VS-2026-01", date(2026, 6, 12)),
        ("Chase the return to 31 May 2026", "VS-2026-02", date(2026, 6, 12)),
    ]
    assert desk.returns_owed(actor, today=TODAY) is None
    assert owned_by([post.pk], actor=CANDOUR, today=TODAY)[post.pk] == {"returns": 2}


def test_money_is_told_by_year_and_an_underspend_followed_until_it_is_settled(house: House) -> None:
    it = asked(house)
    paid(it, 60_000_00)
    received(it)
    send(house, "money/forecast/", {"year": "2026/27", "value": "110,000", "reason": "Profile"})
    shown = get(house, HERE + "money/")
    assert (shown.context["paid"], shown.context["spent"], shown.context["ahead"]) == ("£60,000", "£5,000", "£110,000")
    assert shown.context["chart"].table.rows == (("2026/27", "£60,000", "£5,000", "£110,000", "not known"),)
    send(house, "money/ask-back/", {"year": "", "value": "9,000", "by": "30/9/2026", "reason": "From the accounts"})
    row = Underspend.objects.get()
    agree = {"underspend": row.pk, "what": "agreed", "on": "15/6/2026", "reason": "By letter"}
    assert problems(send(house, "money/settle/", agree)) == {"value": "Enter what both agreed"}
    send(house, "money/settle/", agree | {"value": "8,000"})
    assert get(house, HERE + "money/carry/").status_code == 404
    carry = {"underspend": row.pk, "year": "2027/28", "approver": "The board", "reason": "It funds the next year"}
    assert "is kept" in said(send(house, "money/carry/", carry, name="chief"))
    assert "to 2027/28" in said(get(house, HERE + "money/"))
    again = {"year": "2026/27", "value": "100", "by": "30/9/2026", "reason": "More"}
    send(house, "money/ask-back/", again)
    last = Underspend.objects.order_by("pk").last()
    send(house, "money/settle/", agree | {"underspend": last.pk, "what": "paid", "number": "B1"})  # type: ignore[union-attr]
    assert "£59,900" in said(get(house, HERE + "money/"))


def test_meetings_issues_notices_and_risks_stand_on_one_page(house: House) -> None:
    whole(house)
    risk, hidden = a_risk(house, reference="R1"), a_risk(house, reference="R2", sensitivity="restricted", owner=None)
    send(
        house,
        "meetings/new/",
        {"on": "1/6/2026", "present": "The lead", "notes": "Numbers fell", "next_on": "1/9/2026"},
    )
    log = {
        "text": "No nurse",
        "severity": "high",
        "on": "1/6/2026",
        "owner": house.posts["policy"].pk,
        "due": "10/6/2026",
    }
    send(house, "issues/new/", log)
    give = {"about": "Cover fell short", "breach": "yes", "on": "1/6/2026", "response_due": "20/6/2026"}
    send(house, "notices/new/", give)
    text = said(get(house, HERE + "meetings/"))
    for words in ("Numbers fell", "No nurse", "Late", "Cover fell short", "published by 1 July 2026"):
        assert words in text
    shown = get(house, HERE + "meetings/").context
    issue, notice = shown["issues"][0][0], shown["notices"][0][0]
    for what in ("answered", "published", "settled"):
        send(house, "notices/step/", {"notice": notice.pk, "what": what, "on": "15/6/2026", "reason": what})
    send(house, "issues/resolve/", {"issue": issue.pk, "on": "15/6/2026", "reason": "Two were hired"})
    shown = get(house, HERE + "meetings/").context
    assert (shown["issues"][0][0].state, shown["notices"][0][0].state) == ("Resolved", "Settled")
    never = {"reference": "R9", "reason": "It bears"}
    unseen = [problems(send(house, "risks/link/", never | {"reference": each}, name="owner")) for each in ("R9", "R2")]
    assert (
        unseen[0] == unseen[1] == {"reference": "No risk of this body has that reference: look it up in the register"}
    )
    send(house, "risks/link/", never | {"reference": "r1"})
    assert Link.objects.get().to_id == risk.pk != hidden.pk


def test_outcomes_of_several_agreements_count_once_for_the_plan(house: House) -> None:
    it, other, third = whole(house), whole(house, service="Refuge"), whole(house, service="Housing")
    measure = a_measure(house.office)
    send(
        house,
        "outcomes/new/",
        {"measure": measure.pk, "what": "Women housed", "target": "100", "share": "60", "reason": "S1"},
    )
    mine = Outcome.objects.get()
    send(house, "outcomes/report/", {"outcome": mine.pk, "starts": "1/4/2026", "ends": "30/4/2026", "value": "50"})
    brings(other, 50, what="Women housed", share=40)
    brings(third, 50, what="women housed", counted_by=it)
    (total,) = plan_totals(CANDOUR, organisation=house.office.pk)
    assert (total.total, [(row.reference, row.counted) for row in total.rows]) == (
        Decimal(50), [("VS-2026-01", 30), ("VS-2026-02", 20), ("VS-2026-03", 0)],
    )  # fmt: skip
    assert "in VS-2026-01" in said(get(house, "/agreements/outcomes/"))
    of_agreements.restrict(it, sensitivity="restricted", **BY)
    (seen,) = plan_totals(house.actors["reader"], organisation=house.office.pk)
    # What one may not see changes nothing: the third counts for itself, beside the share of the second.
    assert [(row.reference, row.elsewhere, row.counted_in) for row in seen.rows] == [
        ("VS-2026-02", False, ""), ("VS-2026-03", False, "")
    ]  # fmt: skip
    assert seen.total == Decimal(50)
    assert "VS-2026-01" not in said(get(house, "/agreements/outcomes/", "reader"))
    rate = a_measure(house.office, "Who felt heard", unit="%", adds_up=False)
    brings(other, 80, measure=rate, what="Felt heard")
    assert [one.total for one in plan_totals(CANDOUR, organisation=house.office.pk)] == [50, None]


def test_the_end_is_told_with_its_interview_and_each_decision(house: House) -> None:
    whole(house)
    send(
        house, "exit/", {"on": "15/6/2026", "present": "The lead", "notes": "It went well", "lessons": "Ask for nights"}
    )
    decide = {"follows": "recommission", "approver": "The board", "decision": "", "reason": "The need has not fallen"}
    assert problems(send(house, "next/", decide | {"follows": ""})) == {"follows-0": "Choose what comes next"}
    send(house, "next/", decide)
    text = said(get(house, HERE + "outcomes/"))
    for words in ("Ask for nights", "Commission it anew", "by The board", "After the exit interview"):
        assert words in text
    assert NextDecision.objects.get().decision is None


def test_measures_of_the_plan_are_added_on_a_page(house: House) -> None:
    answers = {
        "priority": "Victims",
        "name": "Made safe",
        "unit": "people",
        "adds_up": "yes",
        "target": "",
        "reason": "Plan",
    }
    shown = signed_in(house, "policy").post("/agreements/outcomes/new/", answers, follow=True)
    assert "Made safe" in said(shown)
    assert "No agreement that you can see" in said(shown)
    again = signed_in(house, "policy").post("/agreements/outcomes/new/", answers)
    assert problems(again) == {"name": "This measure is there already: enter another"}


def test_what_follows_a_hidden_agreement_is_nowhere(house: House) -> None:
    it = asked(house, sensitivity="restricted", owner=house.posts["policy"], service="Safe house")
    brings(it, 40)
    for page in (*PAGES, "returns/receive/", "exit/"):
        answers = {
            get(house, f"/agreements/office/{ref}/{page}", "reader").status_code for ref in ("VS-2026-01", "VS-2026-09")
        }
        assert answers == {404}
    for address in LISTS:
        assert "Safe house" not in said(get(house, address, "reader"))
        assert "Safe house" in said(get(house, address))
    share(it.record, organisation=house.force, **BY)
    assert get(house, "/agreements/returns/?view=all", "force_reader").context["rows"] == []
    assert get(house, "/agreements/returns/?view=all", "reader").context["page"].count == 0


@pytest.mark.parametrize("address", [*(HERE + page for page in PAGES), *LISTS, "/", HERE])
def test_pages_ask_as_often_for_many_as_for_one(house: House, address: str) -> None:
    def more(number: int) -> None:
        it = asked(house, service=f"Service {number}")
        received(it)
        paid(it, 100)
        brings(it, 40)
        log = {"on": TODAY, "text": "Words", "severity": "low", "owner": house.posts["policy"], "due": TODAY}
        follow.raise_issue(it, **log, **BY)
        follow.hold_exit(it, on=TODAY, present="The lead", notes="Words", lessons="Words", **BY)
        of_agreements.decide_next(it, follows="extend", approver="The board", **BY)

    more(0)
    client = signed_in(house, "policy")
    client.get(address)
    first = questions(client, address)
    for number in range(1, 4):
        more(number)
    one = whole(house, service="Last")
    for place in range(3):
        brings(one, what=f"Outcome {place}")
    assert questions(client, address) == first
    assert first <= 12


def much(house: House) -> Agreement:
    """An agreement that something of every sort followed; some of it in effect since May, some since today."""
    it, may = asked(house), {"effective": date(2026, 5, 20)}
    received(it, spent=8_000_00, **may)
    of_agreements.pay(it, number="V1", on=date(2026, 4, 6), value=30_000_00, **(BY | may))
    follow.forecast(it, year="2026/27", value=90_000_00, **(BY | may))
    follow.ask_back(it, year="", value=2_000_00, by=date(2026, 9, 30), **(BY | may))
    follow.hold_meeting(it, on=date(2026, 5, 19), present="The lead", notes="Numbers fell", **(BY | may))
    log = {"on": date(2026, 5, 18), "severity": "high", "owner": house.posts["policy"], "due": date(2026, 6, 1)}
    issue = follow.raise_issue(it, text="No nurse", **log, **(BY | may))
    given = {"on": date(2026, 5, 18), "about": "Cover fell short", "response_due": date(2026, 6, 10)}
    notice = follow.give_notice(it, breach=False, **given, **(BY | may))
    made = follow.set_outcome(it, measure=a_measure(house.office), what="Made safe", **(BY | may))
    days = {"starts": date(2026, 4, 1), "ends": date(2026, 4, 30)}
    follow.report_outcome(made, amount=Decimal(40), **days, **(BY | may))
    follow.hold_exit(it, on=date(2026, 5, 20), present="The lead", notes="Words", lessons="Ask early", **(BY | may))
    of_agreements.decide_next(it, follows="recommission", approver="The board", **(BY | may))
    follow.assess_return(returned(it), verdict="satisfactory", wanted="", due=None, **BY)
    follow.resolve_issue(issue, on=TODAY, **BY)
    follow.answer_notice(notice, on=TODAY, **BY)
    follow.raise_issue(it, text="No room", **log, **BY)
    paid(it, 10_000_00, on=TODAY, number="V2")
    brings(whole(house, service="Refuge"), 20, what="Made safe", share=50)
    return it


def test_the_history_gives_the_pages_of_today_what_the_tables_do(house: House) -> None:
    it, actor = much(house), house.actors["policy"]
    then = followed_then(it, actor=actor, day=TODAY, alike=True)
    assert then is not None
    assert then.returns == returns_of(it, today=TODAY)
    assert then.underspends == underspends_of(it, today=TODAY)
    spend = spend_of(it, value=it.value, ends=it.ends, underspends=then.underspends)
    assert money(then.spend, TODAY) == money(spend, TODAY)
    assert (then.meetings, then.notices) == (meetings_of(it), notices_of(it, today=TODAY))
    assert then.issues == issues_of(it, today=TODAY)
    assert outcomes_then(then) == outcomes_of(it, actor=actor)
    ended, live = ending_then(then, actor=actor), ending_of(it, actor=actor)
    assert ended.decisions == live.decisions
    assert [(one.on, one.lessons) for one in ended.exits] == [(one.on, one.lessons) for one in live.exits]
    asked_then, stands = then.schedule, schedule_of(it)
    assert asked_then is not None
    assert stands is not None
    assert (asked_then.asks, asked_then.every, asked_then.assessor) == (stands.asks, 1, str(stands.assessor))


def test_each_page_is_read_as_at_a_past_day_and_offers_no_change_there(house: House) -> None:
    much(house)
    may = "?as_at=1/6/2026"
    pages = {page: get(house, HERE + page + may) for page in PAGES}
    assert {page: shown.context["may"] for page, shown in pages.items()} == dict.fromkeys(PAGES, False)
    assert {row.state for row, _, _ in pages["returns/"].context["rows"]} >= {"To assess"}
    assert (pages["money/"].context["paid"], get(house, f"{HERE}money/").context["paid"]) == ("£30,000", "£40,000")
    shown = pages["meetings/"].context
    assert [(row.text, row.state) for row, _, _ in shown["issues"]] == [("No nurse", "Open")]
    assert [row.state for row, _ in shown["notices"]] == ["Waits for an answer"]
    assert [one["counted"] for one in pages["outcomes/"].context["outcomes"]] == ["40"]
    assert [one.lessons for one in pages["outcomes/"].context["exits"]] == ["Ask early"]
    for page in PAGES:
        assert "cannot be shown as at 1 January 2026" in said(get(house, f"{HERE}{page}?as_at=1/1/2026"))
        wrong = get(house, f"{HERE}{page}?as_at=32/1/2026")
        assert "is not a date" in said(wrong)
    assert f'href="{HERE}money/?as_at=2026-06-01"' in get(house, HERE + may).content.decode()


def test_what_was_restricted_then_or_is_now_is_not_told_of_a_past_day(house: House) -> None:
    it = much(house)
    assert get(house, f"{HERE}money/?as_at=1/6/2026", "reader").context["paid"] == "£30,000"
    of_agreements.restrict(it, sensitivity="restricted", effective=date(2026, 5, 25), **BY)
    of_agreements.restrict(it, sensitivity="office", **BY)
    for page in PAGES:
        assert "cannot be shown as at" in said(get(house, f"{HERE}{page}?as_at=1/6/2026", "reader"))
        assert "cannot be shown as at" not in said(get(house, f"{HERE}{page}?as_at=1/6/2026"))


@pytest.mark.parametrize("page", PAGES)
def test_a_past_day_asks_as_often_for_many_as_for_one(house: House, page: str) -> None:
    brings(asked(house), what="The first", effective=date(2026, 5, 20))
    client, address = signed_in(house, "policy"), f"{HERE}{page}?as_at=1/6/2026"
    client.get(address)
    first = questions(client, address)
    for number in range(3):
        it = Agreement.objects.select_related("record__organisation").get()
        if number < 2:
            received(it, number, effective=date(2026, 5, 20))
        it = Agreement.objects.select_related("record__organisation").get()
        brings(it, what=f"Outcome {number}", effective=date(2026, 5, 20))
    assert questions(client, address) == first
    assert first <= 12
