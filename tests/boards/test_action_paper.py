"""The log of actions as a paper, for each audience, as it stood."""

from datetime import date
from typing import Any

import pytest

from candour.boards import commands
from candour.boards.models import BoardAction
from candour.boards.papers.actions import checks, copy_of, gather
from candour.boards.queries.acted import action_row, ageing_counts, board_actions, lines_seen, with_state
from candour.boards.rules.acting import AGES, STATES
from candour.kernel.access import CANDOUR, Actor
from candour.kernel.actions.commands import finish_action, move_action
from candour.kernel.calendar import say_date
from candour.kernel.papers.document import Paragraph, para, texts
from candour.kernel.papers.kinds import paper
from candour.kernel.papers.render import render
from tests.boards.factories import BY, a_board, a_sitting
from tests.boards.test_resolving import SAID, set_
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
SINCE = date(2026, 6, 1)


@pytest.fixture
def log(house: House) -> House:
    """Three open actions, of which one was done, and one of the closed part, of a board that meets in public."""
    board = a_board(house, code="cgb", name="Governance Board", in_public=True)
    _, items = a_sitting(board, one=False, two=True)
    for words in ("Write to the landlord about the roof", "Call them", "Bring the lease"):
        set_(items["one"], house, words)
    set_(items["two"], house, "Settle the zanzibar claim before the hearing of next week")
    done = BoardAction.objects.select_related("action__record").get(number="CGB-2026-A02")
    finish_action(done.action, outcome="They were called", **SAID)
    return house


def written(house: House, audience: str, actor: Actor = CANDOUR, as_at: date = TODAY) -> str:
    made = paper(
        "board-actions", actor=actor, organisation=house.office, as_at=as_at, since=SINCE, audience=audience, at=NOW
    )
    return "\n".join(texts(made))


def test_the_copies_hold_what_their_readers_may_read(log: House) -> None:
    panel, office, public = (written(log, audience) for audience in ("panel", "office", "public"))
    assert ("zanzibar" in panel, "CGB-2026-C01" in panel, "OFFICIAL-SENSITIVE" in panel) == (True, True, True)
    for copy in (office, public):
        assert ("zanzibar" in copy, "C01" in copy, "Bring the lease" in copy) == (False, False, True)
    assert "Done on 15 June 2026: They were called" in public


def test_the_public_reads_nothing_of_a_board_that_does_not_meet_in_public(house: House) -> None:
    _, items = a_sitting(a_board(house, code="cgb"), one=False)
    set_(items["one"], house)
    assert "Write to them" in written(house, "office")
    assert "Write to them" not in written(house, "public")


def test_who_may_not_see_the_closed_part_makes_even_the_panels_copy_without_it(log: House) -> None:
    copy = written(log, "panel", actor=log.actors["reader"])
    assert ("zanzibar" in copy, "C01" in copy, "Bring the lease" in copy) == (False, False, True)


def test_it_reads_as_it_stood_on_a_past_day(log: House) -> None:
    before = written(log, "panel", as_at=date(2026, 6, 12))
    assert ("They were called" in before, "Call them" in before) == (False, True)
    assert "Call them" not in written(log, "panel", as_at=date(2026, 6, 10))


@pytest.mark.parametrize("audience", ["panel", "office", "public"])
def test_every_check_passes_and_one_that_gives_a_hidden_action_away_stops(log: House, audience: str) -> None:
    stock = gather(CANDOUR, organisation=log.office, as_at=TODAY, since=SINCE, at=NOW)
    made = paper(
        "board-actions", actor=CANDOUR, organisation=log.office, as_at=TODAY, since=SINCE, audience=audience, at=NOW
    )
    assert [check.words for check in checks(stock, audience, made) if not check.passed] == []
    assert len(copy_of(stock, audience).hidden) == (0 if audience == "panel" else 1)
    said: Paragraph = para("See CGB-2026-C01 about it.")
    leaky = type(made)(**({name: getattr(made, name) for name in made.__slots__} | {"blocks": (*made.blocks, said)}))
    stopped = [check for check in checks(stock, audience, leaky) if check.stops and not check.passed]
    assert len(stopped) == (0 if audience == "panel" else 1)


def test_it_says_what_was_set_and_what_moved_since_the_earlier_day(log: House) -> None:
    moved = BoardAction.objects.select_related("action__record").get(number="CGB-2026-A03")
    was = say_date(moved.action.due)
    move_action(moved.action, due=date(2026, 12, 1), **BY)

    def since(day: date) -> list[str]:
        stock = gather(CANDOUR, organisation=log.office, as_at=TODAY, since=day, at=NOW)
        return [f"{row.number[-3:]} {stock.changed(row)}" for row in copy_of(stock, "public").to_do]

    assert since(SINCE) == ["A01 Set since 1 June 2026", "A03 Set since 1 June 2026"]
    assert since(date(2026, 6, 12)) == ["A01 ", f"A03 Moved from {was}"]
    days: dict[str, Any] = {"as_at": TODAY, "since": date(2026, 6, 12), "audience": "public", "at": NOW}
    copy = "\n".join(texts(paper("board-actions", actor=CANDOUR, organisation=log.office, **days)))
    assert "None that are still to do were set since 12 June 2026." in copy
    assert "1 that is still to do was given a new date since 12 June 2026." in copy
    assert f"Moved from {was}" in copy


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf"])
def test_it_is_written_in_every_format(log: House, suffix: str) -> None:
    made = paper(
        "board-actions", actor=CANDOUR, organisation=log.office, as_at=TODAY, since=SINCE, audience="public", at=NOW
    )
    content = render(made, suffix)
    assert len(content) > 500
    assert b"zanzibar" not in content


def test_the_state_and_age_in_the_database_are_those_of_the_rules(log: House) -> None:
    moved = BoardAction.objects.select_related("action__record").get(number="CGB-2026-A03")
    move_action(moved.action, due=date(2026, 12, 1), **BY)
    old, new = (BoardAction.objects.get(number=f"CGB-2026-A0{number}").pk for number in (1, 3))
    rows: dict[int, Any] = {row.pk: row for row in board_actions(CANDOUR)}
    said = BY | {"reason": "It covers both"}
    for day in (date(2026, 6, 15), date(2026, 6, 17), date(2026, 7, 2), date(2026, 8, 15), date(2026, 12, 30)):
        told = {row.pk: (row.state, row.age) for row in with_state(lines_seen(CANDOUR), day)}
        read = {pk: action_row(row, today=day) for pk, row in rows.items()}
        assert {pk: state for pk, (state, _) in told.items()} == {pk: row.state for pk, row in read.items()}
        assert {pk: age for pk, (_, age) in told.items() if read[pk].age} == {
            pk: row.age for pk, row in read.items() if row.age
        }
        assert {row.state for row in read.values()} <= set(STATES)
        counts = ageing_counts(with_state(lines_seen(CANDOUR), day), day, {})
        assert sum(sum(each.values()) for each in counts.values()) == 3
        assert {age for each in counts.values() for age in each} <= set(AGES)
    commands.supersede_action(rows[old], by=rows[new], **said)
    assert {row.pk: row.state for row in with_state(lines_seen(CANDOUR), TODAY)}[old] == "superseded"
    assert action_row(board_actions(CANDOUR).get(pk=old), today=TODAY).by == "CGB-2026-A03"
