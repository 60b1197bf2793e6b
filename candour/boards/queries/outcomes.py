"""What came of the items of a meeting: minutes, answers, decisions, actions, interests, corrections."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import F

from candour.boards.access import BoardPermission
from candour.boards.models import Correction, Decision, Interest, Item, Meeting, Minute, Question, visible_decisions
from candour.boards.queries.acted import BoardActionRow, actions_of_items
from candour.boards.queries.acts import act_named
from candour.boards.queries.sat import interests_of
from candour.boards.rules.agenda import Slot, in_parts, placed
from candour.kernel.access import Actor
from candour.kernel.records.kinds import kind_named
from candour.kernel.records.models import visible
from candour.kernel.records.queries import visible_records


@dataclass(frozen=True)
class Answer:
    """What the board answered about a record that the actor may see."""

    reference: str
    title: str
    address: str
    label: str
    answer: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """An item with all that came of it. number: as it went out, or as it would. begins: planned."""

    item: Item
    number: str
    begins: time
    minute: Minute | None
    answers: tuple[Answer, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[BoardActionRow, ...]
    interests: tuple[Interest, ...]
    corrections: tuple[Correction, ...]

    @property
    def minuted(self) -> bool:
        return self.minute is not None and bool(self.minute.text)

    @property
    def waiting(self) -> int:
        """How many questions have no answer yet."""
        return sum(not one.answer for one in self.answers)


def items_of(meeting: Meeting, *, actor: Actor) -> list[Item]:
    """The items of a meeting that stand and that an actor may see, in their parts and order, with their minutes. One query."""
    rows = Item.objects.filter(visible(actor, BoardPermission.SEE, "record__"), meeting=meeting, withdrawn_on=None)
    rows = rows.select_related("record__organisation", "record__owner", "record__item_line", "minute")
    found = {row.pk: row for row in rows.order_by("position", "pk")}
    slots = [Slot(row.pk, row.closed, row.minutes, row.number) for row in found.values()]
    return [found[slot.key] for slot in in_parts(slots)]


def numbers_of(meeting: Meeting, items: Sequence[Item]) -> dict[int, tuple[str, time]]:
    """By item its number and the time at which it should begin."""
    slots = [Slot(row.pk, row.closed, row.minutes, row.number) for row in items]
    return {each.key: (each.number, each.begins) for each in placed(slots, meeting.starts_at)}


def minute_of(item: Item) -> Minute | None:
    """The minute that came with the item, None where it has none yet."""
    return getattr(item, "minute", None)


def outcomes_of(meeting: Meeting, *, actor: Actor, today: date) -> list[Outcome]:
    """Every item with what came of it. Six queries."""
    items = items_of(meeting, actor=actor)
    numbers = numbers_of(meeting, items)
    answers, decisions = answers_of(items, actor=actor), decisions_at(items, actor=actor)
    actions = actions_of_items(items, actor=actor, today=today)
    interests, corrections = interests_of(items), corrections_of(items)
    return [
        Outcome(
            item=item,
            number=numbers[item.pk][0],
            begins=numbers[item.pk][1],
            minute=minute_of(item),
            answers=tuple(answers[item.pk]),
            decisions=tuple(decisions[item.pk]),
            actions=tuple(actions[item.pk]),
            interests=tuple(interests[item.pk]),
            corrections=tuple(corrections[item.pk]),
        )
        for item in items
    ]


def answers_of(items: Iterable[Item], *, actor: Actor) -> dict[int, list[Answer]]:
    """By item its questions with their answers, about records that the actor may see. One query."""
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = Question.objects.filter(
        visible_records(actor, "about__"), item__in=[item.pk for item in items], removed_on=None
    )
    for row in rows.select_related("about__organisation").order_by("about__reference", "act", "pk"):
        found[row.item_id].append(answer_row(row))
    return found


def answer_row(row: Question) -> Answer:
    """A question as pages show it."""
    about = row.about
    return Answer(
        reference=about.reference,
        title=about.title,
        address=kind_named(about.kind).address(about.organisation.code, about.reference),
        label=act_named(row.act).label,
        answer=row.answer,
        why=row.why,
    )


def decisions_at(items: Iterable[Item], *, actor: Actor) -> dict[int, list[Decision]]:
    """By item its decisions, in the order in which they were recorded. One query."""
    found: dict[int, list[Decision]] = defaultdict(list)
    rows = Decision.objects.filter(visible_decisions(actor), item__in=[item.pk for item in items])
    for row in rows.select_related("mover", "seconder", "taken_by").order_by("pk"):
        found[row.item_id or 0].append(row)
    return found


def corrections_of(items: Iterable[Item]) -> dict[int, list[Correction]]:
    """By item what later meetings corrected in its minute. One query."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for row in Correction.objects.filter(item__in=[item.pk for item in items]).order_by("agreed_on", "pk"):
        found[row.item_id].append(row)
    return found


def question_rows(item: Item, *, actor: Actor) -> list[Question]:
    """The questions of an item about records that the actor may see, as rows to answer. One query."""
    rows = Question.objects.filter(visible_records(actor, "about__"), item=item, removed_on=None)
    return list(rows.select_related("about__organisation").order_by("about__reference", "act", "pk"))


def later_meetings(meeting: Meeting, *, actor: Actor) -> list[Meeting]:
    """Meetings of the same board after this one that were opened: those that may have agreed its minutes. One query."""
    rows: Any = Meeting.objects.filter(visible(actor, BoardPermission.SEE, "record__"))
    rows = rows.filter(board=meeting.board_id, held_on__gt=meeting.held_on, opened_at__isnull=False)
    return list(rows.select_related("record", "board").order_by(F("held_on"), "pk"))
