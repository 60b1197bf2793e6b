"""What commands of boards, meetings and packs take."""

from dataclasses import replace
from datetime import date, time
from io import BytesIO
from typing import Any

from candour.boards import commands as boards
from candour.boards.commands import Answered, BoardFacts, HeldItem, NewDecision, NewItem, StandingFacts, Taken
from candour.boards.models import Clearance, Item, Meeting, Pack, PackShare, Paper, Planned, Question
from candour.kernel.access import CANDOUR
from candour.kernel.evidence.commands import add_file
from candour.kernel.evidence.models import File
from tests.boards.factories import a_meeting
from tests.everywhere.building import new_pack
from tests.everywhere.world import World
from tests.factories import NOW, TODAY

ROOM = tuple(f"candour.boards.commands.{name}" for name in ("sitting", "deciding", "answering", "acting", "signing"))
PACKS = ("candour.boards.commands.packs", "candour.boards.commands.making")


def of_packs(world: World) -> dict[str, Any]:
    """The same for the commands that make packs and issue them: of a meeting whose agenda is out, with a pack of each part."""
    meeting = Meeting.objects.select_related("record__organisation", "board").get(pk=world.pack.meeting_id)
    packs = Pack.objects.select_related("meeting__record__organisation", "meeting__board")
    return {
        "meeting": meeting,
        "new": replace(new_pack(meeting, closed=False), version=2),
        "closed": False,
        "draft": False,
        "supplement": False,
        "pack": packs.get(pk=world.pack.pk),
        "share": PackShare.objects.select_related("pack__meeting__record", "board").get(pk=world.pack_share.pk),
        "board": world.items["proposed"].meeting.board,
    }


def of_boards(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of boards take, or take another of."""
    if not name.startswith("candour.boards.") or name.startswith(ROOM):
        return {}
    if name.startswith(PACKS):
        return of_packs(world)
    house, board = world.house, world.board
    board.refresh_from_db()
    meeting = Meeting.objects.select_related("record__organisation", "board").get(pk=world.planned.meeting_id)
    item = Item.objects.select_related("record__organisation", "meeting__board").get(pk=world.planned.pk)
    paper = Paper.objects.select_related("item__record__organisation", "item__meeting").get(pk=world.agenda_paper.pk)
    paper.draft = name.endswith(".settle_draft")
    other = Meeting.objects.select_related("record").get(board=board, held_on=date(2026, 8, 20))
    facts: Any = StandingFacts("Another") if name.endswith("_standing") else BoardFacts("Another", meeting.starts_at)
    if name.endswith(".end_board"):
        for each in board.meetings.filter(called_off_on=None).select_related("record", "board"):
            boards.call_off(each, actor=CANDOUR, at=NOW, reason="For a test")
    return {
        "facts": facts,
        "items": [HeldItem("Budget", "Noted")],
        "replaced": {},
        "code": "other",
        "board": world.items["proposed"].meeting.board if name.endswith(".set_sight") else board,
        "post": None if name.endswith(".set_limit") else house.posts["owner"],
        "role": "member",
        "substitute": None,
        "seat": board.seats.select_related("board", "post").order_by("pk")[0],
        "standing": [] if name.endswith(".take_up") else board.standing.order_by("pk")[0],
        "order": list(board.standing.filter(ended_on=None).order_by("-pk").values_list("pk", flat=True)),
        "what": "Grants",
        "up_to": None,
        "limit": world.limit,
        "agreed_on": TODAY,
        "agreed_by": "The board",
        "held_on": date(2026, 1, 29) if name.endswith(".bring_in_meeting") else date(2026, 11, 19),
        "meeting": meeting,
        "starts_at": meeting.starts_at,
        "lasts": 60,
        "venue": "Hall",
        "new": NewItem("Another item"),
        "item": item,
        "to": 0 if name.endswith((".place_item", ".place_standing")) else other,
        "away": None,
        "lead": None,
        "minutes": 5,
        "planned": Planned.objects.select_related("board", "meeting").get(pk=world.once.pk),
        "days": [date(2026, 11, 19), date(2026, 11, 26)],
        "ground": "person",
        "act": "risk.score",
        "question": Question.objects.select_related("item__record__organisation", "item__meeting").get(
            pk=world.question.pk
        ),
        "file": added_file(item) if name.endswith(".attach") else None,
        "draft": False,
        "kind": "audit-progress",
        "paper": world.file_paper if name.endswith(".clear_match") else paper,
        "asks": [],
        "about": world.risks["hidden" if name.endswith(".clear_match") else "seen"].record,
        "clearance": Clearance.objects.select_related("about", "paper__item__record").get(pk=world.clearance.pk),
    }


def added_file(item: Item) -> File:
    return add_file(item.record, name="note.txt", content=BytesIO(b"A note"), actor=CANDOUR, at=NOW)


def of_room(world: World, name: str) -> dict[str, Any]:
    """The same for what only the commands of the room take, or take another of: an item of an opened meeting."""
    if not name.startswith(ROOM):
        return {}
    house, signs = world.house, name.endswith((".sign_off", ".correct_minute"))
    rows = Item.objects.select_related("record", "minute", "meeting__board__organisation", "meeting__record")
    item = rows.get(pk=world.items["proposed" if ".answer_question" in name else "seen"].pk)
    meeting = world.closed if signs else world.later
    if name.endswith(".open_meeting"):
        day = date(2026, 6, 12)
        meeting = Meeting.objects.filter(held_on=day).first() or a_meeting(item.meeting.board, day)
    standing, other = item.board_actions.select_related("action__record").order_by("pk")
    standing.item = item
    question = item.questions.select_related("about").first()
    if question is not None:
        question.item = item
    return {
        "item": item,
        "meeting": Meeting.objects.select_related("record", "board").get(pk=meeting.pk),
        "agreed_at": world.later,
        "started": time(9),
        "finished": time(9, 30),
        "taken": [Taken(house.posts["policy"], "present")],
        "post": house.posts["chief"],
        "nature": "A governor",
        "withdrew": True,
        "interest": item.interests.select_related("item__meeting", "item__record").get(),
        "text": "Words",
        "summary": "Words",
        "started_at": None,
        "question": question,
        "answer": "agreed",
        "answers": [Answered(question, "agreed")] if question else [],
        "new": NewDecision("To note it."),
        "decision": item.decisions.select_related("item__meeting__board", "item__record").get(),
        "owner": house.posts["chief"],
        "due": date(2027, 3, 1),
        "standing": standing,
        "by": house.posts["chief"] if signs else other,
        "says": "It was noted",
        "should": "It was agreed",
    }
