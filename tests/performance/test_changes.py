"""What changed in the measures between two days."""

from datetime import date

import pytest

from candour.kernel.access import CANDOUR
from candour.kernel.records.models import Record
from candour.kernel.records.registers import registers
from candour.performance import commands
from candour.performance.queries.changes import compare, two_days
from tests.factories import NOW, TODAY, House
from tests.performance.factories import BY, LAST, STEADY, WORSE, a_measure, loaded
from tests.risks.pages import questions, said, signed_in

pytestmark = pytest.mark.django_db
SINCE = date(2026, 5, 20)


def changes(since: date = SINCE) -> list[tuple[str, str, tuple[str, ...]]]:
    found = compare(two_days(CANDOUR, Record.objects.filter(kind="measure"), since=since, as_at=TODAY))
    return [(one.kind, one.row.reference, one.said) for one in found]


def a_story(house: House) -> None:
    """One gets worse, is revised, explained and aimed higher; one is new; one ends; nothing happens to one."""
    it = a_measure(house)
    loaded(it, STEADY, last=date(2026, 4, 1), effective=date(2026, 5, 15))
    loaded(it, [*STEADY[:-1], 81, 70])
    post = house.posts["owner"]
    one = commands.ask_explanation(it, period=LAST, signal="Outside", post=post, asked="Why?", due=TODAY, **BY)
    commands.answer_explanation(one, answer="Nineteen left", actor=CANDOUR, at=NOW)
    aim = {"target": "90", "target_by": date(2027, 3, 31), "tolerance": "1"}
    it.refresh_from_db()
    it.record.refresh_from_db()
    commands.change_measure(it, title="Calls answered in time", owner=house.posts["chief"], **aim, **BY)
    ended = a_measure(house, title="Old one")
    commands.end_measure(ended, on=TODAY, **BY)
    loaded(a_measure(house, title="Still"), STEADY, last=date(2026, 4, 1), effective=date(2026, 5, 15))
    a_measure(house, title="New one", effective=date(2026, 6, 1))


def test_what_changed_is_told_by_kind(house: House) -> None:
    a_story(house)
    assert changes() == [
        ("state", "M-001", ("Getting worse, steady before",)),
        ("state", "M-003", ("Figures late, steady before",)),
        ("explained", "M-001", ("May 2026, by Head of Communications: Nineteen left",)),
        ("revised", "M-001", ("April 2026: 81, 82 before",)),
        ("figure", "M-001", ("May 2026: 70",)),
        ("target", "M-001", ("Target: 90 by 31 March 2027, none before", "Tolerance: 1, none before")),
        ("defined", "M-004", ("Calls answered in 10 seconds or less.",)),
        ("ended", "M-002", ("Measured for the last time on 15 June 2026",)),
        ("changed", "M-001", ("Title: ‘Emergency calls answered within 10 seconds’ before",)),
    ]
    assert changes(since=date(2026, 1, 1))[-1][0] == "defined"
    assert changes(since=TODAY.replace(day=14)) != []


@pytest.mark.usefixtures("moment")
def test_the_page_tells_it_and_meetings_lead_there(house: House) -> None:
    a_story(house)
    client = signed_in(house, "reader")
    words = said(client.get("/performance/changes/?since=2026-05-20"))
    assert "9 changes from the end of 20 May 2026 to now." in words
    assert "April 2026: 81, 82 before" in words
    only = said(client.get("/performance/changes/?since=2026-05-20&what=revised"))
    assert "Only figures revised is shown" in only
    assert "Nineteen left" not in only
    assert "Nothing changed between these days" in said(
        client.get("/performance/changes/?since=2025-01-01&as_at=2025-06-01")
    )
    assert "Nothing is shown until this is mended" in said(client.get("/performance/changes/?since=soon"))
    (found,) = [each for each in registers() if each.label == "Measures"]
    assert found.changes(SINCE, TODAY) == "/performance/changes/?since=2026-05-20&as_at=2026-06-15"
    assert found.at(TODAY) == "/performance/?as_at=2026-06-15"


@pytest.mark.usefixtures("moment")
def test_a_hidden_measure_changes_nothing_here(house: House) -> None:
    client = signed_in(house, "reader")
    before = client.get("/performance/changes/?since=2026-01-01").content
    loaded(a_measure(house, title="Secret", sensitivity="restricted", owner=house.posts["policy"]), WORSE)
    assert client.get("/performance/changes/?since=2026-01-01").content == before
    it = a_measure(house, title="Was secret", sensitivity="restricted", owner=house.posts["policy"])
    it.record.refresh_from_db()
    commands.restrict_measure(it, sensitivity="office", **BY)
    assert client.get("/performance/changes/?since=2026-02-01").content == before.replace(
        b"2026-01-01", b"2026-02-01"
    ) or ("Was secret" not in said(client.get("/performance/changes/?since=2026-02-01")))


@pytest.mark.usefixtures("moment")
def test_it_asks_as_often_for_many_as_for_one(house: House) -> None:
    a_story(house)
    client = signed_in(house, "policy")
    address = "/performance/changes/?since=2026-05-20"
    client.get(address)
    first = questions(client, address)
    for number in range(3):
        loaded(a_measure(house, title=f"Another {number}"), WORSE)
    assert questions(client, address) == first
    assert first <= 12
