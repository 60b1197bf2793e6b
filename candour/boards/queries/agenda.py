"""The agenda of a meeting as an actor may see it: items in their parts with times, papers and what they ask."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time

from candour.boards.access import BoardPermission
from candour.boards.models import Item, Meeting, Paper, Question
from candour.boards.queries.acts import act_named
from candour.boards.rules.agenda import Slot, later, placed
from candour.boards.rules.states import clear_days_before, paper_state
from candour.boards.rules.words import GROUNDS, PURPOSES
from candour.kernel.access import Actor
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import visible
from candour.kernel.records.queries import visible_records


@dataclass(frozen=True)
class Asked:
    """A question of an item: about which record, what is asked, and what the board answered ("" until it did)."""

    pk: int
    about: int
    reference: str
    title: str
    address: str
    act: str
    label: str
    asks: str
    answer: str
    why: str


@dataclass(frozen=True)
class AgendaRow:
    """An item as the agenda shows it. begins: by the minutes of what stands before it, as far as the actor may see it."""

    pk: int
    standing: int | None
    reference: str
    organisation_code: str
    number: str
    begins: time
    title: str
    purpose: str
    presenter: str
    minutes: int
    closed: bool
    ground: str
    lapses_on: date | None
    introduction: str
    verbal: bool
    late_why: str
    paper_state: str
    papers: tuple[Paper, ...]
    questions: tuple[Asked, ...]
    minuted: bool
    withdrawn_on: date | None


@dataclass(frozen=True)
class Agenda:
    """The items of a meeting in their two parts, and when each ends. withdrawn: what was taken off after it stood there."""

    open_part: tuple[AgendaRow, ...]
    closed_part: tuple[AgendaRow, ...]
    withdrawn: tuple[AgendaRow, ...]
    open_ends: time
    closed_ends: time
    papers_by: date
    issue_by: date

    @property
    def rows(self) -> tuple[AgendaRow, ...]:
        return self.open_part + self.closed_part

    @property
    def waiting(self) -> int:
        """Items whose paper is not in its final text."""
        return sum(row.paper_state in ("Draft", "Due", "Late") for row in self.rows)


def agenda_of(meeting: Meeting, *, actor: Actor, today: date) -> Agenda:
    """The agenda in full. Three queries."""
    seen = visible(actor, BoardPermission.SEE, "record__")
    items = Item.objects.filter(seen, meeting=meeting).select_related("record__organisation", "record__owner")
    rows = list(items.select_related("record__item_line").order_by("position", "pk"))
    papers, asked = papers_of(rows), asked_of(rows, actor=actor)
    standing = [row for row in rows if row.withdrawn_on is None]
    slots = [Slot(row.pk, row.closed, row.minutes, row.number) for row in standing]
    places = {each.key: each for each in placed(slots, meeting.starts_at)}
    due = clear_days_before(meeting.held_on, meeting.board.papers_days)

    def shown(row: Item) -> AgendaRow:
        line, place = row.record.item_line, places.get(row.pk)
        return AgendaRow(
            pk=row.pk,
            standing=row.standing_id,
            reference=row.record.reference,
            organisation_code=row.record.organisation.code,
            number=place.number if place else row.number,
            begins=place.begins if place else meeting.starts_at,
            title=row.record.title,
            purpose=PURPOSES[row.purpose],
            presenter=row.record.owner.title if row.record.owner else "",
            minutes=row.minutes,
            closed=row.closed,
            ground=GROUNDS.get(row.ground, ""),
            lapses_on=row.lapses_on,
            introduction=row.introduction,
            verbal=row.verbal,
            late_why=row.late_why,
            paper_state=paper_state(verbal=row.verbal, papers=line.papers, drafts=line.drafts, due=due, today=today),
            papers=tuple(papers[row.pk]),
            questions=tuple(asked[row.pk]),
            minuted=line.minuted,
            withdrawn_on=row.withdrawn_on,
        )

    open_part = tuple(shown(row) for row in standing if not row.closed)
    closed_part = tuple(shown(row) for row in standing if row.closed)
    open_ends = later(meeting.starts_at, sum(row.minutes for row in open_part))
    return Agenda(
        open_part=open_part,
        closed_part=closed_part,
        withdrawn=tuple(shown(row) for row in rows if row.withdrawn_on is not None),
        open_ends=open_ends,
        closed_ends=later(open_ends, sum(row.minutes for row in closed_part)),
        papers_by=due,
        issue_by=clear_days_before(meeting.held_on, meeting.board.notice_days),
    )


def papers_of(items: list[Item]) -> dict[int, list[Paper]]:
    """By item its papers in the order in which they came. One query."""
    found: dict[int, list[Paper]] = defaultdict(list)
    rows = Paper.objects.filter(item__in=[item.pk for item in items], removed_on=None)
    for paper in rows.select_related("file", "issued").order_by("pk"):
        found[paper.item_id].append(paper)
    return found


def asked_of(items: list[Item], *, actor: Actor, today: date | None = None) -> dict[int, list[Asked]]:
    """By item its questions about records that the actor may see. One query.

    today: with the figures of each record as they stand, one query more for each act that is asked.
    """
    found: dict[int, list[Asked]] = defaultdict(list)
    seen = visible_records(actor, "about__")
    rows = list(
        Question.objects.filter(seen, item__in=[item.pk for item in items], removed_on=None)
        .select_related("about__organisation")
        .order_by("about__reference", "act", "pk")
    )
    by_act: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_act[row.act].append(row.about_id)
    asks: dict[str, dict[int, str]] = {act: {} for act in by_act}
    if today is not None:
        asks = {act: act_named(act).asks(numbers, actor, today) for act, numbers in sorted(by_act.items())}
    for row in rows:
        kind = kind_named(row.about.kind)
        found[row.item_id].append(
            Asked(
                pk=row.pk,
                about=row.about_id,
                reference=row.about.reference,
                title=row.about.title,
                address=kind.address(row.about.organisation.code, row.about.reference),
                act=row.act,
                label=act_named(row.act).label,
                asks=asks[row.act].get(row.about_id, ""),
                answer=row.answer,
                why=row.why,
            )
        )
    return found
