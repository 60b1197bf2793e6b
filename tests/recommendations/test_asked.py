"""What a cycle asks of somebody who is signed in: seen on their own page, and answered there."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from candour.desk.queries import desk_of
from candour.kernel.establishment.commands import cover_post, place_post
from candour.kernel.history.models import Entry
from candour.kernel.records.access import RecordPermission
from candour.kernel.rules import Refused
from candour.recommendations import commands
from candour.recommendations.models import AnswerDraft, Ask, Cycle, DateAsked, Update
from candour.recommendations.queries.asked import asked_of
from candour.recommendations.queries.cycles import cycles_of
from tests.factories import NOW, TODAY, House
from tests.recommendations.cycling import BY, DUE, april, asked_about, with_addresses
from tests.risks.pages import questions, said, signed_in
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("moment")]
MINE = "/recommendations/mine/"
ANSWERS = {"achieved": "The last vehicle was serviced in May", "left": "nothing", "barriers": "none", "closure": "no"}
FLEET = "/recommendations/office/A1/"


@standing
def cycle(house: House) -> Cycle:
    return april(house)


def ask(cycle: Cycle, reference: str, post: Any) -> Ask:
    rows = Ask.objects.select_related("recommendation__record", "cycle", "post", "answer")
    return rows.get(cycle=cycle, recommendation__record__reference=reference, post=post)


def place(it: Ask) -> str:
    return f"{MINE}asked/{it.pk}/"


def sent(client: Client, address: str, **more: Any) -> Any:
    """The form at an address as it was opened, sent with these answers."""
    begun = {field.html_name: field.answer for field in client.get(address).context["form"].answers}
    begun.pop("file", None)
    return client.post(address, begun | ANSWERS | more, follow=True)


def covered(house: House, post: str, by: str, **more: Any) -> None:
    days: dict[str, Any] = {"starts": TODAY, "ends": None, "away": True, "reason": "On leave"} | more
    cover_post(house.posts[post], by=house.posts[by], **days, **BY)


def asked(house: House, name: str, today: date = TODAY) -> list[tuple[str, str]]:
    return [(row.reference, row.state) for row in asked_of(house.actors[name], today=today)]


def test_an_owners_page_begins_with_what_is_asked_and_leads_to_the_four_questions(house: House, cycle: Cycle) -> None:
    client = signed_in(house, "owner")
    page = client.get(MINE)
    assert "2 to answer 0 answered. Four questions on each" in said(page)
    assert "The next answer is due by 30 June 2026" in said(page)
    assert [each.row.reference for each in page.context["questions"]] == ["A1", "A2"]
    form = client.get(page.context["questions"][0].href)
    assert "Asked for in April 2026 , by 30 June 2026" in said(form)
    assert "1. What has been achieved?" in said(form)


def test_what_was_sent_back_or_is_late_stands_out_and_what_is_answered_comes_last(house: House, cycle: Cycle) -> None:
    owner = house.posts["owner"]
    commands.answer(ask(cycle, "A1", owner), answers=ANSWERS, **BY)
    assert asked(house, "owner") == [("A2", "none"), ("A1", "answered")]
    commands.send_back(ask(cycle, "A1", owner), due=DUE + timedelta(days=7), reason="Name the file", **BY)
    text = said(signed_in(house, "owner").get(MINE))
    assert "2 to answer 1 sent back to you. 0 answered." in text
    assert "Service the fleet Sent back: Name the file" in text
    assert asked(house, "owner", DUE + timedelta(days=1)) == [("A2", "late"), ("A1", "none")]


def test_who_is_asked_nothing_sees_no_word_of_cycles(house: House, cycle: Cycle) -> None:
    assert "Asked of you" not in said(signed_in(house, "reader").get(MINE))
    commands.close_cycle(cycle, reason="To the panel", **BY)
    assert asked(house, "owner") == []


def test_an_answer_signed_in_is_the_posts_and_tells_what_still_waits(house: House, cycle: Cycle) -> None:
    it = ask(cycle, "A1", house.posts["owner"])
    page = sent(signed_in(house, "owner"), place(it))
    assert page.redirect_chain[-1][0] == place(ask(cycle, "A2", house.posts["owner"]))
    assert "Your answer on A1 is sent. 1 still waits for your answer" in said(page)
    update, entry = Update.objects.get(), Entry.objects.latest("pk")
    assert (update.by, update.period, entry.actor_kind) == (house.posts["owner"], "April 2026", "person")
    assert asked(house, "owner") == [("A2", "none"), ("A1", "answered")]


def test_answers_begun_signed_in_are_kept_and_checked_before_they_are_sent(house: House, cycle: Cycle) -> None:
    client, it = signed_in(house, "owner"), ask(cycle, "A1", house.posts["owner"])
    assert "Begun" not in said(client.get(MINE))
    sent(client, place(it), achieved="Half a sentence", later="1")
    assert "Begun on 15 June 2026, and not sent" in said(client.get(MINE))
    assert client.get(place(it)).context["form"]["achieved"].answer == "Half a sentence"
    page = sent(client, place(it), left="The other half", closure="yes")
    assert "Nothing is sent yet. The audit liaison may send this back" in said(page)
    assert (Update.objects.count(), AnswerDraft.objects.count()) == (0, 1)
    sent(client, place(it), left="The other half", closure="yes", sure="1")
    assert (Update.objects.count(), AnswerDraft.objects.count()) == (1, 0)


def test_an_answer_that_needs_a_new_date_leads_to_asking_for_one(house: House, cycle: Cycle) -> None:
    client, it = signed_in(house, "owner"), ask(cycle, "A2", house.posts["owner"])
    page = sent(client, place(it), closure="move")
    address = page.redirect_chain[-1][0]
    assert address.endswith("/ask-date/")
    sent(client, address, due="30 September 2026", reason="The supplier is late")
    asked = DateAsked.objects.get()
    assert asked.assignment.owner == house.posts["owner"]
    assert "Map the key posts 30 September 2026 31 March 2026 Waits since 15 June 2026" in said(client.get(MINE))
    commands.answer_date(asked, answer="refused", reason="Ask the other supplier", **BY)
    assert "Ask the other supplier 30 September 2026 31 March 2026 Refused" in said(client.get(MINE))
    assert "New dates you asked for" not in said(signed_in(house, "finance").get(MINE))


def test_what_is_asked_of_another_answers_like_what_never_was(house: House, cycle: Cycle) -> None:
    client = signed_in(house, "owner")
    for number in (ask(cycle, "A4", house.posts["chief"]).pk, ask(cycle, "A3", house.posts["finance"]).pk, 999999):
        assert client.get(f"{MINE}asked/{number}/").status_code == 404
        assert client.post(f"{MINE}asked/{number}/", ANSWERS).status_code == 404
    assert signed_in(house, "force_policy").get(place(ask(cycle, "A1", house.posts["owner"]))).status_code == 404
    assert Update.objects.count() == 0


def test_an_owners_questions_begin_with_their_own_words_and_not_with_another_owners(house: House, cycle: Cycle) -> None:
    owner, finance = ask(cycle, "A2", house.posts["owner"]), ask(cycle, "A2", house.posts["finance"])
    commands.answer(finance, answers=ANSWERS, **BY)
    assert signed_in(house, "owner").get(place(owner)).context["form"]["achieved"].answer in {None, ""}
    assert signed_in(house, "finance").get(place(finance)).context["form"]["achieved"].answer == ANSWERS["achieved"]
    commands.answer(ask(cycle, "A2", house.posts["owner"]), answers=ANSWERS, **BY)
    assert asked(house, "owner") == [("A1", "none"), ("A2", "answered")]  # the same words, and another post's before


# Who answers meanwhile.


def test_who_covers_a_post_finds_what_is_asked_of_it_and_answers_as_that_post(house: House, cycle: Cycle) -> None:
    covered(house, "owner", "policy", ends=TODAY + timedelta(days=7))
    client = signed_in(house, "policy")
    assert "You answer for the Head of Communications" in said(client.get(MINE))
    sent(client, place(ask(cycle, "A2", house.posts["owner"])))
    assert Update.objects.get().by == house.posts["owner"]
    assert asked(house, "policy") == [("A1", "none"), ("A2", "answered")]
    assert asked(house, "policy", TODAY + timedelta(days=8)) == []


def test_cover_shows_nothing_restricted_that_one_may_not_see(house: House, cycle: Cycle) -> None:
    covered(house, "finance", "owner")
    assert asked(house, "owner") == [("A1", "none"), ("A2", "none"), ("A2", "none")]
    client = signed_in(house, "owner")
    assert "A3" not in said(client.get(MINE))
    assert client.get(place(ask(cycle, "A3", house.posts["finance"]))).status_code == 404


def test_a_reader_who_covers_a_post_sees_what_is_asked_and_is_offered_no_answer(house: House, cycle: Cycle) -> None:
    covered(house, "owner", "reader")
    page = signed_in(house, "reader").get(MINE)
    assert [(each.row.reference, each.href) for each in page.context["questions"]] == [("A1", ""), ("A2", "")]


def test_a_desk_leads_to_the_questions_for_ones_own_posts_and_those_one_covers(house: House, cycle: Cycle) -> None:
    covered(house, "owner", "policy")
    for name in ("owner", "policy"):
        found = desk_of(house.actors[name], today=TODAY)
        needs = [need for _, rows in found.needs for need in rows if need.title.startswith("Answer: ")]
        assert [need.title for need in needs] == ["Answer: Service the fleet", "Answer: Map the key posts"]
        assert signed_in(house, name).get(needs[0].address).status_code == 200


# The usual page.


def test_the_usual_page_leads_to_the_cycles_while_an_answer_is_owed(house: House, cycle: Cycle) -> None:
    client, it = signed_in(house, "owner"), ask(cycle, "A1", house.posts["owner"])
    assert client.get(f"{FLEET}update/", follow=True).redirect_chain == [(place(it), 302)]
    sent(client, place(it))
    again = client.get(f"{FLEET}update/")
    assert (again.status_code, again.context["form"]["period"].answer) == (200, "April 2026")


def test_a_liaison_says_whose_answer_it_is_where_several_answer(house: House, cycle: Cycle) -> None:
    client = signed_in(house, "policy")
    address = "/recommendations/office/A2/update/"
    owner, finance = house.posts["owner"], house.posts["finance"]
    field = client.get(address).context["form"]["by"]
    assert [value for value, _ in field.field.choices] == [owner.pk, finance.pk]
    sent(client, address, by=str(finance.pk))
    assert (ask(cycle, "A2", owner).answer, Update.objects.get().by) == (None, finance)
    assert "by" not in client.get(f"{FLEET}update/").context["form"].fields


# What one may not see.


def test_a_liaison_who_may_not_see_restricted_ones_finds_no_trace_of_what_is_asked_on_them(
    house: House, cycle: Cycle
) -> None:
    actor = house.actors["policy"]
    scopes = {name: where for name, where in actor.scopes.items() if name != RecordPermission.SEE_RESTRICTED}
    narrow = replace(actor, scopes=scopes)
    assert ([each.asked for each in cycles_of(actor)], [each.asked for each in cycles_of(narrow)]) == ([5], [4])
    finance = house.posts["finance"]
    commands.answer(ask(cycle, "A2", finance), answers=ANSWERS, **BY)
    with pytest.raises(Refused, match="The Chief Finance Officer has answered everything"):
        commands.remind_now(cycle, post=finance, actor=narrow, at=NOW)
    assert commands.remind_now(cycle, post=finance, actor=actor, at=NOW) == 1


def test_pages_of_what_is_asked_ask_as_often_at_one_as_at_thirty(house: House) -> None:
    with_addresses(house)
    place_post(
        house.posts["owner"], directorate="", answers_to=house.posts["chief"], reason="As the chart has it", **BY
    )
    counts = []
    for number in range(30):
        asked_about(house, f"B{number}", "owner", "policy")
        if number in {0, 2, 29}:
            cycle = commands.open_cycle(organisation=house.office, name=f"At {number}", due=DUE, **BY)
            for it in Ask.objects.filter(cycle=cycle).select_related("recommendation__record", "cycle", "post"):
                if it.post == house.posts["owner"]:
                    commands.answer(it, answers=ANSWERS, **BY)
            client, one = signed_in(house, "policy"), ask(cycle, "B0", house.posts["policy"])
            counts.append((questions(client, MINE), questions(client, place(one))))
            commands.close_cycle(Cycle.objects.get(pk=cycle.pk), reason="Over", **BY)
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 12, counts
