import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candour.kernel.access import CANDOUR
from candour.kernel.actions import commands, queries
from candour.kernel.actions.models import Action
from candour.kernel.calendar import add_months, say_date
from candour.kernel.records.commands import share
from candour.kernel.records.models import Record
from tests.factories import NOW, TODAY, House, a_risk

As = Callable[[str], Client]
NOWADAYS = timezone.localdate()  # the pages' own day: the middleware asks the clock
DUE = add_months(NOWADAYS, 2)


@pytest.fixture
def as_(house: House) -> As:
    """A browser signed in as one of the house."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(house.people[name])
        return client

    return signed_in


def an_action(house: House, record: Record, **values: object) -> Action:
    given: dict = {
        "text": "Write to the provider",
        "owner": house.posts["owner"],
        "due": DUE,
        "actor": CANDOUR,
        "at": NOW,
    }
    return commands.add_action(record, **(given | values))


@pytest.mark.parametrize("reference", ["OPCC029", "OPCC/2023/7", "A b?c#d%2F&é", "new/actions/3/move"])
def test_an_action_is_agreed_moved_and_done_whatever_the_reference(house: House, as_: As, reference: str) -> None:
    record = a_risk(house, reference=reference).record
    client = as_("owner")
    new = queries.actions_of(record, actor=house.actors["owner"], today=TODAY).add
    page = client.get(new)
    assert (
        page.status_code,
        reference.split("?", maxsplit=1)[0].split("&", maxsplit=1)[0] in page.content.decode(),
    ) == (200, True)
    agreed = client.post(new, {"text": "Write", "owner": house.posts["chief"].pk, "due": say_date(DUE)})
    assert (agreed.status_code, agreed.url) == (302, f"/risks/office/{quote(reference)}/#actions")
    action = Action.objects.get()
    assert (action.text, action.owner, action.due, action.added_on) == ("Write", house.posts["chief"], DUE, NOWADAYS)
    own = queries.row_of(action, today=TODAY).address
    assert client.get(own).status_code == 200
    later = add_months(DUE, 1)
    assert client.post(f"{own}/move", {"due": say_date(later), "reason": "Asked"}).status_code == 302
    assert client.post(f"{own}/done", {"outcome": "Signed", "done_on": say_date(NOWADAYS)}).status_code == 302
    action = Action.objects.get()
    assert (action.original_due, action.due, action.done_on, action.outcome) == (DUE, later, NOWADAYS, "Signed")
    shown = client.get(own).content.decode()
    assert [words in shown for words in ("Agreed", f"Moved to {say_date(later)}", "Asked", "Signed")] == [True] * 4
    assert "Mark as done" not in shown


def test_an_action_is_dropped_with_its_reason(house: House, as_: As) -> None:
    action = an_action(house, a_risk(house).record)
    own = queries.row_of(action, today=TODAY).address
    client = as_("owner")
    assert "Say why it will not be done" in client.post(f"{own}/drop", {"reason": " "}).content.decode()
    assert client.post(f"{own}/drop", {"reason": "Not needed"}).status_code == 302
    assert Action.objects.get().removed_on == NOWADAYS


def test_a_refused_answer_is_kept_and_says_how_to_mend_it(house: House, as_: As) -> None:
    record = a_risk(house).record
    client = as_("owner")
    new = queries.address("action-new", record)
    page = client.post(new, {"text": "Write", "owner": "999999", "due": "26/10/23"}).content.decode()
    assert "<title>Error: Add an action" in page
    assert "Write</textarea>" in page
    assert 'value="26/10/23"' in page
    assert f'<a href="#due">Enter a date on or after {say_date(NOWADAYS)}</a>' in page
    assert Action.objects.count() == 0


def test_two_who_settle_the_same_action_do_not_settle_it_twice(house: House, as_: As) -> None:
    action = an_action(house, a_risk(house).record)
    own = queries.row_of(action, today=TODAY).address
    commands.finish_action(action, outcome="Signed", actor=CANDOUR, at=NOW)
    page = as_("owner").post(f"{own}/drop", {"reason": "Not needed"})
    assert page.status_code == 200
    assert "This action was done on 15 June 2026" in page.content.decode()


def test_a_hidden_records_action_answers_exactly_like_one_that_never_was(house: House, as_: As) -> None:
    record, other = a_risk(house, sensitivity="restricted").record, a_risk(house).record
    hidden, missing = (f"/records/risk/office/{reference}/actions" for reference in (record.reference, "R9999"))
    number = an_action(house, record).pk
    client = as_("owner")
    for ends in ([f"/{number}", "/99999"], *([f"/{number}/{verb}"] for verb in ("move", "done", "drop")), ["/new"]):
        answers = set()
        for address in [place + end for place in (hidden, missing) for end in ends]:
            for ask in (client.get, client.post):
                with CaptureQueriesContext(connection) as captured:
                    answer = ask(address)
                if answer.status_code != 405:
                    body = answer.content.decode()
                    answers.add((answer.status_code, body, len(captured), tuple(sorted(answer.headers))))
        assert len(answers) == 1, [answer[::2] for answer in answers]
        assert answers.pop()[0] == 404
    assert client.get(f"/records/risk/office/{other.reference}/actions/{number}").status_code == 404
    assert client.get(f"/records/nothing/office/{other.reference}/actions/{number}").status_code == 404


def test_who_may_see_but_not_settle_is_told_so(house: House, as_: As) -> None:
    record = a_risk(house).record
    share(record, organisation=house.force, actor=CANDOUR, at=NOW, reason="Joint")
    own = queries.row_of(an_action(house, record), today=TODAY).address
    theirs = queries.row_of(an_action(house, record, owner=house.posts["force_policy"]), today=TODAY).address
    force = as_("force_policy")
    assert (force.get(own).status_code, force.get(f"{own}/done").status_code) == (200, 403)
    assert "those who settle the actions of The office" in force.get(own).content.decode()
    assert force.get(f"{theirs}/done").status_code == 200
    assert [as_("reader").get(f"{own}{end}").status_code for end in ("", "/done", "/move", "/drop")] == [
        200,
        404,
        404,
        404,
    ]
    assert as_("panel").get(own).status_code == 404


def test_my_actions_lists_what_is_late_due_soon_and_later(house: House, as_: As) -> None:
    record = a_risk(house, sensitivity="restricted", owner=house.posts["owner"]).record
    an_action(house, record, text="Later one")
    page = as_("owner").get("/actions/").content.decode()
    assert "Later one" in page
    assert "Later, 1" in page
    assert "OFFICIAL-SENSITIVE" in page
    assert "Shows 1 restricted record." in page
    assert as_("owner").get("/actions/?page=2").status_code == 404
    assert as_("panel").get("/actions/").status_code == 404


def test_my_actions_teaches_when_there_are_none(house: House, as_: As) -> None:
    page = as_("policy").get("/actions/").content.decode()
    assert "Nothing to do" in page
    assert "It is agreed on the page of a risk or another record" in page


@pytest.mark.parametrize("count", [1, 3, 9])
def test_my_actions_asks_the_database_as_often_for_one_as_for_many(house: House, as_: As, count: int) -> None:
    for _ in range(count):
        an_action(house, a_risk(house).record)
    client = as_("owner")
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/actions/")
    assert len(re.findall("Write to the provider", page.content.decode())) == count
    assert len(captured) == 3  # the person with their posts and roles, the counts, the page


def test_the_section_of_a_record_page_lists_actions_and_teaches_when_there_are_none(house: House) -> None:
    record = a_risk(house).record
    policy, reader = house.actors["policy"], house.actors["reader"]
    given = {"actions": queries.actions_of(record, actor=policy, today=TODAY)}
    empty = render_to_string("actions/_section.html", given)
    assert ("No actions." in empty, "Add an action" in empty) == (True, True)
    action = an_action(house, record, text="<b>Write</b>", due=TODAY)
    commands.move_action(action, due=DUE, reason="x", actor=CANDOUR, at=NOW)
    today = add_months(DUE, 1)
    full = render_to_string("actions/_section.html", {"actions": queries.actions_of(record, actor=reader, today=today)})
    for words in ("&lt;b&gt;Write&lt;/b&gt;", "Overdue", f"{(today - DUE).days} days late", "first 15 June 2026"):
        assert words in full
    assert "Add an action" not in full
