"""The page of what went out in a cycle: links that were used or not, expired, revoked; letters sent, again, or kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from candour.kernel.establishment.commands import cover_post, place_post
from candour.kernel.history.recording import recording
from candour.kernel.notices.commands import send, take_in
from candour.kernel.notices.models import Notice
from candour.kernel.rules import Refused
from candour.recommendations import commands
from candour.recommendations.commands.reminding import write_reminders
from candour.recommendations.models import AnswerLink, Ask, Cycle
from candour.recommendations.queries.cycles import asks_of
from candour.recommendations.queries.letters import WentOut, went_out
from candour.recommendations.queries.links import opened
from candour.recommendations.rules import mail as rules
from tests.factories import NOW, TODAY, House
from tests.notices.reports import from_postfix
from tests.recommendations.cycling import BY, DUE, april, asked_about, token, with_addresses
from tests.recommendations.mailing import Box, mail
from tests.risks.pages import questions, said, signed_in
from tests.standing import standing

__all__ = ["mail"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
ANSWERS = {"achieved": "The last vehicle was serviced in May", "left": "nothing", "barriers": "none", "closure": "no"}
COMMS, FINANCE, CHIEF = "Head of Communications", "Chief Finance Officer", "Chief Executive"


@standing
def cycle(house: House) -> Cycle:
    return april(house)


def page(cycle: Cycle, query: str = "") -> str:
    return f"/recommendations/cycles/{cycle.pk}/letters/{query}"


def out(house: House, cycle: Cycle, name: str = "policy") -> WentOut:
    rows = asks_of(cycle, actor=house.actors[name], today=TODAY)
    return went_out(Cycle.objects.get(pk=cycle.pk), rows, today=TODAY)


def answered(house: House, cycle: Cycle, reference: str, post: str) -> None:
    """The post answers from its link."""
    rows = Ask.objects.select_related("recommendation__record", "cycle", "post", "answer")
    it = rows.get(cycle=cycle, recommendation__record__reference=reference, post=house.posts[post])
    actor = opened(token(cycle, house, post), today=TODAY).actor
    commands.answer(it, answers=ANSWERS, actor=actor, at=NOW)


def link(cycle: Cycle, house: House, post: str, to: str = "") -> AnswerLink:
    return AnswerLink.objects.get(cycle=cycle, post=house.posts[post], to=house.posts[to or post], revoked_on=None)


def test_a_key_of_a_letter_reads_back_as_it_was_written() -> None:
    key = rules.Key(7, "before:2026-06-30", 12, 34)
    assert (str(key), rules.read_key(str(key))) == ("cycle:7:before:2026-06-30:12:34", key)
    marks = ["opened", "before:2026-06-30", "line:2026-06-30", "back:5:9", "again:3", "handover:4", "cover:2", "other"]
    assert [rules.Key(1, mark, 2, 3).words for mark in marks] == [
        *("Request", "Reminder before the day", "To the post above", "Answer sent back", "Reminder by hand"),
        *("To the new holder", "To who answers meanwhile", "Letter"),
    ]


def test_each_link_says_which_letter_carried_it_and_whether_that_is_sent(house: House, cycle: Cycle, mail: Box) -> None:
    client = signed_in(house, "policy")
    text = said(client.get(page(cycle)))
    assert "0 used 3 not used yet 3 with a letter that is not sent 0 open no more 3 of 3 links" in text
    assert "Made 15 June 2026, opens until 14 July 2026 none Request written 15 June 2026, waits to be sent" in text
    mail.refused = {"chief@mereford.example"}
    send(at=NOW)
    text = said(client.get(page(cycle, "?state=unsent")))
    assert "1 of 3 links" in text
    assert "No such mailbox" in text
    assert "Request sent 15 June 2026" in said(client.get(page(cycle)))
    letter = Notice.objects.exclude(sent_at=None)[0]
    take_in(from_postfix(letter.message, "anything@mereford.example"), at=NOW)
    text = said(client.get(page(cycle, "?state=unsent")))
    assert "2 of 3 links" in text
    assert "Request came back. There is no such mailbox: correct the address of the person" in text


def test_a_link_is_used_once_an_answer_came_through_it(house: House, cycle: Cycle) -> None:
    Client().get(f"/recommendations/answer/{token(cycle, house, 'owner')}/")
    answered(house, cycle, "A2", "finance")
    answered(house, cycle, "A3", "finance")
    found = {row.link.post.title: (row.answers, row.used_at is not None) for row in out(house, cycle).links}
    assert found == {COMMS: (0, False), FINANCE: (2, True), CHIEF: (0, False)}
    text = said(signed_in(house, "policy").get(page(cycle, "?state=used")))
    assert "1 of 3 links" in text
    assert "Chief Finance Officer Used Made 15 June 2026, opens until 14 July 2026 2 last used 15 June 2026" in text


def test_what_went_out_about_what_one_may_not_see_leaves_no_trace(house: House, cycle: Cycle) -> None:
    """The finance officer alone is asked about the restricted A3; who does not see it sees the answer on A2 counted."""
    answered(house, cycle, "A2", "finance")
    answered(house, cycle, "A3", "finance")
    it = Ask.objects.get(cycle=cycle, recommendation__record__reference="A4")
    rows = [row for row in asks_of(cycle, actor=house.actors["reader"], today=TODAY) if row.ask.pk != it.pk]
    found = went_out(cycle, rows, today=TODAY)
    assert [(row.link.post.title, row.answers) for row in found.links] == [(FINANCE, 1), (COMMS, 0)]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("revoked", "Revoked 15 June 2026"),
        ("expired", "Expired Made 15 June 2026, opened until 14 June 2026"),
        ("closed", "Cycle closed"),
    ],
)
def test_a_link_that_opens_no_more_says_why(house: House, cycle: Cycle, how: str, words: str) -> None:
    if how == "revoked":
        commands.revoke_links(cycle, post=house.posts["owner"], reason="Lost", **BY)
    elif how == "expired":
        with recording("cycle.links_made", Cycle.objects.get(pk=cycle.pk), **BY):
            AnswerLink.objects.filter(post=house.posts["owner"]).update(expires=TODAY - timedelta(days=1))
    else:
        commands.close_cycle(cycle, reason="To the panel", **BY)
    client = signed_in(house, "policy")
    text = said(client.get(page(cycle, "?state=shut")))
    assert words in text
    assert "Request not sent: the link had stopped" in text  # it waited, and never will be
    assert ("Send again" in said(client.get(page(cycle)))) == (how != "closed")


def test_a_letter_is_sent_again_to_whom_it_went_alone_with_a_new_link_where_the_old_one_is_shut(
    house: House, cycle: Cycle
) -> None:
    cover: dict[str, Any] = {"starts": TODAY, "ends": None, "away": True, "reason": "On leave"}
    cover_post(house.posts["owner"], by=house.posts["reader"], **cover, **BY)
    commands.remind_now(cycle, post=house.posts["owner"], **BY)
    client, before = signed_in(house, "policy"), Notice.objects.count()
    deputies = link(cycle, house, "owner", "reader")
    told = client.post(f"/recommendations/cycles/{cycle.pk}/links/{deputies.pk}/send/", follow=True)
    assert "A letter to the Assistant is written, and goes out within minutes" in said(told)
    letter = Notice.objects.latest("pk")
    assert (Notice.objects.count(), letter.to, letter.about_id) == (before + 1, house.posts["reader"], deputies.pk)
    old = link(cycle, house, "owner")
    commands.revoke_links(
        Cycle.objects.get(pk=cycle.pk), post=house.posts["owner"], to=house.posts["owner"], reason="Lost", **BY
    )
    client.post(f"/recommendations/cycles/{cycle.pk}/links/{old.pk}/send/")
    assert link(cycle, house, "owner").pk != old.pk
    assert Notice.objects.latest("pk").about_id == link(cycle, house, "owner").pk


def test_nothing_is_sent_again_to_who_answered_or_who_covers_no_more(house: House, cycle: Cycle) -> None:
    answered(house, cycle, "A4", "chief")
    client, chief = signed_in(house, "policy"), link(cycle, house, "chief")
    told = client.post(f"/recommendations/cycles/{cycle.pk}/links/{chief.pk}/send/", follow=True)
    assert "The Chief Executive has answered everything" in said(told)
    with pytest.raises(Refused, match="The Assistant does not answer for the Head of Communications any more"):
        commands.remind_now(cycle, post=house.posts["owner"], to=house.posts["reader"], **BY)
    assert Notice.objects.count() == 3


def test_one_link_is_revoked_and_the_others_of_its_post_still_open(house: House, cycle: Cycle) -> None:
    cover: dict[str, Any] = {"starts": TODAY, "ends": None, "away": True, "reason": "On leave"}
    cover_post(house.posts["owner"], by=house.posts["reader"], **cover, **BY)
    commands.remind_now(cycle, post=house.posts["owner"], **BY)
    own, deputies = token(cycle, house, "owner"), token(cycle, house, "owner", "reader")
    client, number = signed_in(house, "policy"), link(cycle, house, "owner", "reader").pk
    address = f"/recommendations/cycles/{cycle.pk}/links/{number}/revoke/"
    assert client.post(address, {"reason": ""}).status_code == 422
    told = client.post(address, {"reason": "The assistant has left"}, follow=True)
    assert told.redirect_chain[-1][0] == page(cycle)
    assert "The link that was sent to the Assistant opens no more" in said(told)
    statuses = [Client().get(f"/recommendations/answer/{key}/").status_code for key in (own, deputies)]
    assert statuses == [200, 410]


def test_letters_to_the_line_are_listed_and_posts_without_a_line_are_named(house: House, cycle: Cycle) -> None:
    place_post(
        house.posts["owner"], directorate="", answers_to=house.posts["chief"], reason="As the chart has it", **BY
    )
    client = signed_in(house, "policy")
    assert "7 days after an answer was due, the post above who owes it is told." in said(client.get(page(cycle)))
    assert sorted(post.title for post in out(house, cycle).nowhere) == [CHIEF, FINANCE]
    write_reminders(NOW + (DUE + timedelta(days=7) - TODAY))
    line = [(each.post.title, each.letter.notice.to.title, each.letter.state) for each in out(house, cycle).line]
    assert line == [(COMMS, CHIEF, "waits")]
    assert "Nobody above can be told of the" in said(client.get(page(cycle)))


def test_the_letters_of_another_body_and_links_of_another_cycle_answer_like_none(house: House, cycle: Cycle) -> None:
    held = link(cycle, house, "owner")
    foreign, own = signed_in(house, "force_policy"), signed_in(house, "policy")
    for client, where, number in ((foreign, cycle.pk, held.pk), (own, cycle.pk, 999999), (own, 999999, held.pk)):
        assert client.post(f"/recommendations/cycles/{where}/links/{number}/send/").status_code == 404
        assert client.get(f"/recommendations/cycles/{where}/links/{number}/revoke/").status_code == 404
    assert foreign.get(page(cycle)).status_code == 404
    assert signed_in(house, "owner").get(page(cycle)).status_code in {403, 404}
    assert Notice.objects.count() == 3


def test_the_page_of_letters_asks_as_often_at_three_posts_as_at_six(house: House) -> None:
    with_addresses(house)
    counts = []
    for size, posts in (
        (1, ["owner"]),
        (3, ["owner", "chief", "finance"]),
        (6, ["owner", "chief", "finance", "policy"]),
    ):
        for number in range(size * 5):
            asked_about(house, f"B{size}-{number}", posts[number % len(posts)])
        cycle = commands.open_cycle(organisation=house.office, name=f"At {size}", due=DUE, **BY)
        for post in posts:
            commands.remind_now(Cycle.objects.get(pk=cycle.pk), post=house.posts[post], **BY)
        counts.append(questions(signed_in(house, "policy"), page(cycle)))
        commands.close_cycle(Cycle.objects.get(pk=cycle.pk), reason="Over", **BY)
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 12
