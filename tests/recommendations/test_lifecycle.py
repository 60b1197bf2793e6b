"""The life of a recommendation, verb by verb."""

from datetime import date
from typing import Any

import pytest

from candour.boards.models import Decision
from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.verify import verify
from candour.kernel.rules import Refused
from candour.recommendations import commands
from candour.recommendations.commands import Due, Owner
from candour.recommendations.models import Recommendation, Target
from candour.recommendations.queries import RecommendationRow, row_on
from candour.recommendations.queries.one import owners_of
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation

pytestmark = pytest.mark.django_db
BY: dict[str, Any] = {"actor": CANDOUR, "at": NOW}
SAID: dict[str, Any] = BY | {"reason": "For a test"}
PANEL: dict[str, Any] = {"board": "Audit Panel", "met_on": TODAY, "minute": "41", "resolved": "As proposed."}


def shown(it: Recommendation) -> RecommendationRow:
    row = row_on(it.record, actor=CANDOUR, today=TODAY)
    assert row is not None
    return row


def opened(house: House, *targets: Due, **more: Any) -> Recommendation:
    """An accepted recommendation of one owner with its dates."""
    owner = Owner(house.posts["owner"], targets or [Due("31 March 2026", date(2026, 3, 31))])
    return a_recommendation(house, **({"response": "accepted", "owners": [owner]} | more))


def proposed(house: House) -> Recommendation:
    it = opened(house)
    commands.propose_closure(it, case="The procedure is signed off.", by=house.posts["owner"], **BY)
    return it


def closed(house: House) -> Recommendation:
    it = proposed(house)
    commands.decide_closure(it, answer="agreed", **PANEL, **SAID)
    return it


def last(it: Recommendation) -> tuple[str, str, str]:
    """The event, reason and approver of the newest entry."""
    (event,) = events(list(entries_of(it.record)[:1]))
    return event.event, event.reason, event.approver


def test_it_awaits_a_response_until_the_body_has_answered(house: House) -> None:
    it = opened(house, response="")
    assert shown(it).status == "Awaiting Response"
    commands.respond(
        it, response="in part", response_text="All but the last point.", approver="Chief Executive", **SAID
    )
    assert (shown(it).status, shown(it).line.response) == ("Overdue", "in part")
    assert last(it) == ("recommendation.responded", "For a test", "Chief Executive")


def test_not_accepting_it_ends_it_and_reopening_asks_for_a_response_again(house: House) -> None:
    it = opened(house, response="")
    commands.respond(it, response="not accepted", response_text="It costs too much.", **SAID)
    assert (shown(it).status, shown(it).stage) == ("Not Accepted", "ended")
    commands.reopen(it, **SAID)
    assert (shown(it).status, shown(it).line.closed_on) == ("Awaiting Response", None)


def test_a_slip_keeps_the_original_date_and_is_counted(house: House) -> None:
    it = opened(house)
    (owner,) = owners_of(it)
    commands.slip(owner, text="30/9/26", due=date(2026, 9, 30), approver="Audit Panel", **SAID)
    row = shown(it)
    assert (row.line.original_due, row.line.due, row.line.slips, row.flagged) == (
        *(date(2026, 3, 31), date(2026, 9, 30), 1, False),
    )
    assert (row.late.original, row.late.current) == (76, 0)
    assert last(it) == ("recommendation.slipped", "For a test", "Audit Panel")


def test_a_second_slip_is_flagged_and_words_are_kept_and_flagged(house: House) -> None:
    it = opened(house)
    (owner,) = owners_of(it)
    commands.slip(owner, text="30 June 2026", due=date(2026, 6, 30), approver="Audit Panel", **SAID)
    commands.slip(owner, text="when the  supplier allows", approver="Audit Panel", **SAID)
    row = shown(it)
    assert (row.line.slips, row.flagged, row.line.in_words, row.printed_target, row.status) == (
        *(2, True, True, "when the supplier allows", "No Date"),
    )


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"reason": " "}, "reason", "Say why the date moves"),
        ({"approver": " "}, "approver", "Enter the board or post that agreed the new date"),
        ({"text": "", "due": None}, "due", "Enter the new date, or the words that stand for it"),
        (
            {"text": "31 March 2026", "due": date(2026, 3, 31)},
            "due",
            "‘31 March 2026’ is the date that stands: enter another, or leave without saving",
        ),
    ],
)
def test_a_slip_needs_a_reason_an_approver_and_a_new_date(
    house: House, given: dict[str, Any], field: str, message: str
) -> None:
    (owner,) = owners_of(opened(house))
    whole: dict[str, Any] = {"text": "30/9/26", "due": date(2026, 9, 30), "approver": "Panel"}
    with pytest.raises(Refused) as refused:
        commands.slip(owner, **(SAID | whole | given))
    assert (refused.value.field, refused.value.message) == (field, message)
    assert Target.objects.count() == 1


def test_the_first_date_that_an_owner_is_given_is_the_original_and_no_slip(house: House) -> None:
    it = opened(house, owners=[Owner(house.posts["owner"])])
    (owner,) = owners_of(it)
    commands.slip(owner, text="", due=date(2026, 9, 30), approver="", **SAID)
    assert (shown(it).line.original_due, shown(it).line.slips) == (date(2026, 9, 30), 0)
    assert last(it)[0] == "recommendation.dated"


def test_a_line_of_the_ledger_is_never_changed(house: House) -> None:
    opened(house)
    target = Target.objects.get()
    target.due = date(2030, 1, 1)
    with pytest.raises(ValueError, match="never changed"):
        target.save()


def test_each_owner_has_a_ledger_and_the_earliest_date_counts(house: House) -> None:
    it = opened(house, Due("30 September 2026", date(2026, 9, 30)))
    commands.add_owner(it, owner=house.posts["chief"], text="", due=date(2026, 7, 31), **SAID)
    row = shown(it)
    assert [(owner.owner, owner.current.text if owner.current else "") for owner in row.owners] == [
        ("Head of Communications", "30 September 2026"),
        ("Chief Executive", "31 July 2026"),
    ]
    assert (row.line.owners, row.line.due, row.owner) == (2, date(2026, 7, 31), "Head of Communications")


def test_naming_the_owner_of_one_without_keeps_its_date(house: House) -> None:
    it = opened(house, owners=[Owner(None, [Due("31 March 2026", date(2026, 3, 31))])])
    commands.add_owner(it, owner=house.posts["chief"], text="", **SAID)
    (owner,) = shown(it).owners
    assert (owner.owner, [target.text for target in owner.targets], shown(it).owner) == (
        *("Chief Executive", ["31 March 2026"], "Chief Executive"),
    )


def test_handing_over_takes_the_ledger_along_and_the_lead_follows(house: House) -> None:
    it = opened(house)
    (owner,) = owners_of(it)
    commands.hand_over(owner, owner=house.posts["finance"], **SAID)
    (row,) = shown(it).owners
    assert (row.owner, row.slips, shown(it).owner) == ("Chief Finance Officer", 0, "Chief Finance Officer")


def test_a_part_ends_only_while_somebody_else_answers(house: House) -> None:
    it = opened(house)
    (first,) = owners_of(it)
    with pytest.raises(Refused, match="Somebody must answer for it"):
        commands.hand_over(first, owner=None, **SAID)
    second = commands.add_owner(it, owner=house.posts["chief"], text="", due=date(2026, 12, 31), **SAID)
    commands.hand_over(owners_of(it)[0], owner=None, **SAID)
    assert ([owner.pk for owner in shown(it).owners], shown(it).owner) == ([second.pk], "Chief Executive")
    assert shown(it).line.original_due == date(2026, 12, 31)


def test_a_post_answers_once(house: House) -> None:
    it = opened(house)
    with pytest.raises(Refused, match="answers for it already"):
        commands.add_owner(it, owner=house.posts["owner"], text="", **SAID)


def test_an_update_answers_the_four_questions(house: House) -> None:
    it = opened(house)
    commands.record_update(it, period="June 2026", achieved="Half of it", left="The rest", barriers="None", **BY)
    (update,) = shown(it).updates
    assert (update.period, update.dated, update.achieved, update.left, update.barriers, update.proposes_closure) == (
        *("June 2026", TODAY, "Half of it", "The rest", "None", False),
    )
    assert shown(it).line.last_update == TODAY


def test_an_update_that_says_nothing_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="Say what has been achieved"):
        commands.record_update(opened(house), achieved=" ", **BY)


def test_an_update_may_propose_closure_in_the_same_entry(house: House) -> None:
    it = opened(house)
    said: dict[str, Any] = {
        "achieved": "All of it",
        "left": "Nothing",
        "by": house.posts["owner"],
        "evidence": "A file",
    }
    commands.record_update(it, proposes_closure=True, **said, **BY)
    row = shown(it)
    assert (row.status, row.closure and (row.closure.case, row.closure.proposed_by)) == (
        *("Proposed Closed", ("All of it", "Head of Communications")),
    )
    assert last(it)[0] == "recommendation.closure_proposed"


def test_closure_is_not_proposed_before_the_body_has_answered(house: House) -> None:
    it = opened(house, response="")
    with pytest.raises(Refused, match="Say first whether it is accepted"):
        commands.record_update(it, achieved="All of it", proposes_closure=True, **BY)
    with pytest.raises(Refused, match="Say first whether it is accepted"):
        commands.propose_closure(it, case="All of it", **BY)


def test_a_proposal_may_be_taken_back_until_the_panel_answers(house: House) -> None:
    it = proposed(house)
    commands.withdraw_closure(it, **SAID)
    assert (shown(it).status, shown(it).closure) == ("Overdue", None)
    with pytest.raises(Refused, match="propose to close it first"):
        commands.withdraw_closure(it, **SAID)


def test_the_panel_agrees_by_a_decision_and_it_is_closed_that_day(house: House) -> None:
    it = closed(house)
    row = shown(it)
    assert (row.status, row.line.closed_on, row.line.outcome) == ("Closed", TODAY, "closed")
    assert row.closure
    assert row.closure.decision == "Audit Panel, 15 June 2026, minute 41"
    assert last(it) == ("recommendation.closed", "For a test", "Audit Panel, 15 June 2026, minute 41")


def test_several_closures_rest_on_one_decision(house: House) -> None:
    closed(house)
    closed(house)
    assert (Decision.objects.count(), Decision.objects.get().closures.count()) == (1, 2)


def test_the_panel_sends_back_until_the_owner_has_answered_again(house: House) -> None:
    it = opened(house, Due("30 September 2026", date(2026, 9, 30)))
    at_first: dict[str, Any] = {"case": "Done", "effective": date(2026, 4, 1)}
    commands.propose_closure(it, **at_first, **BY)
    sent = PANEL | {"met_on": date(2026, 4, 23)}
    commands.decide_closure(it, answer="sent back", **sent, **BY, reason="Show the signed procedure")
    row = shown(it)
    assert (row.status, row.stage, row.line.sent_back_on) == ("Sent Back", "open", date(2026, 4, 23))
    assert row.closure
    assert row.closure.why == "Show the signed procedure"
    commands.record_update(it, achieved="It is signed now", **BY)
    assert (shown(it).status, shown(it).line.sent_back_on) == ("Open", None)


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"answer": "maybe"}, "answer", "Choose what the board decided"),
        ({"answer": "sent back", "reason": ""}, "reason", "Say what the board asks for before it will agree"),
        (
            {"met_on": date(2026, 6, 1)},
            "met_on",
            "It was proposed on 15 June 2026: enter a meeting on or after it",
        ),
        ({"board": ""}, "board", "Enter the board that resolved it"),
    ],
)
def test_a_panels_decision_is_refused_with_how_to_mend_it_and_leaves_nothing(
    house: House, given: dict[str, Any], field: str, message: str
) -> None:
    it = proposed(house)
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        commands.decide_closure(it, **({"answer": "agreed"} | PANEL | SAID | given))
    assert (refused.value.field, refused.value.message) == (field, message)
    assert (Entry.objects.count(), Decision.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("implemented", "Verified"), ("in part", "Fell Short"), ("not", "Fell Short"), ("superseded", "Superseded")],
)
def test_the_auditor_verifies_a_closed_one_and_it_stays_closed(house: House, verdict: str, status: str) -> None:
    it = closed(house)
    commands.verify_closure(it, verdict=verdict, approver="Internal Auditor", **SAID)
    assert (shown(it).status, shown(it).line.verdict, shown(it).stage) == (status, verdict, "closed")


def test_what_is_not_closed_cannot_be_verified(house: House) -> None:
    with pytest.raises(Refused, match="It is open: propose to close it first"):
        commands.verify_closure(opened(house), verdict="implemented", **SAID)


def test_a_closed_one_is_reopened_with_its_dates_as_they_were(house: House) -> None:
    it = closed(house)
    commands.verify_closure(it, verdict="not", **SAID)
    commands.reopen(it, approver="Audit Panel", **SAID)
    row = shown(it)
    assert (row.status, row.closure, row.line.verdict, row.line.due) == ("Overdue", None, "", date(2026, 3, 31))
    assert last(it) == ("recommendation.reopened", "For a test", "Audit Panel")
    commands.propose_closure(it, case="This time it is done", **BY)
    assert shown(it).status == "Proposed Closed"


@pytest.mark.parametrize(("outcome", "status"), [("risk accepted", "Risk Accepted"), ("superseded", "Superseded")])
def test_it_may_end_without_being_done(house: House, outcome: str, status: str) -> None:
    it = proposed(house)
    commands.end(it, outcome=outcome, approver="Chief Executive", **SAID)
    assert (shown(it).status, shown(it).stage) == (status, "ended")
    commands.reopen(it, **SAID)
    assert (shown(it).status, shown(it).stage) == ("Overdue", "open")


def test_ending_it_needs_an_approver_and_an_outcome_that_is_no_closure(house: House) -> None:
    it = opened(house)
    with pytest.raises(Refused, match="Enter the board or post that agreed it"):
        commands.end(it, outcome="superseded", approver="", **SAID)
    with pytest.raises(Refused, match="Choose how it ends"):
        commands.end(it, outcome="closed", approver="Panel", **SAID)


def test_what_has_ended_takes_no_update_slip_or_second_closure(house: House) -> None:
    it = closed(house)
    (owner,) = owners_of(it)
    with pytest.raises(Refused, match="reopen it first"):
        commands.record_update(it, achieved="More", **BY)
    with pytest.raises(Refused, match="reopen it first"):
        commands.slip(owner, text="TBC", approver="Panel", **SAID)
    with pytest.raises(Refused, match="reopen it first"):
        commands.propose_closure(it, case="Again", **BY)


def test_marking_a_repeat_moves_the_age_of_all_that_repeat_it(house: House) -> None:
    first = a_recommendation(house, reference="T1", reported_on=date(2018, 5, 1))
    second = a_recommendation(house, reference="T2", reported_on=date(2021, 5, 1))
    third = a_recommendation(house, reference="T3", reported_on=date(2025, 5, 1), repeat_of=second.record)
    commands.mark_repeat(second, repeat_of=first.record, **SAID)
    assert [shown(it).line.first_reported for it in (second, third)] == [date(2018, 5, 1)] * 2
    assert [last(it)[0] for it in (second, third)] == ["recommendation.repeat_marked"] * 2
    assert verify().failure == ""


def test_a_repeat_of_itself_of_a_later_one_or_in_a_ring_is_refused(house: House) -> None:
    first = a_recommendation(house, reported_on=date(2018, 5, 1))
    second = a_recommendation(house, reported_on=date(2021, 5, 1), repeat_of=first.record)
    with pytest.raises(Refused, match="this is itself, or repeats it"):
        commands.mark_repeat(first, repeat_of=first.record, **SAID)
    with pytest.raises(Refused, match="this is itself, or repeats it"):
        commands.mark_repeat(first, repeat_of=second.record, **SAID)
    later = a_recommendation(house, reported_on=date(2025, 5, 1))
    with pytest.raises(Refused, match="this was reported after it"):
        commands.mark_repeat(second, repeat_of=later.record, **SAID)


def test_wording_and_who_may_see_it_change_with_a_reason(house: House) -> None:
    it = opened(house)
    commands.change_wording(it, title="Better  words", text="Do it", finding="Found", risk="Harm", **SAID)
    commands.restrict(it, sensitivity="restricted", **SAID)
    row = shown(it)
    assert (row.title, row.text, row.finding, row.risk, row.restricted) == (
        "Better words",
        "Do it",
        "Found",
        "Harm",
        True,
    )
    with pytest.raises(Refused, match="Enter a heading"):
        commands.change_wording(it, title="", text="", finding="", risk="", **SAID)


def test_the_whole_life_can_be_read_as_it_stood_and_the_history_holds(house: House) -> None:
    it = closed(house)
    commands.verify_closure(it, verdict="implemented", **SAID)
    live, then = (row_on(it.record, actor=CANDOUR, today=TODAY, as_at=day) for day in (None, TODAY))
    assert live == then
    before = row_on(it.record, actor=CANDOUR, today=TODAY, as_at=date(2026, 2, 1))
    assert before
    assert (before.status, before.closures) == ("Open", ())
    assert verify().failure == ""
