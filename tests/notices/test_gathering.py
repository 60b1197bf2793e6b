"""When letters come: at once, gathered in one a day or a week, or not; one letter for each due time, however many write it."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from candour.kernel.notices import sources
from candour.kernel.notices.commands import came_back, send, send_once_more, wish, write_gathered
from candour.kernel.notices.mailing import Refusal
from candour.kernel.notices.models import Copy, Notice, Returned, Wishes
from candour.kernel.notices.queries import waiting
from candour.kernel.notices.rules import Pace
from candour.kernel.rules import Refused
from tests.factories import NOW, House
from tests.notices.letters import a_letter, share_post, with_addresses
from tests.recommendations.mailing import Box, mail, words
from tests.risks.pages import said, signed_in

__all__ = ["mail"]
pytestmark = pytest.mark.django_db
CHIEF, OWNER = "chief@mereford.example", "owner@mereford.example"
PACKS, ACTIONS, CYCLES = "pack", "board-action", "recommendations.link"
DUE = datetime.fromisoformat("2026-06-16T07:00:00+00:00")  # the first eight o'clock in London after NOW
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def addressed(house: House) -> None:
    with_addresses(house, "chief", "owner", "policy")


def wishes(house: House, name: str, paces: dict[str, str], **more: Any) -> Wishes:
    return wish(paces=paces, **({"hour": 8, "weekday": 0} | more), actor=house.actors[name], at=NOW)


def test_every_letter_is_of_a_kind_that_is_known_and_what_the_law_or_a_post_needs_cannot_be_switched_off() -> None:
    assert {name: str(kind.slowest) for name, kind in sources.kinds().items()} == {
        "recommendations.link": "at once",
        "inspection": "at once",
        "board-action": "daily",
        "inspection review": "daily",
        "monitoring-return": "daily",
        "recommendations.line": "never",
        "recommendations.date": "never",
        "pack": "never",
        "post-taken-over": "never",
    }
    assert all(kind.why for kind in sources.kinds().values() if kind.slowest in {Pace.AT_ONCE, Pace.DAILY})


def test_a_letter_is_gathered_for_who_wished_so_and_comes_at_once_to_the_other_holder(house: House, mail: Box) -> None:
    share_post(house, "owner", "chief")
    wishes(house, "chief", {PACKS: "daily"})
    letter = a_letter(house, kind=PACKS)
    assert send(at=NOW).sent == 1
    assert mail.to == [OWNER]
    assert list(Copy.objects.order_by("pk").values_list("person__username", "due_at", "sent_at")) == [
        ("chief", DUE, None),
        ("owner", None, NOW),
    ]
    letter.refresh_from_db()
    assert letter.sent_at == NOW


def test_what_was_gathered_comes_in_one_letter_when_it_is_due_and_not_before(house: House, mail: Box) -> None:
    wishes(house, "chief", {PACKS: "daily"})
    for _ in range(2):
        a_letter(house, kind=PACKS, text="The papers are issued.\n\nSign in to read them:\n{link}\n")
    posted = send(at=NOW)
    assert (posted.sent, posted.gathered, waiting()) == (0, 2, [])
    assert write_gathered(DUE - MINUTE) == 0
    assert write_gathered(DUE) == 1
    assert write_gathered(DUE) == 0
    assert send(at=DUE).sent == 1
    (message,) = mail.messages
    assert (message["To"], message["Subject"]) == (CHIEF, "2 letters from Candour, 16 June 2026")
    assert words(message) == (
        "2 letters for you from Candour, 16 June 2026.\n\n"
        "1. Papers 1\n\n   The papers are issued.\n\n   Sign in to read them:\n   https://candour.example\n\n"
        "2. Papers 2\n\n   The papers are issued.\n\n   Sign in to read them:\n   https://candour.example\n\n"
        "You chose to have letters of these kinds gathered. Change when letters come:\n"
        "https://candour.example/letters/when/\n"
    )
    assert list(Notice.objects.filter(kind=PACKS).values_list("sent_at", flat=True)) == [DUE, DUE]


def test_the_letters_of_a_week_and_of_a_day_that_are_due_together_are_one(house: House, mail: Box) -> None:
    wishes(house, "chief", {PACKS: "weekly", ACTIONS: "daily"}, weekday=1)  # NOW is a Monday
    a_letter(house, kind=PACKS)
    a_letter(house, kind=ACTIONS)
    send(at=NOW)
    assert set(Copy.objects.values_list("due_at", flat=True)) == {DUE}
    assert write_gathered(DUE) == 1


def test_a_worker_that_was_away_for_days_writes_one_letter_of_all_that_is_due(house: House, mail: Box) -> None:
    wishes(house, "chief", {PACKS: "daily"})
    for days in range(3):
        a_letter(house, kind=PACKS)
        send(at=NOW + timedelta(days=days))
    assert write_gathered(DUE + timedelta(days=5)) == 1
    assert Notice.objects.filter(key__startswith="gathered:").get().subject == "3 letters from Candour, 18 June 2026"


def test_what_has_ended_when_the_letter_is_due_is_left_out(house: House, mail: Box) -> None:
    ended: list[int] = []
    sources.register_address("for-a-test", lambda number, at: None if number in ended else "/here")
    wishes(house, "chief", {PACKS: "daily"})
    for number in (1, 2):
        a_letter(house, kind=PACKS, about="for-a-test", about_id=number, text="Read it: {link}")
    send(at=NOW)
    ended.append(1)
    assert write_gathered(DUE) == 1
    text = Notice.objects.get(key__startswith="gathered:").text
    assert text.startswith("1 letter for you from Candour")
    assert "Read it: https://candour.example/here" in text
    assert Notice.objects.get(about_id=1).dropped_at == DUE
    ended.append(2)
    a_letter(house, kind=PACKS, about="for-a-test", about_id=2)
    send(at=DUE)
    assert write_gathered(DUE + timedelta(days=1)) == 0
    assert Notice.objects.filter(key__startswith="gathered:").count() == 1


def test_a_kind_that_nobody_who_holds_the_post_takes_is_not_sent_and_says_so(house: House, mail: Box) -> None:
    wishes(house, "chief", {PACKS: "never"})
    letter = a_letter(house, kind=PACKS)
    assert send(at=NOW).sent == 0
    letter.refresh_from_db()
    assert (letter.dropped_at, letter.error) == (NOW, "Nobody who holds the post takes letters of this kind by e-mail")


def test_letters_of_no_kind_and_of_kinds_that_are_always_at_once_come_at_once_whatever_was_wished(
    house: House, mail: Box
) -> None:
    Wishes.objects.create(person=house.people["chief"], paces={CYCLES: "never", "": "never", ACTIONS: "never"})
    for kind in ("", CYCLES, ACTIONS):
        a_letter(house, kind=kind)
    posted = send(at=NOW)
    assert (posted.sent, posted.gathered) == (2, 1)  # a day set for a post comes within the day
    assert Copy.objects.get(notice__kind=ACTIONS).due_at == DUE


@pytest.mark.parametrize(
    ("paces", "more", "field"),
    [
        ({ACTIONS: "never"}, {}, ACTIONS),
        ({ACTIONS: "weekly"}, {}, ACTIONS),
        ({CYCLES: "daily"}, {}, CYCLES),
        ({"unheard of": "daily"}, {}, "unheard of"),
        ({PACKS: "sometimes"}, {}, PACKS),
        ({}, {"hour": 3}, "hour"),
        ({}, {"weekday": 7}, "weekday"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(
    house: House, paces: dict[str, str], more: dict[str, int], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        wishes(house, "chief", paces, **more)
    assert refused.value.field == field
    assert Wishes.objects.count() == 0


def test_a_letter_that_gathered_others_and_came_back_brings_them_back_too(house: House, mail: Box) -> None:
    wishes(house, "chief", {PACKS: "daily"})
    letter = a_letter(house, kind=PACKS, by="policy")
    send(at=NOW)
    write_gathered(DUE)
    send(at=DUE)
    gathered = Notice.objects.get(key__startswith="gathered:")
    came_back(gathered, Refusal(CHIEF, "5.2.2", "552 5.2.2 Over quota"), at=DUE)
    assert set(Returned.objects.values_list("notice", flat=True)) == {gathered.pk, letter.pk}
    assert [notice.subject for notice in waiting()] == ["Not delivered: Papers 1"]
    send_once_more(letter, actor=house.actors["policy"], at=DUE)
    send(at=DUE)
    assert Copy.objects.filter(notice=letter, inside=None, sent_at=None).count() == 1  # gathered anew


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one_letter_for_a_due_time_and_lose_nothing(house: House) -> None:
    with_addresses(house, "chief")
    wishes(house, "chief", {PACKS: "daily"})
    for _ in range(6):
        letter = a_letter(house, kind=PACKS)
        Copy.objects.create(notice=letter, person=house.people["chief"], due_at=DUE)
    for _ in range(5):
        begin, made = threading.Barrier(2), []

        def worker(begin: threading.Barrier = begin, made: list[int] = made) -> None:
            begin.wait()
            try:
                made.append(write_gathered(DUE))
            finally:
                connection.close()

        threads = [threading.Thread(target=worker) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(made) <= 1
        assert len(made) == 2
    letter = Notice.objects.get(key__startswith="gathered:")
    assert letter.subject == "6 letters from Candour, 16 June 2026"
    assert Copy.objects.filter(inside=letter).count() == 6


def test_the_page_shows_what_can_be_chosen_and_keeps_it(house: House) -> None:
    client = signed_in(house, "owner")
    text = said(client.get("/letters/when/"))
    assert "Papers of boards" in text
    assert "Always at once What update cycles ask of your posts. Each holds a link" in text
    assert "A day that was set for your post cannot be switched off" in text
    given = {name: "at once" for name, kind in sources.kinds().items() if kind.slowest is not Pace.AT_ONCE}
    given |= {PACKS: "weekly", "post-taken-over": "never", "hour": "17", "weekday": "4"}
    assert client.post("/letters/when/", given)["Location"] == "/letters/"
    kept = Wishes.objects.get()
    assert (kept.person_id, kept.hour, kept.weekday) == (house.people["owner"].pk, 17, 4)
    assert (kept.paces[PACKS], kept.paces["post-taken-over"], kept.paces[ACTIONS]) == ("weekly", "never", "at once")
    text = said(client.get("/letters/"))
    assert "Papers of boards In one letter a week" in text
    assert "Posts that you take over Not by e-mail" in text
    assert "What update cycles ask of your posts At once, always" in text
    assert "Letters that gather others come at 17:00, London time." in text
    assert Client().get("/letters/when/").status_code == 302


def test_a_pace_that_a_kind_does_not_allow_is_refused_on_the_page_with_the_answers_kept(house: House) -> None:
    client = signed_in(house, "owner")
    given = {name: "at once" for name, kind in sources.kinds().items() if kind.slowest is not Pace.AT_ONCE}
    response = client.post("/letters/when/", given | {ACTIONS: "never", PACKS: "weekly", "hour": "8", "weekday": "0"})
    assert response.status_code == 422
    assert "Error:" in response.content.decode()
    assert 'value="weekly" selected' in " ".join(response.content.decode().split())
    assert Wishes.objects.count() == 0
