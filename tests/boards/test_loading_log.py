"""A log of actions from elsewhere, loaded: meeting by meeting, all rows or none, and twice the same."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candour.boards import commands
from candour.boards.intake import save as saving
from candour.boards.models import Board, BoardAction, Meeting
from candour.boards.papers.actions import action_paper, gather
from candour.boards.queries.acted import action_row, board_actions
from candour.config.cli import main
from candour.kernel.access import CANDOUR, Actor, Forbidden
from candour.kernel.history.verify import verify
from candour.kernel.intake.commands import load, matched, read
from candour.kernel.intake.document import Reading
from candour.kernel.intake.kinds import Saved
from candour.kernel.intake.models import Staged
from candour.kernel.intake.readers import read_document
from candour.kernel.papers.render import render
from candour.kernel.rules import Refused
from tests.boards.factories import BY, a_board, a_sitting
from tests.boards.test_agenda_pages import signed_in
from tests.factories import NOW, TODAY, House

pytestmark = pytest.mark.django_db
LOG = """Governance Board action log
Position as at 12 June 2026
Ref,Action,Owner,Date raised,Original date,Due date,Status,Update
Governance Board,,,,,,,
1,Write to the landlord,Chief Finance Officer,12 March 2026,30 April 2026,2 June 2026,"Late, by 10 days",Written to twice
2,Call them,Chief Executive,12 March 2026,30 April 2026,30 April 2026,Done on 4 May 2026: they were called,
3,Bring the lease,Chief Executive,12 March 2026,30 April 2026,30 April 2026,Replaced by 5,
4,Count the keys,Chief Executive,12 March 2026,30 April 2026,30 April 2026,Dropped on 1 May 2026,
5,Bring the lease and the plan,Policy and Compliance Officer,14 May 2026,30 June 2026,30 June 2026,Open,
"""


@pytest.fixture
def board(house: House) -> Board:
    return a_board(house, code="cgb", name="Governance Board")


def reading(text: str = LOG, name: str = "log.csv") -> Reading:
    return read(read_document(text.encode(), name))


def loaded(house: House, found: Reading, *, accept: bool = False, actor: Actor = CANDOUR) -> Saved:
    return load(found, organisation=house.office, actor=actor, at=NOW, accept_findings=accept)


def stood() -> list[tuple[Any, ...]]:
    rows = [action_row(row, today=TODAY) for row in board_actions(CANDOUR).order_by("pk")]
    return [(row.number, row.text, row.owner, row.meeting, row.first, row.due, row.state, row.by) for row in rows]


def test_each_action_stands_at_the_meeting_that_set_it(house: House, board: Board) -> None:
    assert list(reading().findings) == []
    saved = loaded(house, reading(), actor=house.refreshed("policy"))
    first, second, april, june = date(2026, 3, 12), date(2026, 5, 14), date(2026, 4, 30), date(2026, 6, 30)
    assert stood() == [
        ("CGB-2026-A01", "Write to the landlord", "Chief Finance Officer", first, april, date(2026, 6, 2), "late", ""),
        ("CGB-2026-A02", "Call them", "Chief Executive", first, april, april, "done", ""),
        ("CGB-2026-A03", "Bring the lease", "Chief Executive", first, april, april, "superseded", "CGB-2026-A05"),
        ("CGB-2026-A04", "Count the keys", "Chief Executive", first, april, april, "dropped", ""),
        ("CGB-2026-A05", "Bring the lease and the plan", "Policy and Compliance Officer", second, june, june, "open", ""),
    ]  # fmt: skip
    assert saved.made == ("CGB-2026-A01", "CGB-2026-A02", "CGB-2026-A03", "CGB-2026-A04", "CGB-2026-A05")
    assert BoardAction.objects.get(number="CGB-2026-A02").action.outcome == "they were called"
    assert BoardAction.objects.get(number="CGB-2026-A04").action.removed_on == date(2026, 5, 1)
    minute = Meeting.objects.get(held_on=first).items.get().minute.text
    assert minute == "What the board set at this meeting, as read from log.csv. Printed there as 1, 2, 3, 4."
    assert (Staged.objects.get().state, verify().failure) == ("confirmed", "")


def test_loaded_twice_it_copies_nothing_and_says_what_differs(house: House, board: Board) -> None:
    loaded(house, reading())
    before = stood()
    again = loaded(house, reading(name="again.csv"))
    assert (again.made, len(again.unchanged), again.conflicts) == ((), 5, ())
    other = LOG.replace('2 June 2026,"Late, by 10 days"', '9 June 2026,"Late, by 3 days"')
    other += "6,Count the cars,Chief Executive,14 May 2026,30 June 2026,30 June 2026,Open,\n"
    told = loaded(house, reading(other, "later.csv"))
    assert told.conflicts == (
        "1: due on 9 June 2026 in the log, on 2 June 2026 in the register",
        "6: Governance Board met on 14 May 2026 already, and set no such action there: enter it where it is minuted",
    )
    assert (stood(), Meeting.objects.count(), Staged.objects.count()) == (before, 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Chief Finance Officer", "Head of Boats", "1: no post is called ‘Head of Boats’: set it up, or mend the log"),
        ("Governance Board,,", "Sailing Club,,", "1: there is no board called ‘Sailing Club’"),
        ('2 June 2026,"Late, by 10 days"', ",Open", "1: it has no day by which it is to be done"),
        (
            "landlord,Chief Finance Officer,12 March 2026",
            "landlord,Chief Finance Officer,",
            "1: it does not say at which",
        ),
        ("14 May 2026", "14 May 2025", "5: Governance Board began on 5 January 2026, after it was set"),
        ("plan,Policy and Compliance Officer", "plan,", "5: it has no post"),
    ],
)
def test_one_row_that_cannot_be_saved_stops_all(house: House, board: Board, old: str, new: str, said: str) -> None:
    assert old in LOG
    with pytest.raises(Refused) as refused:
        loaded(house, reading(LOG.replace(old, new)), accept=True)
    assert said in refused.value.message
    assert (BoardAction.objects.count(), Meeting.objects.count(), Staged.objects.count()) == (0, 0, 0)


def test_findings_are_accepted_first(house: House, board: Board) -> None:
    wrong = reading(LOG.replace("Late, by 10 days", "Late, by 90 days"))
    assert [finding.code for finding in wrong.findings] == ["late-differs"]
    with pytest.raises(Refused, match="Decide what to do about"):
        loaded(house, wrong)
    assert BoardAction.objects.count() == 0
    assert len(loaded(house, wrong, accept=True).made) == 5


@pytest.mark.parametrize("suffix", [".docx", ".txt"])
def test_what_one_installation_writes_another_loads_with_its_numbers(house: House, suffix: str) -> None:
    board = a_board(house, code="cgb", name="Governance Board")
    _, items = a_sitting(board, date(2026, 3, 12), one=False)
    for words in ("Write", "Call", "Bring"):
        commands.set_action(
            items["one"],
            text=f"{words} to them",
            owner=house.posts["chief"],
            due=date(2026, 7, 1),
            actor=CANDOUR,
            at=NOW,
        )
    two = BoardAction.objects.get(number="CGB-2026-A02")
    two = BoardAction.objects.select_related("item__meeting", "item__record", "action__record").get(pk=two.pk)
    by = BoardAction.objects.select_related("item__meeting", "action").get(number="CGB-2026-A03")
    commands.supersede_action(two, by=by, **BY)
    days = {"organisation": house.office, "as_at": TODAY, "since": date(2026, 3, 1), "at": NOW}
    paper = render(action_paper(gather(CANDOUR, **days), "panel"), suffix)
    elsewhere = read(read_document(paper, f"paper{suffix}"))
    matches = matched(elsewhere, organisation=house.office, actor=CANDOUR, effective=TODAY)
    assert [(match.match, match.plan, match.conflicts) for match in matches] == [("Same record", (), ())] * 3
    other = a_board(house, code="oth", name="Other Board")
    moved = [dict(record, board="Other Board", reference=record["reference"].replace("CGB", "OTH"),
             replaced_by=record["replaced_by"].replace("CGB", "OTH")) for record in elsewhere.records]  # fmt: skip
    said = {"organisation": house.office, "source": {"file": "paper"}, "effective": TODAY, "actor": CANDOUR, "at": NOW}
    saving.save(moved, {}, **said)
    rows = BoardAction.objects.filter(item__meeting__board=other).order_by("number")
    assert [(row.number, row.superseded_by and row.superseded_by.number) for row in rows] == [
        ("OTH-2026-A01", None), ("OTH-2026-A02", "OTH-2026-A03"), ("OTH-2026-A03", None),
    ]  # fmt: skip


def test_who_minutes_no_board_loads_none(house: House, board: Board) -> None:
    with pytest.raises(Forbidden):
        loaded(house, reading(), actor=house.refreshed("owner"))


def test_a_board_that_may_not_be_seen_is_not_there(house: House, board: Board) -> None:
    commands.set_sight(board, ground="person", **BY)
    wrong = {
        match.plan
        for match in saving.compare(
            reading().records, organisation=house.office, effective=TODAY, actor=house.refreshed("owner")
        )
    }
    assert wrong == {("Nothing: there is no board called ‘Governance Board’: set it up, or mend the name",)}


def test_the_page_says_what_each_row_would_do_and_saves_them(house: House, board: Board) -> None:
    client = signed_in(house, "policy")
    file = SimpleUploadedFile("log.csv", LOG.encode(), content_type="text/csv")
    page = client.post("/papers-in/", {"paper": file}, follow=True)
    assert "New action, set on 12 March 2026" in page.content.decode()
    keys = ["1", "2", "3", "4", "5"]
    page = client.post(page.request["PATH_INFO"], {"effective": "12 June 2026", "take": keys}, follow=True)
    assert ("5 made" in page.content.decode(), BoardAction.objects.count()) == (True, 5)


def test_the_command_line_loads_it(house: House, board: Board, tmp_path: Path, capsys: Any) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG.replace("Chief Finance Officer", "Head of Boats"))
    assert main(["load", str(log), "--actor", "policy"]) == 1
    assert "1: no post is called ‘Head of Boats’" in capsys.readouterr().err
    log.write_text(LOG)
    assert main(["load", str(log), "--actor", "policy"]) == 0
    assert capsys.readouterr().out.startswith("5 made, 0 changed, 0 unchanged in ")
    assert main(["load", str(log), "--actor", "policy"]) == 0
    assert capsys.readouterr().out.startswith("0 made, 0 changed, 5 unchanged in ")
