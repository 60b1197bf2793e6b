"""A form is taken once: the mark of what was sent stands exactly where what was sent is recorded."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from candour.kernel.access import CANDOUR
from candour.kernel.actions.models import Action
from candour.kernel.history.models import Sent
from candour.kernel.history.once import Sending, SentAlready, sending
from candour.kernel.jobs.own import KEPT, sweep
from candour.risks import commands
from candour.risks.models import Update
from tests.factories import NOW, House, a_risk
from tests.risks.pages import signed_in

pytestmark = [pytest.mark.django_db]
TOKEN = {"csrfmiddlewaretoken": "p" * 64}  # as a page gives it, another on each


def answers(house: House, **changed: str) -> dict[str, str]:
    said = {"text": "See to it", "owner": str(house.posts["chief"].pk), "due": "1 December 2099"}
    return TOKEN | said | changed


def test_a_form_that_is_sent_again_leads_where_it_led_and_enters_nothing(house: House) -> None:
    a_risk(house, reference="A1")
    client, address = signed_in(house, "policy"), "/records/risk/office/A1/actions/new"
    first = client.post(address, answers(house))
    again = client.post(address, answers(house))
    assert (first.status_code, again.status_code) == (302, 302)
    assert again.headers["Location"] == first.headers["Location"]
    told = [str(message) for message in get_messages(again.wsgi_request)]
    assert told[-1] == "This was saved already. It is entered once."
    assert Action.objects.count() == 1
    assert Sent.objects.get().to == first.headers["Location"]


def test_changed_answers_another_page_and_somebody_else_are_other_sendings(house: House) -> None:
    a_risk(house, reference="A1")
    client, address = signed_in(house, "policy"), "/records/risk/office/A1/actions/new"
    client.post(address, answers(house))
    client.post(address, answers(house, text="See to something else"))
    client.post(address, answers(house, csrfmiddlewaretoken="q" * 64))
    signed_in(house, "owner").post(address, answers(house))
    assert Action.objects.count() == 4


def test_a_form_that_was_refused_was_not_taken(house: House) -> None:
    a_risk(house, reference="A1")
    client, address = signed_in(house, "policy"), "/records/risk/office/A1/actions/new"
    for _ in range(2):
        assert b"Enter what has to be done" in client.post(address, answers(house, text="")).content
    assert Sent.objects.count() == 0
    assert client.post(address, answers(house)).status_code == 302


def test_what_is_taken_back_leaves_no_mark_and_what_was_marked_by_another_is_not_written(house: House) -> None:
    risk = a_risk(house)
    said = {"text": "Said", "actor": CANDOUR, "at": NOW, "reason": ""}
    with sending(Sending("one")), pytest.raises(ValueError, match="Enter the update"):
        commands.record_update(risk, **said | {"text": " "})
    assert Sent.objects.count() == 0
    with sending(Sending("one")):
        commands.record_update(risk, **said)
        commands.record_update(risk, **said)  # one form may record several things
    with sending(Sending("one")), pytest.raises(SentAlready):
        commands.record_update(risk, **said)
    assert Update.objects.filter(risk=risk).count() == 2


def test_marks_are_forgotten_with_the_jobs(house: House) -> None:
    Sent.objects.create(key="old", by="x", at=NOW - KEPT - timedelta(days=1))
    Sent.objects.create(key="new", by="x", at=NOW)
    sweep(NOW, {})
    assert list(Sent.objects.values_list("key", flat=True)) == ["new"]
