"""Two people at one record, a button pressed twice, and a way back to a form: what was meant is entered, once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.faults.browser import Answer, Browser, answers_of
from tests.faults.place import Place, Process


@pytest.fixture
def server(place: Place) -> Process:
    return place.serve()


def test_the_second_of_two_people_is_shown_what_the_first_changed(place: Place, server: Process) -> None:
    before = place.entries()
    first, second = place.browser(server), place.browser(server, "owner")
    address = "/risks/office/F00/review/"
    ones, others = answers_of(first.get(address).page), answers_of(second.get(address).page)
    assert first.post(address, ones | {"likelihood": "4", "narrative": "The first found it more likely"}).saved
    told = second.post(address, others | {"impact": "2", "narrative": "The second found it milder"})
    assert told.status == 422
    assert "The first found it more likely" in told.words
    assert place.entries() == before + 1
    again = answers_of(told.page)
    assert (again["likelihood"], again["impact"], again["narrative"]) == ("4", "2", "The second found it milder")
    assert second.post(address, again).saved
    assert place.entries() == before + 2
    assert place.verified() == before + 2


def forms(place: Place, browser: Browser) -> list[tuple[str, dict[str, str]]]:
    """Forms of each way of entering something, opened and filled: one that knows what was read, and two that do not."""
    update, action, risk = "/risks/office/F01/update/", "/records/risk/office/F02/actions/new", "/risks/new/"
    update_answers = answers_of(browser.get(update).page) | {"text": "Said once"}
    action_answers = answers_of(browser.get(action).page) | {"text": "Do it once", "due": "1 December 2099"}
    chief = str(place.ask("SELECT id FROM people_post WHERE title = 'Chief Executive'")[0][0])
    action_answers["owner"] = chief
    risk_answers = answers_of(browser.get(risk).page)
    risk_answers["owner"] = chief
    risk_answers |= {"title": "It could happen once", "impact": "3", "likelihood": "3", "reason": "Found"}
    return [(update, update_answers), (action, action_answers), (risk, risk_answers)]


WRITTEN = (
    "SELECT (SELECT count(*) FROM risks_update WHERE text = 'Said once'),"
    " (SELECT count(*) FROM actions_action WHERE text = 'Do it once'),"
    " (SELECT count(*) FROM records_record WHERE title = 'It could happen once')"
)


def pressed(browser: Browser, address: str, answers: dict[str, str], *, times: int) -> list[Answer]:
    """What a button answers that is pressed so many times at the same moment."""
    begin = Barrier(times)

    def press(_: int) -> Answer:
        begin.wait()
        return browser.post(address, answers)

    with ThreadPoolExecutor(times) as people:
        return list(people.map(press, range(times)))


def test_a_button_pressed_thrice_and_a_form_sent_again_enter_once_and_a_form_opened_anew_enters_again(
    place: Place, server: Process
) -> None:
    before, browser = place.entries(), place.browser(server)
    for address, answers in forms(place, browser):
        given = pressed(browser, address, answers, times=3)
        assert [answer.status for answer in given] == [302] * 3, [answer.words[:300] for answer in given]
        (led,) = {answer.to for answer in given}
        back = browser.post(address, answers)  # as a browser does on the way back
        assert (back.status, back.to) == (302, led)
    assert place.ask(WRITTEN) == [(1, 1, 1)]
    assert place.entries() == before + 3

    address, answers = forms(place, browser)[0]
    assert browser.post(address, answers | {"text": "Said anew"}).saved
    address, answers = forms(place, browser)[0]
    assert browser.post(address, answers | {"text": "Said anew"}).saved
    assert place.ask("SELECT count(*) FROM risks_update WHERE text = 'Said anew'") == [(2,)]
    assert place.verified() == before + 5
