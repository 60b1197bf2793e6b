"""Update cycles: what is asked of whom, how answers stand, what goes out by e-mail, and what a link opens."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from candour.kernel.access import CANDOUR
from candour.kernel.establishment.commands import appoint, cover_post, end_appointment, place_post
from candour.kernel.history.models import Entry
from candour.kernel.history.recording import recording
from candour.kernel.history.verify import verify
from candour.kernel.notices.commands import Letter, send, send_again, write
from candour.kernel.notices.models import Notice
from candour.kernel.notices.queries import unknown
from candour.kernel.people.models import Appointment
from candour.kernel.rules import Refused
from candour.recommendations import commands
from candour.recommendations.commands.letters import owing
from candour.recommendations.commands.reminding import write_reminders
from candour.recommendations.models import AnswerDraft, AnswerLink, Ask, Closure, Cycle, Update
from candour.recommendations.queries.cycles import asks_of
from candour.recommendations.queries.one import owners_of
from tests.factories import NOW, TODAY, House
from tests.recommendations.cycling import BY, DUE, april, asked_about, token, with_addresses
from tests.recommendations.mailing import Box, mail, words
from tests.risks.pages import questions, said, signed_in
from tests.standing import standing

__all__ = ["mail"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
ANSWERS = {"achieved": "The last vehicle was serviced in May", "left": "nothing", "barriers": "none", "closure": "no"}


@standing
def cycle(house: House) -> Cycle:
    return april(house)


def at(day: date) -> datetime:
    return NOW + (day - TODAY)


def states(cycle: Cycle, today: date = TODAY) -> dict[tuple[str, str], str]:
    rows = asks_of(cycle, actor=CANDOUR, today=today)
    return {(row.reference, row.ask.post.title): row.state for row in rows}


def ask(cycle: Cycle, reference: str, post: str) -> Ask:
    rows = Ask.objects.select_related("recommendation__record", "cycle", "post", "answer")
    return rows.get(cycle=cycle, recommendation__record__reference=reference, post__title=post)


def answered(cycle: Cycle, reference: str, post: str, **more: str) -> Update:
    return commands.answer(ask(cycle, reference, post), answers=ANSWERS | more, **BY)


def sent(token: str, it: Ask, **more: Any) -> Any:
    """The form of a link as it was opened, sent with these answers."""
    client = Client()
    place = f"/recommendations/answer/{token}/{it.pk}/"
    begun = {field.html_name: field.answer for field in client.get(place).context["form"].answers}
    begun.pop("file")
    return client.post(place, begun | ANSWERS | more, follow=True)


COMMS, FINANCE, CHIEF = "Head of Communications", "Chief Finance Officer", "Chief Executive"


def test_opening_a_cycle_asks_every_owner_of_what_is_open_and_writes_to_each_post_once(
    house: House, cycle: Cycle
) -> None:
    assert states(cycle) == {
        ("A4", CHIEF): "none",
        ("A2", FINANCE): "none",
        ("A3", FINANCE): "none",
        ("A1", COMMS): "none",
        ("A2", COMMS): "none",
    }
    assert sorted(Notice.objects.values_list("to__title", flat=True)) == [CHIEF, FINANCE, COMMS]
    events = Entry.objects.filter(event__in=["recommendation.asked", "cycle.opened", "cycle.links_made"])
    assert sorted(events.values_list("event", flat=True)) == [
        "cycle.links_made",
        "cycle.opened",
        *["recommendation.asked"] * 4,
    ]
    assert verify().failure == ""


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"due": TODAY - timedelta(days=1)}, "Enter today or a day to come"),
        ({"name": " "}, "Enter what the panel’s paper will call the period, for example April 2026"),
        ({"name": "April 2026"}, "There was a cycle called April 2026 already: enter another name"),
        ({"name": "July 2026"}, "The April 2026 cycle is still open: close it first"),
        ({"organisation": "force"}, "Nothing that is open has an owner to ask: choose others, or name owners first"),
    ],
)
def test_a_cycle_that_cannot_be_is_refused(house: House, cycle: Cycle, more: dict[str, Any], message: str) -> None:
    if "organisation" in more:
        more = {"organisation": house.force}
    with pytest.raises(Refused, match=re.escape(message)):
        commands.open_cycle(**({"organisation": house.office, "name": "July 2026", "due": DUE} | more), **BY)
    assert Cycle.objects.count() == 1


def test_every_owner_of_a_restricted_recommendation_is_asked_and_who_owns_it_no_more_is_not_reminded(
    house: House,
) -> None:
    with_addresses(house)
    it = asked_about(house, "A9", "policy", "owner", sensitivity="restricted")
    asked_about(house, "A8", "owner")
    cycle = commands.open_cycle(organisation=house.office, name="April 2026", due=DUE, **BY)
    assert states(cycle) == {
        ("A9", "Policy and Compliance Officer"): "none", ("A9", COMMS): "none", ("A8", COMMS): "none"
    }  # fmt: skip
    first = Client().get(f"/recommendations/answer/{token(cycle, house, 'owner')}/?list=")
    commands.hand_over(owners_of(it)[1], owner=None, reason="It is the policy officer's alone", **BY)
    then = Client().get(f"/recommendations/answer/{token(cycle, house, 'owner')}/?list=")
    assert ("A9" in said(first), "A9" in said(then), "A8" in said(then)) == (True, False, True)
    owed = owing(cycle, today=TODAY)
    references = {post: [row.reference for row in rows] for post, rows in owed.items()}
    assert references == {house.posts["policy"].pk: ["A9"], house.posts["owner"].pk: ["A8"]}


def test_an_answer_stands_as_its_checks_and_its_day_say(house: House, cycle: Cycle) -> None:
    answered(cycle, "A1", COMMS)
    answered(cycle, "A2", FINANCE, left="Half of it", closure="yes")
    late = DUE + timedelta(days=1)
    assert states(cycle, late) == {
        ("A4", CHIEF): "late",
        ("A2", FINANCE): "thin",
        ("A3", FINANCE): "late",
        ("A1", COMMS): "answered",
        ("A2", COMMS): "answered",  # the closure that the other owner proposed waits for the panel
    }
    row = next(row for row in asks_of(cycle, actor=CANDOUR, today=TODAY) if row.state == "thin")
    assert [check.code for check in row.failed] == ["evidence", "finished"]


def test_an_update_on_the_usual_page_answers_what_is_asked_of_its_post_alone(house: House, cycle: Cycle) -> None:
    it = ask(cycle, "A2", FINANCE)
    commands.record_update(it.recommendation, achieved="Done", left="nothing", barriers="none", by=it.post, **BY)
    assert (states(cycle)["A2", FINANCE], states(cycle)["A2", COMMS]) == ("answered", "none")


def test_an_answer_sent_back_is_asked_for_again_with_its_closure_taken_back(house: House, cycle: Cycle) -> None:
    answered(cycle, "A1", COMMS, closure="yes")
    again = DUE + timedelta(days=7)
    commands.send_back(ask(cycle, "A1", COMMS), due=again, reason="Name the file", **BY)
    assert (states(cycle)["A1", COMMS], Closure.objects.get().lapsed_on) == ("none", TODAY)
    letter = Notice.objects.latest("pk")
    assert (letter.to.title, letter.subject) == (COMMS, "April 2026: an answer was sent back")
    assert "- A1 Service the fleet\n" in letter.text
    assert "A2" not in letter.text
    with pytest.raises(Refused, match="There is no answer to send back"):
        commands.send_back(ask(cycle, "A1", COMMS), due=again, reason="Again", **BY)
    assert states(cycle, DUE + timedelta(days=3))["A1", COMMS] == "none"
    assert verify().failure == ""


# What goes out.


def test_each_post_gets_one_mail_with_all_that_is_asked_and_nothing_restricted(
    house: House, cycle: Cycle, mail: Box
) -> None:
    assert (send(at=NOW).sent, send(at=NOW).sent) == (3, 0)
    assert sorted(mail.to) == ["chief@mereford.example", "finance@mereford.example", "owner@mereford.example"]
    letter = next(each for each in mail.messages if each["To"].startswith("finance"))
    text = words(letter)
    assert letter["Subject"] == "April 2026: please answer by 30 June 2026"
    assert "- A2 Map the key posts\n- A3\n" in text
    assert f"https://candour.example/recommendations/answer/{token(cycle, house, 'finance')}/" in text
    assert "vetting" not in str(letter)
    assert "Finance" not in text.replace("Chief Finance Officer", "")  # the person of that name is named nowhere


def test_a_server_that_fails_keeps_the_notice_with_its_error_until_it_takes_it(
    house: House, cycle: Cycle, mail: Box
) -> None:
    mail.down = True
    failed = send(at=NOW)
    assert (failed.sent, failed.kept) == (0, 3)
    assert "Try again later" in Notice.objects.first().error  # type: ignore[union-attr]
    mail.down, mail.busy = False, {"chief@mereford.example"}
    assert (send(at=NOW).sent, send(at=NOW).kept) == (2, 1)
    mail.busy = set()
    assert (send(at=NOW).sent, len(mail.messages)) == (1, 3)
    assert set(Notice.objects.values_list("error", flat=True)) == {""}


def test_no_server_at_all_keeps_everything(house: House, cycle: Cycle, mail: Box, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    assert send(at=NOW).kept == 3
    assert set(Notice.objects.values_list("sent_at", "sending_at", "tries")) == {(None, None, 1)}


def test_what_a_run_was_sending_when_it_died_is_never_sent_again_by_itself(
    house: House, cycle: Cycle, mail: Box
) -> None:
    Notice.objects.filter(to=house.posts["chief"]).update(sending_at=NOW)
    assert (send(at=NOW).sent, [notice.to.title for notice in unknown()]) == (2, [CHIEF])
    assert (send_again(), send(at=NOW).sent) == (1, 1)


def test_a_notice_is_written_in_a_transaction_and_once_for_one_thing(house: House) -> None:
    letter = Letter("one", house.posts["chief"], "Subject", "Text")
    with transaction.atomic():
        assert (write([letter, letter], at=NOW), write([letter], at=NOW)) == (1, 0)


def test_a_post_that_nobody_holds_keeps_its_notice_and_says_so(house: House, cycle: Cycle, mail: Box) -> None:
    held = Appointment.objects.get(post=house.posts["chief"])
    end_appointment(held, ends=TODAY - timedelta(days=1), reason="Left", **BY)
    assert send(at=NOW).error == "Nobody with an e-mail address holds the post Chief Executive"


def test_reminders_go_before_and_after_the_due_day_and_then_to_the_line_each_once(
    house: House, cycle: Cycle, mail: Box
) -> None:
    said: dict[str, Any] = {"directorate": "", "answers_to": house.posts["chief"], "reason": "As the chart has it"}
    place_post(house.posts["owner"], **said, **BY)
    for reference, post in (("A2", FINANCE), ("A3", FINANCE), ("A4", CHIEF), ("A1", COMMS)):
        answered(cycle, reference, post)
    send(at=NOW)
    written = {}
    for days in range(-8, 10):
        day = DUE + timedelta(days=days)
        if found := write_reminders(at(day)):
            written[days] = found
        assert write_reminders(at(day)) == 0
    assert written == {-5: 1, 1: 1, 7: 1}
    mail.messages.clear()
    assert send(at=at(DUE + timedelta(days=9))).sent == 3
    assert [(m["To"], m["Subject"]) for m in mail.messages] == [
        ("owner@mereford.example", "April 2026: answers are due by 30 June 2026"),
        ("owner@mereford.example", "April 2026: answers were due by 30 June 2026"),
        ("chief@mereford.example", "April 2026: the Head of Communications has not answered"),
    ]
    assert all("- A1" not in words(message) and "- A2" in words(message) for message in mail.messages)


def test_each_answer_leads_on_to_the_next_and_a_letter_to_the_only_one_that_waits(house: House, cycle: Cycle) -> None:
    way = f"/recommendations/answer/{token(cycle, house, 'owner')}/"
    first, second = ask(cycle, "A1", COMMS), ask(cycle, "A2", COMMS)
    assert Client().get(way).status_code == 200
    page = sent(token(cycle, house, "owner"), first)
    assert page.redirect_chain == [(f"{way}{second.pk}/", 302)]
    assert Client().get(way).headers["Location"] == f"{way}{second.pk}/"
    assert "A1" in said(Client().get(f"{way}?list="))
    page = sent(token(cycle, house, "owner"), second)
    assert page.redirect_chain == [(f"{way}?list=", 302)]
    assert "Your answer on A2 is sent. That was the last one" in said(page)
    assert Client().get(way).status_code == 200


def test_a_deputy_gets_the_request_too_and_answers_as_the_post(house: House, cycle: Cycle) -> None:
    deputy, boss = house.posts["reader"], house.posts["owner"]
    said = {"starts": TODAY + timedelta(days=1), "ends": None, "away": True, "reason": "On leave"}
    cover_post(boss, by=deputy, actor=house.actors["owner"], at=NOW, **said)
    assert write_reminders(NOW) == 0
    tomorrow = TODAY + timedelta(days=1)
    assert (write_reminders(at(tomorrow)), write_reminders(at(tomorrow))) == (1, 0)
    letter = Notice.objects.latest("pk")
    assert (letter.to, letter.subject) == (deputy, "April 2026: please answer for another post by 30 June 2026")
    page = sent(token(cycle, house, "owner", "reader"), ask(cycle, "A1", COMMS))
    assert "Your answer on A1 is sent. 1 still waits for your answer" in " ".join(page.content.decode().split())
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.actor_label) == (
        "recommendation.updated",
        "Head of Communications through the Assistant, by e-mailed link",
    )
    assert Update.objects.get().by == boss


def test_when_a_post_changes_hands_its_new_holder_is_told_and_the_old_link_is_shut(house: House, cycle: Cycle) -> None:
    old = token(cycle, house, "owner")
    monday = TODAY + timedelta(days=3)
    end_appointment(
        Appointment.objects.get(post=house.posts["owner"]), ends=monday - timedelta(days=1), reason="Left", **BY
    )
    appoint(house.people["reader"], house.posts["owner"], starts=monday, reason="Appointed", **BY)
    assert (write_reminders(NOW), write_reminders(at(monday)), write_reminders(at(monday))) == (0, 1, 0)
    assert Notice.objects.latest("pk").subject == "April 2026: your post has answers to give by 30 June 2026"
    assert Client().get(f"/recommendations/answer/{old}/").status_code == 410
    assert Client().get(f"/recommendations/answer/{token(cycle, house, 'owner')}/").status_code == 200
    assert verify().failure == ""


def test_nothing_is_kept_for_a_cycle_that_is_closed(house: House, cycle: Cycle) -> None:
    commands.close_cycle(cycle, reason="To the panel", **BY)
    with pytest.raises(Refused, match="The April 2026 cycle is closed"):
        commands.save_draft(ask(cycle, "A1", COMMS), answers=ANSWERS, **BY)
    with pytest.raises(Refused, match="The April 2026 cycle is closed"):
        answered(cycle, "A1", COMMS)


# What a link opens.


def test_a_link_opens_what_is_asked_of_its_post_and_nothing_else(house: House, cycle: Cycle) -> None:
    key = token(cycle, house, "owner")
    page = Client().get(f"/recommendations/answer/{key}/")
    text = said(page)
    assert "2 recommendations wait for an answer" in text
    assert [reference in text for reference in ("A1", "A2", "A3", "A4")] == [True, True, False, False]
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == (
        "no-store, private, no-cache",
        "same-origin",
    )
    for other in ("A3", "A4"):
        it = Ask.objects.get(recommendation__record__reference=other)
        assert Client().get(f"/recommendations/answer/{key}/{it.pk}/").status_code == 404
        assert Client().post(f"/recommendations/answer/{key}/{it.pk}/", ANSWERS).status_code == 404
    assert "A3" in said(Client().get(f"/recommendations/answer/{token(cycle, house, 'finance')}/"))


def test_of_a_token_only_the_digest_is_kept(house: House, cycle: Cycle) -> None:
    key = token(cycle, house, "owner")
    assert len(key) == 43
    held = [*AnswerLink.objects.values_list(), *Notice.objects.values_list(), *Entry.objects.values_list()]
    assert key not in repr(held)


def test_an_answer_through_a_link_is_the_posts_and_says_that_it_came_by_link(house: House, cycle: Cycle) -> None:
    page = sent(token(cycle, house, "owner"), ask(cycle, "A1", COMMS))
    following = ask(cycle, "A2", COMMS).pk
    assert page.redirect_chain[-1][0].endswith(f"/answer/{token(cycle, house, 'owner')}/{following}/")
    update, entry = Update.objects.get(), Entry.objects.latest("pk")
    assert (update.by, update.period, update.achieved) == (house.posts["owner"], "April 2026", ANSWERS["achieved"])
    assert (entry.actor_kind, entry.actor_label) == ("link", "Head of Communications, by e-mailed link")
    assert states(cycle)["A1", COMMS] == "answered"
    assert verify().failure == ""


def test_what_the_liaison_would_send_back_is_said_before_it_is_sent(house: House, cycle: Cycle) -> None:
    key, it = token(cycle, house, "owner"), ask(cycle, "A1", COMMS)
    page = sent(key, it, left="The other half", closure="yes")
    text = " ".join(page.content.decode().split())
    assert "Nothing is sent yet. The audit liaison may send this back" in text
    assert "Proposed closed, but no evidence; Proposed closed, but work is left." in text
    assert Update.objects.count() == 0
    sent(key, it, left="The other half", closure="yes", sure="1")
    assert (states(cycle)["A1", COMMS], Closure.objects.count()) == ("thin", 1)


def test_answers_are_kept_until_they_are_sent(house: House, cycle: Cycle) -> None:
    key, it = token(cycle, house, "owner"), ask(cycle, "A1", COMMS)
    evidence = SimpleUploadedFile("log.txt", b"Serviced on 3 May")
    page = sent(key, it, achieved="Half a sentence", left="", later="1", file=evidence)
    assert "Your answers on A1 are kept. They are not sent yet" in said(page)
    assert it.recommendation.record.files.get().name == "log.txt"
    form = Client().get(f"/recommendations/answer/{key}/{it.pk}/").context["form"]
    assert form["achieved"].answer == "Half a sentence"
    assert (Update.objects.count(), states(cycle)["A1", COMMS]) == (0, "none")
    sent(key, it)
    assert (Update.objects.count(), AnswerDraft.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("revoked", "The audit liaison has stopped this link"),
        ("expired", "The time in which it opened is over."),
        ("closed", "The cycle is closed, and its answers have gone to the panel."),
        ("unknown", "It may have been cut in two by the mail"),
    ],
)
def test_a_link_that_opens_no_more_says_how_to_get_another(house: House, cycle: Cycle, how: str, words: str) -> None:
    key, it = token(cycle, house, "owner"), ask(cycle, "A1", COMMS)
    if how == "revoked":
        commands.revoke_links(cycle, post=house.posts["owner"], reason="Lost", **BY)
    elif how == "expired":
        with recording("cycle.links_made", Cycle.objects.get(pk=cycle.pk), **BY):
            AnswerLink.objects.update(expires=TODAY - timedelta(days=1))
    elif how == "closed":
        commands.close_cycle(cycle, reason="To the panel", **BY)
    else:
        key = key[:-1]
    for place in ("", f"{it.pk}/"):
        page = Client().get(f"/recommendations/answer/{key}/{place}")
        assert (page.status_code, words in said(page)) == (404 if how == "unknown" else 410, True)
        assert "no-store" in page.headers["Cache-Control"]
    assert Client().post(f"/recommendations/answer/{key}/{it.pk}/", ANSWERS).status_code in {404, 410}
    assert Update.objects.count() == 0
    if how == "revoked":
        commands.remind_now(cycle, post=house.posts["owner"], **BY)
        assert Client().get(f"/recommendations/answer/{token(cycle, house, 'owner')}/").status_code == 200


# The board.


def test_the_board_counts_how_answers_stand_and_shows_those_of_one_state(house: House, cycle: Cycle) -> None:
    client, place = signed_in(house, "policy"), f"/recommendations/cycles/{cycle.pk}/"
    answered(cycle, "A1", COMMS)
    answered(cycle, "A4", CHIEF, left="", barriers="")
    text = said(client.get(place))
    assert "3 no answer yet 0 late 1 thin 1 answered 5 of 5 asked" in text
    assert "An e-mail of 15 June 2026 waits to be sent." in text
    thin = said(client.get(f"{place}?state=thin"))
    assert "1 of 5 asked" in thin
    assert "A4 Test the plan A question is left without an answer 15 June 2026 Thin Send back" in thin
    assert "A1" not in thin


def test_the_liaison_sends_back_reminds_covers_revokes_and_closes_from_the_board(house: House, cycle: Cycle) -> None:
    client, place = signed_in(house, "policy"), f"/recommendations/cycles/{cycle.pk}/"
    answered(cycle, "A4", CHIEF, left="", barriers="")
    post, chief = house.posts["owner"].pk, ask(cycle, "A4", CHIEF).pk
    assert "A reminder to the Head of Communications is written" in said(
        client.post(f"{place}posts/{post}/remind/", follow=True)
    )
    back = f"{place}asked/{chief}/send-back/"
    assert "A question is left without an answer." in client.get(back).content.decode()
    assert said(client.post(back, {"reason": "", "due": "soon"})).count("Enter") >= 1
    assert "is sent back" in said(client.post(back, {"reason": "Say more", "due": "3 July 2026"}, follow=True))
    cover = {
        "by": str(house.posts["reader"].pk),
        "away": "yes",
        "starts": "15 June 2026",
        "ends": "",
        "reason": "Leave",
    }
    text = said(client.post(f"{place}posts/{post}/cover/", cover, follow=True))
    assert "Away: the Assistant answers." in text
    assert "No link opens." in said(client.post(f"{place}posts/{post}/revoke/", {"reason": "Lost"}, follow=True))
    assert "is closed" in said(client.post(f"{place}close/", {"reason": "To the panel"}, follow=True))
    assert verify().failure == ""


def test_a_cycle_is_opened_from_its_page(house: House) -> None:
    with_addresses(house)
    asked_about(house, "A1", "owner")
    client = signed_in(house, "policy")
    assert "No cycle yet" in said(client.get("/recommendations/cycles/"))
    place = "/recommendations/cycles/open/"
    begun = {field.html_name: field.answer for field in client.get(place).context["form"].answers}
    assert client.post(place, begun).status_code == 422
    page = client.post(place, begun | {"name": "July 2026", "due": "30 June 2026"}, follow=True)
    assert "The July 2026 cycle is open, and its owners are written to" in said(page)
    assert "July 2026" in said(client.get("/recommendations/cycles/"))


def test_a_board_asks_as_often_at_three_rows_as_at_thirty(house: House) -> None:
    with_addresses(house)
    counts = []
    for number in range(30):
        asked_about(house, f"B{number}", ("owner", "chief", "finance")[number % 3])
        if number in {2, 29}:
            cycle = commands.open_cycle(organisation=house.office, name=f"At {number}", due=DUE, **BY)
            for it in Ask.objects.filter(cycle=cycle).select_related("recommendation__record", "cycle", "post"):
                commands.answer(it, answers=ANSWERS, **BY)
            client = signed_in(house, "policy")
            link = f"/recommendations/answer/{token(cycle, house, 'owner')}/"
            counts.append((questions(client, f"/recommendations/cycles/{cycle.pk}/"), questions(Client(), link)))
            commands.close_cycle(Cycle.objects.get(pk=cycle.pk), reason="Over", **BY)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def test_the_board_of_another_body_answers_like_one_that_never_was(house: House, cycle: Cycle) -> None:
    client = signed_in(house, "force_policy")
    for place in ("", "close/"):
        there = client.get(f"/recommendations/cycles/{cycle.pk}/{place}")
        never = client.get(f"/recommendations/cycles/999999/{place}")
        assert (there.status_code, never.status_code) == (404, 404)
    assert signed_in(house, "owner").get(f"/recommendations/cycles/{cycle.pk}/").status_code == 404
