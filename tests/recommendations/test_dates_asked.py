"""New dates that owners ask for: asked, taken back, granted, refused, overtaken; as commands, pages and letters."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from candour.kernel.access import CANDOUR
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import entries_of, events
from candour.kernel.history.recording import recording
from candour.kernel.history.verify import verify
from candour.kernel.notices.models import Notice
from candour.kernel.records.commands import share
from candour.kernel.rules import Refused
from candour.recommendations import commands
from candour.recommendations.commands import Answer, Due, Owner, bring_back
from candour.recommendations.models import DateAsked, Recommendation
from candour.recommendations.queries import RecommendationRow, row_on
from candour.recommendations.queries.one import in_full, owners_of, recommendation_at
from tests.factories import NOW, TODAY, House
from tests.recommendations.factories import a_recommendation
from tests.risks.pages import questions, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW, "reason": "The supplier is late"}
LATER: dict[str, Any] = {"text": "30/9/26", "due": date(2026, 9, 30)}
LIST = "/recommendations/dates-asked/"


def opened(house: House, *targets: Due, **more: Any) -> Recommendation:
    owner = Owner(house.posts["owner"], targets or [Due("31 March 2026", date(2026, 3, 31))])
    return a_recommendation(house, **({"response": "accepted", "owners": [owner]} | more))


def asked(it: Recommendation, **more: Any) -> DateAsked:
    return commands.ask_date(owners_of(it)[0], **(SAID | LATER | more))


def shown(it: Recommendation) -> RecommendationRow:
    row = row_on(it.record, actor=CANDOUR, today=TODAY)
    assert row is not None
    return row


def place(it: Recommendation, end: str = "") -> str:
    part = owners_of(it)[0].pk
    return f"/recommendations/office/{it.record.reference}/{f'owners/{part}/{end}/' if end else ''}"


def last(it: Recommendation) -> tuple[str, str, str]:
    """The event, reason and approver of the newest entry."""
    (event,) = events(list(entries_of(it.record)[:1]))
    return event.event, event.reason, event.approver


def send(client: Any, address: str, **answers: str) -> Any:
    page = client.get(address)
    begun = {field.html_name: field.answer for field in page.context["form"].answers}
    return client.post(address, begun | answers)


# --- asking


def test_asking_changes_no_date_and_is_told(house: House) -> None:
    it = opened(house)
    asked(it)
    row = shown(it)
    assert (row.line.due, row.line.slips) == (date(2026, 3, 31), 0)
    waits = row.owners[0].asked
    assert waits is not None
    assert (waits.text, waits.due, waits.why, waits.asked_on) == (
        *("30/9/26", date(2026, 9, 30), "The supplier is late", TODAY),
    )
    assert last(it) == ("recommendation.date_asked", "The supplier is late", "")


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"reason": " "}, "reason", "Say why the date has to move"),
        ({"text": "", "due": None}, "due", "Enter the new date, or the words that stand for it"),
        (
            {"text": "31 March 2026", "due": date(2026, 3, 31)},
            "due",
            "‘31 March 2026’ is the date that stands: enter another, or leave without saving",
        ),
    ],
)
def test_asking_needs_a_reason_and_another_date(house: House, given: dict[str, Any], field: str, message: str) -> None:
    it = opened(house)
    with pytest.raises(Refused) as refused:
        asked(it, **given)
    assert (refused.value.field, refused.value.message, DateAsked.objects.count()) == (field, message, 0)


def test_one_date_is_asked_for_at_a_time(house: House) -> None:
    it = opened(house)
    waiting = asked(it)
    with pytest.raises(Refused) as refused:
        asked(it, text="1/10/26", due=date(2026, 10, 1))
    assert refused.value.message == "‘30/9/26’ is asked for already: take that back first"
    same = {"recommendation": it, "assignment": waiting.assignment, "text": "x", "why": "y", "asked_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic(), recording("x.y", it.record, actor=CANDOUR, at=NOW):
        DateAsked.objects.create(**same)
    commands.withdraw_date(waiting, **SAID)
    assert last(it) == ("recommendation.date_withdrawn", "The supplier is late", "")
    asked(it, text="1/10/26", due=date(2026, 10, 1))
    assert DateAsked.objects.count() == 2


def test_a_first_date_is_given_and_not_asked_for(house: House) -> None:
    it = a_recommendation(house, response="accepted", owners=[Owner(house.posts["owner"])])
    with pytest.raises(Refused) as refused:
        asked(it)
    assert refused.value.message.startswith("It has no date yet")


def test_no_date_is_asked_for_of_what_waits_for_the_panel_or_has_ended(house: House) -> None:
    it = opened(house)
    commands.propose_closure(it, case="Done", actor=CANDOUR, at=NOW)
    with pytest.raises(Refused):
        asked(it)


# --- answering


def test_a_granted_date_is_a_slip_with_the_owners_reason_and_who_agreed_it(house: House) -> None:
    it = opened(house)
    commands.answer_date(asked(it), answer="granted", approver="Audit Panel", actor=CANDOUR, at=NOW, reason="Fair")
    row = shown(it)
    line = row.owners[0].targets[-1]
    assert (row.line.due, row.line.slips, row.owners[0].asked) == (date(2026, 9, 30), 1, None)
    assert (line.text, line.why, line.approver, line.set_on) == (
        *("30/9/26", "The supplier is late", "Audit Panel", TODAY),
    )
    assert last(it) == ("recommendation.date_granted", "Fair", "Audit Panel")


def test_a_refused_date_leaves_the_ledger_as_it_was(house: House) -> None:
    it = opened(house)
    waiting = asked(it)
    commands.answer_date(waiting, answer="refused", actor=CANDOUR, at=NOW, reason="It was moved last month")
    assert (shown(it).line.due, shown(it).line.slips) == (date(2026, 3, 31), 0)
    assert last(it) == ("recommendation.date_refused", "It was moved last month", "")
    with pytest.raises(Refused) as refused:
        commands.answer_date(waiting, answer="granted", approver="Panel", actor=CANDOUR, at=NOW)
    assert refused.value.message == "It was answered on 15 June 2026: refused"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"answer": "granted"}, "approver"), ({"answer": "refused"}, "reason"), ({"answer": "perhaps"}, "answer")],
)
def test_granting_needs_an_approver_and_refusing_a_reason(house: House, given: dict[str, Any], field: str) -> None:
    waiting = asked(opened(house))
    with pytest.raises(Refused) as refused:
        commands.answer_date(waiting, actor=CANDOUR, at=NOW, **given)
    assert (refused.value.field, DateAsked.objects.get().answer, Notice.objects.count()) == (field, "", 0)


def test_the_owner_is_written_to_without_what_was_said(house: House) -> None:
    open_one = opened(house, title="Service the fleet", reference="A1")
    hidden = opened(house, title="Guard the vetting files", reference="A2", sensitivity="restricted")
    commands.answer_date(asked(open_one), answer="granted", approver="Panel", actor=CANDOUR, at=NOW)
    commands.answer_date(asked(hidden), answer="refused", reason="A secret reason", actor=CANDOUR, at=NOW)
    one, other = Notice.objects.order_by("pk")
    assert ({one.to, other.to}, "A1 Service the fleet" in one.text) == ({house.posts["owner"]}, True)
    assert ("A2" in other.text, "vetting" in other.text, "secret" in other.text) == (True, False, False)
    assert other.subject == "Your request for a new date was refused"


def test_a_date_that_is_set_otherwise_overtakes_what_was_asked_for(house: House) -> None:
    it, other = opened(house), opened(house)
    asked(it)
    (part,) = owners_of(it)
    commands.slip(part, text="1/8/26", due=date(2026, 8, 1), approver="Audit Panel", **SAID)
    waiting = asked(other)
    other.record.refresh_from_db()
    back = Answer(
        other.pk, other.record.head_sequence, waiting.assignment_id,
        date=Due("1/8/26", date(2026, 8, 1), why="Later", approver="Audit Panel"),
    )  # fmt: skip
    bring_back([back], **SAID)
    assert list(DateAsked.objects.values_list("answer", "answered_on")) == [("overtaken", TODAY)] * 2
    assert (shown(it).owners[0].asked, verify().failure) == (None, "")


def test_a_past_day_shows_what_was_asked_for_then(house: House) -> None:
    it = opened(house)
    waiting = asked(it)
    commands.answer_date(waiting, answer="refused", actor=CANDOUR, at=NOW.replace(day=20), reason="No")
    then = row_on(it.record, actor=CANDOUR, today=TODAY, as_at=TODAY)
    before = row_on(it.record, actor=CANDOUR, today=TODAY, as_at=date(2026, 6, 14))
    assert then is not None
    assert before is not None
    assert (then.owners[0].asked is not None, before.owners[0].asked) == (True, None)


def test_the_live_row_and_the_row_of_the_day_say_the_same(house: House) -> None:
    it = opened(house, Due("31 March 2026", date(2026, 3, 31)), Due("TBC"))
    asked(it)
    live = in_full(recommendation_at("office", it.record.reference, actor=CANDOUR), today=TODAY)
    assert live.owners == shown(it).owners


# --- pages


def test_an_owner_asks_and_the_liaison_grants(house: House) -> None:
    it = opened(house, title="Service the fleet")
    owner, liaison = signed_in(house, "owner"), signed_in(house, "policy")
    assert "Ask for a new date" in said(owner.get(place(it)))
    answer = send(owner, place(it, "ask-date"), due="30 September 2026", reason="The supplier is late")
    assert (answer.status_code, answer.url) == (302, f"{place(it)}#ledger")
    page = said(owner.get(place(it)))
    assert "Date asked for 30 September 2026 , since 15 June 2026" in page
    assert ("Take the request back" in page, "Grant or refuse it" in page) == (True, False)
    listed = said(liaison.get(LIST))
    assert "1 waits for an answer" in listed
    assert "31 March 2026 31 March 2026 30 September 2026 183 days later The supplier is late 15 June 2026" in listed
    answer = send(liaison, place(it, "answer-date"), answer="granted", approver="Audit Panel")
    assert answer.url == LIST
    assert (shown(it).line.due, "No new date is asked for" in said(liaison.get(LIST))) == (date(2026, 9, 30), True)


def test_the_list_names_what_granting_would_flag_to_the_panel(house: House) -> None:
    asked(opened(house, Due("1 May 2025", date(2025, 5, 1)), Due("1 May 2026", date(2026, 5, 1))))
    assert "slipped 1 time" in (page := said(signed_in(house, "policy").get(LIST)))
    assert "would be named to the panel" in page


def test_an_owner_takes_a_request_back(house: House) -> None:
    it = opened(house)
    asked(it)
    answer = send(signed_in(house, "owner"), place(it, "withdraw-date"), reason="It will be kept after all")
    assert (answer.status_code, DateAsked.objects.get().answer) == (302, "withdrawn")


def test_saying_that_the_date_has_to_move_leads_an_owner_to_ask_and_the_liaison_to_set_it(house: House) -> None:
    it = opened(house)
    given = {"achieved": "Half", "left": "Half", "barriers": "The supplier", "closure": "move"}
    assert send(signed_in(house, "owner"), place(it) + "update/", **given).url == place(it, "ask-date")
    assert send(signed_in(house, "policy"), place(it) + "update/", **given).url == place(it, "date")


def test_pages_without_a_date_that_waits_lead_back_and_say_so(house: House) -> None:
    it = opened(house)
    client = signed_in(house, "policy")
    for end in ("answer-date", "withdraw-date"):
        response = client.get(place(it, end), follow=True)
        assert (response.redirect_chain[-1][0], "No new date is asked for" in said(response)) == (place(it), True)
    asked(it)
    assert "is asked for already" in said(client.get(place(it, "ask-date"), follow=True))


def test_an_owner_may_not_grant(house: House) -> None:
    it = opened(house)
    asked(it)
    client = signed_in(house, "owner")
    assert (client.get(place(it, "answer-date")).status_code, client.get(LIST).status_code) == (404, 404)


def test_the_timeline_tells_what_was_asked_and_answered(house: House) -> None:
    it = opened(house)
    commands.answer_date(asked(it), answer="granted", approver="Audit Panel", actor=CANDOUR, at=NOW)
    page = said(signed_in(house, "policy").get(place(it)))
    assert "New date asked for Asked for 30 September 2026." in page
    assert "New date granted New date 30 September 2026, as ‘30/9/26’." in page
    history = said(signed_in(house, "policy").get(f"{place(it)}history/?kind=dates"))
    assert ("New date asked for" in history, "New date granted" in history) == (True, True)


def test_the_pages_ask_as_much_at_any_size_and_twelve_times_at_most(house: House) -> None:
    it = opened(house)
    client = signed_in(house, "policy")
    asked(it)
    addresses = [LIST, place(it), f"{place(it)}?as_at=2026-06-14"]
    before = [questions(client, address) for address in addresses]
    for _ in range(3):
        asked(opened(house))
    assert [questions(client, address) for address in addresses] == before
    assert max(before) <= 12


def test_a_restricted_request_leaves_no_trace_for_who_may_not_see_it(house: House) -> None:
    hidden = opened(house, title="Guard the vetting files", sensitivity="restricted")
    asked(hidden, reason="A secret reason")
    assert "Guard the vetting files" in said(signed_in(house, "policy").get(LIST))
    for actor in ("reader", "owner"):
        client = signed_in(house, actor)
        pages = [said(client.get(address)) for address in ("/recommendations/", "/recommendations/mine/", "/history/")]
        assert [word for page in pages for word in ("vetting", "secret") if word in page] == (
            [] if actor == "reader" else ["vetting", "vetting", "vetting", "secret"]  # its lead owner sees it
        )


def test_another_body_sees_what_is_shared_and_grants_none_of_it(house: House) -> None:
    it = opened(house)
    asked(it)
    share(it.record, organisation=house.force, actor=CANDOUR, at=NOW, reason="Both")
    client = signed_in(house, "force_policy")
    assert ("No new date is asked for" in said(client.get(LIST)), client.get(place(it)).status_code) == (True, 200)
    assert client.get(place(it, "answer-date")).status_code == 403
    assert Entry.objects.filter(event="recommendation.date_granted").count() == 0
