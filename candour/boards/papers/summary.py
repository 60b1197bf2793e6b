"""The public summary of a meeting: who was there, what each item of the open part came to, what was decided and set."""

from datetime import date, datetime

from candour.boards.access import BoardPermission
from candour.boards.models import Attendance, BoardAction, Decision, Item, Meeting
from candour.boards.papers.hidden import checks_of, told_of
from candour.boards.rules.words import PRESENCES, THERE
from candour.kernel.access import Actor
from candour.kernel.calendar import say_date, say_time
from candour.kernel.papers.document import Block, Document, Heading, bullets, fact, para
from candour.kernel.publication.sources import Copy, Ready, Source


def ready(organisation: int, actor: Actor, today: date) -> list[Ready]:
    """The meetings that were held, newest first; one waits until each item of its open part has words for the public."""
    rows = Meeting.objects.filter(record__organisation=organisation, ground="", called_off_on=None).exclude(
        closed_at=None
    )
    bare = Item.objects.filter(meeting__in=rows, closed=False, withdrawn_on=None).exclude(minute__summary__gt="")
    waits: dict[int, list[str]] = {}
    for meeting, number in bare.order_by("position", "pk").values_list("meeting", "number"):
        waits.setdefault(meeting, []).append(number)
    found = []
    for row in rows.select_related("record").order_by("-held_on", "-pk"):
        missing = waits.get(row.pk, [])
        said = f"Write what the public reads of {'items' if len(missing) > 1 else 'item'} {', '.join(missing)} first"
        found.append(Ready(row.record.reference, f"Summary: {row.record.title}", row.held_on, said if missing else ""))
    return found


def write(organisation: int, key: str, actor: Actor, at: datetime) -> Copy:
    """The summary of one meeting. Raises LookupError for one that is none, was not held, or waits for words."""
    rows = Meeting.objects.filter(
        record__organisation=organisation, ground="", record__reference=key, called_off_on=None
    )
    meeting = rows.exclude(closed_at=None).select_related("record__organisation", "board").first()
    if meeting is None:
        raise LookupError(f"no meeting {key!r} was held")
    found = Item.objects.filter(meeting=meeting, closed=False, withdrawn_on=None)
    items = list(found.select_related("record", "minute").order_by("position", "pk"))
    if any(not getattr(item, "minute", None) or not item.minute.summary for item in items):
        raise LookupError(f"the summary of {key!r} waits for words")
    document = summary_paper(meeting, items)
    checks = checks_of(document, organisation=organisation, meeting=meeting.pk, shown=told_of(items))
    facts = {"board": meeting.board.name, "meeting": key}
    return Copy(f"Summary: {meeting.record.title}", meeting.held_on, document, checks, facts)


def summary_paper(meeting: Meeting, items: list[Item]) -> Document:
    """The summary as a paper. Three queries."""
    decided: dict[int, list[str]] = {}
    for held, resolved in (
        Decision.objects.filter(item__in=items, withheld=False).order_by("pk").values_list("item", "resolved")
    ):
        decided.setdefault(held, []).append(resolved)
    actions: dict[int, list[str]] = {}
    rows = BoardAction.objects.filter(item__in=items, action__removed_on=None).select_related("action__owner")
    for row in rows.order_by("pk"):
        owner, due = row.action.owner.title, say_date(row.action.due)
        actions.setdefault(row.item_id, []).append(f"{row.number}: {row.action.text} {owner}, by {due}.")
    blocks: list[Block] = [Heading(1, "Who was there"), *_present(meeting), Heading(1, "What was said and decided")]
    for item in items:
        blocks += [Heading(2, item.record.title, number=item.number), para(item.minute.summary)]
        if item.pk in decided:
            blocks += [para("Decided:"), bullets(*decided[item.pk])]
        if item.pk in actions:
            blocks += [para("To be done:"), bullets(*actions[item.pk])]
    signed = f"Agreed on {say_date(meeting.signed_on)}" if meeting.signed_on else "Not yet agreed by the board"
    times = f"{say_time(meeting.opened_at)}" if meeting.opened_at else ""
    return Document(
        meeting.board.name,
        meeting.record.organisation.name,
        tuple(blocks),
        subtitle=f"Summary of the meeting of {say_date(meeting.held_on)}",
        meta=(
            fact("Date", say_date(meeting.held_on)),
            *((fact("Began at", times),) if times else ()),
            *((fact("Place", meeting.venue),) if meeting.venue else ()),
            fact("Minutes", signed),
        ),
        date=meeting.held_on,
    )


def _present(meeting: Meeting) -> list[Block]:
    rows = Attendance.objects.filter(meeting=meeting).select_related("post", "by").order_by("pk")
    there, away = [], []
    for row in rows:
        if row.presence in THERE:
            there.append(f"{row.by.title} for the {row.post.title}" if row.by else row.post.title)
        elif row.presence == "apologies":
            away.append(row.post.title)
    blocks: list[Block] = [bullets(*there)] if there else [para("Attendance was not taken.")]
    if away:
        blocks += [para(f"{PRESENCES['apologies']}: {', '.join(away)}.")]
    return blocks


SUMMARIES = Source(
    name="summary",
    word="Summary of a meeting",
    plural="Summaries of meetings",
    permission=BoardPermission.SEE,
    ready=ready,
    write=write,
)
