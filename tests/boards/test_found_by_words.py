"""Decisions and actions of boards are found by the words that they have now, each by the beginning of any of them."""

from typing import Any

import pytest
from django.db import models
from django.test import Client

from candour.boards import commands
from candour.boards.commands import NewDecision
from candour.boards.models import BoardActionText, Decision, DecisionText
from candour.boards.queries.acted import acting_words, lines_seen
from candour.boards.queries.decided import decisions_seen, said_in
from candour.kernel.access import CANDOUR
from candour.kernel.actions.models import Action
from candour.kernel.history.codec import REMOVED
from candour.kernel.history.commands import redact
from candour.kernel.history.verify import verify
from candour.kernel.records.models import Record
from tests.boards.factories import BY, a_board, a_sitting
from tests.boards.test_carried import a_long_meeting
from tests.factories import NOW, House
from tests.risks.pages import questions, signed_in

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"actor": CANDOUR, "at": NOW}


def plain(model: type[models.Model]) -> models.QuerySet:
    return models.QuerySet(model)


def a_decision(house: House, resolved: str, **said: str) -> Decision:
    _, items = a_sitting(a_board(house, name="Estates Board"), one=False)
    return commands.decide(items["one"], NewDecision(resolved, **said), **SAID)


def decided(words: str) -> list[str]:
    return [row.resolved for row in decisions_seen(CANDOUR).filter(said_in(words))]


def acted(words: str) -> list[str]:
    rows = lines_seen(CANDOUR).filter(acting_words(words)).order_by("action")
    return list(rows.values_list("action__action__text", flat=True))


@pytest.mark.parametrize(
    ("words", "found"),
    [("let", True), ("LET cafe", True), ("cheap", True), ("estates", True), ("legal", True), ("heap", False),
     ("let dearest", False), ("!", True)],
)  # fmt: skip
def test_a_decision_is_found_where_every_word_begins_one_of_its_own(house: House, words: str, found: bool) -> None:
    a_decision(house, "To let the café.", reasons="It was cheapest.", advice="Legal advice was taken.")
    assert decided(words) == (["To let the café."] if found else [])


def test_a_decision_is_found_by_the_words_that_it_has_now(house: House) -> None:
    decision = a_decision(house, "To let the café.")
    commands.change_decision(decision, NewDecision("To close the canteen."), reason="As said", **SAID)
    assert (decided("café"), decided("canteen")) == ([], ["To close the canteen."])
    assert verify().failure == ""


def test_decisions_and_actions_that_are_brought_in_together_are_found_each_by_its_own_words(house: House) -> None:
    a_long_meeting(house, 12)
    assert (decided("do 11"), decided("to 7")) == (["To do 11"], ["To do 7"])
    assert (acted("do 11"), acted("later"), acted("b 2026 a03")) == (["Do 11"], ["Set later"], ["Do 2"])
    assert verify().failure == ""


def test_what_is_removed_of_a_decision_and_of_an_action_is_found_no_more(house: House) -> None:
    decision = a_decision(house, "Nightingale leaves.")
    a_long_meeting(house, 1)
    action = Action.objects.get(text="Set later")
    held = Record.objects.get(pk=action.record_id)
    redact(decision, decision, "resolved", **BY)
    redact(held, action, "text", **BY)
    assert (decided("nightingale"), acted("later")) == ([], [])
    assert (decided("removed"), acted("removed")) == ([REMOVED], [REMOVED])
    assert verify().failure == ""


def test_an_altered_or_removed_search_text_of_a_decision_is_found(house: House) -> None:
    decision = a_decision(house, "To let the café.")
    said = f"decision {decision.pk}: its search text is not what it says"
    plain(DecisionText).filter(pk=decision.pk).update(text="nothing")
    assert verify().failure == said
    plain(DecisionText).filter(pk=decision.pk).delete()
    assert verify().failure == said


def test_an_altered_search_text_of_an_action_is_found(house: House) -> None:
    a_long_meeting(house, 1)
    text = BoardActionText.objects.order_by("pk")[0]
    plain(BoardActionText).filter(pk=text.pk).update(text="nothing")
    said = f"Agenda item {text.record_id}: the line of words of action {text.pk} is not what its record gives"
    assert verify().failure == said


@pytest.mark.parametrize("address", ["/boards/decisions/?q=do", "/boards/actions/?q=do"])
def test_a_search_asks_as_often_for_many_as_for_one(house: House, client: Client, address: str) -> None:
    client = signed_in(house, "secretary")
    a_long_meeting(house, 1)
    client.get(address)
    first = questions(client, address)
    _, items = a_sitting(a_board(house, name="Estates Board"), one=False)
    for number in range(30):
        commands.decide(items["one"], NewDecision(f"To do so {number}"), **SAID)
    assert (questions(client, address), first <= 12) == (first, True)
