"""A letter that a mail server refuses or sends back: noted, told to whoever caused it, its address left alone until mended."""

import logging
from datetime import timedelta
from email.message import Message

import pytest
from django.test import Client

from candour.config.cli import main
from candour.config.health import outbox
from candour.kernel.access import Forbidden
from candour.kernel.establishment.commands import change_person
from candour.kernel.notices.commands import receives_again, send, send_once_more, take_in
from candour.kernel.notices.models import Copy, Notice, Returned, Unreachable
from candour.kernel.notices.queries import shut_rows, waiting
from candour.kernel.notices.work import ADDRESSES_KEPT, sweep
from candour.kernel.people.models import Person
from candour.kernel.rules import Refused
from tests.factories import NOW, House
from tests.notices.letters import a_letter, share_post, with_addresses
from tests.notices.reports import NOT_HERE, complaint, from_exchange, from_postfix
from tests.recommendations.mailing import Box, mail, words
from tests.risks.pages import questions, said, signed_in

__all__ = ["mail"]
pytestmark = pytest.mark.django_db
CHIEF, POLICY, OWNER = "chief@mereford.example", "policy@mereford.example", "owner@mereford.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def addressed(house: House) -> None:
    with_addresses(house, "chief", "policy", "owner")


def lost() -> list[tuple[str, str, str]]:
    return list(Returned.objects.order_by("pk").values_list("address", "kind", "status"))


def test_a_letter_refused_for_its_address_is_given_up_and_told_to_whoever_caused_it(house: House, mail: Box) -> None:
    letter = a_letter(house, by="policy")
    mail.refused = {CHIEF}
    posted = send(at=NOW)
    assert (posted.sent, posted.kept, posted.failed) == (0, 0, 1)
    letter.refresh_from_db()
    assert (letter.failed_at, letter.sent_at, letter.tries) == (NOW, None, 1)
    assert lost() == [(CHIEF, "failed", "5.1.1")]
    assert list(Unreachable.objects.values_list("address", "since")) == [(CHIEF, NOW)]
    assert send(at=NOW + MINUTE).sent == 1  # the letter to the policy officer, and no second try of the other
    (told,) = mail.messages
    assert (told["To"], told["Subject"]) == (POLICY, "Not delivered: Papers 1")
    assert words(told) == (
        "Your letter to the Chief Executive did not arrive:\nPapers 1\n\n"
        "There is no such mailbox: correct the address of the person.\n\n"
        "When that is mended, send it again:\nhttps://candour.example/letters/\n"
    )


def test_a_server_that_refuses_everything_is_tried_again_and_shuts_no_address(house: House, mail: Box) -> None:
    letter = a_letter(house, by="policy")
    mail.refusal = "550 5.7.1 Relaying denied"
    mail.refused = {CHIEF}
    assert send(at=NOW).kept == 1
    letter.refresh_from_db()
    assert (letter.failed_at, letter.error) == (None, "550 5.7.1 Relaying denied")
    assert (lost(), Unreachable.objects.count()) == ([(CHIEF, "failed", "5.7.1")], 0)
    mail.refused = set()
    assert send(at=NOW + MINUTE).sent == 2
    assert Returned.objects.get().settled_at == NOW + MINUTE
    assert Notice.objects.filter(key__startswith="returned:").count() == 1


def test_nothing_is_sent_to_an_address_that_does_not_receive_until_it_is_corrected(house: House, mail: Box) -> None:
    mail.refused = {CHIEF}
    a_letter(house)
    send(at=NOW)
    mail.refused = set()
    second = a_letter(house, by="policy")
    assert send(at=NOW).failed == 1
    assert mail.messages == []
    chief = Person.objects.get(pk=house.people["chief"].pk)
    change_person(
        chief, name=chief.name, email="new.chief@mereford.example", actor=house.actors["admin"], at=NOW, reason="Wrong"
    )
    send_once_more(Notice.objects.get(pk=second.pk), actor=house.actors["policy"], at=NOW)
    assert send(at=NOW).sent == 1
    assert mail.to == ["new.chief@mereford.example"]
    assert shut_rows(house.actors["admin"]) == []  # it is nobody's address any more


def test_a_letter_that_is_sent_again_to_an_address_that_is_still_shut_stands_on_the_page_again(
    house: House, mail: Box
) -> None:
    mail.refused = {CHIEF}
    letter = a_letter(house, by="policy")
    send(at=NOW)
    send_once_more(letter, actor=house.actors["policy"], at=NOW)
    assert said(signed_in(house, "policy").get("/letters/")).count("Papers 1 written") == 0
    assert send(at=NOW).failed == 1
    text = said(signed_in(house, "policy").get("/letters/"))
    assert text.count("Papers 1 written") == 1
    assert "The address does not receive letters since it was told so" in text
    assert outbox() == (
        "warning", "1 letters did not arrive: correct the addresses, then send again, on the page System",
    )  # fmt: skip


def test_an_address_receives_again_when_who_keeps_the_system_says_so(house: House, mail: Box) -> None:
    mail.refused = {CHIEF}
    letter = a_letter(house)
    send(at=NOW)
    mail.refused = set()
    with pytest.raises(Forbidden):
        receives_again(CHIEF, actor=house.actors["policy"], at=NOW)
    assert receives_again(CHIEF, actor=house.actors["admin"], at=NOW) is True
    assert receives_again(CHIEF, actor=house.actors["admin"], at=NOW) is False
    send_once_more(letter, actor=house.actors["admin"], at=NOW)
    assert send(at=NOW).sent == 1
    assert Returned.objects.get().settled_at == NOW


def test_of_two_holders_of_a_post_one_gets_it_and_the_other_is_told_of(house: House, mail: Box) -> None:
    share_post(house, "owner", "chief")
    letter = a_letter(house, by="policy")
    mail.refused = {CHIEF}
    assert send(at=NOW).sent == 1
    assert mail.to == [OWNER]
    assert lost() == [(CHIEF, "failed", "5.1.1")]
    mail.refused = set()
    receives_again(CHIEF, actor=house.actors["admin"], at=NOW)
    send_once_more(letter, actor=house.actors["policy"], at=NOW)
    send(at=NOW)
    assert sorted(mail.to) == sorted([OWNER, POLICY, CHIEF])  # and the owner no second one


def test_a_letter_of_two_that_a_server_took_half_of_goes_to_nobody_twice(house: House, mail: Box) -> None:
    share_post(house, "owner", "chief")
    a_letter(house)
    mail.busy = {OWNER}
    assert send(at=NOW).kept == 1
    assert mail.to == [CHIEF]
    mail.busy = set()
    assert send(at=NOW).sent == 1
    assert mail.to == [CHIEF, OWNER]
    assert {message["Message-ID"] for message in mail.messages} == {mail.messages[0]["Message-ID"]}


@pytest.mark.parametrize("made", [from_postfix, from_exchange])
def test_a_report_that_comes_back_is_matched_to_the_letter_and_told(house: House, mail: Box, made) -> None:  # type: ignore[no-untyped-def]
    letter = a_letter(house, by="policy")
    send(at=NOW)
    number = number_in(mail.messages[0])
    assert take_in(made(number, CHIEF), at=NOW + MINUTE) == (1, 0)
    assert take_in(made(number, CHIEF), at=NOW + 2 * MINUTE) == (1, 0)  # the same once more
    assert [row[:2] for row in lost()] == [(CHIEF, "failed")]
    assert Unreachable.objects.get().address == CHIEF
    letter.refresh_from_db()
    assert letter.sent_at == NOW  # it went out, and came back
    assert [notice.subject for notice in waiting()] == ["Not delivered: Papers 1"]


def number_in(message: Message) -> str:
    return str(message["Message-ID"]).strip("<>").partition("@")[0]


def test_a_full_mailbox_and_a_complaint_shut_no_address(house: House, mail: Box) -> None:
    a_letter(house, by="policy")
    send(at=NOW)
    number = number_in(mail.messages[0])
    take_in(from_postfix(number, CHIEF, status="5.2.2", words="552 5.2.2 Over quota"), at=NOW)
    take_in(complaint(number, CHIEF), at=NOW)
    take_in(from_postfix(number, CHIEF, status="4.4.1", action="delayed"), at=NOW)
    assert lost() == [(CHIEF, "failed", "5.2.2"), (CHIEF, "complaint", ""), (CHIEF, "delayed", "4.4.1")]
    assert Unreachable.objects.count() == 0
    assert [notice.subject for notice in waiting()] == [
        "Not delivered: Papers 1", "Marked as unwanted: Papers 1", "Not delivered yet: Papers 1",
    ]  # fmt: skip


def test_nobody_shuts_an_address_with_a_report_that_they_made_up(house: House, mail: Box) -> None:
    share_post(house, "owner", "chief")
    letter = a_letter(house)
    send(at=NOW)
    assert take_in(from_postfix("0" * 32, CHIEF), at=NOW) == (0, 1)
    assert take_in(from_postfix(letter.message, "somebody.else@mereford.example"), at=NOW) == (0, 1)
    assert take_in(NOT_HERE, at=NOW) == (0, 0)
    assert (lost(), Unreachable.objects.count()) == ([], 0)


def test_an_alias_that_a_report_names_is_the_only_address_that_the_letter_went_to(house: House, mail: Box) -> None:
    letter = a_letter(house)
    send(at=NOW)
    assert take_in(from_postfix(letter.message, "mailbox-0417@inside.mereford.example"), at=NOW) == (1, 0)
    assert lost() == [(CHIEF, "failed", "5.1.1")]


def test_the_return_path_is_the_address_of_returns_and_the_sender_stays_the_senders(
    house: House, mail: Box, settings
) -> None:  # type: ignore[no-untyped-def]
    settings.MAIL_RETURN, settings.DEFAULT_FROM_EMAIL = "returned@mereford.example", "candour@mereford.example"
    a_letter(house)
    send(at=NOW)
    assert (mail.senders, mail.messages[0]["From"]) == (["returned@mereford.example"], "candour@mereford.example")


def test_only_whoever_caused_a_letter_and_who_keeps_the_system_of_its_body_send_it_again(
    house: House, mail: Box
) -> None:
    mail.refused = {CHIEF}
    letter = a_letter(house, by="policy")
    send(at=NOW)
    letter.refresh_from_db()
    for name in ("owner", "chief", "force_policy"):
        with pytest.raises(Forbidden):
            send_once_more(letter, actor=house.actors[name], at=NOW)
    send_once_more(letter, actor=house.actors["policy"], at=NOW)
    with pytest.raises(Refused, match="there is nothing to send again"):
        send_once_more(letter, actor=house.actors["admin"], at=NOW)


def test_the_page_of_ones_own_letters_shows_what_did_not_arrive_and_sends_it_again(house: House, mail: Box) -> None:
    client, other = signed_in(house, "policy"), signed_in(house, "owner")
    assert "Everything arrived" in said(client.get("/letters/"))
    mail.refused = {CHIEF}
    letter = a_letter(house, by="policy")
    send(at=NOW)
    text = said(client.get("/letters/"))
    assert "Papers 1" in text
    assert "Not delivered" in text
    assert "There is no such mailbox: correct the address of the person. 550 No such mailbox" in text
    assert CHIEF not in text  # whose address it is, who keeps the system sees
    assert "Papers 1" not in said(other.get("/letters/"))
    assert other.post(f"/letters/{letter.pk}/again/").status_code == 404
    told = client.post(f"/letters/{letter.pk}/again/", follow=True)
    assert "It goes out within minutes" in said(told)
    assert waiting()[0].pk == letter.pk
    assert "nothing to send again" in said(client.post(f"/letters/{letter.pk}/again/", follow=True))
    assert Client().get("/letters/").status_code == 302


def test_the_page_asks_as_often_for_one_letter_as_for_forty(house: House, mail: Box) -> None:
    mail.refused = {CHIEF}
    counts = []
    for size in (1, 40):
        for _ in range(size):
            a_letter(house, by="policy")
        send(at=NOW)
        counts.append(questions(signed_in(house, "policy"), "/letters/"))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_a_message_is_taken_in_from_a_pipe_a_file_or_a_folder(
    house: House, mail: Box, tmp_path, capsys, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    letters = [a_letter(house) for _ in range(3)]
    send(at=NOW)
    one, folder = tmp_path / "one.eml", tmp_path / "returned"
    one.write_bytes(from_postfix(letters[0].message, CHIEF))
    (folder / "new").mkdir(parents=True)
    (folder / "cur").mkdir()
    (folder / "new" / "2").write_bytes(from_exchange(letters[1].message, CHIEF))
    (folder / "cur" / "1").write_bytes(NOT_HERE)

    class Given:
        class buffer:
            @staticmethod
            def read(size: int) -> bytes:
                return from_postfix(letters[2].message, CHIEF)

    for source in (str(one), str(folder)):
        assert main(["notices", "--returned", source]) == 0
        assert capsys.readouterr().out == "1 letters came back\n"
    monkeypatch.setattr("sys.stdin", Given)
    assert main(["notices", "--returned", "-"]) == 0
    assert len(lost()) == 3
    assert main(["notices", "--returned", str(tmp_path / "nothing")]) == 2


def test_addresses_of_old_letters_are_forgotten(house: House, mail: Box) -> None:
    a_letter(house)
    send(at=NOW)
    assert Copy.objects.get().address == CHIEF
    assert sweep(NOW + ADDRESSES_KEPT, {}) == "0 addresses forgotten"
    assert sweep(NOW + ADDRESSES_KEPT + MINUTE, {}) == "1 addresses forgotten"
    assert Copy.objects.get().address == ""


def test_that_an_address_receives_again_stands_in_the_log(house: House, caplog) -> None:  # type: ignore[no-untyped-def]
    caplog.set_level(logging.INFO, "candour.letters")
    receives_again(CHIEF, actor=house.actors["admin"], at=NOW)
    assert caplog.messages == ["address receives again"]
    assert CHIEF not in caplog.text


def test_a_person_whose_address_does_not_receive_is_marked_for_who_manages_them(house: House, mail: Box) -> None:
    admin, page = signed_in(house, "admin"), f"/posts/people/{house.people['chief'].pk}/"
    assert "Does not receive" not in said(admin.get(page))
    mail.refused = {CHIEF}
    a_letter(house)
    send(at=NOW)
    text = said(admin.get(page))
    assert f"E-mail address {CHIEF} Does not receive" in text
    assert "Correct the address ; where it is right" in text
    assert "Does not receive" not in said(signed_in(house, "auditor").get(page))
