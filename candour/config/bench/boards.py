"""Twenty years of a body's boards beside its registers, and how long their pages take."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django.test import Client

from candour.boards import commands
from candour.boards.commands import BoardFacts, HeldAction, HeldItem
from candour.boards.models import Board, BoardAction, Decision, Item
from candour.config.bench.build import AT, Register, analyse
from candour.config.bench.measure import Figure, again, once, page, timed
from candour.config.bench.save import Answers, answers_of, save
from candour.kernel.access import CANDOUR
from candour.kernel.calendar import add_working_days

YEARS, MEETINGS, ITEMS, BOARDS = 20, 6, 12, 5
FIRST = date(2004, 1, 5)


class Boards:
    """Boards of the bench's body: five that met six times a year for twenty years, with twelve items each time."""

    def __init__(self, register: Register) -> None:
        self.register, self.random = register, register.random
        self.boards = [self._board(number) for number in range(1, BOARDS + 1)]

    def _board(self, number: int) -> Board:
        said: dict[str, Any] = {"actor": CANDOUR, "at": AT, "reason": "Set up to measure"}
        facts = BoardFacts(name=f"Board {number}", starts_at=time(10), months=2, quorum=2)
        board = commands.set_up_board(
            facts, organisation=self.register.office, code=f"b{number}", effective=FIRST, **said
        )
        for place, post in enumerate(self.register.owners):
            commands.give_seat(board, post=post, role="member" if place else "chair", starts=FIRST, **said)
        return board

    def add(self, many: int) -> None:
        """So many actions and as many decisions, spread evenly over all the meetings."""
        meetings = [(board, year, turn) for year in range(YEARS) for turn in range(MEETINGS) for board in self.boards]
        for number, (board, year, turn) in enumerate(meetings):
            first = date(FIRST.year + year, 1 + 2 * turn, 5)
            day = add_working_days(first + timedelta(days=self.boards.index(board)), 1)
            share = many * (number + 1) // len(meetings) - many * number // len(meetings)
            commands.bring_in_meeting(
                board, held_on=day, items=self._items(day, share), actor=CANDOUR, at=AT, reason="Made to measure"
            )

    def _items(self, day: date, share: int) -> list[HeldItem]:
        words = self.register.words
        return [
            HeldItem(
                title=words(6),
                minute=words(60),
                presenter=self.random.choice(self.register.owners),
                decisions=[words(20) for _ in range(share // ITEMS + (place < share % ITEMS))],
                actions=[self._action(day) for _ in range(share // ITEMS + (place < share % ITEMS))],
            )
            for place in range(ITEMS)
        ]

    def _action(self, day: date) -> HeldAction:
        due = day + timedelta(days=self.random.randrange(14, 200))
        done = due + timedelta(days=self.random.randrange(-10, 60))
        settled = done <= AT.date() and self.random.random() < 0.9  # a tenth is still to do, however old
        words = self.register.words
        owner = self.random.choice(self.register.owners)
        return HeldAction(words(14), owner, due, done if settled else None, words(8) if settled else "")


def measures(register: Register, rows: int) -> Iterator[Figure]:
    """Every figure of the boards, as it is measured. rows: of actions, and of decisions."""
    boards = Boards(register)
    making = once("making", lambda: boards.add(rows))
    analyse()
    rate = round(2 * rows / making.median)
    yield Figure("actions and decisions brought in with their meetings", rate, rate, unit="rows/s")
    client = Client()
    client.force_login(register.person)
    yield page(client, "boards: list", "/boards/")
    yield page(client, "boards: one with twenty years of meetings", "/boards/office/b1/")
    yield page(client, "boards: meetings of long ago", "/boards/office/b1/?page=10")
    yield page(client, "boards: forward plan", "/boards/office/b1/forward/")
    for name, query in LISTS.items():
        yield page(client, f"boards: {name}", f"/boards/{query}")
    yield page(client, "boards: decisions of a board", f"/boards/decisions/?board={boards.boards[0].pk}")
    far = max(1, min(100, rows // 50))  # fifty on a page
    for name in ("actions", "decisions"):
        yield page(client, f"boards: {name}, page {far}", f"/boards/{name}/?page={far}")
    yield again(client, "boards: actions", "/boards/actions/")
    post = register.owners[0].pk
    yield page(client, "boards: actions of a post", f"/boards/actions/?owner={post}")
    meeting = Item.objects.select_related("meeting__record").order_by("-pk")[0].meeting.record.reference
    yield page(client, "boards: page of a meeting", f"/boards/meetings/office/{meeting}/")
    yield page(client, "boards: minutes of a meeting", f"/boards/meetings/office/{meeting}/minutes/")
    yield page(client, "boards: actions at a meeting", f"/boards/meetings/office/{meeting}/actions/")
    yield page(client, "boards: a decision", f"/boards/decisions/{Decision.objects.order_by('-pk')[0].pk}/")
    forms = [opened(client, number) for number in range(32)]
    median, p95 = timed(lambda: save(client, forms.pop()), 30)
    yield Figure("boards: save a minute", median, p95, hold="100")
    numbers = list(BoardAction.objects.filter(action__done_on=None).values_list("pk", flat=True)[:1])
    yield page(client, "boards: replace an action, asked", f"/boards/actions/{numbers[0]}/replace/")


LISTS = {
    "actions": "actions/",
    "actions still to do": "actions/?state=to+do",
    "actions late": "actions/?state=late",
    "actions by words": "actions/?q=custody+radio",
    "actions by age": "actions/?age=over",
    "decisions": "decisions/",
    "decisions by words": "decisions/?q=custody+radio",
    "decisions of a year": "decisions/?year=2023",
}


def opened(client: Client, number: int) -> Answers:
    """Open the minute of one of the latest items."""
    item = Item.objects.select_related("record").order_by("-pk")[number]
    address = f"/boards/items/office/{item.record.reference}/minute/"
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    no_action = {"action_due": ""}  # a date alone asks for an action
    return address, answers_of(response.content.decode()) | no_action | {"text": f"Written anew, {number}"}
