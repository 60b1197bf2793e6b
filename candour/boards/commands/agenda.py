"""The agenda of a meeting: items in their order, with their papers, until it goes out and after."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from candour.boards.access import BoardPermission
from candour.boards.commands.planning import share_with_seated, to_come
from candour.boards.models import Item, Meeting, Paper, StandingItem
from candour.boards.rules.agenda import Slot, moved, placed
from candour.boards.rules.words import GROUNDS, PURPOSES
from candour.kernel.access import Actor, Forbidden, allowed, require
from candour.kernel.calendar import local_date, say_date
from candour.kernel.evidence.models import File
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.papers.kinds import UnknownPaper, paper_kind
from candour.kernel.people.models import Post
from candour.kernel.records.models import Record, Sensitivity
from candour.kernel.rules import Refused, need_reason


@dataclass(frozen=True)
class NewItem:
    """What an agenda item is. ground: why the public is excluded, of one in the closed part; lapses_on: from when it may be
    public after all. late_why: why it comes after the agenda went out."""

    title: str
    purpose: str = "discuss"
    presenter: Post | None = None
    minutes: int = 10
    closed: bool = False
    ground: str = ""
    lapses_on: date | None = None
    introduction: str = ""
    verbal: bool = False
    late_why: str = ""


def add_item(
    meeting: Meeting, new: NewItem, *, actor: Actor, at: datetime, standing: StandingItem | None = None,
    reason: str = "",
) -> Item:  # fmt: skip
    """Add an item after those of its part; with the paper that Candour computes where its standing item names one.

    Raises Refused for facts that cannot be, once the meeting has begun, and after the agenda went out without late_why.
    """
    require(actor, BoardPermission.PLAN, meeting.record)
    to_come(meeting)
    _sound(new, meeting)
    if meeting.issued_on is not None and not new.late_why.strip():
        raise Refused("late_why", "The agenda went out: say why this cannot wait for the next meeting")
    last = meeting.items.order_by("-position").first()
    day = local_date(at)
    with recording("item.added", actor=actor, at=at, effective=day, reason=reason.strip()):
        record = Record.objects.create(
            kind="item", reference=_reference(meeting), title=new.title.strip()[:300],
            organisation=meeting.record.organisation, owner=new.presenter, sensitivity=_sensitivity(new),
        )  # fmt: skip
        share_with_seated(meeting.board, record)
        item = Item.objects.create(
            record=record,
            meeting=meeting,
            position=last.position + 1 if last else 1,
            standing=standing,
            **_columns(new),
        )
        if standing and standing.paper:
            Paper.objects.create(item=item, title=item.record.title[:200], kind=standing.paper, added_on=day)
    return item


def change_item(item: Item, new: NewItem, *, actor: Actor, at: datetime, reason: str = "") -> Item:
    """Change an item. One that leaves the closed part, or enters it, changes who may see it, and needs a reason.

    Raises Refused as add_item does, and where a question about a restricted record would come into the open part.
    """
    require(actor, BoardPermission.PLAN, item.record)
    to_come(item.meeting)
    _sound(new, item.meeting)
    why = need_reason(reason, "Say why it changes part") if new.closed != item.closed else reason.strip()
    if item.closed and not new.closed and _asks_restricted(item):
        raise Refused("closed", "It asks about a restricted record: it stays in the closed part")
    with recording("item.changed", item.record, actor=actor, at=at, reason=why):
        item.record.title, item.record.owner = new.title.strip()[:300], new.presenter
        item.record.sensitivity = _sensitivity(new)
        item.record.save()
        for name, value in _columns(new).items():
            setattr(item, name, value)
        item.save()
    return item


def place_item(item: Item, *, to: int, actor: Actor, at: datetime, reason: str = "") -> None:
    """Move an item to a place, from 0, among those of its part. Once the agenda went out its order stands: Refused."""
    require(actor, BoardPermission.PLAN, item.record)
    to_come(item.meeting)
    if item.meeting.issued_on is not None:
        raise Refused("order", "The agenda went out: its order stands")
    rows = list(item.meeting.items.filter(withdrawn_on=None).select_related("record").order_by("position", "pk"))
    part = [row.pk for row in rows if row.closed == item.closed]
    keys = moved(part, item.pk, to)
    places = dict(zip(keys, sorted(row.position for row in rows if row.closed == item.closed), strict=True))
    changed = [row for row in rows if row.pk in places and row.position != places[row.pk]]
    if not changed:
        return
    said = {"actor": actor, "at": at, "reason": reason.strip()}
    with recording_many("item.placed", [row.record for row in changed], **said):  # type: ignore[arg-type]
        for row in changed:
            row.position = places[row.pk]
            row.save()


def withdraw_item(item: Item, *, actor: Actor, at: datetime, reason: str) -> Item:
    """Take an item off the agenda; once that went out its number stands, as withdrawn."""
    require(actor, BoardPermission.PLAN, item.record)
    to_come(item.meeting)
    if item.withdrawn_on is not None:
        raise Refused("reason", f"It was withdrawn on {say_date(item.withdrawn_on)}")
    why = need_reason(reason, "Say why it is withdrawn")
    with recording("item.withdrawn", item.record, actor=actor, at=at, reason=why):
        item.withdrawn_on = item.record.closed_on = local_date(at)
        item.save()
        item.record.save()
    return item


def issue_agenda(meeting: Meeting, *, actor: Actor, at: datetime, reason: str = "") -> Meeting:
    """The agenda goes out: its items get the numbers that stand from then on.

    Raises Refused without an item, and where it went out already. What is late is shown, not refused.
    """
    require(actor, BoardPermission.ISSUE, meeting.record)
    to_come(meeting)
    if meeting.issued_on is not None:
        raise Refused("reason", f"The agenda went out on {say_date(meeting.issued_on)}")
    rows = {
        row.pk: row
        for row in meeting.items.filter(withdrawn_on=None).select_related("record").order_by("position", "pk")
    }
    if not rows:
        raise Refused("reason", "The agenda has no item: add one first")
    numbers = placed([Slot(row.pk, row.closed, row.minutes) for row in rows.values()], meeting.starts_at)
    said = {"actor": actor, "at": at, "reason": reason.strip()}
    records = [meeting.record, *(row.record for row in rows.values())]
    with recording_many("agenda.issued", records, **said):  # type: ignore[arg-type]
        meeting.issued_on = local_date(at)
        meeting.save()
        for each in numbers:
            rows[each.key].number = each.number
            rows[each.key].save()
    return meeting


def attach(item: Item, file: File, *, title: str, draft: bool, actor: Actor, at: datetime, reason: str = "") -> Paper:
    """Put a file that was added to the item among its papers. Raises Refused for a file of another record."""
    _may_contribute(item, actor)
    to_come(item.meeting)
    if file.record_id != item.pk or file.removed_on is not None:
        raise Refused("file", "Add the file to this item first")
    if not title.strip():
        raise Refused("title", "Enter the title of the paper")
    with recording("item.paper_added", item.record, actor=actor, at=at, reason=reason.strip()):
        return Paper.objects.create(
            item=item, title=title.strip()[:200], file=file, draft=draft, added_on=local_date(at)
        )


def add_written(item: Item, *, kind: str, title: str, actor: Actor, at: datetime, reason: str = "") -> Paper:
    """Let Candour compute a paper for the item. Raises Refused for a kind that no register writes, or twice the same."""
    require(actor, BoardPermission.PLAN, item.record)
    to_come(item.meeting)
    try:
        found = paper_kind(kind)
    except UnknownPaper:
        raise Refused("kind", "Choose a paper that Candour writes") from None
    if item.papers.filter(kind=kind, removed_on=None).exists():
        raise Refused("kind", "The item has this paper already")
    with recording("item.paper_added", item.record, actor=actor, at=at, reason=reason.strip()):
        return Paper.objects.create(
            item=item, title=(title.strip() or found.label)[:200], kind=kind, added_on=local_date(at)
        )


def settle_draft(paper: Paper, *, actor: Actor, at: datetime, reason: str = "") -> Paper:
    """The draft is the final text."""
    _may_contribute(paper.item, actor)
    if not paper.draft:
        raise Refused("paper", "This paper is final already")
    with recording("item.paper_settled", paper.item.record, actor=actor, at=at, reason=reason.strip()):
        paper.draft = False
        paper.save()
    return paper


def take_off(paper: Paper, *, actor: Actor, at: datetime, reason: str) -> Paper:
    """Take a paper off its item; packs that went out keep it."""
    _may_contribute(paper.item, actor)
    to_come(paper.item.meeting)
    if paper.removed_on is not None:
        raise Refused("reason", f"It was taken off on {say_date(paper.removed_on)}")
    why = need_reason(reason, "Say why the paper goes")
    with recording("item.paper_taken_off", paper.item.record, actor=actor, at=at, reason=why):
        paper.removed_on = local_date(at)
        paper.save()
    return paper


def _may_contribute(item: Item, actor: Actor) -> None:
    """Those of the board's body who may, and the post that presents the item, of whatever body."""
    if allowed(actor, BoardPermission.CONTRIBUTE, item.record):
        return
    if item.record.owner_id in actor.posts and allowed(actor, BoardPermission.CONTRIBUTE):
        return
    raise Forbidden(actor, BoardPermission.CONTRIBUTE)


def _sound(new: NewItem, meeting: Meeting) -> None:
    if not new.title.strip():
        raise Refused("title", "Enter what the item is about")
    if new.purpose not in PURPOSES:
        raise Refused("purpose", "Choose what the board is to do with it")
    if new.minutes < 1:
        raise Refused("minutes", "Enter how many minutes it takes")
    if meeting.ground and not new.closed:
        raise Refused("part", "The whole meeting is closed: put the item in the closed part")
    if new.closed and new.ground not in GROUNDS:
        raise Refused("ground", "Choose the ground on which the public is excluded")
    if new.closed and new.lapses_on and new.lapses_on <= meeting.held_on:
        raise Refused("lapses_on", "Enter a day after the meeting, or leave it empty")


def in_meeting(new: NewItem, meeting: Meeting) -> NewItem:
    """The item as the meeting takes it: of one that is closed as a whole all are closed, on its ground unless on their own."""
    return replace(new, closed=True, ground=new.ground or meeting.ground) if meeting.ground else new


def _columns(new: NewItem) -> dict[str, object]:
    values = dict(vars(new))
    for name in ("title", "presenter"):
        del values[name]
    if not new.closed:
        values |= {"ground": "", "lapses_on": None}
    return values | {"introduction": new.introduction.strip(), "late_why": new.late_why.strip()}


def _sensitivity(new: NewItem) -> str:
    return Sensitivity.RESTRICTED if new.closed else Sensitivity.OFFICE


def _asks_restricted(item: Item) -> bool:
    return item.questions.filter(removed_on=None, about__sensitivity=Sensitivity.RESTRICTED).exists()


def _reference(meeting: Meeting) -> str:
    """CGB-2026-02.7: the seventh item that was ever added to that meeting; hidden ones count, so that none is given twice."""
    return f"{meeting.record.reference}.{meeting.items.count() + 1}"
